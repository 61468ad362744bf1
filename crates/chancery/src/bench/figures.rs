//! What was measured.

use std::time::Duration;

use serde::Serialize;

/// All figures of a run; others script against these names.
#[derive(Debug, Serialize)]
pub struct Figures {
    /// `sqlite` or `postgresql`.
    pub database: &'static str,
    /// `release` or `debug`; only the first says anything about speed.
    pub build: &'static str,
    /// How long each measurement ran at least.
    pub seconds: u64,
    /// The process alone, in memory.
    pub engine: EngineFigures,
    /// Through the operations that pages and API call, with one caller and with many.
    pub in_process: Vec<Measured>,
    /// Through the API, with one client and with many.
    pub http: Vec<Measured>,
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
    /// The same rows on the same database, as many to a transaction as there were callers, nothing checked.
    pub raw_transitions_per_second: f64,
    /// `transitions_per_second` over that.
    pub ratio: f64,
}

/// What callers saw while they worked.
#[derive(Debug, Default)]
pub struct Seen {
    /// How long each request took.
    pub latencies: Vec<Duration>,
    /// How many cases they began.
    pub cases: u64,
}

impl Seen {
    /// Adds what another caller saw.
    pub fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.cases += other.cases;
    }

    /// The figures, once every case had come to its end.
    pub fn measured(mut self, callers: usize, lasted: Duration, raw: f64) -> Measured {
        self.latencies.sort_unstable();
        // Each request of a caller changed a case, and so did each finished action.
        let cases = f64::from(u32::try_from(self.cases).unwrap_or(u32::MAX));
        let transitions = f64::from(u32::try_from(self.latencies.len()).unwrap_or(u32::MAX)) + cases;
        let transitions_per_second = transitions / lasted.as_secs_f64();
        Measured {
            callers,
            cases_per_second: cases / lasted.as_secs_f64(),
            transitions_per_second,
            p50_micros: self.percentile(50),
            p99_micros: self.percentile(99),
            raw_transitions_per_second: raw,
            ratio: transitions_per_second / raw,
        }
    }

    /// The latency that so many of a hundred requests stayed within.
    fn percentile(&self, percent: usize) -> u64 {
        let place = (self.latencies.len() * percent).div_ceil(100).max(1) - 1;
        self.latencies.get(place).map_or(0, |latency| u64::try_from(latency.as_micros()).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_all_requests() {
        let latencies = (1..=200).rev().map(Duration::from_micros).collect();
        let measured = Seen { latencies, cases: 50 }.measured(4, Duration::from_secs(2), 250.0);
        assert_eq!((measured.p50_micros, measured.p99_micros), (100, 198));
        assert!((measured.transitions_per_second - 125.0).abs() < f64::EPSILON);
        assert!((measured.ratio - 0.5).abs() < f64::EPSILON);
    }
}
