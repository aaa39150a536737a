//! What a logger says more than once. A level as a word and as a number, a time in two formats, a
//! file with its path and without: one of them stands under its ECS name, and the other would be a
//! label that tells a reader nothing. It is left out when it truly repeats the field, and stays a
//! label when it differs.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::aliases::{Candidate, Reading};
use super::claim::{instant, read};
use super::known::candidates;
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
    entries: Vec<(Cow<'static, str>, &'static str)>,
}

impl Suspects {
    /// Notes that `candidate`, whose value stands at `path`, lost its field to a better one. A path
    /// that stands twice is noted once, so that there are no more than there are known names.
    pub(super) fn note(&mut self, path: &str, candidate: &Candidate) {
        if self.entries.iter().all(|(noted, _)| noted != path) {
            let path = if path == candidate.path {
                Cow::Borrowed(candidate.path)
            } else {
                Cow::Owned(path.to_owned())
            };
            self.entries.push((path, candidate.path));
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
            self.walk(source, "", document, zone);
        }
    }

    fn walk(&self, object: &mut Object<'_>, outer: &str, document: &Document<'_>, zone: &TimeZone) {
        object.retain_mut(|key, value| {
            let path: Cow<'_, str> = if outer.is_empty() {
                Cow::Borrowed(key)
            } else {
                Cow::Owned(format!("{outer}.{key}"))
            };
            let leads_to = |entry: &str| {
                entry.strip_prefix(path.as_ref()).is_some_and(|rest| rest.starts_with('.'))
            };
            let noted = self.entries.iter().find(|(entry, _)| *entry == path);
            match (noted, &mut *value) {
                (Some((_, known)), value) if !value.is_container() => {
                    !is_repetition(known, value, document, zone)
                }
                (_, Value::Object(inner))
                    if self.entries.iter().any(|(entry, _)| leads_to(entry)) =>
                {
                    self.walk(inner, &path, document, zone);
                    !inner.is_empty()
                }
                _ => true,
            }
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
                let whole = number.as_str().split('.').next().unwrap_or_default();
                whole.parse() == Ok(timestamp.subsec_millisecond())
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
        let units = [1_000_000_000, 1_000_000, 1_000].into_iter();
        units.filter(|unit| nanoseconds % unit == 0).max().unwrap_or(1)
    };
    let (precision, other_precision) = (precision(one), precision(other));
    let distance = (one.as_nanosecond() - other.as_nanosecond()).abs();
    distance == 0 || precision != other_precision && distance < precision.max(other_precision)
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

#[cfg(test)]
mod tests {
    use jiff::tz::TimeZone;

    use super::*;
    use crate::document::Redacted;
    use crate::json::{read as read_json, write_object};
    use crate::normalize::{Shapes, claim_fields};

    /// What is left of a log that arrived 2026-11-24T15:18:00Z when its fields are claimed.
    fn left(source: &str) -> String {
        let Ok(Value::Object(source)) = read_json(source) else { panic!("{source}") };
        let arrival = Some("2026-11-24T15:18:00Z".parse().unwrap());
        let mut document = Redacted::seal(Document { source, arrival, ..Document::default() });
        claim_fields(&mut document, &TimeZone::UTC, &mut Shapes::default());
        let mut left = Vec::new();
        write_object(&document.source, &mut left);
        String::from_utf8(left).unwrap()
    }

    /// What each logger says once more, and what differs.
    const EXAMPLES: &[(&str, &str)] = &[
        (
            r#"{"timestamp":"2026-11-24T15:17:31.802294+00:00","asctime":"2026-11-24 15:17:31,802",
                "created":1795533451.8022943,"msecs":802.0,"levelname":"DEBUG","levelno":10,"module":"shop",
                "filename":"shop.py","pathname":"/app/shop.py"}"#,
            "{}",
        ),
        (
            r#"{"timestamp":"2026-11-24T15:17:31.802294+00:00","asctime":"2026-11-24 16:17:31,802",
                "created":1795533450.8,"msecs":803.0,"levelname":"DEBUG","levelno":20,"module":"till",
                "filename":"till.py","pathname":"/app/shop.py"}"#,
            r#"{"asctime":"2026-11-24 16:17:31,802","created":1795533450.8,"msecs":803.0,"levelno":20,"module":"till","filename":"till.py"}"#,
        ),
        (
            r#"{"pathname":"/app/shop.py","func_name":"pay","qual_name":"pay","qual_module":"shop"}"#,
            "{}",
        ),
        (
            r#"{"pathname":"/app/shop.py","func_name":"pay","qual_name":"Till.pay","qual_module":"a.shop"}"#,
            r#"{"qual_name":"Till.pay","qual_module":"a.shop"}"#,
        ),
        (r#"{"message":"added 7","log.original":"added 7"}"#, "{}"),
        (
            r#"{"message":"added 7","log":{"original":"added %d"}}"#,
            r#"{"log":{"original":"added %d"}}"#,
        ),
        (r#"{"level":"ERROR","monolog_level":400}"#, "{}"),
        (r#"{"level":"WARN","level_value":30000}"#, "{}"),
        (r#"{"level":"WARN","level_value":40000}"#, r#"{"level_value":40000}"#),
        (
            r#"{"message":"not paid","stack_trace":"E: no\n\tat a.B.c(B.java:1)","full_message":"not paid\nE: no\n\tat a.B.c(B.java:1)"}"#,
            "{}",
        ),
        (r#"{"thrown":{"message":"declined","localizedMessage":"declined"}}"#, "{}"),
        (
            r#"{"thrown":{"message":"declined","localizedMessage":"abgelehnt"}}"#,
            r#"{"thrown":{"localizedMessage":"abgelehnt"}}"#,
        ),
        (r#"{"level":"ERROR","monolog_level":500}"#, r#"{"monolog_level":500}"#),
        (
            r#"{"text":"16:18 | INFO | pay:7 - paid\n","record":{"elapsed":{"seconds":1},"extra":{},
                "exception":{"type":"E","value":"e","traceback":true},"file":{"name":"shop.py","path":"/app/shop.py"},
                "level":{"icon":"ℹ️","name":"INFO","no":20},"message":"paid","module":"shop",
                "time":{"repr":"2026-11-24 16:17:04.632921+01:00","timestamp":1795533424.632921}}}"#,
            r#"{"record":{"elapsed":{"seconds":1}}}"#,
        ),
        (
            r#"{"text":"paid by card","record":{"extra":{},"level":{"icon":"I","name":"INFO","no":30},"message":"paid"}}"#,
            r#"{"record":{"level":{"icon":"I","no":30}},"text":"paid by card"}"#,
        ),
        (r#"{"message":"paid","text":"she paid"}"#, r#"{"text":"she paid"}"#),
        (r#"{"caller":"a.go:12","source.file":"/src/a.go","source.line":12}"#, "{}"),
        (
            r#"{"caller":"a.go:13","source.file":"/src/a.go","source.line":12}"#,
            r#"{"caller":"a.go:13"}"#,
        ),
        (r#"{"location":"pay:7","funcName":"pay","lineno":7}"#, "{}"),
        (r#"{"location":"pay:7","funcName":"run","lineno":7}"#, r#"{"location":"pay:7"}"#),
        (
            r#"{"time":"2026-11-24T15:17:31Z","eventTime":"2026-11-24T15:17:32Z"}"#,
            r#"{"eventTime":"2026-11-24T15:17:32Z"}"#,
        ),
    ];

    #[test]
    fn only_what_is_said_already_is_left_out() {
        for (source, expected) in EXAMPLES {
            assert_eq!(left(source), *expected, "{source}");
        }
    }

    #[test]
    fn every_row_has_an_example() {
        for (path, ..) in REPETITIONS {
            let name = path.rsplit('.').next().unwrap();
            let quoted = [format!("\"{name}\":"), format!("\"{path}\":")];
            let has = |source: &str| quoted.iter().any(|name| source.contains(name));
            assert!(EXAMPLES.iter().any(|(source, _)| has(source)), "{path}");
        }
    }

    #[test]
    fn a_name_that_stands_often_costs_no_more() {
        let entry = r#""levelno":10,"msecs":1,"context":{"a":{"levelno":1}},"#;
        let source = format!(r#"{{"levelname":"DEBUG",{}"channel":"x"}}"#, entry.repeat(20_000));
        let began = std::time::Instant::now();
        assert!(!left(&source).contains("\"levelno\":10"));
        assert!(began.elapsed().as_secs() < 5);
    }
}
