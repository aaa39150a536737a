//! Rust: a panic with its message, backtrace and note; and anyhow's report of an error.
//!
//! ```text
//! panic  := "thread 'n' panicked at " file:L:C ":" NL message ["stack backtrace:" frame*] ["note: …"]
//! report := "Error: " msg [BLANK "Caused by:" cause+] [BLANK "Stack backtrace:" frame+]
//! frame  := i ": " function [NL "at " file:L:C]
//! ```

use super::language::Step::{self, Certain, Doubtful};
use super::language::{Head, Language, Otherwise, Place, Proof, no_announcement, no_preface};
use super::line::{before_number, indent, is_blank, number};
use crate::level::{Level, leading_level};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface: no_preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    match line.as_bytes() {
        [b't', b'h', ..] if line.starts_with("thread '") => {
            let (_, place) = line.split_once(" panicked at ")?;
            let place = match place.trim_end().strip_suffix(':') {
                Some(place) if has_line_and_column(place) => Place::HeadBeforeMessage,
                _ => Place::Head,
            };
            Some(Proof::Header { place, glued: false })
        }
        [b'C' | b'S', ..] if matches!(line, "Caused by:" | "Stack backtrace:") => {
            Some(Proof::Below { place: Place::Stack, otherwise: Otherwise::Nothing })
        }
        _ => None,
    }
}

fn has_line_and_column(place: &str) -> bool {
    before_number(place).and_then(before_number).is_some()
}

/// What `main` prints of an error that it returned, or a log line that shows one.
fn head(line: &str) -> Option<Head> {
    if line.starts_with("Error: ") {
        return Some(Head::Own);
    }
    leading_level(line).filter(|level| *level >= Level::Warn).map(|_| Head::Within)
}

fn follow(place: Place, line: &str) -> Step {
    let (width, text) = indent(line);
    let is_trace = place != Place::Message;
    match place {
        Place::HeadBeforeMessage if is_blank(line) => Doubtful(Place::Head),
        Place::HeadBeforeMessage => Certain(Place::Head),
        Place::End => Step::Foreign,
        _ if is_trace && line.starts_with("note: ") => {
            Certain(if place == Place::Head { Place::End } else { place })
        }
        _ if matches!(line, "stack backtrace:" | "Stack backtrace:") => Certain(Place::Frame),
        Place::Head => Doubtful(Place::Head),
        Place::Frame if width >= 2 && is_frame(text) => Certain(Place::Frame),
        Place::Stack if width >= 2 => Certain(Place::Stack),
        Place::Stack if is_blank(line) => Doubtful(Place::Stack),
        Place::Stack if matches!(line, "Caused by:" | "Location:") => Certain(Place::Stack),
        _ => Step::Foreign,
    }
}

/// `0: function`, in the full format with an address, or the place below it.
fn is_frame(text: &str) -> bool {
    let is_function = number(text).is_some_and(|rest| rest.starts_with(": "));
    let is_place =
        text.strip_prefix("at ").is_some_and(|place| has_line_and_column(place.trim_end()));
    is_function || is_place || text.starts_with("[... omitted ")
}
