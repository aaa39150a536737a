//! Event bytes in, response bytes out: every record on its own, whatever it does.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use crate::config::{Config, SeveralDocuments};
use crate::document::Shortening;
use crate::error::{EventError, RecordError};
use crate::event::{Event, Record};
use crate::fanout::{FanOut, LARGEST_DOCUMENT, Settlement};
use crate::intake;
use crate::limits::LabelNames;
use crate::output::{Outcome, Several, put};
use crate::pipeline::{self, Input};
use crate::response::{Answers, Largest, RESPONSE_LIMIT};
use crate::scratch::Scratch;
use crate::summary::Summary;

/// What an event is transformed in: the time that there is, and the stream for the documents that
/// cannot stand in the response.
pub struct Surroundings<'s> {
    /// Asked before each record. Once it says so, the records that are left are answered
    /// [`RecordError::OutOfTime`], where a timeout would cost the whole event;
    /// [`time_for_answering`] says when that should be.
    pub time_is_up: &'s dyn Fn() -> bool,
    /// Where the documents of a record that holds several go, and documents for which the
    /// response has no room.
    pub fan_out: Option<&'s mut dyn FanOut>,
    /// The label names that earlier events brought, to which this one's are added: what keeps an
    /// index from having more than [`MOST_LABEL_NAMES`](crate::limits::MOST_LABEL_NAMES).
    pub label_names: Option<&'s mut LabelNames>,
}

impl Default for Surroundings<'_> {
    /// All the time in the world, no other stream, and no event before this one.
    fn default() -> Self {
        Self { time_is_up: &|| false, fan_out: None, label_names: None }
    }
}

/// Transforms one Firehose event. `response` is cleared and receives the whole answer, at most
/// [`RESPONSE_LIMIT`] bytes of JSON, with each record answered
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
    transform_in(Surroundings::default(), event, config, response)
}

/// Like [`transform`], but within the time that there is, and with a stream for what cannot stand
/// in the response. A record whose documents all arrived there is answered `Dropped`, because it
/// has nothing left to deliver; one of whose documents any did not arrive, `ProcessingFailed`.
///
/// # Errors
/// As [`transform`].
pub fn transform_in(
    surroundings: Surroundings<'_>,
    event: &[u8],
    config: &Config,
    response: &mut Vec<u8>,
) -> Result<Summary, EventError> {
    let Surroundings { time_is_up, fan_out, label_names } = surroundings;
    let mut of_this_event = LabelNames::default();
    let label_names = label_names.unwrap_or(&mut of_this_event);
    let mut scratch = Scratch::default();
    std::mem::swap(&mut scratch.memory.label_names, label_names);
    let summary = transform_with(
        fan_out,
        event,
        config,
        response,
        &mut scratch,
        |event, record, payload, scratch, several| {
            if time_is_up() {
                return Err(RecordError::OutOfTime);
            }
            let input = Input { event, record, payload };
            pipeline::process(input, config, scratch, several, time_is_up)
        },
    );
    *label_names = scratch.memory.label_names;
    summary
}

/// How much of an invocation's time is kept for answering: a tenth, but at least a second, and
/// never more than half.
#[must_use]
pub fn time_for_answering(invocation: Duration) -> Duration {
    (invocation / 10).max(Duration::from_secs(1)).min(invocation / 2)
}

/// Like [`transform_in`], with the work on one decoded record given by the caller.
fn transform_with<P>(
    mut fan_out: Option<&mut dyn FanOut>,
    event: &[u8],
    config: &Config,
    response: &mut Vec<u8>,
    scratch: &mut Scratch,
    process: P,
) -> Result<Summary, EventError>
where
    P: Fn(
        &Event<'_>,
        &Record<'_>,
        &[u8],
        &mut Scratch,
        &mut Several<'_>,
    ) -> Result<(), RecordError>,
{
    let event = catch_unwind(|| Event::parse(event)).unwrap_or(Err(EventError::Panicked))?;
    let mut payload = Vec::new();
    let mut answers = Answers::new(&event.records);
    let mut shortened = 0;
    for (position, record) in event.records.iter().enumerate() {
        let mut several = match (config.several_documents, fan_out.as_deref_mut()) {
            (SeveralDocuments::Join, _) => Several::Join(config.largest_payload),
            (SeveralDocuments::FanOutOrFail, Some(stream)) => Several::FanOut(position, stream),
            (SeveralDocuments::FanOutOrFail, None) => Several::Refuse,
        };
        // A panic leaves nothing behind that the next record does not clear.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            scratch.output.clear();
            intake::decode_data(record, &mut payload)?;
            process(&event, record, &payload, scratch, &mut several)
        }))
        .unwrap_or(Err(RecordError::Panicked));
        match outcome.and_then(|()| scratch.output.outcome()) {
            Ok(Outcome::Here(documents)) => answers.deliver(documents),
            Ok(Outcome::FannedOut(counts)) => answers.fan_out(counts),
            Err(error) => answers.refuse(error),
        }
        shortened += make_room(&mut answers, &mut fan_out, config);
    }
    let settlement = settle(&mut answers, fan_out);
    answers.write(response);
    Ok(Summary {
        records: event.records.len() as u64,
        delivered: answers.delivered(),
        fanned_out: answers.fanned_out(),
        counts: answers.counts(),
        refused: answers.refused().collect(),
        shortened,
        redactions: std::mem::take(&mut scratch.memory.redactions),
        settlement,
    })
}

/// Takes documents out of the response until it fits: into the stream when there is one, else
/// they become shorter, and are given up only when there is nothing left to shorten. Returns how
/// many were shortened.
fn make_room(
    answers: &mut Answers<'_>,
    fan_out: &mut Option<&mut dyn FanOut>,
    config: &Config,
) -> u64 {
    let mut shortened = 0;
    while answers.is_too_long() {
        // There are more records than an event can hold, and no document in their answers.
        let Some(Largest { position, shortening }) = answers.take_largest() else { break };
        // A defect must not cost more than the record.
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            let documents = answers.documents(position);
            if let Some(stream) = fan_out {
                return fan_out_largest(documents, position, shortening, *stream, config);
            }
            let next = shortening.next().ok_or(RecordError::ResponseFull)?;
            Ok(match pipeline::shorten_documents(documents, next, config) {
                Some(shorter) => Room::Shortened(shorter, next),
                None => Room::Later(next),
            })
        }))
        .unwrap_or(Err(RecordError::Panicked));
        match outcome {
            Ok(Room::FannedOut) => answers.fan_out_at(position),
            Ok(Room::Later(shortening)) => answers.postpone(position, shortening),
            Ok(Room::Shortened(shorter, shortening)) => {
                shortened += u64::from(shorter.len() < answers.documents(position).len());
                answers.shorten(position, &shorter, shortening);
            }
            Err(error) => answers.refuse_at(position, error),
        }
    }
    shortened
}

/// Puts the documents of a record into the stream, unless one is larger than the stream takes: the
/// others may make room enough. When there are no others, it is shortened as far as it must be.
fn fan_out_largest(
    documents: &[u8],
    position: usize,
    shortening: Shortening,
    stream: &mut dyn FanOut,
    config: &Config,
) -> Result<Room, RecordError> {
    let is_last = shortening == Shortening::StackTrace;
    let could_fit = documents.len() < RESPONSE_LIMIT / 4 * 3;
    let mut lines = documents.split_inclusive(|byte| *byte == b'\n');
    let is_too_large = |document: &[u8]| document.len() > LARGEST_DOCUMENT;
    if !is_last && could_fit && lines.clone().any(is_too_large) {
        return Ok(Room::Later(Shortening::StackTrace));
    }
    let shorten = |document: &[u8], limit| pipeline::shorten_below(document, limit, config);
    lines.try_for_each(|document| put(document, position, stream, shorten))?;
    Ok(Room::FannedOut)
}

/// What became of documents for which there was no room.
enum Room {
    FannedOut,
    /// They give way after those that have given up less.
    Later(Shortening),
    Shortened(Vec<u8>, Shortening),
}

/// Waits for the stream. The records of whose documents any did not arrive there have failed.
fn settle(answers: &mut Answers<'_>, fan_out: Option<&mut dyn FanOut>) -> Settlement {
    let settlement = fan_out.map(FanOut::settle).unwrap_or_default();
    for position in settlement.failed.keys() {
        answers.fail(*position, RecordError::NotFannedOut);
    }
    settlement
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::RecordResult;
    use crate::summary::Counts;

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
        let surroundings = Surroundings { time_is_up: &clock, ..Surroundings::default() };
        let summary = transform_in(surroundings, event.as_bytes(), &config, &mut response).unwrap();
        assert_eq!(summary.delivered, 3);
        assert_eq!(summary.refused, [(3, RecordError::OutOfTime), (4, RecordError::OutOfTime)]);
        let response: serde_json::Value = serde_json::from_slice(&response).unwrap();
        assert_eq!(response["records"][4]["result"], "ProcessingFailed");
    }

    #[test]
    fn time_can_be_up_within_a_record() {
        let settings = crate::config::Settings::default();
        let config = Config::compile_locally(&settings).unwrap();
        let data = base64_simd::STANDARD.encode_to_string("{\"a\":1}\n".repeat(1_000_000));
        let event = format!(r#"{{"records":[{{"recordId":"a","data":"{data}"}}]}}"#);
        let asked = std::cell::Cell::new(0);
        let clock = || {
            asked.set(asked.get() + 1);
            asked.get() > 10
        };
        let mut stream = Forgetful::default();
        let surroundings = Surroundings {
            time_is_up: &clock,
            fan_out: Some(&mut stream),
            ..Surroundings::default()
        };
        let mut response = Vec::new();
        let summary = transform_in(surroundings, event.as_bytes(), &config, &mut response).unwrap();
        assert_eq!(summary.refused, [(0, RecordError::OutOfTime)]);
        assert_eq!((stream.0, asked.get()), (10, 11));
    }

    /// A stream that only counts.
    #[derive(Default)]
    struct Forgetful(usize);

    impl FanOut for Forgetful {
        fn put(&mut self, _: usize, _: &[u8]) {
            self.0 += 1;
        }

        fn settle(&mut self) -> Settlement {
            Settlement::default()
        }
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
        let config = Config::compile_locally(&crate::config::Settings::default()).unwrap();
        let process = |_: &Event<'_>,
                       _: &Record<'_>,
                       payload: &[u8],
                       scratch: &mut Scratch,
                       several: &mut Several<'_>| {
            let encode = |out: &mut Vec<u8>| out.extend_from_slice(payload);
            scratch.output.take(Counts::default(), several, encode, |_, _| None);
            assert_ne!(payload, b"b", "a defect");
            Ok(())
        };
        let summary =
            transform_with(None, event, &config, &mut response, &mut Scratch::default(), process)
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
