//! What was measured.

use std::time::Duration;

use serde::Serialize;

use super::goals::Goal;

/// All figures of a run; others script against these names.
#[derive(Debug, Default, Serialize)]
pub struct Figures {
    /// `sqlite` or `postgresql`.
    pub database: &'static str,
    /// `release` or `debug`; only the first says anything about speed.
    pub build: &'static str,
    /// How long each measurement ran at least.
    pub seconds: u64,
    /// The process alone, in memory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub engine: Option<EngineFigures>,
    /// Through the operations that pages and API call, with one caller and with many.
    pub in_process: Vec<Measured>,
    /// Through the API, with one client and with many.
    pub http: Vec<Measured>,
    /// The inbox page.
    pub inbox: Vec<InboxFigures>,
    /// Timers that wait.
    pub timers: Vec<TimerFigures>,
    /// Timers that are due at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<DueFigures>,
    /// A server of its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub server: Option<ServerFigures>,
    /// Each goal with what was measured.
    pub goals: Vec<Goal>,
}

/// The inbox page of somebody for whom many tasks wait.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct InboxFigures {
    /// How many.
    pub tasks: u32,
    /// Half of the pages took no longer; microseconds.
    pub p50_micros: u64,
    /// The size of the page.
    pub bytes: usize,
}

/// Many timers that wait.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct TimerFigures {
    /// How many.
    pub timers: u64,
    /// How much larger the database is with them.
    pub bytes: u64,
    /// How long it takes to find that none is due, half of the times; nanoseconds.
    pub empty_tick_nanos: u64,
}

/// Timers that are due at once.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct DueFigures {
    /// How many.
    pub timers: u32,
    /// How many fired in a second.
    pub fired_per_second: f64,
    /// How long it took until the last had fired; milliseconds.
    pub all_millis: u64,
}

/// A server in a process of its own.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ServerFigures {
    /// How many cases wait.
    pub waiting: u32,
    /// From its start until it listens; milliseconds.
    pub start_millis: u64,
    /// Memory in use before anybody comes; kilobytes.
    pub idle_kilobytes: u64,
    /// The most memory in use while sixteen clients work.
    pub load_kilobytes: u64,
}

/// How fast decisions are made when nothing is kept.
#[derive(Debug, Serialize)]
pub struct EngineFigures {
    /// Cases from request to end.
    pub cases_per_second: f64,
    /// Changes of a case.
    pub transitions_per_second: f64,
}

/// How fast cases come to their end, durably, and what the database could have done.
#[derive(Debug, Serialize)]
pub struct Measured {
    /// How many worked at once.
    pub callers: usize,
    /// Cases from request to the finished file.
    pub cases_per_second: f64,
    /// Changes of a case, each durable: starts, approvals, finished actions.
    pub transitions_per_second: f64,
    /// Half of the requests took no longer; microseconds.
    pub p50_micros: u64,
    /// All but one of a hundred took no longer.
    pub p99_micros: u64,
    /// The same of the approvals alone.
    pub approve_p99_micros: u64,
    /// The same rows on the same database, as many to a transaction as there were callers, nothing checked.
    pub raw_transitions_per_second: f64,
    /// `transitions_per_second` over that.
    pub ratio: f64,
    /// Cases a second of a server that writes bare rows, asked by as many clients.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bare_cases_per_second: Option<f64>,
    /// `cases_per_second` over that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bare_ratio: Option<f64>,
}

impl Measured {
    /// Held against a server of bare rows.
    #[must_use]
    pub fn beside(self, bare: f64) -> Self {
        let bare_ratio = Some(self.cases_per_second / bare);
        Self { bare_cases_per_second: Some(bare), bare_ratio, ..self }
    }
}

/// What callers saw while they worked.
#[derive(Debug, Default)]
pub struct Seen {
    /// How long each request took.
    pub latencies: Vec<Duration>,
    /// How long each approval took.
    pub approvals: Vec<Duration>,
    /// How many cases they began.
    pub cases: u64,
}

impl Seen {
    /// Adds what another caller saw.
    pub fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.approvals.extend(other.approvals);
        self.cases += other.cases;
    }

    /// The figures, once every case had come to its end.
    pub fn measured(mut self, callers: usize, lasted: Duration, raw: f64) -> Measured {
        self.latencies.sort_unstable();
        self.approvals.sort_unstable();
        // Each request of a caller changed a case, and so did each finished action.
        let cases = f64::from(u32::try_from(self.cases).unwrap_or(u32::MAX));
        let transitions = f64::from(u32::try_from(self.latencies.len()).unwrap_or(u32::MAX)) + cases;
        let transitions_per_second = transitions / lasted.as_secs_f64();
        Measured {
            callers,
            cases_per_second: cases / lasted.as_secs_f64(),
            transitions_per_second,
            p50_micros: percentile(&self.latencies, 50),
            p99_micros: percentile(&self.latencies, 99),
            approve_p99_micros: percentile(&self.approvals, 99),
            raw_transitions_per_second: raw,
            ratio: transitions_per_second / raw,
            bare_cases_per_second: None,
            bare_ratio: None,
        }
    }
}

/// What so many of a hundred stayed within, of latencies in ascending order; microseconds.
pub fn percentile(latencies: &[Duration], percent: usize) -> u64 {
    let place = (latencies.len() * percent).div_ceil(100).max(1) - 1;
    latencies.get(place).map_or(0, |latency| u64::try_from(latency.as_micros()).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_all_requests() {
        let latencies = (1..=200).rev().map(Duration::from_micros).collect();
        let measured = Seen { latencies, cases: 50, approvals: Vec::new() }.measured(4, Duration::from_secs(2), 250.0);
        assert_eq!((measured.p50_micros, measured.p99_micros), (100, 198));
        assert!((measured.transitions_per_second - 125.0).abs() < f64::EPSILON);
        assert!((measured.ratio - 0.5).abs() < f64::EPSILON);
    }
}
