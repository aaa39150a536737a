//! Remembers which lines above the frames could be the one with the exception's type and message.
//!
//! Where a language prints that line first, a walk over the text meets it before it knows that
//! frames follow, and messages of several lines may lie between. Kept are a few candidates of the
//! log record that the walk is in; the first frame asks for the best of them.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::{memchr2, memchr3};

use super::lines::{Line, begins_log_record, is_level};
use super::literals::Literals;

/// The type and message of an exception.
#[derive(Debug, Default)]
pub(super) struct Named<'a> {
    pub(super) exception_type: Option<&'a str>,
    pub(super) message: Option<Cow<'a, str>>,
}

/// What makes a line a head, the surest last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Surety {
    /// It begins with a name that could be a type's. That counts just above the frames only.
    Possible,
    /// A name that is evidently an exception's stands in it, after a log's own words.
    Glued,
    /// It begins with such a name.
    Evident,
    /// It says that an exception escaped.
    Announced,
}

/// A line that could be the head of a traceback. All texts reach to the end of the line, so that
/// their lengths tell where they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// From where the traceback begins.
    pub(super) whole: &'a str,
    pub(super) exception_type: Option<&'a str>,
    /// The first line of the message.
    pub(super) message: &'a str,
    pub(super) surety: Surety,
    /// Whether it is a cause, so that what escaped must have stood above.
    pub(super) is_cause: bool,
}

/// A head and the line in which it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) head: Head<'a>,
    line: Line<'a>,
}

impl<'a> Placed<'a> {
    pub(super) fn line(&self) -> Line<'a> {
        self.line
    }

    /// Byte offset of the head in the text.
    pub(super) fn start(&self) -> usize {
        self.line.end() - self.head.whole.len()
    }

    /// Byte offset of the message in the text.
    pub(super) fn message_start(&self) -> usize {
        self.line.end() - self.head.message.len()
    }

    /// Byte offset at which the line ends.
    pub(super) fn end(&self) -> usize {
        self.line.end()
    }
}

/// The candidates of the log record that the walk is in.
#[derive(Debug, Default)]
pub(super) struct Heads<'a> {
    best: Option<Placed<'a>>,
    /// The line seen last, what it holds, and its head.
    last: Option<(Line<'a>, &'a str, Option<Head<'a>>)>,
    /// How many lines the record has so far, blank ones left aside.
    lines: usize,
    after_blank: bool,
}

impl<'a> Heads<'a> {
    /// Forgets all: what follows does not belong to the lines seen.
    pub(super) fn reset(&mut self) {
        *self = Self::default();
    }

    /// Looks at a `line` that is no frame. `content` is the end of it without a prefix, and `head`
    /// what it holds.
    pub(super) fn see(&mut self, line: Line<'a>, content: &'a str, head: Option<Head<'a>>) {
        if content.trim_end().is_empty() {
            self.after_blank = true;
            return;
        }
        if begins_record(content) {
            self.reset();
        }
        let surety = head.map(|head| head.surety);
        if let Some(head) = head.filter(|head| head.surety != Surety::Possible) {
            let is_better = self.best.is_none_or(|Placed { head: best, .. }| {
                head.surety > best.surety
                    || head.surety == Surety::Announced
                    // Of two that are as good the first has the other in its message, unless it
                    // only said the same, or stands apart.
                    || (head.surety == best.surety
                        && (self.after_blank || head.whole == best.whole))
            });
            if is_better {
                self.best = Some(Placed { head, line });
            }
        }
        self.lines = if surety == Some(Surety::Announced) { 1 } else { self.lines + 1 };
        self.after_blank = false;
        self.last = Some((line, content, head));
    }

    /// The best candidate.
    pub(super) fn best(&self) -> Option<Placed<'a>> {
        self.best.or_else(|| {
            let (line, _, head) = self.last.filter(|_| !self.after_blank)?;
            head.map(|head| Placed { head, line })
        })
    }

    /// The line just above, which holds no candidate, and whether it is the only one of its record.
    pub(super) fn above(&self) -> Option<(Line<'a>, &'a str, bool)> {
        let (line, content, _) = self.last.filter(|_| !self.after_blank)?;
        Some((line, content, self.lines == 1))
    }
}

/// Whether `line` is the first of a log record: it begins with a date, a time of day or a level.
pub(super) fn begins_record(line: &str) -> bool {
    if begins_log_record(line) {
        return true;
    }
    let line = line.trim_start_matches(['[', '(']);
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (word, after) = line.split_at_checked(end).unwrap_or_default();
    let is_level = is_level(word) || word == "SEVERE";
    (is_level && after.starts_with([' ', ':', ']', ')', '\t', '|'])) || begins_with_time(line)
}

/// `14:44:44`.
fn begins_with_time(text: &str) -> bool {
    const SHAPE: &[u8] = b"00:00:00";
    text.len() >= SHAPE.len()
        && SHAPE.iter().zip(text.as_bytes()).all(|(shape, byte)| match shape {
            b'0' => byte.is_ascii_digit(),
            other => other == byte,
        })
}

/// Endings of the names of exceptions.
const ENDINGS: &[&str] = &["Exception", "Error", "Throwable", "Failure", "Fault"];

/// The same, to be looked for in whole lines.
static ENDINGS_ANYWHERE: LazyLock<Literals> =
    LazyLock::new(|| Literals::new(ENDINGS.iter().copied()));

/// Whether the last part of a type's `name` alone says that it is an exception's. `Error` itself
/// is a word of logs.
pub(super) fn is_evident(name: &str) -> bool {
    let last = name.rsplit(['.', '$', '+']).next().unwrap_or_default();
    // Generic types of .NET end with `1.
    let last = last.split(['`', '[']).next().unwrap_or_default();
    let is_word = name == last && ENDINGS.contains(&last);
    !is_word && ENDINGS.iter().any(|ending| last.ends_with(ending))
}

/// The name of an exception that stands in `line` after other words, and what follows the colon:
/// `send failed: mail.SendException: to bob`. `split` reads a name and the rest at the front.
pub(super) fn glued<'a>(
    line: &'a str,
    split: fn(&'a str) -> Option<(&'a str, &'a str)>,
) -> Option<Head<'a>> {
    // Most lines are told by this alone, and of the others most words.
    let endings = &*ENDINGS_ANYWHERE;
    if !endings.any_in(line) {
        return None;
    }
    let mut rest = line.trim_start();
    while let Some(at) = memchr2(b' ', b'\t', rest.as_bytes()) {
        rest = rest.get(at..).unwrap_or_default().trim_start_matches([' ', '\t']);
        let word_end = memchr3(b' ', b'\t', b':', rest.as_bytes()).unwrap_or(rest.len());
        let word = rest.get(..word_end).unwrap_or_default();
        if !endings.any_in(word) {
            continue;
        }
        // `exception="mail.SendException: to bob"`
        let begin = word.rfind(['=', '"', '\'', '[', '(']).map_or(0, |at| at + 1);
        let whole = rest.get(begin..).unwrap_or_default();
        if let Some((name, message)) = split(whole)
            && is_evident(name)
        {
            return Some(Head {
                whole,
                exception_type: Some(name),
                message,
                surety: Surety::Glued,
                is_cause: false,
            });
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for name in
            ["a.BException", "MailError", "A$Fault", "A+B`1[System.Failure]Exception", "a.b.Error"]
        {
            assert!(is_evident(name), "{name}");
        }
        for name in ["Error", "Exception", "a.b.Errors", "a.ErrorHandler", "com.example.Order", ""]
        {
            assert!(!is_evident(name), "{name}");
        }
    }

    #[test]
    fn records() {
        for line in [
            "2020-05-11 14:44:44,123 x",
            "14:44:44.123 [main] ERROR x",
            "[14:44:44] x",
            "ERROR giving up",
            "SEVERE: x",
            "[ERROR] x",
        ] {
            assert!(begins_record(line), "{line}");
        }
        for line in ["a.B: x", "ERRORS x", "14:44", "Error x", ""] {
            assert!(!begins_record(line), "{line}");
        }
    }
}
