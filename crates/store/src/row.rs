//! A table's row as a struct: its columns are the fields, in the same order.
//!
//! One declaration gives the struct, the column list for a SELECT, and the values for a set-based INSERT. Moments are
//! microseconds since 1970 in UTC, ids are UUIDs (16 bytes on SQLite), so that both databases compare them alike.

use std::{fmt::Write, str::FromStr};

use chrono::{DateTime, Utc};
use sea_orm::{ConnectionTrait, DbErr, QueryResult, Statement, Value};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use uuid::Uuid;
pub(crate) use vault::Digest;

use crate::{dialect::Dialect, error::Error};

/// Values that one INSERT binds at most; both databases take more.
const BINDS_MAX: usize = 8_000;
/// Rows that one INSERT carries at most: a group's usual size.
const ROWS_MAX: usize = 128;
/// From here on the number of rows of a statement is a multiple of this.
const ROWS_STEP: usize = 8;

/// A JSON text as it is stored. Reading it is left to whoever knows the type.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Json(String);

impl Json {
    /// Writes a value down.
    pub fn of(value: &impl Serialize) -> Result<Self, serde_json::Error> {
        serde_json::to_string(value).map(Self)
    }

    /// Reads the value back.
    pub fn read<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_str(&self.0)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for Json {
    fn default() -> Self {
        Self("{}".to_owned())
    }
}

impl From<serde_json::Value> for Json {
    fn from(value: serde_json::Value) -> Self {
        Self(value.to_string())
    }
}

/// A type that fits in one column.
pub(crate) trait Column: Sized {
    fn get(row: &QueryResult, index: usize) -> Result<Self, DbErr>;
    fn value(&self) -> Value;
    /// How the absence of a value is bound.
    fn null() -> Value;
}

/// What can be bound to a placeholder.
pub(crate) trait Bind {
    fn bound(&self) -> Value;
}

impl<C: Column> Bind for C {
    fn bound(&self) -> Value {
        self.value()
    }
}

impl Bind for &str {
    fn bound(&self) -> Value {
        Value::from((*self).to_owned())
    }
}

/// A struct whose fields are a table's columns.
pub(crate) trait Row: Sized {
    const TABLE: &'static str;
    const COLUMNS: &'static [&'static str];
    /// Reads the columns from one index on.
    fn read(row: &QueryResult, from: usize) -> Result<Self, DbErr>;
    fn bind(&self, values: &mut Vec<Value>);
}

macro_rules! columns {
    ($($type:ty: $variant:ident, $stored:ty, $get:expr, $put:expr;)*) => {$(
        impl $crate::row::Column for $type {
            fn get(row: &sea_orm::QueryResult, index: usize) -> Result<Self, sea_orm::DbErr> {
                let get: fn($stored) -> Result<$type, sea_orm::DbErr> = $get;
                get(row.try_get_by::<$stored, _>(index)?)
            }
            fn value(&self) -> sea_orm::Value {
                let put: fn(&$type) -> $stored = $put;
                sea_orm::Value::from(put(self))
            }
            fn null() -> sea_orm::Value {
                sea_orm::Value::$variant(None)
            }
        }
        impl $crate::row::Column for Option<$type> {
            fn get(row: &sea_orm::QueryResult, index: usize) -> Result<Self, sea_orm::DbErr> {
                let get: fn($stored) -> Result<$type, sea_orm::DbErr> = $get;
                row.try_get_by::<Option<$stored>, _>(index)?.map(get).transpose()
            }
            fn value(&self) -> sea_orm::Value {
                self.as_ref().map_or_else(<$type as $crate::row::Column>::null, $crate::row::Column::value)
            }
            fn null() -> sea_orm::Value {
                sea_orm::Value::$variant(None)
            }
        }
    )*};
}
pub(crate) use columns;

columns! {
    i64: BigInt, i64, Ok, |number| *number;
    bool: Bool, bool, Ok, |flag| *flag;
    String: String, String, Ok, Clone::clone;
    Uuid: Uuid, Uuid, Ok, |id| *id;
    Vec<u8>: Bytes, Vec<u8>, Ok, Clone::clone;
    Json: String, String, |text| Ok(Json(text)), |json| json.0.clone();
    Digest: Bytes, Vec<u8>, digest, |digest| digest.as_bytes().to_vec();
    DateTime<Utc>: BigInt, i64, moment, DateTime::timestamp_micros;
}

fn digest(bytes: Vec<u8>) -> Result<Digest, DbErr> {
    bytes.try_into().map(Digest::from_bytes).map_err(|_| DbErr::Type("32 bytes".to_owned()))
}

fn moment(micros: i64) -> Result<DateTime<Utc>, DbErr> {
    DateTime::from_timestamp_micros(micros).ok_or_else(|| DbErr::Type("a moment".to_owned()))
}

/// Declares enums that are stored as their word.
macro_rules! words {
    ($($(#[$doc:meta])* pub enum $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)*
        }
        impl $name {
            /// The word as it is stored.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
        impl std::str::FromStr for $name {
            type Err = $crate::row::UnknownWord;
            fn from_str(word: &str) -> Result<Self, Self::Err> {
                match word { $($word => Ok(Self::$variant),)* _ => Err($crate::row::UnknownWord) }
            }
        }
        $crate::row::columns! {
            $name: String, String, |word| $crate::row::word(&word), |one| one.as_str().to_owned();
        }
    )*};
}
pub(crate) use words;

/// The word is none of those known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an unknown word")]
pub struct UnknownWord;

pub(crate) fn word<T: FromStr>(word: &str) -> Result<T, DbErr> {
    word.parse().map_err(|_| DbErr::Type("a known word".to_owned()))
}

/// Declares row structs.
macro_rules! rows {
    ($($(#[$doc:meta])* $visible:vis struct $name:ident in $table:literal {
        $($(#[$field_doc:meta])* pub $field:ident: $type:ty,)*
    })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        $visible struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }
        impl $crate::row::Row for $name {
            const TABLE: &'static str = $table;
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];
            fn read(row: &sea_orm::QueryResult, from: usize) -> Result<Self, sea_orm::DbErr> {
                let mut index = from..;
                let mut next = || index.next().expect("counts on");
                Ok(Self { $($field: <$type as $crate::row::Column>::get(row, next())?,)* })
            }
            fn bind(&self, values: &mut Vec<sea_orm::Value>) {
                values.extend([$($crate::row::Column::value(&self.$field)),*]);
            }
        }
    )*};
}
pub(crate) use rows;

/// The values of a statement, in order.
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::row::Bind::bound(&$value)),*] };
}
pub(crate) use values;

/// `SELECT` and a row's columns, each under the table's alias, then the rest.
pub(crate) fn select<R: Row>(alias: &str, rest: &str) -> String {
    let mut sql = String::with_capacity(R::COLUMNS.len() * 16 + rest.len());
    sql.push_str("SELECT ");
    push_columns::<R>(&mut sql, alias);
    sql.push(' ');
    sql.push_str(rest);
    sql
}

/// A row's columns, each under an alias.
pub(crate) fn push_columns<R: Row>(sql: &mut String, alias: &str) {
    for (at, column) in R::COLUMNS.iter().enumerate() {
        if at > 0 {
            sql.push_str(", ");
        }
        sql.push_str(alias);
        sql.push('.');
        sql.push_str(column);
    }
}

/// A statement for the database behind a connection.
pub(crate) fn statement(db: &impl ConnectionTrait, sql: impl Into<String>, values: Vec<Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// All rows of a query made by [`select`].
pub(crate) async fn all<R: Row>(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<Vec<R>, Error> {
    let rows = db.query_all_raw(statement(db, sql, values)).await?;
    Ok(rows.iter().map(|row| R::read(row, 0)).collect::<Result<_, _>>()?)
}

/// The first row of a query made by [`select`].
pub(crate) async fn one<R: Row>(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<Option<R>, Error> {
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(row.as_ref().map(|row| R::read(row, 0)).transpose()?)
}

/// The first column of every row.
pub(crate) async fn column<C: Column>(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<Vec<C>, Error> {
    let rows = db.query_all_raw(statement(db, sql, values)).await?;
    Ok(rows.iter().map(|row| C::get(row, 0)).collect::<Result<_, _>>()?)
}

/// The first column of the first row.
pub(crate) async fn cell<C: Column>(
    db: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: Vec<Value>,
) -> Result<Option<C>, Error> {
    let row = db.query_one_raw(statement(db, sql, values)).await?;
    Ok(row.as_ref().map(|row| C::get(row, 0)).transpose()?)
}

/// Runs a statement; how many rows it touched.
pub(crate) async fn run(db: &impl ConnectionTrait, sql: impl Into<String>, values: Vec<Value>) -> Result<u64, Error> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

/// Inserts rows, many in one statement. `suffix` is what follows the values: an ON CONFLICT clause, or nothing.
pub(crate) async fn insert<'a, R: Row + 'a>(
    db: &impl ConnectionTrait,
    rows: impl IntoIterator<Item = &'a R>,
    suffix: &str,
) -> Result<(), Error> {
    let mut values = Vec::new();
    for row in rows {
        row.bind(&mut values);
    }
    insert_values(db, &Target { table: R::TABLE, columns: R::COLUMNS, suffix }, values).await
}

/// Inserts one row; how many rows that changed. With an ON CONFLICT clause it may be none.
pub(crate) async fn insert_counted<R: Row>(db: &impl ConnectionTrait, row: &R, suffix: &str) -> Result<u64, Error> {
    let mut values = Vec::new();
    row.bind(&mut values);
    let target = Target { table: R::TABLE, columns: R::COLUMNS, suffix };
    run(db, target.sql(Dialect::of(db), 1), values).await
}

/// Where values go.
pub(crate) struct Target<'a> {
    pub(crate) table: &'a str,
    pub(crate) columns: &'a [&'a str],
    pub(crate) suffix: &'a str,
}

/// Inserts values, row after row.
pub(crate) async fn insert_values(
    db: &impl ConnectionTrait,
    target: &Target<'_>,
    values: Vec<Value>,
) -> Result<(), Error> {
    for (rows, chunk) in chunks(values, target.columns.len()) {
        run(db, target.sql(Dialect::of(db), rows), chunk).await?;
    }
    Ok(())
}

/// Values cut into chunks of rows. Their numbers are few, so that every statement can stay prepared, and two of them make
/// up any usual number of rows.
pub(crate) fn chunks(values: Vec<Value>, width: usize) -> impl Iterator<Item = (usize, Vec<Value>)> {
    let mut values = values.into_iter();
    std::iter::from_fn(move || {
        let rows = (values.len() / width).min(ROWS_MAX).min(BINDS_MAX / width);
        if rows == 0 {
            return None;
        }
        let rows = if rows < ROWS_STEP { rows } else { rows - rows % ROWS_STEP };
        Some((rows, values.by_ref().take(rows * width).collect()))
    })
}

impl Target<'_> {
    /// An INSERT of some rows.
    pub(crate) fn sql(&self, dialect: Dialect, rows: usize) -> String {
        let width = self.columns.len();
        let mut sql = String::with_capacity(width * (20 + rows * 5) + self.suffix.len());
        sql.push_str("INSERT INTO ");
        sql.push_str(self.table);
        sql.push_str(" (");
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                sql.push_str(", ");
            }
            sql.push_str(column);
        }
        sql.push_str(") ");
        push_tuples(dialect, &mut sql, rows, width);
        sql.push(' ');
        sql.push_str(self.suffix);
        sql
    }
}

/// `VALUES (…), (…)` with placeholders.
pub(crate) fn push_tuples(dialect: Dialect, sql: &mut String, rows: usize, width: usize) {
    sql.push_str("VALUES ");
    for row in 0..rows {
        sql.push_str(if row == 0 { "(" } else { "), (" });
        for column in 0..width {
            if column > 0 {
                sql.push_str(", ");
            }
            dialect.push_placeholder(sql, row * width + column + 1);
        }
    }
    sql.push(')');
}

/// A list of tuples to search for. SQLite finds them by index only behind a SELECT of its own.
pub(crate) fn tuple_list(dialect: Dialect, rows: usize, width: usize) -> String {
    let mut sql = "(SELECT * FROM (".to_owned();
    push_tuples(dialect, &mut sql, rows, width);
    sql.push_str(") AS v)");
    sql
}

/// `$first, $first+1, …`, as many as asked for.
pub(crate) fn placeholders(first: usize, count: usize) -> String {
    let mut sql = String::with_capacity(count * 5);
    for n in first..first + count {
        let comma = if n == first { "" } else { ", " };
        write!(sql, "{comma}${n}").expect("writing to a string does not fail");
    }
    sql
}
