//! What the requester and those who take part do with a case as a whole.

use chrono::TimeDelta;
use definition::{
    id::{Login, OutcomeName},
    model::{Act, Withdraw},
};
use vault::Digest;

use super::{entitled, not_unwinding, running};
use crate::{
    advance, command::Actor, effect::Notice, event::Event, people, recorder::Recorder, rejection::Rejection, task::Task,
};

/// How long after urging people they may not be urged again.
pub const URGE_INTERVAL: TimeDelta = TimeDelta::hours(1);

/// Says something to everybody who takes part; also after the end.
pub fn comment(recorder: &mut Recorder<'_>, actor: &Actor, payload: Digest) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::CommentOnCase)?;
    step_lets_them_say_it(recorder, actor)?;
    recorder.record(Event::Commented { payload });
    let mut others = recorder.case().participants();
    others.extend(recorder.case().requester().cloned());
    others.retain(|login| Some(login) != actor.login());
    recorder.tell(others, Notice::Commented);
    Ok(())
}

/// Whoever holds tasks says something only if one of their steps lets them; everybody else who takes part may.
fn step_lets_them_say_it(recorder: &Recorder<'_>, actor: &Actor) -> Result<(), Rejection> {
    let Some(login) = actor.login().filter(|login| recorder.case().requester() != Some(*login)) else { return Ok(()) };
    let mut held = recorder.case().open_tasks().filter(|task| task.is_of(login)).peekable();
    let is_silent =
        held.peek().is_some() && held.all(|task| !people::people_of(recorder, task.run).allow.contains(&Act::Comment));
    if is_silent { Err(Rejection::NotAllowedHere) } else { Ok(()) }
}

/// Asks the people the case waits for to act.
pub fn urge(recorder: &mut Recorder<'_>, actor: &Actor) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::UrgeCase)?;
    running(recorder)?;
    let next_at = recorder.case().urged_at.map(|urged_at| urged_at + URGE_INTERVAL);
    if let Some(next_at) = next_at.filter(|next_at| recorder.now() < *next_at) {
        return Err(Rejection::UrgedRecently { next_at });
    }
    let urged = |task: &&Task| people::people_of(recorder, task.run).allow.contains(&Act::Urge);
    let tasks: Vec<Task> = recorder.case().open_tasks().filter(urged).cloned().collect();
    if tasks.iter().all(|task| task.holders().is_empty()) {
        return Err(Rejection::NobodyToUrge);
    }
    recorder.record(Event::Urged { people: tasks.iter().flat_map(Task::holders).collect() });
    for task in tasks {
        recorder.tell(task.holders(), Notice::Urged { step: task.step });
    }
    Ok(())
}

/// Takes the request back, as long as the process lets the requester.
pub fn withdraw(recorder: &mut Recorder<'_>, actor: &Actor, comment: Option<Digest>) -> Result<(), Rejection> {
    entitled(recorder, actor, policy::Action::WithdrawCase)?;
    not_unwinding(recorder)?;
    let rule = recorder.process().withdraw;
    let possible = match rule {
        Withdraw::Anytime => true,
        Withdraw::BeforeFirstDecision => recorder.case().decisions == 0,
        Withdraw::BeforeFirstAction => !recorder.case().action_requested,
        Withdraw::Never => false,
    };
    if !possible {
        return Err(Rejection::WithdrawTooLate { rule });
    }
    call_off(recorder, Event::Withdrawn { comment });
    Ok(())
}

/// Ends a case before its time; whoever it waited for is told.
pub fn call_off(recorder: &mut Recorder<'_>, event: Event) {
    let waited: Vec<Login> = recorder.case().open_tasks().flat_map(Task::holders).collect();
    recorder.record(event);
    recorder.tell(waited, Notice::Withdrawn);
    let flow = advance::end(recorder, &OutcomeName::from(advance::CANCELLED));
    advance::follow(recorder, flow);
}
