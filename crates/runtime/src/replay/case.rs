//! One case: its events folded, and its rows held against what they make.

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::{AssertUnwindSafe, catch_unwind},
};

use engine::{Case, CaseId, EffectKind, EventEnvelope, EventNumber, case::StepRunState, evolve};
use store::{CaseRow, Store, TaskWrite};
use uuid::Uuid;

use super::{How, LOOKS_MAX, What, damaged};
use crate::{
    error::Outcome,
    execute::{CaseSummary, case_row, task_write, timer_row},
};

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    pub events: u64,
    pub differences: Vec<What>,
}

/// Looks at a case; again if it moved on meanwhile.
pub async fn look(store: &Store, row: CaseRow) -> Outcome<Found> {
    let mut row = row;
    for _ in 0..LOOKS_MAX {
        let found = look_once(store, &row).await?;
        if found.differences.is_empty() {
            return Ok(found);
        }
        match store.case_by_id(row.id).await? {
            Some(again) if again.revision != row.revision => row = again,
            Some(_) | None => return Ok(found),
        }
    }
    Err(damaged())
}

async fn look_once(store: &Store, row: &CaseRow) -> Outcome<Found> {
    let mut found = Found::default();
    let case = match folded(store, row, &mut found.events).await? {
        Ok(case) => case,
        Err(what) => {
            found.differences.push(what);
            return Ok(found);
        }
    };
    // A snapshot that cannot be read is not the fold either.
    if row.snapshot.read::<Case>().ok().as_ref() != Some(&case) {
        found.differences.push(What::Snapshot);
    }
    columns(row, &case, &mut found.differences)?;
    tasks(store, &case, &mut found.differences).await?;
    for timer in case.timers.iter().map(|timer| timer_row(&case, timer)) {
        if !store.timer_is_set(&timer).await? {
            found.differences.push(What::Timer { due: timer.due, how: How::Missing });
        }
    }
    effects(store, &case, &mut found.differences).await?;
    Ok(found)
}

/// The fold of a case's events up to the row's revision, or what keeps them from being folded.
async fn folded(store: &Store, row: &CaseRow, count: &mut u64) -> Outcome<Result<Case, What>> {
    let mut case: Option<Case> = None;
    let mut next = 1;
    'pages: loop {
        let page = store.case_events(row.id, next - 1).await?;
        if page.is_empty() {
            break;
        }
        for event in page {
            if event.number > row.revision {
                break 'pages;
            }
            if event.number != next {
                return Ok(Err(What::EventsMissing { number: next }));
            }
            let envelope: Option<EventEnvelope> = event.body.read().ok();
            let envelope = envelope.filter(|one| {
                one.case == CaseId(row.id)
                    && i64::from(one.number.0) == event.number
                    && one.at == event.at
                    && one.actor.login().map(ToString::to_string) == event.actor
            });
            // Events that contradict each other stop the fold, which is for us to survive and to tell.
            let folded =
                envelope.and_then(|envelope| catch_unwind(AssertUnwindSafe(|| evolve(case.take(), &envelope))).ok());
            case = match folded {
                Some(folded) => Some(folded),
                None => return Ok(Err(What::EventDamaged { number: event.number })),
            };
            *count += 1;
            next += 1;
        }
    }
    let missing = What::EventsMissing { number: next };
    Ok(case.filter(|case| case.revision == EventNumber(u32::try_from(row.revision).unwrap_or_default())).ok_or(missing))
}

fn columns(row: &CaseRow, case: &Case, differences: &mut Vec<What>) -> Outcome<()> {
    // What lists show of its values is not in its events.
    let expected = case_row(case, &CaseSummary::default(), row.updated_at)?;
    let columns = [
        ("id", row.id == expected.id),
        ("number", row.number == expected.number),
        ("workflow", row.workflow == expected.workflow),
        ("version", row.version == expected.version),
        ("requester", row.requester == expected.requester),
        ("status", row.status == expected.status),
        ("outcome", row.outcome == expected.outcome),
        ("revision", row.revision == expected.revision),
        ("submission", row.submission == expected.submission),
        ("started_at", row.started_at == expected.started_at),
        ("ended_at", row.ended_at == expected.ended_at),
    ];
    differences.extend(columns.into_iter().filter(|(_, is_same)| !is_same).map(|(column, _)| What::Column { column }));
    Ok(())
}

async fn tasks(store: &Store, case: &Case, differences: &mut Vec<What>) -> Outcome<()> {
    let mut rows: BTreeMap<Uuid, _> =
        store.tasks_of_case(case.id.0).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut lists: BTreeMap<Uuid, BTreeSet<String>> = BTreeMap::new();
    for (task, person) in store.candidates_of_case(case.id.0).await? {
        lists.entry(task).or_default().insert(person);
    }
    for task in &case.tasks {
        let TaskWrite { task, people } = task_write(case, task);
        match rows.remove(&task.id) {
            None => differences.push(What::Task { task: task.id, how: How::Missing }),
            Some(row) if row != task => differences.push(What::Task { task: task.id, how: How::Differs }),
            Some(_) => {}
        }
        if lists.remove(&task.id).unwrap_or_default() != people.into_iter().collect() {
            differences.push(What::Candidates { task: task.id });
        }
    }
    differences.extend(rows.into_keys().map(|task| What::Task { task, how: How::LeftOver }));
    Ok(())
}

/// Each action that the case waits for is in the outbox. One that it no longer waits for is dropped when its turn comes.
async fn effects(store: &Store, case: &Case, differences: &mut Vec<What>) -> Outcome<()> {
    let acting = case.runs.iter().filter_map(|run| {
        let StepRunState::Acting { attempt, .. } = run.state else { return None };
        Some((run.id, attempt))
    });
    let mut expected: BTreeSet<_> = acting.collect();
    for effect in store.outbox_of_case(case.id.0).await? {
        if let Ok(EffectKind::RunAction { run, attempt, .. }) = effect.body.read() {
            expected.remove(&(run, attempt));
        }
    }
    differences.extend(expected.iter().map(|_| What::Effect));
    Ok(())
}
