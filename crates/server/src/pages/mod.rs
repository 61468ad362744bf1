//! Handlers of pages: parse, call one operation, render. What a page says is made in [`words`](crate::words), what it shows is a
//! type of [`view`](crate::view).

pub mod artifacts;
pub mod audit;
pub mod case;
#[cfg(test)]
pub mod company;
pub mod inbox;
pub mod incidents;
pub mod me;
mod narrowing;
pub mod notifications;
pub mod people;
pub mod record;
pub mod registers;
pub mod sign_in;
pub mod start;
pub mod tasks;

use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

/// How many rows a list shows at once.
pub const ROWS: u64 = 50;

/// A form that carries nothing but the proof that it came from one of our pages.
#[derive(Debug, Deserialize)]
pub struct Pressed {
    /// The proof.
    #[serde(default)]
    pub csrf_token: String,
}

/// Sends a browser on after a form; only to an address of ours.
pub fn on_to(path: &str) -> Response {
    Redirect::to(local(path)).into_response()
}

/// The path, if it is one of ours; else the first page. `//evil.example` and `/\evil.example` are addresses of others.
pub fn local(path: &str) -> &str {
    // Browsers drop tabs and line breaks from an address, so that `/\t/` becomes `//`.
    let is_odd = |character: char| character == '\\' || character.is_control();
    let is_local = path.starts_with('/') && !path.starts_with("//") && !path.contains(is_odd);
    if is_local { path } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn a_browser_is_only_sent_on_to_addresses_of_ours() {
        for (path, expected) in [
            ("/cases/1?x=y", "/cases/1?x=y"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example", "/"),
            ("/a\r\nset-cookie: b", "/"),
            ("/\t/evil.example", "/"),
            ("", "/"),
        ] {
            assert_eq!(local(path), expected, "{path}");
        }
    }
}
