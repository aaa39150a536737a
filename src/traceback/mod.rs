//! Finds the traceback in a log text and takes it apart.
//!
//! ```
//! let text = "cannot show page 9\n\
//!     Traceback (most recent call last):\n  \
//!       File \"/app/blog/render.py\", line 31, in page\n    \
//!         raise RenderError(n)\n\
//!     blog.RenderError: page 9\n";
//! let found = nozzle::traceback::find_traceback(text).unwrap();
//! assert_eq!(&text[..found.span.start], "cannot show page 9\n");
//! assert_eq!(found.traceback.culprit().unwrap(), "blog/render.py in page");
//! assert_eq!(found.traceback.types().collect::<Vec<_>>(), ["blog.RenderError"]);
//! ```
//!
//! A language is one file and one row in [`LANGUAGES`]. Its parser reads the text line by line and
//! never goes back further than it has gone forward, so that hostile text costs what its size
//! costs. In doubt it claims nothing: a traceback is a head and a frame, or two frames.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::json::write_string;

mod behind;
mod causes;
mod cpp;
mod dart;
mod description;
mod dotnet;
mod elixir;
mod fingerprint;
mod frames;
mod generated;
mod go;
mod heads;
mod in_app;
mod java;
mod javascript;
mod jvm_json;
mod lines;
mod literals;
mod marks;
mod message;
mod model;
mod normalise;
mod one_line;
mod perl;
mod php;
mod place;
mod powertools;
mod python;
mod reader;
mod ruby;
mod rust;
mod stage;
mod structlog;
mod told_twice;

pub use model::{
    Exception, Frame, MAX_CODE_BYTES, MAX_EXCEPTIONS, MAX_MESSAGE_BYTES, MAX_NAME_BYTES, Relation,
    Traceback,
};
pub use stage::structure_traceback;

/// A language whose tracebacks are known.
#[derive(Debug)]
pub struct Language {
    /// Lower-case name, as in the document.
    pub name: &'static str,
    /// Literal texts of which each traceback of the language holds at least one, in a text that
    /// may not be normalised yet.
    pub hints: &'static [&'static str],
    /// Finds the first traceback of the language in a normalised text.
    pub parse: fn(&str) -> Option<Found<'_>>,
}

/// A traceback and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found<'a> {
    /// The traceback.
    pub traceback: Traceback<'a>,
    /// The bytes of the text that are the traceback. What stands before them is the log's own
    /// message; the newline after the last line is not included.
    pub span: Range<usize>,
}

/// The table of languages.
pub static LANGUAGES: &[&Language] = &[
    &python::LANGUAGE,
    &java::LANGUAGE,
    &dotnet::LANGUAGE,
    &javascript::LANGUAGE,
    &go::LANGUAGE,
    &ruby::LANGUAGE,
    &php::LANGUAGE,
    &perl::LANGUAGE,
    &cpp::LANGUAGE,
    &rust::LANGUAGE,
    &elixir::LANGUAGE,
    &dart::LANGUAGE,
];

/// All hints of all languages, for one scan.
static PREFILTER: LazyLock<Option<Prefilter>> = LazyLock::new(Prefilter::new);

struct Prefilter {
    hints: AhoCorasick,
    /// The language of each hint.
    languages: Vec<&'static Language>,
}

impl Prefilter {
    /// None if the hints were too many for an automaton, which a test rules out.
    fn new() -> Option<Self> {
        let rows: Vec<(&str, &'static Language)> = LANGUAGES
            .iter()
            .flat_map(|&language| language.hints.iter().map(move |&hint| (hint, language)))
            .collect();
        let hints = AhoCorasick::new(rows.iter().map(|(hint, _)| hint)).ok()?;
        let languages = rows.into_iter().map(|(_, language)| language).collect();
        Some(Self { hints, languages })
    }

    /// The languages of which `text` may hold a traceback, in no order and without repetition.
    fn candidates(&self, text: &str) -> Vec<&'static Language> {
        // The search for a single match is the fast one. Most texts hold none.
        let Some(first) = self.hints.find(text) else {
            return Vec::new();
        };
        let mut candidates: Vec<&'static Language> = Vec::new();
        let rest = text.get(first.start()..).unwrap_or_default();
        for hint in self.hints.find_overlapping_iter(rest) {
            let Some(&language) = self.languages.get(hint.pattern().as_usize()) else {
                continue;
            };
            if !candidates.iter().any(|known| known.name == language.name) {
                candidates.push(language);
                if candidates.len() == LANGUAGES.len() {
                    break;
                }
            }
        }
        candidates
    }
}

/// Words of which at least one stands in any text, be it JSON and be that in a string of JSON again,
/// that holds a traceback. Only escapes in the place of letters can hide them.
#[must_use]
pub fn signs() -> Vec<String> {
    /// A log stands in a message, which stands in a record.
    const DEEPEST_JSON: usize = 2;
    let mut signs: Vec<String> = Vec::new();
    for hint in LANGUAGES.iter().flat_map(|language| language.hints) {
        let mut sign = (*hint).to_owned();
        for _ in 0..=DEEPEST_JSON {
            signs.push(sign.clone());
            let mut quoted = Vec::new();
            write_string(&sign, &mut quoted);
            let content = quoted.get(1..quoted.len() - 1).unwrap_or_default();
            sign = String::from_utf8_lossy(content).into_owned();
        }
    }
    signs.sort_unstable();
    signs.dedup();
    // One that holds another stands nowhere without it.
    let is_needed =
        |sign: &&String| !signs.iter().any(|other| other != *sign && sign.contains(other.as_str()));
    signs.iter().filter(is_needed).cloned().collect()
}

/// Finds the first traceback in `text`.
///
/// The traceback borrows from `text` unless this had to be normalised first (`\r`, colours,
/// no-break indents, escaped newlines); the span is that of the original in either case. A text
/// without the hints of any language costs one scan.
#[must_use]
pub fn find_traceback(text: &str) -> Option<Found<'_>> {
    let candidates = PREFILTER.as_ref()?.candidates(text);
    if candidates.is_empty() {
        return None;
    }
    match normalise::normalise(text) {
        Cow::Borrowed(text) => parse(&candidates, text),
        Cow::Owned(normal) => {
            let found = parse(&candidates, &normal)?;
            let start = normalise::original_offset(text, found.span.start);
            let end = normalise::original_offset(text, found.span.end);
            // `exc="Traceback…\nKeyError: 1" user=7`: what follows the closing mark is not ours, and
            // may have hidden what is.
            if normalise::is_escaped(text)
                && let Some(close) = normalise::quoted_end(text, start)
                && let Some(found) = find_in_string(&candidates, text, start..close)
            {
                return Some(found);
            }
            Some(Found { traceback: found.traceback.into_owned(), span: start..end })
        }
    }
}

/// Finds the traceback that fills `string`, the content of a quoted string of the escaped `text`.
fn find_in_string<'a>(
    candidates: &[&Language],
    text: &'a str,
    string: Range<usize>,
) -> Option<Found<'a>> {
    let content = text.get(string.clone())?;
    let normal = normalise::normalise(content);
    let found = parse(candidates, &normal)?;
    let start = string.start + normalise::original_offset(content, found.span.start);
    let end = string.start + normalise::original_offset(content, found.span.end);
    Some(Found { traceback: found.traceback.into_owned(), span: start..end })
}

/// The first traceback of any of the `candidates` in the normalised `text`.
fn parse<'a>(candidates: &[&Language], text: &'a str) -> Option<Found<'a>> {
    let mut first: Option<Found<'a>> = None;
    for language in candidates {
        // Nothing stands before the beginning.
        if first.as_ref().is_some_and(|first| first.span.start == 0) {
            break;
        }
        if let Some(found) = (language.parse)(text)
            && first.as_ref().is_none_or(|first| found.span.start < first.span.start)
        {
            first = Some(found);
        }
    }
    first
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn table_of_languages() {
        assert!(PREFILTER.is_some());
        let mut names = BTreeSet::new();
        for language in LANGUAGES {
            assert!(names.insert(language.name), "{} stands there twice", language.name);
            assert!(language.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'+'));
            assert!(!language.hints.is_empty(), "{} has no hints", language.name);
            for hint in language.hints {
                assert!(hint.len() >= 4, "{hint:?} is in too many texts");
            }
        }
    }
}
