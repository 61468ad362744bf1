//! Reminders and the escalation ladder.

use crate::{
    diagnostic::codes,
    lower::{
        reading::{self, Keys, Mapping},
        selector::{self, Placed},
        workflow::Lowering,
    },
    model::{Escalation, Remind, Rung, TimeOutVerdict},
    period::{Period, Unit},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const REMIND_KEYS: Keys = Keys::all(&["before", "every", "at_most"]);
pub(crate) const RUNG_KEYS: Keys = Keys::all(&["after", "to", "add", "notify", "do"]);

/// What a rung may do, each with its key.
const RUNG_ACTS: [&str; 4] = ["to", "add", "notify", "do"];

/// Most rungs of one ladder.
const RUNGS_MAX: usize = 20;
/// Most reminders of one task.
const REMINDERS_MAX: u32 = 100;

const VERDICTS: &[(&str, TimeOutVerdict)] =
    &[("approve", TimeOutVerdict::Approve), ("reject", TimeOutVerdict::Reject), ("skip", TimeOutVerdict::Skip)];

/// A duration that is some time.
pub(crate) fn period(reporter: &mut Reporter<'_>, node: &Node) -> Option<Period> {
    let period = reading::period(reporter, node)?;
    if period.is_zero() {
        reporter.report(codes::BAD_PERIOD, node.place, &[("found", node.as_text().unwrap_or_default())]);
        return None;
    }
    Some(period)
}

pub(super) fn remind(reporter: &mut Reporter<'_>, node: &Node) -> Option<Remind> {
    let errors = reporter.errors();
    let mapping = reading::mapping(reporter, node, REMIND_KEYS)?;
    let before = mapping.get("before").and_then(|node| period(reporter, node));
    let every = mapping.get("every").and_then(|node| period(reporter, node));
    if mapping.get("before").is_none() && mapping.get("every").is_none() {
        reporter.report(codes::MISSING_KEY, mapping.place, &[("key", "before")]);
    }
    let at_most = match mapping.get("at_most") {
        Some(node) => reading::whole_number(reporter, node, 1, REMINDERS_MAX),
        // Without `every` there is one reminder; with it, the number must be said, since nobody wants it endless.
        None if mapping.get("every").is_none() => Some(1),
        None => {
            reporter.report(codes::MISSING_KEY, mapping.place, &[("key", "at_most")]);
            None
        }
    };
    let remind = Remind { before, every, at_most: at_most? };
    (reporter.errors() == errors).then_some(remind)
}

/// The rungs, in order of `after`; nothing may follow one that ends the step.
pub(super) fn escalate(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Vec<Rung>> {
    let items = reading::short_sequence(reporter, node, RUNGS_MAX)?;
    let mut rungs: Vec<Option<Rung>> = Vec::new();
    for item in items {
        let rung = rung(reporter, item, lowering);
        if let (Some(rung), Some(Some(before))) = (&rung, rungs.last()) {
            if is_surely_shorter(rung.after, before.after) {
                let (after, earlier) = (rung.after.to_string(), before.after.to_string());
                let arguments = [("after", after.as_str()), ("earlier", earlier.as_str())];
                reporter.report(codes::RUNGS_NOT_INCREASING, item.place, &arguments);
            }
            if matches!(before.then, Escalation::Do(_)) {
                reporter.report(codes::RUNG_AFTER_END, item.place, &[]);
            }
        }
        rungs.push(rung);
    }
    rungs.into_iter().collect()
}

fn rung(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Rung> {
    let mapping = reading::mapping(reporter, node, RUNG_KEYS)?;
    // A rung may lie at the due time itself.
    let after = mapping.required(reporter, "after").and_then(|node| reading::period(reporter, node));
    let then = act(reporter, mapping, lowering);
    Some(Rung { after: after?, then: then? })
}

fn act(reporter: &mut Reporter<'_>, mapping: Mapping<'_>, lowering: &Lowering<'_>) -> Option<Escalation> {
    let given: Vec<_> = RUNG_ACTS.iter().filter_map(|key| mapping.entry(key)).collect();
    let [entry] = given[..] else {
        reporter.report(codes::RUNG_NEEDS_ONE_ACT, mapping.place, &[("known", &RUNG_ACTS.join(" "))]);
        return None;
    };
    if entry.key == "do" {
        return reading::one_of(reporter, &entry.value, VERDICTS).map(Escalation::Do);
    }
    let selector = selector::lower(reporter, &entry.value, Placed::Ladder, lowering)?;
    Some(match entry.key.as_str() {
        "to" => Escalation::To(selector),
        "add" => Escalation::Add(selector),
        _ => Escalation::Notify(selector),
    })
}

/// Whether one period is shorter than another on every calendar.
fn is_surely_shorter(one: Period, other: Period) -> bool {
    if one.unit == other.unit {
        return one.amount < other.amount;
    }
    match (clock_seconds(one), clock_seconds(other)) {
        (Some(one), Some(other)) => one < other,
        _ => false,
    }
}

/// The length of a period that the clock alone decides.
fn clock_seconds(period: Period) -> Option<u64> {
    let seconds = match period.unit {
        Unit::Seconds => 1,
        Unit::Minutes => 60,
        Unit::Hours => 3_600,
        Unit::Days => 86_400,
        Unit::Months | Unit::WorkingHours | Unit::WorkingDays => return None,
    };
    Some(u64::from(period.amount) * seconds)
}
