//! Tasks: work for people, and how much of it waits for whom. Their lists are in [`crate::inbox`].

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    case::CASES_MAX,
    error::Error,
    row::{self, Bind, rows, values, words},
    store::Store,
};

/// Tasks that one call returns at most.
pub const TASKS_MAX: i64 = 1_000;
/// The sort key of a task without a due date: after all others.
pub(crate) const NEVER_DUE: i64 = i64::MAX;

words! {
    /// What kind of work a task is.
    pub enum TaskKind {
        /// To decide.
        Approve = "approve",
        /// To fill something in.
        Fill = "fill",
        /// To name the people of a step that found nobody.
        Name = "name",
        /// To give an opinion on what another decides.
        Opinion = "opinion",
        /// To answer a question.
        Answer = "answer",
    }

    /// How far a task is.
    pub enum TaskState {
        /// It waits for one of its candidates.
        Open = "open",
        /// Somebody answers for it.
        Claimed = "claimed",
        /// It was done.
        Completed = "completed",
        /// It is no longer needed.
        Closed = "closed",
    }

    /// Which list of the inbox.
    pub enum InboxBox {
        /// What waits for the person.
        Todo = "todo",
        /// What the person did.
        Done = "done",
        /// What the person asked for.
        Started = "started",
        /// What the person was sent a copy of.
        Copied = "copied",
    }
}

rows! {
    /// Work for a person.
    pub struct TaskRow in "task" {
        /// Its id.
        pub id: Uuid,
        /// The case.
        pub case_id: Uuid,
        /// The step it belongs to.
        pub step: String,
        /// What kind of work.
        pub kind: TaskKind,
        /// How far it is.
        pub state: TaskState,
        /// Who answers for it.
        pub assignee: Option<String>,
        /// Whether it went to several people, one of whom must claim it.
        pub pool: bool,
        /// When it was made.
        pub opened_at: DateTime<Utc>,
        /// When it is due.
        pub due_at: Option<DateTime<Utc>>,
        /// When it was done.
        pub completed_at: Option<DateTime<Utc>>,
        /// Who did it.
        pub completed_by: Option<String>,
        /// What was decided.
        pub outcome: Option<String>,
    }

    pub(crate) struct CandidateRow in "task_candidate" {
        pub person: String,
        pub due_at: i64,
        pub task_id: Uuid,
    }

    pub(crate) struct CountRow in "inbox_count" {
        pub person: String,
        pub open_tasks: i64,
        pub unread: i64,
    }
}

/// How much waits for a person.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Tasks in their to-do list.
    pub open_tasks: i64,
    /// Notifications not read yet.
    pub unread: i64,
}

impl Store {
    /// How much waits for a person; kept by the commits, not counted.
    pub async fn counts(&self, person: &str) -> Result<Counts, Error> {
        let rest = "FROM inbox_count n WHERE n.person = $1";
        let row = row::one(self.read(), row::select::<CountRow>("n", rest), values![person]).await?;
        Ok(row.map_or_else(Counts::default, |row: CountRow| Counts { open_tasks: row.open_tasks, unread: row.unread }))
    }

    /// A task by its id.
    pub async fn task_by_id(&self, id: Uuid) -> Result<Option<TaskRow>, Error> {
        row::one(self.read(), row::select::<TaskRow>("t", "FROM task t WHERE t.id = $1"), values![id]).await
    }

    /// The tasks of a case, oldest first.
    pub async fn tasks_of_case(&self, case: Uuid) -> Result<Vec<TaskRow>, Error> {
        let rest = "FROM task t WHERE t.case_id = $1 ORDER BY t.opened_at, t.id LIMIT $2";
        row::all(self.read(), row::select::<TaskRow>("t", rest), values![case, TASKS_MAX]).await
    }

    /// The tasks of these cases that are not done yet, e.g. to say who has a request now.
    pub async fn open_tasks_of_cases(&self, cases: &[Uuid]) -> Result<Vec<TaskRow>, Error> {
        if cases.is_empty() {
            return Ok(Vec::new());
        }
        let cases = &cases[..cases.len().min(CASES_MAX)];
        let rest = format!(
            "FROM task t WHERE t.case_id IN ({}) AND t.state IN ('open', 'claimed') ORDER BY t.opened_at, t.id",
            row::placeholders(1, cases.len()),
        );
        row::all(self.read(), row::select::<TaskRow>("t", &rest), cases.iter().map(Bind::bound).collect()).await
    }

    /// In whose to-do list a task lies, by login.
    pub async fn people_of_task(&self, task: Uuid) -> Result<Vec<String>, Error> {
        let sql = "SELECT person FROM task_candidate WHERE task_id = $1 ORDER BY person";
        row::column(self.read(), sql, values![task]).await
    }
}
