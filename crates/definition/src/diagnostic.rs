//! What is wrong in a definition file: where, what, and how to mend it.
//!
//! A diagnostic names its message; the words stand in `web/locales/*/diagnostics.ftl` under its code
//! (`D001 = …`, `.help = …`), and a page per code in `diagnostics/`.

pub mod codes;

use std::collections::BTreeMap;

/// A finding in a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The file, relative to the workspace, with `/`.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// Stable for ever: `D001`.
    pub code: Code,
    /// Whether it stops publishing.
    pub severity: Severity,
    /// Values for the message and the help.
    pub arguments: BTreeMap<&'static str, String>,
    /// For a proof: the steps, answers and times that show it.
    pub path: Vec<PathStep>,
}

/// Whether a finding stops publishing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// It does.
    Error,
    /// It does not.
    Warning,
    /// Only something to know: a proof that could not be checked.
    Note,
}

/// What a diagnostic belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file is not well-formed.
    Syntax,
    /// Something named is not there.
    Reference,
    /// A value or expression of the wrong type.
    Type,
    /// An expression that cannot be read.
    Expression,
    /// The language has it, this build does not.
    NotYet,
    /// Proof 1: an end can be reached.
    Completes,
    /// Proof 2: somebody answers.
    Answers,
    /// Proof 3: a second person approves.
    FourEyes,
    /// Proof 4: nobody sees above their clearance.
    Cleared,
    /// Advice that no proof asks for.
    Advice,
}

impl Kind {
    /// Its stable name in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "syntax",
            Self::Reference => "reference",
            Self::Type => "type",
            Self::Expression => "expression",
            Self::NotYet => "not-yet",
            Self::Completes => "completes",
            Self::Answers => "answers",
            Self::FourEyes => "four-eyes",
            Self::Cleared => "cleared",
            Self::Advice => "advice",
        }
    }
}

/// One step of a counterexample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathStep {
    /// The step's id, or `start`.
    pub step: String,
    /// What happens there, a stable word: `submitted approved done timed_out skipped case else runs`.
    pub happens: &'static str,
    /// Details that are no personal data: the condition's source, a level.
    pub detail: Option<String>,
}

/// A diagnostic's stable code. Its number never changes its meaning; a retired one is not used again.
///
/// The constants stand in `diagnostic/codes.rs`, one line each, in order of number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The number after `D`.
    pub number: u16,
    /// What it belongs to.
    pub kind: Kind,
}

impl std::fmt::Display for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "D{:03}", self.number)
    }
}
