//! Who calls, and what comes with every call: the proof of a session's writes, the key of a repeated one.

use axum::Json;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderName, StatusCode, request::Parts},
    response::{IntoResponse, Response},
};
use runtime::{
    Application, Executed,
    error::Outcome,
    once::Once,
    viewer::{Through, Viewer},
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    http::{problem::Problem, state::ServerState, visitor::SignedIn},
    i18n::format::Reading,
};

/// Carries the proof that a write through a session came from whoever holds it.
pub const CSRF_HEADER: HeaderName = HeaderName::from_static("x-csrf-token");

/// Somebody who calls an operation that changes nothing.
pub struct Caller {
    /// What handlers share.
    pub state: ServerState,
    /// Who.
    pub viewer: Viewer,
    /// Where and when they read.
    pub reading: Reading,
}

impl Caller {
    /// The application.
    pub fn application(&self) -> &Application {
        &self.state.application
    }
}

impl FromRequestParts<ServerState> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ServerState) -> Result<Self, Problem> {
        let SignedIn(viewer) = <SignedIn as FromRequestParts<ServerState>>::from_request_parts(parts, state).await?;
        let application = &state.application;
        let reading = Reading { locale: viewer.locale, zone: application.time_zone(), now: application.clock().now() };
        Ok(Self { state: state.clone(), viewer, reading })
    }
}

/// Somebody who calls an operation that changes something, and meant to.
pub struct Writer {
    /// Who; with the key under which the same request is done once.
    pub caller: Caller,
}

impl FromRequestParts<ServerState> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ServerState) -> Result<Self, Problem> {
        let mut caller = Caller::from_request_parts(parts, state).await?;
        if let Through::Session { .. } = caller.viewer.through {
            let proof = text(&parts.headers, &CSRF_HEADER)?.unwrap_or_default();
            SignedIn(caller.viewer.clone()).check_form(&proof)?;
        }
        caller.viewer.once = parts.extensions.get::<Once>().cloned();
        Ok(Self { caller })
    }
}

fn text(headers: &HeaderMap, name: &HeaderName) -> Result<Option<String>, Problem> {
    let value = headers.get(name).map(|value| value.to_str().map(ToOwned::to_owned));
    value.transpose().map_err(|_| Problem::Malformed)
}

/// What a write on a case answers.
#[derive(Debug, Serialize, ToSchema)]
pub struct Written {
    /// The case.
    pub case: Uuid,
}

/// Answers a write on a case.
pub fn written(outcome: Outcome<Executed>, status: StatusCode) -> Result<Response, Problem> {
    Ok((status, Json(Written { case: outcome?.case.id.0 })).into_response())
}
