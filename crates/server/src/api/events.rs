//! Events from outside: signed as Standard Webhooks has it, or in the name of whoever's token they come with.

use axum::{
    Json,
    body::to_bytes,
    extract::{FromRequestParts, Path, Request as Received, State},
    http::{HeaderMap, StatusCode},
};
use definition::id::EventName;
use runtime::{
    cases::Request,
    starts::event::{Message, Signed},
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::caller::Writer;
use crate::{
    http::{problem::Problem, state::ServerState},
    router::BODY_BYTES_MAX,
};

const ID: &str = "webhook-id";
const TIMESTAMP: &str = "webhook-timestamp";
const SIGNATURE: &str = "webhook-signature";

/// An event.
#[derive(Default, Deserialize, ToSchema)]
pub struct EventBody {
    /// What it brings, by the fields of the processes that wait for it; what none of them asks for is left aside.
    #[schema(value_type = Object)]
    #[serde(default)]
    data: serde_json::Map<String, serde_json::Value>,
}

/// What an event began.
#[derive(Debug, Serialize, ToSchema)]
pub struct Begun {
    /// The cases; the same ones when the same message comes again.
    pub cases: Vec<Uuid>,
}

/// A secret to sign an event with.
#[derive(Serialize, ToSchema)]
pub struct SecretDocument {
    /// Its number, by which it is taken back.
    pub number: u32,
    /// The secret, as `whsec_` and Base64; it is not shown again.
    pub secret: String,
}

/// Takes an event in. Signed, it carries `webhook-id`, `webhook-timestamp` and `webhook-signature` (Standard Webhooks,
/// `v1`); without a signature it comes in the caller's name.
#[utoipa::path(post, path = "/events/{name}", tag = "events", security((), ("token" = [])),
    params(("name" = String, Path, description = "The event")), request_body = EventBody,
    responses((status = 200, description = "Taken in", body = Begun)))]
pub async fn receive(
    State(state): State<ServerState>,
    Path(name): Path<String>,
    received: Received,
) -> Result<Json<Begun>, Problem> {
    let name = EventName::from(name.as_str());
    let (mut parts, body) = received.into_parts();
    let body = to_bytes(body, BODY_BYTES_MAX).await.map_err(|_| Problem::Malformed)?;
    let cases = if parts.headers.contains_key(SIGNATURE) {
        let [id, timestamp, signature] = [ID, TIMESTAMP, SIGNATURE].map(|name| text(&parts.headers, name));
        let message = Message { id: id?, timestamp: timestamp?, body: &body };
        state.application.receive_event(&name, &Signed::new(message, signature?)).await?
    } else {
        let writer = Writer::from_request_parts(&mut parts, &state).await?;
        let EventBody { data } = serde_json::from_slice(&body).map_err(|_| Problem::Malformed)?;
        let request = Request { values: data.into_iter().collect() };
        state.application.relay_event(&writer.caller.viewer, &name, request).await?
    };
    Ok(Json(Begun { cases: cases.into_iter().map(|case| case.0).collect() }))
}

/// Makes a secret with which an event may be signed from now on. For whoever may change the settings.
#[utoipa::path(post, path = "/events/{name}/secrets", tag = "events",
    params(("name" = String, Path, description = "The event")),
    responses((status = 201, description = "The secret", body = SecretDocument)))]
pub async fn make_secret(
    writer: Writer,
    Path(name): Path<String>,
) -> Result<(StatusCode, Json<SecretDocument>), Problem> {
    let name = EventName::from(name.as_str());
    let made = writer.caller.application().make_event_secret(&writer.caller.viewer, &name).await?;
    Ok((StatusCode::CREATED, Json(SecretDocument { number: made.number, secret: made.secret })))
}

/// Takes a secret back: what is signed with it is refused from now on.
#[utoipa::path(delete, path = "/events/{name}/secrets/{number}", tag = "events",
    params(("name" = String, Path, description = "The event"), ("number" = u32, Path, description = "The secret")),
    responses((status = 204, description = "Taken back")))]
pub async fn take_secret_back(
    writer: Writer,
    Path((name, number)): Path<(String, u32)>,
) -> Result<StatusCode, Problem> {
    let name = EventName::from(name.as_str());
    writer.caller.application().take_event_secret_back(&writer.caller.viewer, &name, number).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn text<'h>(headers: &'h HeaderMap, name: &str) -> Result<&'h str, Problem> {
    headers.get(name).and_then(|value| value.to_str().ok()).ok_or(Problem::Malformed)
}
