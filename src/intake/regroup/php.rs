//! PHP: a head, `Stack trace:`, numbered frames; the exception that escaped comes last.
//!
//! ```text
//! trace := head (message lines)* "Stack trace:" frame+ (BLANK "Next " head … )* ["  thrown in F on line N"]
//! frame := "#" i " " (file "(" N ")" | "[internal function]") ": " call | "#" n " {main}"
//! ```
//!
//! Laravel's log line holds the head, `[stacktrace]` and the frames, and closes with `"}`.

use super::language::Step::{self, Certain, Doubtful, Likely};
use super::language::{Head, Language, Otherwise, Place, Proof, no_announcement, no_preface};
use super::line::{before_number, exception_head, is_blank, name, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface: no_preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    let is_start = matches!(line.as_bytes(), [b'S' | b'[', ..]) && is_start(line);
    is_start.then_some(Proof::Below { place: Place::Stack, otherwise: Otherwise::Nothing })
}

/// The line before the frames.
fn is_start(line: &str) -> bool {
    matches!(line.trim_end(), "Stack trace:" | "[stacktrace]")
}

fn head(line: &str) -> Option<Head> {
    if is_next(line) {
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
    ends_with_place(line).then_some(Head::Part)
}

/// Whether the place of a throw ends the line: ` in /app/mail.php:6`.
fn ends_with_place(line: &str) -> bool {
    let place = before_number(line.trim_end()).and_then(|before| before.rsplit_once(" in "));
    place.is_some_and(|(_, file)| file.contains(['/', '\\', '.']))
}

/// Whether `line` is the head of a further exception: `Next Mail\BoxException: box in is damaged`,
/// without a message `Next BoxException in /app/mail.php:9`.
fn is_next(line: &str) -> bool {
    let Some(exception) = line.strip_prefix("Next ") else { return false };
    let (class, after) = name(exception, &['\\', '@']);
    let is_class = class.contains('\\') || class.starts_with(char::is_uppercase);
    is_class && (after.starts_with(": ") || after.starts_with(" in ") && ends_with_place(line))
}

fn follow(place: Place, line: &str) -> Step {
    match place {
        Place::Stack | Place::Frame if is_frame(line) => Certain(Place::Frame),
        Place::Stack | Place::End => Step::Foreign,
        _ if is_start(line) => Certain(Place::Stack),
        Place::Head => Doubtful(Place::Head),
        _ if line.starts_with("  thrown in ") => Certain(Place::End),
        _ if is_blank(line) => Doubtful(Place::Frame),
        // `Stack trace:` follows in any case.
        _ if is_next(line) => Likely(Place::Head),
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
