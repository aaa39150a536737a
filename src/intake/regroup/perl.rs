//! Perl: a message that ends with its place, and the calls that led there.
//!
//! ```text
//! trace := message " at " F " line " N "." call+
//! call  := TAB (P::f "(" arguments ")" | "eval {...}" | "eval '" TEXT "'") " called at " F " line " N
//! ```
//!
//! The place stands on a line of its own, below the message, if the message ends with a newline.

use super::language::Step::{self, Certain, Doubtful};
use super::language::{Above, Head, Language, Otherwise, Place, Proof, no_announcement};
use super::line::{name, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    match line.as_bytes() {
        [b'\t', ..] if is_call(line) => {
            Some(Proof::Below { place: Place::Frame, otherwise: Otherwise::Nothing })
        }
        [b' ', b'a', b't', b' ', ..] if is_place_alone(line) => {
            Some(Proof::Header { place: Place::Head, glued: false })
        }
        _ => None,
    }
}

/// A tab, a function, and the place from which it was called.
fn is_call(line: &str) -> bool {
    let Some((call, place)) = line.strip_prefix('\t').and_then(|l| l.rsplit_once(" called at "))
    else {
        return false;
    };
    let (function, after) = name(call, &[':']);
    let is_function = function.contains("::") && matches!(after.as_bytes(), [] | [b'(' | b' ', ..]);
    let is_block = call == "eval {...}" || call.starts_with("eval '") || function == "require";
    (is_function || is_block) && is_place(place)
}

/// `/app/mail.pl line 15`, in a thread with its number.
fn is_place(place: &str) -> bool {
    place.rsplit_once(" line ").is_some_and(|(file, line)| {
        let rest = number(line);
        // Prose has a comma there.
        let is_file = !file.is_empty() && !file.ends_with(',');
        is_file && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" thread "))
    })
}

/// The place by itself: ` at /app/mail.pl line 8.`
fn is_place_alone(line: &str) -> bool {
    line.strip_prefix(" at ").is_some_and(is_end_place)
}

/// `/app/mail.pl line 8.`, perhaps with what was read last: `…, <STDIN> line 3.`
fn is_end_place(text: &str) -> bool {
    let Some(text) = text.trim_end().strip_suffix('.') else { return false };
    is_place(text.split_once(", <").map_or(text, |(before, _)| before))
}

fn head(line: &str) -> Option<Head> {
    // A message by itself is no evidence that two programs write at once: most have no calls.
    let (_, place) = line.rsplit_once(" at ")?;
    (!is_place_alone(line) && is_end_place(place)).then_some(Head::Within)
}

/// The last line of the message stands above its place.
fn preface(above: &Above<'_>) -> usize {
    usize::from(above(1).is_some())
}

fn follow(place: Place, line: &str) -> Step {
    if is_call(line) {
        return Certain(Place::Frame);
    }
    match place {
        Place::Frame if line.starts_with("\teval '") => Doubtful(Place::Message),
        Place::Message if ends_eval(line) => Certain(Place::Frame),
        Place::Message => Doubtful(Place::Message),
        _ => Step::Foreign,
    }
}

/// The last line of the text of an `eval`.
fn ends_eval(line: &str) -> bool {
    line.rsplit_once("' called at ").is_some_and(|(_, place)| is_place(place))
}
