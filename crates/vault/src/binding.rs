//! Places: what a ciphertext is bound to. A ciphertext, or a wrapped key, that is moved elsewhere does not open.

use uuid::Uuid;

use crate::canonical::{Frame, write, write_number};

/// The place of a sealed payload. Every part of it is authenticated; none of it is stored in the envelope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Binding<'a> {
    /// The workspace.
    pub workspace: &'a str,
    /// What is sealed.
    pub payload: Payload,
    /// The form, or the workflow of a case.
    pub form: &'a str,
    /// The record, case, or file.
    pub record: Uuid,
    /// The field; for other payloads the path within them, or empty.
    pub field: &'a str,
    /// The sensitivity, 0 to 3.
    pub level: u8,
}

/// What a sealed payload is: one never opens as another, though all else is equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Payload {
    /// A field's value in a record.
    Value,
    /// What a person has typed and not yet sent.
    Draft,
    /// The values sent with a task.
    Submission,
    /// A comment on a case.
    Comment,
    /// A file that an action made.
    Artifact,
    /// A file that a person added.
    Attachment,
    /// A message on its way to somebody.
    Message,
    /// What an action needs, or keeps in order to undo itself.
    Effect,
    /// A credential: a second factor's seed, a channel's token.
    Credential,
}

impl Payload {
    /// Part of what is authenticated: renaming one makes all that was sealed under it unreadable.
    const fn name(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Draft => "draft",
            Self::Submission => "submission",
            Self::Comment => "comment",
            Self::Artifact => "artifact",
            Self::Attachment => "attachment",
            Self::Message => "message",
            Self::Effect => "effect",
            Self::Credential => "credential",
        }
    }
}

/// The place of a key that the root wraps: a register, or a purpose such as `cases`, in one epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch<'a> {
    /// The workspace.
    pub workspace: &'a str,
    /// The register or purpose.
    pub scope: &'a str,
    /// Counts rotations.
    pub number: u32,
}

/// The place of a wrapped data key: a record and level under an epoch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DataKeyPlace<'a> {
    /// The epoch of the key that wraps it.
    pub epoch: Epoch<'a>,
    /// The record, case, or file.
    pub record: Uuid,
    /// The sensitivity, 0 to 3.
    pub level: u8,
}

impl Binding<'_> {
    pub(crate) fn encode(&self) -> Vec<u8> {
        let mut encoded = Vec::new();
        let mut sink = |bytes: &[u8]| encoded.extend_from_slice(bytes);
        write(Frame::Domain, b"chancery payload", &mut sink);
        write(Frame::Text, self.workspace.as_bytes(), &mut sink);
        write(Frame::Text, self.payload.name().as_bytes(), &mut sink);
        write(Frame::Text, self.form.as_bytes(), &mut sink);
        write(Frame::Bytes, self.record.as_bytes(), &mut sink);
        write(Frame::Text, self.field.as_bytes(), &mut sink);
        write_number(self.level.into(), &mut sink);
        encoded
    }
}

impl Epoch<'_> {
    /// `purpose` is the kind of key, so that a key of one kind is never taken for another.
    pub(crate) fn encode(&self, purpose: &str) -> Vec<u8> {
        let mut encoded = Vec::new();
        let mut sink = |bytes: &[u8]| encoded.extend_from_slice(bytes);
        write(Frame::Domain, b"chancery key", &mut sink);
        write(Frame::Text, purpose.as_bytes(), &mut sink);
        write(Frame::Text, self.workspace.as_bytes(), &mut sink);
        write(Frame::Text, self.scope.as_bytes(), &mut sink);
        write_number(self.number.into(), &mut sink);
        encoded
    }
}

impl DataKeyPlace<'_> {
    pub(crate) fn encode(&self, purpose: &str) -> Vec<u8> {
        let mut encoded = self.epoch.encode(purpose);
        let mut sink = |bytes: &[u8]| encoded.extend_from_slice(bytes);
        write(Frame::Bytes, self.record.as_bytes(), &mut sink);
        write_number(self.level.into(), &mut sink);
        encoded
    }
}
