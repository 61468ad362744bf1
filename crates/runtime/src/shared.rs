//! A value that many read and one replaces whole.

use std::sync::{Arc, PoisonError, RwLock};

/// Readers get the value as it stands; a writer puts another in its place. Nobody ever sees half of one.
#[derive(Debug, Default)]
pub struct Shared<T>(RwLock<Arc<T>>);

impl<T> Shared<T> {
    /// Starts with this value.
    pub fn new(value: T) -> Self {
        Self(RwLock::new(Arc::new(value)))
    }

    /// The value as it stands.
    pub fn get(&self) -> Arc<T> {
        // A writer only swaps a pointer: even one that panicked left a whole value behind.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another value in its place.
    pub fn set(&self, value: T) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(value);
    }
}
