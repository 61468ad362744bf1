//! Personal tokens for programs.

use axum::{Json, extract::Path, http::StatusCode};
use chrono::{DateTime, TimeDelta, Utc};
use runtime::TokenRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;
use zeroize::Zeroizing;

use super::{
    caller::{Caller, Writer},
    paging::Items,
};
use crate::http::problem::Problem;

/// The longest a token lasts.
const DAYS_MAX: i64 = 3_650;

/// A token; never its secret.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenDocument {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub title: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it ends by itself.
    pub expires_at: Option<DateTime<Utc>>,
    /// When it was last used, to a few minutes.
    pub last_used_at: Option<DateTime<Utc>>,
}

/// A token to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TokenAsked {
    /// What its owner calls it.
    title: String,
    /// How many days it lasts; without, until it is ended.
    #[schema(minimum = 1, maximum = 3650)]
    days: Option<i64>,
    /// The caller's password again.
    password: Option<String>,
}

/// A token that was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct TokenMade {
    /// Its id.
    pub id: Uuid,
    /// The token itself, told this once.
    pub token: String,
}

/// The caller's tokens.
#[utoipa::path(get, path = "/me/tokens", tag = "session", responses(
    (status = 200, description = "The tokens that are good", body = Items<TokenDocument>)))]
pub async fn list(caller: Caller) -> Result<Json<Items<TokenDocument>>, Problem> {
    let tokens = caller.application().tokens(&caller.viewer).await?;
    let tokens = tokens.into_iter().filter(|token| token.revoked_at.is_none());
    Ok(Json(Items::all(tokens.map(document).collect())))
}

fn document(row: TokenRow) -> TokenDocument {
    let TokenRow { id, title, created_at, expires_at, last_used_at, .. } = row;
    TokenDocument { id, title, created_at, expires_at, last_used_at }
}

/// Makes a token, once the caller gave their password again. It may do what its owner may, but carries no second factor.
#[utoipa::path(post, path = "/me/tokens", tag = "session", responses(
    (status = 201, description = "Made; the token is told this once", body = TokenMade)))]
pub async fn make(writer: Writer, Json(asked): Json<TokenAsked>) -> Result<(StatusCode, Json<TokenMade>), Problem> {
    let viewer = &writer.caller.viewer;
    if asked.days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
        return Err(Problem::Malformed);
    }
    let lasts = asked.days.map(TimeDelta::days);
    let password = asked.password.map(Zeroizing::new);
    let asked = (asked.title.as_str(), lasts);
    let made = writer.caller.application().make_token(viewer, asked, password.as_ref()).await?;
    Ok((StatusCode::CREATED, Json(TokenMade { id: made.id, token: made.secret })))
}

/// Ends a token at once.
#[utoipa::path(delete, path = "/me/tokens/{id}", tag = "session", params(("id" = Uuid, Path, description = "The token")),
    responses((status = 204, description = "Ended")))]
pub async fn revoke(writer: Writer, Path(id): Path<Uuid>) -> Result<StatusCode, Problem> {
    writer.caller.application().revoke_token(&writer.caller.viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
