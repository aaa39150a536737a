//! What a record holds, decided by looking at its bytes and never by configuration: compressed or
//! not, CloudWatch log events, JSON objects one after another, wrappers around the true log, or
//! text. Each log in it becomes a document.

mod cloudwatch;
mod decompress;
mod envelope;
mod regroup;
mod sequence;
mod wrapper;

use std::ops::ControlFlow;

use crate::document::{Degradation, Document};
use crate::error::RecordError;
use crate::event::{Event, Record};
use crate::json::{Object, Value};

use decompress::{DecompressError, Decompressor, decompress};

/// Decodes a record's base64 into `payload`, which is cleared.
///
/// # Errors
/// [`RecordError::NoData`] and [`RecordError::InvalidBase64`].
pub fn decode_data(record: &Record<'_>, payload: &mut Vec<u8>) -> Result<(), RecordError> {
    payload.clear();
    let data = record.data.as_deref().ok_or(RecordError::NoData)?;
    base64_simd::STANDARD.decode_append(data, payload).map_err(|_| RecordError::InvalidBase64)
}

/// Where compressed payloads unfold; kept from one to the next.
#[derive(Debug, Default)]
pub struct Unfolding {
    payload: Vec<u8>,
    decompressor: Decompressor,
}

/// The payload as it was before it was compressed, once or twice, with gzip or zstd; the payload
/// itself when it is not compressed. Neither layer may unfold to more than `limit` bytes.
///
/// # Errors
/// [`RecordError::CorruptArchive`], [`RecordError::ArchiveTooLarge`] and
/// [`RecordError::NestedArchive`].
pub fn unfold<'p>(
    payload: &'p [u8],
    limit: usize,
    unfolding: &'p mut Unfolding,
) -> Result<&'p [u8], RecordError> {
    let Unfolding { payload: unfolded, decompressor } = unfolding;
    match decompress(payload, limit, unfolded, decompressor) {
        Ok(false) => Ok(payload),
        Ok(true) => Ok(unfolded),
        Err(DecompressError::Corrupt) => Err(RecordError::CorruptArchive),
        Err(DecompressError::TooLarge) => Err(RecordError::ArchiveTooLarge),
        Err(DecompressError::TooManyLayers) => Err(RecordError::NestedArchive),
    }
}

/// Reads the logs in a payload that is not compressed, and hands the document of each to `take`
/// in the order in which they stand. A document borrows from what is taken apart on the way, so
/// it is handed over and not kept; `take` says whether it wants another. With it comes the text in which all that the producer wrote of
/// it stands, where there is such a text. An object that is a document already is handed over as it
/// is; with `keeps_unknown_fields` such a document may hold fields that are not ours.
///
/// # Errors
/// When there is no log in it: [`RecordError::Empty`] and [`RecordError::ControlMessage`].
pub fn read_payload(
    payload: &[u8],
    event: &Event<'_>,
    record: &Record<'_>,
    keeps_unknown_fields: bool,
    take: &mut dyn FnMut(Document<'_>, Option<&str>) -> ControlFlow<()>,
) -> Result<(), RecordError> {
    let mut degradation = None;
    let repaired;
    let text = if let Ok(text) = simdutf8::basic::from_utf8(payload) {
        text
    } else {
        degradation = Some(Degradation::InvalidUtf8);
        repaired = String::from_utf8_lossy(payload);
        repaired.as_ref()
    };
    let mut ordinal = 0;
    let mut hand_over = |mut document: Document<'_>, text: Option<&str>| {
        if let Some(degradation) = degradation {
            document.degradations.insert(degradation);
        }
        if document.is_finished {
            ordinal += 1;
            return take(document, text);
        }
        let document = envelope::describe(event, record, ordinal, document);
        ordinal += 1;
        wrapper::unwrap(document, text, take)
    };
    let mut control_message = false;
    let _ = sequence::read(text, &mut |log| match log {
        sequence::Log::CloudWatch(payload) => {
            control_message |= payload.is_control_message;
            // The payload's own text holds the log of every other document too.
            payload.read(&mut |document| hand_over(document, None))
        }
        sequence::Log::Object(source, text) => {
            let document = Document::from_finished(source, keeps_unknown_fields, record.arrival);
            let other = |source| Document { source, ..Document::default() };
            hand_over(document.unwrap_or_else(other), Some(text))
        }
        sequence::Log::Text(text) => hand_over(text_document(text), Some(text)),
        sequence::Log::BrokenJson(text) => {
            let mut document = text_document(text);
            document.degradations.insert(Degradation::BrokenJson);
            hand_over(document, Some(text))
        }
    });
    match (ordinal, control_message) {
        (0, true) => Err(RecordError::ControlMessage),
        (0, false) => Err(RecordError::Empty),
        _ => Ok(()),
    }
}

fn text_document(text: &str) -> Document<'_> {
    let mut source = Object::new();
    source.push("message", Value::from(text));
    Document { source, ..Document::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Field;

    fn read(payload: &[u8]) -> Result<Vec<(String, String)>, RecordError> {
        let mut documents = Vec::new();
        let record = Record { id: Some("r".into()), ..Record::default() };
        read_payload(payload, &Event::default(), &record, false, &mut |document, _| {
            let mut source = Vec::new();
            crate::json::write_object(&document.source, &mut source);
            assert!(document.fields.contains(Field::EventId));
            documents.push((String::from_utf8(source).unwrap(), document.degradations.reason()));
            ControlFlow::Continue(())
        })?;
        Ok(documents)
    }

    fn sources(payload: &str) -> Vec<String> {
        read(payload.as_bytes()).unwrap().into_iter().map(|(source, _)| source).collect()
    }

    #[test]
    fn each_log_is_a_document() {
        assert_eq!(sources("{\"a\":1}\n"), [r#"{"a":1}"#]);
        assert_eq!(sources("one\ntwo\n"), [r#"{"message":"one\ntwo"}"#]);
        assert_eq!(sources("{\"a\":1}{\"b\":2}"), [r#"{"a":1}"#, r#"{"b":2}"#]);
        assert_eq!(
            sources(r#"{"log":"{\"a\":1}\n","stream":"stdout"}"#),
            [r#"{"stream":"stdout","a":1}"#]
        );
        let cloudwatch = r#"{"messageType":"DATA_MESSAGE","logEvents":[{"id":"1","message":"x"},{"id":"2","message":"{\"a\":1}"}]}"#;
        assert_eq!(sources(cloudwatch), [r#"{"message":"x"}"#, r#"{"a":1}"#]);
    }

    #[test]
    fn what_is_not_quite_right_says_so() {
        let (source, reason) = read(b"caf\xe9 \xff").unwrap().remove(0);
        assert_eq!(source, "{\"message\":\"caf\u{fffd} \u{fffd}\"}");
        assert!(reason.contains("U+FFFD"), "{reason}");
        let documents = read(b"{\"a\":1}\n{\"b\":\n").unwrap();
        assert_eq!(documents[0].1, "");
        assert!(documents[1].1.contains("began like a JSON object"), "{}", documents[1].1);
    }

    #[test]
    fn a_record_without_a_log_has_no_document() {
        let control =
            br#"{"messageType":"CONTROL_MESSAGE","owner":"CloudwatchLogs","logGroup":"","logEvents":[{"id":"1","message":"x"}]}"#;
        let cases: [(&[u8], RecordError); 4] = [
            (b"", RecordError::Empty),
            (b" \r\n", RecordError::Empty),
            (control, RecordError::ControlMessage),
            (br#"{"messageType":"DATA_MESSAGE","logEvents":[]}"#, RecordError::Empty),
        ];
        for (payload, error) in cases {
            assert_eq!(read(payload), Err(error));
        }
    }

    #[test]
    fn data_must_be_base64() {
        let mut payload = b"left over".to_vec();
        let record = |data: &'static str| Record { data: Some(data.into()), ..Record::default() };
        assert_eq!(decode_data(&record("aGVsbG8="), &mut payload), Ok(()));
        assert_eq!(payload, b"hello");
        for data in ["aGVsbG8", "aGVsbG8==", "aGV sbG8=", "a-_=", "!", "aGVsbG9="] {
            let error = decode_data(&record(data), &mut payload);
            assert_eq!(error, Err(RecordError::InvalidBase64), "{data}");
        }
        assert_eq!(decode_data(&Record::default(), &mut payload), Err(RecordError::NoData));
    }
}
