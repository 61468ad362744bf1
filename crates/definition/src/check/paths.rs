//! Every way through a process, as far as its own steps and conditions decide it.
//!
//! What a condition found out stays known on the way: the engine goes back to a branch whose condition comes out
//! otherwise once a `fill` has changed the request, and to the first approval that no longer fits what it was given for.

use std::{collections::BTreeSet, rc::Rc};

use super::conditions::{Condition, Known};
use crate::{
    diagnostic::PathStep,
    expression::{Comparison, Tree},
    id::FieldName,
    model::{
        Branch, Escalation, Fill, IfNobody, IfRequester, Mode, PeopleStep, Process, Step, StepIndex, StepKind,
        TimeOutVerdict,
    },
    value::Value,
};

/// Beyond this many open ways a proof gives up and says so; a process that needs more is for splitting.
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

/// How a people step can be left on the way forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exit {
    happens: &'static str,
    outcome: &'static str,
    approves: bool,
}

impl Way {
    /// What happened, in order.
    pub fn path(&self) -> Vec<PathStep> {
        let mut path = Vec::new();
        let mut at = Some(&self.trail);
        while let Some(trail) = at {
            path.push(trail.last.clone());
            at = trail.before.as_ref();
        }
        path.reverse();
        path
    }

    fn told(mut self, step: &Step, happens: &'static str, detail: Option<String>) -> Self {
        let last = PathStep { step: step.id.to_string(), happens, detail };
        self.trail = Rc::new(Trail { last, before: Some(self.trail) });
        self
    }
}

/// Walks every possible way and calls `visit` at each step it comes to.
pub fn walk(process: &Process, visit: &mut dyn FnMut(StepIndex, &Step, &Way)) -> Result<(), TooMany> {
    let ways = Walker::new(process);
    let submitted = PathStep { step: "start".to_owned(), happens: "submitted", detail: None };
    let trail = Rc::new(Trail { last: submitted, before: None });
    let start = Way { known: Known::nothing(), approved: Vec::new(), trail };
    let mut open: Vec<(StepIndex, Way)> = process.first.map(|first| (first, start)).into_iter().collect();
    let (mut walked, mut facts) = (0, 0);
    while let Some((index, way)) = open.pop() {
        walked += 1;
        facts += way.known.size() + way.approved.len();
        if walked > WAYS_MAX || facts > FACTS_MAX {
            return Err(TooMany);
        }
        visit(index, process.step(index), &way);
        // Reversed, so that the first alternative is walked first and a counterexample is the plainest one.
        open.extend(ways.next(index, &way).into_iter().rev());
    }
    Ok(())
}

struct Walker<'a> {
    process: &'a Process,
    /// What each case of each branch asks, by step; nothing for `else`.
    conditions: Vec<Vec<Option<Condition>>>,
    /// The steps whose outcome a condition asks for: only theirs are worth remembering.
    asked_outcomes: BTreeSet<String>,
    /// The request fields that actions use.
    used: BTreeSet<String>,
}

impl<'a> Walker<'a> {
    fn new(process: &'a Process) -> Self {
        let trees = || {
            let branches = process.steps.iter().filter_map(|step| match &step.kind {
                StepKind::Branch(branch) => Some(&branch.cases),
                StepKind::Approve(_)
                | StepKind::Fill(_)
                | StepKind::Notify(_)
                | StepKind::Run(_)
                | StepKind::End(_) => None,
            });
            branches.flatten().filter_map(|case| case.condition.as_ref()).map(|condition| &*condition.tree)
        };
        let asked_outcomes = trees().flat_map(Tree::paths).filter_map(|path| match path {
            [steps, step, outcome] if steps == "steps" && outcome == "outcome" => Some(step.clone()),
            _ => None,
        });
        let conditions = process.steps.iter().map(|step| match &step.kind {
            StepKind::Branch(Branch { cases }) => {
                let condition = |case: &crate::model::BranchCase| {
                    case.condition.as_ref().map(|condition| Condition::new(&condition.tree, &process.lets))
                };
                cases.iter().map(condition).collect()
            }
            StepKind::Approve(_) | StepKind::Fill(_) | StepKind::Notify(_) | StepKind::Run(_) | StepKind::End(_) => {
                Vec::new()
            }
        });
        Self {
            process,
            conditions: conditions.collect(),
            asked_outcomes: asked_outcomes.collect(),
            used: used_by_actions(process),
        }
    }

    fn next(&self, index: StepIndex, way: &Way) -> Vec<(StepIndex, Way)> {
        let step = self.process.step(index);
        match &step.kind {
            StepKind::Approve(people) => {
                self.after_people(index, way, &approve_exits(people, self.process.start.may_be_somebodys()))
            }
            StepKind::Fill(fill) => self.after_fill(index, way, fill),
            StepKind::Notify(_) => following(self.process, index).map(|next| (next, way.clone())).into_iter().collect(),
            StepKind::Run(_) => {
                let told = || way.clone().told(step, "runs", None);
                following(self.process, index).map(|next| (next, told())).into_iter().collect()
            }
            StepKind::Branch(branch) => self.after_branch(index, way, branch),
            StepKind::End(_) => Vec::new(),
        }
    }

    fn after_branch(&self, index: StepIndex, way: &Way, branch: &Branch) -> Vec<(StepIndex, Way)> {
        let step = self.process.step(index);
        let mut not_before = way.known.clone();
        let mut ways = Vec::new();
        for (case, condition) in branch.cases.iter().zip(&self.conditions[usize::from(index.0)]) {
            let (known, happens) = match condition {
                Some(condition) => (not_before.and(condition, true), "case"),
                None => (not_before.clone(), "else"),
            };
            if known.is_possible() {
                let detail = case.condition.as_ref().map(|condition| condition.source.to_string());
                let way = Way { known, ..way.clone() }.told(step, happens, detail);
                let next = case.first.or_else(|| following(self.process, index));
                ways.extend(next.map(|next| (next, way)));
            }
            if let Some(condition) = condition {
                not_before = not_before.and(condition, false);
            }
        }
        ways
    }

    fn after_people(&self, index: StepIndex, way: &Way, exits: &[Exit]) -> Vec<(StepIndex, Way)> {
        let Some(next) = following(self.process, index) else { return Vec::new() };
        let step = self.process.step(index);
        let mut ways = Vec::new();
        for exit in exits {
            let mut known = way.known.clone();
            if self.asked_outcomes.contains(step.id.as_str()) {
                known = known.and(&has_outcome(step, exit.outcome), true);
            }
            let mut after = Way { known, ..way.clone() };
            if exit.approves {
                after.approved.push(index);
            }
            if after.known.is_possible() {
                ways.push((next, after.told(step, exit.happens, None)));
            }
        }
        ways
    }

    /// After a `fill` only those approvals count that the engine voids when a field changes which an action uses. Where
    /// several people fill in and the step is cut short, what one of them has changed is not gone back for, so nothing
    /// that was known before counts.
    fn after_fill(&self, index: StepIndex, way: &Way, fill: &Fill) -> Vec<(StepIndex, Way)> {
        let changed: Vec<&FieldName> = fill.edit.iter().filter(|field| self.used.contains(field.as_str())).collect();
        let binds = |step: &StepIndex| {
            let see = self.process.step(*step).kind.people().and_then(|people| people.see.as_ref());
            see.is_none_or(|see| changed.iter().all(|field| see.contains(field)))
        };
        let mut way = way.clone();
        way.approved.retain(binds);
        let is_cut_short =
            |exit: &Exit| exit.happens != "done" && fill.people.mode != Mode::Any && !fill.edit.is_empty();
        let (cut_short, whole): (Vec<Exit>, Vec<Exit>) = fill_exits(&fill.people).into_iter().partition(is_cut_short);
        let mut ways = self.after_people(index, &way, &whole);
        let forgotten = Way { known: Known::nothing(), approved: Vec::new(), trail: way.trail };
        ways.extend(self.after_people(index, &forgotten, &cut_short));
        ways
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
        let StepKind::Run(run) = &step.kind else { continue };
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
    exits.extend(time_out_exits(people));
    let is_skipped = people.if_requester == IfRequester::Skip || matches!(people.if_nobody, IfNobody::Skip);
    if is_skipped {
        exits.push(Exit { happens: "skipped", outcome: "skipped", approves: false });
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
    let mut exits = vec![Exit { happens: "done", outcome: "done", approves: false }];
    exits.extend(time_out_exits(people));
    if matches!(people.if_nobody, IfNobody::Skip) {
        exits.push(Exit { happens: "skipped", outcome: "skipped", approves: false });
    }
    exits
}

fn time_out_exits(people: &PeopleStep) -> Option<Exit> {
    let goes_on = people
        .escalate
        .iter()
        .any(|rung| matches!(rung.then, Escalation::Do(TimeOutVerdict::Approve | TimeOutVerdict::Skip)));
    goes_on.then_some(Exit { happens: "timed_out", outcome: "timed_out", approves: false })
}

/// The step that comes after one, through the ends of the lists it stands in.
fn following(process: &Process, index: StepIndex) -> Option<StepIndex> {
    let mut at = index;
    loop {
        let step = process.step(at);
        match (step.next, step.parent) {
            (Some(next), _) => return Some(next),
            (None, Some(parent)) => at = parent.step,
            (None, None) => return None,
        }
    }
}
