//! Who is who: signing in, sessions, personal tokens, second factors.

mod password;
mod second_factor;
mod session;
#[cfg(test)]
mod tests;
mod token;

pub(crate) use password::Hashing;
pub use second_factor::{Enrolment, SecondFactor};
pub use session::{SESSION_LASTS, SignedIn};
pub use token::{MadeToken, TOKEN_PREFIX};

use chrono::TimeDelta;
use definition::{id::Login, people::Directory, text::Locale};
use serde_json::json;
use store::CredentialRow;
use vault::Digest;
use zeroize::Zeroizing;

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome, Refusal},
    viewer::{Origin, Viewer},
};

/// The scope of the key under which attempts are told apart.
const ATTEMPTS: &str = "attempt";

/// Attempts are counted over this long.
const ATTEMPTS_COUNTED_FOR: TimeDelta = TimeDelta::minutes(15);

/// How many attempts for one sign-in name are looked at in that time.
const ATTEMPTS_PER_LOGIN_MAX: i64 = 10;

/// How many attempts from one address are looked at in that time: an office shares one.
const ATTEMPTS_PER_ADDRESS_MAX: i64 = 100;

/// After so many wrong passwords in a row an account waits after each further one (NIST SP 800-63B, section 5.2.2). The
/// limit above slows guessing long before; a low one here would let anybody keep anybody out.
const FAILURES_MAX: i64 = 100;

/// What attempts are counted for, each apart: guesses at the door must not keep those inside from confirming.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Attempt {
    /// Signing in.
    SignIn,
    /// Giving a password or a code again, signed in.
    Confirm,
}

/// Everybody's password in a demo: written where it is asked for.
pub const DEMO_PASSWORD: &str = "chancery-demo";

/// The shortest password that is taken (NIST SP 800-63B asks for 8, and for no other rule).
pub const PASSWORD_CHARACTERS_MIN: usize = 10;

/// The longest password that is looked at.
pub const PASSWORD_BYTES_MAX: usize = 1_024;

impl Application {
    /// Signs somebody in with their password. What was wrong is not told.
    pub async fn sign_in(&self, login: &str, password: &Zeroizing<String>, origin: &Origin) -> Outcome<SignedIn> {
        self.count_attempt(Attempt::SignIn, login, origin).await?;
        let credential = self.store.credential(login).await?;
        let now = self.clock.now();
        if let Some(until) = credential.as_ref().and_then(|one| one.locked_until).filter(|until| *until > now) {
            return Err(Refusal::TooMany { again_at: until }.into());
        }
        let hash = credential.and_then(|credential| credential.password_hash);
        let is_right = self.is_password((Attempt::SignIn, login, origin), password, hash).await?;
        let directory = self.directory();
        if !is_right || directory.active(login).is_none() {
            let entry = Entry::by(None, origin, now).of("sign_in_failed").digest(self.named(login).await?);
            let until = now + ATTEMPTS_COUNTED_FOR;
            self.store.credential_failed(login, FAILURES_MAX, until, &[entry.write()]).await?;
            return Err(Refusal::WrongCredentials.into());
        }
        self.store.credential_succeeded(login).await?;
        self.forgive_attempt(Attempt::SignIn, login, origin).await?;
        self.begin_session(&Login::from(login), origin, "password").await
    }

    /// Signs somebody in with one click: in a demo only.
    pub async fn sign_in_to_demo(&self, login: &str, origin: &Origin) -> Outcome<SignedIn> {
        let directory = self.directory();
        match directory.active(login) {
            Some(person) if self.is_demo() => self.begin_session(&person.login, origin, "demo").await,
            Some(_) | None => Err(Refusal::WrongCredentials.into()),
        }
    }

    /// Gives somebody a password by authority: the first administrator, a demo's people.
    pub async fn set_password(&self, login: &Login, password: &Zeroizing<String>) -> Outcome<()> {
        let hash = self.hashing.hash(password.clone()).await?;
        self.put_password(login, hash, None).await
    }

    /// Changes a viewer's own password; every other session of theirs ends.
    pub async fn change_password(
        &self,
        viewer: &Viewer,
        old: &Zeroizing<String>,
        new: &Zeroizing<String>,
    ) -> Outcome<()> {
        self.check_password_again(viewer, Some(old)).await?;
        if new.chars().count() < PASSWORD_CHARACTERS_MIN {
            return Err(Refusal::PasswordTooShort { least: PASSWORD_CHARACTERS_MIN }.into());
        }
        if new.len() > PASSWORD_BYTES_MAX {
            // It would be kept, and never be taken again.
            return Err(Refusal::TooLarge { limit: PASSWORD_BYTES_MAX as u64 }.into());
        }
        let hash = self.hashing.hash(new.clone()).await?;
        self.put_password(viewer.login(), hash, Some(viewer)).await?;
        self.end_other_sessions(viewer).await?;
        Ok(())
    }

    /// Asks for the password again.
    pub(crate) async fn check_password_again(
        &self,
        viewer: &Viewer,
        password: Option<&Zeroizing<String>>,
    ) -> Outcome<()> {
        let password = password.ok_or(Refusal::PasswordNeeded)?;
        let login = viewer.login().as_str();
        self.count_attempt(Attempt::Confirm, login, &viewer.origin).await?;
        let hash = self.store.credential(login).await?.and_then(|one| one.password_hash);
        if !self.is_password((Attempt::Confirm, login, &viewer.origin), password, hash).await? {
            return Err(Refusal::WrongCredentials.into());
        }
        self.forgive_attempt(Attempt::Confirm, login, &viewer.origin).await
    }

    /// Whether this is the password that was hashed. An attempt that could not be looked at does not count.
    async fn is_password(
        &self,
        (attempt, login, origin): (Attempt, &str, &Origin),
        password: &Zeroizing<String>,
        hash: Option<String>,
    ) -> Outcome<bool> {
        let looked = self.hashing.verify(password.clone(), hash).await;
        if matches!(looked, Err(Error::Refused(Refusal::Busy { .. }))) {
            self.forgive_attempt(attempt, login, origin).await?;
        }
        looked
    }

    /// The password that everybody has in a demo, to be shown where it is asked for.
    pub fn demo_password(&self) -> Option<&'static str> {
        self.is_demo().then_some(DEMO_PASSWORD)
    }

    /// Remembers in which language a viewer reads.
    pub async fn set_locale(&self, viewer: &Viewer, locale: Locale) -> Outcome<()> {
        Ok(self.store.person_set_locale(viewer.login().as_str(), locale.tag()).await?)
    }

    /// Whether a login has a password; without one it can only be used by a demo.
    pub async fn has_password(&self, login: &Login) -> Outcome<bool> {
        Ok(self.store.credential(login.as_str()).await?.is_some_and(|one| one.password_hash.is_some()))
    }

    async fn put_password(&self, login: &Login, hash: String, by: Option<&Viewer>) -> Outcome<()> {
        let now = self.clock.now();
        let known = self.store.credential(login.as_str()).await?;
        let row = CredentialRow {
            password_hash: Some(hash),
            updated_at: now,
            ..known.unwrap_or_else(|| no_credential(login, now))
        };
        let entry = match by {
            Some(viewer) => Entry::of_viewer(viewer, now),
            None => Entry::by(None, &Origin::default(), now),
        };
        let entry = entry.of("password_changed").facts(&json!({ "person": login }));
        self.put_credential(&row, entry).await?;
        Ok(self.store.credential_succeeded(login.as_str()).await?)
    }

    /// Keeps what somebody signs in with, unless another changed it since it was read.
    pub(crate) async fn put_credential(&self, row: &CredentialRow, entry: Entry) -> Outcome<()> {
        let is_kept = self.store.credential_put(row, &[entry.write()]).await?;
        if is_kept { Ok(()) } else { Err(Refusal::Changed.into()) }
    }

    /// Counts an attempt, and refuses it if there were too many. It is counted before it is looked at, so that many at
    /// once are not looked at all.
    pub(crate) async fn count_attempt(&self, attempt: Attempt, login: &str, origin: &Origin) -> Outcome<()> {
        let now = self.clock.now();
        let since = now - ATTEMPTS_COUNTED_FOR;
        for (scope, subject, limit) in self.counted_by(attempt, login, origin).await? {
            if self.store.attempt(scope, subject, now, since).await? > limit {
                return Err(Refusal::TooMany { again_at: now + ATTEMPTS_COUNTED_FOR }.into());
            }
        }
        Ok(())
    }

    /// Takes an attempt back that was right: whoever signs in often is not guessing.
    pub(crate) async fn forgive_attempt(&self, attempt: Attempt, login: &str, origin: &Origin) -> Outcome<()> {
        for (scope, subject, _) in self.counted_by(attempt, login, origin).await? {
            self.store.attempt_forgive(scope, subject).await?;
        }
        Ok(())
    }

    /// Under which subjects an attempt is counted, and how many each may make.
    async fn counted_by(
        &self,
        attempt: Attempt,
        login: &str,
        origin: &Origin,
    ) -> Outcome<Vec<(&'static str, Digest, i64)>> {
        let login = self.named(login).await?;
        Ok(match (attempt, origin.address) {
            (Attempt::Confirm, _) => vec![("confirm", login, ATTEMPTS_PER_LOGIN_MAX)],
            (Attempt::SignIn, None) => vec![("login", login, ATTEMPTS_PER_LOGIN_MAX)],
            (Attempt::SignIn, Some(address)) => {
                let address = self.named(&address.to_string()).await?;
                vec![("login", login, ATTEMPTS_PER_LOGIN_MAX), ("address", address, ATTEMPTS_PER_ADDRESS_MAX)]
            }
        })
    }

    /// What stands for what was typed as a name. People type their password there by mistake, and addresses are few: a
    /// bare digest would let either be found by trying.
    pub(crate) async fn named(&self, typed: &str) -> Outcome<Digest> {
        self.blinded(ATTEMPTS, Digest::of(typed.as_bytes())).await
    }

    pub(crate) fn active_person(&self, login: &str) -> Outcome<std::sync::Arc<definition::people::Person>> {
        let directory: std::sync::Arc<Directory> = self.directory();
        let person = directory.active(login).ok_or(Error::Refused(Refusal::WrongCredentials))?;
        Ok(std::sync::Arc::new(person.clone()))
    }
}

pub(crate) fn no_credential(login: &Login, now: chrono::DateTime<chrono::Utc>) -> CredentialRow {
    CredentialRow {
        person: login.to_string(),
        password_hash: None,
        totp_sealed: None,
        totp_confirmed_at: None,
        totp_last_step: None,
        failed_attempts: 0,
        locked_until: None,
        updated_at: now,
        revision: 0,
    }
}
