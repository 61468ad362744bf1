//! Incidents, for those whose duty they are: what cannot go on alone, and what they do about it.

use std::collections::BTreeMap;

use axum::{
    Form,
    extract::{Path, Query},
    response::Response,
};
use definition::id::WorkflowId;
use engine::{CaseId, StepRunId};
use runtime::{
    cases::CaseLine,
    error::{Error, Refusal},
    incidents::{CauseKind, FailedAttempt, IncidentDetail, IncidentFilter, IncidentLine, Resolution},
    tasks::With,
};
use serde::Deserialize;
use uuid::Uuid;

use super::{ROWS, case::case_id, narrowing::Trail, on_to};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    i18n,
    view::{
        form::Choice,
        incidents::{AttemptShown, IncidentFilters, IncidentPage, IncidentRow, IncidentShown, IncidentsPage},
    },
    words,
};

/// The names of the filters.
const FILTERS: [&str; 2] = ["process", "cause"];

/// What is open, those of the oldest cases first.
pub async fn page(visit: Visit, Query(asked): Query<BTreeMap<String, String>>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let of = |name: &str| asked.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let chosen = FILTERS.iter().map(|name| ((*name).to_owned(), of(name)));
    let chosen: Vec<(String, String)> = chosen.filter(|(_, value)| !value.is_empty()).collect();
    let trail = Trail::read(&asked)?;
    let filter = IncidentFilter {
        process: Some(of("process")).filter(|text| !text.is_empty()).map(|text| WorkflowId::from(text.as_str())),
        cause: CauseKind::parse(&of("cause")),
    };
    let found = visit.state.application.incidents(viewer, &filter, trail.after(), ROWS).await?;
    let page = IncidentsPage {
        filters: IncidentFilters {
            process: of("process"),
            processes: processes(&visit)?,
            cause: of("cause"),
            causes: words::incidents::kinds(visit.locale),
        },
        pager: trail.pager("/incidents", &chosen, (found.rows.len(), found.next)),
        rows: found.rows.iter().map(|line| row(&visit, line)).collect(),
        filtered: !chosen.is_empty(),
    };
    visit.page(&page).await
}

/// What is open of one case.
pub async fn one(visit: Visit, Path(id): Path<String>) -> Result<Response, Problem> {
    let page = shown(&visit, case_id(&id)?).await?;
    visit.page(&page).await
}

/// What an operator sends.
#[derive(Debug, Deserialize)]
pub struct Resolved {
    #[serde(default)]
    csrf_token: String,
    #[serde(default)]
    run: String,
    #[serde(default)]
    reason: String,
}

/// Has a step tried again.
pub async fn retry(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(resolved): Form<Resolved>,
) -> Result<Response, Problem> {
    resolve(&visit, &signed_in, (&id, resolved), Resolution::Retry).await
}

/// Goes on without a step.
pub async fn skip(
    visit: Visit,
    signed_in: SignedIn,
    Path(id): Path<String>,
    Form(resolved): Form<Resolved>,
) -> Result<Response, Problem> {
    resolve(&visit, &signed_in, (&id, resolved), Resolution::Skip).await
}

async fn resolve(
    visit: &Visit,
    signed_in: &SignedIn,
    (id, resolved): (&str, Resolved),
    resolution: Resolution,
) -> Result<Response, Problem> {
    signed_in.check_form(&resolved.csrf_token)?;
    let id = case_id(id)?;
    let run = resolved.run.parse::<Uuid>().map(StepRunId).map_err(|_| Problem::Refused(Refusal::NotFound))?;
    let with = With { comment: Some(resolved.reason.clone()), ..With::default() };
    match visit.state.application.resolve_incident(&signed_in.0, (id, run), resolution, with).await {
        Ok(_) => Ok(on_to(&format!("/incidents/{id}"))),
        Err(Error::Refused(refusal @ Refusal::Rejected(_))) => {
            let mut page = shown(visit, id).await?;
            if let Some(shown) = page.incidents.iter_mut().find(|shown| shown.run == resolved.run) {
                shown.reason_missing = resolved.reason.trim().is_empty();
                shown.reason = resolved.reason;
            }
            let (status, banner) = visit.refused(&refusal);
            visit.page_with(&page, status, Some(banner)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn processes(visit: &Visit) -> Result<Vec<Choice>, Problem> {
    let workspace = visit.state.application.workspace()?;
    let choice = |process: &definition::model::Process| Choice {
        value: process.id.to_string(),
        label: process.title.get(visit.locale).clone(),
    };
    Ok(workspace.processes.values().map(|process| choice(process)).collect())
}

fn row(visit: &Visit, line: &IncidentLine) -> IncidentRow {
    let directory = visit.state.application.directory();
    let IncidentLine { case, plan, incident } = line;
    IncidentRow {
        url: format!("/incidents/{}", case.id),
        number: words::cases::number_of(case),
        process: plan.process.title.get(visit.locale).clone(),
        step: words::cases::step(visit.locale, Some(&plan.process), &incident.step),
        cause: words::incidents::cause(visit.locale, &incident.cause),
        since: incident.since,
        attempts: incident.attempts,
        requester: words::cases::asker(visit.locale, &directory, (Some(&plan.process), case.requester.as_ref())),
    }
}

async fn shown(visit: &Visit, id: CaseId) -> Result<IncidentPage, Problem> {
    let view = visit.state.application.incident(visit.viewer()?, id).await?;
    let step =
        |detail: &IncidentDetail| words::cases::step(visit.locale, Some(&view.plan.process), &detail.incident.step);
    Ok(IncidentPage {
        id: id.to_string(),
        number: words::cases::number_of(&view.case),
        process: view.plan.process.title.get(visit.locale).clone(),
        requester: words::cases::asker(
            visit.locale,
            &view.directory,
            (Some(&view.plan.process), view.case.requester.as_ref()),
        ),
        told: told(visit, &view.case),
        incidents: view.incidents.iter().map(|detail| one_shown(visit, detail, step(detail))).collect(),
    })
}

/// What the requester sees meanwhile.
fn told(visit: &Visit, case: &CaseLine) -> String {
    words::cases::outcome(visit.reading(), case, &[]).sentence
}

fn one_shown(visit: &Visit, detail: &IncidentDetail, step: String) -> IncidentShown {
    let locale = visit.locale;
    let attempt = |failed: &FailedAttempt| AttemptShown {
        at: failed.at,
        number: failed.attempt,
        why: words::incidents::failure(locale, failed.failure),
    };
    IncidentShown {
        run: detail.incident.run.to_string(),
        cause: words::incidents::cause(locale, &detail.incident.cause),
        since: detail.incident.since,
        attempts: detail.incident.attempts,
        failed: detail.failed.iter().map(attempt).collect(),
        retry: detail.may_retry.then(|| words::incidents::retry(locale, detail, &step)),
        skip: detail.may_skip.then(|| words::incidents::skip(locale, &step)),
        refused: (!detail.may_skip).then(|| i18n::message(locale, "incident-cannot-skip", &[])),
        step,
        reason: String::new(),
        reason_missing: false,
    }
}
