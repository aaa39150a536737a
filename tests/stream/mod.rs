//! A fan-out stream that keeps what it is given, and takes all but what it is told to fail.

use nozzle::fanout::{FanOut, LARGEST_DOCUMENT, PutError, Settlement};

/// The stream.
#[derive(Default)]
pub(crate) struct Stream {
    /// The documents, with the position of the record of each.
    pub(crate) documents: Vec<(usize, Vec<u8>)>,
    /// The positions of records whose documents do not arrive.
    pub(crate) failing: Vec<usize>,
}

impl FanOut for Stream {
    fn put(&mut self, record: usize, document: &[u8]) {
        assert!(document.len() <= LARGEST_DOCUMENT);
        self.documents.push((record, document.to_vec()));
    }

    fn settle(&mut self) -> Settlement {
        let failed = self.failing.iter().map(|record| (*record, PutError::Throttled));
        Settlement { failed: failed.collect(), ..Settlement::default() }
    }
}
