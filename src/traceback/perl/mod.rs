//! Perl: what Carp prints for `confess` and `cluck`, and what handlers of `__DIE__` print.
//!
//! ```text
//! trace := message " at " F " line " N "." call+
//! call  := TAB (P::f "(" arguments ")" | "eval {...}" | "eval 'TEXT'" | "require " FILE)
//!          " called at " F " line " N
//! logged := message BLANK "Trace begun at " F " line " N (call, without the tab)+
//! ```
//!
//! The place of the head lies within the function that the first call names, the place of that call
//! within the function that the next one names, and the last place within the main program.
//!
//! A message of its own place only, `died at F line N.`, is what Perl prints of any error and
//! warning: it is a traceback once a call follows. Perl does not print the class of an error.

mod line;

use self::line::{Call, Place};
use super::behind::find_behind;
use super::causes::{Causes, Link};
use super::heads::begins_record;
use super::in_app;
use super::lines::{Line, Lines, log_prefix};
use super::marks::Marks as _;
use super::model::{Frame, MAX_MESSAGE_BYTES, Relation, cut};
use super::reader::Reader;
use super::{Found, Language};

/// Perl's row in the table of languages.
pub(super) static LANGUAGE: Language =
    Language { name: "perl", hints: &[" called at "], parse: find };

/// What `diagnostics` prints before an error.
const DIAGNOSTICS: &str = "Uncaught exception from user code:";
/// What Perl prints before an error in a destructor.
const CLEANUP: &str = "(in cleanup) ";
/// What stands in the head of an error that ended a thread, after the thread's number.
const THREAD: &str = " terminated abnormally: ";
/// The head of the frames that `Devel::StackTrace` prints.
const BEGUN: &str = "Trace begun at ";
/// Lines that the text of an `eval` may have. Carp prints all of it unless told otherwise.
const MAX_EVAL_LINES: usize = 64;

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    find_bare(text).or_else(|| find_behind(text, prefix, find_bare))
}

/// What stands before a call on its line.
fn prefix(line: &str) -> Option<&str> {
    let start = line.find('\t').filter(|&start| start > 0)?;
    line::call(line.get(start..)?)?;
    line.get(..start)
}

/// The lines of one message as far as they are known.
#[derive(Debug, Clone, Copy)]
struct Words<'a> {
    start: usize,
    last: Line<'a>,
    is_closed: bool,
}

impl<'a> Words<'a> {
    /// The message of which `line` is the last known line: it begins with it, or goes on if the line
    /// is indented.
    fn with(known: Option<Self>, line: Line<'a>) -> Self {
        let content = line.text.trim_start();
        let goes_on = line.text.starts_with([' ', '\t']) && !content.starts_with(CLEANUP)
            // What PostgreSQL adds to a message.
            || line.text.starts_with("LINE ") && line.text.holds(": ");
        match known {
            Some(words) if goes_on && !words.is_closed => Self { last: line, ..words },
            _ => Self { start: line.start, last: line, is_closed: false },
        }
    }
}

fn find_bare(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    let mut words: Option<Words<'_>> = None;
    while let Some(line) = lines.next() {
        if line.text.trim_end().is_empty() {
            words = words.map(|words| Words { is_closed: true, ..words });
            continue;
        }
        let is_begun = line.text.starts_with(BEGUN);
        if !is_begun && !may_be_call(line.text) {
            words = Some(Words::with(words, line));
            continue;
        }
        let found = if is_begun { begun(text, words, line) } else { called(text, words, line) };
        match found {
            Ok(found) => return Some(found),
            Err(after) => lines = Lines::starting_at(text, after),
        }
        words = None;
    }
    None
}

fn may_be_call(line: &str) -> bool {
    line::call(line).is_some() || line::opens_eval(line)
}

/// The traceback whose calls begin with `line`, after `words`. If it is none, the offset from which
/// to go on.
fn called<'a>(text: &'a str, words: Option<Words<'a>>, line: Line<'a>) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, "");
    let head = words
        .filter(|words| !words.is_closed)
        .and_then(|words| Some((words, line::placed(words.last.text)?)));
    let mut exception = Link::default();
    let Some((words, (last, place))) = head else {
        if calls(&mut reader, &mut exception, None, line::call) < 2 {
            return Err(reader.position().max(line.end() + 1));
        }
        reader.truncated = true;
        return Ok(found(exception, &reader, line.start));
    };
    let mut message_end = words.last.start + last.len();
    let mut thrown = place;
    if last.is_empty() {
        // Carp puts its place on a line of its own if the message ends with a newline, as one has
        // that Perl has put a place into already. That place is then the true one.
        let message = text.get(words.start..message_end).unwrap_or_default().trim_end();
        let last = message.rsplit('\n').next().unwrap_or_default();
        if let Some((before, place)) = line::placed(last) {
            message_end = words.start + message.len() - (last.len() - before.len());
            thrown = place;
        }
    }
    let first_call = reader.peek().and_then(line::call);
    let is_handler = thrown != place && first_call.is_some_and(|call| call.place == thrown);
    if is_handler {
        // What is called there is the handler of `__DIE__`.
        reader.take();
    }
    let innermost = if is_handler { thrown } else { place };
    let count = calls(&mut reader, &mut exception, Some(innermost), line::call);
    if count == 0 && !is_handler {
        return Err(reader.position().max(line.end() + 1));
    }
    let (start, message) = message(text, words.start, message_end);
    state(&mut exception, &mut reader, message);
    Ok(found(exception, &reader, start))
}

/// The traceback of `Devel::StackTrace` whose head is `line`, after `words`.
fn begun<'a>(text: &'a str, words: Option<Words<'a>>, line: Line<'a>) -> Result<Found<'a>, usize> {
    let after = line.end() + 1;
    let place = line::begun(line.text).ok_or(after)?;
    let mut reader = Reader::new(text, line.start, "");
    reader.take();
    let mut exception = Link::default();
    if calls(&mut reader, &mut exception, Some(place), line::bare_call) == 0 {
        return Err(reader.position().max(after));
    }
    let Some(words) = words else {
        reader.truncated = true;
        return Ok(found(exception, &reader, line.start));
    };
    let (start, message) = message(text, words.start, words.last.end());
    state(&mut exception, &mut reader, message);
    Ok(found(exception, &reader, start))
}

/// Gives `exception` its message, within the cap.
fn state<'a>(exception: &mut Link<'a>, reader: &mut Reader<'a>, message: &'a str) {
    let kept = cut(message, MAX_MESSAGE_BYTES);
    reader.truncated |= kept.len() < message.len();
    exception.message = (!kept.is_empty()).then(|| kept.into());
}

/// Where the traceback begins whose message reaches from `start` to `end`, and the message: without
/// the time and level of a log line, and without what Perl says of the circumstances.
fn message(text: &str, start: usize, end: usize) -> (usize, &str) {
    let whole = text.get(start..end).unwrap_or_default();
    let first = whole.split('\n').next().unwrap_or_default();
    let is_record = begins_record(first) || first.starts_with('[') && first.holds("] [");
    let logged = if is_record { log_prefix(first) } else { first.len() - first.trim_start().len() };
    let logged = logged.max(string_start(first));
    let words = whole.get(logged..).unwrap_or_default();
    let message = words.strip_prefix(DIAGNOSTICS).or_else(|| words.strip_prefix(CLEANUP));
    let message = message.or_else(|| {
        let (number, message) = words.strip_prefix("Thread ")?.split_at_mark(THREAD)?;
        number.bytes().all(|byte| byte.is_ascii_digit()).then_some(message)
    });
    (start + logged, message.unwrap_or(words).trim())
}

/// Where a string begins that `line` opens and does not close, `exc="no recipient at …`; 0 if there
/// is none.
fn string_start(line: &str) -> usize {
    if line.matches('"').count().is_multiple_of(2) {
        return 0;
    }
    let starts = ["=\"", ": \"", ":\""].map(|mark| line.rfind_mark(mark).map(|at| at + mark.len()));
    starts.into_iter().flatten().max().unwrap_or(0)
}

/// Reads calls, as `parse` knows them, from the one at which the reader stands: the first is of the
/// function in which `place` lies. Returns how many there are.
fn calls<'a>(
    reader: &mut Reader<'a>,
    exception: &mut Link<'a>,
    place: Option<Place<'a>>,
    parse: fn(&'a str) -> Option<Call<'a>>,
) -> usize {
    let (mut place, mut count) = (place, 0);
    while let Some(line) = reader.peek() {
        let Some(call) = parse(line).or_else(|| eval(reader)) else { break };
        exception.frames.push(frame(place, Some(call.function)));
        place = Some(call.place);
        count += 1;
        reader.take();
    }
    let cut_call = reader.peek().filter(|line| reader.is_at_last_line() && line::begins_call(line));
    if count > 0 && cut_call.is_some() {
        reader.truncated = true;
        reader.take();
    }
    if place.is_some() {
        exception.frames.push(frame(place, None));
    }
    count
}

/// The call of an `eval` with a text of several lines, if the reader stands at its first. The reader
/// then stands at its last.
fn eval<'a>(reader: &mut Reader<'a>) -> Option<Call<'a>> {
    if !line::opens_eval(reader.peek()?) {
        return None;
    }
    let mut ahead = reader.clone();
    for _ in 1..MAX_EVAL_LINES {
        ahead.skip();
        let line = ahead.peek()?;
        if line::call(line).is_some() {
            return None;
        }
        if let Some(call) = line::eval_end(line) {
            *reader = ahead;
            return Some(call);
        }
    }
    None
}

fn frame<'a>(place: Option<Place<'a>>, function: Option<&'a str>) -> Frame<'a> {
    let mut frame = Frame {
        file: place.map(|place| place.file.into()),
        line: place.map(|place| place.line),
        function: function.map(Into::into),
        ..Frame::default()
    };
    frame.in_app = in_app::is_in_app(&frame);
    frame
}

fn found<'a>(exception: Link<'a>, reader: &Reader<'a>, start: usize) -> Found<'a> {
    let is_cut = reader.truncated;
    let traceback = Causes::of(exception).into_traceback(LANGUAGE.name, Relation::Cause, is_cut);
    Found { traceback, span: start..reader.end }
}
