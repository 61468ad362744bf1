//! Cases, tasks and people as lists show them.

use chrono::{DateTime, Utc};
use definition::{id::Login, people::Directory};
use engine::{Plan, task};
use runtime::{TaskRow, cases::CaseLine};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Caller;
use crate::{http::problem::Problem, words};

/// Something with a name for people.
#[derive(Debug, Serialize, ToSchema)]
pub struct Named {
    /// Its id in the definition.
    pub id: String,
    /// What people call it, in the caller's language.
    pub title: String,
}

/// Somebody.
#[derive(Debug, Serialize, ToSchema)]
pub struct PersonDocument {
    /// Their sign-in name.
    pub login: String,
    /// How they are called.
    pub name: String,
}

impl PersonDocument {
    /// Somebody of the directory; a login that nobody has any more stands for itself.
    pub fn of(directory: &Directory, login: &Login) -> Self {
        Self { login: login.to_string(), name: words::people::name(directory, login) }
    }
}

/// A case as lists show it.
#[derive(Debug, Serialize, ToSchema)]
pub struct CaseLineDocument {
    /// Its id.
    pub id: Uuid,
    /// How people call it.
    pub number: String,
    /// Its process.
    pub process: Named,
    /// Whose it is; absent if a rule began it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requester: Option<PersonDocument>,
    /// How it ended: `approved rejected cancelled` or a word of the process; absent while it runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<String>,
    /// Whether an operator must act before it goes on.
    pub has_incident: bool,
    /// How many records it is about.
    pub records: Option<u64>,
    /// The levels that would leave in clear.
    pub levels: Vec<&'static str>,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When something last happened.
    pub updated_at: DateTime<Utc>,
}

impl CaseLineDocument {
    /// A case for a caller.
    pub fn of(caller: &Caller, line: &CaseLine) -> Result<Self, Problem> {
        let workspace = caller.application().workspace()?;
        let title = words::cases::process(caller.reading.locale, &workspace, &line.process);
        let directory = caller.application().directory();
        Ok(Self {
            id: line.id.0,
            number: words::cases::number_of(line),
            process: Named { id: line.process.to_string(), title },
            requester: line.requester.as_ref().map(|login| PersonDocument::of(&directory, login)),
            outcome: line.outcome.as_ref().map(ToString::to_string),
            has_incident: line.has_incident,
            records: line.summary.records,
            levels: line.summary.levels.iter().map(|level| level.as_str()).collect(),
            started_at: line.started_at,
            updated_at: line.updated_at,
        })
    }
}

/// Work for a person.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskDocument {
    /// Its id.
    pub id: Uuid,
    /// The step it belongs to.
    pub step: Named,
    /// What is to be done: `approve fill name`.
    pub kind: &'static str,
    /// How far it is: `open claimed completed closed`.
    pub state: &'static str,
    /// Whether one of several claims it first.
    pub pool: bool,
    /// Who answers for it.
    pub assignee: Option<String>,
    /// When it was made.
    pub opened_at: DateTime<Utc>,
    /// By when it should be done.
    pub due_at: Option<DateTime<Utc>>,
    /// When it was done.
    pub completed_at: Option<DateTime<Utc>>,
    /// Who did it.
    pub completed_by: Option<String>,
    /// What was decided: `approved rejected done`.
    pub outcome: Option<String>,
}

impl TaskDocument {
    /// A task of a list.
    pub fn of_row(caller: &Caller, case: &CaseLine, row: &TaskRow) -> Result<Self, Problem> {
        let workspace = caller.application().workspace()?;
        let process = workspace.processes.get(&case.process).map(AsRef::as_ref);
        Ok(Self {
            id: row.id,
            step: Named { title: words::cases::step(caller.reading.locale, process, &row.step), id: row.step.clone() },
            kind: row.kind.as_str(),
            state: row.state.as_str(),
            pool: row.pool,
            assignee: row.assignee.clone(),
            opened_at: row.opened_at,
            due_at: row.due_at,
            completed_at: row.completed_at,
            completed_by: row.completed_by.clone(),
            outcome: row.outcome.clone(),
        })
    }

    /// A task of a case.
    pub fn of_task(caller: &Caller, plan: &Plan, one: &engine::Task) -> Self {
        let (state, assignee) = match &one.state {
            task::State::Open { candidates } => ("open", candidates.first().filter(|_| !one.pool)),
            task::State::Claimed { assignee, .. } => ("claimed", Some(assignee)),
            task::State::Completed { by, .. } => ("completed", Some(by)),
            task::State::Closed { .. } => ("closed", None),
        };
        let (completed_at, completed_by, outcome) = match &one.state {
            task::State::Completed { by, at, verdict } => {
                (Some(*at), Some(by.to_string()), Some(verdict_word(*verdict)))
            }
            task::State::Open { .. } | task::State::Claimed { .. } | task::State::Closed { .. } => (None, None, None),
        };
        Self {
            id: one.id.0,
            step: Named {
                id: one.step.to_string(),
                title: words::cases::step(caller.reading.locale, Some(&plan.process), one.step.as_str()),
            },
            kind: match one.role {
                task::Role::Decide => "approve",
                task::Role::Fill => "fill",
                task::Role::Name => "name",
                task::Role::Opinion => "opinion",
                task::Role::Answer => "answer",
            },
            state,
            pool: one.pool,
            assignee: assignee.map(ToString::to_string),
            opened_at: one.opened_at,
            due_at: one.due_at,
            completed_at,
            completed_by,
            outcome: outcome.map(ToOwned::to_owned),
        }
    }
}

const fn verdict_word(verdict: engine::event::Verdict) -> &'static str {
    match verdict {
        engine::event::Verdict::Approved => "approved",
        engine::event::Verdict::Rejected => "rejected",
        engine::event::Verdict::Done => "done",
        engine::event::Verdict::Answered => "answered",
        engine::event::Verdict::Returned => "returned",
    }
}
