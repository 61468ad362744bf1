//! Who is asked: selectors against the directory, four eyes, clearance, and what happens when nobody is found.

use std::collections::BTreeSet;

use definition::{
    id::{FieldName, Login, RoleId},
    level::Level,
    model::{Capability, IfNobody, IfRepeated, IfRequester, Mode, PeopleStep, Selector, StepIndex, Vote},
    people::{Around, Directory},
    value::{FieldPick, Value},
};

use crate::{case::Case, plan::Plan, rejection::Unsuitable, submission::Submission, task::Seat};

/// The role whose holders name the people of a step that found nobody.
const ADMINISTRATORS: &str = "admin";

/// Whom a step asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Assignment {
    /// These, in order.
    People {
        /// Never empty; each once.
        people: Vec<Login>,
        /// Whether one of them claims the task first.
        pool: bool,
    },
    /// These administrators name somebody.
    Name {
        /// Never empty.
        administrators: Vec<Login>,
    },
    /// Nobody; the step is skipped.
    Skip,
    /// Nobody; the case is rejected.
    Reject,
    /// Nobody, and nobody to name somebody.
    Nobody,
}

/// What finding people for a step of a case depends on.
#[derive(Clone, Copy)]
pub struct Search<'a> {
    /// The definitions.
    pub plan: &'a Plan,
    /// Everybody.
    pub directory: &'a Directory,
    /// The request's values.
    pub submission: &'a Submission,
    /// Who asked, and who approved.
    pub case: &'a Case,
    /// The step.
    pub step: StepIndex,
}

impl<'a> Search<'a> {
    /// Whom the step asks when the case comes to it.
    pub fn assign(&self) -> Assignment {
        let Some(people) = self.people_step() else { return Assignment::Skip };
        let found = self.find(&people.by, &[]);
        let asks_requester = self.is_approve() && found.iter().any(|login| self.case.is_of(login));
        if asks_requester && matches!(people.if_requester, IfRequester::Skip) {
            return Assignment::Skip;
        }
        let mut remaining = self.suitable(&self.without_requester(people, found));
        if people.if_repeated == IfRepeated::Skip && !remaining.is_empty() {
            let fresh: Vec<Login> =
                remaining.iter().filter(|login| !self.approved_before(people, login)).cloned().collect();
            if fresh.is_empty() {
                return Assignment::Skip;
            }
            // In a vote nobody drops out, since that would lower what must be reached.
            if !matches!(people.mode, Mode::Vote(_)) {
                remaining = fresh;
            }
        }
        if self.suffice(people, &remaining) {
            return Assignment::People { people: remaining, pool: is_pool(&people.mode, &people.by) };
        }
        if asks_requester && matches!(people.if_requester, IfRequester::DropOut) {
            let manager = self.suitable(&self.requesters_manager());
            if self.suffice(people, &manager) {
                return Assignment::People { people: manager, pool: false };
            }
        }
        self.nobody(people)
    }

    /// Whether somebody gave an approval that still counts and was bound to all that the step would show them: whatever
    /// changes that voids it.
    fn approved_before(&self, people: &PeopleStep, login: &Login) -> bool {
        let covers = |step: &definition::id::StepId| {
            let earlier = self.plan.process.step_by_id(step.as_str()).and_then(|(_, step)| step.kind.people());
            match (earlier.and_then(|earlier| earlier.see.as_ref()), &people.see) {
                (None, _) => earlier.is_some(),
                (Some(_), None) => false,
                (Some(seen), Some(shown)) => shown.iter().all(|field| seen.contains(field)),
            }
        };
        self.case.approvals.iter().any(|approval| approval.counts && approval.by == *login && covers(&approval.step))
    }

    /// The active people a selector names, each once; `holders` are those who hold the task in question.
    pub fn find(&self, selector: &Selector, holders: &[Login]) -> Vec<Login> {
        let field = |name: &FieldName| match self.submission.values().get(name) {
            Some(Value::Person(login)) => Some(login.clone()),
            Some(_) | None => None,
        };
        let approvers = |step: StepIndex| approvers(self.case, self.plan.process.step(step).id.as_str());
        let around = Around {
            requester: self.case.requester().map(Login::as_str),
            field: &field,
            approvers: &approvers,
            holders,
        };
        self.directory.select(selector, around).into_iter().map(|person| person.login.clone()).collect()
    }

    /// Whether these people are enough for the step: one of them, or as many as a vote needs.
    pub fn suffice(&self, people: &PeopleStep, found: &[Login]) -> bool {
        match &people.mode {
            Mode::Any | Mode::All | Mode::InOrder => !found.is_empty(),
            Mode::Vote(vote) => {
                let seats = found.iter().map(|login| self.seat(vote, login));
                vote.is_possible_with(&seats.map(|seat| (seat.votes, seat.department)).collect::<Vec<_>>())
            }
        }
    }

    /// The seat that somebody has in a vote of the step.
    pub fn seat(&self, vote: &Vote, login: &Login) -> Seat {
        let votes = vote.weights.iter().find(|weight| self.find(&weight.who, &[]).contains(login));
        let veto = vote.veto.as_ref().is_some_and(|veto| self.find(veto, &[]).contains(login));
        let department = self.directory.person(login.as_str()).and_then(|person| person.department.clone());
        Seat { votes: votes.map_or(1, |weight| weight.votes), veto, department }
    }

    /// Those who may hold a task of the step.
    pub fn suitable(&self, people: &[Login]) -> Vec<Login> {
        people.iter().filter(|login| self.unsuitable(login).is_none()).cloned().collect()
    }

    /// Why somebody may not hold a task of the step, if they may not.
    pub fn unsuitable(&self, login: &Login) -> Option<Unsuitable> {
        let Some(person) = self.directory.active(login.as_str()) else { return Some(Unsuitable::NotActive) };
        if self.excludes_requester() && self.case.is_of(login) {
            return Some(Unsuitable::Requester);
        }
        let needs = self.asked_level();
        (person.clearance < needs).then_some(Unsuitable::NotCleared { needs, has: person.clearance })
    }

    /// The clearance that the step asks of whoever does it.
    pub fn asked_level(&self) -> Level {
        self.shown_level().max(self.promised_level().min(self.released_level()))
    }

    /// Whether the requester must not do the step: four eyes.
    pub fn excludes_requester(&self) -> bool {
        self.is_approve() && self.people_step().is_some_and(|people| !matches!(people.if_requester, IfRequester::Allow))
    }

    /// Whether people approve or reject here.
    pub fn is_approve(&self) -> bool {
        self.plan.process.step(self.step).kind.approve().is_some()
    }

    /// The highest level that the step's own list of fields shows; what no list names is hidden by clearance instead.
    pub fn shown_level(&self) -> Level {
        let step = self.plan.process.step(self.step);
        let shown = self.people_step().and_then(|people| people.see.as_deref()).unwrap_or_default();
        let is_resubmission = Some(self.step) == self.plan.process.resubmission;
        let edited = step.kind.fill().filter(|_| !is_resubmission).map(|fill| &*fill.edit).unwrap_or_default();
        let fields = shown.iter().chain(edited).filter_map(|name| self.plan.form.field(name.as_str()));
        fields.map(|field| field.sensitivity).max().unwrap_or_default()
    }

    /// The highest level that leaves with the fields the request asks for.
    fn released_level(&self) -> Level {
        let picks = self.submission.values().values().filter_map(|value| match value {
            Value::Picks(picks) => picks.iter().map(FieldPick::effective_level).max(),
            Value::Empty
            | Value::Bool(_)
            | Value::Number(_)
            | Value::Text(_)
            | Value::Date(_)
            | Value::Moment(_)
            | Value::Level(_)
            | Value::Person(_)
            | Value::Department(_)
            | Value::Records(_)
            | Value::List(_)
            | Value::Map(_) => None,
        });
        picks.max().unwrap_or_default()
    }

    /// The clearance that a step's roles promise of whoever decides: nobody below it decides in their place on what is
    /// released, however the task came to them, since the check took the promise for its proof of four eyes.
    fn promised_level(&self) -> Level {
        let approve = self.plan.process.step(self.step).kind.approve();
        approve.map(|people| people.promised_clearance(&self.plan.settings)).unwrap_or_default()
    }

    /// Those who name the people of a step: holders of the role `admin`, else whoever keeps people; never the requester.
    pub fn administrators(&self) -> Vec<Login> {
        let but_requester = |login: &Login| !self.case.is_of(login);
        let role = RoleId::from(ADMINISTRATORS);
        let holders: Vec<Login> =
            self.directory.holders(role.as_str()).map(|person| person.login.clone()).filter(but_requester).collect();
        if !holders.is_empty() {
            return holders;
        }
        let keepers = self.directory.people().filter(|person| person.can.contains(&Capability::People));
        let active = keepers.filter(|person| self.directory.active(person.login.as_str()).is_some());
        active.map(|person| person.login.clone()).filter(but_requester).collect()
    }

    fn people_step(&self) -> Option<&'a PeopleStep> {
        self.plan.process.step(self.step).kind.people()
    }

    /// The people found, without the requester where the step says so.
    fn without_requester(&self, people: &PeopleStep, found: Vec<Login>) -> Vec<Login> {
        if !self.is_approve() {
            return found;
        }
        match people.if_requester {
            IfRequester::Allow => found,
            IfRequester::DropOut | IfRequester::Skip => {
                found.into_iter().filter(|login| !self.case.is_of(login)).collect()
            }
            IfRequester::Manager => {
                let mut seen = BTreeSet::new();
                let managers = self.requesters_manager();
                let replaced = found
                    .into_iter()
                    .flat_map(|login| if self.case.is_of(&login) { managers.clone() } else { vec![login] });
                replaced.filter(|login| seen.insert(login.clone())).collect()
            }
        }
    }

    fn requesters_manager(&self) -> Vec<Login> {
        let managers = self.case.requester().map(|login| self.directory.managers(login.as_str())).unwrap_or_default();
        managers.first().map(|person| person.login.clone()).into_iter().collect()
    }

    fn nobody(&self, people: &PeopleStep) -> Assignment {
        match &people.if_nobody {
            IfNobody::Skip => return Assignment::Skip,
            IfNobody::Reject => return Assignment::Reject,
            IfNobody::To(selector) => {
                let found = self.find(selector, &[]);
                let others: Vec<Login> = if self.is_approve() {
                    found.into_iter().filter(|login| !self.case.is_of(login)).collect()
                } else {
                    found
                };
                let others = self.suitable(&others);
                if self.suffice(people, &others) {
                    return Assignment::People { people: others, pool: is_pool(&people.mode, selector) };
                }
            }
            IfNobody::Escalate => {}
        }
        let administrators = self.administrators();
        if administrators.is_empty() { Assignment::Nobody } else { Assignment::Name { administrators } }
    }
}

/// Who approved a step, as far as it still counts.
pub fn approvers(case: &Case, step: &str) -> Vec<Login> {
    let counted = case.approvals.iter().filter(|approval| approval.counts && approval.step.as_str() == step);
    counted.map(|approval| approval.by.clone()).collect()
}

/// Whether a selector finds a pool, of which one claims the task.
pub fn is_pool(mode: &Mode, selector: &Selector) -> bool {
    match mode {
        Mode::Any => names_a_group(selector),
        Mode::All | Mode::InOrder | Mode::Vote(_) => false,
    }
}

fn names_a_group(selector: &Selector) -> bool {
    match selector {
        Selector::Role { .. } | Selector::Department(_) => true,
        Selector::Union(members) => members.iter().any(names_a_group),
        Selector::Requester
        | Selector::RequesterManager(_)
        | Selector::RequesterManagers(_)
        | Selector::RequesterDepartmentHead
        | Selector::DepartmentHead(_)
        | Selector::Person(_)
        | Selector::RequestField { .. }
        | Selector::ApproversOf(_)
        | Selector::Assignee
        | Selector::AssigneeManager => false,
    }
}
