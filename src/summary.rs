//! What was done with an event, in numbers that a metric can hold.

use std::collections::BTreeMap;
use std::iter::Sum;

use crate::error::{RecordError, RecordResult};
use crate::fanout::{PutError, Settlement};

/// Documents, by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// How many there are.
    pub documents: u64,
    /// How many of them are less than they should be (`event.kind: pipeline_error`).
    pub degraded: u64,
    /// How many of them hold a traceback.
    pub tracebacks: u64,
}

impl Sum for Counts {
    fn sum<I: Iterator<Item = Self>>(counts: I) -> Self {
        counts.fold(Self::default(), |sum, counts| Self {
            documents: sum.documents + counts.documents,
            degraded: sum.degraded + counts.degraded,
            tracebacks: sum.tracebacks + counts.tracebacks,
        })
    }
}

/// The counts of one event.
#[derive(Debug, Default)]
pub struct Summary {
    /// How many records the event held.
    pub records: u64,
    /// How many of them were answered with their documents.
    pub delivered: u64,
    /// How many of them have all their documents in the fan-out stream.
    pub fanned_out: u64,
    /// The documents of these records.
    pub counts: Counts,
    /// The records that have no document, by their position in the event, and why.
    pub refused: Vec<(usize, RecordError)>,
    /// How many documents were shortened so that the response fits.
    pub shortened: u64,
    /// How many secrets were found, by rule id.
    pub redactions: BTreeMap<String, u64>,
    /// What became of the documents that were put into the fan-out stream.
    pub settlement: Settlement,
}

impl Summary {
    /// How many records were answered with `result`.
    #[must_use]
    pub fn answered(&self, result: RecordResult) -> u64 {
        let refused = self.refused.iter().filter(|(_, error)| error.result() == result);
        let others = match result {
            RecordResult::Ok => self.delivered,
            RecordResult::Dropped => self.fanned_out,
            RecordResult::ProcessingFailed => 0,
        };
        others + refused.map(|_| 1).sum::<u64>()
    }

    /// How many records have no document, by cause.
    #[must_use]
    pub fn refused_by_cause(&self) -> BTreeMap<RecordError, u64> {
        count(self.refused.iter().map(|(_, error)| *error))
    }

    /// How many records have a document that did not arrive in the fan-out stream, by cause.
    #[must_use]
    pub fn put_failures_by_cause(&self) -> BTreeMap<PutError, u64> {
        count(self.settlement.failed.values().copied())
    }
}

fn count<T: Ord>(causes: impl Iterator<Item = T>) -> BTreeMap<T, u64> {
    let mut counts = BTreeMap::new();
    for cause in causes {
        *counts.entry(cause).or_default() += 1;
    }
    counts
}
