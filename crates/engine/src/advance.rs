//! From step to step, until the case rests: waits for people, for an action, for an operator, or has ended.

use definition::{
    id::OutcomeName,
    model::{Branch, Capability, Notify, Parent, Step, StepIndex, StepKind},
    text::{Locale, Localized},
};

use crate::{
    case::StepRunState,
    effect::{EffectKind, Notice},
    event::{CloseReason, Event, IncidentCause, StepOutcome},
    id::{StepRunId, TaskId},
    people,
    recorder::Recorder,
};

/// How many steps one decision may pass; a process without people or actions in a circle cannot need more.
const STEPS_PER_DECISION_MAX: usize = 2_000;

/// The end of a case that ran off its steps.
pub const APPROVED: &str = "approved";
/// The end of a case that somebody, or a rule, rejected.
pub const REJECTED: &str = "rejected";
/// The end of a case that was withdrawn.
pub const CANCELLED: &str = "cancelled";

/// A step to be entered, inside the run of the step it is nested in.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// Which step.
    pub step: StepIndex,
    /// The enclosing run.
    pub parent: Option<StepRunId>,
}

/// What follows once a step was entered or something happened to it.
#[derive(Debug, Clone, Copy)]
pub enum Flow {
    /// The case waits, or has ended.
    Rest,
    /// The case goes into this step.
    Enter(Place),
    /// The case left this run and goes on after it.
    After(StepRunId),
}

/// Enters the first step of a case.
pub fn start(recorder: &mut Recorder<'_>) {
    let first = recorder.process().first.map(|step| Flow::Enter(Place { step, parent: None }));
    match first {
        Some(flow) => follow(recorder, flow),
        None => end(recorder, &OutcomeName::from(APPROVED)),
    }
}

/// Goes from step to step until the case rests.
pub fn follow(recorder: &mut Recorder<'_>, mut flow: Flow) {
    for passed in 0.. {
        flow = match flow {
            Flow::Rest => return,
            Flow::Enter(place) => {
                let run = enter(recorder, place);
                if passed < STEPS_PER_DECISION_MAX {
                    begin(recorder, run)
                } else {
                    raise_incident(recorder, run, IncidentCause::Limit)
                }
            }
            Flow::After(run) => after(recorder, run),
        };
    }
}

/// What a step does when the case comes to it, or when an operator lets it try again.
pub fn begin(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let (index, step) = recorder.step_of(run);
    match &step.kind {
        StepKind::Approve(_) | StepKind::Fill(_) => people::begin(recorder, run, index),
        StepKind::Notify(notify) => tell(recorder, run, notify),
        StepKind::Run(_) => {
            let now = recorder.now();
            request_action(recorder, run, (1, now))
        }
        StepKind::Branch(branch) => choose(recorder, run, branch),
        StepKind::End(outcome) => {
            leave(recorder, run, StepOutcome::Done);
            end(recorder, outcome);
            Flow::Rest
        }
    }
}

/// Leaves a run without anybody's decision.
pub fn leave(recorder: &mut Recorder<'_>, run: StepRunId, outcome: StepOutcome) {
    recorder.record(Event::StepLeft { run, outcome, by: None, comment: None });
}

/// Ends the case: what is still open is closed, nothing wakes it again.
pub fn end(recorder: &mut Recorder<'_>, outcome: &OutcomeName) {
    close_tasks(recorder, None, CloseReason::CaseEnded);
    recorder.disarm(None);
    let open: Vec<StepRunId> = recorder.case().open_runs().map(|run| run.id).collect();
    for run in open {
        recorder.record(Event::StepAbandoned { run });
    }
    recorder.record(Event::Ended { outcome: outcome.clone() });
    let requester = recorder.case().requester().cloned();
    let requester = requester.filter(|login| recorder.actor().login() != Some(login));
    recorder.tell(requester, Notice::Ended { outcome: outcome.clone() });
}

/// Closes the open tasks of a run, or of the whole case.
pub fn close_tasks(recorder: &mut Recorder<'_>, of: Option<StepRunId>, reason: CloseReason) {
    let open: Vec<TaskId> =
        recorder.case().open_tasks().filter(|task| of.is_none_or(|run| task.run == run)).map(|task| task.id).collect();
    for task in open {
        recorder.record(Event::TaskClosed { task, reason });
    }
}

/// Stops at a run until an operator acts; the requester reads that it takes longer.
pub fn raise_incident(recorder: &mut Recorder<'_>, run: StepRunId, cause: IncidentCause) -> Flow {
    recorder.record(Event::IncidentRaised { run, cause });
    let step = recorder.run(run).step.clone();
    let people = recorder.ctx.directory.people();
    let operators = people.filter(|person| {
        person.can.contains(&Capability::Incidents) && recorder.ctx.directory.active(person.login.as_str()).is_some()
    });
    let operators: Vec<_> = operators.map(|person| person.login.clone()).collect();
    recorder.tell(operators, Notice::Incident { step: step.clone(), run });
    let requester = recorder.case().requester().cloned();
    recorder.tell(requester, Notice::Delayed { step });
    Flow::Rest
}

/// Asks for an attempt at the action of a run, not before a moment.
pub fn request_action(
    recorder: &mut Recorder<'_>,
    run: StepRunId,
    (attempt, not_before): (u32, chrono::DateTime<chrono::Utc>),
) -> Flow {
    recorder.record(Event::ActionRequested { run, attempt, not_before });
    let step = recorder.run(run).step.clone();
    recorder.ask(EffectKind::RunAction { run, step, attempt, not_before });
    Flow::Rest
}

fn enter(recorder: &mut Recorder<'_>, place: Place) -> StepRunId {
    let run = StepRunId::derive(recorder.case().id, recorder.next_number(), 0);
    let step = recorder.process().step(place.step).id.clone();
    recorder.record(Event::StepEntered { run, step, parent: place.parent });
    run
}

/// The step after a run that was left: the next of its list, else what follows the enclosing step, else the end.
fn after(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let parent = recorder.run(run).parent;
    let (_, step) = recorder.step_of(run);
    if let Some(next) = step.next {
        return Flow::Enter(Place { step: next, parent });
    }
    if let Some(parent) = parent {
        leave(recorder, parent, StepOutcome::Done);
        return Flow::After(parent);
    }
    end(recorder, &OutcomeName::from(APPROVED));
    Flow::Rest
}

/// Tells people what a `notify` step says, in every language that ships.
fn tell(recorder: &mut Recorder<'_>, run: StepRunId, notify: &Notify) -> Flow {
    let Ok(scope) = recorder.scope() else {
        return raise_incident(recorder, run, IncidentCause::ExpressionFailed);
    };
    let rendered = Locale::ALL.into_iter().map(|locale| {
        let text = notify.message.get(locale).render(&scope, locale)?;
        Ok((locale, text))
    });
    let rendered: Result<_, definition::template::TemplateError> = rendered.collect();
    let Ok(each) = rendered else {
        return raise_incident(recorder, run, IncidentCause::MessageFailed);
    };
    let (index, step) = recorder.step_of(run);
    let to = recorder.search(index).find(&notify.to, &[]);
    recorder.record(Event::Notified { run, to: to.iter().cloned().collect() });
    recorder.tell(to, Notice::Message { step: step.id.clone(), text: Localized::PerLocale(each) });
    leave(recorder, run, StepOutcome::Done);
    Flow::After(run)
}

/// Takes the first case of a branch that holds.
fn choose(recorder: &mut Recorder<'_>, run: StepRunId, branch: &Branch) -> Flow {
    let Some(taken) = recorder.scope().ok().and_then(|scope| case_that_holds(branch, &scope)) else {
        return raise_incident(recorder, run, IncidentCause::ExpressionFailed);
    };
    recorder.record(Event::BranchTaken { run, case: taken });
    if let Some(first) = branch.cases[usize::from(taken)].first {
        return Flow::Enter(Place { step: first, parent: Some(run) });
    }
    leave(recorder, run, StepOutcome::Done);
    Flow::After(run)
}

/// The first case of a branch that holds; nothing if a condition has no result.
pub fn case_that_holds(branch: &Branch, scope: &definition::expression::Scope) -> Option<u16> {
    for (place, case) in (0u16..).zip(&branch.cases) {
        let holds = match &case.condition {
            None => true,
            Some(condition) => match condition.evaluate(scope) {
                Ok(definition::value::Value::Bool(holds)) => holds,
                Ok(_) | Err(_) => return None,
            },
        };
        if holds {
            return Some(place);
        }
    }
    None
}

/// Where a step stands: the enclosing steps from the outermost in, and the step itself last.
pub fn chain(recorder: &Recorder<'_>, index: StepIndex) -> Vec<(StepIndex, Option<Parent>)> {
    let mut chain = Vec::new();
    let mut at = Some(index);
    while let Some(index) = at {
        let step: &Step = recorder.process().step(index);
        chain.push((index, step.parent));
        at = step.parent.map(|parent| parent.step);
    }
    chain.reverse();
    chain
}

/// The open run of a branch whose steps of that case are running, if there is one.
pub fn open_inside(recorder: &Recorder<'_>, parent: Parent) -> Option<StepRunId> {
    let id = &recorder.process().step(parent.step).id;
    let open = recorder.case().open_runs().find(|run| run.step == *id);
    open.filter(|run| matches!(run.state, StepRunState::Inside { case } if case == parent.case)).map(|run| run.id)
}
