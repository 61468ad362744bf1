//! Incidents, for those whose duty they are. No value of a request stands in them.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
    response::Response,
};
use chrono::{DateTime, Utc};
use definition::id::WorkflowId;
use engine::{CaseId, StepRunId};
use runtime::{
    incidents::{CauseKind, FailedAttempt, Incident, IncidentDetail, IncidentFilter, IncidentLine, Resolution},
    tasks::With,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    caller::{Caller, Writer, Written, written},
    line::CaseLineDocument,
    paging::{Items, Paging},
};
use crate::http::problem::Problem;

/// Which incidents. Nothing said: all that are open.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Those of this process.
    process: Option<String>,
    /// Those of this kind of cause: `action_failed interrupted process`.
    cause: Option<String>,
}

/// Where a case cannot go on alone.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentDocument {
    /// The passage through the step, which is named when it is tried again or left out.
    pub run: Uuid,
    /// The step's id.
    pub step: String,
    /// Why: `kind` names it, and `failure` how an action failed.
    #[schema(value_type = Object)]
    pub cause: serde_json::Value,
    /// Since when.
    pub since: DateTime<Utc>,
    /// How many attempts there were.
    pub attempts: u32,
}

/// An incident with its case.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentLineDocument {
    /// The case.
    pub case: CaseLineDocument,
    /// What happened.
    pub incident: IncidentDocument,
}

/// An attempt that failed.
#[derive(Debug, Serialize, ToSchema)]
pub struct AttemptDocument {
    /// When.
    pub at: DateTime<Utc>,
    /// Which, from 1.
    pub attempt: u32,
    /// Why, a stable word.
    #[schema(value_type = String)]
    pub failure: serde_json::Value,
}

/// An incident, and what may be done about it.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentDetailDocument {
    /// What happened.
    #[serde(flatten)]
    pub incident: IncidentDocument,
    /// The attempts that failed.
    pub failed: Vec<AttemptDocument>,
    /// Whether the step is an action.
    pub is_action: bool,
    /// Whether the caller may have it tried again.
    pub may_retry: bool,
    /// Whether the caller may go on without it.
    pub may_skip: bool,
}

/// The open incidents of a case.
#[derive(Debug, Serialize, ToSchema)]
pub struct IncidentsOfCase {
    /// The case.
    pub case: CaseLineDocument,
    /// What is open.
    pub incidents: Vec<IncidentDetailDocument>,
}

impl IncidentDocument {
    fn of(incident: &Incident) -> Self {
        Self {
            run: incident.run.0,
            step: incident.step.clone(),
            cause: serde_json::to_value(&incident.cause).unwrap_or_default(),
            since: incident.since,
            attempts: incident.attempts,
        }
    }
}

impl IncidentDetailDocument {
    fn of(detail: &IncidentDetail) -> Self {
        let attempt = |failed: &FailedAttempt| AttemptDocument {
            at: failed.at,
            attempt: failed.attempt,
            failure: serde_json::to_value(failed.failure).unwrap_or_default(),
        };
        Self {
            incident: IncidentDocument::of(&detail.incident),
            failed: detail.failed.iter().map(attempt).collect(),
            is_action: detail.is_action,
            may_retry: detail.may_retry,
            may_skip: detail.may_skip,
        }
    }
}

/// The open incidents, those of the oldest cases first.
#[utoipa::path(get, path = "/incidents", tag = "incidents", params(Filter, Paging), responses(
    (status = 200, description = "A page", body = Items<IncidentLineDocument>)))]
pub async fn list(
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Items<IncidentLineDocument>>, Problem> {
    let cause = match filter.cause.as_deref() {
        Some(word) => Some(CauseKind::parse(word).ok_or(Problem::Malformed)?),
        None => None,
    };
    let filter = IncidentFilter { process: filter.process.as_deref().map(WorkflowId::from), cause };
    let page = caller.application().incidents(&caller.viewer, &filter, paging.cursor()?, paging.limit()).await?;
    let item = |line: &IncidentLine| {
        let of = CaseLineDocument::of(&caller, &line.case)?;
        Ok(IncidentLineDocument { case: of, incident: IncidentDocument::of(&line.incident) })
    };
    let items = page.rows.iter().map(item).collect::<Result<_, Problem>>()?;
    Ok(Json(Items { items, next: page.next.map(|cursor| cursor.to_string()) }))
}

/// The open incidents of a case.
#[utoipa::path(get, path = "/incidents/{id}", tag = "incidents",
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "What is open", body = IncidentsOfCase)))]
pub async fn one(caller: Caller, Path(case): Path<Uuid>) -> Result<Json<IncidentsOfCase>, Problem> {
    let view = caller.application().incident(&caller.viewer, CaseId(case)).await?;
    let incidents = view.incidents.iter().map(IncidentDetailDocument::of).collect();
    Ok(Json(IncidentsOfCase { case: CaseLineDocument::of(&caller, &view.case)?, incidents }))
}

/// What an operator says with what they do.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Resolved {
    /// The passage through the step.
    run: Uuid,
    /// Why; kept with the case.
    reason: String,
}

/// Has a step tried again.
#[utoipa::path(post, path = "/incidents/{id}/retry", tag = "incidents", request_body = Resolved,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "It is tried again", body = Written)))]
pub async fn retry(
    writer: Writer,
    Path(case): Path<Uuid>,
    Json(resolved): Json<Resolved>,
) -> Result<Response, Problem> {
    resolve(writer, (case, resolved), Resolution::Retry).await
}

/// Goes on without a step.
#[utoipa::path(post, path = "/incidents/{id}/skip", tag = "incidents", request_body = Resolved,
    params(("id" = Uuid, Path, description = "The case")),
    responses((status = 200, description = "The case went on", body = Written)))]
pub async fn skip(writer: Writer, Path(case): Path<Uuid>, Json(resolved): Json<Resolved>) -> Result<Response, Problem> {
    resolve(writer, (case, resolved), Resolution::Skip).await
}

async fn resolve(
    writer: Writer,
    (case, resolved): (Uuid, Resolved),
    resolution: Resolution,
) -> Result<Response, Problem> {
    let with = With { comment: Some(resolved.reason), ..With::default() };
    let (viewer, incident) = (&writer.caller.viewer, (CaseId(case), StepRunId(resolved.run)));
    let outcome = writer.caller.application().resolve_incident(viewer, incident, resolution, with).await;
    written(outcome, StatusCode::OK)
}
