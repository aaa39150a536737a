//! A log event as far as it matters for joining: its text, its time, and what it begins.

use jiff::{Timestamp, tz::TimeZone};
use memchr::{memchr2, memrchr2};

use crate::level::{Level, leading_level};
use crate::timestamp::{Reference, leading_timestamp};

/// How far apart two neighbours of one traceback may be, in milliseconds.
const LONGEST_GAP: u64 = 1000;

/// One entry of a payload's `logEvents`.
#[derive(Clone, Copy, Debug)]
pub(in crate::intake) struct LogEvent<'a> {
    /// The message without its line end, if it is text.
    pub(in crate::intake) text: Option<&'a str>,
    /// Milliseconds since 1970.
    pub(in crate::intake) time: Option<i64>,
}

impl<'a> LogEvent<'a> {
    /// The text, unless it never joins another: JSON, or a line of the Lambda platform.
    pub(super) fn joinable(&self) -> Option<&'a str> {
        self.text.filter(|text| !begins_object(text) && !is_platform(text))
    }

    /// The last line of the text, which a next line could go on from.
    pub(super) fn last_line(&self) -> Option<&'a str> {
        let text = self.text?;
        match memrchr2(b'\n', b'\r', text.as_bytes()) {
            None => Some(text),
            Some(end) => text.get(end + 1..),
        }
    }

    /// The text, if it is a single line that may be joined.
    pub(super) fn only_line(&self) -> Option<&'a str> {
        self.joinable().filter(|text| memchr2(b'\n', b'\r', text.as_bytes()).is_none())
    }

    /// Bytes that the log event adds to a group.
    pub(super) fn size(&self) -> usize {
        self.text.map_or(0, str::len) + 1
    }

    /// Whether two neighbours are close enough in time to be one log. A time that is missing is
    /// the neighbour's.
    pub(super) fn is_near(&self, other: &Self) -> bool {
        match (self.time, other.time) {
            (Some(one), Some(other)) => one.abs_diff(other) <= LONGEST_GAP,
            _ => true,
        }
    }
}

/// Whether `line` begins a JSON object, alone or pretty-printed. Node's properties begin with a
/// brace too, but after a frame.
fn begins_object(line: &str) -> bool {
    line.strip_prefix('{')
        .is_some_and(|rest| matches!(rest.trim_ascii_start().as_bytes(), [] | [b'"' | b'}', ..]))
}

/// Beginnings of the lines that the Lambda platform writes.
const PLATFORM: &[&str] = &[
    "START RequestId: ",
    "END RequestId: ",
    "REPORT RequestId: ",
    "INIT_START Runtime Version: ",
    "INIT_REPORT ",
    "RESTORE_START ",
    "RESTORE_REPORT ",
    "EXTENSION\tName:",
    "TELEMETRY\tName:",
    "LOGS\tName:",
    "XRAY TraceId:",
];

/// Whether `line` is the Lambda platform's.
fn is_platform(line: &str) -> bool {
    match line.as_bytes() {
        [b'S' | b'E' | b'R' | b'I' | b'T' | b'L' | b'X', ..] => {
            PLATFORM.iter().any(|start| line.starts_with(start))
                || line.strip_prefix("RequestId: ").is_some_and(|rest| rest.contains(" Error: "))
        }
        // A time, the request's id and the sentence.
        [b'0'..=b'9', ..] => line.get(..128).unwrap_or(line).contains(" Task timed out after "),
        _ => false,
    }
}

/// Whether `line` evidently begins a log.
pub(super) fn begins_new_log(line: &str) -> bool {
    begins_with_time(line) || begins_with_level(line)
}

pub(super) fn begins_with_time(line: &str) -> bool {
    // Only whether there is a time matters, not which.
    let reference = Reference { zone: &TimeZone::UTC, arrival: Timestamp::UNIX_EPOCH };
    leading_timestamp(line, &reference).is_some()
}

pub(super) fn begins_with_level(line: &str) -> bool {
    leading_level(line).is_some()
}

/// Whether `line` is a log that says of itself that something went wrong.
pub(super) fn states_trouble(line: &str) -> bool {
    leading_level(line).is_some_and(|level| level >= Level::Warn)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> LogEvent<'_> {
        LogEvent { text: Some(text), time: None }
    }

    #[test]
    fn what_never_joins() {
        for line in [
            r#"{"a":1}"#,
            "{}",
            "{",
            "{ \"a\": 1",
            "START RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 Version: $LATEST",
            "END RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0",
            "REPORT RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0\tDuration: 1.20 ms",
            "INIT_START Runtime Version: python:3.13.v31\tRuntime Version ARN: arn:aws:lambda:x",
            "INIT_REPORT Init Duration: 9999.11 ms\tPhase: init\tStatus: timeout",
            "EXTENSION\tName: agent\tState: Ready\tEvents: [INVOKE, SHUTDOWN]",
            "XRAY TraceId: 1-5e645f3e\tSegmentId: 1\tSampled: true",
            "RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 Error: Runtime exited with error: exit status 1",
            "2020-05-11T12:44:44.123Z 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 Task timed out after 3.00 seconds",
        ] {
            assert_eq!(text(line).only_line(), None, "{line}");
        }
        for line in [
            "{x}",
            " { a: 1 }",
            "START",
            "RequestId: 12",
            "EXTENSION loaded",
            "",
            "12 tasks timed out",
        ] {
            assert_eq!(text(line).only_line(), Some(line), "{line}");
        }
        assert_eq!(LogEvent { text: None, time: None }.only_line(), None);
    }

    #[test]
    fn several_lines() {
        assert_eq!(text("a\nb").only_line(), None);
        assert_eq!(text("a\rb").only_line(), None);
        assert_eq!(text("a\nb").last_line(), Some("b"));
        assert_eq!(text("{\n\"a\": 1\n}").joinable(), None);
    }

    #[test]
    fn neighbours_in_time() {
        let at = |time| LogEvent { text: None, time };
        for (one, other, near) in [
            (Some(0), Some(1000), true),
            (Some(0), Some(1001), false),
            (Some(1001), Some(0), false),
            (Some(i64::MIN), Some(i64::MAX), false),
            (None, Some(5), true),
            (Some(5), None, true),
        ] {
            assert_eq!(at(one).is_near(&at(other)), near, "{one:?} {other:?}");
        }
    }
}
