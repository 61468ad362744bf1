//! What a decision writes: the engine's events and effects as rows of the store.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use engine::{
    Case, Decision, Effect, EffectKind, Event, EventEnvelope, StepRunId, Task, TaskId, TimerId,
    case::{Status, StepRun, StepRunState, Timer, TimerPurpose},
    effect::Notice,
    event::Verdict,
    task::{Role, State},
};
use store::{
    CaseRow, CaseStatus, EventRow, EventWaitRow, Json, NotificationRow, OutboxRow, TaskKind, TaskRow, TaskState,
    TaskWrite, TimerRow, Transition,
};
use uuid::Uuid;

use super::CaseSummary;
use crate::error::{Error, Outcome};

/// The outbox kind of an action to be carried out.
pub const RUN_ACTION: &str = "run_action";

/// The outbox kind of an action to be taken back.
pub const UNDO_ACTION: &str = "undo_action";

/// The notification kind of a message to somebody who did not ask for the case: a copy.
pub const COPIED: &str = "copied";

/// Everything a decision writes. `before` is the case it was decided on.
pub fn transition(before: Option<&Case>, decision: &Decision, summary: &CaseSummary) -> Outcome<Transition> {
    let case = &decision.case;
    let at = decision.events.last().map_or(case.started_at, |envelope| envelope.at);
    let row = case_row(case, summary, at)?;
    let mut transition = Transition::new(row, before.map(|case| i64::from(case.revision.0)));
    transition.events = decision.events.iter().map(event_row).collect::<Outcome<_>>()?;
    transition.tasks = tasks(decision);
    (transition.timers_armed, transition.timers_removed) = timers(before, decision);
    let (waited, waiting) = (before.map(waits).unwrap_or_default(), waits(case));
    transition.waits_begun = waiting.iter().filter(|wait| !waited.contains(wait)).cloned().collect();
    transition.waits_over = waited.into_iter().filter(|wait| !waiting.contains(wait)).collect();
    for effect in &decision.effects {
        match &effect.kind {
            EffectKind::Notify { to, notice } => {
                for person in to {
                    transition.notifications.push(notification(case, effect, person.as_str(), (notice, at))?);
                }
            }
            EffectKind::RunAction { not_before, .. } | EffectKind::UndoAction { not_before, .. } => {
                let kind = if matches!(effect.kind, EffectKind::UndoAction { .. }) { UNDO_ACTION } else { RUN_ACTION };
                let body = json(&effect.kind)?;
                transition.outbox.push(OutboxRow::new(effect.id.0, case.id.0, kind.to_owned(), *not_before, body));
            }
        }
    }
    Ok(transition)
}

/// The row of a case.
pub fn case_row(case: &Case, summary: &CaseSummary, updated_at: DateTime<Utc>) -> Outcome<CaseRow> {
    let (status, outcome, ended_at) = match &case.status {
        Status::Ended { outcome, at } => (CaseStatus::Ended, Some(outcome.to_string()), Some(*at)),
        Status::Running if has_incident(case) => (CaseStatus::Incident, None, None),
        Status::Running => (CaseStatus::Running, None, None),
    };
    Ok(CaseRow {
        id: case.id.0,
        number: stored_number(case)?,
        workflow: case.process.to_string(),
        version: case.definition,
        requester: case.requester().map(ToString::to_string),
        status,
        outcome,
        revision: i64::from(case.revision.0),
        title: json(summary)?,
        submission: Some(case.submission),
        started_at: case.started_at,
        updated_at,
        ended_at,
        snapshot: json(case)?,
    })
}

fn has_incident(case: &Case) -> bool {
    case.runs.iter().any(|run| run.incident().is_some())
}

/// The passages that wait for an event from outside.
fn waits(case: &Case) -> Vec<EventWaitRow> {
    let wait = |run: &StepRun| {
        let StepRunState::Pausing { event: Some(event), .. } = &run.state else { return None };
        Some(EventWaitRow { event: event.to_string(), case_id: case.id.0, run: run.id.0 })
    };
    case.open_runs().filter_map(wait).collect()
}

fn event_row(envelope: &EventEnvelope) -> Outcome<EventRow> {
    let body = serde_json::to_value(&envelope.event).map_err(|_| Error::Damaged("an event"))?;
    let kind = body["type"].as_str().unwrap_or_default().to_owned();
    Ok(EventRow {
        case_id: envelope.case.0,
        number: i64::from(envelope.number.0),
        at: envelope.at,
        actor: envelope.actor.login().map(ToString::to_string),
        kind,
        body: json(envelope)?,
    })
}

/// Each task that a decision touched, as it is afterwards.
fn tasks(decision: &Decision) -> Vec<TaskWrite> {
    let mut touched: BTreeSet<TaskId> =
        decision.events.iter().filter_map(|envelope| envelope.event.parts().task).collect();
    let case = &decision.case;
    let runs: BTreeSet<_> = decision.events.iter().filter_map(|envelope| touched_run(&envelope.event)).collect();
    touched.extend(case.tasks.iter().filter(|task| runs.contains(&task.run)).map(|task| task.id));
    // Who comes first and who comes after change together.
    let beside: Vec<TaskId> = case
        .tasks
        .iter()
        .filter_map(|task| {
            let of = task.added.as_ref()?.of;
            if touched.contains(&task.id) { Some(of) } else { touched.contains(&of).then_some(task.id) }
        })
        .collect();
    touched.extend(beside);
    touched.into_iter().filter_map(|id| case.task(id)).map(|task| task_write(case, task)).collect()
}

/// The passage whose tasks an event opens again, or gives another due time.
const fn touched_run(event: &Event) -> Option<StepRunId> {
    if let Event::DecisionTakenBack { run, .. } | Event::ClockResumed { run, .. } = event { Some(*run) } else { None }
}

/// The row of a task, and in whose to-do lists it lies.
pub fn task_write(case: &Case, task: &Task) -> TaskWrite {
    let (state, assignee, completed_at, completed_by, outcome) = match &task.state {
        State::Open { .. } => (TaskState::Open, None, None, None, None),
        State::Claimed { assignee, .. } => (TaskState::Claimed, Some(assignee.to_string()), None, None, None),
        State::Completed { by, at, verdict } => {
            (TaskState::Completed, Some(by.to_string()), Some(*at), Some(by.to_string()), Some(verdict_word(*verdict)))
        }
        State::Closed { at, .. } => (TaskState::Closed, None, Some(*at), None, None),
    };
    let row = TaskRow {
        id: task.id.0,
        case_id: case.id.0,
        step: task.step.to_string(),
        kind: match task.role {
            Role::Decide => TaskKind::Approve,
            Role::Fill => TaskKind::Fill,
            Role::Name => TaskKind::Name,
            Role::Opinion => TaskKind::Opinion,
            Role::Answer => TaskKind::Answer,
        },
        state,
        assignee,
        pool: task.pool,
        opened_at: task.opened_at,
        due_at: task.due_at,
        completed_at,
        completed_by,
        outcome: outcome.map(str::to_owned),
    };
    TaskWrite { task: row, people: task.holders().iter().map(ToString::to_string).collect() }
}

const fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Approved => "approved",
        Verdict::Rejected => "rejected",
        Verdict::Done => "done",
        Verdict::Answered => "answered",
        Verdict::Returned => "returned",
    }
}

/// Timers set and timers taken away. One that was set and taken away at once never reaches the store.
fn timers(before: Option<&Case>, decision: &Decision) -> (Vec<TimerRow>, Vec<TimerRow>) {
    let mut armed: BTreeMap<TimerId, &Timer> = BTreeMap::new();
    let mut removed = Vec::new();
    for envelope in &decision.events {
        if let Event::TimerArmed { timer } = &envelope.event {
            armed.insert(timer.id, timer);
        }
        if let Event::TimerFired { timer } | Event::TimerDisarmed { timer } = &envelope.event
            && armed.remove(timer).is_none()
        {
            removed.extend(before.and_then(|case| case.timers.iter().find(|armed| armed.id == *timer)));
        }
    }
    let row = |timer: &Timer| timer_row(&decision.case, timer);
    (armed.into_values().map(row).collect(), removed.into_iter().map(row).collect())
}

/// A timer's key. The ordinal orders what is due at one instant: escalation first, then reminders.
pub fn timer_row(case: &Case, timer: &Timer) -> TimerRow {
    let ordinal = match timer.purpose {
        TimerPurpose::Escalate { .. } => 0,
        TimerPurpose::Remind { .. } => 1,
        TimerPurpose::Wake => 2,
    };
    TimerRow {
        due: timer.due_at,
        case_number: i64::try_from(case.number.0).unwrap_or(i64::MAX),
        event: i64::from(timer.number.0),
        ordinal,
    }
}

fn notification(
    case: &Case,
    effect: &Effect,
    person: &str,
    (notice, at): (&Notice, DateTime<Utc>),
) -> Outcome<NotificationRow> {
    let body = json(notice)?;
    let kind = match notice {
        Notice::Message { .. } if case.requester().is_none_or(|login| login.as_str() != person) => COPIED.to_owned(),
        Notice::Message { .. } => "message".to_owned(),
        Notice::TaskAssigned { .. } => "task_assigned".to_owned(),
        Notice::Reminder { .. } => "reminder".to_owned(),
        Notice::Escalated { .. } => "escalated".to_owned(),
        Notice::Urged { .. } => "urged".to_owned(),
        Notice::Ended { .. } => "ended".to_owned(),
        Notice::Delayed { .. } => "delayed".to_owned(),
        Notice::Incident { .. } => "incident".to_owned(),
        Notice::Withdrawn => "withdrawn".to_owned(),
        Notice::Commented => "commented".to_owned(),
        Notice::Answered { .. } => "answered".to_owned(),
        Notice::TakenBack { .. } => "taken_back".to_owned(),
    };
    Ok(NotificationRow {
        id: Uuid::new_v5(&effect.id.0, person.as_bytes()),
        person: person.to_owned(),
        kind,
        case_id: Some(case.id.0),
        at,
        read_at: None,
        body,
    })
}

fn stored_number(case: &Case) -> Outcome<i64> {
    i64::try_from(case.number.0).map_err(|_| Error::Damaged("a case number"))
}

fn json(value: &impl serde::Serialize) -> Outcome<Json> {
    Json::of(value).map_err(|_| Error::Damaged("a value that cannot be written as JSON"))
}
