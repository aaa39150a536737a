//! What can go wrong with an event or a record, and what the answer is then.
//!
//! Source of the results: *Required parameters for data transformation*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html>).
//!
//! An error here never holds a piece of what was processed: its text is fixed, but for positions.

use std::fmt;

use crate::json::ReadError;

/// Why an event cannot be answered at all. The invocation fails with it, and Firehose tries again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EventError {
    /// It holds bytes that are not UTF-8.
    NotUtf8 {
        /// The offset of the first such byte.
        offset: usize,
    },
    /// It is not JSON.
    NotJson(ReadError),
    /// It is JSON, but no object.
    NotAnObject,
    /// It has no `records`.
    NoRecords,
    /// Its `records` are not an array.
    RecordsNotAnArray,
    /// A defect outside of any record's work.
    Panicked,
}

impl EventError {
    /// The error's type, as the caller of the function sees it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Panicked => "Nozzle.Panicked",
            _ => "Nozzle.MalformedEvent",
        }
    }
}

impl fmt::Display for EventError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotUtf8 { offset } => {
                write!(formatter, "the event is not UTF-8 at byte {offset}")
            }
            Self::NotJson(error) => write!(formatter, "the event is not JSON: {error}"),
            Self::NotAnObject => formatter.write_str("the event is JSON but not an object"),
            Self::NoRecords => formatter
                .write_str("the event has no `records`: is this a Firehose transformation event?"),
            Self::RecordsNotAnArray => {
                formatter.write_str("the event's `records` are not an array")
            }
            Self::Panicked => formatter.write_str(
                "a defect in Nozzle stopped the event; the log names the place in the source",
            ),
        }
    }
}

impl std::error::Error for EventError {}

/// What became of a record, in the spelling that Firehose demands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordResult {
    /// Transformed: `data` holds the document.
    Ok,
    /// Left out on purpose.
    Dropped,
    /// Not transformed: Firehose keeps the source record in the backup bucket.
    ProcessingFailed,
}

impl RecordResult {
    /// The wire spelling.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "Ok",
            Self::Dropped => "Dropped",
            Self::ProcessingFailed => "ProcessingFailed",
        }
    }
}

/// Why a record has no document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordError {
    /// Its payload is empty or white space: there is nothing to deliver.
    Empty,
    /// It has no `data`.
    NoData,
    /// Its `data` is not base64.
    InvalidBase64,
    /// It tests a CloudWatch Logs subscription and holds no log.
    ControlMessage,
    /// Its payload is compressed and damaged.
    CorruptArchive,
    /// Its payload unfolds to more than is allowed.
    ArchiveTooLarge,
    /// Its payload is compressed more than twice.
    NestedArchive,
    /// Its payload holds several documents.
    SeveralDocuments,
    /// Its document does not fit into the response any more.
    ResponseFull,
    /// A document of it is larger than the fan-out stream takes.
    DocumentTooLarge,
    /// The fan-out stream did not take all of its documents.
    NotFannedOut,
    /// The invocation's time was running out before its turn came.
    OutOfTime,
    /// A defect in Nozzle.
    Panicked,
}

impl RecordError {
    /// Every error, for whoever must show them all.
    pub const ALL: [Self; 13] = [
        Self::Empty,
        Self::NoData,
        Self::InvalidBase64,
        Self::ControlMessage,
        Self::CorruptArchive,
        Self::ArchiveTooLarge,
        Self::NestedArchive,
        Self::SeveralDocuments,
        Self::ResponseFull,
        Self::DocumentTooLarge,
        Self::NotFannedOut,
        Self::OutOfTime,
        Self::Panicked,
    ];

    /// How the record is answered.
    #[must_use]
    pub const fn result(self) -> RecordResult {
        match self {
            Self::Empty | Self::ControlMessage => RecordResult::Dropped,
            Self::NoData
            | Self::InvalidBase64
            | Self::CorruptArchive
            | Self::ArchiveTooLarge
            | Self::NestedArchive
            | Self::SeveralDocuments
            | Self::ResponseFull
            | Self::DocumentTooLarge
            | Self::NotFannedOut
            | Self::OutOfTime
            | Self::Panicked => RecordResult::ProcessingFailed,
        }
    }

    /// The name under which it is counted and logged.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NoData => "no_data",
            Self::InvalidBase64 => "invalid_base64",
            Self::ControlMessage => "control_message",
            Self::CorruptArchive => "corrupt_archive",
            Self::ArchiveTooLarge => "archive_too_large",
            Self::NestedArchive => "nested_archive",
            Self::SeveralDocuments => "several_documents",
            Self::ResponseFull => "response_full",
            Self::DocumentTooLarge => "document_too_large",
            Self::NotFannedOut => "not_fanned_out",
            Self::OutOfTime => "out_of_time",
            Self::Panicked => "panicked",
        }
    }
}

impl fmt::Display for RecordError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Empty => "the record is empty",
            Self::NoData => "the record has no `data`",
            Self::InvalidBase64 => "the record's `data` is not valid base64",
            Self::ControlMessage => "the record tests a CloudWatch Logs subscription",
            Self::CorruptArchive => "the record is compressed and damaged",
            Self::ArchiveTooLarge => {
                "the record unfolds to more than is allowed: raise NOZZLE_MAX_DECOMPRESSED"
            }
            Self::NestedArchive => "the record is compressed more than twice",
            Self::SeveralDocuments => {
                "the record holds several logs and OpenSearch takes one in each record: set NOZZLE_FANOUT_STREAM to a second stream without a function, or NOZZLE_MULTI=join for destinations in S3 or Splunk"
            }
            Self::ResponseFull => {
                "the document does not fit into the response of 6,000,000 bytes: lower the stream's BufferSizeInMBs, or set NOZZLE_FANOUT_STREAM"
            }
            Self::DocumentTooLarge => {
                "a document of the record is larger than the 1,000 KiB that a stream takes: have the producer log less at once"
            }
            Self::NotFannedOut => {
                "the fan-out stream did not take all documents of the record; the log names the reason"
            }
            Self::OutOfTime => {
                "the invocation's time was running out: raise the function's timeout or memory, or lower the stream's BufferSizeInMBs"
            }
            Self::Panicked => {
                "a defect in Nozzle stopped the record; the log names the place in the source"
            }
        })
    }
}

impl std::error::Error for RecordError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_record_error_has_a_name_of_its_own() {
        let names: std::collections::HashSet<_> =
            RecordError::ALL.iter().map(|error| error.name()).collect();
        assert_eq!(names.len(), RecordError::ALL.len());
    }
}
