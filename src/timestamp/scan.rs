//! The few steps that every notation is made of, over bytes: each takes what it recognises off the
//! front and gives back the rest.

/// A value read off the front of some bytes, and the bytes after it.
pub(crate) type Parsed<'a, T> = Option<(T, &'a [u8])>;

/// The value of two ASCII digits.
#[inline]
pub(super) fn two(tens: u8, ones: u8) -> Option<i8> {
    let (tens, ones) = (tens.wrapping_sub(b'0'), ones.wrapping_sub(b'0'));
    (tens <= 9 && ones <= 9).then(|| (tens * 10 + ones).cast_signed())
}

/// The value of four ASCII digits.
#[inline]
pub(super) fn four(digits: [u8; 4]) -> Option<i16> {
    let [a, b, c, d] = digits;
    Some(i16::from(two(a, b)?) * 100 + i16::from(two(c, d)?))
}

/// Takes a day of the month: two digits, or one, which may stand behind a blank.
pub(super) fn day(text: &[u8]) -> Parsed<'_, i8> {
    match text {
        [tens @ b'0'..=b'3', ones @ b'0'..=b'9', rest @ ..] => Some((two(*tens, *ones)?, rest)),
        [b' ', ones @ b'1'..=b'9', rest @ ..] | [ones @ b'1'..=b'9', rest @ ..] => {
            Some((two(b'0', *ones)?, rest))
        }
        _ => None,
    }
}

/// Takes a fraction of a second, sign included, as nanoseconds. Digits past the ninth are dropped.
#[inline]
pub(super) fn fraction(text: &[u8]) -> Parsed<'_, i32> {
    let [b'.' | b',', first @ b'0'..=b'9', rest @ ..] = text else {
        return None;
    };
    let mut rest = rest;
    let mut nanosecond = i32::from(first - b'0');
    let mut missing = 8;
    while let [digit @ b'0'..=b'9', tail @ ..] = rest {
        if missing > 0 {
            nanosecond = nanosecond * 10 + i32::from(digit - b'0');
            missing -= 1;
        }
        rest = tail;
    }
    Some((nanosecond * 10_i32.pow(missing), rest))
}

/// Splits off the ASCII digits at the front; there may be none.
pub(super) fn digits(text: &[u8]) -> (&[u8], &[u8]) {
    take_while(text, u8::is_ascii_digit)
}

/// Splits off the ASCII letters at the front; there may be none.
pub(super) fn letters(text: &[u8]) -> (&[u8], &[u8]) {
    take_while(text, u8::is_ascii_alphabetic)
}

/// Splits `text` before the first byte that is not `wanted`.
pub(crate) fn take_while(text: &[u8], wanted: impl Fn(&u8) -> bool) -> (&[u8], &[u8]) {
    let end = text.iter().position(|byte| !wanted(byte)).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, &[]))
}

/// How many bytes of a terminal's colours, `ESC [ … m`, begin `text`.
pub(crate) fn skip_colours(text: &[u8]) -> usize {
    let mut rest = text;
    while let [0x1b, b'[', sequence @ ..] = rest {
        let (_, after) = take_while(sequence, |byte| byte.is_ascii_digit() || *byte == b';');
        match after {
            [b'm', after @ ..] => rest = after,
            _ => break,
        }
    }
    text.len() - rest.len()
}
