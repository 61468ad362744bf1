//! Personal tokens for the API: shown once, kept as their digest.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use definition::id::Login;
use serde_json::json;
use store::TokenRow;
use uuid::Uuid;
use vault::Digest;
use zeroize::Zeroizing;

use crate::{
    application::Application,
    audit::Entry,
    error::{Outcome, Refusal},
    payload::{fresh, fresh_id},
    viewer::{Origin, Through, Viewer},
};

/// How every token begins, so that scanners for leaked secrets know one.
pub const TOKEN_PREFIX: &str = "chancery_";

/// How many tokens one person may have.
const TOKENS_MAX: usize = 50;

/// The status of a request that ended a token.
const REVOKED: u16 = 204;

/// How often its use is written down.
const USED_EVERY: TimeDelta = TimeDelta::minutes(5);

/// The longest name of a token.
const TITLE_CHARACTERS_MAX: usize = 100;

/// A token that was just made.
#[derive(Clone)]
pub struct MadeToken {
    /// Its id.
    pub id: Uuid,
    /// The token itself, which is not kept.
    pub secret: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for MadeToken {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("MadeToken").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Application {
    /// Makes a token for a viewer, who gives their password again: whoever finds a browser open must not leave with one.
    pub async fn make_token(
        &self,
        viewer: &Viewer,
        (title, lasts): (&str, Option<TimeDelta>),
        password: Option<&Zeroizing<String>>,
    ) -> Outcome<MadeToken> {
        self.check_password_again(viewer, password).await?;
        let answer = self.answer_untold(viewer).await?;
        let entry = Entry::of_viewer(viewer, self.clock.now()).answering(answer);
        self.put_token(viewer.login(), (title, lasts), entry).await
    }

    /// Makes a token for somebody by authority: on the command line.
    pub async fn give_token(&self, login: &Login, title: &str) -> Outcome<MadeToken> {
        let entry = Entry::by(None, &Origin::default(), self.clock.now());
        self.put_token(login, (title, None), entry).await
    }

    async fn put_token(
        &self,
        login: &Login,
        (title, lasts): (&str, Option<TimeDelta>),
        entry: Entry,
    ) -> Outcome<MadeToken> {
        self.active_person(login.as_str())?;
        if self.store.tokens_of(login.as_str()).await?.len() >= TOKENS_MAX {
            return Err(Refusal::TooLarge { limit: TOKENS_MAX as u64 }.into());
        }
        let now = self.clock.now();
        let secret = format!("{TOKEN_PREFIX}{}", URL_SAFE_NO_PAD.encode(fresh::<32>()));
        let row = TokenRow {
            id: fresh_id(),
            hash: Digest::of(secret.as_bytes()),
            person: login.to_string(),
            title: title.trim().chars().take(TITLE_CHARACTERS_MAX).collect(),
            created_at: now,
            expires_at: lasts.map(|lasts| now + lasts),
            last_used_at: None,
            revoked_at: None,
        };
        let entry = entry.of("token_made").facts(&json!({ "token": row.id, "person": login }));
        self.store.token_put(&row, &[entry.write()]).await?;
        Ok(MadeToken { id: row.id, secret })
    }

    /// A viewer's tokens.
    pub async fn tokens(&self, viewer: &Viewer) -> Outcome<Vec<TokenRow>> {
        Ok(self.store.tokens_of(viewer.login().as_str()).await?)
    }

    /// Ends one of a viewer's tokens.
    pub async fn revoke_token(&self, viewer: &Viewer, id: Uuid) -> Outcome<()> {
        let now = self.clock.now();
        let answer = self.answer(viewer, REVOKED, &json!(null)).await?;
        let entry = Entry::of_viewer(viewer, now).of("token_revoked").facts(&json!({ "token": id })).answering(answer);
        let revoked = self.store.token_revoke(viewer.login().as_str(), id, now, &[entry.write()]).await?;
        if revoked { Ok(()) } else { Err(Refusal::NotFound.into()) }
    }

    /// The viewer of a token; nobody if it was revoked or the person may no longer sign in.
    pub async fn viewer_of_token(&self, secret: &str, origin: Origin) -> Outcome<Option<Viewer>> {
        let now = self.clock.now();
        let Some(token) = self.store.token(Digest::of(secret.as_bytes()), now).await? else { return Ok(None) };
        let Ok(person) = self.active_person(&token.person) else { return Ok(None) };
        if token.last_used_at.is_none_or(|at| now - at > USED_EVERY) {
            self.store.token_used(token.id, now).await?;
        }
        let locale = self.locale_of(&token.person).await?;
        Ok(Some(Viewer { person, locale, origin, through: Through::Token { id: token.id }, once: None }))
    }
}
