//! How people prove who they are: credentials, sessions, tokens, and attempts that are counted against guessing.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    audit::AuditWrite,
    error::Error,
    row::{self, Digest, rows, values},
    store::Store,
};

/// Sessions or tokens that one call returns at most.
const LISTED_MAX: i64 = 200;

rows! {
    /// What a person signs in with.
    pub struct CredentialRow in "credential" {
        /// Who.
        pub person: String,
        /// The hash of the password.
        pub password_hash: Option<String>,
        /// The secret of the second factor, sealed.
        pub totp_sealed: Option<Vec<u8>>,
        /// Since when the second factor counts.
        pub totp_confirmed_at: Option<DateTime<Utc>>,
        /// The last time step whose code was used; a code counts once.
        pub totp_last_step: Option<i64>,
        /// Wrong passwords and codes since the last right one.
        pub failed_attempts: i64,
        /// Until when nothing is accepted.
        pub locked_until: Option<DateTime<Utc>>,
        /// When this was last changed.
        pub updated_at: DateTime<Utc>,
        /// How often this was changed; zero before it is first kept. Wrong attempts do not count, so that nobody's guesses
        /// hold up a change.
        pub revision: i64,
    }

    /// A signed-in browser. Only the hash of its id is kept.
    pub struct SessionRow in "session" {
        /// The hash of its id.
        pub hash: Digest,
        /// Who.
        pub person: String,
        /// When they signed in.
        pub created_at: DateTime<Utc>,
        /// When they were last seen.
        pub seen_at: DateTime<Utc>,
        /// When it ends.
        pub expires_at: DateTime<Utc>,
        /// The secret that forms carry.
        pub csrf: Vec<u8>,
        /// When the second factor was last shown.
        pub second_factor_at: Option<DateTime<Utc>>,
        /// From which network address.
        pub from_address: Option<String>,
    }

    /// A token for programs. Only its hash is kept.
    pub struct TokenRow in "token" {
        /// Its id.
        pub id: Uuid,
        /// Its hash.
        pub hash: Digest,
        /// Whose.
        pub person: String,
        /// What its owner calls it.
        pub title: String,
        /// When it was made.
        pub created_at: DateTime<Utc>,
        /// When it ends by itself.
        pub expires_at: Option<DateTime<Utc>>,
        /// When it was last used.
        pub last_used_at: Option<DateTime<Utc>>,
        /// When it was taken back.
        pub revoked_at: Option<DateTime<Utc>>,
    }

    pub(crate) struct AttemptRow in "login_attempt" {
        pub scope: String,
        pub subject: Digest,
        pub at: DateTime<Utc>,
        pub id: Uuid,
    }
}

/// Credentials.
impl Store {
    /// What a person signs in with.
    pub async fn credential(&self, person: &str) -> Result<Option<CredentialRow>, Error> {
        let rest = "FROM credential c WHERE c.person = $1";
        row::one(self.read(), row::select::<CredentialRow>("c", rest), values![person]).await
    }

    /// Replaces what a person signs in with, if it is still what was read; false when another changed it meanwhile. Wrong
    /// attempts are kept apart: see [`Store::credential_failed`].
    pub async fn credential_put(&self, credential: &CredentialRow, audit: &[AuditWrite]) -> Result<bool, Error> {
        let tx = self.begin_write().await?;
        let next = CredentialRow { revision: credential.revision + 1, ..credential.clone() };
        let upsert = "ON CONFLICT (person) DO UPDATE SET password_hash = excluded.password_hash, \
                      totp_sealed = excluded.totp_sealed, totp_confirmed_at = excluded.totp_confirmed_at, \
                      totp_last_step = excluded.totp_last_step, updated_at = excluded.updated_at, \
                      revision = excluded.revision WHERE credential.revision = excluded.revision - 1";
        if row::insert_counted(tx.tx(), &next, upsert).await? == 0 {
            tx.rollback().await?;
            return Ok(false);
        }
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(true)
    }

    /// Uses up a second factor's time step; false when it, or a later one, was used already.
    pub async fn totp_use_step(&self, person: &str, step: i64) -> Result<bool, Error> {
        let sql = "UPDATE credential SET totp_last_step = $2, revision = revision + 1 \
                   WHERE person = $1 AND (totp_last_step IS NULL OR totp_last_step < $2)";
        Ok(self.alone(sql, values![person, step]).await? == 1)
    }

    /// Counts a wrong password or code; from `limit` on nothing is accepted until `locked_until`. The count.
    pub async fn credential_failed(
        &self,
        person: &str,
        limit: i64,
        locked_until: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<i64, Error> {
        let tx = self.begin_write().await?;
        let sql = "UPDATE credential SET failed_attempts = failed_attempts + 1, locked_until = \
                   CASE WHEN failed_attempts + 1 >= $2 THEN $3 ELSE locked_until END WHERE person = $1 \
                   RETURNING failed_attempts";
        let failed = row::cell(tx.tx(), sql, values![person, limit, locked_until]).await?;
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(failed.unwrap_or(0))
    }

    /// Forgets wrong attempts, after a right one.
    pub async fn credential_succeeded(&self, person: &str) -> Result<(), Error> {
        let sql = "UPDATE credential SET failed_attempts = 0, locked_until = NULL WHERE person = $1";
        self.alone(sql, values![person]).await.map(drop)
    }
}

/// Sessions.
impl Store {
    /// Begins a session.
    pub async fn session_put(&self, session: &SessionRow, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::insert(tx.tx(), [session], "").await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// A session that has not ended.
    pub async fn session(&self, hash: Digest, now: DateTime<Utc>) -> Result<Option<SessionRow>, Error> {
        let rest = "FROM session s WHERE s.hash = $1 AND s.expires_at > $2";
        row::one(self.read(), row::select::<SessionRow>("s", rest), values![hash, now]).await
    }

    /// Notes that a session is in use, and until when it lasts now.
    pub async fn session_seen(&self, hash: Digest, now: DateTime<Utc>, expires_at: DateTime<Utc>) -> Result<(), Error> {
        let sql = "UPDATE session SET seen_at = $2, expires_at = $3 WHERE hash = $1";
        self.alone(sql, values![hash, now, expires_at]).await.map(drop)
    }

    /// Notes that the second factor was shown in a session.
    pub async fn session_second_factor(
        &self,
        hash: Digest,
        now: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::run(tx.tx(), "UPDATE session SET second_factor_at = $2 WHERE hash = $1", values![hash, now]).await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// Ends a session.
    pub async fn session_end(&self, hash: Digest, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::run(tx.tx(), "DELETE FROM session WHERE hash = $1", values![hash]).await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// Ends every session of a person but one, e.g. after a new password; how many.
    pub async fn sessions_end_others(
        &self,
        person: &str,
        keep: Option<Digest>,
        audit: &[AuditWrite],
    ) -> Result<u64, Error> {
        let tx = self.begin_write().await?;
        let keep = keep.unwrap_or(Digest::from_bytes([0; 32]));
        let ended =
            row::run(tx.tx(), "DELETE FROM session WHERE person = $1 AND hash <> $2", values![person, keep]).await?;
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(ended)
    }

    /// The sessions of a person that have not ended, latest first.
    pub async fn sessions_of(&self, person: &str, now: DateTime<Utc>) -> Result<Vec<SessionRow>, Error> {
        let rest = "FROM session s WHERE s.person = $1 AND s.expires_at > $2 ORDER BY s.seen_at DESC, s.hash LIMIT $3";
        row::all(self.read(), row::select::<SessionRow>("s", rest), values![person, now, LISTED_MAX]).await
    }

    /// Forgets sessions that ended; how many.
    pub async fn sessions_forget(&self, now: DateTime<Utc>) -> Result<u64, Error> {
        self.alone("DELETE FROM session WHERE expires_at <= $1", values![now]).await
    }
}

/// Tokens.
impl Store {
    /// Makes a token.
    pub async fn token_put(&self, token: &TokenRow, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        row::insert(tx.tx(), [token], "").await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// A token that was neither taken back nor ended.
    pub async fn token(&self, hash: Digest, now: DateTime<Utc>) -> Result<Option<TokenRow>, Error> {
        let rest = "FROM token t WHERE t.hash = $1 AND t.revoked_at IS NULL \
                    AND (t.expires_at IS NULL OR t.expires_at > $2)";
        row::one(self.read(), row::select::<TokenRow>("t", rest), values![hash, now]).await
    }

    /// Notes that a token was used.
    pub async fn token_used(&self, id: Uuid, now: DateTime<Utc>) -> Result<(), Error> {
        self.alone("UPDATE token SET last_used_at = $2 WHERE id = $1", values![id, now]).await.map(drop)
    }

    /// The tokens of a person that were not taken back, latest first.
    pub async fn tokens_of(&self, person: &str) -> Result<Vec<TokenRow>, Error> {
        let rest = "FROM token t WHERE t.person = $1 AND t.revoked_at IS NULL \
                    ORDER BY t.created_at DESC, t.id DESC LIMIT $2";
        row::all(self.read(), row::select::<TokenRow>("t", rest), values![person, LISTED_MAX]).await
    }

    /// Takes a token back, if it is this person's; false when there is none.
    pub async fn token_revoke(
        &self,
        person: &str,
        id: Uuid,
        now: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<bool, Error> {
        let tx = self.begin_write().await?;
        let sql = "UPDATE token SET revoked_at = $3 WHERE person = $1 AND id = $2 AND revoked_at IS NULL";
        let revoked = row::run(tx.tx(), sql, values![person, id, now]).await? == 1;
        if revoked {
            tx.audit(audit).await?;
            tx.commit().await?;
        } else {
            tx.rollback().await?;
        }
        Ok(revoked)
    }
}

/// Attempts, counted against guessing. The subject (an address, a login) is kept as a digest.
impl Store {
    /// Notes an attempt and counts those since a moment, this one among them.
    pub async fn attempt(
        &self,
        scope: &str,
        subject: Digest,
        now: DateTime<Utc>,
        since: DateTime<Utc>,
    ) -> Result<i64, Error> {
        let tx = self.begin_write().await?;
        let row = AttemptRow { scope: scope.to_owned(), subject, at: now, id: Uuid::now_v7() };
        row::insert(tx.tx(), [&row], "").await?;
        let sql = "SELECT COUNT(*) FROM login_attempt WHERE scope = $1 AND subject = $2 AND at > $3";
        let count = row::cell(tx.tx(), sql, values![scope, subject, since]).await?;
        tx.commit().await?;
        Ok(count.unwrap_or(0))
    }

    /// Takes the latest attempt of a subject back: it was right.
    pub async fn attempt_forgive(&self, scope: &str, subject: Digest) -> Result<(), Error> {
        let sql = "DELETE FROM login_attempt WHERE scope = $1 AND subject = $2 AND id = (SELECT a.id FROM login_attempt a \
                   WHERE a.scope = $1 AND a.subject = $2 ORDER BY a.at DESC, a.id DESC LIMIT 1)";
        self.alone(sql, values![scope, subject]).await.map(drop)
    }

    /// How many attempts there were since a moment.
    pub async fn attempts(&self, scope: &str, subject: Digest, since: DateTime<Utc>) -> Result<i64, Error> {
        let sql = "SELECT COUNT(*) FROM login_attempt WHERE scope = $1 AND subject = $2 AND at > $3";
        Ok(row::cell(self.read(), sql, values![scope, subject, since]).await?.unwrap_or(0))
    }

    /// Forgets attempts before a moment; how many.
    pub async fn attempts_forget(&self, before: DateTime<Utc>) -> Result<u64, Error> {
        self.alone("DELETE FROM login_attempt WHERE at < $1", values![before]).await
    }
}
