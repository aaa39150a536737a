//! The few steps that the lines of all languages are read with.

use std::borrow::Cow;

use memchr::{memchr, memrchr};

use super::language::Head;

/// How far into a log line an exception is looked for.
const LONGEST_PREFIX: usize = 2048;

/// How many blanks a line begins with, and the rest. A no-break space counts as one: the Lambda
/// runtime for Python indents with it.
pub(super) fn indent(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches([' ', '\t', '\u{a0}']);
    let blanks = line.get(..line.len() - rest.len()).unwrap_or_default();
    (blanks.chars().count(), rest)
}

/// How far a line that calls itself a frame, `at …`, is indented, and the line without indent. It
/// is asked of every indented line.
pub(super) fn indented_at(line: &str) -> Option<(usize, &str)> {
    let width = line.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    let text = line.get(width..).filter(|text| width > 0 && text.starts_with("at "))?;
    Some((width, text))
}

pub(super) fn is_indented(line: &str) -> bool {
    line.starts_with([' ', '\t', '\u{a0}'])
}

pub(super) fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}

/// The line without a terminal's colours.
pub(super) fn without_colours(line: &str) -> Cow<'_, str> {
    if memchr(0x1b, line.as_bytes()).is_none() {
        return Cow::Borrowed(line);
    }
    let mut pieces = line.split("\x1b[");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.trim_start_matches(|c: char| c.is_ascii_digit() || c == ';');
        plain.push_str(code.strip_prefix('m').unwrap_or(code));
    }
    Cow::Owned(plain)
}

/// Takes the digits at the front; there is at least one.
pub(super) fn number(text: &str) -> Option<&str> {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    (rest.len() < text.len()).then_some(rest)
}

/// Takes a `:` and digits off the end.
pub(super) fn before_number(text: &str) -> Option<&str> {
    let (before, digits) = text.split_at_checked(memrchr(b':', text.as_bytes())?)?;
    (number(digits.strip_prefix(':')?)?.is_empty()).then_some(before)
}

/// Splits off a name at the front: letters, digits, `_`, `$`, and `separators` between them.
/// There may be none.
pub(super) fn name<'a>(text: &'a str, separators: &[char]) -> (&'a str, &'a str) {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '$') || separators.contains(&c)))
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or_default()
}

/// Whether `name` is what people call exceptions.
pub(super) fn is_exception_name(name: &str) -> bool {
    ["Error", "Exception", "Throwable"].iter().any(|end| name.ends_with(end))
}

/// How `line` is the head of an exception whose name says so: `java.io.IOException: …` by itself,
/// `Error: …`, or either within a log line.
pub(super) fn exception_head(line: &str) -> Option<Head> {
    if is_named(line) {
        return Some(Head::Own);
    }
    let line = line.get(..LONGEST_PREFIX).unwrap_or(line);
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.');
    let mut rest = line;
    while let Some(start) = rest.find(is_word) {
        rest = rest.get(start..)?;
        if is_named(rest) {
            return Some(Head::Within);
        }
        rest = rest.trim_start_matches(is_word);
    }
    None
}

/// Whether an exception's name stands at the front of `text`, and what comes after names: its
/// message, a code in brackets, or the end.
fn is_named(text: &str) -> bool {
    let (name, after) = name(text, &['.', ':']);
    let (name, after) = match name.strip_suffix(':') {
        Some(name) => (name, ":"),
        None => (name, after),
    };
    is_exception_name(name) && matches!(after.as_bytes(), [] | [b':', ..] | [b' ', b'[' | b'(', ..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_at_the_front() {
        assert_eq!(indent("  x "), (2, "x "));
        assert_eq!(indent("\u{a0}\u{a0}x"), (2, "x"));
        assert_eq!(indent("\tx"), (1, "x"));
        assert_eq!(indent("x"), (0, "x"));
        assert_eq!(indented_at("\tat x"), Some((1, "at x")));
        assert_eq!(indented_at("at x"), None);
        assert_eq!(indented_at("    as x"), None);
    }

    #[test]
    fn colours() {
        assert_eq!(without_colours("\x1b[1;35mKeyError\x1b[0m: x"), "KeyError: x");
        assert_eq!(without_colours("\x1b[2Kx \x1b["), "Kx ");
    }

    #[test]
    fn numbers() {
        assert_eq!(number("12:3"), Some(":3"));
        assert_eq!(number(":3"), None);
        assert_eq!(before_number("a.js:1:2"), Some("a.js:1"));
        assert_eq!(before_number("a.js:"), None);
        assert_eq!(before_number("a.js:1b"), None);
    }

    #[test]
    fn heads() {
        let table = [
            ("java.io.IOException: x", Some(Head::Own)),
            ("java.io.IOException", Some(Head::Own)),
            ("Error: x", Some(Head::Own)),
            ("TypeError [ERR_X]: x", Some(Head::Own)),
            ("Foo::BarError: x", Some(Head::Own)),
            ("2020-05-11 12:00:00 ERROR App - java.lang.X$YException: boom", Some(Head::Within)),
            ("failed: Error: x", Some(Head::Within)),
            ("Error handling improved", None),
            ("the Exception was caught", None),
            ("ERROR: x", None),
            ("", None),
        ];
        for (line, head) in table {
            assert_eq!(exception_head(line), head, "{line}");
        }
    }
}
