//! Records between the producer and the function, gathered by size and time as Firehose does.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::record::Record;
use super::transformation::length_in_event;

/// How many bytes wait at most. A producer that outruns the destination is refused then.
const CAPACITY: usize = 64 << 20;
/// What a record takes besides its data.
const OVERHEAD: usize = 256;
/// The longest event, which Lambda limits to 6 MB.
const LARGEST_EVENT: usize = 6_000_000;

/// There is no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Full;

/// How much is gathered, and for how long.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hints {
    /// Bytes of data.
    pub size: usize,
    /// Since the first record arrived.
    pub interval: Duration,
}

/// The records that wait.
#[derive(Debug, Default)]
pub(super) struct Buffer {
    waiting: Mutex<Waiting>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Waiting {
    records: VecDeque<(Instant, Record)>,
    size: usize,
    is_closed: bool,
}

impl Waiting {
    fn weight(&self) -> usize {
        self.size + self.records.len() * OVERHEAD
    }

    fn push(&mut self, record: Record) {
        self.size += record.data.len();
        self.records.push_back((Instant::now(), record));
    }

    /// The records that one event holds, and whether more of them would not fit.
    fn measure(&self, hints: Hints) -> (usize, bool) {
        let (mut size, mut event) = (0, 0);
        for (count, (_, record)) in self.records.iter().enumerate() {
            size += record.data.len();
            event += length_in_event(record);
            let is_too_much = size > hints.size || event > LARGEST_EVENT;
            if is_too_much && count > 0 {
                return (count, true);
            }
            if size >= hints.size {
                return (count + 1, true);
            }
        }
        (self.records.len(), false)
    }
}

impl Buffer {
    /// Takes all of these records or none. A closed buffer takes none.
    ///
    /// # Errors
    /// [`Full`], and none was taken.
    pub(super) fn put(&self, records: Vec<Record>) -> Result<(), Full> {
        let mut waiting = self.lock();
        let size: usize = records.iter().map(|record| record.data.len() + OVERHEAD).sum();
        if waiting.is_closed || waiting.weight() + size > CAPACITY {
            return Err(Full);
        }
        for record in records {
            waiting.push(record);
        }
        self.changed.notify_all();
        Ok(())
    }

    /// Takes a record of this server's own, even when it is closed, and waits until `deadline` for
    /// room.
    ///
    /// # Errors
    /// [`Full`], still.
    pub(super) fn put_until(&self, record: Record, deadline: Instant) -> Result<(), Full> {
        let mut waiting = self.lock();
        while waiting.weight() + record.data.len() + OVERHEAD > CAPACITY {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(Full);
            }
            let waited = self.changed.wait_timeout(waiting, left);
            waiting = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
        waiting.push(record);
        self.changed.notify_all();
        Ok(())
    }

    /// Waits for the next batch: until there is enough, or the first of it has waited for long
    /// enough, or the buffer is closed. `None` when it is closed and empty.
    pub(super) fn take(&self, hints: impl Fn() -> Hints) -> Option<Vec<Record>> {
        let mut waiting = self.lock();
        loop {
            let hints = hints();
            let Some((since, _)) = waiting.records.front() else {
                if waiting.is_closed {
                    return None;
                }
                waiting = self.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let left = hints.interval.saturating_sub(since.elapsed());
            let (count, is_full) = waiting.measure(hints);
            if is_full || left.is_zero() || waiting.is_closed {
                let batch: Vec<_> =
                    waiting.records.drain(..count).map(|(_, record)| record).collect();
                waiting.size -= batch.iter().map(|record| record.data.len()).sum::<usize>();
                self.changed.notify_all();
                return Some(batch);
            }
            let waited = self.changed.wait_timeout(waiting, left);
            waiting = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Has whoever waits for a batch look at the hints again.
    pub(super) fn wake(&self) {
        let _waiting = self.lock();
        self.changed.notify_all();
    }

    /// Takes no more from producers, and lets go whatever there is without waiting for more.
    pub(super) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;
    use crate::serve::record::RecordIds;

    const NEVER: Duration = Duration::from_mins(10);

    fn records(sizes: &[usize]) -> Vec<Record> {
        let ids = RecordIds::new();
        sizes.iter().map(|size| ids.record(vec![b'x'; *size])).collect()
    }

    fn take(buffer: &Buffer, size: usize, interval: Duration) -> Option<Vec<usize>> {
        let batch = buffer.take(|| Hints { size, interval })?;
        Some(batch.iter().map(|record| record.data.len()).collect())
    }

    #[test]
    fn a_batch_is_let_go_when_it_is_large_enough() {
        let buffer = Buffer::default();
        buffer.put(records(&[60, 40, 10, 95, 200])).unwrap();
        assert_eq!(take(&buffer, 100, NEVER), Some(vec![60, 40]));
        assert_eq!(take(&buffer, 100, NEVER), Some(vec![10]));
        assert_eq!(take(&buffer, 100, NEVER), Some(vec![95]));
        assert_eq!(take(&buffer, 100, NEVER), Some(vec![200]));
        buffer.close();
        assert_eq!(take(&buffer, 100, NEVER), None);
    }

    #[test]
    fn a_batch_is_let_go_when_it_is_old_enough() {
        let buffer = Buffer::default();
        buffer.put(records(&[1, 2])).unwrap();
        assert_eq!(take(&buffer, 100, Duration::ZERO), Some(vec![1, 2]));
        let started = Instant::now();
        buffer.put(records(&[3])).unwrap();
        assert_eq!(take(&buffer, 100, Duration::from_millis(80)), Some(vec![3]));
        assert!(started.elapsed() >= Duration::from_millis(80));
    }

    #[test]
    fn a_closed_buffer_lets_go_what_it_has_and_what_comes_from_within() {
        let buffer = Buffer::default();
        buffer.put(records(&[1])).unwrap();
        buffer.close();
        assert_eq!(take(&buffer, 100, NEVER), Some(vec![1]));
        assert_eq!(buffer.put(records(&[2])), Err(Full));
        buffer.put_until(records(&[3]).remove(0), Instant::now()).unwrap();
        assert_eq!(take(&buffer, 100, NEVER), Some(vec![3]));
        assert_eq!(take(&buffer, 100, NEVER), None);
    }

    #[test]
    fn many_small_records_make_no_event_over_lambdas_limit() {
        let buffer = Buffer::default();
        buffer.put(records(&vec![1; 60_000])).unwrap();
        let batch = buffer.take(|| Hints { size: 3 << 20, interval: NEVER }).unwrap();
        let event: usize = batch.iter().map(length_in_event).sum();
        assert!(event <= LARGEST_EVENT && event > LARGEST_EVENT - 1_000, "{event}");
    }

    #[test]
    fn who_outruns_the_destination_is_refused_and_may_wait() {
        let buffer = Arc::new(Buffer::default());
        let large = || records(&[CAPACITY / 2 - OVERHEAD]);
        buffer.put(large()).unwrap();
        buffer.put(large()).unwrap();
        assert_eq!(buffer.put(records(&[0])), Err(Full));
        let one = || records(&[0]).remove(0);
        assert_eq!(buffer.put_until(one(), Instant::now()), Err(Full));
        let other = Arc::clone(&buffer);
        let waiting =
            thread::spawn(move || other.put_until(one(), Instant::now() + Duration::from_mins(1)));
        assert_eq!(take(&buffer, 1, NEVER).unwrap().len(), 1);
        assert_eq!(waiting.join().unwrap(), Ok(()));
    }

    #[test]
    fn new_hints_hold_for_what_waits() {
        let buffer = Arc::new(Buffer::default());
        let interval = Arc::new(Mutex::new(NEVER));
        buffer.put(records(&[1])).unwrap();
        let (theirs, hint) = (Arc::clone(&buffer), Arc::clone(&interval));
        let taking = thread::spawn(move || {
            theirs.take(|| Hints { size: 100, interval: *hint.lock().unwrap() })
        });
        *interval.lock().unwrap() = Duration::ZERO;
        buffer.wake();
        assert_eq!(taking.join().unwrap().unwrap().len(), 1);
    }
}
