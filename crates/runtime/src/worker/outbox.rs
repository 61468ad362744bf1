//! Carries out effects: each is leased, done with its idempotency key, and reported back as a command.

use std::{
    panic::AssertUnwindSafe,
    pin::pin,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use chrono::TimeDelta;
use engine::{
    Actor, CaseId, Command, EffectKind, Rejection,
    event::{ActionFailure, Undone},
};
use futures_util::{FutureExt, future::join_all};
use store::{OutboxDone, OutboxRow};
use tokio::time;
use tracing::{error, info};

use crate::{
    action::{Attempt, Done},
    application::Application,
    audit::Entry,
    error::{Error, Outcome, Refusal},
    execute::Deed,
    viewer::Origin,
};

/// What an attempt came to.
enum Reached {
    /// The action took effect.
    Done(Done),
    /// It was taken back.
    Undone(Undone),
}

/// How many effects are taken at once by hand.
const EFFECTS_BATCH: u32 = 4;

/// How long after its worker died another takes an effect over.
pub(super) const LEASE: TimeDelta = TimeDelta::seconds(30);

/// How often a worker says how far it is, if it has come further.
const TELL_EVERY: Duration = Duration::from_secs(1);

/// After so many silent times it says that it is still at it: an export may take longer than any lease.
const SILENT_MAX: u32 = 8;

/// How long an effect waits whose attempt could not even be reported.
const AGAIN: TimeDelta = TimeDelta::minutes(1);

impl Application {
    /// Carries out a batch of effects that may be tried, at once, and waits for them; whether there may be more. One that
    /// cannot be carried out holds up no other.
    pub(crate) async fn carry_out_effects(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let effects = self.store.lease_outbox(now, now + LEASE, EFFECTS_BATCH).await?;
        let any = !effects.is_empty();
        join_all(effects.iter().map(|effect| self.hold(effect))).await;
        Ok(any)
    }

    /// Carries an effect out and holds its lease meanwhile; gives it back if that fails.
    pub(super) async fn hold(&self, effect: &OutboxRow) {
        let written = Arc::new(AtomicU64::new(0));
        let mut work = pin!(AssertUnwindSafe(self.carry_out(effect, &written)).catch_unwind());
        let (mut told, mut silent) = (0, 0);
        let outcome = loop {
            tokio::select! {
                outcome = &mut work => break outcome,
                () = time::sleep(TELL_EVERY) => {
                    let now = i64::try_from(written.load(Ordering::Relaxed)).unwrap_or(i64::MAX);
                    silent += 1;
                    if now == told && silent < SILENT_MAX {
                        continue;
                    }
                    (told, silent) = (now, 0);
                    let until = self.clock.now() + LEASE;
                    // Lost or not: the fence decides whose report counts.
                    if let Err(error) = self.store.extend_outbox((effect.id, effect.fence), until, now).await {
                        error!(effect.id = %effect.id, error = %error, "The lease of an effect could not be extended");
                    }
                }
            }
        };
        match outcome {
            Ok(Ok(())) => return,
            Ok(Err(error)) => {
                error!(effect.id = %effect.id, error = %error, source = ?std::error::Error::source(&error), "An effect could not be carried out and is tried again");
            }
            Err(_) => error!(effect.id = %effect.id, "An effect made the worker panic and is tried again"),
        }
        let again = self.clock.now() + AGAIN;
        if let Err(error) = self.store.release_outbox(effect.id, effect.fence, again).await {
            error!(effect.id = %effect.id, error = %error, "An effect could not be given back; its lease runs out");
        }
    }

    async fn carry_out(&self, effect: &OutboxRow, written: &Arc<AtomicU64>) -> Outcome<()> {
        let kind: EffectKind = effect.body.read().map_err(|_| Error::Damaged("an effect"))?;
        let (run, number, undoes) = match kind {
            EffectKind::RunAction { run, attempt, .. } => (run, attempt, false),
            EffectKind::UndoAction { run, attempt, .. } => (run, attempt, true),
            EffectKind::Notify { .. } => return Err(Error::Damaged("an effect that does not wait in the outbox")),
        };
        let id = CaseId(effect.case_id);
        let row = self.store.case_with_values(id.0).await?.ok_or(Error::Damaged("an effect of no case"))?;
        let loaded = self.load_with_values(Some(row)).await?;
        let case = &loaded.case;
        let is_current = case.run(run).is_some_and(|run| {
            let is_number = run.attempt_under_way().is_some_and(|attempt| attempt.number == number);
            is_number && run.is_being_undone() == undoes
        });
        let done = OutboxDone { id: effect.id, fence: Some(effect.fence) };
        if !is_current {
            // The case was withdrawn, or an operator went on without it.
            self.store.ack_outbox(effect.id, effect.fence).await?;
            return Ok(());
        }
        let attempted = Attempt { case, values: loaded.values.as_ref(), run, number, written, undoes };
        let may_have_begun = effect.attempts > 1;
        let mut deed = if may_have_begun && !self.is_repeatable(&loaded, run) {
            // Somebody held it before and did not report: they may have died before, in, or after the deed.
            self.failed(&attempted, ActionFailure::Interrupted, false)
        } else {
            self.attempted(&attempted).await
        };
        deed.outbox_done.push(done);
        match self.execute_on(loaded, deed).await {
            Ok(executed) => {
                info!(case.number = executed.case.number.0, "An action of case {} was attempted", executed.case.number);
                Ok(())
            }
            Err(Error::Refused(Refusal::Rejected(
                Rejection::LateReport | Rejection::NotFound | Rejection::CaseEnded { .. },
            ))) => {
                self.store.ack_outbox(effect.id, effect.fence).await?;
                Ok(())
            }
            // Somebody else took the effect over: the report is theirs to make.
            Err(Error::Refused(Refusal::Changed)) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Attempts an action; what is to be reported of it.
    async fn attempted(&self, attempted: &Attempt<'_>) -> Deed {
        let attempt = async {
            if attempted.undoes {
                return self.undo(attempted).await.map(Reached::Undone);
            }
            self.attempt(attempted).await.map(Reached::Done)
        };
        let result = AssertUnwindSafe(attempt).catch_unwind().await;
        let word = if matches!(result, Ok(Ok(_))) { "done" } else { "failed" };
        metrics::counter!("chancery_actions_total", "result" => word).increment(1);
        match result {
            Ok(Ok(Reached::Undone(how))) => {
                Deed::new(Actor::System, Command::UndoSucceeded { run: attempted.run, how })
            }
            Ok(Ok(Reached::Done(Done { result, artifacts, audit }))) => {
                let run = attempted.run;
                let mut deed = Deed::new(Actor::System, Command::ActionSucceeded { run, result });
                deed.artifacts = artifacts;
                deed.audit = audit;
                deed
            }
            Ok(Err(failure)) => self.failed(attempted, failure.kind, failure.is_retryable),
            Err(_) => {
                let number = attempted.case.number;
                error!(case.number = number.0, "An action of case {number} panicked");
                self.failed(attempted, ActionFailure::Internal, true)
            }
        }
    }

    fn failed(&self, attempted: &Attempt<'_>, failure: ActionFailure, retryable: bool) -> Deed {
        let Attempt { case, run, number: attempt, .. } = *attempted;
        let mut deed = Deed::new(Actor::System, Command::ActionFailed { run, attempt, failure, retryable });
        let entry = Entry::by(None, &Origin::default(), self.clock.now()).of("action_failed").in_case(case.id);
        deed.audit.push(entry.facts(&serde_json::json!({ "failure": failure, "attempt": attempt })).write());
        deed
    }
}
