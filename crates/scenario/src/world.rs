//! One case in a world of its own: a clock, people, a case, and everything that was seen to happen.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, TimeZone, Utc};
use definition::{
    form_values::{self, EnteredValues, FieldProblem, Situation},
    id::{FormId, Login, StepId},
    model::{Confirm, FieldValues, Form, PersonChange, Start, Workspace},
    people::{Directory, PersonStatus},
};
use engine::{
    Actor, Case, CaseId, CaseNumber, Command, Context, Event, EventEnvelope, Plan, Rejection, StepRunId, Submission,
    case::StepRun,
    decide::decide,
    event::{ActionFailure, ActionResult, Escalated, UndoEvent, Undone},
};
use uuid::Uuid;

use crate::model::Cause;

/// How many timers and attempts one passage of time lets happen.
const HAPPENINGS_MAX: usize = 10_000;

/// The salt of every played case: nothing here needs to be kept from anybody.
const SALT: [u8; engine::submission::SALT_BYTES] = [7; engine::submission::SALT_BYTES];

/// A played case and what is around it.
#[derive(Clone)]
pub struct World {
    pub(crate) plan: Plan,
    forms: BTreeMap<FormId, std::sync::Arc<Form>>,
    pub(crate) directory: Directory,
    pub(crate) now: DateTime<Utc>,
    pub(crate) case: Option<Case>,
    pub(crate) submission: Submission,
    failing: Vec<StepId>,
    /// Everything that was seen since the start.
    pub seen: Seen,
}

/// What was seen since the start.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// Who was reminded or urged.
    pub reminded: BTreeSet<String>,
    /// Who was told something.
    pub notified: BTreeSet<String>,
    /// Which steps were escalated.
    pub escalated: BTreeSet<String>,
    /// Which steps' actions took effect.
    pub ran: BTreeSet<String>,
    /// Steps whose action was taken back.
    pub undone: BTreeSet<String>,
}

impl World {
    /// Before anything happened.
    pub fn new(workspace: &Workspace, plan: Plan, directory: Directory, at: NaiveDateTime) -> Self {
        let now = moment(&plan, at);
        Self {
            plan,
            forms: workspace.forms.clone(),
            directory,
            now,
            case: None,
            submission: Submission::new(SALT, FieldValues::new()),
            failing: Vec::new(),
            seen: Seen::default(),
        }
    }

    /// The case, once it began.
    pub const fn case(&self) -> Option<&Case> {
        self.case.as_ref()
    }

    /// The definitions it runs.
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Everybody, now.
    pub const fn directory(&self) -> &Directory {
        &self.directory
    }

    /// The moment that the workspace's clock shows as this.
    pub fn moment(&self, at: NaiveDateTime) -> DateTime<Utc> {
        moment(&self.plan, at)
    }

    /// Now.
    pub const fn now(&self) -> DateTime<Utc> {
        self.now
    }

    /// What somebody entered, as values of the request form; fields kept from before are entered again.
    pub fn enter(&self, me: &Login, entered: &EnteredValues) -> Result<Submission, Vec<FieldProblem>> {
        let kept = self.submission.values().iter();
        let mut all: EnteredValues =
            kept.map(|(name, value)| (name.to_string(), form_values::Entered::Whole(value.clone()))).collect();
        all.extend(entered.clone());
        let today = self.now.with_timezone(&self.plan.settings.timezone).date_naive();
        let situation = Situation { today, now: self.now, me, directory: &self.directory, forms: &self.forms };
        form_values::check(&self.plan.form, &all, &situation).map(|values| self.submission.changed(values))
    }

    /// Lets the case begin.
    pub fn start(&mut self, cause: &Cause, submission: Submission) -> Result<(), Rejection> {
        self.submission = submission;
        let (id, number) = (CaseId(Uuid::from_u128(1)), CaseNumber(1));
        if let Cause::By(login) = cause {
            return self.command(&Actor::person(login.clone()), &Command::Start { case: id, number }, None);
        }
        let cause = self.cause(cause).ok_or(Rejection::NotFound)?;
        self.command(&Actor::System, &Command::Begin { case: id, number, cause }, None)
    }

    /// What happened, as the workflow waits for it; somebody who leaves has left by then.
    fn cause(&mut self, cause: &Cause) -> Option<engine::origin::Cause> {
        match (cause, &self.plan.process.start) {
            (Cause::Time, _) => Some(engine::origin::Cause::Schedule { at: self.now, late: false, skipped: 0 }),
            (Cause::Event, Start::Event { name, .. }) => {
                Some(engine::origin::Cause::Event { name: name.clone(), by: None })
            }
            (Cause::Record, Start::Record { register, when, .. }) => Some(engine::origin::Cause::Record {
                register: register.clone(),
                record: Uuid::from_u128(1),
                change: *when,
            }),
            (Cause::Person(login), Start::Person { when }) => {
                let when = *when;
                if when == PersonChange::Left {
                    self.directory =
                        std::mem::take(&mut self.directory).with_status(login.as_str(), PersonStatus::Left);
                }
                Some(engine::origin::Cause::Person { login: login.clone(), change: when })
            }
            (Cause::By(_) | Cause::Event | Cause::Record | Cause::Person(_), _) => None,
        }
    }

    /// Issues a command; then everything happens that is due.
    pub fn command(&mut self, actor: &Actor, command: &Command, changed: Option<Submission>) -> Result<(), Rejection> {
        self.decide(actor, command, changed)?;
        self.pass_until(self.now);
        Ok(())
    }

    /// Lets the next attempt at an action fail.
    pub fn fail_next(&mut self, step: StepId) {
        self.failing.push(step);
    }

    /// Somebody leaves: the directory knows it, and their tasks go on by rule.
    pub fn leave(&mut self, login: &Login) {
        self.directory = std::mem::take(&mut self.directory).with_status(login.as_str(), PersonStatus::Left);
        let running = self.case.as_ref().is_some_and(Case::is_running);
        let outcome =
            running.then(|| self.command(&Actor::System, &Command::PersonLeft { login: login.clone() }, None));
        debug_assert!(
            matches!(outcome, None | Some(Ok(()) | Err(Rejection::NothingToDo))),
            "a leaver's tasks always go on: {outcome:?}"
        );
    }

    /// Lets time pass; whatever falls due on the way happens at its own moment.
    pub fn pass_until(&mut self, moment: DateTime<Utc>) {
        for _ in 0..HAPPENINGS_MAX {
            let Some((at, actor_command)) = self.next_happening().filter(|(at, _)| *at <= moment) else { break };
            self.now = self.now.max(at);
            let command = match actor_command {
                Happening::Timer(timer) => Command::FireTimer { timer },
                Happening::Attempt { run, attempt, step } => self.attempt(run, attempt, &step),
            };
            let outcome = self.decide(&Actor::System, &command, None);
            debug_assert!(outcome.is_ok(), "what falls due can be done: {outcome:?}");
            if outcome.is_err() {
                break;
            }
        }
        self.now = self.now.max(moment);
    }

    /// Issues a command and nothing else; says what happened.
    pub fn decide(
        &mut self,
        actor: &Actor,
        command: &Command,
        changed: Option<Submission>,
    ) -> Result<Vec<EventEnvelope>, Rejection> {
        let ctx = Context {
            now: self.now,
            directory: &self.directory,
            submission: &self.submission,
            changed: changed.as_ref(),
            confirmed: Confirm::SecondFactor,
        };
        let decision = decide(&self.plan, self.case.as_ref(), actor, command, &ctx)?;
        for envelope in &decision.events {
            self.seen.see(&decision.case, envelope);
        }
        let made = decision.kept.or(changed).filter(|made| made.digest() == decision.case.submission);
        if let Some(made) = made {
            self.submission = made;
        }
        self.case = Some(decision.case);
        Ok(decision.events)
    }

    /// The earliest timer or attempt that waits; at one instant the timer.
    fn next_happening(&self) -> Option<(DateTime<Utc>, Happening)> {
        let case = self.case.as_ref().filter(|case| case.is_running())?;
        let timer = case.timers.iter().min_by_key(|timer| (timer.due_at, timer.purpose, timer.number));
        let timer = timer.map(|timer| (timer.due_at, Happening::Timer(timer.id)));
        let attempts = case.open_runs().filter_map(|run| {
            let attempt = run.attempt_under_way()?;
            Some((
                attempt.not_before,
                Happening::Attempt { run: run.id, attempt: attempt.number, step: run.step.clone() },
            ))
        });
        timer.into_iter().chain(attempts).min_by_key(|(at, _)| *at)
    }

    /// How an attempt goes: well, unless the scenario says that it fails.
    fn attempt(&mut self, run: StepRunId, attempt: u32, step: &StepId) -> Command {
        if let Some(place) = self.failing.iter().position(|failing| failing == step) {
            self.failing.remove(place);
            return Command::ActionFailed { run, attempt, failure: ActionFailure::Unavailable, retryable: true };
        }
        if self.case.as_ref().and_then(|case| case.run(run)).is_some_and(StepRun::is_being_undone) {
            return Command::UndoSucceeded { run, how: Undone::Undone };
        }
        let result = ActionResult::Export { artifact: run.0, records: 0, expires_at: self.now };
        Command::ActionSucceeded { run, result }
    }
}

/// Something that happens without anybody.
enum Happening {
    Timer(engine::TimerId),
    Attempt { run: StepRunId, attempt: u32, step: StepId },
}

impl Seen {
    fn see(&mut self, case: &Case, envelope: &EventEnvelope) {
        let step = |run: &StepRunId| case.run(*run).map(|run| run.step.to_string()).unwrap_or_default();
        let event = &envelope.event;
        if let Event::Reminded { people, .. } | Event::Urged { people } = event {
            add(&mut self.reminded, people);
        } else if let Event::Notified { to: people, .. } = event {
            add(&mut self.notified, people);
        } else if let Event::Escalated { run, did, .. } = event {
            self.escalated.insert(step(run));
            if let Escalated::Notified { people } = did {
                add(&mut self.notified, people);
            }
        } else if let Event::ActionSucceeded { run, .. } = event {
            self.ran.insert(step(run));
        } else if let Event::Undo { what: UndoEvent::Ended { run, how: Undone::Undone } } = event {
            self.undone.insert(step(run));
        }
    }
}

fn add(seen: &mut BTreeSet<String>, people: &BTreeSet<Login>) {
    seen.extend(people.iter().map(ToString::to_string));
}

/// The moment that the workspace's clock shows as this; the first one if it shows it twice, the next if never.
fn moment(plan: &Plan, at: NaiveDateTime) -> DateTime<Utc> {
    let timezone = plan.settings.timezone;
    let shown = |at: NaiveDateTime| timezone.from_local_datetime(&at).earliest();
    shown(at).or_else(|| shown(at + chrono::TimeDelta::hours(1))).map_or_else(|| at.and_utc(), |moment| moment.to_utc())
}
