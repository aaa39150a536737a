//! The answer that Firehose expects: each record once, in order, in as many bytes as a Lambda
//! response may have.
//!
//! Source: *Required parameters for data transformation*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html>).

mod answers;

use crate::error::RecordResult;
use crate::event::Record;
use crate::json::write_string;

pub use answers::{Answers, Documents, Largest};

/// How long the serialised response may be, in bytes. Lambda's own limit is 6 MB (6,291,556 bytes
/// are accepted); the rest is a margin.
pub const RESPONSE_LIMIT: usize = 6_000_000;

/// Dynamic partitioning keys of one record, for destinations in S3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartitionKeys {
    /// The document's `service.name`.
    pub service: String,
    /// The document's `service.environment`.
    pub environment: String,
    /// The day of its `@timestamp` in UTC, `YYYY-MM-DD`.
    pub day: String,
}

const BEFORE_ANSWERS: &[u8] = b"{\"records\":[";
const AFTER_ANSWERS: &[u8] = b"]}";

/// Writes the answer to `record`. `data` and `metadata` are always there, as in the answers of
/// AWS's own libraries.
fn write_answer(
    record: &Record<'_>,
    result: RecordResult,
    documents: &[u8],
    partition_keys: Option<&PartitionKeys>,
    body: &mut Vec<u8>,
) {
    body.extend_from_slice(b"{\"recordId\":");
    write_id(record, body);
    body.extend_from_slice(b",\"result\":\"");
    body.extend_from_slice(result.as_str().as_bytes());
    body.extend_from_slice(b"\",\"data\":\"");
    base64_simd::STANDARD.encode_append(documents, body);
    body.extend_from_slice(b"\",\"metadata\":{");
    if let Some(keys) = partition_keys {
        write_partition_keys(keys, body);
    }
    body.extend_from_slice(b"}}");
}

fn write_id(record: &Record<'_>, body: &mut Vec<u8>) {
    match &record.id {
        Some(id) => write_string(id, body),
        None => body.extend_from_slice(b"null"),
    }
}

fn write_partition_keys(keys: &PartitionKeys, body: &mut Vec<u8>) {
    body.extend_from_slice(b"\"partitionKeys\":{\"service\":");
    write_string(&keys.service, body);
    body.extend_from_slice(b",\"environment\":");
    write_string(&keys.environment, body);
    body.extend_from_slice(b",\"day\":");
    write_string(&keys.day, body);
    body.push(b'}');
}
