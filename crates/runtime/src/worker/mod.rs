//! What happens by itself: timers that fall due, effects that wait, definitions that changed.

mod folder;
mod forgetting;
mod hands;
mod outbox;
#[cfg(test)]
pub(crate) mod tests;
mod timers;

use std::{panic::AssertUnwindSafe, time::Duration};

use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use tokio::{task::JoinSet, time};
use tokio_util::sync::CancellationToken;
use tracing::error;

pub(crate) use self::hands::Hands;
use crate::{
    application::Application,
    error::{Error, Outcome},
};

/// How long a worker waits at most before it looks again, whoever wakes it.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// How often, and how many times, a manual clock looks whether what another worker took is done.
const SETTLE_PAUSE: Duration = Duration::from_millis(10);
const SETTLE_LOOKS_MAX: u32 = 3_000;

/// The workers of one node.
#[derive(Debug)]
pub struct Workers {
    application: Application,
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

/// One thing a worker does.
struct Round {
    name: &'static str,
    /// Whether a change of a case may bring it work that cannot wait; otherwise it only looks from time to time.
    is_woken: bool,
    work: Work,
}

/// Everything that is due now. Says whether there is more.
type Work = for<'a> fn(&'a Application) -> std::pin::Pin<Box<dyn Future<Output = Outcome<bool>> + Send + 'a>>;

impl Workers {
    /// Starts all workers.
    pub fn start(application: &Application) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        let (started, stopped) = (application.clone(), stop.clone());
        tasks.spawn(async move {
            let application = started;
            // What died with the process before need not wait until its leases are over.
            // A clock that is moved by hand is one node's alone, and leases do not run out while it stands.
            if let Err(error) = application.store.take_over_leases(application.clock.is_manual()).await {
                error!(error = %error, "Leases of the process before could not be taken over; they run out");
            }
            application.hands.start();
            let rounds = ROUNDS.iter().map(|round| run(application.clone(), round, stopped.clone()));
            rounds.collect::<JoinSet<()>>().join_all().await;
        });
        Self { application: application.clone(), stop, tasks }
    }

    /// Stops them after what they are doing.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
        self.application.hands.stop().await;
    }
}

const ROUNDS: &[Round] = &[
    Round { name: "timers", is_woken: false, work: |application| Box::pin(application.fire_due_timers()) },
    Round { name: "schedules", is_woken: false, work: |application| Box::pin(application.begin_scheduled()) },
    Round { name: "starts", is_woken: false, work: |application| Box::pin(application.begin_noted()) },
    Round { name: "outbox", is_woken: true, work: |application| Box::pin(application.take_effects()) },
    Round { name: "files", is_woken: false, work: |application| Box::pin(application.remove_expired_files()) },
    Round { name: "folder", is_woken: false, work: |application| Box::pin(application.look_at_folder()) },
    Round { name: "forgetting", is_woken: false, work: |application| Box::pin(application.forget_what_is_over()) },
    Round { name: "people", is_woken: false, work: |application| Box::pin(application.look_at_people()) },
];

async fn run(application: Application, round: &'static Round, stop: CancellationToken) {
    let Round { name, is_woken, work } = round;
    loop {
        let woken = application.woken();
        let more = match AssertUnwindSafe(work(&application)).catch_unwind().await {
            Ok(Ok(more)) => more,
            Ok(Err(error)) => {
                error!(worker = name, error = %error, source = ?std::error::Error::source(&error), "The {name} worker failed and will try again");
                false
            }
            // A worker that ended here would be missed by nobody until nothing happens by itself any more.
            Err(_) => {
                error!(worker = name, "The {name} worker panicked and will try again");
                false
            }
        };
        if stop.is_cancelled() {
            return;
        }
        if more {
            continue;
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = woken, if *is_woken => {}
            () = time::sleep(LOOK_AGAIN) => {}
        }
    }
}

impl Application {
    /// Carries out everything that is due, until nothing is; how a manual clock moves on.
    pub async fn settle(&self) -> Outcome<()> {
        let mut looks = 0;
        loop {
            let starts = self.begin_scheduled().await? | self.begin_noted().await?;
            let timers = self.fire_due_timers().await?;
            let effects = self.carry_out_effects().await?;
            if starts || timers || effects {
                continue;
            }
            if !self.is_anything_due().await? {
                return Ok(());
            }
            // Another worker is at it, or it cannot be done: then a clock that stands still would wait for ever.
            looks += 1;
            if looks > SETTLE_LOOKS_MAX {
                return Err(Error::Damaged("something that is due cannot be carried out"));
            }
            time::sleep(SETTLE_PAUSE).await;
        }
    }

    /// Moves a manual clock, stopping at each moment that something falls due so that it happens then, and returns once
    /// everything that fell due has been carried out.
    pub async fn move_clock(&self, to: DateTime<Utc>) -> Outcome<()> {
        loop {
            self.settle().await?;
            let timer = self.store.next_timer_due().await?;
            let effect = self.store.next_outbox_due().await?;
            let starts = self.next_scheduled().await?.into_iter().chain(self.store.next_start_due().await?);
            let due = timer.into_iter().chain(effect).chain(starts).min().filter(|due| *due <= to);
            // A moment that another moved it past meanwhile is none to go back to.
            self.clock.advance_to(due.unwrap_or(to));
            if due.is_none() {
                return Ok(());
            }
        }
    }
}
