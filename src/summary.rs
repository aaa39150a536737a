//! What was done with an event, in numbers that a metric can hold.

use std::collections::BTreeMap;

use crate::error::{RecordError, RecordResult};

/// The counts of one event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many records the event held.
    pub records: u64,
    /// How many of them were delivered.
    pub delivered: u64,
    /// How many documents they became.
    pub documents: u64,
    /// How many documents are less than they should be (`event.kind: pipeline_error`).
    pub degraded: u64,
    /// How many documents hold a traceback.
    pub tracebacks: u64,
    /// The records that have no document, by their position in the event, and why.
    pub refused: Vec<(usize, RecordError)>,
    /// How many secrets were found, by rule id.
    pub redactions: BTreeMap<String, u64>,
}

impl Summary {
    /// How many records were answered with `result`.
    #[must_use]
    pub fn answered(&self, result: RecordResult) -> u64 {
        let refused = self.refused.iter().filter(|(_, error)| error.result() == result);
        let delivered = if result == RecordResult::Ok { self.delivered } else { 0 };
        delivered + refused.map(|_| 1).sum::<u64>()
    }

    /// How many records have no document, by cause.
    #[must_use]
    pub fn refused_by_cause(&self) -> BTreeMap<RecordError, u64> {
        let mut counts = BTreeMap::new();
        for (_, error) in &self.refused {
            *counts.entry(*error).or_default() += 1;
        }
        counts
    }
}
