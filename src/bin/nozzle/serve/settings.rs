//! What a stream does with its records.

use std::time::Duration;

use super::rotation::Period;

/// What a stream does with its records.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct StreamSettings {
    /// Firehose's `IndexName`.
    pub index: String,
    /// How often a new index begins.
    pub rotation: Period,
    /// How many bytes are gathered at most.
    pub buffer_size: usize,
    /// How long they are gathered at most.
    pub buffer_interval: Duration,
    /// Whether there is a function between the records and the destination.
    pub transforms: bool,
}
