//! PHP, 5 to 8.5: where its tracebacks begin, and how they go on.
//!
//! ```text
//! trace := ["PHP "] "Fatal error:  Uncaught " block (BLANK "Next " block)* ["  thrown in F on line N"]
//! block := Type [": " msg lines] " in " file ":" N NL "Stack trace:" (NL call)* NL "#n {main}"
//! call  := "#" i " " (file "(" N ")" | "[internal function]") ": " [C "->" | C "::"] fn "(" args ")"
//! ```
//!
//! The first block is the root of the chain, and the last one escaped. A call says what was called
//! and from where, so the place of the throw, which is in the head, is that of the innermost frame,
//! and its function is the first that was called: places and functions are shifted by one. `{main}`
//! is the function of the outermost frame.
//!
//! Programs log the same without `PHP Fatal error:  Uncaught `. Monolog, and so Laravel, writes
//! `[object] (Type(code: n): msg at file:N)`, `[stacktrace]` and the calls; there the exception
//! that escaped comes first.

mod line;
pub(super) mod normalised;

use std::borrow::Cow;

use self::line::Call;
use super::causes::{Causes, Link};
use super::lines::{Line, Lines, without_prefix};
use super::marks::Marks as _;
use super::model::{Frame, MAX_MESSAGE_BYTES, Relation, cut};
use super::reader::Reader;
use super::{Found, Language};

/// PHP's row in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "php",
    hints: &[
        "Stack trace:",
        "{main}",
        ".php(",
        "[object] (",
        "Uncaught ",
        "Fatal error",
        "Parse error",
    ],
    parse: find,
};

const STACK: &str = "Stack trace:";
const OBJECT: &str = "[object] (";
const PREVIOUS: &str = "[previous exception] ";
const LARAVEL_STACK: &str = "[stacktrace]";
/// What Laravel writes between the log's message and the exception.
const LARAVEL_CONTEXT: &str = " {\"exception\":\"";

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    // The last line with the head of an exception, and where on it the type begins.
    let mut head: Option<(Line<'_>, usize)> = None;
    let mut is_uncaught = false;
    while let Some(line) = lines.next() {
        if let Some(at) = line.text.find_mark(OBJECT)
            && let Some(found) = monolog(text, line.start + at)
        {
            return Some(found);
        }
        if let Some(prefix) = line.text.trim_end().strip_suffix(STACK) {
            if let Some(found) = stack(text, head, line, prefix) {
                return Some(found);
            }
            continue;
        }
        if let Some(start) = line::uncaught(line.text) {
            head = Some((line, start));
            is_uncaught = true;
            let is_next = |next: Line<'_>| next.text.trim_end().ends_with(STACK);
            if line.text.holds(" on line ")
                && !lines.peek().is_some_and(is_next)
                && let Some(found) = without_calls(text, line, start)
            {
                return Some(found);
            }
            continue;
        }
        if let Some(fatal) = line::fatal(line.text) {
            return Some(fatal_error(text, line, &fatal));
        }
        if line::call(line.text).is_some() {
            match headless(text, line) {
                Ok(found) => return Some(found),
                Err(after) => lines = Lines::starting_at(text, after),
            }
            continue;
        }
        // The message of an exception that nobody caught may have lines that look like heads.
        if !is_uncaught && let Some(start) = line::logged(line.text) {
            head = Some((line, start));
        }
    }
    // The calls were cut off.
    let (line, start) = head.filter(|_| is_uncaught)?;
    without_calls(text, line, start)
}

/// The traceback whose `Stack trace:` stands on `line`, and whose head began before it.
fn stack<'a>(
    text: &'a str,
    head: Option<(Line<'a>, usize)>,
    line: Line<'a>,
    prefix: &'a str,
) -> Option<Found<'a>> {
    let mut reader = Reader::new(text, line.start, prefix);
    let mut ahead = reader.clone();
    ahead.skip();
    ahead.peek().and_then(line::call)?;
    let mut causes = Causes::default();
    let mut exception = head.and_then(|(head, start)| {
        exception(text, head.start + start, line.start, prefix, &mut reader)
    });
    let start = match (&exception, head) {
        (Some(_), Some((head, start))) => head.start + marks(head.text, start),
        _ => line.start + prefix.len(),
    };
    if exception.is_none() {
        reader.truncated = true;
    }
    reader.take();
    let mut first = exception.take().unwrap_or_default();
    if first.frames.count() == 0 {
        // The place of the throw is not known.
        first.frames.push(Frame::default());
    }
    calls(&mut reader, &mut first, false);
    causes.push_inner(first);
    nexts(text, &mut reader, prefix, &mut causes);
    Some(found(causes, &reader, start))
}

/// Where the words before a type begin that belong to the traceback: `PHP Fatal error:  Uncaught `.
fn marks(line: &str, type_start: usize) -> usize {
    let before = line.get(..type_start).unwrap_or_default();
    let Some(before) = before.strip_suffix("Uncaught ") else { return type_start };
    ["PHP Fatal error:", "<b>Fatal error</b>:", "Fatal error:", "PHP Warning:", "Warning:"]
        .iter()
        .find_map(|mark| before.trim_end().strip_suffix(mark))
        .map_or(before.len(), str::len)
}

/// The exception whose head fills the text from `start` to the line that begins at `end`.
fn exception<'a>(
    text: &'a str,
    start: usize,
    end: usize,
    prefix: &str,
    reader: &mut Reader<'a>,
) -> Option<Link<'a>> {
    let region = text.get(start..end)?;
    let region: Cow<'a, str> = if prefix.is_empty() {
        Cow::Borrowed(region)
    } else {
        let mut lines = Lines::new(region).map(|line| line.text);
        let first = lines.next()?;
        let rest = lines.map(|line| without_prefix(line, prefix).unwrap_or(line));
        Cow::Owned(std::iter::once(first).chain(rest).collect::<Vec<_>>().join("\n"))
    };
    let head = line::head(&region)?;
    let part = |range: std::ops::Range<usize>| match &region {
        Cow::Borrowed(region) => Some(Cow::Borrowed(region.get(range)?)),
        Cow::Owned(region) => Some(Cow::Owned(region.get(range)?.to_owned())),
    };
    let message = head.message.clone();
    let whole = region.get(message.clone())?.trim_end().len();
    let kept = cut(region.get(message.clone())?.trim_end(), MAX_MESSAGE_BYTES).len();
    reader.truncated |= kept < whole;
    let mut exception = Link {
        exception_type: part(head.exception_type),
        message: part(message.start..message.start + kept).filter(|text| !text.is_empty()),
        ..Link::default()
    };
    let file = part(head.file)?;
    exception.frames.push(place(file, Some(head.line)));
    Some(exception)
}

fn place(file: Cow<'_, str>, line: Option<u64>) -> Frame<'_> {
    let mut frame = Frame { file: Some(file), line, ..Frame::default() };
    frame.in_app = super::in_app::is_in_app(&frame);
    frame
}

/// Reads the calls, and with them the functions of the frames.
fn calls<'a>(reader: &mut Reader<'a>, exception: &mut Link<'a>, is_json: bool) {
    let mut is_complete = false;
    while let Some(call) = reader.peek().and_then(line::call) {
        let name = match call {
            Call::Main => "{main}",
            Call::Of { name, .. } => name,
        };
        if let Some(frame) = exception.frames.last_mut() {
            line::set_function(frame, name, is_json);
        }
        reader.take();
        match call {
            Call::Of { file: Some(file), line, .. } => {
                exception.frames.push(place(line::text(file, is_json), line));
            }
            Call::Of { .. } => exception.frames.push(Frame::default()),
            Call::Main => {
                is_complete = true;
                break;
            }
        }
    }
    reader.truncated |= !is_complete;
}

/// Reads the blocks to which the first one led, and the last line.
fn nexts<'a>(text: &'a str, reader: &mut Reader<'a>, prefix: &'a str, causes: &mut Causes<'a>) {
    loop {
        let mut ahead = reader.clone();
        ahead.skip_blank();
        let head = ahead.position();
        if !ahead.peek().is_some_and(|line| line.starts_with("Next ")) {
            break;
        }
        while ahead.peek().is_some_and(|line| line.trim_end() != STACK) {
            ahead.skip();
        }
        let start = head + prefix.len() + "Next ".len();
        let Some(mut next) = exception(text, start, ahead.position(), prefix, &mut ahead) else {
            // What escaped was cut off.
            reader.truncated = true;
            return;
        };
        if ahead.peek().is_some() {
            ahead.take();
        } else {
            ahead.end = ahead.position();
        }
        calls(&mut ahead, &mut next, false);
        causes.push_outer(next);
        *reader = ahead;
    }
    if reader.peek().is_some_and(|line| line.starts_with("  thrown in ")) {
        reader.take();
    }
}

/// An exception whose head is all that was printed: on one line, with its place.
fn without_calls<'a>(text: &'a str, line: Line<'a>, type_start: usize) -> Option<Found<'a>> {
    let mut reader = Reader::new(text, line.start, "");
    reader.take();
    reader.truncated = true;
    let exception = exception(text, line.start + type_start, line.end(), "", &mut reader)?;
    let mut causes = Causes::default();
    causes.push_inner(exception);
    Some(found(causes, &reader, line.start + marks(line.text, type_start)))
}

/// An error that is no exception; since PHP 8.5 it has calls too.
fn fatal_error<'a>(text: &'a str, line: Line<'a>, fatal: &line::Fatal<'a>) -> Found<'a> {
    let mut reader = Reader::new(text, line.start, "");
    reader.take();
    let message = cut(fatal.message, MAX_MESSAGE_BYTES);
    reader.truncated |= message.len() < fatal.message.len();
    let mut exception = Link {
        exception_type: Some(fatal.exception_type.into()),
        message: Some(message.into()),
        ..Link::default()
    };
    exception.frames.push(place(fatal.file.into(), Some(fatal.line)));
    if reader.peek().is_some_and(|line| line.trim_end() == STACK) {
        reader.take();
        calls(&mut reader, &mut exception, false);
    }
    let mut causes = Causes::default();
    causes.push_inner(exception);
    found(causes, &reader, line.start + fatal.start)
}

/// The traceback that begins with the call on `line`, because its head was cut off. If it is none,
/// the offset from which to go on.
fn headless<'a>(text: &'a str, line: Line<'a>) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, "");
    let mut exception = Link::default();
    // The place of the throw, until the last line tells it.
    exception.frames.push(Frame::default());
    calls(&mut reader, &mut exception, false);
    let after = reader.position().max(line.end() + 1);
    // One call is enough if `{main}` follows.
    let needed = if reader.truncated { 3 } else { 2 };
    if exception.frames.count() < needed {
        return Err(after);
    }
    let mut causes = Causes::default();
    causes.push_inner(exception);
    nexts(text, &mut reader, "", &mut causes);
    reader.truncated = true;
    Ok(found(causes, &reader, line.start))
}

/// The traceback as Monolog writes it, whose `[object] (` stands at `start`.
fn monolog(text: &str, start: usize) -> Option<Found<'_>> {
    let mut causes = Causes::default();
    let (first, mut reader) = object(text, start)?;
    causes.push_inner(first);
    loop {
        let mut ahead = reader.clone();
        ahead.skip_blank();
        let is_previous = ahead.peek().is_some_and(|line| line.starts_with(PREVIOUS));
        let at = ahead.position() + PREVIOUS.len();
        let previous = if is_previous { object(text, at) } else { None };
        let Some((exception, mut after)) = previous else { break };
        after.truncated |= reader.truncated;
        causes.push_inner(exception);
        reader = after;
    }
    let mut found = found(causes, &reader, start);
    let before = text.get(..start)?;
    if let Some(before) = before.strip_suffix(LARAVEL_CONTEXT)
        && reader.peek().is_some_and(|line| line.trim_end() == "\"}")
    {
        reader.take();
        found.span = before.len()..reader.end;
    }
    Some(found)
}

/// `[object] (Type(code: n): msg at file:N)` at `start`, with its calls, and a reader that stands
/// after them.
fn object(text: &str, start: usize) -> Option<(Link<'_>, Reader<'_>)> {
    let first_line = Lines::starting_at(text, start).next()?.text;
    let content = first_line.strip_prefix(OBJECT)?;
    let content_start = start + OBJECT.len();
    let (name, rest) = content.split_at_mark("(code: ")?;
    let class = line::text(name, true);
    if name.len() > super::MAX_NAME_BYTES || !line::is_class(&class) {
        return None;
    }
    let message_start = content_start + (content.len() - rest.len()) + rest.find_mark("): ")? + 3;
    let mut reader = Reader::new(text, start, "");
    let mut from = message_start;
    let (message_end, file, number, end) = loop {
        let line_end = reader.position() + reader.peek()?.len();
        let line = text.get(from..line_end)?;
        reader.take();
        if line.holds(OBJECT) || from > line_end {
            return None;
        }
        // Without calls, what follows is the rest of the log's context.
        let place = line.rmatch_indices(" at ").find_map(|(at, mark)| {
            let place = cut(line.get(at + mark.len()..)?, super::MAX_NAME_BYTES);
            let (place, _) = place.split_once(')')?;
            let (file, number) = line::place(place)?;
            Some((from + at, file, number, from + at + mark.len() + place.len() + 1))
        });
        if let Some(place) = place {
            break place;
        }
        from = reader.position();
    };
    let whole = text.get(message_start..message_end)?;
    let message = cut(whole.trim_end(), MAX_MESSAGE_BYTES);
    reader.truncated |= message.len() < whole.trim_end().len();
    let mut exception = Link {
        exception_type: Some(class),
        message: Some(line::text(message, true)).filter(|text| !text.is_empty()),
        ..Link::default()
    };
    exception.frames.push(place(line::text(file, true), Some(number)));
    reader.end = end;
    if reader.peek().is_some_and(|line| line.trim_end() == LARAVEL_STACK) {
        reader.take();
        calls(&mut reader, &mut exception, true);
    }
    Some((exception, reader))
}

fn found<'a>(mut causes: Causes<'a>, reader: &Reader<'a>, start: usize) -> Found<'a> {
    let is_headless =
        causes.escaped_mut().is_none_or(|exception| exception.exception_type.is_none());
    let is_cut = reader.truncated || is_headless;
    let traceback = causes.into_traceback(LANGUAGE.name, Relation::Cause, is_cut);
    Found { traceback, span: start..reader.end }
}
