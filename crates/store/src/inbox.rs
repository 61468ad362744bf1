//! The inbox: what waits for a person, what they did, asked for, and were told of; narrowed, and counted.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Value};
use uuid::Uuid;

use crate::{
    case::CaseHead,
    error::Error,
    page::{Cursor, Page, fetch_limit},
    record_query::Span,
    row::{self, Bind, Column, Row, rows, values},
    store::Store,
    task::{InboxBox, TaskRow},
};

/// Rows of a list that are counted at most: what is more is told as "more".
pub const INBOX_COUNTED_MAX: i64 = 1_000;

/// Tasks that one call looks after at most.
pub const WATCHED_MAX: usize = 200;

/// A line of the inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InboxItem {
    /// The case.
    pub case: CaseHead,
    /// The task, in the lists of tasks.
    pub task: Option<TaskRow>,
    /// The row's place in its list.
    pub cursor: Cursor,
}

/// What narrows a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InboxFilter {
    /// The process of the case.
    pub workflow: Option<String>,
    /// Who asked.
    pub requester: Option<String>,
    /// When it is due; of tasks to do alone.
    pub due: Option<Span<DateTime<Utc>>>,
}

rows! {
    /// A process and somebody who asked for something in it, as a list has them.
    #[derive(PartialOrd, Ord)]
    pub struct InboxFacet in "case_" {
        /// The process.
        pub workflow: String,
        /// Who asked.
        pub requester: Option<String>,
    }
}

/// How many cases a list has, counted up to a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InboxCount {
    /// How many.
    pub count: i64,
    /// Whether there may be more.
    pub is_more: bool,
}

/// Where the rows of a list come from; a person is `$1`.
const fn source(list: InboxBox) -> &'static str {
    match list {
        InboxBox::Todo => {
            "FROM task_candidate n JOIN task t ON t.id = n.task_id JOIN case_ c ON c.id = t.case_id WHERE n.person = $1"
        }
        InboxBox::Done => "FROM task t JOIN case_ c ON c.id = t.case_id WHERE t.completed_by = $1",
        InboxBox::Started => "FROM case_ c WHERE c.requester = $1",
        InboxBox::Copied => {
            "FROM notification n JOIN case_ c ON c.id = n.case_id WHERE n.person = $1 AND n.kind = 'copied'"
        }
    }
}

/// What a list is sorted by. To-do goes by due date; the others begin with the latest.
const fn key(list: InboxBox) -> (&'static str, &'static str) {
    match list {
        InboxBox::Todo => ("n.due_at", "n.task_id"),
        InboxBox::Done => ("t.completed_at", "t.id"),
        InboxBox::Started => ("c.started_at", "c.id"),
        InboxBox::Copied => ("n.at", "n.id"),
    }
}

impl Store {
    /// A page of one of a person's lists.
    pub async fn inbox_page(
        &self,
        person: &str,
        (list, filter): (InboxBox, &InboxFilter),
        after: Option<Cursor>,
        limit: u64,
    ) -> Result<Page<InboxItem>, Error> {
        let (first_key, then_by) = key(list);
        let mut sql = format!("SELECT {first_key}, {then_by}, ");
        row::push_columns::<CaseHead>(&mut sql, "c");
        if matches!(list, InboxBox::Todo | InboxBox::Done) {
            sql.push_str(", ");
            row::push_columns::<TaskRow>(&mut sql, "t");
        }
        let (first, beyond, order) = match list {
            InboxBox::Todo => (Cursor::FIRST, ">", ""),
            InboxBox::Done | InboxBox::Started | InboxBox::Copied => (Cursor::LAST, "<", " DESC"),
        };
        let from = after.unwrap_or(first);
        let mut values = values![person, from.key, from.id, fetch_limit(limit)];
        let narrowed = narrowed(list, filter, &mut values);
        let source = source(list);
        let rest = format!(
            " {source} AND ({first_key}, {then_by}) {beyond} ($2, $3){narrowed} \
             ORDER BY {first_key}{order}, {then_by}{order} LIMIT $4"
        );
        sql.push_str(&rest);
        let found = self.read().query_all_raw(row::statement(self.read(), sql, values)).await?;
        let rows = found.iter().map(|row| read_item(row, list)).collect::<Result<_, _>>()?;
        Ok(Page::cut(rows, limit, |item: &InboxItem| item.cursor))
    }

    /// The processes of one of a person's lists and who asked, as far as the list is counted.
    pub async fn inbox_facets(&self, person: &str, list: InboxBox) -> Result<BTreeSet<InboxFacet>, Error> {
        let source = source(list);
        let rest = format!("FROM (SELECT c.workflow, c.requester {source} LIMIT $2) x");
        let rows =
            row::all(self.read(), row::select::<InboxFacet>("x", &rest), values![person, INBOX_COUNTED_MAX]).await?;
        Ok(rows.into_iter().collect())
    }

    /// How many cases one of a person's lists has.
    pub async fn inbox_count(&self, person: &str, list: InboxBox) -> Result<InboxCount, Error> {
        // Without the cases: they are there as long as what names them.
        let inner = match list {
            InboxBox::Todo => "SELECT n.task_id AS id FROM task_candidate n WHERE n.person = $1",
            InboxBox::Done => "SELECT t.case_id AS id FROM task t WHERE t.completed_by = $1",
            InboxBox::Started => "SELECT c.id AS id FROM case_ c WHERE c.requester = $1",
            InboxBox::Copied => "SELECT n.case_id AS id FROM notification n WHERE n.person = $1 AND n.kind = 'copied'",
        };
        let sql = format!("SELECT COUNT(*), COUNT(DISTINCT x.id) FROM ({inner} LIMIT $2) x");
        let row =
            self.read().query_one_raw(row::statement(self.read(), sql, values![person, INBOX_COUNTED_MAX])).await?;
        let (rows, count) = match row {
            Some(row) => (i64::get(&row, 0)?, i64::get(&row, 1)?),
            None => (0, 0),
        };
        Ok(InboxCount { count, is_more: rows == INBOX_COUNTED_MAX })
    }

    /// How many of a person's tasks are due within a span, counted up to a limit.
    pub async fn due_within(&self, person: &str, span: Span<DateTime<Utc>>) -> Result<i64, Error> {
        let mut values = values![person, INBOX_COUNTED_MAX];
        let within = due(span, &mut values);
        let sql =
            format!("SELECT COUNT(*) FROM (SELECT 1 FROM task_candidate n WHERE n.person = $1{within} LIMIT $2) x");
        Ok(row::cell(self.read(), sql, values).await?.unwrap_or_default())
    }

    /// Which of these tasks still wait for a person.
    pub async fn still_waiting(&self, person: &str, tasks: &[Uuid]) -> Result<Vec<Uuid>, Error> {
        if tasks.is_empty() {
            return Ok(Vec::new());
        }
        let tasks = &tasks[..tasks.len().min(WATCHED_MAX)];
        let sql = format!(
            "SELECT n.task_id FROM task_candidate n WHERE n.person = $1 AND n.task_id IN ({})",
            row::placeholders(2, tasks.len()),
        );
        let values = std::iter::once(person.bound()).chain(tasks.iter().map(Bind::bound)).collect();
        row::column(self.read(), sql, values).await
    }
}

/// The conditions of a filter; what they compare with is added to the values.
fn narrowed(list: InboxBox, filter: &InboxFilter, values: &mut Vec<Value>) -> String {
    let mut conditions = Vec::new();
    for (column, wanted) in [("c.workflow", &filter.workflow), ("c.requester", &filter.requester)] {
        if let Some(wanted) = wanted {
            values.push(wanted.as_str().bound());
            conditions.push(format!(" AND {column} = ${}", values.len()));
        }
    }
    if let (InboxBox::Todo, Some(span)) = (list, filter.due) {
        conditions.push(due(span, values));
    }
    conditions.concat()
}

fn due(span: Span<DateTime<Utc>>, values: &mut Vec<Value>) -> String {
    let mut conditions = Vec::new();
    for (compared, moment) in [(">=", span.from), ("<", span.until)] {
        if let Some(moment) = moment {
            values.push(moment.timestamp_micros().bound());
            conditions.push(format!(" AND n.due_at {compared} ${}", values.len()));
        }
    }
    conditions.concat()
}

fn read_item(row: &QueryResult, list: InboxBox) -> Result<InboxItem, DbErr> {
    const CASE_AT: usize = 2;
    let cursor = Cursor { key: i64::get(row, 0)?, id: Uuid::get(row, 1)? };
    let case = CaseHead::read(row, CASE_AT)?;
    let task = match list {
        InboxBox::Todo | InboxBox::Done => Some(TaskRow::read(row, CASE_AT + CaseHead::COLUMNS.len())?),
        InboxBox::Started | InboxBox::Copied => None,
    };
    Ok(InboxItem { case, task, cursor })
}
