//! The audit log: an entry commits with what it describes.
//!
//! Entries go in without a number; a sequencer will number them later.

use chrono::{DateTime, Utc};
use sea_orm::Value;
use uuid::Uuid;

use crate::{
    commit::IdempotencyRow,
    error::Error,
    page::{Cursor, Page, fetch_limit},
    row::{self, Bind, Digest, Json, rows, values},
    store::{Store, WriteTx},
};

rows! {
    /// Who did or saw what.
    pub struct AuditRow in "audit_entry" {
        /// Its id, of version 7.
        pub id: Uuid,
        /// Its number in the log; nothing until it is sequenced.
        pub number: Option<i64>,
        /// When.
        pub at: DateTime<Utc>,
        /// Who; nobody when the system itself acted.
        pub actor: Option<String>,
        /// For whom, when somebody acts in another's place.
        pub on_behalf_of: Option<String>,
        /// What kind of deed.
        pub kind: String,
        /// The case it belongs to.
        pub case_id: Option<Uuid>,
        /// The register it concerns.
        pub register: Option<String>,
        /// How many records it concerns.
        pub record_count: i64,
        /// From which network address.
        pub from_address: Option<String>,
        /// The digest of what was done or shown.
        pub digest: Option<Digest>,
        /// The data key of the reason.
        pub reason_key: Option<Uuid>,
        /// The reason given, encrypted.
        pub reason_ciphertext: Option<Vec<u8>>,
        /// Further facts, e.g. names of fields. No personal values.
        pub body: Json,
    }

    pub(crate) struct SubjectRow in "audit_subject" {
        pub register: String,
        pub record_id: Uuid,
        pub entry_id: Uuid,
    }
}

/// An entry, and the records it is found by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditWrite {
    /// The entry.
    pub entry: AuditRow,
    /// The records that were shown or changed, all of `entry.register`.
    pub records: Vec<Uuid>,
    /// What the request is answered, if it carried an idempotency key: kept with what it did, or neither is.
    pub answer: Option<IdempotencyRow>,
}

/// Which entries to show. Nothing set: all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Those of this person.
    pub actor: Option<String>,
    /// Those of this kind.
    pub kind: Option<String>,
    /// Those of this case.
    pub case: Option<Uuid>,
    /// Those that concern this record.
    pub record: Option<Uuid>,
    /// Those of this register.
    pub register: Option<String>,
    /// Not before this moment.
    pub from: Option<DateTime<Utc>>,
    /// Before this moment.
    pub until: Option<DateTime<Utc>>,
}

/// How large a person's requests of a kind usually are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UsualSize {
    /// How many there were.
    pub count: i64,
    /// The middle one; of an even number, the lower of the two.
    pub median: i64,
    /// The largest.
    pub max: i64,
}

impl AuditWrite {
    /// An entry about no record.
    pub fn about_nothing(entry: AuditRow) -> Self {
        Self { entry, records: Vec::new(), answer: None }
    }

    pub(crate) fn subjects(&self) -> impl Iterator<Item = SubjectRow> {
        let register = self.entry.register.as_deref().unwrap_or_default();
        self.records.iter().map(move |record| SubjectRow {
            register: register.to_owned(),
            record_id: *record,
            entry_id: self.entry.id,
        })
    }
}

impl WriteTx {
    /// Puts entries in. Every write of the store goes through here before it commits.
    pub(crate) async fn audit(&self, audit: &[AuditWrite]) -> Result<(), Error> {
        row::insert(self.tx(), audit.iter().map(|one| &one.entry), "").await?;
        let subjects: Vec<_> = audit.iter().flat_map(AuditWrite::subjects).collect();
        row::insert(self.tx(), &subjects, "ON CONFLICT DO NOTHING").await?;
        self.remember(audit.iter().filter_map(|one| one.answer.as_ref())).await
    }

    /// Keeps answers to requests with a key. One that was answered before is refused, and all that came with it.
    pub(crate) async fn remember(&self, answers: impl IntoIterator<Item = &IdempotencyRow>) -> Result<(), Error> {
        match row::insert(self.tx(), answers, "").await {
            Err(error) if error.is_duplicate() => Err(Error::Repeated),
            result => result,
        }
    }
}

impl Store {
    /// Records that something was seen; what is only read has no other write to ride on.
    pub async fn audit_put(&self, audit: &[AuditWrite]) -> Result<(), Error> {
        let tx = self.begin_write().await?;
        tx.audit(audit).await?;
        tx.commit().await
    }

    /// A page of the log, latest first.
    pub async fn audit_page(
        &self,
        filter: &AuditFilter,
        after: Option<Cursor>,
        limit: u64,
    ) -> Result<Page<AuditRow>, Error> {
        let from = after.unwrap_or(Cursor::LAST);
        let mut values = values![from.key, from.id];
        let mut rest = "FROM audit_entry a WHERE (a.at, a.id) < ($1, $2)".to_owned();
        let mut and = |condition: &str, value: Option<Value>| {
            if let Some(value) = value {
                values.push(value);
                rest.push_str(" AND ");
                rest.push_str(&condition.replace('?', &format!("${}", values.len())));
            }
        };
        and("a.actor = ?", filter.actor.as_ref().map(Bind::bound));
        and("a.kind = ?", filter.kind.as_ref().map(Bind::bound));
        and("a.case_id = ?", filter.case.as_ref().map(Bind::bound));
        and("a.register = ?", filter.register.as_ref().map(Bind::bound));
        and("a.at >= ?", filter.from.as_ref().map(Bind::bound));
        and("a.at < ?", filter.until.as_ref().map(Bind::bound));
        and(
            "a.id IN (SELECT s.entry_id FROM audit_subject s WHERE s.record_id = ?)",
            filter.record.as_ref().map(Bind::bound),
        );
        values.push(fetch_limit(limit).bound());
        let rest = format!("{rest} ORDER BY a.at DESC, a.id DESC LIMIT ${}", values.len());
        let rows = row::all(self.read(), row::select::<AuditRow>("a", &rest), values).await?;
        Ok(Page::cut(rows, limit, |entry: &AuditRow| Cursor { key: entry.at.timestamp_micros(), id: entry.id }))
    }

    /// The records an entry concerns, as many as a page shows.
    pub async fn audit_records(&self, entry: Uuid, limit: u64) -> Result<Vec<Uuid>, Error> {
        let sql = "SELECT record_id FROM audit_subject WHERE entry_id = $1 ORDER BY record_id LIMIT $2";
        row::column(self.read(), sql, values![entry, fetch_limit(limit) - 1]).await
    }

    /// How large a person's deeds of a kind were since a moment: an approver sees what is unusual.
    pub async fn usual_size(&self, person: &str, kind: &str, since: DateTime<Utc>) -> Result<UsualSize, Error> {
        self.usual_size_beside(Uuid::nil(), (person, kind), since).await
    }

    /// The same of all their cases but one: what that one is compared with.
    pub async fn usual_size_beside(
        &self,
        case: Uuid,
        (person, kind): (&str, &str),
        since: DateTime<Utc>,
    ) -> Result<UsualSize, Error> {
        let mine =
            "FROM audit_entry WHERE actor = $1 AND kind = $2 AND at >= $3 AND (case_id IS NULL OR case_id <> $4)";
        let values = || values![person, kind, since, case];
        let count: i64 = row::cell(self.read(), format!("SELECT COUNT(*) {mine}"), values()).await?.unwrap_or(0);
        if count == 0 {
            return Ok(UsualSize::default());
        }
        let nth = format!("SELECT record_count {mine} ORDER BY record_count LIMIT 1 OFFSET $5");
        let nth = async |offset: i64| {
            let mut values = values();
            values.push(offset.bound());
            row::cell::<i64>(self.read(), nth.clone(), values).await
        };
        let median = nth((count - 1) / 2).await?.unwrap_or(0);
        let max = nth(count - 1).await?.unwrap_or(0);
        Ok(UsualSize { count, median, max })
    }
}
