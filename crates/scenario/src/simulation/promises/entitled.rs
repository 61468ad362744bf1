//! Who may do what: nobody decides, holds or is given anything that is not theirs by a rule of the definition.

use std::collections::BTreeSet;

use definition::{
    id::{FieldName, Login},
    level::Level,
    model::{Act, CommentRule, Escalation, IfNobody, IfRequester, PeopleStep, Selector, Step},
    people,
    value::Value,
};
use engine::{
    Event, EventEnvelope, StepRunId,
    event::{ReassignCause, Verdict},
    task::{How, Role},
};

use super::{Broken, ensure};
use crate::simulation::ledger::{Around, Ledger, Work};

const PROMISE: &str = "nobody decides or holds what is not theirs";

pub fn check(ledger: &Ledger, envelope: &EventEnvelope, around: Around<'_>) -> Result<(), Broken> {
    let desk = |run: StepRunId| Desk { ledger, around, run };
    match &envelope.event {
        Event::TaskDecided { task, run, by, verdict, comment, .. } => {
            let work = ledger.work(*task);
            let is_theirs = envelope.actor.login() == Some(by) && work.holders.contains(by) && work.open;
            ensure(is_theirs, PROMISE, || format!("{by} decides what they do not hold"))?;
            let first = ledger.ahead_of(work).next().is_some() || work.owner.is_some();
            ensure(!first, PROMISE, || format!("{by} decides though others come first or have the last word"))?;
            ensure(!ledger.decided.contains(&(*run, by.clone())), "nobody is asked twice for the same thing", || {
                format!("{by} decides twice")
            })?;
            desk(*run).decides((*verdict, work.role), comment.is_some())?;
            desk(*run).is_fit(by, Reach::Found)
        }
        Event::TaskOpened { task } => {
            let holders = task.people();
            let reach = match task.added.as_ref().map(|added| added.how) {
                Some(How::Question) => return Ok(()),
                Some(How::Before | How::After | How::Alongside | How::Opinion) => Reach::Given,
                None if task.role == Role::Name => return desk(task.run).administrate(&holders),
                None => Reach::Found,
            };
            holders.iter().try_for_each(|login| desk(task.run).is_fit(login, reach))?;
            if reach == Reach::Found { desk(task.run).are_found(&holders) } else { Ok(()) }
        }
        Event::PeopleAssigned { run, people } => desk(*run).are_found(&people.iter().cloned().collect()),
        Event::TaskTransferred { task, to, .. } | Event::TaskDelegated { task, to, .. } => {
            desk(ledger.work(*task).run).is_fit(to, Reach::Given)
        }
        Event::TaskReassigned { task, candidates, cause, .. } => {
            reassigned(desk(ledger.work(*task).run), ledger.work(*task), (candidates, cause))
        }
        Event::PeopleNamed { run, by, people, .. } => {
            ensure(!people.contains(by), PROMISE, || format!("{by} names themselves"))?;
            people.iter().try_for_each(|login| desk(*run).is_fit(login, Reach::Named))
        }
        _ => Ok(()),
    }
}

fn reassigned(
    desk: Desk<'_>,
    work: &Work,
    (candidates, cause): (&BTreeSet<Login>, &ReassignCause),
) -> Result<(), Broken> {
    if matches!(work.role, Role::Name | Role::Answer) {
        return Ok(());
    }
    let had =
        |login: &Login| work.holders.contains(login) || work.pool.contains(login) || work.owner.as_ref() == Some(login);
    let fresh: BTreeSet<Login> = candidates.iter().filter(|login| !had(login)).cloned().collect();
    let reach = match cause {
        ReassignCause::Added { .. } => Reach::Given,
        _ => Reach::Found,
    };
    fresh.iter().try_for_each(|login| desk.is_fit(login, reach))?;
    if reach == Reach::Found { desk.are_found(&fresh) } else { Ok(()) }
}

/// How work came to somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// By a rule of the process.
    Found,
    /// By a person who held it.
    Given,
    /// By an administrator.
    Named,
}

/// A step that people work on.
#[derive(Clone, Copy)]
struct Desk<'a> {
    ledger: &'a Ledger,
    around: Around<'a>,
    run: StepRunId,
}

impl<'a> Desk<'a> {
    fn step(&self) -> &'a Step {
        let id = &self.ledger.passage(self.run).step;
        self.around.plan.process.step_by_id(id.as_str()).expect("the case has the step").1
    }

    fn people(&self) -> &'a PeopleStep {
        self.step().kind.people().expect("only steps for people have tasks")
    }

    /// The step lets people do this, and they said what it asks them to say.
    fn decides(&self, (verdict, role): (Verdict, Role), commented: bool) -> Result<(), Broken> {
        let people = self.people();
        let (fits, act) = match verdict {
            Verdict::Approved => (role == Role::Decide, Some(Act::Approve)),
            Verdict::Rejected => (role == Role::Decide, Some(Act::Reject)),
            Verdict::Returned => (matches!(role, Role::Decide | Role::Fill), Some(Act::Return)),
            Verdict::Done => (role == Role::Fill, None),
            Verdict::Answered => (false, None),
        };
        let is_allowed = fits && act.is_none_or(|act| people.allow.contains(&act));
        ensure(is_allowed, PROMISE, || format!("{} does not let people {verdict:?}", self.step().id))?;
        let must_say = match people.comment {
            CommentRule::Optional => false,
            CommentRule::Required => true,
            CommentRule::OnReject => matches!(verdict, Verdict::Rejected | Verdict::Returned),
        };
        ensure(!must_say || commented, "a comment is given where the step asks for one", || self.step().id.to_string())
    }

    /// Works here, is cleared for what the step shows, and does not judge their own request.
    fn is_fit(&self, login: &Login, reach: Reach) -> Result<(), Broken> {
        let people = self.people();
        let step = self.step();
        let how = |why: &str| format!("{login} at {}: {why}", step.id);
        let Some(person) = self.around.directory.active(login.as_str()) else {
            return ensure(false, PROMISE, || how("does not work here"));
        };
        ensure(person.clearance >= self.shown(), PROMISE, || how("is not cleared"))?;
        let is_own = step.kind.approve().is_some() && self.ledger.requester.as_ref() == Some(login);
        let allowed = reach == Reach::Found && people.if_requester == IfRequester::Allow;
        ensure(!is_own || allowed, PROMISE, || how("is the requester"))?;
        let range = people.transfer_to.as_ref().filter(|_| reach == Reach::Given);
        ensure(range.is_none_or(|range| self.find(range, &[]).contains(login)), PROMISE, || how("is out of range"))
    }

    /// Some rule of the step finds each of them.
    fn are_found(&self, holders: &BTreeSet<Login>) -> Result<(), Broken> {
        let people = self.people();
        let held = self.ledger.passage(self.run).clock.as_ref().map(|clock| clock.held.clone()).unwrap_or_default();
        let mut found = self.find(&people.by, &[]);
        if let IfNobody::To(selector) = &people.if_nobody {
            found.extend(self.find(selector, &[]));
        }
        if step_decides(self.step()) {
            found.extend(self.find(&Selector::RequesterManager(1), &[]));
        }
        for rung in &people.escalate {
            if let Escalation::To(selector) | Escalation::Add(selector) = &rung.then {
                found.extend(self.find(selector, &held));
            }
        }
        found.extend(self.ledger.asked.iter().filter(|(run, _)| *run == self.run).map(|(_, login)| login.clone()));
        ensure(holders.is_subset(&found), PROMISE, || format!("no rule of {} finds {holders:?}", self.step().id))
    }

    /// Only administrators name people, and never for their own request.
    fn administrate(&self, holders: &BTreeSet<Login>) -> Result<(), Broken> {
        let may = |login: &Login| {
            let person = self.around.directory.active(login.as_str());
            self.ledger.requester.as_ref() != Some(login)
                && person.is_some_and(|person| person.can.contains(&definition::model::Capability::People))
        };
        ensure(holders.iter().all(may), PROMISE, || format!("{holders:?} name people"))
    }

    fn find(&self, selector: &Selector, holders: &[Login]) -> BTreeSet<Login> {
        let field = |name: &FieldName| match self.around.after.values().get(name) {
            Some(Value::Person(login)) => Some(login.clone()),
            _ => None,
        };
        let approvers = |index| {
            let step = &self.around.plan.process.step(index).id;
            let of_step = self.ledger.assents.iter().filter(|one| one.stands && one.step == *step);
            of_step.map(|one| one.by.clone()).collect()
        };
        let requester = self.ledger.requester.as_ref().map(Login::as_str);
        let around = people::Around { requester, field: &field, approvers: &approvers, holders };
        self.around.directory.select(selector, around).into_iter().map(|person| person.login.clone()).collect()
    }

    /// The highest level among the fields that the step names.
    fn shown(&self) -> Level {
        let is_resubmission = self
            .around
            .plan
            .process
            .resubmission
            .is_some_and(|index| self.around.plan.process.step(index).id == self.step().id);
        let edited = self.step().kind.fill().filter(|_| !is_resubmission).map(|fill| &*fill.edit).unwrap_or_default();
        let named = self.people().see.iter().flatten().chain(edited);
        let level = |name: &FieldName| self.around.plan.form.field(name.as_str()).map(|field| field.sensitivity);
        named.filter_map(level).max().unwrap_or_default()
    }
}

fn step_decides(step: &Step) -> bool {
    step.kind.approve().is_some()
}
