//! The built-in actions: what an approved case does by itself. Each may be attempted more than once and takes effect
//! once, by the run's id.

mod records_export;

use std::sync::{Arc, atomic::AtomicU64};

use definition::model::{ActionCall, StepKind};
use engine::{
    Case, Plan, StepRunId,
    event::{ActionFailure, ActionResult, Undone},
};
use store::{ArtifactWrite, AuditWrite, PayloadRow};

use crate::{application::Application, error::Error, execute::Loaded};

/// One attempt at an action.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The case as it stands.
    pub case: &'a Case,
    /// Its values as they are kept, if they were read with it.
    pub values: Option<&'a PayloadRow>,
    /// The passage through the step: the idempotency key.
    pub run: StepRunId,
    /// Which attempt, from 1.
    pub number: u32,
    /// Where it says how many records it has written.
    pub written: &'a Arc<AtomicU64>,
    /// Whether it takes back what the action did.
    pub undoes: bool,
}

/// What an action did. Written in the transaction that reports it.
#[derive(Debug)]
pub struct Done {
    /// What the case is told.
    pub result: ActionResult,
    /// Files it made.
    pub artifacts: Vec<ArtifactWrite>,
    /// What is recorded.
    pub audit: Vec<AuditWrite>,
}

/// Why an attempt failed.
#[derive(Debug)]
pub struct Failure {
    /// What the case is told.
    pub kind: ActionFailure,
    /// Whether trying again may help.
    pub is_retryable: bool,
}

impl Failure {
    /// A failure that trying again does not mend.
    pub const fn for_good(kind: ActionFailure) -> Self {
        Self { kind, is_retryable: false }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        tracing::warn!(error = %error, source = ?std::error::Error::source(&error), "An action failed");
        match error {
            Error::Store(_) | Error::File(_) => Self { kind: ActionFailure::Unavailable, is_retryable: true },
            Error::Erased => Self::for_good(ActionFailure::RecordsChanged),
            Error::Vault(_) | Error::WrongRootKey | Error::Damaged(_) | Error::Refused(_) | Error::Answered(_) => {
                Self { kind: ActionFailure::Internal, is_retryable: true }
            }
        }
    }
}

impl Application {
    /// Whether an attempt at a step's action may be made again though nobody knows whether an earlier one took effect.
    /// Where that could do harm, a person decides.
    #[cfg_attr(not(test), expect(clippy::unused_self, reason = "in tests another action may stand in"))]
    pub(crate) fn is_repeatable(&self, loaded: &Loaded, run: StepRunId) -> bool {
        #[cfg(test)]
        if let Some(staged) = self.staged() {
            return staged.is_repeatable;
        }
        // Where there is nothing to attempt, the attempt says so itself.
        action_of(&loaded.plan, &loaded.case, run).is_none_or(takes_effect_once)
    }

    /// Carries out the action of a step that runs.
    pub(crate) async fn attempt(&self, attempt: &Attempt<'_>) -> Result<Done, Failure> {
        #[cfg(test)]
        if let Some(staged) = self.staged() {
            return Err(staged.carry_out());
        }
        let case = attempt.case;
        let plan = self.plan(&case.process, case.definition, case.version).await?;
        match action_of(&plan, case, attempt.run) {
            Some(ActionCall::RecordsExport(arguments)) => self.export_records(attempt, &plan, arguments).await,
            None => Err(Failure::for_good(ActionFailure::NotAsApproved)),
        }
    }

    /// Takes back what the action of a step did.
    pub(crate) async fn undo(&self, attempt: &Attempt<'_>) -> Result<Undone, Failure> {
        let case = attempt.case;
        let plan = self.plan(&case.process, case.definition, case.version).await?;
        match action_of(&plan, case, attempt.run) {
            Some(ActionCall::RecordsExport(arguments)) => self.recall_export(attempt, arguments).await,
            None => Err(Failure::for_good(ActionFailure::NotAsApproved)),
        }
    }
}

/// Whether an action takes effect once, however often it is carried out for one passage through its step.
const fn takes_effect_once(action: &ActionCall) -> bool {
    match action {
        // One file per passage.
        ActionCall::RecordsExport(_) => true,
    }
}

/// What a passage through a step carries out.
fn action_of<'a>(plan: &'a Plan, case: &Case, run: StepRunId) -> Option<&'a ActionCall> {
    let (_, step) = plan.process.step_by_id(case.run(run)?.step.as_str())?;
    if let StepKind::Run(run) = &step.kind { Some(&run.action) } else { None }
}

/// An action that stands in for every other while a test looks on; it always fails.
#[cfg(test)]
#[derive(Debug, Default)]
pub struct Staged {
    /// Whether it may be repeated.
    pub is_repeatable: bool,
    /// How often it was carried out.
    pub count: std::sync::atomic::AtomicU32,
}

#[cfg(test)]
impl Staged {
    fn carry_out(&self) -> Failure {
        self.count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Failure::for_good(ActionFailure::Unavailable)
    }
}
