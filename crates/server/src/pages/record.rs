//! One record, and a record being changed.

use std::collections::BTreeMap;

use axum::{Form, extract::Path, http::StatusCode, response::Response};
use chrono::NaiveDate;
use definition::{form_values::FieldProblem, id::FormId, level::Level, model::RegisterRight};
use engine::CaseId;
use runtime::{
    cases::{CaseLine, Cell},
    error::{Error, Refusal},
    records::{HistoryLine, RecordView},
    viewer::Viewer,
};
use uuid::Uuid;

use super::{on_to, registers::Words};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    i18n,
    view::{
        case::Control,
        record::{EditRecordPage, RecordField, RecordPage},
        timeline::{Day, Doer, Entry, Happened},
    },
    words::{
        self,
        entry::{self, Posted, Reach},
        records::{Writing, watermark},
    },
};

/// A record's place in an address.
type Place = (String, Uuid);

/// One record as its reader may see it.
pub async fn page(visit: Visit, Path((form, id)): Path<Place>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let view = application.record(viewer, &FormId::from(form.as_str()), id).await?;
    let cases = application.case_lines(view.history.iter().filter_map(|line| line.case)).await?;
    let words = Words::of(&visit)?;
    let writing = words.writing(&visit);
    let record = &view.record;
    let field = |field: &definition::model::Field| {
        let shown = record.cells.iter().find(|shown| shown.name == field.name)?;
        let value = writing.cell_in_full((&view.form, field), record, shown);
        Some(RecordField { label: writing.label(field), level: writing.level(field), value })
    };
    let page = RecordPage {
        form: view.form.id.to_string(),
        register: view.form.title.get(visit.locale).clone(),
        id: id.to_string(),
        title: writing.title(record),
        owner: record.owner.as_ref().map(|owner| words::people::person(visit.locale, writing.directory, owner)),
        created: record.created_at,
        changed: record.updated_at,
        fields: view.form.fields.iter().filter_map(field).collect(),
        edit: if may_edit(&view) { Control::Offered } else { Control::Absent },
        history: history(&writing, &view, &cases),
        history_earlier: None,
        watermark: Some(watermark(visit.reading(), viewer)),
    };
    visit.page(&page).await
}

/// The form to change it.
pub async fn edit(visit: Visit, Path((form, id)): Path<Place>) -> Result<Response, Problem> {
    let view = editable(&visit, visit.viewer()?, (&form, id)).await?;
    let words = Words::of(&visit)?;
    let reaches = reaches(&words.writing(&visit), visit.viewer()?, &view);
    let mut posted = Posted::new();
    for (field, shown) in view.form.fields.iter().zip(&view.record.cells) {
        if let (Some(Reach::Full), Cell::Clear(value)) = (reaches.get(field.name.as_str()), &shown.cell) {
            entry::typed(field, value, &mut posted);
        }
    }
    let page = edit_page(&visit, (&view, view.record.revision), &posted, &[])?;
    visit.page(&page).await
}

/// Changes it, or says what must be mended.
pub async fn save(
    visit: Visit,
    signed_in: SignedIn,
    Path((form, id)): Path<Place>,
    Form(mut posted): Form<Posted>,
) -> Result<Response, Problem> {
    signed_in.check_form(posted.get("csrf_token").map(String::as_str).unwrap_or_default())?;
    let revision = posted.get("revision").and_then(|revision| revision.parse().ok()).ok_or(Problem::Malformed)?;
    let view = editable(&visit, &signed_in.0, (&form, id)).await?;
    let wish = posted.get("do").cloned().unwrap_or_default();
    if entry::reshape(&wish, &mut posted) {
        return visit.page(&edit_page(&visit, (&view, revision), &posted, &[])?).await;
    }
    let words = Words::of(&visit)?;
    let reaches = reaches(&words.writing(&visit), &signed_in.0, &view);
    let fields = view.form.fields.iter().filter_map(|field| Some((field, reaches.get(field.name.as_str())?)));
    let entered = entry::entered(fields, &posted);
    let register = FormId::from(form.as_str());
    match visit.state.application.edit_record(&signed_in.0, &register, (id, revision), entered).await {
        Ok(_) => Ok(on_to(&format!("/registers/{register}/{id}"))),
        Err(Error::Refused(Refusal::Fields(problems))) => {
            let page = edit_page(&visit, (&view, revision), &posted, &problems)?;
            visit.page_with(&page, StatusCode::UNPROCESSABLE_ENTITY, None).await
        }
        Err(Error::Refused(refusal)) => {
            let (status, banner) = visit.refused(&refusal);
            visit.page_with(&edit_page(&visit, (&view, revision), &posted, &[])?, status, Some(banner)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn editable(visit: &Visit, viewer: &Viewer, (form, id): (&str, Uuid)) -> Result<RecordView, Problem> {
    let view = visit.state.application.record(viewer, &FormId::from(form), id).await?;
    if may_edit(&view) {
        Ok(view)
    } else {
        Err(Problem::Refused(Refusal::Forbidden(runtime::error::Lacking::RegisterRight)))
    }
}

fn may_edit(view: &RecordView) -> bool {
    view.rights.contains(&RegisterRight::Edit) && !view.record.is_damaged
}

/// How much of each field may be changed; one that is hidden is not among them.
fn reaches(writing: &Writing<'_>, viewer: &Viewer, view: &RecordView) -> BTreeMap<String, Reach> {
    let reach = |(field, shown): (&definition::model::Field, &runtime::cases::FieldShown)| {
        let is_cleared = viewer.person.clearance >= field.sensitivity;
        let has_mask = writing.settings.level(field.sensitivity).reveal.is_some() && field.sensitivity > Level::L0;
        let reach = match &shown.cell {
            Cell::Hidden => return None,
            // A value that was revealed for a moment does not stay in a form for longer.
            Cell::Clear(value) if view.record.revealed.contains_key(&field.name) => {
                Reach::Overwrite(runtime::records::masked(field, value))
            }
            Cell::Masked { text, .. } if is_cleared => Reach::Overwrite(text.clone()),
            Cell::Masked { text, .. } => Reach::Fixed(text.clone()),
            Cell::Empty if !is_cleared => Reach::Fixed(String::new()),
            Cell::Empty if has_mask => Reach::Overwrite(String::new()),
            Cell::Empty | Cell::Clear(_) => Reach::Full,
        };
        Some((field.name.to_string(), reach))
    };
    view.form.fields.iter().zip(&view.record.cells).filter_map(reach).collect()
}

fn edit_page(
    visit: &Visit,
    (view, revision): (&RecordView, i64),
    posted: &Posted,
    problems: &[FieldProblem],
) -> Result<EditRecordPage, Problem> {
    let words = Words::of(visit)?;
    let writing = words.writing(visit);
    let reaches = reaches(&writing, visit.viewer()?, view);
    let field = |field: &definition::model::Field| {
        let reach = reaches.get(field.name.as_str())?;
        Some(entry::field(&writing, (field, reach), posted, problems))
    };
    Ok(EditRecordPage {
        form: view.form.id.to_string(),
        register: view.form.title.get(visit.locale).clone(),
        id: view.record.id.to_string(),
        title: writing.title(&view.record),
        revision: u64::try_from(revision).unwrap_or_default(),
        fields: view.form.fields.iter().filter_map(field).collect(),
        problems: problems.len() as u64,
    })
}

/// Who saw and changed what, by day, oldest first. The same said twice in a row is said once.
fn history(writing: &Writing<'_>, view: &RecordView, cases: &BTreeMap<CaseId, CaseLine>) -> Vec<Day> {
    let mut days: BTreeMap<NaiveDate, Day> = BTreeMap::new();
    let mut last = None;
    let today = writing.reading.now.with_timezone(&writing.reading.zone).date_naive();
    for line in view.history.iter().rev() {
        let Some(what) = happened(writing, view, (line, cases)) else { continue };
        let day = line.at.with_timezone(&writing.reading.zone).date_naive();
        let same = (day, line.kind.clone(), line.actor.clone(), line.fields.clone());
        let entries = &mut days
            .entry(day)
            .or_insert_with(|| Day { at: line.at, today: day == today, entries: Vec::new() })
            .entries;
        if last.as_ref() == Some(&same) {
            entries.pop();
        }
        last = Some(same);
        let who =
            line.actor.as_ref().map(|login| words::people::person(writing.reading.locale, writing.directory, login));
        let doer = who.map_or(Doer::Machine, |who| Doer::Person { who });
        entries.push(Entry { at: line.at, doer, what, quote: None, deputy_for: None });
    }
    days.into_values().collect()
}

/// What a line says; nothing if nothing protected was seen and nothing changed.
fn happened(
    writing: &Writing<'_>,
    view: &RecordView,
    (line, cases): (&HistoryLine, &BTreeMap<CaseId, CaseLine>),
) -> Option<Happened> {
    let case = line.case.and_then(|id| cases.get(&id));
    let who = line.actor.as_ref().or(case.and_then(|case| case.requester.as_ref()));
    let system = || i18n::message(writing.reading.locale, "audit-system", &[]);
    let who = who.map_or_else(system, |login| words::people::name(writing.directory, login));
    let fields = writing.labels(Some(&view.form), line.fields.iter().map(definition::id::FieldName::as_str));
    Some(match (line.kind.as_str(), case) {
        ("record_created", _) => Happened::RecordCreated { who },
        ("records_imported", _) => Happened::RecordImported { who },
        ("record_changed", _) => Happened::RecordEdited { who, fields },
        ("records_exported", Some(case)) => {
            Happened::RecordExported { who, number: words::cases::number_of(case), fields }
        }
        ("records_viewed" | "records_searched" | "value_revealed", _) if !line.fields.is_empty() => {
            Happened::RecordSeen { who, fields }
        }
        (_, _) => return None,
    })
}
