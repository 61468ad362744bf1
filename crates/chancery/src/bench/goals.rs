//! What is aimed for, and whether it was reached. The limits that these are ratios of are measured in the same run.

use serde::Serialize;

use super::figures::{Figures, Measured};

/// A goal beside what was measured.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Goal {
    /// The message that says it; what follows its prefix is its name, a stable word.
    #[serde(rename = "name", serialize_with = "name")]
    pub message: &'static str,
    /// What was measured.
    pub value: f64,
    /// What must be reached.
    pub must: f64,
    /// What is aimed for, if more is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aim: Option<f64>,
    /// Whether it was reached.
    pub met: Met,
}

/// Whether a goal was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Met {
    /// All that is aimed for.
    Aim,
    /// What must be.
    Must,
    /// Not.
    Missed,
}

/// Where a goal lies.
#[derive(Clone, Copy)]
enum Limit {
    /// As much as this, or as that.
    AtLeast(f64, Option<f64>),
    /// No more than this, or than that.
    AtMost(f64, Option<f64>),
}

impl Limit {
    fn judge(self, message: &'static str, value: f64) -> Goal {
        let is_met = |limit: f64| match self {
            Self::AtLeast(..) => value >= limit,
            Self::AtMost(..) => value <= limit,
        };
        let (Self::AtLeast(must, aim) | Self::AtMost(must, aim)) = self;
        let met = match aim {
            _ if !is_met(must) => Met::Missed,
            Some(aim) if !is_met(aim) => Met::Must,
            Some(_) | None => Met::Aim,
        };
        Goal { message, value, must, aim, met }
    }
}

/// Every goal that something was measured for.
pub fn judged(figures: &Figures) -> Vec<Goal> {
    let mut goals = Vec::new();
    for measured in &figures.in_process {
        goals.extend(in_process(figures.database, measured));
    }
    for measured in &figures.http {
        goals.extend(http(figures, measured));
    }
    if let Some(most) = figures.inbox.last() {
        goals.push(Limit::AtMost(2.0, Some(1.0)).judge("bench-goal-inbox-millis", millis(most.p50_micros)));
        goals.push(Limit::AtMost(50.0, None).judge("bench-goal-inbox-kilobytes", float(most.bytes as u64) / 1_000.0));
        if let [fewest, _, ..] = figures.inbox.as_slice() {
            goals.push(
                Limit::AtMost(1.5, None)
                    .judge("bench-goal-inbox-growth", float(most.p50_micros) / float(fewest.p50_micros)),
            );
        }
    }
    for timers in &figures.timers {
        let tick = float(timers.empty_tick_nanos) / 1_000.0;
        goals.push(Limit::AtMost(50.0, None).judge("bench-goal-timers-tick-micros", tick));
        // Ten million take three hundred megabytes.
        let each = float(timers.bytes) / float(timers.timers);
        goals.push(Limit::AtMost(30.0, Some(20.0)).judge("bench-goal-timers-bytes-each", each));
    }
    if let Some(due) = figures.due {
        goals.push(Limit::AtLeast(10_000.0, Some(26_000.0)).judge("bench-goal-timers-fired", due.fired_per_second));
        goals.push(Limit::AtMost(1_000.0, None).judge("bench-goal-timers-all-millis", float(due.all_millis)));
    }
    if let Some(server) = figures.server {
        goals.push(Limit::AtMost(200.0, None).judge("bench-goal-server-start-millis", float(server.start_millis)));
        goals.push(
            Limit::AtMost(40.0, None).judge("bench-goal-server-idle-megabytes", float(server.idle_kilobytes) / 1_000.0),
        );
        goals.push(
            Limit::AtMost(150.0, None)
                .judge("bench-goal-server-load-megabytes", float(server.load_kilobytes) / 1_000.0),
        );
    }
    goals
}

fn in_process(database: &str, measured: &Measured) -> Option<Goal> {
    match (database, measured.callers) {
        ("postgresql", 16) => {
            Some(Limit::AtLeast(0.5, Some(1.0)).judge("bench-goal-process-postgresql-16", measured.ratio))
        }
        ("postgresql", _) => None,
        (_, 1) => Some(Limit::AtLeast(0.5, Some(0.7)).judge("bench-goal-process-1", measured.ratio)),
        (_, 16) => Some(Limit::AtLeast(0.35, Some(0.6)).judge("bench-goal-process-16", measured.ratio)),
        (_, 64) => Some(Limit::AtLeast(0.35, Some(0.6)).judge("bench-goal-process-64", measured.ratio)),
        (_, _) => None,
    }
}

fn http(figures: &Figures, measured: &Measured) -> Vec<Goal> {
    let ratio = measured.bare_ratio.unwrap_or_default();
    let approve = millis(measured.approve_p99_micros);
    match measured.callers {
        1 => vec![Limit::AtLeast(0.5, Some(0.7)).judge("bench-goal-http-1", ratio)],
        16 => vec![
            Limit::AtLeast(0.25, Some(0.4)).judge("bench-goal-http-16", ratio),
            Limit::AtMost(10.0, Some(5.0)).judge("bench-goal-http-16-approve-millis", approve),
        ],
        64 => {
            let fewer = figures.http.iter().find(|one| one.callers == 16);
            let against = fewer.map(|fewer| measured.cases_per_second / fewer.cases_per_second);
            // A tenth is within what two runs differ by.
            let rate = against.map(|against| Limit::AtLeast(0.9, None).judge("bench-goal-http-64", against));
            rate.into_iter()
                .chain([Limit::AtMost(25.0, None).judge("bench-goal-http-64-approve-millis", approve)])
                .collect()
        }
        _ => Vec::new(),
    }
}

fn millis(micros: u64) -> f64 {
    float(micros) / 1_000.0
}

/// How the messages of goals begin.
const PREFIX: &str = "bench-goal-";

fn name<S: serde::Serializer>(message: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(message.trim_start_matches(PREFIX))
}

/// Figures are far below what a float holds exactly.
#[expect(clippy::cast_precision_loss, reason = "no figure is that large")]
pub fn float(figure: u64) -> f64 {
    figure as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_met_in_full_in_part_or_not() {
        let least = |value| Limit::AtLeast(0.5, Some(0.7)).judge("bench-goal-x", value).met;
        assert_eq!([least(0.4), least(0.5), least(0.7)], [Met::Missed, Met::Must, Met::Aim]);
        let most = |value| Limit::AtMost(50.0, None).judge("bench-goal-x", value).met;
        assert_eq!([most(51.0), most(50.0)], [Met::Missed, Met::Aim]);
    }
}
