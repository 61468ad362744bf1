//! What a file of scenarios says.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDateTime;
use definition::{
    form_values::EnteredValues,
    id::{EventName, Login, StepId, WorkflowId},
    load::PeopleFile,
    period::Period,
    text::Text,
};
use engine::AddPlace;

/// A file of scenarios for one workflow.
#[derive(Debug, Clone)]
pub struct Suite {
    /// The file, relative to the workspace.
    pub file: String,
    /// The workflow.
    pub workflow: WorkflowId,
    /// The people it is played with.
    pub people: PeopleFile,
    /// Its scenarios, in order.
    pub scenarios: Vec<Scenario>,
}

/// One case that is played.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// What it shows.
    pub title: Text,
    /// Where it stands.
    pub line: u32,
    /// How it begins.
    pub start: Start,
    /// What happens then, and what is expected.
    pub then: Vec<Step>,
}

/// How a scenario begins.
#[derive(Debug, Clone)]
pub struct Start {
    /// Where it stands.
    pub line: u32,
    /// What makes it begin.
    pub cause: Cause,
    /// When, on the clock of the workspace.
    pub at: NaiveDateTime,
    /// What is entered, or comes with it.
    pub values: EnteredValues,
}

/// What makes a played case begin.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cause {
    /// Somebody sends the request, or has a program ask.
    By(Login),
    /// The time has come.
    Time,
    /// Something happened outside.
    Event,
    /// A record was entered or changed.
    Record,
    /// Something happened to somebody.
    Person(Login),
}

/// A line of a scenario.
#[derive(Debug, Clone)]
pub struct Step {
    /// Where it stands.
    pub line: u32,
    /// What it says.
    pub what: Moment,
}

/// What a line of a scenario says.
#[derive(Debug, Clone)]
pub enum Moment {
    /// Time passes.
    After(Period),
    /// It becomes this time, on the clock of the workspace.
    At(NaiveDateTime),
    /// Somebody does something.
    Does {
        /// Who.
        login: Login,
        /// What.
        deed: Deed,
        /// With which step's task, where they have several.
        step: Option<StepId>,
    },
    /// Something happens outside.
    Event {
        /// What.
        name: EventName,
        /// What comes with it.
        values: BTreeMap<String, String>,
    },
    /// Somebody leaves the company.
    Leaves(Login),
    /// The next attempt at an action fails.
    Fails(StepId),
    /// Something is so.
    Expect(Vec<Expectation>),
}

/// What somebody does.
#[derive(Debug, Clone)]
pub enum Deed {
    /// Approves, perhaps with a comment.
    Approve {
        /// Whether they say something.
        comment: bool,
    },
    /// Rejects, perhaps with a comment.
    Reject {
        /// Whether they say something.
        comment: bool,
    },
    /// Sends the case back, perhaps with a comment.
    Return {
        /// To which step, if they choose.
        to: Option<StepId>,
        /// Whether they say something.
        comment: bool,
    },
    /// Takes a task from its pool.
    Claim,
    /// Gives it back.
    Release,
    /// Takes the request back.
    Withdraw,
    /// Asks people to act.
    Urge,
    /// Finishes a piece of work with these fields.
    Fill(EnteredValues),
    /// Hands the task over.
    Transfer {
        /// To whom.
        to: Login,
    },
    /// As an administrator, names the people of a step.
    Name(Vec<Login>),
    /// Lets another look at the task.
    Delegate {
        /// Whom.
        to: Login,
    },
    /// Gives a delegated task back, or calls it back.
    Resolve,
    /// Asks others to decide as well.
    Add {
        /// How they stand to the task.
        place: AddPlace,
        /// Whom.
        people: Vec<Login>,
    },
    /// Does without somebody they added.
    Remove(Login),
    /// Asks others for an opinion.
    Opinion(Vec<Login>),
    /// Asks somebody a question.
    Ask(Login),
    /// Gives the opinion or the answer they were asked for.
    Answer,
    /// Takes their decision back.
    TakeBack,
    /// As an administrator, gives a task to others.
    Assign(Vec<Login>),
    /// As an administrator, lets the case rest.
    Suspend,
    /// As an administrator, lets it go on.
    Resume,
    /// As an administrator, ends it.
    Cancel,
    /// As an administrator, sends it back to a step.
    Jump(StepId),
}

/// Something that is so, or is not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// Where it stands.
    pub line: u32,
    /// Whether it was written with `not_`.
    pub negated: bool,
    /// What.
    pub aspect: Aspect,
}

/// What an expectation speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aspect {
    /// The steps at which the case is: exactly these.
    Waiting(BTreeSet<String>),
    /// The people it waits for: exactly these.
    For(BTreeSet<String>),
    /// Who was reminded or urged since the start.
    Reminded(BTreeSet<String>),
    /// Who was told something by a `notify` step or rung since the start.
    Notified(BTreeSet<String>),
    /// Which steps were escalated since the start.
    Escalated(BTreeSet<String>),
    /// Which steps' actions took effect since the start.
    Ran(BTreeSet<String>),
    /// These steps' actions were taken back.
    Undone(BTreeSet<String>),
    /// How the case ended.
    Ended(String),
    /// Whose last command was refused.
    Refused(BTreeSet<String>),
    /// Which fields somebody sees in clear now.
    Sees(BTreeMap<String, BTreeSet<String>>),
    /// Which fields somebody sees masked now.
    Masked(BTreeMap<String, BTreeSet<String>>),
}

impl Aspect {
    /// The word in the file.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Waiting(_) => "waiting",
            Self::For(_) => "for",
            Self::Reminded(_) => "reminded",
            Self::Notified(_) => "notified",
            Self::Escalated(_) => "escalated",
            Self::Ran(_) => "ran",
            Self::Undone(_) => "undone",
            Self::Ended(_) => "ended",
            Self::Refused(_) => "refused",
            Self::Sees(_) => "sees",
            Self::Masked(_) => "masked",
        }
    }
}
