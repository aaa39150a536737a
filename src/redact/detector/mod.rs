//! The detector: compiled rules, and the two passes that apply them.
//!
//! [`Detector::look_over`] looks at a whole payload once and tells which rules have any chance in
//! it; for most payloads the answer is none, and nothing else runs. [`Detector::scan`] looks at
//! one decoded string: anchors again, then the regular expressions of the rules whose anchor
//! stands in it, then checks.
//!
//! Regular expressions are compiled on first use, since a cold start would otherwise pay for all
//! of them and a process may live and die without using most.
//!
//! Time is linear in the text, whatever it holds. One search is linear by the `regex` crate's
//! construction. Successive searches go forward from the last match; only a rejected candidate of
//! at most [`RETRY_WITHIN`] bytes is searched again from within.

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::OnceLock;

use crate::redact::finding::{Finding, RuleId, resolve_overlaps};
use crate::redact::mask::{CAPACITY, RuleMask};
use crate::redact::names_before::NamesBefore;
use crate::redact::own_rule::OwnRule;
use crate::redact::pattern::SecretRegex;
use crate::redact::placeholder::{is_marker_at, is_placeholder, marker_end_at};
use crate::redact::prefilter::{Need, Prefilter};
use crate::redact::redactor::Outlook;
use crate::redact::rules::{self, Rule, RuleSet};

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

/// What a `Set-Cookie` header says about the cookie, in lower case.
const COOKIE_ATTRIBUTES: [&str; 6] =
    ["path", "domain", "expires", "max-age", "samesite", "priority"];

impl Detector {
    /// A detector with the rules of these sets.
    #[must_use]
    pub fn new(sets: &[RuleSet]) -> Self {
        Self::with_rules(&[], rules::all().filter(|rule| sets.contains(&rule.set)), &[])
    }

    /// A detector with these rules, from the most specific to the most general: the operator's own
    /// know best. Rules beyond the capacity of a [`RuleMask`] (768) are an error of the table, which
    /// its tests exclude, or of the configuration, which is checked. `signs` are words that are
    /// looked for as well.
    pub(super) fn with_rules(
        own: &[OwnRule],
        rules: impl Iterator<Item = &'static Rule>,
        signs: &[String],
    ) -> Self {
        let own = own.iter().cloned().map(CompiledRule::Own);
        let rules: Vec<_> = own.chain(rules.map(CompiledRule::built_in)).take(CAPACITY).collect();
        let prefilter = Prefilter::new(rules.iter().map(CompiledRule::need), signs);
        Self { rules, prefilter }
    }

    /// The rules that could find anything in any string of this payload, raw JSON or text, and
    /// whether a sign may stand in it.
    ///
    /// It may name too many rules, and names too few in one case only: JSON in which a letter is
    /// written as an escape (`\u0070assword`) or a slash as `\/`. Whoever sees a `\u` or `\/` in
    /// the payload passes [`RuleMask::all`] to [`scan`](Self::scan) instead.
    #[must_use]
    pub fn look_over(&self, payload: &[u8]) -> Outlook {
        self.prefilter.of_payload(payload)
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
        if !compiled.has_chance_in(text) {
            return;
        }
        let Some(secret_regex) = compiled.regex() else {
            return;
        };
        let rule_id = RuleId::new(u16::try_from(rank).unwrap_or(u16::MAX), compiled.id());
        let mut names = NamesBefore::new(text);
        let mut from = 0;
        while let Some(found) = secret_regex.find_at(text, from) {
            from = found.end.max(from + 1);
            let Some(candidate) = secret_regex.candidate(text, found.clone()) else { continue };
            let is_cookies = candidate.is_cookies;
            let candidate = to_char_boundaries(text, candidate.span);
            // A marker is told before the checks, which ask for far more.
            let secret = (!is_marker_at(text, candidate.start))
                .then(|| compiled.narrow(text, candidate.clone(), &mut names))
                .flatten()
                .filter(|span| !span.is_empty() && !is_replaced(text, found.start, span.start));
            if let Some(span) = secret {
                // Whatever stands right of the secret may be the next one's beginning.
                from = span.end.max(found.start + 1);
                if is_cookies {
                    let values = cookie_values(text, span);
                    findings.extend(values.map(|span| Finding { rule: rule_id, span }));
                } else {
                    findings.push(Finding { rule: rule_id, span });
                }
            } else if candidate.len() <= RETRY_WITHIN {
                from = candidate.start.max(found.start + 1);
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

    /// Whether the rule may find anything in the text, so that its pattern has to be compiled.
    fn has_chance_in(&self, text: &str) -> bool {
        match self {
            Self::BuiltIn { rule, .. } => rule.has_chance_in(text),
            Self::Own(_) => true,
        }
    }

    /// The compiled pattern. A built-in pattern always compiles, which a test of the table proves.
    fn regex(&self) -> Option<&SecretRegex> {
        match self {
            Self::BuiltIn { rule, regex } => {
                regex.get_or_init(|| SecretRegex::of_row(rule.pattern)).as_ref()
            }
            Self::Own(rule) => Some(rule.regex()),
        }
    }

    /// The candidate after all checks, if it passes them and is no placeholder.
    fn narrow(
        &self,
        text: &str,
        candidate: Range<usize>,
        names: &mut NamesBefore<'_>,
    ) -> Option<Range<usize>> {
        match self {
            Self::BuiltIn { rule, .. } => rule.narrow(text, candidate, names),
            Self::Own(rule) => rule.narrow(text, candidate, names),
        }
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
    /// Whether some candidate in the text may pass the checks; asked before the pattern is run.
    pub(super) fn has_chance_in(&self, text: &str) -> bool {
        self.checks.iter().all(|check| check.has_chance_in(text))
    }

    /// The candidate after all checks, if it passes them and is no placeholder.
    pub(super) fn narrow(
        &self,
        text: &str,
        candidate: Range<usize>,
        names: &mut NamesBefore<'_>,
    ) -> Option<Range<usize>> {
        let span = self
            .checks
            .iter()
            .try_fold(candidate, |candidate, check| check.narrow(text, candidate, names))?;
        (!is_placeholder(text.get(span.clone())?)).then_some(span)
    }
}

/// Widens a span of bytes to whole characters.
fn to_char_boundaries(text: &str, span: Range<usize>) -> Range<usize> {
    text.floor_char_boundary(span.start)..text.ceil_char_boundary(span.end)
}
