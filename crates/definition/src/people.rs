//! The directory: who works here, where, under whom, in which roles.
//!
//! A [`Directory`] is a snapshot. It answers the questions that selectors, policy and the check ask, and is made from
//! `people.yaml` or from the store; in both cases with the workspace's settings, which say what a role may see.

mod absence;
mod select;

use std::collections::{BTreeMap, BTreeSet};

pub use absence::{Absence, Work};
pub use select::Around;

use crate::{
    id::{DepartmentId, Login, RoleId},
    level::Level,
    model::{Capability, Settings},
    text::Text,
};

/// Everybody and every department at one moment.
#[derive(Debug, Clone, Default)]
pub struct Directory {
    people: BTreeMap<Login, Person>,
    departments: BTreeMap<DepartmentId, Department>,
}

/// A person as the engine and policy know them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Sign-in name.
    pub login: Login,
    /// How they are called.
    pub name: String,
    /// Where they work.
    pub department: Option<DepartmentId>,
    /// Whom they report to.
    pub manager: Option<Login>,
    /// Roles they hold.
    pub roles: BTreeSet<RoleId>,
    /// Whether they work here now.
    pub status: PersonStatus,
    /// The highest clearance of their roles.
    pub clearance: Level,
    /// The duties of their roles together.
    pub can: BTreeSet<Capability>,
    /// When they are away.
    pub away: Vec<Absence>,
}

/// Whether a person works here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PersonStatus {
    /// Works here and may sign in.
    Active,
    /// Account closed for now: gets no task and may not sign in.
    Disabled,
    /// Left the company.
    Left,
}

/// A department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Department {
    /// Its id.
    pub id: DepartmentId,
    /// Its name for people.
    pub title: Text,
    /// Who heads it.
    pub head: Option<Login>,
    /// The department above.
    pub parent: Option<DepartmentId>,
}

/// A person before the settings said what their roles amount to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonEntry {
    /// Sign-in name.
    pub login: Login,
    /// How they are called.
    pub name: String,
    /// Where they work.
    pub department: Option<DepartmentId>,
    /// Whom they report to.
    pub manager: Option<Login>,
    /// Roles they hold.
    pub roles: BTreeSet<RoleId>,
    /// Whether they work here now.
    pub status: PersonStatus,
    /// When they are away.
    pub away: Vec<Absence>,
}

impl Directory {
    /// How many managers upward are followed before a chain is taken for a cycle.
    pub const CHAIN_MAX: usize = 64;

    /// A snapshot of these people and departments under these settings.
    pub fn new(
        settings: &Settings,
        people: impl IntoIterator<Item = PersonEntry>,
        departments: impl IntoIterator<Item = Department>,
    ) -> Self {
        let people = people.into_iter().map(|entry| (entry.login.clone(), Person::new(settings, entry))).collect();
        let departments = departments.into_iter().map(|one| (one.id.clone(), one)).collect();
        Self { people, departments }
    }

    /// A person, whatever their status.
    pub fn person(&self, login: &str) -> Option<&Person> {
        self.people.get(login)
    }

    /// A person who works here now.
    pub fn active(&self, login: &str) -> Option<&Person> {
        self.person(login).filter(|person| person.status == PersonStatus::Active)
    }

    /// Everybody, by login.
    pub fn people(&self) -> impl Iterator<Item = &Person> {
        self.people.values()
    }

    /// Every department, by id.
    pub fn departments(&self) -> impl Iterator<Item = &Department> {
        self.departments.values()
    }

    /// A department.
    pub fn department(&self, id: &str) -> Option<&Department> {
        self.departments.get(id)
    }

    /// The active managers above a person, nearest first; somebody inactive is passed over, a cycle ends the chain.
    pub fn managers(&self, login: &str) -> Vec<&Person> {
        let mut seen = BTreeSet::from([login]);
        let mut chain = Vec::new();
        let mut above = self.person(login).and_then(|person| person.manager.as_ref());
        while let Some(manager) = above {
            if !seen.insert(manager.as_str()) || seen.len() > Self::CHAIN_MAX {
                break;
            }
            chain.extend(self.active(manager.as_str()));
            above = self.person(manager.as_str()).and_then(|person| person.manager.as_ref());
        }
        chain
    }

    /// Everybody below a person, whatever their status, and the person: `my.team`.
    pub fn team(&self, login: &str) -> BTreeSet<Login> {
        let mut reports: BTreeMap<&str, Vec<&Login>> = BTreeMap::new();
        for person in self.people.values() {
            if let Some(manager) = &person.manager {
                reports.entry(manager.as_str()).or_default().push(&person.login);
            }
        }
        let mut team = BTreeSet::from([Login::from(login)]);
        let mut open = vec![login];
        while let Some(manager) = open.pop() {
            for report in reports.get(manager).into_iter().flatten() {
                if team.insert((*report).clone()) {
                    open.push(report.as_str());
                }
            }
        }
        team
    }

    /// The active holders of a role.
    pub fn holders(&self, role: &str) -> impl Iterator<Item = &Person> {
        self.people.values().filter(move |person| person.status == PersonStatus::Active && person.roles.contains(role))
    }

    /// Whether a department is another or lies below it.
    pub fn is_within(&self, department: &str, ancestor: &str) -> bool {
        let mut at = self.department(department);
        for _ in 0..Self::CHAIN_MAX {
            match at {
                Some(here) if here.id.as_str() == ancestor => return true,
                Some(here) => at = here.parent.as_ref().and_then(|parent| self.department(parent.as_str())),
                None => return false,
            }
        }
        false
    }

    /// The same directory after a change to one person; for scenarios and simulations.
    #[must_use]
    pub fn with_status(mut self, login: &str, status: PersonStatus) -> Self {
        if let Some(person) = self.people.get_mut(login) {
            person.status = status;
        }
        self
    }
}

impl Person {
    fn new(settings: &Settings, entry: PersonEntry) -> Self {
        let held = || entry.roles.iter().filter_map(|role| settings.roles.get(role));
        let clearance = held().map(|role| role.clearance).max().unwrap_or_default();
        let can = held().flat_map(|role| role.can.iter().copied()).collect();
        let PersonEntry { login, name, department, manager, roles, status, away } = entry;
        Self { login, name, department, manager, roles, status, clearance, can, away }
    }
}
