//! Styles, scripts and icons, built by `web/` into `web/dist` under names that carry a digest of their content.
//!
//! The program carries them (a debug build reads them from disk). A name with a digest never changes, so browsers may keep it for
//! good; each file lies beside its brotli and gzip forms, made once at build.

use std::{borrow::Cow, collections::BTreeMap, sync::LazyLock};

use axum::{
    extract::Path,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use rust_embed::Embed;

/// Where assets are served.
pub const PREFIX: &str = "/assets/";

/// The names without digest, and the files that hold them.
const MANIFEST: &str = "manifest.json";

/// Assets with a digest in their name are kept by browsers this long: a year, the longest that caches honour.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Why assets cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// `web/dist` was empty when this program was built.
    #[error("web/dist holds no assets: run `make web` (npm ci && npm run build in web/) and build again")]
    NotBuilt,
}

/// Says at start, rather than page by page, that the assets were not built.
pub fn verify() -> Result<(), Error> {
    if Files::get(MANIFEST).is_some() { Ok(()) } else { Err(Error::NotBuilt) }
}

/// The address of an asset by its plain name, `app.css` say. Without a build it is the plain name, which [`verify`] refuses to serve.
pub fn url(name: &str) -> String {
    // Who works on styles builds them while the program runs, so a debug build reads the manifest each time.
    let manifest: Cow<'_, BTreeMap<String, String>> =
        if cfg!(debug_assertions) { Cow::Owned(read_manifest()) } else { Cow::Borrowed(&*EMBEDDED_MANIFEST) };
    format!("{PREFIX}{}", manifest.get(name).map_or(name, String::as_str))
}

/// Answers `GET /assets/{*path}`.
pub async fn serve(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let Some((encoding, bytes)) = best_form(&path, accepted) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mut response = bytes.into_owned().into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(&path)));
    headers.insert(header::CACHE_CONTROL, IMMUTABLE);
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    response
}

#[derive(Embed)]
#[folder = "../../web/dist"]
#[allow_missing = true]
struct Files;

static EMBEDDED_MANIFEST: LazyLock<BTreeMap<String, String>> = LazyLock::new(read_manifest);

fn read_manifest() -> BTreeMap<String, String> {
    Files::get(MANIFEST).and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

fn best_form(path: &str, accepted: &str) -> Option<(Option<&'static str>, Cow<'static, [u8]>)> {
    let takes = |encoding: &str| accepted.split(',').any(|part| part.trim().split(';').next() == Some(encoding));
    for (encoding, suffix) in [("br", "br"), ("gzip", "gz")] {
        if takes(encoding)
            && let Some(file) = Files::get(&format!("{path}.{suffix}"))
        {
            return Some((Some(encoding), file.data));
        }
    }
    Files::get(path).map(|file| (None, file.data))
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, suffix)| suffix) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json" | "map") => "application/json",
        Some("woff2") => "font/woff2",
        Some(_) | None => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
