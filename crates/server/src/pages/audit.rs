//! The audit log, for those whose duty it is. That they read it is itself in the log.

use std::collections::BTreeMap;

use axum::{extract::Query, response::Response};
use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use definition::{id::Login, model::Capability};
use engine::CaseId;
use runtime::{
    AuditFilter, AuditRow as Stored,
    cases::CaseLine,
    error::{Lacking, Refusal},
};
use serde::Deserialize;
use uuid::Uuid;

use super::{ROWS, narrowing::Trail, registers::Words};
use crate::{
    http::{answer::Visit, problem::Problem},
    i18n::format::Reading,
    view::audit::{AuditFilters, AuditPage, AuditRow, CaseLink},
    words,
};

/// The names of the filters.
const FILTERS: [&str; 5] = ["person", "kind", "from", "until", "case"];

/// The log, latest first.
pub async fn page(visit: Visit, Query(asked): Query<BTreeMap<String, String>>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    if !viewer.person.can.contains(&Capability::Audit) {
        return Err(Problem::Refused(Refusal::Forbidden(Lacking::Capability)));
    }
    let of = |name: &str| asked.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
    let chosen = FILTERS.iter().map(|name| ((*name).to_owned(), of(name)));
    let chosen: Vec<(String, String)> = chosen.filter(|(_, value)| !value.is_empty()).collect();
    let trail = Trail::read(&asked)?;
    let filter = filter(&visit, &of).await?;
    let found = visit.state.application.audit_page(viewer, &filter, trail.after(), ROWS).await?;
    let page = AuditPage {
        filters: AuditFilters {
            person: of("person"),
            kind: of("kind"),
            kinds: words::audit::kinds(visit.locale),
            from: of("from"),
            until: of("until"),
            case: of("case"),
        },
        pager: trail.pager("/audit", &chosen, (found.rows.len(), found.next)),
        rows: rows(&visit, &found.rows).await?,
        filtered: !chosen.is_empty(),
    };
    visit.page(&page).await
}

async fn filter(visit: &Visit, of: &impl Fn(&str) -> String) -> Result<AuditFilter, Problem> {
    let some = |text: String| (!text.is_empty()).then_some(text);
    let reading = visit.reading();
    let case = match some(of("case")) {
        Some(typed) => Some(case_named(visit, &typed).await?),
        None => None,
    };
    Ok(AuditFilter {
        actor: some(of("person")).map(|typed| login_of(visit, typed)),
        kind: some(of("kind")),
        case,
        from: some(of("from")).map(|day| midnight(reading, &day, 0)).transpose()?,
        until: some(of("until")).map(|day| midnight(reading, &day, 1)).transpose()?,
        ..AuditFilter::default()
    })
}

/// The login that is meant: one that was typed, or that of somebody called so.
fn login_of(visit: &Visit, typed: String) -> String {
    let directory = visit.state.application.directory();
    if directory.person(&typed).is_some() {
        return typed;
    }
    let named = directory.people().find(|person| person.name.eq_ignore_ascii_case(&typed));
    named.map_or(typed, |person| person.login.to_string())
}

/// The case that a number names; one that is not there has no entries.
async fn case_named(visit: &Visit, typed: &str) -> Result<Uuid, Problem> {
    let application = &visit.state.application;
    let Some(number) = words::audit::case_number(typed) else { return Ok(Uuid::nil()) };
    let Some(row) = application.store().case_by_number(number).await.map_err(runtime::Error::from)? else {
        return Ok(Uuid::nil());
    };
    let lines = application.case_lines(std::iter::once(CaseId(row.id))).await?;
    let is_meant = lines.get(&CaseId(row.id)).is_some_and(|case| words::audit::names(typed, case));
    Ok(if is_meant { row.id } else { Uuid::nil() })
}

/// The midnight that a day begins with, or some days later.
fn midnight(reading: Reading, day: &str, later: u64) -> Result<DateTime<Utc>, Problem> {
    let day = NaiveDate::parse_from_str(day, "%Y-%m-%d").ok();
    let day = day.and_then(|day| day.checked_add_days(Days::new(later))).ok_or(Problem::Malformed)?;
    let midnight = day.and_hms_opt(0, 0, 0).ok_or(Problem::Malformed)?;
    // A midnight that a change of clocks skips begins with the hour after it.
    let local = reading.zone.from_local_datetime(&midnight).earliest();
    Ok(local.map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc)))
}

async fn rows(visit: &Visit, stored: &[Stored]) -> Result<Vec<AuditRow>, Problem> {
    let application = &visit.state.application;
    let cases = application.case_lines(stored.iter().filter_map(|row| row.case_id).map(CaseId)).await?;
    let mut rows = Vec::new();
    for row in stored {
        let case = row.case_id.and_then(|id| cases.get(&CaseId(id)));
        let step = step_of(visit, row, case).await?;
        rows.push(audit_row(visit, row, case, step)?);
    }
    Ok(rows)
}

fn audit_row(visit: &Visit, row: &Stored, case: Option<&CaseLine>, step: Option<String>) -> Result<AuditRow, Problem> {
    let workspace = visit.state.application.workspace()?;
    let words = Words::of(visit)?;
    let writing = words.writing(visit);
    let person = |login: &String| words::people::person(visit.locale, writing.directory, &Login::from(login.as_str()));
    Ok(AuditRow {
        at: row.at,
        clock: words::audit::clock(visit.reading(), row),
        who: row.actor.as_ref().map(person),
        on_behalf: row.on_behalf_of.as_ref().map(|login| person(login).name),
        what: words::audit::deed(&writing, &workspace, row, step),
        case: case
            .map(|case| CaseLink { number: words::cases::number_of(case), url: Some(format!("/cases/{}", case.id)) }),
        from: row.from_address.clone().unwrap_or_default(),
        digest: row.digest.map(|digest| words::audit::digest(&digest.to_string())),
    })
}

/// The step of the task that an entry is about.
async fn step_of(visit: &Visit, row: &Stored, case: Option<&CaseLine>) -> Result<Option<String>, Problem> {
    #[derive(Deserialize)]
    struct Facts {
        task: Uuid,
    }
    let (Ok(Facts { task }), Some(case)) = (row.body.read(), case) else { return Ok(None) };
    let application = &visit.state.application;
    let Some(task) = application.store().task_by_id(task).await.map_err(runtime::Error::from)? else { return Ok(None) };
    let workspace = application.workspace()?;
    let process = workspace.processes.get(&case.process).map(AsRef::as_ref);
    Ok(Some(words::cases::step(visit.locale, process, &task.step)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    #[test]
    fn a_day_begins_with_the_readers_midnight() {
        let now = "2026-11-20T07:02:00Z".parse().expect("a moment");
        let reading = Reading { locale: Locale::ZhCn, zone: chrono_tz::Asia::Shanghai, now };
        let begins = |later| midnight(reading, "2026-11-20", later).map(|at| at.to_rfc3339()).ok();
        assert_eq!(begins(0).as_deref(), Some("2026-11-19T16:00:00+00:00"));
        assert_eq!(begins(1).as_deref(), Some("2026-11-20T16:00:00+00:00"));
        assert!(matches!(midnight(reading, "20.11.2026", 0), Err(Problem::Malformed)));
    }
}
