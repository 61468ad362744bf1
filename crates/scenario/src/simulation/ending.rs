//! Whether a case can be brought to its end by people who do their part.

use definition::id::Login;
use engine::{Actor, Command, Task, case::StepRunState, event::Intervention, task::Role};
use vault::Digest;

use super::{
    company::LOGINS,
    ledger::{Standing, State},
    moves,
    promises::{Broken, ensure},
    stage::{Asked, Stage},
};

/// How many things must at most happen to a case that everybody brings forward.
const HAPPENINGS_MAX: usize = 600;

/// Lets everybody do their part until the case has ended.
pub fn bring(stage: &mut Stage) -> Result<(), Broken> {
    wake(stage)?;
    // Nobody is there who may let it go on.
    if stage.ledger.standing == Standing::Rests {
        return Ok(());
    }
    for _ in 0..HAPPENINGS_MAX {
        if !stage.case().is_running() {
            return Ok(());
        }
        if !go_on(stage)? {
            break;
        }
    }
    // An operator may have nothing to mend it with; whom nobody can name must first be employed.
    let stopped = stage.ledger.open().any(|passage| passage.state == State::Stopped);
    let to_name = stage.case().open_tasks().any(|task| task.role == Role::Name);
    let excused = stopped || (to_name && !stage.proofs.answers);
    ensure(excused || !stage.case().is_running(), "a case comes to its end", || whereabouts(stage))
}

/// A case that rests goes on, once there is somebody who may let it.
fn wake(stage: &mut Stage) -> Result<(), Broken> {
    let Some(login) = moves::operator(stage).filter(|_| stage.ledger.standing == Standing::Rests) else {
        return Ok(());
    };
    let command = Command::Intervene { what: Intervention::Resume, reason: Digest::of(b"reason") };
    let woke = stage.ask(Asked { actor: Actor::Person { login }, command, changed: None })?;
    ensure(woke, "a case that rests can be let go on", || whereabouts(stage))
}

fn whereabouts(stage: &Stage) -> String {
    let open: Vec<&str> = stage.ledger.open().map(|passage| passage.step.as_str()).collect();
    open.join(", ")
}

/// One thing that brings the case forward, if anybody can do any.
fn go_on(stage: &mut Stage) -> Result<bool, Broken> {
    let open: Vec<Task> = stage.case().open_tasks().cloned().collect();
    for task in &open {
        for asked in work(stage, task) {
            if stage.ask(asked)? {
                return Ok(true);
            }
        }
        let is_asked = task.is_work() && !task.holders().is_empty();
        ensure(!is_asked, "whoever holds a task can do it", || format!("{:?} at {}", task.people(), task.step))?;
    }
    let stops = stage.ledger.stops;
    for asked in actions(stage).into_iter().chain(events(stage)) {
        let tries_again = matches!(asked.command, Command::RetryAction { .. });
        // What stops at the same place again and again is not brought forward by trying.
        if stage.ask(asked)? && !(tries_again && stage.ledger.stops > stops) {
            return Ok(true);
        }
    }
    match moves::timer(stage, false) {
        Some(asked) => stage.ask(asked),
        None => Ok(false),
    }
}

/// What the holders of a task may do to have it done.
fn work(stage: &Stage, task: &Task) -> Vec<Asked> {
    let comment = Some(Digest::of(b"said"));
    let by = |login: Login, command| Asked { actor: Actor::Person { login }, command, changed: None };
    let id = task.id;
    if let Some(owner) = &task.owner {
        return vec![by(owner.clone(), Command::Resolve { task: id, comment })];
    }
    let each = |asked: &dyn Fn(Login) -> Asked| task.holders().into_iter().map(asked).collect();
    match task.role {
        Role::Decide => each(&|login| by(login, Command::Approve { task: id, comment })),
        Role::Fill => each(&|login| {
            let changed = Some(moves::filled(stage, task));
            Asked { changed, ..by(login, Command::Complete { task: id, comment }) }
        }),
        Role::Opinion | Role::Answer => each(&|login| by(login, Command::Answer { task: id, comment })),
        Role::Name => name(stage, task),
    }
}

/// Names everybody whom one can name, else each alone.
fn name(stage: &Stage, task: &Task) -> Vec<Asked> {
    let Some(by) = task.holders().into_iter().next() else { return Vec::new() };
    let name = |people: Vec<Login>| Asked {
        actor: Actor::person(by.clone()),
        command: Command::Name { task: task.id, people },
        changed: None,
    };
    let alone: Vec<Asked> = LOGINS.iter().map(|login| name(vec![(*login).into()])).collect();
    let may = |login: &&&str| {
        let Asked { actor, command, .. } = name(vec![(***login).into()]);
        let outcome = stage.world.clone().decide(&actor, &command, None);
        matches!(outcome, Ok(_) | Err(engine::Rejection::TooFewVoters))
    };
    let all: Vec<Login> = LOGINS.iter().filter(may).map(|login| (*login).into()).collect();
    std::iter::once(name(all)).chain(alone).collect()
}

/// Actions succeed; what stopped is tried again, or gone on without.
fn actions(stage: &mut Stage) -> Vec<Asked> {
    let mut asked = Vec::new();
    let operator = moves::operator(stage);
    let runs: Vec<_> = stage.case().open_runs().cloned().collect();
    for run in runs {
        if let Some(attempt) = run.attempt_under_way() {
            stage.world.now = stage.world.now.max(attempt.not_before);
            asked.push(Asked { actor: Actor::System, command: moves::succeeded(stage, run.id), changed: None });
        }
        if let Some(login) = operator.as_ref().filter(|_| run.incident().is_some()) {
            let (run, reason) = (run.id, Digest::of(b"reason"));
            let by = |command| Asked { actor: Actor::Person { login: login.clone() }, command, changed: None };
            asked.push(by(Command::SkipAction { run, reason }));
            asked.push(by(Command::RetryAction { run, reason }));
        }
    }
    asked
}

fn events(stage: &Stage) -> Vec<Asked> {
    let waiting = stage.case().open_runs().filter_map(|run| match &run.state {
        StepRunState::Pausing { event, .. } => event.clone(),
        _ => None,
    });
    let values = std::collections::BTreeMap::from([("order".to_owned(), "17".to_owned())]);
    let deliver = |event| Command::DeliverEvent { event, values: values.clone() };
    waiting.map(|event| Asked { actor: Actor::System, command: deliver(event), changed: None }).collect()
}
