//! Reads a traceback line by line, whether or not something stands before each line, and gathers
//! what its languages have in common: chains of causes.

use std::borrow::Cow;
use std::collections::VecDeque;

use super::frames::InnermostFirst;
use super::lines::{Line, Lines, is_level, without_prefix};
use super::model::{Exception, MAX_EXCEPTIONS, Relation};

/// A cursor that stands at a line.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    text: &'a str,
    lines: Lines<'a>,
    /// The line at which the reader stands; none at the end of the text.
    line: Option<Line<'a>>,
    /// What stands before each line of the traceback: a container's name, a timestamp.
    prefix: &'a str,
    /// Where the last line that was read as part of the traceback ends.
    pub(super) end: usize,
    /// Whether the text lacks a part of the traceback, or a cap cut it.
    pub(super) truncated: bool,
}

impl<'a> Reader<'a> {
    /// A reader of `text` that stands at the line beginning at byte `start`.
    pub(super) fn new(text: &'a str, start: usize, prefix: &'a str) -> Self {
        let mut lines = Lines::starting_at(text, start);
        let line = lines.next();
        Self { text, lines, line, prefix, end: start, truncated: false }
    }

    /// The line without the prefix; none at the end of the text, or if the line lacks the prefix.
    pub(super) fn peek(&self) -> Option<&'a str> {
        without_prefix(self.line?.text, self.prefix)
    }

    /// The line with where it stands.
    pub(super) fn line(&self) -> Option<Line<'a>> {
        self.line
    }

    /// The byte offset of the line.
    pub(super) fn position(&self) -> usize {
        self.line.map_or(self.text.len(), |line| line.start)
    }

    /// Takes the line for a part of the traceback and goes to the next.
    pub(super) fn take(&mut self) {
        if let Some(line) = self.line {
            self.end = line.end();
        }
        self.skip();
    }

    /// Goes to the next line, leaving it open whether this one is a part.
    pub(super) fn skip(&mut self) {
        self.line = self.lines.next();
    }

    /// Skips the blank lines, of which a traceback may hold some but never ends with one.
    pub(super) fn skip_blank(&mut self) {
        while self.peek().is_some_and(|line| line.trim_end().is_empty()) {
            self.skip();
        }
    }
}

/// One exception as printed.
#[derive(Debug, Default)]
pub(super) struct Link<'a> {
    pub(super) exception_type: Option<Cow<'a, str>>,
    pub(super) message: Option<Cow<'a, str>>,
    pub(super) frames: InnermostFirst<'a>,
}

/// Exceptions of which each led to the one before it.
#[derive(Debug, Default)]
pub(super) struct Causes<'a> {
    links: VecDeque<Link<'a>>,
    truncated: bool,
}

impl<'a> Causes<'a> {
    /// Adds what led to the exceptions so far.
    pub(super) fn push_inner(&mut self, link: Link<'a>) {
        if self.links.len() < MAX_EXCEPTIONS {
            self.links.push_back(link);
        } else {
            self.truncated = true;
        }
    }

    /// Adds that to which the exceptions so far led.
    pub(super) fn push_outer(&mut self, link: Link<'a>) {
        if self.links.len() == MAX_EXCEPTIONS {
            self.links.pop_back();
            self.truncated = true;
        }
        self.links.push_front(link);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.links.is_empty()
    }

    /// The exception that escaped.
    pub(super) fn escaped_mut(&mut self) -> Option<&mut Link<'a>> {
        self.links.front_mut()
    }

    /// How many frames all exceptions have.
    pub(super) fn frame_count(&self) -> u64 {
        self.links.iter().map(|link| link.frames.count()).sum()
    }

    /// The flat list, each exception related to the one before it by `relation`, and whether a cap
    /// has cut anything.
    pub(super) fn flatten(self, relation: Relation) -> (Vec<Exception<'a>>, bool) {
        let mut truncated = self.truncated;
        let exception = |(id, link): (usize, Link<'a>)| {
            truncated |= link.frames.is_cut();
            Exception {
                id,
                parent: id.checked_sub(1),
                relation: if id == 0 { Relation::Root } else { relation },
                exception_type: link.exception_type,
                message: link.message,
                frame_count: link.frames.count(),
                frames: link.frames.into_frames(),
            }
        };
        let exceptions = self.links.into_iter().enumerate().map(exception).collect();
        (exceptions, truncated)
    }
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

    #[test]
    fn chains_within_the_cap() {
        let link =
            |n: usize| Link { exception_type: Some(n.to_string().into()), ..Link::default() };
        let types = |causes: Causes<'static>| {
            let (exceptions, truncated) = causes.flatten(Relation::Cause);
            let first = exceptions.first().and_then(|e| e.exception_type.clone());
            let last = exceptions.last().and_then(|e| e.exception_type.clone());
            (first.unwrap(), last.unwrap(), exceptions.len(), truncated)
        };
        let (mut inner, mut outer) = (Causes::default(), Causes::default());
        for n in 0..20 {
            inner.push_inner(link(n));
            outer.push_outer(link(n));
        }
        assert_eq!(types(inner), ("0".into(), "15".into(), MAX_EXCEPTIONS, true));
        assert_eq!(types(outer), ("19".into(), "4".into(), MAX_EXCEPTIONS, true));
    }
}
