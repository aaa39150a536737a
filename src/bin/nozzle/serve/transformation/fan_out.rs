//! The stream of this server that takes the documents of records that hold several.

use std::time::{Duration, Instant};

use nozzle::FanOut;
use nozzle::fanout::{LARGEST_DOCUMENT, PutError, Settlement};

use crate::serve::streams::Streams;

/// How long a stream that is full may take to make room.
const PATIENCE: Duration = Duration::from_secs(30);

/// A stream of this server, reached without a request.
pub(super) struct LocalStream<'s> {
    streams: &'s Streams,
    name: &'s str,
    deadline: Instant,
    settlement: Settlement,
}

impl<'s> LocalStream<'s> {
    /// The stream `name`, into which the worker of the stream `of` puts.
    pub(super) fn new(streams: &'s Streams, name: &'s str, of: &str) -> Self {
        // Nobody else makes room in a worker's own stream.
        let patience = if name == of { Duration::ZERO } else { PATIENCE };
        let deadline = Instant::now() + patience;
        Self { streams, name, deadline, settlement: Settlement::default() }
    }

    fn try_put(&self, document: &[u8]) -> Result<(), PutError> {
        if document.len() > LARGEST_DOCUMENT {
            return Err(PutError::TooLarge);
        }
        let stream = self.streams.get(self.name).ok_or(PutError::NoSuchStream)?;
        let record = self.streams.ids.record(document.to_owned());
        stream.buffer.put_until(record, self.deadline).map_err(|_| PutError::Throttled)
    }
}

impl FanOut for LocalStream<'_> {
    fn put(&mut self, record: usize, document: &[u8]) {
        match self.try_put(document) {
            Ok(()) => self.settlement.accepted += 1,
            Err(cause) => {
                self.settlement.failed.entry(record).or_insert(cause);
            }
        }
    }

    fn settle(&mut self) -> Settlement {
        std::mem::take(&mut self.settlement)
    }
}
