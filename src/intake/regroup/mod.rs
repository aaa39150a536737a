//! Which consecutive log events of one CloudWatch payload are the lines of one traceback.
//!
//! A runtime that writes to its standard streams line by line gets a log event for each line. For
//! each language that prints tracebacks there is a row in [`LANGUAGES`]: it knows a line that
//! *proves* a traceback, finds the head above it where the proof is not the head itself, and says
//! which lines *follow*. A line that only may follow (the message of an exception, a blank line)
//! is kept when one that surely does stands soon after it. What is in doubt is not joined.
//!
//! The lines of two requests that ran at once stand one among another; they are left as they are.

mod dotnet;
mod go;
mod java;
mod language;
mod line;
mod log_event;
mod node;
mod php;
mod python;
mod ruby;
mod rust;

use std::ops::Range;

use self::language::{Head, Language, Otherwise, Place, Proof, Step};
use self::line::without_colours;
pub(super) use self::log_event::LogEvent;

/// Log events of one group.
pub(super) const MOST_LOG_EVENTS: usize = 500;

/// Bytes of text of one group, the line ends between its log events included.
const MOST_BYTES: usize = 256 * 1024;

/// How many lines in a row that only may belong to a traceback are read in hope of one that does,
/// and how far above its first frame a head may stand.
const MOST_DOUBTFUL: usize = 16;

/// Every language whose tracebacks are joined.
static LANGUAGES: [&Language; 8] = [
    &python::LANGUAGE,
    &java::LANGUAGE,
    &node::LANGUAGE,
    &dotnet::LANGUAGE,
    &go::LANGUAGE,
    &ruby::LANGUAGE,
    &php::LANGUAGE,
    &rust::LANGUAGE,
];

/// The ranges of `log_events` that are one log each, in order; each holds at least two. All other
/// log events are logs of their own.
pub(super) fn groups(log_events: &[LogEvent<'_>]) -> Vec<Range<usize>> {
    let mut groups = Vec::new();
    let (mut floor, mut at) = (0, 0);
    while let Some(log_event) = log_events.get(at) {
        let group = log_event.last_line().and_then(|line| {
            LANGUAGES.into_iter().find_map(|language| {
                let proof = (language.proof)(line)?;
                Search { log_events, floor, language }.around(at, proof)
            })
        });
        at = group.as_ref().map_or(at + 1, |group| group.end);
        if let Some(group) = group {
            floor = group.end;
            groups.push(group);
        }
    }
    groups
}

/// The search for the lines of one traceback.
struct Search<'s, 'a> {
    log_events: &'s [LogEvent<'a>],
    /// Where the group before ends.
    floor: usize,
    language: &'static Language,
}

impl<'a> Search<'_, 'a> {
    /// The group around the `proof` that stands at `at`, if there is more than it.
    fn around(&self, at: usize, proof: Proof) -> Option<Range<usize>> {
        self.log_events.get(at)?.joinable()?;
        let (start, place, is_frame) = match proof {
            Proof::Header { place, glued: true } => (at, place, false),
            Proof::Header { place, glued: false } => (self.above_header(at), place, false),
            Proof::Below { place, otherwise } => match (self.head_above(at), otherwise) {
                (Some((start, Head::Own)), _) => (self.above_header(start), place, true),
                (Some((start, Head::Within | Head::Part)), _) => (start, place, true),
                (None, Otherwise::LineAbove) => (self.line_above(at)?, place, true),
                (None, Otherwise::LogAbove) => (self.log_above(at)?, place, true),
                (None, Otherwise::Itself) => (self.above_header(at), place, false),
                (None, Otherwise::Nothing) => return None,
            },
        };
        let size = self.log_events.get(start..=at)?.iter().map(LogEvent::size).sum();
        if size > MOST_BYTES {
            return None;
        }
        let end = self.end(start, at, place, size);
        (is_frame || end > at + 1).then_some(start..end)
    }

    /// Where the traceback ends that begins at `start` and of which the line at `at` was read.
    fn end(&self, start: usize, at: usize, mut place: Place, mut size: usize) -> usize {
        let mut end = at + 1;
        for next in at + 1.. {
            let Some(line) = self.line_beside(next, next - 1) else { break };
            size += 1 + line.len();
            if next - start >= MOST_LOG_EVENTS || next - end >= MOST_DOUBTFUL || size > MOST_BYTES {
                break;
            }
            let line = without_colours(line);
            let (is_certain, next_place) = match (self.language.follow)(place, &line) {
                Step::Certain(place) => (true, place),
                Step::Doubtful(place) => (false, place),
                Step::Foreign => break,
            };
            if log_event::begins_with_time(&line) || !is_certain && self.begins_another(&line) {
                break;
            }
            place = next_place;
            if is_certain {
                end = next + 1;
            }
        }
        end
    }

    /// Whether a line that only may follow begins another log or traceback.
    fn begins_another(&self, line: &str) -> bool {
        log_event::begins_with_level(line)
            || matches!((self.language.proof)(line), Some(Proof::Header { .. }))
    }

    /// The only line of the log event at `at`, if it may be joined with its neighbour at `beside`.
    fn line_beside(&self, at: usize, beside: usize) -> Option<&'a str> {
        self.beside(at, beside)?.only_line()
    }

    fn beside(&self, at: usize, beside: usize) -> Option<&LogEvent<'a>> {
        let log_event = self.log_events.get(at)?;
        let is_near = log_event.is_near(self.log_events.get(beside)?);
        (at >= self.floor && is_near).then_some(log_event)
    }

    /// The nearest head above the frame at `at`.
    fn head_above(&self, at: usize) -> Option<(usize, Head)> {
        let mut part = None;
        for below in (at.saturating_sub(MOST_DOUBTFUL - 1)..=at).rev() {
            let Some(above) = below.checked_sub(1) else { break };
            let Some(log_event) = self.beside(above, below) else { break };
            let Some(line) = log_event.last_line() else { break };
            let head = (self.language.head)(line);
            match head {
                Some(Head::Part) => part = Some((above, Head::Part)),
                Some(head) => return Some((above, head)),
                None => {}
            }
            let Some(line) = log_event.only_line() else { break };
            let is_other = head.is_none() && log_event::begins_new_log(line);
            if is_other || (self.language.proof)(line).is_some() {
                break;
            }
        }
        part
    }

    /// The line above the frame at `at`, which may be any that is no piece of a traceback: a
    /// logger's own line, an error that prints as it likes.
    fn line_above(&self, at: usize) -> Option<usize> {
        let above = at.checked_sub(1)?;
        let log_event = self.beside(above, at)?;
        let is_piece = self.is_piece(log_event.last_line()?);
        let may_be_head = match log_event.only_line() {
            Some(line) => !is_piece && !line::is_blank(line),
            None => is_piece,
        };
        may_be_head.then_some(above)
    }

    /// The nearest line above the frame at `at` that begins a log.
    fn log_above(&self, at: usize) -> Option<usize> {
        let lines = (1..=MOST_DOUBTFUL).map_while(|distance| {
            let above = at.checked_sub(distance)?;
            Some((above, self.line_beside(above, above + 1)?))
        });
        lines
            .take_while(|(_, line)| !self.is_piece(line))
            .find_map(|(above, line)| log_event::begins_new_log(line).then_some(above))
    }

    /// Whether `line` goes on with frames and so is no head.
    fn is_piece(&self, line: &str) -> bool {
        matches!((self.language.follow)(Place::Frame, line), Step::Certain(_))
    }

    /// Where the traceback begins whose own header stands at `header`: with what the runtime
    /// prints before it, and the log line whose traceback it is.
    fn above_header(&self, header: usize) -> usize {
        let above = |distance: usize| {
            let at = header.checked_sub(distance)?;
            self.line_beside(at, at + 1)
        };
        let preface = (self.language.preface)(&above);
        let is_log = above(preface + 1).is_some_and(|line| {
            log_event::states_trouble(line)
                && !matches!((self.language.head)(line), Some(Head::Own))
        });
        header - preface - usize::from(is_log)
    }
}

#[cfg(test)]
mod tests;
