//! The audit record, for those whose duty it is.

use axum::{Json, extract::Query};
use chrono::{DateTime, Utc};
use runtime::{AuditFilter, AuditRow};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    caller::Caller,
    paging::{Items, Paging},
};
use crate::http::problem::Problem;

/// Which entries. Nothing said: all.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Filter {
    /// Those of this person.
    actor: Option<String>,
    /// Those of this kind.
    kind: Option<String>,
    /// Those of this case.
    case: Option<Uuid>,
    /// Those that concern this record.
    record: Option<Uuid>,
    /// Those of this register.
    register: Option<String>,
    /// Not before this moment.
    from: Option<DateTime<Utc>>,
    /// Before this moment.
    until: Option<DateTime<Utc>>,
}

/// Who did or saw what.
#[derive(Debug, Serialize, ToSchema)]
pub struct AuditDocument {
    /// Its id.
    pub id: Uuid,
    /// Its number in the record; absent until it is numbered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<i64>,
    /// When.
    pub at: DateTime<Utc>,
    /// Who; nobody if the system itself acted.
    pub actor: Option<String>,
    /// For whom, when somebody acts in another's place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<String>,
    /// What kind of deed, a stable word.
    pub kind: String,
    /// The case.
    pub case: Option<Uuid>,
    /// The register.
    pub register: Option<String>,
    /// How many records it concerns.
    pub record_count: i64,
    /// From which network address.
    pub from_address: Option<String>,
    /// The digest of what was done or shown.
    pub digest: Option<String>,
    /// Whether a reason was given.
    pub has_reason: bool,
    /// Further facts, such as names of fields. Never a value.
    #[schema(value_type = Object)]
    pub facts: serde_json::Value,
}

impl AuditDocument {
    fn of(row: AuditRow) -> Self {
        Self {
            facts: row.body.read().unwrap_or_default(),
            id: row.id,
            number: row.number,
            at: row.at,
            actor: row.actor,
            on_behalf_of: row.on_behalf_of,
            kind: row.kind,
            case: row.case_id,
            register: row.register,
            record_count: row.record_count,
            from_address: row.from_address,
            digest: row.digest.map(|digest| digest.to_string()),
            has_reason: row.reason_ciphertext.is_some(),
        }
    }
}

/// The audit record, latest first. Reading it is recorded too.
#[utoipa::path(get, path = "/audit", tag = "audit", params(Filter, Paging), responses(
    (status = 200, description = "A page", body = Items<AuditDocument>)))]
pub async fn list(
    caller: Caller,
    Query(filter): Query<Filter>,
    Query(paging): Query<Paging>,
) -> Result<Json<Items<AuditDocument>>, Problem> {
    let Filter { actor, kind, case, record, register, from, until } = filter;
    let filter = AuditFilter { actor, kind, case, record, register, from, until };
    let page = caller.application().audit_page(&caller.viewer, &filter, paging.cursor()?, paging.limit()).await?;
    Ok(Json(Items::of(page, AuditDocument::of)))
}
