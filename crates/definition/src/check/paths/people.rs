//! How the steps of people are left.

use super::{Left, TooMany, Walker, Way};
use crate::{
    check::conditions::{Condition, Known},
    expression::{Comparison, Tree},
    model::{
        Escalation, Fill, IfNobody, IfRepeated, IfRequester, Mode, OnReject, PeopleStep, ReturnThen, ReturnTo, Step,
        StepIndex, TimeOutVerdict,
    },
    value::Value,
};

/// How a people step can be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exit {
    happens: &'static str,
    outcome: &'static str,
    approves: bool,
}

const REJECTED: Exit = Exit { happens: "rejected", outcome: "rejected", approves: false };
const TIMED_OUT: Exit = Exit { happens: "timed_out", outcome: "timed_out", approves: false };
const SKIPPED: Exit = Exit { happens: "skipped", outcome: "skipped", approves: false };
const DONE: Exit = Exit { happens: "done", outcome: "done", approves: false };

impl Walker<'_, '_> {
    /// An approval leads on, a rejection where the step says.
    pub(super) fn approve(&mut self, index: StepIndex, mut way: Way, people: &PeopleStep) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        self.come_back(index, &mut way, people);
        let mut left =
            Left::off(self.after(index, &way, &approve_exits(people, self.process.start.may_be_somebodys())));
        if people.on_reject == OnReject::End {
            return Ok(left);
        }
        let mut rejections = vec![REJECTED];
        if times_out(people, |verdict| verdict == TimeOutVerdict::Reject) {
            rejections.push(TIMED_OUT);
        }
        for exit in rejections {
            let ways = self.exit(step, &way, exit).into_iter().collect();
            match people.on_reject {
                OnReject::Branch => left.ended.extend(ways),
                OnReject::Continue => left.off.extend(ways),
                OnReject::Steps { first } => left.extend(self.list(first, ways)?),
                OnReject::End => {}
            }
        }
        Ok(left)
    }

    /// After a `fill` only those approvals count that the engine voids when a field changes which an action uses. Where
    /// several people fill in and the step is cut short, nothing is taken as known any more: one of them may have changed
    /// what an earlier branch was chosen by.
    pub(super) fn fill(&self, index: StepIndex, way: &Way, fill: &Fill) -> Left {
        let mut way = way.clone();
        way.approved.retain(|step| self.binds(*step, &fill.edit));
        let is_cut_short = |exit: &Exit| *exit != DONE && fill.people.mode != Mode::Any && !fill.edit.is_empty();
        let (cut_short, whole): (Vec<Exit>, Vec<Exit>) = fill_exits(&fill.people).into_iter().partition(is_cut_short);
        let mut ways = self.after(index, &way, &whole);
        let forgotten = Way { known: Known::nothing(), approved: Vec::new(), ..way };
        ways.extend(self.after(index, &forgotten, &cut_short));
        Left::off(ways)
    }

    /// Where a step may be returned and the case comes straight back, a request may have been changed in between.
    fn come_back(&self, index: StepIndex, way: &mut Way, people: &PeopleStep) {
        if people.returns.then != ReturnThen::ComeBack {
            return;
        }
        let fill = |step: StepIndex| self.process.step(step).kind.fill();
        let resubmission = self.process.resubmission;
        let targets = match people.returns.to {
            ReturnTo::Step(step) => vec![step],
            ReturnTo::Requester => resubmission.into_iter().collect(),
            ReturnTo::Any | ReturnTo::Previous => self.process.before(index).into_iter().chain(resubmission).collect(),
        };
        for edited in targets.into_iter().filter_map(fill) {
            way.approved.retain(|step| self.binds(*step, &edited.edit));
        }
    }

    fn after(&self, index: StepIndex, way: &Way, exits: &[Exit]) -> Vec<Way> {
        let step = self.process.step(index);
        let mut ways = Vec::new();
        for exit in exits {
            let mut after = self.exit(step, way, *exit);
            if let Some(after) = after.as_mut().filter(|_| exit.approves && self.settled(index)) {
                after.approved.push(index);
            }
            ways.extend(after);
        }
        ways
    }

    fn exit(&self, step: &Step, way: &Way, exit: Exit) -> Option<Way> {
        let mut known = way.known.clone();
        if self.asked_outcomes.contains(step.id.as_str()) {
            known = known.and(&has_outcome(step, exit.outcome), true);
        }
        let after = Way { known, ..way.clone() };
        after.known.is_possible().then(|| after.told(step, exit.happens, None))
    }
}

fn has_outcome(step: &Step, outcome: &str) -> Condition {
    let path = Tree::Path(vec!["steps".to_owned(), step.id.to_string(), "outcome".to_owned()]);
    let is = Tree::Literal(Value::Text(outcome.to_owned()));
    Condition::new(&Tree::Compare(Comparison::Equal, Box::new(path), Box::new(is)), &[])
}

/// The ways an `approve` step is left other than by rejection. An approval that may be the requester's own does not
/// count, a machine's never does.
fn approve_exits(people: &PeopleStep, is_somebodys: bool) -> Vec<Exit> {
    // Where nobody can stand behind the case, whoever approves is another than who asked.
    let own = is_somebodys && people.if_requester == IfRequester::Allow && !takes_two(people);
    let mut exits = vec![Exit { happens: "approved", outcome: "approved", approves: !own }];
    exits.extend(goes_on_in_time(people));
    let is_skipped = people.if_requester == IfRequester::Skip
        || people.if_repeated == IfRepeated::Skip
        || matches!(people.if_nobody, IfNobody::Skip);
    if is_skipped {
        exits.push(SKIPPED);
    }
    exits
}

/// Whether nobody can carry the step alone, so that somebody other than the requester approves whoever takes part.
fn takes_two(people: &PeopleStep) -> bool {
    match &people.mode {
        Mode::Vote(vote) => vote.takes_two(),
        Mode::Any | Mode::All | Mode::InOrder => false,
    }
}

fn fill_exits(people: &PeopleStep) -> Vec<Exit> {
    let mut exits = vec![DONE];
    exits.extend(goes_on_in_time(people));
    if matches!(people.if_nobody, IfNobody::Skip) {
        exits.push(SKIPPED);
    }
    exits
}

fn goes_on_in_time(people: &PeopleStep) -> Option<Exit> {
    times_out(people, |verdict| matches!(verdict, TimeOutVerdict::Approve | TimeOutVerdict::Skip)).then_some(TIMED_OUT)
}

fn times_out(people: &PeopleStep, which: impl Fn(TimeOutVerdict) -> bool) -> bool {
    people.escalate.iter().any(|rung| matches!(rung.then, Escalation::Do(verdict) if which(verdict)))
}
