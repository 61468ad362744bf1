//! Cases that nobody sends a form for: because of the time, of something outside, of a record or of a person.
//!
//! A happening has an id, from which the id of its case is made: told of twice, on one node or on several, before or
//! after a crash, it begins one case.

pub mod event;
mod happening;
mod schedule;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use definition::model::FieldValues;
use engine::{Actor, CaseId, CaseNumber, Command, Plan, Rejection, Submission, origin::Cause};
use serde_json::json;
use tracing::info;

use crate::{
    application::Application,
    audit::Entry,
    cases::summary_of,
    error::{Error, Outcome, Refusal},
    execute::{Beginning, Deed},
    payload::Place,
    records::Frozen,
    tasks::fresh_salt,
    viewer::Origin,
};

/// What came with a happening.
#[derive(Debug, Default)]
pub(crate) struct Brought {
    /// Its values, by the fields of the process's intake.
    pub values: FieldValues,
    /// The records it is about, fixed.
    pub frozen: Option<Frozen>,
}

impl Application {
    /// Begins the case of a happening, unless it began already or the process does not care for it.
    pub(crate) async fn begin_because(
        &self,
        plan: &Arc<Plan>,
        (id, cause): (CaseId, Cause),
        brought: Brought,
    ) -> Outcome<()> {
        if self.store.case_by_id(id.0).await?.is_some() {
            return Ok(());
        }
        let process = &plan.process.id;
        let summary = summary_of(&brought.values);
        let submission = Submission::new(fresh_salt(), brought.values);
        let number = CaseNumber(self.numbers.next(&self.store).await?);
        let entry = Entry::by(None, &Origin::default(), self.clock.now()).of("case_started").in_case(id);
        let entry = entry.digest(submission.digest()).facts(&json!({ "process": process, "cause": cause }));
        let mut deed = Deed::new(Actor::System, Command::Begin { case: id, number, cause });
        deed.payloads.push(self.seal_submission(Place { case: id, process }, &plan.form, &submission).await?);
        deed.record_sets = brought.frozen.into_iter().map(Frozen::into_set).collect();
        deed.audit.push(entry.write());
        match self.begin(&Beginning { plan: Arc::clone(plan), submission, summary }, deed).await {
            Ok(executed) => {
                info!(case.number = executed.case.number.0, "A rule began case {}", executed.case.number);
                Ok(())
            }
            // Its own condition does not hold.
            Err(Error::Refused(Refusal::Rejected(Rejection::NothingToDo))) => Ok(()),
            // Another node was quicker.
            Err(_) if self.store.case_by_id(id.0).await?.is_some() => Ok(()),
            Err(error) => Err(error),
        }
    }
}
