//! The walk over the producer's fields that moves each one with an ECS name to its place.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::aliases::{Candidate, Reading, candidates};
use super::level::{Level, leading_level, level_from_number, level_from_plain_number};
use super::reading;
use crate::document::{Degradation, Document, Field, Kind, Redacted};
use crate::json::{Object, Value};
use crate::timestamp::{self, Reference};

/// How deep the producer's objects are searched for known names; no logger goes deeper.
const DEEPEST_PATH: usize = 6;

/// Moves the producer's fields that have an ECS name from `source` to `fields`, and settles the
/// document's time and level. `zone` is where times without a zone are told.
pub fn claim_fields(document: &mut Redacted<Document<'_>>, zone: &TimeZone) {
    let mut source = std::mem::take(&mut document.source);
    let mut claims = Claims {
        document,
        zone,
        taken: Vec::with_capacity(8),
        displaced: Vec::new(),
        path: String::new(),
    };
    claims.claim_entries(&mut source, 1);
    for (path, value) in std::mem::take(&mut claims.displaced) {
        source.push(path, value);
    }
    document.source = source;
    settle_level(document);
    settle_timestamp(document, zone);
}

struct Claims<'d, 'a> {
    document: &'d mut Redacted<Document<'a>>,
    zone: &'d TimeZone,
    /// Which row filled each field so far.
    taken: Vec<Candidate>,
    /// Values that gave way to a better row's, by the path of theirs.
    displaced: Vec<(&'static str, Value<'a>)>,
    path: String,
}

impl<'a> Claims<'_, 'a> {
    fn claim_entries(&mut self, object: &mut Object<'a>, depth: usize) {
        object.retain_mut(|key, value| {
            let outer_length = self.path.len();
            if !self.path.is_empty() {
                self.path.push('.');
            }
            self.path.push_str(key);
            let keep = self.keep_entry(value, depth);
            self.path.truncate(outer_length);
            keep
        });
    }

    /// Claims `value`, which stands at `self.path`, or what is in it. False when nothing is left.
    fn keep_entry(&mut self, value: &mut Value<'a>, depth: usize) -> bool {
        if candidates(&self.path)
            .iter()
            .any(|candidate| self.claim(candidate, value))
        {
            return false;
        }
        match value {
            Value::Null => false,
            Value::Object(object) if depth < DEEPEST_PATH => {
                self.claim_entries(object, depth + 1);
                !object.is_empty()
            }
            _ => true,
        }
    }

    /// Gives `value` to the candidate's field, when it has the field's type and no better row has
    /// filled the field.
    fn claim(&mut self, candidate: &Candidate, value: &mut Value<'a>) -> bool {
        let rival = self
            .taken
            .iter()
            .position(|taken| taken.field == candidate.field);
        let rival = rival.and_then(|index| self.taken.get_mut(index));
        if rival
            .as_ref()
            .is_some_and(|rival| rival.rank <= candidate.rank)
        {
            return false;
        }
        let Some(read) = read(self.document, self.zone, candidate, value) else {
            return false;
        };
        let former = self.document.fields.set(candidate.field, read);
        match (rival, former) {
            (Some(rival), Some(former)) => {
                self.displaced.push((rival.path, former));
                *rival = *candidate;
            }
            _ => self.taken.push(*candidate),
        }
        true
    }
}

/// The value as the candidate's field has it; `value` is taken when it is not `None`.
fn read<'a>(
    document: &mut Document<'a>,
    zone: &TimeZone,
    candidate: &Candidate,
    value: &mut Value<'a>,
) -> Option<Value<'a>> {
    match candidate.reading {
        Reading::Typed if candidate.field.kind() == Kind::Date => read_time(document, zone, value),
        Reading::Typed => reading::typed(value, candidate.field.kind()),
        Reading::AnyLevel => level_name(reading::level(value, level_from_plain_number)),
        Reading::Level(scale) => level_name(reading::level(value, |number| {
            level_from_number(number, scale)
        })),
        Reading::Lines => reading::lines(value),
        Reading::FileAndLine => {
            let (file, line) = reading::file_and_line(value.as_str()?);
            let file = Value::from(file.to_owned());
            if let Some(line) = line.and_then(line_number) {
                document
                    .fields
                    .set_if_absent(Field::LogOriginFileLine, line);
            }
            Some(file)
        }
        Reading::Location => {
            let (file, function, line) = reading::location(value.as_str()?)?;
            let line = line_number(line)?;
            if let Some(file) = file {
                document
                    .fields
                    .set_if_absent(Field::LogOriginFileName, file.to_owned());
            }
            document
                .fields
                .set_if_absent(Field::LogOriginFileLine, line);
            Some(Value::from(function.to_owned()))
        }
    }
}

fn level_name<'a>(level: Option<Level>) -> Option<Value<'a>> {
    level.map(|level| Value::from(level.as_str()))
}

fn line_number<'a>(digits: &str) -> Option<Value<'a>> {
    digits.parse::<u64>().ok().map(Value::from)
}

/// The log's own time. One that cannot be true stays where it is and becomes a label.
fn read_time<'a>(
    document: &mut Document<'a>,
    zone: &TimeZone,
    value: &Value<'a>,
) -> Option<Value<'a>> {
    let instant = match value {
        Value::Number(number) => timestamp::parse_epoch(number.as_str()),
        Value::String(text) => timestamp::parse_timestamp(text, &reference(document, zone)),
        _ => None,
    }?;
    if !timestamp::is_plausible(instant, latest(document)) {
        document.degradations.insert(Degradation::ImplausibleTime);
        return None;
    }
    document.timestamp = Some(instant);
    Some(rfc3339(instant))
}

fn reference<'z>(document: &Document<'_>, zone: &'z TimeZone) -> Reference<'z> {
    // Without an arrival, a time that leaves its year or unit open is no time.
    Reference {
        zone,
        arrival: document.arrival.unwrap_or(Timestamp::UNIX_EPOCH),
    }
}

/// The arrival; without one no time is too late.
fn latest(document: &Document<'_>) -> Timestamp {
    document.arrival.unwrap_or(Timestamp::MAX)
}

fn rfc3339<'a>(instant: Timestamp) -> Value<'a> {
    let mut text = String::with_capacity(30);
    timestamp::write_rfc3339(instant, &mut text);
    Value::from(text)
}

/// A level that no field states may stand in front of the message.
fn settle_level(document: &mut Document<'_>) {
    if document.fields.contains(Field::LogLevel) {
        return;
    }
    if let Some(level) = document
        .fields
        .get_str(Field::Message)
        .and_then(leading_level)
    {
        document.fields.set(Field::LogLevel, level.as_str());
    }
}

/// A time that no field states may stand in front of the message; else the arrival counts. Never
/// the clock: the time of processing says nothing about the log.
fn settle_timestamp(document: &mut Document<'_>, zone: &TimeZone) {
    if document.fields.contains(Field::Timestamp) {
        return;
    }
    let stated = document
        .fields
        .get_str(Field::Message)
        .and_then(|message| timestamp::leading_timestamp(message, &reference(document, zone)))
        .map(|(instant, _)| instant)
        .filter(|instant| timestamp::is_plausible(*instant, latest(document)));
    document.timestamp = stated.or(document.arrival);
    match document.timestamp {
        Some(instant) => {
            document.fields.set(Field::Timestamp, rfc3339(instant));
        }
        None => document.degradations.insert(Degradation::NoTime),
    }
}
