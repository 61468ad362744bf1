//! Files that actions made: where they lie, who may fetch them, how often and until when.

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::{
    audit::AuditWrite,
    error::Error,
    row::{self, Digest, rows, values},
    store::{Store, WriteTx},
};

/// Artifacts that one call returns at most.
pub const ARTIFACTS_MAX: i64 = 200;

rows! {
    /// A file that an action made.
    pub struct ArtifactRow in "artifact" {
        /// Its id.
        pub id: Uuid,
        /// The case.
        pub case_id: Uuid,
        /// The idempotency key of the action that made it: it makes one file, however often it is tried.
        pub run_key: Uuid,
        /// Where the encrypted file lies, relative to the artifacts' folder.
        pub path: String,
        /// Its size in bytes, as it is downloaded.
        pub size: i64,
        /// The digest of what is downloaded.
        pub digest: Digest,
        /// The password it opens with, sealed.
        pub password_sealed: Option<Vec<u8>>,
        /// Who may fetch it.
        pub person: String,
        /// How many records are in it.
        pub records: i64,
        /// When it was made.
        pub created_at: DateTime<Utc>,
        /// Until when it may be fetched.
        pub expires_at: DateTime<Utc>,
        /// How often it may still be fetched.
        pub downloads_left: i64,
        /// When its password was shown; it is shown once.
        pub password_shown_at: Option<DateTime<Utc>>,
        /// When it was taken back.
        pub recalled_at: Option<DateTime<Utc>>,
    }

    pub(crate) struct ContentRow in "artifact_content" {
        pub artifact_id: Uuid,
        pub sealed: Vec<u8>,
    }
}

/// A file that was made. The bytes of a small one lie beside its row, so that they are there when it is and no other
/// sync of the disk is waited for; a large one lies in the folder already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ArtifactWrite {
    /// The file.
    pub artifact: ArtifactRow,
    /// Its bytes, encrypted, if they are to lie in the database.
    pub content: Option<Vec<u8>>,
}

impl ArtifactWrite {
    pub(crate) fn content(&self) -> Option<ContentRow> {
        Some(ContentRow { artifact_id: self.artifact.id, sealed: self.content.clone()? })
    }
}

impl Store {
    /// A file by its id.
    pub async fn artifact_by_id(&self, id: Uuid) -> Result<Option<ArtifactRow>, Error> {
        row::one(self.read(), row::select::<ArtifactRow>("a", "FROM artifact a WHERE a.id = $1"), values![id]).await
    }

    /// The bytes of a small file; nothing when it lies in the folder, or is gone.
    pub async fn artifact_content(&self, id: Uuid) -> Result<Option<Vec<u8>>, Error> {
        row::cell(self.read(), "SELECT sealed FROM artifact_content WHERE artifact_id = $1", values![id]).await
    }

    /// The file that an action made already, by its idempotency key.
    pub async fn artifact_by_run(&self, run_key: Uuid) -> Result<Option<ArtifactRow>, Error> {
        let rest = "FROM artifact a WHERE a.run_key = $1";
        row::one(self.read(), row::select::<ArtifactRow>("a", rest), values![run_key]).await
    }

    /// The files of a case, oldest first.
    pub async fn artifacts_of_case(&self, case: Uuid) -> Result<Vec<ArtifactRow>, Error> {
        let rest = "FROM artifact a WHERE a.case_id = $1 ORDER BY a.created_at, a.id LIMIT $2";
        row::all(self.read(), row::select::<ArtifactRow>("a", rest), values![case, ARTIFACTS_MAX]).await
    }

    /// Spends one download. Nothing when this person may not, when none is left, or when it is too late.
    pub async fn artifact_download(
        &self,
        id: Uuid,
        person: &str,
        now: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<Option<ArtifactRow>, Error> {
        let sql = "UPDATE artifact SET downloads_left = downloads_left - 1 WHERE id = $1 AND person = $2 \
                   AND downloads_left > 0 AND expires_at > $3 AND recalled_at IS NULL";
        self.artifact_change(sql, values![id, person, now], id, audit).await
    }

    /// Takes the sealed password out: it can be shown once. Nothing when it was, or when this person may not.
    pub async fn artifact_password(
        &self,
        id: Uuid,
        person: &str,
        now: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<Option<Vec<u8>>, Error> {
        let tx = self.begin_write().await?;
        let sql = format!(
            "SELECT password_sealed FROM artifact WHERE id = $1 AND person = $2 AND expires_at > $3 \
             AND password_shown_at IS NULL AND recalled_at IS NULL {}",
            tx.dialect().for_update(),
        );
        let sealed: Option<Option<Vec<u8>>> = row::cell(tx.tx(), sql, values![id, person, now]).await?;
        let Some(Some(sealed)) = sealed else {
            tx.rollback().await?;
            return Ok(None);
        };
        let sql = "UPDATE artifact SET password_sealed = NULL, password_shown_at = $2 WHERE id = $1";
        row::run(tx.tx(), sql, values![id, now]).await?;
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(Some(sealed))
    }

    /// Takes a file back; it can no longer be fetched.
    pub async fn artifact_recall(
        &self,
        id: Uuid,
        now: DateTime<Utc>,
        audit: &[AuditWrite],
    ) -> Result<Option<ArtifactRow>, Error> {
        let tx = self.begin_write().await?;
        let sql = "UPDATE artifact SET recalled_at = $2, password_sealed = NULL WHERE id = $1 AND recalled_at IS NULL";
        if row::run(tx.tx(), sql, values![id, now]).await? == 0 {
            tx.rollback().await?;
            return Ok(None);
        }
        row::run(tx.tx(), "DELETE FROM artifact_content WHERE artifact_id = $1", values![id]).await?;
        changed(tx, id, audit).await
    }

    /// Files that expired and were not taken back yet, so that their bytes can be removed.
    pub async fn artifacts_expired(&self, now: DateTime<Utc>) -> Result<Vec<ArtifactRow>, Error> {
        let rest = "FROM artifact a WHERE a.recalled_at IS NULL AND a.expires_at <= $1 ORDER BY a.expires_at LIMIT $2";
        row::all(self.read(), row::select::<ArtifactRow>("a", rest), values![now, ARTIFACTS_MAX]).await
    }

    async fn artifact_change(
        &self,
        sql: &str,
        values: Vec<sea_orm::Value>,
        id: Uuid,
        audit: &[AuditWrite],
    ) -> Result<Option<ArtifactRow>, Error> {
        let tx = self.begin_write().await?;
        if row::run(tx.tx(), sql, values).await? == 0 {
            tx.rollback().await?;
            return Ok(None);
        }
        changed(tx, id, audit).await
    }
}

/// Commits a change of a file, with its record; the file as it is now.
async fn changed(tx: WriteTx, id: Uuid, audit: &[AuditWrite]) -> Result<Option<ArtifactRow>, Error> {
    tx.audit(audit).await?;
    let rest = "FROM artifact a WHERE a.id = $1";
    let changed = row::one(tx.tx(), row::select::<ArtifactRow>("a", rest), values![id]).await?;
    tx.commit().await?;
    Ok(changed)
}
