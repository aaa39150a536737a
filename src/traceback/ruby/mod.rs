//! Ruby, 2.5 to 3.4: where its tracebacks begin, and how they go on.
//!
//! ```text
//! trace  := block block*                                  the first escaped, the next led to it
//! block  := file:N:in 'label': msg (Type) (message lines)* (TAB "from " file:N:in 'label')*
//! bottom := "Traceback (most recent call last):" (frames, outermost first, then their head)+
//! logged := head frame+                                   frames that nothing announces
//! ```
//!
//! `(Type)` closes the first line of the message. `error_highlight` and `did_you_mean` add lines before
//! the frames: the source line becomes the code of the innermost frame, suggestions are no part of
//! the message. Rails, the Logger, Sidekiq, Rake and programs that print `e.backtrace` write a head
//! of their own before bare frames.

pub(super) mod backtrace;
mod line;

use self::line::{Form, Head, LogHead};
use super::causes::{Causes, Link};
use super::frames::OutermostFirst;
use super::lines::{Line, Lines, begins_log_record};
use super::marks::Marks as _;
use super::message::Message;
use super::model::Relation;
use super::reader::Reader;
use super::{Found, Language};

/// Ruby's row in the table of languages.
pub(super) static LANGUAGE: Language = Language {
    name: "ruby",
    hints: &["\tfrom ", r"\tfrom ", ":in `", ":in '", r":in \'", ": from ", ": syntax error"],
    parse: find,
};

/// The head that Ruby prints in the order `:bottom`. Python's is the same.
const BOTTOM: &str = "Traceback (most recent call last):";

/// Lines between a head in a log and its frames that are looked at: Rails shows source there.
const MAX_LINES_TO_FRAMES: usize = 40;

/// Finds the first traceback in `text`.
fn find(text: &str) -> Option<Found<'_>> {
    let mut lines = Lines::new(text);
    // The head in a log that was seen last, and how many lines ago.
    let mut log_head: Option<(Line<'_>, usize)> = None;
    // Where the last Logger's line began; its message may have several lines before the type.
    let mut record = None;
    while let Some(line) = lines.next() {
        if line.text.trim_end() == BOTTOM
            && let Some(found) = bottom(text, line)
        {
            return Some(found);
        }
        if let Some(head) = line::head(line.text) {
            let start = line.start + head.before;
            let prefix = line.text.get(..head.before).unwrap_or_default();
            if let Some(found) = own(text, line, prefix).or_else(|| own(text, line, "")) {
                return Some(Found { span: start..found.span.end, ..found });
            }
        } else if let Some((prefix, _)) = line::bare(line.text) {
            let prefix = line.text.get(..prefix).unwrap_or_default();
            let head = log_head.take().map(|(line, _)| line);
            match logged(text, head, record, line, prefix) {
                Ok(found) => return Some(found),
                Err(after) => lines = Lines::starting_at(text, after),
            }
            continue;
        } else if line::from(line.text).is_some() {
            match headless(text, line) {
                Ok(found) => return Some(found),
                Err(after) => lines = Lines::starting_at(text, after),
            }
            continue;
        }
        if begins_log_record(line.text) || line.text.get(1..4) == Some(", [") {
            record = Some(line);
        }
        let known = log_head.and_then(|(head, _)| line::log_head(head.text)).map(|head| head.form);
        let new = line::log_head(line.text).map(|head| head.form);
        // Rails prints the last line of a message, and causes, that look like heads themselves.
        let is_part = match known {
            Some(Form::RailsOpen) => {
                line.text.trim_end().ends_with("):") || new == Some(Form::Logger)
            }
            Some(Form::Rails) => {
                !matches!(new, Some(Form::Rails | Form::RailsOpen)) && !begins_log_record(line.text)
            }
            _ => false,
        };
        if new.is_some() && !is_part {
            log_head = Some((line, 0));
        } else if let Some((_, ago)) = &mut log_head {
            *ago += 1;
            if *ago > MAX_LINES_TO_FRAMES {
                log_head = None;
            }
        }
    }
    None
}

/// The traceback whose head is `line`, each line of which begins with `prefix`.
fn own<'a>(text: &'a str, line: Line<'a>, prefix: &str) -> Option<Found<'a>> {
    let prefix = line.text.get(..prefix.len())?;
    let mut reader = Reader::new(text, line.start, prefix);
    let head = line::head(reader.peek()?)?;
    let (is_evident, is_module) = (head.is_evident, head.frame.is_some());
    let first = block(&mut reader, head);
    // A prefix is one only if a second line has it.
    if !(is_evident && is_module && prefix.is_empty()) && first.frames.count() < 2 {
        return None;
    }
    let mut causes = Causes::default();
    causes.push_inner(first);
    blocks(&mut reader, &mut causes, Some(line.text));
    Some(found(causes, &reader, line.start))
}

/// Reads the blocks after the first, each of which led to the one before it.
fn blocks<'a>(reader: &mut Reader<'a>, causes: &mut Causes<'a>, first: Option<&'a str>) {
    // Ruby prints an exception of a thread twice, and that of a program with an exit handler.
    let mut heads: Vec<&str> = first.into_iter().collect();
    while let Some(line) = reader.peek() {
        let head = line::head(line).filter(|head| head.before == 0);
        let Some(head) = head.or_else(|| line::placeless_head(line)) else { break };
        if heads.contains(&line) || heads.len() > super::MAX_EXCEPTIONS {
            break;
        }
        heads.push(line);
        let exception = block(reader, head);
        causes.push_inner(exception);
    }
}

/// Reads a block, at whose `head` the reader stands.
fn block<'a>(reader: &mut Reader<'a>, head: Head<'a>) -> Link<'a> {
    let mut exception = Link { exception_type: head.exception_type, ..Link::default() };
    let mut message = Message::default();
    message.push_trimmed(head.message);
    if let Some(frame) = head.frame {
        exception.frames.push(frame);
    }
    reader.take();
    message_lines(reader, &mut message, &mut exception);
    let (text, cut) = message.finish();
    exception.message = text;
    reader.truncated |= cut;
    while let Some(line) = reader.peek() {
        if let Some(frame) = line::from(line) {
            exception.frames.push(frame);
        } else if let Some(levels) = line::levels(line) {
            exception.frames.skip(levels);
        } else {
            break;
        }
        reader.take();
    }
    exception
}

/// Reads what stands between a head and its frames: further lines of the message, the source line
/// with its marker, and suggestions.
fn message_lines<'a>(reader: &mut Reader<'a>, message: &mut Message<'a>, exception: &mut Link<'a>) {
    let mut suggests = false;
    while let Some(line) = reader.peek() {
        let ends = line::from(line).is_some()
            || line::head(line).is_some()
            || line::numbered_from(line).is_some()
            || line.starts_with("#<Thread:")
            || begins_log_record(line);
        if ends {
            break;
        }
        let text = line.trim_end();
        if text.is_empty() {
            if let Some(code) = highlighted(reader)
                && let Some(frame) = exception.frames.first_mut()
            {
                frame.code = Some(code.into());
                (0..3).for_each(|_| reader.take());
                continue;
            }
            message.push_trimmed("");
            reader.skip();
            continue;
        }
        suggests |= text.starts_with("Did you mean?  ");
        if !suggests {
            message.push_trimmed(line);
        }
        reader.take();
    }
}

/// The source line that `error_highlight` prints, if the reader stands at the blank line before it.
fn highlighted<'a>(reader: &Reader<'a>) -> Option<&'a str> {
    let mut ahead = reader.clone();
    ahead.skip();
    let code = ahead.peek()?.trim();
    ahead.skip();
    let is_code = !code.is_empty() && ahead.peek().is_some_and(line::is_marker);
    is_code.then_some(super::model::cut(code, super::MAX_CODE_BYTES))
}

/// The traceback in the order `:bottom` that begins with `line`.
fn bottom<'a>(text: &'a str, line: Line<'a>) -> Option<Found<'a>> {
    let mut reader = Reader::new(text, line.start, "");
    reader.take();
    let mut causes = Causes::default();
    loop {
        let mut outer = OutermostFirst::default();
        while let Some(frame) = reader.peek().and_then(line::numbered_from) {
            outer.push(frame);
            reader.take();
        }
        let head = reader.peek().and_then(line::head).filter(|head| head.before == 0);
        let Some(head) = head else {
            if !outer.is_empty() {
                // What they led to was cut off.
                reader.truncated = true;
                let mut exception = Link::default();
                exception.frames.append(outer);
                causes.push_outer(exception);
            }
            break;
        };
        if outer.is_empty() && !causes.is_empty() {
            break;
        }
        let mut exception = block(&mut reader, head);
        exception.frames.append(outer);
        causes.push_outer(exception);
    }
    (causes.frame_count() > 0).then(|| found(causes, &reader, line.start))
}

/// The traceback whose frames begin with `line`, without a head of Ruby's own. `head` is the last
/// line before it that looks like a head in a log. If there is none, the offset from which to go on.
fn logged<'a>(
    text: &'a str,
    head: Option<Line<'a>>,
    record: Option<Line<'a>>,
    line: Line<'a>,
    prefix: &'a str,
) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, prefix);
    let mut causes = Causes::default();
    let mut exception = Link::default();
    bare_frames(&mut reader, &mut exception);
    let headed = head.and_then(|head| log_link(text, head, record, line, prefix));
    let Some((start, between, cut)) = headed else {
        if exception.frames.count() < 2 {
            return Err(reader.position().max(line.end() + 1));
        }
        causes.push_inner(exception);
        let start = line.start + prefix.len();
        return Ok(found(causes, &reader, start));
    };
    reader.truncated |= cut;
    for (index, inner) in between.into_iter().enumerate() {
        let mut inner = inner;
        if index == 0 {
            inner.frames = std::mem::take(&mut exception.frames);
        }
        causes.push_inner(inner);
    }
    rake_causes(&mut reader, &mut causes);
    Ok(found(causes, &reader, start))
}

fn bare_frames<'a>(reader: &mut Reader<'a>, exception: &mut Link<'a>) {
    while let Some(line) = reader.peek() {
        if let Some((0, frame)) = line::bare(line) {
            exception.frames.push(frame);
        } else if let Some(frame) = line::from(line) {
            exception.frames.push(frame);
        } else {
            break;
        }
        reader.take();
    }
}

/// What the lines from `head` to the first frame say: where the traceback begins, the exception and
/// its causes, and whether a message was cut. None if they belong to something else.
fn log_link<'a>(
    text: &'a str,
    head: Line<'a>,
    record: Option<Line<'a>>,
    first_frame: Line<'a>,
    prefix: &'a str,
) -> Option<(usize, Vec<Link<'a>>, bool)> {
    let LogHead { start, exception_type, message: first_line, form } = line::log_head(head.text)?;
    let mut start = head.start + start;
    let mut message = Message::default();
    let mut causes = Vec::new();
    let mut reader = Reader::new(text, head.start, "");
    reader.skip();
    let is_next = reader.position() == first_frame.start;
    match form {
        Form::Logger if !is_next => return None,
        Form::Logger => {
            // The message may have begun on the Logger's own line.
            if let Some(record) = record.filter(|record| record.start < head.start) {
                let offset = super::lines::log_prefix(record.text);
                start = record.start + offset;
                let before = text.get(start..head.start)?;
                Lines::new(before).for_each(|line| message.push_trimmed(line.text));
                message.push_trimmed(head.text.get(..head.text.rfind_mark(" (")?)?);
            } else {
                message.push_trimmed(first_line);
            }
        }
        Form::Plain => {
            message.push_trimmed(first_line);
            while reader.position() < first_frame.start {
                let line = reader.line()?.text;
                if line.trim_end().is_empty() {
                    return None;
                }
                message.push_trimmed(line);
                reader.skip();
            }
        }
        Form::Rails | Form::RailsOpen => {
            message.push_trimmed(first_line);
            let mut is_open = form == Form::RailsOpen;
            let mut in_causes = false;
            while reader.position() < first_frame.start {
                let whole = reader.line()?.text;
                let line = super::lines::without_prefix(whole, prefix).unwrap_or(whole);
                if is_open {
                    let end = line.trim_end().strip_suffix("):");
                    message.push_trimmed(end.unwrap_or(line));
                    is_open = end.is_none();
                } else if line.trim() == "Causes:" {
                    in_causes = true;
                } else if in_causes && let Some((name, text)) = line::rails_cause(line) {
                    causes.push(Link {
                        exception_type: Some(name.into()),
                        message: Some(text.into()),
                        ..Link::default()
                    });
                }
                reader.skip();
            }
            if is_open {
                return None;
            }
        }
    }
    let (message, cut) = message.finish();
    let exception_type = exception_type.map(Into::into);
    causes.insert(0, Link { exception_type, message, ..Link::default() });
    Some((start, causes, cut))
}

/// Reads what Rake prints after the frames: `Caused by:`, a head and frames.
fn rake_causes<'a>(reader: &mut Reader<'a>, causes: &mut Causes<'a>) {
    loop {
        let mut ahead = reader.clone();
        ahead.skip_blank();
        if ahead.peek().map(str::trim_end) != Some("Caused by:") {
            return;
        }
        ahead.take();
        let head = ahead.peek().and_then(line::log_head).filter(|head| head.form == Form::Plain);
        let Some(head) = head else { return };
        let mut exception =
            Link { exception_type: head.exception_type.map(Into::into), ..Link::default() };
        let mut message = Message::default();
        message.push_trimmed(head.message);
        ahead.take();
        while let Some(line) = ahead.peek()
            && line::bare(line).is_none()
            && !line.trim_end().is_empty()
        {
            message.push_trimmed(line);
            ahead.take();
        }
        let (text, cut) = message.finish();
        exception.message = text;
        ahead.truncated |= cut;
        bare_frames(&mut ahead, &mut exception);
        causes.push_inner(exception);
        *reader = ahead;
    }
}

/// The traceback that begins with the frame on `line`, because its head was cut off. If it is none,
/// the offset from which to go on.
fn headless<'a>(text: &'a str, line: Line<'a>) -> Result<Found<'a>, usize> {
    let mut reader = Reader::new(text, line.start, "");
    let mut exception = Link::default();
    // Without a label a frame is a place, and lists of places stand elsewhere too.
    let mut has_label = false;
    while let Some(line) = reader.peek() {
        if let Some(frame) = line::from(line) {
            has_label |= frame.function.is_some();
            exception.frames.push(frame);
        } else if let Some(levels) = line::levels(line) {
            exception.frames.skip(levels);
        } else {
            break;
        }
        reader.take();
    }
    if !has_label || exception.frames.count() < 2 {
        return Err(reader.position().max(line.end() + 1));
    }
    let mut causes = Causes::default();
    causes.push_inner(exception);
    reader.truncated = true;
    blocks(&mut reader, &mut causes, None);
    Ok(found(causes, &reader, line.start))
}

fn found<'a>(mut causes: Causes<'a>, reader: &Reader<'a>, start: usize) -> Found<'a> {
    // Only an anonymous class has no name, and that has a message.
    let is_headless = causes
        .escaped_mut()
        .is_none_or(|exception| exception.exception_type.is_none() && exception.message.is_none());
    let is_cut = reader.truncated || is_headless;
    let traceback = causes.into_traceback(LANGUAGE.name, Relation::Cause, is_cut);
    Found { traceback, span: start..reader.end }
}
