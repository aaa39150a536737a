//! What a logger says of itself in every log: the version of its format, the class by which it is
//! called, a number that nobody set. It tells nothing about the log, and is left out. Only these
//! very values are: another one under the same name is the program's.

use crate::json::{Object, Value};

/// One such field.
struct OwnWords {
    name: &'static str,
    /// A field that this logger writes too.
    beside: &'static str,
    /// What it always says.
    is_own: fn(&Value<'_>) -> bool,
}

const OWN_WORDS: &[OwnWords] = &[
    // The version of bunyan's record format, which pino wrote until version 5.
    OwnWords { name: "v", beside: "pid", is_own: |value| is_one_of(value, &["0", "1"]) },
    // The version of Logstash's event schema.
    OwnWords { name: "@version", beside: "@timestamp", is_own: |value| is_one_of(value, &["1"]) },
    // The version of GELF.
    OwnWords {
        name: "version",
        beside: "short_message",
        is_own: |value| is_one_of(value, &["1.0", "1.1"]),
    },
    // The class of Log4j through which the program called it.
    OwnWords { name: "loggerFqcn", beside: "loggerName", is_own: is_class_of_log4j },
    // Whether Log4j's queue was empty then.
    OwnWords {
        name: "endOfBatch",
        beside: "loggerName",
        is_own: |value| matches!(value, Value::Bool(_)),
    },
    // The priority that every thread of Java has.
    OwnWords {
        name: "threadPriority",
        beside: "loggerName",
        is_own: |value| is_one_of(value, &["5"]),
    },
    // Logback's number of a log, of which no generator was configured.
    OwnWords {
        name: "sequenceNumber",
        beside: "loggerName",
        is_own: |value| is_one_of(value, &["0"]),
    },
];

/// The names of all of them.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    OWN_WORDS.iter().map(|words| words.name)
}

/// Removes from `source` what its logger says of itself. Whether there was any.
pub(super) fn remove(source: &mut Object<'_>) -> bool {
    let found: Vec<&str> = OWN_WORDS
        .iter()
        .filter(|words| {
            source.get(words.name).is_some_and(words.is_own) && source.get(words.beside).is_some()
        })
        .map(|words| words.name)
        .collect();
    for name in &found {
        source.remove(name);
    }
    !found.is_empty()
}

fn is_one_of(value: &Value<'_>, texts: &[&str]) -> bool {
    let text = match value {
        Value::String(text) => text.as_ref(),
        Value::Number(number) => number.as_str(),
        _ => return false,
    };
    texts.contains(&text)
}

fn is_class_of_log4j(value: &Value<'_>) -> bool {
    value.as_str().is_some_and(|name| name.starts_with("org.apache.logging."))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, write_object};

    fn rest(source: &str) -> String {
        let Ok(Value::Object(mut source)) = read(source) else { panic!("{source}") };
        remove(&mut source);
        let mut text = Vec::new();
        write_object(&source, &mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn what_says_nothing_is_left_out() {
        for (source, expected) in [
            (r#"{"pid":7,"v":0}"#, r#"{"pid":7}"#),
            (r#"{"@timestamp":"x","@version":"1"}"#, r#"{"@timestamp":"x"}"#),
            (r#"{"@timestamp":"x","@version":1}"#, r#"{"@timestamp":"x"}"#),
            (r#"{"version":"1.1","short_message":"x"}"#, r#"{"short_message":"x"}"#),
            (
                r#"{"loggerName":"a","loggerFqcn":"org.apache.logging.log4j.spi.AbstractLogger",
                    "endOfBatch":false,"threadPriority":5,"sequenceNumber":0}"#,
                r#"{"loggerName":"a"}"#,
            ),
        ] {
            assert_eq!(rest(source), expected);
        }
    }

    #[test]
    fn what_the_program_says_stays() {
        for source in [
            r#"{"pid":7,"v":2}"#,
            r#"{"v":0}"#,
            r#"{"@timestamp":"x","@version":"2"}"#,
            r#"{"version":"1.1","message":"x"}"#,
            r#"{"version":"4.7.11","short_message":"x"}"#,
            r#"{"loggerName":"a","loggerFqcn":"shop.Log","threadPriority":9,"sequenceNumber":17}"#,
            r#"{"endOfBatch":true}"#,
        ] {
            assert_eq!(rest(source), source);
        }
    }
}
