//! Which records: by row rule, by filter, page by page, and frozen as a list of ids.

use chrono::{DateTime, Utc};
use sea_orm::Value;
use uuid::Uuid;

use crate::{
    error::Error,
    page::{Cursor, Page, fetch_limit},
    record::{Blind, RecordRow},
    row::{self, Bind, values},
    store::Store,
};

/// Ids that one query of a long list fetches at a time.
const IDS_AT_ONCE: i64 = 10_000;

/// Which rows a person may see at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowScope {
    /// Every row.
    All,
    /// Those owned by one of these people; of nobody: none.
    OwnedBy(Vec<String>),
}

/// What is asked of each record; all of it must hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Owned by one of these people.
    Owner(Vec<String>),
    /// Entered in a span of time.
    Created(Span<DateTime<Utc>>),
    /// Last changed in a span of time.
    Updated(Span<DateTime<Utc>>),
    /// A field kept in clear is one of these words.
    Text {
        /// The field.
        field: String,
        /// The words.
        one_of: Vec<String>,
    },
    /// A field kept in clear lies in a range.
    Number {
        /// The field.
        field: String,
        /// The range.
        span: Span<i64>,
    },
    /// A field has no value.
    Empty(String),
    /// A blind index is that of the value sought.
    Blind(Blind),
    /// It is one of these.
    Ids(Vec<Uuid>),
}

/// A range; an end that is not set is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span<T> {
    /// From here on.
    pub from: Option<T>,
    /// Up to before here.
    pub until: Option<T>,
}

/// Which records of a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordFilter {
    /// The register.
    pub register: String,
    /// Which rows may be seen at all.
    pub scope: RowScope,
    /// What is asked of them.
    pub conditions: Vec<Condition>,
}

impl RecordFilter {
    /// Every record of a register that may be seen.
    pub fn all(register: &str, scope: RowScope) -> Self {
        Self { register: register.to_owned(), scope, conditions: Vec::new() }
    }
}

impl Store {
    /// A page of records without their values, latest first.
    pub async fn records_page(
        &self,
        filter: &RecordFilter,
        after: Option<Cursor>,
        limit: u64,
    ) -> Result<Page<RecordRow>, Error> {
        let mut query = Where::of(filter);
        query.and("r.id < ?", [after.unwrap_or(Cursor::LAST).id.bound()]);
        let rest = format!("{} ORDER BY r.id DESC LIMIT {}", query.sql(), fetch_limit(limit));
        let rows = row::all(self.read(), row::select::<RecordRow>("r", &rest), query.values).await?;
        Ok(Page::cut(rows, limit, |record: &RecordRow| Cursor { key: 0, id: record.id }))
    }

    /// How many records there are, counted up to a limit: nobody reads the exact size of a million.
    pub async fn records_count(&self, filter: &RecordFilter, at_most: i64) -> Result<i64, Error> {
        let query = Where::of(filter);
        let sql = format!("SELECT COUNT(*) FROM (SELECT r.id {} LIMIT {at_most}) counted", query.sql());
        Ok(row::cell(self.read(), sql, query.values).await?.unwrap_or(0))
    }

    /// The ids of all records that match, ascending: what a submission freezes. More than `at_most`: one more is
    /// returned than that, so that the caller can tell.
    pub async fn record_ids(&self, filter: &RecordFilter, at_most: usize) -> Result<Vec<Uuid>, Error> {
        let mut ids: Vec<Uuid> = Vec::new();
        while ids.len() <= at_most {
            let mut query = Where::of(filter);
            query.and("r.id > ?", [ids.last().copied().unwrap_or_default().bound()]);
            let sql = format!("SELECT r.id {} ORDER BY r.id LIMIT {IDS_AT_ONCE}", query.sql());
            let some: Vec<Uuid> = row::column(self.read(), sql, query.values).await?;
            let last = some.len() < usize::try_from(IDS_AT_ONCE).expect("a constant that fits");
            ids.extend(some);
            if last {
                break;
            }
        }
        ids.truncate(at_most + 1);
        Ok(ids)
    }

    /// The records of a register that have one of these blind indexes.
    pub async fn records_by_blind(&self, register: &str, blind: &Blind, limit: u64) -> Result<Vec<Uuid>, Error> {
        let sql = "SELECT record_id FROM record_index \
                   WHERE register = $1 AND field = $2 AND kind = $3 AND blind = $4 ORDER BY record_id LIMIT $5";
        let values = values![register, blind.field, blind.kind, blind.blind, fetch_limit(limit) - 1];
        row::column(self.read(), sql, values).await
    }
}

/// Which records, as the tables to look in, the conditions, and what is bound in them.
struct Where<'a> {
    register: &'a str,
    /// Blind indexes to begin with: each finds few records, so the register is not read through.
    indexes: usize,
    conditions: String,
    values: Vec<Value>,
}

impl<'a> Where<'a> {
    fn of(filter: &'a RecordFilter) -> Self {
        let mut query = Self {
            register: &filter.register,
            indexes: 0,
            conditions: "r.register = $1".to_owned(),
            values: values![filter.register],
        };
        match &filter.scope {
            RowScope::All => {}
            RowScope::OwnedBy(people) => query.one_of("r.owner", people),
        }
        for condition in &filter.conditions {
            query.condition(condition);
        }
        query
    }

    fn sql(&self) -> String {
        let indexes = (1..=self.indexes).map(|n| format!("record_index i{n}"));
        let tables: Vec<String> = indexes.chain(["record r".to_owned()]).collect();
        format!("FROM {} WHERE {}", tables.join(" CROSS JOIN "), self.conditions)
    }

    fn condition(&mut self, condition: &Condition) {
        const TEXT: &str = "EXISTS (SELECT 1 FROM record_value v WHERE v.record_id = r.id AND v.field = ? AND ";
        match condition {
            Condition::Owner(people) => self.one_of("r.owner", people),
            Condition::Created(span) => self.span("r.created_at", span),
            Condition::Updated(span) => self.span("r.updated_at", span),
            Condition::Ids(ids) => self.one_of("r.id", ids),
            Condition::Text { field, one_of } => {
                let list = vec!["?"; one_of.len()].join(", ");
                let values = std::iter::once(field.bound()).chain(one_of.iter().map(Bind::bound));
                if one_of.is_empty() {
                    self.and("FALSE", []);
                } else {
                    self.and(&format!("{TEXT}v.sort_text IN ({list}))"), values);
                }
            }
            Condition::Number { field, span } => {
                let Span { from, until } = span;
                let (from, until) = (from.unwrap_or(i64::MIN), until.unwrap_or(i64::MAX));
                let values = [field.bound(), from.bound(), until.bound()];
                self.and(&format!("{TEXT}v.sort_number >= ? AND v.sort_number < ?)"), values);
            }
            Condition::Empty(field) => {
                let sql = "NOT EXISTS (SELECT 1 FROM record_value v WHERE v.record_id = r.id AND v.field = ?)";
                self.and(sql, [field.bound()]);
            }
            Condition::Blind(Blind { field, kind, blind }) => {
                self.indexes += 1;
                let sql = "i#.register = ? AND i#.field = ? AND i#.kind = ? AND i#.blind = ? AND i#.record_id = r.id";
                let values = [self.register.bound(), field.bound(), kind.bound(), blind.bound()];
                self.and(&sql.replace('#', &self.indexes.to_string()), values);
            }
        }
    }

    fn span<T: Bind>(&mut self, column: &str, span: &Span<T>) {
        if let Some(from) = &span.from {
            self.and(&format!("{column} >= ?"), [from.bound()]);
        }
        if let Some(until) = &span.until {
            self.and(&format!("{column} < ?"), [until.bound()]);
        }
    }

    fn one_of<T: Bind>(&mut self, column: &str, values: &[T]) {
        if values.is_empty() {
            self.and("FALSE", []);
        } else {
            // One value is compared: only then does SQLite find the page in the order of an index.
            let list = if values.len() == 1 {
                "= ?".to_owned()
            } else {
                format!("IN ({})", vec!["?"; values.len()].join(", "))
            };
            self.and(&format!("{column} {list}"), values.iter().map(Bind::bound));
        }
    }

    /// Adds a condition; each `?` in it becomes the number of its value.
    fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.conditions.push_str(" AND ");
        let mut number = self.values.len();
        for (at, part) in condition.split('?').enumerate() {
            if at > 0 {
                number += 1;
                self.conditions.push('$');
                self.conditions.push_str(&number.to_string());
            }
            self.conditions.push_str(part);
        }
        self.values.extend(values);
    }
}
