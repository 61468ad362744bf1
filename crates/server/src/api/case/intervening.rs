//! What an administrator does with a case by authority.

use axum::{Json, extract::Path, http::StatusCode, response::Response};
use definition::id::{Login, StepId};
use engine::{CaseId, TaskId, event::Intervention};
use serde::Deserialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Said, with};
use crate::{
    api::caller::{Writer, Written, written},
    http::problem::Problem,
};

/// A task, and who gets it.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    /// The task.
    task: Uuid,
    /// Who gets it.
    people: Vec<String>,
    /// Why.
    comment: Option<String>,
}

/// Gives a task of a case to others.
#[utoipa::path(post, path = "/cases/{id}/assign", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Assignment), responses((status = 200, description = "Assigned", body = Written)))]
pub async fn assign(
    writer: Writer,
    Path(id): Path<Uuid>,
    Json(assignment): Json<Assignment>,
) -> Result<Response, Problem> {
    let Assignment { task, people, comment } = assignment;
    let people = people.iter().map(|login| Login::from(login.trim())).collect();
    let said = Some(Json(Said { comment }));
    intervene(writer, id, said, Intervention::Assign { task: TaskId(task), people }).await
}

/// Lets a case rest.
#[utoipa::path(post, path = "/cases/{id}/suspend", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Option<Said>), responses((status = 200, description = "Suspended", body = Written)))]
pub async fn suspend(writer: Writer, Path(id): Path<Uuid>, said: Option<Json<Said>>) -> Result<Response, Problem> {
    intervene(writer, id, said, Intervention::Suspend).await
}

/// Lets a suspended case go on.
#[utoipa::path(post, path = "/cases/{id}/resume", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Option<Said>), responses((status = 200, description = "Resumed", body = Written)))]
pub async fn resume(writer: Writer, Path(id): Path<Uuid>, said: Option<Json<Said>>) -> Result<Response, Problem> {
    intervene(writer, id, said, Intervention::Resume).await
}

/// Where a case goes back to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Jump {
    /// A step of its outermost list that the case has been at.
    to: String,
    /// Why.
    comment: Option<String>,
}

/// Sends a case back to a step.
#[utoipa::path(post, path = "/cases/{id}/jump", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Jump), responses((status = 200, description = "Sent back", body = Written)))]
pub async fn jump(writer: Writer, Path(id): Path<Uuid>, Json(jump): Json<Jump>) -> Result<Response, Problem> {
    let said = Some(Json(Said { comment: jump.comment }));
    intervene(writer, id, said, Intervention::Jump { to: StepId::from(jump.to.trim()) }).await
}

/// Ends a case.
#[utoipa::path(post, path = "/cases/{id}/cancel", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Option<Said>), responses((status = 200, description = "Cancelled", body = Written)))]
pub async fn cancel(writer: Writer, Path(id): Path<Uuid>, said: Option<Json<Said>>) -> Result<Response, Problem> {
    intervene(writer, id, said, Intervention::Cancel).await
}

async fn intervene(
    writer: Writer,
    id: Uuid,
    said: Option<Json<Said>>,
    what: Intervention,
) -> Result<Response, Problem> {
    let with = with(said);
    let outcome = writer.caller.application().intervene(&writer.caller.viewer, CaseId(id), what, with).await;
    written(outcome, StatusCode::OK)
}
