//! Holds every row about cases against the events, which are the truth: an audit of the database, page by page.
//!
//! A case that moves on while it is looked at is looked at again, so that this may run beside a server. Nothing is
//! changed.

mod case;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use engine::{Case, case::Timer};
use serde::Serialize;
use store::{Counted, Store, TimerRow};
use uuid::Uuid;

use crate::{
    error::{Error, Outcome},
    execute::timer_row,
};

/// How often a case is looked at again that moved on meanwhile.
const LOOKS_MAX: usize = 16;

/// The counter of case numbers.
const CASE_NUMBERS: &str = "case";

/// A row that does not say what the events say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// The number of the case; absent where it belongs to none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub case: Option<i64>,
    /// What differs.
    #[serde(flatten)]
    pub what: What,
}

/// What differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum What {
    /// The events do not count on from one to the next.
    EventsMissing {
        /// The number that is missing.
        number: i64,
    },
    /// An event cannot be read, or does not follow from those before it.
    EventDamaged {
        /// Its number.
        number: i64,
    },
    /// The snapshot is not the fold of the events.
    Snapshot,
    /// A column of the case's row says something else.
    Column {
        /// Which.
        column: &'static str,
    },
    /// The row of a task.
    Task {
        /// Which task.
        task: Uuid,
        /// How it differs.
        how: How,
    },
    /// The to-do lists that a task lies in are not those of the people it waits for.
    Candidates {
        /// Which task.
        task: Uuid,
    },
    /// A timer.
    Timer {
        /// When it is due.
        due: DateTime<Utc>,
        /// How it differs.
        how: How,
    },
    /// An action that the case waits for is not in the outbox.
    Effect,
    /// Events of a case that has no row.
    EventsOfNoCase {
        /// The case's id.
        id: Uuid,
    },
    /// A task of a case that has no row.
    TaskOfNoCase {
        /// Which task.
        task: Uuid,
    },
    /// A counter of open tasks.
    OpenTasks {
        /// Whose.
        person: String,
        /// What it says.
        said: i64,
        /// How many there are.
        counted: i64,
    },
    /// A counter of unread notifications.
    Unread {
        /// Whose.
        person: String,
        /// What it says.
        said: i64,
        /// How many there are.
        counted: i64,
    },
    /// The counter of case numbers is behind: numbers would be given twice.
    Numbers {
        /// What it says.
        said: i64,
        /// The largest number that a case has.
        counted: i64,
    },
}

/// How a row differs from what the events say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// It is not there.
    Missing,
    /// It is there, and should not be.
    LeftOver,
    /// It says something else.
    Differs,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Looked {
    /// Cases.
    pub cases: u64,
    /// Events.
    pub events: u64,
    /// Timers.
    pub timers: u64,
    /// Differences that were told.
    pub differences: u64,
}

/// Looks at everything, and tells of each difference as it is found.
pub async fn replay(store: &Store, tell: &mut (dyn FnMut(Difference) + Send)) -> Outcome<Looked> {
    let mut replaying = Replaying { store, tell, looked: Looked::default() };
    replaying.cases().await?;
    replaying.timers().await?;
    replaying.strays().await?;
    replaying.counters().await?;
    Ok(replaying.looked)
}

struct Replaying<'a> {
    store: &'a Store,
    tell: &'a mut (dyn FnMut(Difference) + Send),
    looked: Looked,
}

impl Replaying<'_> {
    fn differs(&mut self, case: Option<i64>, what: What) {
        self.looked.differences += 1;
        (self.tell)(Difference { case, what });
    }

    async fn cases(&mut self) -> Outcome<()> {
        let mut after = 0;
        loop {
            let page = self.store.cases_after(after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after = last.number;
            for row in page {
                let number = row.number;
                let found = case::look(self.store, row).await?;
                self.looked.cases += 1;
                self.looked.events += found.events;
                for what in found.differences {
                    self.differs(Some(number), what);
                }
            }
        }
    }

    /// Timers that no case waits for. Those that are missing were told with their case.
    async fn timers(&mut self) -> Outcome<()> {
        let mut after = None;
        loop {
            let page = self.store.timers_after(after).await?;
            let Some((last, _)) = page.last() else { return Ok(()) };
            after = Some(*last);
            let mut known: BTreeMap<Uuid, Vec<TimerRow>> = BTreeMap::new();
            for (timer, case) in page {
                self.looked.timers += 1;
                let is_armed = match case {
                    None => false,
                    Some(id) => {
                        let armed = match known.get(&id) {
                            Some(armed) => armed,
                            None => known.entry(id).or_insert(self.armed(id).await?),
                        };
                        // Armed or fired since its case was read?
                        armed.contains(&timer)
                            || self.armed(id).await?.contains(&timer)
                            || !self.store.timer_is_set(&timer).await?
                    }
                };
                if !is_armed {
                    self.differs(Some(timer.case_number), What::Timer { due: timer.due, how: How::LeftOver });
                }
            }
        }
    }

    /// The rows of the timers that a case waits for; none if it cannot be read, which was told with it.
    async fn armed(&self, case: Uuid) -> Outcome<Vec<TimerRow>> {
        let row = self.store.case_by_id(case).await?;
        let case: Option<Case> = row.and_then(|row| row.snapshot.read().ok());
        Ok(case
            .map(|case| case.timers.iter().map(|timer: &Timer| timer_row(&case, timer)).collect())
            .unwrap_or_default())
    }

    /// What belongs to no case.
    async fn strays(&mut self) -> Outcome<()> {
        for id in self.store.events_of_no_case().await? {
            self.differs(None, What::EventsOfNoCase { id });
        }
        for task in self.store.tasks_of_no_case().await? {
            self.differs(None, What::TaskOfNoCase { task });
        }
        Ok(())
    }

    async fn counters(&mut self) -> Outcome<()> {
        let largest = self.store.case_number_max().await?;
        let said = self.store.counter(CASE_NUMBERS).await?;
        if said < largest {
            self.differs(None, What::Numbers { said, counted: largest });
        }
        let mut after = String::new();
        loop {
            let page = self.store.counters_that_differ(&after).await?;
            let Some(last) = page.last() else { return Ok(()) };
            after.clone_from(&last.person);
            for Counted { person, open_tasks, unread } in page {
                let [said, counted] = open_tasks;
                if said != counted {
                    self.differs(None, What::OpenTasks { person: person.clone(), said, counted });
                }
                let [said, counted] = unread;
                if said != counted {
                    self.differs(None, What::Unread { person, said, counted });
                }
            }
        }
    }
}

fn damaged() -> Error {
    Error::Damaged("a case that never stands still")
}
