//! Why a document was not accepted, and what to do about it.

use std::fmt;

/// Why a document was not accepted. What was tried again until time ran out has the cause of its
/// last attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PutError {
    /// The stream takes no more at this rate.
    Throttled,
    /// Firehose failed.
    Unavailable,
    /// No answer: no connection, a cut one, or a slow one.
    Unreachable,
    /// An answer that Firehose does not give.
    Garbled,
    /// Time ran out before there was an answer.
    OutOfTime,
    /// The credentials do not allow it.
    Denied,
    /// There is no stream of this name.
    NoSuchStream,
    /// The stream takes records from another source only.
    WrongSource,
    /// The document is larger than [`LARGEST_DOCUMENT`](super::LARGEST_DOCUMENT).
    TooLarge,
    /// Refused for another reason, and it would be again.
    Rejected,
    /// The environment has no region or no credentials.
    Unconfigured,
    /// A defect in Nozzle, or a system without a thread to spare.
    Stopped,
}

impl PutError {
    /// Every error, for whoever must show them all.
    pub const ALL: [Self; 12] = [
        Self::Throttled,
        Self::Unavailable,
        Self::Unreachable,
        Self::Garbled,
        Self::OutOfTime,
        Self::Denied,
        Self::NoSuchStream,
        Self::WrongSource,
        Self::TooLarge,
        Self::Rejected,
        Self::Unconfigured,
        Self::Stopped,
    ];

    /// The name under which it is counted and logged.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Throttled => "throttled",
            Self::Unavailable => "unavailable",
            Self::Unreachable => "unreachable",
            Self::Garbled => "garbled",
            Self::OutOfTime => "out_of_time",
            Self::Denied => "denied",
            Self::NoSuchStream => "no_such_stream",
            Self::WrongSource => "wrong_source",
            Self::TooLarge => "too_large",
            Self::Rejected => "rejected",
            Self::Unconfigured => "unconfigured",
            Self::Stopped => "stopped",
        }
    }

    /// Whether another attempt may do better.
    #[must_use]
    pub const fn is_transient(self) -> bool {
        matches!(self, Self::Throttled | Self::Unavailable | Self::Unreachable | Self::Garbled)
    }
}

impl fmt::Display for PutError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Throttled => {
                "the fan-out stream takes no more at this rate: have its quota raised, or lower the source stream's BufferSizeInMBs"
            }
            Self::Unavailable => {
                "Firehose failed to take the document: replay the record from the backup bucket"
            }
            Self::Unreachable => {
                "Firehose did not answer: a function in a VPC needs an endpoint for Firehose or a way to the internet; check AWS_REGION and AWS_ENDPOINT_URL too"
            }
            Self::Garbled => {
                "what answered is not Firehose: check AWS_ENDPOINT_URL and what stands between"
            }
            Self::OutOfTime => {
                "the invocation's time was running out: raise the function's timeout or memory, or lower the stream's BufferSizeInMBs"
            }
            Self::Denied => {
                "the function may not put into the fan-out stream, or its credentials have expired: allow its role firehose:PutRecordBatch on that stream, and the stream the use of its key"
            }
            Self::NoSuchStream => {
                "there is no fan-out stream of this name in this region: check NOZZLE_FANOUT_STREAM"
            }
            Self::WrongSource => {
                "the fan-out stream takes CloudWatch Logs only, because it decompresses them itself: name another in NOZZLE_FANOUT_STREAM, or switch its decompression off"
            }
            Self::TooLarge => {
                "the document is larger than the 1,000 KiB that Firehose takes: log less at once"
            }
            Self::Rejected => {
                "Firehose refused the request: is the fan-out stream one of source Direct PUT?"
            }
            Self::Unconfigured => {
                "there is no region or there are no credentials: set AWS_REGION, AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
            }
            Self::Stopped => {
                "a defect in Nozzle stopped the fan-out; the log names the place in the source"
            }
        })
    }
}

impl std::error::Error for PutError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_a_name_and_a_text_of_its_own() {
        let names: std::collections::HashSet<_> =
            PutError::ALL.iter().map(|error| error.name()).collect();
        let texts: std::collections::HashSet<_> =
            PutError::ALL.iter().map(ToString::to_string).collect();
        assert_eq!((names.len(), texts.len()), (PutError::ALL.len(), PutError::ALL.len()));
        for name in names {
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'), "{name}");
        }
    }
}
