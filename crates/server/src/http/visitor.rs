//! Who asks: a session of the browser, or a personal token. And the proof that a form came from one of our pages.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use axum_extra::extract::{
    CookieJar,
    cookie::{Cookie, SameSite},
};
use runtime::viewer::{Through, Viewer};

use super::{origin::From, problem::Problem, state::ServerState};

/// The cookie that holds a session's secret. `__Host-` where browsers reach us over HTTPS: bound to this host and path.
const COOKIE: &str = "chancery_session";
const SECURE_COOKIE: &str = "__Host-chancery_session";

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn(pub Viewer);

impl SignedIn {
    /// What the viewer's forms carry to prove that they came from one of our pages; tokens have no forms.
    pub fn csrf(&self) -> &str {
        match &self.0.through {
            Through::Session { csrf, .. } => csrf,
            Through::Token { .. } => "",
        }
    }

    /// Refuses a form that did not come from one of our pages.
    pub fn check_form(&self, csrf_token: &str) -> Result<(), Problem> {
        let expected = self.csrf();
        if !expected.is_empty() && equal(expected.as_bytes(), csrf_token.as_bytes()) {
            Ok(())
        } else {
            Err(Problem::Forged)
        }
    }
}

impl FromRequestParts<ServerState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ServerState) -> Result<Self, Problem> {
        viewer(parts, state).await?.map(Self).ok_or(Problem::SignInFirst)
    }
}

impl OptionalFromRequestParts<ServerState> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &ServerState) -> Result<Option<Self>, Problem> {
        Ok(viewer(parts, state).await?.map(Self))
    }
}

async fn viewer(parts: &mut Parts, state: &ServerState) -> Result<Option<Viewer>, Problem> {
    let Ok(From(origin)) = <From as FromRequestParts<ServerState>>::from_request_parts(parts, state).await;
    if let Some(token) = bearer(&parts.headers) {
        return Ok(state.application.viewer_of_token(token, origin).await?);
    }
    let jar = CookieJar::from_headers(&parts.headers);
    match jar.get(name(state)) {
        Some(cookie) => Ok(state.application.viewer_of_session(cookie.value(), origin).await?),
        None => Ok(None),
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

fn name(state: &ServerState) -> &'static str {
    if state.options.is_secure { SECURE_COOKIE } else { COOKIE }
}

/// The cookie of a session that began.
pub fn session_cookie(state: &ServerState, secret: String) -> Cookie<'static> {
    Cookie::build((name(state), secret))
        .path("/")
        .http_only(true)
        .secure(state.options.is_secure)
        .same_site(SameSite::Lax)
        .build()
}

/// The cookie that ends a session in the browser.
pub fn no_session_cookie(state: &ServerState) -> Cookie<'static> {
    let mut cookie = session_cookie(state, String::new());
    cookie.make_removal();
    cookie
}

/// Compares without telling by its time where the two differ.
fn equal(left: &[u8], right: &[u8]) -> bool {
    left.len() == right.len() && left.iter().zip(right).fold(0, |differs, (left, right)| differs | (left ^ right)) == 0
}
