//! The same request is done once: its key leads to the answer that it was given first.
//!
//! The answer is kept in the transaction that did what was asked, so that neither is there without the other. Whoever
//! asks again is refused by that very row, or earlier because there is nothing left to do: then the row tells why.

use serde::Serialize;
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

/// The status of an answer that is not kept, because it told a secret or a file.
const NOT_KEPT: i64 = 0;

/// A request that came with a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Once {
    /// The key.
    pub key: String,
    /// Names what is asked; of its content, so never kept as it is.
    pub request: Digest,
}

impl Application {
    /// The row that remembers what a viewer's request is answered, if it came with a key.
    pub(crate) async fn answer(
        &self,
        viewer: &Viewer,
        status: u16,
        body: &(impl Serialize + Sync),
    ) -> Outcome<Option<IdempotencyRow>> {
        self.remembered(viewer, i64::from(status), body).await
    }

    /// The row that remembers that a viewer's request was answered, and nothing of what it was told.
    pub(crate) async fn answer_untold(&self, viewer: &Viewer) -> Outcome<Option<IdempotencyRow>> {
        self.remembered(viewer, NOT_KEPT, &json!({})).await
    }

    /// Refuses a request with a key that was answered before: with that answer, or because the key stood for something
    /// else.
    pub async fn refuse_answered(&self, viewer: &Viewer) -> Outcome<()> {
        let Some(once) = &viewer.once else { return Ok(()) };
        match self.store.idempotency(viewer.login().as_str(), &once.key).await? {
            Some(first) => Err(answered(Some(self.blinded(REQUESTS, once.request).await?), Box::new(first))),
            None => Ok(()),
        }
    }

    async fn remembered(
        &self,
        viewer: &Viewer,
        status: i64,
        body: &(impl Serialize + Sync),
    ) -> Outcome<Option<IdempotencyRow>> {
        let Some(once) = &viewer.once else { return Ok(None) };
        self.refuse_answered(viewer).await?;
        Ok(Some(IdempotencyRow {
            actor: viewer.login().to_string(),
            key: once.key.clone(),
            request: self.blinded(REQUESTS, once.request).await?,
            status,
            response: Json::of(body).map_err(|_| Error::Damaged("an answer"))?,
            at: self.clock.now(),
        }))
    }

    /// Short texts could be tried one after the other against a bare digest.
    pub(crate) async fn blinded(&self, scope: &str, digest: Digest) -> Outcome<Digest> {
        let index = self.keys.index_key(&self.store, scope).await?;
        let column = Column { register: scope, field: "", spelling: Spelling::Identifier };
        let token = index.query(&column, Search::Exact, &digest.to_string());
        let token = token.ok_or(Error::Damaged("a digest"))?;
        Ok(Digester::new("chancery.request.v1").bytes(token.as_bytes()).finish())
    }
}

/// What a key that was used before means for the request that came with it now.
pub(crate) fn answered(now: Option<Digest>, first: Box<IdempotencyRow>) -> Error {
    match now {
        Some(now) if now == first.request && first.status == NOT_KEPT => Refusal::ToldOnce.into(),
        Some(now) if now == first.request => Error::Answered(first),
        Some(_) | None => Refusal::KeyReused.into(),
    }
}
