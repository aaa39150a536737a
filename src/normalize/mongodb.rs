//! The names that MongoDB gives to what it logs as JSON. They are single letters, which say nothing
//! in any other log, so that they count together only.
//!
//! Source: *Log Messages* in MongoDB's manual
//! (<https://www.mongodb.com/docs/manual/reference/log-messages/>).

use crate::json::{Object, Value};

/// MongoDB's names, and those that other loggers give to the same.
const NAMES: &[(&str, &str)] = &[
    (SIGN, "time"),
    ("s", "level"),
    ("c", "logger"),
    ("ctx", "threadName"),
    ("attr", "attributes"),
];

/// The name of the time, by whose form a line of MongoDB's is known.
pub(super) const SIGN: &str = "t";

/// Gives the fields of a line of MongoDB's the names that they usually have. Others are left alone.
/// Whether it is one.
pub(super) fn rename_mongodb(source: &mut Object<'_>) -> bool {
    let is_time = |value: &Value<'_>| {
        value.as_object().is_some_and(|time| time.len() == 1 && time.get("$date").is_some())
    };
    let is_mongodb = source.get(SIGN).is_some_and(is_time)
        && source.get("s").is_some()
        && source.get("c").is_some();
    if !is_mongodb {
        return false;
    }
    for (key, value) in source.iter_mut() {
        let Some((_, name)) = NAMES.iter().find(|(known, _)| key == known) else { continue };
        *key = (*name).into();
        match (*name, &mut *value) {
            ("time", Value::Object(time)) => *value = time.remove("$date").unwrap_or_default(),
            // `D1` to `D5`.
            ("level", level) if level.as_str().is_some_and(|level| level.starts_with('D')) => {
                *level = Value::from("debug");
            }
            _ => {}
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, to_text};

    #[test]
    fn only_lines_of_mongodb_are_renamed() {
        let renamed = |text: &str| {
            let Ok(Value::Object(mut source)) = read(text) else { panic!("{text}") };
            rename_mongodb(&mut source);
            to_text(&Value::Object(source))
        };
        assert_eq!(
            renamed(
                r#"{"t":{"$date":"2020-05-11T12:44:44Z"},"s":"D2","c":"NETWORK","id":7,"ctx":"main","msg":"x","attr":{"a":1}}"#
            ),
            r#"{"time":"2020-05-11T12:44:44Z","level":"debug","logger":"NETWORK","id":7,"threadName":"main","msg":"x","attributes":{"a":1}}"#
        );
        for other in [
            r#"{"t":"2020-05-11T12:44:44Z","s":"I","c":"x"}"#,
            r#"{"t":{"$date":"x","y":1},"s":"I","c":"x"}"#,
            r#"{"t":{"$date":"x"},"s":"I"}"#,
        ] {
            assert_eq!(renamed(other), other);
        }
    }
}
