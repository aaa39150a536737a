//! Anchors: the cheap necessary condition of a rule, tested before its regular expression.
//!
//! Most rules hang on literal keywords, which one pass finds together. The rest are
//! shapes (a long run of digits, an `@`), and this file tests those without looking at every
//! byte.

use std::ops::Range;

/// What must stand in a text for a rule to have any chance in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At least one of these literals, in any ASCII case. No literal holds a character that JSON
    /// would escape, so that raw JSON can be searched as well as a decoded string.
    Keywords(&'static [&'static str]),
    /// A name of [`SecretNames`](super::SecretNames), as text spells it.
    SecretName,
    /// A run of at least this many digits, in which single spaces or hyphens may stand.
    DigitRun(usize),
    /// Three, two and four digits, joined by hyphens: a United States social security number.
    SsnShape,
    /// Two capital letters and two digits: the beginning of an IBAN.
    CountryCode,
    /// At least one of these bytes.
    AnyByte(&'static [u8]),
}

/// The number of digits in the longest run of digits, in which single spaces or hyphens may stand.
/// Runs of fewer than `shortest` digits are not looked for, and may be reported as 0.
///
/// A run is at least `shortest` bytes long. So every run holds the whole of one of the pieces of
/// `PIECE` bytes that begin at all multiples of `shortest - PIECE + 1`, and it is enough to look at
/// those. Where runs may be short, the pieces are of two bytes, of which one must be a digit.
pub(super) fn longest_digit_run(bytes: &[u8], shortest: usize) -> usize {
    const PIECE: usize = 8;
    if bytes.len() < shortest {
        return 0;
    }
    if shortest > PIECE {
        longest_run_at_pieces(bytes, shortest - PIECE + 1, |piece: &[u8; PIECE]| {
            // Digits, spaces and hyphens are among the bytes from 0x20 to 0x3f.
            u64::from_le_bytes(*piece) & u64::from_le_bytes([0xe0; PIECE])
                == u64::from_le_bytes([0x20; PIECE])
        })
    } else {
        longest_run_at_pieces(bytes, shortest.saturating_sub(1).max(1), |_: &[u8; 1]| true)
    }
}

/// The longest of the runs at the pieces that begin at all multiples of `step` and may belong to
/// one.
fn longest_run_at_pieces<const PIECE: usize>(
    bytes: &[u8],
    step: usize,
    may_belong: impl Fn(&[u8; PIECE]) -> bool,
) -> usize {
    let (mut longest, mut past) = (0, 0);
    for (at, piece) in bytes.windows(PIECE).enumerate().step_by(step) {
        let Some(piece) = piece.first_chunk() else { break };
        if !may_belong(piece) || at < past {
            continue;
        }
        // Of two neighbouring bytes of a run at least one is a digit.
        let digit = bytes.iter().skip(at).take(2).position(u8::is_ascii_digit);
        if let Some(digit) = digit {
            let run = digit_run_around(bytes, at + digit);
            longest = longest.max(run.digits);
            past = run.span.end;
        }
    }
    longest
}

struct DigitRun {
    span: Range<usize>,
    digits: usize,
}

/// The run to which the digit at `at` belongs.
fn digit_run_around(bytes: &[u8], at: usize) -> DigitRun {
    let (before, after) = bytes.split_at_checked(at).unwrap_or((bytes, &[]));
    let (left, left_digits) = run_length(before.iter().rev());
    let (right, right_digits) = run_length(after.iter());
    DigitRun { span: at - left..at + right, digits: left_digits + right_digits }
}

/// How many bytes from here belong to a run of digits, and how many of them are digits.
fn run_length<'a>(bytes: impl Iterator<Item = &'a u8>) -> (usize, usize) {
    let (mut length, mut digits, mut separators) = (0, 0, 0);
    for byte in bytes {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                length += separators + 1;
                separators = 0;
            }
            b' ' | b'-' if separators == 0 => separators = 1,
            _ => break,
        }
    }
    (length, digits)
}

/// Whether three, two and four digits stand joined by hyphens.
pub(super) fn has_ssn_shape(bytes: &[u8]) -> bool {
    memchr::memchr_iter(b'-', bytes).any(|hyphen| {
        bytes.get(hyphen + 3) == Some(&b'-')
            && hyphen.checked_sub(3).and_then(|start| bytes.get(start..start + 11)).is_some_and(
                |shape| {
                    let digits = shape.iter().filter(|byte| byte.is_ascii_digit()).count();
                    digits == 9
                },
            )
    })
}

/// Whether two capital letters and two digits stand side by side.
pub(super) fn has_country_code(bytes: &[u8]) -> bool {
    // Chunks, each tested as a whole without an early exit, let the compiler use vector
    // instructions. They overlap by three bytes.
    const CHUNK: usize = 256;
    let mut rest = bytes;
    while rest.len() >= 4 {
        let chunk = rest.get(..CHUNK + 3).unwrap_or(rest);
        let length = chunk.len() - 3;
        let shifted = |by: usize| chunk.get(by..by + length).unwrap_or_default().iter();
        let hit = shifted(0)
            .zip(shifted(1))
            .zip(shifted(2).zip(shifted(3)))
            .map(|((first, second), (third, fourth))| {
                u8::from(first.wrapping_sub(b'A') < 26)
                    & u8::from(second.wrapping_sub(b'A') < 26)
                    & u8::from(third.wrapping_sub(b'0') < 10)
                    & u8::from(fourth.wrapping_sub(b'0') < 10)
            })
            .fold(0, |any, one| any | one);
        if hit != 0 {
            return true;
        }
        rest = rest.get(CHUNK..).unwrap_or_default();
    }
    false
}

/// Whether one of `wanted` stands in `bytes`.
pub(super) fn has_any_byte(bytes: &[u8], wanted: &[u8]) -> bool {
    wanted.iter().any(|byte| memchr::memchr(*byte, bytes).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digit_runs() {
        for (text, shortest, expected) in [
            ("", 9, 0),
            ("123-45-6789", 9, 9),
            ("x 4111 1111 1111 1111 y", 9, 16),
            ("4111  1111", 3, 4),
            ("2020-05-11T14:44:44,123", 3, 8),
            ("id=9876543210", 9, 10),
            ("1", 1, 1),
        ] {
            assert_eq!(longest_digit_run(text.as_bytes(), shortest), expected, "{text}");
        }
    }

    #[test]
    fn ssn_shapes() {
        for text in ["123-45-6789", "x 2024-123-45-6789", "-123-45-67890"] {
            assert!(has_ssn_shape(text.as_bytes()), "{text}");
        }
        for text in ["", "-", "2024-05-01T1", "555-123-4567", "123-45-678", "12-45-67890", "--12-"]
        {
            assert!(!has_ssn_shape(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn country_codes() {
        assert!(has_country_code(b"to GB82 WEST"));
        assert!(has_country_code(format!("{}DE89", "x".repeat(251)).as_bytes()));
        assert!(!has_country_code(b"2020-05-11T14:44:44Z Gb82 G B82 GB8"));
    }

    proptest! {
        /// Skipping bytes finds the same runs as looking at every byte.
        #[test]
        fn a_stride_misses_no_run(text in "[0-9 a-]{0,60}", shortest in 2_usize..14) {
            let exact = longest_digit_run(text.as_bytes(), 1);
            let strided = longest_digit_run(text.as_bytes(), shortest);
            prop_assert!(strided <= exact);
            if exact >= shortest {
                prop_assert_eq!(strided, exact);
            }
        }
    }
}
