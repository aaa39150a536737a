//! The last records that passed the stream, for the page: what came, what became of it, what left.
//!
//! A journal is bounded by records and by bytes; the oldest go first. What it counts is of all
//! records since the start, also of those that have gone.

mod counts;
mod digest;
mod filter;
mod mask;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use nozzle::Config;

pub(crate) use counts::{Counts, Overview};
pub(crate) use digest::{Digest, LEVELS};
pub(crate) use filter::Filter;

/// How many bytes the records of a journal may have, payloads and documents together.
const MOST_BYTES: usize = 64 * 1024 * 1024;

/// What a record takes beyond its payload, its document and its names, in bytes.
const OVERHEAD: usize = 1024;

/// A record that has passed the stream.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What the producer sent.
    pub(crate) payload: Vec<u8>,
    /// When it came to the stream.
    pub(crate) arrived: Timestamp,
    /// What the function made of it.
    pub(crate) result: Outcome,
    /// The finished document, when there is one.
    pub(crate) document: Option<Vec<u8>>,
    /// The index in which the document was put; empty without a document.
    pub(crate) index: String,
    /// The name of the delivery stream.
    pub(crate) stream: String,
}

/// What the function made of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It became a document.
    Ok,
    /// It holds no log, or its logs were sent on.
    Dropped,
    /// It lies among the failed records, for this reason.
    ProcessingFailed {
        /// Firehose's code for the reason, such as `Lambda.FunctionRequestFailed`.
        code: String,
    },
}

impl Outcome {
    /// The word that Firehose has for it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Ok => "Ok",
            Self::Dropped => "Dropped",
            Self::ProcessingFailed { .. } => "ProcessingFailed",
        }
    }

    /// Why the record failed, when it did.
    pub(crate) fn code(&self) -> Option<&str> {
        match self {
            Self::ProcessingFailed { code } => Some(code),
            Self::Ok | Self::Dropped => None,
        }
    }
}

/// An entry with its number and with what a list shows of it.
#[derive(Debug)]
pub(crate) struct Held {
    /// Its place among all records since the start, from 1.
    pub(crate) number: u64,
    pub(crate) entry: Entry,
    /// Whether the document was delivered with secrets, which it has here no more.
    pub(crate) is_masked: bool,
    pub(crate) digest: Digest,
}

impl Held {
    fn size(&self) -> usize {
        let Entry { payload, document, index, stream, .. } = &self.entry;
        let document = document.as_ref().map_or(0, Vec::len);
        payload.len() + document + index.len() + stream.len() + self.digest.size() + OVERHEAD
    }
}

/// The entries that a search found.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The newest that fit the search, the newest first.
    pub(crate) entries: Vec<Arc<Held>>,
    /// Whether there are older ones, beyond the limit.
    pub(crate) has_more: bool,
    /// The number of the newest entry, whether it fits or not; 0 without any.
    pub(crate) latest: u64,
    /// How many entries are held.
    pub(crate) held: usize,
}

/// Which part of the journal is searched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Range {
    /// Only entries with a greater number.
    pub(crate) after: u64,
    /// Only entries with a smaller number.
    pub(crate) before: u64,
    /// How many entries are wanted at most.
    pub(crate) limit: usize,
}

/// The last records, and what was counted of all.
#[derive(Debug)]
pub(crate) struct Journal {
    capacity: usize,
    /// Whose redactor masks the secrets in documents.
    masking: Option<Arc<Config>>,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    /// The oldest first.
    held: VecDeque<Arc<Held>>,
    bytes: usize,
    latest: u64,
    counts: Counts,
}

impl Journal {
    /// A journal of at most `capacity` records. With `masking`, which must not audit, it keeps no
    /// secret of a document.
    pub(crate) fn new(capacity: usize, masking: Option<Arc<Config>>) -> Self {
        Self { capacity: capacity.max(1), masking, inner: Mutex::default() }
    }

    /// Adds a record, and lets the oldest go for it when there is no room.
    pub(crate) fn add(&self, mut entry: Entry) {
        // A document may be large: it is read before others have to wait.
        let masked = match (&self.masking, &entry.document) {
            (Some(config), Some(document)) => mask::mask(document, &config.redactor),
            _ => None,
        };
        let is_masked = masked.is_some();
        entry.document = masked.or(entry.document);
        let digest = Digest::of(&entry);
        let mut inner = self.lock();
        inner.latest += 1;
        inner.counts.add(&entry, &digest);
        let held = Held { number: inner.latest, entry, is_masked, digest };
        inner.bytes += held.size();
        inner.held.push_back(Arc::new(held));
        while inner.held.len() > self.capacity || inner.bytes > MOST_BYTES {
            let Some(oldest) = inner.held.pop_front() else { break };
            inner.bytes -= oldest.size();
        }
    }

    /// The entry with this number, while it is held.
    pub(crate) fn get(&self, number: u64) -> Option<Arc<Held>> {
        let inner = self.lock();
        let oldest = inner.held.front()?.number;
        inner.held.get(usize::try_from(number.checked_sub(oldest)?).ok()?).cloned()
    }

    /// The newest entries of `range` that fit `filter`. The journal is not locked meanwhile.
    pub(crate) fn find(&self, filter: &Filter, range: Range) -> Found {
        let (all, latest, held) = {
            let inner = self.lock();
            let newest_first = inner.held.iter().rev();
            let all: Vec<_> = newest_first
                .skip_while(|held| held.number >= range.before)
                .take_while(|held| held.number > range.after)
                .cloned()
                .collect();
            (all, inner.latest, inner.held.len())
        };
        let mut fitting = all.into_iter().filter(|held| filter.fits(held));
        let entries = fitting.by_ref().take(range.limit).collect();
        Found { entries, has_more: fitting.next().is_some(), latest, held }
    }

    /// What was counted of all records, as seen at `now`.
    pub(crate) fn overview(&self, now: Timestamp) -> Overview {
        self.lock().counts.overview(now)
    }

    /// Whoever panicked while adding has left numbers that are one off at most.
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
