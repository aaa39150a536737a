//! JavaScript under Node: a head, frames, properties and causes in braces, and around an error
//! that nobody caught the place where it was thrown.
//!
//! ```text
//! uncaught := path:line / code / caret / BLANK / stack / BLANK "Node.js v…"
//! stack    := head (message lines)* frame+ [" {" properties "}"]
//! frame    := "    at " ["async "] [function " "] "(" place ")" | "    at " place
//! ```

use super::language::Step::{self, Certain, Doubtful, Likely};
use super::language::{Above, Head, Language, Otherwise, Place, Proof, no_announcement};
use super::line::{before_number, exception_head, indent, indented_at, is_blank, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    let (width, text) = indented_at(line)?;
    // An error that stands within an object is printed with the object's margin.
    let is_within = width >= 8 || line.ends_with(" {");
    let place = if is_within { Place::Margin } else { Place::Frame };
    (width >= 2 && is_frame(text))
        .then_some(Proof::Below { place, otherwise: Otherwise::LineAbove })
}

/// Whether `text` is a frame without its indent.
fn is_frame(text: &str) -> bool {
    let Some(call) = text.strip_prefix("at ") else { return false };
    let call = call.trim_end();
    // In an array of errors, a comma follows the last one.
    let call = call.strip_suffix(" {").unwrap_or(call);
    let call = call.strip_suffix(',').unwrap_or(call);
    if let Some((_, place)) = call.strip_suffix(')').and_then(|call| call.rsplit_once(" (")) {
        return is_place(place);
    }
    let place = call.strip_prefix("async ").unwrap_or(call);
    let is_path = place.contains(['/', '\\', '.', '<']) || place.starts_with("node:");
    is_path && is_place(place)
}

fn is_place(place: &str) -> bool {
    let is_known = matches!(place, "<anonymous>" | "native")
        || place.strip_prefix("index ").and_then(number) == Some("");
    is_known || before_number(place).and_then(before_number).is_some_and(|path| !path.is_empty())
}

fn head(line: &str) -> Option<Head> {
    // `console.trace`
    if line == "Trace" || line.starts_with("Trace: ") {
        return Some(Head::Own);
    }
    let text = line.strip_prefix("Uncaught ").unwrap_or(line);
    let head = exception_head(text)?;
    let is_part = line.starts_with([' ', '\t']) || line.starts_with("Caused by: ");
    Some(if is_part { Head::Part } else { head })
}

/// The place of an uncaught error: its path, the line of code, carets below it, a blank line.
fn preface(above: &Above<'_>) -> usize {
    let blank = usize::from(above(1).is_some_and(is_blank));
    let is_caret = above(blank + 1).is_some_and(|line| {
        let carets = indent(line).1.trim_end();
        !carets.is_empty() && carets.bytes().all(|byte| byte == b'^')
    });
    let path = above(blank + 3).and_then(before_number);
    let is_path = path.is_some_and(|path| {
        ["/", "file:", "node:", "internal/", "evalmachine"]
            .iter()
            .any(|start| path.starts_with(start))
            || path.as_bytes().get(1) == Some(&b':')
    });
    if is_caret && is_path { blank + 3 } else { 0 }
}

fn follow(place: Place, line: &str) -> Step {
    let (width, text) = indent(line);
    let opens = text.trim_end().ends_with('{');
    if place == Place::Margin {
        return match (width, text.trim_end()) {
            (_, "") => Doubtful(Place::Margin),
            (0, "}") => Certain(Place::Frame),
            (0, _) => Step::Foreign,
            _ => Certain(Place::Margin),
        };
    }
    if width >= 2 && is_frame(text) {
        return Certain(if opens { Place::Margin } else { Place::Frame });
    }
    let is_hidden = text.strip_prefix("... ").and_then(number);
    if width >= 2 && is_hidden.is_some_and(|rest| rest.starts_with(" lines matching cause stack")) {
        return Certain(if opens { Place::Margin } else { Place::Frame });
    }
    match place {
        Place::Frame if text.is_empty() => Doubtful(Place::Frame),
        Place::Frame if is_version(line) => Certain(Place::End),
        Place::Frame if line.starts_with("(Use `node --trace-") => Certain(Place::Frame),
        Place::Frame if line == "Thrown at:" => Certain(Place::Frame),
        Place::Frame if line.starts_with("Caused by: ") || line.starts_with("caused by: ") => {
            Likely(Place::Head)
        }
        Place::Head => Doubtful(Place::Head),
        _ => Step::Foreign,
    }
}

/// `Node.js v20.11.1`
fn is_version(line: &str) -> bool {
    line.strip_prefix("Node.js v").and_then(number).is_some_and(|rest| rest.starts_with('.'))
}
