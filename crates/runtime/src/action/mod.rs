//! The built-in actions: what an approved case does by itself. Each may be attempted more than once and takes effect
//! once, by the run's id.

mod records_export;

use definition::model::{ActionCall, StepKind};
use engine::{
    Case, StepRunId,
    event::{ActionFailure, ActionResult},
};
use store::{ArtifactRow, AuditWrite};

use crate::{application::Application, error::Error};

/// One attempt at an action.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// The case as it stands.
    pub case: &'a Case,
    /// The passage through the step: the idempotency key.
    pub run: StepRunId,
    /// Which attempt, from 1.
    pub number: u32,
}

/// What an action did. Written in the transaction that reports it.
#[derive(Debug)]
pub struct Done {
    /// What the case is told.
    pub result: ActionResult,
    /// Files it made.
    pub artifacts: Vec<ArtifactRow>,
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
    /// Carries out the action of a step that runs.
    pub(crate) async fn attempt(&self, attempt: &Attempt<'_>) -> Result<Done, Failure> {
        let case = attempt.case;
        let plan = self.plan(&case.process, case.definition, case.version).await?;
        let step = case.run(attempt.run).and_then(|run| plan.process.step_by_id(run.step.as_str()));
        let Some(StepKind::Run(run)) = step.map(|(_, step)| &step.kind) else {
            return Err(Failure::for_good(ActionFailure::NotAsApproved));
        };
        match &run.action {
            ActionCall::RecordsExport(arguments) => self.export_records(attempt, &plan, arguments).await,
        }
    }
}
