//! To start something: the catalogue of processes, and a request being written with the way it will take.

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{
    LevelTag, Person,
    case::{Control, LevelCount},
    form::FormField,
};
use crate::template::{Page, Place};

/// Everything this person may start.
#[derive(Debug, Clone, Serialize)]
pub struct CataloguePage {
    /// What was searched for; a word of ours, never a customer's.
    pub query: String,
    /// The processes found.
    pub processes: Vec<ProcessCard>,
    /// Whether there are any at all, found or not.
    pub any: bool,
}

impl Page for CataloguePage {
    const TEMPLATE: &'static str = "start.html";
    const PLACE: Place = Place::Start;
}

/// A process that may be started.
#[derive(Debug, Clone, Serialize)]
pub struct ProcessCard {
    /// Its id, which its address is made of.
    pub workflow: String,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub help: Option<String>,
    /// The steps people take, in order.
    pub steps: Vec<String>,
    /// The highest level it can touch.
    pub level: Option<LevelTag>,
    /// How many of this person's requests run.
    pub running: u64,
    /// Whether something was begun and not sent.
    pub draft: Option<DateTime<Utc>>,
}

/// A request being written.
#[derive(Debug, Clone, Serialize)]
pub struct RequestPage {
    /// The workflow's id, which the form's addresses are made of.
    pub workflow: String,
    /// Its name.
    pub title: String,
    /// What it is for.
    pub help: Option<String>,
    /// When the draft was kept.
    pub saved: Option<DateTime<Utc>>,
    /// The parts of the form.
    pub sections: Vec<Section>,
    /// What follows when it is sent.
    pub side: Side,
    /// Given when the page is rendered, repeated on submission: the same token starts one case only.
    pub token: String,
}

impl Page for RequestPage {
    const TEMPLATE: &'static str = "start-form.html";
    const PLACE: Place = Place::Start;
}

/// A part of the form.
#[derive(Debug, Clone, Serialize)]
pub struct Section {
    /// Its name.
    pub title: String,
    /// A remark beside it.
    pub hint: Option<String>,
    /// Its fields.
    pub fields: Vec<FormField>,
    /// The table of fields reaches to the card's edges.
    pub flush: bool,
}

/// What follows when a request is sent.
#[derive(Debug, Clone, Serialize)]
pub struct Side {
    /// The way it will take.
    pub path: Vec<PathStop>,
    /// The way cannot be told before this is mended.
    pub unknown: bool,
    /// What would make it shorter.
    pub shorter: Vec<Shorter>,
    /// The request in figures, if it asks for records.
    pub summary: Option<Summary>,
    /// What is still missing.
    pub todo: Vec<Todo>,
    /// To send it.
    pub submit: Control,
}

/// A stop on the way.
#[derive(Debug, Clone, Serialize)]
pub struct PathStop {
    /// Who or what.
    pub doer: PathDoer,
    /// When at the latest.
    pub latest: Option<DateTime<Utc>>,
    /// Why the way leads here.
    pub because: Vec<Reason>,
}

/// Who or what acts at a stop.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PathDoer {
    /// The requester sends it.
    You {
        /// The requester's portrait.
        who: Person,
    },
    /// Somebody decides or fills in.
    Person {
        /// Who.
        who: Person,
        /// The step.
        step: String,
    },
    /// One of several, or several.
    People {
        /// Who, in words.
        who: String,
        /// How many.
        count: u64,
        /// The step.
        step: String,
    },
    /// The machine acts.
    Machine {
        /// The step.
        step: String,
    },
    /// Somebody is told.
    Message {
        /// Who.
        to: String,
    },
    /// The requester fetches a file.
    Download {
        /// How often.
        copies: u64,
        /// For how long.
        period: String,
    },
    /// Nobody was found: an administrator names somebody.
    Nobody {
        /// The step.
        step: String,
    },
}

/// Why the way leads through a stop.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reason {
    /// Fields of a level are asked for in clear.
    Clear {
        /// The level.
        level: LevelTag,
        /// The fields.
        fields: String,
    },
    /// More records than a threshold.
    Records {
        /// The threshold.
        over: u64,
    },
    /// As the process says it.
    Words {
        /// It.
        text: String,
    },
}

/// Something that would make the way shorter.
#[derive(Debug, Clone, Serialize)]
pub struct Shorter {
    /// What would have to change.
    pub change: Change,
    /// Who would then not be needed.
    pub spares: String,
    /// How much time that saves, if it can be told.
    pub saves: Option<String>,
    /// What the button posts as `do`, if it can be done with one press.
    pub action: Option<String>,
}

/// A change of the request.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Change {
    /// Ask for masks instead.
    Mask {
        /// The fields.
        fields: String,
    },
    /// Ask for fewer records.
    Fewer {
        /// At most so many.
        records: u64,
    },
    /// Both.
    MaskAndFewer {
        /// The fields.
        fields: String,
        /// At most so many.
        records: u64,
    },
}

/// A request in figures.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// How many records, if that is known.
    pub records: Option<u64>,
    /// Fields in clear, by level.
    pub clear: Vec<LevelCount>,
    /// Masked fields, by level.
    pub masked: Vec<LevelCount>,
}

/// Something that is still missing.
#[derive(Debug, Clone, Serialize)]
pub struct Todo {
    /// The field it belongs to.
    pub field: String,
    /// The field's name for people.
    pub label: String,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/start.rs"]
pub mod samples;

#[cfg(test)]
mod tests;
