//! Every way through a process, as far as its own steps and conditions decide it.
//!
//! A list of steps turns the ways that come to it into those that run off its end; a nested list is walked within the step
//! it stands in. What a condition found out stays known on the way: the engine goes back to a branch whose condition comes
//! out otherwise once a `fill` has changed the request, and to the first approval that no longer fits what it was given for.
//! A return needs no way of its own: the case comes to the step again with no fewer approvals than the first time, since
//! those that run again count no more. Only where it comes straight back may a change have come in between.

mod lanes;
mod people;

use std::{
    collections::{BTreeSet, HashSet},
    rc::Rc,
};

use super::conditions::{Condition, Known};
use crate::{
    diagnostic::PathStep,
    expression::Tree,
    id::FieldName,
    model::{Branch, OnError, Process, Run, Step, StepIndex, StepKind},
};

/// Beyond this many ways at all steps together a proof gives up and says so; a process that needs more is for splitting.
pub const WAYS_MAX: usize = 10_000;
/// Beyond this many facts, on all ways together, as well: an answer comes within a second.
const FACTS_MAX: usize = 100_000;

/// One way through a process up to a step.
#[derive(Debug, Clone)]
pub struct Way {
    /// What its conditions amount to.
    pub known: Known,
    /// Steps that people other than the requester approved, as far as that still counts.
    pub approved: Vec<StepIndex>,
    trail: Rc<Trail>,
}

/// What a reader is told, the last of it first.
#[derive(Debug)]
struct Trail {
    last: PathStep,
    before: Option<Rc<Trail>>,
}

/// A process has more ways than are walked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooMany;

impl Way {
    /// What happened, in order.
    pub fn path(&self) -> Vec<PathStep> {
        self.path_since(None)
    }

    /// What happened after a point of the same way, in order.
    fn path_since(&self, point: Option<&Rc<Trail>>) -> Vec<PathStep> {
        let mut path = Vec::new();
        let mut at = Some(&self.trail);
        while let Some(trail) = at.filter(|trail| point.is_none_or(|point| !Rc::ptr_eq(trail, point))) {
            path.push(trail.last.clone());
            at = trail.before.as_ref();
        }
        path.reverse();
        path
    }

    fn told(self, step: &Step, happens: &'static str, detail: Option<String>) -> Self {
        self.then(PathStep { step: step.id.to_string(), happens, detail })
    }

    fn then(mut self, last: PathStep) -> Self {
        self.trail = Rc::new(Trail { last, before: Some(self.trail) });
        self
    }

    /// Equal for ways that differ only in how they came here.
    fn key(&self) -> (String, BTreeSet<StepIndex>) {
        (format!("{:?}", self.known), self.approved.iter().copied().collect())
    }
}

/// The ways on which a list of steps is left.
#[derive(Debug, Default)]
struct Left {
    /// Off its end.
    off: Vec<Way>,
    /// By a rejection that ends the enclosing case, branch or item alone.
    ended: Vec<Way>,
}

impl Left {
    const fn off(ways: Vec<Way>) -> Self {
        Self { off: ways, ended: Vec::new() }
    }

    fn extend(&mut self, other: Self) {
        self.off.extend(other.off);
        self.ended.extend(other.ended);
    }
}

/// Walks every possible way and calls `visit` at each step it comes to.
pub fn walk(process: &Process, visit: &mut dyn FnMut(StepIndex, &Step, &Way)) -> Result<(), TooMany> {
    let submitted = PathStep { step: "start".to_owned(), happens: "submitted", detail: None };
    let trail = Rc::new(Trail { last: submitted, before: None });
    let start = Way { known: Known::nothing(), approved: Vec::new(), trail };
    Walker::new(process, visit).list(process.first, vec![start]).map(|_| ())
}

struct Walker<'a, 'v> {
    process: &'a Process,
    visit: &'v mut dyn FnMut(StepIndex, &Step, &Way),
    /// What each case of each branch asks, by step; nothing for `else`.
    conditions: Vec<Vec<Option<Condition>>>,
    /// The steps whose outcome a condition asks for: only theirs are worth remembering.
    asked_outcomes: BTreeSet<String>,
    /// The request fields that actions use.
    used: BTreeSet<String>,
    /// The `fill` steps that may be done at any moment, since they stand beside the place being walked.
    beside: Vec<StepIndex>,
    walked: usize,
    facts: usize,
}

impl<'a, 'v> Walker<'a, 'v> {
    fn new(process: &'a Process, visit: &'v mut dyn FnMut(StepIndex, &Step, &Way)) -> Self {
        let cases = |step: &'a Step| step.kind.branch().map(|branch| &*branch.cases).unwrap_or_default();
        let trees = || {
            let cases = process.steps.iter().flat_map(cases);
            cases.filter_map(|case| case.condition.as_ref()).map(|condition| &*condition.tree)
        };
        let asked_outcomes = trees().flat_map(Tree::paths).filter_map(|path| match path {
            [steps, step, outcome] if steps == "steps" && outcome == "outcome" => Some(step.clone()),
            _ => None,
        });
        let conditions = process.steps.iter().map(|step| {
            let condition = |case: &crate::model::BranchCase| {
                case.condition.as_ref().map(|condition| Condition::new(&condition.tree, &process.lets))
            };
            cases(step).iter().map(condition).collect()
        });
        Self {
            process,
            visit,
            conditions: conditions.collect(),
            asked_outcomes: asked_outcomes.collect(),
            used: used_by_actions(process),
            beside: Vec::new(),
            walked: 0,
            facts: 0,
        }
    }

    /// The ways that leave a list of steps.
    fn list(&mut self, first: Option<StepIndex>, ways: Vec<Way>) -> Result<Left, TooMany> {
        let mut left = Left::off(ways);
        let process = self.process;
        for index in process.list(first) {
            let ways = std::mem::take(&mut left.off);
            for way in ways {
                self.count(&way)?;
                (self.visit)(index, process.step(index), &way);
                let after = self.step(index, way)?;
                left.extend(after);
            }
        }
        Ok(left)
    }

    fn count(&mut self, way: &Way) -> Result<(), TooMany> {
        self.walked += 1;
        self.facts += way.known.size() + way.approved.len();
        if self.walked > WAYS_MAX || self.facts > FACTS_MAX { Err(TooMany) } else { Ok(()) }
    }

    fn step(&mut self, index: StepIndex, way: Way) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        match &step.kind {
            StepKind::Approve(people) => self.approve(index, way, people),
            StepKind::Fill(fill) => Ok(self.fill(index, &way, fill)),
            StepKind::Notify(_) | StepKind::Wait(_) | StepKind::Set(_) => Ok(Left::off(vec![way])),
            StepKind::Run(run) => self.run(index, way, run),
            StepKind::Branch(branch) if branch.every => self.every(index, &way, branch),
            StepKind::Branch(branch) => self.first_case(index, &way, branch),
            StepKind::Parallel(parallel) => self.parallel(index, &way, parallel),
            StepKind::Each(each) => self.each(index, way, each),
            StepKind::Repeat(repeat) => self.repeat(way, repeat),
            StepKind::End(_) => Ok(Left::default()),
        }
    }

    /// An action takes effect, or fails for good; what takes it back comes after the end of
    /// the case, acts on nothing and leads nowhere.
    fn run(&mut self, index: StepIndex, way: Way, run: &Run) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        let failed = || way.clone().told(step, "failed", None);
        let mut left = match run.on_error {
            OnError::Steps { first } => self.list(first, vec![failed()])?,
            OnError::Incident | OnError::Continue => Left::default(),
        };
        left.off.push(way.told(step, "runs", None));
        Ok(left)
    }

    /// The first case that holds. A rejection that ends the branch alone leads on behind it.
    fn first_case(&mut self, index: StepIndex, way: &Way, branch: &Branch) -> Result<Left, TooMany> {
        let step = self.process.step(index);
        let conditions = self.conditions[usize::from(index.0)].clone();
        let mut not_before = way.known.clone();
        let mut off = Vec::new();
        for (case, condition) in branch.cases.iter().zip(&conditions) {
            let (known, happens) = match condition {
                Some(condition) => (not_before.and(condition, true), "case"),
                None => (not_before.clone(), "else"),
            };
            if known.is_possible() {
                let detail = case.condition.as_ref().map(|condition| condition.source.to_string());
                let way = Way { known, ..way.clone() }.told(step, happens, detail);
                let left = self.list(case.first, vec![way])?;
                off.extend(left.off.into_iter().chain(left.ended));
            }
            if let Some(condition) = condition {
                not_before = not_before.and(condition, false);
            }
        }
        Ok(Left::off(off))
    }

    /// Rounds are walked until they bring nothing new. What a round approved counts in that round: the engine goes back to
    /// no approval of an earlier one when something changes.
    fn repeat(&mut self, way: Way, repeat: &crate::model::Repeat) -> Result<Left, TooMany> {
        let inside = self.nested_in(repeat.first);
        let mut seen = HashSet::from([way.key()]);
        let mut rounds = vec![way];
        let mut left = Left::default();
        while !rounds.is_empty() {
            let mut round = self.list(repeat.first, std::mem::take(&mut rounds))?;
            for way in &mut round.off {
                way.known = self.without_outcomes(&way.known, &inside);
                let mut again = way.clone();
                again.approved.retain(|step| !inside.contains(step));
                if seen.insert(again.key()) {
                    rounds.push(again);
                }
            }
            left.extend(round);
        }
        Ok(left)
    }

    /// What is known once the outcomes of steps that may run again are forgotten.
    fn without_outcomes(&self, known: &Known, steps: &[StepIndex]) -> Known {
        let asked = steps.iter().map(|index| self.process.step(*index).id.as_str());
        asked.filter(|step| self.asked_outcomes.contains(*step)).fold(known.clone(), |known, step| known.without(step))
    }

    /// The steps of a list with all that is nested in them.
    fn nested_in(&self, first: Option<StepIndex>) -> Vec<StepIndex> {
        let mut found = Vec::new();
        let mut open: Vec<StepIndex> = self.process.list(first).collect();
        while let Some(index) = open.pop() {
            found.push(index);
            let lists = self.process.step(index).kind.lists();
            open.extend(lists.into_iter().flat_map(|first| self.process.list(first)));
        }
        found
    }

    /// Whether an approval of a step is void, and asked for again, once any of these fields has changed which actions use.
    fn binds(&self, step: StepIndex, changed: &[FieldName]) -> bool {
        let see = self.process.step(step).kind.people().and_then(|people| people.see.as_ref());
        let mut relevant = changed.iter().filter(|field| self.used.contains(field.as_str()));
        see.is_none_or(|see| relevant.all(|field| see.contains(field)))
    }

    /// Whether an approval still counts whatever the `fill` steps beside it do.
    fn settled(&self, step: StepIndex) -> bool {
        let fills = self.beside.iter().filter_map(|index| self.process.step(*index).kind.fill());
        fills.into_iter().all(|fill| self.binds(step, &fill.edit))
    }
}

/// The request fields that any action's arguments name, also through `let` values.
fn used_by_actions(process: &Process) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    let mut names = BTreeSet::new();
    let mut note = |tree: &Tree, names: &mut BTreeSet<String>| {
        for path in tree.paths() {
            match path {
                [request, field, ..] if request == "request" => {
                    used.insert(field.clone());
                }
                [name] => {
                    names.insert(name.clone());
                }
                _ => {}
            }
        }
    };
    for step in &process.steps {
        let Some(run) = step.kind.run() else { continue };
        for argument in run.action.expressions() {
            note(&argument.tree, &mut names);
        }
    }
    // A `let` names only those before it.
    for one in process.lets.iter().rev() {
        if names.contains(one.name.as_str()) {
            note(&one.expression.tree, &mut names);
        }
    }
    used
}
