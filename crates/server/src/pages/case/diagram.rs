//! Where a case is: its process as nodes, each with what is known of it.

use definition::{
    id::Login,
    model::{Branch, Parallel, ParallelBranch, RESUBMISSION, Step, StepIndex, StepKind},
    people::Around,
};
use engine::{
    Event,
    case::{StepRun, StepRunState, Undoing},
    event::{StepOutcome, Undone},
    predict::{Course, PredictedStep, Who},
};

use super::Opened;
use crate::{
    view::diagram::{Arm, Diagram, Fork, Node, State, Stop, Work, draw},
    words::{self, reasons, timeline},
};

/// What the place is called where a request was sent; no step can have this name.
const SUBMIT: &str = "<submit>";

impl Opened<'_> {
    pub(super) fn diagram(&self, viewer: &Login) -> Diagram {
        let case = &self.view.case;
        let is_back = case.open_runs().any(|run| run.step.as_str() == RESUBMISSION);
        let mut nodes = vec![Node::Stop(Stop {
            id: SUBMIT.to_owned(),
            title: self.say("case-submit", &[]),
            who: case.requester().map(|login| self.named(login, viewer)),
            when: Some(self.reading.moment(case.started_at)),
            work: if case.requester().is_some() { Work::Person } else { Work::Machine },
            state: if is_back { State::Now } else { State::Done },
        })];
        nodes.extend(self.nodes(self.view.plan.process.first, viewer));
        draw(&nodes, &[])
    }

    fn nodes(&self, first: Option<StepIndex>, viewer: &Login) -> Vec<Node> {
        let mut nodes = Vec::new();
        for index in self.view.plan.process.list(first) {
            let step = self.view.plan.process.step(index);
            nodes.extend(match &step.kind {
                StepKind::Branch(branch) => Some(Node::Fork(self.fork(step, branch, viewer))),
                StepKind::Parallel(parallel) => Some(Node::Fork(self.lanes(step, parallel, viewer))),
                StepKind::Each(each) => {
                    let label = self.say("case-each", &[("count", self.items(step).into())]);
                    Some(Node::Fork(self.around(step, (each.first, label), viewer)))
                }
                StepKind::Repeat(repeat) => {
                    let label = self.say("case-repeat", &[("most", repeat.at_most.into())]);
                    Some(Node::Fork(self.around(step, (repeat.first, label), viewer)))
                }
                StepKind::Approve(_) | StepKind::Fill(_) => Some(Node::Stop(self.stop(step, Work::Person, viewer))),
                StepKind::Run(_) | StepKind::Wait(_) => Some(Node::Stop(self.stop(step, Work::Machine, viewer))),
                StepKind::Notify(_) => Some(Node::Stop(self.stop(step, Work::Message, viewer))),
                StepKind::Set(_) | StepKind::End(_) => None,
            });
        }
        nodes
    }

    fn stop(&self, step: &Step, work: Work, viewer: &Login) -> Stop {
        let run = self.passage(step);
        let state = self.state(step, run);
        Stop {
            id: step.id.to_string(),
            title: step.title.get(self.reading.locale).clone(),
            who: self.who(step, (work, run), viewer),
            when: self.when(step, (state, run)),
            work,
            state,
        }
    }

    /// The last passage through a step, unless the case will come to it again.
    fn passage(&self, step: &Step) -> Option<&StepRun> {
        let comes_again = self.predicted(step).is_some_and(|predicted| predicted.course == Course::Ahead);
        self.view.case.last_run_of(step.id.as_str()).filter(|_| !comes_again || !self.view.case.is_running())
    }

    fn state(&self, step: &Step, run: Option<&StepRun>) -> State {
        if run.is_some_and(|run| run.incident().is_some()) {
            return State::Stuck;
        }
        match run.map(|run| &run.state) {
            Some(StepRunState::Left { outcome: StepOutcome::Rejected, .. }) => State::Refused,
            Some(
                StepRunState::Left { .. }
                | StepRunState::Acted { .. }
                | StepRunState::Inside { .. }
                | StepRunState::Forked { .. }
                | StepRunState::Repeating { .. },
            ) => State::Done,
            Some(StepRunState::Incident { .. }) => State::Stuck,
            Some(StepRunState::Abandoned { .. }) => State::Not,
            Some(
                StepRunState::Waiting(_)
                | StepRunState::Acting { .. }
                | StepRunState::Pausing { .. }
                | StepRunState::TurnedDown { .. }
                | StepRunState::Entered,
            ) => State::Now,
            None => match self.predicted(step).map(|predicted| predicted.course) {
                Some(Course::Ahead) if self.view.case.is_running() => State::Next,
                Some(Course::Ahead | Course::Aside | Course::Passed | Course::Current) | None => State::Not,
            },
        }
    }

    fn predicted(&self, step: &Step) -> Option<&PredictedStep> {
        self.view.path.iter().find(|predicted| predicted.step == step.id)
    }

    fn who(&self, step: &Step, (work, run): (Work, Option<&StepRun>), viewer: &Login) -> Option<String> {
        match work {
            Work::Machine => Some(self.say("case-machine", &[])),
            Work::Message => {
                let told = run.and_then(|run| self.told(run)).unwrap_or_else(|| self.to_be_told(step));
                (!told.is_empty()).then(|| self.listed(&told, viewer))
            }
            Work::Person => {
                if let Some(StepRunState::Left { by: Some(by), .. }) = run.map(|run| &run.state) {
                    return Some(self.named(by, viewer));
                }
                match &self.predicted(step)?.who {
                    Who::People { people, .. } if !people.is_empty() => Some(self.listed(people, viewer)),
                    Who::ToBeNamed { by } => Some(self.listed(by, viewer)),
                    Who::People { .. } | Who::Nobody => None,
                }
            }
        }
    }

    fn listed(&self, people: &[Login], viewer: &Login) -> String {
        let names: Vec<String> = people.iter().map(|login| self.named(login, viewer)).collect();
        words::cases::joined(self.reading.locale, &names)
    }

    fn told(&self, run: &StepRun) -> Option<Vec<Login>> {
        self.view.events.iter().find_map(|envelope| {
            let Event::Notified { run: of, to } = &envelope.event else { return None };
            (*of == run.id).then(|| to.iter().cloned().collect())
        })
    }

    fn to_be_told(&self, step: &Step) -> Vec<Login> {
        let StepKind::Notify(notify) = &step.kind else { return Vec::new() };
        let around = Around { requester: self.view.case.requester().map(Login::as_str), ..Around::NOBODY };
        self.view.directory.select(&notify.to, around).into_iter().map(|person| person.login.clone()).collect()
    }

    /// What became of taking an action back.
    fn taken_back(&self, run: &StepRun) -> Option<String> {
        let id = match &run.undo {
            Some(Undoing::Acting { .. } | Undoing::BySteps | Undoing::Incident { .. }) => "case-undoing",
            Some(Undoing::Over { how: Undone::Undone, .. }) => "case-undone",
            Some(Undoing::Over { how: Undone::TooLate, .. }) => "case-undone-late",
            Some(Undoing::Over { how: Undone::Kept, .. }) => "case-undone-kept",
            None => return None,
        };
        Some(self.say(id, &[]))
    }

    fn when(&self, step: &Step, (state, run): (State, Option<&StepRun>)) -> Option<String> {
        let latest = |at| self.say("case-latest", &[("at", self.reading.moment(at).into())]);
        match (state, run.map(|run| &run.state)) {
            _ if run.is_some_and(|run| run.undo.is_some()) => run.and_then(|run| self.taken_back(run)),
            (_, Some(StepRunState::Left { at, .. })) => Some(self.reading.moment(*at)),
            (State::Now, Some(StepRunState::Waiting(waiting))) => {
                let due = waiting.due_at?;
                Some(self.say("case-due", &[("at", self.reading.moment(due).into())]))
            }
            (State::Next, _) => self.predicted(step)?.until.map(latest),
            (State::Done | State::Now | State::Stuck | State::Refused | State::Not, _) => None,
        }
    }

    fn fork(&self, step: &Step, branch: &Branch, viewer: &Login) -> Fork {
        let run = self.passage(step);
        let taken = self.taken(step, branch, run);
        let state = self.state(step, run);
        let arm = |(place, case): (usize, &definition::model::BranchCase)| Arm {
            label: Some(if case.condition.is_some() {
                let conditions = timeline::said(self.reading, &reasons::asking(case), "case-arm-join");
                self.say("case-arm-when", &[("conditions", conditions.into())])
            } else {
                self.say("case-arm-else", &[])
            }),
            taken: taken == Some(place),
            nodes: self.nodes(case.first, viewer),
        };
        let is_told = taken.filter(|case| branch.cases.get(*case).is_some_and(|case| case.condition.is_some()));
        Fork {
            title: step.title.get(self.reading.locale).clone(),
            reason: is_told
                .filter(|_| state != State::Not)
                .and_then(|case| timeline::because(self.reading, &self.view, step, case)),
            state,
            arms: branch.cases.iter().enumerate().map(arm).collect(),
        }
    }

    /// The branches of a `parallel`: all of them are taken.
    fn lanes(&self, step: &Step, parallel: &Parallel, viewer: &Login) -> Fork {
        let run = self.passage(step);
        let arm = |branch: &ParallelBranch| Arm {
            label: Some(branch.title.get(self.reading.locale).clone()),
            taken: true,
            nodes: self.nodes(branch.first, viewer),
        };
        Fork {
            title: step.title.get(self.reading.locale).clone(),
            reason: None,
            state: self.state(step, run),
            arms: parallel.branches.iter().map(arm).collect(),
        }
    }

    /// Steps that run more than once.
    fn around(&self, step: &Step, (first, label): (Option<StepIndex>, String), viewer: &Login) -> Fork {
        let run = self.passage(step);
        Fork {
            title: step.title.get(self.reading.locale).clone(),
            reason: None,
            state: self.state(step, run),
            arms: vec![Arm { label: Some(label), taken: true, nodes: self.nodes(first, viewer) }],
        }
    }

    /// How many items an `each` has; 0 while that is not known.
    fn items(&self, step: &Step) -> usize {
        let run = self.view.case.last_run_of(step.id.as_str());
        run.map_or(0, |run| self.view.case.lanes(run.id).len())
    }

    /// Which case of a branch is taken, or expected to be.
    fn taken(&self, step: &Step, branch: &Branch, run: Option<&StepRun>) -> Option<usize> {
        if let Some(StepRunState::Inside { case } | StepRunState::Left { case: Some(case), .. }) =
            run.map(|run| &run.state)
        {
            return Some(usize::from(*case));
        }
        let is_expected = |case: &definition::model::BranchCase| {
            let source = case.condition.as_ref().map(|condition| &*condition.source);
            let reasons = self.view.path.iter().flat_map(|predicted| &predicted.why);
            let mut of_branch = reasons.filter(|reason| reason.branch == step.id);
            of_branch.any(|reason| reason.taken == Some(true) && reason.source.as_deref() == source)
        };
        // An arm without steps leaves no trace in the prediction: it is the one when no other is.
        branch.cases.iter().position(is_expected).or_else(|| branch.cases.iter().position(|case| case.first.is_none()))
    }
}
