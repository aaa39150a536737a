//! Python, 2.7 to 3.13: where its tracebacks begin.
//!
//! ```text
//! chain := block ( BLANK CONNECTION BLANK block )*           the last block escaped
//! block := "Traceback (most recent call last):" frame+ final
//!        | final                                              made but never raised
//!        | group
//! frame := '  File "F", line N, in NAME' [code [markers]]
//! final := [dotted.]Type [": " message] (further lines of message and notes)*
//! ```
//!
//! Around it: the Lambda runtime prints the final line first; a script that does not compile has
//! no head; a log may have lost the head, the end, or both; and a stack that is announced as such
//! (`Stack (most recent call last):`) is no exception.

mod chain;
mod fatal;
mod group;
mod line;
mod parser;

use self::chain::{Block, Chain};
use self::line::{Final, GROUP, HEAD, TOP_GROUP};
use self::parser::{Parser, is_top_group};
use super::lines::{Line, Lines};
use super::message::Message;
use super::model::Traceback;
use super::reader::Reader;
use super::{Found, Language};

/// Python's row in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "python",
    // The last three are a frame's beginning: plain, escaped and coloured.
    hints: &["Traceback (most recent call", "File \"", r#"File \""#, "File \x1b["],
    parse: find,
};

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut scan = Scan { text, lines: Lines::new(text), before: None, paragraph: 0 };
    while let Some(line) = scan.lines.next() {
        if let Some(found) = scan.at(line) {
            return Some(found);
        }
        if !is_blank(line) && scan.before.is_none_or(is_blank) {
            scan.paragraph = line.start;
        }
        scan.before = Some(line);
    }
    None
}

fn is_blank(line: Line<'_>) -> bool {
    line.text.trim_end().is_empty()
}

/// The walk over the lines at which a traceback may begin.
struct Scan<'a> {
    text: &'a str,
    /// The lines after the one that is looked at.
    lines: Lines<'a>,
    /// The line before it.
    before: Option<Line<'a>>,
    /// Where the last lines above it began that stand together, without a blank one between them.
    paragraph: usize,
}

impl<'a> Scan<'a> {
    /// The traceback that begins with `line`, if one does. Lines that were read in vain and need
    /// not be looked at again are skipped.
    fn at(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let text = line.text.trim_end();
        if let Some(before) = text.strip_suffix(HEAD) {
            return self.at_head(line, before);
        }
        if line::frame(line.text).is_some() {
            return self.at_frame(line);
        }
        if line::is_remote(text) {
            return self.at_remote(line);
        }
        if line::connection(text).is_some() {
            return self.at_connection(line);
        }
        if fatal::is_head(text) {
            return fatal::find(line, self.lines.clone());
        }
        None
    }

    /// At a head, with `before` on the same line: a log's own prefix, or a group's mark.
    fn at_head(&self, line: Line<'a>, before: &'a str) -> Option<Found<'a>> {
        let group = before.strip_suffix(GROUP).and_then(|before| before.strip_suffix(TOP_GROUP));
        let depth = usize::from(group.is_some());
        let before = group.unwrap_or(before);
        let start = line.start + before.len();

        // Either the prefix stands before each line, or only before the first.
        for prefix in [before, ""] {
            let mut parser = Parser::new(Reader::new(self.text, line.end() + 1, prefix));
            if parser.is_at_frame(depth) {
                let first = parser.body(depth);
                let mut chain = parser.chain_after(first, 0);
                let start = self.lambda_head(&mut chain, &mut parser).unwrap_or(start);
                return Some(found(chain, &parser, start));
            }
        }
        // The Lambda runtime has no frames to print for a module that it cannot import.
        if !before.is_empty() || self.lines.peek().is_some_and(|line| !is_blank(line)) {
            return None;
        }
        let mut chain = Chain::default();
        chain.push(Block::default());
        let mut parser = self.parser_at(line.start);
        parser.reader.take();
        let start = self.lambda_head(&mut chain, &mut parser)?;
        Some(found(chain, &parser, start))
    }

    /// Gives an exception without final line the one that the Lambda runtime prints before the
    /// head: `[ERROR] KeyError: 'Records'`. Returns where that line begins.
    fn lambda_head(&self, chain: &mut Chain<'a>, parser: &mut Parser<'a>) -> Option<usize> {
        const MARK: &str = "[ERROR] ";
        let block = chain.last_mut().filter(|block| block.exception_type.is_none())?;
        let before = self.before.filter(|&before| !is_blank(before))?;
        let paragraph = self.text.get(self.paragraph..before.end())?;
        let lines = || Lines::new(paragraph);
        let head = lines().filter(|line| line.text.starts_with(MARK)).last()?;
        let last = Final::parse(head.text.strip_prefix(MARK)?)?;
        block.exception_type = Some(last.exception_type);
        if let Some(first_line) = last.message {
            let start = head.start + head.text.trim_end().len() - first_line.len();
            let (text, cut) = Message::new(paragraph.get(start..)?).finish();
            block.message = text;
            parser.reader.truncated |= cut;
        }
        Some(self.paragraph + head.start)
    }

    /// At a frame without a head before it.
    fn at_frame(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let announced = self.before.is_some_and(|before| line::announces_stack(before.text));
        let mut parser = self.parser_at(line.start);
        let mut frames = parser.frames(0);
        let last = parser.peek(0).and_then(Final::parse);
        let is_module = frames.last_mut().is_some_and(|frame| frame.function.is_none());
        let does_not_compile = is_module && last.is_some_and(|last| last.is_syntax_error());
        let is_evident = last.is_some_and(|last| last.is_evident());
        if announced || !(does_not_compile || is_evident || frames.count() > 1) {
            // Each line of a stack would be looked at as a beginning.
            self.lines = parser.reader.remaining();
            return None;
        }
        // Only a script that does not compile has no head to begin with.
        parser.reader.truncated |= !(does_not_compile && frames.count() == 1);
        let first = parser.body_below(frames, 0);
        let chain = parser.chain_after(first, 0);
        Some(found(chain, &parser, line.start))
    }

    /// At a line that announces the traceback of another process.
    fn at_remote(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let mut parser = self.parser_at(line.start);
        let first = parser.remote(0)?;
        let chain = parser.chain_after(first, 0);
        self.claim(chain, &parser, line.start)
    }

    /// At a line that connects two exceptions, before any head: the one above was never raised, and
    /// the beginning of its message must be found backwards.
    fn at_connection(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let mut ahead = self.lines.clone();
        let below = ahead.find(|&line| !is_blank(line))?;
        if below.text.trim_end() != HEAD && !is_top_group(below.text) {
            return None;
        }
        let (start, mut parser, first) = self.above(line).unwrap_or_else(|| {
            let mut parser = self.parser_at(line.start);
            parser.reader.truncated = true;
            (line.start, parser, Chain::default())
        });
        let chain = parser.chain_after(first, 0);
        self.claim(chain, &parser, start)
    }

    /// The exception without frames that stands above the `connection`: where it begins, and the
    /// parser that has read it. None if what stands there is none, or not the whole of one.
    fn above(&self, connection: Line<'a>) -> Option<(usize, Parser<'a>, Chain<'a>)> {
        let paragraph = self.text.get(self.paragraph..connection.start)?;
        let finals = || {
            Lines::new(paragraph).filter_map(|line| Some((line.start, Final::parse(line.text)?)))
        };
        let evident = finals().filter(|(_, last)| last.is_evident()).last();
        let (offset, _) = evident.or_else(|| finals().last())?;
        let start = self.paragraph + offset;
        let mut parser = self.parser_at(start);
        let first = parser.body(0);
        (parser.reader.position() == connection.start).then_some((start, parser, first))
    }

    fn parser_at(&self, start: usize) -> Parser<'a> {
        Parser::new(Reader::new(self.text, start, ""))
    }

    /// Claims what was read if it has a frame, and otherwise skips it. The parser has gone beyond
    /// the line that is looked at.
    fn claim(&mut self, chain: Chain<'a>, parser: &Parser<'a>, start: usize) -> Option<Found<'a>> {
        if chain.has_frames() {
            return Some(found(chain, parser, start));
        }
        self.lines = parser.reader.remaining();
        None
    }
}

fn found<'a>(chain: Chain<'a>, parser: &Parser<'a>, start: usize) -> Found<'a> {
    let (exceptions, cut) = chain.flatten();
    let truncated = parser.reader.truncated
        || cut
        || exceptions.iter().any(|exception| exception.exception_type.is_none());
    Found {
        traceback: Traceback { language: LANGUAGE.name, exceptions, truncated },
        span: start..parser.reader.end,
    }
}
