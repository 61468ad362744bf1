//! What is recorded of a deed: who, for whom, when, from where, which case, a digest of what. Never a value.

use chrono::{DateTime, Utc};
use definition::id::{FormId, Login};
use engine::CaseId;
use serde::Serialize;
use store::{AuditRow, AuditWrite, IdempotencyRow, Json};
use uuid::Uuid;
use vault::Digest;

use crate::viewer::{Origin, Viewer};

/// An entry being written.
#[derive(Debug, Clone)]
pub struct Entry {
    row: AuditRow,
    records: Vec<Uuid>,
    answer: Option<IdempotencyRow>,
}

impl Entry {
    /// An entry about somebody's deed; nobody if the system itself acted.
    pub fn by(actor: Option<&Login>, origin: &Origin, at: DateTime<Utc>) -> Self {
        let row = AuditRow {
            id: Uuid::now_v7(),
            number: None,
            at,
            actor: actor.map(ToString::to_string),
            on_behalf_of: None,
            kind: String::new(),
            case_id: None,
            register: None,
            record_count: 0,
            from_address: origin.address.map(|address| address.to_string()),
            digest: None,
            reason_key: None,
            reason_ciphertext: None,
            body: Json::default(),
        };
        Self { row, records: Vec::new(), answer: None }
    }

    /// An entry about a viewer's deed.
    pub fn of_viewer(viewer: &Viewer, at: DateTime<Utc>) -> Self {
        Self::by(Some(viewer.login()), &viewer.origin, at)
    }

    /// What kind of deed; a stable word.
    #[must_use]
    pub fn of(mut self, kind: &str) -> Self {
        kind.clone_into(&mut self.row.kind);
        self
    }

    /// Whom it was done for.
    #[must_use]
    pub fn for_person(mut self, login: &Login) -> Self {
        self.row.on_behalf_of = Some(login.to_string());
        self
    }

    /// The case it belongs to.
    #[must_use]
    pub fn in_case(mut self, case: CaseId) -> Self {
        self.row.case_id = Some(case.0);
        self
    }

    /// How many things it concerns, where they are not records to be found by.
    #[must_use]
    pub fn counting(mut self, count: usize) -> Self {
        self.row.record_count = i64::try_from(count).unwrap_or(i64::MAX);
        self
    }

    /// The records it concerns, each of which it is found by.
    #[must_use]
    pub fn about(mut self, register: &FormId, records: Vec<Uuid>) -> Self {
        self.row.register = Some(register.to_string());
        self.row.record_count = i64::try_from(records.len()).unwrap_or(i64::MAX);
        self.records = records;
        self
    }

    /// The register it concerns.
    #[must_use]
    pub fn on(mut self, register: &FormId) -> Self {
        self.row.register = Some(register.to_string());
        self
    }

    /// A digest of what was done or shown.
    #[must_use]
    pub fn digest(mut self, digest: Digest) -> Self {
        self.row.digest = Some(digest);
        self
    }

    /// An encrypted reason.
    #[must_use]
    pub fn reason(mut self, key: Uuid, ciphertext: Vec<u8>) -> Self {
        self.row.reason_key = Some(key);
        self.row.reason_ciphertext = Some(ciphertext);
        self
    }

    /// Further facts that are no personal data: names of fields, a format, a step.
    #[must_use]
    pub fn facts(mut self, facts: &impl Serialize) -> Self {
        if let Ok(body) = Json::of(facts) {
            self.row.body = body;
        }
        self
    }

    /// What the request that it describes is answered, to be kept with it.
    #[must_use]
    pub fn answering(mut self, answer: Option<IdempotencyRow>) -> Self {
        self.answer = answer;
        self
    }

    /// The entry's id.
    pub fn id(&self) -> Uuid {
        self.row.id
    }

    /// What the store writes.
    pub fn write(self) -> AuditWrite {
        AuditWrite { entry: self.row, records: self.records, answer: self.answer }
    }
}
