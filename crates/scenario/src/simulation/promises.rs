//! What must hold whatever happens, looked up in the events and the definition, never asked of the engine.

mod entitled;
mod lasting;
mod proved;
mod steps;

use engine::{Event, EventEnvelope};

pub use self::proved::Proofs;
use super::ledger::{Around, Ledger, Standing};

/// A promise that was not kept.
#[derive(Debug, Clone)]
pub struct Broken {
    /// Which.
    pub promise: &'static str,
    /// How.
    pub how: String,
}

/// Refuses what breaks a promise.
pub fn ensure(holds: bool, promise: &'static str, how: impl FnOnce() -> String) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken { promise, how: how() }) }
}

/// Takes in what a command led to: each event is held against what was before it, all of them against what is then.
pub fn observe(
    ledger: &mut Ledger,
    events: &[EventEnvelope],
    (around, proofs): (Around<'_>, &Proofs),
) -> Result<(), Broken> {
    for envelope in events {
        in_order(ledger, envelope)?;
        steps::check(ledger, envelope, around)?;
        entitled::check(ledger, envelope, around)?;
        ledger.guarded += usize::from(proved::check(ledger, envelope, (around, proofs))?);
        ledger.record(envelope, around);
    }
    lasting::check(ledger, around)
}

/// Events are numbered without gaps, time does not run backwards, and an end is an end.
fn in_order(ledger: &Ledger, envelope: &EventEnvelope) -> Result<(), Broken> {
    let what = || format!("{:?}", envelope.event);
    ensure(envelope.number.0 == ledger.number + 1, "events are numbered without gaps", what)?;
    ensure(envelope.at >= ledger.at, "time does not run backwards", what)?;
    let may_follow = ledger.standing != Standing::Ended || matches!(envelope.event, Event::Commented { .. });
    ensure(may_follow, "nothing but comments follows the end", what)
}
