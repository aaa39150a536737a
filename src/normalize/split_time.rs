//! A time that a logger tells in two fields, put together so that no part of it is lost.

use crate::json::{Number, Object, Value};

const NANOSECONDS_OF_A_MILLISECOND: u64 = 1_000_000;
const MILLISECONDS_OF_A_SECOND: u64 = 1_000;

/// The field with the whole, that with the nanoseconds of its second, and how many of the whole are
/// a second.
const SPLIT: &[(&str, &str, u64)] = &[
    ("timestampSeconds", "timestampNanos", 1), // Google Cloud, log4j2 GcpLayout
    ("timestamp", "nanoseconds", MILLISECONDS_OF_A_SECOND), // logback JsonEncoder
];

/// The names of the parts.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SPLIT.iter().map(|(_, part, _)| *part)
}

/// Puts the parts of a time in `source` together, as seconds and nanoseconds in the place of the
/// whole. Whether there were any.
pub(super) fn join(source: &mut Object<'_>) -> bool {
    let length = source.len();
    for (whole, part, per_second) in SPLIT {
        let Some(nanoseconds) = source.get(part).and_then(unsigned) else { continue };
        let Some(time) = source.get(whole).and_then(unsigned) else { continue };
        // Milliseconds of another second would tell a time that never was.
        let fits = nanoseconds < NANOSECONDS_OF_A_MILLISECOND * MILLISECONDS_OF_A_SECOND
            && (*per_second == 1
                || time % per_second == nanoseconds / NANOSECONDS_OF_A_MILLISECOND);
        if let Some(place) = source.get_mut(whole).filter(|_| fits) {
            let mut instant = Object::with_capacity(2);
            instant.push("seconds", time / per_second);
            instant.push("nanos", nanoseconds);
            *place = Value::Object(instant);
            source.remove(part);
        }
    }
    source.len() != length
}

fn unsigned(value: &Value<'_>) -> Option<u64> {
    value.as_number().and_then(Number::as_u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, write_object};

    fn joined(source: &str) -> String {
        let Ok(Value::Object(mut source)) = read(source) else { panic!("{source}") };
        join(&mut source);
        let mut text = Vec::new();
        write_object(&source, &mut text);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn parts_of_one_time_are_joined() {
        assert_eq!(
            joined(r#"{"timestampSeconds":1795533766,"timestampNanos":411665287,"a":1}"#),
            r#"{"timestampSeconds":{"seconds":1795533766,"nanos":411665287},"a":1}"#
        );
        assert_eq!(
            joined(r#"{"timestamp":1795533674361,"nanoseconds":361130133}"#),
            r#"{"timestamp":{"seconds":1795533674,"nanos":361130133}}"#
        );
    }

    #[test]
    fn what_is_no_part_of_the_time_stays() {
        for source in [
            r#"{"timestamp":1795533674361,"nanoseconds":12}"#,
            r#"{"timestamp":"2026-11-24T15:21:14Z","nanoseconds":361130133}"#,
            r#"{"timestampSeconds":1795533766,"timestampNanos":1000000000}"#,
            r#"{"timestampSeconds":1795533766,"timestampNanos":-1}"#,
            r#"{"nanoseconds":361130133}"#,
        ] {
            assert_eq!(joined(source), source);
        }
    }
}
