//! What a label may be called, and how many a document may have.

use std::borrow::Cow;

/// How many labels a document may have.
pub const MOST_LABELS: usize = 200;
/// How long a label's name may be, in bytes.
pub const LONGEST_LABEL_NAME: usize = 128;

/// What a byte weighs that may not stand in a name, more than any digits.
const ILLEGAL: u16 = 1 << 8;

/// What each byte weighs: nothing, one if it is a digit, or [`ILLEGAL`]. Letters beyond ASCII are
/// legal too, and looked at one by one.
static WEIGHTS: [u16; 256] = {
    let mut weights = [ILLEGAL; 256];
    let mut rest: &mut [u16] = &mut weights;
    let mut byte = 0_u8;
    while let [weight, others @ ..] = rest {
        *weight = match byte {
            b'0'..=b'9' => 1,
            b'a'..=b'z' | b'A'..=b'Z' | b'_' | b'-' => 0,
            _ => ILLEGAL,
        };
        byte = byte.wrapping_add(1);
        rest = others;
    }
    weights
};

/// Whether `name` is a label's as it is, and not made from data, by one look at each byte. Of most
/// names it is; of some others, too, but that takes [`label_name`] and [`is_generated`] to tell.
#[must_use]
pub fn is_simple(name: &str) -> bool {
    let bytes = name.as_bytes();
    (1..=LONGEST_LABEL_NAME).contains(&bytes.len())
        && bytes.first() != Some(&b'_')
        && bytes.last() != Some(&b'_')
        && bytes
            .iter()
            .filter_map(|byte| WEIGHTS.get(usize::from(*byte)))
            .fold(0, |sum, weight| sum + u32::from(*weight))
            < 2
}

/// `name` as a label has it: with `_` for whatever is no letter, digit, `-` or `_`, and without
/// `_` at its ends. Empty when nothing is left.
#[must_use]
pub fn label_name(name: &str) -> Cow<'_, str> {
    let is_plain = !name.starts_with('_')
        && !name.ends_with('_')
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
    if is_plain {
        return Cow::Borrowed(name);
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
    if name.bytes().filter(u8::is_ascii_digit).nth(1).is_none() {
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
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_simple_name_is_usable_as_it_is(name in "[a-z0-9_\\-. é]{0,9}|[a-z]{126,130}") {
            let is_usable = !name.is_empty()
                && name.len() <= LONGEST_LABEL_NAME
                && label_name(&name) == name
                && !is_generated(&name);
            prop_assert!(is_usable || !is_simple(&name), "{}", name);
            let has_few_digits = name.bytes().filter(u8::is_ascii_digit).count() < 2;
            prop_assert!(is_simple(&name) || !is_usable || !has_few_digits || !name.is_ascii());
        }
    }

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
