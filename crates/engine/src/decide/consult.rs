//! 协办 and 沟通: opinions and questions. Whoever is asked says something and decides nothing; the task stays where it is.

use definition::{id::Login, model::Act};
use vault::Digest;

use super::tasks;
use crate::{
    absence::Holders,
    command::Actor,
    effect::Notice,
    event::Event,
    id::TaskId,
    people::{self, Opening},
    recorder::Recorder,
    rejection::{Rejection, Unsuitable},
    standstill,
    task::{Added, How, Role, Task},
};

/// How many opinions and questions may be open on one task.
pub const CONSULTED_MAX: usize = 20;

/// Asks others for an opinion.
pub fn ask_opinion(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, people, comment): (TaskId, &[Login], Option<Digest>),
) -> Result<(), Rejection> {
    let (task, by) = tasks::held(recorder, actor, (id, policy::Action::ConsultOnTask))?;
    tasks::is_own_work(&task)?;
    tasks::allowed(recorder, &task, Act::Opinion)?;
    room_for(recorder, &task, people)?;
    for login in people {
        tasks::may_see(recorder, &task, login)?;
        is_asked_already(recorder, &task, (Role::Opinion, login))?;
    }
    for login in people {
        let added = Added { by: by.clone(), of: id, how: How::Opinion, comment };
        let opening =
            Opening { role: Role::Opinion, holders: Holders::in_person([login.clone()]), pool: false, turn: task.turn };
        people::open_added(recorder, task.run, (opening, added));
    }
    Ok(())
}

/// Asks somebody a question; the requester may be asked as well, since an answer decides nothing.
pub fn ask(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, to, question): (TaskId, &Login, Option<Digest>),
) -> Result<(), Rejection> {
    let (task, by) = tasks::held(recorder, actor, (id, policy::Action::ConsultOnTask))?;
    tasks::is_own_work(&task)?;
    tasks::allowed(recorder, &task, Act::Ask)?;
    if question.is_none() {
        return Err(Rejection::CommentRequired);
    }
    room_for(recorder, &task, std::slice::from_ref(to))?;
    let is_requester = recorder.case().requester() == Some(to) && recorder.ctx.directory.active(to.as_str()).is_some();
    if !is_requester {
        tasks::may_see(recorder, &task, to)?;
    }
    is_asked_already(recorder, &task, (Role::Answer, to))?;
    let added = Added { by, of: id, how: How::Question, comment: question };
    let opening =
        Opening { role: Role::Answer, holders: Holders::in_person([to.clone()]), pool: false, turn: task.turn };
    people::open_added(recorder, task.run, (opening, added));
    if people::people_of(recorder, task.run).pause_while_asked {
        standstill::stop(recorder, task.run);
    }
    Ok(())
}

/// Gives the opinion or the answer that somebody asked for.
pub fn answer(
    recorder: &mut Recorder<'_>,
    actor: &Actor,
    (id, comment): (TaskId, Option<Digest>),
) -> Result<(), Rejection> {
    let (task, by) = tasks::held(recorder, actor, (id, policy::Action::AnswerTask))?;
    if !matches!(task.role, Role::Opinion | Role::Answer) {
        return Err(Rejection::WrongKindOfTask);
    }
    if comment.is_none() {
        return Err(Rejection::CommentRequired);
    }
    recorder.record(Event::TaskAnswered { task: id, run: task.run, by, comment });
    if let Some(Added { by: asker, of, .. }) = task.added {
        recorder.tell([asker], Notice::Answered { task: of, step: task.step });
    }
    people::go_on_when_answered(recorder, task.run);
    Ok(())
}

fn room_for(recorder: &Recorder<'_>, task: &Task, people: &[Login]) -> Result<(), Rejection> {
    let open = recorder.case().open_tasks_of(task.run).filter(|other| !other.is_work()).count();
    if people.is_empty() || open + people.len() > CONSULTED_MAX {
        return Err(Rejection::NameSomebody { limit: CONSULTED_MAX - open.min(CONSULTED_MAX) });
    }
    Ok(())
}

fn is_asked_already(recorder: &Recorder<'_>, task: &Task, (role, login): (Role, &Login)) -> Result<(), Rejection> {
    let mut open = recorder.case().open_tasks_of(task.run).filter(|other| other.role == role);
    let refuse = |why| Err(Rejection::CannotBeGivenTo { to: login.clone(), why });
    if task.is_of(login) || open.any(|other| other.is_of(login)) {
        return refuse(Unsuitable::HoldsItAlready);
    }
    Ok(())
}
