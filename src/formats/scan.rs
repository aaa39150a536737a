//! The few steps that formats are read with: each takes what it recognises off the front.

use std::net::IpAddr;

use jiff::Timestamp;
use memchr::{memchr, memchr2};

pub(super) use crate::timestamp::skip_colours;
use crate::timestamp::{Reference, whole};

/// A value read off the front of a text, and the rest.
pub(super) type Taken<'t, T> = Option<(T, &'t str)>;

/// A time with its text.
pub(super) type Time<'t> = (Timestamp, &'t str);

/// Takes a date with its time of day.
pub(super) fn time<'t>(text: &'t str, reference: &Reference<'_>) -> Taken<'t, Time<'t>> {
    let (instant, rest) = whole(text.as_bytes(), reference)?;
    let (written, rest) = text.split_at_checked(text.len() - rest.len())?;
    Some(((instant, written), rest))
}

/// The time that `text` is.
pub(super) fn time_alone<'t>(text: &'t str, reference: &Reference<'_>) -> Option<Time<'t>> {
    time(text, reference).filter(|(_, rest)| rest.is_empty()).map(|(time, _)| time)
}

/// `text` without the blanks and colours at its front.
pub(super) fn skip_blanks(text: &str) -> &str {
    let mut rest = text.as_bytes();
    loop {
        while let [b' ' | b'\t', behind @ ..] = rest {
            rest = behind;
        }
        match skip_colours(rest) {
            0 => return text.get(text.len() - rest.len()..).unwrap_or_default(),
            colours => rest = rest.get(colours..).unwrap_or_default(),
        }
    }
}

/// `text` before and behind the first `byte`, which is ASCII.
pub(super) fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = memchr(byte, text.as_bytes())?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Takes letters and digits, of which there may be none, and what must follow them.
pub(super) fn word_before<'t>(text: &'t str, mark: &str) -> Taken<'t, &'t str> {
    let length = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let (word, rest) = text.split_at_checked(length)?;
    Some((word, rest.strip_prefix(mark)?))
}

/// Splits off what stands before the first blank.
pub(super) fn word(text: &str) -> (&str, &str) {
    let end = memchr(b' ', text.as_bytes()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Takes a word and the one blank behind it.
pub(super) fn word_and_blank(text: &str) -> Taken<'_, &str> {
    split_at_byte(text, b' ').filter(|(word, _)| !word.is_empty())
}

/// Takes digits; there is at least one.
pub(super) fn digits(text: &str) -> Taken<'_, &str> {
    let end = text.bytes().take_while(u8::is_ascii_digit).count();
    (end > 0).then(|| text.split_at_checked(end)).flatten()
}

/// Takes what stands between two of `mark`; a backslash quotes the character behind it.
pub(super) fn quoted(text: &str, mark: char) -> Taken<'_, &str> {
    let inside = text.strip_prefix(mark)?;
    let mark = u8::try_from(mark).ok()?;
    let mut from = 0;
    loop {
        let at = from + memchr2(mark, b'\\', inside.as_bytes().get(from..)?)?;
        if inside.as_bytes().get(at) == Some(&mark) {
            return Some((inside.get(..at)?, inside.get(at + 1..)?));
        }
        from = at + 2;
    }
}

/// Takes what stands in brackets without brackets in it.
pub(super) fn bracketed(text: &str) -> Taken<'_, &str> {
    let text = text.strip_prefix('[')?;
    let (inside, rest) = text.split_at_checked(memchr2(b'[', b']', text.as_bytes())?)?;
    Some((inside, rest.strip_prefix(']')?))
}

/// An address with its port: `10.0.0.1:5000`, `[::1]:5000`, `::1`, `10.0.0.1`.
pub(super) fn address_and_port(text: &str) -> Option<(&str, Option<&str>)> {
    if !text.bytes().all(is_address_byte) {
        return None;
    }
    if text.parse::<IpAddr>().is_ok() {
        return Some((text, None));
    }
    let (address, port) = text.rsplit_once(':')?;
    let address = address.strip_prefix('[').and_then(|a| a.strip_suffix(']')).unwrap_or(address);
    let is_port = port.parse::<u16>().is_ok();
    (is_port && address.parse::<IpAddr>().is_ok()).then_some((address, Some(port)))
}

/// Whether an address and its port may hold `byte`.
pub(super) fn is_address_byte(byte: u8) -> bool {
    byte.is_ascii_hexdigit() || b":.[]+".contains(&byte)
}

/// Whether `text` is a UUID, as request ids are.
pub(super) fn is_uuid(text: &str) -> bool {
    const LENGTHS: [usize; 5] = [8, 4, 4, 4, 12];
    text.len() == 36
        && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit())
        && text.split('-').map(str::len).eq(LENGTHS)
}

/// A value that is stated; `-` and nothing say that there is none.
pub(super) fn stated(text: &str) -> Option<&str> {
    Some(text).filter(|text| !matches!(*text, "" | "-"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quoted_plainly(text: &str, mark: char) -> Taken<'_, &str> {
        let inside = text.strip_prefix(mark)?;
        let mut characters = inside.char_indices();
        while let Some((at, character)) = characters.next() {
            if character == mark {
                return inside.get(..at).zip(inside.get(at + 1..));
            }
            if character == '\\' {
                characters.next();
            }
        }
        None
    }

    fn bracketed_plainly(text: &str) -> Taken<'_, &str> {
        let (inside, rest) = text.strip_prefix('[')?.split_once(']')?;
        (!inside.contains('[')).then_some((inside, rest))
    }

    proptest! {
        #[test]
        fn quotation_marks_and_brackets(text in "[\"'\\[]?[aé\"'\\\\\\[\\]]{0,12}") {
            for mark in ['"', '\''] {
                prop_assert_eq!(quoted(&text, mark), quoted_plainly(&text, mark));
            }
            prop_assert_eq!(bracketed(&text), bracketed_plainly(&text));
        }

        #[test]
        fn blanks_and_colours(text in "([ \t\x1ba]|\x1b\\[[0-9;]{0,3}m){0,12}") {
            let mut rest = text.as_str();
            while let Some(behind) = rest.strip_prefix([' ', '\t']).or_else(|| {
                rest.get(skip_colours(rest.as_bytes())..).filter(|behind| behind.len() < rest.len())
            }) {
                rest = behind;
            }
            prop_assert_eq!(skip_blanks(&text), rest);
        }
    }
}
