//! Fires the timers that are due. A timer fires once, because its removal is part of what it brings about.

use std::{collections::BTreeMap, panic::AssertUnwindSafe};

use chrono::TimeDelta;
use engine::{Actor, CaseId, Command, Rejection, TimerId};
use futures_util::FutureExt;
use store::{DueTimer, TimerRow};
use tokio::task::JoinSet;
use tracing::{error, info, warn};
use uuid::Uuid;

use crate::{
    application::Application,
    audit::Entry,
    error::{Error, Outcome, Refusal},
    execute::{Deed, Loaded, timer_row},
    viewer::Origin,
};

/// How many timers are taken at once.
const TIMERS_BATCH: u32 = 200;

/// How many cases fire timers at once: as many as commit together.
const FIRED_AT_ONCE: usize = 64;

/// How long a node may take over a batch before another takes it over.
const LEASE: TimeDelta = TimeDelta::seconds(10);

impl Application {
    /// Fires a batch of timers that are due; whether there may be more. A case that cannot go on holds up no other: its
    /// timers are tried again when their lease is over.
    pub(crate) async fn fire_due_timers(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let due = self.store.lease_timers(now, now + LEASE, TIMERS_BATCH).await?;
        let any = !due.is_empty();
        let mut by_case: BTreeMap<Uuid, Vec<DueTimer>> = BTreeMap::new();
        for timer in due {
            by_case.entry(timer.case_id).or_default().push(timer);
        }
        let mut firing = JoinSet::new();
        for (case, timers) in by_case {
            if firing.len() >= FIRED_AT_ONCE {
                firing.join_next().await;
            }
            let application = self.clone();
            firing.spawn(async move { application.try_timers_of(CaseId(case), &timers).await });
        }
        firing.join_all().await;
        Ok(any)
    }

    async fn try_timers_of(&self, id: CaseId, due: &[DueTimer]) {
        match AssertUnwindSafe(self.fire_timers_of(id, due)).catch_unwind().await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                error!(case.id = %id, error = %error, source = ?std::error::Error::source(&error), "The timers of a case could not fire and are tried again");
            }
            Err(_) => error!(case.id = %id, "The timers of a case made the worker panic and are tried again"),
        }
    }

    /// Fires the timers of one case in their order: by moment, and at one instant escalation before reminders.
    async fn fire_timers_of(&self, id: CaseId, due: &[DueTimer]) -> Outcome<()> {
        let row = self.store.case_with_values(id.0).await?.ok_or(Error::Damaged("a timer of no case"))?;
        let loaded = self.load_with_values(Some(row)).await?;
        let case = &loaded.case;
        let mut armed: Vec<_> = case.timers.iter().filter(|timer| timer.due_at <= self.clock.now()).collect();
        armed.sort_by_key(|timer| (timer.due_at, timer.purpose, timer.number));
        let known: Vec<TimerRow> = armed.iter().map(|timer| timer_row(case, timer)).collect();
        let ids: Vec<TimerId> = armed.iter().map(|timer| timer.id).collect();
        let mut loaded = Some(loaded);
        for timer in ids {
            self.fire(id, timer, loaded.take()).await?;
        }
        let orphans: Vec<TimerRow> = due.iter().map(|due| due.timer).filter(|timer| !known.contains(timer)).collect();
        if !orphans.is_empty() {
            warn!(case.id = %id, count = orphans.len(), "Timers were left over and are removed");
            self.store.timers_remove(&orphans).await?;
        }
        Ok(())
    }

    /// Fires a timer; on the case as it was loaded if nothing happened to it since.
    async fn fire(&self, case: CaseId, timer: TimerId, loaded: Option<Loaded>) -> Outcome<()> {
        let mut deed = Deed::new(Actor::System, Command::FireTimer { timer });
        let now = self.clock.now();
        deed.audit.push(Entry::by(None, &Origin::default(), now).of("timer_fired").in_case(case).write());
        let executed = match loaded {
            Some(loaded) => self.execute_on(loaded, deed).await,
            None => self.execute(case, deed).await,
        };
        match executed {
            Ok(executed) => {
                metrics::counter!("chancery_timers_fired_total").increment(1);
                info!(case.number = executed.case.number.0, "A timer of case {} fired", executed.case.number);
                Ok(())
            }
            // Another node was quicker, or the task was done meanwhile: a late timer changes nothing.
            Err(Error::Refused(Refusal::Rejected(
                Rejection::LateTimer | Rejection::NotFound | Rejection::CaseEnded { .. },
            ))) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Whether a timer, an effect or a start is due now.
    pub(crate) async fn is_anything_due(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let timer = self.store.next_timer_due().await?;
        let effect = self.store.next_outbox_due().await?;
        let starts = self.next_scheduled().await?.into_iter().chain(self.store.next_start_due().await?);
        Ok(timer.into_iter().chain(effect).chain(starts).any(|due| due <= now))
    }
}
