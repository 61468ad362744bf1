//! `run`: a built-in action, tried again when it fails.

use super::ladder;
use crate::{
    diagnostic::codes,
    lower::{
        action,
        reading::{self, Keys, Mapping},
        workflow::Lowering,
    },
    model::{Retry, Run},
    period::{Period, Unit},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const RETRY_KEYS: Keys = Keys::all(&["times", "first"]);

/// Most retries of one action: with waits that double, the twentieth comes after weeks.
const RETRIES_MAX: u32 = 20;

/// How an action is retried if its step does not say.
const RETRY_DEFAULT: Retry = Retry { times: 5, first: Period { amount: 30, unit: Unit::Seconds } };

pub(super) fn lower(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<Run> {
    let action = action::lower(reporter, mapping, lowering);
    let retry = match mapping.get("retry") {
        Some(node) => retry(reporter, node),
        None => Some(RETRY_DEFAULT),
    };
    for (key, word, not_yet) in [("on_error", "incident", &["continue"][..]), ("undo", "automatic", &["none"])] {
        let Some(node) = mapping.get(key) else { continue };
        if node.as_sequence().is_some() {
            reporter.report(codes::WORD_NOT_YET, node.place, &[("found", &format!("{key}: [steps]"))]);
        } else {
            reading::one_of_or_not_yet(reporter, node, &[(word, ())], not_yet);
        }
    }
    Some(Run { action: action?, retry: retry? })
}

fn retry(reporter: &mut Reporter<'_>, node: &Node) -> Option<Retry> {
    let mapping = reading::mapping(reporter, node, RETRY_KEYS)?;
    let times = match mapping.get("times") {
        Some(node) => reading::whole_number(reporter, node, 0, RETRIES_MAX),
        None => Some(RETRY_DEFAULT.times),
    };
    let first = match mapping.get("first") {
        Some(node) => ladder::period(reporter, node),
        None => Some(RETRY_DEFAULT.first),
    };
    Some(Retry { times: times?, first: first? })
}
