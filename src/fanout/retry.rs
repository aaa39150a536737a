//! When to try again, and what is not worth it.
//!
//! Sources: the errors of `PutRecordBatch`
//! (<https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html>): an entry's
//! `ErrorCode` is `ServiceUnavailableException` or `InternalFailure`, and both are to be sent again;
//! the errors that all of AWS's interfaces have in common
//! (<https://docs.aws.amazon.com/firehose/latest/APIReference/CommonErrors.html>); and for the
//! pauses *Exponential Backoff And Jitter*
//! (<https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>), "full jitter".

use std::time::Duration;

use super::error::PutError;

/// What each error code means. `ServiceUnavailableException` is Firehose's word for a stream that
/// is over its quota: its message is "Slow down.".
const CODES: &[(&str, PutError)] = &[
    ("ServiceUnavailableException", PutError::Throttled),
    ("LimitExceededException", PutError::Throttled),
    ("ProvisionedThroughputExceededException", PutError::Throttled),
    ("RequestLimitExceeded", PutError::Throttled),
    ("Throttling", PutError::Throttled),
    ("ThrottlingException", PutError::Throttled),
    ("TooManyRequestsException", PutError::Throttled),
    ("InternalFailure", PutError::Unavailable),
    ("InternalServerError", PutError::Unavailable),
    ("InternalServiceError", PutError::Unavailable),
    ("RequestTimeout", PutError::Unavailable),
    ("RequestTimeoutException", PutError::Unavailable),
    ("ServiceUnavailable", PutError::Unavailable),
    ("AccessDenied", PutError::Denied),
    ("AccessDeniedException", PutError::Denied),
    ("ExpiredToken", PutError::Denied),
    ("ExpiredTokenException", PutError::Denied),
    ("IncompleteSignature", PutError::Denied),
    ("IncompleteSignatureException", PutError::Denied),
    ("InvalidClientTokenId", PutError::Denied),
    ("InvalidKMSResourceException", PutError::Denied),
    ("InvalidSignatureException", PutError::Denied),
    ("MissingAuthenticationToken", PutError::Denied),
    ("MissingAuthenticationTokenException", PutError::Denied),
    ("NotAuthorized", PutError::Denied),
    ("OptInRequired", PutError::Denied),
    ("RequestExpired", PutError::Denied),
    ("SignatureDoesNotMatch", PutError::Denied),
    ("UnrecognizedClientException", PutError::Denied),
    ("ResourceNotFoundException", PutError::NoSuchStream),
    ("InvalidSourceException", PutError::WrongSource),
    ("InvalidArgumentException", PutError::Rejected),
    ("SerializationException", PutError::Rejected),
    ("ValidationException", PutError::Rejected),
];

fn by_code(code: &str) -> Option<PutError> {
    CODES.iter().find(|(name, _)| *name == code).map(|(_, error)| *error)
}

/// What the `ErrorCode` of one entry means. A code that is not known is one that came after this
/// was written; all that are documented may be tried again.
pub(super) fn of_entry(code: Option<&str>) -> PutError {
    code.and_then(by_code).unwrap_or(PutError::Unavailable)
}

/// What the refusal of a whole request means, by its code or else by its HTTP status.
pub(super) fn of_request(code: Option<&str>, status: u16) -> PutError {
    code.and_then(by_code).unwrap_or(match status {
        429 => PutError::Throttled,
        408 | 500..=599 => PutError::Unavailable,
        401 | 403 => PutError::Denied,
        400..=499 => PutError::Rejected,
        _ => PutError::Garbled,
    })
}

/// How fast attempts follow each other, and how long one may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pace {
    /// The longest pause after the first attempt; it doubles with each.
    pub base: Duration,
    /// The longest pause of all.
    pub cap: Duration,
    /// How long an attempt may take from connecting to the end of the answer.
    pub attempt: Duration,
}

impl Default for Pace {
    /// Firehose counts its quota by the second, and one mebibyte a second is the smallest.
    fn default() -> Self {
        Self {
            base: Duration::from_millis(100),
            cap: Duration::from_secs(5),
            attempt: Duration::from_secs(5),
        }
    }
}

impl Pace {
    /// The pause after so many attempts: `share` (0 to 1, drawn anew each time) of the longest.
    pub(super) fn pause(&self, attempts: u32, share: f64) -> Duration {
        let doublings = attempts.saturating_sub(1);
        let longest = self.base.saturating_mul(2_u32.saturating_pow(doublings)).min(self.cap);
        longest.mul_f64(share.clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_stands_once() {
        let mut codes: Vec<_> = CODES.iter().map(|(code, _)| *code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), CODES.len());
    }

    #[test]
    fn what_is_tried_again() {
        let cases = [
            (Some("ServiceUnavailableException"), 500, PutError::Throttled, true),
            (Some("ThrottlingException"), 400, PutError::Throttled, true),
            (Some("InternalFailure"), 500, PutError::Unavailable, true),
            (Some("ResourceNotFoundException"), 400, PutError::NoSuchStream, false),
            (Some("InvalidSourceException"), 400, PutError::WrongSource, false),
            (Some("AccessDeniedException"), 400, PutError::Denied, false),
            (Some("InvalidArgumentException"), 400, PutError::Rejected, false),
            (Some("NewException"), 400, PutError::Rejected, false),
            (Some("NewException"), 503, PutError::Unavailable, true),
            (None, 429, PutError::Throttled, true),
            (None, 403, PutError::Denied, false),
            (None, 413, PutError::Rejected, false),
            (None, 502, PutError::Unavailable, true),
            (None, 302, PutError::Garbled, true),
        ];
        for (code, status, error, again) in cases {
            assert_eq!(of_request(code, status), error, "{code:?} {status}");
            assert_eq!(error.is_transient(), again, "{code:?} {status}");
        }
        for (code, error) in [
            (Some("ServiceUnavailableException"), PutError::Throttled),
            (Some("InternalFailure"), PutError::Unavailable),
            (Some("InvalidArgumentException"), PutError::Rejected),
            (Some("internalfailure"), PutError::Unavailable),
            (None, PutError::Unavailable),
        ] {
            assert_eq!(of_entry(code), error, "{code:?}");
        }
    }

    #[test]
    fn pauses_double_up_to_the_cap() {
        let pace = Pace::default();
        let longest: Vec<_> =
            (1..=8).map(|attempts| pace.pause(attempts, 1.0).as_millis()).collect();
        assert_eq!(longest, [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
        assert_eq!(pace.pause(u32::MAX, 1.0), pace.cap);
        assert_eq!(pace.pause(3, 0.0), Duration::ZERO);
        assert_eq!(pace.pause(3, 0.5), Duration::from_millis(200));
    }
}
