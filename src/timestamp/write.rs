//! Instants as the document writes them.

use jiff::{Timestamp, fmt::temporal::DateTimePrinter};

const MILLISECONDS: DateTimePrinter = DateTimePrinter::new().precision(Some(3));
const MICROSECONDS: DateTimePrinter = DateTimePrinter::new().precision(Some(6));
const NANOSECONDS: DateTimePrinter = DateTimePrinter::new().precision(Some(9));

/// `timestamp` as [`write_rfc3339`] writes it.
#[must_use]
pub fn to_rfc3339(timestamp: Timestamp) -> String {
    let mut text = String::with_capacity("2020-05-11T12:44:44.000000000Z".len());
    write_rfc3339(timestamp, &mut text);
    text
}

/// Appends `timestamp` in RFC 3339, in UTC, with as many fraction digits as it needs of 3, 6 or 9:
/// `2020-05-11T12:44:44.000Z`.
///
/// RFC 3339 has no years before 0000; an instant before them is written as the first that it has.
pub fn write_rfc3339(timestamp: Timestamp, out: &mut String) {
    /// 0000-01-01T00:00:00Z.
    const FIRST: Timestamp = Timestamp::constant(-62_167_219_200, 0);
    let timestamp = timestamp.max(FIRST);
    let printer = match timestamp.subsec_nanosecond() {
        nanosecond if nanosecond % 1_000_000 == 0 => &MILLISECONDS,
        nanosecond if nanosecond % 1_000 == 0 => &MICROSECONDS,
        _ => &NANOSECONDS,
    };
    // Writing to a string cannot fail.
    let _ = printer.print_timestamp(&timestamp, out);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_few_digits_as_lose_nothing_but_three() {
        let written = |timestamp: Timestamp| {
            let mut out = String::from("> ");
            write_rfc3339(timestamp, &mut out);
            out
        };
        for text in [
            "2020-05-11T12:44:44.000Z",
            "2020-05-11T12:44:44.120Z",
            "2020-05-11T12:44:44.123456Z",
            "2020-05-11T12:44:44.000001Z",
            "2020-05-11T12:44:44.000000001Z",
            "2020-05-11T12:44:44.123456700Z",
            "0000-01-01T00:00:00.000Z",
            "9999-01-02T03:04:05.678Z",
            "1969-12-31T23:59:59.999Z",
        ] {
            assert_eq!(written(text.parse().unwrap()), format!("> {text}"));
        }
        assert_eq!(written(Timestamp::MIN), "> 0000-01-01T00:00:00.000Z");
    }
}
