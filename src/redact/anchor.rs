//! Anchors: the cheap necessary condition of a rule, tested before its regular expression.
//!
//! Most rules hang on literal keywords, which one pass finds together. The rest are
//! shapes (a long run of digits, an `@`), and this file tests those.

use std::ops::Range;

/// What must stand in a text for a rule to have any chance in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// At least one of these literals, in any ASCII case. Each stands in its own JSON too,
    /// so that raw JSON can be searched as well as a decoded string.
    Keywords(&'static [&'static str]),
    /// A name of [`SecretNames`](super::SecretNames), as text spells it.
    SecretName,
    /// A run of at least this many digits, in which single spaces or hyphens may stand.
    DigitRun(usize),
    /// Three, two and four digits, joined by hyphens: a United States social security number.
    SsnShape,
    /// Two capital letters, two digits and at least eleven more of both or spaces: an IBAN.
    IbanShape,
    /// At least one of these bytes.
    AnyByte(&'static [u8]),
}

/// The shortest stretch in which a shape may stand that [`Anchor::stands_in_stretches`].
const SHORTEST_STRETCH: usize = 11;
const PIECE: usize = 8;
/// The bytes of a piece of which every stretch covers all, of some piece.
const MIDDLE: Range<usize> = 2..6;
/// How long an IBAN is at least.
const SHORTEST_IBAN: usize = 15;

impl Anchor {
    /// Whether the shape is so long, and consists of such bytes only, that it can stand nowhere but
    /// in a stretch of [`for_each_stretch`].
    pub(super) fn stands_in_stretches(self) -> bool {
        match self {
            Self::Keywords(_) | Self::SecretName | Self::AnyByte(_) => false,
            Self::DigitRun(digits) => digits >= SHORTEST_STRETCH,
            Self::SsnShape | Self::IbanShape => true,
        }
    }

    /// Whether the shape stands in the text. Names and keywords are no shapes.
    pub(super) fn stands_in(self, text: &[u8]) -> bool {
        match self {
            Self::Keywords(_) | Self::SecretName => false,
            Self::DigitRun(digits) => has_digit_run(text, digits),
            Self::SsnShape => text.windows(SHORTEST_STRETCH).any(is_ssn_shape),
            Self::IbanShape => text.windows(SHORTEST_IBAN).any(is_iban_shape),
            Self::AnyByte(wanted) => {
                wanted.iter().any(|byte| memchr::memchr(*byte, text).is_some())
            }
        }
    }
}

/// Calls `found` with each stretch of capital letters, digits, spaces and hyphens that is long
/// enough for a shape.
///
/// Of the pieces of eight bytes that begin at all multiples of eight, every such stretch covers the
/// middle four bytes of one. So a look at those settles nearly all pieces: none may be a lower-case
/// letter.
pub(super) fn for_each_stretch<'t>(text: &'t [u8], mut found: impl FnMut(&'t [u8])) {
    let (pieces, rest) = text.as_chunks::<PIECE>();
    let mut last = [0; PIECE];
    last.iter_mut().zip(rest).for_each(|(to, from)| *to = *from);
    let mut past = 0;
    for (first, pieces) in [(0, pieces), (pieces.len(), &[last])] {
        let mut from = 0;
        while let Some(skipped) = next_piece(pieces.get(from..).unwrap_or_default()) {
            let at = (first + from + skipped) * PIECE + MIDDLE.start;
            from += skipped + 1;
            if at < past {
                continue;
            }
            let (before, after) = text.split_at_checked(at).unwrap_or((text, &[]));
            let start = before.iter().rposition(|byte| is_no_part(*byte)).map_or(0, |end| end + 1);
            past =
                after.iter().position(|byte| is_no_part(*byte)).map_or(text.len(), |end| at + end);
            if past - start >= SHORTEST_STRETCH {
                found(text.get(start..past).unwrap_or_default());
            }
        }
    }
}

/// How many pieces come before one whose middle belongs to a stretch.
// Apart from its caller, so that nothing but the loop's own values takes up registers.
#[inline(never)]
fn next_piece(pieces: &[[u8; PIECE]]) -> Option<usize> {
    /// The bit of 0x40 in the middle bytes.
    const LETTERS: u64 = 0x0000_4040_4040_0000;
    pieces.iter().position(|piece| {
        let bits = u64::from_le_bytes(*piece);
        // Lower-case letters have the bit of 0x40 and that of 0x20, one to its right.
        let has_lower_case = bits & bits << 1 & LETTERS != 0;
        !has_lower_case
            && !piece.get(MIDDLE).is_some_and(|middle| middle.iter().any(|byte| is_no_part(*byte)))
    })
}

/// Whether the byte belongs to no stretch.
fn is_no_part(byte: u8) -> bool {
    PARTS.get(usize::from(byte)).is_none_or(|is_part| !is_part)
}

/// For each byte, whether it belongs to stretches.
static PARTS: [bool; 256] = parts();

#[allow(clippy::indexing_slicing, reason = "runs at compile time, where a panic is an error")]
const fn parts() -> [bool; 256] {
    let mut parts = [false; 256];
    let mut byte = 0;
    while byte < u8::MAX {
        parts[byte as usize] = matches!(byte, b'A'..=b'Z' | b'0'..=b'9' | b' ' | b'-');
        byte += 1;
    }
    parts
}

/// Whether a run of at least `wanted` digits stands in the text, in which single spaces or hyphens
/// may stand.
fn has_digit_run(text: &[u8], wanted: usize) -> bool {
    let (mut digits, mut is_parted) = (0, false);
    text.iter().any(|byte| {
        match byte {
            b'0'..=b'9' => (digits, is_parted) = (digits + 1, false),
            b' ' | b'-' if !is_parted => is_parted = true,
            _ => digits = 0,
        }
        digits >= wanted
    })
}

/// Whether eleven bytes are three, two and four digits, joined by hyphens.
fn is_ssn_shape(bytes: &[u8]) -> bool {
    bytes.iter().zip(b"000-00-0000").all(|(byte, shape)| match shape {
        b'-' => *byte == b'-',
        _ => byte.is_ascii_digit(),
    })
}

/// Whether the bytes begin with two capital letters and two digits, and all are such or spaces.
fn is_iban_shape(bytes: &[u8]) -> bool {
    let (country, rest) = bytes.split_at_checked(2).unwrap_or_default();
    let (check, rest) = rest.split_at_checked(2).unwrap_or_default();
    country.iter().all(u8::is_ascii_uppercase)
        && check.iter().all(u8::is_ascii_digit)
        && rest.iter().all(|byte| *byte != b'-' && !is_no_part(*byte))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn digit_runs() {
        for (text, longest) in [
            ("", 0),
            ("123-45-6789", 9),
            ("x 4111 1111 1111 1111 y", 16),
            ("4111  1111", 4),
            ("4111 -1111", 4),
            ("2020-05-11T14:44:44,123", 8),
            ("id=9876543210", 10),
            ("1", 1),
        ] {
            for wanted in 1..20 {
                let stands = Anchor::DigitRun(wanted).stands_in(text.as_bytes());
                assert_eq!(stands, wanted <= longest, "{wanted} in {text}");
            }
        }
    }

    #[test]
    fn ssn_shapes() {
        for text in ["123-45-6789", "x 2024-123-45-6789", "-123-45-67890"] {
            assert!(Anchor::SsnShape.stands_in(text.as_bytes()), "{text}");
        }
        for text in ["", "-", "2024-05-01T1", "555-123-4567", "123-45-678", "12-45-67890", "--12-"]
        {
            assert!(!Anchor::SsnShape.stands_in(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn iban_shapes() {
        for text in ["to GB82 WEST 1234 5698 7654 32", "NO9386011117947", "x NO93 8601 1117 947"] {
            assert!(Anchor::IbanShape.stands_in(text.as_bytes()), "{text}");
        }
        for text in ["", "NO938601111794", "Gb82 WEST 1234 5698 7654 32", "2020-05-11T14:44:44Z"] {
            assert!(!Anchor::IbanShape.stands_in(text.as_bytes()), "{text}");
        }
    }

    proptest! {
        /// A shape stands in a text when it stands in one of its stretches.
        #[test]
        fn no_shape_stands_outside_of_the_stretches(
            text in "([a-z\"]{0,9}([0-9]{14}|[0-9]{3}-[0-9]{2}-[0-9]{4}|[A-Z]{2}[0-9]{2}[A-Z0-9 ]{9,12}|[A-Z0-9 -]{1,20}|4111 1111 1111 11)){0,4}[a-z]{0,9}"
        ) {
            for shape in [Anchor::DigitRun(11), Anchor::DigitRun(14), Anchor::SsnShape, Anchor::IbanShape] {
                let mut stands = false;
                for_each_stretch(text.as_bytes(), |stretch| stands |= shape.stands_in(stretch));
                prop_assert_eq!(stands, shape.stands_in(text.as_bytes()), "{:?}", shape);
            }
        }
    }
}
