//! From step to step, until the case rests: waits for people, for an action, for an operator, or has ended.

use definition::{
    id::OutcomeName,
    model::{Branch, Capability, Notify, Set, StepIndex, StepKind},
    text::{Locale, Localized},
};

use crate::{
    case::{Ending, LaneState, StepRun, StepRunState},
    effect::{EffectKind, Notice},
    event::{CloseReason, Event, IncidentCause, StepOutcome, Undone},
    id::{StepRunId, TaskId},
    lanes, pause, people,
    recorder::Recorder,
    revisit,
    submission::Kept,
    undo,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which step.
    pub step: StepIndex,
    /// The enclosing run.
    pub parent: Option<StepRunId>,
    /// Which branch, item or round of that run.
    pub lane: u16,
    /// The step to come straight back to afterwards, at the same place.
    pub back_to: Option<StepIndex>,
}

impl Place {
    /// All that stands in the same branch, item or round.
    pub fn scope(&self) -> Option<(StepRunId, u16)> {
        self.parent.map(|parent| (parent, self.lane))
    }
}

/// What follows once a step was entered or something happened to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flow {
    /// The case waits, or has ended.
    Rest,
    /// The case goes into this step.
    Enter(Place),
    /// The case is at this run, and the run begins.
    Begin(StepRunId),
    /// The case left this run and goes on after it.
    After(StepRunId),
    /// The steps of a branch, item or round of this run came to their end.
    ListEnded(StepRunId, u16),
    /// These, one after the other; what an earlier one has made needless is left out.
    Several(Vec<Self>),
}

/// Enters the first step of a case.
pub fn start(recorder: &mut Recorder<'_>) {
    let flow = first_step(recorder);
    follow(recorder, flow);
}

/// The case goes to its first step; without one it ends.
fn first_step(recorder: &mut Recorder<'_>) -> Flow {
    if let Some(step) = recorder.process().first {
        return Flow::Enter(Place { step, parent: None, lane: 0, back_to: None });
    }
    end(recorder, &OutcomeName::from(APPROVED))
}

/// Goes from step to step until the case rests.
pub fn follow(recorder: &mut Recorder<'_>, flow: Flow) {
    let mut open = vec![flow];
    let mut passed = 0;
    while let Some(flow) = open.pop() {
        if !is_live(recorder, &flow) {
            continue;
        }
        let next = match flow {
            Flow::Rest => continue,
            Flow::Several(flows) => {
                open.extend(flows.into_iter().rev());
                continue;
            }
            Flow::Enter(place) => Flow::Begin(enter(recorder, place)),
            // A case that rests comes to a step, and begins it when it goes on.
            Flow::Begin(_) if recorder.case().suspended_at.is_some() => continue,
            Flow::Begin(run) => {
                passed += 1;
                if passed <= STEPS_PER_DECISION_MAX {
                    begin(recorder, run)
                } else {
                    raise_incident(recorder, run, IncidentCause::Limit)
                }
            }
            Flow::After(run) => after(recorder, run),
            Flow::ListEnded(around, lane) => list_ended(recorder, around, lane),
        };
        open.push(next);
    }
}

/// Whether what was to follow still can: the case may have ended, or left the place, in the meantime.
fn is_live(recorder: &Recorder<'_>, flow: &Flow) -> bool {
    let case = recorder.case();
    let around = match flow {
        Flow::Rest | Flow::Several(_) => None,
        Flow::Enter(place) => place.scope(),
        Flow::Begin(run) | Flow::After(run) => {
            recorder.run(*run).parent.map(|parent| (parent, recorder.run(*run).lane))
        }
        Flow::ListEnded(around, lane) => Some((*around, *lane)),
    };
    let is_open = |(parent, lane): (StepRunId, u16)| {
        let lanes = case.lanes(parent);
        let lane = lanes.iter().find(|one| one.number == lane);
        recorder.run(parent).is_open() && lane.is_none_or(|lane| lane.state == LaneState::Open)
    };
    let goes_on = !matches!(flow, Flow::Rest | Flow::Several(_));
    let is_left_behind = goes_on && case.unwinding.is_some() && !undo::is_within(case, around);
    case.is_running() && around.is_none_or(is_open) && !is_left_behind
}

/// What a step does when the case comes to it, or when an operator lets it try again.
pub fn begin(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let (index, step) = recorder.step_of(run);
    match &step.kind {
        StepKind::Approve(_) | StepKind::Fill(_) => people::begin(recorder, run, index),
        StepKind::Notify(notify) => tell(recorder, run, notify),
        StepKind::Run(_) => {
            let now = recorder.now();
            act(recorder, run, (1, now))
        }
        StepKind::Branch(branch) if branch.every => lanes::every(recorder, run, branch),
        StepKind::Branch(branch) => choose(recorder, run, branch),
        StepKind::Parallel(parallel) => lanes::parallel(recorder, run, parallel),
        StepKind::Each(each) => lanes::each(recorder, run, each),
        StepKind::Repeat(_) => lanes::round(recorder, run, 1),
        StepKind::Wait(wait) => pause::begin(recorder, run, wait),
        StepKind::Set(set) => assign(recorder, run, set),
        StepKind::End(outcome) => {
            leave(recorder, run, StepOutcome::Done);
            end(recorder, outcome)
        }
    }
}

/// Leaves a run without anybody's decision.
pub fn leave(recorder: &mut Recorder<'_>, run: StepRunId, outcome: StepOutcome) {
    recorder.record(Event::StepLeft { run, outcome, by: None, comment: None });
}

/// Ends the case: what is still open is closed, nothing wakes it again, and what it did is taken back where that is due.
pub fn end(recorder: &mut Recorder<'_>, outcome: &OutcomeName) -> Flow {
    if recorder.case().unwinding.is_some() {
        undo::give_up(recorder);
        return Flow::Rest;
    }
    close_tasks(recorder, None, CloseReason::CaseEnded);
    recorder.disarm(None);
    let open: Vec<StepRunId> = recorder.case().open_runs().map(|run| run.id).collect();
    for run in open {
        recorder.record(Event::StepAbandoned { run });
    }
    undo::begin(recorder, outcome).unwrap_or_else(|| {
        conclude(recorder, outcome);
        Flow::Rest
    })
}

/// Says that the case has ended.
pub fn conclude(recorder: &mut Recorder<'_>, outcome: &OutcomeName) {
    recorder.record(Event::Ended { outcome: outcome.clone() });
    let requester = recorder.case().requester().cloned();
    let requester = requester.filter(|login| recorder.actor().login() != Some(login));
    recorder.tell(requester, Notice::Ended { outcome: outcome.clone() });
}

/// The case leaves every open step within a branch, item or round; without one, every open step.
pub fn abandon(recorder: &mut Recorder<'_>, scope: Option<(StepRunId, u16)>) {
    let case = recorder.case();
    let open: Vec<StepRunId> = case.open_runs().filter(|run| case.is_within(run, scope)).map(|run| run.id).collect();
    for run in open.into_iter().rev() {
        close_tasks(recorder, Some(run), CloseReason::StepAbandoned);
        recorder.disarm(Some(run));
        recorder.record(Event::StepAbandoned { run });
    }
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

/// Asks for an attempt at the action of a run, not before a moment; unless an approval before it counts no more: that is
/// asked for first.
pub fn act(
    recorder: &mut Recorder<'_>,
    run: StepRunId,
    (attempt, not_before): (u32, chrono::DateTime<chrono::Utc>),
) -> Flow {
    if let Some(back) = revisit::before_acting(recorder, run) {
        return back;
    }
    recorder.record(Event::ActionRequested { run, attempt, not_before });
    let step = recorder.run(run).step.clone();
    recorder.ask(EffectKind::RunAction { run, step, attempt, not_before });
    Flow::Rest
}

fn enter(recorder: &mut Recorder<'_>, place: Place) -> StepRunId {
    let Place { step, parent, lane, back_to } = place;
    let run = StepRunId::derive(recorder.case().id, recorder.next_number(), 0);
    let id = |index: StepIndex| recorder.process().step(index).id.clone();
    let (step, back_to) = (id(step), back_to.map(id));
    recorder.record(Event::StepEntered { run, step, parent, lane, back_to });
    run
}

/// The step after a run that was left: where it was returned from, the next of its list, else what follows the list.
fn after(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    let StepRun { parent, lane, back_to, .. } = recorder.run(run).clone();
    let place = |step| Flow::Enter(Place { step, parent, lane, back_to: None });
    if let Some(back_to) = back_to {
        let (step, _) = recorder.process().step_by_id(back_to.as_str()).expect("a case returns from a step it has");
        return place(step);
    }
    let (index, step) = recorder.step_of(run);
    if Some(index) == recorder.process().resubmission {
        return first_step(recorder);
    }
    if let Some(next) = step.next {
        return place(next);
    }
    if let Some(parent) = parent {
        return Flow::ListEnded(parent, lane);
    }
    end(recorder, &OutcomeName::from(APPROVED))
}

/// What follows a list of steps that ran off its end: the enclosing step decides.
fn list_ended(recorder: &mut Recorder<'_>, around: StepRunId, lane: u16) -> Flow {
    if recorder.run(around).undo.is_some() {
        return undo::ended(recorder, around, Undone::Undone);
    }
    if let StepRunState::TurnedDown { how } = recorder.run(around).state.clone() {
        let Ending { outcome, by, comment } = how;
        recorder.record(Event::StepLeft { run: around, outcome, by, comment });
        return Flow::After(around);
    }
    match &recorder.step_of(around).1.kind {
        StepKind::Parallel(_) | StepKind::Each(_) => lanes::ended(recorder, (around, lane), LaneState::Arrived),
        StepKind::Branch(branch) if branch.every => lanes::ended(recorder, (around, lane), LaneState::Arrived),
        StepKind::Repeat(repeat) => lanes::after_round(recorder, around, repeat),
        StepKind::Branch(_)
        | StepKind::Approve(_)
        | StepKind::Fill(_)
        | StepKind::Notify(_)
        | StepKind::Run(_)
        | StepKind::Wait(_)
        | StepKind::Set(_)
        | StepKind::End(_) => {
            leave(recorder, around, StepOutcome::Done);
            Flow::After(around)
        }
    }
}

/// Gives case variables their values; a later one sees the earlier ones.
fn assign(recorder: &mut Recorder<'_>, run: StepRunId, set: &Set) -> Flow {
    let Ok(mut scope) = recorder.scope(run) else {
        return raise_incident(recorder, run, IncidentCause::ExpressionFailed);
    };
    let mut kept = Kept::new();
    for (name, expression) in &set.values {
        let Ok(value) = expression.evaluate(&scope) else {
            return raise_incident(recorder, run, IncidentCause::ExpressionFailed);
        };
        scope.values.insert(name.as_str().to_owned(), value.clone());
        kept.insert(name.as_str().to_owned(), value);
    }
    recorder.keep(run, kept);
    leave(recorder, run, StepOutcome::Done);
    Flow::After(run)
}

/// Tells people what a `notify` step says, in every language that ships.
fn tell(recorder: &mut Recorder<'_>, run: StepRunId, notify: &Notify) -> Flow {
    let Ok(scope) = recorder.scope(run) else {
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
    let Some(taken) = recorder.scope(run).ok().and_then(|scope| case_that_holds(branch, &scope)) else {
        return raise_incident(recorder, run, IncidentCause::ExpressionFailed);
    };
    recorder.record(Event::BranchTaken { run, case: taken });
    if let Some(first) = branch.cases[usize::from(taken)].first {
        return Flow::Enter(Place { step: first, parent: Some(run), lane: 0, back_to: None });
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
