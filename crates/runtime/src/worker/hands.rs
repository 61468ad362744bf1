//! Those who carry effects out on this node, as many as may work at once.
//!
//! An effect whose case this node commits is leased in the same transaction while a hand is free: it begins at once, and
//! nobody has to ask the database for it. What finds no free hand waits in the outbox, for this node or another.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use chrono::{DateTime, Utc};
use store::OutboxRow;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::outbox::LEASE;
use crate::application::Application;

/// How many effects this node carries out at once: each waits for the disk most of the time.
pub const HANDS: u32 = 16;

/// Effects are taken from the outbox once so many hands are free, so that one lease takes several.
const TAKEN_FROM: usize = HANDS as usize / 2;

/// An effect that this node holds, and the hand that carries it out.
#[derive(Debug)]
pub struct Taken {
    effect: OutboxRow,
    hand: OwnedSemaphorePermit,
}

/// The hands of a node; none before its workers start.
#[derive(Debug)]
pub struct Hands {
    free: Arc<Semaphore>,
    /// Whether effects were left in the outbox because no hand was free.
    is_more: AtomicBool,
}

impl Default for Hands {
    fn default() -> Self {
        Self { free: Arc::new(Semaphore::new(0)), is_more: AtomicBool::new(false) }
    }
}

impl Hands {
    /// Begins to take effects.
    pub fn start(&self) {
        self.free.add_permits(HANDS as usize);
    }

    /// Takes no more, and returns when what was taken is done.
    pub async fn stop(&self) {
        // Nobody closes it.
        if let Ok(all) = self.free.acquire_many(HANDS).await {
            all.forget();
        }
    }

    /// Leases effects that are about to be committed and may begin at once, as many as hands are free.
    pub fn take(&self, effects: &mut [OutboxRow], now: DateTime<Utc>) -> Vec<Taken> {
        let mut taken = Vec::new();
        for effect in effects.iter_mut().filter(|effect| effect.not_before <= now) {
            let Ok(hand) = Arc::clone(&self.free).try_acquire_owned() else { break };
            effect.lease(now + LEASE);
            taken.push(Taken { effect: effect.clone(), hand });
        }
        taken
    }
}

impl Application {
    /// Carries out what was taken and is durable.
    pub(crate) fn begin_effects(&self, taken: Vec<Taken>) {
        for Taken { effect, hand } in taken {
            let application = self.clone();
            tokio::spawn(async move {
                application.hold(&effect).await;
                drop(hand);
                let hands = &application.hands;
                if hands.is_more.load(Ordering::Acquire) && hands.free.available_permits() >= TAKEN_FROM {
                    application.wake_workers();
                }
            });
        }
    }

    /// Sets every free hand to an effect that waits; whether there may be more that could begin.
    pub(crate) async fn take_effects(&self) -> crate::error::Outcome<bool> {
        let mut free = Vec::new();
        while let Ok(hand) = Arc::clone(&self.hands.free).try_acquire_owned() {
            free.push(hand);
        }
        // Before anybody finishes, so that who finishes next sees it.
        self.hands.is_more.store(true, Ordering::Release);
        let Ok(limit @ 1..) = u32::try_from(free.len()) else { return Ok(false) };
        let now = self.clock.now();
        let effects = self.store.lease_outbox(now, now + LEASE, limit).await?;
        let is_full = effects.len() == free.len();
        self.hands.is_more.store(is_full, Ordering::Release);
        let taken = effects.into_iter().zip(free).map(|(effect, hand)| Taken { effect, hand }).collect();
        self.begin_effects(taken);
        Ok(false)
    }
}
