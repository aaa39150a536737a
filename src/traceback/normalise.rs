//! Brings a text into the form that the grammars expect: lines end with `\n`, indents are blanks,
//! and no terminal colours stand between the words.
//!
//! Most texts have that form already and are borrowed. For the others the walk over [`Pieces`] is
//! the single description of what is changed: joining the pieces makes the normal text, and
//! counting them finds where an offset of the normal text was in the original.

use std::borrow::Cow;

use memchr::{memchr, memchr_iter, memchr2, memmem};

/// A no-break space in UTF-8. The Lambda runtime for Python indents with it.
const NO_BREAK_SPACE: &str = "\u{a0}";
/// The first byte of that.
const NO_BREAK_SPACE_LEAD: u8 = 0xc2;

/// The normal form of `text`.
pub(super) fn normalise(text: &str) -> Cow<'_, str> {
    if is_normal(text) {
        return Cow::Borrowed(text);
    }
    let mut normal = String::with_capacity(text.len());
    normal.extend(Pieces::new(text).map(|piece| piece.normal));
    Cow::Owned(normal)
}

/// The offset in `text` of what stands at `offset` in its normal form.
pub(super) fn original_offset(text: &str, offset: usize) -> usize {
    let (mut original, mut normal) = (0, 0);
    for piece in Pieces::new(text) {
        if normal + piece.normal.len() > offset {
            // Only a piece that is the same in both can be longer than one byte.
            return original + (offset - normal);
        }
        normal += piece.normal.len();
        original += piece.original;
    }
    original
}

/// Whether the newlines of `text` are written as `\n`, a backslash and a letter: it was escaped
/// once more than it was unescaped.
pub(super) fn is_escaped(text: &str) -> bool {
    memchr2(b'\n', b'\r', text.trim_end().as_bytes()).is_none()
        && memmem::find(text.as_bytes(), br"\n").is_some()
}

fn is_normal(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_no_break_space =
        |at| bytes.get(at..).is_some_and(|rest: &[u8]| rest.starts_with(NO_BREAK_SPACE.as_bytes()));
    memchr2(b'\r', b'\x1b', bytes).is_none()
        && !memchr_iter(NO_BREAK_SPACE_LEAD, bytes).any(is_no_break_space)
        && !is_escaped(text)
}

/// A part of the text and what it becomes.
struct Piece<'a> {
    /// Its length in the original.
    original: usize,
    /// What stands for it in the normal form: itself, one other byte, or nothing.
    normal: &'a str,
}

/// The pieces of a text, in order.
struct Pieces<'a> {
    rest: &'a str,
    escaped: bool,
    /// Whether only blanks have been seen on this line.
    indent: bool,
}

impl<'a> Pieces<'a> {
    fn new(text: &'a str) -> Self {
        Self { rest: text, escaped: is_escaped(text), indent: true }
    }

    /// The length of the run that needs no change.
    fn plain(&self) -> usize {
        let bytes = self.rest.as_bytes();
        let special = bytes.iter().position(|byte| match *byte {
            b'\r' | b'\x1b' | b'\n' => true,
            b'\\' => self.escaped,
            NO_BREAK_SPACE_LEAD => self.indent,
            _ => false,
        });
        let run = special.unwrap_or(bytes.len());
        if self.indent {
            // The indent is a piece of its own, so that what follows it is known not to be one.
            let blanks = bytes.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
            if blanks > 0 { blanks.min(run) } else { run }
        } else {
            run
        }
    }

    /// What the special sequence at the front becomes.
    fn special(&self) -> Piece<'a> {
        let rest = self.rest;
        if rest.starts_with("\r\n") {
            return Piece { original: 2, normal: "\n" };
        }
        if rest.starts_with(['\r', '\n']) {
            return Piece { original: 1, normal: "\n" };
        }
        if rest.starts_with(NO_BREAK_SPACE) && self.indent {
            return Piece { original: NO_BREAK_SPACE.len(), normal: " " };
        }
        if rest.starts_with('\x1b') {
            return Piece { original: escape_sequence(rest), normal: "" };
        }
        if self.escaped {
            let table = [
                (r"\r\n", "\n"),
                (r"\n", "\n"),
                (r"\r", "\n"),
                (r"\t", "\t"),
                ("\\\"", "\""),
                (r"\'", "'"),
                (r"\\", "\\"),
            ];
            if let Some((from, to)) = table.iter().find(|(from, _)| rest.starts_with(from)) {
                return Piece { original: from.len(), normal: to };
            }
        }
        let length = rest.chars().next().map_or(0, char::len_utf8);
        Piece { original: length, normal: rest.get(..length).unwrap_or_default() }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let plain = self.plain();
        let piece = match self.rest.get(..plain) {
            Some(run) if plain > 0 => Piece { original: plain, normal: run },
            _ => self.special(),
        };
        self.rest = self.rest.get(piece.original..).unwrap_or_default();
        self.indent = match piece.normal {
            "\n" => true,
            normal => self.indent && normal.bytes().all(|byte| matches!(byte, b' ' | b'\t')),
        };
        Some(piece)
    }
}

/// The length of the terminal's escape sequence with which `text` begins: `ESC [ 1 ; 35 m`.
fn escape_sequence(text: &str) -> usize {
    let Some(parameters) = text.strip_prefix("\x1b[") else {
        return 1;
    };
    let end = parameters.bytes().position(|byte| !matches!(byte, 0x20..=0x3f));
    match end.and_then(|end| parameters.as_bytes().get(end).map(|byte| (end, byte))) {
        Some((end, 0x40..=0x7e)) => 2 + end + 1,
        _ => 1,
    }
}

/// The range of `text` up to the quotation mark that closes the string in which `start` stands;
/// none when no mark stands just before `start`. For escaped texts, whose inner marks are escaped.
pub(super) fn quoted_end(text: &str, start: usize) -> Option<usize> {
    let mark = *text.as_bytes().get(start.checked_sub(1)?)?;
    if !matches!(mark, b'"' | b'\'') {
        return None;
    }
    let mut at = start;
    loop {
        let rest = text.as_bytes().get(at..)?;
        let backslash = memchr(b'\\', rest);
        match (memchr(mark, rest), backslash) {
            (Some(close), Some(backslash)) if backslash < close => at += backslash + 2,
            (Some(close), _) => return Some(at + close),
            (None, _) => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn normal_texts_are_borrowed() {
        for text in ["", "a\n  b\n\tc\\n", "ä\u{a1}", "C:\\x", "trailing\n"] {
            assert!(matches!(normalise(text), Cow::Borrowed(same) if same == text), "{text:?}");
        }
    }

    #[test]
    fn forms() {
        let table = [
            ("a\r\nb\rc\n", "a\nb\nc\n"),
            ("\u{a0}\u{a0}File\u{a0}x\n\u{a0} y", "  File\u{a0}x\n  y"),
            ("\r\u{a0}\u{a0}x", "\n  x"),
            ("\x1b[1;35mKeyError\x1b[0m: \x1b[35m'x'\x1b[0m", "KeyError: 'x'"),
            ("a\x1b b \x1b[ü", "a b [ü"),
            (r#"a\n  \"b\"\tc\\n\'"#, "a\n  \"b\"\tc\\n'"),
            (r"a\r\nb\q", "a\nb\\q"),
            ("a\\nb\nc", "a\\nb\nc"),
            ("a\\nb\n", "a\nb\n"),
        ];
        for (text, expected) in table {
            assert_eq!(normalise(text), expected, "{text:?}");
        }
    }

    #[test]
    fn quoted_ends() {
        let text = r#"x="a \"b\" \\" y"#;
        assert_eq!(quoted_end(text, 3), Some(13));
        assert_eq!(quoted_end(text, 4), None);
        assert_eq!(quoted_end(text, 0), None);
        assert_eq!(quoted_end("\"a", 1), None);
        assert_eq!(quoted_end("\"a\\", 1), None);
    }

    proptest! {
        #[test]
        fn normalising_twice_changes_nothing(text in r"([a-c \n\r\t]|\x1b\[1m|\u{a0}|é)*") {
            let once = normalise(&text).into_owned();
            prop_assert_eq!(normalise(&once), once.as_str());
        }

        #[test]
        fn offsets_lead_back(text in r#"([a-c "]|\r|\n|\\n|\\\\|\x1b\[1m|\u{a0}|é){0,40}"#) {
            let normal = normalise(&text);
            let mut last = 0;
            for (offset, c) in normal.char_indices() {
                let original = original_offset(&text, offset);
                prop_assert!(original >= last && text.is_char_boundary(original));
                last = original;
                if c.is_ascii_alphabetic() {
                    prop_assert!(text.as_bytes()[original..].starts_with(&[c as u8]));
                }
            }
            prop_assert_eq!(original_offset(&text, normal.len()), text.len());
        }
    }
}
