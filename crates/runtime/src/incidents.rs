//! Incidents: where the engine cannot go on alone, and what an operator does about it. No value of a request is shown.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use definition::{
    id::{Login, WorkflowId},
    model::{Capability, StepKind},
    people::Directory,
};
use engine::{
    Actor, Case, CaseId, Command, Context, Event, EventEnvelope, Plan, StepRunId,
    case::{StepRun, Stuck},
    decide,
    event::{ActionFailure, IncidentCause},
};
use serde_json::json;
use store::{CaseRow, Cursor, Page};
use vault::Digest;

use crate::{
    application::Application,
    audit::Entry,
    cases::CaseLine,
    error::{Error, Lacking, Outcome, Refusal},
    execute::{Deed, Executed, Loaded},
    tasks::With,
    viewer::Viewer,
};

/// Cases that one page of a narrowed list looks at, at most.
const LOOKED_AT_MAX: usize = 20;

/// What incidents are narrowed to. Nothing set: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct IncidentFilter {
    /// Those of this process.
    pub process: Option<WorkflowId>,
    /// Those of this kind of cause.
    pub cause: Option<CauseKind>,
}

/// Why incidents happen, as lists are narrowed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CauseKind {
    /// An action failed for the last time.
    ActionFailed,
    /// An action was interrupted, and nobody knows whether it took effect.
    Interrupted,
    /// The process itself could not go on.
    Process,
}

impl CauseKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::ActionFailed, Self::Interrupted, Self::Process];

    /// The stable word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::ActionFailed => "action_failed",
            Self::Interrupted => "interrupted",
            Self::Process => "process",
        }
    }

    /// The kind of that word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }

    /// The kind of a cause.
    pub const fn of(cause: &IncidentCause) -> Self {
        match cause {
            IncidentCause::ActionFailed { failure: ActionFailure::Interrupted } => Self::Interrupted,
            IncidentCause::ActionFailed { .. } => Self::ActionFailed,
            IncidentCause::NobodyToName
            | IncidentCause::ExpressionFailed
            | IncidentCause::MessageFailed
            | IncidentCause::UndoGivenUp
            | IncidentCause::Limit => Self::Process,
        }
    }
}

/// One step of a case that cannot go on.
#[derive(Debug, Clone)]
pub struct Incident {
    /// The passage through the step.
    pub run: StepRunId,
    /// The step's id.
    pub step: String,
    /// Why.
    pub cause: IncidentCause,
    /// Since when.
    pub since: DateTime<Utc>,
    /// How many attempts there were; none where no action is at stake.
    pub attempts: u32,
}

/// A line of the list: one incident of one case.
#[derive(Debug, Clone)]
pub struct IncidentLine {
    /// The case.
    pub case: CaseLine,
    /// The version it is pinned to.
    pub plan: Arc<Plan>,
    /// What happened.
    pub incident: Incident,
}

/// An attempt that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FailedAttempt {
    /// When its failure was reported.
    pub at: DateTime<Utc>,
    /// Which.
    pub attempt: u32,
    /// Why.
    pub failure: ActionFailure,
}

/// An incident with what an operator may do about it.
#[derive(Debug, Clone)]
pub struct IncidentDetail {
    /// What happened.
    pub incident: Incident,
    /// The attempts that failed, in order.
    pub failed: Vec<FailedAttempt>,
    /// Whether the step is an action: trying again carries it out once more.
    pub is_action: bool,
    /// Whether the viewer may have it tried again.
    pub may_retry: bool,
    /// Whether the viewer may go on without it.
    pub may_skip: bool,
}

/// The incidents of a case.
#[derive(Debug, Clone)]
pub struct IncidentView {
    /// The case.
    pub case: CaseLine,
    /// The version it is pinned to.
    pub plan: Arc<Plan>,
    /// What is open, in the order it began.
    pub incidents: Vec<IncidentDetail>,
    /// Everybody, to call them by name.
    pub directory: Arc<Directory>,
}

/// What an operator does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resolution {
    /// Have it tried again.
    Retry,
    /// Go on without it.
    Skip,
}

impl Application {
    /// A page of the open incidents, those of the oldest cases first.
    pub async fn incidents(
        &self,
        viewer: &Viewer,
        filter: &IncidentFilter,
        after: Option<Cursor>,
        limit: u64,
    ) -> Outcome<Page<IncidentLine>> {
        must_handle(viewer)?;
        let process = filter.process.as_ref().map(WorkflowId::as_str);
        let is_asked_for = |incident: &Incident| filter.cause.is_none_or(|kind| kind == CauseKind::of(&incident.cause));
        let wanted = usize::try_from(limit).unwrap_or(usize::MAX);
        let (mut rows, mut next) = (Vec::new(), after);
        for _ in 0..LOOKED_AT_MAX {
            let page = self.store.cases_with_incident(process, next, limit).await?;
            next = page.next;
            for row in page.rows {
                let line = head(&row)?;
                let Loaded { case, plan, .. } = self.load(Some(row)).await?;
                let found = open_incidents(&case).filter(|(_, incident)| is_asked_for(incident));
                rows.extend(found.map(|(_, incident)| IncidentLine {
                    case: line.clone(),
                    plan: Arc::clone(&plan),
                    incident,
                }));
            }
            if next.is_none() || rows.len() >= wanted || filter.cause.is_none() {
                break;
            }
        }
        Ok(Page { rows, next })
    }

    /// The open incidents of a case.
    pub async fn incident(&self, viewer: &Viewer, id: CaseId) -> Outcome<IncidentView> {
        must_handle(viewer)?;
        let row = self.store.case_by_id(id.0).await?.ok_or(Refusal::NotFound)?;
        let line = head(&row)?;
        let Loaded { case, plan, .. } = self.load(Some(row)).await?;
        let submission = self.open_submission(&case).await?;
        let events = self.events_of(&case, 0).await?;
        let directory = self.directory();
        let ctx = Context {
            now: self.clock.now(),
            directory: &directory,
            submission: &submission,
            changed: None,
            confirmed: definition::model::Confirm::None,
        };
        let actor = Actor::person(viewer.login().clone());
        let may = |command: &Command| decide(&plan, Some(&case), &actor, command, &ctx).is_ok();
        let reason = Digest::from_bytes([0; 32]);
        let incidents: Vec<IncidentDetail> = open_incidents(&case)
            .map(|(run, incident)| IncidentDetail {
                failed: failed_attempts(&events, run.id),
                is_action: is_action(&plan, run),
                may_retry: may(&Command::RetryAction { run: run.id, reason }),
                may_skip: may(&Command::SkipAction { run: run.id, reason }),
                incident,
            })
            .collect();
        drop(submission);
        Ok(IncidentView { case: line, plan, incidents, directory })
    }

    /// Acts on an incident, for a reason that is kept with the case.
    pub async fn resolve_incident(
        &self,
        viewer: &Viewer,
        (id, run): (CaseId, StepRunId),
        resolution: Resolution,
        with: With,
    ) -> Outcome<Executed> {
        must_handle(viewer)?;
        let loaded = self.load(self.store.case_by_id(id.0).await?).await?;
        let entry = Entry::of_viewer(viewer, self.clock.now()).in_case(id).facts(&json!({ "run": run }));
        let entry = match resolution {
            Resolution::Retry => entry.of("incident_retried"),
            Resolution::Skip => entry.of("incident_skipped"),
        };
        let idempotency = self.answer_on_case(viewer, &loaded.case).await?;
        let mut payloads = Vec::new();
        let reason = self.comment(&loaded.case, with.comment.as_deref(), &mut payloads).await?;
        let reason = reason.ok_or(Refusal::Rejected(engine::Rejection::CommentRequired))?;
        let command = match resolution {
            Resolution::Retry => Command::RetryAction { run, reason },
            Resolution::Skip => Command::SkipAction { run, reason },
        };
        let mut deed = Deed::new(Actor::person(viewer.login().clone()), command);
        deed.payloads = payloads;
        deed.idempotency = idempotency;
        deed.audit.push(entry.write());
        self.execute_on(loaded, deed).await
    }
}

/// Incidents are for those whose duty they are.
fn must_handle(viewer: &Viewer) -> Outcome<()> {
    if viewer.person.can.contains(&Capability::Incidents) {
        Ok(())
    } else {
        Err(Refusal::Forbidden(Lacking::Capability).into())
    }
}

fn open_incidents(case: &Case) -> impl Iterator<Item = (&StepRun, Incident)> {
    case.runs.iter().filter_map(|run| {
        let Stuck { cause, attempts, since } = run.incident()?;
        let step = run.step.to_string();
        let incident = Incident { run: run.id, step, cause: cause.clone(), since, attempts };
        Some((run, incident))
    })
}

fn failed_attempts(events: &[EventEnvelope], run: StepRunId) -> Vec<FailedAttempt> {
    let failed = |envelope: &EventEnvelope| {
        let Event::ActionFailed { run: of, attempt, failure } = envelope.event else { return None };
        (of == run).then_some(FailedAttempt { at: envelope.at, attempt, failure })
    };
    events.iter().filter_map(failed).collect()
}

fn is_action(plan: &Plan, run: &StepRun) -> bool {
    plan.process.step_by_id(run.step.as_str()).is_some_and(|(_, step)| matches!(step.kind, StepKind::Run(_)))
}

fn head(row: &CaseRow) -> Outcome<CaseLine> {
    Ok(CaseLine {
        id: CaseId(row.id),
        number: u64::try_from(row.number).map_err(|_| Error::Damaged("a case number"))?,
        process: WorkflowId::from(row.workflow.as_str()),
        requester: row.requester.as_deref().map(Login::from),
        outcome: None,
        has_incident: true,
        summary: row.title.read().map_err(|_| Error::Damaged("a case's summary"))?,
        started_at: row.started_at,
        updated_at: row.updated_at,
    })
}

#[cfg(test)]
mod tests;
