//! Frozen sets of records: what a submission named, kept as it was.

use uuid::Uuid;

use crate::{
    commit::RecordSet,
    error::Error,
    row::{self, Digest, rows, values},
    store::Store,
};

/// Ids that one chunk of a set holds.
pub const CHUNK_IDS: usize = 4_096;
const ID_BYTES: usize = 16;

rows! {
    pub(crate) struct RecordSetRow in "record_set" {
        pub case_id: Uuid,
        pub digest: Digest,
        pub chunk: i64,
        pub register: String,
        pub size: i64,
        pub ids: Vec<u8>,
    }
}

impl RecordSetRow {
    /// A set cut into chunks; an empty set has one, so that it can be told from one that was never frozen.
    pub(crate) fn chunks(case_id: Uuid, set: &RecordSet) -> Vec<Self> {
        let size = i64::try_from(set.ids.len()).expect("a set fits in memory");
        let chunks: Vec<&[Uuid]> = if set.ids.is_empty() { vec![&[]] } else { set.ids.chunks(CHUNK_IDS).collect() };
        chunks
            .into_iter()
            .zip(0..)
            .map(|(ids, chunk)| Self {
                case_id,
                digest: set.digest,
                chunk,
                register: set.register.clone(),
                size,
                ids: ids.iter().flat_map(|id| *id.as_bytes()).collect(),
            })
            .collect()
    }
}

impl Store {
    /// How many records a frozen set holds; nothing when there is no such set.
    pub async fn record_set_size(&self, case: Uuid, digest: Digest) -> Result<Option<i64>, Error> {
        let sql = "SELECT size FROM record_set WHERE case_id = $1 AND digest = $2 AND chunk = 0";
        row::cell(self.read(), sql, values![case, digest]).await
    }

    /// One chunk of a frozen set, from 0; nothing after the last.
    pub async fn record_set_chunk(&self, case: Uuid, digest: Digest, chunk: i64) -> Result<Option<Vec<Uuid>>, Error> {
        let sql = "SELECT ids FROM record_set WHERE case_id = $1 AND digest = $2 AND chunk = $3";
        let ids: Option<Vec<u8>> = row::cell(self.read(), sql, values![case, digest, chunk]).await?;
        Ok(ids.map(|ids| {
            let (ids, _) = ids.as_chunks::<ID_BYTES>();
            ids.iter().map(|id| Uuid::from_bytes(*id)).collect()
        }))
    }
}
