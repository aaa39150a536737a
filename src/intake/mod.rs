//! What a record holds, decided by looking at its bytes and never by configuration.

mod envelope;

use crate::document::{Degradation, Document};
use crate::error::RecordError;
use crate::event::{Event, Record};
use crate::json::{Object, Reader, Value};

/// Decodes a record's base64 into `payload`, which is cleared.
///
/// # Errors
/// [`RecordError::NoData`] and [`RecordError::InvalidBase64`].
pub fn decode_data(record: &Record<'_>, payload: &mut Vec<u8>) -> Result<(), RecordError> {
    payload.clear();
    let data = record.data.as_deref().ok_or(RecordError::NoData)?;
    base64_simd::STANDARD.decode_append(data, payload).map_err(|_| RecordError::InvalidBase64)
}

/// Makes the document of one record. `repaired` is where the text goes when the payload is not
/// UTF-8 and has to be copied.
///
/// # Errors
/// When the payload is empty, or holds what this version does not unpack.
pub fn read_payload<'a>(
    payload: &'a [u8],
    repaired: &'a mut String,
    event: &Event<'a>,
    record: &Record<'a>,
) -> Result<Document<'a>, RecordError> {
    if is_compressed(payload) {
        return Err(RecordError::Compressed);
    }
    let mut document = Document::default();
    let text = if let Ok(text) = simdutf8::basic::from_utf8(payload) {
        text
    } else {
        document.degradations.insert(Degradation::InvalidUtf8);
        *repaired = String::from_utf8_lossy(payload).into_owned();
        repaired.as_str()
    };
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n', '\0']);
    let first = text.trim_start_matches([' ', '\t', '\r', '\n']).bytes().next();
    match first {
        None => return Err(RecordError::Empty),
        Some(b'{' | b'[') => {
            if let Some(object) = read_objects(text)? {
                document.source = object;
            } else {
                if first == Some(b'{') {
                    document.degradations.insert(Degradation::BrokenJson);
                }
                document.source.push("message", text);
            }
        }
        Some(_) => document.source.push("message", text),
    }
    envelope::describe(event, record, &mut document);
    Ok(document)
}

/// The one object that `text` holds; `None` when it is not JSON objects from its first to its
/// last byte.
fn read_objects(text: &str) -> Result<Option<Object<'_>>, RecordError> {
    let mut reader = Reader::new(text);
    let mut objects = Vec::new();
    while !reader.is_at_end() {
        match reader.read_value() {
            Ok(Value::Object(object)) => objects.push(object),
            Ok(Value::Array(elements)) if objects.is_empty() => {
                for element in elements {
                    let Value::Object(object) = element else {
                        return Ok(None);
                    };
                    objects.push(object);
                }
            }
            _ => return Ok(None),
        }
        reader.skip_white_space();
    }
    if objects.len() > 1 {
        return Err(RecordError::SeveralDocuments);
    }
    match objects.pop() {
        Some(object) if is_cloudwatch_logs(&object) => Err(RecordError::CloudWatchLogs),
        object => Ok(object),
    }
}

/// The shape of what a CloudWatch Logs subscription sends. Source: *Subscription filters with
/// Amazon Data Firehose*
/// (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>).
fn is_cloudwatch_logs(object: &Object<'_>) -> bool {
    object.get("messageType").and_then(Value::as_str).is_some()
        && object.get("logEvents").and_then(Value::as_array).is_some()
}

/// Whether the payload begins with the magic number of gzip (RFC 1952) or zstd (RFC 8878).
fn is_compressed(payload: &[u8]) -> bool {
    payload.starts_with(&[0x1f, 0x8b]) || payload.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(payload: &[u8]) -> Result<(String, String), RecordError> {
        let mut repaired = String::new();
        let document = read_payload(payload, &mut repaired, &Event::default(), &Record::default())?;
        let mut source = Vec::new();
        crate::json::write_object(&document.source, &mut source);
        Ok((String::from_utf8(source).unwrap(), document.degradations.reason()))
    }

    #[test]
    fn an_object_is_a_document_and_so_is_a_text() {
        let cases: [(&[u8], &str); 9] = [
            (b"{\"a\":1}\n", r#"{"a":1}"#),
            (b" \n{ \"a\" : [ 1 ] } ", r#"{"a":[1]}"#),
            (b"[{\"a\":1}]", r#"{"a":1}"#),
            (b"\xef\xbb\xbf{\"a\":1}", r#"{"a":1}"#),
            (b"one\ntwo\n", r#"{"message":"one\ntwo"}"#),
            (b"  indented", r#"{"message":"  indented"}"#),
            (b"[ERROR] no", r#"{"message":"[ERROR] no"}"#),
            (b"[1,2]", r#"{"message":"[1,2]"}"#),
            (b"42", r#"{"message":"42"}"#),
        ];
        for (payload, source) in cases {
            assert_eq!(read(payload), Ok((source.to_owned(), String::new())), "{source}");
        }
    }

    #[test]
    fn what_is_not_quite_right_says_so() {
        for payload in [&b"{\"a\":1} tail"[..], b"{\"a\":1", b"{not json}"] {
            let (source, reason) = read(payload).unwrap();
            assert!(source.starts_with(r#"{"message":"{"#), "{source}");
            assert!(reason.contains("began like a JSON object"), "{reason}");
        }
        let (source, reason) = read(b"caf\xe9 \xff").unwrap();
        assert_eq!(source, "{\"message\":\"caf\u{fffd} \u{fffd}\"}");
        assert!(reason.contains("U+FFFD"), "{reason}");
    }

    #[test]
    fn what_is_no_single_document_is_refused_with_its_reason() {
        let cases: [(&[u8], RecordError); 9] = [
            (b"", RecordError::Empty),
            (b" \r\n", RecordError::Empty),
            (b"\x1f\x8b\x08\x00", RecordError::Compressed),
            (b"\x28\xb5\x2f\xfd\x04", RecordError::Compressed),
            (b"{\"a\":1}{\"a\":2}", RecordError::SeveralDocuments),
            (b"{\"a\":1}\n{\"a\":2}\n", RecordError::SeveralDocuments),
            (b"[{\"a\":1},{\"a\":2}]", RecordError::SeveralDocuments),
            (b"{\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[]}", RecordError::CloudWatchLogs),
            (
                b"{\"messageType\":\"CONTROL_MESSAGE\",\"logEvents\":[]}",
                RecordError::CloudWatchLogs,
            ),
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
            assert_eq!(
                decode_data(&record(data), &mut payload),
                Err(RecordError::InvalidBase64),
                "{data}"
            );
        }
        assert_eq!(decode_data(&Record::default(), &mut payload), Err(RecordError::NoData));
    }
}
