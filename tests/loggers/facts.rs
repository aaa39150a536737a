//! What a document can have right about a log of the scenario.

use std::path::Path;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::recording::Recording;
use crate::scenario::{
    CAUSE_MESSAGE, ERROR_MESSAGE, ERROR_TYPE, EVERY_LOG, FRAMES, FUNCTION, LOGGER, Log,
};

/// One fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fact {
    Time,
    Level,
    Logger,
    Message,
    Origin,
    Fields,
    Nested,
    ErrorType,
    ErrorMessage,
    Traceback,
    Cause,
}

/// All of them, with the name of their column.
pub(crate) const FACTS: &[(Fact, &str)] = &[
    (Fact::Time, "time"),
    (Fact::Level, "level"),
    (Fact::Logger, "logger"),
    (Fact::Message, "message"),
    (Fact::Origin, "origin"),
    (Fact::Fields, "fields"),
    (Fact::Nested, "nested"),
    (Fact::ErrorType, "type"),
    (Fact::ErrorMessage, "error"),
    (Fact::Traceback, "trace"),
    (Fact::Cause, "cause"),
];

impl Fact {
    /// The logs that can have it.
    pub(crate) fn logs(self) -> impl Iterator<Item = Log> {
        let logs = EVERY_LOG.iter().copied();
        logs.filter(move |log| match self {
            Self::Fields => !log.fields().is_empty(),
            Self::Nested => !log.nested().is_empty(),
            Self::ErrorType | Self::ErrorMessage | Self::Traceback | Self::Cause => {
                *log == Log::PaymentFailed
            }
            _ => true,
        })
    }

    /// Whether `document` has it right about `log`.
    pub(crate) fn holds(self, log: Log, document: &Value, recording: &Recording) -> bool {
        let text = |path| at(document, path).and_then(Value::as_str);
        let has = |expected: Vec<(&str, Value)>| {
            expected.iter().all(|(path, value)| at(document, path) == Some(value))
        };
        match self {
            Self::Time => text("@timestamp").is_some_and(|time| is_within_the_run(time, recording)),
            Self::Level => text("log.level") == Some(log.level()),
            Self::Logger => text("log.logger") == Some(LOGGER),
            Self::Message => text("message") == Some(log.message()),
            Self::Origin => is_where_it_was_logged(log, document, recording),
            Self::Fields => has(log.fields()),
            Self::Nested => has(log.nested()),
            Self::ErrorType => text("error.type").is_some_and(|name| name.ends_with(ERROR_TYPE)),
            Self::ErrorMessage => text("error.message") == Some(ERROR_MESSAGE),
            Self::Traceback => is_where_it_failed(document, recording),
            Self::Cause => {
                let exceptions = at(document, "traceback.exceptions").and_then(Value::as_array);
                exceptions.is_some_and(|exceptions| {
                    exceptions.iter().any(|exception| {
                        exception["relation"] == "cause" && exception["message"] == CAUSE_MESSAGE
                    })
                })
            }
        }
    }
}

/// The value at a dotted path.
pub(crate) fn at<'v>(document: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.').try_fold(document, |value, key| value.get(key))
}

/// Not a fallback, and not an hour off: a logger may leave out what is below the second.
fn is_within_the_run(time: &str, recording: &Recording) -> bool {
    let time: Timestamp = time.parse().unwrap();
    let slack = SignedDuration::from_secs(1);
    (recording.began - slack..=recording.ended + slack).contains(&time)
}

/// In the program's file, in the line that holds the message, and in the function that logs.
fn is_where_it_was_logged(log: Log, document: &Value, recording: &Recording) -> bool {
    let origin = &document["log"]["origin"];
    let Some(file) = origin["file"]["name"].as_str() else { return false };
    let line = origin["file"]["line"].as_u64().unwrap_or_default();
    let function = origin["function"].as_str();
    recording.source(file).is_some_and(|source| has_words(source, line, log.words()))
        && function.is_none_or(|function| is_named(function, FUNCTION))
}

/// The innermost frame is where the error was made, and soon after comes its caller: between them
/// may stand the same function again, as for Ruby's `rescue in`.
fn is_where_it_failed(document: &Value, recording: &Recording) -> bool {
    let frames = &document["traceback"]["exceptions"][0]["frames"];
    let innermost = &frames[0];
    let Some(file) = innermost["file"].as_str() else { return false };
    let line = innermost["line"].as_u64().unwrap_or_default();
    let is_named_as = |frame: &Value, function: &str| {
        frame["function"].as_str().is_some_and(|name| is_named(name, function))
    };
    recording.source(file).is_some_and(|source| has_words(source, line, ERROR_MESSAGE))
        && is_named_as(innermost, FRAMES[0])
        && (1..3).any(|index| is_named_as(&frames[index], FRAMES[1]))
        && document["traceback"]["culprit"].as_str().is_some_and(|name| name.contains(FRAMES[0]))
}

fn has_words(source: &str, line: u64, words: &str) -> bool {
    let index = usize::try_from(line).unwrap().checked_sub(1);
    index.and_then(|index| source.lines().nth(index)).is_some_and(|line| line.contains(words))
}

/// Whether `name` is `function`, in any case and of whatever class or package.
fn is_named(name: &str, function: &str) -> bool {
    let letters = |c: char| !c.is_alphanumeric() && c != '_';
    name.to_lowercase().split(letters).any(|word| word == function)
}

/// The last part of a path of any system.
pub(crate) fn file_name(path: &str) -> &str {
    Path::new(path).file_name().and_then(|name| name.to_str()).unwrap_or(path)
}
