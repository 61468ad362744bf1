//! The clock that tests move by hand. Only there when the server was started with one.

use axum::{Json, extract::State};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{problem::Problem, state::ServerState};

/// The farthest it is moved at once.
const ADVANCE_MAX: TimeDelta = TimeDelta::days(3_650);

/// The moment.
#[derive(Debug, Serialize, ToSchema)]
pub struct ClockDocument {
    /// What the clock shows.
    pub now: DateTime<Utc>,
}

/// How far to move.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    /// An ISO 8601 duration of weeks, days, hours, minutes and seconds: `PT8H`, `P1DT30M`.
    advance: String,
}

/// What the clock shows.
#[utoipa::path(get, path = "/clock", tag = "clock", security(()), responses(
    (status = 200, description = "The moment", body = ClockDocument)))]
pub async fn show(State(state): State<ServerState>) -> Json<ClockDocument> {
    Json(ClockDocument { now: state.application.clock().now() })
}

/// Moves the clock, and returns once everything that fell due meanwhile has been carried out, each at its own time.
#[utoipa::path(post, path = "/clock", tag = "clock", security(()), responses(
    (status = 200, description = "The moment afterwards", body = ClockDocument)))]
pub async fn advance(
    State(state): State<ServerState>,
    Json(asked): Json<Advance>,
) -> Result<Json<ClockDocument>, Problem> {
    let by = duration(&asked.advance).filter(|by| *by <= ADVANCE_MAX).ok_or(Problem::Malformed)?;
    let clock = state.application.clock();
    state.application.move_clock(clock.after(by)).await?;
    Ok(Json(ClockDocument { now: clock.now() }))
}

/// Reads a duration of ISO 8601 that has the same length whenever it begins: no months, no years.
fn duration(text: &str) -> Option<TimeDelta> {
    let text = text.strip_prefix('P')?;
    let (days, time) = text.split_once('T').map_or((text, ""), |(days, time)| (days, time));
    if text.is_empty() || text.ends_with('T') {
        return None;
    }
    let days = parts(days, &[('W', 604_800), ('D', 86_400)])?;
    let time = parts(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
    TimeDelta::try_seconds(days.checked_add(time)?)
}

/// The seconds of numbers with their units, each unit at most once and in this order.
fn parts(mut text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut seconds = 0i64;
    for (letter, length) in units {
        let Some((number, rest)) = text.split_once(*letter) else { continue };
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = number.parse().ok().filter(|_| is_number)?;
        seconds = seconds.checked_add(number.checked_mul(*length)?)?;
        text = rest;
    }
    text.is_empty().then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_reads_as_its_length() {
        for (text, seconds) in [
            ("PT8H", Some(28_800)),
            ("P1D", Some(86_400)),
            ("P1DT2H3M4S", Some(93_784)),
            ("P2W", Some(1_209_600)),
            ("PT0S", Some(0)),
            ("P", None),
            ("PT", None),
            ("P1DT", None),
            ("8H", None),
            ("PT-8H", None),
            ("PT+8H", None),
            ("PT1M1H", None),
            ("P1M", None),
            ("P1Y", None),
            ("PT99999999999999999999H", None),
            ("PT9223372036854775807H", None),
        ] {
            assert_eq!(duration(text).map(|delta| delta.num_seconds()), seconds, "{text}");
        }
    }
}
