//! Event bytes in, response bytes out: every record on its own, whatever it does.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::config::Config;
use crate::error::{EventError, RecordError};
use crate::event::{Event, Record};
use crate::intake;
use crate::pipeline;
use crate::response::{PartitionKeys, RecordResult, ResponseWriter};

/// What was done with an event, in numbers that a metric can hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// How many records the event held.
    pub records: u64,
    /// How many of them became a document.
    pub delivered: u64,
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

/// What is kept from one record to the next: buffers, and the counts so far.
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

/// Transforms one Firehose event. `response` is cleared and receives the whole answer, at most
/// [`RESPONSE_LIMIT`](crate::response::RESPONSE_LIMIT) bytes of JSON, with each record answered
/// once and in order.
///
/// # Errors
/// Only when the event itself cannot be read. Whatever is wrong with a record is told in that
/// record's answer.
pub fn transform(
    event: &[u8],
    config: &Config,
    response: &mut Vec<u8>,
) -> Result<Summary, EventError> {
    transform_with(event, response, |event, record, payload, scratch| {
        pipeline::process(event, record, payload, config, scratch)
    })
}

/// Like [`transform`], with the work on one decoded record given by the caller.
pub(crate) fn transform_with<P>(
    event: &[u8],
    response: &mut Vec<u8>,
    process: P,
) -> Result<Summary, EventError>
where
    P: Fn(&Event<'_>, &Record<'_>, &[u8], &mut Scratch) -> Result<(), RecordError>,
{
    let event = catch_unwind(|| Event::parse(event)).unwrap_or(Err(EventError::Panicked))?;
    let mut scratch = Scratch::default();
    let mut payload = Vec::new();
    let mut writer = ResponseWriter::new(response, &event);
    for (position, record) in event.records.iter().enumerate() {
        // A panic leaves nothing behind that the next record does not clear.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            scratch.document.clear();
            scratch.partition_keys = None;
            intake::decode_data(record, &mut payload)?;
            process(&event, record, &payload, &mut scratch)
        }))
        .unwrap_or(Err(RecordError::Panicked));
        let outcome = outcome.and_then(|()| {
            writer.deliver(record, &scratch.document, scratch.partition_keys.as_ref())
        });
        match outcome {
            Ok(()) => {
                scratch.summary.delivered += 1;
                scratch.summary.degraded += u64::from(scratch.is_degraded);
                scratch.summary.tracebacks += u64::from(scratch.has_traceback);
            }
            Err(error) => {
                writer.refuse(record, error);
                scratch.summary.refused.push((position, error));
            }
        }
        scratch.summary.records += 1;
    }
    writer.finish();
    Ok(scratch.summary)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_costs_one_record() {
        let event = br#"{"records":[{"recordId":"a","data":"YQ=="},{"recordId":"b","data":"Yg=="},
                        {"recordId":"c","data":"Yw=="},{"recordId":"d","data":"!"}]}"#;
        let mut response = Vec::new();
        let summary = transform_with(event, &mut response, |_, _, payload, scratch| {
            scratch.document.extend_from_slice(payload);
            assert_ne!(payload, b"b", "a defect");
            Ok(())
        })
        .unwrap();
        let response: serde_json::Value = serde_json::from_slice(&response).unwrap();
        let answers: Vec<_> = response["records"]
            .as_array()
            .unwrap()
            .iter()
            .map(|record| {
                let text = |key: &str| record[key].as_str().unwrap().to_owned();
                (text("recordId"), text("result"), text("data"))
            })
            .collect();
        let expected = [
            ("a", "Ok", "YQ=="),
            ("b", "ProcessingFailed", ""),
            ("c", "Ok", "Yw=="),
            ("d", "ProcessingFailed", ""),
        ]
        .map(|(id, result, data)| (id.to_owned(), result.to_owned(), data.to_owned()));
        assert_eq!(answers, expected);
        assert_eq!(summary.refused, [(1, RecordError::Panicked), (3, RecordError::InvalidBase64)]);
        assert_eq!(summary.answered(RecordResult::Ok), 2);
        assert_eq!(summary.answered(RecordResult::ProcessingFailed), 2);
    }
}
