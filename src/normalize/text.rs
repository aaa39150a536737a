//! A message of text: what its prefix states goes to the fields, and the message keeps the rest.
//!
//! What the producer states as structure wins. Where the prefix says something else the message
//! keeps it, so that nothing is lost; what has no field of ECS becomes a label.

use std::borrow::Cow;
use std::net::IpAddr;
use std::ops::Range;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use memchr::memchr2;

use super::claim::{claim_absent, latest, reference};
use super::known::candidates;
use crate::document::{Degradation, Document, Field, Kind, Redacted};
use crate::formats::{self, Key, Reading};
use crate::json::{Number, Object, Value};
use crate::level::leading_level;
use crate::timestamp;

/// The keys under which a text stands, alone or in a wrapper.
pub(super) const TEXT_KEYS: [&str; 2] = ["message", "log"];

/// The longest key that begins a line of pairs, in bytes.
const LONGEST_KEY: usize = 64;

/// The label of a time that cannot be true.
const IMPLAUSIBLE_TIME: &str = "timestamp";

/// Behind a prefix that states the log's own time and logger, these are names of the program's data.
const PROGRAMS_OWN: [&str; 8] =
    ["date", "datetime", "host", "hostname", "logger", "name", "pid", "time"];

/// An envelope's, and that of the line in it.
const MOST_PREFIXES: usize = 2;

/// Two clocks that read the same instant differ by no more.
const NEAR: i64 = 2_000;
/// Zones differ by multiples of this, in milliseconds, and by 14 hours at most.
const ZONE_STEP: i64 = 15 * 60 * 1000;
const FARTHEST_ZONE: i64 = 14 * 60 * 60 * 1000;

/// Puts the pairs of a line of logfmt into `source` in its place, as if they had been an object's,
/// and gives the line, which is the message when no pair is.
pub(super) fn unfold_pairs<'a>(source: &mut Object<'a>) -> Option<Cow<'a, str>> {
    let (key, line) = source.iter().rev().find_map(|(key, value)| {
        let key = TEXT_KEYS.into_iter().find(|text_key| key == text_key)?;
        Some((key, value.as_str()?))
    })?;
    // The first key settles nearly all lines.
    let is_pair = memchr2(b' ', b'=', line.as_bytes())
        .is_some_and(|end| line.as_bytes().get(end) == Some(&b'=') && end <= LONGEST_KEY);
    let is_told_otherwise = || {
        source.iter().any(|(other, _)| {
            other != key
                && candidates(other)
                    .iter()
                    .any(|row| matches!(row.field, Field::Message | Field::LogLevel))
        })
    };
    if !is_pair || is_told_otherwise() {
        return None;
    }
    let pairs = match source.get(key)? {
        Value::String(Cow::Borrowed(line)) => formats::logfmt(line)?,
        Value::String(Cow::Owned(line)) => formats::logfmt(line)?.into_owned(),
        _ => return None,
    };
    let line = source.remove(key);
    for (name, value) in pairs {
        source.push(name, value);
    }
    match line {
        Some(Value::String(line)) => Some(line),
        _ => None,
    }
}

/// Takes the prefix of the message apart, and settles the document's level and time. The prefix
/// itself goes with [`drop_prefix`].
pub fn claim_text(document: &mut Redacted<Document<'_>>, zone: &TimeZone) {
    if let Some(Value::String(message)) = document.fields.get_mut(Field::Message) {
        let message = std::mem::take(message);
        let left = match &message {
            Cow::Borrowed(text) => claim_prefixes(document, zone, text, |part| part),
            Cow::Owned(text) => {
                claim_prefixes(document, zone, text, |part| Cow::Owned(part.into_owned()))
            }
        };
        document.left_of_message = (left.len() < message.len()).then_some(left);
        document.fields.set(Field::Message, Value::String(message));
    }
    settle_timestamp(document);
}

/// Takes the prefix off the message.
pub fn drop_prefix(document: &mut Redacted<Document<'_>>) {
    let Some(left) = document.left_of_message.take() else { return };
    match document.fields.get_mut(Field::Message) {
        Some(Value::String(Cow::Borrowed(text))) => *text = text.get(left).unwrap_or(text),
        Some(Value::String(Cow::Owned(text))) if text.get(left.clone()).is_some() => {
            text.truncate(left.end);
            text.drain(..left.start);
        }
        _ => {}
    }
}

/// Claims what the prefix of `text` states, and what stands behind a syslog's prefix. Gives the
/// range of the text that the message keeps.
fn claim_prefixes<'t, 'a>(
    document: &mut Redacted<Document<'a>>,
    zone: &TimeZone,
    text: &'t str,
    own: impl Fn(Cow<'t, str>) -> Cow<'a, str> + Copy,
) -> Range<usize> {
    let mut left = 0..text.len();
    for _ in 0..MOST_PREFIXES {
        let part = text.get(left.clone()).unwrap_or_default();
        let Some(reading) = formats::read(part, &reference(document, zone)) else { break };
        let is_envelope = reading.is_envelope();
        let Some(kept) = claim_reading(document, zone, part, reading, own) else { break };
        left = left.start + kept.start..left.start + kept.end;
        if !is_envelope {
            break;
        }
    }
    if !document.fields.contains(Field::LogLevel)
        && let Some(level) = leading_level(text)
    {
        document.fields.set(Field::LogLevel, level.as_str());
    }
    left
}

/// Claims what a reading of `text` states, and gives the range of it that the message keeps, where
/// the prefix may leave it.
fn claim_reading<'t, 'a>(
    document: &mut Redacted<Document<'a>>,
    zone: &TimeZone,
    text: &'t str,
    reading: Reading<'t>,
    own: impl Fn(Cow<'t, str>) -> Cow<'a, str> + Copy,
) -> Option<Range<usize>> {
    let is_structured = document.fields.contains(Field::LogLevel);
    // A level alone may be the message's own word, when the logger has stated one.
    if is_structured && reading.time.is_none() && reading.values.is_empty() {
        return None;
    }
    let holder = reading.holder();
    let Reading { time, level, values, fields, message, trailing, .. } = reading;
    let start = text.len().saturating_sub(message.len() + trailing);
    let mut agrees = true;
    if let Some(level) = level {
        agrees &= state(document, Field::LogLevel, Value::from(level.as_str()));
    }
    let mut labels: Vec<(Cow<'a, str>, Value<'a>)> = Vec::new();
    for (key, value) in values {
        match key {
            Key::Field(field) => match typed(field, own(value)) {
                Ok(value) => agrees &= state(document, field, value),
                Err(value) => labels.push((field.name().into(), value)),
            },
            Key::Label(label) => labels.push((own(label), Value::String(own(value)))),
            Key::Number(label) => labels.push((label.into(), number(own(value)))),
        }
    }
    if let Some((instant, written)) = time {
        match state_time(document, instant) {
            Stated::Yes => {}
            Stated::Otherwise => agrees = false,
            Stated::Implausibly => {
                labels.push((IMPLAUSIBLE_TIME.into(), Value::String(own(written.into()))));
            }
        }
    }
    document.has_new_names |= !labels.is_empty();
    for (label, value) in labels {
        document.source.push(label, value);
    }
    if !agrees || is_several(text, start) {
        return None;
    }
    if !fields.is_empty() {
        document.has_new_names = true;
        document.holders.extend(holder);
        let (programs, known): (Vec<_>, Vec<_>) = fields
            .into_owned()
            .into_iter()
            .partition(|(key, _)| PROGRAMS_OWN.contains(&key.as_ref()));
        claim_absent(document, zone, known.into_iter().collect());
        for (key, value) in programs {
            document.source.push(key, value);
        }
    }
    Some(left_of(text, start, message))
}

/// Sets a field that has no value; whether it has this value then.
fn state<'a>(document: &mut Document<'a>, field: Field, value: Value<'a>) -> bool {
    match document.fields.get(field) {
        None => {
            document.fields.set(field, value);
            true
        }
        Some(stated) => *stated == value,
    }
}

/// What became of a time.
enum Stated {
    Yes,
    /// The document has another.
    Otherwise,
    /// It cannot be true.
    Implausibly,
}

fn state_time(document: &mut Document<'_>, instant: Timestamp) -> Stated {
    if document.fields.contains(Field::Timestamp) {
        let is_near = document.timestamp.is_some_and(|stated| is_near(stated, instant));
        return if is_near { Stated::Yes } else { Stated::Otherwise };
    }
    if !timestamp::is_plausible(instant, latest(document)) {
        document.degradations.insert(Degradation::ImplausibleTime);
        return Stated::Implausibly;
    }
    document.timestamp = Some(instant);
    document.fields.set(Field::Timestamp, timestamp::to_rfc3339(instant));
    Stated::Yes
}

/// Whether two clocks may have read the same instant, one of them in a zone that it does not tell.
fn is_near(one: Timestamp, other: Timestamp) -> bool {
    let apart = one.as_millisecond().saturating_sub(other.as_millisecond()).saturating_abs();
    let off = apart % ZONE_STEP;
    apart <= FARTHEST_ZONE + NEAR && (off <= NEAR || ZONE_STEP - off <= NEAR)
}

/// The value as `field` has it; as a label has it when it has not the field's type.
fn typed(field: Field, value: Cow<'_, str>) -> Result<Value<'_>, Value<'_>> {
    match field.kind() {
        Kind::Long => match number(value) {
            Value::Number(number) if number.as_i64().is_some() => Ok(Value::Number(number)),
            other => Err(other),
        },
        Kind::Ip if value.parse::<IpAddr>().is_err() => Err(Value::String(value)),
        _ => Ok(Value::String(value)),
    }
}

/// A number as JSON has it; a text when it is none.
fn number(value: Cow<'_, str>) -> Value<'_> {
    if let Some(digits) = value.strip_prefix('0').filter(|rest| !rest.is_empty())
        && let Ok(number) = digits.parse::<u64>()
    {
        return Value::from(number);
    }
    match Number::parse(&value) {
        Some(_) => Number::from_text(value).map_or(Value::Null, Value::Number),
        None => Value::String(value),
    }
}

/// Whether the line behind the first, of which the message begins at `start`, begins a log as well: then the text is several, and the
/// prefixes stay to tell them apart.
fn is_several(text: &str, start: usize) -> bool {
    if start == 0 {
        return false;
    }
    let message = text.get(start..).unwrap_or_default();
    let Some(end) = memchr2(b'\n', b'\r', message.as_bytes()) else { return false };
    let following = message.get(end + 1..).unwrap_or_default();
    let utc = TimeZone::UTC;
    let reference = timestamp::Reference { zone: &utc, arrival: Timestamp::UNIX_EPOCH };
    formats::read(following.trim_start_matches('\n'), &reference)
        .is_some_and(|reading| reading.time.is_some())
}

/// The range of `text` that is its `message`, which begins at `start`, without blanks and colours
/// around it; all of the text when the message is blank.
fn left_of(text: &str, start: usize, message: &str) -> Range<usize> {
    let kept = skip_blank_start(message);
    if kept.trim_start().is_empty() {
        return 0..text.len();
    }
    let from = start + (message.len() - kept.len());
    let kept = if start > 0 { without_reset(kept) } else { kept };
    from..from + kept.len()
}

/// `message` from its first word; an indented line that is not the first keeps its indent.
fn skip_blank_start(message: &str) -> &str {
    let words = message.trim_start_matches([' ', '\t']);
    match words.trim_start_matches(['\r', '\n']) {
        following if following.len() < words.len() => following,
        _ => words,
    }
}

/// `message` without the sequence that ends a colour which began in the prefix.
fn without_reset(message: &str) -> &str {
    for reset in ["\x1b[0m", "\x1b[m", "\x1b[39m"] {
        if let Some(rest) = message.strip_suffix(reset)
            && !rest.contains('\x1b')
        {
            return rest;
        }
    }
    message
}

/// A time that neither a field nor the message states is when CloudWatch received the log, else
/// the arrival. Never the clock: the time of processing says nothing about the log.
fn settle_timestamp(document: &mut Document<'_>) {
    if document.fields.contains(Field::Timestamp) {
        document.degradations.remove(Degradation::ImplausibleTime);
        return;
    }
    let received =
        document.event_time.filter(|time| timestamp::is_plausible(*time, latest(document)));
    document.timestamp = received.or(document.arrival);
    if let Some(instant) = document.timestamp {
        document.fields.set(Field::Timestamp, timestamp::to_rfc3339(instant));
    } else {
        document.degradations.remove(Degradation::ImplausibleTime);
        document.degradations.insert(Degradation::NoTime);
    }
}
