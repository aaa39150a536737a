//! Times as logs write them: text, epoch numbers and the start of a line, each to an instant.
//!
//! Each notation is a parser of a *prefix* (`iso`, `named`), so that a field's whole value and
//! a line's first words are read by the same code. Calendars and zones are jiff's; only the bytes
//! are read here. Nothing here reads the clock: what a text leaves open is resolved against the
//! caller's [`Reference`].

mod clock;
mod digits;
mod epoch;
mod iso;
mod named;
mod scan;
mod write;
mod zone;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

pub(crate) use self::{
    clock::Clock,
    scan::{Parsed, skip_colours, take_while},
};
pub use self::{
    epoch::parse_epoch,
    write::{to_rfc3339, write_rfc3339},
};

/// Logs older than this are taken for clocks that were never set: 2000-01-01T00:00:00Z.
const EARLIEST: Timestamp = Timestamp::constant(946_684_800, 0);

/// A clock may run ahead, and a zone may be misread, by this much.
const MOST_AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// What a time is resolved against when it does not say its zone or its year.
#[derive(Clone, Copy, Debug)]
pub struct Reference<'a> {
    /// The zone of times that name none.
    pub zone: &'a TimeZone,
    /// When the record arrived. A time without a year is the latest one that is not more than a
    /// day after it.
    pub arrival: Timestamp,
}

/// Parses a log's time, written as text; blanks and one pair of brackets around it are ignored.
///
/// Accepted are RFC 3339 and ISO 8601 with their common departures (blank for `T`, comma
/// fractions, `+02`, `+0200`, ` +0200`, ` UTC`, `[Europe/Berlin]`, no zone, date only, basic
/// format), RFC 2822, HTTP dates, RFC 3164, the common log format, C's `asctime` and `date`,
/// and the defaults of Go, Java, JavaScript, Python and Ruby; and epoch numbers of 10, 13, 16 or
/// 19 digits, or 10 digits and a fraction, if they are plausible.
///
/// Digits past the nanosecond are dropped. Second 60 is the start of the next second, without its
/// fraction, so that order is kept; 24:00:00 is the next day's midnight. A local time that a zone
/// skips or repeats is resolved as RFC 5545 does (jiff's "compatible"). `None` when the text is
/// not a time, or not surely one: `05/11/2020` is May in some countries and November in others.
///
/// ```
/// use jiff::{Timestamp, tz::TimeZone};
/// use nozzle::timestamp::{Reference, parse_timestamp};
///
/// let reference = Reference { zone: &TimeZone::UTC, arrival: Timestamp::constant(1_589_201_100, 0) };
/// let expected = Some(Timestamp::constant(1_589_201_084, 0));
/// assert_eq!(parse_timestamp("2020-05-11T14:44:44+0200", &reference), expected);
/// assert_eq!(parse_timestamp("May 11 12:44:44", &reference), expected);
/// assert_eq!(parse_timestamp("soon", &reference), None);
/// ```
#[must_use]
pub fn parse_timestamp(text: &str, reference: &Reference<'_>) -> Option<Timestamp> {
    if let Some((timestamp, [])) = iso::date_time(text.as_bytes(), reference) {
        return Some(timestamp);
    }
    let text = text.trim_ascii();
    let text = text.strip_prefix('[').and_then(|t| t.strip_suffix(']')).unwrap_or(text);
    let bytes = text.as_bytes();
    let alone = |parsed: Parsed<'_, Timestamp>| match parsed {
        Some((timestamp, [])) => Some(timestamp),
        _ => None,
    };
    alone(iso::date_time(bytes, reference))
        .or_else(|| alone(named::date_time(bytes, reference)))
        .or_else(|| alone(iso::date(bytes, reference)))
        .or_else(|| {
            let timestamp = epoch::parse_digits(text)?;
            is_plausible(timestamp, reference.arrival).then_some(timestamp)
        })
}

/// Parses a timestamp at the very start of a log line: the instant, and the byte offset at which
/// the line goes on.
///
/// A syslog priority (`<11>`, `<165>1 `) before it is passed over. A `[` before it is too, with
/// its `]` if that follows at once; in `[2020-05-11T14:44:44Z ERROR app] …` the offset is that of
/// the blank before `ERROR`. A date without a time of day does not count, nor does a timestamp
/// that runs on into a word.
#[must_use]
pub fn leading_timestamp(line: &str, reference: &Reference<'_>) -> Option<(Timestamp, usize)> {
    let (timestamp, rest) = leading(after_opening(line.as_bytes()), reference)?;
    Some((timestamp, line.len().checked_sub(rest.len())?))
}

/// [`leading_timestamp`] over bytes, giving what is left of them.
pub(crate) fn leading<'a>(line: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    let line = match syslog_priority(line) {
        Some((_, [b'1', b' ', rest @ ..] | rest)) => rest,
        None => line,
    };
    let (bracket, text) = match line {
        [b'[', rest @ ..] => (true, rest),
        _ => (false, line),
    };
    match whole(text, reference)? {
        (timestamp, [b']', rest @ ..]) if bracket => Some((timestamp, rest)),
        parsed => Some(parsed),
    }
}

/// Takes a date with its time of day that no letter or digit follows.
pub(crate) fn whole<'a>(text: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    let (timestamp, rest) =
        iso::date_time(text, reference).or_else(|| named::date_time(text, reference))?;
    match rest {
        [byte, ..] if byte.is_ascii_alphanumeric() => None,
        // A clock of twelve hours means another time.
        [b' ', b'A' | b'P', b'M'] | [b' ', b'A' | b'P', b'M', b' ', ..] => None,
        _ => Some((timestamp, rest)),
    }
}

/// Takes `0511 14:44:44.123456`, the month, day and time of day that glog writes, or the same
/// behind a year.
pub(crate) fn glog<'a>(text: &'a [u8], reference: &Reference<'_>) -> Parsed<'a, Timestamp> {
    named::glog(text, reference)
}

/// Keys of logfmt that hold the time.
const TIME_KEYS: [&[u8]; 4] = [b"time=", b"ts=", b"timestamp=", b"t="];

/// What follows a terminal's colours, the key that opens a line of logfmt (`time=`, `ts="`), or
/// the bracketed word and the tab that open a line of Lambda's Python runtime
/// (`[ERROR]\t2020-05-11T14:44:44.123Z\t…`).
fn after_opening(line: &[u8]) -> &[u8] {
    let line = line.get(skip_colours(line)..).unwrap_or(line);
    if let Some(value) = TIME_KEYS.iter().find_map(|key| line.strip_prefix(*key)) {
        return value.strip_prefix(b"\"").unwrap_or(value);
    }
    let bracketed = line.strip_prefix(b"[").map(|rest| take_while(rest, u8::is_ascii_alphabetic));
    match bracketed {
        Some(([_, ..], [b']', b'\t' | b' ', rest @ ..])) => rest,
        _ => line,
    }
}

/// Parses the priority that opens a syslog message, `<0>` to `<191>`: eight times the facility
/// plus the severity (RFC 3164 section 4.1.1).
pub(crate) fn syslog_priority(line: &[u8]) -> Parsed<'_, u8> {
    let (digits, rest) = scan::digits(line.strip_prefix(b"<")?);
    let rest = rest.strip_prefix(b">")?;
    let priority: u8 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    (priority <= 191 && digits.len() <= 3).then_some((priority, rest))
}

/// Whether a log that arrived at `arrival` can have been written at `timestamp`: not before the
/// year 2000 and not more than 24 hours later than it arrived.
#[must_use]
pub fn is_plausible(timestamp: Timestamp, arrival: Timestamp) -> bool {
    timestamp >= EARLIEST && timestamp.duration_since(arrival) <= MOST_AHEAD
}

#[cfg(test)]
mod tests;
