//! `mode: { vote: 60% }`: what must be reached, whose vote counts for more, who has a veto.

use crate::{
    diagnostic::codes,
    lower::{
        reading::{self, Keys},
        selector::{self, Placed},
        workflow::Lowering,
    },
    model::{Needed, Vote, Weight},
    reporter::Reporter,
    syntax::Node,
};

pub(crate) const VOTE_KEYS: Keys = Keys::all(&["vote", "weights", "veto", "each_department"]);
pub(crate) const WEIGHT_KEYS: Keys = Keys::all(&["who", "votes"]);

/// Most votes that a threshold or a weight speaks of.
const VOTES_MAX: u32 = 1_000;
/// Most rules about weights.
const WEIGHTS_MAX: usize = 50;
/// How many hundredths of a percent all of them are.
const ALL: u32 = 10_000;

/// What a mapping under `mode` says.
pub(super) fn lower(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Vote> {
    let mapping = reading::mapping(reporter, node, VOTE_KEYS)?;
    let needed = mapping.required(reporter, "vote").and_then(|node| needed(reporter, node));
    let weights = match mapping.get("weights") {
        Some(node) => weights(reporter, node, lowering),
        None => Some(Vec::new()),
    };
    let veto = match mapping.get("veto") {
        Some(node) => selector::lower(reporter, node, Placed::Step, lowering).map(Some),
        None => Some(None),
    };
    let each_department = match mapping.get("each_department") {
        Some(node) => reading::whole_number(reporter, node, 1, VOTES_MAX).map(Some),
        None => Some(None),
    };
    Some(Vote { needed: needed?, weights: weights?, veto: veto?, each_department: each_department? })
}

fn needed(reporter: &mut Reporter<'_>, node: &Node) -> Option<Needed> {
    let text = reading::string(reporter, node)?;
    let Some(share) = text.strip_suffix('%') else {
        return reading::whole_number(reporter, node, 1, VOTES_MAX).map(Needed::Votes);
    };
    let hundredths = hundredths(share.trim_end()).filter(|hundredths| (1..=ALL).contains(hundredths));
    if hundredths.is_none() {
        reporter.report(codes::BAD_SHARE, node.place, &[("found", text)]);
    }
    hundredths.map(Needed::Share)
}

/// A number with at most two decimal places, in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(part) || part.len() > 2 {
        return None;
    }
    let part: u32 = format!("{part:0<2}").parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}

fn weights(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Vec<Weight>> {
    let items = reading::short_sequence(reporter, node, WEIGHTS_MAX)?;
    let weights: Vec<_> = items.iter().map(|item| weight(reporter, item, lowering)).collect();
    weights.into_iter().collect()
}

fn weight(reporter: &mut Reporter<'_>, node: &Node, lowering: &Lowering<'_>) -> Option<Weight> {
    let mapping = reading::mapping(reporter, node, WEIGHT_KEYS)?;
    let who = mapping.required(reporter, "who");
    let who = who.and_then(|node| selector::lower(reporter, node, Placed::Step, lowering));
    let votes = mapping.required(reporter, "votes");
    let votes = votes.and_then(|node| reading::whole_number(reporter, node, 1, VOTES_MAX));
    Some(Weight { who: who?, votes: votes? })
}
