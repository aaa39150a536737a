//! Python: a head, frames with their code, the final line; chains and groups of them.
//!
//! ```text
//! chain := block ( BLANK connection BLANK block )*          the blank lines may be missing
//! block := head (frame [code [markers]])+ final (message lines)* | group
//! ```
//!
//! The indent may consist of no-break spaces, as the Lambda runtime prints it.

use super::language::Step::{self, Certain, Doubtful};
use super::language::{Above, Head, Language, Otherwise, Place, Proof};
use super::line::{indent, is_exception_name, without_colours};
use crate::level::parse_level;

pub(super) static LANGUAGE: Language = Language { proof, head, preface, follow, announces };

const HEAD: &str = "Traceback (most recent call last):";
const GROUP: &str = "+ Exception Group Traceback (most recent call last):";
const CONNECTIONS: [&str; 2] = [
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
];

/// Heads of a stack that no exception was raised with.
const STACKS: [&str; 2] = ["Stack (most recent call last):", "Call stack:"];

fn proof(line: &str) -> Option<Proof> {
    match line.as_bytes() {
        [b'T' | b'D', .., b':'] if CONNECTIONS.contains(&line) => {
            Some(Proof::Below { place: Place::Connection, otherwise: Otherwise::Nothing })
        }
        [.., b'l', b'a', b's', b't', b')', b':'] => {
            let before = |end| line.strip_suffix(end);
            if before(GROUP).is_some_and(|before| before.trim().is_empty()) {
                return Some(Proof::Header { place: Place::Margin, glued: false });
            }
            if line == STACKS[0] {
                return Some(Proof::Header { place: Place::Stack, glued: false });
            }
            let before = before(HEAD)?;
            Some(Proof::Header { place: Place::Head, glued: !before.is_empty() })
        }
        [b'F', ..] if line.starts_with("Fatal Python error: ") => {
            Some(Proof::Header { place: Place::Stack, glued: false })
        }
        [b' ', b' ', b'F', b'i', ..] => {
            // Nothing but a script's head may be coloured.
            let line = without_colours(line);
            let (width, text) = indent(&line);
            let is_script = width == 2 && is_frame(text) && !text.contains(", in ");
            is_script.then_some(Proof::Header { place: Place::Syntax, glued: false })
        }
        _ => None,
    }
}

/// The final line of an exception without frames, above a connection.
fn head(line: &str) -> Option<Head> {
    is_final(line).then_some(Head::Own)
}

/// What announces a traceback that nobody caught, and the quotes around another process's.
fn preface(above: &Above<'_>) -> usize {
    const NEVER: &str = "exception was never retrieved";
    let Some(line) = above(1) else { return 0 };
    let ends = |distance, end: &str| above(distance).is_some_and(|line| line.ends_with(end));
    match line {
        "\"\"\"" | "'''" if ends(2, "RemoteTraceback: ") || ends(2, "RemoteTraceback:") => 2,
        "--- Logging error ---" => 1,
        _ if line.starts_with("future: <") && ends(2, NEVER) => 2,
        _ if line.ends_with(NEVER) => 1,
        _ if line.starts_with("Exception ignored ") => 1,
        _ if line.starts_with("Exception in thread ") && !line.contains('"') => 1,
        _ if line.starts_with("Process ") && line.ends_with(':') => 1,
        _ => 0,
    }
}

/// A quotation mark above the head announces one after the traceback.
fn announces(above: &str, line: &str) -> bool {
    above == line
}

fn follow(place: Place, line: &str) -> Step {
    let (width, text) = indent(line);
    let text = text.trim_end();
    if text.is_empty() {
        // A line of code may be blank.
        if width >= 4 && place == Place::Frame {
            return Certain(place);
        }
        let may_be_blank = matches!(
            place,
            Place::Frame
                | Place::Final
                | Place::Message
                | Place::Closed
                | Place::Connection
                | Place::Stack
                | Place::Margin
                | Place::Syntax
        );
        return if may_be_blank { Doubtful(place) } else { Step::Foreign };
    }
    match place {
        Place::Head | Place::Frame => {
            if width >= 2 && is_frame(text) || width == 2 && is_repeat(text) {
                return Certain(Place::Frame);
            }
            if place == Place::Head {
                return Step::Foreign;
            }
            match width {
                0 if is_final(text) => Certain(Place::Final),
                4.. => Certain(Place::Frame),
                _ => Step::Foreign,
            }
        }
        Place::Margin if width > 0 && text.starts_with(['|', '+']) => Certain(Place::Margin),
        Place::Margin | Place::Final | Place::Message | Place::Closed => {
            if CONNECTIONS.contains(&text) {
                return Certain(Place::Connection);
            }
            match text {
                // A message of several lines has the margin before its first only.
                _ if place == Place::Margin => Doubtful(Place::Margin),
                _ if place == Place::Closed => Step::Foreign,
                "\"\"\"" | "'''" => Step::Announced(Place::Closed),
                _ if STACKS.contains(&text) && place == Place::Final => Certain(Place::Stack),
                _ => Doubtful(Place::Message),
            }
        }
        Place::Connection if text == HEAD => Certain(Place::Head),
        Place::Connection if text == GROUP => Certain(Place::Margin),
        Place::Stack if is_stack(width, text) => Certain(Place::Stack),
        Place::Syntax if width >= 2 => Doubtful(Place::Syntax),
        Place::Syntax => {
            let is_syntax = ["SyntaxError: ", "IndentationError: ", "TabError: "]
                .iter()
                .any(|name| text.starts_with(name));
            if is_syntax { Certain(Place::Final) } else { Step::Foreign }
        }
        _ => Step::Foreign,
    }
}

/// `File "a.py", line 3, in f`, and faulthandler's `File "a.py", line 3 in f`.
fn is_frame(text: &str) -> bool {
    let line = text.strip_prefix("File \"").and_then(|text| text.split_once("\", line "));
    line.is_some_and(|(_, line)| line.starts_with(|c: char| c.is_ascii_digit() || c == '?'))
}

fn is_repeat(text: &str) -> bool {
    text.starts_with("[Previous line repeated ")
}

/// What stands in a stack and after it: frames and their code, faulthandler's threads, and what
/// the logging module says of the call that failed.
fn is_stack(width: usize, text: &str) -> bool {
    const STARTS: &[&str] = &[
        "Current thread 0x",
        "Thread 0x",
        "Python runtime state: ",
        "Extension modules: ",
        "Message: ",
        "Arguments: ",
    ];
    match width {
        0 => STARTS.iter().any(|start| text.starts_with(start)),
        2 => is_frame(text) || is_repeat(text) || text == "<no Python frame>",
        4.. => true,
        _ => false,
    }
}

/// Whether `text` is `Type: msg` or `Type`. After frames any name with a colon is one but for a
/// logger's level; a name by itself must be dotted or look like a class.
fn is_final(text: &str) -> bool {
    let (name, has_message) = match text.split_once(':') {
        Some((name, _)) => (name, true),
        None => (text.trim_end(), false),
    };
    let is_name = name.split('.').all(|part| {
        let part = part.strip_prefix('<').and_then(|part| part.strip_suffix('>')).unwrap_or(part);
        part.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    let is_level = !name.contains(|c: char| c.is_lowercase()) && parse_level(name).is_some();
    let is_class =
        name.contains('.') || is_exception_name(name) || name.starts_with(char::is_uppercase);
    is_name && !is_level && (has_message || is_class)
}
