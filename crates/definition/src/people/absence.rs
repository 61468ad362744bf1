//! Who is away, and who does their work meanwhile.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::{Directory, Person};
use crate::{
    id::{Login, WorkflowId},
    level::Level,
};

/// A time in which somebody is away and another does their work.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Absence {
    /// The first day, in the workspace's time zone.
    pub from: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
    /// Who does their work.
    pub deputy: Login,
    /// Of which processes; of all if it names none.
    #[serde(default)]
    pub processes: BTreeSet<WorkflowId>,
    /// The highest level that the work may ask for; what asks for more stays with whoever is away.
    #[serde(default)]
    pub up_to: Option<Level>,
}

/// A piece of work, as far as absences look at it.
#[derive(Debug, Clone, Copy)]
pub struct Work<'a> {
    /// Today, in the workspace's time zone.
    pub day: NaiveDate,
    /// The process.
    pub process: &'a str,
    /// The level that it asks for.
    pub level: Level,
}

impl Absence {
    /// Whether somebody else does this work.
    pub fn covers(&self, work: &Work<'_>) -> bool {
        let in_time = self.from <= work.day && work.day <= self.until;
        let of_process = self.processes.is_empty() || self.processes.contains(work.process);
        in_time && of_process && self.up_to.is_none_or(|up_to| work.level <= up_to)
    }

    fn overlaps(&self, other: &Self) -> bool {
        let in_time = self.from <= other.until && other.from <= self.until;
        let apart = !self.processes.is_empty() && !other.processes.is_empty();
        in_time && !(apart && self.processes.is_disjoint(&other.processes))
    }
}

impl Directory {
    /// Who does somebody's work while they are away: their deputy, or the deputy of a deputy who is away too. Nobody
    /// where that leads back, or to somebody who does not work here now.
    pub fn deputy(&self, login: &str, work: &Work<'_>) -> Option<&Person> {
        let mut seen = BTreeSet::from([login]);
        let mut at = self.person(login)?;
        while let Some(absence) = at.away.iter().find(|absence| absence.covers(work)) {
            if !seen.insert(absence.deputy.as_str()) || seen.len() > Self::CHAIN_MAX {
                return None;
            }
            at = self.active(absence.deputy.as_str())?;
        }
        (at.login.as_str() != login).then_some(at)
    }

    /// Whether work that somebody's absence passes on could come back to them.
    pub fn leads_back(&self, login: &str, absence: &Absence) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![absence.deputy.as_str()];
        while let Some(deputy) = open.pop() {
            if deputy == login {
                return true;
            }
            if seen.insert(deputy) {
                let away = self.person(deputy).map(|person| &*person.away).unwrap_or_default();
                open.extend(away.iter().filter(|other| other.overlaps(absence)).map(|other| other.deputy.as_str()));
            }
        }
        false
    }
}
