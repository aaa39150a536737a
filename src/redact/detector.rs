//! The detector: compiled rules, and the two passes that apply them.
//!
//! [`Detector::candidates`] looks at a whole payload once and tells which rules have any chance in
//! it; for most payloads the answer is none, and nothing else runs. [`Detector::scan`] looks at
//! one decoded string: anchors again, then the regular expressions of the rules whose anchor
//! stands in it, then checks.
//!
//! Regular expressions are compiled on first use, since a cold start would otherwise pay for all
//! of them and a process may live and die without using most. They see bytes, not characters
//! (`unicode(false)`), which makes them an order of magnitude smaller.
//!
//! Time is linear in the text, whatever it holds. One search is linear by the `regex` crate's
//! construction. Successive searches go forward from the last match; only a rejected candidate of
//! at most [`RETRY_WITHIN`] bytes is searched again from within.

use std::ops::Range;
use std::sync::OnceLock;

use regex::bytes::{Captures, Regex, RegexBuilder};

use super::finding::{Finding, RuleId, resolve_overlaps};
use super::mask::{CAPACITY, RuleMask};
use super::own_rule::OwnRule;
use super::placeholder::{is_marker_at, is_placeholder, marker_end_at};
use super::prefilter::{Need, Prefilter};
use super::rules::{self, Rule, RuleSet};
use super::text_names;

/// Scans after which a text whose secrets were replaced each time holds no more. Two are enough for
/// what logs hold; more are for hostile texts.
pub(super) const MOST_SCANS: usize = 6;

/// A rejected candidate of up to this many bytes may hold the beginning of a true one.
const RETRY_WITHIN: usize = 256;

/// The rules of some sets, ready to be applied. Shared between threads, never changed.
#[derive(Debug)]
pub struct Detector {
    rules: Vec<CompiledRule>,
    prefilter: Prefilter,
}

#[derive(Debug)]
enum CompiledRule {
    /// A row of the table, compiled on first use.
    BuiltIn { rule: &'static Rule, regex: OnceLock<Option<SecretRegex>> },
    /// A rule of the configuration, compiled when it was checked.
    Own(OwnRule),
}

/// A rule's pattern, and which of its groups are secrets.
#[derive(Debug, Clone)]
pub(super) struct SecretRegex {
    pub(super) regex: Regex,
    pub(super) secret_groups: Vec<usize>,
    /// The group that holds cookies, of which each value is a secret.
    pub(super) cookies_group: Option<usize>,
}

/// The group whose secrets are the values of cookies: `sid=8f3a; theme=dark`.
const COOKIES_GROUP: &str = "secret_cookies";

/// What a `Set-Cookie` header says about the cookie, in lower case.
const COOKIE_ATTRIBUTES: [&str; 6] =
    ["path", "domain", "expires", "max-age", "samesite", "priority"];

impl Detector {
    /// A detector with the rules of these sets.
    #[must_use]
    pub fn new(sets: &[RuleSet]) -> Self {
        Self::with_rules(&[], rules::all().filter(|rule| sets.contains(&rule.set)))
    }

    /// A detector with these rules, from the most specific to the most general: the operator's own
    /// know best. Rules beyond the capacity of a [`RuleMask`] (768) are an error of the table, which
    /// its tests exclude, or of the configuration, which is checked.
    pub(super) fn with_rules(own: &[OwnRule], rules: impl Iterator<Item = &'static Rule>) -> Self {
        let own = own.iter().cloned().map(CompiledRule::Own);
        let rules: Vec<_> = own.chain(rules.map(CompiledRule::built_in)).take(CAPACITY).collect();
        let prefilter = Prefilter::new(rules.iter().map(CompiledRule::need));
        Self { rules, prefilter }
    }

    /// The rules that could find anything in any string of this payload, raw JSON or text.
    ///
    /// It may name too many rules, and names too few in one case only: JSON in which a letter is
    /// written as an escape (`\u0070assword`) or a slash as `\/`. Whoever sees a `\u` or `\/` in
    /// the payload passes [`RuleMask::all`] to [`scan`](Self::scan) instead.
    #[must_use]
    pub fn candidates(&self, haystack: &[u8]) -> RuleMask {
        self.prefilter.of_payload(haystack)
    }

    /// Finds the secrets of one decoded string, with the rules in `mask` only.
    ///
    /// `findings` is cleared, and then holds what was found, sorted and without overlaps. Nothing
    /// is allocated when nothing is found.
    ///
    /// A marker in a secret's place can show what the secret hid, such as the beginning of a name.
    /// So whoever replaces the findings scans what he has written, until nothing is found.
    pub fn scan<'d>(&'d self, text: &str, mask: &RuleMask, findings: &mut Vec<Finding<'d>>) {
        findings.clear();
        for rank in self.prefilter.of_text(text, mask).ranks() {
            self.apply(rank, text, findings);
        }
        if !findings.is_empty() {
            resolve_overlaps(findings);
        }
    }

    /// The ids of the rules of this detector, in the order of their ranks.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.rules.iter().map(CompiledRule::id)
    }

    /// Appends what one rule finds.
    fn apply<'d>(&'d self, rank: usize, text: &str, findings: &mut Vec<Finding<'d>>) {
        let Some(compiled) = self.rules.get(rank) else {
            return;
        };
        let Some(secret_regex) = compiled.regex() else {
            return;
        };
        let rule_id = RuleId::new(u16::try_from(rank).unwrap_or(u16::MAX), compiled.id());
        let mut from = 0;
        // `find_at` allocates nothing, `captures_at` does: ask it only about a match.
        while let Some(found) = secret_regex.regex.find_at(text.as_bytes(), from) {
            let captures = secret_regex.regex.captures_at(text.as_bytes(), found.start());
            let candidate = captures.and_then(|captures| secret_regex.secret(&captures));
            from = found.end().max(from + 1);
            let Some((group, candidate)) = candidate else { continue };
            let candidate = to_char_boundaries(text, candidate);
            let secret = compiled
                .narrow(text, candidate.clone())
                .filter(|span| !span.is_empty() && !is_replaced(text, found.start(), span.start));
            if let Some(span) = secret {
                // Whatever stands right of the secret may be the next one's beginning.
                from = span.end.max(found.start() + 1);
                if secret_regex.cookies_group == Some(group) {
                    let values = cookie_values(text, span);
                    findings.extend(values.map(|span| Finding { rule: rule_id, span }));
                } else {
                    findings.push(Finding { rule: rule_id, span });
                }
            } else if candidate.len() <= RETRY_WITHIN {
                from = candidate.start.max(found.start() + 1);
            }
            if from > text.len() {
                return;
            }
        }
    }
}

impl CompiledRule {
    fn built_in(rule: &'static Rule) -> Self {
        Self::BuiltIn { rule, regex: OnceLock::new() }
    }

    fn id(&self) -> &str {
        match self {
            Self::BuiltIn { rule, .. } => rule.id,
            Self::Own(rule) => rule.id(),
        }
    }

    fn need(&self) -> Need<'_> {
        match self {
            Self::BuiltIn { rule, .. } => Need::Anchor(rule.anchor),
            Self::Own(rule) if rule.keywords().is_empty() => Need::Nothing,
            Self::Own(rule) => Need::Keywords(rule.keywords()),
        }
    }

    /// The compiled pattern. A built-in pattern always compiles, which a test of the table proves.
    fn regex(&self) -> Option<&SecretRegex> {
        match self {
            Self::BuiltIn { rule, regex } => {
                regex.get_or_init(|| compile(rule.pattern).ok()).as_ref()
            }
            Self::Own(rule) => Some(rule.regex()),
        }
    }

    /// The candidate after all checks, if it passes them and is no placeholder.
    fn narrow(&self, text: &str, candidate: Range<usize>) -> Option<Range<usize>> {
        match self {
            Self::BuiltIn { rule, .. } => rule.narrow(text, candidate),
            Self::Own(rule) => rule.narrow(text, candidate),
        }
    }
}

impl SecretRegex {
    /// The secret group that took part in the match, and its span.
    fn secret(&self, captures: &Captures<'_>) -> Option<(usize, Range<usize>)> {
        self.secret_groups
            .iter()
            .find_map(|group| captures.get(*group).map(|found| (*group, found.range())))
    }
}

/// Whether what a match at `found` would replace has been replaced already: it begins within a
/// marker, whose rule id may hold a keyword, or its secret begins with, within or after one.
fn is_replaced(text: &str, found: usize, secret_start: usize) -> bool {
    if is_marker_at(text, secret_start) {
        return true;
    }
    match marker_end_at(text, found) {
        Some(end) => end > found,
        None => marker_end_at(text, secret_start).is_some(),
    }
}

/// The values of the cookies at `cookies`, `name=value` pairs, without those of attributes. A
/// value has no white space in it; what stands behind one is not the cookie's.
fn cookie_values(text: &str, cookies: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let list = text.get(cookies.clone()).unwrap_or_default();
    let base = list.as_ptr().addr();
    list.split(';').flat_map(|cookies| cookies.split(", ")).filter_map(move |pair| {
        let (name, value) = pair.split_once('=')?;
        let value = value.split_ascii_whitespace().next()?;
        let is_attribute =
            COOKIE_ATTRIBUTES.iter().any(|known| name.trim().eq_ignore_ascii_case(known));
        let start = cookies.start + (value.as_ptr().addr() - base);
        // One letter is a switch.
        (!is_attribute && value.len() > 1 && !is_placeholder(value))
            .then(|| start..start + value.len())
    })
}

impl Rule {
    /// The candidate after all checks, if it passes them and is no placeholder.
    fn narrow(&self, text: &str, candidate: Range<usize>) -> Option<Range<usize>> {
        let span = self
            .checks
            .iter()
            .try_fold(candidate, |candidate, check| check.narrow(text, candidate))?;
        (!is_placeholder(text.get(span.clone())?)).then_some(span)
    }
}

/// Compiles a rule's pattern. Its secret groups are those whose name begins with `secret`.
fn compile(pattern: &str) -> Result<SecretRegex, regex::Error> {
    let regex = RegexBuilder::new(&text_names::expand(pattern)).unicode(false).build()?;
    let secret_groups = regex
        .capture_names()
        .enumerate()
        .filter(|(_, name)| name.is_some_and(|name| name.starts_with("secret")))
        .map(|(group, _)| group)
        .collect();
    let cookies_group = regex.capture_names().position(|name| name == Some(COOKIES_GROUP));
    Ok(SecretRegex { regex, secret_groups, cookies_group })
}

/// Widens a span of bytes to whole characters.
fn to_char_boundaries(text: &str, span: Range<usize>) -> Range<usize> {
    text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Mode, Replacement, is_redaction};
    use proptest::prelude::*;
    use std::sync::LazyLock;
    use std::time::{Duration, Instant};

    static DETECTOR: LazyLock<Detector> = LazyLock::new(|| Detector::new(&RuleSet::ALL));

    static DEFAULT: LazyLock<Detector> = LazyLock::new(|| Detector::new(&RuleSet::DEFAULT));

    fn redact(mode: Mode, text: &str) -> String {
        redact_with(&DETECTOR, mode, text)
    }

    /// The text with what one scan finds replaced.
    fn redact_with(detector: &Detector, mode: Mode, text: &str) -> String {
        let replacement = Replacement::new(mode, Some(b"0123456789abcdef")).unwrap();
        let mut findings = Vec::new();
        detector.scan(text, &RuleMask::all(), &mut findings);
        let (mut out, mut from) = (String::new(), 0);
        for Finding { rule, span } in findings {
            out.push_str(text.get(from..span.start).unwrap());
            replacement.write(rule.id(), text.get(span.clone()).unwrap(), &mut out);
            from = span.end;
        }
        out.push_str(text.get(from..).unwrap());
        out
    }

    /// The text in which no scan finds anything more.
    fn redact_wholly(detector: &Detector, mode: Mode, text: &str) -> String {
        let mut redacted = redact_with(detector, mode, text);
        for _ in 0..MOST_SCANS {
            redacted = redact_with(detector, mode, &redacted);
        }
        redacted
    }

    #[test]
    fn sentences_of_the_design() {
        for (text, expected) in [
            ("postgres://app:s3cr3t@db/orders", "postgres://app:[REDACTED:url-password]@db/orders"),
            ("password=hunter2, retrying", "password=[REDACTED:assigned-secret], retrying"),
            ("token: ghp_16C7e42F292c6912E7710c838347Ae178B4a", "token: [REDACTED:github-token]"),
            ("[REDACTED:github-token]=abc", "[REDACTED:github-token]=abc"),
            ("password=[REDACTED:jwt]", "password=[REDACTED:jwt]"),
            ("[REDACTED]password=hunter2", "[REDACTED]password=[REDACTED:assigned-secret]"),
        ] {
            assert_eq!(redact(Mode::Label, text), expected);
        }
    }

    #[test]
    fn findings_are_cleared_on_entry() {
        let mut findings = Vec::new();
        DETECTOR.scan("password=hunter2", &RuleMask::all(), &mut findings);
        assert_eq!(findings.len(), 1);
        DETECTOR.scan("nothing here", &RuleMask::all(), &mut findings);
        assert!(findings.is_empty());
    }

    #[test]
    fn a_plain_payload_has_no_candidate() {
        let detector = &*DEFAULT;
        let line = br#"{"timestamp":"2020-05-11T14:44:44.123Z","level":"info","message":"served"}"#;
        assert!(detector.candidates(line).is_empty());
        assert!(!detector.candidates(br#"{"PassWord":1}"#).is_empty());
    }

    #[test]
    fn a_rejected_candidate_does_not_hide_the_next() {
        let text = "token: expired password=hunter2; password: required, token=a1b2c3";
        let redacted = redact(Mode::Label, text);
        assert!(!redacted.contains("hunter2") && !redacted.contains("a1b2c3"), "{redacted}");
        assert!(redacted.contains("expired") && redacted.contains("required"), "{redacted}");
    }

    /// Four times the text may take not much more than four times as long. The bound is generous,
    /// because the machine may be busy; quadratic time would be a factor of sixteen.
    #[test]
    fn hostile_text_takes_linear_time() {
        let mut findings = Vec::new();
        let mut slow = Vec::new();
        for seed in [
            "password=",
            "password= ",
            "password:",
            "password\\\"",
            "token=expired ",
            "eyJ",
            "eyJa.",
            "a.eyJ",
            "-----BEGIN ",
            "-----BEGIN PRIVATE KEY-----",
            "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN",
            "@",
            "a@",
            "a://b:c@",
            "://",
            "a://b:",
            "4",
            "4111 ",
            "4111-1111-",
            "GB82 ",
            "GB82WEST",
            "1:",
            "1.",
            "::",
            "Cookie: a=",
            "authorization: ",
            "curl -u ",
            "mysql -p",
            "?key=",
            "&code=a",
            "sk-",
            "xoxb-",
            "[REDACTED",
            "[REDACTED:x]",
            "[REDACTED password=hunter2 ",
            "[REDACTED]password=",
            "[REDACTED]-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN",
            "<password>",
            "pin=",
            "pin\": ",
            "%3A%2F%2F",
            "a%3A%2F%2Fb%3A",
            "postgres://a:b@/",
            "password=[REDACTED:x]",
            "\\",
            "\"",
            "+1 (",
            "key:",
            "\\\"",
            "name=\"password\" ",
            "{\"name\":\"token\",",
            "Cookie: a=b; ",
            "Cookie: a=b;",
            "set password \"",
            "set_",
            "%22password%22%3A",
            "<password a",
            "<a>",
            "auth=('a',",
            "identified by ",
            "password for ",
            "user x pass ",
            "password [",
            "token \u{e9}",
            "secret a1B2c3d4e5f6 ",
            "curl -b ",
            "a:b@tcp(",
            "https:\\/\\/a:",
        ] {
            let mut time = |length: usize| {
                let text = seed.repeat(length / seed.len());
                let start = Instant::now();
                DETECTOR.scan(&text, &RuleMask::all(), &mut findings);
                start.elapsed()
            };
            time(1 << 12);
            let (small, large) = (time(1 << 18), time(1 << 20));
            if large > small * 9 + Duration::from_millis(150) {
                slow.push(format!("{seed:?}: {small:?}, then {large:?}"));
            }
        }
        assert!(slow.is_empty(), "{slow:#?}");
    }

    /// Pieces of which secrets, markers and their surroundings are made.
    const PIECES: &[&str] = &[
        "password",
        "token",
        "pin",
        "auth",
        "pass",
        "%3D",
        "%3A%2F%2F",
        "%3A",
        "%40",
        "<password>",
        "</password>",
        "\t",
        "basic",
        "correct",
        "[0]",
        "12345",
        "DB_",
        "api_key",
        "secret",
        "=",
        ": ",
        ":",
        "=>",
        " ",
        "\"",
        "'",
        "\\\"",
        ",",
        ";",
        "&",
        "?",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "hunter2",
        "expired",
        "a1b2c3d4e5f6",
        "\n",
        "é",
        "postgres://",
        "app",
        "@",
        "db",
        "/",
        "Authorization",
        "Bearer ",
        "Basic dXNlcjpwYXNz",
        "Cookie",
        "sid=",
        "eyJhbGciOiJub25lIn0.eyJhZG1pbiI6dHJ1ZX0.",
        "ghp_16C7e42F292c6912E7710c838347Ae178B4a",
        "AKIAIOSFODNN7EXAMPLE",
        "-----BEGIN PRIVATE KEY-----",
        "\nMIIEvQIBADANBg\n",
        "-----END PRIVATE KEY-----",
        "4111 1111 1111 1111",
        "123-45-6789",
        "GB82WEST12345698765432",
        "[REDACTED]",
        "[REDACTED:jwt]",
        "[REDACTED:url-password]",
        "***",
        "curl -u ",
        "--password ",
        "-p",
        "bob@example.com",
        "10.0.0.1",
        "+44 20 7946 0958",
        "00:1a:2b:3c:4d:5e",
        "arn:aws:",
        ".",
        "-",
        "_",
    ];

    fn texts() -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(PIECES), 0..14)
            .prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn redaction_is_idempotent(text in texts()) {
            for detector in [&*DETECTOR, &*DEFAULT] {
                let once = redact_wholly(detector, Mode::Label, &text);
                prop_assert_eq!(redact_with(detector, Mode::Label, &once), once);
            }
        }

        #[test]
        fn spans_are_sorted_apart_and_on_characters(text in texts()) {
            let mut findings = Vec::new();
            DETECTOR.scan(&text, &RuleMask::all(), &mut findings);
            let mut from = 0;
            for Finding { span, .. } in findings {
                prop_assert!(from <= span.start && span.start < span.end);
                prop_assert!(!is_redaction(text.get(span.clone()).unwrap()));
                from = span.end;
            }
        }

        #[test]
        fn any_text_is_survived(text in any::<String>()) {
            let once = redact_wholly(&DEFAULT, Mode::Hash, &text);
            prop_assert_eq!(redact_with(&DEFAULT, Mode::Hash, &once), once);
        }

        #[test]
        fn candidates_of_a_payload_suffice_for_its_strings(text in texts()) {
            let payload = format!("{} {text} {}", "x".repeat(30), "y".repeat(30));
            let (mut narrow, mut wide) = (Vec::new(), Vec::new());
            DETECTOR.scan(&text, &DETECTOR.candidates(payload.as_bytes()), &mut narrow);
            DETECTOR.scan(&text, &RuleMask::all(), &mut wide);
            prop_assert_eq!(narrow, wide);
        }
    }
}
