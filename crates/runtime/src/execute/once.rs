//! The same request is done once: its key leads to the answer that it was given first.

use engine::CaseId;
use serde_json::json;
use store::{IdempotencyRow, Json};
use vault::{Column, Digest, Digester, Search, Spelling};

use crate::{
    application::Application,
    error::{Error, Outcome, Refusal},
    viewer::Viewer,
};

/// The scope of the key under which requests are named.
const REQUESTS: &str = "request";

/// A request that came with a key.
#[derive(Debug)]
pub struct Keyed<'a> {
    /// The key, if it came with one.
    pub key: Option<&'a str>,
    /// Names what is asked; of its content, so never kept as it is.
    pub request: Digest,
    /// The case that it is about.
    pub case: CaseId,
    /// The status it is answered with.
    pub status: u16,
}

impl Application {
    /// The row that remembers the answer to a request with a key. Refuses one that was answered before: with that
    /// answer, or because the key stood for something else.
    pub(crate) async fn remembered(&self, viewer: &Viewer, keyed: Keyed<'_>) -> Outcome<Option<IdempotencyRow>> {
        let Some(key) = keyed.key else { return Ok(None) };
        let row = IdempotencyRow {
            actor: viewer.login().to_string(),
            key: key.to_owned(),
            request: self.blinded(keyed.request).await?,
            status: i64::from(keyed.status),
            response: Json::of(&json!({ "case": keyed.case })).map_err(|_| Error::Damaged("an answer"))?,
            at: self.clock.now(),
        };
        match self.store.idempotency(&row.actor, &row.key).await? {
            None => Ok(Some(row)),
            Some(first) => Err(answered(Some(&row), Box::new(first))),
        }
    }

    /// Short texts could be tried one after the other against a bare digest.
    async fn blinded(&self, request: Digest) -> Outcome<Digest> {
        let index = self.keys.index_key(&self.store, REQUESTS).await?;
        let column = Column { register: REQUESTS, field: "", spelling: Spelling::Identifier };
        let token = index.query(&column, Search::Exact, &request.to_string());
        let token = token.ok_or(Error::Damaged("the digest of a request"))?;
        Ok(Digester::new("chancery.request.v1").bytes(token.as_bytes()).finish())
    }
}

/// What a key that was used before means for the request that came with it now.
pub(super) fn answered(now: Option<&IdempotencyRow>, first: Box<IdempotencyRow>) -> Error {
    match now {
        Some(now) if now.request == first.request => Error::Answered(first),
        Some(_) | None => Refusal::KeyReused.into(),
    }
}
