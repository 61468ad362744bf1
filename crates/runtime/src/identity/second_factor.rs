//! Second factors: time-based one-time passwords (RFC 6238), enrolled by the person, each code good for one use.

use chrono::{DateTime, Utc};
use definition::{id::Login, level::Level};
use qrcode::{Color, QrCode};
use store::CredentialRow;
use totp_rs::{Builder, Secret, Totp};
use uuid::Uuid;
use vault::{Binding, KeyId, Payload, Sealed};
use zeroize::Zeroizing;

use super::{Attempt, no_credential};
use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome, Refusal},
    keys::CREDENTIALS,
    payload::fresh,
    viewer::{Through, Viewer},
};

/// Bytes of a secret (RFC 4226, section 4, recommends 20).
const SECRET_BYTES: usize = 20;

/// Steps before and after now that are taken too: clocks of phones differ.
const SKEW_STEPS: u16 = 1;

/// What an authenticator application shows as the issuer.
const ISSUER: &str = "Chancery";

/// Credentials are the most protected there is.
const LEVEL: Level = Level::L3;

/// The names from which people's key scopes are derived.
const PEOPLE: Uuid = Uuid::from_u128(0x6368_616e_6365_7279_7065_6f70_6c65_0001);

/// A second factor that waits for its first code.
#[derive(Clone)]
pub struct Enrolment {
    /// The modules of the QR code, row by row; true is dark.
    pub modules: Vec<bool>,
    /// How many modules make a row.
    pub width: usize,
    /// The secret, to type by hand.
    pub secret: String,
}

/// Secrets stay out of logs.
impl std::fmt::Debug for Enrolment {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Enrolment").finish_non_exhaustive()
    }
}

/// Where somebody stands with their second factor.
#[derive(Debug, Clone)]
pub enum SecondFactor {
    /// There is none.
    Absent,
    /// Begun, and no code was given yet.
    Begun(Enrolment),
    /// In use.
    Active {
        /// Since when.
        since: DateTime<Utc>,
    },
}

impl Application {
    /// Whether a viewer has a second factor.
    pub async fn has_second_factor(&self, viewer: &Viewer) -> Outcome<bool> {
        let credential = self.store.credential(viewer.login().as_str()).await?;
        Ok(credential.is_some_and(|credential| credential.totp_confirmed_at.is_some()))
    }

    /// Where a viewer stands with their second factor.
    pub async fn second_factor(&self, viewer: &Viewer) -> Outcome<SecondFactor> {
        let login = viewer.login();
        let Some(credential) = self.store.credential(login.as_str()).await? else { return Ok(SecondFactor::Absent) };
        match (credential.totp_confirmed_at, credential.totp_sealed) {
            (Some(since), _) => Ok(SecondFactor::Active { since }),
            (None, Some(sealed)) => {
                let secret = self.open_secret(login, sealed).await?;
                Ok(SecondFactor::Begun(enrolment(&totp(login, &secret)?)?))
            }
            (None, None) => Ok(SecondFactor::Absent),
        }
    }

    /// Gives up enrolling, as long as no code was given.
    pub async fn cancel_second_factor(&self, viewer: &Viewer) -> Outcome<()> {
        let now = self.clock.now();
        let Some(mut row) = self.store.credential(viewer.login().as_str()).await? else { return Ok(()) };
        if row.totp_confirmed_at.is_some() {
            return Err(Refusal::Changed.into());
        }
        row.totp_sealed = None;
        row.totp_last_step = None;
        row.updated_at = now;
        let entry = Entry::of_viewer(viewer, now).of("second_factor_cancelled");
        self.put_credential(&row, entry).await
    }

    /// Begins to enrol, whoever gives their password again: the secret is shown until the first code proves that it arrived.
    pub async fn begin_second_factor(&self, viewer: &Viewer, password: &Zeroizing<String>) -> Outcome<Enrolment> {
        self.check_password_again(viewer, Some(password)).await?;
        let login = viewer.login();
        let now = self.clock.now();
        let known = self.store.credential(login.as_str()).await?;
        if known.as_ref().is_some_and(|credential| credential.totp_confirmed_at.is_some()) {
            return Err(Refusal::Changed.into());
        }
        let secret: [u8; SECRET_BYTES] = fresh();
        let sealed = self.seal_secret(login, &secret).await?;
        let mut row = known.unwrap_or_else(|| no_credential(login, now));
        row.totp_sealed = Some(sealed);
        row.totp_last_step = None;
        row.updated_at = now;
        let entry = Entry::of_viewer(viewer, now).of("second_factor_begun");
        self.put_credential(&row, entry).await?;
        enrolment(&totp(login, &secret)?)
    }

    /// Ends enrolling with the first code.
    pub async fn confirm_second_factor(&self, viewer: &Viewer, code: &str) -> Outcome<()> {
        let now = self.clock.now();
        let mut row = self.store.credential(viewer.login().as_str()).await?.ok_or(Refusal::NotFound)?;
        if row.totp_confirmed_at.is_some() {
            return Err(Refusal::Changed.into());
        }
        self.count_attempt(Attempt::Confirm, viewer.login().as_str(), &viewer.origin).await?;
        let step = self.right_step(&row, code, now).await?.ok_or(Refusal::WrongCredentials)?;
        self.forgive_attempt(Attempt::Confirm, viewer.login().as_str(), &viewer.origin).await?;
        row.totp_confirmed_at = Some(now);
        row.totp_last_step = Some(step);
        row.updated_at = now;
        let entry = Entry::of_viewer(viewer, now).of("second_factor_enrolled");
        self.put_credential(&row, entry).await
    }

    /// Takes the second factor away; a last code proves that it is the person.
    pub async fn remove_second_factor(&self, viewer: &Viewer, code: &str) -> Outcome<()> {
        self.check_second_factor(viewer, Some(code)).await?;
        let now = self.clock.now();
        let mut row = self.store.credential(viewer.login().as_str()).await?.ok_or(Refusal::NotFound)?;
        row.totp_sealed = None;
        row.totp_confirmed_at = None;
        row.totp_last_step = None;
        row.updated_at = now;
        let entry = Entry::of_viewer(viewer, now).of("second_factor_removed");
        self.put_credential(&row, entry).await
    }

    /// Takes a code. It counts for the session for a while, and never a second time.
    pub(crate) async fn check_second_factor(&self, viewer: &Viewer, code: Option<&str>) -> Outcome<()> {
        let credential = self.store.credential(viewer.login().as_str()).await?;
        let credential = credential.filter(|credential| credential.totp_confirmed_at.is_some());
        let enrolled = credential.is_some();
        let code = code.map(str::trim).filter(|code| !code.is_empty());
        let (Some(code), Some(credential)) = (code, credential) else {
            return Err(Refusal::SecondFactorNeeded { enrolled }.into());
        };
        let now = self.clock.now();
        self.count_attempt(Attempt::Confirm, viewer.login().as_str(), &viewer.origin).await?;
        let step = self.right_step(&credential, code, now).await?.ok_or(Refusal::WrongCredentials)?;
        if !self.store.totp_use_step(viewer.login().as_str(), step).await? {
            return Err(Refusal::WrongCredentials.into());
        }
        self.forgive_attempt(Attempt::Confirm, viewer.login().as_str(), &viewer.origin).await?;
        if let Through::Session { hash, .. } = &viewer.through {
            let entry = Entry::of_viewer(viewer, now).of("second_factor_given");
            self.store.session_second_factor(*hash, now, &[entry.write()]).await?;
        }
        Ok(())
    }

    /// The code that counts now: a demo shows it, since nobody there has a phone for it.
    pub async fn demo_code(&self, login: &Login) -> Outcome<Option<String>> {
        let credential = self.store.credential(login.as_str()).await?;
        let Some(sealed) = credential.filter(|_| self.is_demo()).and_then(|credential| credential.totp_sealed) else {
            return Ok(None);
        };
        let secret = self.open_secret(login, sealed).await?;
        Ok(Some(totp(login, &secret)?.generate(seconds(self.clock.now())).to_string()))
    }

    /// Gives somebody a second factor at once; for a demo's people.
    pub async fn give_second_factor(&self, login: &Login) -> Outcome<()> {
        let now = self.clock.now();
        let secret: [u8; SECRET_BYTES] = fresh();
        let mut row = self.store.credential(login.as_str()).await?.unwrap_or_else(|| no_credential(login, now));
        row.totp_sealed = Some(self.seal_secret(login, &secret).await?);
        row.totp_confirmed_at = Some(now);
        let entry = Entry::by(None, &crate::viewer::Origin::default(), now).of("second_factor_enrolled");
        self.put_credential(&row, entry).await
    }

    async fn right_step(&self, credential: &CredentialRow, code: &str, now: DateTime<Utc>) -> Outcome<Option<i64>> {
        let Some(sealed) = &credential.totp_sealed else { return Ok(None) };
        let login = Login::from(credential.person.as_str());
        let secret = self.open_secret(&login, sealed.clone()).await?;
        let step = totp(&login, &secret)?.check(code.trim(), seconds(now));
        Ok(step.and_then(|step| i64::try_from(step).ok()))
    }

    async fn seal_secret(&self, login: &Login, secret: &[u8]) -> Outcome<Vec<u8>> {
        let scope = Uuid::new_v5(&PEOPLE, login.as_str().as_bytes());
        let key = self.keys.data_key(&self.store, scope, LEVEL, CREDENTIALS).await?;
        let sealed = key.seal(&binding(self.keys.workspace(), scope), secret, &mut rand::fill)?;
        Ok(sealed.into_bytes())
    }

    async fn open_secret(&self, login: &Login, sealed: Vec<u8>) -> Outcome<vault::Plaintext> {
        let scope = Uuid::new_v5(&PEOPLE, login.as_str().as_bytes());
        let sealed = Sealed::from_bytes(sealed)?;
        let key = self.keys.opened(&self.store, KeyId(sealed.key_id().0)).await?;
        Ok(key.open(&binding(self.keys.workspace(), scope), &sealed)?)
    }
}

fn binding(workspace: &str, scope: Uuid) -> Binding<'_> {
    let payload = Payload::Credential;
    Binding { workspace, payload, form: CREDENTIALS, record: scope, field: "totp", level: LEVEL.rank() }
}

fn totp(login: &Login, secret: &[u8]) -> Outcome<Totp> {
    Builder::new()
        .with_secret(Secret::from(secret))
        .with_skew(SKEW_STEPS)
        .with_account_name(login.as_str())
        .with_issuer(Some(ISSUER))
        .build()
        .map_err(|_| Error::Damaged("a second factor"))
}

fn enrolment(totp: &Totp) -> Outcome<Enrolment> {
    let url = totp.to_url().map_err(|_| Error::Damaged("a second factor"))?;
    let code = QrCode::new(url.as_bytes()).map_err(|_| Error::Damaged("a second factor"))?;
    let width = code.width();
    let modules = code.into_colors().into_iter().map(|color| color == Color::Dark).collect();
    Ok(Enrolment { modules, width, secret: totp.secret().to_base32() })
}

fn seconds(moment: DateTime<Utc>) -> u64 {
    u64::try_from(moment.timestamp()).unwrap_or_default()
}
