//! Go: panics, fatal errors and signals with their goroutines, and the stacks that pkg/errors and
//! zap print.
//!
//! ```text
//! crash     := head [further lines] ["[signal …]"] BLANK goroutine (BLANK goroutine)*
//! head      := ("panic: " | "fatal error: " | "http: panic serving A: ") msg (NL TAB "panic: " msg)*
//! goroutine := "goroutine N [state]:" frame* ["created by F" NL TAB place]
//! frame     := function "(" arguments ")" NL TAB file ":" line [" +0x…"]
//! wrapped   := (msg NL)+ (function NL TAB file ":" line NL)+ …       the root first
//! ```
//!
//! The first goroutine is the one that failed. At its top may stand the frames of the runtime and
//! of the deferred function that printed the stack; below the call of `panic` is what failed.

mod line;
pub(super) mod logged;
mod wrapped;

use std::borrow::Cow;

use self::line::{
    Head, creator, elided, function, head, is_goroutine, is_machinery, is_panic, source,
};
use super::behind::find_behind;
use super::frames::InnermostFirst;
use super::lines::{Line, Lines, begins_log_record};
use super::message::Message;
use super::model::{Exception, Frame, MAX_EXCEPTIONS, Relation, Traceback};
use super::{Found, Language};

/// The row of Go in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "go",
    // The middle ones end the stacks of pkg/errors and zap; the last ones are parts of a cut one.
    // zap leaves out the frame of the runtime below all others, so that places alone tell its stacks.
    hints: &["goroutine ", "created by ", "panic({0x", ".go:"],
    parse: find,
};

/// Lines that may stand between a head and the first goroutine.
const MAX_HEAD_LINES: usize = 400;

/// Finds the first traceback in `text`.
pub(super) fn find(text: &str) -> Option<Found<'_>> {
    find_plain(text).or_else(|| find_behind(text, place_prefix, find_plain))
}

/// What stands before the place of a frame in `line`, if something does.
fn place_prefix(line: &str) -> Option<&str> {
    let tab = line.rfind('\t').filter(|&tab| tab > 0)?;
    let (before, place) = line.split_at_checked(tab)?;
    source(place).is_some().then_some(before)
}

fn find_plain(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    let mut pending: Option<Pending<'_>> = None;
    let mut above = wrapped::Above::default();
    while let Some(line) = lines.next() {
        let is_stack_start = is_goroutine(line.text);
        if is_stack_start {
            let (found, rest) = at_goroutine(text, line, pending.take());
            if found.is_some() {
                return found;
            }
            lines = rest;
            above = wrapped::Above::default();
            continue;
        }
        let is_frame = function(line.text).is_some()
            && lines.peek().is_some_and(|next| source(next.text).is_some());
        // The runtime's own stack stands between head and goroutines.
        let is_runtime = pending.as_ref().is_some_and(|pending| pending.in_runtime_stack);
        if is_frame && !is_runtime {
            let (found, rest) = wrapped::find(text, line, above);
            if found.is_some() {
                return found;
            }
            lines = rest;
            above = wrapped::Above::default();
            continue;
        }
        above.see(line);
        pending = next_pending(pending, line);
    }
    None
}

/// A head whose goroutines have not come yet.
#[derive(Debug, Clone, Copy)]
struct Pending<'a> {
    head: Head<'a>,
    start: usize,
    message_start: usize,
    lines: usize,
    in_runtime_stack: bool,
}

fn next_pending<'a>(pending: Option<Pending<'a>>, line: Line<'a>) -> Option<Pending<'a>> {
    let is_nested = line.text.starts_with('\t');
    if let Some(head) = head(line.text).filter(|_| !is_nested) {
        return Some(Pending {
            head,
            start: line.end() - head.whole.len(),
            message_start: line.end() - head.message.len(),
            lines: 0,
            in_runtime_stack: false,
        });
    }
    let mut pending = pending.filter(|pending| pending.lines < MAX_HEAD_LINES)?;
    if begins_log_record(line.text) {
        return None;
    }
    pending.lines += 1;
    pending.in_runtime_stack |= line.text == "runtime stack:";
    Some(pending)
}

/// The lines of one goroutine as read.
#[derive(Debug, Default)]
struct Stack<'a> {
    /// Innermost first, cut at each call of `panic`; the frame of the call ends its part.
    frames: Vec<Frame<'a>>,
    elided: u64,
    truncated: bool,
}

/// Frames of one goroutine that are looked at. The runtime prints a hundred.
const MAX_FRAMES: usize = 1000;

/// Reads the frames at `lines`, and returns where the last of their lines ends.
fn stack<'a>(lines: &mut Lines<'a>) -> (Stack<'a>, Option<usize>) {
    let (mut stack, mut end) = (Stack::default(), None);
    while let Some(line) = lines.peek() {
        let mut ahead = lines.clone();
        ahead.next();
        if let Some(count) = elided(line.text) {
            stack.elided = stack.elided.saturating_add(count);
            stack.truncated = true;
            end = Some(line.end());
            *lines = ahead;
            continue;
        }
        let name = creator(line.text).or_else(|| Some(function(line.text)?.0));
        let Some(name) = name else { break };
        let Some(place) = ahead.next() else {
            stack.truncated = true;
            break;
        };
        let Some((file, number)) = source(place.text) else { break };
        if stack.frames.len() < MAX_FRAMES {
            stack.frames.push(line::frame(name, file, number));
        } else {
            stack.truncated = true;
            stack.elided = stack.elided.saturating_add(1);
        }
        end = Some(place.end());
        *lines = ahead;
    }
    (stack, end)
}

/// At the line of the first goroutine: the traceback, or where to go on.
fn at_goroutine<'a>(
    text: &'a str,
    line: Line<'a>,
    pending: Option<Pending<'a>>,
) -> (Option<Found<'a>>, Lines<'a>) {
    let mut lines = Lines::starting_at(text, line.end() + 1);
    let (mut first, end) = stack(&mut lines);
    let mut end = end.unwrap_or(line.end());
    let is_usable = |stack: &Stack<'_>| stack.frames.iter().any(|frame| !is_machinery(frame));
    // The other goroutines are part of the text, but of no interest unless the first says nothing.
    loop {
        let mut ahead = lines.clone();
        let next = ahead.by_ref().find(|line| !line.text.trim_end().is_empty());
        let Some(next) = next.filter(|next| is_goroutine(next.text)) else { break };
        lines = ahead;
        let (other, other_end) = stack(&mut lines);
        end = other_end.unwrap_or(next.end());
        if !is_usable(&first) && is_usable(&other) {
            first = other;
        }
    }
    if let Some(line) = lines.peek().filter(|line| line.text.starts_with("exit status ")) {
        end = line.end();
        lines.next();
    }
    let has_panic = first.frames.iter().any(is_panic);
    let is_dump =
        first.frames.first().is_some_and(|f| f.module.as_deref() == Some("runtime/debug"));
    let is_claimed = is_usable(&first)
        && (pending.is_some() || has_panic || (first.frames.len() > 1 && !is_dump));
    if !is_claimed {
        return (None, lines);
    }
    let mut panics = pending.map_or_else(Vec::new, |pending| panics(text, &pending, line.start));
    let mut truncated = first.truncated;
    if panics.is_empty() {
        truncated |= !has_panic;
        panics.push((has_panic.then_some(Cow::Borrowed("panic")), None));
    }
    let start = pending.map_or(line.start, |pending| pending.start);
    let (exceptions, cut) = exceptions(panics, &first);
    let traceback = Traceback { language: LANGUAGE.name, exceptions, truncated: truncated || cut };
    (Some(Found { traceback, span: start..end }), lines)
}

/// Type and message.
type Panic<'a> = (Option<Cow<'a, str>>, Option<Cow<'a, str>>);

/// The panics of a head, the one that came first first. `end` is where the goroutine begins.
fn panics<'a>(text: &'a str, pending: &Pending<'a>, end: usize) -> Vec<Panic<'a>> {
    const NESTED: &str = "\tpanic: ";
    const AFTER: &[&str] =
        &["[signal ", "[originating from ", "runtime stack:", "PC=0x", "goroutine "];
    let mut panics = Vec::new();
    let mut message = Message::new(pending.head.message.trim_end());
    let body = text.get(pending.message_start..end).unwrap_or_default();
    for line in Lines::new(body).skip(1) {
        if AFTER.iter().any(|start| line.text.starts_with(start)) {
            break;
        }
        if let Some(next) = line.text.strip_prefix(NESTED) {
            let done = std::mem::replace(&mut message, Message::new(next.trim_end()));
            panics.push(panic(pending.head.kind, done));
            if panics.len() > MAX_EXCEPTIONS {
                panics.remove(0);
            }
        } else {
            message.push(line.text.strip_prefix('\t').unwrap_or(line.text), None);
        }
    }
    panics.push(panic(pending.head.kind, message));
    panics
}

fn panic<'a>(kind: &'a str, message: Message<'a>) -> Panic<'a> {
    let message = message.finish().0.map(without_notes);
    let typed = message.as_deref().and_then(line::value_type);
    match typed {
        Some((name, text)) => {
            let name = Cow::Owned(name.to_owned());
            let text = text.map(|text| Cow::Owned(text.to_owned()));
            (Some(name), text.or(message))
        }
        None => (Some(Cow::Borrowed(kind)), message),
    }
}

/// `boom [recovered]` as `boom`.
fn without_notes(message: Cow<'_, str>) -> Cow<'_, str> {
    const NOTES: &[&str] = &[" [recovered]", " [recovered, repanicked]", " [recovered, reraised]"];
    let length = NOTES.iter().find_map(|note| message.strip_suffix(note)).map(str::len);
    match (length, message) {
        (Some(length), Cow::Borrowed(text)) => Cow::Borrowed(text.get(..length).unwrap_or(text)),
        (Some(length), Cow::Owned(mut text)) => {
            text.truncate(length);
            Cow::Owned(text)
        }
        (None, message) => message,
    }
}

/// The exceptions of the `panics` that share a `stack`, the last of them first, and whether any is
/// cut.
///
/// Each call of `panic` on the stack parts what ran because of it, above, from what called it. The
/// last panic began at the top, the one before it below the first call, and so on; where there are
/// more parts than panics, the topmost belong to the deferred function that printed the stack.
fn exceptions<'a>(panics: Vec<Panic<'a>>, stack: &Stack<'a>) -> (Vec<Exception<'a>>, bool) {
    let below = |(index, frame): (usize, &Frame<'_>)| is_panic(frame).then_some(index + 1);
    let mut starts: Vec<usize> = vec![0];
    starts.extend(stack.frames.iter().enumerate().filter_map(below));
    let extra = starts.len().saturating_sub(panics.len());
    let (mut exceptions, mut cut) = (Vec::new(), panics.len() > MAX_EXCEPTIONS);
    for (id, (exception_type, message)) in panics.into_iter().rev().take(MAX_EXCEPTIONS).enumerate()
    {
        let mut frames = InnermostFirst::default();
        if let Some(&start) = starts.get(extra + id) {
            let own = stack.frames.iter().skip(start).skip_while(|frame| is_machinery(frame));
            own.for_each(|frame| frames.push(frame.clone()));
            frames.skip(stack.elided);
        }
        cut |= frames.is_cut();
        exceptions.push(Exception {
            id,
            parent: id.checked_sub(1),
            relation: if id == 0 { Relation::Root } else { Relation::Context },
            exception_type,
            message,
            frame_count: frames.count(),
            frames: frames.into_frames(),
        });
    }
    (exceptions, cut)
}
