//! Who had a file made, when and in which case: on every page of it.

use chrono::{DateTime, Utc};
use definition::{id::Login, people::Directory};
use engine::{Case, Plan};

use crate::cases;

/// The line that marks a file: `Wei Zhang zhang.wei · 2026-11-20 15:02 · EA-2026-0012`. It needs no words of any
/// language.
pub fn line(case: &Case, plan: &Plan, directory: &Directory, now: DateTime<Utc>) -> String {
    let recipient = case.recipient().map_or("", Login::as_str);
    let name = directory.person(recipient).map_or("", |person| person.name.as_str());
    let when = now.with_timezone(&plan.settings.timezone).format("%Y-%m-%d %H:%M");
    let number = cases::number(&case.process, case.started_at, case.number.0);
    format!("{name} {recipient} · {when} · {number}").trim().to_owned()
}
