//! Notifications: reminders, tasks handed over, outcomes. `POST /notifications/read` marks all as read; opening one marks that one.

use chrono::{DateTime, Utc};
use serde::Serialize;

use crate::template::{Page, Place};

/// The notifications of one person, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct NotificationsPage {
    /// How many were not read.
    pub unread: u64,
    /// By day.
    pub days: Vec<Day>,
    /// The address of older ones, if there are any.
    pub next: Option<String>,
}

impl Page for NotificationsPage {
    const TEMPLATE: &'static str = "notifications.html";
    const PLACE: Place = Place::Elsewhere;
}

/// The notifications of one day.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// A moment of that day.
    pub at: DateTime<Utc>,
    /// Newest first.
    pub notifications: Vec<Notification>,
}

/// One notification.
#[derive(Debug, Clone, Serialize)]
pub struct Notification {
    /// Which.
    pub id: String,
    /// What it is about: picks the icon.
    pub kind: Kind,
    /// The sentence.
    pub title: String,
    /// What more there is to say.
    pub body: Option<String>,
    /// The case to open.
    pub case: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
    /// Not opened yet.
    pub unread: bool,
}

/// What a notification is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A new task.
    Task,
    /// A task falls due soon, or fell due.
    Reminder,
    /// A task that somebody else left undone.
    Escalation,
    /// One's request went through.
    Approved,
    /// One's request was refused.
    Rejected,
    /// One's request came back.
    Returned,
    /// A file can be downloaded.
    File,
    /// Somebody wrote.
    Comment,
    /// The process tells.
    Notice,
    /// For administrators: something cannot go on alone.
    Incident,
}

#[cfg(any(test, feature = "samples"))]
#[path = "../../samples/notifications.rs"]
mod samples;
