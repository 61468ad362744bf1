//! Published definitions, counters, and what the workspace says of itself.

use chrono::{DateTime, Utc};

use crate::{
    audit::AuditWrite,
    error::Error,
    row::{self, Digest, Json, rows, values, words},
    store::{Store, WriteTx},
};

words! {
    /// What a definition defines.
    pub enum DefinitionKind {
        /// A form.
        Form = "form",
        /// A workflow.
        Workflow = "workflow",
        /// The workspace's settings.
        Settings = "settings",
    }
}

rows! {
    /// A published version of a definition, named by its content.
    pub struct DefinitionRow in "definition_version" {
        /// The digest of everything it was made from.
        pub digest: Digest,
        /// What it defines.
        pub kind: DefinitionKind,
        /// Its id in the files.
        pub name: String,
        /// Its version, from 1.
        pub number: i64,
        /// The texts it was made from.
        pub sources: Json,
        /// When.
        pub published_at: DateTime<Utc>,
        /// By whom.
        pub published_by: String,
        /// Whether new cases begin with it.
        pub live: bool,
    }
}

impl Store {
    /// The live version of every definition, by kind and name.
    pub async fn definitions_live(&self) -> Result<Vec<DefinitionRow>, Error> {
        let rest = "FROM definition_version d WHERE d.live ORDER BY d.kind, d.name";
        row::all(self.read(), row::select::<DefinitionRow>("d", rest), Vec::new()).await
    }

    /// A version by its digest.
    pub async fn definition(&self, digest: Digest) -> Result<Option<DefinitionRow>, Error> {
        let rest = "FROM definition_version d WHERE d.digest = $1";
        row::one(self.read(), row::select::<DefinitionRow>("d", rest), values![digest]).await
    }

    /// Every version of a definition, latest first.
    pub async fn definition_versions(&self, kind: DefinitionKind, name: &str) -> Result<Vec<DefinitionRow>, Error> {
        let rest = "FROM definition_version d WHERE d.kind = $1 AND d.name = $2 ORDER BY d.number DESC";
        row::all(self.read(), row::select::<DefinitionRow>("d", rest), values![kind, name]).await
    }

    /// Makes a definition live. A digest known already goes live again under its old number; a new one gets the next
    /// number, whatever the row says. Returns the number.
    pub async fn definition_publish(&self, definition: &DefinitionRow, audit: &[AuditWrite]) -> Result<i64, Error> {
        let tx = self.begin_write().await?;
        let DefinitionRow { digest, kind, .. } = *definition;
        let name = definition.name.as_str();
        let sql = "UPDATE definition_version SET live = FALSE WHERE kind = $1 AND name = $2 AND live";
        row::run(tx.tx(), sql, values![kind, name]).await?;
        let sql = "UPDATE definition_version SET live = TRUE WHERE digest = $1 RETURNING number";
        let known: Option<i64> = row::cell(tx.tx(), sql, values![digest]).await?;
        let number = if let Some(number) = known {
            number
        } else {
            let sql = "SELECT COALESCE(MAX(number), 0) + 1 FROM definition_version WHERE kind = $1 AND name = $2";
            let number = row::cell(tx.tx(), sql, values![kind, name]).await?.unwrap_or(1);
            row::insert(tx.tx(), [&DefinitionRow { number, live: true, ..definition.clone() }], "").await?;
            number
        };
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(number)
    }

    /// Takes a definition out of use: no new case begins with it. False when none was live.
    pub async fn definition_retire(
        &self,
        kind: DefinitionKind,
        name: &str,
        audit: &[AuditWrite],
    ) -> Result<bool, Error> {
        let tx = self.begin_write().await?;
        let sql = "UPDATE definition_version SET live = FALSE WHERE kind = $1 AND name = $2 AND live";
        let retired = row::run(tx.tx(), sql, values![kind, name]).await? > 0;
        if retired {
            tx.audit(audit).await?;
            tx.commit().await?;
        } else {
            tx.rollback().await?;
        }
        Ok(retired)
    }
}

/// Counters.
impl Store {
    /// Takes `n` numbers, and returns the first of them. Numbers taken and not used leave a gap.
    pub async fn allocate(&self, name: &str, n: u32) -> Result<i64, Error> {
        let tx = self.begin_write().await?;
        let first = tx.allocate(name, n).await?;
        tx.commit().await?;
        Ok(first)
    }

    /// Gives back the numbers from one on, if `last` is still the last that was taken; whether it was.
    pub async fn allocate_back(&self, name: &str, first: i64, last: i64) -> Result<bool, Error> {
        let sql = "UPDATE counter SET value = $2 WHERE name = $1 AND value = $3";
        Ok(self.alone(sql, values![name, first - 1, last]).await? == 1)
    }

    /// The last number taken; 0 before the first.
    pub async fn counter(&self, name: &str) -> Result<i64, Error> {
        Ok(row::cell(self.read(), "SELECT value FROM counter WHERE name = $1", values![name]).await?.unwrap_or(0))
    }
}

impl WriteTx {
    pub(crate) async fn allocate(&self, name: &str, n: u32) -> Result<i64, Error> {
        let sql = "INSERT INTO counter (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = counter.value + excluded.value RETURNING value";
        let last: Option<i64> = row::cell(self.tx(), sql, values![name, i64::from(n)]).await?;
        Ok(last.unwrap_or(0) - i64::from(n) + 1)
    }
}

/// What the workspace says of itself.
impl Store {
    /// A fact, e.g. that this database is a demo.
    pub async fn state(&self, name: &str) -> Result<Option<String>, Error> {
        row::cell(self.read(), "SELECT value FROM workspace_state WHERE name = $1", values![name]).await
    }

    /// Sets a fact.
    pub async fn state_put(&self, name: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO workspace_state (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.alone(sql, values![name, value]).await.map(drop)
    }

    /// Sets a fact, and records who set it.
    pub async fn state_put_recorded(&self, name: &str, value: &str, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        let sql = "INSERT INTO workspace_state (name, value) VALUES ($1, $2) \
                   ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        row::run(tx.tx(), sql, values![name, value]).await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// Sets a fact unless it is set already; the one that counts.
    pub async fn state_put_first(&self, name: &str, value: &str) -> Result<String, Error> {
        let tx = self.begin_write().await?;
        let sql = "INSERT INTO workspace_state (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
        row::run(tx.tx(), sql, values![name, value]).await?;
        let kept = row::cell(tx.tx(), "SELECT value FROM workspace_state WHERE name = $1", values![name]).await?;
        tx.commit().await?;
        Ok(kept.unwrap_or_else(|| value.to_owned()))
    }

    /// Whether nothing was ever put in: no person, case, record, definition or fact.
    pub async fn is_empty(&self) -> Result<bool, Error> {
        for table in ["person", "case_", "record", "definition_version", "workspace_state"] {
            let sql = format!("SELECT CAST(1 AS BIGINT) FROM {table} LIMIT 1");
            if row::cell::<i64>(self.read(), sql, Vec::new()).await?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }
}
