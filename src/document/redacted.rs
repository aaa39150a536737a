//! The seal that only redaction sets.

use std::ops::{Deref, DerefMut};

/// A value whose secrets are gone. Tracebacks, index names and encoding accept nothing else, so
/// that no path from a record to the engine leads around redaction.
///
/// It dereferences to the value, to be read and to be completed with what is derived from it or
/// comes from the configuration.
#[derive(Clone, Debug)]
pub struct Redacted<T>(T);

impl<T> Redacted<T> {
    /// Seals `value`. Only `src/redact/` may call this, which `tests/house.rs` checks.
    pub(crate) fn seal(value: T) -> Self {
        Self(value)
    }
}

impl<T> Deref for Redacted<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Redacted<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}
