//! The inbox: what waits for somebody, what they did, asked for, and were sent.

use std::collections::{BTreeMap, BTreeSet};

use axum::{Json, extract::Query, response::Response};
use axum_extra::extract::Form as ManyForm;
use chrono::{DateTime, Days, NaiveDate, Utc};
use definition::model::Workspace;
use engine::TaskId;
use runtime::{
    InboxBox, TaskKind, TaskRow as StoredTask, TaskState,
    cases::CaseLine,
    error::{Error, Refusal},
    tasks::{InboxLine, TaskDeed, With},
    viewer::Viewer,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{ROWS, on_to};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    view::inbox::{self, Asker, CaseRow, Counts, Due, Group, InboxPage, Live, Mine, TaskRow},
    words,
};

/// How many rows the side column shows.
const RAIL_ROWS: u64 = 5;

/// The most tasks that are decided at once.
const BULK_MAX: usize = 100;

/// Which list, from where, and what is looked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    r#box: inbox::Box,
    after: Option<String>,
    #[serde(default)]
    q: String,
}

/// The first page is the inbox.
pub async fn home() -> Response {
    on_to("/inbox?box=todo")
}

/// One of the lists.
pub async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let after = asked.after.as_deref().map(str::parse).transpose().map_err(|_| Problem::Malformed)?;
    let list = stored_box(asked.r#box);
    let lines = application.inbox(viewer, list, after, ROWS).await?;
    let counts = application.counts(viewer).await?;
    let next = lines.next.map(|cursor| format!("/inbox?box={}&after={cursor}", list.as_str()));
    let needle = asked.q.trim().to_lowercase();
    let found: Vec<InboxLine> = lines.rows.into_iter().filter(|line| matches(&visit, line, &needle)).collect();
    let mut page = InboxPage {
        open: asked.r#box,
        counts: Counts { todo: u64::try_from(counts.open_tasks).unwrap_or_default(), started: 0, copied: 0 },
        overdue: 0,
        due_today: 0,
        search: asked.q.trim().to_owned(),
        groups: Vec::new(),
        cases: Vec::new(),
        next,
        next_due: None,
        started: Vec::new(),
        handled: Vec::new(),
    };
    if asked.r#box == inbox::Box::Todo {
        page.groups = groups(&visit, found)?;
        page.overdue = count(&page.groups, |due| matches!(due, Due::Overdue));
        page.due_today = count(&page.groups, |due| matches!(due, Due::Today));
        page.started = rail(&visit, viewer, InboxBox::Started).await?;
        page.handled = rail(&visit, viewer, InboxBox::Done).await?;
    } else {
        page.cases = case_rows(&visit, found).await?;
    }
    visit.page(&page).await
}

/// What is open now, for a page that is being looked at.
pub async fn live(signed_in: SignedIn, visit: Visit) -> Result<Json<Live>, Problem> {
    let application = &visit.state.application;
    let lines = application.inbox(&signed_in.0, InboxBox::Todo, None, ROWS).await?;
    let counts = application.counts(&signed_in.0).await?;
    let open = lines.rows.iter().filter_map(|line| line.task.as_ref()).map(|task| task.id.to_string()).collect();
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

fn stored_box(open: inbox::Box) -> InboxBox {
    match open {
        inbox::Box::Todo => InboxBox::Todo,
        inbox::Box::Done => InboxBox::Done,
        inbox::Box::Started => InboxBox::Started,
        inbox::Box::Copied => InboxBox::Copied,
    }
}

fn matches(visit: &Visit, line: &InboxLine, needle: &str) -> bool {
    let Ok(workspace) = visit.state.application.workspace() else { return true };
    let directory = visit.state.application.directory();
    let process = words::cases::process(visit.locale, &workspace, &line.case.process);
    let who = line.case.requester.as_ref().map(|login| words::people::name(&directory, login)).unwrap_or_default();
    let texts = [process, who, words::cases::number_of(&line.case)];
    needle.is_empty() || texts.iter().any(|text| text.to_lowercase().contains(needle))
}

fn count(groups: &[Group], which: impl Fn(&Due) -> bool) -> u64 {
    groups.iter().filter(|group| which(&group.due)).map(|group| group.tasks.len() as u64).sum()
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
    let lines = visit.state.application.inbox(viewer, list, None, RAIL_ROWS).await?;
    let rows = case_rows(visit, lines.rows).await?;
    Ok(rows.into_iter().map(|row| Mine { case: row.case, title: row.title, outcome: row.outcome }).collect())
}
