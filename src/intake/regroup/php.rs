//! PHP: a head, `Stack trace:`, numbered frames; the exception that escaped comes last.
//!
//! ```text
//! trace := head (message lines)* "Stack trace:" frame+ (BLANK "Next " head … )* ["  thrown in F on line N"]
//! frame := "#" i " " (file "(" N ")" | "[internal function]") ": " call | "#" n " {main}"
//! ```
//!
//! Laravel's log line holds the head, `[stacktrace]` and the frames, and closes with `"}`.

use super::language::Step::{self, Certain, Doubtful};
use super::language::{Head, Language, Otherwise, Place, Proof, no_preface};
use super::line::{before_number, exception_head, is_blank, number};

pub(super) static LANGUAGE: Language = Language { proof, head, preface: no_preface, follow };

fn proof(line: &str) -> Option<Proof> {
    let is_start = matches!(line.as_bytes(), [b'S' | b'[', ..]) && is_start(line);
    is_start.then_some(Proof::Below { place: Place::Stack, otherwise: Otherwise::Nothing })
}

/// The line before the frames.
fn is_start(line: &str) -> bool {
    matches!(line.trim_end(), "Stack trace:" | "[stacktrace]")
}

fn head(line: &str) -> Option<Head> {
    if line.starts_with("Next ") {
        return Some(Head::Part);
    }
    let runtime =
        ["PHP Fatal error:  Uncaught ", "Fatal error: Uncaught ", "Fatal error:  Uncaught "];
    if runtime.iter().any(|start| line.starts_with(start)) {
        return Some(Head::Own);
    }
    if let Some(head) = exception_head(line) {
        return Some(head);
    }
    if ["Uncaught ", "exception '", "[object] ("].iter().any(|text| line.contains(text)) {
        return Some(Head::Within);
    }
    // The place of the throw, at the end of the message.
    let is_end = before_number(line.trim_end()).is_some_and(|before| before.contains(" in "));
    is_end.then_some(Head::Part)
}

fn follow(place: Place, line: &str) -> Step {
    match place {
        Place::Stack | Place::Frame if is_frame(line) => Certain(Place::Frame),
        Place::Stack | Place::End => Step::Foreign,
        _ if is_start(line) => Certain(Place::Stack),
        Place::Head => Doubtful(Place::Head),
        _ if line.starts_with("  thrown in ") => Certain(Place::End),
        _ if is_blank(line) => Doubtful(Place::Frame),
        _ if line.starts_with("Next ") => Certain(Place::Head),
        _ if line.starts_with("[previous exception] [object] (") => Certain(Place::Head),
        _ if line.trim_end() == "\"}" => Certain(Place::End),
        _ => Step::Foreign,
    }
}

/// `#0 /app/mail.php(6): json_decode(…)`, `#1 [internal function]: …`, `#2 {main}`
fn is_frame(line: &str) -> bool {
    let Some(place) = line.strip_prefix('#').and_then(number) else { return false };
    place.starts_with(" {main}")
        || place.starts_with(" [internal function]: ")
        || place.starts_with(' ') && place.contains("): ")
}
