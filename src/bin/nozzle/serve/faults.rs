//! Faults on demand, by which people test their producers.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What goes wrong, and how often.
#[derive(Debug)]
pub(super) struct Faults {
    throttle: Option<u32>,
    fail_every: Option<u64>,
    delay: Option<Duration>,
    second: Mutex<Second>,
    records: AtomicU64,
}

/// The puts of one second.
#[derive(Debug)]
struct Second {
    began: Instant,
    puts: u32,
}

impl Faults {
    pub(super) fn new(
        throttle: Option<u32>,
        fail_every: Option<u64>,
        delay: Option<Duration>,
    ) -> Self {
        let second = Mutex::new(Second { began: Instant::now(), puts: 0 });
        Self { throttle, fail_every, delay, second, records: AtomicU64::new(0) }
    }

    /// Waits as long as an answer is to take.
    pub(super) async fn wait(&self) {
        if let Some(delay) = self.delay {
            tokio::time::sleep(delay).await;
        }
    }

    /// Counts a put, and tells whether there were enough of them in this second.
    pub(super) fn throttles(&self) -> bool {
        let Some(most) = self.throttle else { return false };
        let mut second = self.second.lock().unwrap_or_else(PoisonError::into_inner);
        if second.began.elapsed() >= Duration::from_secs(1) {
            *second = Second { began: Instant::now(), puts: 0 };
        }
        if second.puts >= most {
            return true;
        }
        second.puts += 1;
        false
    }

    /// Counts a record, and tells whether it is one that fails.
    pub(super) fn fails(&self) -> bool {
        let Some(every) = self.fail_every else { return false };
        (self.records.fetch_add(1, Ordering::Relaxed) + 1).is_multiple_of(every)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_nth_record_fails() {
        let faults = Faults::new(None, Some(3), None);
        let fails: Vec<bool> = (0..7).map(|_| faults.fails()).collect();
        assert_eq!(fails, [false, false, true, false, false, true, false]);
        let none = Faults::new(None, None, None);
        assert!(!(0..9).any(|_| none.fails() || none.throttles()));
    }

    #[test]
    fn a_second_has_so_many_puts() {
        let faults = Faults::new(Some(2), None, None);
        let throttles: Vec<bool> = (0..4).map(|_| faults.throttles()).collect();
        assert_eq!(throttles, [false, false, true, true]);
        faults.second.lock().unwrap().began -= Duration::from_secs(1);
        assert!(!faults.throttles());
        assert!(Faults::new(Some(0), None, None).throttles());
    }
}
