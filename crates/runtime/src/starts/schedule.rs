//! Cases that begin when their time has come.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use definition::model::{Schedule, Start};
use engine::{CaseId, Plan, origin::Cause, schedule};
use serde::{Deserialize, Serialize};
use vault::Digest;

use super::Brought;
use crate::{
    application::Application,
    error::{Error, Outcome},
};

/// From how much later on a start says that it is late: workers look every second.
const LATE_AFTER: TimeDelta = TimeDelta::minutes(1);

/// Until when a schedule was looked at. It is moved on after the case began, so that none is lost.
#[derive(Debug, Serialize, Deserialize)]
struct Looked {
    schedule: String,
    until: DateTime<Utc>,
}

impl Application {
    /// Begins the cases whose time has come; whether there were any. What was missed while nothing ran begins once.
    pub(crate) async fn begin_scheduled(&self) -> Outcome<bool> {
        let mut any = false;
        for (plan, schedule) in scheduled(&self.live().plans) {
            let now = self.clock.now();
            let until = self.looked_until(&plan, &schedule).await?;
            let calendar = &plan.settings.calendar;
            let Some((at, count)) = schedule::last_between(&schedule, calendar, (until, now)) else { continue };
            let cause = Cause::Schedule { at, late: now - at > LATE_AFTER, skipped: count - 1 };
            let id = CaseId::of_happening(plan.process.id.as_str(), &format!("schedule {}", at.to_rfc3339()));
            self.begin_because(&plan, (id, cause), Brought::default()).await?;
            self.look(&plan, &schedule, at).await?;
            any = true;
        }
        Ok(any)
    }

    /// When the next case begins because of the time.
    pub(crate) async fn next_scheduled(&self) -> Outcome<Option<DateTime<Utc>>> {
        let mut earliest: Option<DateTime<Utc>> = None;
        for (plan, schedule) in scheduled(&self.live().plans) {
            let until = self.looked_until(&plan, &schedule).await?;
            let next = schedule::next(&schedule, &plan.settings.calendar, until);
            earliest = earliest.into_iter().chain(next).min();
        }
        Ok(earliest)
    }

    /// Until when this schedule was looked at; one that is new, or another than before, begins now.
    async fn looked_until(&self, plan: &Plan, schedule: &Schedule) -> Outcome<DateTime<Utc>> {
        let looked: Option<Looked> = match self.store.state(&name_of(plan)).await? {
            Some(text) => Some(serde_json::from_str(&text).map_err(|_| Error::Damaged("a schedule"))?),
            None => None,
        };
        if let Some(looked) = looked.filter(|looked| looked.schedule == digest_of(schedule)) {
            return Ok(looked.until);
        }
        let now = self.clock.now();
        self.look(plan, schedule, now).await?;
        Ok(now)
    }

    async fn look(&self, plan: &Plan, schedule: &Schedule, until: DateTime<Utc>) -> Outcome<()> {
        let looked = Looked { schedule: digest_of(schedule), until };
        let text = serde_json::to_string(&looked).map_err(|_| Error::Damaged("a schedule"))?;
        Ok(self.store.state_put(&name_of(plan), &text).await?)
    }
}

fn name_of(plan: &Plan) -> String {
    format!("schedule:{}", plan.process.id)
}

fn digest_of(schedule: &Schedule) -> String {
    let text = match schedule {
        Schedule::Cron(cron) => cron.pattern.to_string(),
        Schedule::Every { days, at } => format!("{days:?} {at}"),
    };
    Digest::of(text.as_bytes()).to_string()
}

fn scheduled(plans: &std::collections::BTreeMap<definition::id::WorkflowId, Arc<Plan>>) -> Vec<(Arc<Plan>, Schedule)> {
    let schedule = |plan: &Arc<Plan>| match &plan.process.start {
        Start::Schedule(schedule) => Some((Arc::clone(plan), schedule.clone())),
        Start::Form { .. } | Start::Api { .. } | Start::Event { .. } | Start::Record { .. } | Start::Person { .. } => {
            None
        }
    };
    plans.values().filter_map(schedule).collect()
}
