//! Forgets what is over: sessions, attempts to sign in, answers to repeated requests. Nothing else takes them away.

use chrono::TimeDelta;

use crate::{application::Application, error::Outcome};

/// How often there is enough of it.
const EVERY: TimeDelta = TimeDelta::hours(1);

/// How long attempts are kept: longer than they count.
const ATTEMPTS_KEPT_FOR: TimeDelta = TimeDelta::days(1);

/// How long a request with a key is answered as it was the first time.
const ANSWERS_KEPT_FOR: TimeDelta = TimeDelta::days(7);

impl Application {
    /// Forgets it once an hour; there is never more to do at once.
    pub(crate) async fn forget_what_is_over(&self) -> Outcome<bool> {
        let now = self.clock.now();
        let mut forgot_at = self.forgot_at.lock().await;
        if forgot_at.is_some_and(|at| now - at < EVERY) {
            return Ok(false);
        }
        self.store.sessions_forget(now).await?;
        self.store.attempts_forget(now - ATTEMPTS_KEPT_FOR).await?;
        self.store.idempotency_forget(now - ANSWERS_KEPT_FOR).await?;
        *forgot_at = Some(now);
        Ok(false)
    }
}
