//! Which consecutive log events of one CloudWatch payload are the lines of one traceback.
//!
//! A runtime that writes to its standard streams line by line gets a log event for each line. For
//! each language that prints tracebacks there is a row in [`LANGUAGES`]: it knows a line that
//! *proves* a traceback, finds the head above it where the proof is not the head itself, and says
//! which lines *follow*. A line that only may follow (the message of an exception, a blank line)
//! is kept when one that surely does stands soon after it, and when it does not read as a log of
//! its own. What is in doubt is not joined.
//!
//! Nothing in a line says which request it is of. Where the lines of two that ran at once show,
//! because two heads stand above the frames or a log stands between a head and its frames, they
//! are left as they are. What cannot be told apart is joined: the frames of two tracebacks one
//! among another below one head, and a log in words alone where a message may go on.

mod cpp;
mod dart;
mod dotnet;
mod elixir;
mod go;
mod java;
mod language;
mod line;
mod log_event;
mod node;
mod perl;
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
static LANGUAGES: [&Language; 12] = [
    &python::LANGUAGE,
    &java::LANGUAGE,
    &node::LANGUAGE,
    &dotnet::LANGUAGE,
    &go::LANGUAGE,
    &ruby::LANGUAGE,
    &php::LANGUAGE,
    &perl::LANGUAGE,
    &cpp::LANGUAGE,
    &rust::LANGUAGE,
    &elixir::LANGUAGE,
    &dart::LANGUAGE,
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
                (Some((start, _)), _) if self.is_contested(start) => return None,
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
            let step = (self.language.follow)(place, &line);
            let is_other = match step {
                Step::Certain(_) | Step::Likely(_) => begins_log_despite_shape(&line),
                Step::Announced(_) => !self.is_announced(start..at, &line),
                Step::Doubtful(_) => self.begins_another(&line),
                Step::Foreign => true,
            };
            if is_other {
                break;
            }
            if let Step::Certain(_) | Step::Announced(_) = step {
                end = next + 1;
            }
            place = step.place().unwrap_or(place);
        }
        end
    }

    /// Whether a line that only may follow begins another log or traceback.
    fn begins_another(&self, line: &str) -> bool {
        (self.language.head)(line) == Some(Head::Own)
            || matches!((self.language.proof)(line), Some(Proof::Header { .. }))
            || self.is_other_log(line)
    }

    /// Whether `line` reads as a log of its own and has no shape that the language knows.
    fn is_other_log(&self, line: &str) -> bool {
        let step = (self.language.follow)(Place::Frame, line);
        matches!(step, Step::Doubtful(_) | Step::Foreign) && log_event::reads_as_log(line)
    }

    /// Whether one of the log events in `above` announces `line`.
    fn is_announced(&self, above: Range<usize>, line: &str) -> bool {
        let above = self.log_events.get(above).unwrap_or_default();
        above
            .iter()
            .filter_map(LogEvent::last_line)
            .any(|above| (self.language.announces)(above, line))
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

    /// The nearest head above the line at `at`, with nothing between that reads as another log.
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
            let is_other = head.is_none() && self.is_other_log(line);
            if is_other || (self.language.proof)(line).is_some() {
                break;
            }
        }
        part
    }

    /// Whether the frames below the head at `start` may be those of another head above it, or of
    /// both, as when two threads fail at once. What a runtime prints before a head settles it.
    fn is_contested(&self, start: usize) -> bool {
        self.preface(start) == 0 && matches!(self.head_above(start), Some((_, Head::Own)))
    }

    /// The line above the frame at `at`, which may be any that says that something went wrong and
    /// is no piece of a traceback: a logger's own line, an error that prints as it likes.
    fn line_above(&self, at: usize) -> Option<usize> {
        let above = at.checked_sub(1)?;
        let log_event = self.beside(above, at)?;
        let is_piece = self.is_piece(log_event.last_line()?);
        let may_be_head = match log_event.only_line() {
            Some(line) => !is_piece && log_event::mentions_trouble(line),
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
            .find(|(_, line)| log_event::reads_as_log(line))
            .and_then(|(above, line)| log_event::begins_new_log(line).then_some(above))
    }

    /// Whether `line` goes on with frames and so is no head.
    fn is_piece(&self, line: &str) -> bool {
        matches!((self.language.follow)(Place::Frame, line), Step::Certain(_))
    }

    /// Where the traceback begins whose own header stands at `header`: with what the runtime
    /// prints before it, and the log line whose traceback it is.
    fn above_header(&self, header: usize) -> usize {
        let preface = self.preface(header);
        let is_log = self.above(header, preface + 1).is_some_and(|line| {
            log_event::states_trouble(line)
                && !matches!((self.language.head)(line), Some(Head::Own))
        });
        header - preface - usize::from(is_log)
    }

    /// How many lines the runtime printed before the header that stands at `header`.
    fn preface(&self, header: usize) -> usize {
        (self.language.preface)(&|distance| self.above(header, distance))
    }

    /// The line that stands `distance` lines above the one at `at`.
    fn above(&self, at: usize, distance: usize) -> Option<&'a str> {
        let above = at.checked_sub(distance)?;
        self.line_beside(above, above + 1)
    }
}

/// Whether a line that has a traceback's shape begins a log all the same. A line of code, which is
/// indented, may begin with any word.
fn begins_log_despite_shape(line: &str) -> bool {
    log_event::begins_with_time(line)
        || !line::is_indented(line) && log_event::begins_with_level(line)
}

#[cfg(test)]
mod tests;
