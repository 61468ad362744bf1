//! Wrapped keys, in a database of their own that is backed up apart. A key is written here before anything is encrypted
//! under it, so a value never outlives the write of its key. Many who need keys at once share one sync of the disk.

use std::{
    collections::HashMap,
    mem,
    sync::{Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    error::Error,
    row::{self, Bind, rows, values},
    store::Store,
};

/// Data keys that one call looks up at most.
pub const KEYS_MAX: usize = 2_000;
const ROOT: i64 = 1;

rows! {
    /// A key-encryption key, wrapped by the root key.
    pub struct KekRow in "kek" {
        /// Its id.
        pub id: Uuid,
        /// What it is for, e.g. a register.
        pub purpose: String,
        /// Its place among those for this purpose, from 1.
        pub epoch: i64,
        /// The key, wrapped.
        pub wrapped: Vec<u8>,
        /// When it was made.
        pub created_at: DateTime<Utc>,
    }

    /// A data key, wrapped by a key-encryption key.
    pub struct DataKeyRow in "data_key" {
        /// Its id.
        pub id: Uuid,
        /// The record or case whose values it encrypts.
        pub scope: Uuid,
        /// The level of those values.
        pub level: i64,
        /// The key it is wrapped by.
        pub kek_id: Uuid,
        /// The key, wrapped.
        pub wrapped: Vec<u8>,
    }

    struct RootRow in "root_check" {
        pub id: i64,
        pub value: Vec<u8>,
    }
}

/// New keys that wait to be written, and whose turn it is to write them.
#[derive(Debug, Default)]
pub(crate) struct NewKeys {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

#[derive(Debug)]
struct Waiting {
    keys: Vec<DataKeyRow>,
    answer: oneshot::Sender<Result<Vec<DataKeyRow>, Error>>,
}

impl NewKeys {
    fn waiting(&self) -> MutexGuard<'_, Vec<Waiting>> {
        // A list of whole requests: one that a panic interrupted is still whole.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store {
    /// The value by which a root key is known to be the right one; nothing before the first was used.
    pub async fn root_check(&self) -> Result<Option<Vec<u8>>, Error> {
        row::cell(self.read_keyring(), "SELECT value FROM root_check WHERE id = $1", values![ROOT]).await
    }

    /// Keeps that value, unless one is kept already; the one that counts.
    pub async fn root_check_put(&self, value: Vec<u8>) -> Result<Vec<u8>, Error> {
        let tx = self.begin_write_keyring().await?;
        row::insert(tx.tx(), [&RootRow { id: ROOT, value: value.clone() }], "ON CONFLICT DO NOTHING").await?;
        let kept = row::cell(tx.tx(), "SELECT value FROM root_check WHERE id = $1", values![ROOT]).await?;
        tx.commit().await?;
        Ok(kept.unwrap_or(value))
    }

    /// Every key-encryption key, by purpose and epoch.
    pub async fn keks(&self) -> Result<Vec<KekRow>, Error> {
        let sql = row::select::<KekRow>("k", "FROM kek k ORDER BY k.purpose, k.epoch");
        row::all(self.read_keyring(), sql, Vec::new()).await
    }

    /// Keeps a key-encryption key, unless its purpose and epoch have one already; the one that counts.
    pub async fn kek_put(&self, kek: &KekRow) -> Result<KekRow, Error> {
        let tx = self.begin_write_keyring().await?;
        row::insert(tx.tx(), [kek], "ON CONFLICT (purpose, epoch) DO NOTHING").await?;
        let sql = row::select::<KekRow>("k", "FROM kek k WHERE k.purpose = $1 AND k.epoch = $2");
        let kept = row::one(tx.tx(), sql, values![kek.purpose, kek.epoch]).await?;
        tx.commit().await?;
        Ok(kept.unwrap_or_else(|| kek.clone()))
    }

    /// Keeps data keys; of two for one scope and level the first counts. Returns those that count, in no particular order.
    pub async fn data_keys_put(&self, keys: Vec<DataKeyRow>) -> Result<Vec<DataKeyRow>, Error> {
        let (answer, answered) = oneshot::channel();
        self.new_keys().waiting().push(Waiting { keys, answer });
        // Whoever comes first writes for all that wait by then. In a task of its own: one who goes away leaves the rest
        // their keys.
        let store = self.clone();
        tokio::spawn(async move { store.write_new_keys().await });
        answered.await.map_err(|_| Error::Closed)?
    }

    async fn write_new_keys(&self) {
        let _turn = self.new_keys().turn.lock().await;
        let waiting = mem::take(&mut *self.new_keys().waiting());
        if waiting.is_empty() {
            return;
        }
        let kept = self.put_new_keys(waiting.iter().flat_map(|one| &one.keys)).await;
        for Waiting { keys, answer } in waiting {
            let theirs = match &kept {
                Ok(kept) => Ok(keys.iter().filter_map(|key| kept.get(&(key.scope, key.level)).cloned()).collect()),
                // Each tries again on their own: an error cannot be told twice.
                Err(_) => self.put_new_keys(&keys).await.map(|kept| kept.into_values().collect()),
            };
            // Who no longer waits does not need it.
            drop(answer.send(theirs));
        }
    }

    async fn put_new_keys<'a>(
        &self,
        keys: impl IntoIterator<Item = &'a DataKeyRow>,
    ) -> Result<HashMap<(Uuid, i64), DataKeyRow>, Error> {
        let keys: Vec<&DataKeyRow> = keys.into_iter().collect();
        let tx = self.begin_write_keyring().await?;
        row::insert(tx.tx(), keys.iter().copied(), "ON CONFLICT (scope, level) DO NOTHING").await?;
        let pairs = keys.iter().flat_map(|key| [key.scope.bound(), key.level.bound()]).collect();
        let mut kept = HashMap::with_capacity(keys.len());
        for (rows, chunk) in row::chunks(pairs, 2) {
            let list = row::tuple_list(tx.dialect(), rows, 2);
            let rest = format!("FROM data_key k WHERE (k.scope, k.level) IN {list}");
            let found: Vec<DataKeyRow> = row::all(tx.tx(), row::select::<DataKeyRow>("k", &rest), chunk).await?;
            kept.extend(found.into_iter().map(|key| ((key.scope, key.level), key)));
        }
        tx.commit().await?;
        Ok(kept)
    }

    /// Data keys by id, in no particular order. One that is missing was destroyed.
    pub async fn data_keys(&self, ids: &[Uuid]) -> Result<Vec<DataKeyRow>, Error> {
        self.data_keys_where("id", ids).await
    }

    /// The data keys of records or cases, in no particular order.
    pub async fn data_keys_of(&self, scopes: &[Uuid]) -> Result<Vec<DataKeyRow>, Error> {
        self.data_keys_where("scope", scopes).await
    }

    async fn data_keys_where(&self, column: &str, ids: &[Uuid]) -> Result<Vec<DataKeyRow>, Error> {
        let ids = ids.iter().take(KEYS_MAX).map(Bind::bound).collect();
        let mut keys = Vec::new();
        for (rows, chunk) in row::chunks(ids, 1) {
            let rest = format!("FROM data_key k WHERE k.{column} IN ({})", row::placeholders(1, rows));
            keys.extend(row::all(self.read_keyring(), row::select::<DataKeyRow>("k", &rest), chunk).await?);
        }
        Ok(keys)
    }

    /// Destroys the data keys of these records or cases: what they encrypted can no longer be read; how many.
    pub async fn data_keys_destroy(&self, scopes: &[Uuid]) -> Result<u64, Error> {
        let tx = self.begin_write_keyring().await?;
        let mut destroyed = 0;
        for (rows, chunk) in row::chunks(scopes.iter().map(Bind::bound).collect(), 1) {
            let sql = format!("DELETE FROM data_key WHERE scope IN ({})", row::placeholders(1, rows));
            destroyed += row::run(tx.tx(), sql, chunk).await?;
        }
        tx.commit().await?;
        Ok(destroyed)
    }
}
