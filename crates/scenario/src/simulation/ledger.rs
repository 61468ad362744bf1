//! What the events say, kept without the engine's help: who holds what, what runs, what is armed, who approved.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use definition::{
    id::{Login, StepId},
    level::Level,
    people::Directory,
    value::Value,
};
use engine::{
    Event, EventEnvelope, Plan, StepRunId, Submission, TaskId, TimerId,
    case::{LaneState, Timer},
    event::{CloseReason, Intervention, StepOutcome, UndoEvent, Verdict},
    task::{Added, How, Role, Seat},
};

/// What a batch of events happened among.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// The definitions.
    pub plan: &'a Plan,
    /// Everybody, then.
    pub directory: &'a Directory,
    /// The values before.
    pub before: &'a Submission,
    /// The values after.
    pub after: &'a Submission,
}

/// How a case stands as a whole.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// It goes on.
    #[default]
    Runs,
    /// An administrator lets it rest.
    Rests,
    /// It is over.
    Ended,
}

/// The fold of a case's events, for the promises to look at.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    pub requester: Option<Login>,
    pub standing: Standing,
    pub number: u32,
    pub at: DateTime<Utc>,
    pub passages: Vec<Passage>,
    pub works: Vec<Work>,
    pub timers: BTreeMap<TimerId, Timer>,
    pub lanes: BTreeMap<(StepRunId, u16), LaneState>,
    pub assents: Vec<Assent>,
    /// Which decisions stand, and in which passage.
    pub decided: Vec<(StepRunId, Login)>,
    /// Who was found for a passage when the case came to it, or named since.
    pub asked: BTreeSet<(StepRunId, Login)>,
    pub action_requested: bool,
    /// How often an action that takes four eyes was asked for.
    pub guarded: usize,
    /// How often an operator had to act.
    pub stops: usize,
    /// The last event that may lead the case to a place it has been at.
    pub went_back: u32,
    /// The passage whose work changed the request last.
    changed_by: Option<StepRunId>,
    /// Whether a change ever voided an approval, so that the case may go back for it.
    voided: bool,
}

/// A passage through a step.
#[derive(Debug, Clone)]
pub struct Passage {
    pub id: StepRunId,
    pub step: StepId,
    pub parent: Option<StepRunId>,
    pub lane: u16,
    pub entered: u32,
    /// Whether its action is taken back: it stands where the case has ended.
    pub undone: bool,
    pub state: State,
    pub clock: Option<Clock>,
}

/// How far a passage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// It waits for people or time, or other steps run inside it.
    Open,
    /// It waits for an event, or for an action that is under way.
    Awaits,
    /// What follows a rejection runs inside it.
    TurnedDown,
    /// An operator must act.
    Stopped,
    /// It was left.
    Left(StepOutcome),
    /// The case went elsewhere, or ended.
    Abandoned,
}

impl Passage {
    /// Whether the case is there.
    pub const fn is_open(&self) -> bool {
        !matches!(self.state, State::Left(_) | State::Abandoned)
    }
}

/// The clock of a people step, or of one turn in it.
#[derive(Debug, Clone, Default)]
pub struct Clock {
    pub due: bool,
    pub rungs: usize,
    pub reminded: u32,
    pub stopped: bool,
    /// Who held the work when the last rung was reached.
    pub held: Vec<Login>,
}

/// A task.
#[derive(Debug, Clone)]
pub struct Work {
    pub id: TaskId,
    pub run: StepRunId,
    pub role: Role,
    pub holders: BTreeSet<Login>,
    pub owner: Option<Login>,
    pub added: Option<Added>,
    pub seat: Option<Seat>,
    pub open: bool,
    pub verdict: Option<Verdict>,
    closed: Option<CloseReason>,
    /// To whom it goes back when it is released.
    pub pool: BTreeSet<Login>,
}

/// An approval, with what the approver could know.
#[derive(Debug, Clone)]
pub struct Assent {
    pub run: StepRunId,
    pub step: StepId,
    pub by: Login,
    pub clearance: Level,
    /// The values that an action would use.
    pub used: Vec<Option<Value>>,
    pub stands: bool,
}

/// The request's values that an export uses.
pub fn used(submission: &Submission) -> Vec<Option<Value>> {
    ["records", "fields", "format"].map(|name| submission.values().get(name).cloned()).to_vec()
}

impl Work {
    /// Whether it is the step's own work.
    pub const fn is_work(&self) -> bool {
        matches!(self.role, Role::Decide | Role::Fill)
    }
}

impl Ledger {
    pub fn passage(&self, id: StepRunId) -> &Passage {
        self.passages.iter().find(|one| one.id == id).expect("an event speaks of a passage that began")
    }

    pub fn open(&self) -> impl Iterator<Item = &Passage> {
        self.passages.iter().filter(|one| one.is_open())
    }

    pub fn work(&self, id: TaskId) -> &Work {
        self.works.iter().find(|one| one.id == id).expect("an event speaks of a task that was opened")
    }

    pub fn open_works(&self) -> impl Iterator<Item = &Work> {
        self.works.iter().filter(|one| one.open)
    }

    /// The open tasks that come before one.
    pub fn ahead_of<'s>(&'s self, work: &'s Work) -> impl Iterator<Item = &'s Work> {
        let comes_first = |other: &Work| {
            let before = other.added.as_ref().is_some_and(|added| added.how == How::Before && added.of == work.id);
            let after = work.added.as_ref().is_some_and(|added| added.how == How::After && added.of == other.id);
            before || after
        };
        self.open_works().filter(move |other| comes_first(other))
    }

    /// The passage and those around it, the innermost first.
    pub fn around(&self, id: StepRunId) -> impl Iterator<Item = &Passage> {
        std::iter::successors(Some(self.passage(id)), |one| one.parent.map(|parent| self.passage(parent)))
    }

    /// Takes an event in.
    pub fn record(&mut self, envelope: &EventEnvelope, around: Around<'_>) {
        (self.number, self.at) = (envelope.number.0, envelope.at);
        self.record_passage(&envelope.event);
        self.record_going_back(&envelope.event);
        self.record_clock(&envelope.event);
        self.record_lanes(&envelope.event);
        self.record_work(&envelope.event);
        self.record_decision(&envelope.event, around);
    }

    fn record_passage(&mut self, event: &Event) {
        let (run, state) = match event {
            Event::Started { origin, .. } => return self.requester = origin.requester().cloned(),
            Event::Ended { .. } => {
                self.standing = Standing::Ended;
                return;
            }
            Event::StepEntered { run, step, parent, lane, .. } => {
                return self.passages.push(Passage {
                    id: *run,
                    step: step.clone(),
                    parent: *parent,
                    lane: *lane,
                    entered: self.number,
                    undone: false,
                    state: State::Open,
                    clock: None,
                });
            }
            Event::StepLeft { run, outcome, .. } => (run, State::Left(*outcome)),
            Event::StepAbandoned { run } => (run, State::Abandoned),
            Event::IncidentRaised { run, .. } => (run, State::Stopped),
            Event::IncidentResolved { run, .. } | Event::ActionFailed { run, .. } => (run, State::Open),
            Event::TurnedDown { run, .. } => (run, State::TurnedDown),
            Event::Intervened { what, .. } => {
                self.standing = match what {
                    Intervention::Suspend => Standing::Rests,
                    Intervention::Resume | Intervention::Cancel => Standing::Runs,
                    Intervention::Assign { .. } | Intervention::Jump { .. } => self.standing,
                };
                return;
            }
            Event::Undo { what } => match what {
                UndoEvent::Began { .. } => {
                    self.standing = Standing::Runs;
                    return;
                }
                UndoEvent::Requested { run, .. } => (run, State::Awaits),
                UndoEvent::StepsBegan { run } => (run, State::TurnedDown),
                UndoEvent::Ended { run, .. } => (run, State::Left(StepOutcome::Done)),
            },
            Event::WaitBegan { run, event: Some(_), .. } | Event::ActionRequested { run, .. } => (run, State::Awaits),
            _ => return,
        };
        self.stops += usize::from(state == State::Stopped);
        self.action_requested |= matches!(event, Event::ActionRequested { .. });
        let passage = self.passage_mut(*run);
        passage.state = state;
        passage.undone |= matches!(event, Event::Undo { .. });
    }

    /// What may lead the case to a place that it has been at.
    fn record_going_back(&mut self, event: &Event) {
        match event {
            Event::SubmissionChanged { run, .. } => self.changed_by = Some(*run),
            Event::ApprovalVoided { redone, .. } => self.voided |= !redone,
            Event::StepLeft { run, .. } | Event::StepAbandoned { run }
                if self.changed_by == Some(*run) || self.voided =>
            {
                self.went_back = self.number;
            }
            Event::Returned { .. }
            | Event::Intervened { what: Intervention::Jump { .. }, .. }
            | Event::DecisionTakenBack { .. }
            | Event::IncidentResolved { .. } => self.went_back = self.number,
            _ => {}
        }
    }

    fn record_clock(&mut self, event: &Event) {
        match event {
            Event::TurnBegan { run, due_at, .. } => {
                self.passage_mut(*run).clock = Some(Clock { due: due_at.is_some(), ..Clock::default() });
            }
            Event::ClockStopped { run, .. } => self.clock_mut(*run).stopped = true,
            Event::ClockResumed { run, .. } => self.clock_mut(*run).stopped = false,
            Event::Escalated { run, rung, .. } => {
                let held = self.open_works().filter(|work| work.run == *run && work.is_work());
                let held = held.flat_map(|work| work.holders.iter().cloned()).collect();
                let clock = self.clock_mut(*run);
                (clock.rungs, clock.held) = (usize::from(*rung) + 1, held);
            }
            Event::Reminded { run, count, .. } => self.clock_mut(*run).reminded = *count,
            Event::TimerArmed { timer } => drop(self.timers.insert(timer.id, timer.clone())),
            Event::TimerFired { timer } | Event::TimerDisarmed { timer } => drop(self.timers.remove(timer)),
            _ => {}
        }
    }

    fn record_lanes(&mut self, event: &Event) {
        match event {
            Event::Forked { run, lanes, at_once } => {
                for (place, lane) in lanes.iter().enumerate() {
                    let state = if *at_once || place == 0 { LaneState::Open } else { LaneState::Ahead };
                    self.lanes.insert((*run, *lane), state);
                }
            }
            Event::LaneBegan { run, lane } => drop(self.lanes.insert((*run, *lane), LaneState::Open)),
            Event::LaneEnded { run, lane, how } => drop(self.lanes.insert((*run, *lane), *how)),
            _ => {}
        }
    }

    fn record_work(&mut self, event: &Event) {
        match event {
            Event::TaskOpened { task } => self.works.push(Work {
                id: task.id,
                run: task.run,
                role: task.role,
                holders: task.people(),
                owner: None,
                added: task.added.clone(),
                seat: task.seat.clone(),
                open: true,
                verdict: None,
                closed: None,
                pool: task.people(),
            }),
            Event::TaskClaimed { task, by } => self.work_mut(*task).holders = [by.clone()].into(),
            Event::TaskReleased { task, .. } => {
                let work = self.work_mut(*task);
                work.holders = work.pool.clone();
            }
            Event::TaskTransferred { task, to, .. } | Event::TaskResolved { task, to, .. } => {
                self.give(*task, [to.clone()].into(), None);
            }
            Event::TaskDelegated { task, from, to, .. } => self.give(*task, [to.clone()].into(), Some(from.clone())),
            Event::TaskReassigned { task, candidates, seat, .. } => {
                self.give(*task, candidates.clone(), None);
                let work = self.work_mut(*task);
                work.seat = seat.clone().or(work.seat.take());
            }
            Event::TaskDecided { task, verdict, .. } => {
                let work = self.work_mut(*task);
                (work.open, work.verdict) = (false, Some(*verdict));
            }
            Event::TaskAnswered { task, .. } => self.work_mut(*task).open = false,
            Event::PeopleNamed { task, run, people, .. } => {
                self.work_mut(*task).open = false;
                self.asked.extend(people.iter().map(|login| (*run, login.clone())));
            }
            Event::PeopleAssigned { run, people } => {
                self.asked.extend(people.iter().map(|login| (*run, login.clone())));
            }
            Event::TaskClosed { task, reason } => {
                let work = self.work_mut(*task);
                (work.open, work.closed) = (false, Some(*reason));
            }
            _ => {}
        }
    }

    fn record_decision(&mut self, event: &Event, around: Around<'_>) {
        match event {
            Event::TaskDecided { run, by, verdict, .. } => {
                self.decided.push((*run, by.clone()));
                if *verdict == Verdict::Approved {
                    let person = around.directory.person(by.as_str());
                    self.assents.push(Assent {
                        run: *run,
                        step: self.passage(*run).step.clone(),
                        by: by.clone(),
                        clearance: person.map(|person| person.clearance).unwrap_or_default(),
                        used: used(around.before),
                        stands: true,
                    });
                }
            }
            Event::ApprovalVoided { run, by, .. } => {
                let voided = self.assents.iter_mut().filter(|one| one.run == *run && one.by == *by);
                voided.for_each(|one| one.stands = false);
            }
            Event::DecisionTakenBack { task, run, by } => self.take_back((*task, *run), by),
            _ => {}
        }
    }

    /// The decision never was.
    fn take_back(&mut self, (task, run): (TaskId, StepRunId), by: &Login) {
        self.assents.retain(|one| !(one.run == run && one.by == *by));
        if let Some(place) = self.decided.iter().rposition(|one| one.0 == run && one.1 == *by) {
            self.decided.remove(place);
        }
        let decided = |work: &Work| work.run == run && work.closed == Some(CloseReason::StepDecided);
        for work in self.works.iter_mut().filter(|work| decided(work)) {
            (work.open, work.closed) = (true, None);
        }
        let work = self.work_mut(task);
        (work.open, work.verdict, work.holders) = (true, None, [by.clone()].into());
        let left: Vec<StepRunId> = self.around(run).filter(|one| !one.is_open()).map(|one| one.id).collect();
        for id in left {
            self.passage_mut(id).state = State::Open;
        }
    }

    fn give(&mut self, task: TaskId, holders: BTreeSet<Login>, owner: Option<Login>) {
        let work = self.work_mut(task);
        work.pool.clone_from(&holders);
        (work.holders, work.owner) = (holders, owner);
    }

    fn passage_mut(&mut self, id: StepRunId) -> &mut Passage {
        self.passages.iter_mut().find(|one| one.id == id).expect("an event speaks of a passage that began")
    }

    fn clock_mut(&mut self, id: StepRunId) -> &mut Clock {
        self.passage_mut(id).clock.get_or_insert_default()
    }

    fn work_mut(&mut self, id: TaskId) -> &mut Work {
        self.works.iter_mut().find(|one| one.id == id).expect("an event speaks of a task that was opened")
    }
}
