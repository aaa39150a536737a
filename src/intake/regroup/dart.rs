//! Dart: `Unhandled exception:`, the message, and numbered frames.
//!
//! ```text
//! trace := "Unhandled exception:" NL msg lines (NL (frame | "<asynchronous suspension>"))+
//! frame := "#" N blanks function " (" uri [":" line [":" column]] ")"
//! ```

use super::language::Step::{self, Certain, Doubtful};
use super::language::{Above, Head, Language, Otherwise, Place, Proof, no_announcement};
use super::line::{before_number, exception_head, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface, follow, announces: no_announcement };

/// What the runtime prints before an exception that nobody caught.
const UNHANDLED: &str = "Unhandled exception:";

/// How the name of a source file ends.
const FILE: &str = ".dart";

fn proof(line: &str) -> Option<Proof> {
    let is_frame = line.starts_with('#') && is_frame(line);
    is_frame.then_some(Proof::Below { place: Place::Frame, otherwise: Otherwise::Nothing })
}

/// `#0      Inbox.open (package:mail/inbox.dart:12:7)`
fn is_frame(line: &str) -> bool {
    let Some(rest) = line.strip_prefix('#').and_then(number) else { return false };
    let Some((function, uri)) =
        rest.trim_end().strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("))
    else {
        return false;
    };
    let file = before_number(uri).map_or(uri, |uri| before_number(uri).unwrap_or(uri));
    function.starts_with("  ")
        && !function.trim().is_empty()
        && (file.ends_with(FILE) || file.starts_with("dart:"))
}

fn head(line: &str) -> Option<Head> {
    if line.starts_with(UNHANDLED) {
        return Some(Head::Own);
    }
    let is_within = line.contains(UNHANDLED) || line.contains("Unhandled Exception: ");
    if is_within { Some(Head::Within) } else { exception_head(line) }
}

/// The line before one that names an exception.
fn preface(above: &Above<'_>) -> usize {
    usize::from(above(1).is_some_and(|line| line.trim_end() == UNHANDLED))
}

fn follow(place: Place, line: &str) -> Step {
    if is_frame(line) {
        return Certain(Place::Frame);
    }
    match place {
        Place::Frame if line.trim_end() == "<asynchronous suspension>" => Certain(Place::Frame),
        Place::Head => Doubtful(Place::Head),
        _ => Step::Foreign,
    }
}
