//! Steps that wait for people: opening their tasks, turn after turn, and what their decisions amount to.

use std::collections::BTreeSet;

use definition::{
    id::{Login, OutcomeName},
    model::{Mode, OnReject, PeopleStep, StepIndex},
};
use vault::Digest;

use crate::{
    absence::{self, Holders},
    advance::{self, Flow, Place},
    assignment::Assignment,
    case::{Ending, Waiting},
    effect::Notice,
    event::{CloseReason, Event, IncidentCause, StepOutcome, Verdict},
    handover,
    id::{StepRunId, TaskId},
    lanes,
    recorder::Recorder,
    revisit, standstill,
    task::{Added, How, Role, State, Task},
    timers,
    vote::{self, Tally},
};

/// Asks the people of a step.
pub fn begin(recorder: &mut Recorder<'_>, run: StepRunId, index: StepIndex) -> Flow {
    let assignment = recorder.search(index).assign();
    apply(recorder, run, assignment)
}

/// Does what the search for people came to. A step whose clock runs already keeps it.
pub fn apply(recorder: &mut Recorder<'_>, run: StepRunId, assignment: Assignment) -> Flow {
    match assignment {
        Assignment::People { people, pool } => {
            recorder.record(Event::PeopleAssigned { run, people: people.clone() });
            begin_turn(recorder, run);
            open_tasks(recorder, run, (&people, pool));
            Flow::Rest
        }
        Assignment::Name { administrators } => {
            recorder.record(Event::PeopleAssigned { run, people: Vec::new() });
            begin_turn(recorder, run);
            let holders = Holders::in_person(administrators);
            open_task(recorder, run, Opening { role: Role::Name, holders, pool: true, turn: None });
            Flow::Rest
        }
        Assignment::Skip => finish(recorder, run, Finish::by_rule(StepOutcome::Skipped)),
        Assignment::Reject => finish(recorder, run, Finish::by_rule(StepOutcome::Rejected)),
        Assignment::Nobody => {
            advance::close_tasks(recorder, Some(run), CloseReason::StepAbandoned);
            recorder.disarm(Some(run));
            advance::raise_incident(recorder, run, IncidentCause::NobodyToName)
        }
    }
}

/// Opens tasks for people, as the mode of the step says.
pub fn open_tasks(recorder: &mut Recorder<'_>, run: StepRunId, (people, pool): (&[Login], bool)) {
    let role = work_of(recorder, run);
    match mode_of(recorder, run) {
        Mode::Any => {
            let holders = absence::holders(recorder, run, (role, people.iter().cloned().collect()));
            open_task(recorder, run, Opening { role, holders, pool, turn: None });
        }
        Mode::All | Mode::Vote(_) => {
            for login in people {
                let holders = absence::holders(recorder, run, (role, [login.clone()].into()));
                open_task(recorder, run, Opening { role, holders, pool: false, turn: None });
            }
        }
        Mode::InOrder => {
            let turn = waiting(recorder, run).turn.max(1);
            let next = people.get(usize::from(turn) - 1).cloned().into_iter().collect();
            let holders = absence::holders(recorder, run, (role, next));
            open_task(recorder, run, Opening { role, holders, pool: false, turn: Some(turn) });
        }
    }
    vote::set_threshold(recorder, run);
}

/// A task that a step's own people do.
pub fn work_of(recorder: &Recorder<'_>, run: StepRunId) -> Role {
    let (index, _) = recorder.step_of(run);
    if recorder.search(index).is_approve() { Role::Decide } else { Role::Fill }
}

/// A task in the making.
pub struct Opening {
    /// What it asks for.
    pub role: Role,
    /// Whom.
    pub holders: Holders,
    /// Whether one of them claims it first.
    pub pool: bool,
    /// Whose turn it is, from 1.
    pub turn: Option<u16>,
}

/// Opens one task of the step and tells its candidates.
pub fn open_task(recorder: &mut Recorder<'_>, run: StepRunId, opening: Opening) {
    open(recorder, run, (opening, None));
}

/// Opens a task that somebody asked for.
pub fn open_added(recorder: &mut Recorder<'_>, run: StepRunId, (opening, added): (Opening, Added)) {
    open(recorder, run, (opening, Some(added)));
}

fn open(recorder: &mut Recorder<'_>, run: StepRunId, (opening, added): (Opening, Option<Added>)) {
    let (index, step) = recorder.step_of(run);
    let excluded = match opening.role {
        Role::Name | Role::Opinion => true,
        Role::Answer => false,
        Role::Decide | Role::Fill => recorder.search(index).excludes_requester(),
    };
    let requester = recorder.case().requester().cloned();
    let excluded = if excluded { requester.into_iter().collect() } else { BTreeSet::new() };
    let seat = match (opening.role, opening.holders.whose()) {
        (Role::Decide, Some(voter)) => vote::seat(recorder, run, voter),
        (Role::Decide | Role::Fill | Role::Name | Role::Opinion | Role::Answer, _) => None,
    };
    let Holders { candidates, standing_in } = opening.holders;
    let id = TaskId::derive(recorder.case().id, recorder.next_number(), 0);
    let task = Task {
        id,
        run,
        step: step.id.clone(),
        role: opening.role,
        pool: opening.pool,
        turn: opening.turn,
        seat,
        behind: match &added {
            Some(Added { how: How::After, of, .. }) => [*of].into(),
            Some(_) | None => BTreeSet::new(),
        },
        added,
        owner: None,
        standing_in,
        excluded,
        opened_at: recorder.now(),
        due_at: waiting(recorder, run).due_at,
        state: State::Open { candidates: candidates.clone() },
    };
    let now = if task.behind.is_empty() { candidates } else { BTreeSet::new() };
    recorder.record(Event::TaskOpened { task });
    recorder.tell(now, Notice::TaskAssigned { task: id, step: step.id.clone() });
}

/// Somebody's decision on a task of a step.
pub struct Answer {
    /// Which task.
    pub task: TaskId,
    /// Whose.
    pub by: Login,
    /// What.
    pub verdict: Verdict,
    /// What they said.
    pub comment: Option<Digest>,
    /// What it is bound to.
    pub bound: Digest,
}

/// Records a decision and goes on where it decides the step.
pub fn answer(recorder: &mut Recorder<'_>, run: StepRunId, answer: Answer) -> Flow {
    let Answer { task, by, verdict, comment, bound } = answer;
    let next = behind(recorder, task);
    let on_behalf_of = recorder.case().task(task).and_then(|task| task.standing_in.get(&by).cloned());
    recorder.record(Event::TaskDecided { task, run, by: by.clone(), on_behalf_of, verdict, comment, bound });
    nobody_asks_any_more(recorder, run, task);
    let outcome = match verdict {
        Verdict::Approved => StepOutcome::Approved,
        Verdict::Rejected => StepOutcome::Rejected,
        Verdict::Done | Verdict::Answered => StepOutcome::Done,
        Verdict::Returned => StepOutcome::Returned,
    };
    let decided = Finish { outcome, by: Some(by), comment };
    let flow = decided_so_far(recorder, run, (verdict, decided));
    tell_those_next(recorder, &next);
    flow
}

/// Where the case goes once somebody has decided: on, if that decides the step.
fn decided_so_far(recorder: &mut Recorder<'_>, run: StepRunId, (verdict, decided): (Verdict, Finish)) -> Flow {
    let mode = mode_of(recorder, run);
    if let Mode::Vote(vote) = mode {
        return match vote::tally(recorder, run, vote) {
            Tally::Open => Flow::Rest,
            Tally::Approved => finish(recorder, run, Finish { outcome: StepOutcome::Approved, ..decided }),
            Tally::Rejected => finish(recorder, run, Finish { outcome: StepOutcome::Rejected, ..decided }),
        };
    }
    if verdict == Verdict::Rejected {
        return finish(recorder, run, decided);
    }
    let asks_on = match mode {
        _ if work_is_open(recorder, run) => true,
        Mode::Any | Mode::All | Mode::Vote(_) => false,
        Mode::InOrder => next_turn(recorder, run),
    };
    if asks_on { Flow::Rest } else { finish(recorder, run, decided) }
}

/// Whether anybody still has to do the step's own work.
pub fn work_is_open(recorder: &Recorder<'_>, run: StepRunId) -> bool {
    recorder.case().open_tasks_of(run).any(Task::is_work)
}

/// The tasks that wait for nothing but this one.
fn behind(recorder: &Recorder<'_>, task: TaskId) -> Vec<TaskId> {
    let only = |other: &&Task| other.behind.len() == 1 && other.behind.contains(&task);
    recorder.case().open_tasks().filter(only).map(|other| other.id).collect()
}

/// Tells those whose turn it is now, if the step still needs them.
fn tell_those_next(recorder: &mut Recorder<'_>, next: &[TaskId]) {
    for id in next {
        let Some(task) = recorder.case().task(*id).cloned() else { continue };
        recorder.tell(task.holders(), Notice::TaskAssigned { task: task.id, step: task.step });
    }
}

/// Whoever has decided needs no opinion and no answer any more.
fn nobody_asks_any_more(recorder: &mut Recorder<'_>, run: StepRunId, decided: TaskId) {
    let asked = |task: &&Task| !task.is_work() && task.added.as_ref().is_some_and(|added| added.of == decided);
    let asked: Vec<TaskId> = recorder.case().open_tasks_of(run).filter(asked).map(|task| task.id).collect();
    for task in asked {
        recorder.record(Event::TaskClosed { task, reason: CloseReason::NotNeeded });
    }
    go_on_when_answered(recorder, run);
}

/// The clock goes on once no question is open.
pub fn go_on_when_answered(recorder: &mut Recorder<'_>, run: StepRunId) {
    let is_asked = people_of(recorder, run).pause_while_asked
        && recorder.case().open_tasks_of(run).any(|task| task.role == Role::Answer);
    if !is_asked && recorder.case().suspended_at.is_none() {
        standstill::resume(recorder, run);
    }
}

/// Closes a task; who was only waiting for it comes next.
pub fn close(recorder: &mut Recorder<'_>, task: &Task, reason: CloseReason) {
    let next = behind(recorder, task.id);
    recorder.record(Event::TaskClosed { task: task.id, reason });
    tell_those_next(recorder, &next);
}

/// Goes on after somebody's part in a step was dropped: what the others decided may decide it now.
pub fn go_on_without(recorder: &mut Recorder<'_>, run: StepRunId) -> Flow {
    go_on_when_answered(recorder, run);
    let mode = mode_of(recorder, run);
    let decided = match mode {
        Mode::Vote(vote) => return handover::vote_without_holder(recorder, run, vote),
        _ if work_is_open(recorder, run) => return Flow::Rest,
        Mode::InOrder if next_turn(recorder, run) => return Flow::Rest,
        Mode::Any | Mode::All | Mode::InOrder => last_done(recorder, run),
    };
    let Some(by) = decided else { return Flow::Rest };
    let outcome = match work_of(recorder, run) {
        Role::Fill => StepOutcome::Done,
        Role::Decide | Role::Name | Role::Opinion | Role::Answer => StepOutcome::Approved,
    };
    finish(recorder, run, Finish { outcome, by: Some(by), comment: None })
}

/// Whose part in a step was the last to be done; where people approve, whose approval still counts.
pub fn last_done(recorder: &Recorder<'_>, run: StepRunId) -> Option<Login> {
    if work_of(recorder, run) == Role::Fill {
        return waiting(recorder, run).decided.last().cloned();
    }
    let mut approved = recorder.case().approvals.iter().rev();
    approved.find(|approval| approval.run == run && approval.counts).map(|approval| approval.by.clone())
}

/// How a step for people ends.
pub struct Finish {
    /// How.
    pub outcome: StepOutcome,
    /// Whose decision it was.
    pub by: Option<Login>,
    /// What they said.
    pub comment: Option<Digest>,
}

impl Finish {
    /// Ended by a rule, not by a person.
    pub const fn by_rule(outcome: StepOutcome) -> Self {
        Self { outcome, by: None, comment: None }
    }
}

/// Leaves a step for people and goes the way of its outcome.
pub fn finish(recorder: &mut Recorder<'_>, run: StepRunId, how: Finish) -> Flow {
    advance::close_tasks(recorder, Some(run), CloseReason::StepDecided);
    recorder.disarm(Some(run));
    let Finish { outcome, by, comment } = how;
    if outcome == StepOutcome::Rejected {
        return turn_down(recorder, run, Ending { outcome, by, comment });
    }
    recorder.record(Event::StepLeft { run, outcome, by, comment });
    let unwinds = recorder.case().unwinding.is_some();
    let goes_to_the_start =
        Some(recorder.step_of(run).0) == recorder.process().resubmission && recorder.run(run).back_to.is_none();
    // What some have changed is gone back for though others did not do their part.
    match work_of(recorder, run) {
        Role::Fill if !goes_to_the_start && !unwinds => revisit::go_on(recorder, run),
        Role::Fill | Role::Decide | Role::Name | Role::Opinion | Role::Answer => Flow::After(run),
    }
}

/// Goes the way of a rejection, by a person or by rule.
pub fn turn_down(recorder: &mut Recorder<'_>, run: StepRunId, how: Ending) -> Flow {
    let rule = people_of(recorder, run).on_reject;
    if let OnReject::Steps { first: Some(step) } = rule {
        recorder.record(Event::TurnedDown { run, how });
        return Flow::Enter(Place { step, parent: Some(run), lane: 0, back_to: None });
    }
    let Ending { outcome, by, comment } = how;
    recorder.record(Event::StepLeft { run, outcome, by, comment });
    match rule {
        OnReject::End => advance::end(recorder, &OutcomeName::from(advance::REJECTED)),
        OnReject::Branch => lanes::end_alone(recorder, run),
        OnReject::Continue | OnReject::Steps { .. } => Flow::After(run),
    }
}

/// Gives the turn to the next person who may still have it; says whether there is one.
pub fn next_turn(recorder: &mut Recorder<'_>, run: StepRunId) -> bool {
    let (index, _) = recorder.step_of(run);
    let Waiting { people, turn, decided, .. } = waiting(recorder, run).clone();
    let search = recorder.search(index);
    let may = |login: &Login| !decided.contains(login) && search.unsuitable(login).is_none();
    let Some(skipped) = people.iter().skip(usize::from(turn)).position(may) else { return false };
    let turn = turn + 1 + u16::try_from(skipped).expect("a step asks fewer people than that");
    recorder.disarm(Some(run));
    begin_clock(recorder, run, turn);
    open_tasks(recorder, run, (&people, false));
    true
}

/// How a step's people decide together.
pub fn mode_of<'a>(recorder: &Recorder<'a>, run: StepRunId) -> &'a Mode {
    &people_of(recorder, run).mode
}

/// What the definition says of a step for people.
pub fn people_of<'a>(recorder: &Recorder<'a>, run: StepRunId) -> &'a PeopleStep {
    recorder.step_of(run).1.kind.people().expect("only steps for people wait for people")
}

/// How far a step for people is.
pub fn waiting<'r>(recorder: &'r Recorder<'_>, run: StepRunId) -> &'r Waiting {
    recorder.run(run).waiting().expect("only a step that waits for people is asked how far it is")
}

/// Begins the clock of a step, unless it runs already.
fn begin_turn(recorder: &mut Recorder<'_>, run: StepRunId) {
    let first = match mode_of(recorder, run) {
        Mode::Any | Mode::All | Mode::Vote(_) => 0,
        Mode::InOrder => 1,
    };
    let Waiting { due_at, turn, .. } = waiting(recorder, run);
    if due_at.is_none() && *turn == 0 {
        begin_clock(recorder, run, first);
    }
}

/// Begins the clock of a step, or of one turn of it.
pub fn begin_clock(recorder: &mut Recorder<'_>, run: StepRunId, turn: u16) {
    let calendar = &recorder.plan.settings.calendar;
    let due_at = people_of(recorder, run).due.map(|due| crate::calendar::after(calendar, recorder.now(), due));
    recorder.record(Event::TurnBegan { run, turn, due_at });
    timers::arm_first(recorder, run);
}
