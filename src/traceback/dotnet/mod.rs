//! .NET and Mono: where the tracebacks of their exceptions begin.
//!
//! ```text
//! trace  := ["Unhandled exception. "] head (" ---> " head)* frame* (end-of-inner frame* member*)*
//! head   := type [" (" number ")"] [": " message (further lines of the message)*]
//! frame  := "   at " type "." method "(" arguments ")" [" in " file ":line " N]
//! member := " ---> (Inner Exception #" N ") " trace "<---"
//! ```
//!
//! The heads are printed from the outside in and the stack traces from the inside out. Mono and
//! the .NET Framework put all heads on one line. A line says where a stack trace goes on after the
//! exception was thrown again, as `await` does; it joins what it stands between.

mod line;
mod parser;
mod trace;

use self::parser::{Parser, begins_console_record};
use self::trace::Chain;
use super::behind::find_or_behind;
use super::heads::{Heads, Named, Placed, Surety};
use super::lines::{Line, Lines, without_prefix};
use super::marks::Marks as _;
use super::model::Traceback;
use super::one_line::unfold;
use super::reader::Reader;
use super::{Found, Language};

/// .NET's row in the table of languages.
pub(super) static LANGUAGE: Language =
    Language { name: "dotnet", hints: &["  at ", "--- End of inner exception"], parse: find };

/// Beginnings of lines of a traceback that was written into one line.
const BEGINNINGS: &[&str] =
    &["   at ", "   --- End of inner exception", "--- End of stack trace from previous"];

/// What Mono prints on a line of its own before an exception that nobody caught.
const ANNOUNCEMENT: &str = "Unhandled Exception:";

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    match unfold(text, BEGINNINGS, |byte| byte == b' ') {
        Some(unfolded) => {
            let Found { traceback, span } = find_in_lines(&unfolded)?;
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

/// The walk over the lines at which a traceback may begin.
struct Scan<'a> {
    text: &'a str,
    /// What stands before each line.
    prefix: &'a str,
    /// The lines after the one that is looked at.
    lines: Lines<'a>,
    heads: Heads<'a>,
    /// The announcement seen last.
    announcement: Option<Line<'a>>,
    /// The first line seen that has an inner exception's head, with no other before.
    inner: Option<(Line<'a>, &'a str)>,
    /// What stands before the first frame that does not begin its line.
    prefix_seen: Option<&'a str>,
}

impl<'a> Scan<'a> {
    fn new(text: &'a str, prefix: &'a str) -> Self {
        Self {
            text,
            prefix,
            lines: Lines::new(text),
            heads: Heads::default(),
            announcement: None,
            inner: None,
            prefix_seen: None,
        }
    }

    fn run(&mut self) -> Option<Found<'a>> {
        while let Some(line) = self.lines.next() {
            let Some(content) = without_prefix(line.text, self.prefix) else {
                self.forget();
                continue;
            };
            if line::frame(content).is_some() {
                if let Some(found) = self.at_frame(line, content) {
                    return Some(found);
                }
                self.forget();
                continue;
            }
            if self.prefix_seen.is_none() {
                self.prefix_seen = prefix_of_frame(content);
            }
            if let Some(text) = line::inner(content) {
                // It belongs to the head above, which stays the one to look at.
                self.inner.get_or_insert((line, text));
                continue;
            }
            if content.trim_end() == ANNOUNCEMENT {
                self.forget();
                self.announcement = Some(line);
                continue;
            }
            if begins_console_record(content) {
                self.forget();
            }
            self.heads.see(line, content, line::head(content));
        }
        None
    }

    fn forget(&mut self) {
        self.heads.reset();
        self.announcement = None;
        self.inner = None;
    }

    /// The traceback whose first frame is `line`, if it is one. Otherwise the lines that it would
    /// have had are skipped.
    fn at_frame(&mut self, line: Line<'a>, content: &'a str) -> Option<Found<'a>> {
        if is_call_for_stack(content) {
            let mut parser = self.parser_at(line);
            parser.body(&mut Chain::new(Named::default()), 0);
            self.lines = parser.reader.remaining();
            return None;
        }
        let best = self.heads.best();
        let (start, parser, chain) = match (best, self.inner) {
            (Some(best), _) => {
                let mut parser = self.parser_at(best.line());
                let (chain, _) = parser.chain(text_of(&best), 0);
                (self.announced_start(&best), parser, chain)
            }
            (None, Some((inner, text))) => {
                let mut parser = self.parser_at(inner);
                let (mut chain, _) = parser.chain(text, 0);
                chain.truncated = true;
                (inner.end() - text.len(), parser, chain)
            }
            (None, None) => {
                let mut parser = self.parser_at(line);
                let mut chain = Chain::new(Named::default());
                parser.body(&mut chain, 0);
                chain.truncated = true;
                (line.start, parser, chain)
            }
        };
        self.lines = parser.reader.remaining();
        // A head that did not lead to the frame would make the walk begin anew.
        if parser.reader.end < line.end() {
            self.lines = Lines::starting_at(self.text, line.end() + 1);
            return None;
        }
        let is_sure =
            best.is_some_and(|best| best.head.surety > Surety::Possible || start < best.start());
        let above = self.heads.above();
        let is_stack = above.is_some_and(|(_, content, _)| announces_stack(content));
        if !is_sure && (is_stack || (chain.frame_count() < 2 && self.inner.is_none())) {
            return None;
        }
        let is_uneven = chain.is_uneven();
        let (exceptions, cut) = chain.flatten();
        let truncated = cut || parser.reader.truncated || is_uneven;
        Some(Found {
            traceback: Traceback { language: LANGUAGE.name, exceptions, truncated },
            span: start..parser.reader.end,
        })
    }

    /// Where the traceback with the head `best` begins: there, or at the announcement above.
    fn announced_start(&self, best: &Placed<'a>) -> usize {
        let above = self.announcement.filter(|above| above.end() + 1 == best.line().start);
        above.map_or(best.start(), |above| above.end() - ANNOUNCEMENT.len())
    }

    fn parser_at(&self, line: Line<'a>) -> Parser<'a> {
        Parser { reader: Reader::new(self.text, line.start, self.prefix) }
    }
}

/// The head from its type on.
fn text_of<'a>(best: &Placed<'a>) -> &'a str {
    line::without_announcement(best.head.whole)
}

/// Whether the frame is the call with which a program asks for its own stack.
fn is_call_for_stack(content: &str) -> bool {
    line::frame(content).is_some_and(|(frame, _)| {
        frame.module.as_deref() == Some("System.Environment")
            && matches!(frame.function.as_deref(), Some("get_StackTrace" | "GetStackTrace"))
    })
}

/// Whether frames below `line` are a stack and no exception's.
fn announces_stack(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with(':') && ["stack", "Stack"].iter().any(|word| line.contains(word))
}

/// What stands before the frame in `content`, whose beginning it is not.
fn prefix_of_frame(content: &str) -> Option<&str> {
    let (prefix, frame) = content.split_at_checked(content.find_mark("  at ")?)?;
    let prefix = prefix.trim_end();
    (!prefix.is_empty() && line::frame(frame).is_some()).then_some(prefix)
}
