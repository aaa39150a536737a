//! The cursor with which a traceback is read: line by line, whether or not something stands before
//! each line.

use super::lines::{Line, Lines, without_prefix};

/// A cursor that stands at a line.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    /// The lines after the one at which the reader stands.
    lines: Lines<'a>,
    /// The line at which the reader stands; none at the end of the text.
    line: Option<Line<'a>>,
    /// What stands before each line of the traceback: a container's name, a timestamp.
    pub(super) prefix: &'a str,
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

    /// Makes the line that begins at byte `start` the one at which the reader stands.
    pub(super) fn go_to(&mut self, start: usize) {
        self.lines = Lines::starting_at(self.text, start);
        self.skip();
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

    /// The lines from the one at which the reader stands.
    pub(super) fn remaining(&self) -> Lines<'a> {
        Lines::starting_at(self.text, self.position())
    }

    /// The lines after the one at which the reader stands.
    pub(super) fn following(&self) -> Lines<'a> {
        self.lines.clone()
    }

    /// Whether no line follows the one at which the reader stands.
    pub(super) fn is_at_last_line(&self) -> bool {
        self.lines.peek().is_none()
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
