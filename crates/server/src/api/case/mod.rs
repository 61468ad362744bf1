//! Cases: what may be asked for, what asking would come to, and what came of it.

pub mod document;
pub mod intervening;
pub mod path;
pub mod process;

use axum::{
    Json,
    extract::{Path, Query},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use definition::id::WorkflowId;
use engine::{CaseId, EventEnvelope};
use runtime::{cases::Request, tasks::With};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use self::{
    document::CaseDocument,
    path::{PathDocument, ShorterDocument},
};
use super::{
    caller::{Caller, Writer, Written, written},
    line::CaseLineDocument,
    paging::{Items, Paging},
};
use crate::http::problem::{FieldError, Problem, field_error};

/// A request.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestBody {
    /// The process.
    workflow: String,
    /// By field: a set of records as `{"ids": […]}` or `{"where": [{"field", "op", "value"}]}`, picked fields as names
    /// or `{"name", "masked": true}`, all else as text, number or truth value.
    #[schema(value_type = Object)]
    #[serde(default)]
    values: serde_json::Map<String, serde_json::Value>,
}

impl RequestBody {
    fn into_parts(self) -> (WorkflowId, Request) {
        let values = self.values.into_iter().collect();
        (WorkflowId::from(self.workflow.as_str()), Request { values })
    }
}

/// The cases that the caller asked for, latest first.
#[utoipa::path(get, path = "/cases", tag = "cases", params(Paging), responses(
    (status = 200, description = "A page", body = Items<CaseLineDocument>)))]
pub async fn list(caller: Caller, Query(paging): Query<Paging>) -> Result<Json<Items<CaseLineDocument>>, Problem> {
    let page = caller.application().cases_started(&caller.viewer, paging.cursor()?, paging.limit()).await?;
    let items = page.rows.iter().map(|line| CaseLineDocument::of(&caller, line)).collect::<Result<_, _>>()?;
    Ok(Json(Items { items, next: page.next.map(|cursor| cursor.to_string()) }))
}

/// Begins a case. What is wrong with the request is told all at once.
#[utoipa::path(post, path = "/cases", tag = "cases", responses(
    (status = 201, description = "Begun; `Location` leads to it", body = Written)))]
pub async fn start(writer: Writer, Json(body): Json<RequestBody>) -> Result<Response, Problem> {
    let (process, request) = body.into_parts();
    let outcome = writer.caller.application().start(&writer.caller.viewer, &process, &request).await;
    let location = match &outcome {
        Ok(executed) => Some([(header::LOCATION, format!("/api/v1/cases/{}", executed.case.id))]),
        Err(_) => None,
    };
    Ok((location, written(outcome, StatusCode::CREATED)?).into_response())
}

/// What a request would come to.
#[derive(Debug, Serialize, ToSchema)]
pub struct PreviewDocument {
    /// What is wrong with it.
    pub problems: Vec<FieldError>,
    /// How many records it is about.
    pub records: Option<u64>,
    /// The levels that would leave in clear.
    pub levels: Vec<&'static str>,
    /// The way it would take.
    pub path: Vec<PathDocument>,
    /// What would make that way shorter.
    pub shorter: Vec<ShorterDocument>,
}

/// What a request would come to if it were sent now. Nothing is kept.
#[utoipa::path(post, path = "/cases/preview", tag = "cases", responses(
    (status = 200, description = "What it would come to", body = PreviewDocument)))]
pub async fn preview(writer: Writer, Json(body): Json<RequestBody>) -> Result<Json<PreviewDocument>, Problem> {
    let Writer { caller, .. } = writer;
    let (process, request) = body.into_parts();
    let preview = caller.application().preview(&caller.viewer, &process, &request).await?;
    Ok(Json(PreviewDocument {
        problems: preview.problems.iter().map(|problem| field_error(caller.reading, problem)).collect(),
        records: preview.summary.records,
        levels: preview.summary.levels.iter().map(|level| level.as_str()).collect(),
        path: preview.path.iter().map(|step| PathDocument::of(&caller, &preview.plan, step)).collect(),
        shorter: preview.shorter.iter().map(|one| ShorterDocument::of(&caller, &preview.plan, one)).collect(),
    }))
}

/// A case as the caller may see it.
#[utoipa::path(get, path = "/cases/{id}", tag = "cases", params(("id" = Uuid, Path, description = "The case")), responses(
    (status = 200, description = "The case", body = CaseDocument)))]
pub async fn one(caller: Caller, Path(id): Path<Uuid>) -> Result<Json<CaseDocument>, Problem> {
    let view = caller.application().open_case(&caller.viewer, CaseId(id)).await?;
    Ok(Json(CaseDocument::of(&caller, &view)?))
}

/// From where.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// Only events after this number.
    #[serde(default)]
    after: u32,
}

/// Something that happened in a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct EventDocument {
    /// Its place in the case, from 1, without gaps.
    pub number: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose command caused it; absent if nobody's.
    pub actor: Option<String>,
    /// What happened: `type` names it, the rest depends on it. No value of the request stands here.
    #[schema(value_type = Object)]
    pub event: serde_json::Value,
}

impl EventDocument {
    fn of(envelope: &EventEnvelope) -> Self {
        Self {
            number: envelope.number.0,
            at: envelope.at,
            actor: envelope.actor.login().map(ToString::to_string),
            event: serde_json::to_value(&envelope.event).unwrap_or_default(),
        }
    }
}

/// What happened in a case, in order.
#[utoipa::path(get, path = "/cases/{id}/events", tag = "cases", params(("id" = Uuid, Path, description = "The case"), After),
    responses((status = 200, description = "The events", body = Items<EventDocument>)))]
pub async fn events(
    caller: Caller,
    Path(id): Path<Uuid>,
    Query(After { after }): Query<After>,
) -> Result<Json<Items<EventDocument>>, Problem> {
    let events = caller.application().case_events(&caller.viewer, CaseId(id), after).await?;
    Ok(Json(Items::all(events.iter().map(EventDocument::of).collect())))
}

/// What comes with a deed of the requester.
#[derive(Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Said {
    /// What the caller says.
    comment: Option<String>,
}

fn with(said: Option<Json<Said>>) -> With {
    let Json(said) = said.unwrap_or_default();
    With { comment: said.comment, ..With::default() }
}

/// Takes a request back.
#[utoipa::path(post, path = "/cases/{id}/withdraw", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Option<Said>), responses((status = 200, description = "Taken back", body = Written)))]
pub async fn withdraw(writer: Writer, Path(id): Path<Uuid>, said: Option<Json<Said>>) -> Result<Response, Problem> {
    let with = with(said);
    let outcome = writer.caller.application().withdraw(&writer.caller.viewer, CaseId(id), with).await;
    written(outcome, StatusCode::OK)
}

/// Asks the people a case waits for to act.
#[utoipa::path(post, path = "/cases/{id}/urge", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "They were asked", body = Written)))]
pub async fn urge(writer: Writer, Path(id): Path<Uuid>) -> Result<Response, Problem> {
    let outcome = writer.caller.application().urge(&writer.caller.viewer, CaseId(id)).await;
    written(outcome, StatusCode::OK)
}

/// Says something on a case.
#[utoipa::path(post, path = "/cases/{id}/comment", tag = "cases", params(("id" = Uuid, Path, description = "The case")),
    request_body(content = Said), responses((status = 200, description = "Said", body = Written)))]
pub async fn comment(writer: Writer, Path(id): Path<Uuid>, said: Option<Json<Said>>) -> Result<Response, Problem> {
    let with = with(said);
    let outcome = writer.caller.application().comment_on_case(&writer.caller.viewer, CaseId(id), with).await;
    written(outcome, StatusCode::OK)
}
