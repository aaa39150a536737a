//! Event bytes in, response bytes out: every record on its own, whatever it does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::config::Config;
use crate::error::{EventError, RecordError};
use crate::event::{Event, Record};
use crate::intake;
use crate::pipeline;
use crate::response::ResponseWriter;
use crate::scratch::Scratch;
use crate::summary::Summary;

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
    transform_until(event, config, || false, response)
}

/// Like [`transform`], but gives up as soon as `time_is_up`, which is asked before each record:
/// the records that are left are answered [`RecordError::OutOfTime`], where a timeout would cost
/// the whole event. [`time_for_answering`] says when that should be.
///
/// # Errors
/// As [`transform`].
pub fn transform_until(
    event: &[u8],
    config: &Config,
    time_is_up: impl Fn() -> bool,
    response: &mut Vec<u8>,
) -> Result<Summary, EventError> {
    transform_with(event, response, |event, record, payload, scratch| {
        if time_is_up() {
            return Err(RecordError::OutOfTime);
        }
        pipeline::process(event, record, payload, config, scratch)
    })
}

/// How much of an invocation's time is kept for answering: a tenth, but at least a second, and
/// never more than half.
#[must_use]
pub fn time_for_answering(invocation: Duration) -> Duration {
    (invocation / 10).max(Duration::from_secs(1)).min(invocation / 2)
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
            scratch.output.clear();
            intake::decode_data(record, &mut payload)?;
            process(&event, record, &payload, &mut scratch)
        }))
        .unwrap_or(Err(RecordError::Panicked));
        let output = &scratch.output;
        let outcome = outcome.and_then(|()| {
            writer.deliver(record, &output.documents, output.partition_keys.as_ref())
        });
        match outcome {
            Ok(()) => {
                scratch.summary.delivered += 1;
                scratch.summary.documents += output.count;
                scratch.summary.degraded += output.degraded;
                scratch.summary.tracebacks += output.tracebacks;
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
    use crate::error::RecordResult;

    #[test]
    fn when_time_is_up_the_rest_is_answered_as_failed() {
        let settings = crate::config::Settings::default();
        let config = Config::compile_locally(&settings).unwrap();
        let records = |count: usize| vec![r#"{"recordId":"a","data":"YQ=="}"#; count].join(",");
        let event = format!("{{\"records\":[{}]}}", records(5));
        let asked = std::cell::Cell::new(0);
        let clock = || {
            asked.set(asked.get() + 1);
            asked.get() > 3
        };
        let mut response = Vec::new();
        let summary = transform_until(event.as_bytes(), &config, clock, &mut response).unwrap();
        assert_eq!(summary.delivered, 3);
        assert_eq!(summary.refused, [(3, RecordError::OutOfTime), (4, RecordError::OutOfTime)]);
        let response: serde_json::Value = serde_json::from_slice(&response).unwrap();
        assert_eq!(response["records"][4]["result"], "ProcessingFailed");
    }

    #[test]
    fn a_tenth_of_the_time_but_a_second_is_for_answering() {
        let cases = [(300_000, 30_000), (60_000, 6_000), (5_000, 1_000), (1_000, 500), (0, 0)];
        for (invocation, answering) in cases {
            let kept = time_for_answering(Duration::from_millis(invocation));
            assert_eq!(kept, Duration::from_millis(answering), "{invocation}");
        }
    }

    #[test]
    fn a_panic_costs_one_record() {
        let event = br#"{"records":[{"recordId":"a","data":"YQ=="},{"recordId":"b","data":"Yg=="},
                        {"recordId":"c","data":"Yw=="},{"recordId":"d","data":"!"}]}"#;
        let mut response = Vec::new();
        let summary = transform_with(event, &mut response, |_, _, payload, scratch| {
            scratch.output.documents.extend_from_slice(payload);
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
