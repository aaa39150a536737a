//! Elixir: a head, what led to it deeper within, and frames deeper than their heads.
//!
//! ```text
//! trace := "** (" Type ") " msg (message lines)* [trace, 4 deeper] (frame, 4 deeper)*
//! frame := ["(" app " " version ") "] file [":" N] ": " call
//! ```
//!
//! A process that ends so says before it which one it is, and after it its last message and state.

use super::language::Step::{self, Announced, Certain, Doubtful};
use super::language::{Above, Head, Language, Otherwise, Place, Proof};
use super::line::{indent, is_blank, number};

pub(super) static LANGUAGE: Language = Language { proof, head, preface, follow, announces };

/// What a process says of itself after its traceback.
const REPORT: &[&str] = &["Last message: ", "Last message (from #PID<", "State: ", "Function: "];

fn proof(line: &str) -> Option<Proof> {
    let is_frame = line.starts_with("    ") && is_frame(line);
    is_frame.then_some(Proof::Below { place: Place::Frame, otherwise: Otherwise::Nothing })
}

/// `(mail 0.1.0) lib/mail.ex:9: Mail.send/1`, with or without the application and the line.
fn is_frame(line: &str) -> bool {
    let (width, text) = indent(line);
    if width < 4 || width % 4 > 0 {
        return false;
    }
    let text = match text.strip_prefix('(').and_then(|text| text.split_once(") ")) {
        Some((application, rest)) if application.starts_with(|c: char| c.is_ascii_lowercase()) => {
            rest
        }
        _ => text,
    };
    let Some((place, call)) = text.split_once(": ") else { return false };
    let file = match place.rsplit_once(':') {
        Some((file, line)) if number(line) == Some("") => file,
        _ => place,
    };
    let is_file = [".ex", ".exs", ".erl", ".eex", ".heex"].iter().any(|end| file.ends_with(end));
    is_file && !file.contains(['(', '"']) && is_call(call)
}

/// `Mail.send/1`, `:lists.foreach/2`, `anonymous fn/1 in Mail.all/1`, `(file)`
fn is_call(text: &str) -> bool {
    let text = text.trim_end();
    let is_named = text.starts_with(|c: char| c.is_ascii_uppercase() || c == ':')
        || text.starts_with("anonymous fn/");
    let has_arity = text.rsplit_once('/').is_some_and(|(_, arity)| number(arity) == Some(""));
    matches!(text, "(file)" | "(module)") || is_named && (has_arity || text.ends_with(')'))
}

fn head(line: &str) -> Option<Head> {
    let (before, rest) = line.split_once("** (")?;
    let (name, after) = rest.split_once(')')?;
    let is_kind = matches!(name, "exit" | "throw" | "stop" | "EXIT");
    let is_type = is_kind || name.starts_with("EXIT from #PID<") || is_alias(name);
    if !is_type || !(after.is_empty() || after.starts_with(' ')) {
        return None;
    }
    Some(match before {
        "" => Head::Own,
        _ if before.trim().is_empty() => Head::Part,
        _ => Head::Within,
    })
}

/// `Mail.BoxError`
fn is_alias(name: &str) -> bool {
    name.split('.').all(|part| {
        part.starts_with(|c: char| c.is_ascii_uppercase())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    })
}

/// The line that says which process failed.
fn preface(above: &Above<'_>) -> usize {
    usize::from(above(1).is_some_and(names_process))
}

fn names_process(line: &str) -> bool {
    let line = line.trim_end();
    let is_end = line.ends_with(" terminating") || line.ends_with(" raised an exception");
    is_end && ["GenServer ", "Task #PID<", "Process #PID<"].iter().any(|it| line.contains(it))
}

/// What a process says after its traceback is its own only if it said before which one it is.
fn announces(above: &str, _: &str) -> bool {
    names_process(above)
}

fn follow(place: Place, line: &str) -> Step {
    if is_frame(line) {
        return match place {
            Place::End => Step::Foreign,
            Place::Stack => Certain(Place::Stack),
            _ => Certain(Place::Frame),
        };
    }
    match place {
        Place::Frame | Place::End if REPORT.iter().any(|start| line.starts_with(start)) => {
            Announced(Place::End)
        }
        Place::End if line.starts_with("    Args: [") => Announced(Place::End),
        // Where the process that called it is follows.
        Place::End if line.starts_with("Client #PID<") => Announced(Place::Stack),
        Place::Stack if is_blank(line) => Doubtful(Place::Stack),
        Place::Head if head(line) == Some(Head::Part) => Certain(Place::Head),
        Place::Head => Doubtful(Place::Head),
        _ => Step::Foreign,
    }
}
