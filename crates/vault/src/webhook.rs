//! Signed messages from outside: HMAC-SHA256 over `id.timestamp.body`, as Standard Webhooks has it.

use std::fmt;

use aws_lc_rs::{constant_time::verify_slices_are_equal, hmac};
use zeroize::Zeroizing;

use crate::{
    canonical::{Frame, write, write_number},
    key::SealKey,
};

/// Bytes of a secret.
pub const SECRET_BYTES: usize = 32;

/// What the sender of an event signs with. It is worked out anew from a key each time, and kept nowhere.
pub struct WebhookSecret(Zeroizing<[u8; SECRET_BYTES]>);

impl fmt::Debug for WebhookSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("WebhookSecret").finish_non_exhaustive()
    }
}

/// A message whose signature is in question.
#[derive(Debug, Clone, Copy)]
pub struct Message<'a> {
    /// The sender's name for it, the same when it is sent again.
    pub id: &'a str,
    /// When it was sent, in seconds, as the header has it.
    pub timestamp: &'a str,
    /// The body, byte for byte.
    pub body: &'a [u8],
}

impl SealKey {
    /// One of the secrets of an event.
    pub fn webhook_secret(&self, event: &str, number: u32) -> WebhookSecret {
        let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, &self.0.bytes[..]));
        let mut sink = |bytes: &[u8]| context.update(bytes);
        write(Frame::Domain, b"chancery webhook secret", &mut sink);
        write(Frame::Text, event.as_bytes(), &mut sink);
        write_number(number.into(), &mut sink);
        let tag = context.sign();
        let mut secret = Zeroizing::new([0; SECRET_BYTES]);
        secret.copy_from_slice(tag.as_ref());
        WebhookSecret(secret)
    }
}

/// HMAC-SHA256, for whoever signs as a sender does.
pub fn hmac_sha256(key: &[u8], content: &[u8]) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, key), content).as_ref().to_vec()
}

impl WebhookSecret {
    /// The secret's bytes, to be handed to the sender once.
    pub fn as_bytes(&self) -> &[u8; SECRET_BYTES] {
        &self.0
    }

    /// The signature of a message.
    pub fn sign(&self, message: Message<'_>) -> Vec<u8> {
        let parts = [message.id.as_bytes(), b".", message.timestamp.as_bytes(), b".", message.body];
        hmac_sha256(&self.0[..], &parts.concat())
    }

    /// Whether this is the signature of a message.
    pub fn signed(&self, message: Message<'_>, signature: &[u8]) -> bool {
        verify_slices_are_equal(&self.sign(message), signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    const MESSAGE: Message<'_> = Message { id: "msg_1", timestamp: "1700000000", body: b"{}" };

    #[test]
    fn a_signature_is_that_of_standard_webhooks() {
        // The example of their reference implementation.
        let secret = WebhookSecret(Zeroizing::new(*b"01234567890123456789012345678901"));
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"01234567890123456789012345678901");
        assert_eq!(secret.sign(MESSAGE), hmac::sign(&key, b"msg_1.1700000000.{}").as_ref());
    }

    #[test]
    fn only_the_same_message_under_the_same_secret_is_signed() {
        let key = samples::seal_key();
        let (secret, next) = (key.webhook_secret("contract-signed", 1), key.webhook_secret("contract-signed", 2));
        let signature = secret.sign(MESSAGE);
        let later = Message { timestamp: "1700000001", ..MESSAGE };
        let other = Message { body: b"{ }", ..MESSAGE };
        let found = [(&secret, MESSAGE), (&secret, later), (&secret, other), (&next, MESSAGE)]
            .map(|(secret, message)| secret.signed(message, &signature));
        assert_eq!(found, [true, false, false, false]);
        assert!(!key.webhook_secret("another", 1).signed(MESSAGE, &signature));
    }
}
