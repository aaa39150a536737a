//! Rust: panics, with a backtrace or without, and the reports of anyhow and eyre.
//!
//! ```text
//! panic := "thread 'n'" [" (id)"] " panicked at " file:L:C ":" NL msg lines      since 1.73
//!        | "thread 'n' panicked at 'msg lines', " file:L:C                       before
//!          ["stack backtrace:" frame+] ["note: …"]
//! frame := "  " N ": " [0xADDRESS " - "] function [NL "at " file:L:C]
//! ```
//!
//! A panic has the type `panic`. The place in its head is that of the innermost frame. A panic while
//! another one unwinds is printed after it and aborts the program: the first is its context.

mod backtrace;
mod report;

use std::borrow::Cow;

use self::backtrace::Place;
use super::causes::{Causes, Link};
use super::lines::{Line, Lines, begins_log_record};
use super::marks::Marks as _;
use super::message::Message;
use super::model::{MAX_MESSAGE_BYTES, Relation, cut};
use super::reader::Reader;
use super::{Found, Language};

/// Rust's row in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "rust",
    hints: &[
        "panicked ",
        "Caused by:",
        "tack backtrace:",
        "Location:",
        "   0: ",
        " at ./src/",
        "/rustc/",
    ],
    parse: find,
};

const STACK: &str = "stack backtrace:";
/// What color-eyre prints in place of the head of a panic.
const CRASHED: &str = "The application panicked (crashed).";
/// What the runtime prints when it gives up.
const ABORTS: &[&str] = &[
    "thread panicked while processing panic. aborting.",
    "thread panicked while panicking. aborting.",
    "thread caused non-unwinding panic. aborting.",
];
/// Panics in which the runtime announces that it gives up.
const ANNOUNCEMENTS: &[&str] =
    &["panic in a destructor during cleanup", "panic in a function that cannot unwind"];
/// Panics that are read ahead to see whether the program aborted.
const MAX_NESTED: usize = 4;

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    // Where the last lines began that stand together, and where they ended.
    let mut paragraph = (0, 0);
    let mut is_blank = true;
    while let Some(line) = lines.next() {
        let content = line.text.trim_end();
        if let Some(head) = head(text, line) {
            if let Some(found) = panic_at(text, line, &head) {
                return Some(found);
            }
        } else if content.ends_with(CRASHED) {
            if let Some(found) = crashed(text, line) {
                return Some(found);
            }
        } else if let Some(prefix) =
            [report::CAUSED_BY, report::STACK].iter().find_map(|mark| content.strip_suffix(mark))
        {
            if let Some((causes, reader, start)) =
                report::find(text, paragraph.0, paragraph.1, line, prefix)
            {
                return Some(found(causes, &reader, start, Relation::Cause));
            }
            // What stands above is no message; it is not looked at again.
            paragraph.0 = line.start;
        } else if report::is_error_alone(content) {
            if let Some((causes, reader, start)) = report::find_color_eyre(text, line) {
                return Some(found(causes, &reader, start, Relation::Cause));
            }
        } else if content == STACK || backtrace::function(line.text).is_some() {
            match headless(text, line) {
                Ok(found) => return Some(found),
                Err(after) => lines = Lines::starting_at(text, after),
            }
        }
        let now_blank = content.is_empty() || content.trim_end_matches([' ', '|']).len() < 2;
        if !now_blank {
            if is_blank {
                paragraph.0 = line.start;
            }
            paragraph.1 = line.end();
        }
        is_blank = now_blank;
    }
    None
}

/// The head of a panic: where on its line it begins, and what it says.
#[derive(Debug)]
struct Head<'a> {
    start: usize,
    /// Name and number of the thread, as printed.
    thread: &'a str,
    place: Place<'a>,
    /// The message, in the form before 1.73, and where its last line ends.
    message: Option<(&'a str, usize)>,
}

fn head<'a>(text: &'a str, line: Line<'a>) -> Option<Head<'a>> {
    let (before, after) = line.text.split_at_mark(" panicked at ")?;
    let start = before.find_mark("thread '").or_else(|| before.find_mark("thread <"))?;
    let thread = before.get(start..)?;
    if let Some(place) = after.trim_end().strip_suffix(':').and_then(Place::parse) {
        return Some(Head { start, thread, place, message: None });
    }
    let message_start = line.end() - after.len() + 1;
    let quoted = after.strip_prefix('\'')?;
    // The message may have several lines; the last ends with the place.
    let last = Lines::starting_at(text, message_start)
        .take_while(|next| next.start <= line.end() || !next.text.holds(" panicked at "))
        .find_map(|line| {
            let (message, place) = line.text.trim_end().rsplit_at_mark("', ")?;
            Some((line.start + message.len(), Place::parse(place)?, line.end()))
        });
    let (end, place, line_end) = last.filter(|_| !quoted.is_empty())?;
    Some(Head { start, thread, place, message: Some((text.get(message_start..end)?, line_end)) })
}

/// The panic with `head` on `line`, and those that came while it unwound.
fn panic_at<'a>(text: &'a str, line: Line<'a>, head: &Head<'a>) -> Option<Found<'a>> {
    let prefix = line.text.get(..head.start)?;
    let start = line.start + head.start;
    let thread = head.thread;
    // Either the prefix stands before each line, or only before the first.
    let prefix = match Lines::starting_at(text, line.end() + 1).next() {
        Some(next) if super::lines::without_prefix(next.text, prefix).is_some() => prefix,
        _ => "",
    };
    let mut reader = Reader::new(text, line.start, prefix);
    let mut causes = Causes::default();
    causes.push_inner(Link::default());
    panic(&mut reader, head, &mut causes);

    // What came after it counts only if the program aborted.
    let mut nested = Vec::new();
    let mut ahead = reader.clone();
    while nested.len() < MAX_NESTED {
        ahead.skip_blank();
        let Some(next) = ahead.line() else { break };
        let Some(head) = self::head(text, next).filter(|head| head.thread == thread) else { break };
        let mut one = Causes::default();
        one.push_inner(Link::default());
        panic(&mut ahead, &head, &mut one);
        nested.push(one);
    }
    let aborts = ahead.peek().is_some_and(|line| ABORTS.contains(&line.trim_end()));
    if aborts && !nested.is_empty() {
        ahead.take();
        for mut one in nested {
            let Some(exception) = one.escaped_mut() else { continue };
            let is_announcement =
                exception.message.as_deref().is_some_and(|text| ANNOUNCEMENTS.contains(&text));
            if !is_announcement {
                causes.push_outer(std::mem::take(exception));
            }
        }
        return Some(found(causes, &ahead, start, Relation::Context));
    }
    Some(found(causes, &reader, start, Relation::Cause))
}

/// Reads a panic, at whose `head` the reader stands, into the last of `causes`.
fn panic<'a>(reader: &mut Reader<'a>, head: &Head<'a>, causes: &mut Causes<'a>) {
    let place = head.place;
    let message = if let Some((message, end)) = head.message {
        while reader.position() < end {
            reader.take();
        }
        let kept = cut(message, MAX_MESSAGE_BYTES);
        reader.truncated |= kept.len() < message.len();
        Some(Cow::Borrowed(kept)).filter(|text| !text.is_empty())
    } else {
        reader.take();
        message(reader)
    };
    if let Some(exception) = causes.escaped_mut() {
        exception.exception_type = Some("panic".into());
        exception.message = message;
        exception.frames.push(place.frame());
    }
    // `unwrap` shows the report of an error, with its causes.
    let mut ahead = reader.clone();
    if report::sections(&mut ahead, causes).is_some() {
        *reader = ahead;
    }
    let mut ahead = reader.clone();
    ahead.skip_blank();
    if ahead.peek().map(str::trim_end) == Some(STACK) {
        *reader = ahead;
    }
    if reader.peek().map(str::trim_end) == Some(STACK) {
        reader.take();
        let frames = backtrace::frames(reader, Some(place));
        if let Some(exception) = causes.escaped_mut() {
            exception.frames = frames;
        }
    }
    while reader.peek().is_some_and(|line| line.starts_with("note: ")) {
        reader.take();
    }
}

/// Reads the message of a panic. It goes on to the backtrace or the note; where neither follows, to
/// the first blank line.
fn message<'a>(reader: &mut Reader<'a>) -> Option<Cow<'a, str>> {
    let mut ahead = reader.clone();
    let mut message = Message::default();
    let mut until_blank = None;
    loop {
        let line = ahead.peek().filter(|line| {
            !line.holds(" panicked at ") && !begins_log_record(line) && !is_abort(line)
        });
        let Some(line) = line else { break };
        let text = line.trim_end();
        if text == STACK || text.starts_with("note: run with ") || text == report::CAUSED_BY {
            until_blank = None;
            break;
        }
        if text.is_empty() && until_blank.is_none() {
            let before = std::mem::take(&mut message);
            message = before.clone();
            until_blank = Some((ahead.clone(), before));
        }
        message.push_trimmed(line);
        if text.is_empty() {
            ahead.skip();
        } else {
            ahead.take();
        }
    }
    let (end, message) = until_blank.unwrap_or((ahead, message));
    *reader = end;
    let (text, cut) = message.finish();
    reader.truncated |= cut;
    text
}

fn is_abort(line: &str) -> bool {
    ABORTS.contains(&line.trim_end())
}

/// A panic as color-eyre prints it: `Message:  …`, `Location: …` and a backtrace.
fn crashed<'a>(text: &'a str, line: Line<'a>) -> Option<Found<'a>> {
    let mut reader = Reader::new(text, line.start, "");
    reader.take();
    let first = reader.peek()?.strip_prefix("Message:")?.trim_start();
    reader.take();
    let mut message = Message::default();
    message.push_trimmed(first);
    let place = loop {
        let line = reader.peek()?;
        let place = line.strip_prefix("Location: ").and_then(|place| Place::parse(place.trim()));
        if place.is_some() || line.holds(CRASHED) {
            break place;
        }
        message.push_trimmed(line);
        reader.take();
    };
    let place = place?;
    reader.take();
    let (message, cut) = message.finish();
    reader.truncated |= cut;
    let mut exception = Link { exception_type: Some("panic".into()), message, ..Link::default() };
    exception.frames.push(place.frame());
    let mut causes = Causes::default();
    causes.push_inner(exception);
    let mut stack = reader.clone();
    let mut only_frames = Causes::default();
    only_frames.push_inner(Link::default());
    if report::sections_at(&mut stack, &mut only_frames, Some(place)).is_some() {
        let frames =
            only_frames.escaped_mut().map(|exception| std::mem::take(&mut exception.frames));
        if let (Some(exception), Some(frames)) = (causes.escaped_mut(), frames) {
            exception.frames = frames;
        }
        reader = stack;
    }
    let start = line.end() - CRASHED.len() - (line.text.len() - line.text.trim_end().len());
    Some(found(causes, &reader, start, Relation::Cause))
}

/// The backtrace that begins with `line`, of which the head was cut off. If it is none, the offset
/// from which to go on.
fn headless<'a>(text: &'a str, line: Line<'a>) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, "");
    if line.text.trim_end() == STACK {
        reader.take();
    }
    let mut places = reader.clone();
    let frames = backtrace::frames(&mut reader, None);
    let after = reader.position().max(line.end() + 1);
    // Any numbered list has the form of functions. Places of Rust's have not.
    let mut known = 0;
    while places.position() < reader.position() {
        let place = places.peek().and_then(backtrace::at);
        known +=
            usize::from(place.is_some_and(|place| place.file.rsplit('.').next() == Some("rs")));
        places.skip();
    }
    if frames.count() < 2 || known == 0 {
        return Err(after);
    }
    reader.truncated = true;
    while reader.peek().is_some_and(|line| line.starts_with("note: Some details are omitted")) {
        reader.take();
    }
    let mut causes = Causes::default();
    causes.push_inner(Link { frames, ..Link::default() });
    Ok(found(causes, &reader, line.start, Relation::Cause))
}

fn found<'a>(
    causes: Causes<'a>,
    reader: &Reader<'a>,
    start: usize,
    relation: Relation,
) -> Found<'a> {
    let is_cut = reader.truncated;
    let traceback = causes.into_traceback(LANGUAGE.name, relation, is_cut);
    Found { traceback, span: start..reader.end }
}
