//! A log event as far as it matters for joining: its text, its time, and what it begins.

use std::net::IpAddr;

use jiff::{Timestamp, tz::TimeZone};
use memchr::{memchr2, memrchr2};

use crate::formats::{PLATFORM_LINES, after_request_id};
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

/// What the platform says of a request that failed, after the request's id.
const PLATFORM_FAILURES: &[&str] = &[" Error: ", " Process exited before completing request"];

/// Whether `line` is the Lambda platform's.
fn is_platform(line: &str) -> bool {
    match line.as_bytes() {
        [b'S' | b'E' | b'R' | b'I' | b'T' | b'L' | b'X', ..] => {
            let failure = line.strip_prefix("RequestId: ").and_then(after_request_id);
            failure.is_some_and(|rest| PLATFORM_FAILURES.iter().any(|it| rest.starts_with(it)))
                || PLATFORM_LINES.iter().any(|(start, _)| line.starts_with(start))
        }
        // A time and the request's id come first.
        [b'0'..=b'9', ..] => line
            .split_once(' ')
            .and_then(|(_, rest)| after_request_id(rest))
            .is_some_and(|rest| rest.starts_with(" Task timed out after ")),
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

/// Whether `line`, of which no more is known, reads as a log of its own rather than as a further
/// line of a message: it begins a log, or it is an access log's, or pairs, or tagged, or words
/// with a number. Messages seldom go on so, and what a service says of its work seldom does not.
pub(super) fn reads_as_log(line: &str) -> bool {
    if begins_new_log(line) {
        return true;
    }
    let mut words = line.split(' ');
    let first = words.next().unwrap_or_default();
    match first.as_bytes() {
        [b'[', ..] => line.contains("] "),
        [b'0'..=b'9', ..] => first.parse::<IpAddr>().is_ok(),
        [byte, ..] if byte.is_ascii_alphabetic() || !byte.is_ascii() => {
            let is_request = first.bytes().all(|byte| byte.is_ascii_uppercase())
                && words.clone().next().is_some_and(|target| target.starts_with('/'));
            let mut words = words;
            is_request
                || first.contains('=')
                || words.any(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    }
}

/// Whether `line` says in any words that something went wrong.
pub(super) fn mentions_trouble(line: &str) -> bool {
    const WORDS: &[&str] = &["error", "exception", "fail", "uncaught", "unhandled"];
    let mut words = line.split(|c: char| !c.is_ascii_alphabetic());
    states_trouble(line) || words.any(|word| WORDS.iter().any(|it| contains(word, it)))
}

/// Whether `it`, which is in lower case, stands within `word` in any case.
fn contains(word: &str, it: &str) -> bool {
    word.as_bytes().windows(it.len()).any(|part| part.eq_ignore_ascii_case(it.as_bytes()))
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
            "RESTORE_START Runtime Version: java:21.v9\tRuntime Version ARN: arn:aws:lambda:x",
            "RESTORE_REPORT Restore Duration: 300.12 ms",
            "TELEMETRY\tName: agent\tState: Subscribed\tTypes: [Platform]",
            "LOGS\tName: agent\tState: Subscribed\tTypes: [Function]",
            "XRAY TraceId: 1-5e645f3e\tSegmentId: 1\tSampled: true",
            "RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 Process exited before completing request",
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
            "RequestId: 12 Error: boom",
            "RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 failed with Error: boom",
            "RequestId: 6bc28136aaaa-4365-b021--0ce6b2e64ab0 Error: boom",
            "2020-05-11T12:44:44.123Z worker 7 Task timed out after 3.00 seconds",
            "INIT_REPORT is late",
            "RESTORE_START",
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
    fn logs_of_their_own() {
        for (line, reads) in [
            ("2020-05-11 14:44:44 x", true),
            ("ERROR x", true),
            ("GET /health 200 1ms", true),
            ("GET /health", true),
            ("10.0.0.1 - - \"GET / HTTP/1.1\" 404", true),
            ("Order 5: total 7", true),
            ("done in 3s", true),
            ("user=bob action=login", true),
            ("[worker] ready", true),
            ("second line of message", false),
            ("  indented 7", false),
            ("+ actual - expected", false),
            ("-   a: 2,", false),
            ("1 !== 2", false),
            ("'a' !== 7", false),
            ("[tasks]", false),
            ("", false),
        ] {
            assert_eq!(reads_as_log(line), reads, "{line}");
        }
    }

    #[test]
    fn trouble_in_any_words() {
        for (line, mentions) in [
            ("failed to send", true),
            ("could not send: MailException", true),
            ("[TypeError: x]", true),
            ("Unhandled rejection", true),
            ("WARN slow", true),
            ("Starting up", false),
            ("something odd", false),
            ("INFO ready", false),
            ("", false),
        ] {
            assert_eq!(mentions_trouble(line), mentions, "{line}");
        }
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
