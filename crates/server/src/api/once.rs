//! A write that carries a key is done once: the same request with the same key is answered as it was the first time.
//!
//! What names a request is its method, its path and every byte of its body. What was answered is kept by the operation
//! itself, with what it did ([`runtime::once`]); whatever is refused is looked up here once more, since what is done
//! already can mostly not be done again.

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, OriginalUri, Request, State},
    http::{HeaderName, Method, StatusCode, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use runtime::{Error, once::Once};
use vault::Digester;

use crate::{
    http::{
        problem::{Problem, Unwritten},
        state::ServerState,
        visitor::SignedIn,
    },
    router::BODY_BYTES_MAX,
};

/// Carries the key.
pub const KEY_HEADER: HeaderName = HeaderName::from_static("idempotency-key");

/// The longest key.
const KEY_BYTES_MAX: usize = 200;

/// Names the request for the operation, and tells what was answered to it before.
pub async fn layer(State(state): State<ServerState>, request: Request, next: Next) -> Response {
    let Some(key) = request.headers().get(&KEY_HEADER).filter(|_| *request.method() != Method::GET) else {
        return next.run(request).await;
    };
    let key = key.to_str().ok().filter(|key| !key.is_empty() && key.len() <= KEY_BYTES_MAX).map(ToOwned::to_owned);
    let Some(key) = key else { return Problem::Malformed.into_response() };
    let (mut parts, body) = request.into_parts();
    // The body's own limit is another layer's, which stands around this one.
    let Ok(body) = to_bytes(body, BODY_BYTES_MAX).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let once = Once { key, request: digest(&parts, &body) };
    parts.extensions.insert(once.clone());
    let asking = <SignedIn as FromRequestParts<ServerState>>::from_request_parts(&mut parts, &state).await;
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    let (Some(Unwritten(problem)), Ok(SignedIn(viewer))) = (response.extensions().get(), asking) else {
        return response;
    };
    // A forged request is not told what another was answered.
    if matches!(**problem, Problem::Forged | Problem::Answered(_)) {
        return response;
    }
    match state.application.refuse_answered(&viewer.once(Some(once))).await {
        Err(refused @ (Error::Answered(_) | Error::Refused(_))) => Problem::from(refused).into_response(),
        Ok(()) | Err(_) => response,
    }
}

fn digest(parts: &Parts, body: &[u8]) -> vault::Digest {
    let uri = parts.extensions.get::<OriginalUri>().map_or(&parts.uri, |OriginalUri(uri)| uri);
    let mut digester = Digester::new("chancery.http-request.v1");
    digester.text(parts.method.as_str()).text(uri.path()).bytes(body);
    digester.finish()
}
