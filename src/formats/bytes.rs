//! Sets of bytes, by which a pattern is turned down after a look at one byte of a line.

/// A set of bytes, of which the end of a text may be one as well. All bytes that are not ASCII are in
/// it or none is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bytes {
    /// A bit for each byte.
    bits: [u64; 4],
    end: bool,
}

impl Bytes {
    pub(super) const NONE: Self = Self { bits: [0; 4], end: false };
    pub(super) const ALL: Self = Self { bits: [u64::MAX; 4], end: true };
    /// The bytes that are not ASCII.
    pub(super) const OTHERS: Self = Self { bits: [0, 0, u64::MAX, u64::MAX], end: false };
    /// The end of a text.
    pub(super) const END: Self = Self { end: true, ..Self::NONE };
    pub(super) const DIGITS: Self = Self::between(b'0', b'9');
    pub(super) const CAPITALS: Self = Self::between(b'A', b'Z');
    pub(super) const SMALL: Self = Self::between(b'a', b'z');
    pub(super) const LETTERS: Self = Self::CAPITALS.or(Self::SMALL);

    /// These, which are ASCII.
    pub(super) const fn of(bytes: &[u8]) -> Self {
        let (mut ascii, mut bytes) = (0, bytes);
        while let [byte, rest @ ..] = bytes {
            ascii |= 1 << *byte;
            bytes = rest;
        }
        Self::of_ascii(ascii)
    }

    /// Those from `first` to `last`, which are ASCII.
    pub(super) const fn between(first: u8, last: u8) -> Self {
        Self::of_ascii(u128::MAX >> (127 - last) & u128::MAX << first)
    }

    #[expect(clippy::cast_possible_truncation, reason = "the halves of the number")]
    const fn of_ascii(ascii: u128) -> Self {
        Self { bits: [ascii as u64, (ascii >> 64) as u64, 0, 0], end: false }
    }

    /// What is in this set or in the other.
    pub(super) const fn or(self, other: Self) -> Self {
        let (own, others) = (self.bits, other.bits);
        let bits = [own[0] | others[0], own[1] | others[1], own[2] | others[2], own[3] | others[3]];
        Self { bits, end: self.end || other.end }
    }

    /// What is in this set and not one of these, which are ASCII.
    pub(super) const fn but(self, bytes: &[u8]) -> Self {
        let (own, others) = (self.bits, Self::of(bytes).bits);
        Self { bits: [own[0] & !others[0], own[1] & !others[1], own[2], own[3]], ..self }
    }

    #[inline]
    pub(super) fn contains(self, byte: u8) -> bool {
        self.bits.get(usize::from(byte >> 6)).is_some_and(|bits| bits >> (byte & 63) & 1 == 1)
    }

    /// Whether `text` begins with one of them.
    #[inline]
    pub(super) fn begin(self, text: &[u8]) -> bool {
        text.first().map_or(self.end, |byte| self.contains(*byte))
    }

    /// How many of the bytes at the front of `text` are of them, up to `most`.
    #[inline]
    pub(super) fn count(self, text: &[u8], most: usize) -> usize {
        let text = text.get(..most).unwrap_or(text);
        text.iter().position(|byte| !self.contains(*byte)).unwrap_or(text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_hold_what_they_are_made_of() {
        let set = Bytes::DIGITS.or(Bytes::of(b"x\x7f\0")).or(Bytes::OTHERS).but(b"8");
        for byte in 0..=u8::MAX {
            let is_in =
                byte.is_ascii_digit() && byte != b'8' || matches!(byte, 0 | b'x' | 0x7f..=u8::MAX);
            assert_eq!(set.begin(&[byte]), is_in, "{byte}");
            assert!(Bytes::ALL.begin(&[byte]) && !Bytes::NONE.begin(&[byte]), "{byte}");
        }
        assert!(!set.begin(b"") && set.or(Bytes::END).begin(b""));
        assert_eq!((set.count("12\u{e9}a".as_bytes(), 9), set.count(b"1234", 2)), (4, 2));
        assert_eq!(Bytes::between(0, 0x7f).or(Bytes::OTHERS).or(Bytes::END), Bytes::ALL);
    }
}
