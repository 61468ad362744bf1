//! `chancery.yaml`: levels, roles, calendar.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::{
    id::RoleId,
    level::Level,
    text::{Locale, Text},
};

/// The workspace's own settings.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Settings {
    /// The company's name.
    pub name: Text,
    /// The language of those who chose none.
    pub locale: Locale,
    /// Where the working day happens.
    pub timezone: Tz,
    /// What each level is called and asks for; index by [`Level::index`].
    pub levels: [LevelRule; 4],
    /// What each role may do.
    pub roles: BTreeMap<RoleId, Role>,
    /// When the company works.
    pub calendar: WorkingCalendar,
}

impl Settings {
    /// The rule of a level.
    pub fn level(&self, level: Level) -> &LevelRule {
        &self.levels[level.index()]
    }
}

/// What a level is called and asks for.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct LevelRule {
    /// Its name for people.
    pub title: Text,
    /// What somebody below the clearance sees.
    pub others_see: OthersSee,
    /// Present if a cleared person sees the mask until they reveal the value.
    pub reveal: Option<Reveal>,
}

/// What somebody below the clearance of a level sees of its values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OthersSee {
    /// The mask.
    Masked,
    /// Nothing at all.
    Nothing,
    /// The value: level L0 only.
    Clear,
}

/// What revealing a value asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reveal {
    /// Whether a reason must be given.
    pub reason_required: bool,
    /// Whether a second factor must be given.
    pub second_factor: bool,
}

/// What those who hold a role may do.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Role {
    /// Its name for people.
    pub title: Text,
    /// The highest level its holders may see in clear.
    pub clearance: Level,
    /// Duties beyond seeing data.
    pub can: BTreeSet<Capability>,
}

/// A duty that a role may carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capability {
    /// Build and publish forms and processes.
    Build,
    /// Keep people, departments and who holds which role.
    People,
    /// Change the workspace's settings.
    Settings,
    /// See and mend incidents.
    Incidents,
    /// Read the audit record.
    Audit,
}

/// When the company works, in its own time zone. A day in `open` works with the hours of the first working weekday.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct WorkingCalendar {
    /// The time zone of all the below.
    pub timezone: Tz,
    /// Opening hours by weekday, Monday first; sorted, not overlapping.
    pub hours: [Vec<OpenHours>; 7],
    /// Days that are closed whatever their weekday: public holidays.
    pub closed: BTreeSet<NaiveDate>,
    /// Days that are open whatever their weekday: make-up working days.
    pub open: BTreeSet<NaiveDate>,
}

/// One stretch of opening hours. `until` midnight is written as 00:00 and means the end of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenHours {
    /// Opens.
    pub from: NaiveTime,
    /// Closes; exclusive.
    pub until: NaiveTime,
}
