//! Dart: what its runtime, Flutter and `package:stack_trace` print.
//!
//! ```text
//! trace  := head NL msg lines NL (frame | "<asynchronous suspension>")+
//! head   := "Unhandled exception:" | "[ERROR:flutter/…] Unhandled Exception: " msg
//! frame  := "#" N blanks function " (" uri [":" line [":" column]] ")"
//! terse  := uri [" " line [":" column]] blanks function         with "===== asynchronous gap ====="
//! report := "══╡ EXCEPTION CAUGHT BY … ╞══" … "The following T was thrown …:" msg … frame+
//! ```
//!
//! Dart prints what was thrown by its `toString`, which may say any type or none. One is claimed
//! where the message begins with a name that ends as those of exceptions do, or is
//! `Instance of 'T'`.

mod line;

use self::line::Head;
use super::causes::{Causes, Link};
use super::frames::InnermostFirst;
use super::lines::{Line, Lines, begins_log_record, log_prefix, without_prefix};
use super::message::Message;
use super::model::Relation;
use super::reader::Reader;
use super::{Found, Language};

/// The row of Dart in the table of languages.
pub(super) static LANGUAGE: Language =
    Language { name: "dart", hints: &[".dart:", ".dart)", ".dart ", "(dart:"], parse: find };

/// Lines between a head and its frames that are looked at: Flutter names widgets there.
const MAX_LINES_TO_FRAMES: usize = 400;

/// A head whose frames have not come yet.
struct Pending<'a> {
    line: Line<'a>,
    head: Head<'a>,
    /// How many lines ago it stood.
    ago: usize,
}

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    let mut pending: Option<Pending<'_>> = None;
    let mut above: Option<Line<'_>> = None;
    while let Some(line) = lines.next() {
        if let Some(before) = line::before_frame(line.text) {
            match traceback(text, pending.take(), above.take(), line, before) {
                Ok(found) => return Some(found),
                Err(after) => lines = Lines::starting_at(text, after.max(line.end() + 1)),
            }
            continue;
        }
        above = Some(line);
        // The message may quote another head, but a report has one of its own within.
        let head = line::head(line.text);
        if let Some(head) = head {
            if !pending.as_ref().is_some_and(|it| it.head.is_report() && !head.is_report()) {
                pending = Some(Pending { line, head, ago: 0 });
            }
            continue;
        }
        pending = pending.filter(|it| it.ago < MAX_LINES_TO_FRAMES && !ends(it, line));
        if let Some(pending) = &mut pending {
            pending.ago += 1;
        }
    }
    None
}

/// Whether `line` is another log's, so that the frames after it are not those of the head.
fn ends(pending: &Pending<'_>, line: Line<'_>) -> bool {
    let before = pending.line.text.get(..pending.head.start).unwrap_or_default();
    begins_log_record(without_prefix(line.text, before).unwrap_or(line.text))
}

/// The traceback whose first frame stands on `line`, behind `before`. If it is none, the offset
/// from which to go on.
fn traceback<'a>(
    text: &'a str,
    pending: Option<Pending<'a>>,
    above: Option<Line<'a>>,
    line: Line<'a>,
    before: usize,
) -> Result<Found<'a>, usize> {
    let prefix = line.text.get(..before).unwrap_or_default();
    let mut reader = Reader::new(text, line.start, prefix);
    let frames = frames(&mut reader);
    let named = match (pending, above) {
        (Some(pending), _) => Some(announced(text, &pending, line, prefix)),
        (None, Some(above)) => logged(above, prefix),
        (None, None) => None,
    };
    if named.is_none() && frames.count() < 2 {
        return Err(reader.position());
    }
    reader.truncated |= named.is_none();
    let headless = (line.start + before, Link::default(), false);
    let (start, named, cut) = named.unwrap_or(headless);
    reader.truncated |= cut;
    let causes = Causes::of(Link { frames, ..named });
    let traceback = causes.into_traceback(LANGUAGE.name, Relation::Cause, reader.truncated);
    Ok(Found { traceback, span: start..reader.end })
}

/// Reads the frames, at the first of which the reader stands.
fn frames<'a>(reader: &mut Reader<'a>) -> InnermostFirst<'a> {
    let mut frames = InnermostFirst::default();
    while let Some(line) = reader.peek() {
        let text = line.trim();
        if let Some(frame) = line::frame(text) {
            frames.push(frame);
        } else if let Some(elided) = line::elided(text) {
            frames.skip(elided);
        } else if !line::is_gap(text) {
            break;
        }
        reader.take();
    }
    frames
}

/// Where the traceback of a `pending` head begins, what the lines up to the `frame` say, and
/// whether the message was cut.
fn announced<'a>(
    text: &'a str,
    pending: &Pending<'a>,
    frame: Line<'a>,
    prefix: &str,
) -> (usize, Link<'a>, bool) {
    let Pending { line, head, .. } = pending;
    let start = line.start + head.start;
    let between = Lines::starting_at(text, line.end() + 1)
        .take_while(|next| next.start < frame.start)
        .map(|next| without_prefix(next.text, prefix).unwrap_or(next.text));
    if head.is_report() {
        let (link, cut) = reported(between);
        return (start, link, cut);
    }
    let mut message = Message::default();
    message.push_trimmed(head.message);
    between.for_each(|line| message.push_trimmed(line));
    let (link, cut) = typed(message);
    (start, link, cut)
}

/// What the `lines` of one of Flutter's reports say, and whether the message was cut.
fn reported<'a>(lines: impl Iterator<Item = &'a str>) -> (Link<'a>, bool) {
    let mut lines = lines.skip_while(|line| line::thrown(line).is_none()).peekable();
    let thrown = lines.peek().and_then(|line| line::thrown(line));
    let exception_type = thrown.filter(|name| line::is_exception(name));
    let mut sentence = line::Sentence::default();
    let mut message = Message::default();
    // What follows a blank line tells of widgets.
    lines
        .skip_while(|line| !sentence.ends_before(line))
        .take_while(|line| !line.trim().is_empty())
        .for_each(|line| message.push_trimmed(line));
    if exception_type.is_none() {
        return typed(message);
    }
    let (message, cut) = message.finish();
    let exception_type = exception_type.map(Into::into);
    (Link { exception_type, message, ..Link::default() }, cut)
}

/// The exception that a message tells of, and whether that was cut.
fn typed(message: Message<'_>) -> (Link<'_>, bool) {
    let (message, cut) = message.finish();
    let (exception_type, message) = line::typed(message);
    (Link { exception_type, message, ..Link::default() }, cut)
}

/// The same for the line `above` the frames, if it names an exception.
fn logged<'a>(above: Line<'a>, prefix: &str) -> Option<(usize, Link<'a>, bool)> {
    let content = without_prefix(above.text, prefix).unwrap_or(above.text);
    let whole = content.get(log_prefix(content)..)?;
    let mut message = Message::default();
    message.push_trimmed(whole);
    let (link, cut) = typed(message);
    link.exception_type.is_some().then_some((above.end() - whole.len(), link, cut))
}
