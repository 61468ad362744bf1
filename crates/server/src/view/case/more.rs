//! What somebody may do with a task beside deciding it; and what they say where they decide nothing.

use serde::Serialize;

use super::SecondFactor;
use crate::view::form::Choice;

/// Something that may be done beside deciding: a small form of its own.
#[derive(Debug, Clone, Serialize)]
pub struct MoreForm {
    /// What.
    pub kind: More,
    /// Where it is posted to.
    pub url: String,
    /// Whether it is shown open: it came back.
    pub open: bool,
    /// What is chosen from, if anything is.
    pub choices: Vec<Choice>,
    /// What is chosen.
    pub choice: String,
    /// To name somebody.
    pub who: Option<Picker>,
    /// To say something.
    pub said: Option<Said>,
    /// The second factor, if it is asked for.
    pub second_factor: Option<SecondFactor>,
    /// Whether what was returned comes straight back.
    pub comes_back: bool,
    /// The revision the person looks at.
    pub revision: u64,
}

/// The things that may be done beside deciding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum More {
    /// Send the case back.
    Return,
    /// Hand the task over.
    Transfer,
    /// Let another look at it.
    Delegate,
    /// Ask others to decide as well.
    Add,
    /// Do without somebody one has added.
    Remove,
    /// Ask for an opinion.
    Opinion,
    /// Ask a question.
    Ask,
    /// Call a delegated task back.
    CallBack,
    /// Take one's decision back.
    TakeBack,
}

/// A field in which somebody is named. A few are offered at once, the others are found by typing.
#[derive(Debug, Clone, Serialize)]
pub struct Picker {
    /// What was typed before.
    pub text: String,
    /// Those who are offered at once.
    pub listed: Vec<Choice>,
}

/// A field in which something is said.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// What was typed before.
    pub text: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it is missing.
    pub missing: bool,
}

/// The panel of whoever is asked and decides nothing.
#[derive(Debug, Clone, Serialize)]
pub struct Saying {
    /// The task, which the form's address is made of.
    pub task: String,
    /// What is asked for.
    pub asked: SayingKind,
    /// Who asks.
    pub from: String,
    /// What they said.
    pub question: Option<String>,
    /// What is answered.
    pub said: Said,
}

/// What somebody is asked for who decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SayingKind {
    /// An opinion.
    Opinion,
    /// An answer.
    Answer,
    /// To look at a task that goes back for the last word.
    Delegated,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../../samples/more.rs"]
pub mod samples;
