//! How long something took, where a field's own name tells the unit: `duration_ms`, `elapsedSeconds`.
//!
//! No two programs call it alike, so that nothing could be compared or sorted between services.
//! The field stays the label that it is; `event.duration` says the same in nanoseconds, which is
//! its unit in ECS.

use crate::document::{Document, Field};
use crate::json::Value;

/// What is measured, without `_` and in lower case.
const MEASURES: &[&str] = &[
    "duration",
    "elapsed",
    "elapsedtime",
    "executiontime",
    "latency",
    "processingtime",
    "requesttime",
    "responsetime",
    "took",
];

/// How units are written behind it, and their nanoseconds. The longer of two endings comes first.
const UNITS: &[(&str, f64)] = &[
    ("nanoseconds", 1.0),
    ("nanos", 1.0),
    ("ns", 1.0),
    ("microseconds", 1e3),
    ("micros", 1e3),
    ("us", 1e3),
    ("milliseconds", 1e6),
    ("millis", 1e6),
    ("ms", 1e6),
    ("seconds", 1e9),
    ("secs", 1e9),
    ("s", 1e9),
];

/// The longest name that can be one, in bytes.
const LONGEST_NAME: usize = 32;

/// Sets `event.duration` from the only field of the log that is a duration by its name, unless the
/// log states one. Of two nobody knows which is the log's.
pub(super) fn derive_duration(document: &mut Document<'_>) {
    if document.fields.contains(Field::EventDuration) {
        return;
    }
    let mut found = None;
    for (name, value) in document.source.iter() {
        let Value::Number(number) = value else { continue };
        let Some(unit) = nanoseconds_of(name) else { continue };
        if found.replace((unit, number)).is_some() {
            return;
        }
    }
    if let Some((unit, number)) = found
        && let Some(nanoseconds) = whole_nanoseconds(number.as_str(), unit)
    {
        document.fields.set(Field::EventDuration, nanoseconds);
    }
}

/// The nanoseconds of the unit in a duration's name.
fn nanoseconds_of(name: &str) -> Option<f64> {
    if !matches!(name.as_bytes().last(), Some(b's' | b'S')) || name.len() > LONGEST_NAME {
        return None;
    }
    let mut letters = [0; LONGEST_NAME];
    let mut length = 0;
    for byte in name.bytes().filter(|byte| *byte != b'_') {
        *letters.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    let plain = std::str::from_utf8(letters.get(..length)?).ok()?;
    UNITS.iter().find_map(|(ending, nanoseconds)| {
        let measure = plain.strip_suffix(ending)?;
        // A plural is no unit.
        let is_unit = *ending != "s" || name.ends_with("_s");
        (is_unit && MEASURES.contains(&measure)).then_some(*nanoseconds)
    })
}

/// `number` units as nanoseconds; `None` when they are negative or more than ECS's type holds.
fn whole_nanoseconds(number: &str, unit: f64) -> Option<u64> {
    /// A hundred years, beyond which something else was measured.
    const LONGEST: f64 = 100.0 * 365.25 * 86_400.0 * 1e9;
    let nanoseconds = (number.parse::<f64>().ok()? * unit).round();
    // Within these bounds a float is a whole number of 64 bits.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (0.0..=LONGEST).contains(&nanoseconds).then_some(nanoseconds as u64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, to_text};

    fn duration(source: &str) -> Option<String> {
        let Ok(Value::Object(object)) = read(source) else { panic!("{source}") };
        let mut document = Document { source: object, ..Document::default() };
        derive_duration(&mut document);
        let Ok(Value::Object(object)) = read(source) else { panic!("{source}") };
        assert_eq!(document.source.len(), object.len(), "the field stays");
        document.fields.get(Field::EventDuration).map(to_text)
    }

    #[test]
    fn a_name_with_its_unit_is_a_duration() {
        for (source, expected) in [
            (r#"{"duration_ms":12.5}"#, "12500000"),
            (r#"{"durationMs":3}"#, "3000000"),
            (r#"{"elapsed_seconds":0.25,"n":1}"#, "250000000"),
            (r#"{"took_us":7}"#, "7000"),
            (r#"{"latency_ns":7}"#, "7"),
            (r#"{"responseTimeMs":0}"#, "0"),
            (r#"{"elapsed_time_millis":1e3}"#, "1000000000"),
            (r#"{"request_time_s":1.001}"#, "1001000000"),
        ] {
            assert_eq!(duration(source).as_deref(), Some(expected), "{source}");
        }
    }

    #[test]
    fn other_names_and_values_are_none() {
        for source in [
            r#"{"duration":12}"#,
            r#"{"duration_ms":"12"}"#,
            r#"{"duration_ms":-1}"#,
            r#"{"duration_ms":1e300}"#,
            r#"{"duration_ms":1,"latency_ms":2}"#,
            r#"{"tools":1,"items":2,"durations":3,"ms":4,"s":5}"#,
            r#"{"session_ms":1,"sla_duration_ms":2}"#,
        ] {
            assert_eq!(duration(source), None, "{source}");
        }
    }
}
