//! What is kept from one record to the next: buffers, names, and the findings so far.

use std::collections::BTreeMap;

use crate::intake::Unfolding;
use crate::limits::LabelNames;
use crate::normalize::Shapes;
use crate::output::Output;

/// Buffers, and what is remembered.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// Where a compressed payload unfolds.
    pub unfolding: Unfolding,
    /// What the record became.
    pub output: Output,
    /// What is remembered of the documents before.
    pub memory: Memory,
}

/// What is remembered of the documents before.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    /// The label names that were let pass.
    pub label_names: LabelNames,
    /// What is known of the logs' keys.
    pub shapes: Shapes,
    /// How many secrets were found, by rule id.
    pub redactions: BTreeMap<String, u64>,
}
