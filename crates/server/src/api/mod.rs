//! The same operations as JSON, for programs.

pub mod health;

use axum::Router;

use crate::http::state::ServerState;

/// Everything below `/api`.
pub fn router(_state: &ServerState) -> Router<ServerState> {
    Router::new()
}
