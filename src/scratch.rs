//! What is kept from one record to the next: buffers, and the counts so far.

use crate::response::PartitionKeys;
use crate::summary::Summary;

/// Buffers and counts.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// The finished document.
    pub document: Vec<u8>,
    /// Where a payload that is not UTF-8 is repaired.
    pub repaired: String,
    /// The document's partition keys, when they are wanted.
    pub partition_keys: Option<PartitionKeys>,
    /// Whether the document is less than it should be.
    pub is_degraded: bool,
    /// Whether the document holds a traceback.
    pub has_traceback: bool,
    /// The counts.
    pub summary: Summary,
}
