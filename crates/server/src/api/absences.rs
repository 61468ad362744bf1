//! When the caller is away, and who does their work then.

use axum::{Json, http::StatusCode};
use chrono::NaiveDate;
use definition::{
    id::{Login, WorkflowId},
    level::Level,
    people::Absence,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    caller::{Caller, Writer},
    paging::Items,
};
use crate::http::problem::Problem;

/// A time in which somebody is away and another does their work.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsenceDocument {
    /// The first day, in the workspace's time zone.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Who does the work.
    pub deputy: String,
    /// Of which processes; of all if it names none.
    #[serde(default)]
    pub processes: Vec<String>,
    /// The highest level that the work may ask for, `L0` to `L3`; any if it names none.
    pub up_to: Option<String>,
}

/// All of somebody's absences.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AbsencesSent {
    /// They replace those before.
    items: Vec<AbsenceDocument>,
}

/// What came of handing work over.
#[derive(Serialize, ToSchema)]
pub struct HandedOver {
    /// In how many cases a deputy has it now.
    pub cases: usize,
}

/// When the caller is away.
#[utoipa::path(get, path = "/me/absences", tag = "session", responses(
    (status = 200, description = "The absences", body = Items<AbsenceDocument>)))]
pub async fn list(caller: Caller) -> Json<Items<AbsenceDocument>> {
    let absences = caller.application().absences(&caller.viewer);
    Json(Items::all(absences.iter().map(document).collect()))
}

fn document(absence: &Absence) -> AbsenceDocument {
    AbsenceDocument {
        from: absence.from,
        until: absence.until,
        deputy: absence.deputy.to_string(),
        processes: absence.processes.iter().map(ToString::to_string).collect(),
        up_to: absence.up_to.map(|level| level.to_string()),
    }
}

/// Says when the caller is away. New work goes to the deputy then; work that is open already stays until it is handed over.
#[utoipa::path(put, path = "/me/absences", tag = "session", request_body = AbsencesSent,
    responses((status = 204, description = "Changed")))]
pub async fn change(writer: Writer, Json(sent): Json<AbsencesSent>) -> Result<StatusCode, Problem> {
    let absences = sent.items.iter().map(absence).collect::<Option<Vec<_>>>().ok_or(Problem::Malformed)?;
    writer.caller.application().set_absences(&writer.caller.viewer, &absences).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn absence(document: &AbsenceDocument) -> Option<Absence> {
    let level = |word: &String| Level::parse(word);
    let up_to = match &document.up_to {
        Some(word) => Some(level(word)?),
        None => None,
    };
    Some(Absence {
        from: document.from,
        until: document.until,
        deputy: Login::from(document.deputy.trim()),
        processes: document.processes.iter().map(|one| WorkflowId::from(one.trim())).collect(),
        up_to,
    })
}

/// Hands the caller's open work to whoever does it while they are away.
#[utoipa::path(post, path = "/me/hand-over", tag = "session",
    responses((status = 200, description = "Handed over", body = HandedOver)))]
pub async fn hand_over(writer: Writer) -> Result<Json<HandedOver>, Problem> {
    let cases = writer.caller.application().hand_over(&writer.caller.viewer).await?;
    Ok(Json(HandedOver { cases }))
}
