//! What the check proved of the process before anybody began: no run of it may show otherwise.

use definition::{
    level::Level,
    value::{FieldPick, Value},
};
use engine::{
    Event, EventEnvelope,
    event::{IncidentCause, StepOutcome},
};

use super::{Broken, ensure};
use crate::simulation::ledger::{Around, Ledger, State, used};

/// The least level whose leaving takes a second person.
const GUARDED_FROM: Level = Level::L2;

/// What was proved.
#[derive(Debug, Clone, Copy, Default)]
pub struct Proofs {
    /// Somebody other than the requester, who is cleared, approves before anything of L2 leaves.
    pub four_eyes: bool,
    /// Everybody who may be asked is there, as long as the company stays as it was.
    pub answers: bool,
}

/// Says whether an action went behind four eyes that were proved.
pub fn check(
    ledger: &Ledger,
    envelope: &EventEnvelope,
    (around, proofs): (Around<'_>, &Proofs),
) -> Result<bool, Broken> {
    match &envelope.event {
        Event::ActionRequested { run, .. } if proofs.four_eyes && touched(around) >= GUARDED_FROM => {
            let is_guarded = is_guarded(ledger, around, touched(around));
            ensure(is_guarded, "what four eyes were proved for has them", || {
                let step = &ledger.passage(*run).step;
                format!("{step} touches {}, approved by {:?}", touched(around), ledger.assents)
            })?;
            Ok(true)
        }
        Event::IncidentRaised { cause: IncidentCause::NobodyToName, run } if proofs.answers => {
            let step = &ledger.passage(*run).step;
            ensure(false, "whoever was proved to answer is there", || format!("nobody answers {step}"))?;
            Ok(false)
        }
        _ => Ok(false),
    }
}

/// The highest level that an export of the request's fields carries.
fn touched(around: Around<'_>) -> Level {
    let picks = around.after.values().values().filter_map(|value| match value {
        Value::Picks(picks) => picks.iter().map(FieldPick::effective_level).max(),
        _ => None,
    });
    picks.max().unwrap_or_default()
}

/// Whether somebody else, who is cleared, has approved exactly what the action uses, in a step that was approved.
fn is_guarded(ledger: &Ledger, around: Around<'_>, touched: Level) -> bool {
    let now = used(around.after);
    ledger.assents.iter().any(|one| {
        one.stands
            && ledger.requester.as_ref() != Some(&one.by)
            && one.clearance >= touched
            && one.used == now
            && ledger.passage(one.run).state == State::Left(StepOutcome::Approved)
    })
}
