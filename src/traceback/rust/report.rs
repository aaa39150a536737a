//! Reads an error with its causes, as anyhow and eyre print it.
//!
//! ```text
//! report := ["Error: "] msg lines [BLANK "Caused by:" cause+] [BLANK "Location:" NL place]
//!           [BLANK "Stack backtrace:" frame+]
//! cause  := "    " [N ": "] msg, further lines indented to the message
//! ```
//!
//! A single cause has no number. color-eyre numbers the error itself: `Error: ` stands alone on its
//! line, and `   0: ` before the message. Neither prints the types of the errors.

use super::super::causes::{Causes, Link};
use super::super::lines::log_prefix;
use super::super::lines::{Line, Lines, begins_log_record};
use super::super::marks::Marks as _;
use super::super::message::Message;
use super::super::reader::Reader;
use super::backtrace::{self, Place};

pub(super) const CAUSED_BY: &str = "Caused by:";
pub(super) const STACK: &str = "Stack backtrace:";
const LOCATION: &str = "Location:";
const ERROR: &str = "Error: ";

/// Reads what follows the message of the exception that `causes` holds: its causes, place and
/// backtrace. Returns whether there was any of it, and whether that is enough to be sure that it
/// is an error's.
pub(super) fn sections<'a>(reader: &mut Reader<'a>, causes: &mut Causes<'a>) -> Option<Evidence> {
    sections_at(reader, causes, None)
}

/// The same for a fault whose place is known.
pub(super) fn sections_at<'a>(
    reader: &mut Reader<'a>,
    causes: &mut Causes<'a>,
    mut place: Option<Place<'a>>,
) -> Option<Evidence> {
    let mut evidence = None;
    loop {
        let mut ahead = reader.clone();
        ahead.skip_blank();
        match ahead.peek().map(str::trim_end) {
            Some(CAUSED_BY) if evidence.is_none() => {
                ahead.take();
                evidence = Some(list(&mut ahead, causes)?);
            }
            Some(LOCATION) if place.is_none() => {
                ahead.take();
                let at =
                    ahead.peek().and_then(|line| Place::parse(line.strip_prefix("   ")?.trim()));
                let Some(at) = at else { break };
                ahead.take();
                place = Some(at);
                evidence = Some(Evidence::Certain);
                if let Some(exception) = causes.escaped_mut() {
                    exception.frames.push(at.frame());
                }
            }
            Some(line) if line == STACK || is_color_eyre_stack(line) => {
                ahead.take();
                let frames = backtrace::frames(&mut ahead, place);
                if frames.count() == 0 {
                    break;
                }
                evidence = Some(Evidence::Certain);
                if let Some(exception) = causes.escaped_mut() {
                    exception.frames = frames;
                }
                *reader = ahead;
                break;
            }
            _ => break,
        }
        *reader = ahead;
    }
    if evidence == Some(Evidence::Certain) {
        advice(reader);
    }
    evidence
}

/// Reads the lines in which color-eyre says how to see more.
fn advice(reader: &mut Reader<'_>) {
    const ADVICE: [&str; 3] = [
        "Backtrace omitted. Run with RUST_BACKTRACE=",
        "Run with RUST_BACKTRACE=",
        "Run with COLORBT_SHOW_HIDDEN=",
    ];
    let mut ahead = reader.clone();
    ahead.skip_blank();
    while ahead.peek().is_some_and(|line| ADVICE.iter().any(|advice| line.starts_with(advice))) {
        ahead.take();
        *reader = ahead.clone();
    }
}

/// How sure it is that a list of causes is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    /// It could be any indented text.
    Weak,
    Certain,
}

/// `  ━━━━ BACKTRACE ━━━━`
fn is_color_eyre_stack(line: &str) -> bool {
    line.trim_matches([' ', '━']) == "BACKTRACE" && line.contains('━')
}

/// Reads the causes, numbered or a single one.
fn list<'a>(reader: &mut Reader<'a>, causes: &mut Causes<'a>) -> Option<Evidence> {
    let is_numbered = reader.peek().is_some_and(|line| numbered(line, 0).is_some());
    if is_numbered {
        numbered_list(reader, causes, 0);
        return Some(Evidence::Certain);
    }
    let mut message = Message::default();
    let mut any = false;
    while let Some(text) = reader.peek().and_then(|line| line.strip_prefix("    ")) {
        if text.trim().is_empty() {
            break;
        }
        message.push_trimmed(text);
        any = true;
        reader.take();
    }
    push(reader, causes, message);
    any.then_some(Evidence::Weak)
}

/// Reads the list whose items are numbered from `number` on.
fn numbered_list<'a>(reader: &mut Reader<'a>, causes: &mut Causes<'a>, mut number: u64) {
    while let Some(first) = reader.peek().and_then(|line| numbered(line, number)) {
        let mut message = Message::default();
        message.push_trimmed(first);
        reader.take();
        while let Some(line) = reader.peek().and_then(|line| line.strip_prefix("     "))
            && !line.trim().is_empty()
        {
            message.push_trimmed(line.strip_prefix("  ").unwrap_or(line));
            reader.take();
        }
        push(reader, causes, message);
        number += 1;
    }
}

/// `    0: connect to mx1`, and what color-eyre has with three blanks.
fn numbered(line: &str, number: u64) -> Option<&str> {
    let (digits, message) = line.strip_prefix("  ")?.trim_start().split_at_mark(": ")?;
    (digits.parse() == Ok(number)).then_some(message)
}

fn push<'a>(reader: &mut Reader<'a>, causes: &mut Causes<'a>, message: Message<'a>) {
    let (message, cut) = message.finish();
    reader.truncated |= cut;
    causes.push_inner(Link { message, ..Link::default() });
}

/// The report of which `line`, with `Caused by:` or `Stack backtrace:`, is the first section, and
/// the lines from `paragraph` to `before` are the message. With it, where it begins.
///
/// A blank line stands before each section. A log may have lost it, and then only `Error: ` tells
/// the report from a list of reasons.
pub(super) fn find<'a>(
    text: &'a str,
    paragraph: usize,
    before: usize,
    line: Line<'a>,
    prefix: &'a str,
) -> Option<(Causes<'a>, Reader<'a>, usize)> {
    let is_apart =
        Lines::starting_at(text, before).nth(1).is_some_and(|next| next.start < line.start);
    let (mut start, mut says_error) = (None, false);
    for line in Lines::new(text.get(paragraph..before)?) {
        let offset = error_start(line.text);
        says_error |= offset.is_some();
        if offset.is_some() || begins_log_record(line.text) || start.is_none() {
            let stated = offset.or(begins_log_record(line.text).then(|| words(line.text)));
            let fallback = if prefix.is_empty() { 0 } else { prefix.len() };
            start = Some((paragraph + line.start + stated.unwrap_or(fallback), stated.is_some()));
        }
    }
    let (start, is_stated) = start?;
    let mut message = Message::default();
    let lines = Lines::new(text.get(start..before)?).enumerate();
    for (index, line) in lines {
        let text = line.text;
        let text = if index == 0 { text.strip_prefix(ERROR).unwrap_or(text) } else { text };
        message.push_trimmed(
            super::super::lines::without_prefix(text, prefix).filter(|_| index > 0).unwrap_or(text),
        );
    }
    let mut reader = Reader::new(text, line.start, prefix);
    let (message, cut) = message.finish();
    reader.truncated |= cut;
    let mut causes = Causes::default();
    causes.push_inner(Link { message, ..Link::default() });
    let evidence = sections(&mut reader, &mut causes)?;
    let is_report = says_error || (is_apart && (is_stated || evidence == Evidence::Certain));
    is_report.then_some((causes, reader, start))
}

/// Where `Error: ` stands on `line`: at the beginning of its words.
fn error_start(line: &str) -> Option<usize> {
    [0, log_prefix(line), words(line)]
        .into_iter()
        .find(|&start| line.get(start..).is_some_and(|words| words.starts_with(ERROR)))
}

/// Where the words of a log line begin, after the module that `tracing` and `env_logger` print.
fn words(line: &str) -> usize {
    let start = log_prefix(line);
    let rest = line.get(start..).unwrap_or_default();
    match rest.split_once(' ') {
        Some((module, after))
            if start > 0
                && module.len() > 1
                && module.ends_with(':')
                && module.bytes().all(|b| {
                    b.is_ascii_lowercase() || b.is_ascii_digit() || b"_:".contains(&b)
                }) =>
        {
            line.len() - after.len()
        }
        _ => start,
    }
}

/// The report of color-eyre whose `Error: ` stands alone on `line`.
pub(super) fn find_color_eyre<'a>(
    text: &'a str,
    line: Line<'a>,
) -> Option<(Causes<'a>, Reader<'a>, usize)> {
    let mut reader = Reader::new(text, line.start, "");
    let mut causes = Causes::default();
    reader.take();
    numbered_list(&mut reader, &mut causes, 0);
    if causes.is_empty() {
        return None;
    }
    let is_stated = sections(&mut reader, &mut causes) == Some(Evidence::Certain);
    let start = line.start + error_start(&format!("{} ", line.text.trim_end())).unwrap_or(0);
    is_stated.then_some((causes, reader, start))
}

/// Whether `line` is `Error:` and nothing else, after a log's own prefix.
pub(super) fn is_error_alone(line: &str) -> bool {
    let text = line.trim_end();
    text.ends_with("Error:") && text.get(log_prefix(text)..) == Some("Error:")
}
