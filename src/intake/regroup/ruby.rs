//! Ruby: a head with the first frame, and the frames below it.
//!
//! ```text
//! trace := file:N:in 'label': msg (Type) (message lines)* (TAB "from " file:N:in 'label')*
//! ```
//!
//! Rails and the Logger print `msg (Type)` or `Type (msg):` and bare frames.

use super::language::Step::{self, Certain, Doubtful};
use super::language::{Above, Head, Language, Otherwise, Place, Proof, no_announcement};
use super::line::{indent, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    let is_frame = match line.as_bytes() {
        [b'\t', b'f', ..] => is_from(line),
        [.., b'\''] => is_place(line.trim_start()),
        _ => false,
    };
    is_frame.then_some(Proof::Below { place: Place::Frame, otherwise: Otherwise::Nothing })
}

/// A tab, `from file:N:in 'label'`, or the same without a label.
fn is_from(line: &str) -> bool {
    line.strip_prefix("\tfrom ").is_some_and(|place| {
        is_place(place)
            || place
                .rsplit_once(':')
                .is_some_and(|(file, line)| !file.is_empty() && number(line) == Some(""))
    })
}

/// `file:N:in 'label'` with nothing after it.
fn is_place(text: &str) -> bool {
    after_place(text).is_some_and(|after| after.trim_end().is_empty())
}

/// What follows the first `file:N:in 'label'`; before 3.4 the label begins with a backquote.
fn after_place(text: &str) -> Option<&str> {
    let (file, label) = text.split_once(":in ")?;
    let (path, line) = file.rsplit_once(':')?;
    let is_file = !path.is_empty() && number(line) == Some("");
    let (_, after) = label.strip_prefix(['`', '\''])?.split_once('\'')?;
    is_file.then_some(after)
}

fn head(line: &str) -> Option<Head> {
    if after_place(line).is_some_and(|after| after.starts_with(": ")) {
        return Some(Head::Own);
    }
    let line = line.trim_end();
    let rails = line.strip_suffix("):").and_then(|line| line.split_once(" ("));
    if rails.is_some_and(|(name, _)| is_constant(name.rsplit(' ').next().unwrap_or(name))) {
        return Some(Head::Within);
    }
    let logger = line.strip_suffix(')').and_then(|line| line.rsplit_once(" ("));
    logger.is_some_and(|(_, name)| is_constant(name)).then_some(Head::Within)
}

/// `Mail::SendError`
fn is_constant(name: &str) -> bool {
    name.split("::").all(|part| {
        part.starts_with(|c: char| c.is_uppercase())
            && part.chars().all(|c| c.is_alphanumeric() || c == '_')
    })
}

fn preface(above: &Above<'_>) -> usize {
    let is_thread = above(1).is_some_and(|line| {
        line.starts_with("#<Thread:") && line.contains(" terminated with exception")
    });
    usize::from(is_thread)
}

fn follow(place: Place, line: &str) -> Step {
    if is_from(line) || is_place(line.trim_start()) {
        return Certain(Place::Frame);
    }
    let hidden = line.strip_prefix("\t ... ").and_then(number);
    if hidden.is_some_and(|rest| rest.starts_with(" levels...")) {
        return Certain(Place::Frame);
    }
    match head(line) {
        Some(Head::Own) => Certain(Place::Head),
        _ if place == Place::Head => Doubtful(Place::Head),
        _ if indent(line).1.is_empty() => Doubtful(Place::Frame),
        _ => Step::Foreign,
    }
}
