//! The same operations as JSON, for programs. Every operation is described by its own code; the description is served
//! as `/api/openapi.json`.

mod absences;
mod artifacts;
mod audit;
mod caller;
mod case;
mod clock;
mod events;
pub mod health;
mod incidents;
mod line;
mod notifications;
mod once;
mod openapi;
mod paging;
mod registers;
mod session;
mod tasks;
mod tokens;
mod value;

use axum::{Router, http::header, middleware, routing::get};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::http::state::ServerState;

/// Everything below `/api`.
pub fn router(state: &ServerState) -> Router<ServerState> {
    let mut operations = operations();
    if state.options.moves_clock {
        operations = operations.routes(routes!(clock::show, clock::advance));
    }
    let (router, description) = OpenApiRouter::with_openapi(openapi::base()).nest("/v1", operations).split_for_parts();
    let description = openapi::finished(&description);
    let answer = move || async move { ([(header::CONTENT_TYPE, "application/json")], description) };
    router.route("/openapi.json", get(answer)).route_layer(middleware::from_fn_with_state(state.clone(), once::layer))
}

fn operations() -> OpenApiRouter<ServerState> {
    OpenApiRouter::new()
        .routes(routes!(session::sign_in))
        .routes(routes!(session::sign_out))
        .routes(routes!(session::me))
        .routes(routes!(tokens::list, tokens::make))
        .routes(routes!(tokens::revoke))
        .routes(routes!(absences::list, absences::change))
        .routes(routes!(absences::hand_over))
        .routes(routes!(notifications::list))
        .routes(routes!(notifications::read))
        .routes(routes!(case::process::list))
        .routes(routes!(case::list, case::start))
        .routes(routes!(case::preview))
        .routes(routes!(case::one))
        .routes(routes!(case::events))
        .routes(routes!(case::withdraw))
        .routes(routes!(case::urge))
        .routes(routes!(case::comment))
        .routes(routes!(events::receive))
        .routes(routes!(events::make_secret))
        .routes(routes!(events::take_secret_back))
        .routes(routes!(case::intervening::assign))
        .routes(routes!(case::intervening::suspend))
        .routes(routes!(case::intervening::resume))
        .routes(routes!(case::intervening::jump))
        .routes(routes!(case::intervening::cancel))
        .routes(routes!(tasks::list))
        .routes(routes!(tasks::one))
        .routes(routes!(tasks::claim))
        .routes(routes!(tasks::release))
        .routes(routes!(tasks::approve))
        .routes(routes!(tasks::reject))
        .routes(routes!(tasks::give_back))
        .routes(routes!(tasks::complete))
        .routes(routes!(tasks::transfer))
        .routes(routes!(tasks::name))
        .routes(routes!(tasks::delegate))
        .routes(routes!(tasks::resolve))
        .routes(routes!(tasks::add))
        .routes(routes!(tasks::remove))
        .routes(routes!(tasks::opinion))
        .routes(routes!(tasks::ask))
        .routes(routes!(tasks::answer))
        .routes(routes!(tasks::take_back))
        .routes(routes!(tasks::comment))
        .routes(routes!(registers::list, registers::create))
        .routes(routes!(registers::search))
        .routes(routes!(registers::one, registers::change))
        .routes(routes!(registers::reveal))
        .routes(routes!(artifacts::password))
        .routes(routes!(artifacts::download))
        .routes(routes!(incidents::list))
        .routes(routes!(incidents::one))
        .routes(routes!(incidents::retry))
        .routes(routes!(incidents::skip))
        .routes(routes!(audit::list))
}
