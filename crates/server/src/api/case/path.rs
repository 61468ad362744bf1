//! The way of a request: which steps it comes to, whom they ask, why, and what would spare them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use definition::id::{Login, StepId};
use engine::{
    Plan,
    predict::{Change, Course, PredictedStep, Shortening, Who},
};
use serde::Serialize;
use serde_json::Value as Json;
use utoipa::ToSchema;

use crate::{
    api::{
        caller::Caller,
        line::{Named, PersonDocument},
        value::json_of,
    },
    words,
};

/// A step on, or beside, the way of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct PathDocument {
    /// The step.
    pub step: Named,
    /// Whether the case goes there: `passed current ahead aside`.
    pub course: &'static str,
    /// Whom it asks.
    pub people: Vec<PersonDocument>,
    /// Whether one of them claims the task first.
    pub pool: bool,
    /// Whether nobody fits, and `people` name somebody first.
    pub to_be_named: bool,
    /// When the case comes to it at the latest, if everybody keeps their due time.
    pub from: Option<DateTime<Utc>>,
    /// When it is due then.
    pub until: Option<DateTime<Utc>>,
    /// The conditions around it, from the outermost in.
    pub why: Vec<ReasonDocument>,
}

/// A condition that decides whether a case comes to a step.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReasonDocument {
    /// The branch.
    pub branch: Named,
    /// The condition as written; absent for `else`.
    pub source: Option<String>,
    /// Whether the branch takes this case; absent as long as that is open.
    pub taken: Option<bool>,
    /// The public values that the branch looks at.
    #[schema(value_type = Object)]
    pub values: BTreeMap<String, Json>,
}

impl PathDocument {
    /// A step for a caller.
    pub fn of(caller: &Caller, plan: &Plan, step: &PredictedStep) -> Self {
        let directory = caller.application().directory();
        let people = |logins: &[Login]| logins.iter().map(|login| PersonDocument::of(&directory, login)).collect();
        let (people, pool, to_be_named) = match &step.who {
            Who::Nobody => (Vec::new(), false, false),
            Who::People { people: logins, pool } => (people(logins), *pool, false),
            Who::ToBeNamed { by } => (people(by), false, true),
        };
        let why = step.why.iter().map(|reason| ReasonDocument {
            branch: named(caller, plan, &reason.branch),
            source: reason.source.clone(),
            taken: reason.taken,
            values: reason.values.iter().map(|(name, value)| (name.clone(), json_of(value))).collect(),
        });
        Self {
            step: named(caller, plan, &step.step),
            course: match step.course {
                Course::Passed => "passed",
                Course::Current => "current",
                Course::Ahead => "ahead",
                Course::Aside => "aside",
            },
            people,
            pool,
            to_be_named,
            from: step.from,
            until: step.until,
            why: why.collect(),
        }
    }
}

/// Changes that spare a request somebody's decision.
#[derive(Debug, Serialize, ToSchema)]
pub struct ShorterDocument {
    /// All of them together.
    pub changes: Vec<ChangeDocument>,
    /// The steps that fall away.
    pub drops: Vec<Named>,
}

/// One change to a request.
#[derive(Debug, Serialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum ChangeDocument {
    /// Ask for the mask of a field.
    Mask {
        /// The request's field that holds the selection.
        field: String,
        /// The selected field.
        pick: String,
    },
    /// Ask for fewer records.
    FewerRecords {
        /// The request's field that holds the set.
        field: String,
        /// The most that would do.
        at_most: u64,
    },
}

impl ShorterDocument {
    /// What would make a way shorter.
    pub fn of(caller: &Caller, plan: &Plan, shortening: &Shortening) -> Self {
        let change = |change: &Change| match change {
            Change::Mask { field, pick } => ChangeDocument::Mask { field: field.to_string(), pick: pick.to_string() },
            Change::FewerRecords { field, at_most } => {
                ChangeDocument::FewerRecords { field: field.to_string(), at_most: *at_most }
            }
        };
        Self {
            changes: shortening.changes.iter().map(change).collect(),
            drops: shortening.drops.iter().map(|step| named(caller, plan, step)).collect(),
        }
    }
}

fn named(caller: &Caller, plan: &Plan, step: &StepId) -> Named {
    let title = words::cases::step(caller.reading.locale, Some(&plan.process), step.as_str());
    Named { id: step.to_string(), title }
}
