//! Stub until the client lands.
use std::collections::BTreeMap;

/// Where finished documents go that cannot stand in the answer of their record.
pub trait FanOut {
    /// Takes one finished document of the record at `record`.
    fn put(&mut self, record: usize, document: &[u8]);
    /// Waits.
    fn settle(&mut self) -> Settlement;
}

/// What became of it.
#[derive(Debug, Default)]
pub struct Settlement {
    /// Documents.
    pub accepted: u64,
    /// Failed.
    pub failed: BTreeMap<usize, PutError>,
    /// Requests.
    pub requests: u64,
    /// Entries sent again.
    pub retries: u64,
}

/// Why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PutError {
    /// Throttled.
    Throttled,
}

/// Largest.
pub const LARGEST_DOCUMENT: usize = 1_024_000;
