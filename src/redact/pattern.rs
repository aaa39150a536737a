//! The pattern of a rule, read and compiled.
//!
//! A built-in pattern is compiled when the first text needs it, so that compiling is the largest
//! part of what a first event costs more than a second. It is made cheap by what is left out: no
//! literals are drawn from the pattern, since the prefilter has found one of its keywords already,
//! and no automaton is built before a text asks for its states. What is looked for is bytes, not
//! characters, which makes a pattern an order of magnitude smaller.

use std::ops::Range;
use std::sync::{Arc, LazyLock};

use regex_automata::meta::{self, BuildError};
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input, PatternID};
use regex_syntax::hir::{Capture, Hir, HirKind, Literal, Repetition};

use super::locator::LazyLocator;
use super::text_names::{PLAIN_NAME, PROSE_NAME, written_out};

/// With this begins the name of each group that is a secret.
pub(super) const SECRET_GROUP: &str = "secret";
/// The group whose secrets are the values of cookies: `sid=8f3a; theme=dark`.
const COOKIES_GROUP: &str = "secret_cookies";
/// The most bytes of memory that an automaton takes for the states which texts have asked for.
const LARGEST_CACHE: usize = 2 << 20;

/// A rule's pattern, and which of its groups are secrets.
#[derive(Debug, Clone)]
pub(super) struct SecretRegex {
    regex: meta::Regex,
    secret_groups: Vec<usize>,
    /// The group that holds cookies, of which each value is a secret.
    cookies_group: Option<usize>,
    /// Tells the secret of a match at a lower price than groups do.
    locator: Option<Arc<LazyLocator>>,
}

/// What a match says is the secret.
pub(super) struct Candidate {
    pub(super) span: Range<usize>,
    /// Whether it holds cookies, of which each value is a secret.
    pub(super) is_cookies: bool,
}

impl SecretRegex {
    /// Compiles the pattern of a row of the table, in which placeholders may stand for names.
    pub(super) fn of_row(pattern: &'static str) -> Option<Self> {
        let hir = with_names(pattern)?;
        let config = meta::Config::new().auto_prefilter(false).onepass(false).dfa(false);
        let mut builder = meta::Builder::new();
        let regex = builder.configure(base_config()).configure(config).build_from_hir(&hir).ok()?;
        let names = regex.group_info().pattern_names(PatternID::ZERO);
        let cookies_group = names.into_iter().position(|name| name == Some(COOKIES_GROUP));
        let secret_groups = named_secret_groups(&regex).collect();
        let locator = Some(Arc::new(LazyLocator::new(pattern)));
        Some(Self { regex, secret_groups, cookies_group, locator })
    }

    /// A compiled pattern of which these groups are secrets.
    pub(super) fn new(regex: meta::Regex, secret_groups: Vec<usize>) -> Self {
        Self { regex, secret_groups, cookies_group: None, locator: None }
    }

    /// The first match that begins at or after `from`. Nothing is allocated for it.
    pub(super) fn find_at(&self, text: &str, from: usize) -> Option<Range<usize>> {
        self.regex.search(&Input::new(text).range(from..)).map(|found| found.range())
    }

    /// What the match `found` says is the secret: the first secret group that took part.
    pub(super) fn candidate(&self, text: &str, found: Range<usize>) -> Option<Candidate> {
        let locator = self.locator.as_ref();
        let located = locator.and_then(|locator| locator.locate(text, found.start, found.end));
        let (group, span) = match located {
            Some((group, start, end)) => (group, start..end),
            None => self.captured(text, found)?,
        };
        Some(Candidate { span, is_cookies: self.cookies_group == Some(group) })
    }

    /// The first secret group that took part in the match `found`, and what it holds.
    pub(super) fn captured(
        &self,
        text: &str,
        found: Range<usize>,
    ) -> Option<(usize, Range<usize>)> {
        let mut captures = self.regex.create_captures();
        let input = Input::new(text).range(found).anchored(Anchored::Yes);
        self.regex.search_captures(&input, &mut captures);
        self.secret_groups
            .iter()
            .find_map(|group| Some((*group, captures.get_group(*group)?.range())))
    }

    /// How often the pattern matches.
    pub(super) fn count_matches(&self, text: &str) -> usize {
        self.regex.find_iter(text).count()
    }
}

/// Compiles a pattern over bytes whose program takes at most `size_limit` bytes of memory.
pub(super) fn compile(pattern: &str, size_limit: usize) -> Result<meta::Regex, Box<BuildError>> {
    meta::Builder::new()
        .syntax(syntax_config())
        .configure(base_config().nfa_size_limit(Some(size_limit)))
        .build(pattern)
        .map_err(Box::new)
}

/// The groups that are secrets: those whose name begins with `secret`.
pub(super) fn named_secret_groups(regex: &meta::Regex) -> impl Iterator<Item = usize> {
    regex
        .group_info()
        .pattern_names(PatternID::ZERO)
        .enumerate()
        .filter(|(_, name)| name.is_some_and(|name| name.starts_with(SECRET_GROUP)))
        .map(|(group, _)| group)
}

/// How all patterns are read: as bytes, in which letters and digits are ASCII.
fn syntax_config() -> syntax::Config {
    syntax::Config::new().unicode(false).utf8(false)
}

pub(super) fn base_config() -> meta::Config {
    meta::Config::new().utf8_empty(false).hybrid_cache_capacity(LARGEST_CACHE)
}

/// The names that [`PLAIN_NAME`] and [`PROSE_NAME`] stand for.
static NAMES: LazyLock<Option<[Hir; 2]>> = LazyLock::new(|| {
    let names = written_out().map(|names| read(&format!("(?i){names}")));
    let [Some(plain), Some(prose)] = names else { return None };
    Some([plain, prose])
});

/// The pattern of a row, read, with its names put in.
///
/// The names are by far the largest part of a pattern that has any, and the same in all of them. So
/// they are read once, and patterns are read with a stand-in: a byte that is in no pattern, twice,
/// because a repetition is left alone when a pattern is read.
pub(super) fn with_names(pattern: &str) -> Option<Hir> {
    if !has_names(pattern) {
        return read(pattern);
    }
    let pattern = pattern
        .replace(PLAIN_NAME, &stand_in(PLAIN_STAND_IN))
        .replace(PROSE_NAME, &stand_in(PROSE_STAND_IN));
    Some(put_names(read(&pattern)?, NAMES.as_ref()?))
}

const PLAIN_STAND_IN: u8 = 0xff;
const PROSE_STAND_IN: u8 = 0xfe;

fn stand_in(byte: u8) -> String {
    format!(r"(?:\x{byte:02x}{{2}})")
}

/// The same with the names instead of their stand-ins.
fn put_names(hir: Hir, names: &[Hir; 2]) -> Hir {
    let [plain, prose] = names;
    let put_in_all = |parts: Vec<Hir>| parts.into_iter().map(|part| put_names(part, names));
    match hir.into_kind() {
        HirKind::Repetition(repetition) => match repetition.sub.kind() {
            HirKind::Literal(Literal(bytes)) if **bytes == [PLAIN_STAND_IN] => plain.clone(),
            HirKind::Literal(Literal(bytes)) if **bytes == [PROSE_STAND_IN] => prose.clone(),
            _ => Hir::repetition(Repetition {
                sub: Box::new(put_names(*repetition.sub, names)),
                ..repetition
            }),
        },
        HirKind::Capture(capture) => {
            Hir::capture(Capture { sub: Box::new(put_names(*capture.sub, names)), ..capture })
        }
        HirKind::Concat(parts) => Hir::concat(put_in_all(parts).collect()),
        HirKind::Alternation(parts) => Hir::alternation(put_in_all(parts).collect()),
        HirKind::Empty => Hir::empty(),
        HirKind::Literal(Literal(bytes)) => Hir::literal(bytes),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Look(look) => Hir::look(look),
    }
}

fn read(pattern: &str) -> Option<Hir> {
    syntax::parse_with(pattern, &syntax_config()).ok()
}

fn has_names(pattern: &str) -> bool {
    pattern.contains(PLAIN_NAME) || pattern.contains(PROSE_NAME)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::rules;

    /// The pattern with its names written out.
    fn expanded(pattern: &str) -> String {
        let [plain, prose] = written_out();
        pattern.replace(PLAIN_NAME, &plain).replace(PROSE_NAME, &prose)
    }

    #[test]
    fn names_are_put_in_as_if_they_were_written_out() {
        let with_names_in: Vec<_> = rules::all().filter(|rule| has_names(rule.pattern)).collect();
        assert!(with_names_in.len() > 5);
        for rule in with_names_in {
            assert_eq!(with_names(rule.pattern), read(&expanded(rule.pattern)), "{}", rule.id);
        }
    }
}
