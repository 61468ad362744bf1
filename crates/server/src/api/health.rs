//! For whoever runs the program: is it alive, is it ready, how is it doing. Nothing personal, so nobody has to sign in.

use axum::{
    extract::State,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::http::state::ServerState;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// The databases answer too, and a workspace is live.
pub async fn ready(State(state): State<ServerState>) -> Response {
    let has_workspace = state.application.live().workspace.is_some();
    match state.application.store_answers().await {
        Ok(()) if has_workspace => "ready\n".into_response(),
        Ok(()) => (StatusCode::SERVICE_UNAVAILABLE, "no workspace is live\n").into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response(),
    }
}

/// Figures in Prometheus' text format.
pub async fn metrics(State(state): State<ServerState>) -> Response {
    match &state.metrics {
        Some(handle) => ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
