//! Instants as the document writes them.

use jiff::{Timestamp, tz::Offset};

use super::digits::pair;

/// The longest text, that with nanoseconds.
const LONGEST: usize = "2020-05-11T12:44:44.000000000Z".len();

/// `timestamp` as [`write_rfc3339`] writes it.
#[must_use]
pub fn to_rfc3339(timestamp: Timestamp) -> String {
    let mut text = String::with_capacity(LONGEST);
    write_rfc3339(timestamp, &mut text);
    text
}

/// Appends `timestamp` in RFC 3339, in UTC, with as many fraction digits as it needs of 3, 6 or 9:
/// `2020-05-11T12:44:44.000Z`.
///
/// RFC 3339 has no years before 0000; an instant before them is written as the first that it has.
///
/// The calendar is jiff's, the digits are put here: its printer serves every format, and takes ten
/// times as long.
pub fn write_rfc3339(timestamp: Timestamp, out: &mut String) {
    /// 0000-01-01T00:00:00Z.
    const FIRST: Timestamp = Timestamp::constant(-62_167_219_200, 0);
    let time = Offset::UTC.to_datetime(timestamp.max(FIRST));
    let year = time.year().unsigned_abs();
    let nanosecond = time.subsec_nanosecond().unsigned_abs();
    let (micros, nanos) = (nanosecond / 1_000, nanosecond % 1_000);
    let (millis, micros) = (micros / 1_000, micros % 1_000);
    let ([y1, y2], [y3, y4]) = (low_pair(year / 100), low_pair(year % 100));
    let [m1, m2] = pair(time.month().unsigned_abs());
    let [d1, d2] = pair(time.day().unsigned_abs());
    let [h1, h2] = pair(time.hour().unsigned_abs());
    let [n1, n2] = pair(time.minute().unsigned_abs());
    let [s1, s2] = pair(time.second().unsigned_abs());
    let [f1, f2, f3] = triple(millis);
    let [f4, f5, f6] = triple(micros);
    let [f7, f8, f9] = triple(nanos);
    let mut text = [
        y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2, b'T', h1, h2, b':', n1, n2, b':', s1, s2, b'.',
        f1, f2, f3, f4, f5, f6, f7, f8, f9, b'Z',
    ];
    let length = match (micros, nanos) {
        (0, 0) => LONGEST - 6,
        (_, 0) => LONGEST - 3,
        _ => LONGEST,
    };
    let Some(text) = text.get_mut(..length) else { return };
    if let Some(last) = text.last_mut() {
        *last = b'Z';
    }
    // Digits are ASCII.
    out.push_str(std::str::from_utf8(text).unwrap_or_default());
}

/// The two digits of a number below 100.
fn low_pair(number: impl TryInto<u8>) -> [u8; 2] {
    pair(number.try_into().unwrap_or_default())
}

/// The three digits of a number below 1,000.
fn triple(number: u32) -> [u8; 3] {
    let ([_, hundreds], [tens, ones]) = (low_pair(number / 100), low_pair(number % 100));
    [hundreds, tens, ones]
}

#[cfg(test)]
mod tests {
    use jiff::fmt::temporal::DateTimePrinter;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// From year 0 to the last instant that jiff has, its own printer with the same precision is the oracle.
        #[test]
        fn writes_what_jiff_writes(
            second in -62_167_219_200..=Timestamp::MAX.as_second() - 1,
            fraction in 0..1_000_i32,
            unit in prop::sample::select(vec![(3, 1_000_000), (6, 1_000), (9, 1)]),
        ) {
            let (digits, nanoseconds) = unit;
            let timestamp = Timestamp::new(second, fraction * nanoseconds).unwrap();
            let written = to_rfc3339(timestamp);
            let precision = if fraction == 0 { 3 } else { digits };
            let expected = DateTimePrinter::new()
                .precision(Some(precision))
                .timestamp_to_string(&timestamp);
            prop_assert_eq!(written, expected);
        }
    }

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
