//! Whether what is expected is so.

use std::collections::{BTreeMap, BTreeSet};

use engine::{Task, case::Status, sight};
use policy::FieldView;

use crate::{
    model::{Aspect, Expectation},
    report::Failure,
    world::World,
};

/// Every way in which an expectation does not hold.
pub fn check(world: &World, refused: &[String], expectation: &Expectation) -> Vec<Failure> {
    let hold = Hold { line: expectation.line, negated: expectation.negated, key: expectation.aspect.key() };
    match &expectation.aspect {
        Aspect::Waiting(steps) => hold.exactly(steps, waiting(world)),
        Aspect::For(people) => hold.exactly(people, holders(world)),
        Aspect::Reminded(people) => hold.all(people, world.seen.reminded.clone()),
        Aspect::Notified(people) => hold.all(people, world.seen.notified.clone()),
        Aspect::Escalated(steps) => hold.all(steps, world.seen.escalated.clone()),
        Aspect::Ran(steps) => hold.all(steps, world.seen.ran.clone()),
        Aspect::Undone(steps) => hold.all(steps, world.seen.undone.clone()),
        Aspect::Ended(outcome) => hold.exactly(&[outcome.clone()].into(), ended(world)),
        Aspect::Refused(people) => hold.all(people, refused.iter().cloned().collect()),
        Aspect::Sees(views) => hold.views(world, views, |view| view == FieldView::Clear),
        Aspect::Masked(views) => hold.views(world, views, |view| matches!(view, FieldView::Masked { .. })),
    }
}

/// How an expectation was written.
#[derive(Clone, Copy)]
struct Hold {
    line: u32,
    negated: bool,
    key: &'static str,
}

impl Hold {
    /// The set is exactly this one; negated: it is another.
    fn exactly(self, expected: &BTreeSet<String>, actual: BTreeSet<String>) -> Vec<Failure> {
        self.unless((*expected == actual) != self.negated, None, (expected, actual))
    }

    /// All of these are among them; negated: none of them is.
    fn all(self, expected: &BTreeSet<String>, actual: BTreeSet<String>) -> Vec<Failure> {
        let holds = if self.negated { expected.is_disjoint(&actual) } else { expected.is_subset(&actual) };
        self.unless(holds, None, (expected, actual))
    }

    /// Each viewer has all of these fields among those of this view; negated: none of them.
    fn views(
        self,
        world: &World,
        views: &BTreeMap<String, BTreeSet<String>>,
        is_so: impl Fn(FieldView) -> bool,
    ) -> Vec<Failure> {
        let mut failures = Vec::new();
        for (viewer, expected) in views {
            let actual: BTreeSet<String> = match world.case() {
                None => BTreeSet::new(),
                Some(case) => {
                    let seen = sight::request_fields(world.plan(), case, world.directory(), &viewer.as_str().into());
                    seen.into_iter().filter(|(_, view)| is_so(*view)).map(|(field, _)| field.to_string()).collect()
                }
            };
            let holds = if self.negated { expected.is_disjoint(&actual) } else { expected.is_subset(&actual) };
            failures.extend(self.unless(holds, Some(viewer.clone()), (expected, actual)));
        }
        failures
    }

    fn unless(
        self,
        holds: bool,
        viewer: Option<String>,
        (expected, actual): (&BTreeSet<String>, BTreeSet<String>),
    ) -> Vec<Failure> {
        if holds {
            return Vec::new();
        }
        let key = if self.negated { format!("not_{}", self.key) } else { self.key.to_owned() };
        vec![Failure::Differs { line: self.line, key, viewer, expected: expected.clone(), actual }]
    }
}

/// The steps at which the case is: not those around them.
fn waiting(world: &World) -> BTreeSet<String> {
    let runs = world.case().into_iter().flat_map(engine::Case::open_runs);
    runs.filter(|run| !run.encloses()).map(|run| run.step.to_string()).collect()
}

fn holders(world: &World) -> BTreeSet<String> {
    let tasks = world.case().into_iter().flat_map(engine::Case::open_tasks);
    tasks.flat_map(Task::holders).map(|login| login.to_string()).collect()
}

fn ended(world: &World) -> BTreeSet<String> {
    match world.case().map(|case| &case.status) {
        Some(Status::Ended { outcome, .. }) => [outcome.to_string()].into(),
        Some(Status::Running) | None => BTreeSet::new(),
    }
}
