//! What goes into one `PutRecordBatch`.
//!
//! Source of the limits: `PutRecordBatch`
//! (<https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html>): "Each
//! `PutRecordBatch` request supports up to 500 records. Each record in the request can be as large as
//! 1,000 KB (before base64 encoding), up to a limit of 4 MB for the entire request."
//!
//! Whether the 4 MiB are counted before or after base64 the page does not say, and producers have
//! seen both: four records of 1 MB pass (kolide/fleet#2022), and batches that count 4 MiB before it
//! are refused (awslabs/lambda-streams-to-firehose#49). So the whole body is counted, as sent: it
//! stands under either reading.

use base64_simd::STANDARD;
use serde_json::Value;

/// The most bytes that one document may have, before base64: 1,000 KiB.
pub const LARGEST_DOCUMENT: usize = 1_024_000;

/// The most documents in one request.
const MOST_DOCUMENTS: usize = 500;

/// The most bytes of one request's body.
const LARGEST_BODY: usize = 4 * 1024 * 1024;

/// What stands around the records, with the longest name that a stream may have.
const ENVELOPE: usize = r#"{"DeliveryStreamName":"","Records":[]}"#.len() + 64;

/// What stands around the base64 of one document.
const AROUND_DOCUMENT: usize = r#"{"Data":""},"#.len();

/// The body of a request that puts these documents into `stream`.
///
/// Written here and not by a serialiser, because no copy of a document should be made on the way.
pub(super) fn body<'d>(stream: &str, documents: impl Iterator<Item = &'d [u8]> + Clone) -> Vec<u8> {
    let size = ENVELOPE + documents.clone().map(size_in_body).sum::<usize>();
    let mut body = Vec::with_capacity(size);
    body.extend_from_slice(br#"{"DeliveryStreamName":"#);
    body.extend_from_slice(Value::from(stream).to_string().as_bytes());
    body.extend_from_slice(br#","Records":["#);
    for (position, document) in documents.enumerate() {
        body.extend_from_slice(if position == 0 { br#"{"Data":""# } else { br#",{"Data":""# });
        STANDARD.encode_append(document, &mut body);
        body.extend_from_slice(br#""}"#);
    }
    body.extend_from_slice(b"]}");
    body
}

/// A document and the record that it comes from.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) record: usize,
    pub(super) document: Vec<u8>,
}

/// The documents of one request.
#[derive(Debug, Default)]
pub(super) struct Batch {
    pub(super) entries: Vec<Entry>,
    /// The bytes that the entries take in the request's body.
    size: usize,
}

impl Batch {
    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether this document fits into the request. Into an empty one every document does that is
    /// not larger than [`LARGEST_DOCUMENT`].
    pub(super) fn has_room_for(&self, document: &[u8]) -> bool {
        self.entries.len() < MOST_DOCUMENTS
            && ENVELOPE + self.size + size_in_body(document) <= LARGEST_BODY
    }

    pub(super) fn push(&mut self, record: usize, document: &[u8]) {
        self.size += size_in_body(document);
        self.entries.push(Entry { record, document: document.to_vec() });
    }

    /// The records that have a document here, each once if their documents were put in a row.
    pub(super) fn records(&self) -> Vec<usize> {
        let mut records: Vec<_> = self.entries.iter().map(|entry| entry.record).collect();
        records.dedup();
        records
    }
}

/// The bytes that a document takes in the request's body: padded base64 in its JSON object.
const fn size_in_body(document: &[u8]) -> usize {
    document.len().div_ceil(3) * 4 + AROUND_DOCUMENT
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(documents: &[usize]) -> Batch {
        let mut batch = Batch::default();
        for length in documents {
            batch.push(0, &vec![b'x'; *length]);
        }
        batch
    }

    #[test]
    fn five_hundred_documents_and_no_more() {
        assert!(batch(&[2; 499]).has_room_for(b"{}"));
        assert!(!batch(&[2; 500]).has_room_for(b"{}"));
    }

    #[test]
    fn the_largest_document_fits_into_an_empty_request() {
        assert!(batch(&[]).has_room_for(&vec![b'x'; LARGEST_DOCUMENT]));
    }

    #[test]
    fn the_body_stays_within_four_mebibytes() {
        let full = batch(&[LARGEST_DOCUMENT; 3]);
        let left = LARGEST_BODY - ENVELOPE - full.size - AROUND_DOCUMENT;
        let fits = left / 4 * 3;
        assert!(full.has_room_for(&vec![b'x'; fits]));
        assert!(!full.has_room_for(&vec![b'x'; fits + 1]));
    }

    #[test]
    fn a_size_is_that_of_the_json() {
        for length in 0..10 {
            let document = vec![b'x'; length];
            let data = base64_simd::STANDARD.encode_to_string(&document);
            let json = serde_json::json!({ "Data": data }).to_string();
            assert_eq!(size_in_body(&document), json.len() + 1, "{length}");
        }
    }

    #[test]
    fn a_body_holds_the_documents_and_is_no_larger_than_counted() {
        for documents in [vec![], vec![&b"{}"[..]], vec![b"{}", b"", b"{\"a\":1}"]] {
            let mut batch = Batch::default();
            for document in &documents {
                batch.push(0, document);
            }
            let stream = "s".repeat(64);
            let body = body(&stream, documents.iter().copied());
            assert!(body.len() <= ENVELOPE + batch.size, "{}", body.len());
            let records = documents
                .iter()
                .map(|document| serde_json::json!({ "Data": STANDARD.encode_to_string(document) }));
            let records: Vec<_> = records.collect();
            let expected = serde_json::json!({ "DeliveryStreamName": stream, "Records": records });
            assert_eq!(serde_json::from_slice::<Value>(&body).unwrap(), expected);
        }
    }

    #[test]
    fn a_record_is_named_once() {
        let mut batch = Batch::default();
        for record in [0, 0, 3, 3, 3, 9] {
            batch.push(record, b"{}");
        }
        assert_eq!(batch.records(), [0, 3, 9]);
    }
}
