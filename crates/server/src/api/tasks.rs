//! The inbox, and what people do with a task.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use definition::{
    form_values::{Entered, EnteredValues},
    id::{Login, StepId},
};
use engine::{AddPlace, TaskId};
use runtime::{
    InboxBox, InboxFilter,
    error::Refusal,
    tasks::{TaskDeed, With},
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    caller::{Caller, Writer, Written, written},
    case::document::CaseDocument,
    line::{CaseLineDocument, TaskDocument},
    paging::{Items, Paging},
};
use crate::http::problem::Problem;

/// Which list.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BoxName {
    /// What waits for the caller, by due date.
    #[default]
    Todo,
    /// What the caller did, latest first.
    Done,
    /// What the caller asked for.
    Started,
    /// What the caller was sent a copy of.
    Copied,
}

/// Which list.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Listed {
    /// Which list: what waits for the caller, if nothing is said.
    #[serde(default)]
    #[param(inline)]
    r#box: BoxName,
}

/// A line of the inbox.
#[derive(Debug, Serialize, ToSchema)]
pub struct InboxDocument {
    /// The case.
    pub case: CaseLineDocument,
    /// The task; absent in the lists of cases, `started` and `copied`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub task: Option<TaskDocument>,
}

/// One of the caller's lists.
#[utoipa::path(get, path = "/tasks", tag = "tasks", params(Listed, Paging), responses(
    (status = 200, description = "A page", body = Items<InboxDocument>)))]
pub async fn list(
    caller: Caller,
    Query(listed): Query<Listed>,
    Query(paging): Query<Paging>,
) -> Result<Json<Items<InboxDocument>>, Problem> {
    let list = match listed.r#box {
        BoxName::Todo => InboxBox::Todo,
        BoxName::Done => InboxBox::Done,
        BoxName::Started => InboxBox::Started,
        BoxName::Copied => InboxBox::Copied,
    };
    let page = caller
        .application()
        .inbox(&caller.viewer, (list, &InboxFilter::default()), paging.cursor()?, paging.limit())
        .await?;
    let mut items = Vec::with_capacity(page.rows.len());
    for line in &page.rows {
        let task = line.task.as_ref().map(|row| TaskDocument::of_row(&caller, &line.case, row));
        items.push(InboxDocument { case: CaseLineDocument::of(&caller, &line.case)?, task: task.transpose()? });
    }
    Ok(Json(Items { items, next: page.next.map(|cursor| cursor.to_string()) }))
}

/// A task with its case.
#[derive(Debug, Serialize, ToSchema)]
pub struct TaskInCase {
    /// The task.
    pub task: TaskDocument,
    /// The case as the caller may see it.
    pub case: CaseDocument,
}

/// A task, and the case to decide it by.
#[utoipa::path(get, path = "/tasks/{id}", tag = "tasks", params(("id" = Uuid, Path, description = "The task")), responses(
    (status = 200, description = "The task and its case", body = TaskInCase)))]
pub async fn one(caller: Caller, Path(id): Path<Uuid>) -> Result<Json<TaskInCase>, Problem> {
    let case = caller.application().case_of_task(&caller.viewer, TaskId(id)).await?;
    let view = caller.application().open_case(&caller.viewer, case).await?;
    let task = view.case.task(TaskId(id)).ok_or(Problem::Refused(Refusal::NotFound))?;
    let task = TaskDocument::of_task(&caller, &view.plan, task);
    Ok(Json(TaskInCase { task, case: CaseDocument::of(&caller, &view)? }))
}

/// What comes with a deed. Everything may be left out where the deed needs nothing.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeedBody {
    /// What the caller says.
    comment: Option<String>,
    /// A code of their second factor.
    code: Option<String>,
    /// Their password again.
    password: Option<String>,
    /// Whom a task is handed over or delegated to, who is removed or asked a question; or the step a case is returned to.
    to: Option<String>,
    /// Whom a step that found nobody asks; who is added, or asked for an opinion.
    people: Option<Vec<String>>,
    /// How those who are added stand to the task.
    place: Option<Place>,
    /// The fields that a piece of work changes.
    #[schema(value_type = Option<Object>)]
    values: Option<serde_json::Map<String, serde_json::Value>>,
}

/// How those who are added stand to a task.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// They decide first, and then it comes back.
    Before,
    /// They decide afterwards.
    After,
    /// They decide as well.
    Alongside,
}

impl DeedBody {
    /// The one person that the deed speaks of.
    fn person(&self) -> Result<Login, Problem> {
        self.to.as_deref().map(|to| Login::from(to.trim())).ok_or(Problem::Malformed)
    }

    /// The people that the deed speaks of.
    fn people(&self) -> Result<Vec<Login>, Problem> {
        let people = self.people.as_ref().ok_or(Problem::Malformed)?;
        Ok(people.iter().map(|login| Login::from(login.trim())).collect())
    }
}

macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident $path:literal => $deed:expr;)*) => {$(
        $(#[$doc])*
        #[utoipa::path(post, path = $path, tag = "tasks", params(("id" = Uuid, Path, description = "The task")),
            request_body(content = Option<DeedBody>), responses((status = 200, description = "Done", body = Written)))]
        pub async fn $name(
            writer: Writer,
            Path(id): Path<Uuid>,
            body: Option<Json<DeedBody>>,
        ) -> Result<Response, Problem> {
            let make: fn(&mut DeedBody) -> Result<TaskDeed, Problem> = $deed;
            act(writer, id, body, make).await
        }
    )*};
}

deeds! {
    /// Takes a task from its pool.
    claim "/tasks/{id}/claim" => |_| Ok(TaskDeed::Claim);
    /// Gives a task back to its pool.
    release "/tasks/{id}/release" => |_| Ok(TaskDeed::Release);
    /// Decides in favour.
    approve "/tasks/{id}/approve" => |_| Ok(TaskDeed::Approve);
    /// Decides against.
    reject "/tasks/{id}/reject" => |_| Ok(TaskDeed::Reject);
    /// Sends the case back, to the step `to` where there is a choice; `requester` is whoever asked.
    give_back "/tasks/{id}/return" => |body| Ok(TaskDeed::Return(body.to.take().map(|to| StepId::from(to.trim()))));
    /// Finishes a piece of work.
    complete "/tasks/{id}/complete" => |body| Ok(TaskDeed::Complete(entered(body.values.take().unwrap_or_default())));
    /// Hands a task over.
    transfer "/tasks/{id}/transfer" => |body| Ok(TaskDeed::Transfer(body.person()?));
    /// Names the people of a step that found nobody.
    name "/tasks/{id}/name" => |body| Ok(TaskDeed::Name(body.people()?));
    /// Lets another look at a task, and has the last word.
    delegate "/tasks/{id}/delegate" => |body| Ok(TaskDeed::Delegate(body.person()?));
    /// Gives a delegated task back, or calls it back.
    resolve "/tasks/{id}/resolve" => |_| Ok(TaskDeed::Resolve);
    /// Asks others to decide as well.
    add "/tasks/{id}/add" => |body| {
        let place = match body.place.ok_or(Problem::Malformed)? {
            Place::Before => AddPlace::Before,
            Place::After => AddPlace::After,
            Place::Alongside => AddPlace::Alongside,
        };
        Ok(TaskDeed::Add(place, body.people()?))
    };
    /// Does without somebody whom one has added.
    remove "/tasks/{id}/remove" => |body| Ok(TaskDeed::Remove(body.person()?));
    /// Asks others for an opinion, which decides nothing.
    opinion "/tasks/{id}/opinion" => |body| Ok(TaskDeed::Opinion(body.people()?));
    /// Asks somebody a question; the comment is the question.
    ask "/tasks/{id}/ask" => |body| Ok(TaskDeed::Ask(body.person()?));
    /// Gives the opinion or the answer that was asked for; the comment is what is said.
    answer "/tasks/{id}/answer" => |_| Ok(TaskDeed::Answer);
    /// Takes one's decision back while nobody has acted after it.
    take_back "/tasks/{id}/take-back" => |_| Ok(TaskDeed::TakeBack);
    /// Says something on the task's case.
    comment "/tasks/{id}/comment" => |_| Ok(TaskDeed::Comment);
}

async fn act(
    writer: Writer,
    id: Uuid,
    body: Option<Json<DeedBody>>,
    make: fn(&mut DeedBody) -> Result<TaskDeed, Problem>,
) -> Result<Response, Problem> {
    let Json(mut body) = body.unwrap_or_default();
    let deed = make(&mut body)?;
    let with = With { comment: body.comment, code: body.code, password: body.password.map(Zeroizing::new) };
    let outcome = writer.caller.application().act_on_task(&writer.caller.viewer, TaskId(id), deed, with).await;
    written(outcome, StatusCode::OK)
}

/// What was entered, as it came.
pub fn entered(values: serde_json::Map<String, serde_json::Value>) -> EnteredValues {
    values.into_iter().map(|(name, value)| (name, Entered::Raw(value))).collect()
}
