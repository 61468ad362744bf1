//! Sessions: the browser holds a secret, the store its digest.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use definition::{id::Login, text::Locale};
use serde_json::json;
use store::SessionRow;
use vault::Digest;

use crate::{
    application::Application,
    audit::Entry,
    error::{Outcome, Refusal},
    payload::fresh,
    viewer::{Origin, Through, Viewer},
};

/// How long a session lasts after it was last used.
pub const SESSION_LASTS: TimeDelta = TimeDelta::hours(12);

/// How often its use is written down.
const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Somebody who just signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Who.
    pub login: Login,
    /// What their browser keeps; known to nobody else.
    pub secret: String,
    /// What their forms prove that they came from this session.
    pub csrf: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for SignedIn {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("SignedIn").field("login", &self.login).finish_non_exhaustive()
    }
}

impl Application {
    pub(crate) async fn begin_session(&self, login: &Login, origin: &Origin, how: &str) -> Outcome<SignedIn> {
        let now = self.clock.now();
        let secret = URL_SAFE_NO_PAD.encode(fresh::<32>());
        let csrf = fresh::<32>();
        let row = SessionRow {
            hash: Digest::of(secret.as_bytes()),
            person: login.to_string(),
            created_at: now,
            seen_at: now,
            expires_at: now + SESSION_LASTS,
            csrf: csrf.to_vec(),
            second_factor_at: None,
            from_address: origin.address.map(|address| address.to_string()),
        };
        let entry = Entry::by(Some(login), origin, now).of("signed_in").facts(&json!({ "how": how }));
        self.store.session_put(&row, &[entry.write()]).await?;
        Ok(SignedIn { login: login.clone(), secret, csrf: hex::encode(csrf) })
    }

    /// The viewer of a session's secret; nobody if it ended or the person may no longer sign in.
    pub async fn viewer_of_session(&self, secret: &str, origin: Origin) -> Outcome<Option<Viewer>> {
        let now = self.clock.now();
        let hash = Digest::of(secret.as_bytes());
        let Some(session) = self.store.session(hash, now).await? else { return Ok(None) };
        let Ok(person) = self.active_person(&session.person) else { return Ok(None) };
        if now - session.seen_at > SEEN_EVERY {
            self.store.session_seen(hash, now, now + SESSION_LASTS).await?;
        }
        let through =
            Through::Session { hash, csrf: hex::encode(&session.csrf), second_factor_at: session.second_factor_at };
        let locale = self.locale_of(&session.person).await?;
        Ok(Some(Viewer { person, locale, origin, through, once: None }))
    }

    /// Ends a viewer's session.
    pub async fn sign_out(&self, viewer: &Viewer) -> Outcome<()> {
        if let Some(hash) = viewer.session_hash() {
            let entry = Entry::of_viewer(viewer, self.clock.now()).of("signed_out");
            self.store.session_end(hash, &[entry.write()]).await?;
        }
        Ok(())
    }

    /// Ends all of a viewer's sessions but this one.
    pub async fn end_other_sessions(&self, viewer: &Viewer) -> Outcome<u64> {
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("signed_out").facts(&json!({ "others": true }));
        let keep = viewer.session_hash();
        Ok(self.store.sessions_end_others(viewer.login().as_str(), keep, &[entry.write()]).await?)
    }

    /// Ends one of a viewer's sessions.
    pub async fn end_session(&self, viewer: &Viewer, hash: Digest) -> Outcome<()> {
        let is_theirs = self.sessions(viewer).await?.iter().any(|session| session.hash == hash);
        if !is_theirs {
            return Err(Refusal::NotFound.into());
        }
        let entry = Entry::of_viewer(viewer, self.clock.now()).of("signed_out");
        Ok(self.store.session_end(hash, &[entry.write()]).await?)
    }

    /// A viewer's sessions, the latest used first.
    pub async fn sessions(&self, viewer: &Viewer) -> Outcome<Vec<SessionRow>> {
        Ok(self.store.sessions_of(viewer.login().as_str(), self.clock.now()).await?)
    }

    /// The language somebody chose, else the workspace's.
    pub(crate) async fn locale_of(&self, login: &str) -> Outcome<Locale> {
        let chosen = self.store.person(login).await?.and_then(|row| row.locale);
        let chosen = chosen.as_deref().and_then(Locale::parse);
        Ok(chosen.unwrap_or_else(|| self.default_locale()))
    }

    /// The language of those who chose none.
    pub fn default_locale(&self) -> Locale {
        self.live().workspace.as_ref().map(|workspace| workspace.settings.locale).unwrap_or_default()
    }
}

impl Viewer {
    pub(crate) fn session_hash(&self) -> Option<Digest> {
        match &self.through {
            Through::Session { hash, .. } => Some(*hash),
            Through::Token { .. } => None,
        }
    }
}
