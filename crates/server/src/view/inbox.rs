//! The inbox: tasks to do, in groups by due date; what one has done, started, was told of.
//!
//! `GET /inbox?box=todo|done|started|copied`, narrowed by `process`, `from`, `due` and `bulk`; `POST /inbox` with `q` for a
//! search (its words may name people, so never in an address), `GET /inbox/live?task=…` answers [`Live`]. Several tasks at once: `POST /tasks/approve` or `/tasks/reject` with one
//! `task` each and `comment`.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::template::{Page, Place};

use super::{LevelTag, Outcome, Person, customers::Filter};

/// The inbox, one of its boxes open.
#[derive(Debug, Clone, Serialize)]
pub struct InboxPage {
    /// The open box.
    pub open: Box,
    /// How many are in each.
    pub counts: Counts,
    /// How many of the tasks to do are overdue.
    pub overdue: u64,
    /// How many more fall due today.
    pub due_today: u64,
    /// What was searched for.
    pub search: String,
    /// What the list can be narrowed by.
    pub filters: Vec<Filter>,
    /// What is to be decided together with others, to be shown alone; absent where nothing is decided.
    pub bulk: Option<BulkOnly>,
    /// The address of the list as a whole, where something narrows it.
    pub whole: Option<String>,
    /// Tasks to do, by due date; empty in the other boxes.
    pub groups: Vec<Group>,
    /// Cases of the other boxes, newest first; empty in the box of tasks to do.
    pub cases: Vec<CaseRow>,
    /// The address of the next page, if there is one.
    pub next: Option<String>,
    /// When nothing is to do: the first moment at which something will be due.
    pub next_due: Option<DateTime<Utc>>,
    /// Beside the list: what one has asked for.
    pub started: Vec<Mine>,
    /// Beside the list: what one has decided lately.
    pub handled: Vec<Mine>,
}

impl Page for InboxPage {
    const TEMPLATE: &'static str = "inbox.html";
    const PLACE: Place = Place::Inbox;
}

/// The boxes of the inbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Box {
    /// Tasks that wait for the reader.
    #[default]
    Todo,
    /// Cases that they have decided.
    Done,
    /// Cases that they have asked for.
    Started,
    /// Cases that they were told of.
    Copied,
}

/// The choice to see only what may be decided together with others.
#[derive(Debug, Clone, Serialize)]
pub struct BulkOnly {
    /// Whether it is made.
    pub on: bool,
    /// How many there are, where that is known.
    pub count: Option<u64>,
    /// The address of the list with it made, or undone.
    pub url: String,
}

/// How many there are in each box.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Counts {
    /// Tasks that wait.
    pub todo: u64,
    /// Cases decided.
    pub done: Tally,
    /// Cases asked for.
    pub started: Tally,
    /// Cases that they were told of.
    pub copied: Tally,
}

/// A number, counted up to a limit.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct Tally {
    /// It.
    pub count: u64,
    /// Whether there may be more.
    pub more: bool,
}

/// Tasks that fall due at about the same time.
#[derive(Debug, Clone, Serialize)]
pub struct Group {
    /// When.
    pub due: Due,
    /// What happens to these when nobody acts.
    pub note: Option<String>,
    /// The tasks, earliest first.
    pub tasks: Vec<TaskRow>,
}

/// The groups of the inbox.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Due {
    /// Past their moment.
    Overdue,
    /// Before midnight.
    Today,
    /// Before the next midnight.
    Tomorrow,
    /// On one of the next seven days.
    On {
        /// Which.
        day: DateTime<Utc>,
    },
    /// After that.
    Later,
    /// Without a moment.
    Never,
}

/// A task: who wants what, how delicate, how much, until when.
#[derive(Debug, Clone, Serialize)]
pub struct TaskRow {
    /// What its forms post to.
    pub id: String,
    /// The case to open.
    pub case: String,
    /// Who asks.
    pub from: Asker,
    /// What they want, in a sentence.
    pub title: String,
    /// The process and the step.
    pub process: String,
    /// What else should be known: which submission, for whom one acts.
    pub notes: Vec<String>,
    /// The levels of what it touches, highest last.
    pub levels: Vec<LevelTag>,
    /// How much it touches.
    pub size: Option<Size>,
    /// Until when.
    pub due_at: Option<DateTime<Utc>>,
    /// Whether its step lets it be decided together with others.
    pub bulk: bool,
    /// Whether rejecting it needs a reason.
    pub reason: bool,
    /// Several may claim it and nobody has.
    pub unclaimed: bool,
}

/// Who asks: a person, or the machine by itself.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Asker {
    /// A person.
    Person {
        /// Who.
        person: Person,
    },
    /// The machine.
    Machine {
        /// What made it ask.
        reason: String,
    },
}

/// How much, with its unit.
#[derive(Debug, Clone, Serialize)]
pub struct Size {
    /// The number.
    pub count: u64,
    /// What is counted, in the reader's language.
    pub unit: String,
}

/// A case in one of the boxes that are not tasks.
#[derive(Debug, Clone, Serialize)]
pub struct CaseRow {
    /// The case to open.
    pub case: String,
    /// Its number, for people.
    pub number: String,
    /// Who asked.
    pub from: Asker,
    /// What for.
    pub title: String,
    /// The process.
    pub process: String,
    /// The levels of what it touches, highest last.
    pub levels: Vec<LevelTag>,
    /// What has become of it.
    pub outcome: Outcome,
    /// When that was.
    pub at: DateTime<Utc>,
    /// Not opened since.
    pub unread: bool,
}

/// A case in the column beside the list.
#[derive(Debug, Clone, Serialize)]
pub struct Mine {
    /// The case to open.
    pub case: String,
    /// What it is about.
    pub title: String,
    /// What has become of it.
    pub outcome: Outcome,
}

/// What an open inbox asks for now and then, as JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Those of the tasks asked for that still wait for the reader.
    pub open: Vec<String>,
    /// How many that are in all.
    pub todo: u64,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/inbox.rs"]
mod samples;
