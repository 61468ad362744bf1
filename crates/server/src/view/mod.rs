//! View types: what each page shows, already authorised and masked. A template sees its view type and the shell, nothing else.
//!
//! A new page: a view type here, `impl Page for` it, a template in `web/templates`, messages in `web/locales/*/`, samples in
//! `crates/server/samples/` (`impl Samples for` it), and one line in `gallery::pages`.

pub mod audit;
pub mod case;
pub mod customers;
pub mod diagram;
pub mod form;
pub mod inbox;
pub mod incidents;
pub mod me;
pub mod notifications;
pub mod problem;
pub mod record;
pub mod shell;
pub mod sign_in;
pub mod start;
pub mod timeline;

#[cfg(any(test, feature = "samples"))]
pub mod gallery;

use serde::Serialize;

/// A person, as others see them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Person {
    /// The name in the reader's language.
    pub name: String,
    /// What tells namesakes apart: the department or the role.
    pub note: Option<String>,
}

/// A level as people read it: always the code and the name together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LevelTag {
    /// 0 to 3: picks the colour and makes the code, `L2`.
    pub rank: u8,
    /// The workspace's name for it.
    pub title: String,
}

/// What became of something, as one sentence with its icon.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Outcome {
    /// Who made it so, and whether it went well: picks icon and colour.
    pub tone: Tone,
    /// The sentence, in the reader's language.
    pub sentence: String,
}

/// The look of an outcome: a person's, the machine's and an administrator's never look alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Somebody has yet to act.
    Waiting,
    /// Went through.
    Approved,
    /// Refused by a person.
    Rejected,
    /// Came back to whoever asked.
    Returned,
    /// Taken back by whoever asked.
    Withdrawn,
    /// Done by the machine alone.
    Machine,
    /// Forced by an administrator.
    Override,
    /// The machine cannot go on without an operator.
    Incident,
}
