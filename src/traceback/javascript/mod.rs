//! JavaScript and TypeScript under Node, Deno and browsers: where an error begins.
//!
//! ```text
//! uncaught := excerpt stack [BLANK "Node.js v…"]
//! excerpt  := file:line NL code NL "^" NL BLANK?
//! stack    := ["Uncaught "] Name [" [" CODE "]"] [": " msg] (msg lines)* frame+ [" {" props "}"]
//! frame    := "    at " ["async "] [function " "] "(" place ")" | "    at " place
//! cause    := "[cause]: " stack          in the properties, or "Caused by: " stack below
//! members  := "[errors]: [" stack,+ "]"
//! ```
//!
//! Firefox and Safari print frames of their own form, without a head.

mod browser;
pub(super) mod causes;
pub(super) mod invoke;
mod line;
mod parser;
mod tree;

use self::line::{FRAME, Name, TRAILER, call, excerpt_place, head, is_caret, is_trailer};
use self::parser::{Parser, Source};
use super::behind::find_behind;
use super::frames::InnermostFirst;
use super::heads::{Head, Heads, Placed, Surety};
use super::in_app;
use super::lines::{Line, Lines};
use super::marks::Marks as _;
use super::model::{Exception, Frame, MAX_CODE_BYTES, Relation, Traceback, cut};
use super::{Found, Language};

/// The row of JavaScript in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "javascript",
    // The middle ones are the frames of Firefox and Safari; the last two are what Node prints when
    // something was thrown that is no error, and so has no frames.
    hints: &["    at ", "@http", "@file://", "@webpack", "@[native code]", "Node.js v", TRAILER],
    parse: find,
};

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    find_plain(text).or_else(|| find_behind(text, frame_prefix, find_plain))
}

/// What stands before the frame in `line`, if something does.
fn frame_prefix(line: &str) -> Option<&str> {
    let at = line.find_mark("    at ")?;
    let (before, frame) = line.split_at_checked(at)?;
    (!before.trim().is_empty() && call(frame).is_some()).then_some(before)
}

fn find_plain(text: &str) -> Option<Found<'_>> {
    let mut scan = Scan {
        text,
        lines: Lines::new(text),
        heads: Heads::default(),
        excerpt: None,
        above: [None; 2],
    };
    while let Some(line) = scan.lines.next() {
        if let Some(found) = scan.at(line) {
            return Some(found);
        }
    }
    None
}

/// The place of an uncaught error, as Node prints it above the error.
#[derive(Debug, Clone, Copy)]
struct Excerpt<'a> {
    /// Byte offset of its first line.
    start: usize,
    file: &'a str,
    line: u64,
    code: &'a str,
    column: u64,
    /// Where the first line below it begins that is not blank.
    below: Option<usize>,
}

impl<'a> Excerpt<'a> {
    fn frame(&self) -> Frame<'a> {
        let mut frame = Frame {
            file: Some(self.file.into()),
            line: Some(self.line),
            column: Some(self.column),
            code: Some(cut(self.code.trim(), MAX_CODE_BYTES).into()),
            ..Frame::default()
        };
        frame.in_app = in_app::is_in_app(&frame);
        frame
    }
}

/// The walk over the lines at which a traceback may begin.
struct Scan<'a> {
    text: &'a str,
    /// The lines after the one that is looked at.
    lines: Lines<'a>,
    heads: Heads<'a>,
    excerpt: Option<Excerpt<'a>>,
    /// The two lines above the one that is looked at, the nearest first.
    above: [Option<Line<'a>>; 2],
}

impl<'a> Scan<'a> {
    /// The traceback of which `line` is the first frame, if it is one.
    fn at(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        if let Some(call) = call(line.text) {
            return self.at_frame(line, call.indent);
        }
        if browser::frame(line.text).is_some() {
            return self.at_browser_frame(line);
        }
        if let Some(found) = self.at_trailer(line).or_else(|| self.at_frameless(line)) {
            return Some(found);
        }
        self.see(line);
        None
    }

    /// Remembers a line that is no frame.
    fn see(&mut self, line: Line<'a>) {
        let is_blank = line.text.trim_end().is_empty();
        let is_first_below = self.excerpt.is_some_and(|excerpt| excerpt.below.is_none());
        let mut head = head(line.text);
        if is_first_below && !is_blank {
            if let Some(excerpt) = &mut self.excerpt {
                excerpt.below = Some(line.start);
            }
            let text = line.text.trim_end();
            if let Some(name) = Name::parse(text) {
                head = Some(Head {
                    whole: text,
                    exception_type: Some(name.error_type),
                    message: name.message,
                    surety: Surety::Announced,
                    is_cause: false,
                });
            }
        }
        // Heads are measured from the end of the line.
        let line = Line { text: line.text.trim_end(), ..line };
        self.heads.see(line, line.text, head);
        if is_caret(line.text)
            && let [Some(code), Some(place)] = self.above
            && let Some((file, number)) = excerpt_place(place.text)
        {
            let before = self.excerpt.filter(|before| before.below == Some(place.start));
            self.excerpt = Some(Excerpt {
                start: before.map_or(place.start, |before| before.start),
                file,
                line: number,
                code: code.text,
                column: line.text.find('^').unwrap_or(0) as u64 + 1,
                below: None,
            });
        }
        self.above = [Some(line), self.above[0]];
    }

    /// At the first frame of an error.
    fn at_frame(&mut self, line: Line<'a>, indent: usize) -> Option<Found<'a>> {
        let head = self.heads.best();
        let excerpt = self.excerpt.take().filter(|excerpt| {
            excerpt.below.is_some_and(|below| head.is_none_or(|head| head.line().start == below))
        });
        let is_deno = head.is_some_and(|head| head.head.whole.starts_with("error: Uncaught"));
        let member = self.above[0].filter(|above| {
            let (width, text) = line::indent(above.text);
            is_deno && (width, indent) == (4, 8) && Name::parse(text).is_some()
        });
        let first = member.unwrap_or(line);
        let indent = if member.is_some() { 0 } else { indent.saturating_sub(FRAME) };
        let mut parser = Parser::new(self.text, first.start, indent);
        let root = parser.tree.add(None, Relation::Root);
        let mut end = first.start;
        if let [Some(caret), Some(code)] = self.above
            && is_deno
            && is_caret(caret.text)
            && let Some(frame) = call(line.text).map(|call| call.frame)
        {
            end = code.start;
            // The source of the first frame.
            parser.source =
                frame.line.map(|line| Source { file: None, line, code: code.text.trim() });
        }
        if let Some(excerpt) = &excerpt {
            let code = cut(excerpt.code.trim(), MAX_CODE_BYTES);
            parser.source = Some(Source { file: Some(excerpt.file), line: excerpt.line, code });
        }
        let mut start = line.start;
        if let Some(head) = head {
            start = head.start();
            parser.describe_from(root, head.head.exception_type, head.message_start()..end);
        } else if let Some(below) = excerpt.and_then(|excerpt| excerpt.below) {
            parser.describe_from(root, None, below..end);
        }
        if let Some(excerpt) = excerpt {
            start = excerpt.start;
            if is_compiler(line, head)
                && let Some(root) = parser.tree.get_mut(root)
            {
                root.push(excerpt.frame());
            }
        }
        if member.is_some() {
            parser.members(root);
        }
        parser.error(root, false);
        if head.and_then(|head| head.head.exception_type) == Some("Trace") {
            // console.trace() tells where it was called.
            return self.skip(&parser);
        }
        let (exceptions, cut) = std::mem::take(&mut parser.tree).flatten();
        let has_head = head.is_some() || excerpt.is_some();
        if !has_head && exceptions.first().is_none_or(|root| root.frame_count < 2) {
            return self.skip(&parser);
        }
        let truncated = parser.truncated || cut || !has_head;
        Some(found(exceptions, truncated, start..parser.end))
    }

    /// Goes on below what was read in vain.
    fn skip(&mut self, parser: &Parser<'a>) -> Option<Found<'a>> {
        self.lines = parser.remaining();
        self.heads.reset();
        self.above = [None; 2];
        None
    }

    /// At a line that ends what Node prints about something thrown that is no error.
    fn at_trailer(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let excerpt = self.excerpt.filter(|_| is_trailer(line.text))?;
        let below = excerpt.below?;
        let mut parser = Parser::new(self.text, line.start, 0);
        let root = parser.tree.add(None, Relation::Root);
        let head = self.heads.best().filter(|head| head.line().start == below);
        let (name, message) =
            head.map_or((None, below), |head| (head.head.exception_type, head.message_start()));
        parser.describe_from(root, name, message..line.start);
        if let Some(root) = parser.tree.get_mut(root) {
            root.push(excerpt.frame());
        }
        parser.error(root, false);
        let (exceptions, _) = parser.tree.flatten();
        Some(found(exceptions, parser.truncated, excerpt.start..parser.end))
    }

    /// At an error without frames of its own, whose members or cause may have some:
    /// `[AggregateError: x] {`.
    fn at_frameless(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        if !line.text.ends_with("] {") {
            return None;
        }
        let at = line.text.find('[')?;
        let (before, text) = line.text.split_at_checked(at)?;
        let name = Name::parse(text).filter(|name| name.opens)?;
        let is_margin = before.trim().is_empty();
        let indent = if is_margin { before.len() } else { 0 };
        let mut parser = Parser::new(self.text, self.lines.peek()?.start, indent);
        let root = parser.tree.add(None, Relation::Root);
        if let Some(node) = parser.tree.get_mut(root) {
            node.name = Some(name.error_type);
            node.message = Some(name.message).filter(|text| !text.is_empty()).map(Into::into);
        }
        parser.error(root, true);
        if !parser.tree.has_frames() {
            return self.skip(&parser);
        }
        let (exceptions, cut) = std::mem::take(&mut parser.tree).flatten();
        let start = line.start + at;
        Some(found(exceptions, parser.truncated || cut, start..parser.end))
    }

    /// At the first frame of Firefox or Safari.
    fn at_browser_frame(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let head = self.heads.best();
        let mut frames = InnermostFirst::default();
        let mut lines = Lines::starting_at(self.text, line.start);
        let mut end = line.end();
        while let Some(line) = lines.peek() {
            let Some(frame) = browser::frame(line.text) else { break };
            frames.push(frame);
            end = line.end();
            lines.next();
        }
        self.lines = lines;
        let has_position = frames.count() > 1 || head.is_some();
        if !has_position {
            return None;
        }
        let mut parser = Parser::new(self.text, line.start, 0);
        let root = parser.tree.add(None, Relation::Root);
        if let Some(head) = head {
            parser.describe_from(root, head.head.exception_type, head.message_start()..line.start);
        }
        let truncated = parser.truncated || frames.is_cut();
        let (mut exceptions, _) = parser.tree.flatten();
        if let Some(root) = exceptions.first_mut() {
            root.frame_count = frames.count();
            root.frames = frames.into_frames();
        }
        let start = head.map_or(line.start, |head| head.start());
        Some(found(exceptions, truncated, start..end))
    }
}

/// Whether the error is that a script does not compile. The frames, from the one in the `first`
/// line on, are then those of the compiler, and the excerpt alone tells the place.
fn is_compiler(first: Line<'_>, head: Option<Placed<'_>>) -> bool {
    let name = head.and_then(|head| head.head.exception_type);
    name == Some("SyntaxError")
        && call(first.text).is_some_and(|call| !call.frame.in_app && call.frame.line.is_some())
}

fn found(
    exceptions: Vec<Exception<'_>>,
    truncated: bool,
    span: std::ops::Range<usize>,
) -> Found<'_> {
    Found { traceback: Traceback { language: LANGUAGE.name, exceptions, truncated }, span }
}
