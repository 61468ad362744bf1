//! Sets of records fixed at a submission: what was approved is what is executed.

use definition::{
    id::{FieldName, FormId},
    model::RegisterRight,
    value::{self, Chosen, Value},
};
use store::{Condition, RecordFilter};
use uuid::Uuid;
use vault::{Digest, Digester};

use super::{
    RECORDS_COUNTED_MAX, RecordsPage, RegisterFor, Selection,
    choosing::chosen,
    known,
    reading::{Counted, PageAsked},
    refused,
};
use crate::{application::Application, audit::Entry, error::Outcome, viewer::Viewer};
use definition::form_values::FieldProblem;

/// The most records of one set.
pub const RECORDS_FROZEN_MAX: usize = 1_000_000;

/// How many records a request shows as a sample of those it is about.
const SAMPLE: u64 = 20;

/// Records fixed as they were at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frozen {
    /// Their register.
    pub register: FormId,
    /// They, ascending.
    pub ids: Vec<Uuid>,
    /// Names exactly them.
    pub digest: Digest,
    /// How they were chosen.
    pub chosen: Chosen,
}

/// Digests a set of records as its ids come.
pub struct SetDigester {
    digester: Digester,
}

impl SetDigester {
    /// Begins a set of so many records.
    pub fn new(register: &FormId, count: usize) -> Self {
        let mut digester = Digester::new("chancery.records.v1");
        digester.text(register.as_str()).list(count);
        Self { digester }
    }

    /// Adds the next records, in ascending order.
    pub fn add(&mut self, ids: &[Uuid]) {
        for id in ids {
            self.digester.bytes(id.as_bytes());
        }
    }

    /// The digest of the set.
    pub fn finish(&self) -> Digest {
        self.digester.finish()
    }
}

impl Frozen {
    /// Fixes these records.
    pub(crate) fn new(register: FormId, mut ids: Vec<Uuid>, chosen: Chosen) -> Self {
        ids.sort_unstable();
        ids.dedup();
        let mut digester = SetDigester::new(&register, ids.len());
        digester.add(&ids);
        Self { register, digest: digester.finish(), ids, chosen }
    }

    /// The set as a request's field holds it.
    pub fn value(&self) -> Value {
        Value::Records(value::RecordSet {
            register: self.register.clone(),
            count: self.ids.len() as u64,
            digest: self.digest.to_string(),
            chosen: Some(self.chosen.clone()),
        })
    }

    /// The set as the store keeps it.
    pub fn into_set(self) -> store::RecordSet {
        store::RecordSet { digest: self.digest, register: self.register.to_string(), ids: self.ids }
    }
}

/// Names the protected values that are sought by their blind indexes, which tell nothing without their key.
pub(super) fn sought(filter: &RecordFilter) -> Option<Digest> {
    let mut digester = Digester::new("chancery.sought.v1");
    let mut any = false;
    for condition in &filter.conditions {
        if let Condition::Blind(blind) = condition {
            any = true;
            digester.text(&blind.field).bytes(&blind.blind);
        }
    }
    any.then(|| digester.finish())
}

impl Application {
    /// Fixes the records that a selection means now, as far as the viewer may ask for their export.
    pub async fn freeze(&self, viewer: &Viewer, register: &FormId, selection: &Selection) -> Outcome<Frozen> {
        let (of, filter) = self.exportable(viewer, register, selection).await?;
        let ids = self.store.record_ids(&filter, RECORDS_FROZEN_MAX).await?;
        self.note_sought(&of, &filter, ids.len()).await?;
        let complaint = match selection {
            _ if ids.len() > RECORDS_FROZEN_MAX => {
                known("selection-too-many", [("limit", RECORDS_FROZEN_MAX.to_string())])
            }
            // Silently exporting fewer than were chosen would not be what was asked for.
            Selection::Ids(chosen) if chosen.len() != ids.len() => known("selection-gone", []),
            Selection::Ids(_) | Selection::Where(_) => {
                return Ok(Frozen::new(register.clone(), ids, chosen(&of.form, selection)));
            }
        };
        Err(refused(FieldProblem { field: FieldName::from("records"), cell: None, complaint }))
    }

    /// How many records a selection means now, counted up to a limit.
    pub async fn count_selection(&self, viewer: &Viewer, register: &FormId, selection: &Selection) -> Outcome<Counted> {
        let (of, filter) = self.exportable(viewer, register, selection).await?;
        let counted = self.counted(&filter).await?;
        self.note_sought(&of, &filter, usize::try_from(counted.count).unwrap_or(usize::MAX)).await?;
        Ok(counted)
    }

    /// The first of the records that a selection means now, as the viewer may see them.
    pub async fn sample_selection(
        &self,
        viewer: &Viewer,
        register: &FormId,
        selection: &Selection,
    ) -> Outcome<RecordsPage> {
        let (of, filter) = self.exportable(viewer, register, selection).await?;
        self.page_of(&of, &filter, PageAsked { after: None, limit: SAMPLE }).await
    }

    /// Records that protected values were sought: how many records hold one tells about them, even if none is shown.
    async fn note_sought(&self, of: &RegisterFor<'_>, filter: &RecordFilter, found: usize) -> Outcome<()> {
        let Some(digest) = sought(filter) else { return Ok(()) };
        let entry = Entry::of_viewer(of.viewer, self.clock.now()).of("records_searched");
        Ok(self.store.audit_put(&[entry.on(&of.form.id).counting(found).digest(digest).write()]).await?)
    }

    async fn exportable<'a>(
        &self,
        viewer: &'a Viewer,
        register: &FormId,
        selection: &Selection,
    ) -> Outcome<(RegisterFor<'a>, RecordFilter)> {
        let of = self.register_for(viewer, register, RegisterRight::RequestExport)?;
        let scope = self.stored_scope(viewer, &of.form, RegisterRight::RequestExport);
        let mut filter = RecordFilter::all(register.as_str(), scope);
        filter.conditions = self.conditions(&of, selection).await?;
        Ok((of, filter))
    }

    /// Counts up to a limit.
    pub(super) async fn counted(&self, filter: &RecordFilter) -> Outcome<Counted> {
        let most = i64::try_from(RECORDS_COUNTED_MAX).unwrap_or(i64::MAX);
        let count = self.store.records_count(filter, most.saturating_add(1)).await?;
        Ok(Counted { count: u64::try_from(count.min(most)).unwrap_or_default(), is_more: count > most })
    }
}
