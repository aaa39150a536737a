//! Reads a traceback from its first frame on: frames, final line, message, and the blocks that are
//! chained to it.
//!
//! Each line is looked at once. A line belongs to a *depth*: at depth 0 it is the line itself, at
//! depth *d* it follows *d* indents and a `|`, as Python prints the members of groups.

use super::super::frames::OutermostFirst;
use super::super::lines::begins_log_record;
use super::super::message::Message;
use super::super::model::Frame;
use super::super::reader::Reader;
use super::chain::{Block, Chain};
use super::line::{self, Final, GROUP, HEAD, QUOTES, TOP_GROUP};

/// A parser that stands at a line.
#[derive(Debug, Clone)]
pub(super) struct Parser<'a> {
    pub(super) reader: Reader<'a>,
    /// Whether the traceback stands between quotation marks, which end it.
    quoted: bool,
    /// Whether the group that was read last was closed.
    pub(super) group_closed: bool,
}

impl<'a> Parser<'a> {
    pub(super) fn new(reader: Reader<'a>) -> Self {
        Self { reader, quoted: false, group_closed: true }
    }

    /// The line at which the parser stands, without what stands before it at `depth`; none if it
    /// does not belong there.
    pub(super) fn peek(&self, depth: usize) -> Option<&'a str> {
        without_margin(self.reader.peek()?, depth)
    }

    /// Whether the parser stands at a frame, or at a blank line with which Loguru precedes it.
    pub(super) fn is_at_frame(&self, depth: usize) -> bool {
        let is_frame = |line| line::frame(line).is_some();
        match self.peek(depth) {
            Some("") => {
                let mut ahead = self.clone();
                ahead.reader.skip();
                ahead.peek(depth).is_some_and(is_frame)
            }
            line => line.is_some_and(is_frame),
        }
    }

    fn skip_blank(&mut self, depth: usize) {
        while self.peek(depth).is_some_and(|line| line.trim_end().is_empty()) {
            self.reader.skip();
        }
    }

    /// Reads a chain whose first block begins at the line: with a head, or without frames. None if
    /// no block begins there.
    pub(super) fn chain(&mut self, depth: usize) -> Option<Chain<'a>> {
        let first = self.block(depth)?;
        Some(self.chain_after(first, depth))
    }

    /// Reads what follows `first`, the first block of a chain.
    pub(super) fn chain_after(&mut self, mut first: Chain<'a>, depth: usize) -> Chain<'a> {
        loop {
            // The blank lines before a connection were read with the message, or with the group.
            self.skip_blank(depth);
            let Some(relation) = self.peek(depth).and_then(line::connection) else {
                break;
            };
            self.reader.take();
            first.connect(relation);
            self.skip_blank(depth);
            if let Some(mut next) = self.block(depth) {
                next.prepend(first);
                first = next;
            } else {
                // What escaped was cut off.
                self.reader.truncated = true;
                break;
            }
        }
        first
    }

    /// Reads one block that has a head, or only a final line.
    fn block(&mut self, depth: usize) -> Option<Chain<'a>> {
        let line = self.peek(depth)?.trim_end();
        if line == HEAD {
            self.reader.take();
            return Some(self.body(depth));
        }
        if line.strip_suffix(HEAD) == Some(GROUP) && depth > 0 {
            self.reader.take();
            return Some(self.body(depth));
        }
        if depth == 0 && is_top_group(line) {
            self.reader.take();
            return Some(self.body(1));
        }
        if line::is_remote(line)
            && let Some(remote) = self.remote(depth)
        {
            return Some(remote);
        }
        // An exception that was made but not raised has no frames, and then no head.
        Final::parse(line)?;
        Some(self.body(depth))
    }

    /// Reads a block from below its head on, as a chain of one.
    pub(super) fn body(&mut self, depth: usize) -> Chain<'a> {
        let frames = self.frames(depth);
        self.body_below(frames, depth)
    }

    /// Reads a block from below its `frames` on, as a chain of one.
    pub(super) fn body_below(&mut self, frames: OutermostFirst<'a>, depth: usize) -> Chain<'a> {
        let mut block = Block { frames, ..Block::default() };
        if let Some(last) = self.peek(depth).and_then(Final::parse) {
            self.message(depth, last, &mut block);
        }
        block.members = self.members(depth);
        let mut chain = Chain::default();
        chain.push(block);
        chain
    }

    /// Reads frames and what belongs to them.
    pub(super) fn frames(&mut self, depth: usize) -> OutermostFirst<'a> {
        let mut frames = OutermostFirst::default();
        // Loguru puts a blank line after the head, and then after each frame.
        let spaced = self.peek(depth) == Some("");
        while let Some(line) = self.peek(depth) {
            if let Some(frame) = line::frame(line) {
                frames.push(frame);
            } else if let Some(detail) = line::frame_detail(line) {
                self.detail(detail, frames.last_mut());
            } else if let Some(count) = line::repeated(line) {
                frames.skip(count);
            } else if !(spaced && line.is_empty()) {
                break;
            }
            self.reader.take();
        }
        frames
    }

    /// Keeps the first line below a frame as its code.
    fn detail(&mut self, detail: &'a str, frame: Option<&mut Frame<'a>>) {
        if let Some(frame) = frame
            && frame.code.is_none()
            && !detail.is_empty()
        {
            let (code, cut) = line::cut_code(detail);
            frame.code = Some(code.into());
            self.reader.truncated |= cut;
        }
    }

    /// Whether the next line is the head of a traceback. Behind a connection it is where a logger
    /// has left out blank lines, of which Python prints one before and one after it.
    fn is_before_head(&self, depth: usize) -> bool {
        let mut ahead = self.clone();
        ahead.reader.skip();
        ahead.peek(depth).is_some_and(|line| line.trim_end() == HEAD)
    }

    /// Reads the message that begins with `last`, and the notes, which look the same.
    fn message(&mut self, depth: usize, last: Final<'a>, block: &mut Block<'a>) {
        block.exception_type = Some(last.exception_type);
        let first_line = last.message.unwrap_or_default();
        let mut message = Message::new(first_line);
        let together = depth == 0 && self.reader.prefix.is_empty();
        let start = self.reader.line().map_or(0, |line| line.text.trim_end().len() + line.start)
            - first_line.len();
        // The last line that was not blank, and whether blank ones followed.
        let mut before = self.peek(depth).unwrap_or_default();
        let mut after_blank = false;
        // Lines that start before this offset belong to the message without a margin.
        let mut unmarked_until = 0;
        self.reader.take();
        while let Some(line) =
            self.peek(depth).or_else(|| self.peek_unmarked(depth, &mut unmarked_until))
        {
            if (line::connection(line).is_some() && (after_blank || self.is_before_head(depth)))
                || self.ends_message(depth, before, line)
            {
                break;
            }
            let whole = self.reader.line().and_then(|line| self.reader.text.get(start..line.end()));
            message.push(line, whole.filter(|_| together));
            after_blank = line.trim_end().is_empty();
            if after_blank {
                self.reader.skip();
            } else {
                before = line;
                self.reader.take();
            }
        }
        let (text, cut) = message.finish();
        block.message = text;
        self.reader.truncated |= cut;
    }

    /// The line at which the parser stands, if it belongs to a message at `depth` though it has no
    /// margin. Python 3.11 prints one before the first line of a message only. How far such lines
    /// go is looked up once and kept in `until`.
    fn peek_unmarked(&self, depth: usize, until: &mut usize) -> Option<&'a str> {
        let start = self.reader.line().filter(|_| depth > 0)?.start;
        if start >= *until {
            let mut ahead = self.clone();
            while !ahead.is_at_margin(depth) {
                let line = ahead.peek(0)?.trim_end();
                if line == HEAD || line::connection(line).is_some() {
                    return None;
                }
                ahead.reader.skip();
            }
            *until = ahead.reader.line()?.start;
        }
        self.peek(0).filter(|_| start < *until)
    }

    /// Whether the line begins with the margin of `depth`, or with the rule between members there.
    fn is_at_margin(&self, depth: usize) -> bool {
        let content = self.peek(0).and_then(|line| without_indent(line, depth));
        content.is_some_and(|content| content.starts_with(['|', '+']))
    }

    /// Whether the message whose last line is `before` does not go on with `line`.
    fn ends_message(&self, depth: usize, before: &str, line: &str) -> bool {
        let text = line.trim_end();
        if text == HEAD {
            // A message may quote a traceback, but then it says so, or marks it: `worker failed:`.
            let before = before.trim_end();
            return ![":", QUOTES, "'''"].iter().any(|mark| before.ends_with(mark));
        }
        (self.quoted && text == QUOTES)
            || (depth == 0
                && (line::is_afterwards(line) || begins_log_record(line) || is_top_group(line)))
    }

    /// Reads a traceback that another process sent: `….RemoteTraceback:`, and the traceback between
    /// lines of `"""`.
    ///
    /// Python raises the other process's exception anew and makes the quoted one its cause. The
    /// quoted exception gets the type `RemoteTraceback` and, as its message, its own type and
    /// message: so the types are those that the program would see, and the frames are those where
    /// it failed.
    pub(super) fn remote(&mut self, depth: usize) -> Option<Chain<'a>> {
        let name = Final::parse(self.peek(depth)?)?.exception_type;
        let mut inside = self.clone();
        inside.reader.take();
        if inside.peek(depth)?.trim_end() != QUOTES {
            return None;
        }
        inside.reader.take();
        if inside.peek(depth)?.trim_end() != HEAD {
            return None;
        }
        inside.quoted = true;
        let mut chain = inside.chain(depth)?;
        inside.quoted = self.quoted;
        if inside.peek(depth).is_some_and(|line| line.trim_end() == QUOTES) {
            inside.reader.take();
        } else {
            inside.reader.truncated = true;
        }
        if let Some(block) = chain.last_mut() {
            let quoted = block.exception_type.replace(name);
            block.message = match (quoted, block.message.take()) {
                (Some(quoted), Some(message)) => Some(format!("{quoted}: {message}").into()),
                (Some(quoted), None) => Some(quoted.into()),
                (None, message) => message,
            };
        }
        *self = inside;
        Some(chain)
    }
}

/// Whether `line` is the head of a group that is no member.
pub(super) fn is_top_group(line: &str) -> bool {
    let head = line.trim_end().strip_suffix(HEAD);
    head.and_then(|before| before.strip_suffix(GROUP)) == Some(TOP_GROUP)
}

/// `line` without `  | ` at depth 1, `    | ` at depth 2.
fn without_margin(line: &str, depth: usize) -> Option<&str> {
    if depth == 0 {
        return Some(line);
    }
    let rest = without_indent(line, depth)?.strip_prefix('|')?;
    Some(rest.strip_prefix(' ').unwrap_or(rest))
}

/// `line` without the indent of `depth`, if it has just that.
pub(super) fn without_indent(line: &str, depth: usize) -> Option<&str> {
    let rest = line.trim_start_matches(' ');
    (line.len() - rest.len() == 2 * depth).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn margins() {
        assert_eq!(without_margin("  | x", 1), Some("x"));
        assert_eq!(without_margin("  |", 1), Some(""));
        assert_eq!(without_margin("    |   File", 2), Some("  File"));
        assert_eq!(without_margin("    | x", 1), None);
        assert_eq!(without_margin("  + x", 1), None);
    }
}
