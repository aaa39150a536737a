//! Whether the server is about to end: who waits for something is woken then.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// A sign that all threads see.
#[derive(Clone, Debug, Default)]
pub(super) struct Stopping(Arc<(Mutex<bool>, Condvar)>);

impl Stopping {
    /// Gives the sign.
    pub(super) fn begin(&self) {
        let (flag, changed) = &*self.0;
        *flag.lock().unwrap_or_else(PoisonError::into_inner) = true;
        changed.notify_all();
    }

    /// Waits for so long, unless the sign is given before. Returns whether it is.
    pub(super) fn wait(&self, pause: Duration) -> bool {
        let (flag, changed) = &*self.0;
        let flag = flag.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = changed.wait_timeout_while(flag, pause, |is_stopping| !*is_stopping);
        *waited.unwrap_or_else(PoisonError::into_inner).0
    }
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use super::*;

    #[test]
    fn the_sign_ends_a_pause() {
        let stopping = Stopping::default();
        assert!(!stopping.wait(Duration::from_millis(1)));
        let other = stopping.clone();
        let started = Instant::now();
        let waiting = std::thread::spawn(move || other.wait(Duration::from_mins(1)));
        stopping.begin();
        assert!(waiting.join().unwrap());
        assert!(stopping.wait(Duration::from_mins(1)));
        assert!(started.elapsed() < Duration::from_secs(30));
    }
}
