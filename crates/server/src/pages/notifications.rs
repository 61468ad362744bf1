//! What somebody was told.

use std::collections::BTreeMap;

use axum::{Form, extract::Query, response::Response};
use chrono::NaiveDate;
use runtime::notices::Told;
use serde::Deserialize;

use super::{Pressed, ROWS, on_to};
use crate::{
    http::{answer::Visit, problem::Problem, visitor::SignedIn},
    view::notifications::{Day, Notification, NotificationsPage},
    words,
};

/// From where.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    after: Option<String>,
}

/// The page, latest first.
pub async fn page(visit: Visit, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let viewer = visit.viewer()?;
    let application = &visit.state.application;
    let after = asked.after.as_deref().map(str::parse).transpose().map_err(|_| Problem::Malformed)?;
    let told = application.notifications(viewer, after, ROWS).await?;
    let unread = u64::try_from(application.counts(viewer).await?.unread).unwrap_or_default();
    let next = told.next.map(|cursor| format!("/notifications?after={cursor}"));
    visit.page(&NotificationsPage { unread, days: days(&visit, &told.rows).await?, next }).await
}

/// Marks everything read.
pub async fn read_all(visit: Visit, signed_in: SignedIn, Form(pressed): Form<Pressed>) -> Result<Response, Problem> {
    signed_in.check_form(&pressed.csrf_token)?;
    visit.state.application.read_notifications(&signed_in.0, None).await?;
    Ok(on_to("/notifications"))
}

async fn days(visit: &Visit, told: &[Told]) -> Result<Vec<Day>, Problem> {
    let application = &visit.state.application;
    let workspace = application.workspace()?;
    let reading = visit.reading();
    let cases = application.case_lines(told.iter().filter_map(|one| one.case)).await?;
    let mut days: BTreeMap<std::cmp::Reverse<NaiveDate>, Day> = BTreeMap::new();
    for one in told {
        let case = one.case.and_then(|id| cases.get(&id));
        let (kind, title, body) = words::notices::told(reading, &workspace, one, case);
        let at = one.row.at;
        let day = at.with_timezone(&reading.zone).date_naive();
        let notification = Notification {
            id: one.row.id.to_string(),
            kind,
            title,
            body,
            case: one.case.map(|id| id.to_string()),
            at,
            unread: one.row.read_at.is_none(),
        };
        let day = days.entry(std::cmp::Reverse(day)).or_insert_with(|| Day { at, notifications: Vec::new() });
        day.notifications.push(notification);
    }
    Ok(days.into_values().collect())
}
