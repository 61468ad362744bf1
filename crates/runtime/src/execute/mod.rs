//! The one path that changes a case: load it, decide, commit everything the decision writes in one transaction.

mod project;

use std::sync::Arc;

use chrono::{DateTime, Utc};
use definition::{level::Level, model::Confirm};
use engine::{Actor, Case, CaseId, Command, Context, Decision, Event, EventEnvelope, Plan, Submission, decide};
use serde::{Deserialize, Serialize};
use store::{
    ArtifactWrite, AuditWrite, CaseRow, CaseWithValues, CommitError, IdempotencyRow, OutboxDone, PayloadRow, RecordSet,
    Transition,
};

pub use project::{case_row, task_write, timer_row};

use crate::{
    application::Application,
    error::{Error, Outcome, Refusal},
    once,
    payload::Place,
};

/// How often a command is decided again because another changed the case first.
pub(crate) const ATTEMPTS_MAX: usize = 16;

/// What lists show of a case beside its process: nothing personal, all of level L0.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseSummary {
    /// How many records it is about, if it is about records.
    pub records: Option<u64>,
    /// The levels that would leave in clear.
    pub levels: Vec<Level>,
}

/// A command and all that is to be written with it, if it is accepted.
#[derive(Debug)]
pub struct Deed {
    /// Who.
    pub actor: Actor,
    /// What.
    pub command: Command,
    /// Encrypted values and comments that the command names.
    pub payloads: Vec<PayloadRow>,
    /// The values a `fill` would make the case's own.
    pub changed: Option<Submission>,
    /// The strongest fresh proof of identity that came with it.
    pub confirmed: Confirm,
    /// Who did it, for the record.
    pub audit: Vec<AuditWrite>,
    /// Records frozen with it.
    pub record_sets: Vec<RecordSet>,
    /// Files that an action made.
    pub artifacts: Vec<ArtifactWrite>,
    /// The effect that this reports on.
    pub outbox_done: Vec<OutboxDone>,
    /// The answer to remember, if the request carried a key.
    pub idempotency: Option<IdempotencyRow>,
}

impl Deed {
    /// A command with nothing beside it.
    pub fn new(actor: Actor, command: Command) -> Self {
        Self {
            actor,
            command,
            payloads: Vec::new(),
            changed: None,
            confirmed: Confirm::None,
            audit: Vec::new(),
            record_sets: Vec::new(),
            artifacts: Vec::new(),
            outbox_done: Vec::new(),
            idempotency: None,
        }
    }
}

/// A command that was carried out, durably.
#[derive(Debug)]
pub struct Executed {
    /// The case afterwards.
    pub case: Case,
    /// What happened.
    pub events: Vec<EventEnvelope>,
    /// When.
    pub at: DateTime<Utc>,
}

/// What a new case starts from.
#[derive(Debug)]
pub struct Beginning {
    /// The version it is pinned to.
    pub plan: Arc<Plan>,
    /// What is asked.
    pub submission: Submission,
    /// What lists show of it.
    pub summary: CaseSummary,
}

/// A case at a revision, with what its commands are decided by.
#[derive(Debug)]
pub(crate) struct Loaded {
    /// The case.
    pub case: Case,
    /// What lists show of it.
    pub summary: CaseSummary,
    /// The version it is pinned to.
    pub plan: Arc<Plan>,
    /// Its values as they are kept, if they were read with it.
    pub values: Option<PayloadRow>,
}

impl Application {
    /// A case as it stands; nothing is checked yet.
    pub(crate) async fn load(&self, row: Option<CaseRow>) -> Outcome<Loaded> {
        self.load_with_values(row.map(|row| (row, None))).await
    }

    /// The same of a case whose values were read with it.
    pub(crate) async fn load_with_values(&self, row: Option<CaseWithValues>) -> Outcome<Loaded> {
        let (row, values) = row.ok_or(Refusal::NotFound)?;
        let case: Case = row.snapshot.read().map_err(|_| Error::Damaged("a case"))?;
        let summary: CaseSummary = row.title.read().map_err(|_| Error::Damaged("a case's summary"))?;
        let plan = self.plan(&case.process, case.definition, case.version).await?;
        Ok(Loaded { case, summary, plan, values })
    }

    /// Carries a command out on a running case.
    pub async fn execute(&self, id: CaseId, deed: Deed) -> Outcome<Executed> {
        let loaded = self.load_with_values(self.store.case_with_values(id.0).await?).await?;
        self.execute_on(loaded, deed).await
    }

    /// Carries a command out on a case that was loaded to prepare it; loads it again if it moved on meanwhile.
    pub(crate) async fn execute_on(&self, loaded: Loaded, deed: Deed) -> Outcome<Executed> {
        let mut loaded = loaded;
        let prepared_on = loaded.case.submission;
        for _ in 0..ATTEMPTS_MAX {
            let Loaded { case, summary, plan, values } = loaded;
            let submission = self.submission_in(&case, values).await?;
            let directory = self.directory();
            let now = self.clock.now();
            let ctx = Context {
                now,
                directory: &directory,
                submission: &submission,
                changed: deed.changed.as_ref(),
                confirmed: deed.confirmed,
            };
            let decision = decide(&plan, Some(&case), &deed.actor, &deed.command, &ctx).map_err(Refusal::Rejected)?;
            let summary = decided_summary(&decision, deed.changed.as_ref()).unwrap_or(summary);
            let mut transition = with_deed(project::transition(Some(&case), &decision, &summary)?, &deed);
            transition.payloads.extend(self.kept(&plan, &decision).await?);
            match self.commit(transition).await {
                Ok(()) => return Ok(Executed { case: decision.case, events: decision.events, at: now }),
                Err(CommitError::Conflict) => {}
                Err(error) => return Err(refused(error, &deed)),
            }
            loaded = self.load_with_values(self.store.case_with_values(case.id.0).await?).await?;
            if deed.changed.is_some() && loaded.case.submission != prepared_on {
                // The new values were made of the old ones: deciding again would take back what another changed.
                break;
            }
        }
        Err(Refusal::Changed.into())
    }

    /// Begins a case.
    pub async fn begin(&self, beginning: &Beginning, deed: Deed) -> Outcome<Executed> {
        let directory = self.directory();
        let now = self.clock.now();
        let ctx = Context {
            now,
            directory: &directory,
            submission: &beginning.submission,
            changed: None,
            confirmed: deed.confirmed,
        };
        let decision = decide(&beginning.plan, None, &deed.actor, &deed.command, &ctx).map_err(Refusal::Rejected)?;
        let mut transition = with_deed(project::transition(None, &decision, &beginning.summary)?, &deed);
        transition.payloads.extend(self.kept(&beginning.plan, &decision).await?);
        self.commit(transition).await.map_err(|error| refused(error, &deed))?;
        Ok(Executed { case: decision.case, events: decision.events, at: now })
    }

    /// Commits, and sets the workers to what is to be done now.
    async fn commit(&self, mut transition: Transition) -> Result<(), CommitError> {
        let taken = self.hands.take(&mut transition.outbox, self.clock.now());
        let is_left = transition.outbox.iter().any(|effect| effect.leased_until.is_none());
        self.store.commit(transition).await?;
        self.begin_effects(taken);
        if is_left {
            self.wake_workers();
        }
        Ok(())
    }
}

impl Application {
    /// The values that a decision made beside those it was given, encrypted.
    async fn kept(&self, plan: &Plan, decision: &Decision) -> Outcome<Option<PayloadRow>> {
        let Some(kept) = &decision.kept else { return Ok(None) };
        let place = Place { case: decision.case.id, process: &decision.case.process };
        self.seal_submission(place, &plan.form, kept).await.map(Some)
    }
}

/// What lists show of a case whose request a decision changed.
fn decided_summary(decision: &Decision, changed: Option<&Submission>) -> Option<CaseSummary> {
    let is_changed = decision.events.iter().any(|one| matches!(one.event, Event::SubmissionChanged { .. }));
    changed.filter(|_| is_changed).map(|changed| crate::cases::summary_of(changed.values()))
}

fn with_deed(mut transition: Transition, deed: &Deed) -> Transition {
    transition.payloads.extend(deed.payloads.iter().cloned());
    transition.audit.extend(deed.audit.iter().cloned());
    transition.record_sets.extend(deed.record_sets.iter().cloned());
    transition.artifacts.extend(deed.artifacts.iter().cloned());
    transition.outbox_done.extend(deed.outbox_done.iter().copied());
    transition.idempotency.clone_from(&deed.idempotency);
    transition
}

fn refused(error: CommitError, deed: &Deed) -> Error {
    match error {
        // Somebody else took the effect over, so its report is theirs to make.
        CommitError::Conflict | CommitError::LeaseLost => Refusal::Changed.into(),
        CommitError::Duplicate(first) => once::answered(deed.idempotency.as_ref().map(|row| row.request), first),
        CommitError::Store(error) => error.into(),
    }
}
