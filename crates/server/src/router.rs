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
    http::{answer, figures, headers, state::ServerState},
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
        .route_layer(middleware::from_fn(figures::count))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(CatchPanicLayer::new())
        .layer(CsrfLayer::new())
        // Around the layers that refuse, so that these refusals read like all others.
        .layer(middleware::from_fn_with_state(state.clone(), answer::write_problems))
        .layer(middleware::from_fn_with_state(state.clone(), headers::secure))
        .with_state(state)
}

fn pages() -> Router<ServerState> {
    Router::new()
        .route("/", get(pages::inbox::home))
        .route("/sign-in", get(pages::sign_in::form).post(pages::sign_in::submit))
        .route("/sign-out", post(pages::sign_in::sign_out))
        .route("/inbox", get(pages::inbox::page).post(pages::inbox::search))
        .route("/inbox/live", get(pages::inbox::live))
        .route("/tasks/approve", post(pages::inbox::approve_some))
        .route("/tasks/reject", post(pages::inbox::reject_some))
        .route("/tasks/{id}/approve", post(pages::tasks::approve))
        .route("/tasks/{id}/reject", post(pages::tasks::reject))
        .route("/tasks/{id}/comment", post(pages::tasks::comment))
        .route("/tasks/{id}/claim", post(pages::tasks::claim))
        .route("/tasks/{id}/release", post(pages::tasks::release))
        .route("/tasks/{id}/transfer", post(pages::tasks::transfer))
        .route("/tasks/{id}/name", post(pages::tasks::name))
        .route("/tasks/{id}/return", post(pages::tasks::give_back))
        .route("/tasks/{id}/delegate", post(pages::tasks::delegate))
        .route("/tasks/{id}/resolve", post(pages::tasks::resolve))
        .route("/tasks/{id}/add", post(pages::tasks::add))
        .route("/tasks/{id}/remove", post(pages::tasks::remove))
        .route("/tasks/{id}/opinion", post(pages::tasks::opinion))
        .route("/tasks/{id}/ask", post(pages::tasks::ask))
        .route("/tasks/{id}/answer", post(pages::tasks::answer))
        .route("/tasks/{id}/take-back", post(pages::tasks::take_back))
        .route("/tasks/{id}/complete", post(pages::tasks::complete))
        .route("/cases/{id}", get(pages::case::page))
        .route("/cases/{id}/progress", get(pages::case::progress))
        .route("/cases/{id}/urge", post(pages::case::urge))
        .route("/cases/{id}/withdraw", post(pages::case::withdraw))
        .route("/cases/{id}/comment", post(pages::case::comment))
        .route("/people", post(pages::people::find))
        .route("/start", get(pages::start::catalogue))
        .route("/start/{workflow}", get(pages::start::form).post(pages::start::submit))
        .route("/start/{workflow}/preview", post(pages::start::preview))
        .route("/notifications", get(pages::notifications::page))
        .route("/notifications/read", post(pages::notifications::read_all))
        .route("/registers/{form}", get(pages::registers::page))
        .route("/registers/{form}/search", post(pages::registers::search))
        .route("/registers/{form}/new", get(pages::registers::new).post(pages::registers::create))
        .route("/registers/{form}/{id}", get(pages::record::page))
        .route("/registers/{form}/{id}/edit", get(pages::record::edit).post(pages::record::save))
        .route("/registers/{form}/{id}/reveal/{field}", get(pages::registers::ask).post(pages::registers::reveal))
        .route("/artifacts/{id}/password", post(pages::artifacts::password))
        .route("/artifacts/{id}/download", post(pages::artifacts::download))
        .route("/incidents", get(pages::incidents::page))
        .route("/incidents/{id}", get(pages::incidents::one))
        .route("/incidents/{id}/retry", post(pages::incidents::retry))
        .route("/incidents/{id}/skip", post(pages::incidents::skip))
        .route("/audit", get(pages::audit::page))
        .route("/me", get(pages::me::page))
        .route("/me/language", post(pages::me::language))
        .route("/me/theme", post(pages::me::theme))
        .route("/me/password", post(pages::me::password))
        .route("/me/absences", post(pages::me::absences))
        .route("/me/second-factor", post(pages::me::second_factor))
        .route("/me/tokens", post(pages::me::tokens))
        .route("/me/sessions", post(pages::me::sessions))
}
