//! What the caller was told.

use axum::{Json, extract::Query, http::StatusCode};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    caller::{Caller, Writer},
    paging::{Items, Paging},
};
use crate::{http::problem::Problem, words};

/// Something the caller was told.
#[derive(Debug, Serialize, ToSchema)]
pub struct NotificationDocument {
    /// Its id.
    pub id: Uuid,
    /// What kind, a stable word: `task_assigned reminder escalated urged message ended delayed incident …`
    pub kind: String,
    /// What it says, in the caller's language.
    pub title: String,
    /// Which request it is about, in the caller's language.
    pub about: Option<String>,
    /// The case it is about.
    pub case: Option<Uuid>,
    /// When it was sent.
    pub at: DateTime<Utc>,
    /// When it was read.
    pub read_at: Option<DateTime<Utc>>,
}

/// What the caller was told, latest first.
#[utoipa::path(get, path = "/notifications", tag = "notifications", params(Paging), responses(
    (status = 200, description = "A page", body = Items<NotificationDocument>)))]
pub async fn list(caller: Caller, Query(paging): Query<Paging>) -> Result<Json<Items<NotificationDocument>>, Problem> {
    let application = caller.application();
    let page = application.notifications(&caller.viewer, paging.cursor()?, paging.limit()).await?;
    let cases = application.case_lines(page.rows.iter().filter_map(|told| told.case)).await?;
    let workspace = application.workspace()?;
    Ok(Json(Items::of(page, |told| {
        let case = told.case.and_then(|id| cases.get(&id));
        let (_, title, about) = words::notices::told(caller.reading, &workspace, &told, case);
        NotificationDocument {
            id: told.row.id,
            kind: told.row.kind.clone(),
            title,
            about,
            case: told.row.case_id,
            at: told.row.at,
            read_at: told.row.read_at,
        }
    })))
}

/// What was read.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Read {
    /// These; without, everything.
    ids: Option<Vec<Uuid>>,
}

/// Marks notifications read.
#[utoipa::path(post, path = "/notifications/read", tag = "notifications", request_body(content = Option<Read>),
    responses((status = 204, description = "Marked")))]
pub async fn read(writer: Writer, read: Option<Json<Read>>) -> Result<StatusCode, Problem> {
    let Writer { caller, .. } = writer;
    let ids = read.and_then(|Json(read)| read.ids);
    caller.application().read_notifications(&caller.viewer, ids.as_deref()).await?;
    Ok(StatusCode::NO_CONTENT)
}
