//! A group of transitions as one transaction, with one statement per table whatever their number.

use std::collections::{BTreeMap, HashMap, HashSet};

use sea_orm::{ConnectionTrait, Value};
use uuid::Uuid;

use crate::{
    artifact::ArtifactWrite,
    audit::AuditWrite,
    commit::{CommitError, IdempotencyRow, RecordSet, Transition},
    dialect::{Connections, Dialect},
    error::Error,
    record_set::RecordSetRow,
    row::{self, Bind, Column, Row, Target, values},
    store::WriteTx,
    task::{CandidateRow, NEVER_DUE, TaskRow},
    work::{EventWaitRow, OutboxRow},
};

/// What became of one transition of a group that committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Committed,
    Conflict,
    Duplicate(Box<IdempotencyRow>),
    LeaseLost,
}

impl Verdict {
    pub(super) fn into_answer(self) -> Result<(), CommitError> {
        match self {
            Self::Committed => Ok(()),
            Self::Conflict => Err(CommitError::Conflict),
            Self::Duplicate(row) => Err(CommitError::Duplicate(row)),
            Self::LeaseLost => Err(CommitError::LeaseLost),
        }
    }
}

/// Commits what can be committed; what cannot is left out without harm to the rest. The transitions are of distinct
/// cases, in the order of their ids.
pub(super) async fn commit(connections: &Connections, transitions: &[&Transition]) -> Result<Vec<Verdict>, Error> {
    let tx = WriteTx::begin(connections).await?;
    let mut verdicts = vec![Verdict::Committed; transitions.len()];
    refuse_duplicates(&tx, transitions, &mut verdicts).await?;
    refuse_lost_leases(&tx, transitions, &mut verdicts).await?;
    move_cases(&tx, transitions, &mut verdicts).await?;
    let winners: Vec<&Transition> = transitions
        .iter()
        .zip(&verdicts)
        .filter(|(_, verdict)| **verdict == Verdict::Committed)
        .map(|(transition, _)| *transition)
        .collect();
    if winners.is_empty() {
        tx.rollback().await?;
    } else {
        write_rows(&tx, &winners).await?;
        tx.commit().await?;
    }
    Ok(verdicts)
}

async fn refuse_duplicates(tx: &WriteTx, transitions: &[&Transition], verdicts: &mut [Verdict]) -> Result<(), Error> {
    let keys: Vec<_> = transitions.iter().filter_map(|one| one.idempotency.as_ref()).collect();
    if keys.is_empty() {
        return Ok(());
    }
    let mut known = HashMap::new();
    let keys = keys.iter().flat_map(|one| [one.actor.bound(), one.key.bound()]).collect();
    for (rows, values) in row::chunks(keys, 2) {
        let list = row::tuple_list(tx.dialect(), rows, 2);
        let sql = row::select::<IdempotencyRow>("i", &format!("FROM idempotency i WHERE (i.actor, i.key) IN {list}"));
        for found in row::all::<IdempotencyRow>(tx.tx(), sql, values).await? {
            known.insert((found.actor.clone(), found.key.clone()), found);
        }
    }
    for (transition, verdict) in transitions.iter().zip(verdicts) {
        let key = transition.idempotency.as_ref().map(|one| (one.actor.clone(), one.key.clone()));
        if let Some(found) = key.and_then(|key| known.get(&key)) {
            *verdict = Verdict::Duplicate(Box::new(found.clone()));
        }
    }
    Ok(())
}

async fn refuse_lost_leases(tx: &WriteTx, transitions: &[&Transition], verdicts: &mut [Verdict]) -> Result<(), Error> {
    let fenced = |one: &Transition| one.outbox_done.iter().filter_map(|done| Some((done.id, done.fence?))).collect();
    let asked: Vec<Vec<(Uuid, i64)>> = transitions.iter().map(|one| fenced(one)).collect();
    let ids: Vec<Value> = asked.iter().flatten().map(|(id, _)| id.bound()).collect();
    let lock = tx.dialect().for_update();
    let mut held: HashSet<(Uuid, i64)> = HashSet::new();
    for (list, values) in lists(&tx.dialect(), ids) {
        let sql = format!("SELECT id, fence FROM outbox WHERE id IN ({list}) {lock}");
        for found in tx.tx().query_all_raw(row::statement(tx.tx(), sql, values)).await? {
            held.insert((Uuid::get(&found, 0)?, i64::get(&found, 1)?));
        }
    }
    for (asked, verdict) in asked.iter().zip(verdicts) {
        if *verdict == Verdict::Committed && !asked.iter().all(|one| held.contains(one)) {
            *verdict = Verdict::LeaseLost;
        }
    }
    Ok(())
}

/// The revision check: the first write of the group. A case that is not at the revision the decision was made on stays
/// as it is, and its transition is refused.
async fn move_cases(tx: &WriteTx, transitions: &[&Transition], verdicts: &mut [Verdict]) -> Result<(), Error> {
    let standing = || transitions.iter().zip(&*verdicts).filter(|(_, verdict)| **verdict == Verdict::Committed);
    let mut moved: Vec<Value> = Vec::new();
    let mut begun = Vec::new();
    for (transition, _) in standing() {
        match transition.revision_before {
            Some(before) => bind_move(transition, before, &mut moved),
            None => transition.case.bind(&mut begun),
        }
    }
    let mut winners = update_cases(tx, moved).await?;
    winners.extend(insert_cases(tx, begun).await?);
    for (transition, verdict) in transitions.iter().zip(verdicts) {
        if *verdict == Verdict::Committed && !winners.contains(&transition.case.id) {
            *verdict = Verdict::Conflict;
        }
    }
    Ok(())
}

/// The columns of a case that a transition may change.
const MOVED: [&str; 9] =
    ["version", "status", "outcome", "revision", "title", "submission", "updated_at", "ended_at", "snapshot"];
const MOVE_WIDTH: usize = MOVED.len() + 2;

fn bind_move(transition: &Transition, before: i64, values: &mut Vec<Value>) {
    let case = &transition.case;
    values.extend(values![
        case.id,
        before,
        case.version,
        case.status,
        case.outcome,
        case.revision,
        case.title,
        case.submission,
        case.updated_at,
        case.ended_at,
        case.snapshot,
    ]);
}

async fn update_cases(tx: &WriteTx, values: Vec<Value>) -> Result<HashSet<Uuid>, Error> {
    let set = MOVED.map(|column| format!("{column} = v.new_{column}")).join(", ");
    let names = MOVED.map(|column| format!("new_{column}")).join(", ");
    let mut winners = HashSet::new();
    for (rows, chunk) in row::chunks(values, MOVE_WIDTH) {
        let mut sql = format!("WITH v (case_id, before, {names}) AS (");
        row::push_tuples(tx.dialect(), &mut sql, rows, MOVE_WIDTH);
        sql.push_str(") UPDATE case_ SET ");
        sql.push_str(&set);
        sql.push_str(" FROM v WHERE case_.id = v.case_id AND case_.revision = v.before RETURNING id");
        winners.extend(row::column::<Uuid>(tx.tx(), sql, chunk).await?);
    }
    Ok(winners)
}

async fn insert_cases(tx: &WriteTx, values: Vec<Value>) -> Result<Vec<Uuid>, Error> {
    use crate::case::CaseRow;
    let mut winners = Vec::new();
    for (rows, chunk) in row::chunks(values, CaseRow::COLUMNS.len()) {
        let target = Target {
            table: CaseRow::TABLE,
            columns: CaseRow::COLUMNS,
            suffix: "ON CONFLICT (id) DO NOTHING RETURNING id",
        };
        winners.extend(row::column::<Uuid>(tx.tx(), target.sql(tx.dialect(), rows), chunk).await?);
    }
    Ok(winners)
}

async fn write_rows(tx: &WriteTx, winners: &[&Transition]) -> Result<(), Error> {
    let db = tx.tx();
    row::insert(db, winners.iter().flat_map(|one| &one.events), "").await?;
    row::insert(db, winners.iter().flat_map(|one| &one.payloads), "ON CONFLICT DO NOTHING").await?;
    write_tasks(tx, winners).await?;
    remove_timers(tx, winners).await?;
    row::insert(db, winners.iter().flat_map(|one| &one.timers_armed), "ON CONFLICT DO NOTHING").await?;
    let over = winners.iter().flat_map(|one| &one.waits_over).map(|wait| wait.run.bound()).collect();
    for (list, values) in lists(&tx.dialect(), over) {
        row::run(db, format!("DELETE FROM {} WHERE run IN ({list})", EventWaitRow::TABLE), values).await?;
    }
    row::insert(db, winners.iter().flat_map(|one| &one.waits_begun), "ON CONFLICT DO NOTHING").await?;
    let done = winners.iter().flat_map(|one| &one.outbox_done).map(|done| done.id.bound()).collect();
    for (list, values) in lists(&tx.dialect(), done) {
        row::run(db, format!("DELETE FROM {} WHERE id IN ({list})", OutboxRow::TABLE), values).await?;
    }
    row::insert(db, winners.iter().flat_map(|one| &one.outbox), "").await?;
    row::insert(db, winners.iter().flat_map(|one| &one.notifications), "").await?;
    let made = || winners.iter().flat_map(|one| &one.artifacts);
    row::insert(db, made().map(|one| &one.artifact), "").await?;
    row::insert(db, &made().filter_map(ArtifactWrite::content).collect::<Vec<_>>(), "").await?;
    let sets: Vec<_> =
        winners.iter().flat_map(|one| one.record_sets.iter().flat_map(|set| set_rows(one, set))).collect();
    row::insert(db, &sets, "ON CONFLICT DO NOTHING").await?;
    write_audit(tx, winners).await?;
    row::insert(db, winners.iter().filter_map(|one| one.idempotency.as_ref()), "").await
}

async fn write_audit(tx: &WriteTx, winners: &[&Transition]) -> Result<(), Error> {
    let entries = || winners.iter().flat_map(|one| &one.audit);
    row::insert(tx.tx(), entries().map(|one| &one.entry), "").await?;
    let subjects: Vec<_> = entries().flat_map(AuditWrite::subjects).collect();
    row::insert(tx.tx(), &subjects, "ON CONFLICT DO NOTHING").await
}

fn set_rows(transition: &Transition, set: &RecordSet) -> Vec<RecordSetRow> {
    RecordSetRow::chunks(transition.case.id, set)
}

/// Tasks, the to-do lists they lie in, and the counts of those lists: they change together or not at all.
async fn write_tasks(tx: &WriteTx, winners: &[&Transition]) -> Result<(), Error> {
    let writes = || winners.iter().flat_map(|one| &one.tasks);
    let upsert = "ON CONFLICT (id) DO UPDATE SET state = excluded.state, assignee = excluded.assignee, \
                  pool = excluded.pool, due_at = excluded.due_at, completed_at = excluded.completed_at, \
                  completed_by = excluded.completed_by, outcome = excluded.outcome";
    row::insert::<TaskRow>(tx.tx(), writes().map(|one| &one.task), upsert).await?;
    let mut counts: BTreeMap<String, (i64, i64)> = BTreeMap::new();
    for (list, values) in lists(&tx.dialect(), writes().map(|one| one.task.id.bound()).collect()) {
        let sql = format!("DELETE FROM task_candidate WHERE task_id IN ({list}) RETURNING person");
        for person in row::column::<String>(tx.tx(), sql, values).await? {
            counts.entry(person).or_default().0 -= 1;
        }
    }
    let mut candidates = Vec::new();
    for one in writes() {
        let due_at = one.task.due_at.map_or(NEVER_DUE, |due| due.timestamp_micros());
        for person in &one.people {
            counts.entry(person.clone()).or_default().0 += 1;
            candidates.push(CandidateRow { person: person.clone(), due_at, task_id: one.task.id });
        }
    }
    row::insert(tx.tx(), &candidates, "").await?;
    for notification in winners.iter().flat_map(|one| &one.notifications).filter(|one| one.read_at.is_none()) {
        counts.entry(notification.person.clone()).or_default().1 += 1;
    }
    crate::notification::change_counts(tx.tx(), counts).await
}

async fn remove_timers(tx: &WriteTx, winners: &[&Transition]) -> Result<(), Error> {
    const WIDTH: usize = 4;
    let mut values = Vec::new();
    for timer in winners.iter().flat_map(|one| &one.timers_removed) {
        timer.bind(&mut values);
    }
    for (rows, chunk) in row::chunks(values, WIDTH) {
        let list = row::tuple_list(tx.dialect(), rows, WIDTH);
        let sql = format!("DELETE FROM timer WHERE (due, case_number, event, ordinal) IN {list}");
        row::run(tx.tx(), sql, chunk).await?;
    }
    Ok(())
}

/// Values cut into IN lists.
fn lists(dialect: &Dialect, values: Vec<Value>) -> impl Iterator<Item = (String, Vec<Value>)> {
    let dialect = *dialect;
    row::chunks(values, 1).map(move |(rows, chunk)| {
        let mut list = String::with_capacity(rows * 5);
        for n in 1..=rows {
            if n > 1 {
                list.push_str(", ");
            }
            dialect.push_placeholder(&mut list, n);
        }
        (list, chunk)
    })
}
