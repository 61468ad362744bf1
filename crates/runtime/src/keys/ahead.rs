//! Ids and keys of cases that have not begun, made some at a time when many cases begin.
//!
//! A key must be durable before anything is encrypted under it, and the keyring is a database of its own: without this,
//! every case would wait for one more sync of the disk. What a busy node made ahead and does not need is destroyed when
//! the program stops; after a crash a few keys of cases that never began are left, under which nothing was encrypted.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::Duration,
};

use definition::level::Level;
use store::Store;
use tokio::{sync::Mutex, time::Instant};
use uuid::Uuid;
use vault::DataKey;

use super::{CASES, Keys};
use crate::{
    error::{Error, Outcome},
    payload::fresh_id,
};

/// The most cases of a kind whose keys are made ahead.
const AHEAD_MAX: usize = 64;

/// Keys that last shorter than this were too few.
const LAST: Duration = Duration::from_secs(1);

/// A case that has not begun: its id, and its keys.
#[derive(Debug)]
pub struct FreshCase {
    /// Its id.
    pub id: Uuid,
    keys: BTreeMap<Level, Arc<DataKey>>,
}

impl FreshCase {
    /// Its key for a level that it was asked for with.
    pub fn key(&self, level: Level) -> Outcome<&DataKey> {
        self.keys.get(&level).map(AsRef::as_ref).ok_or(Error::Damaged("a key that was not made"))
    }
}

/// Cases that have not begun, by the levels that they need keys for.
#[derive(Debug, Default)]
pub struct Ahead(Mutex<BTreeMap<BTreeSet<Level>, AtHand>>);

#[derive(Debug, Default)]
struct AtHand {
    free: Vec<FreshCase>,
    made: usize,
    made_at: Option<Instant>,
}

impl Keys {
    /// The id of a new case, and its keys for these levels.
    pub async fn fresh_case(&self, store: &Store, levels: BTreeSet<Level>) -> Outcome<FreshCase> {
        let mut ahead = self.ahead.0.lock().await;
        let at_hand = ahead.entry(levels.clone()).or_default();
        if at_hand.free.is_empty() {
            let is_busy = at_hand.made_at.is_some_and(|at| at.elapsed() < LAST);
            let count = if is_busy { (at_hand.made * 2).min(AHEAD_MAX) } else { 1 };
            at_hand.free = self.fresh_cases(store, &levels, count).await?;
            (at_hand.made, at_hand.made_at) = (count, Some(Instant::now()));
        }
        at_hand.free.pop().ok_or(Error::Damaged("a key that was not made"))
    }

    async fn fresh_cases(&self, store: &Store, levels: &BTreeSet<Level>, count: usize) -> Outcome<Vec<FreshCase>> {
        let ids: Vec<Uuid> = (0..count).map(|_| fresh_id()).collect();
        let wanted: Vec<(Uuid, Level)> = ids.iter().flat_map(|id| levels.iter().map(|level| (*id, *level))).collect();
        let mut made = self.data_keys(store, &wanted, CASES).await?;
        let mut keys_of = |id| levels.iter().filter_map(|level| Some((*level, made.remove(&(id, *level))?))).collect();
        // Taken from the end: the earliest id first.
        Ok(ids.into_iter().rev().map(|id| FreshCase { id, keys: keys_of(id) }).collect())
    }

    /// Destroys what was made ahead and is not needed.
    pub async fn destroy_ahead(&self, store: &Store) -> Outcome<()> {
        let ahead = std::mem::take(&mut *self.ahead.0.lock().await);
        let left: Vec<Uuid> = ahead.into_values().flat_map(|at_hand| at_hand.free).map(|case| case.id).collect();
        if !left.is_empty() {
            store.data_keys_destroy(&left).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::records::arena::Arena;

    #[tokio::test]
    async fn a_busy_node_makes_keys_ahead_and_destroys_what_it_did_not_need() {
        let arena = Arena::open().await;
        let (keys, store) = (&arena.application.keys, &arena.application.store);
        let levels = BTreeSet::from([Level::L1, Level::L3]);
        let mut taken = Vec::new();
        for _ in 0..4 {
            taken.push(keys.fresh_case(store, levels.clone()).await.unwrap());
        }
        let ids: BTreeSet<Uuid> = taken.iter().map(|case| case.id).collect();
        assert_eq!(ids.len(), 4);
        assert!(taken[3].key(Level::L3).is_ok() && taken[3].key(Level::L2).is_err());
        let left: Vec<Uuid> = keys.ahead.0.lock().await[&levels].free.iter().map(|case| case.id).collect();
        assert!(left.len() < AHEAD_MAX);
        keys.destroy_ahead(store).await.unwrap();
        assert_eq!(store.data_keys_of(&left).await.unwrap(), []);
        for case in &taken {
            assert_eq!(store.data_keys_of(&[case.id]).await.unwrap().len(), 2, "what was taken is kept");
        }
    }
}
