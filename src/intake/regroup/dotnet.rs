//! .NET and Mono: a head, the heads of inner exceptions, and the frames of all of them.
//!
//! ```text
//! trace := ["Unhandled exception. "] Type: msg (" ---> " Type: msg)* frame+ (end-of-inner frame*)*
//! frame := "   at " Namespace.Type.Method "(" arguments ")" [" in " file ":line " N]
//! ```

use super::java;
use super::language::Step::{self, Certain, Doubtful};
use super::language::{Above, Head, Language, Otherwise, Place, Proof, no_announcement};
use super::line::{exception_head, indent, indented_at};
use crate::level::leading_level;

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface, follow, announces: no_announcement };

/// How many lines of text Microsoft's console logger may have between its line with the level and
/// the exception.
const MOST_CONSOLE_LINES: usize = 4;

/// The indent of all lines but the first that Microsoft's console logger writes.
const CONSOLE_INDENT: &str = "      ";

fn proof(line: &str) -> Option<Proof> {
    let is_frame = indented_at(line).is_some_and(|(width, text)| width >= 2 && is_frame(text));
    is_frame.then_some(Proof::Below { place: Place::Frame, otherwise: Otherwise::Nothing })
}

/// Whether `text` is a frame without its indent: `at T.M(A a)`, with ` in file:line N` after it,
/// or Mono's `at T.M (A a) [0x00001] in file:N`.
fn is_frame(text: &str) -> bool {
    let Some((method, rest)) = text.strip_prefix("at ").and_then(|call| call.split_once('('))
    else {
        return false;
    };
    let Some((_, after)) = rest.rsplit_once(')') else { return false };
    // An inner exception of an aggregate ends with an arrow.
    let after = after.trim_end();
    let after = after.strip_suffix(" <---").unwrap_or(after);
    if let Some(method) = method.strip_suffix(' ') {
        return is_method(method) && (after.starts_with(" [0x") || after.starts_with(" <0x"));
    }
    let is_end = after.is_empty() || after.starts_with(" in ") || after.starts_with(" [0x");
    is_method(method) && is_end && !java::is_frame(text)
}

fn is_method(name: &str) -> bool {
    let is_wrapper = name.starts_with("(wrapper ");
    is_wrapper || name.contains('.') && !name.contains(char::is_whitespace)
}

fn head(line: &str) -> Option<Head> {
    let text = indent(line).1;
    if text.starts_with("---> ") {
        return Some(Head::Part);
    }
    let text = ["Unhandled exception. ", "Unhandled Exception: "]
        .iter()
        .find_map(|start| text.strip_prefix(start))
        .unwrap_or(text);
    if java::is_qualified(text) { Some(Head::Own) } else { exception_head(text) }
}

/// Mono's announcement, or the lines of Microsoft's console logger above the exception.
fn preface(above: &Above<'_>) -> usize {
    if above(1).is_some_and(|line| line.trim_end() == "Unhandled Exception:") {
        return 1;
    }
    for distance in 1..=MOST_CONSOLE_LINES + 1 {
        let Some(line) = above(distance) else { break };
        if !line.starts_with(CONSOLE_INDENT) {
            let is_first = line.trim_end().ends_with(']') && leading_level(line).is_some();
            return if is_first { distance } else { 0 };
        }
    }
    0
}

fn follow(place: Place, line: &str) -> Step {
    let (width, text) = indent(line);
    if width >= 2 && is_frame(text) {
        return Certain(Place::Frame);
    }
    if width > 0 && text.starts_with("---> ") || line.starts_with("---> (Inner Exception #") {
        return Certain(Place::Head);
    }
    if text.starts_with("--- End of ") && text.trim_end().ends_with(" ---") {
        return Certain(Place::Frame);
    }
    match place {
        Place::Frame if text.is_empty() => Doubtful(Place::Frame),
        Place::Head => Doubtful(Place::Head),
        _ => Step::Foreign,
    }
}
