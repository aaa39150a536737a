//! What a logger says more than once. A level as a word and as a number, a time in two formats, a
//! file with its path and without: one of them stands under its ECS name, and the other would be a
//! label that tells a reader nothing. It is left out when it truly repeats the field, and stays a
//! label when it differs.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::aliases::{Candidate, Reading, candidates};
use super::claim::{instant, read};
use super::reading::{self, Place};
use crate::document::{Document, Field, Kind};
use crate::json::{Object, Value};
use crate::level::LevelScale;
use Field as F;
use Reading as R;

/// How a value repeats a field without being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeats {
    /// The field's text.
    Text,
    /// The field's text, with what the log states elsewhere before it.
    Formatted,
    /// The milliseconds of the field's second.
    Milliseconds,
    /// The name of the field's file without its ending.
    FileStem,
    /// A picture of the field's value.
    Picture,
    /// That there is such a value.
    Presence,
    /// The message, and the field's stack trace below it.
    MessageAndTrace,
}

/// Names under which loggers repeat what stands elsewhere. A name of `ALIASES` needs no row.
#[rustfmt::skip]
pub(super) const REPETITIONS: &[(&str, Field, Reading)] = &[
    ("created",                 F::Timestamp, R::Typed),                         // Python logging
    ("msecs",                   F::Timestamp, R::Repeats(Repeats::Milliseconds)), // Python logging
    ("module",                  F::LogOriginFileName, R::Repeats(Repeats::FileStem)), // Python logging
    ("qual_module",             F::LogOriginFileName, R::Repeats(Repeats::FileStem)), // structlog
    ("qual_name",               F::LogOriginFunction, R::Repeats(Repeats::Text)), // structlog
    ("log.original",            F::Message, R::Repeats(Repeats::Text)),          // ecs-logging for Python
    ("text",                    F::Message, R::Repeats(Repeats::Formatted)),     // loguru
    ("monolog_level",           F::LogLevel, R::Level(LevelScale::Monolog)),     // Monolog for Logstash
    ("record.time.repr",        F::Timestamp, R::Typed),                         // loguru
    ("record.level.no",         F::LogLevel, R::Level(LevelScale::Python)),      // loguru
    ("record.level.icon",       F::LogLevel, R::Repeats(Repeats::Picture)),      // loguru
    ("record.file.name",        F::LogOriginFileName, R::Typed),                 // loguru
    ("record.module",           F::LogOriginFileName, R::Repeats(Repeats::FileStem)), // loguru
    ("level_value",             F::LogLevel, R::Level(LevelScale::Logback)),     // logstash-logback-encoder
    ("full_message",            F::ErrorStackTrace, R::Repeats(Repeats::MessageAndTrace)), // GELF of Spring Boot
    ("thrown.localizedMessage", F::ErrorMessage, R::Repeats(Repeats::Text)),     // log4j2 JsonLayout
    ("record.exception.traceback", F::ErrorType, R::Repeats(Repeats::Presence)), // loguru
];

/// Values that stand in the source and may say no more than a field does.
#[derive(Default)]
pub(super) struct Suspects {
    /// Each with its whole path, and the path by which the table knows it.
    entries: Vec<(String, &'static str)>,
}

impl Suspects {
    /// Notes that `candidate`, whose value stands at `path`, lost its field to a better one. A path
    /// that stands twice is noted once, so that there are no more than there are known names.
    pub(super) fn note(&mut self, path: &str, candidate: &Candidate) {
        if self.entries.iter().all(|(noted, _)| noted != path) {
            self.entries.push((path.to_owned(), candidate.path));
        }
    }

    /// Takes those out of `source` that repeat what the document's fields say.
    pub(super) fn remove_from(
        self,
        source: &mut Object<'_>,
        document: &Document<'_>,
        zone: &TimeZone,
    ) {
        if !self.entries.is_empty() {
            self.walk(source, &mut String::new(), document, zone);
        }
    }

    fn walk(
        &self,
        object: &mut Object<'_>,
        path: &mut String,
        document: &Document<'_>,
        zone: &TimeZone,
    ) {
        object.retain_mut(|key, value| {
            let outer_length = path.len();
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
            let leads_to = |entry: &str| {
                entry.strip_prefix(path.as_str()).is_some_and(|rest| rest.starts_with('.'))
            };
            let noted = self.entries.iter().find(|(entry, _)| entry == path);
            let keep = match (noted, &mut *value) {
                (Some((_, known)), value) if !value.is_container() => {
                    !is_repetition(known, value, document, zone)
                }
                (_, Value::Object(inner))
                    if self.entries.iter().any(|(entry, _)| leads_to(entry)) =>
                {
                    self.walk(inner, path, document, zone);
                    !inner.is_empty()
                }
                _ => true,
            };
            path.truncate(outer_length);
            keep
        });
    }
}

/// Whether `value`, known by `path`, says what a field holds already.
pub(super) fn is_repetition(
    path: &str,
    value: &Value<'_>,
    document: &Document<'_>,
    zone: &TimeZone,
) -> bool {
    candidates(path).iter().any(|candidate| says_the_same(candidate, value, document, zone))
}

/// Whether `value`, read as `candidate` says, is what its field holds already.
fn says_the_same(
    candidate: &Candidate,
    value: &Value<'_>,
    document: &Document<'_>,
    zone: &TimeZone,
) -> bool {
    let Some(stated) = document.fields.get(candidate.field) else { return false };
    match candidate.reading {
        Reading::Repeats(how) => repeats(how, value, stated, document),
        Reading::FileAndLine => value
            .as_str()
            .and_then(reading::file_and_line)
            .is_some_and(|place| is_origin(&place, document)),
        Reading::Location => value
            .as_str()
            .and_then(reading::location)
            .is_some_and(|place| is_origin(&place, document)),
        _ if candidate.field.kind() == Kind::Date => {
            let instants = (instant(document, zone, value), document.timestamp);
            matches!(instants, (Some(value), Some(stated)) if is_same_instant(value, stated))
        }
        _ => {
            let value = read(candidate, &mut value.clone());
            value.as_ref().is_some_and(|value| match candidate.field {
                Field::LogOriginFileName => is_same_file(value, stated),
                _ => value == stated,
            })
        }
    }
}

fn repeats(how: Repeats, value: &Value<'_>, stated: &Value<'_>, document: &Document<'_>) -> bool {
    match how {
        Repeats::Text => value == stated,
        Repeats::Formatted => match (value.as_str(), stated.as_str()) {
            // What loguru formats it takes from the record, which stands beside it.
            (Some(text), Some(message)) => {
                document.holders.contains(&"record.extra")
                    && text.trim_end().ends_with(message.trim_end())
            }
            _ => false,
        },
        Repeats::Milliseconds => match (value, document.timestamp) {
            (Value::Number(number), Some(timestamp)) => {
                let fraction = f64::from(timestamp.subsec_millisecond());
                (number.as_f64().trunc() - fraction).abs() < f64::EPSILON
            }
            _ => false,
        },
        Repeats::FileStem => match (value.as_str(), stated.as_str()) {
            (Some(stem), Some(path)) => {
                let name = file_name(path);
                name.strip_prefix(stem).is_some_and(|ending| ending.starts_with('.'))
            }
            _ => false,
        },
        Repeats::Picture => value.as_str().is_some_and(|picture| !picture.is_ascii()),
        Repeats::Presence => matches!(value, Value::Bool(true)),
        Repeats::MessageAndTrace => match (value.as_str(), stated.as_str()) {
            (Some(text), Some(trace)) => {
                let message = document.fields.get_str(Field::Message).unwrap_or_default();
                text.trim_end()
                    .strip_suffix(trace.trim_end())
                    .is_some_and(|before| before.trim() == message.trim())
            }
            _ => false,
        },
    }
}

/// Whether two instants are one, told with different precision and cut or rounded.
fn is_same_instant(one: Timestamp, other: Timestamp) -> bool {
    let precision = |instant: Timestamp| {
        let nanoseconds = i128::from(instant.subsec_nanosecond());
        [1_000_000_000, 1_000_000, 1_000]
            .into_iter()
            .find(|unit| nanoseconds % unit == 0)
            .unwrap_or(1)
    };
    let unit = precision(one).max(precision(other));
    (one.as_nanosecond() - other.as_nanosecond()).abs() <= unit
}

/// Whether `name` is the file at `path`, with its folders or without.
fn is_same_file(name: &Value<'_>, path: &Value<'_>) -> bool {
    match (name.as_str(), path.as_str()) {
        (Some(name), Some(path)) => name == path || name == file_name(path),
        _ => false,
    }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Whether every part of `place` is a part of the log's origin.
fn is_origin(place: &Place<'_>, document: &Document<'_>) -> bool {
    let text = |field| document.fields.get_str(field);
    let file = text(Field::LogOriginFileName);
    let line = document.fields.get(Field::LogOriginFileLine).and_then(Value::as_number);
    place.file.is_none_or(|name| {
        file.is_some_and(|file| file == name || file_name(file) == file_name(name))
    }) && place.function.is_none_or(|name| text(Field::LogOriginFunction) == Some(name))
        && place.line.is_none_or(|place| line.and_then(crate::json::Number::as_u64) == Some(place))
}
