//! Elixir: where its tracebacks begin, and how they go on.
//!
//! ```text
//! trace   := block
//! block   := "** (" Type ") " msg (message lines)* [nested block, 4 deeper] (frame, 4 deeper)*
//! Type    := alias | "throw" | "exit" | "stop" | "EXIT" | "EXIT from " pid
//! frame   := ["(" app [" " version] ") "] [file [":" N] ": "] call
//! call    := module "." function ("/" arity | "(" arguments ")") | "anonymous fn/" N " in " call | …
//! ```
//!
//! A block within another is what led to the exit of the process that was called. Where it says
//! `an exception was raised:`, the block within is the exception, and the one around it no more
//! than its envelope. What a process says after the frames, its last message and its state, is
//! no part of the traceback.

mod call;
mod line;

use memchr::memmem;

use super::causes::{Causes, Link};
use super::heads::begins_record;
use super::lines::{Line, Lines, without_prefix};
use super::message::Message;
use super::model::{MAX_EXCEPTIONS, Relation};
use super::reader::Reader;
use super::{Found, Language};

/// The row of Elixir in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "elixir",
    // The last ones are parts of a traceback without head.
    hints: &["** (", ".ex:", ".exs:", ".erl:"],
    parse: find,
};

/// How much deeper than its head a frame stands.
const STEP: usize = 4;

/// What ends the message of an exception that is the envelope of the one within.
const ENVELOPE: &str = "an exception was raised:";

/// Lines of a message that are read in hope of frames.
const MAX_MESSAGE_LINES: usize = 400;

/// Frames without a place that may stand above the first that has one.
const MAX_BARE: usize = 4;

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    while let Some(line) = lines.next() {
        let result = if line::head(line.text).is_some() {
            headed(text, line)
        } else if line::frame(line.text).is_some() {
            headless(text, line)
        } else {
            continue;
        };
        match result {
            Ok(found) => return Some(found),
            Err(after) => lines = Lines::starting_at(text, after.max(line.end() + 1)),
        }
    }
    None
}

/// The traceback whose head stands on `line`. If it has no frames, the offset from which to go on.
fn headed<'a>(text: &'a str, line: Line<'a>) -> Result<Found<'a>, usize> {
    let head = line::head(line.text).ok_or(line.end())?;
    let before = line.text.get(..head.before).unwrap_or_default();
    let has_prefix = Lines::starting_at(text, line.end() + 1)
        .next()
        .is_some_and(|next| without_prefix(next.text, before).is_some());
    // What stands before the head stands before each line, or a log's own words do.
    let prefix = if has_prefix && !before.trim().is_empty() { before } else { "" };
    let mut reader = Reader::new(text, line.start, prefix);
    let blocks = blocks(&mut reader, before);
    if blocks.iter().all(|block| block.link.frames.is_empty()) {
        return Err(reader.position());
    }
    let is_cut = is_cut(&reader);
    reader.truncated |= is_cut;
    let mut causes = Causes::default();
    let last = blocks.len() - 1;
    for (index, block) in blocks.into_iter().enumerate() {
        let (message, cut) = block.message.finish();
        reader.truncated |= cut;
        let is_envelope = block.link.frames.is_empty()
            && message.as_deref().is_some_and(|message| message.ends_with(ENVELOPE));
        if !is_envelope || index == last {
            causes.push_inner(Link { message, ..block.link });
        }
    }
    Ok(found(causes, &reader, line.start + head.before))
}

/// An exception while its lines are read.
struct Block<'a> {
    /// How many blanks stand before its head.
    indent: usize,
    link: Link<'a>,
    message: Message<'a>,
}

/// Reads the block at whose head the reader stands, and the blocks within, the outermost first.
/// `before` is what stands before the head.
fn blocks<'a>(reader: &mut Reader<'a>, before: &str) -> Vec<Block<'a>> {
    let indent = if before.trim().is_empty() { before.len() } else { 0 };
    let mut blocks: Vec<Block<'a>> = Vec::new();
    let first = reader.line().and_then(|line| line::head(line.text));
    blocks.extend(first.map(|head| block(indent, &head)));
    reader.take();
    let (mut top, mut lines) = (0, 0);
    while let Some(line) = reader.peek() {
        let width = line::indent(line);
        let open = blocks.get(..=top).unwrap_or_default();
        let owner = open.iter().rposition(|block| block.indent + STEP == width);
        if let Some(owner) = owner
            && let Some(frame) = line::frame(line)
            && let Some(block) = blocks.get_mut(owner)
            && (frame.is_placed || !block.link.frames.is_empty() || leads_to_place(reader, width))
        {
            block.link.frames.push(frame.frame);
            top = owner;
            reader.take();
            continue;
        }
        let depth = blocks.len();
        let Some(block) = blocks.get_mut(top) else { break };
        lines += 1;
        if !block.link.frames.is_empty() || top + 1 < depth || lines > MAX_MESSAGE_LINES {
            break;
        }
        let head = line::head(line);
        if let Some(head) = &head
            && head.before == width
            && width == block.indent + STEP
            && depth < MAX_EXCEPTIONS
        {
            blocks.push(self::block(width, head));
            top += 1;
        } else if head.is_some_and(|head| begins_another(&head, before)) || begins_record(line) {
            break;
        } else {
            block.message.push_trimmed(line);
        }
        reader.take();
    }
    blocks
}

fn block<'a>(indent: usize, head: &line::Head<'a>) -> Block<'a> {
    let mut message = Message::default();
    message.push_trimmed(head.message);
    let link = Link { exception_type: Some(head.exception_type.into()), ..Link::default() };
    Block { indent, link, message }
}

/// Whether `head` stands where another traceback's would: at the beginning of the line, or behind
/// what stands before this one's.
fn begins_another(head: &line::Head<'_>, before: &str) -> bool {
    head.before == 0 || (!before.trim().is_empty() && head.before == before.len())
}

/// Whether the line, a call without its place, is a frame rather than code in a message: one with
/// a place follows at once.
fn leads_to_place(reader: &Reader<'_>, width: usize) -> bool {
    reader
        .following()
        .take(MAX_BARE)
        .map_while(|line| line::frame(without_prefix(line.text, reader.prefix)?))
        .take_while(|frame| frame.indent == width)
        .any(|frame| frame.is_placed)
}

/// Whether the text ends within a frame.
fn is_cut(reader: &Reader<'_>) -> bool {
    let is_part = |line: &str| line::indent(line) >= STEP && line.trim_start().starts_with('(');
    reader.is_at_last_line() && reader.peek().is_some_and(is_part)
}

/// The traceback that begins with the frame on `line`, because its head is missing. If it is none,
/// the offset from which to go on.
fn headless<'a>(text: &'a str, line: Line<'a>) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, "");
    let width = line::indent(line.text);
    let (mut exception, mut placed) = (Link::default(), 0);
    while let Some(frame) = reader.peek().and_then(line::frame).filter(|it| it.indent == width) {
        placed += usize::from(frame.is_placed);
        exception.frames.push(frame.frame);
        reader.take();
    }
    let is_evident = width >= STEP && width.is_multiple_of(STEP) && placed > 1;
    // Frames of Erlang's own runtime, which its reports hold too, say nothing of Elixir.
    let span = text.get(line.start..reader.end).unwrap_or_default();
    if !is_evident || !line::SOURCES.iter().any(|it| memmem::find(span.as_bytes(), it).is_some()) {
        return Err(reader.position());
    }
    reader.truncated = true;
    let mut causes = Causes::default();
    causes.push_inner(exception);
    Ok(found(causes, &reader, line.start))
}

fn found<'a>(causes: Causes<'a>, reader: &Reader<'a>, start: usize) -> Found<'a> {
    let is_cut = reader.truncated;
    let traceback = causes.into_traceback(LANGUAGE.name, Relation::Cause, is_cut);
    Found { traceback, span: start..reader.end }
}
