//! A record as it is kept: each value sealed at its place, findable by blind index, the whole under a row seal.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, NaiveDate, Utc};
use definition::{
    id::{FieldName, Login},
    level::Level,
    model::{Field, FieldKind, FieldValues, Form, SearchKind},
    value::Value,
};
use rust_decimal::{Decimal, prelude::ToPrimitive};
use store::{Blind, BlindKind, FieldValue, Json, Record, RecordRow, RecordWrite, SortKey, Stored};
use uuid::Uuid;
use vault::{
    Binding, BlindIndex, Cell, Column, DataKey, IndexKey, Payload, Row, RowSeal, SealKey, Sealed, Search, Spelling,
};
use zeroize::Zeroizing;

use super::level_number;
use crate::{
    application::Application,
    error::{Error, Outcome},
};

/// The names from which owners are called in row seals.
const OWNERS: Uuid = Uuid::from_u128(0x6368_616e_6365_7279_6f77_6e65_7200_0001);

/// How many units a number kept in clear is compared in: four decimal places, like the hundredths of money.
const NUMBER_UNITS: i64 = 10_000;

/// The minor units of money.
const MONEY_UNITS: i64 = 100;

/// A record whose seal held, with the values that were asked for.
pub struct Opened {
    pub row: RecordRow,
    pub values: FieldValues,
    /// At which level each value was kept, also of those that were not opened.
    pub levels: BTreeMap<FieldName, Level>,
}

/// A record that must not be shown as good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unopened {
    /// It is not as the application wrote it.
    Tampered(Uuid),
    /// Its keys are gone.
    Erased(Uuid),
}

impl Unopened {
    /// Which record.
    pub const fn record(self) -> Uuid {
        match self {
            Self::Tampered(id) | Self::Erased(id) => id,
        }
    }
}

impl From<Unopened> for Error {
    fn from(unopened: Unopened) -> Self {
        match unopened {
            Unopened::Tampered(_) => Self::Damaged("a record that was changed behind the application's back"),
            Unopened::Erased(_) => Self::Erased,
        }
    }
}

impl Opened {
    /// Whose it is.
    pub fn owner(&self) -> Option<Login> {
        self.row.owner.as_deref().map(Login::from)
    }
}

/// What records are sealed with.
pub struct Sealing<'a> {
    pub form: &'a Form,
    workspace: &'a str,
    seal: Arc<SealKey>,
    index: Arc<IndexKey>,
    keys: BTreeMap<(Uuid, Level), Arc<DataKey>>,
}

/// A record to be sealed.
pub struct Draft {
    pub id: Uuid,
    pub created_at: DateTime<Utc>,
    pub updated_at: DateTime<Utc>,
    pub revision: i64,
    pub values: FieldValues,
}

impl Application {
    /// Prepares to seal records: their keys are made at once if they are missing.
    pub(super) async fn sealing<'a>(&'a self, form: &'a Form, drafts: &[Draft]) -> Outcome<Sealing<'a>> {
        let register = form.id.as_str();
        let wanted: Vec<(Uuid, Level)> = drafts
            .iter()
            .flat_map(|draft| levels_of(form, &draft.values).into_iter().map(|level| (draft.id, level)))
            .collect();
        Ok(Sealing {
            form,
            workspace: self.keys.workspace(),
            seal: self.keys.seal_key(&self.store, register).await?,
            index: self.keys.index_key(&self.store, register).await?,
            keys: self.keys.data_keys(&self.store, &wanted, register).await?,
        })
    }

    /// Opens the fields that are wanted of records whose seals hold.
    pub(crate) async fn open_records(
        &self,
        form: &Form,
        records: Vec<Record>,
        wanted: impl Fn(&str) -> bool + Send,
    ) -> Outcome<Vec<Result<Opened, Unopened>>> {
        let seal = self.keys.seal_key(&self.store, form.id.as_str()).await?;
        let sealed_under = |value: &FieldValue| match &value.value {
            Stored::Sealed { key_id, .. } if wanted(&value.field) => Some(*key_id),
            Stored::Sealed { .. } | Stored::Clear { .. } => None,
        };
        let ids: Vec<Uuid> = records.iter().flat_map(|record| record.values.iter().filter_map(sealed_under)).collect();
        let keys = self.keys.opened_many(&self.store, &ids).await?;
        let opening = Opening { form, workspace: self.keys.workspace(), seal: &seal, keys: &keys };
        let opened = records.into_iter().map(|record| opening.open(record, &wanted));
        Ok(opened.inspect(|result| tell(form, result)).collect())
    }

    /// One record with all its values, if it is there and its seal holds.
    pub(crate) async fn open_record(&self, form: &Form, id: Uuid) -> Outcome<Option<Opened>> {
        let Some(record) = self.store.record(id).await?.filter(|one| one.row.register == form.id.as_str()) else {
            return Ok(None);
        };
        let mut opened = self.open_records(form, vec![record], |_| true).await?;
        Ok(opened.pop().transpose()?)
    }
}

fn tell(form: &Form, result: &Result<Opened, Unopened>) {
    match result {
        Ok(_) => {}
        Err(Unopened::Tampered(id)) => {
            tracing::error!(register = %form.id, record.id = %id, "A record was changed behind the application's back");
        }
        Err(Unopened::Erased(id)) => {
            tracing::warn!(register = %form.id, record.id = %id, "The keys of a record are gone");
        }
    }
}

struct Opening<'a> {
    form: &'a Form,
    workspace: &'a str,
    seal: &'a SealKey,
    keys: &'a BTreeMap<Uuid, Arc<DataKey>>,
}

impl Opening<'_> {
    fn open(&self, record: Record, wanted: &impl Fn(&str) -> bool) -> Result<Opened, Unopened> {
        let id = record.row.id;
        let tampered = Unopened::Tampered(id);
        let seal = RowSeal::from_bytes(&record.row.seal).map_err(|_| tampered)?;
        let kept = kept_bytes(&record.values);
        let cells = cells(&record.values, &kept);
        let row = sealed_row(self.workspace, self.form, &record.row, &cells).ok_or(tampered)?;
        self.seal.verify(&row, &seal).map_err(|_| tampered)?;
        let (mut values, mut levels) = (FieldValues::new(), BTreeMap::new());
        for value in &record.values {
            let level = read_level(value.level).ok_or(tampered)?;
            let name = FieldName::from(value.field.as_str());
            if wanted(&value.field) {
                values.insert(name.clone(), self.value(id, level, value)?);
            }
            levels.insert(name, level);
        }
        Ok(Opened { row: record.row, values, levels })
    }

    fn value(&self, id: Uuid, level: Level, value: &FieldValue) -> Result<Value, Unopened> {
        let tampered = Unopened::Tampered(id);
        match &value.value {
            Stored::Clear { value, .. } => value.read().map_err(|_| tampered),
            Stored::Sealed { key_id, ciphertext } => {
                let key = self.keys.get(key_id).ok_or(Unopened::Erased(id))?;
                let binding = binding((self.workspace, self.form), id, &value.field, level);
                let sealed = Sealed::from_bytes(ciphertext.clone()).map_err(|_| tampered)?;
                let plaintext = key.open(&binding, &sealed).map_err(|_| tampered)?;
                serde_json::from_slice(&plaintext).map_err(|_| tampered)
            }
        }
    }
}

impl Sealing<'_> {
    /// A record ready to be written.
    pub fn seal(&self, draft: &Draft) -> Outcome<RecordWrite> {
        let mut values = Vec::with_capacity(draft.values.len());
        let (mut blinds, mut unique) = (Vec::new(), Vec::new());
        let register = self.form.register().ok_or(Error::Damaged("a form that is no register"))?;
        for field in &self.form.fields {
            let Some(value) = draft.values.get(&field.name).filter(|value| **value != Value::Empty) else { continue };
            values.push(self.value(draft.id, field, value)?);
            let is_unique = register.unique.contains(&field.name);
            for kind in search_kinds(field, is_unique) {
                let found_by = self.blinds(field, kind, value);
                if is_unique && kind == SearchKind::Exact {
                    unique.extend(found_by.iter().cloned());
                }
                blinds.extend(found_by);
            }
        }
        // The order in which the store gives them back.
        values.sort_by(|left, right| left.field.cmp(&right.field));
        let mut row = RecordRow {
            id: draft.id,
            register: self.form.id.to_string(),
            owner: owner_of(self.form, &draft.values).map(ToString::to_string),
            created_at: draft.created_at,
            updated_at: draft.updated_at,
            revision: draft.revision,
            seal: Vec::new(),
        };
        let kept = kept_bytes(&values);
        let cells = cells(&values, &kept);
        let sealed = sealed_row(self.workspace, self.form, &row, &cells).ok_or(Error::Damaged("a revision"))?;
        row.seal = self.seal.seal(&sealed).as_bytes().to_vec();
        Ok(RecordWrite { record: Record { row, values }, blinds, unique })
    }

    fn value(&self, id: Uuid, field: &Field, value: &Value) -> Outcome<FieldValue> {
        let level = field.sensitivity;
        let stored = if level == Level::L0 {
            let json = Json::of(value).map_err(|_| Error::Damaged("a value"))?;
            Stored::Clear { value: json, sort: sort_key(&field.kind, value) }
        } else {
            let key = self.keys.get(&(id, level)).ok_or(Error::Damaged("a key that was not made"))?;
            let plaintext = Zeroizing::new(serde_json::to_vec(value).map_err(|_| Error::Damaged("a value"))?);
            let binding = binding((self.workspace, self.form), id, field.name.as_str(), level);
            let sealed = key.seal(&binding, &plaintext, &mut rand::fill)?;
            Stored::Sealed { key_id: key.id().0, ciphertext: sealed.into_bytes() }
        };
        Ok(FieldValue { field: field.name.to_string(), level: stored_level(level), value: stored })
    }

    fn blinds(&self, field: &Field, kind: SearchKind, value: &Value) -> Vec<Blind> {
        let Some(text) = searched_text(value) else { return Vec::new() };
        let (search, stored) = kinds(kind);
        let entries = self.index.entries(&column(self.form, field), search, &text);
        entries.iter().map(|one| blind(field, stored, one)).collect()
    }
}

/// The ways to find a field by: those it declares, and the whole value if no two records may share it.
fn search_kinds(field: &Field, is_unique: bool) -> impl Iterator<Item = SearchKind> {
    let declared = field.search.iter().copied();
    declared.chain((is_unique && !field.search.contains(&SearchKind::Exact)).then_some(SearchKind::Exact))
}

/// The words for a way to search: the vault's and the store's.
pub const fn kinds(kind: SearchKind) -> (Search, BlindKind) {
    match kind {
        SearchKind::Exact => (Search::Exact, BlindKind::Exact),
        SearchKind::Last4 => (Search::Last4, BlindKind::Last4),
        SearchKind::Prefix => (Search::Prefix, BlindKind::Prefix),
    }
}

/// A blind index as the store keeps it.
pub fn blind(field: &Field, kind: BlindKind, index: &BlindIndex) -> Blind {
    Blind { field: field.name.to_string(), kind, blind: index.as_bytes().to_vec() }
}

/// What a field's blind indexes are made for.
pub fn column<'a>(form: &'a Form, field: &'a Field) -> Column<'a> {
    let spelling = match field.kind {
        FieldKind::Mobile => Spelling::Mobile,
        FieldKind::CnResidentId | FieldKind::BankCard => Spelling::Identifier,
        FieldKind::Text
        | FieldKind::Multiline
        | FieldKind::Number
        | FieldKind::Money
        | FieldKind::YesNo
        | FieldKind::Choice(_)
        | FieldKind::Date
        | FieldKind::Person
        | FieldKind::Table(_)
        | FieldKind::Records(_)
        | FieldKind::RegisterFields(_) => Spelling::Text,
    };
    Column { register: form.id.as_str(), field: field.name.as_str(), spelling }
}

/// The text by which a value is found; rows and sets have none.
fn searched_text(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => Some(text.clone()),
        Value::Number(number) => Some(number.normalize().to_string()),
        Value::Date(day) => Some(day.to_string()),
        Value::Person(login) => Some(login.to_string()),
        Value::Empty
        | Value::Bool(_)
        | Value::Moment(_)
        | Value::Level(_)
        | Value::Department(_)
        | Value::Records(_)
        | Value::Picks(_)
        | Value::List(_)
        | Value::Map(_) => None,
    }
}

/// What a value in clear is filtered by.
fn sort_key(kind: &FieldKind, value: &Value) -> Option<SortKey> {
    match (kind, value) {
        (FieldKind::Multiline, _) => None,
        (_, Value::Text(text)) => Some(SortKey::Text(text.clone())),
        (_, Value::Person(login)) => Some(SortKey::Text(login.to_string())),
        (_, Value::Bool(answer)) => Some(SortKey::Text(answer.to_string())),
        (_, Value::Date(day)) => Some(SortKey::Number(days(*day))),
        (FieldKind::Money, Value::Number(number)) => units(*number, MONEY_UNITS).map(SortKey::Number),
        (_, Value::Number(number)) => units(*number, NUMBER_UNITS).map(SortKey::Number),
        (_, _) => None,
    }
}

/// A number in the units in which it is compared; nothing if it is too large for that.
pub fn number_units(kind: &FieldKind, number: Decimal) -> Option<i64> {
    units(number, if matches!(kind, FieldKind::Money) { MONEY_UNITS } else { NUMBER_UNITS })
}

fn units(number: Decimal, units: i64) -> Option<i64> {
    number.checked_mul(Decimal::from(units))?.floor().to_i64()
}

/// A day as it is compared: days since 1970.
pub fn days(day: NaiveDate) -> i64 {
    i64::from(day.to_epoch_days())
}

/// The person whose record these values make it.
pub fn owner_of<'a>(form: &Form, values: &'a FieldValues) -> Option<&'a Login> {
    let field = form.register()?.owner.as_ref()?;
    if let Value::Person(login) = values.get(field)? { Some(login) } else { None }
}

fn levels_of(form: &Form, values: &FieldValues) -> Vec<Level> {
    let mut levels: Vec<Level> =
        form.fields.iter().filter(|field| values.contains_key(&field.name)).map(|field| field.sensitivity).collect();
    levels.retain(|level| *level > Level::L0);
    levels.sort_unstable();
    levels.dedup();
    levels
}

fn binding<'a>((workspace, form): (&'a str, &'a Form), record: Uuid, field: &'a str, level: Level) -> Binding<'a> {
    let payload = Payload::Value;
    Binding { workspace, payload, form: form.id.as_str(), record, field, level: level_number(level) }
}

/// What the row seal covers of each value: the ciphertext; of a value in clear also what it is filtered by.
fn kept_bytes(values: &[FieldValue]) -> Vec<Vec<u8>> {
    let bytes = |value: &FieldValue| match &value.value {
        Stored::Sealed { ciphertext, .. } => ciphertext.clone(),
        Stored::Clear { value, sort } => {
            let sort = match sort {
                None => String::new(),
                Some(SortKey::Text(text)) => format!("t{text}"),
                Some(SortKey::Number(number)) => format!("n{number}"),
            };
            [value.as_str().as_bytes(), &[0], sort.as_bytes()].concat()
        }
    };
    values.iter().map(bytes).collect()
}

fn cells<'a>(values: &'a [FieldValue], kept: &'a [Vec<u8>]) -> Vec<Cell<'a>> {
    let cell = |(value, stored): (&'a FieldValue, &'a Vec<u8>)| Cell {
        field: &value.field,
        // A level beyond any that there is breaks the seal, as it should.
        level: u8::try_from(value.level).unwrap_or(u8::MAX),
        stored,
    };
    values.iter().zip(kept).map(cell).collect()
}

fn sealed_row<'a>(workspace: &'a str, form: &'a Form, row: &RecordRow, cells: &'a [Cell<'a>]) -> Option<Row<'a>> {
    Some(Row {
        workspace,
        form: form.id.as_str(),
        record: row.id,
        revision: u64::try_from(row.revision).ok()?,
        owner: row.owner.as_ref().map(|owner| Uuid::new_v5(&OWNERS, owner.as_bytes())),
        cells,
    })
}

fn stored_level(level: Level) -> i64 {
    i64::try_from(level.index()).unwrap_or_default()
}

fn read_level(level: i64) -> Option<Level> {
    usize::try_from(level).ok().and_then(|level| Level::ALL.get(level).copied())
}
