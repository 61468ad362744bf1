//! The one URL table.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use tower_http::{catch_panic::CatchPanicLayer, csrf::CsrfLayer};

use crate::{
    api, assets,
    http::{answer, headers, state::ServerState},
    pages,
};

/// The most bytes of a request's body.
pub const BODY_BYTES_MAX: usize = 2 << 20;

/// Every address, and what keeps watch over all of them.
pub fn router(state: ServerState) -> Router {
    Router::new()
        .merge(pages())
        .nest("/api", api::router(&state))
        .route("/healthz", get(api::health::alive))
        .route("/readyz", get(api::health::ready))
        .route("/metrics", get(api::health::metrics))
        .route("/assets/{*path}", get(assets::serve))
        .layer(middleware::from_fn_with_state(state.clone(), answer::write_problems))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new())
        .layer(middleware::from_fn_with_state(state.clone(), headers::secure))
        .with_state(state)
}

fn pages() -> Router<ServerState> {
    Router::new()
        .route("/", get(pages::inbox::home))
        .route("/sign-in", get(pages::sign_in::form).post(pages::sign_in::submit))
        .route("/sign-out", post(pages::sign_in::sign_out))
        .route("/inbox", get(pages::inbox::page))
        .route("/inbox/live", get(pages::inbox::live))
        .route("/tasks/approve", post(pages::inbox::approve_some))
        .route("/tasks/reject", post(pages::inbox::reject_some))
        .route("/notifications", get(pages::notifications::page))
        .route("/notifications/read", post(pages::notifications::read_all))
}
