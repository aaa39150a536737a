//! Java, Kotlin and Scala: a head, its frames, and causes after them.
//!
//! ```text
//! trace := ['Exception in thread "NAME" '] head frame* (more | suppressed | cause)*
//! frame := WS "at " class "." method "(" File.java[:N] | Native Method | Unknown Source ")" […]
//! ```

use super::language::Step::{self, Certain, Doubtful, Likely};
use super::language::{Head, Language, Otherwise, Place, Proof, no_announcement, no_preface};
use super::line::{exception_head, indent, indented_at, name, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface: no_preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    let is_frame = indented_at(line).is_some_and(|(_, text)| is_frame(text));
    is_frame.then_some(Proof::Below { place: Place::Frame, otherwise: Otherwise::LineAbove })
}

/// Whether `text` is a frame without its indent. .NET's and Node's have blanks where these have
/// none.
pub(super) fn is_frame(text: &str) -> bool {
    let Some((method, place)) = text.strip_prefix("at ").and_then(|call| call.split_once('('))
    else {
        return false;
    };
    let Some((place, after)) = place.split_once(')') else { return false };
    let is_method = method.contains('.') && !method.contains(char::is_whitespace);
    let is_place = matches!(place, "Native Method" | "<generated>") || {
        let (file, line) = place.split_once(':').unwrap_or((place, "0"));
        let is_unnamed = matches!(file, "Unknown Source" | "SourceFile");
        let is_file = file.contains('.') && !file.contains([' ', ',']);
        (is_unnamed || is_file) && number(line) == Some("")
    };
    is_method && is_place && (after.is_empty() || after.starts_with([' ', '[', '~']))
}

/// The heads of further exceptions.
const CAUSES: &[&str] = &["Caused by: ", "Wrapped by: ", "Suppressed: "];

/// The exception after `Caused by: ` and its like.
fn cause(text: &str) -> Option<&str> {
    CAUSES.iter().find_map(|start| text.strip_prefix(start))
}

fn head(line: &str) -> Option<Head> {
    if line.starts_with("Exception in thread \"") {
        return Some(Head::Own);
    }
    if cause(indent(line).1).is_some() {
        return Some(Head::Part);
    }
    // `nested exception is:` puts it on a line of its own.
    if line.starts_with([' ', '\t']) {
        return exception_head(line).map(|_| Head::Part);
    }
    if is_qualified(line) { Some(Head::Own) } else { exception_head(line) }
}

/// Whether a class with its package stands at the front, and its message or nothing after it.
pub(super) fn is_qualified(text: &str) -> bool {
    let (name, after) = name(text, &['.']);
    let class = name.rsplit_once('.').filter(|(package, _)| !package.is_empty());
    class.is_some_and(|(_, class)| class.starts_with(|c: char| c.is_uppercase() || c == '$'))
        && (after.is_empty() || after.starts_with(':'))
}

fn follow(place: Place, line: &str) -> Step {
    let (width, text) = indent(line);
    if width > 0 && is_frame(text) {
        return Certain(Place::Frame);
    }
    if let Some(exception) = cause(text) {
        let is_exception = exception.starts_with('[')
            || is_qualified(exception)
            || exception_head(exception) == Some(Head::Own);
        return if is_exception { Certain(Place::Head) } else { Likely(Place::Head) };
    }
    if width > 0 && (is_elision(text) || text.starts_with("[CIRCULAR REFERENCE")) {
        return Certain(Place::Frame);
    }
    if place == Place::Head { Doubtful(place) } else { Step::Foreign }
}

/// `... 3 more`, Logback's `... 3 common frames omitted`, `excluded` or `truncated`, log4j2's
/// `... suppressed 27 lines`.
fn is_elision(text: &str) -> bool {
    const WHATS: &[&str] = &[" more", " common frames", " frames ", " lines"];
    let count =
        text.strip_prefix("... ").map(|rest| rest.strip_prefix("suppressed ").unwrap_or(rest));
    count.and_then(number).is_some_and(|rest| WHATS.iter().any(|what| rest.starts_with(what)))
}
