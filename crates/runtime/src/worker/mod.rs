//! What happens by itself: timers that fall due, effects that wait, definitions that changed.

mod folder;
mod outbox;
mod timers;

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::{task::JoinSet, time};
use tokio_util::sync::CancellationToken;
use tracing::error;

use crate::{application::Application, error::Outcome};

/// How long a worker waits at most before it looks again, whoever wakes it.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The workers of one node.
#[derive(Debug)]
pub struct Workers {
    stop: CancellationToken,
    tasks: JoinSet<()>,
}

/// One thing a worker does: everything that is due now. Says whether there is more.
type Round = for<'a> fn(&'a Application) -> std::pin::Pin<Box<dyn Future<Output = Outcome<bool>> + Send + 'a>>;

impl Workers {
    /// Starts all workers.
    pub fn start(application: &Application) -> Self {
        let stop = CancellationToken::new();
        let mut tasks = JoinSet::new();
        for (name, round) in ROUNDS {
            tasks.spawn(run(application.clone(), name, *round, stop.clone()));
        }
        Self { stop, tasks }
    }

    /// Stops them after what they are doing.
    pub async fn stop(mut self) {
        self.stop.cancel();
        while self.tasks.join_next().await.is_some() {}
    }
}

const ROUNDS: &[(&str, Round)] = &[
    ("timers", |application| Box::pin(application.fire_due_timers())),
    ("outbox", |application| Box::pin(application.carry_out_effects())),
    ("files", |application| Box::pin(application.remove_expired_files())),
    ("folder", |application| Box::pin(application.look_at_folder())),
];

async fn run(application: Application, name: &'static str, round: Round, stop: CancellationToken) {
    loop {
        let woken = application.woken();
        let more = match round(&application).await {
            Ok(more) => more,
            Err(error) => {
                error!(worker = name, error = %error, source = ?std::error::Error::source(&error), "The {name} worker failed and will try again");
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
            () = woken => {}
            () = time::sleep(LOOK_AGAIN) => {}
        }
    }
}

impl Application {
    /// Carries out everything that is due, until nothing is; how a manual clock moves on.
    pub async fn settle(&self) -> Outcome<()> {
        loop {
            let timers = self.fire_due_timers().await?;
            let effects = self.carry_out_effects().await?;
            if !timers && !effects && !self.is_anything_due().await? {
                return Ok(());
            }
        }
    }

    /// Moves a manual clock, stopping at each moment that something falls due so that it happens then, and returns once
    /// everything that fell due has been carried out.
    pub async fn move_clock(&self, to: DateTime<Utc>) -> Outcome<()> {
        loop {
            self.settle().await?;
            let timer = self.store.next_timer_due().await?;
            let effect = self.store.next_outbox_due().await?;
            let due = timer.into_iter().chain(effect).min().filter(|due| *due <= to);
            // A moment that another moved it past meanwhile is none to go back to.
            self.clock.advance_to(due.unwrap_or(to));
            if due.is_none() {
                return Ok(());
            }
        }
    }
}
