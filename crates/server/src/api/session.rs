//! Signing in and out, and who one is.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use axum_extra::extract::CookieJar;
use definition::model::Capability;
use runtime::viewer::Viewer;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use zeroize::Zeroizing;

use super::caller::{Caller, Writer};
use crate::http::{
    origin::From,
    problem::Problem,
    state::ServerState,
    visitor::{SignedIn, no_session_cookie, session_cookie},
};

/// A name and a password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    login: String,
    password: String,
}

/// A session that began.
#[derive(Debug, Serialize, ToSchema)]
pub struct SessionDocument {
    /// Who signed in.
    pub login: String,
    /// To be sent as `X-CSRF-Token` with every write through the session.
    pub csrf_token: String,
}

/// Begins a session: the cookie that is set carries it. Programs rather use a personal token.
#[utoipa::path(post, path = "/sign-in", tag = "session", security(()), responses(
    (status = 200, description = "Signed in; the answer sets the session's cookie", body = SessionDocument)))]
pub async fn sign_in(
    State(state): State<ServerState>,
    From(origin): From,
    jar: CookieJar,
    Json(sent): Json<Credentials>,
) -> Result<(CookieJar, Json<SessionDocument>), Problem> {
    let begun = state.application.sign_in(sent.login.trim(), &Zeroizing::new(sent.password), &origin).await?;
    let document = SessionDocument { login: begun.login.to_string(), csrf_token: begun.csrf };
    Ok((jar.add(session_cookie(&state, begun.secret)), Json(document)))
}

/// Ends the session.
#[utoipa::path(post, path = "/sign-out", tag = "session", responses((status = 204, description = "Signed out")))]
pub async fn sign_out(writer: Writer, jar: CookieJar) -> Result<Response, Problem> {
    writer.caller.application().sign_out(&writer.caller.viewer).await?;
    Ok((StatusCode::NO_CONTENT, jar.remove(no_session_cookie(&writer.caller.state))).into_response())
}

/// The caller.
#[derive(Debug, Serialize, ToSchema)]
pub struct MeDocument {
    /// Their sign-in name.
    pub login: String,
    /// How they are called.
    pub name: String,
    /// Where they work.
    pub department: Option<String>,
    /// Whom they report to.
    pub manager: Option<String>,
    /// Their roles.
    pub roles: Vec<String>,
    /// Their clearance: `L0` to `L3`.
    pub clearance: &'static str,
    /// The duties of their roles: `build people settings incidents audit`.
    pub can: Vec<&'static str>,
    /// The language they read.
    pub locale: &'static str,
    /// Whether they have a second factor.
    pub second_factor: bool,
    /// Tasks that wait for them.
    pub open_tasks: i64,
    /// Notifications they have not read.
    pub unread: i64,
    /// To be sent as `X-CSRF-Token` with every write through a session; absent with a token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csrf_token: Option<String>,
}

/// Who the caller is, and how much waits for them.
#[utoipa::path(get, path = "/me", tag = "session", responses((status = 200, description = "The caller", body = MeDocument)))]
pub async fn me(caller: Caller) -> Result<Json<MeDocument>, Problem> {
    let viewer: &Viewer = &caller.viewer;
    let counts = caller.application().counts(viewer).await?;
    let second_factor = caller.application().has_second_factor(viewer).await?;
    let person = &viewer.person;
    let csrf_token = SignedIn(viewer.clone()).csrf().to_owned();
    Ok(Json(MeDocument {
        login: person.login.to_string(),
        name: person.name.clone(),
        department: person.department.as_ref().map(ToString::to_string),
        manager: person.manager.as_ref().map(ToString::to_string),
        roles: person.roles.iter().map(ToString::to_string).collect(),
        clearance: person.clearance.as_str(),
        can: person.can.iter().copied().map(duty).collect(),
        locale: viewer.locale.tag(),
        second_factor,
        open_tasks: counts.open_tasks,
        unread: counts.unread,
        csrf_token: Some(csrf_token).filter(|token| !token.is_empty()),
    }))
}

const fn duty(capability: Capability) -> &'static str {
    match capability {
        Capability::Build => "build",
        Capability::People => "people",
        Capability::Settings => "settings",
        Capability::Incidents => "incidents",
        Capability::Audit => "audit",
    }
}
