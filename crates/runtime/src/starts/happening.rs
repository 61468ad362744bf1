//! Cases that begin because a record or a person changed. What is to begin is noted in the transaction of the change.

use std::{panic::AssertUnwindSafe, sync::Arc};

use chrono::TimeDelta;
use definition::{
    id::{FieldName, FormId, WorkflowId},
    model::{FieldValues, PERSON_FIELD, RECORDS_FIELD},
    value::{Chosen, Value},
};
use engine::{
    CaseId, Plan,
    origin::{self, Cause},
};
use futures_util::FutureExt;
use serde::{Deserialize, Serialize};
use store::{Json, StartRow};
use tracing::error;
use uuid::Uuid;

use super::Brought;
use crate::{
    application::Application,
    error::{Error, Outcome},
    payload::fresh_id,
    records::Frozen,
};

/// How many cases one look begins.
const BATCH: u32 = 50;
/// How long a node may take over a batch before another takes it over.
const LEASE: TimeDelta = TimeDelta::seconds(60);
/// How long one that failed waits before it is tried again.
const AGAIN_AFTER: TimeDelta = TimeDelta::seconds(30);

/// A case that is to begin.
#[derive(Debug, Serialize, Deserialize)]
struct ToBegin {
    process: WorkflowId,
    cause: Cause,
}

impl Application {
    /// What is to begin because of this, to be written with it.
    pub(crate) fn starts_because(&self, cause: &Cause) -> Outcome<Vec<StartRow>> {
        let happened = origin::Origin::Cause(cause.clone());
        let live = self.live();
        let waiting = live.plans.values().filter(|plan| happened.fits(&plan.process.start));
        let row = |plan: &Arc<Plan>| {
            let to_begin = ToBegin { process: plan.process.id.clone(), cause: cause.clone() };
            let body = Json::of(&to_begin).map_err(|_| Error::Damaged("a start"))?;
            Ok(StartRow { id: fresh_id(), not_before: self.clock.now(), body })
        };
        waiting.map(row).collect()
    }

    /// Begins a batch of the cases that are to begin; whether there were any. One that cannot holds up no other.
    pub(crate) async fn begin_noted(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let rows = self.store.lease_starts((now, now + LEASE), BATCH).await?;
        let any = !rows.is_empty();
        for row in rows {
            match AssertUnwindSafe(self.begin_one(&row)).catch_unwind().await {
                Ok(Ok(())) => self.store.start_done(row.id).await?,
                Ok(Err(error)) => {
                    error!(case.id = %row.id, error = %error, "A case could not begin by rule and is tried again");
                    self.store.start_release(row.id, now + AGAIN_AFTER).await?;
                }
                Err(_) => {
                    error!(case.id = %row.id, "A case that begins by rule made the worker panic and is tried again");
                }
            }
        }
        Ok(any)
    }

    async fn begin_one(&self, row: &StartRow) -> Outcome<()> {
        let ToBegin { process, cause } = row.body.read().map_err(|_| Error::Damaged("a start"))?;
        // A process that is gone, or begins otherwise now, does not wait for it any more.
        let Some(plan) = self.live().plans.get(&process).cloned() else { return Ok(()) };
        if !origin::Origin::Cause(cause.clone()).fits(&plan.process.start) {
            return Ok(());
        }
        let brought = match &cause {
            Cause::Record { register, record, .. } => match self.brought_by_record(&plan, register, *record).await? {
                Some(brought) => brought,
                None => return Ok(()),
            },
            Cause::Person { login, .. } => {
                let values = FieldValues::from([(FieldName::from(PERSON_FIELD), Value::Person(login.clone()))]);
                Brought { values, frozen: None }
            }
            Cause::Api { .. } | Cause::Schedule { .. } | Cause::Event { .. } => Brought::default(),
        };
        self.begin_because(&plan, (CaseId(row.id), cause), brought).await
    }

    /// The record as it is now, and the set of it alone; nothing if it is gone.
    async fn brought_by_record(&self, plan: &Plan, register: &FormId, record: Uuid) -> Outcome<Option<Brought>> {
        let (_, form) = self.register(register)?;
        let Some(opened) = self.open_record(&form, record).await? else { return Ok(None) };
        let mut values = opened.values;
        values.retain(|name, _| plan.form.field(name.as_str()).is_some());
        let frozen = Frozen::new(register.clone(), vec![record], Chosen::Ids);
        values.insert(FieldName::from(RECORDS_FIELD), frozen.value());
        Ok(Some(Brought { values, frozen: Some(frozen) }))
    }
}
