//! Password hashes: argon2id with the parameters that OWASP recommends, on threads of their own, few at a time.

use std::sync::LazyLock;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use super::PASSWORD_BYTES_MAX;
use crate::error::{Error, Outcome};

/// Memory of one hash, in KiB (OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane).
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// How many hashes are worked at once: each takes its memory.
const AT_ONCE: usize = 4;

static PLACES: Semaphore = Semaphore::const_new(AT_ONCE);

/// The hash of no password: an unknown name takes as long to refuse as a wrong password.
static NOBODYS: LazyLock<String> = LazyLock::new(|| {
    let unguessable: [u8; 32] = crate::payload::fresh();
    argon2().hash_password(&unguessable).map(|hash| hash.to_string()).unwrap_or_default()
});

/// Hashes a password for storage.
pub async fn hash(password: Zeroizing<String>) -> Outcome<String> {
    on_a_thread(move || {
        argon2()
            .hash_password(password.as_bytes())
            .map(|hash| hash.to_string())
            .map_err(|_| Error::Damaged("a password"))
    })
    .await?
}

/// Whether a password is the one that was hashed.
pub async fn verify(password: Zeroizing<String>, hash: Option<String>) -> Outcome<bool> {
    if password.len() > PASSWORD_BYTES_MAX {
        return Ok(false);
    }
    on_a_thread(move || {
        let text = hash.as_deref().unwrap_or(&NOBODYS);
        let matches =
            PasswordHash::new(text).is_ok_and(|parsed| argon2().verify_password(password.as_bytes(), &parsed).is_ok());
        matches && hash.is_some()
    })
    .await
}

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).expect("constants within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Outcome<T> {
    let _place = PLACES.acquire().await.map_err(|_| Error::Damaged("the semaphore of password hashes"))?;
    tokio::task::spawn_blocking(work).await.map_err(|_| Error::Damaged("hashing was interrupted"))
}
