//! Records of the registers: their values, encrypted from L1 on, and the indexes by which they are found.
//!
//! Encrypted fields are found by blind index alone; fields of L0 are kept in clear and can be filtered and compared.

use std::{collections::HashMap, slice};

use chrono::{DateTime, Utc};
use sea_orm::Value;
use uuid::Uuid;

use crate::{
    audit::AuditWrite,
    error::Error,
    row::{self, Bind, Json, Row, rows, values, words},
    start::StartRow,
    store::{Store, WriteTx},
};

/// Records that one call reads or writes at most.
pub const RECORDS_MAX: usize = 1_000;

words! {
    /// What part of a value a blind index was made from.
    pub enum BlindKind {
        /// All of it.
        Exact = "exact",
        /// Its last four characters.
        Last4 = "last4",
        /// The beginning of a name.
        Prefix = "prefix",
    }
}

rows! {
    /// A record without its values.
    pub struct RecordRow in "record" {
        /// Its id, of version 7.
        pub id: Uuid,
        /// Its register.
        pub register: String,
        /// Whose it is.
        pub owner: Option<String>,
        /// When it was entered.
        pub created_at: DateTime<Utc>,
        /// When it was last changed.
        pub updated_at: DateTime<Utc>,
        /// Goes up with each change, from 1.
        pub revision: i64,
        /// What proves that nothing was changed behind the application's back.
        pub seal: Vec<u8>,
    }

    pub(crate) struct ValueRow in "record_value" {
        pub record_id: Uuid,
        pub field: String,
        pub level: i64,
        pub key_id: Option<Uuid>,
        pub ciphertext: Option<Vec<u8>>,
        pub clear: Option<Json>,
        pub sort_text: Option<String>,
        pub sort_number: Option<i64>,
    }

    pub(crate) struct BlindRow in "record_index" {
        pub register: String,
        pub field: String,
        pub kind: BlindKind,
        pub blind: Vec<u8>,
        pub record_id: Uuid,
    }
}

/// A field of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldValue {
    /// Its name.
    pub field: String,
    /// Its level.
    pub level: i64,
    /// The value.
    pub value: Stored,
}

/// A value as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stored {
    /// Encrypted: L1 and above.
    Sealed {
        /// The data key it is encrypted under.
        key_id: Uuid,
        /// The value.
        ciphertext: Vec<u8>,
    },
    /// In clear: L0.
    Clear {
        /// The value.
        value: Json,
        /// What it is filtered by.
        sort: Option<SortKey>,
    },
}

/// What a value in clear is filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SortKey {
    /// A word, a choice, a login.
    Text(String),
    /// A number, in units that make it whole: minor units of money, days since 1970 of a date.
    Number(i64),
}

/// A blind index of a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Blind {
    /// The field.
    pub field: String,
    /// What part of the value.
    pub kind: BlindKind,
    /// The index.
    pub blind: Vec<u8>,
}

/// A record and its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// The record.
    pub row: RecordRow,
    /// Its values, by field name.
    pub values: Vec<FieldValue>,
}

/// A record to write, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordWrite {
    /// The record and its values afterwards.
    pub record: Record,
    /// The blind indexes of its values.
    pub blinds: Vec<Blind>,
    /// Those of them that no other record of the register may have.
    pub unique: Vec<Blind>,
}

/// What became of a record to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecordWritten {
    /// It is written.
    Written,
    /// Somebody else changed it first.
    Conflict,
    /// Another record has a value that must be unique.
    Duplicate {
        /// The field.
        field: String,
        /// The other record.
        record: Uuid,
    },
}

impl Store {
    /// Enters new records, all or none, each with what it must be unique by; the first refusal is returned.
    pub async fn records_insert(
        &self,
        records: &[RecordWrite],
        starts: &[StartRow],
        audit: &[AuditWrite],
    ) -> Result<RecordWritten, Error> {
        let tx = self.begin_write().await?;
        if let Some(refused) = tx.unique_violation(records).await? {
            tx.rollback().await?;
            return Ok(refused);
        }
        row::insert(tx.tx(), records.iter().map(|one| &one.record.row), "").await?;
        tx.write_values(records).await?;
        tx.starts(starts).await?;
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(RecordWritten::Written)
    }

    /// Replaces a record that is at `revision`; its values and indexes become those given.
    pub async fn record_update(
        &self,
        write: &RecordWrite,
        revision: i64,
        starts: &[StartRow],
        audit: &[AuditWrite],
    ) -> Result<RecordWritten, Error> {
        let tx = self.begin_write().await?;
        let row = &write.record.row;
        let sql = "UPDATE record SET owner = $3, updated_at = $4, revision = $5, seal = $6 \
                   WHERE id = $1 AND revision = $2";
        let values = values![row.id, revision, row.owner, row.updated_at, row.revision, row.seal];
        let refused = if row::run(tx.tx(), sql, values).await? == 0 {
            Some(RecordWritten::Conflict)
        } else {
            tx.unique_violation(slice::from_ref(write)).await?
        };
        if let Some(refused) = refused {
            tx.rollback().await?;
            return Ok(refused);
        }
        tx.delete_values(&[row.id]).await?;
        tx.write_values(slice::from_ref(write)).await?;
        tx.starts(starts).await?;
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(RecordWritten::Written)
    }

    /// Removes records with their values and indexes; how many. Their keys are destroyed apart, before.
    pub async fn records_delete(&self, ids: &[Uuid], audit: &[AuditWrite]) -> Result<u64, Error> {
        let tx = self.begin_write().await?;
        tx.delete_values(ids).await?;
        let mut deleted = 0;
        for (rows, chunk) in row::chunks(ids.iter().map(Bind::bound).collect(), 1) {
            let sql = format!("DELETE FROM record WHERE id IN ({})", row::placeholders(1, rows));
            deleted += row::run(tx.tx(), sql, chunk).await?;
        }
        tx.audit(audit).await?;
        tx.commit().await?;
        Ok(deleted)
    }

    /// A record and its values.
    pub async fn record(&self, id: Uuid) -> Result<Option<Record>, Error> {
        Ok(self.records_by_ids(&[id]).await?.pop())
    }

    /// Records and their values, in the order of the ids; those that are gone are left out. At most [`RECORDS_MAX`]: a
    /// long export asks chunk by chunk, so that memory stays bounded.
    pub async fn records_by_ids(&self, ids: &[Uuid]) -> Result<Vec<Record>, Error> {
        let ids = &ids[..ids.len().min(RECORDS_MAX)];
        let mut rows: HashMap<Uuid, Record> = HashMap::with_capacity(ids.len());
        let mut values: Vec<ValueRow> = Vec::new();
        for (count, chunk) in row::chunks(ids.iter().map(Bind::bound).collect(), 1) {
            let list = row::placeholders(1, count);
            let rest = format!("FROM record r WHERE r.id IN ({list})");
            for row in row::all::<RecordRow>(self.read(), row::select::<RecordRow>("r", &rest), chunk.clone()).await? {
                rows.insert(row.id, Record { row, values: Vec::new() });
            }
            let rest = format!("FROM record_value v WHERE v.record_id IN ({list}) ORDER BY v.record_id, v.field");
            values.extend(row::all(self.read(), row::select::<ValueRow>("v", &rest), chunk).await?);
        }
        for value in values {
            if let Some(record) = rows.get_mut(&value.record_id) {
                record.values.extend(value.into_field());
            }
        }
        Ok(ids.iter().filter_map(|id| rows.remove(id)).collect())
    }

    /// The blind indexes of a record, so that they can be written again unchanged.
    pub async fn record_blinds(&self, record: Uuid) -> Result<Vec<Blind>, Error> {
        let rest = "FROM record_index i WHERE i.record_id = $1 ORDER BY i.field, i.kind, i.blind";
        let rows: Vec<BlindRow> = row::all(self.read(), row::select::<BlindRow>("i", rest), values![record]).await?;
        Ok(rows.into_iter().map(|row| Blind { field: row.field, kind: row.kind, blind: row.blind }).collect())
    }
}

impl WriteTx {
    /// The first of these records that has a unique value of another one, in the database or among themselves.
    async fn unique_violation(&self, records: &[RecordWrite]) -> Result<Option<RecordWritten>, Error> {
        const WIDTH: usize = 4;
        let mut mine: HashMap<(&str, &Blind), Uuid> = HashMap::new();
        let mut asked: Vec<Value> = Vec::new();
        for one in records {
            let RecordRow { id, register, .. } = &one.record.row;
            for blind in &one.unique {
                let other = mine.insert((register, blind), *id).filter(|other| other != id);
                if let Some(record) = other {
                    return Ok(Some(RecordWritten::Duplicate { field: blind.field.clone(), record }));
                }
                asked.extend(values![register.as_str(), blind.field, blind.kind, blind.blind]);
            }
        }
        self.lock_unique(&mine).await?;
        for (rows, chunk) in row::chunks(asked, WIDTH) {
            let list = row::tuple_list(self.dialect(), rows, WIDTH);
            let rest = format!("FROM record_index i WHERE (i.register, i.field, i.kind, i.blind) IN {list}");
            for found in row::all::<BlindRow>(self.tx(), row::select::<BlindRow>("i", &rest), chunk).await? {
                let BlindRow { register, field, kind, blind, record_id } = found;
                let blind = Blind { field, kind, blind };
                if mine.get(&(register.as_str(), &blind)).is_some_and(|id| *id != record_id) {
                    return Ok(Some(RecordWritten::Duplicate { field: blind.field, record: record_id }));
                }
            }
        }
        Ok(None)
    }

    /// Keeps others from writing the same unique value at the same moment: they cannot see each other's rows yet.
    async fn lock_unique(&self, mine: &HashMap<(&str, &Blind), Uuid>) -> Result<(), Error> {
        let registers: std::collections::BTreeSet<&str> = mine.keys().map(|(register, _)| *register).collect();
        for register in registers {
            self.dialect().lock_name(self.tx(), register).await?;
        }
        Ok(())
    }

    async fn write_values(&self, records: &[RecordWrite]) -> Result<(), Error> {
        let values: Vec<ValueRow> = records.iter().flat_map(ValueRow::of).collect();
        row::insert(self.tx(), &values, "").await?;
        let blinds: Vec<BlindRow> = records.iter().flat_map(BlindRow::of).collect();
        row::insert(self.tx(), &blinds, "ON CONFLICT DO NOTHING").await
    }

    async fn delete_values(&self, ids: &[Uuid]) -> Result<(), Error> {
        for table in [ValueRow::TABLE, BlindRow::TABLE] {
            for (rows, chunk) in row::chunks(ids.iter().map(Bind::bound).collect(), 1) {
                let sql = format!("DELETE FROM {table} WHERE record_id IN ({})", row::placeholders(1, rows));
                row::run(self.tx(), sql, chunk).await?;
            }
        }
        Ok(())
    }
}

impl BlindRow {
    fn of(write: &RecordWrite) -> impl Iterator<Item = Self> {
        let RecordRow { id, register, .. } = &write.record.row;
        write.blinds.iter().map(|one| Self {
            register: register.clone(),
            field: one.field.clone(),
            kind: one.kind,
            blind: one.blind.clone(),
            record_id: *id,
        })
    }
}

impl ValueRow {
    fn of(write: &RecordWrite) -> impl Iterator<Item = Self> {
        let record_id = write.record.row.id;
        write.record.values.iter().map(move |one| {
            let empty = Self {
                record_id,
                field: one.field.clone(),
                level: one.level,
                key_id: None,
                ciphertext: None,
                clear: None,
                sort_text: None,
                sort_number: None,
            };
            match &one.value {
                Stored::Sealed { key_id, ciphertext } => {
                    Self { key_id: Some(*key_id), ciphertext: Some(ciphertext.clone()), ..empty }
                }
                Stored::Clear { value, sort } => {
                    let (sort_text, sort_number) = match sort {
                        Some(SortKey::Text(text)) => (Some(text.clone()), None),
                        Some(SortKey::Number(number)) => (None, Some(*number)),
                        None => (None, None),
                    };
                    Self { clear: Some(value.clone()), sort_text, sort_number, ..empty }
                }
            }
        })
    }

    /// The value, unless the row holds neither of the two: then it was emptied behind our back, and the seal tells.
    fn into_field(self) -> Option<FieldValue> {
        let Self { field, level, key_id, ciphertext, clear, sort_text, sort_number, .. } = self;
        let value = match (key_id, ciphertext, clear) {
            (Some(key_id), Some(ciphertext), _) => Stored::Sealed { key_id, ciphertext },
            (_, _, Some(value)) => {
                Stored::Clear { value, sort: sort_text.map(SortKey::Text).or(sort_number.map(SortKey::Number)) }
            }
            (_, _, None) => return None,
        };
        Some(FieldValue { field, level, value })
    }
}
