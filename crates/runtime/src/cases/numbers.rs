//! Case numbers, taken from the database some at a time when many cases begin.
//!
//! A quiet office takes one after the other. The more are used up within a second, the more are taken ahead, so that a
//! busy one does not pay a commit for each. What was taken and not used is given back when the program stops; only a
//! crash of a busy one leaves a gap.

use std::{ops::Range, time::Duration};

use store::Store;
use tokio::{sync::Mutex, time::Instant};

use crate::error::{Error, Outcome};

/// The counter of case numbers.
const COUNTER: &str = "case";

/// The most numbers that are taken at once, and so the largest gap that a crash leaves.
pub const NUMBERS_AHEAD_MAX: u32 = 64;

/// Numbers that last shorter than this were too few.
const LAST: Duration = Duration::from_secs(1);

/// Numbers at hand.
#[derive(Debug, Default)]
pub struct Numbers(Mutex<AtHand>);

#[derive(Debug, Default)]
struct AtHand {
    free: Range<i64>,
    taken: u32,
    taken_at: Option<Instant>,
}

impl Numbers {
    /// The next number.
    pub async fn next(&self, store: &Store) -> Outcome<u64> {
        let mut at_hand = self.0.lock().await;
        if at_hand.free.is_empty() {
            let is_busy = at_hand.taken_at.is_some_and(|at| at.elapsed() < LAST);
            at_hand.taken = if is_busy { (at_hand.taken * 2).min(NUMBERS_AHEAD_MAX) } else { 1 };
            let first = store.allocate(COUNTER, at_hand.taken).await?;
            at_hand.free = first..first + i64::from(at_hand.taken);
            at_hand.taken_at = Some(Instant::now());
        }
        let next = at_hand.free.next().and_then(|number| u64::try_from(number).ok());
        next.ok_or(Error::Damaged("a case number"))
    }

    /// Gives back what was not used, unless somebody took numbers since.
    pub async fn give_back(&self, store: &Store) -> Outcome<()> {
        let mut at_hand = self.0.lock().await;
        let Range { start, end } = std::mem::take(&mut at_hand.free);
        if start < end {
            store.allocate_back(COUNTER, start, end - 1).await?;
        }
        Ok(())
    }
}
