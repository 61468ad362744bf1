//! A register as a table: what narrows it, what is searched for, how its pages are turned.

mod creating;
mod revealing;

use std::{collections::BTreeMap, sync::Arc};

use axum::{
    Form,
    extract::{Path, Query},
    response::Response,
};
use definition::{
    id::FormId,
    model::{Field, FieldKind, Form as Definition, RegisterRight, Settings},
    people::Directory,
};
use runtime::{
    records::{PageAsked, RecordShown, RecordsPage, Selection},
    viewer::Viewer,
};
use serde::Deserialize;

pub use creating::{create, new};
pub use revealing::{ask, reveal};

use super::{ROWS, narrowing, narrowing::Trail, on_to};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    view::customers::{Empty, Head, Pager, RecordCell, RecordRow, RegisterPage},
    words::records::{Writing, stands_right, watermark},
};

/// The most columns of a table beside the record's name.
const COLUMNS_MAX: usize = 7;

/// What is searched for. It is posted, so that nothing personal stands in an address.
#[derive(Deserialize)]
pub struct Sought {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    value: String,
}

/// What values of a register are written with.
pub(super) struct Words {
    settings: Arc<Settings>,
    directory: Arc<Directory>,
}

impl Words {
    pub(super) fn of(visit: &Visit) -> Result<Self, Problem> {
        let settings = Arc::clone(&visit.state.application.workspace()?.settings);
        Ok(Self { settings, directory: visit.state.application.directory() })
    }

    pub(super) fn writing(&self, visit: &Visit) -> Writing<'_> {
        Writing { reading: visit.reading(), settings: &self.settings, directory: &self.directory }
    }
}

/// The latest records, or those that the filters leave.
pub async fn page(
    visit: Visit,
    Path(register): Path<String>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let register = FormId::from(register.as_str());
    let visible = application.records_visible(viewer, &register).await?;
    let workspace = application.workspace()?;
    let form = workspace.forms.get(&register).ok_or(Problem::Malformed)?;
    let words = Words::of(&visit)?;
    let narrowed = narrowing::Narrowed::read(&words.writing(&visit), (viewer, form), &asked);
    let trail = Trail::read(&asked)?;
    let asked = PageAsked { after: trail.after(), limit: ROWS };
    let found = application.records_page(viewer, &register, &Selection::Where(narrowed.tests.clone()), asked).await?;
    let mut page = table(&visit, viewer, &found)?;
    let base = format!("/registers/{register}");
    page.visible = visible.count;
    page.pager = Pager {
        total: (!found.counted.is_more).then_some(found.counted.count),
        ..trail.pager(&base, &narrowed.chosen, (found.rows.len(), found.next))
    };
    page.empty = found.rows.is_empty().then(|| {
        if narrowed.chosen.is_empty() {
            Empty::NoRecords
        } else {
            Empty::NoMatch { without: narrowed.only_label(), url: base }
        }
    });
    page.filters = narrowed.filters;
    visit.page(&page).await
}

/// What a search finds.
pub async fn search(
    visit: Visit,
    signed_in: SignedIn,
    Path(register): Path<String>,
    Form(sought): Form<Sought>,
) -> Result<Response, Problem> {
    signed_in.check_form(&sought.csrf_token)?;
    let application = &visit.state.application;
    let register = FormId::from(register.as_str());
    let value = sought.value.trim();
    if value.is_empty() {
        return Ok(on_to(&format!("/registers/{register}")));
    }
    let found = application.search(&signed_in.0, &register, value).await?;
    let mut page = table(&visit, &signed_in.0, &found)?;
    page.visible = application.records_visible(&signed_in.0, &register).await?.count;
    value.clone_into(&mut page.search);
    page.empty = found.rows.is_empty().then(|| Empty::NoMatch { without: None, url: format!("/registers/{register}") });
    visit.page(&page).await
}

/// The table of some records, all that does not depend on how they were found.
fn table(visit: &Visit, viewer: &Viewer, found: &RecordsPage) -> Result<RegisterPage, Problem> {
    let words = Words::of(visit)?;
    let writing = words.writing(visit);
    let form = &*found.form;
    let rights = policy::register_rights(&viewer.person, form);
    let columns = columns(form);
    let named = named_by(form);
    let name = Head {
        label: named.map_or_else(|| form.title.get(visit.locale).clone(), |field| writing.label(field)),
        level: named.and_then(|field| writing.level(field)),
        right: false,
        sorted: false,
    };
    let head = |field: &&Field| Head {
        label: writing.label(field),
        level: writing.level(field),
        right: stands_right(field),
        sorted: false,
    };
    let searchable = form.fields.iter().filter(|field| !field.search.is_empty()).map(|field| writing.label(field));
    let shown = found.rows.len() as u64;
    Ok(RegisterPage {
        form: form.id.to_string(),
        title: form.title.get(visit.locale).clone(),
        visible: 0,
        may_create: rights.contains(&RegisterRight::Create),
        request_export: rights
            .contains(&RegisterRight::RequestExport)
            .then(|| export_of(visit, viewer, &form.id))
            .flatten(),
        search: String::new(),
        searchable: searchable.collect(),
        filters: Vec::new(),
        columns: std::iter::once(name).chain(columns.iter().map(head)).collect(),
        rows: found.rows.iter().map(|record| row(&writing, (form, &columns), record)).collect(),
        pager: Pager { from: shown.min(1), to: shown, total: None, newer: None, older: None },
        empty: None,
        watermark: Some(watermark(visit.reading(), viewer)),
    })
}

fn row(writing: &Writing<'_>, (form, columns): (&Definition, &[&Field]), record: &RecordShown) -> RecordRow {
    let cell = |field: &&Field| {
        let shown = record.cells.iter().find(|shown| shown.name == field.name);
        shown.map_or(RecordCell::Hidden, |shown| writing.cell((form, field), record, shown))
    };
    RecordRow {
        url: format!("/registers/{}/{}", form.id, record.id),
        title: writing.title(record),
        cells: columns.iter().map(cell).collect(),
    }
}

/// The field that a record is called by, if it is one alone.
fn named_by(form: &Definition) -> Option<&Field> {
    match form.register()?.show_as.paths.as_slice() {
        [path] => form.field(path),
        _ => None,
    }
}

/// The fields that have a column: all but the one that records are called by, and long texts.
fn columns(form: &Definition) -> Vec<&Field> {
    let named = named_by(form).map(|field| &field.name);
    let fits = |field: &&Field| !matches!(field.kind, FieldKind::Multiline) && Some(&field.name) != named;
    form.fields.iter().filter(fits).take(COLUMNS_MAX).collect()
}

/// Where an export of this register is asked for, if the viewer may start such a process.
fn export_of(visit: &Visit, viewer: &Viewer, register: &FormId) -> Option<String> {
    let is_of = |field: &Field| matches!(&field.kind, FieldKind::Records(of) if of == register);
    let plans = visit.state.application.requestable(viewer);
    let plan = plans.iter().find(|plan| plan.form.fields.iter().any(is_of))?;
    Some(format!("/start/{}", plan.process.id))
}
