//! Records of the registers. What is sought travels in bodies: an address may be logged, a body is not.

use axum::{
    Json,
    extract::{Path, Query},
    http::StatusCode,
};
use chrono::{DateTime, Utc};
use definition::{id::FormId, model::RegisterRight, text::Locale};
use runtime::records::{HistoryLine, PageAsked, REVEALED_FOR, RecordShown, RecordsPage, RevealAsked, Selection};
use serde::{Deserialize, Serialize};
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    caller::{Caller, Writer},
    paging::Paging,
    tasks::entered,
    value::{self, FieldDocument, json_of},
};
use crate::http::problem::Problem;

/// A record as the caller may see it.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordDocument {
    /// Its id.
    pub id: Uuid,
    /// What it is called, masked as its fields are.
    pub title: String,
    /// Whose it is.
    pub owner: Option<String>,
    /// When it was entered.
    pub created_at: DateTime<Utc>,
    /// When it was last changed.
    pub updated_at: DateTime<Utc>,
    /// Goes up with each change.
    pub revision: i64,
    /// It was changed behind the application's back or cannot be opened: nothing of it is shown.
    pub is_damaged: bool,
    /// Its fields in the form's order.
    pub fields: Vec<FieldDocument>,
}

impl RecordDocument {
    fn of(locale: Locale, form: &definition::model::Form, record: &RecordShown) -> Self {
        Self {
            id: record.id,
            title: record.title.clone(),
            owner: record.owner.as_ref().map(ToString::to_string),
            created_at: record.created_at,
            updated_at: record.updated_at,
            revision: record.revision,
            is_damaged: record.is_damaged,
            fields: value::fields(locale, form, &record.cells),
        }
    }
}

/// A page of records.
#[derive(Debug, Serialize, ToSchema)]
pub struct Records {
    /// The records, latest first.
    pub items: Vec<RecordDocument>,
    /// Ask for this as `after` to go on; absent on the last page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// How many there are in all.
    pub count: u64,
    /// Whether there are more than `count`.
    pub is_more: bool,
}

impl Records {
    fn of(locale: Locale, page: &RecordsPage) -> Self {
        Self {
            items: page.rows.iter().map(|record| RecordDocument::of(locale, &page.form, record)).collect(),
            next: page.next.map(|cursor| cursor.to_string()),
            count: page.counted.count,
            is_more: page.counted.is_more,
        }
    }
}

/// The records that the caller may see.
#[utoipa::path(get, path = "/registers/{form}/records", tag = "registers",
    params(("form" = String, Path, description = "The register"), Paging),
    responses((status = 200, description = "A page", body = Records)))]
pub async fn list(
    caller: Caller,
    Path(form): Path<String>,
    Query(paging): Query<Paging>,
) -> Result<Json<Records>, Problem> {
    let page = PageAsked { after: paging.cursor()?, limit: paging.limit() };
    let form = FormId::from(form.as_str());
    let page = caller.application().records_page(&caller.viewer, &form, &Selection::everything(), page).await?;
    Ok(Json(Records::of(caller.reading.locale, &page)))
}

/// What is sought: a term, records by id, or conditions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Sought {
    /// What somebody types: a whole number, its last four digits, the beginning of a name.
    term: Option<String>,
    /// These records.
    ids: Option<Vec<Uuid>>,
    /// Conditions that all hold: `{"field", "op", "value", "value2"}` with `op` one of
    /// `is is_not in before after between empty last4 starts_with`.
    #[schema(value_type = Option<Vec<Object>>)]
    r#where: Option<serde_json::Value>,
    /// The `next` of the page before; not with a term.
    after: Option<String>,
    /// How many at most; not with a term.
    limit: Option<u64>,
}

/// The records that something finds, among those the caller may see.
#[utoipa::path(post, path = "/registers/{form}/search", tag = "registers",
    params(("form" = String, Path, description = "The register")),
    responses((status = 200, description = "What was found", body = Records)))]
pub async fn search(
    writer: Writer,
    Path(form): Path<String>,
    Json(sought): Json<Sought>,
) -> Result<Json<Records>, Problem> {
    let Writer { caller, .. } = writer;
    let form = FormId::from(form.as_str());
    let page = match sought {
        Sought { term: Some(term), ids: None, r#where: None, after: None, limit: None } => {
            caller.application().search(&caller.viewer, &form, &term).await?
        }
        Sought { term: Some(_), .. } => return Err(Problem::Malformed),
        Sought { term: None, ids, r#where, after, limit } => {
            let selection = match (&ids, &r#where) {
                (None, None) => Selection::everything(),
                (Some(ids), None) => Selection::read(&json!({ "ids": ids })).ok_or(Problem::Malformed)?,
                (None, Some(tests)) => Selection::read(&json!({ "where": tests })).ok_or(Problem::Malformed)?,
                (Some(_), Some(_)) => return Err(Problem::Malformed),
            };
            let paging = Paging { after, limit };
            let page = PageAsked { after: paging.cursor()?, limit: paging.limit() };
            caller.application().records_page(&caller.viewer, &form, &selection, page).await?
        }
    };
    Ok(Json(Records::of(caller.reading.locale, &page)))
}

/// What a record's fields are to hold.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRecord {
    /// By field.
    #[schema(value_type = Object)]
    values: serde_json::Map<String, serde_json::Value>,
}

/// A record that was written.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordWritten {
    /// Its id.
    pub id: Uuid,
    /// Its revision now.
    pub revision: i64,
}

/// A record's first revision.
const FIRST_REVISION: i64 = 1;

/// Enters a record.
#[utoipa::path(post, path = "/registers/{form}/records", tag = "registers",
    params(("form" = String, Path, description = "The register")),
    responses((status = 201, description = "Entered", body = RecordWritten)))]
pub async fn create(
    writer: Writer,
    Path(form): Path<String>,
    Json(record): Json<NewRecord>,
) -> Result<(StatusCode, Json<RecordWritten>), Problem> {
    let Writer { caller, .. } = writer;
    let form = FormId::from(form.as_str());
    let id = caller.application().create_record(&caller.viewer, &form, entered(record.values)).await?;
    Ok((StatusCode::CREATED, Json(RecordWritten { id, revision: FIRST_REVISION })))
}

/// A record with its history.
#[derive(Debug, Serialize, ToSchema)]
pub struct RecordInFull {
    /// The record.
    #[serde(flatten)]
    pub record: RecordDocument,
    /// What the caller may do with it: `view create edit reveal import request_export`.
    pub rights: Vec<&'static str>,
    /// Who saw and changed it, latest first.
    pub history: Vec<HistoryDocument>,
}

/// Something that was done with a record.
#[derive(Debug, Serialize, ToSchema)]
pub struct HistoryDocument {
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody if the system itself acted.
    pub actor: Option<String>,
    /// What kind of deed.
    pub kind: String,
    /// For which case.
    pub case: Option<Uuid>,
    /// The fields it concerns.
    pub fields: Vec<String>,
}

/// One record. To whom it may not be shown it is not there.
#[utoipa::path(get, path = "/registers/{form}/records/{id}", tag = "registers",
    params(("form" = String, Path, description = "The register"), ("id" = Uuid, Path, description = "The record")),
    responses((status = 200, description = "The record", body = RecordInFull)))]
pub async fn one(caller: Caller, Path((form, id)): Path<(String, Uuid)>) -> Result<Json<RecordInFull>, Problem> {
    let view = caller.application().record(&caller.viewer, &FormId::from(form.as_str()), id).await?;
    Ok(Json(RecordInFull {
        record: RecordDocument::of(caller.reading.locale, &view.form, &view.record),
        rights: view.rights.iter().copied().map(right).collect(),
        history: view.history.iter().map(history).collect(),
    }))
}

const fn right(right: RegisterRight) -> &'static str {
    match right {
        RegisterRight::View => "view",
        RegisterRight::Create => "create",
        RegisterRight::Edit => "edit",
        RegisterRight::Reveal => "reveal",
        RegisterRight::Import => "import",
        RegisterRight::RequestExport => "request_export",
    }
}

fn history(line: &HistoryLine) -> HistoryDocument {
    HistoryDocument {
        at: line.at,
        actor: line.actor.as_ref().map(ToString::to_string),
        kind: line.kind.clone(),
        case: line.case.map(|case| case.0),
        fields: line.fields.iter().map(ToString::to_string).collect(),
    }
}

/// How a record's fields are to change.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// The revision that the caller saw.
    revision: i64,
    /// By field; what is not named stays.
    #[schema(value_type = Object)]
    values: serde_json::Map<String, serde_json::Value>,
}

/// Changes a record, if nobody changed it since the caller saw it.
#[utoipa::path(patch, path = "/registers/{form}/records/{id}", tag = "registers",
    params(("form" = String, Path, description = "The register"), ("id" = Uuid, Path, description = "The record")),
    responses((status = 200, description = "Changed", body = RecordWritten)))]
pub async fn change(
    writer: Writer,
    Path((form, id)): Path<(String, Uuid)>,
    Json(change): Json<Change>,
) -> Result<Json<RecordWritten>, Problem> {
    let Writer { caller, .. } = writer;
    let form = FormId::from(form.as_str());
    let at = (id, change.revision);
    let revision = caller.application().edit_record(&caller.viewer, &form, at, entered(change.values)).await?;
    Ok(Json(RecordWritten { id, revision }))
}

/// What is to be seen, and why.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RevealBody {
    /// The field.
    field: String,
    /// Why.
    reason: Option<String>,
    /// A code of the caller's second factor.
    code: Option<String>,
}

/// A value in clear.
#[derive(Serialize, ToSchema)]
pub struct Revealed {
    /// The field.
    pub field: String,
    /// The value.
    pub value: serde_json::Value,
    /// Until when it stays in clear for the caller.
    pub until: DateTime<Utc>,
}

/// Looks behind a mask. That it happened, and why, is recorded.
#[utoipa::path(post, path = "/registers/{form}/records/{id}/reveal", tag = "registers",
    params(("form" = String, Path, description = "The register"), ("id" = Uuid, Path, description = "The record")),
    responses((status = 200, description = "The value", body = Revealed)))]
pub async fn reveal(
    writer: Writer,
    Path((form, id)): Path<(String, Uuid)>,
    Json(body): Json<RevealBody>,
) -> Result<Json<Revealed>, Problem> {
    let Writer { caller, .. } = writer;
    let asked = RevealAsked { record: id, field: body.field.clone(), reason: body.reason, code: body.code };
    let form = FormId::from(form.as_str());
    let value = caller.application().reveal(&caller.viewer, &form, &asked).await?;
    let until = caller.application().clock().after(REVEALED_FOR);
    Ok(Json(Revealed { field: body.field, value: json_of(&value), until }))
}
