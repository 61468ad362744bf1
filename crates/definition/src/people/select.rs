//! Finds the people that a selector names.

use std::collections::BTreeSet;

use super::{Directory, Person};
use crate::{
    id::{DepartmentId, FieldName, Login},
    level::Level,
    model::{Capability, Chain, Escalation, IfNobody, PeopleStep, Selector, Settings, Start, StepIndex},
};

/// What a selector may speak of beside the directory.
#[derive(Clone, Copy)]
pub struct Around<'a> {
    /// Who asked, if anybody did.
    pub requester: Option<&'a str>,
    /// The person a field of the request names.
    pub field: &'a dyn Fn(&FieldName) -> Option<Login>,
    /// Who approved an earlier step.
    pub approvers: &'a dyn Fn(StepIndex) -> Vec<Login>,
    /// Who holds the task; in reminders and escalation. Of an unclaimed pool each candidate.
    pub holders: &'a [Login],
}

impl Around<'_> {
    /// Where there is no case yet.
    pub const NOBODY: Self = Self { requester: None, field: &|_| None, approvers: &|_| Vec::new(), holders: &[] };
}

impl Directory {
    /// The active people a selector names, each once, in a stable order. Nobody is left out here for who they are.
    pub fn select(&self, selector: &Selector, around: Around<'_>) -> Vec<&Person> {
        let mut seen = BTreeSet::new();
        let mut found = Vec::new();
        self.collect(selector, around, &mut |person| {
            if seen.insert(&person.login) {
                found.push(person);
            }
        });
        found
    }

    fn collect<'a>(&'a self, selector: &Selector, around: Around<'_>, add: &mut dyn FnMut(&'a Person)) {
        match selector {
            Selector::Requester => around.requester.and_then(|login| self.active(login)).into_iter().for_each(add),
            Selector::RequesterManager(levels) => {
                let nth = usize::try_from(*levels).unwrap_or(usize::MAX).saturating_sub(1);
                self.managers_of(around.requester).into_iter().nth(nth).into_iter().for_each(add);
            }
            Selector::RequesterManagers(chain) => self.chain(around.requester, chain).into_iter().for_each(add),
            Selector::RequesterDepartmentHead => {
                let requester = around.requester.and_then(|login| self.person(login));
                let department = requester.and_then(|person| person.department.as_ref());
                department.and_then(|id| self.head(id.as_str())).into_iter().for_each(add);
            }
            Selector::Role { role, in_requester_department } => {
                let requester = around.requester.and_then(|login| self.person(login));
                let within = requester.and_then(|person| person.department.clone());
                self.holders(role.as_str())
                    .filter(|person| {
                        !in_requester_department || self.both_within(person, within.as_ref().map(DepartmentId::as_str))
                    })
                    .for_each(add);
            }
            Selector::Department(id) => self
                .people()
                .filter(|person| {
                    self.active(person.login.as_str()).is_some() && self.both_within(person, Some(id.as_str()))
                })
                .for_each(add),
            Selector::DepartmentHead(id) => self.head(id.as_str()).into_iter().for_each(add),
            Selector::Person(login) => self.active(login.as_str()).into_iter().for_each(add),
            Selector::RequestField { field, manager } => {
                let named = (around.field)(field);
                let person = named.as_ref().and_then(|login| match manager {
                    false => self.active(login.as_str()),
                    true => self.managers(login.as_str()).into_iter().next(),
                });
                person.into_iter().for_each(add);
            }
            Selector::ApproversOf(step) => {
                (around.approvers)(*step).iter().filter_map(|login| self.active(login.as_str())).for_each(add);
            }
            Selector::Assignee => around.holders.iter().filter_map(|login| self.active(login.as_str())).for_each(add),
            Selector::AssigneeManager => {
                around
                    .holders
                    .iter()
                    .filter_map(|login| self.managers(login.as_str()).into_iter().next())
                    .for_each(add);
            }
            Selector::Union(members) => members.iter().for_each(|member| self.collect(member, around, add)),
        }
    }

    fn managers_of(&self, login: Option<&str>) -> Vec<&Person> {
        login.map(|login| self.managers(login)).unwrap_or_default()
    }

    /// The managers above a person, as far up as a chain goes.
    fn chain(&self, login: Option<&str>, chain: &Chain) -> Vec<&Person> {
        let mut managers = self.managers_of(login);
        let length = match chain {
            Chain::Whole => managers.len(),
            Chain::Levels(levels) => usize::try_from(*levels).unwrap_or(usize::MAX),
            Chain::Until(role) => managers
                .iter()
                .position(|manager| manager.roles.contains(role))
                .map_or(managers.len(), |place| place + 1),
        };
        managers.truncate(length);
        managers
    }

    fn head(&self, department: &str) -> Option<&Person> {
        self.department(department)?.head.as_ref().and_then(|login| self.active(login.as_str()))
    }

    fn both_within(&self, person: &Person, department: Option<&str>) -> bool {
        let (Some(own), Some(department)) = (&person.department, department) else { return false };
        self.is_within(own.as_str(), department)
    }
}

impl Start {
    /// The active people who may begin a case, each once.
    pub fn starters<'a>(&self, directory: &'a Directory) -> Vec<&'a Person> {
        match self {
            Self::Form { by, .. } | Self::Api { by: Some(by) } | Self::Event { by: Some(by), .. } => {
                directory.select(by, Around::NOBODY)
            }
            Self::Schedule(_) | Self::Record { .. } | Self::Person { .. } => Vec::new(),
            Self::Api { by: None } | Self::Event { by: None, .. } => directory
                .people()
                .filter(|person| person.can.contains(&Capability::Settings))
                .filter(|person| directory.active(person.login.as_str()).is_some())
                .collect(),
        }
    }

    /// Whether somebody may begin a case; a role is looked up without listing all who hold it.
    pub fn is_open_to(&self, directory: &Directory, login: &str) -> bool {
        let Some(person) = directory.active(login) else { return false };
        match self {
            Self::Form { by, .. } | Self::Api { by: Some(by) } | Self::Event { by: Some(by), .. } => {
                finds(directory, by, person)
            }
            Self::Schedule(_) | Self::Record { .. } | Self::Person { .. } => false,
            Self::Api { by: None } | Self::Event { by: None, .. } => person.can.contains(&Capability::Settings),
        }
    }
}

/// Whether a selector that stands in a `start` finds somebody.
fn finds(directory: &Directory, selector: &Selector, person: &Person) -> bool {
    match selector {
        Selector::Role { role, in_requester_department: false } => person.roles.contains(role),
        Selector::Union(members) => members.iter().any(|member| finds(directory, member, person)),
        Selector::Role { in_requester_department: true, .. }
        | Selector::Requester
        | Selector::RequesterManager(_)
        | Selector::RequesterManagers(_)
        | Selector::RequesterDepartmentHead
        | Selector::Department(_)
        | Selector::DepartmentHead(_)
        | Selector::Person(_)
        | Selector::RequestField { .. }
        | Selector::ApproversOf(_)
        | Selector::Assignee
        | Selector::AssigneeManager => {
            directory.select(selector, Around::NOBODY).iter().any(|found| found.login == person.login)
        }
    }
}

impl PeopleStep {
    /// The clearance that whoever decides here has: what the selector promises, less what the roles promise that the step
    /// itself names as substitutes. Whoever else gets the task, by transfer, naming or as a manager, is held to it.
    pub fn promised_clearance(&self, settings: &Settings) -> Level {
        let substitutes = self.substitutes().filter_map(|selector| selector.least_role_clearance(settings));
        substitutes.fold(self.by.promised_clearance(settings), Level::min)
    }

    /// Who comes in when the selector finds nobody, or when the time is over.
    pub fn substitutes(&self) -> impl Iterator<Item = &Selector> {
        let nobody = match &self.if_nobody {
            IfNobody::To(selector) => Some(selector),
            IfNobody::Escalate | IfNobody::Skip | IfNobody::Reject => None,
        };
        let rungs = self.escalate.iter().filter_map(|rung| match &rung.then {
            Escalation::To(selector) | Escalation::Add(selector) => Some(selector),
            Escalation::Notify(_) | Escalation::Do(_) => None,
        });
        nobody.into_iter().chain(rungs)
    }
}

impl Selector {
    /// The least clearance that its roles promise; nothing where it names nothing but places and persons.
    pub fn least_role_clearance(&self, settings: &Settings) -> Option<Level> {
        match self {
            Self::Role { .. } => Some(self.promised_clearance(settings)),
            Self::Union(members) => members.iter().filter_map(|member| member.least_role_clearance(settings)).min(),
            Self::Requester
            | Self::RequesterManager(_)
            | Self::RequesterManagers(_)
            | Self::RequesterDepartmentHead
            | Self::Department(_)
            | Self::DepartmentHead(_)
            | Self::Person(_)
            | Self::RequestField { .. }
            | Self::ApproversOf(_)
            | Self::Assignee
            | Self::AssigneeManager => None,
        }
    }

    /// The clearance that everybody this selector can ever find has: a role promises its own, a place promises none.
    pub fn promised_clearance(&self, settings: &Settings) -> Level {
        match self {
            Self::Role { role, .. } => settings.roles.get(role).map(|role| role.clearance).unwrap_or_default(),
            Self::Union(members) => {
                members.iter().map(|member| member.promised_clearance(settings)).min().unwrap_or_default()
            }
            Self::Requester
            | Self::RequesterManager(_)
            | Self::RequesterManagers(_)
            | Self::RequesterDepartmentHead
            | Self::Department(_)
            | Self::DepartmentHead(_)
            | Self::Person(_)
            | Self::RequestField { .. }
            | Self::ApproversOf(_)
            | Self::Assignee
            | Self::AssigneeManager => Level::L0,
        }
    }
}
