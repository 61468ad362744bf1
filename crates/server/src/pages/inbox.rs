//! The inbox: what waits for somebody, what they did, asked for, and were sent.

mod narrowing;

use std::collections::{BTreeMap, BTreeSet};

use axum::{Form, Json, extract::Query, response::Response};
use axum_extra::extract::{Form as ManyForm, Query as ManyQuery};
use chrono::{DateTime, Days, NaiveDate, Utc};
use definition::model::Workspace;
use engine::TaskId;
use runtime::{
    InboxBox, InboxCount, InboxFilter, TaskKind, TaskRow as StoredTask, TaskState,
    cases::CaseLine,
    error::{Error, Refusal},
    tasks::{InboxCounts, InboxLine, TaskDeed, With},
    viewer::Viewer,
};
use serde::Deserialize;
use uuid::Uuid;

use self::narrowing::{Asked, DueBy, Found, Narrowing};
use super::on_to;
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    view::inbox::{self, Asker, CaseRow, Counts, Due, Group, InboxPage, Live, Mine, Tally, TaskRow},
    words,
};

/// How many rows the side column shows.
const RAIL_ROWS: u64 = 5;

/// The most tasks that are decided at once.
const BULK_MAX: usize = 100;

/// The first page is the inbox.
pub async fn home() -> Response {
    on_to("/inbox?box=todo")
}

/// One of the lists.
pub async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    shown(&visit, &asked, "").await
}

/// What is looked for in all lists begins with what waits; its words may name people and stay out of addresses.
#[derive(Debug, Default, Deserialize)]
pub struct Sought {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    r#box: inbox::Box,
}

/// Searches a list.
pub async fn search(visit: Visit, signed_in: SignedIn, Form(sought): Form<Sought>) -> Result<Response, Problem> {
    signed_in.check_form(&sought.csrf_token)?;
    shown(&visit, &Asked::all_of(sought.r#box), sought.q.trim()).await
}

async fn shown(visit: &Visit, asked: &Asked, search: &str) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let narrowing = Narrowing { visit, asked };
    let Found { lines, next } = narrowing.found(search).await?;
    let is_todo = asked.list() == inbox::Box::Todo;
    let bulk = narrowing.bulk_only(&lines, next.is_none());
    let mut page = InboxPage {
        open: asked.list(),
        counts: counts(visit, viewer).await?,
        overdue: narrowing.due(DueBy::Overdue).await?,
        due_today: narrowing.due(DueBy::Today).await?,
        search: search.to_owned(),
        filters: narrowing.filters().await?,
        bulk: is_todo.then_some(bulk),
        whole: narrowing.whole(),
        groups: Vec::new(),
        cases: Vec::new(),
        next: next.map(|cursor| narrowing.further(cursor)),
        next_due: None,
        started: Vec::new(),
        handled: Vec::new(),
    };
    if is_todo {
        page.groups = groups(visit, lines)?;
        page.started = rail(visit, viewer, InboxBox::Started).await?;
        page.handled = rail(visit, viewer, InboxBox::Done).await?;
    } else {
        page.cases = case_rows(visit, lines).await?;
    }
    visit.page(&page).await
}

async fn counts(visit: &Visit, viewer: &Viewer) -> Result<Counts, Problem> {
    let application = &visit.state.application;
    let InboxCounts { done, started, copied } = application.inbox_counts(viewer).await?;
    let tally =
        |counted: InboxCount| Tally { count: u64::try_from(counted.count).unwrap_or_default(), more: counted.is_more };
    let todo = u64::try_from(application.counts(viewer).await?.open_tasks).unwrap_or_default();
    Ok(Counts { todo, done: tally(done), started: tally(started), copied: tally(copied) })
}

/// The tasks that a page shows.
#[derive(Debug, Default, Deserialize)]
pub struct Watched {
    #[serde(default)]
    task: Vec<Uuid>,
}

/// Which of the tasks that a page shows still wait, and how many do in all.
pub async fn live(
    signed_in: SignedIn,
    visit: Visit,
    ManyQuery(watched): ManyQuery<Watched>,
) -> Result<Json<Live>, Problem> {
    let application = &visit.state.application;
    let open = application.still_waiting(&signed_in.0, &watched.task).await?;
    let counts = application.counts(&signed_in.0).await?;
    let open = open.iter().map(ToString::to_string).collect();
    Ok(Json(Live { open, todo: u64::try_from(counts.open_tasks).unwrap_or_default() }))
}

/// Several tasks decided at once.
#[derive(Debug, Deserialize)]
pub struct Bulk {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    task: Vec<Uuid>,
    #[serde(default)]
    comment: String,
}

/// Approves several tasks.
pub async fn approve_some(
    visit: Visit,
    signed_in: SignedIn,
    ManyForm(bulk): ManyForm<Bulk>,
) -> Result<Response, Problem> {
    decide_some(&visit, &signed_in, bulk, TaskDeed::Approve).await
}

/// Rejects several tasks.
pub async fn reject_some(
    visit: Visit,
    signed_in: SignedIn,
    ManyForm(bulk): ManyForm<Bulk>,
) -> Result<Response, Problem> {
    decide_some(&visit, &signed_in, bulk, TaskDeed::Reject).await
}

/// Decides each by itself: one that was done elsewhere meanwhile holds up none of the others.
async fn decide_some(visit: &Visit, signed_in: &SignedIn, bulk: Bulk, deed: TaskDeed) -> Result<Response, Problem> {
    signed_in.check_form(&bulk.csrf_token)?;
    if bulk.task.len() > BULK_MAX {
        return Err(Problem::Refused(Refusal::TooLarge { limit: BULK_MAX as u64 }));
    }
    for task in bulk.task {
        let with = With { comment: Some(bulk.comment.clone()), ..With::default() };
        match visit.state.application.act_on_task(&signed_in.0, TaskId(task), deed.clone(), with).await {
            Ok(_) | Err(Error::Refused(Refusal::Rejected(_) | Refusal::Changed | Refusal::NotFound)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(on_to("/inbox?box=todo"))
}

/// Tasks by the day they are due, the overdue first.
fn groups(visit: &Visit, lines: Vec<InboxLine>) -> Result<Vec<Group>, Problem> {
    let reading = visit.reading();
    let mut grouped: BTreeMap<DueKey, (Due, Vec<TaskRow>)> = BTreeMap::new();
    for line in lines {
        let Some(task) = line.task else { continue };
        let (key, due) = due_group(reading.now, &|at| at.with_timezone(&reading.zone).date_naive(), task.due_at);
        let row = task_row(visit, &line.case, &task)?;
        grouped.entry(key).or_insert_with(|| (due, Vec::new())).1.push(row);
    }
    Ok(grouped.into_values().map(|(due, tasks)| Group { due, note: None, tasks }).collect())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DueKey {
    Overdue,
    On(NaiveDate),
    Never,
}

fn due_group(
    now: DateTime<Utc>,
    day_of: &dyn Fn(DateTime<Utc>) -> NaiveDate,
    due_at: Option<DateTime<Utc>>,
) -> (DueKey, Due) {
    let Some(at) = due_at else { return (DueKey::Never, Due::Never) };
    let (day, today) = (day_of(at), day_of(now));
    if at <= now {
        (DueKey::Overdue, Due::Overdue)
    } else if day == today {
        (DueKey::On(day), Due::Today)
    } else if Some(day) == today.checked_add_days(Days::new(1)) {
        (DueKey::On(day), Due::Tomorrow)
    } else {
        (DueKey::On(day), Due::On { day: at })
    }
}

fn task_row(visit: &Visit, case: &CaseLine, task: &StoredTask) -> Result<TaskRow, Problem> {
    let application = &visit.state.application;
    let workspace = application.workspace()?;
    let process = workspace.processes.get(&case.process);
    let name = words::cases::process(visit.locale, &workspace, &case.process);
    let step = words::cases::step(visit.locale, process.map(AsRef::as_ref), &task.step);
    Ok(TaskRow {
        id: task.id.to_string(),
        case: case.id.to_string(),
        from: asker(visit, &workspace, case),
        title: words::cases::title(visit.locale, &name, &case.summary),
        process: step,
        notes: vec![words::cases::number_of(case)],
        levels: words::cases::level_tags(visit.locale, &workspace.settings, &case.summary),
        size: words::cases::size(visit.locale, &case.summary),
        due_at: task.due_at,
        bulk: may_go_with_others(visit, case, task),
        reason: needs_reason(visit, case, task),
        unclaimed: task.pool && task.state == TaskState::Open,
    })
}

/// A task may be decided with others if nothing above L1 leaves and the step asks for no confirmation.
fn may_go_with_others(visit: &Visit, case: &CaseLine, task: &StoredTask) -> bool {
    let is_plain = case.summary.levels.iter().all(|level| *level <= definition::level::Level::L1);
    let Ok(workspace) = visit.state.application.workspace() else { return false };
    let step = workspace.processes.get(&case.process).and_then(|process| process.step_by_id(&task.step));
    let people = step.and_then(|(_, step)| step.kind.people());
    let asks_nothing = people.is_some_and(|people| {
        people.confirm == definition::model::Confirm::None && people.comment != definition::model::CommentRule::Required
    });
    task.kind == TaskKind::Approve && is_plain && asks_nothing
}

/// Who asks, or which rule.
fn asker(visit: &Visit, workspace: &Workspace, case: &CaseLine) -> Asker {
    let directory = visit.state.application.directory();
    let process = workspace.processes.get(&case.process).map(AsRef::as_ref);
    words::cases::asker(visit.locale, &directory, (process, case.requester.as_ref()))
}

/// Whether the process asks for a reason of whoever rejects.
fn needs_reason(visit: &Visit, case: &CaseLine, task: &StoredTask) -> bool {
    let Ok(workspace) = visit.state.application.workspace() else { return false };
    let step = workspace.processes.get(&case.process).and_then(|process| process.step_by_id(&task.step));
    let people = step.and_then(|(_, step)| step.kind.people());
    people.is_some_and(|people| people.comment != definition::model::CommentRule::Optional)
}

async fn case_rows(visit: &Visit, lines: Vec<InboxLine>) -> Result<Vec<CaseRow>, Problem> {
    let application = &visit.state.application;
    let workspace = application.workspace()?;
    let holders = holders(visit, &lines).await?;
    let none = Vec::new();
    let row = |line: &InboxLine| {
        let case = &line.case;
        let name = words::cases::process(visit.locale, &workspace, &case.process);
        CaseRow {
            case: case.id.to_string(),
            number: words::cases::number_of(case),
            from: asker(visit, &workspace, case),
            title: words::cases::title(visit.locale, &name, &case.summary),
            process: name,
            levels: words::cases::level_tags(visit.locale, &workspace.settings, &case.summary),
            outcome: words::cases::outcome(visit.reading(), case, holders.get(&case.id.0).unwrap_or(&none)),
            at: case.updated_at,
            unread: false,
        }
    };
    let mut seen = BTreeSet::new();
    Ok(lines.iter().filter(|line| seen.insert(line.case.id)).map(row).collect())
}

/// The names of those whom running cases wait for.
async fn holders(visit: &Visit, lines: &[InboxLine]) -> Result<BTreeMap<Uuid, Vec<String>>, Problem> {
    let running: Vec<Uuid> =
        lines.iter().filter(|line| line.case.outcome.is_none()).map(|line| line.case.id.0).collect();
    let directory = visit.state.application.directory();
    let holders = visit.state.application.holders_of_cases(&running).await?;
    let name = |logins: Vec<definition::id::Login>| {
        logins.iter().map(|login| words::people::name(&directory, login)).collect::<Vec<_>>()
    };
    Ok(holders.into_iter().map(|(case, logins)| (case, name(logins))).collect())
}

async fn rail(visit: &Visit, viewer: &Viewer, list: InboxBox) -> Result<Vec<Mine>, Problem> {
    let lines = visit.state.application.inbox(viewer, (list, &InboxFilter::default()), None, RAIL_ROWS).await?;
    let rows = case_rows(visit, lines.rows).await?;
    Ok(rows.into_iter().map(|row| Mine { case: row.case, title: row.title, outcome: row.outcome }).collect())
}
