//! How a scenario went, as data: the words stand in the locales.

use std::collections::BTreeSet;

use definition::{form_values::FieldProblem, id::Login, text::Text};
use engine::Rejection;

/// How one scenario went.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// What it shows.
    pub title: Text,
    /// Where it stands.
    pub line: u32,
    /// How it went.
    pub outcome: Outcome,
}

/// How a scenario went.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// Everything was as expected.
    Passed,
    /// Something was not.
    Failed {
        /// All of it; never empty.
        failures: Vec<Failure>,
    },
}

/// What was not as expected.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// An expectation does not hold.
    Differs {
        /// Where it stands.
        line: u32,
        /// Its word, with `not_` if it was negated: `waiting`, `not_ran`, `sees`.
        key: String,
        /// For `sees` and `masked`: whose view it is.
        viewer: Option<String>,
        /// What was written.
        expected: BTreeSet<String>,
        /// What is so.
        actual: BTreeSet<String>,
    },
    /// A command was refused and no expectation says so.
    Refused {
        /// Where the command stands.
        line: u32,
        /// Whose command.
        login: Login,
        /// Why.
        rejection: Rejection,
    },
    /// The request could not be sent as it is.
    Problems {
        /// Where it stands.
        line: u32,
        /// What is wrong with its fields.
        problems: Vec<FieldProblem>,
    },
    /// The clock was set back.
    Backwards {
        /// Where.
        line: u32,
    },
    /// The workspace has no such workflow, or one that is broken.
    NoWorkflow {
        /// Where the scenario stands.
        line: u32,
    },
}
