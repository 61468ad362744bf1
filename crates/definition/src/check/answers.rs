//! Proof 2, *answers*: each people step has somebody for every possible requester, or says what happens otherwise; and
//! its ladder is finite and does not lead back to where it was.
//!
//! Decided against a directory, for each person who may start the process, by the rules the engine follows. The default
//! (an administrator names somebody) counts if an active administrator other than the requester exists; each requester
//! who would need it is named in a warning.

use std::collections::BTreeSet;

use super::{Finding, cleared::shown_fields};
use crate::{
    diagnostic::{Code, codes},
    id::{FieldName, Login},
    level::Level,
    model::{
        Capability, Escalation, Form, IfNobody, IfRequester, Mode, PeopleStep, Process, Selector, Settings, Step,
        StepIndex, StepKind,
    },
    people::{Around, Directory, Person},
};

/// How many requesters a finding names; it counts the rest.
const NAMED_MAX: usize = 5;

/// The role whose holders name the people of a step that found nobody.
const ADMINISTRATORS: &str = "admin";

/// Checks one process against the people who work here.
pub fn check((process, form): (&Process, &Form), settings: &Settings, directory: &Directory) -> Vec<Finding> {
    let mut requesters: Vec<Option<&Person>> = process.start.starters(directory).into_iter().map(Some).collect();
    let mut findings = Vec::new();
    if !process.start.may_be_somebodys() {
        requesters.push(None);
    }
    if requesters.is_empty() {
        findings.push(Finding::of_process(codes::NOBODY_MAY_START).warning());
    }
    let administrators = administrators(directory);
    for (index, step) in process.written_steps() {
        let Some(people) = step.kind.people() else { continue };
        let decides = matches!(step.kind, StepKind::Approve(_));
        let needs = needed_clearance((form, settings), step, people);
        let fixed = (!depends_on_request(&people.by)).then(|| select(directory, &people.by, None, &[]));
        let asked = Asked { step, people, decides, needs, fixed, administrators: &administrators, directory };
        findings.extend(somebody_answers(&asked, &requesters, index));
        findings.extend(ladder_leads_on(&asked, &requesters, index));
    }
    findings
}

struct Asked<'a> {
    step: &'a Step,
    people: &'a PeopleStep,
    /// Whether it is a verdict, so that the requester may not give it.
    decides: bool,
    /// What whoever does it must be cleared for.
    needs: Level,
    /// Whom its selector finds, if that is the same for every requester.
    fixed: Option<Vec<&'a Person>>,
    administrators: &'a BTreeSet<&'a Login>,
    directory: &'a Directory,
}

impl<'a> Asked<'a> {
    fn found(&self, requester: Option<&Person>) -> Vec<&'a Person> {
        match &self.fixed {
            Some(found) => found.clone(),
            None => select(self.directory, &self.people.by, login_of(requester), &[]),
        }
    }

    fn may(&self, person: &Person, requester: Option<&Person>) -> bool {
        let is_own = self.decides && Some(&person.login) == requester.map(|requester| &requester.login);
        person.clearance >= self.needs && (!is_own || self.people.if_requester == IfRequester::Allow)
    }
}

impl Asked<'_> {
    /// Whether those of these people who may answer are enough: one of them, or as many as a vote needs.
    fn suffice(&self, found: &[&Person], requester: Option<&Person>) -> bool {
        let may: Vec<&Person> = found.iter().copied().filter(|person| self.may(person, requester)).collect();
        let Mode::Vote(vote) = &self.people.mode else { return !may.is_empty() };
        let weights: Vec<(BTreeSet<&Login>, u32)> = vote
            .weights
            .iter()
            .map(|weight| {
                let who = select(self.directory, &weight.who, login_of(requester), &[]);
                (who.into_iter().map(|person| &person.login).collect(), weight.votes)
            })
            .collect();
        let counts_for = |person: &Person| {
            weights.iter().find(|(who, _)| who.contains(&person.login)).map_or(1, |(_, votes)| *votes)
        };
        let voters: Vec<_> = may.into_iter().map(|person| (counts_for(person), person.department.clone())).collect();
        vote.is_possible_with(&voters)
    }
}

/// What a requester's step comes to when nobody of its selector can answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Without {
    /// Somebody answers, or the step says what happens.
    Provided,
    /// An administrator will name somebody.
    Named,
    /// There is no administrator to name anybody.
    Stuck,
}

fn somebody_answers(asked: &Asked<'_>, requesters: &[Option<&Person>], index: StepIndex) -> Vec<Finding> {
    let each: Vec<(Option<&Person>, Without)> =
        requesters.iter().map(|requester| (*requester, without(asked, *requester))).collect();
    if let [(None, without)] = each[..] {
        return answered_for_a_rule(asked, without, index).into_iter().collect();
    }
    let finding = |code: Code, what: Without| {
        let who: Vec<&Person> =
            each.iter().filter(|(_, found)| *found == what).filter_map(|(person, _)| *person).collect();
        let logins: Vec<&str> = who.iter().take(NAMED_MAX).map(|person| person.login.as_str()).collect();
        (!who.is_empty()).then(|| {
            Finding::of_step(code, index)
                .with("step", asked.step.id.to_string())
                .with("people", logins.join(", "))
                .with("count", who.len().to_string())
        })
    };
    let stuck = finding(codes::NOBODY_ANSWERS, Without::Stuck);
    let named = finding(codes::SOMEBODY_MUST_BE_NAMED, Without::Named).map(Finding::warning);
    stuck.into_iter().chain(named).collect()
}

/// The same where a rule begins the case and nobody asks.
fn answered_for_a_rule(asked: &Asked<'_>, without: Without, index: StepIndex) -> Option<Finding> {
    let finding = |code: Code| Finding::of_step(code, index).with("step", asked.step.id.to_string());
    match without {
        Without::Provided => None,
        Without::Named => Some(finding(codes::SOMEBODY_MUST_BE_NAMED_FOR_A_RULE).warning()),
        Without::Stuck => Some(finding(codes::NOBODY_ANSWERS_A_RULE)),
    }
}

fn without(asked: &Asked<'_>, requester: Option<&Person>) -> Without {
    let found = asked.found(requester);
    let is_found =
        asked.decides && requester.is_some_and(|requester| found.iter().any(|person| person.login == requester.login));
    if is_found && asked.people.if_requester == IfRequester::Skip {
        return Without::Provided;
    }
    if asked.suffice(&found, requester) {
        return Without::Provided;
    }
    if is_found && matches!(asked.people.if_requester, IfRequester::DropOut | IfRequester::Manager) {
        let manager =
            requester.and_then(|requester| asked.directory.managers(requester.login.as_str()).into_iter().next());
        if asked.suffice(&Vec::from_iter(manager), requester) {
            return Without::Provided;
        }
    }
    let otherwise = otherwise(asked, requester);
    match otherwise {
        // Whom only the request can name is unknown here; it matters if nobody could even name somebody else.
        Without::Named if names_by_request(&asked.people.by) => Without::Provided,
        Without::Provided | Without::Named | Without::Stuck => otherwise,
    }
}

fn otherwise(asked: &Asked<'_>, requester: Option<&Person>) -> Without {
    let names = || {
        let somebody =
            asked.administrators.iter().any(|login| Some(*login) != requester.map(|requester| &requester.login));
        if somebody { Without::Named } else { Without::Stuck }
    };
    match &asked.people.if_nobody {
        IfNobody::Skip | IfNobody::Reject => Without::Provided,
        IfNobody::Escalate => names(),
        IfNobody::To(selector) => {
            let substitutes = select(asked.directory, selector, login_of(requester), &[]);
            // A substitute is never the requester of a verdict, even where the step allows it otherwise.
            let others: Vec<&Person> = substitutes
                .into_iter()
                .filter(|person| !asked.decides || Some(&person.login) != requester.map(|requester| &requester.login))
                .collect();
            if asked.suffice(&others, requester) {
                return Without::Provided;
            }
            match names() {
                Without::Named if names_by_request(selector) => Without::Provided,
                found @ (Without::Provided | Without::Named | Without::Stuck) => found,
            }
        }
    }
}

/// Those who name the people of a step that found nobody.
fn administrators(directory: &Directory) -> BTreeSet<&Login> {
    let active = |person: &&Person| directory.active(person.login.as_str()).is_some();
    let holders: BTreeSet<&Login> = directory.holders(ADMINISTRATORS).map(|person| &person.login).collect();
    let keepers = directory.people().filter(active).filter(|person| person.can.contains(&Capability::People));
    holders.into_iter().chain(keepers.map(|person| &person.login)).collect()
}

/// What the engine asks of whoever does a step: to be cleared for what it shows, and for what its selector promises.
fn needed_clearance((form, settings): (&Form, &Settings), step: &Step, people: &PeopleStep) -> Level {
    let level = |field: &FieldName| form.field(field.as_str()).map(|field| field.sensitivity);
    let shown = shown_fields(&step.kind, people).into_iter().filter_map(level).max().unwrap_or_default();
    step.kind.approve().map_or(shown, |people| shown.max(people.promised_clearance(settings)))
}

/// A rung that hands the work to those who had it already leads back. If it does for everybody, it is a mistake; if only
/// for some, a coincidence of who holds which place.
fn ladder_leads_on(asked: &Asked<'_>, requesters: &[Option<&Person>], index: StepIndex) -> Vec<Finding> {
    let rungs = asked.people.escalate.len();
    if !asked.people.escalate.iter().any(|rung| matches!(rung.then, Escalation::To(_))) {
        return Vec::new();
    }
    let mut back: Vec<Vec<Option<&Person>>> = vec![Vec::new(); rungs];
    for requester in requesters {
        for rung in rungs_back(asked, *requester) {
            back[rung].push(*requester);
        }
    }
    let findings = back.into_iter().enumerate().filter(|(_, who)| !who.is_empty()).map(|(rung, who)| {
        let logins: Vec<&str> = who.iter().flatten().take(NAMED_MAX).map(|person| person.login.as_str()).collect();
        let finding = Finding::of_step(codes::LADDER_LEADS_BACK, index)
            .with("step", asked.step.id.to_string())
            .with("rung", (rung + 1).to_string())
            .with("people", logins.join(", "))
            .with("count", who.len().to_string());
        if who.len() == requesters.len() { finding } else { finding.warning() }
    });
    findings.collect()
}

/// The rungs that lead back for a requester, when each replaces the holders in turn.
fn rungs_back(asked: &Asked<'_>, requester: Option<&Person>) -> Vec<usize> {
    let login = login_of(requester);
    let logins = |people: Vec<&Person>| -> Vec<Login> {
        people.into_iter().filter(|person| asked.may(person, requester)).map(|person| person.login.clone()).collect()
    };
    let mut holders = logins(asked.found(requester));
    let mut earlier: Vec<BTreeSet<Login>> = Vec::new();
    let mut back = Vec::new();
    for (number, rung) in asked.people.escalate.iter().enumerate() {
        let Escalation::To(selector) = &rung.then else { continue };
        let next = logins(select(asked.directory, selector, login, &holders));
        if next.is_empty() {
            continue;
        }
        earlier.push(holders.iter().cloned().collect());
        if earlier.contains(&next.iter().cloned().collect()) {
            back.push(number);
        }
        holders = next;
    }
    back
}

/// Whether only the request says whom a selector finds, in part at least.
fn names_by_request(selector: &Selector) -> bool {
    match selector {
        Selector::RequestField { .. } | Selector::ApproversOf(_) => true,
        Selector::Union(members) => members.iter().any(names_by_request),
        Selector::Requester
        | Selector::RequesterManager(_)
        | Selector::RequesterManagers(_)
        | Selector::RequesterDepartmentHead
        | Selector::Role { .. }
        | Selector::Department(_)
        | Selector::DepartmentHead(_)
        | Selector::Person(_)
        | Selector::Assignee
        | Selector::AssigneeManager => false,
    }
}

/// Whether a selector may find others for another request.
fn depends_on_request(selector: &Selector) -> bool {
    match selector {
        Selector::Role { in_requester_department, .. } => *in_requester_department,
        Selector::Department(_) | Selector::DepartmentHead(_) | Selector::Person(_) => false,
        Selector::Union(members) => members.iter().any(depends_on_request),
        Selector::Requester
        | Selector::RequesterManager(_)
        | Selector::RequesterManagers(_)
        | Selector::RequesterDepartmentHead
        | Selector::RequestField { .. }
        | Selector::ApproversOf(_)
        | Selector::Assignee
        | Selector::AssigneeManager => true,
    }
}

fn login_of(requester: Option<&Person>) -> Option<&str> {
    requester.map(|requester| requester.login.as_str())
}

fn select<'a>(
    directory: &'a Directory,
    selector: &Selector,
    requester: Option<&str>,
    holders: &[Login],
) -> Vec<&'a Person> {
    directory.select(selector, Around { requester, holders, ..Around::NOBODY })
}
