//! Walks the lines of a text and knows where each stands.

use memchr::memchr;

use crate::formats::PLATFORM_LINES;

/// One line without its newline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Byte offset of the line in the text.
    pub(super) start: usize,
    pub(super) text: &'a str,
}

impl Line<'_> {
    /// Byte offset at which the line ends, its newline not included.
    pub(super) fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// An iterator over the lines of a text. It is a cursor of three words: a clone looks ahead.
#[derive(Debug, Clone)]
pub(super) struct Lines<'a> {
    rest: &'a str,
    start: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { rest: text, start: 0 }
    }

    /// The lines from the one that begins at byte `start`.
    pub(super) fn starting_at(text: &'a str, start: usize) -> Self {
        Self { rest: text.get(start..).unwrap_or_default(), start }
    }

    /// The next line, which stays the next.
    pub(super) fn peek(&self) -> Option<Line<'a>> {
        self.clone().next()
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let start = self.start;
        let end = memchr(b'\n', self.rest.as_bytes()).unwrap_or(self.rest.len());
        let text = self.rest.get(..end)?;
        self.rest = self.rest.get(end + 1..).unwrap_or_default();
        self.start = start + end + 1;
        Some(Line { start, text })
    }
}

/// `line` without `prefix`; none if it begins otherwise. Digits stand for each other, because the
/// prefix may be a time. A blank line may lack the blanks at the end of the prefix.
pub(super) fn without_prefix<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let alike = |(a, b): (&u8, &u8)| a == b || (a.is_ascii_digit() && b.is_ascii_digit());
    if let Some(rest) = line.get(prefix.len()..)
        && prefix.as_bytes().iter().zip(line.as_bytes()).all(alike)
    {
        return Some(rest);
    }
    let bare = prefix.trim_end();
    let is_bare =
        line.len() == bare.len() && bare.as_bytes().iter().zip(line.as_bytes()).all(alike);
    is_bare.then_some("")
}

/// Level names as loggers print them at the beginning of a line.
const LEVELS: &[&str] =
    &["TRACE", "DEBUG", "INFO", "NOTICE", "WARN", "WARNING", "ERROR", "CRITICAL", "FATAL"];

/// What follows a level at the beginning of a log line: a logger's name (`ERROR:root:`), or a
/// gap that people do not type.
const AFTER_LEVEL: &[&str] = &[":  ", " - ", " | ", " [", "\t"];

/// Whether `word` is the name of a log level, in capitals.
pub(super) fn is_level(word: &str) -> bool {
    LEVELS.contains(&word)
}

/// Whether `line` is evidently the first of a log record, and so not the continuation of the
/// message of an exception. It looks at the beginning of the line only.
pub(super) fn begins_log_record(line: &str) -> bool {
    let inside = line.strip_prefix(['[', '(']).unwrap_or(line);
    if begins_with_date(inside) || PLATFORM_LINES.iter().any(|(text, _)| line.starts_with(text)) {
        return true;
    }
    let end = inside.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(inside.len());
    let (word, after) = inside.split_at_checked(end).unwrap_or_default();
    if !is_level(word) {
        return false;
    }
    let bracketed = inside.len() < line.len();
    if bracketed {
        return after.starts_with([']', ')']);
    }
    AFTER_LEVEL.iter().any(|text| after.starts_with(text)) || is_logger_name(after)
}

/// `:root:`, as Python's default format puts between level and message.
fn is_logger_name(text: &str) -> bool {
    text.strip_prefix(':')
        .and_then(|text| text.split_once(':'))
        .is_some_and(|(name, _)| !name.is_empty() && !name.contains(char::is_whitespace))
}

/// `2020-05-11 14:44`, `2020-05-11T14:44` or `2020/05/11 14:44`.
fn begins_with_date(text: &str) -> bool {
    const SHAPE: &[u8] = b"0000-00-00 00:00";
    text.len() >= SHAPE.len()
        && SHAPE.iter().zip(text.as_bytes()).all(|(shape, byte)| match shape {
            b'0' => byte.is_ascii_digit(),
            b'-' => matches!(byte, b'-' | b'/'),
            b' ' => matches!(byte, b' ' | b'T'),
            other => other == byte,
        })
}

/// Where the words begin on a log line: the length of its time, level, tags and separators.
pub(super) fn log_prefix(line: &str) -> usize {
    let mut rest = line;
    loop {
        let text = rest.trim_start();
        if let Some((_, after)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
            rest = after;
            continue;
        }
        let (word, after) = text.split_once([' ', '\t']).unwrap_or((text, ""));
        if word == "--" {
            // Ruby's Logger: `-- program: `
            if let Some((program, after)) = after.split_once(' ')
                && program.ends_with(':')
            {
                rest = after;
                continue;
            }
        }
        if !after.is_empty() && is_log_word(word) {
            rest = after;
            continue;
        }
        return line.len() - text.len();
    }
}

/// Whether a line is the time, level, tags and separators of a log, and no word more.
pub(super) fn is_prefix_alone(line: &str) -> bool {
    const WORD: &str = " x";
    !line.trim().is_empty() && log_prefix(&format!("{line}{WORD}")) == line.len() + WORD.len() - 1
}

/// Whether `word` stands on log lines before the message.
fn is_log_word(word: &str) -> bool {
    let bare = word.trim_end_matches([':', ',']);
    let level = bare.rsplit('.').next().unwrap_or(bare);
    let is_time = bare.starts_with(|c: char| c.is_ascii_digit())
        && bare.bytes().all(|byte| byte.is_ascii_digit() || b"-:.,/TZ+".contains(&byte));
    let is_initial = word.len() == 2 && word.ends_with(',');
    let is_pair = word
        .split_once('=')
        .is_some_and(|(key, _)| !key.is_empty() && key.bytes().all(|b| b.is_ascii_lowercase()));
    is_level(level) || is_time || is_initial || is_pair || matches!(word, "-" | ":" | "|" | "--")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prefixes_alone() {
        for line in [
            "2024-05-04 08:00:01 ERROR",
            "E, [2026-11-24T09:53:29.359521 #13179] ERROR -- :",
            "[2024-05-04 08:00:01] app.ERROR:",
            "ERROR",
        ] {
            assert!(is_prefix_alone(line), "{line}");
        }
        for line in ["", "cannot pay", "2024-05-04 08:00:01 ERROR cannot pay", "ERROR shop.pay"] {
            assert!(!is_prefix_alone(line), "{line}");
        }
    }

    #[test]
    fn prefixes() {
        let table = [
            ("web | x", "web | ", Some("x")),
            ("web |", "web | ", Some("")),
            ("web", "web | ", None),
            ("10:59 x", "09:00 ", Some("x")),
            ("1a:59 x", "09:00 ", None),
            ("x", "", Some("x")),
            ("", "", Some("")),
            ("é", "a", None),
        ];
        for (line, prefix, expected) in table {
            assert_eq!(without_prefix(line, prefix), expected, "{line:?} {prefix:?}");
        }
    }

    #[test]
    fn lines_and_offsets() {
        let lines = |text| Lines::new(text).map(|line| (line.start, line.text)).collect::<Vec<_>>();
        assert_eq!(lines(""), []);
        assert_eq!(lines("a"), [(0, "a")]);
        assert_eq!(lines("a\n"), [(0, "a")]);
        assert_eq!(lines("\n\nä\nb"), [(0, ""), (1, ""), (2, "ä"), (5, "b")]);
    }

    #[test]
    fn peek_does_not_move() {
        let mut lines = Lines::new("a\nb");
        assert_eq!(lines.peek(), lines.next());
        assert_eq!(lines.peek().map(|line| line.text), Some("b"));
    }

    #[test]
    fn log_records() {
        let table = [
            ("2020-05-11 14:44:44,123 ERROR boom", true),
            ("2020-05-11T14:44:44Z boom", true),
            ("[2020-05-11 14:44:44 +0000] [7] [INFO] Booting", true),
            ("2020/05/11 14:44:44 boom", true),
            ("ERROR:root:boom", true),
            ("WARNING:py.warnings:boom", true),
            ("[ERROR] boom", true),
            ("INFO:     127.0.0.1 - \"GET /\" 200", true),
            ("ERROR - boom", true),
            ("ERROR\tboom", true),
            ("END RequestId: 1-2", true),
            ("2020-05-11 is no working day", false),
            ("2020-05-11", false),
            ("ERROR: relation \"pages\" does not exist", false),
            ("ERRORS:root:boom", false),
            ("error:root:boom", false),
            ("INFO", false),
            ("LINE 1: SELECT * FROM pages", false),
            ("[ERRNO 5] boom", false),
            ("END", false),
            ("", false),
            ("é", false),
        ];
        for (line, expected) in table {
            assert_eq!(begins_log_record(line), expected, "{line}");
        }
    }

    #[test]
    fn prefixes_of_log_lines() {
        let table = [
            ("E, [2024-05-04T08:00:01.123456 #7] ERROR -- : ", "key not found"),
            ("E, [2024-05-04T08:00:01.123456 #7] ERROR -- mail: ", "key not found"),
            ("2024-05-04 08:00:01,123 ERROR ", "boom: 3"),
            ("2024-05-04T08:00:01.123Z pid=7 tid=ox1 WARN: ", "Mail::Lost: x"),
            ("[2024-05-04 08:00:01] production.ERROR: ", "no mail {}"),
            ("[04-May-2024 08:00:01 UTC] ", "PHP Fatal error:  x"),
            ("", "Error: x"),
            ("", "no time at 10:30"),
            ("", "ERROR"),
            ("", ""),
        ];
        for (prefix, words) in table {
            assert_eq!(log_prefix(&format!("{prefix}{words}")), prefix.len(), "{prefix}{words}");
        }
    }
}
