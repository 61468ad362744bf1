//! The clock: the machine's, or one that tests move by hand. The only place that reads the time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

/// Where the time comes from.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock.
    System,
    /// A clock that moves only when it is told to; microseconds since 1970.
    Manual(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands at a moment until it is moved.
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(AtomicI64::new(at.timestamp_micros())))
    }

    /// The moment, to the microsecond that both databases keep.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => Utc::now().trunc_subsecs(6),
            Self::Manual(micros) => DateTime::from_timestamp_micros(micros.load(Ordering::SeqCst))
                .expect("a manual clock only ever holds moments that were given as such"),
        }
    }

    /// Moves a manual clock to a later moment; false for the system's clock or a moment already past.
    pub fn advance_to(&self, moment: DateTime<Utc>) -> bool {
        match self {
            Self::System => false,
            Self::Manual(micros) => {
                micros.fetch_max(moment.timestamp_micros(), Ordering::SeqCst) <= moment.timestamp_micros()
            }
        }
    }

    /// Whether this clock is moved by hand.
    pub fn is_manual(&self) -> bool {
        matches!(self, Self::Manual(_))
    }

    /// The moment this long from now.
    pub fn after(&self, delta: TimeDelta) -> DateTime<Utc> {
        self.now() + delta
    }
}
