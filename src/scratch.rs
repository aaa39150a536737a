//! What is kept from one record to the next: buffers, and the counts so far.

use crate::intake::Unfolding;
use crate::response::PartitionKeys;
use crate::summary::Summary;

/// Buffers and counts.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Where a compressed payload unfolds.
    pub unfolding: Unfolding,
    /// What became of the record.
    pub output: Output,
    /// The counts.
    pub summary: Summary,
}

/// The finished documents of one record.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// The documents, with a line feed between two.
    pub documents: Vec<u8>,
    /// How many there are.
    pub count: u64,
    /// How many of them are less than they should be.
    pub degraded: u64,
    /// How many of them hold a traceback.
    pub tracebacks: u64,
    /// The first one's partition keys, when they are wanted.
    pub partition_keys: Option<PartitionKeys>,
}

impl Output {
    /// Forgets the record before, but keeps the buffer.
    pub(crate) fn clear(&mut self) {
        self.documents.clear();
        let documents = std::mem::take(&mut self.documents);
        *self = Self { documents, ..Self::default() };
    }
}
