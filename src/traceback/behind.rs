//! Finds a traceback each of whose lines stands behind the same prefix: a container's name, a time.

use super::Found;
use super::lines::{Lines, without_prefix};

/// Bytes that a prefix may have.
const MAX_PREFIX_BYTES: usize = 256;

/// Takes the prefix of the first line that has one, according to `prefix_of`, off all lines that
/// begin with it, and has `find` look for a traceback in what is left.
pub(super) fn find_behind(
    text: &str,
    prefix_of: fn(&str) -> Option<&str>,
    find: fn(&str) -> Option<Found<'_>>,
) -> Option<Found<'static>> {
    let prefix = Lines::new(text)
        .find_map(|line| prefix_of(line.text))
        .filter(|prefix| prefix.len() <= MAX_PREFIX_BYTES)?;
    let mut bare = String::with_capacity(text.len());
    for line in Lines::new(text) {
        bare.push_str(without_prefix(line.text, prefix).unwrap_or(line.text));
        bare.push('\n');
    }
    let found = find(&bare)?;
    let start = original(text, prefix, found.span.start);
    let end = original(text, prefix, found.span.end);
    Some(Found { traceback: found.traceback.into_owned(), span: start..end })
}

/// What `look` finds, which tells the prefix that it saw before a frame as well; if it finds nothing,
/// what it finds behind that.
pub(super) fn find_or_behind<'a>(
    look: impl Fn(&'a str) -> (Option<Found<'a>>, Option<&'a str>),
) -> Option<Found<'a>> {
    match look("") {
        (None, Some(prefix)) => look(prefix).0,
        (found, _) => found,
    }
}

/// The offset in `text` of what stands at `offset` once `prefix` is taken off its lines.
fn original(text: &str, prefix: &str, offset: usize) -> usize {
    let mut bare = 0;
    for line in Lines::new(text) {
        let content = without_prefix(line.text, prefix).unwrap_or(line.text);
        if offset <= bare + content.len() {
            let first = offset == bare;
            // A line that is the traceback's from its beginning takes its prefix with it.
            return if first { line.start } else { line.end() - (bare + content.len() - offset) };
        }
        bare += content.len() + 1;
    }
    text.len()
}
