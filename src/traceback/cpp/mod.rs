//! C++: what the runtimes print of an exception that nobody caught, and the stacks of those who
//! print one.
//!
//! ```text
//! trace     := head (message lines)* frame*
//! head      := "terminate called after throwing an instance of '" T "'" [NL "  what():  " m]
//!            | "terminate called without an active exception"
//!            | "libc++abi: terminating due to uncaught exception of type " T [": " m]
//!            | "==" PID "==ERROR: AddressSanitizer: " kind words
//!            | "*** " SIGNAL " … received by PID … stack trace: ***"
//! ```
//!
//! The forms of frames are those of the sanitizers, gdb, `std::stacktrace`, `boost::stacktrace`,
//! glibc and glog. Other languages print stacks of some of these forms as well: without a head,
//! only `0# f() …`, and glibc's with a mangled name among them, are taken for C++'s.

mod frame;
mod head;

use self::frame::{Form, frame};
use self::head::{Head, Kind, head};
use super::causes::{Causes, Link};
use super::lines::{Line, Lines, begins_log_record, without_prefix};
use super::marks::Marks as _;
use super::message::Message;
use super::model::{Frame, Relation};
use super::reader::Reader;
use super::{Found, Language};

/// The row of C++ in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "c++",
    hints: &[
        "terminate called ",
        "libc++abi",
        "==ERROR: ",
        " received by PID ",
        "*** Check failure",
        " 0# ",
        ")[0x",
        ") [0x",
    ],
    parse: find,
};

/// Lines between a head and its frames: what a debugger or a handler says of the signal.
const MAX_LINES_TO_FRAMES: usize = 8;
/// Lines of a sanitizer's report after the frames: further stacks, and the memory around the fault.
const MAX_REPORT_LINES: usize = 400;
/// Lines of a message.
const MAX_MESSAGE_LINES: usize = 64;
/// What libstdc++ prints before the message.
const WHAT: &str = "  what():  ";

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    let mut above: Option<Line<'_>> = None;
    while let Some(line) = lines.next() {
        if let Some(head) = head(line.text) {
            if let Some(found) = headed(text, above, line, head) {
                return Some(found);
            }
        } else if let Some((Form::Stacktrace | Form::Symbols, _)) = frame(line.text) {
            match headless(text, line) {
                Ok(found) => return Some(found),
                Err(after) => lines = Lines::starting_at(text, after),
            }
        }
        above = Some(line);
    }
    None
}

/// The traceback with `head` on `line`, if frames follow where they must. `above` is the line before.
fn headed<'a>(
    text: &'a str,
    above: Option<Line<'a>>,
    line: Line<'a>,
    head: Head<'a>,
) -> Option<Found<'a>> {
    let before = line.text.get(..head.start)?;
    // Either the prefix stands before each line, or only before the first.
    let prefix = match Lines::starting_at(text, line.end() + 1).next() {
        Some(next) if without_prefix(next.text, before).is_some() => before,
        _ => "",
    };
    let mut reader = Reader::new(text, line.start, prefix);
    reader.take();
    reader.truncated = head.is_cut;
    let mut start = line.start + head.start;
    let mut exception =
        Link { exception_type: head.exception_type.map(Into::into), ..Link::default() };
    let mut message = Message::default();
    message.push_trimmed(head.message.unwrap_or_default());
    match head.kind {
        Kind::Terminate => {
            if let Some(what) = reader.peek().and_then(|line| line.strip_prefix(WHAT)) {
                message.push_trimmed(what);
                reader.take();
                message_lines(&mut reader, &mut message);
            }
        }
        Kind::LibcxxAbi if head.message.is_some() => message_lines(&mut reader, &mut message),
        Kind::Check => {
            // `F0504 08:00:01.123456 7 mail.cc:12] Check failed: box != nullptr`
            if let Some(above) = above
                && let Some((_, words)) = above.text.split_at_mark("] ")
                && words.starts_with("Check failed: ")
            {
                start = above.start;
                message.push_trimmed(words);
            }
        }
        Kind::Sanitizer => {
            if let Some(above) = above.filter(|line| is_rule(line.text)) {
                start = above.start;
            }
        }
        Kind::LibcxxAbi | Kind::NoException | Kind::Signal => {}
    }
    let (words, cut) = message.finish();
    exception.message = words;
    reader.truncated |= cut;
    go_to_frames(&mut reader);
    let count = frames(&mut reader, &mut exception);
    match head.kind {
        Kind::Signal | Kind::Check if count == 0 => return None,
        Kind::Sanitizer => {
            reader.truncated |= count == 0;
            report(&mut reader);
        }
        _ => {}
    }
    Some(found(exception, &reader, start))
}

/// `=================================================================`
fn is_rule(line: &str) -> bool {
    let line = line.trim_end();
    line.len() >= 16 && line.bytes().all(|byte| byte == b'=')
}

/// Reads further lines of a message.
fn message_lines<'a>(reader: &mut Reader<'a>, message: &mut Message<'a>) {
    const AFTER: &[&str] = &["Aborted", "*** Aborted at ", "Program received signal "];
    for _ in 0..MAX_MESSAGE_LINES {
        let Some(line) = reader.peek() else { break };
        let ends = line.trim_end().is_empty()
            || frame(line).is_some()
            || head(line).is_some()
            || begins_log_record(line)
            // `Stack trace:`, `Backtrace:`
            || line.trim_end().ends_with("race:")
            || AFTER.iter().any(|words| line.starts_with(words));
        if ends {
            break;
        }
        message.push_trimmed(line);
        reader.take();
    }
}

/// Goes to the first frame that stands soon after, if there is one.
fn go_to_frames(reader: &mut Reader<'_>) {
    let mut ahead = reader.clone();
    for _ in 0..=MAX_LINES_TO_FRAMES {
        let Some(line) = ahead.peek() else { return };
        if frame(line).is_some() {
            *reader = ahead;
            return;
        }
        if head(line).is_some() || begins_log_record(line) {
            return;
        }
        ahead.skip();
    }
}

/// Reads frames of one form from the one at which the reader stands. Returns how many there are.
fn frames<'a>(reader: &mut Reader<'a>, exception: &mut Link<'a>) -> u64 {
    let mut known = None;
    while let Some((form, frame)) = reader.peek().and_then(frame) {
        // gdb and the sanitizers differ in their functions only.
        let is_alike = known.is_none_or(|known| known == form);
        if !is_alike {
            break;
        }
        known = Some(form);
        exception.frames.push(frame);
        reader.take();
    }
    exception.frames.count()
}

/// Reads what a sanitizer says after the frames up to its last word.
fn report(reader: &mut Reader<'_>) {
    for _ in 0..MAX_REPORT_LINES {
        let Some(line) = reader.peek().filter(|line| !begins_log_record(line)) else { return };
        let is_last = line.starts_with("==") && line.trim_end().ends_with("==ABORTING");
        let is_other = head(line).is_some() || is_rule(line);
        if is_other {
            return;
        }
        if is_last || line.starts_with("SUMMARY: ") || frame(line).is_some() {
            reader.take();
        } else {
            reader.skip();
        }
        if is_last {
            return;
        }
    }
}

/// The stack that begins with `line`, which nothing announces. If it is none, the offset from which
/// to go on.
fn headless<'a>(text: &'a str, line: Line<'a>) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, "");
    let mut exception = Link::default();
    let mut is_ours = frame(line.text).is_some_and(|(form, _)| form == Form::Stacktrace);
    let mut known = None;
    while let Some((form, frame)) = reader.peek().and_then(frame) {
        if known.is_some_and(|known| known != form) {
            break;
        }
        known = Some(form);
        is_ours |= is_mangled(&frame);
        exception.frames.push(frame);
        reader.take();
    }
    if !is_ours || exception.frames.count() < 2 {
        return Err(reader.position().max(line.end() + 1));
    }
    reader.truncated = true;
    Ok(found(exception, &reader, line.start))
}

/// Whether the function's name is mangled as C++'s are: `_ZN4mail7deliverEi`. Rust's older ones are
/// mangled alike, and end with a hash: `_ZN4mail7deliver17h0123456789abcdefE`.
fn is_mangled(frame: &Frame<'_>) -> bool {
    let name = frame.function.as_deref().unwrap_or_default();
    let has_hash = name
        .strip_suffix('E')
        .and_then(|name| name.rsplit_at_mark("17h"))
        .is_some_and(|(_, hash)| hash.len() == 16);
    name.starts_with("_Z") && !has_hash
}

fn found<'a>(exception: Link<'a>, reader: &Reader<'a>, start: usize) -> Found<'a> {
    let is_cut = reader.truncated;
    let traceback = Causes::of(exception).into_traceback(LANGUAGE.name, Relation::Cause, is_cut);
    Found { traceback, span: start..reader.end }
}
