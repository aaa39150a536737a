//! Reads a trace from its first frame on: frames, causes and suppressed exceptions, and their
//! messages. Each line is looked at a constant number of times.

use std::borrow::Cow;

use super::super::heads::{Named, Surety, begins_record, is_evident};
use super::super::lines::{Line, Lines, without_prefix};
use super::super::message::Message;
use super::super::reader::Reader;
use super::line::{self, Caption};
use super::trace::Trace;

/// A parser that stands at a line.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    pub(super) reader: Reader<'a>,
    /// Where the message of the exception that is read begins; none without one.
    message_start: Option<usize>,
    pub(super) trace: Trace<'a>,
}

/// What a line is to a trace.
enum Kind {
    /// A part that needs no other to be one.
    Part,
    Blank,
    /// The beginning of something else.
    Foreign,
    Text,
}

fn kind(content: &str) -> Kind {
    if content.trim_end().is_empty() {
        return Kind::Blank;
    }
    let is_part = line::frame(content).is_some()
        || line::elision(content).is_some()
        || line::caption(content).is_some()
        || line::is_mark(content);
    if is_part {
        return Kind::Part;
    }
    let announces = line::head(content).is_some_and(|head| head.surety == Surety::Announced);
    if announces || begins_record(content) || line::announces_thread(content) {
        return Kind::Foreign;
    }
    Kind::Text
}

/// Whether the line begins with an exception's type and is no cause.
fn is_evident_head(content: &str) -> bool {
    line::head(content).is_some_and(|head| head.surety >= Surety::Evident && !head.is_cause)
}

impl<'a> Parser<'a> {
    /// A parser whose `reader` stands at the first frame of `trace`.
    pub(super) fn new(
        mut reader: Reader<'a>,
        trace: Trace<'a>,
        message_start: Option<usize>,
    ) -> Self {
        // That line is a part whatever comes of it.
        reader.end = reader.line().map_or(reader.end, |line| line.end());
        Self { reader, message_start, trace }
    }

    /// Reads to the end of the trace.
    pub(super) fn read(&mut self) {
        while let Some(content) = self.reader.peek() {
            if let Some((frame, skipped)) = line::frame(content) {
                self.trace.push(frame, skipped);
                self.reader.take();
            } else if line::is_mark(content) {
                self.reader.take();
            } else if let Some(elision) = line::elision(content) {
                self.trace.elide(elision);
                self.reader.take();
            } else if let Some((indent, caption, text)) = line::caption(content) {
                if !self.exception(indent, caption, text) {
                    break;
                }
            } else if line::is_cut_frame(content) && self.reader.is_at_last_line() {
                self.trace.truncated = true;
                self.reader.take();
            } else if !self.gap() {
                break;
            }
        }
    }

    /// Reads a further exception, up to its first frame. False if `text`, which follows the
    /// caption, is none.
    fn exception(&mut self, indent: usize, caption: Caption, text: &'a str) -> bool {
        let typed = line::type_and_message(text);
        let (exception_type, message) =
            typed.map_or((None, text), |(name, message)| (Some(name), message));
        let Some(first) = self.reader.line() else { return false };
        let start = first.end() - message.len();
        let below = self.below_message();
        if below.is_none() && exception_type.is_none() {
            return false;
        }
        let message = match &below {
            Some(line) => self.message(message, start, self.reader.following(), line.start),
            None => self.message(message, start, self.reader.following(), 0),
        };
        self.trace.begin(indent, caption, Named { exception_type, message });
        self.message_start = Some(start);
        if let Some(line) = below {
            // The blank lines that close a message are no part of it, but of the trace.
            let read = self.reader.text.get(..line.start).unwrap_or_default();
            self.reader.end = read.trim_end().len();
            self.reader.go_to(line.start);
        } else {
            // A name at the very end of the text may lack its own end.
            let is_last = first.end() == self.reader.text.len() && text.len() == first_word(text);
            if is_last && !exception_type.is_some_and(is_evident) {
                self.trace.forget_type();
            }
            self.reader.take();
        }
        true
    }

    /// The first part of the trace below the message of the exception at which the parser stands;
    /// none if no part follows.
    fn below_message(&self) -> Option<Line<'a>> {
        let mut ahead = self.reader.following();
        let mut after_blank = false;
        while let Some(line) = ahead.next() {
            let content = without_prefix(line.text, self.reader.prefix)?;
            match kind(content) {
                Kind::Part => return Some(line),
                Kind::Blank => after_blank = true,
                Kind::Foreign => return None,
                Kind::Text if after_blank && is_evident_head(content) => return None,
                Kind::Text => {
                    if line::is_cut_frame(content) && ahead.peek().is_none() {
                        return Some(line);
                    }
                    after_blank = false;
                }
            }
        }
        None
    }

    /// The message that begins with `first` at byte `start` and goes on with those of `lines` that
    /// begin before byte `end`.
    pub(super) fn message(
        &mut self,
        first: &'a str,
        start: usize,
        lines: Lines<'a>,
        end: usize,
    ) -> Option<Cow<'a, str>> {
        let message = if self.reader.prefix.is_empty() {
            let whole = self.reader.text.get(start..end).unwrap_or(first);
            Message::new(whole.trim_start_matches('\n'))
        } else {
            let mut message = Message::new(first.trim_end());
            for line in lines.take_while(|line| line.start < end) {
                message
                    .push(without_prefix(line.text, self.reader.prefix).unwrap_or_default(), None);
            }
            message
        };
        let (text, cut) = message.finish();
        self.trace.truncated |= cut;
        text
    }

    /// At a line that is no part of a trace. Blank ones may stand between parts, and a message may
    /// hold lines that look like frames: when text and then further frames follow, those before the
    /// text were the message's. False if the trace has ended.
    fn gap(&mut self) -> bool {
        let mut ahead = self.reader.remaining();
        let mut is_text = false;
        while let Some(line) = ahead.next() {
            let Some(content) = without_prefix(line.text, self.reader.prefix) else { return false };
            match kind(content) {
                Kind::Blank => {}
                Kind::Foreign => return false,
                Kind::Text if is_evident_head(content) => return false,
                Kind::Text => is_text = true,
                Kind::Part if !is_text => {
                    self.reader.go_to(line.start);
                    return true;
                }
                Kind::Part => {
                    let is_frame = line::frame(content).is_some();
                    let Some(start) = self.message_start.filter(|_| is_frame) else {
                        return false;
                    };
                    if !self.trace.is_open() || !self.reader.prefix.is_empty() {
                        return false;
                    }
                    let message = self.message("", start, ahead.clone(), line.start);
                    self.trace.restart(message);
                    self.reader.go_to(line.start);
                    return true;
                }
            }
        }
        false
    }
}

/// The length of the first word of `text`.
fn first_word(text: &str) -> usize {
    text.find(char::is_whitespace).unwrap_or(text.len())
}
