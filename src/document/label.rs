//! What a label may be called, and how many a document may have.

use std::borrow::Cow;

/// How many labels a document may have.
pub const MOST_LABELS: usize = 200;
/// How long a label's name may be, in bytes.
pub const LONGEST_LABEL_NAME: usize = 128;

/// A byte that may stand in a label's name.
const LEGAL: u8 = 1;
/// A digit.
const DIGIT: u8 = 1 << 1;

/// What each byte is in a label's name. Letters and digits beyond ASCII are looked at one by one.
const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut rest: &mut [u8] = &mut classes;
    let mut byte = 0_u8;
    while let [class, others @ ..] = rest {
        *class = match byte {
            b'0'..=b'9' => LEGAL | DIGIT,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' => LEGAL,
            _ => 0,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    classes
};

fn class(byte: u8) -> u8 {
    CLASSES.get(usize::from(byte)).copied().unwrap_or_default()
}

/// Whether `name` can be a label's as it is.
fn is_plain(name: &str) -> bool {
    let bytes = name.as_bytes();
    bytes.first() != Some(&b'_')
        && bytes.last() != Some(&b'_')
        && bytes.iter().fold(LEGAL, |classes, byte| classes & class(*byte)) != 0
}

/// `name` as a label has it: with `_` for whatever is no letter, digit, `-` or `_`, and without
/// `_` at its ends. Empty when nothing is left.
#[must_use]
pub fn label_name<'n>(name: impl Into<Cow<'n, str>>) -> Cow<'n, str> {
    let name = name.into();
    if is_plain(&name) {
        return name;
    }
    let is_legal = |character: char| character.is_alphanumeric() || character == '-';
    let replaced: String = name.chars().map(|c| if is_legal(c) { c } else { '_' }).collect();
    Cow::Owned(replaced.trim_matches('_').to_owned())
}

/// Whether a label's name looks like it was made from data, as an order's number or a session's id
/// in it does. Each value of the data would make a field of its own in the index, for all time.
#[must_use]
pub fn is_generated(name: &str) -> bool {
    // Of nearly all names this is all that is looked at.
    let digits: u32 = name.bytes().map(|byte| u32::from(class(byte) & DIGIT)).sum();
    if digits < 2 * u32::from(DIGIT) {
        return false;
    }
    name.split(|character: char| !character.is_alphanumeric()).any(|segment| {
        let bytes = segment.as_bytes();
        let digits = bytes.iter().filter(|byte| byte.is_ascii_digit()).count();
        let is_number = bytes
            .chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit())
            .any(|run| run.len() >= 5 && run.iter().all(u8::is_ascii_digit));
        let is_hexadecimal =
            bytes.len() >= 8 && digits >= 2 && bytes.iter().all(u8::is_ascii_hexdigit);
        let is_random = bytes.len() >= 20 && digits >= 5;
        is_number || is_hexadecimal || is_random
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_people_write_are_told_from_those_made_of_data() {
        for name in [
            "customer",
            "p99_ms",
            "http_5xx",
            "sha256",
            "timestamp_iso8601",
            "rfc3339",
            "load15",
            "utf8-iso8601",
            "shard_12_size",
            "deadbeef",
            "year_2020",
            "größe_10",
            "oauth2-x509-s3-ec2",
            "x1y2z3a4b5c6",
        ] {
            assert!(!is_generated(name), "{name}");
        }
        for name in [
            "user_184467",
            "20200511",
            "k12345",
            "0af31b2c",
            "order_9f86d081884c7d65_state",
            "550e8400-e29b-41d4-a716-446655440000",
            "01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "field_2000_17_12345",
        ] {
            assert!(is_generated(name), "{name}");
        }
    }
}
