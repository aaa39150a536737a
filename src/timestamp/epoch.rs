//! Times counted from 1970-01-01T00:00:00Z, read from decimal digits without a float in between:
//! 1589201084.123 has no exact `f64`.

use jiff::Timestamp;

use super::scan::digits;

/// Units by the power of ten that a count in them stays below, and that makes nanoseconds of one.
/// Seconds reach the year 5138 so, and finer units begin in March 1973.
const UNITS: [(u32, i32); 3] = [(11, 9), (14, 6), (17, 3)];

/// Significant digits that are kept: more than any instant in nanoseconds has, and few enough that
/// `i128` holds the product with any power of ten that is applied to them.
const MOST_DIGITS: usize = 28;

/// Parses an epoch number, given as the text of a JSON number.
///
/// The unit follows from the magnitude: seconds below 10¹¹, milliseconds below 10¹⁴, microseconds
/// below 10¹⁷, else nanoseconds; a fraction or an exponent (`1.589201084123e9`, zap's floats) is
/// read exactly, down to the nanosecond. `None` when the text is not a JSON number or the instant
/// lies outside the years -9999 to 9999. Whether the instant is plausible is the caller's question.
///
/// ```
/// use nozzle::timestamp::parse_epoch;
/// let milliseconds = parse_epoch("1589201084123").unwrap();
/// assert_eq!(parse_epoch("1589201084.123"), Some(milliseconds));
/// assert_eq!(milliseconds.to_string(), "2020-05-11T12:44:44.123Z");
/// ```
#[must_use]
pub fn parse_epoch(number: &str) -> Option<Timestamp> {
    let bytes = number.as_bytes();
    if let Some(timestamp) = whole_milliseconds(bytes) {
        return Some(timestamp);
    }
    let (negative, bytes) = match bytes {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, bytes),
    };
    let (whole, rest) = digits(bytes);
    if matches!(whole, [] | [b'0', _, ..]) {
        return None;
    }
    let (fraction, rest) = match rest {
        [b'.', rest @ ..] => {
            let (fraction, rest) = digits(rest);
            (!fraction.is_empty()).then_some((fraction, rest))?
        }
        _ => (&[][..], rest),
    };
    let exponent = match rest {
        [] => 0,
        [b'e' | b'E', rest @ ..] => exponent(rest)?,
        _ => return None,
    };

    let mut mantissa: i128 = 0;
    let mut scale = exponent;
    let mut kept = 0;
    for (place, digit) in whole.iter().chain(fraction).enumerate() {
        if kept < MOST_DIGITS {
            mantissa = mantissa * 10 + i128::from(digit - b'0');
            kept += usize::from(mantissa != 0);
            scale -= i32::from(place >= whole.len());
        } else {
            scale += i32::from(place < whole.len());
        }
    }
    let count = scaled(mantissa, scale)?;
    let unit = UNITS.iter().find(|(limit, _)| count < 10_i128.pow(*limit));
    let nanoseconds = scaled(mantissa, scale + unit.map_or(0, |(_, power)| *power))?;
    Timestamp::from_nanosecond(if negative { -nanoseconds } else { nanoseconds }).ok()
}

/// The instant of thirteen digits, which are milliseconds: nearly every epoch number of a logger is
/// written so, and takes a tenth of the time without arithmetic of 128 bits.
fn whole_milliseconds(number: &[u8]) -> Option<Timestamp> {
    let digits: &[u8; 13] = number.try_into().ok()?;
    if digits.first() == Some(&b'0') || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let count = digits.iter().fold(0, |count, digit| count * 10 + i64::from(digit - b'0'));
    Timestamp::from_millisecond(count).ok()
}

/// Parses text that can only be an epoch number: 10 digits with or without a fraction, or 13, 16
/// or 19 digits.
pub(super) fn parse_digits(text: &str) -> Option<Timestamp> {
    let (whole, rest) = digits(text.as_bytes());
    let plain = match (whole.len(), rest) {
        (10, [b'.', fraction @ ..]) => digits(fraction).1.is_empty(),
        (10 | 13 | 16 | 19, []) => true,
        _ => false,
    };
    plain.then(|| parse_epoch(text)).flatten()
}

/// Takes an exponent to the end of the text. Those past four digits are out of any range.
fn exponent(text: &[u8]) -> Option<i32> {
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let (digits, rest) = digits(text);
    if !rest.is_empty() || digits.len() > 4 {
        return None;
    }
    let value: i32 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    Some(if negative { -value } else { value })
}

/// `mantissa` times ten to the power of `scale`, towards zero. `None` if it is too large.
fn scaled(mantissa: i128, scale: i32) -> Option<i128> {
    let power = 10_i128.checked_pow(scale.unsigned_abs());
    match (power, scale >= 0) {
        (Some(power), true) => mantissa.checked_mul(power),
        (Some(power), false) => Some(mantissa / power),
        (None, true) => (mantissa == 0).then_some(0),
        (None, false) => Some(0),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(instant: &str) -> Timestamp {
        instant.parse().unwrap()
    }

    #[test]
    fn epochs_are_exact_and_their_unit_follows_from_their_size() {
        let table = [
            ("1589201084", Some("2020-05-11T12:44:44Z")),
            ("1589201084.123", Some("2020-05-11T12:44:44.123Z")),
            ("1589201084.1234567899", Some("2020-05-11T12:44:44.123456789Z")),
            ("1589201084123", Some("2020-05-11T12:44:44.123Z")),
            ("1589201084123.456789", Some("2020-05-11T12:44:44.123456789Z")),
            ("1589201084123456", Some("2020-05-11T12:44:44.123456Z")),
            ("1589201084123456789", Some("2020-05-11T12:44:44.123456789Z")),
            ("1.589201084123e9", Some("2020-05-11T12:44:44.123Z")),
            ("1.5892010841234567E9", Some("2020-05-11T12:44:44.1234567Z")),
            ("1589201084e0", Some("2020-05-11T12:44:44Z")),
            ("1589201084123e-3", Some("2020-05-11T12:44:44.123Z")),
            ("15892010840000000000000000000000000000000e-31", Some("2020-05-11T12:44:44Z")),
            ("0.0000000001", Some("1970-01-01T00:00:00Z")),
            ("0", Some("1970-01-01T00:00:00Z")),
            ("0e999", Some("1970-01-01T00:00:00Z")),
            ("1e-999", Some("1970-01-01T00:00:00Z")),
            ("-1", Some("1969-12-31T23:59:59Z")),
            ("-1.5", Some("1969-12-31T23:59:58.5Z")),
            ("99999999999", Some("5138-11-16T09:46:39Z")),
            ("100000000000", Some("1973-03-03T09:46:40Z")),
            ("99999999999999", Some("5138-11-16T09:46:39.999Z")),
            ("100000000000000", Some("1973-03-03T09:46:40Z")),
            ("99999999999999999", Some("5138-11-16T09:46:39.999999Z")),
            ("100000000000000000", Some("1973-03-03T09:46:40Z")),
            ("1e30", None),
            ("1e999", None),
            ("1e99999", None),
            ("99999999999999999999999999999999999999999999", None),
            ("", None),
            ("-", None),
            ("+1", None),
            ("01", None),
            ("1.", None),
            (".5", None),
            ("1e", None),
            ("1e+", None),
            ("1e5.0", None),
            ("0x10", None),
            ("NaN", None),
            ("1 ", None),
        ];
        for (number, instant) in table {
            assert_eq!(parse_epoch(number), instant.map(at), "{number}");
        }
    }

    proptest! {
        #[test]
        fn epochs_of_every_unit_are_exact(second in 946_684_800_i64..4_102_444_800, nanosecond in 0..1_000_000_000_i32) {
            let timestamp = Timestamp::new(second, nanosecond).unwrap();
            prop_assert_eq!(parse_epoch(&format!("{second}.{nanosecond:09}")), Some(timestamp));
            prop_assert_eq!(parse_epoch(&format!("{}", timestamp.as_nanosecond())), Some(timestamp));
            let milliseconds = format!("{}.{:06}", timestamp.as_millisecond(), nanosecond % 1_000_000);
            prop_assert_eq!(parse_epoch(&milliseconds), Some(timestamp));
        }
    }
}
