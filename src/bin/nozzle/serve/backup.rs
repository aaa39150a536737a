//! What could not be transformed or delivered, in the form in which Firehose writes it to S3.
//!
//! Sources: *Handle failure in data transformation*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-failure-handling.html>),
//! *Handle data delivery failures* (<https://docs.aws.amazon.com/firehose/latest/dev/retry.html>),
//! *Configure Amazon S3 object name format*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html>).

use std::io;
use std::path::{Path, PathBuf};

use base64_simd::STANDARD;
use jiff::Timestamp;
use serde::Serialize;

use super::delivery::FailedDocument;
use super::files::write_whole;
use super::record::{Record, uuid};
use super::transformation::Failure;

/// The folder that stands for the backup bucket.
pub(super) struct Backup {
    folder: PathBuf,
    function_arn: String,
}

/// A record that was not transformed.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProcessingFailed<'r> {
    attempts_made: u32,
    arrival_timestamp: i64,
    error_code: &'r str,
    error_message: &'r str,
    attempt_ending_timestamp: i64,
    raw_data: String,
    lambda_arn: &'r str,
}

/// A document that was not accepted.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotDelivered<'d> {
    attempts_made: u32,
    arrival_timestamp: i64,
    error_code: &'d str,
    error_message: &'d str,
    attempt_ending_timestamp: i64,
    es_document_id: &'d str,
    es_index_name: &'d str,
    es_type_name: &'static str,
    raw_data: String,
}

impl Backup {
    pub(super) fn new(folder: &Path, function_arn: String) -> Self {
        Self { folder: folder.join("backup"), function_arn }
    }

    /// Keeps records that were not transformed, as they came.
    pub(super) fn keep_records(
        &self,
        stream: &str,
        records: &[(&Record, Failure)],
        attempts: u32,
    ) -> io::Result<()> {
        let now = Timestamp::now();
        let lines = records.iter().map(|(record, failure)| ProcessingFailed {
            attempts_made: attempts,
            arrival_timestamp: record.arrived.as_millisecond(),
            error_code: failure.code,
            error_message: failure.message,
            attempt_ending_timestamp: now.as_millisecond(),
            raw_data: STANDARD.encode_to_string(&record.data),
            lambda_arn: &self.function_arn,
        });
        self.write("processing-failed", stream, now, lines)
    }

    /// Keeps documents that the destination did not accept.
    pub(super) fn keep_documents(
        &self,
        stream: &str,
        documents: &[FailedDocument<'_>],
    ) -> io::Result<()> {
        let lines = documents.iter().map(|failed| NotDelivered {
            attempts_made: failed.attempts,
            arrival_timestamp: failed.document.record.arrived.as_millisecond(),
            error_code: &failed.code,
            error_message: &failed.message,
            attempt_ending_timestamp: failed.ended.as_millisecond(),
            es_document_id: &failed.document.record.id,
            es_index_name: &failed.document.index,
            es_type_name: "",
            raw_data: STANDARD.encode_to_string(&failed.document.body),
        });
        self.write("AmazonOpenSearchService_failed", stream, Timestamp::now(), lines)
    }

    /// Writes one object: `PREFIX/YYYY/MM/DD/HH/STREAM-VERSION-YYYY-MM-DD-HH-MM-SS-UUID`, in UTC.
    fn write(
        &self,
        prefix: &str,
        stream: &str,
        now: Timestamp,
        lines: impl Iterator<Item = impl Serialize>,
    ) -> io::Result<()> {
        let mut object = Vec::new();
        for line in lines {
            serde_json::to_writer(&mut object, &line)?;
            object.push(b'\n');
        }
        if object.is_empty() {
            return Ok(());
        }
        let folder = self.folder.join(prefix).join(now.strftime("%Y/%m/%d/%H").to_string());
        let name = format!("{stream}-1-{}-{}", now.strftime("%Y-%m-%d-%H-%M-%S"), uuid());
        write_whole(&folder, &name, &object)
    }
}
