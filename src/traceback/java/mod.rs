//! Java, Kotlin, Scala and whatever else runs on the JVM: where its traces begin.
//!
//! ```text
//! trace := ['Exception in thread "NAME" '] head frame* (elision | suppressed | cause)*
//! head  := type [": " message (further lines of the message)*]
//! cause := "Caused by: " head frame* ["... N more"]
//! suppressed := TAB "Suppressed: " head …                  all of its lines one tab deeper
//! frame := WS "at " [loader "/"] [module "/"] class "." method "(" place ")" [ "~[" jar:version "]"]
//! ```
//!
//! The N frames that an elision stands for are the outermost ones of the exception to which this
//! one belongs. Loggers print the first cause first if told so, each next one after `Wrapped by: `,
//! and put `|` between what would be lines. A head can be anything, because programs choose what
//! their exceptions print; then the type is not known.

mod line;
mod parser;
mod trace;

use self::parser::Parser;
use self::trace::Trace;
use super::behind::find_or_behind;
use super::heads::{Heads, Named, Surety, begins_record};
use super::lines::{Line, Lines, without_prefix};
use super::marks::Marks as _;
use super::model::{Frame, Traceback};
use super::one_line::unfold;
use super::reader::Reader;
use super::{Found, Language};

/// Java's row in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "java",
    // The second is the first where it was escaped once more than it was unescaped. The others are
    // for traces whose indents were changed.
    hints: &["\tat ", r"\tat ", ".java:", ".kt:", ".scala:", "(Native Method)", "(Unknown Source)"],
    parse: find,
};

/// The frame of `java.lang.Thread.run(Thread.java:840)`.
pub(super) fn call(call: &str) -> Option<Frame<'_>> {
    line::call(call)
}

/// Beginnings of lines of a trace that was written into one line.
const BEGINNINGS: &[&str] =
    &["\tat ", "\t... ", "\tSuppressed: ", "\t\t", "Caused by: ", "Wrapped by: "];

/// Finds the first trace in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    match unfold(text, BEGINNINGS, |byte| byte.is_ascii_punctuation() && byte != b')') {
        Some(unfolded) => {
            let Found { traceback, mut span } = find_in_lines(&unfolded)?;
            if unfolded.get(span.end..).is_some_and(|rest| rest.trim_end().is_empty()) {
                // What closes the last line is a separator too.
                span.end = text.trim_end().len();
            }
            Some(Found { traceback: traceback.into_owned(), span })
        }
        None => find_in_lines(text),
    }
}

fn find_in_lines(text: &str) -> Option<Found<'_>> {
    find_or_behind(|prefix| {
        let mut scan = Scan::new(text, prefix);
        (scan.run(), scan.prefix_seen)
    })
}

/// The walk over the lines at which a trace may begin.
struct Scan<'a> {
    text: &'a str,
    /// What stands before each line.
    prefix: &'a str,
    /// The lines after the one that is looked at.
    lines: Lines<'a>,
    heads: Heads<'a>,
    /// What stands before the first frame that does not begin its line.
    prefix_seen: Option<&'a str>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, prefix: &'a str) -> Self {
        Self { text, prefix, lines: Lines::new(text), heads: Heads::default(), prefix_seen: None }
    }

    fn run(&mut self) -> Option<Found<'a>> {
        while let Some(line) = self.lines.next() {
            let Some(content) = without_prefix(line.text, self.prefix) else {
                self.heads.reset();
                continue;
            };
            if line::frame(content).is_some() {
                if let Some(found) = self.at_frame(line) {
                    return Some(found);
                }
                self.heads.reset();
                continue;
            }
            if self.prefix_seen.is_none() {
                self.prefix_seen = prefix_of_frame(content);
            }
            self.heads.see(line, content, line::head(content));
        }
        None
    }

    /// The trace whose first frame is `line`, if it is one. Otherwise the lines that it would have
    /// had are skipped.
    fn at_frame(&mut self, line: Line<'a>) -> Option<Found<'a>> {
        let best = self.heads.best();
        let above = self.heads.above();
        let is_stack = above.is_some_and(|(_, content, _)| line::announces_stack(content));
        // A text just above that is all of its record is what an exception chose to print.
        let untyped = above.filter(|&(_, content, is_alone)| {
            best.is_none() && is_alone && !begins_record(content) && !content.starts_with('\t')
        });

        let start = best
            .map(|head| head.start())
            .or_else(|| untyped.map(|(above, content, _)| above.end() - content.len()));
        let message_start = best.map(|head| head.message_start()).or_else(|| untyped.and(start));
        let indent = best.map_or(0, |head| {
            let of_line = without_prefix(head.line().text, self.prefix).unwrap_or_default();
            line::indent(of_line).0
        });
        let named =
            Named { exception_type: best.and_then(|head| head.head.exception_type), message: None };
        // An exception without frames of its own has its cause directly below its message.
        let below = best.and_then(|head| self.cause_between(head.end() + 1, line.start));
        let line = below.unwrap_or(line);
        let reader = Reader::new(self.text, line.start, self.prefix);
        let mut parser = Parser::new(reader, Trace::new(indent, named), message_start);
        if let Some(message_start) = message_start {
            let end = best.map(|head| head.end()).or(untyped.map(|(above, ..)| above.end()))?;
            let first = self.text.get(message_start..end)?;
            let lines = Lines::starting_at(self.text, end + 1);
            let message = parser.message(first, message_start, lines, line.start);
            parser.trace.restart(message);
        }
        parser.read();
        self.lines = parser.reader.remaining();

        let (frames, exceptions) = parser.trace.size();
        let is_sure = best.is_some_and(|head| head.head.surety > Surety::Possible);
        if !is_sure && (is_stack || (frames < 2 && exceptions < 2)) {
            return None;
        }
        let is_cause = best.is_some_and(|head| head.head.is_cause);
        parser.trace.truncated |= start.is_none() || is_cause;
        let (exceptions, truncated) = parser.trace.flatten();
        Some(Found {
            traceback: Traceback { language: LANGUAGE.name, exceptions, truncated },
            span: start.unwrap_or(line.start)..parser.reader.end,
        })
    }

    /// The first line that introduces a cause and begins in the given range of bytes.
    fn cause_between(&self, start: usize, end: usize) -> Option<Line<'a>> {
        let mut lines = Lines::starting_at(self.text, start);
        while let Some(line) = lines.next().filter(|line| line.start < end) {
            let content = without_prefix(line.text, self.prefix)?;
            let is_cause = line::caption(content)
                .is_some_and(|(_, _, text)| line::type_and_message(text).is_some());
            if is_cause {
                return Some(line);
            }
        }
        None
    }
}

/// What stands before the frame in `content`, whose beginning it is not.
fn prefix_of_frame(content: &str) -> Option<&str> {
    // Dropwizard marks the lines so.
    if content.strip_prefix("! ").is_some_and(|text| line::frame(text).is_some()) {
        return Some("!");
    }
    let at = content.find_mark("\tat ").or_else(|| content.find_mark("   at "))?;
    let (prefix, frame) = content.split_at_checked(at)?;
    let prefix = prefix.trim_end();
    (!prefix.is_empty() && line::frame(frame).is_some()).then_some(prefix)
}
