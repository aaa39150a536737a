//! Stacks without a goroutine: the errors of pkg/errors, printed with `%+v`, and zap's call sites.
//!
//! pkg/errors prints the root first: its message, its stack, then the message and the stack of what
//! wrapped it, and so on. A layer that was made without a stack has its message only.

use std::borrow::Cow;

use super::super::Found;
use super::super::frames::InnermostFirst;
use super::super::lines::{Line, Lines, begins_log_record};
use super::super::model::{Exception, MAX_EXCEPTIONS, MAX_MESSAGE_BYTES, Relation, Traceback, cut};
use super::line::{function, source};
use super::{LANGUAGE, stack};

/// Lines above the first frame that are taken for messages.
const MAX_MESSAGES: usize = 8;
/// The length of the date and time that the package `log` prints.
const LOG_TIME: usize = "2020/05/11 14:44:44 ".len();

/// The messages above the line that is looked at.
#[derive(Debug, Default)]
pub(super) struct Above<'a> {
    /// Each with the byte offset at which it begins.
    lines: Vec<(usize, &'a str)>,
    /// Whether there were too many to be messages.
    overflow: bool,
}

impl<'a> Above<'a> {
    /// Remembers a line that is no frame.
    pub(super) fn see(&mut self, line: Line<'a>) {
        let text = line.text.trim_end();
        if text.is_empty() {
            *self = Self::default();
        } else if begins_log_record(text) {
            *self = Self::default();
            let is_log = text.as_bytes().get(4) == Some(&b'/');
            if let Some(message) = text.get(LOG_TIME..).filter(|_| is_log) {
                self.lines.push((line.start + LOG_TIME, message));
            }
        } else if self.lines.len() == MAX_MESSAGES {
            self.overflow = true;
        } else {
            self.lines.push((line.start, text));
        }
    }
}

/// One error.
#[derive(Debug, Default)]
struct Layer<'a> {
    message: Option<&'a str>,
    frames: InnermostFirst<'a>,
}

/// The traceback whose first frame begins with `line`, or where to go on.
pub(super) fn find<'a>(
    text: &'a str,
    line: Line<'a>,
    above: Above<'a>,
) -> (Option<Found<'a>>, Lines<'a>) {
    let has_arguments = function(line.text).is_some_and(|(_, has_arguments)| has_arguments);
    // Arguments are printed below a goroutine's line only. It is missing, and the message with it.
    let messages = if above.overflow || has_arguments { Vec::new() } else { above.lines };
    let start = messages.first().map_or(line.start, |(start, _)| *start);
    let mut layers: Vec<Layer<'a>> = Vec::new();
    for (_, message) in messages {
        layers.push(Layer { message: Some(message), ..Layer::default() });
    }
    let has_message = !layers.is_empty();
    let mut truncated = false;
    let (mut end, mut lines) = (line.end(), Lines::starting_at(text, line.start));
    loop {
        let (stack, stack_end) = stack(&mut lines);
        end = stack_end.unwrap_or(end);
        truncated |= stack.truncated;
        if layers.is_empty() {
            layers.push(Layer::default());
        }
        if let Some(layer) = layers.last_mut() {
            stack.frames.into_iter().for_each(|frame| layer.frames.push(frame));
        }
        let before = layers.len();
        while let Some(next) = lines.peek().filter(|_| has_message) {
            let message = next.text.trim_end();
            if message.is_empty()
                || begins_log_record(message)
                || is_frame(&lines)
                || layers.len() - before == MAX_MESSAGES
            {
                break;
            }
            layers.push(Layer { message: Some(message), ..Layer::default() });
            end = next.end();
            lines.next();
        }
        if layers.len() == before || !is_frame(&lines) {
            break;
        }
        // Of the many layers of hostile text only the last are kept.
        let excess = layers.len().saturating_sub(2 * MAX_EXCEPTIONS);
        truncated |= excess > 0;
        layers.drain(..excess);
    }
    let frames: u64 = layers.iter().map(|layer| layer.frames.count()).sum();
    if frames < 2 && !has_message {
        return (None, lines);
    }
    let truncated = truncated || has_arguments || layers.len() > MAX_EXCEPTIONS;
    let exceptions: Vec<Exception<'a>> =
        layers.into_iter().rev().take(MAX_EXCEPTIONS).enumerate().map(exception).collect();
    let traceback = Traceback { language: LANGUAGE.name, exceptions, truncated };
    (Some(Found { traceback, span: start..end }), lines)
}

fn is_frame(lines: &Lines<'_>) -> bool {
    let mut ahead = lines.clone();
    ahead.next().is_some_and(|line| function(line.text).is_some())
        && ahead.next().is_some_and(|line| source(line.text).is_some())
}

fn exception((id, layer): (usize, Layer<'_>)) -> Exception<'_> {
    Exception {
        id,
        parent: id.checked_sub(1),
        relation: if id == 0 { Relation::Root } else { Relation::Cause },
        exception_type: None,
        message: layer.message.map(|message| Cow::Borrowed(cut(message, MAX_MESSAGE_BYTES))),
        frame_count: layer.frames.count(),
        frames: layer.frames.into_frames(),
    }
}
