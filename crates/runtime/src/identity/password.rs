//! Password hashes: argon2id with the parameters that OWASP recommends, on threads of their own, few at a time.
//!
//! Each takes much memory, which anybody who can reach the sign-in page may ask for. So few are worked at once, a known
//! number waits, and further ones are refused.

use std::sync::{Arc, LazyLock};

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::PASSWORD_BYTES_MAX;
use crate::error::{Error, Outcome, Refusal};

/// Memory of one hash, in KiB (OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many hashes are worked at once: each takes its memory.
const AT_ONCE: usize = 4;

/// How many more wait at most: on two processors they are done within two seconds.
const WAITING_MAX: usize = 64;

/// After how long it is worth asking again when as many wait.
const AGAIN_SECONDS: u32 = 2;

/// The hash of no password: an unknown name takes as long to refuse as a wrong password.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    let unguessable: [u8; 32] = crate::payload::fresh();
    argon2().hash_password(&unguessable).map(|hash| hash.to_string()).unwrap_or_default()
});

/// The hashes of one node.
#[derive(Debug)]
pub struct Hashing {
    /// For those that are worked and those that wait.
    queue: Arc<Semaphore>,
    /// For those that are worked.
    places: Arc<Semaphore>,
}

impl Default for Hashing {
    fn default() -> Self {
        Self { queue: Arc::new(Semaphore::new(AT_ONCE + WAITING_MAX)), places: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl Hashing {
    /// Hashes a password for storage.
    pub async fn hash(&self, password: Zeroizing<String>) -> Outcome<String> {
        self.on_a_thread(move || {
            argon2()
                .hash_password(password.as_bytes())
                .map(|hash| hash.to_string())
                .map_err(|_| Error::Damaged("a password"))
        })
        .await?
    }

    /// Whether a password is the one that was hashed.
    pub async fn verify(&self, password: Zeroizing<String>, hash: Option<String>) -> Outcome<bool> {
        if password.len() > PASSWORD_BYTES_MAX {
            return Ok(false);
        }
        self.on_a_thread(move || {
            let text = hash.as_deref().unwrap_or(&NOBODYS);
            let matches = PasswordHash::new(text)
                .is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
            matches && hash.is_some()
        })
        .await
    }

    async fn on_a_thread<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
        let busy = |_| Refusal::Busy { again_in_seconds: AGAIN_SECONDS };
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(busy)?;
        let place = Arc::clone(&self.places).acquire_owned().await;
        let place = place.map_err(|_| Error::Damaged("the semaphore of password hashes"))?;
        // The places go with the work: it takes its memory to its end, also when whoever asked has gone away.
        let working = tokio::task::spawn_blocking(move || {
            let done = work();
            drop((place, queued));
            done
        });
        working.await.map_err(|_| Error::Damaged("hashing was interrupted"))
    }
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("constants within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

#[cfg(test)]
mod tests {
    use std::sync::{
        atomic::{AtomicUsize, Ordering},
        mpsc,
    };

    use futures_util::{FutureExt, future::join_all};

    use super::*;

    /// Hashes that last until they are let go, and what they are let go by.
    fn held(hashing: &Hashing, count: usize) -> (Vec<mpsc::Sender<()>>, Vec<impl Future<Output = Outcome<()>>>) {
        let one = |_| {
            let (release, released) = mpsc::channel::<()>();
            // Whoever lets go drops the other end.
            (release, Box::pin(hashing.on_a_thread(move || released.recv().unwrap_or(()))))
        };
        (0..count).map(one).unzip()
    }

    #[tokio::test]
    async fn who_finds_too_many_waiting_is_refused_and_the_rest_come_to_their_turn() {
        let hashing = Hashing::default();
        let (releases, mut waiting) = held(&hashing, AT_ONCE + WAITING_MAX);
        for one in &mut waiting {
            assert!(one.now_or_never().is_none(), "it is worked, or waits");
        }
        let refused = hashing.on_a_thread(|| ()).now_or_never();
        let busy = Refusal::Busy { again_in_seconds: AGAIN_SECONDS };
        assert!(matches!(refused, Some(Err(Error::Refused(refusal))) if refusal == busy));
        drop(releases);
        let done = join_all(waiting).await;
        assert_eq!(done.iter().filter(|one| one.is_ok()).count(), AT_ONCE + WAITING_MAX);
        hashing.on_a_thread(|| ()).await.unwrap();
    }

    #[tokio::test]
    async fn no_more_are_worked_at_once_than_there_are_places() {
        let hashing = Hashing::default();
        let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let works = (0..AT_ONCE + WAITING_MAX).map(|_| {
            let (now, most) = (Arc::clone(&now), Arc::clone(&most));
            hashing.on_a_thread(move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::yield_now();
                now.fetch_sub(1, Ordering::SeqCst);
            })
        });
        join_all(works).await;
        assert!((1..=AT_ONCE).contains(&most.load(Ordering::SeqCst)));
    }

    #[tokio::test]
    async fn who_goes_away_leaves_no_place_before_the_work_is_done() {
        let hashing = Hashing::default();
        let (mut releases, mut working) = held(&hashing, AT_ONCE);
        for one in &mut working {
            assert!(one.now_or_never().is_none());
        }
        drop(working);
        let mut next = Box::pin(hashing.on_a_thread(|| ()));
        assert!((&mut next).now_or_never().is_none(), "all places are taken by work that nobody waits for");
        releases.pop();
        next.await.unwrap();
    }
}
