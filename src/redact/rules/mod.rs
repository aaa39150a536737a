//! The table of rules: what each secret looks like, with examples and near-misses beside it.
//!
//! To add a rule, add a row to the file of its vendor's family. To add a family, add a file and
//! its line to `FAMILIES`. The tests below check every row.

#[macro_use]
mod patterns;

mod accounts;
mod ai;
mod ai_tools;
mod alerts;
mod aws;
mod azure;
mod cards;
mod ci;
mod cloud;
mod cloud_east;
mod code;
mod commands;
mod commerce;
mod data;
mod generic;
mod github;
mod gitlab;
mod google;
mod headers;
mod hosting;
mod identity;
mod keys;
mod mail;
mod messaging;
mod observability;
mod packages;
mod payments;
mod saas;
mod slack;
mod social;
mod statements;
mod stripe;
mod url;
mod vaults;

#[cfg(test)]
mod promises;

use std::fmt;
use std::str::FromStr;

pub use super::anchor::Anchor;
pub use super::checks::Check;

/// One kind of secret.
#[derive(Debug)]
pub struct Rule {
    /// The unique kebab-case name that stands in markers, counters and the configuration.
    pub id: &'static str,
    /// What the secret is, for people.
    pub title: &'static str,
    /// The set with which the rule is switched on.
    pub set: RuleSet,
    /// The cheap condition tested first.
    pub anchor: Anchor,
    /// The regular expression, over bytes. The secret is the group `secret`; where alternatives
    /// need several, their names begin with `secret`, and the first that took part counts.
    pub pattern: &'static str,
    /// Conditions on the group, each applied to what the one before has left.
    pub checks: &'static [Check],
    /// Texts in which the rule fires, with each secret between `«` and `»`.
    pub examples: &'static [&'static str],
    /// Texts in which no rule of this rule's set fires.
    pub near_misses: &'static [&'static str],
}

/// Rules that are switched on and off together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleSet {
    /// Credentials of every kind.
    Secrets,
    /// Payment cards.
    Cards,
    /// United States social security numbers.
    Ssn,
    /// International bank account numbers.
    Iban,
    /// E-mail addresses.
    Email,
    /// IPv4 and IPv6 addresses.
    Ip,
    /// Telephone numbers.
    Phone,
    /// MAC addresses.
    Mac,
}

impl RuleSet {
    /// Every set.
    pub const ALL: [Self; 8] = [
        Self::Secrets,
        Self::Cards,
        Self::Ssn,
        Self::Iban,
        Self::Email,
        Self::Ip,
        Self::Phone,
        Self::Mac,
    ];

    /// The sets that are on unless the configuration says otherwise.
    pub const DEFAULT: [Self; 4] = [Self::Secrets, Self::Cards, Self::Ssn, Self::Iban];

    /// The name in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Secrets => "secrets",
            Self::Cards => "cards",
            Self::Ssn => "ssn",
            Self::Iban => "iban",
            Self::Email => "email",
            Self::Ip => "ip",
            Self::Phone => "phone",
            Self::Mac => "mac",
        }
    }
}

impl fmt::Display for RuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A name that is no rule set's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownRuleSet;

impl fmt::Display for UnknownRuleSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = RuleSet::ALL.map(RuleSet::name).join(", ");
        write!(f, "unknown rule set; the sets are {names}")
    }
}

impl std::error::Error for UnknownRuleSet {}

impl FromStr for RuleSet {
    type Err = UnknownRuleSet;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Self::ALL.into_iter().find(|set| set.name() == name).ok_or(UnknownRuleSet)
    }
}

/// The families, from the most specific to the most general: where two rules claim one secret, the
/// earlier one names it.
const FAMILIES: &[&[Rule]] = &[
    aws::RULES,
    azure::RULES,
    google::RULES,
    cloud::RULES,
    cloud_east::RULES,
    hosting::RULES,
    github::RULES,
    gitlab::RULES,
    ci::RULES,
    code::RULES,
    packages::RULES,
    vaults::RULES,
    observability::RULES,
    alerts::RULES,
    slack::RULES,
    messaging::RULES,
    mail::RULES,
    stripe::RULES,
    payments::RULES,
    commerce::RULES,
    ai_tools::RULES,
    ai::RULES,
    data::RULES,
    saas::RULES,
    accounts::RULES,
    social::RULES,
    keys::RULES,
    cards::RULES,
    identity::RULES,
    url::RULES,
    headers::RULES,
    commands::RULES,
    statements::RULES,
    generic::RULES,
];

/// Every rule, from the most specific to the most general.
pub fn all() -> impl Iterator<Item = &'static Rule> {
    FAMILIES.iter().copied().flatten()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::redact::mask::CAPACITY;
    use crate::redact::pattern::{SecretRegex, with_names};
    use crate::redact::{Detector, RuleMask, is_placeholder};
    use std::collections::HashSet;
    use std::ops::Range;
    use std::sync::LazyLock;

    static DEFAULT: LazyLock<Detector> = LazyLock::new(|| Detector::new(&RuleSet::DEFAULT));

    /// The example without its marks, and the secrets' spans.
    pub(in crate::redact) fn unmark(example: &str) -> (String, Vec<Range<usize>>) {
        let (mut text, mut spans, mut rest) = (String::new(), Vec::new(), example);
        while let Some((before, after)) = rest.split_once('«') {
            let (secret, after) = after.split_once('»').expect("a mark is closed");
            text.push_str(before);
            spans.push(text.len()..text.len() + secret.len());
            text.push_str(secret);
            rest = after;
        }
        text.push_str(rest);
        (text, spans)
    }

    fn findings(detector: &Detector, text: &str) -> Vec<(String, Range<usize>)> {
        let mut found = Vec::new();
        detector.scan(text, &detector.look_over(text.as_bytes()).rules, &mut found);
        found.into_iter().map(|finding| (finding.rule.id().to_owned(), finding.span)).collect()
    }

    #[test]
    fn ids_are_unique_kebab_case() {
        let mut seen = HashSet::new();
        for Rule { id, title, .. } in all() {
            assert!(seen.insert(id), "{id} twice");
            assert!(
                id.split('-').all(|part| !part.is_empty()
                    && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())),
                "{id}"
            );
            assert!(id.len() <= 40 && !title.is_empty() && !title.ends_with('.'), "{id}");
        }
        assert!(seen.len() <= CAPACITY);
    }

    #[test]
    fn patterns_compile_and_name_their_secret() {
        for Rule { id, pattern, .. } in all() {
            let hir = with_names(pattern).unwrap_or_else(|| panic!("{id}"));
            let regex = regex_automata::meta::Builder::new().build_from_hir(&hir);
            let regex = regex.unwrap_or_else(|error| panic!("{id}: {error}"));
            let groups: Vec<_> =
                regex.group_info().all_names().filter_map(|(_, _, name)| name).collect();
            assert!(!groups.is_empty(), "{id}");
            assert!(
                groups.iter().all(|name| name.starts_with("secret")),
                "{id}: a group with another name"
            );
            assert!(SecretRegex::of_row(pattern).is_some(), "{id}");
            assert!(!regex.is_match(""), "{id} matches nothing at all");
        }
    }

    #[test]
    fn keywords_survive_json() {
        for Rule { id, anchor, .. } in all() {
            let Anchor::Keywords(keywords) = anchor else {
                continue;
            };
            assert!(!keywords.is_empty(), "{id}");
            for word in *keywords {
                assert!(word.len() >= 3, "{id}: {word} is too short to select anything");
                assert!(word.bytes().all(|b| (b' '..0x7f).contains(&b)), "{id}: {word}");
                let json = serde_json::to_string(word).unwrap();
                assert!(json.contains(word), "{id}: {word}");
            }
        }
    }

    #[test]
    fn every_rule_has_examples_and_near_misses() {
        for Rule { id, examples, near_misses, .. } in all() {
            assert!(examples.len() >= 2, "{id}: {} examples", examples.len());
            assert!(near_misses.len() >= 2, "{id}: {} near-misses", near_misses.len());
        }
    }

    #[test]
    fn every_set_has_a_rule_and_its_name() {
        for set in RuleSet::ALL {
            assert!(all().any(|rule| rule.set == set), "{set}");
            assert_eq!(set.name().parse(), Ok(set));
        }
        assert_eq!("Secrets".parse::<RuleSet>(), Err(UnknownRuleSet));
    }

    #[test]
    fn examples_are_found_to_the_byte() {
        let mut wrong = Vec::new();
        for rule in all() {
            let detector = Detector::new(&[rule.set]);
            for example in rule.examples {
                let (text, spans) = unmark(example);
                assert!(!spans.is_empty(), "{}: no mark in {example}", rule.id);
                let expected: Vec<_> =
                    spans.into_iter().map(|span| (rule.id.to_owned(), span)).collect();
                let found = findings(&detector, &text);
                if found != expected {
                    wrong.push(format!("{}: {example}\n    {found:?}", rule.id));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn near_misses_are_left_alone() {
        let mut wrong = Vec::new();
        for rule in all() {
            let detector = Detector::new(&[rule.set]);
            for text in rule.near_misses {
                let found = findings(&detector, text);
                if !found.is_empty() {
                    wrong.push(format!("{}: {text}\n    {found:?}", rule.id));
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn a_mask_restricts_and_candidates_suffice() {
        let detector = Detector::new(&RuleSet::ALL);
        let (mut some, mut all_rules) = (Vec::new(), Vec::new());
        for rule in all() {
            for example in rule.examples {
                let (text, _) = unmark(example);
                detector.scan(&text, &RuleMask::all(), &mut all_rules);
                detector.scan(&text, &detector.look_over(text.as_bytes()).rules, &mut some);
                assert_eq!(some, all_rules, "{example}");
                let json = serde_json::to_string(&text).unwrap();
                detector.scan(&text, &detector.look_over(json.as_bytes()).rules, &mut some);
                assert_eq!(some, all_rules, "{json}");
                detector.scan(&text, &RuleMask::none(), &mut some);
                assert!(some.is_empty());
            }
        }
    }

    #[test]
    fn what_is_no_secret_stays() {
        let benign = include_str!("benign.txt");
        let mut wrong = Vec::new();
        for line in benign.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            for (rule, span) in findings(&DEFAULT, line) {
                wrong.push(format!("{rule} takes {:?}: {line}", &line.get(span)));
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn no_example_is_a_placeholder() {
        for rule in all() {
            for example in rule.examples {
                let (text, spans) = unmark(example);
                for span in spans {
                    assert!(!is_placeholder(text.get(span).unwrap()), "{example}");
                }
            }
        }
    }
}
