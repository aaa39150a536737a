//! Reads an exception from its head on: inner heads, stack traces, members of aggregates. Each
//! line is looked at a constant number of times.

use super::super::heads::{Named, Surety, begins_record};
use super::super::lines::without_prefix;
use super::super::marks::Marks as _;
use super::super::message::Message;
use super::super::reader::Reader;
use super::line::{self, Separator};
use super::trace::Chain;

/// How deep members of aggregates may hold aggregates.
const MAX_DEPTH: usize = 12;

/// How many lines of text may stand between a stack trace and the next; SQL Server's client has
/// three, that for Postgres up to twenty.
const MOST_DETAILS: usize = 32;

/// A parser that stands at a line.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    pub(super) reader: Reader<'a>,
}

/// What a line is to a traceback.
enum Kind {
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
        || line::separator(line::without_closes(content).0).is_some()
        || line::inner(content).is_some();
    if is_part {
        return Kind::Part;
    }
    let announces = line::head(content).is_some_and(|head| head.surety == Surety::Announced);
    if announces || begins_record(content) || begins_console_record(content) {
        return Kind::Foreign;
    }
    Kind::Text
}

/// `fail: Mail.Sender[0]`, as Microsoft's console logger begins a record.
pub(super) fn begins_console_record(content: &str) -> bool {
    const LEVELS: &[&str] = &["trce: ", "dbug: ", "info: ", "warn: ", "fail: ", "crit: "];
    LEVELS.iter().any(|level| content.starts_with(level))
}

/// Parts a text before the inner exception that follows on the same line.
fn split_inner(text: &str) -> (&str, Option<&str>) {
    let mut from = 0;
    while let Some(at) = text.get(from..).and_then(|rest| rest.find_mark(line::INNER)) {
        let at = from + at;
        let (before, inner) = text.split_at_checked(at).unwrap_or((text, ""));
        let inner = inner.strip_prefix(line::INNER).unwrap_or_default();
        let begins = before.is_empty() || before.ends_with(' ');
        let is_type = line::type_and_message(inner).is_some_and(|(name, _)| name.contains('.'));
        if begins && is_type {
            return (before, Some(inner));
        }
        from = at + line::INNER.len();
    }
    (text, None)
}

impl<'a> Parser<'a> {
    /// Reads the exception whose head is `text`, the end of the line at which the parser stands.
    /// Returns it and how many members of aggregates ended with it.
    pub(super) fn chain(&mut self, text: &'a str, depth: usize) -> (Chain<'a>, usize) {
        let mut chain = Chain::new(Named::default());
        let mut closes = self.heads(text, &mut chain, true);
        if closes == 0 {
            closes = self.body(&mut chain, depth);
        }
        (chain, closes)
    }

    /// Reads what follows the head of `chain`, and returns how many members ended with it.
    pub(super) fn body(&mut self, chain: &mut Chain<'a>, depth: usize) -> usize {
        while let Some(content) = self.reader.peek() {
            let (bare, closes) = line::without_closes(content);
            let mut ended = closes;
            if let Some((frame, _)) = line::frame(content) {
                chain.push_frame(frame);
                self.reader.take();
            } else if let Some(separator) = line::separator(bare) {
                if separator == Separator::EndOfInner {
                    chain.next_section();
                }
                self.reader.take();
            } else if let Some((number, text)) = line::member(content) {
                if depth == MAX_DEPTH {
                    self.reader.truncated = true;
                    return 0;
                }
                let (member, closes) = self.chain(text, depth + 1);
                self.reader.truncated |= closes == 0;
                chain.push_member(number, member);
                ended = closes.saturating_sub(1);
            } else if let Some(text) = line::inner(content).filter(|_| !chain.has_frames()) {
                ended = self.heads(text, chain, false);
            } else if bare.trim_start().is_empty() && closes > 0 {
                self.reader.take();
            } else if line::is_cut_frame(content) && self.reader.is_at_last_line() {
                self.reader.truncated = true;
                self.reader.take();
            } else if !self.gap() {
                break;
            }
            if ended > 0 {
                return ended;
            }
        }
        0
    }

    /// Reads the type and message that begin with `text`, the end of the line at which the parser
    /// stands, and those of inner exceptions within. The `first` replaces the head of `chain`.
    fn heads(&mut self, text: &'a str, chain: &mut Chain<'a>, first: bool) -> usize {
        let mut first = first;
        let mut rest = Some(text);
        let mut closes = 0;
        while let Some(text) = rest {
            let (exception_type, message) = line::type_and_message(text)
                .map_or((None, text), |(name, rest)| (Some(name), rest));
            if first {
                if let Some(head) = chain.last_head_mut() {
                    head.exception_type = exception_type;
                }
                first = false;
            } else {
                chain.push_head(Named { exception_type, message: None });
            }
            (rest, closes) = self.message(message, chain);
        }
        closes
    }

    /// Reads the message that begins with `text` and goes on up to the next part. Returns the head
    /// of an inner exception that follows on the same line, and how many members ended.
    fn message(&mut self, text: &'a str, chain: &mut Chain<'a>) -> (Option<&'a str>, usize) {
        let Some(first) = self.reader.line() else { return (None, 0) };
        let start = first.end() - text.len();
        let (mut own, mut inner) = split_inner(text);
        let mut closes = 0;
        if inner.is_none() {
            (own, closes) = line::without_closes(own);
        }
        let mut message = Message::new(own.trim_end());
        if inner.is_none() && closes == 0 {
            let until = self.message_end();
            self.reader.take();
            while let Some(content) = self.reader.peek()
                && let Some(line) = self.reader.line().filter(|line| line.start < until)
            {
                (own, inner) = split_inner(content);
                if inner.is_none() {
                    (own, closes) = line::without_closes(own);
                }
                let end = line.end() - (content.len() - own.len());
                let together =
                    self.reader.text.get(start..end).filter(|_| self.reader.prefix.is_empty());
                message.push(own, together);
                if inner.is_some() {
                    break;
                }
                self.reader.take();
                if closes > 0 {
                    break;
                }
            }
        } else if inner.is_none() {
            self.reader.take();
        }
        let (text, cut) = message.finish();
        self.reader.truncated |= cut;
        if let Some(head) = chain.last_head_mut() {
            head.message = text;
        }
        (inner, closes)
    }

    /// The byte offset before which the lines belong to the message at whose first line the parser
    /// stands: that of the next part, or the end of a line that closes a member.
    fn message_end(&self) -> usize {
        let mut ahead = self.reader.following();
        for line in &mut ahead {
            let Some(content) = without_prefix(line.text, self.reader.prefix) else { return 0 };
            match kind(content) {
                Kind::Part => return line.start,
                Kind::Foreign => return 0,
                _ if line::without_closes(content).1 > 0 => return line.end(),
                Kind::Blank | Kind::Text => {}
            }
        }
        0
    }

    /// At a line that is no part of a traceback. Blank ones may stand between parts, and an
    /// exception may print details below its frames. False if the traceback has ended.
    fn gap(&mut self) -> bool {
        let mut details = 0;
        for line in self.reader.remaining() {
            let Some(content) = without_prefix(line.text, self.reader.prefix) else { return false };
            match kind(content) {
                Kind::Blank => {}
                Kind::Text if details < MOST_DETAILS => details += 1,
                Kind::Text | Kind::Foreign => return false,
                Kind::Part => {
                    let is_separator = line::separator(content) == Some(Separator::EndOfInner);
                    let is_inner =
                        line::inner(content).is_some() && line::member(content).is_none();
                    if is_inner || (details > 0 && !is_separator) {
                        return false;
                    }
                    self.reader.go_to(line.start);
                    return true;
                }
            }
        }
        false
    }
}
