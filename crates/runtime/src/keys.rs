//! The keyring at work: data keys are made when they are first needed and opened when a value is.
//!
//! What is opened is kept at hand for a while, so that a page of records does not open the same keys twice.

mod ahead;

use std::{
    collections::BTreeMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use definition::level::Level;
use store::{DataKeyRow, KekRow, Store};
use uuid::Uuid;
use vault::{
    DataKey, DataKeyPlace, Epoch, IndexKey, KeyEncryptionKey, KeyId, RootKey, SealKey, Wrapped, key::WrappedByRoot,
};

pub use self::ahead::FreshCase;
use crate::error::{Error, Outcome};

/// The purpose whose epochs wrap the keys of cases.
pub const CASES: &str = "cases";

/// The purpose whose epochs wrap the keys of credentials.
pub const CREDENTIALS: &str = "credentials";

/// How many opened data keys are kept at hand.
const OPENED_MAX: usize = 20_000;

/// The first epoch; rotations count on from it.
const FIRST_EPOCH: u32 = 1;

/// Where the workspace's own id is kept.
const WORKSPACE_ID: &str = "workspace_id";

/// Keys of one workspace.
pub struct Keys {
    workspace: String,
    root: RootKey,
    wrapping: Mutex<BTreeMap<String, Arc<Wrapping>>>,
    index: Mutex<BTreeMap<String, Arc<IndexKey>>>,
    seal: Mutex<BTreeMap<String, Arc<SealKey>>>,
    opened: Mutex<BTreeMap<Uuid, Arc<DataKey>>>,
    ahead: ahead::Ahead,
}

/// A key that wraps data keys during an epoch.
struct Wrapping {
    id: Uuid,
    epoch: u32,
    key: KeyEncryptionKey,
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Keys").field("root", &self.root.id()).finish_non_exhaustive()
    }
}

impl Keys {
    /// Takes the root key, if it is the one that this keyring was made under.
    pub async fn open(store: &Store, root: RootKey) -> Outcome<Self> {
        let mark = root.id().0.as_bytes().to_vec();
        let kept = match store.root_check().await? {
            Some(kept) => kept,
            None => store.root_check_put(mark.clone()).await?,
        };
        if kept != mark {
            return Err(Error::WrongRootKey);
        }
        let workspace = if let Some(id) = store.state(WORKSPACE_ID).await? {
            id
        } else {
            // Of two nodes that begin at the same moment one names the workspace for both.
            store.state_put_first(WORKSPACE_ID, &Uuid::now_v7().to_string()).await?
        };
        Ok(Self {
            workspace,
            root,
            wrapping: Mutex::default(),
            index: Mutex::default(),
            seal: Mutex::default(),
            opened: Mutex::default(),
            ahead: ahead::Ahead::default(),
        })
    }

    /// What every place names as its workspace.
    pub fn workspace(&self) -> &str {
        &self.workspace
    }

    /// The data key of a record, case or person at a level; made if there is none.
    pub async fn data_key(&self, store: &Store, scope: Uuid, level: Level, purpose: &str) -> Outcome<Arc<DataKey>> {
        let known = store.data_keys_of(&[scope]).await?.into_iter().find(|row| row.level == stored(level));
        if let Some(row) = known {
            return self.unwrap(store, &row).await;
        }
        let mut made = self.data_keys(store, &[(scope, level)], purpose).await?;
        made.pop_first().map(|(_, key)| key).ok_or(Error::Damaged("a key that was not kept"))
    }

    /// The data keys of many records and levels at once; those that are missing are made in one write.
    pub async fn data_keys(
        &self,
        store: &Store,
        wanted: &[(Uuid, Level)],
        purpose: &str,
    ) -> Outcome<BTreeMap<(Uuid, Level), Arc<DataKey>>> {
        let wrapping = self.wrapping(store, purpose).await?;
        let rows = wanted
            .iter()
            .map(|(scope, level)| {
                let key = DataKey::generate(KeyId(Uuid::now_v7()), &mut rand::fill)?;
                let place = self.place(purpose, wrapping.epoch, *scope, *level);
                let wrapped = wrapping.key.wrap(&key, &place, &mut rand::fill)?;
                Ok(DataKeyRow {
                    id: key.id().0,
                    scope: *scope,
                    level: stored(*level),
                    kek_id: wrapping.id,
                    wrapped: wrapped.into_bytes(),
                })
            })
            .collect::<Result<Vec<_>, vault::Error>>()?;
        let mut keys = BTreeMap::new();
        for row in store.data_keys_put(rows).await? {
            keys.insert((row.scope, level(row.level)?), self.unwrap(store, &row).await?);
        }
        Ok(keys)
    }

    /// Data keys by their ids; those that were destroyed are missing from the answer.
    pub async fn opened_many(&self, store: &Store, ids: &[Uuid]) -> Outcome<BTreeMap<Uuid, Arc<DataKey>>> {
        let mut keys: BTreeMap<Uuid, Arc<DataKey>> = BTreeMap::new();
        let mut missing = Vec::new();
        {
            let opened = lock(&self.opened);
            for id in ids {
                match opened.get(id) {
                    Some(key) => drop(keys.insert(*id, Arc::clone(key))),
                    None => missing.push(*id),
                }
            }
        }
        missing.sort_unstable();
        missing.dedup();
        for chunk in missing.chunks(store::KEYS_MAX) {
            for row in store.data_keys(chunk).await? {
                keys.insert(row.id, self.unwrap(store, &row).await?);
            }
        }
        Ok(keys)
    }

    /// One data key by its id.
    pub async fn opened(&self, store: &Store, id: KeyId) -> Outcome<Arc<DataKey>> {
        self.opened_many(store, &[id.0]).await?.remove(&id.0).ok_or(Error::Erased)
    }

    /// The key of a register's blind indexes.
    pub async fn index_key(&self, store: &Store, register: &str) -> Outcome<Arc<IndexKey>> {
        self.mac_key(store, &self.index, &format!("index:{register}"), IndexKey::generate).await
    }

    /// The key of a register's row seals.
    pub async fn seal_key(&self, store: &Store, register: &str) -> Outcome<Arc<SealKey>> {
        self.mac_key(store, &self.seal, &format!("seal:{register}"), SealKey::generate).await
    }

    async fn mac_key<K: WrappedByRoot>(
        &self,
        store: &Store,
        cache: &Mutex<BTreeMap<String, Arc<K>>>,
        purpose: &str,
        generate: fn(KeyId, &mut vault::key::Random<'_>) -> Result<K, vault::Error>,
    ) -> Outcome<Arc<K>> {
        if let Some(key) = lock(cache).get(purpose) {
            return Ok(Arc::clone(key));
        }
        let row = self.root_wrapped(store, purpose, generate).await?;
        let key = self.root.open(&Wrapped::<K>::from_bytes(row.wrapped)?, &self.epoch(purpose, FIRST_EPOCH))?;
        let key = Arc::new(key);
        lock(cache).insert(purpose.to_owned(), Arc::clone(&key));
        Ok(key)
    }

    async fn wrapping(&self, store: &Store, purpose: &str) -> Outcome<Arc<Wrapping>> {
        if let Some(wrapping) = lock(&self.wrapping).get(purpose) {
            return Ok(Arc::clone(wrapping));
        }
        let row = self.root_wrapped(store, purpose, KeyEncryptionKey::generate).await?;
        let epoch = u32::try_from(row.epoch).map_err(|_| Error::Damaged("an epoch"))?;
        let key = self.root.open(&Wrapped::from_bytes(row.wrapped)?, &self.epoch(purpose, epoch))?;
        let wrapping = Arc::new(Wrapping { id: row.id, epoch, key });
        lock(&self.wrapping).insert(purpose.to_owned(), Arc::clone(&wrapping));
        Ok(wrapping)
    }

    /// The newest key of a purpose under the root; made if there is none.
    async fn root_wrapped<K: WrappedByRoot>(
        &self,
        store: &Store,
        purpose: &str,
        generate: fn(KeyId, &mut vault::key::Random<'_>) -> Result<K, vault::Error>,
    ) -> Outcome<KekRow> {
        let newest = store.keks().await?.into_iter().rfind(|row| row.purpose == purpose);
        if let Some(row) = newest {
            return Ok(row);
        }
        let id = Uuid::now_v7();
        let key = generate(KeyId(id), &mut rand::fill)?;
        let wrapped = self.root.wrap(&key, &self.epoch(purpose, FIRST_EPOCH), &mut rand::fill)?;
        let row = KekRow {
            id,
            purpose: purpose.to_owned(),
            epoch: i64::from(FIRST_EPOCH),
            wrapped: wrapped.into_bytes(),
            created_at: uuid_moment(id),
        };
        Ok(store.kek_put(&row).await?)
    }

    async fn unwrap(&self, store: &Store, row: &DataKeyRow) -> Outcome<Arc<DataKey>> {
        if let Some(key) = lock(&self.opened).get(&row.id) {
            return Ok(Arc::clone(key));
        }
        let purpose = self.purpose_of(store, row.kek_id).await?;
        let wrapping = self.wrapping(store, &purpose).await?;
        if wrapping.id != row.kek_id {
            return Err(Error::Damaged("a key of another epoch"));
        }
        let place = self.place(&purpose, wrapping.epoch, row.scope, level(row.level)?);
        let key = Arc::new(wrapping.key.open(&Wrapped::from_bytes(row.wrapped.clone())?, &place)?);
        let mut opened = lock(&self.opened);
        if opened.len() >= OPENED_MAX {
            opened.clear();
        }
        opened.insert(row.id, Arc::clone(&key));
        Ok(key)
    }

    async fn purpose_of(&self, store: &Store, kek: Uuid) -> Outcome<String> {
        if let Some((purpose, _)) = lock(&self.wrapping).iter().find(|(_, wrapping)| wrapping.id == kek) {
            return Ok(purpose.clone());
        }
        let row = store.keks().await?.into_iter().find(|row| row.id == kek);
        row.map(|row| row.purpose).ok_or(Error::Damaged("a wrapping key that is gone"))
    }

    fn epoch<'a>(&'a self, scope: &'a str, number: u32) -> Epoch<'a> {
        Epoch { workspace: &self.workspace, scope, number }
    }

    fn place<'a>(&'a self, purpose: &'a str, epoch: u32, record: Uuid, level: Level) -> DataKeyPlace<'a> {
        DataKeyPlace { epoch: self.epoch(purpose, epoch), record, level: level.rank() }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Caches of whole values: one that a panic interrupted is still whole.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn stored(level: Level) -> i64 {
    i64::try_from(level.index()).unwrap_or_default()
}

fn level(stored: i64) -> Outcome<Level> {
    let index = usize::try_from(stored).ok();
    index.and_then(|index| Level::ALL.get(index).copied()).ok_or(Error::Damaged("a key's level"))
}

/// The moment that a version 7 id was drawn.
fn uuid_moment(id: Uuid) -> DateTime<Utc> {
    let (seconds, nanos) = id.get_timestamp().map_or((0, 0), |stamp| stamp.to_unix());
    i64::try_from(seconds).ok().and_then(|seconds| DateTime::from_timestamp(seconds, nanos)).unwrap_or_default()
}
