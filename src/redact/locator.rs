//! Where in a match the secret stands, told without capture groups.
//!
//! A search for capture groups costs ten times what finding the match costs. But a match is read
//! in the order of its pattern's preferences: the part before the secret as it prefers itself,
//! unless the rest cannot follow then, which one more search tells. So each part is searched for
//! alone, anchored where the one before has ended, and whenever that does not settle it,
//! [`Locator::locate`] leaves the question to the capture groups.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use regex_automata::meta::{Builder, Config, Regex};
use regex_automata::nfa::thompson::WhichCaptures;
use regex_automata::{Anchored, Input};
use regex_syntax::hir::{Class, Hir, HirKind, Literal};

use super::pattern::{SECRET_GROUP, base_config, with_names};

/// A secret's group, and where it begins and ends.
pub(super) type Located = (usize, usize, usize);

/// How many bytes of matches of a pattern are searched for capture groups before its locator is
/// made, which takes as long as that.
const WORTH_MAKING: usize = 100 * USUAL_LENGTH;
/// How many bytes a short match counts for, because each search has a beginning.
const USUAL_LENGTH: usize = 32;

/// A locator that is made once it is worth it.
#[derive(Debug)]
pub(super) struct LazyLocator {
    pattern: &'static str,
    searched: AtomicUsize,
    locator: OnceLock<Option<Locator>>,
}

impl LazyLocator {
    /// The locator of the matches of a row's pattern.
    pub(super) fn new(pattern: &'static str) -> Self {
        Self { pattern, searched: AtomicUsize::new(0), locator: OnceLock::new() }
    }

    /// The secret of the match from `start` to `end`, if it can be told.
    pub(super) fn locate(&self, text: &str, start: usize, end: usize) -> Option<Located> {
        if let Some(locator) = self.locator.get() {
            return locator.as_ref()?.locate(text, start, end);
        }
        let length = (end - start).max(USUAL_LENGTH);
        if self.searched.fetch_add(length, Ordering::Relaxed) + length < WORTH_MAKING {
            return None;
        }
        let locator = self.locator.get_or_init(|| Locator::new(self.pattern));
        locator.as_ref()?.locate(text, start, end)
    }
}

/// The way from where a match begins to its secret.
#[derive(Debug)]
pub(super) enum Locator {
    /// What stands before: so many bytes.
    Behind(usize, Box<Self>),
    /// What stands before, and the beginning of what has to follow; `None` when the rest of the way
    /// tells.
    BehindMatch(Regex, Option<Regex>, Box<Self>),
    /// Alternatives, each with what follows it, and each of them alone.
    OneOf(Regex, Vec<Alternative>),
    /// The secret of this group, which ends so many bytes before the match does.
    SecretBefore(usize, usize),
    /// The secret of this group, and what follows it.
    Secret(usize, Regex, Regex),
    /// The secret of this group, how it begins, and what follows where it first can.
    SecretUntil(usize, Regex, Regex),
}

/// One of the ways on which a match may go.
#[derive(Debug)]
pub(super) struct Alternative {
    /// The bytes with which it may begin.
    firsts: FirstBytes,
    /// `None` when it holds no secret.
    way: Option<Locator>,
}

impl Locator {
    /// The locator of a row's pattern, if its secrets stand in nothing but sequences and
    /// alternatives.
    pub(super) fn new(pattern: &str) -> Option<Self> {
        Self::within(&with_names(pattern)?, Hir::empty())
    }

    /// The way to the secret in `part`, which `rest` follows.
    fn within(part: &Hir, rest: Hir) -> Option<Self> {
        match part.kind() {
            HirKind::Capture(group) if is_secret(part) => {
                let index = group.index as usize;
                if let Some(length) = length(&rest) {
                    return Some(Self::SecretBefore(index, length));
                }
                let rest = compile(&[rest])?;
                Some(match before_anything(&group.sub) {
                    Some(beginning) => Self::SecretUntil(index, compile(&[beginning])?, rest),
                    None => Self::Secret(index, compile(&[(*group.sub).clone()])?, rest),
                })
            }
            HirKind::Concat(parts) => {
                let at = parts.iter().position(holds_secret)?;
                let (before, after) = parts.split_at_checked(at)?;
                let (within, after) = after.split_first()?;
                let before = Hir::concat(before.to_vec());
                let rest = Hir::concat(after.iter().cloned().chain([rest]).collect());
                let way = Self::within(within, rest.clone())?;
                if let Some(length) = length(&before) {
                    return Some(Self::Behind(length, Box::new(way)));
                }
                let rest = match way {
                    Self::OneOf(..) | Self::Secret(..) => None,
                    _ => Some(compile(&[Hir::concat(vec![within.clone(), rest])])?),
                };
                Some(Self::BehindMatch(compile(&[before])?, rest, Box::new(way)))
            }
            HirKind::Alternation(parts) => {
                let with_rest = |part: &Hir| Hir::concat(vec![part.clone(), rest.clone()]);
                let regex = compile(&parts.iter().map(with_rest).collect::<Vec<_>>())?;
                let alternative = |part: &Hir| Alternative {
                    firsts: FirstBytes::of(part),
                    way: Self::within(part, rest.clone()),
                };
                Some(Self::OneOf(regex, parts.iter().map(alternative).collect()))
            }
            _ => None,
        }
    }

    /// The secret of the match from `start` to `end`, if it can be told.
    pub(super) fn locate(&self, text: &str, start: usize, end: usize) -> Option<Located> {
        let from = |at: usize| Input::new(text).range(at..end).anchored(Anchored::Yes);
        let (mut way, mut at) = (self, start);
        loop {
            match way {
                Self::Behind(length, then) => (way, at) = (then, at + length),
                Self::BehindMatch(before, rest, then) => {
                    at = before.search_half(&from(at))?.offset();
                    if rest.as_ref().is_some_and(|rest| !rest.is_match(from(at))) {
                        return None;
                    }
                    way = then;
                }
                Self::OneOf(parts, ways) => {
                    let first = text.as_bytes().get(at..end)?.first();
                    let mut possible = ways.iter().filter(|way| way.firsts.hold(first));
                    let only = possible.next()?;
                    let alternative = if possible.next().is_some() {
                        ways.get(parts.search_half(&from(at))?.pattern().as_usize())?
                    } else {
                        // Whether it goes on is told long before where it ends.
                        parts.is_match(from(at)).then_some(only)?
                    };
                    way = alternative.way.as_ref()?;
                }
                Self::SecretBefore(group, length) => return Some((*group, at, end - length)),
                Self::Secret(group, secret, rest) => {
                    let end = secret.search_half(&from(at))?.offset();
                    return rest.is_match(from(end)).then_some((*group, at, end));
                }
                Self::SecretUntil(group, beginning, rest) => {
                    let begun = beginning.search_half(&from(at))?.offset();
                    let found = rest.search(&Input::new(text).range(begun..end))?;
                    return (found.end() == end).then_some((*group, at, found.start()));
                }
            }
        }
    }
}

/// What stands before the end of a part that is anything, but as little as possible: `x.*?`.
fn before_anything(part: &Hir) -> Option<Hir> {
    let HirKind::Concat(parts) = part.kind() else { return None };
    let (last, before) = parts.split_last()?;
    let HirKind::Repetition(anything) = last.kind() else { return None };
    let HirKind::Class(Class::Bytes(class)) = anything.sub.kind() else { return None };
    let is_anything = class.ranges().iter().any(|range| range.len() == 256);
    (is_anything && !anything.greedy && anything.min == 0 && anything.max.is_none())
        .then(|| Hir::concat(before.to_vec()))
}

/// The bytes with which a match of a part may begin, one bit each; `None` when it may be empty, so
/// that what follows decides.
#[derive(Debug)]
struct FirstBytes(Option<[u128; 2]>);

impl FirstBytes {
    fn of(part: &Hir) -> Self {
        Self(match part.kind() {
            // Patterns are of bytes.
            HirKind::Empty | HirKind::Look(_) | HirKind::Class(Class::Unicode(_)) => None,
            HirKind::Literal(Literal(bytes)) => bytes.first().map(|byte| one_byte(*byte)),
            HirKind::Class(Class::Bytes(class)) => {
                let all = class.ranges().iter().flat_map(|range| range.start()..=range.end());
                Some(all.map(one_byte).fold([0; 2], both))
            }
            HirKind::Repetition(repetition) if repetition.min == 0 => None,
            HirKind::Repetition(repetition) => Self::of(&repetition.sub).0,
            HirKind::Capture(group) => Self::of(&group.sub).0,
            HirKind::Concat(parts) => Self::of_sequence(parts),
            HirKind::Alternation(parts) => {
                parts.iter().try_fold([0; 2], |all, part| Some(both(all, Self::of(part).0?)))
            }
        })
    }

    fn of_sequence(parts: &[Hir]) -> Option<[u128; 2]> {
        let (first, rest) = parts.split_first()?;
        let sub = match first.kind() {
            HirKind::Look(_) => return Self::of_sequence(rest),
            HirKind::Repetition(repetition) if repetition.min == 0 => &repetition.sub,
            _ => return Self::of(first).0,
        };
        Some(both(Self::of(sub).0?, Self::of_sequence(rest)?))
    }

    /// Whether a match may begin with the byte.
    fn hold(&self, byte: Option<&u8>) -> bool {
        let (Some([low, high]), Some(byte)) = (self.0, byte) else { return true };
        let [in_low, in_high] = one_byte(*byte);
        low & in_low | high & in_high != 0
    }
}

fn one_byte(byte: u8) -> [u128; 2] {
    let bit = 1 << (byte % 128);
    if byte < 128 { [bit, 0] } else { [0, bit] }
}

fn both(one: [u128; 2], other: [u128; 2]) -> [u128; 2] {
    let ([low, high], [other_low, other_high]) = (one, other);
    [low | other_low, high | other_high]
}

/// The length of all that the part matches, if there is but one.
fn length(part: &Hir) -> Option<usize> {
    let properties = part.properties();
    properties.minimum_len().filter(|length| properties.maximum_len() == Some(*length))
}

fn is_secret(part: &Hir) -> bool {
    let HirKind::Capture(group) = part.kind() else { return false };
    group.name.as_ref().is_some_and(|name| name.starts_with(SECRET_GROUP))
}

fn holds_secret(part: &Hir) -> bool {
    is_secret(part) || part.kind().subs().iter().any(holds_secret)
}

fn compile(parts: &[Hir]) -> Option<Regex> {
    let config = Config::new()
        .auto_prefilter(false)
        .onepass(false)
        .dfa(false)
        .which_captures(WhichCaptures::Implicit);
    Builder::new().configure(base_config()).configure(config).build_many_from_hir(parts).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::pattern::SecretRegex;
    use crate::redact::rules::{self, tests::unmark};
    use proptest::prelude::*;
    use std::sync::LazyLock;

    /// All patterns that have one, with their locators.
    static LOCATORS: LazyLock<Vec<(SecretRegex, Locator)>> = LazyLock::new(|| {
        let of_rule = |rule: &rules::Rule| {
            Some((SecretRegex::of_row(rule.pattern)?, Locator::new(rule.pattern)?))
        };
        rules::all().filter_map(of_rule).collect()
    });

    /// How many secrets are located in the text, each where the capture groups have it.
    fn located(regex: &SecretRegex, locator: &Locator, text: &str) -> usize {
        let (mut count, mut from) = (0, 0);
        while let Some(found) = (from <= text.len()).then(|| regex.find_at(text, from)).flatten() {
            from = found.start + 1;
            if let Some((group, start, end)) = locator.locate(text, found.start, found.end) {
                let captured =
                    regex.captured(text, found).map(|(group, span)| (group, span.start, span.end));
                assert_eq!(captured, Some((group, start, end)), "{text}");
                count += 1;
            }
        }
        count
    }

    #[test]
    fn nearly_every_rule_has_one_that_tells() {
        let (mut without, mut silent, mut examples) = (Vec::new(), Vec::new(), 0);
        for rule in rules::all() {
            let regex = SecretRegex::of_row(rule.pattern).unwrap();
            let Some(locator) = Locator::new(rule.pattern) else {
                without.push(rule.id);
                continue;
            };
            for example in rule.examples {
                let (text, _) = unmark(example);
                examples += 1;
                if located(&regex, &locator, &text) == 0 {
                    silent.push((rule.id, text));
                }
            }
        }
        assert!(without.len() < 20, "{without:?}");
        assert!(silent.len() * 5 < examples, "{silent:#?}");
    }

    #[test]
    fn a_secret_that_goes_on_until_something_is_located() {
        let key = "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN";
        for text in [
            key.to_owned(),
            format!("x {key} abc -----END PRIVATE KEY-----, -----END"),
            format!("{key} {key}"),
        ] {
            let (regex, locator) = LOCATORS
                .iter()
                .find(|(_, locator)| format!("{locator:?}").contains("SecretUntil"))
                .unwrap();
            assert!(located(regex, locator, &text) > 0, "{text}");
        }
    }

    #[test]
    fn a_near_miss_has_its_secrets_where_the_groups_have_them() {
        let texts = rules::all().flat_map(|rule| rule.near_misses);
        for text in texts {
            for (regex, locator) in LOCATORS.iter() {
                located(regex, locator, text);
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn secrets_are_located_where_the_groups_have_them(
            text in "(password|token|cookie|-----BEGIN PRIVATE KEY-----\n|-----END|MIIEvQIBADAN|a://|postgres://u|Authorization|curl -u | --secret|<pin>|\\[REDACTED:x\\]|[a-z]{1,4}|[=:@/?&;,\"'\\\\ #<>%\\[\\]-]|&quot;|[0-9]{1,3}|Ä|\n){1,40}"
        ) {
            for (regex, locator) in LOCATORS.iter() {
                located(regex, locator, &text);
            }
        }
    }
}
