//! What narrows a list of the inbox: the process, who asks, when it is due, whether it may be decided with others, words.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, TimeZone, Utc};
use runtime::{Cursor, InboxBox, InboxFilter, Span, tasks::InboxLine};
use serde::Deserialize;

use super::may_go_with_others;
use crate::{
    http::{answer::Visit, problem::Problem},
    i18n,
    pages::{ROWS, narrowing::encoded},
    view::{
        customers::Filter,
        form::Choice,
        inbox::{self, BulkOnly},
    },
    words,
};

/// How many pages of the store's are read for one that words or a rule narrow.
const PAGES_READ_MAX: usize = 20;

/// How far ahead "soon" reaches.
const SOON_DAYS: u64 = 7;

/// Which list, from where, and what of it.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    #[serde(default)]
    r#box: inbox::Box,
    after: Option<String>,
    #[serde(default)]
    process: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    due: String,
    #[serde(default)]
    bulk: String,
}

impl Asked {
    /// A list as a whole.
    pub fn all_of(list: inbox::Box) -> Self {
        Self { r#box: list, ..Self::default() }
    }

    /// Which list.
    pub const fn list(&self) -> inbox::Box {
        self.r#box
    }
}

/// By when something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DueBy {
    /// It is late.
    Overdue,
    /// Before midnight.
    Today,
    /// Within the next days.
    Soon,
}

impl DueBy {
    const ALL: [Self; 3] = [Self::Overdue, Self::Today, Self::Soon];

    const fn as_str(self) -> &'static str {
        match self {
            Self::Overdue => "overdue",
            Self::Today => "today",
            Self::Soon => "soon",
        }
    }
}

/// The lines of a page, and where the next one begins.
pub struct Found {
    /// They.
    pub lines: Vec<InboxLine>,
    /// The last line that was looked at.
    pub next: Option<Cursor>,
}

/// A list as somebody asked for it.
pub struct Narrowing<'a> {
    /// Who.
    pub visit: &'a Visit,
    /// For what.
    pub asked: &'a Asked,
}

impl Narrowing<'_> {
    /// The lines of the page. Words and rules that the store cannot know are held against line after line.
    pub async fn found(&self, search: &str) -> Result<Found, Problem> {
        let application = &self.visit.state.application;
        let viewer = self.visit.viewer()?;
        let mut after = self.asked.after.as_deref().map(str::parse).transpose().map_err(|_| Problem::Malformed)?;
        let filter = self.filter();
        let needle = search.to_lowercase();
        let mut lines = Vec::new();
        for _ in 0..PAGES_READ_MAX {
            let page = application.inbox(viewer, (stored_box(self.asked.list()), &filter), after, ROWS).await?;
            after = page.next;
            lines.extend(page.rows.into_iter().filter(|line| self.is_meant(line, &needle)));
            if after.is_none() || lines.len() as u64 >= ROWS {
                break;
            }
        }
        Ok(Found { lines, next: after })
    }

    fn filter(&self) -> InboxFilter {
        let chosen = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        let due = DueBy::ALL.into_iter().find(|due| due.as_str() == self.asked.due);
        InboxFilter {
            workflow: chosen(&self.asked.process),
            requester: chosen(&self.asked.from),
            due: due.map(|due| self.span(due)),
        }
    }

    fn is_meant(&self, line: &InboxLine, needle: &str) -> bool {
        let goes_with_others =
            || line.task.as_ref().is_some_and(|task| may_go_with_others(self.visit, &line.case, task));
        (self.asked.bulk.is_empty() || goes_with_others()) && (needle.is_empty() || self.contains(line, needle))
    }

    fn contains(&self, line: &InboxLine, needle: &str) -> bool {
        let Ok(workspace) = self.visit.state.application.workspace() else { return true };
        let directory = self.visit.state.application.directory();
        let process = words::cases::process(self.visit.locale, &workspace, &line.case.process);
        let who = line.case.requester.as_ref().map(|login| words::people::name(&directory, login));
        let texts = [process, who.unwrap_or_default(), words::cases::number_of(&line.case)];
        texts.iter().any(|text| text.to_lowercase().contains(needle))
    }

    /// From when until when.
    fn span(&self, due: DueBy) -> Span<DateTime<Utc>> {
        let now = self.visit.reading().now;
        match due {
            DueBy::Overdue => Span { from: None, until: Some(now) },
            DueBy::Today => Span { from: Some(now), until: self.midnight(1) },
            DueBy::Soon => Span { from: Some(now), until: self.midnight(SOON_DAYS) },
        }
    }

    /// The midnight with which so many days from now begin, in the workspace's time zone.
    fn midnight(&self, days: u64) -> Option<DateTime<Utc>> {
        let reading = self.visit.reading();
        let day = reading.now.with_timezone(&reading.zone).date_naive().checked_add_days(Days::new(days))?;
        let local = reading.zone.from_local_datetime(&day.and_hms_opt(0, 0, 0)?).earliest()?;
        Some(local.with_timezone(&Utc))
    }

    /// How many tasks of the whole list are due.
    pub async fn due(&self, due: DueBy) -> Result<u64, Problem> {
        Ok(self.visit.state.application.due_within(self.visit.viewer()?, self.span(due)).await?)
    }

    /// What the list can be narrowed by. What leaves no choice is not offered, unless it was chosen.
    pub async fn filters(&self) -> Result<Vec<Filter>, Problem> {
        let application = &self.visit.state.application;
        let list = stored_box(self.asked.list());
        let facets = application.inbox_facets(self.visit.viewer()?, list).await?;
        let (workspace, directory) = (application.workspace()?, application.directory());
        let processes: BTreeSet<&str> = facets.iter().map(|facet| facet.workflow.as_str()).collect();
        let processes = processes.into_iter().map(|id| Choice {
            value: id.to_owned(),
            label: words::cases::process(self.visit.locale, &workspace, &id.into()),
        });
        let people: BTreeSet<&str> = facets.iter().filter_map(|facet| facet.requester.as_deref()).collect();
        let people = people
            .into_iter()
            .map(|login| Choice { value: login.to_owned(), label: words::people::name(&directory, &login.into()) });
        let mut filters = vec![
            self.choice(("process", "inbox-filter-process"), &self.asked.process, processes.collect()),
            self.choice(("from", "inbox-filter-from"), &self.asked.from, people.collect()),
        ];
        if list == InboxBox::Todo {
            let due = |due: DueBy| Choice {
                value: due.as_str().to_owned(),
                label: self.say(match due {
                    DueBy::Overdue => "inbox-filter-due-overdue",
                    DueBy::Today => "inbox-filter-due-today",
                    DueBy::Soon => "inbox-filter-due-soon",
                }),
            };
            filters.push(self.choice(("due", "inbox-filter-due"), &self.asked.due, DueBy::ALL.map(due).into()));
        }
        filters.retain(|filter| filter.options.len() > 2 || !filter.value.is_empty());
        Ok(if facets.is_empty() && self.whole().is_none() { Vec::new() } else { filters })
    }

    fn choice(&self, (name, label): (&str, &str), value: &str, mut options: Vec<Choice>) -> Filter {
        let label = self.say(label);
        options.insert(0, Choice { value: String::new(), label: label.clone() });
        Filter { name: name.to_owned(), label, value: value.to_owned(), options }
    }

    fn say(&self, id: &str) -> String {
        i18n::message(self.visit.locale, id, &[])
    }

    /// The choice to see only what may be decided with others; how many that are, if the page shows all.
    pub fn bulk_only(&self, lines: &[InboxLine], is_all: bool) -> BulkOnly {
        let goes =
            |line: &&InboxLine| line.task.as_ref().is_some_and(|task| may_go_with_others(self.visit, &line.case, task));
        let on = !self.asked.bulk.is_empty();
        let count = (is_all && self.asked.after.is_none()).then(|| lines.iter().filter(goes).count() as u64);
        BulkOnly { on, count, url: self.address(&[("bulk", if on { "" } else { "1" })]) }
    }

    /// The address of the list as a whole, if something narrows it.
    pub fn whole(&self) -> Option<String> {
        let Asked { process, from, due, bulk, .. } = self.asked;
        let is_narrowed = [process, from, due, bulk].iter().any(|chosen| !chosen.is_empty());
        is_narrowed.then(|| format!("/inbox?box={}", stored_box(self.asked.list()).as_str()))
    }

    /// The address of what follows.
    pub fn further(&self, after: Cursor) -> String {
        self.address(&[("after", &after.to_string())])
    }

    /// The address of the list as it is narrowed, with these parts instead of its own.
    fn address(&self, instead: &[(&str, &str)]) -> String {
        let Asked { process, from, due, bulk, .. } = self.asked;
        let own = [("process", process.as_str()), ("from", from), ("due", due), ("bulk", bulk)];
        let own = own.into_iter().filter(|(name, _)| !instead.iter().any(|(other, _)| other == name));
        let parts = own.chain(instead.iter().copied()).filter(|(_, value)| !value.is_empty());
        let parts: Vec<String> = parts.map(|(name, value)| format!("&{name}={}", encoded(value))).collect();
        format!("/inbox?box={}{}", stored_box(self.asked.list()).as_str(), parts.concat())
    }
}

fn stored_box(open: inbox::Box) -> InboxBox {
    match open {
        inbox::Box::Todo => InboxBox::Todo,
        inbox::Box::Done => InboxBox::Done,
        inbox::Box::Started => InboxBox::Started,
        inbox::Box::Copied => InboxBox::Copied,
    }
}
