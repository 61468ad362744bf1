//! Records as one person may see them. Whatever is shown leaves one entry, found by each record that was in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use definition::{
    id::{FieldName, FormId, Login},
    level::Level,
    model::{Field, Form, RegisterRight},
    people::Directory,
    value::{FieldPick, RecordSet},
};
use engine::{Case, CaseId};
use policy::{FieldView, Typed, may_touch};
use serde_json::json;
use store::{AuditFilter, AuditRow, Cursor, Record, RecordFilter};
use uuid::Uuid;
use vault::Digest;

use super::{
    RegisterFor, Selection,
    freezing::sought,
    masking::Looking,
    sealing::{Opened, Unopened},
};
use crate::{
    application::Application,
    audit::Entry,
    cases::{Cell, FieldShown, Participation, SamplePick},
    error::{Error, Outcome, Refusal},
    viewer::Viewer,
};

/// Up to how many records are counted exactly.
pub const RECORDS_COUNTED_MAX: u64 = 100_000;

/// How many entries of its history a record shows.
const HISTORY: u64 = 50;

/// Where in a long list a page begins, and how long it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PageAsked {
    /// After this row.
    pub after: Option<Cursor>,
    /// So many rows at most.
    pub limit: u64,
}

/// How many there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// So many.
    pub count: u64,
    /// Or more.
    pub is_more: bool,
}

/// Some records of a register, latest first.
#[derive(Debug, Clone)]
pub struct RecordsPage {
    /// The register.
    pub form: Arc<Form>,
    /// The records.
    pub rows: Vec<RecordShown>,
    /// Where the next page begins.
    pub next: Option<Cursor>,
    /// How many there are in all.
    pub counted: Counted,
}

/// A record as one person sees it.
#[derive(Debug, Clone)]
pub struct RecordShown {
    /// Its id.
    pub id: Uuid,
    /// What it is called, masked as its fields are.
    pub title: String,
    /// Whose it is.
    pub owner: Option<Login>,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Goes up with each change.
    pub revision: i64,
    /// Its fields in the form's order.
    pub cells: Vec<FieldShown>,
    /// Until when values that the viewer revealed stay in clear.
    pub revealed: BTreeMap<FieldName, DateTime<Utc>>,
    /// It was changed behind the application's back or cannot be opened: nothing of it is shown.
    pub is_damaged: bool,
}

/// One record, with all that its page shows.
#[derive(Debug, Clone)]
pub struct RecordView {
    /// The register.
    pub form: Arc<Form>,
    /// The record.
    pub record: RecordShown,
    /// What the viewer may do with it.
    pub rights: BTreeSet<RegisterRight>,
    /// Until when values that the viewer revealed stay in clear.
    pub revealed: BTreeMap<FieldName, DateTime<Utc>>,
    /// Who saw and changed it, latest first.
    pub history: Vec<HistoryLine>,
    /// Where its earlier history begins.
    pub history_next: Option<Cursor>,
    /// Everybody, to call them by name.
    pub directory: Arc<Directory>,
    /// When it was looked at.
    pub now: DateTime<Utc>,
}

/// Something that was done with a record. Why, and from where, is for the auditor.
#[derive(Debug, Clone)]
pub struct HistoryLine {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody if the system itself acted.
    pub actor: Option<Login>,
    /// What kind of deed.
    pub kind: String,
    /// For which case.
    pub case: Option<CaseId>,
    /// The fields it concerns.
    pub fields: Vec<FieldName>,
}

/// Fields whose values the viewer revealed a moment ago, by record.
type Revealed = BTreeMap<Uuid, BTreeMap<FieldName, DateTime<Utc>>>;

impl Application {
    /// A page of the records that the viewer may see.
    pub async fn records_page(
        &self,
        viewer: &Viewer,
        register: &FormId,
        selection: &Selection,
        page: PageAsked,
    ) -> Outcome<RecordsPage> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let mut filter = self.visible(&of);
        filter.conditions = self.conditions(&of, selection).await?;
        self.page_of(&of, &filter, page).await
    }

    /// How many records of a register the viewer may see.
    pub async fn records_visible(&self, viewer: &Viewer, register: &FormId) -> Outcome<Counted> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        self.counted(&self.visible(&of)).await
    }

    /// One record. To whom it may not be shown it is not there.
    pub async fn record(&self, viewer: &Viewer, register: &FormId, id: Uuid) -> Outcome<RecordView> {
        let of = self.register_for(viewer, register, RegisterRight::View)?;
        let opened = self.visible_record(&of, id).await?;
        let now = self.clock.now();
        let revealed = self.revealed(viewer, now).await?.remove(&id).unwrap_or_default();
        let record = self.shown(&of, &opened, Some(&revealed));
        let facts = json!({ "fields": clear_fields(&of.form, &record) });
        let entry = Entry::of_viewer(viewer, now).of("records_viewed").about(register, vec![id]).facts(&facts);
        self.store.audit_put(&[entry.write()]).await?;
        let asked = AuditFilter { record: Some(id), ..AuditFilter::default() };
        let history = self.store.audit_page(&asked, None, HISTORY).await?;
        let owner = opened.owner();
        let directory = self.directory();
        let mut rights = policy::register_rights(&viewer.person, &of.form);
        rights.retain(|right| may_touch(&directory, &viewer.person, &of.form, (*right, owner.as_ref())));
        Ok(RecordView {
            form: of.form,
            record,
            rights,
            revealed,
            history: history.rows.iter().map(history_line).collect(),
            history_next: history.next,
            directory,
            now,
        })
    }

    /// The picked fields of a request, with the first record's values as the viewer may see them.
    pub(crate) async fn sample_picks(
        &self,
        viewer: &Viewer,
        case: &Case,
        sets: &[RecordSet],
        picks: Vec<FieldPick>,
    ) -> Outcome<Vec<SamplePick>> {
        let participation = self.participation(viewer, case).await?;
        let hidden = |pick| SamplePick { pick, sample: Cell::Hidden };
        if participation == Participation::Duty {
            return Ok(picks.into_iter().map(hidden).collect());
        }
        let Some((form, opened)) = self.first_of(case, sets, &picks).await? else {
            return Ok(picks.into_iter().map(hidden).collect());
        };
        let workspace = self.workspace()?;
        let looking = Looking { viewer, settings: &workspace.settings, may_reveal: false };
        let owner = opened.row.owner.as_deref().map(Login::from);
        let right = (RegisterRight::View, owner.as_ref());
        let may_view = may_touch(&self.directory(), &viewer.person, &form, right);
        let sample = |pick: FieldPick| {
            let shown = |field| guarded(sample(&looking, (field, &pick), &opened), field, may_view);
            let sample = form.field(pick.name.as_str()).map_or(Cell::Hidden, shown);
            SamplePick { pick, sample }
        };
        let samples: Vec<SamplePick> = picks.into_iter().map(sample).collect();
        let clear: Vec<&FieldName> = samples
            .iter()
            .filter(|one| matches!(one.sample, Cell::Clear(_)) && one.pick.level > Level::L0)
            .map(|one| &one.pick.name)
            .collect();
        if !clear.is_empty() {
            let entry = Entry::of_viewer(viewer, self.clock.now()).of("records_viewed").in_case(case.id);
            let entry = entry.about(&form.id, vec![opened.row.id]).facts(&json!({ "fields": clear }));
            self.store.audit_put(&[entry.write()]).await?;
        }
        Ok(samples)
    }

    /// The first record of a request's first set, with the picked fields.
    async fn first_of(
        &self,
        case: &Case,
        sets: &[RecordSet],
        picks: &[FieldPick],
    ) -> Outcome<Option<(Arc<Form>, Opened)>> {
        let Some(set) = sets.first() else { return Ok(None) };
        let digest: Digest = set.digest.parse().map_err(|_| Error::Damaged("the digest of a set"))?;
        let first = self.store.record_set_chunk(case.id.0, digest, 0).await?.and_then(|ids| ids.first().copied());
        let Some(first) = first else { return Ok(None) };
        let (_, form) = self.register(&set.register)?;
        let records = self.store.records_by_ids(&[first]).await?;
        let is_picked = |name: &str| picks.iter().any(|pick| pick.name.as_str() == name);
        let opened = self.open_records(&form, records, is_picked).await?.pop();
        Ok(opened.and_then(Result::ok).map(|opened| (form, opened)))
    }

    /// Every record of a register that the viewer may see.
    pub(super) fn visible(&self, of: &RegisterFor<'_>) -> RecordFilter {
        let scope = self.stored_scope(of.viewer, &of.form, RegisterRight::View);
        RecordFilter::all(of.form.id.as_str(), scope)
    }

    /// A record that the viewer may see.
    pub(super) async fn visible_record(&self, of: &RegisterFor<'_>, id: Uuid) -> Outcome<Opened> {
        let opened = self.open_record(&of.form, id).await?.ok_or(Refusal::NotFound)?;
        let asked = (RegisterRight::View, opened.owner());
        let asked = (asked.0, asked.1.as_ref());
        if may_touch(&self.directory(), &of.viewer.person, &of.form, asked) {
            Ok(opened)
        } else {
            Err(Refusal::NotFound.into())
        }
    }

    pub(super) async fn page_of(
        &self,
        of: &RegisterFor<'_>,
        filter: &RecordFilter,
        asked: PageAsked,
    ) -> Outcome<RecordsPage> {
        let counted = self.counted(filter).await?;
        let page = self.store.records_page(filter, asked.after, asked.limit).await?;
        let ids: Vec<Uuid> = page.rows.iter().map(|row| row.id).collect();
        let rows = self.rows(of, &ids).await?;
        let entry = Entry::of_viewer(of.viewer, self.clock.now());
        let entry = match sought(filter) {
            Some(digest) => entry.of("records_searched").digest(digest),
            None => entry.of("records_viewed"),
        };
        self.note_viewed(of, entry, &rows).await?;
        Ok(RecordsPage { form: Arc::clone(&of.form), rows, next: page.next, counted })
    }

    /// Records as the viewer may see them, in the order of the ids.
    pub(super) async fn rows(&self, of: &RegisterFor<'_>, ids: &[Uuid]) -> Outcome<Vec<RecordShown>> {
        let records = self.store.records_by_ids(ids).await?;
        let rows: BTreeMap<Uuid, Record> =
            records.iter().map(|record| (record.row.id, Record { values: Vec::new(), ..record.clone() })).collect();
        let looking = self.looking(of, None);
        let is_shown = |name: &str| {
            of.form.field(name).is_some_and(|field| looking.view(field, None, Typed::Revealed) != FieldView::Hidden)
        };
        let opened = self.open_records(&of.form, records, is_shown).await?;
        let revealed = self.revealed(of.viewer, self.clock.now()).await?;
        let shown = opened.into_iter().filter_map(|result| match result {
            Ok(opened) => Some(self.shown(of, &opened, revealed.get(&opened.row.id))),
            Err(unopened) => rows.get(&unopened.record()).map(|record| damaged(&of.form, record, unopened)),
        });
        Ok(shown.collect())
    }

    /// Records that the viewer was shown these.
    pub(super) async fn note_viewed(&self, of: &RegisterFor<'_>, entry: Entry, rows: &[RecordShown]) -> Outcome<()> {
        let mut fields: Vec<FieldName> = rows.iter().flat_map(|row| clear_fields(&of.form, row)).collect();
        fields.sort_unstable();
        fields.dedup();
        let entry = entry.about(&of.form.id, rows.iter().map(|row| row.id).collect());
        Ok(self.store.audit_put(&[entry.facts(&json!({ "fields": fields })).write()]).await?)
    }

    fn shown(
        &self,
        of: &RegisterFor<'_>,
        opened: &Opened,
        revealed: Option<&BTreeMap<FieldName, DateTime<Utc>>>,
    ) -> RecordShown {
        let looking = self.looking(of, Some(opened));
        let cell = |field: &Field| {
            let is_revealed = revealed.is_some_and(|fields| fields.contains_key(&field.name));
            let typed = if is_revealed { Typed::Revealed } else { Typed::Elsewhere };
            FieldShown { name: field.name.clone(), cell: looking.cell(field, opened, typed) }
        };
        RecordShown {
            id: opened.row.id,
            title: looking.title(&of.form, opened),
            owner: opened.owner(),
            created_at: opened.row.created_at,
            updated_at: opened.row.updated_at,
            revision: opened.row.revision,
            cells: of.form.fields.iter().map(cell).collect(),
            revealed: revealed.cloned().unwrap_or_default(),
            is_damaged: false,
        }
    }

    /// How the viewer looks at a record.
    pub(super) fn looking<'a>(&self, of: &'a RegisterFor<'_>, record: Option<&Opened>) -> Looking<'a> {
        let owner = record.and_then(Opened::owner);
        let asked = (RegisterRight::Reveal, owner.as_ref());
        let may_reveal = record.is_some() && may_touch(&self.directory(), &of.viewer.person, &of.form, asked);
        Looking { viewer: of.viewer, settings: &of.workspace.settings, may_reveal }
    }

    /// What the viewer revealed and may still see.
    async fn revealed(&self, viewer: &Viewer, now: DateTime<Utc>) -> Outcome<Revealed> {
        let mut revealed = Revealed::new();
        for row in self.store.reveals_of(viewer.login().as_str(), now).await? {
            let fields = revealed.entry(row.record_id).or_default();
            let until = fields.entry(FieldName::from(row.field.as_str())).or_insert(row.expires_at);
            *until = row.expires_at.max(*until);
        }
        Ok(revealed)
    }
}

fn sample(looking: &Looking<'_>, (field, pick): (&Field, &FieldPick), opened: &Opened) -> Cell {
    match looking.cell(field, opened, Typed::Elsewhere) {
        Cell::Clear(value) if pick.masked => Cell::Masked { text: super::masked(field, &value), revealable: false },
        cell @ (Cell::Clear(_) | Cell::Masked { .. } | Cell::Hidden | Cell::Empty) => cell,
    }
}

/// Whoever may not view the record itself sees of it what they would see below every clearance.
fn guarded(cell: Cell, field: &Field, may_view: bool) -> Cell {
    match cell {
        Cell::Clear(value) if !may_view && field.sensitivity > Level::L0 => {
            Cell::Masked { text: super::masked(field, &value), revealable: false }
        }
        cell @ (Cell::Clear(_) | Cell::Masked { .. } | Cell::Hidden | Cell::Empty) => cell,
    }
}

fn damaged(form: &Form, record: &Record, unopened: Unopened) -> RecordShown {
    let hidden = |field: &Field| FieldShown { name: field.name.clone(), cell: Cell::Hidden };
    RecordShown {
        id: unopened.record(),
        title: String::new(),
        owner: None,
        created_at: record.row.created_at,
        updated_at: record.row.updated_at,
        revision: record.row.revision,
        cells: form.fields.iter().map(hidden).collect(),
        revealed: BTreeMap::new(),
        is_damaged: true,
    }
}

/// The protected fields that a viewer saw in clear.
fn clear_fields(form: &Form, record: &RecordShown) -> Vec<FieldName> {
    let is_protected = |name: &FieldName| form.field(name.as_str()).is_some_and(|field| field.sensitivity > Level::L0);
    let clear = record.cells.iter().filter(|shown| matches!(shown.cell, Cell::Clear(_)) && is_protected(&shown.name));
    clear.map(|shown| shown.name.clone()).collect()
}

fn history_line(row: &AuditRow) -> HistoryLine {
    #[derive(serde::Deserialize)]
    struct Facts {
        #[serde(default)]
        fields: Vec<FieldName>,
    }
    HistoryLine {
        at: row.at,
        actor: row.actor.as_deref().map(Login::from),
        kind: row.kind.clone(),
        case: row.case_id.map(CaseId),
        fields: row.body.read::<Facts>().map(|facts| facts.fields).unwrap_or_default(),
    }
}
