//! Rules of the operator's own: the shape of a secret that no table can know, written into the
//! configuration.
//!
//! They are checked when they are read, because a rule that does not compile or names no secret
//! would let that secret pass. They are bounded like all others: the `regex` crate takes linear
//! time, and a compiled pattern has a size limit.

use std::fmt;
use std::ops::Range;

use regex_automata::meta::Regex;

use super::checks::Check;
use super::keywords::MIN_LENGTH;
use super::mask::CAPACITY;
use super::names_before::NamesBefore;
use super::pattern::{self, SecretRegex, named_secret_groups};
use super::placeholder::{MARKER_START, is_marker_at, is_placeholder, marker_end_at};
use super::rules;

/// How many rules of their own an operator may have, those for own names included: as many as a
/// detector holds beside the table.
pub(super) const MOST_OWN_RULES: usize = 128;

/// The most bytes of memory that the program of one own pattern may take.
const LARGEST_PATTERN: usize = 1 << 20;
/// The longest id, in bytes.
const LONGEST_ID: usize = 40;

/// What is wrong with something that the operator said, and what to do. Neither text ever repeats
/// a pattern, in which a secret may stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// What is wrong.
    pub fault: String,
    /// What to do.
    pub fix: String,
}

impl Mistake {
    pub(super) fn new(fault: impl Into<String>, fix: impl Into<String>) -> Self {
        Self { fault: fault.into(), fix: fix.into() }
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}; {}", self.fault, self.fix)
    }
}

impl std::error::Error for Mistake {}

/// A compiled rule from the configuration.
#[derive(Debug, Clone)]
pub struct OwnRule {
    id: String,
    title: String,
    pattern: String,
    keywords: Vec<String>,
    regex: SecretRegex,
    checks: &'static [Check],
}

impl OwnRule {
    /// Compiles a rule. The secret is the group `secret` of `pattern`, or the whole match when it
    /// has no group. Without `keywords` the pattern is run on every string; with them, only where
    /// one of them stands, in any ASCII case.
    ///
    /// # Errors
    /// An id that is not kebab-case or is a built-in rule's, a pattern that does not compile, is
    /// too large, matches nothing at all or leaves open which group is the secret, and keywords
    /// that are too short to be found or that JSON would hide.
    pub fn new(
        id: &str,
        pattern: &str,
        keywords: &[String],
        title: Option<&str>,
    ) -> Result<Self, Mistake> {
        check_id(id)?;
        check_keywords(keywords)?;
        let regex = compile(pattern)?;
        let secret_groups = secret_groups(&regex)?;
        Ok(Self {
            id: id.to_owned(),
            title: title.unwrap_or("Rule of the configuration").to_owned(),
            pattern: pattern.to_owned(),
            keywords: keywords.to_vec(),
            regex: SecretRegex::new(regex, secret_groups),
            checks: &[],
        })
    }

    /// The rule with these checks, for one that is made here and not read.
    pub(super) fn with_checks(self, checks: &'static [Check]) -> Self {
        Self { checks, ..self }
    }

    /// The rule under an id that no operator can choose.
    pub(super) fn with_id(self, id: &str) -> Self {
        Self { id: id.to_owned(), ..self }
    }

    /// The kebab-case name.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// What the secret is, for people.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The pattern as it was said.
    #[must_use]
    pub fn pattern(&self) -> &str {
        &self.pattern
    }

    /// The literals of which one must stand in a string for the pattern to be run on it.
    #[must_use]
    pub fn keywords(&self) -> &[String] {
        &self.keywords
    }

    /// How often the pattern matches in `text`: what it costs can be measured so.
    #[must_use]
    pub fn count_matches(&self, text: &str) -> usize {
        self.regex.count_matches(text)
    }

    pub(super) fn regex(&self) -> &SecretRegex {
        &self.regex
    }

    /// The candidate after all checks, if it passes them and is no placeholder.
    pub(super) fn narrow(
        &self,
        text: &str,
        candidate: Range<usize>,
        names: &mut NamesBefore<'_>,
    ) -> Option<Range<usize>> {
        let mut checks = self.checks.iter();
        let mut span = checks.try_fold(candidate, |span, check| check.narrow(text, span, names))?;
        // A pattern that knows nothing of our markers may begin in the first word of one, which
        // the detector takes for the end of the text before it, or end within one.
        let mut before = (0..MARKER_START.len()).filter_map(|back| span.start.checked_sub(back));
        if before.any(|at| is_marker_at(text, at)) {
            return None;
        }
        span.end = marker_end_at(text, span.end).unwrap_or(span.end);
        (!is_placeholder(text.get(span.clone())?)).then_some(span)
    }
}

fn check_id(id: &str) -> Result<(), Mistake> {
    let is_word = |word: &str| {
        !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
    };
    if id.len() > LONGEST_ID || !id.split('-').all(is_word) {
        return Err(Mistake::new(
            "the id is not kebab-case",
            format!(
                "use at most {LONGEST_ID} lower-case letters and digits, with single hyphens, for example `acme-badge`"
            ),
        ));
    }
    if id == super::BY_NAME || rules::all().any(|rule| rule.id == id) {
        return Err(Mistake::new(
            "the id is a built-in rule's",
            "choose another; `nozzle rules` lists the built-in ones",
        ));
    }
    Ok(())
}

fn check_keywords(keywords: &[String]) -> Result<(), Mistake> {
    for (position, keyword) in keywords.iter().enumerate() {
        let keyword_number = format!("keyword {}", position + 1);
        if keyword.len() < MIN_LENGTH {
            return Err(Mistake::new(
                format!("{keyword_number} is shorter than {MIN_LENGTH} bytes"),
                "name a longer literal, or leave `keywords` out",
            ));
        }
        if !keyword.bytes().all(|b| (b' '..0x7f).contains(&b) && b != b'"' && b != b'\\') {
            return Err(Mistake::new(
                format!("{keyword_number} holds what JSON escapes, or no ASCII"),
                "name a literal of ASCII without quote, backslash and control characters",
            ));
        }
    }
    Ok(())
}

/// Compiles an operator's pattern: over bytes, letters and digits being ASCII unless the pattern
/// says `(?u)`.
pub(super) fn compile(pattern: &str) -> Result<Regex, Mistake> {
    let regex = pattern::compile(pattern, LARGEST_PATTERN).map_err(|error| {
        if error.size_limit().is_some() {
            return Mistake::new(
                "the pattern is too large",
                "repeat less often: `{1,10000}` and the like write the pattern out as often",
            );
        }
        let Some(error) = error.syntax_error() else {
            return Mistake::new("the pattern does not compile", "write it in another way");
        };
        let text = error.to_string();
        let (what, place) = syntax_fault(&text);
        Mistake::new(
            format!("the pattern is no regular expression: {what}{place}"),
            "write it in the syntax of Rust's regex crate, within '…' so that TOML leaves backslashes alone",
        )
    })?;
    // An empty match depends on what stands before and after it, and here stands all of that.
    if ["", "a b\n"].iter().any(|text| regex.find_iter(*text).any(|found| found.is_empty())) {
        return Err(Mistake::new(
            "the pattern matches the empty text",
            "let it demand at least one character: `+` instead of `*`",
        ));
    }
    Ok(regex)
}

/// What a syntax error's text says after the pattern, and the place that it points at.
fn syntax_fault(text: &str) -> (&str, String) {
    let what = text.rsplit_once("error: ").map_or("", |(_, what)| what.trim());
    let pointer =
        text.lines().find(|line| line.contains('^') && line.trim_matches([' ', '^']).is_empty());
    let column = pointer.and_then(|line| line.find('^')).and_then(|column| column.checked_sub(3));
    (what, column.map_or_else(String::new, |column| format!(" at character {column}")))
}

fn secret_groups(regex: &Regex) -> Result<Vec<usize>, Mistake> {
    let groups: Vec<usize> = named_secret_groups(regex).collect();
    match (groups.is_empty(), regex.captures_len()) {
        (false, _) => Ok(groups),
        (true, 1) => Ok(vec![0]),
        (true, _) => Err(Mistake::new(
            "the pattern has groups, but none is named `secret`",
            "write (?<secret>…) around the secret and (?:…) around the rest",
        )),
    }
}

/// Whether there may be so many rules and names of the operator's own: at most 128, and no more
/// than a detector holds beside the table.
#[must_use]
pub fn has_room_for(own_rules: usize) -> bool {
    own_rules <= MOST_OWN_RULES && own_rules + rules::all().count() <= CAPACITY
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Detector, RuleMask};

    fn rule(pattern: &str, keywords: &[&str]) -> Result<OwnRule, Mistake> {
        let keywords: Vec<String> = keywords.iter().map(|word| (*word).to_owned()).collect();
        OwnRule::new("acme-badge", pattern, &keywords, None)
    }

    fn redacted(rule: OwnRule, text: &str) -> String {
        let detector = Detector::with_rules(&[rule], std::iter::empty(), &[]);
        let mut findings = Vec::new();
        detector.scan(text, &detector.look_over(text.as_bytes()).rules, &mut findings);
        let mut wide = Vec::new();
        detector.scan(text, &RuleMask::all(), &mut wide);
        assert_eq!(findings, wide);
        let mut text = text.to_owned();
        for finding in findings.into_iter().rev() {
            text.replace_range(finding.span, "[REDACTED:acme-badge]");
        }
        text
    }

    #[test]
    fn the_secret_is_the_group_or_the_whole_match() {
        let cases = [
            (r"BDG-(?<secret>[0-9]{6})", &["bdg-"][..], "x BDG-[REDACTED:acme-badge] y"),
            (r"BDG-[0-9]{6}", &["BDG-"], "x [REDACTED:acme-badge] y"),
            (r"BDG-[0-9]{6}", &[], "x [REDACTED:acme-badge] y"),
            (r"BDG-[0-9]{6}", &["nowhere"], "x BDG-123456 y"),
            (r"(?u)BDG-\d{6}", &[], "x [REDACTED:acme-badge] y"),
        ];
        for (pattern, keywords, expected) in cases {
            let once = redacted(rule(pattern, keywords).unwrap(), "x BDG-123456 y");
            assert_eq!(once, expected, "{pattern}");
            assert_eq!(redacted(rule(pattern, keywords).unwrap(), &once), once, "{pattern}");
        }
    }

    #[test]
    fn a_marker_is_never_cut() {
        let greedy = rule(r"key \[?[A-Z]+", &[]).unwrap();
        assert_eq!(redacted(greedy, "key [REDACTED:jwt] end"), "[REDACTED:acme-badge] end");
        let within = rule("[A-Z]{4,}", &[]).unwrap();
        assert_eq!(redacted(within, "a [REDACTED:jwt] b"), "a [REDACTED:jwt] b");
    }

    #[test]
    fn each_mistake_is_told_without_the_pattern() {
        let long = "Zq7Zq7".repeat(10);
        let large = format!("Zq7(?:(?:{long}){{1,100}}){{1,100}}");
        let cases: [(&str, &[&str], &str); 12] = [
            ("Zq7(", &[], "unclosed group at character 4"),
            ("Zq7[a", &[], "unclosed character class"),
            (r"Zq7\y", &[], "unrecognized escape sequence"),
            ("Zq7(?=x)", &[], "look-around"),
            (r"Zq7\p{L}", &[], "regular expression"),
            (&large, &[], "too large"),
            ("(?:Zq7)*", &[], "matches the empty text"),
            (r"\b", &[], "matches the empty text"),
            ("(Zq7)+", &[], "none is named `secret`"),
            ("(?<zq>Zq7)+", &[], "none is named `secret`"),
            ("Zq7", &["Zq7", "ab"], "keyword 2 is shorter than 3 bytes"),
            ("Zq7", &["Zq7\""], "keyword 1 holds what JSON escapes"),
        ];
        for (pattern, keywords, expected) in cases {
            let mistake = rule(pattern, keywords).unwrap_err().to_string();
            assert!(mistake.contains(expected), "{mistake}");
            assert!(!mistake.contains("Zq7") && !mistake.contains('\n'), "{mistake}");
        }
        for id in ["", "Acme", "a--b", "-a", "a_b", &"a".repeat(41), "jwt", "by-name"] {
            let mistake = OwnRule::new(id, "x", &[], None).unwrap_err();
            assert!(mistake.fault.starts_with("the id is"), "{id}: {mistake}");
        }
    }

    #[test]
    fn the_table_leaves_room_for_own_rules() {
        assert!(has_room_for(MOST_OWN_RULES) && !has_room_for(MOST_OWN_RULES + 1));
    }
}
