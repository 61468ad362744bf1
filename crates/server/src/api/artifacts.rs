//! Files that actions made: their password, once, and their bytes, a few times.

use axum::{
    Json,
    body::Body,
    extract::Path,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, Utc};
use futures_util::stream;
use runtime::ArtifactRow;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Writer;
use crate::http::problem::Problem;

/// A file for the caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArtifactDocument {
    /// Its id.
    pub id: Uuid,
    /// How many records it holds.
    pub records: i64,
    /// Its size in bytes.
    pub size: i64,
    /// The digest of its bytes.
    pub digest: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it may be downloaded.
    pub expires_at: DateTime<Utc>,
    /// How often it may still be downloaded.
    pub downloads_left: i64,
    /// Whether it opens with a password that was not shown yet.
    pub password_waits: bool,
    /// When it was taken back.
    pub recalled_at: Option<DateTime<Utc>>,
}

impl ArtifactDocument {
    /// A file of a case.
    pub fn of(row: &ArtifactRow) -> Self {
        Self {
            id: row.id,
            records: row.records,
            size: row.size,
            digest: row.digest.to_string(),
            created_at: row.created_at,
            expires_at: row.expires_at,
            downloads_left: row.downloads_left,
            password_waits: row.password_sealed.is_some() && row.password_shown_at.is_none(),
            recalled_at: row.recalled_at,
        }
    }
}

/// The password of a file.
#[derive(Serialize, ToSchema)]
pub struct PasswordDocument {
    /// The password.
    pub password: String,
}

/// The password that a file opens with. It is told once; afterwards this answers 410.
#[utoipa::path(post, path = "/artifacts/{id}/password", tag = "artifacts", params(("id" = Uuid, Path, description = "The file")),
    responses((status = 200, description = "The password, this once", body = PasswordDocument)))]
pub async fn password(writer: Writer, Path(id): Path<Uuid>) -> Result<Json<PasswordDocument>, Problem> {
    let password = writer.caller.application().artifact_password(&writer.caller.viewer, id).await?;
    Ok(Json(PasswordDocument { password: password.to_string() }))
}

/// Downloads a file and counts it. When it may be downloaded no more, this answers 410.
#[utoipa::path(post, path = "/artifacts/{id}/download", tag = "artifacts", params(("id" = Uuid, Path, description = "The file")),
    responses((status = 200, description = "The file", content_type = "application/octet-stream", body = Vec<u8>)))]
pub async fn download(writer: Writer, Path(id): Path<Uuid>) -> Result<Response, Problem> {
    let download = writer.caller.application().download(&writer.caller.viewer, id).await?;
    let headers = [
        (header::CONTENT_TYPE, download.extension.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}\"", download.file_name)),
        (header::CONTENT_LENGTH, download.size.to_string()),
    ];
    let pieces =
        stream::unfold(download, |mut download| async move { download.next().await.map(|piece| (piece, download)) });
    Ok((headers, Body::from_stream(pieces)).into_response())
}
