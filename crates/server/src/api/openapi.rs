//! The description of the operations: what their code says of them, and what all of them have in common.

use serde_json::{Map, Value as Json, json};
use utoipa::{
    OpenApi, ToSchema,
    openapi::{InfoBuilder, OpenApiBuilder},
};

use super::{caller::CSRF_HEADER, once::KEY_HEADER};
use crate::http::problem::ProblemDocument;

/// Operations that change nothing, or nothing more when they are repeated: they take no key.
const UNKEYED: [&str; 4] = ["/preview", "/search", "/reveal", "/sign-out"];

/// Schemas that every operation answers with when it is refused.
#[derive(OpenApi)]
#[openapi(components(schemas(ProblemDocument)))]
struct Common;

/// What the description begins with.
pub fn base() -> utoipa::openapi::OpenApi {
    let info = InfoBuilder::new().title("Chancery").version(env!("CARGO_PKG_VERSION")).build();
    let mut base = OpenApiBuilder::new().info(info).build();
    base.merge(Common::openapi());
    base
}

/// The whole description, with what all operations share: who may call, what a write carries, how a refusal looks.
pub fn finished(description: &utoipa::openapi::OpenApi) -> String {
    let mut document = serde_json::to_value(description).unwrap_or_default();
    document["security"] = json!([{ "token": [] }, { "session": [] }]);
    document["components"]["securitySchemes"] = json!({
        "token": { "type": "http", "scheme": "bearer", "description": "A personal token" },
        "session": { "type": "apiKey", "in": "cookie", "name": "chancery_session",
            "description": "The cookie that `POST /api/v1/sign-in` sets; over HTTPS its name begins with `__Host-`" },
    });
    let described = document["paths"].as_object_mut().map(std::mem::take).unwrap_or_default();
    let mut paths = Map::new();
    for (path, mut item) in described {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            share(&path, method, operation);
        }
        paths.insert(format!("/api{path}"), item);
    }
    document["paths"] = Json::Object(paths);
    document.to_string()
}

fn share(path: &str, method: &str, operation: &mut Json) {
    let problem = format!("#/components/schemas/{}", ProblemDocument::name());
    operation["responses"]["default"] = json!({
        "description": "Refused: why, as a problem document in the caller's language",
        "content": { "application/problem+json": { "schema": { "$ref": problem } } },
    });
    let asks = operation["security"].as_array().cloned().unwrap_or_default();
    let is_open = !asks.is_empty() && asks.iter().all(|one| *one == json!({}));
    if method == "get" || is_open {
        return;
    }
    let mut headers = vec![header(CSRF_HEADER.as_str(), "Needed with a session: its `csrf_token`")];
    if !UNKEYED.iter().any(|look| path.ends_with(look)) {
        headers.push(header(KEY_HEADER.as_str(), "The same request with the same key is done once and answered alike; `told-once` where the answer was a secret or a file"));
    }
    match operation["parameters"].as_array_mut() {
        Some(parameters) => parameters.extend(headers),
        None => operation["parameters"] = Json::Array(headers),
    }
}

fn header(name: &str, description: &str) -> Json {
    json!({ "name": name, "in": "header", "required": false, "description": description, "schema": { "type": "string" } })
}
