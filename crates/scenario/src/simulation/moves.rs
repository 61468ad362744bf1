//! What may happen to a case at any moment, by right or not.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use definition::{id::Login, people::PersonStatus};
use engine::{
    Actor, AddPlace, Case, Command, StepRunId, Submission, Task, TaskId,
    case::{Attempt, StepRun},
    event::{ActionFailure, ActionResult, Intervention, Undone},
    task::{Role, State},
};
use vault::Digest;

use super::{
    chance::Chance,
    company::{self, LOGINS},
    ledger::Standing,
    promises::Broken,
    stage::{Asked, Stage},
};

/// What happens.
#[derive(Debug, Clone, Copy)]
enum Move {
    /// Somebody does with a task they hold what it is for.
    Held,
    /// Anybody does anything with any task.
    Anything,
    /// The next timer comes.
    Timer,
    /// Time passes, and timers come late, if at all.
    Late,
    /// An action under way turns out somehow.
    Report,
    /// Somebody acts on an incident.
    Incident,
    /// An event comes from outside.
    Event,
    /// Somebody leaves, is disabled, or comes back.
    Person,
    /// Somebody does something with the case as a whole.
    Whole,
    /// Something that was asked before arrives again.
    Again,
}

const MOVES: [(usize, Move); 10] = [
    (40, Move::Held),
    (12, Move::Anything),
    (12, Move::Timer),
    (4, Move::Late),
    (12, Move::Report),
    (5, Move::Incident),
    (5, Move::Event),
    (3, Move::Person),
    (4, Move::Whole),
    (3, Move::Again),
];

/// Lets one thing happen.
pub fn make(stage: &mut Stage, seed: u64) -> Result<(), Broken> {
    let mut chance = Chance::new(seed);
    let kind = chance.weighted(&MOVES);
    stage.world.now += TimeDelta::minutes(i64::try_from(chance.below(90)).expect("it is small"));
    let asked = match kind {
        Move::Held => held(stage, &mut chance),
        Move::Anything => anything(stage, &mut chance),
        Move::Timer => timer(stage, false),
        Move::Late => {
            stage.world.now += TimeDelta::hours(i64::try_from(chance.below(72)).expect("it is small"));
            timer(stage, true)
        }
        Move::Report => report(stage, &mut chance),
        Move::Incident => incident(stage, &mut chance),
        Move::Event => Some(system(event(&mut chance))),
        Move::Person => person(stage, &mut chance),
        Move::Whole => whole(stage, &mut chance),
        Move::Again => chance.any(&stage.sent).cloned(),
    };
    let crashes = chance.one_in(6);
    match asked {
        None => {}
        Some(asked) if crashes => drop(stage.ask_and_crash(asked)?),
        Some(asked) => drop(stage.ask(asked)?),
    }
    if chance.one_in(8) { stage.recover() } else { Ok(()) }
}

fn system(command: Command) -> Asked {
    Asked { actor: Actor::System, command, changed: None }
}

fn by(login: impl Into<Login>, command: Command) -> Asked {
    Asked { actor: Actor::person(login), command, changed: None }
}

fn said(chance: &mut Chance) -> Option<Digest> {
    (!chance.one_in(4)).then(|| Digest::of(b"said"))
}

fn login(chance: &mut Chance) -> Login {
    (*chance.pick(&LOGINS)).into()
}

/// Whoever holds a task does what it asks for.
fn held(stage: &Stage, chance: &mut Chance) -> Option<Asked> {
    let open: Vec<&Task> = stage.case().open_tasks().filter(|task| !task.holders().is_empty()).collect();
    let task = chance.any(open)?;
    let who = chance.any(task.holders())?;
    let id = task.id;
    if let Some(owner) = &task.owner {
        let who = if chance.one_in(2) { owner.clone() } else { who };
        return Some(by(who, Command::Resolve { task: id, comment: said(chance) }));
    }
    if task.is_work() && chance.one_in(2) {
        return Some(by(who, verb(stage, chance, id)));
    }
    let comment = said(chance);
    Some(match task.role {
        Role::Decide if chance.one_in(6) => by(who, Command::Reject { task: id, comment }),
        Role::Decide => by(who, Command::Approve { task: id, comment }),
        Role::Fill => complete(stage, chance, (who, task)),
        Role::Name => {
            let people = (0..chance.between(1, 3)).map(|_| login(chance)).collect();
            by(who, Command::Name { task: id, people })
        }
        Role::Opinion | Role::Answer => by(who, Command::Answer { task: id, comment }),
    })
}

/// A piece of work, perhaps with changes, perhaps with some that are not its own.
fn complete(stage: &Stage, chance: &mut Chance, (who, task): (Login, &Task)) -> Asked {
    let step = stage.world.plan.process.step_by_id(task.step.as_str()).expect("the case has the step").1;
    let mut values = stage.world.submission.values().clone();
    let edit = step.kind.fill().map(|fill| fill.edit.clone()).unwrap_or_default();
    for field in edit {
        if chance.one_in(2) {
            values.insert(field.clone(), company::value(chance, field.as_str()));
        }
    }
    if chance.one_in(12) {
        values.insert("amount".into(), company::value(chance, "amount"));
    }
    let changed = Some(stage.world.submission.changed(values));
    Asked { changed, ..by(who, Command::Complete { task: task.id, comment: said(chance) }) }
}

/// Anybody tries anything.
fn anything(stage: &Stage, chance: &mut Chance) -> Option<Asked> {
    let task = chance.any(&stage.case().tasks)?;
    let mut who = vec![login(chance)];
    who.extend(task.holders());
    if let State::Completed { by, .. } = &task.state {
        who.push(by.clone());
    }
    let who = chance.any(who)?;
    if chance.one_in(5) {
        return Some(complete(stage, chance, (who, task)));
    }
    Some(by(who, verb(stage, chance, task.id)))
}

/// Something that can be said of a task.
fn verb(stage: &Stage, chance: &mut Chance, task: TaskId) -> Command {
    let to = login(chance);
    let comment = said(chance);
    let mut people: Vec<Login> = vec![login(chance)];
    if chance.one_in(3) {
        people.push(login(chance));
    }
    match chance.below(18) {
        0 => Command::Approve { task, comment },
        1 => Command::Reject { task, comment },
        2..=4 => Command::Return { task, to: target(stage, chance), comment },
        5 => Command::Transfer { task, to, comment },
        6 | 7 => Command::Delegate { task, to, comment },
        8 | 9 => {
            let place = *chance.pick(&[AddPlace::Before, AddPlace::After, AddPlace::Alongside]);
            Command::Add { task, place, people, comment }
        }
        10 => Command::Remove { task, login: added(stage, chance).unwrap_or(to) },
        11 => Command::AskOpinion { task, people, comment },
        12 | 13 => Command::Ask { task, to, question: comment },
        14 => Command::Claim { task },
        15 => Command::Release { task },
        _ => Command::TakeBack { task: last_decided(stage.case()).unwrap_or(task) },
    }
}

fn added(stage: &Stage, chance: &mut Chance) -> Option<Login> {
    let added = stage.case().open_tasks().filter(|task| task.added.is_some()).flat_map(Task::people);
    chance.any(added.chain(stage.case().joined.iter().map(|one| one.login.clone())))
}

fn last_decided(case: &Case) -> Option<TaskId> {
    case.last_decision.as_ref().map(|last| last.task)
}

/// A step to send the case back to, or none where that is left open.
fn target(stage: &Stage, chance: &mut Chance) -> Option<definition::id::StepId> {
    let steps = stage.world.plan.process.steps.iter().filter(|step| step.kind.people().is_some());
    if chance.one_in(3) { None } else { chance.any(steps).map(|step| step.id.clone()) }
}

/// The next timer, at its moment or whenever it is now; late, any of them.
pub fn timer(stage: &mut Stage, late: bool) -> Option<Asked> {
    let timers = &stage.world.case.as_ref()?.timers;
    let next = if late {
        timers.last()
    } else {
        timers.iter().min_by_key(|timer| (timer.due_at, timer.purpose, timer.number))
    };
    let next = next?.clone();
    if !late {
        stage.world.now = stage.world.now.max(next.due_at);
    }
    Some(system(Command::FireTimer { timer: next.id }))
}

/// How an attempt at an action turns out: well, badly, for good, or nobody knows and it is tried again.
fn report(stage: &mut Stage, chance: &mut Chance) -> Option<Asked> {
    let acting = stage.case().open_runs().filter_map(|run| Some((run.id, run.attempt_under_way()?)));
    let (run, Attempt { number: attempt, not_before }) = chance.any(acting)?;
    stage.world.now = stage.world.now.max(not_before);
    let failed = |failure, retryable| Command::ActionFailed { run, attempt, failure, retryable };
    let command = match chance.below(6) {
        0 => failed(ActionFailure::Unavailable, true),
        1 => failed(ActionFailure::Interrupted, chance.one_in(2)),
        2 => failed(ActionFailure::RecordsChanged, false),
        _ => succeeded(stage, run),
    };
    Some(system(command))
}

/// An action took effect, or was taken back.
pub fn succeeded(stage: &Stage, run: StepRunId) -> Command {
    if stage.case().run(run).is_some_and(StepRun::is_being_undone) {
        return Command::UndoSucceeded { run, how: Undone::Undone };
    }
    let result = ActionResult::Export { artifact: run.0, records: 1, expires_at: stage.world.now };
    Command::ActionSucceeded { run, result }
}

fn incident(stage: &Stage, chance: &mut Chance) -> Option<Asked> {
    let runs = stage.case().open_runs().filter(|run| run.incident().is_some());
    let run = chance.any(runs.map(|run| run.id))?;
    let reason = Digest::of(b"reason");
    let command =
        if chance.one_in(2) { Command::RetryAction { run, reason } } else { Command::SkipAction { run, reason } };
    let who = if chance.one_in(4) { login(chance) } else { operator(stage)? };
    Some(by(who, command))
}

/// Somebody who mends incidents.
pub fn operator(stage: &Stage) -> Option<Login> {
    let directory = &stage.world.directory;
    let mut operators =
        directory.people().filter(|person| person.can.contains(&definition::model::Capability::Incidents));
    let operator = operators.find(|person| directory.active(person.login.as_str()).is_some());
    operator.map(|person| person.login.clone())
}

fn event(chance: &mut Chance) -> Command {
    let order = *chance.pick(&["17", "18"]);
    let values = BTreeMap::from([("order".to_owned(), order.to_owned())]);
    Command::DeliverEvent { event: (*chance.pick(&["paid", "signed"])).into(), values }
}

fn whole(stage: &Stage, chance: &mut Chance) -> Option<Asked> {
    let reason = Digest::of(b"reason");
    let requester = stage.ledger.requester.clone()?;
    let who = if chance.one_in(3) { login(chance) } else { requester };
    let intervene = |what| Command::Intervene { what, reason };
    if stage.ledger.standing == Standing::Rests && chance.one_in(2) {
        return Some(by(operator(stage)?, intervene(Intervention::Resume)));
    }
    Some(match chance.below(8) {
        0 => by(who, Command::Withdraw { comment: said(chance) }),
        1 => by(who, Command::Urge),
        2 => by(who, Command::Comment { payload: reason }),
        3 => by(operator(stage)?, intervene(Intervention::Suspend)),
        4 => by(operator(stage)?, intervene(Intervention::Cancel)),
        5 => by(login(chance), intervene(Intervention::Suspend)),
        _ => by(operator(stage)?, intervene(Intervention::Jump { to: target(stage, chance)? })),
    })
}

/// The directory changes; the tasks of somebody who is gone go on by rule.
fn person(stage: &mut Stage, chance: &mut Chance) -> Option<Asked> {
    let login = login(chance);
    let status = *chance.pick(&[PersonStatus::Left, PersonStatus::Disabled, PersonStatus::Active]);
    let directory = std::mem::take(&mut stage.world.directory);
    stage.world.directory = directory.with_status(login.as_str(), status);
    // What was proved of a company is not proved of another.
    stage.proofs.answers = false;
    if let Some(told) = &mut stage.told {
        told.push(format!("        {login} is {status:?} from now on"));
    }
    (status != PersonStatus::Active).then(|| system(Command::PersonLeft { login }))
}

/// The values as they stand, with whatever a piece of work requires.
pub fn filled(stage: &Stage, task: &Task) -> Submission {
    let mut chance = Chance::new(1);
    let mut values = stage.world.submission.values().clone();
    let step = stage.world.plan.process.step_by_id(task.step.as_str()).expect("the case has the step").1;
    for name in step.kind.fill().into_iter().flat_map(|fill| &fill.require) {
        let value = values.entry(name.clone()).or_default();
        while *value == definition::value::Value::Empty {
            *value = company::value(&mut chance, name.as_str());
        }
    }
    stage.world.submission.changed(values)
}
