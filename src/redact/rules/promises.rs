//! What is promised of every row of the table: its secret ends and begins where secrets do in logs,
//! redacting twice is redacting once, no text makes it slow, and no text is turned down in which its
//! pattern would find something.

use std::fmt::Write as _;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use regex_syntax::hir::{Class, Hir, HirKind};

use super::tests::unmark;
use super::{Anchor, Check, Rule, RuleSet, all};
use crate::redact::names_before::NamesBefore;
use crate::redact::pattern::{SecretRegex, with_names};
use crate::redact::{Detector, RuleMask};

static DEFAULT: LazyLock<Detector> = LazyLock::new(|| Detector::new(&RuleSet::DEFAULT));

/// The text with every finding replaced by its marker.
fn redact(text: &str) -> String {
    let mut findings = Vec::new();
    DEFAULT.scan(text, &RuleMask::all(), &mut findings);
    let (mut out, mut from) = (String::new(), 0);
    for finding in findings {
        out.push_str(text.get(from..finding.span.start).unwrap());
        write!(out, "[REDACTED:{}]", finding.rule.id()).unwrap();
        from = finding.span.end;
    }
    out.push_str(text.get(from..).unwrap());
    out
}

/// The vendors' tokens that need no context, from the rules that the macro `token` made. A token
/// whose shape begins with a class of characters may well take in what stands before it.
fn tokens() -> impl Iterator<Item = (&'static Rule, String)> {
    let (head, _) = token!("").split_once('>').unwrap();
    let begins_with_letters =
        move |pattern: &str| pattern.strip_prefix(head).is_some_and(|rest| !rest.starts_with(">["));
    all().filter(move |rule| begins_with_letters(rule.pattern)).flat_map(|rule| {
        rule.examples.iter().flat_map(move |example| {
            let (text, spans) = unmark(example);
            spans
                .into_iter()
                .map(move |span| (rule, text.get(span).unwrap().to_owned()))
                .collect::<Vec<_>>()
        })
    })
}

#[test]
fn tokens_begin_and_end_where_text_lets_them() {
    let mut wrong = Vec::new();
    let mut count = 0;
    for (rule, token) in tokens() {
        count += 1;
        for (before, after) in [
            ("", ""),
            ("x ", " y"),
            ("\"", "\""),
            ("'", "'"),
            ("a=", "&b=c"),
            ("x_", ""),
            ("u:", ", y"),
            ("(", ")"),
            ("[", "]"),
            ("<v>", "</v>"),
            ("a\\n", "\\nb"),
            ("\n", "\n"),
            ("v%3D", "%26x"),
            ("{\\\"v\\\":\\\"", "\\\"}"),
            ("see ", "; then"),
        ] {
            // A percent sign belongs to some alphabets.
            if after.starts_with('%') && rule.pattern.contains('%') {
                continue;
            }
            let text = format!("{before}{token}{after}");
            let redacted = redact(&text);
            let whole = redacted.starts_with(&format!("{before}[REDACTED:"))
                && redacted.ends_with(&format!("]{after}"))
                && redacted.matches("[REDACTED:").count() == 1;
            if !whole {
                wrong.push(format!("{}: {text}\n    {redacted}", rule.id));
            }
        }
    }
    assert!(count > 200, "{count}");
    assert!(wrong.is_empty(), "{} of them\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn examples_are_redacted_once_and_for_all() {
    for rule in all() {
        for example in rule.examples {
            let once = redact(&unmark(example).0);
            assert_eq!(redact(&once), once, "{example}");
        }
    }
}

/// 128 KiB take a few milliseconds. Quadratic time would be many seconds, so that the bound can be
/// generous to a busy machine.
#[test]
fn no_row_is_slow_on_hostile_text() {
    const LENGTH: usize = 1 << 17;
    let mut slow = Vec::new();
    let detector = Detector::new(&RuleSet::ALL);
    let rule_of = |id: &str| all().find(|rule| rule.id == id).unwrap();
    for (rank, rule) in detector.ids().map(rule_of).enumerate() {
        let mut mask = RuleMask::none();
        mask.insert(rank);
        let mut seeds: Vec<String> = Vec::new();
        if let Anchor::Keywords([keyword, ..]) = rule.anchor {
            seeds.extend([(*keyword).to_owned(), format!("{keyword}key: ")]);
        }
        let (text, spans) = unmark(rule.examples[0]);
        let secret = text.get(spans[0].clone()).unwrap();
        // Almost the secret, and its end again and again.
        let (most, end) = secret.split_at(secret.floor_char_boundary(secret.len() * 3 / 4));
        seeds.push(text.get(..spans[0].start).unwrap().to_owned() + most);
        seeds.extend([secret.to_owned(), end.to_owned()]);
        for seed in seeds {
            let text = seed.repeat(LENGTH / seed.len() + 1);
            let start = Instant::now();
            detector.scan(&text, &mask, &mut Vec::new());
            if start.elapsed() > Duration::from_millis(700) {
                slow.push(format!("{}: {seed:?}: {:?}", rule.id, start.elapsed()));
            }
        }
    }
    assert!(slow.is_empty(), "{slow:#?}");
}

fn bytes_of(class: &Class) -> Vec<u8> {
    let Class::Bytes(class) = class else { return (0..=u8::MAX).collect() };
    class.iter().flat_map(|range| range.start()..=range.end()).collect()
}

/// For each place in the texts of `hir` the bytes that may stand there, and nothing where the
/// number of places varies.
fn places(hir: &Hir) -> Vec<Vec<u8>> {
    match hir.kind() {
        HirKind::Literal(literal) => literal.0.iter().map(|byte| vec![*byte]).collect(),
        HirKind::Class(class) => vec![bytes_of(class)],
        HirKind::Capture(capture) => places(&capture.sub),
        HirKind::Concat(parts) => parts.iter().flat_map(places).collect(),
        _ => vec![Vec::new()],
    }
}

/// Whether every text of `hir` holds one of the literals.
fn always_holds(hir: &Hir, literals: &[&str]) -> bool {
    let is_literal = |places: &[Vec<u8>], literal: &str| {
        places.iter().zip(literal.bytes()).all(|(place, letter)| {
            !place.is_empty() && place.iter().all(|byte| byte.eq_ignore_ascii_case(&letter))
        })
    };
    let has_literal = places(hir).iter().any(|place| {
        let is_letter = |byte: &u8| literals.iter().any(|literal| literal.as_bytes() == [*byte]);
        !place.is_empty() && place.iter().all(is_letter)
    }) || literals.iter().any(|literal| {
        places(hir).windows(literal.len()).any(|places| is_literal(places, literal))
    });
    has_literal
        || match hir.kind() {
            HirKind::Capture(capture) => always_holds(&capture.sub, literals),
            HirKind::Repetition(repeated) => {
                repeated.min > 0 && always_holds(&repeated.sub, literals)
            }
            HirKind::Concat(parts) => parts.iter().any(|part| always_holds(part, literals)),
            HirKind::Alternation(parts) => parts.iter().all(|part| always_holds(part, literals)),
            _ => false,
        }
}

#[test]
fn patterns_match_only_texts_that_hold_their_literals() {
    let mut wrong = Vec::new();
    for rule in all() {
        let pattern = with_names(rule.pattern).unwrap();
        for check in rule.checks {
            if let Check::TextHolds(literals) = check
                && !always_holds(&pattern, literals)
            {
                wrong.push((rule.id, literals));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    for (pattern, literals) in [("ab?c", &["b"][..]), ("[ab]", &["a"]), ("a(b|c)d", &["abd"])] {
        assert!(!always_holds(&with_names(pattern).unwrap(), literals), "{pattern}");
    }
}

#[test]
fn no_text_is_turned_down_that_holds_a_secret() {
    let texts: Vec<String> = all()
        .flat_map(|rule| rule.examples.iter().chain(rule.near_misses))
        .map(|text| unmark(text).0)
        .flat_map(|text| [text.replace(['=', ':'], " "), text])
        .collect();
    let may_turn_down = |rule: &&Rule| texts.iter().any(|text| !rule.has_chance_in(text));
    for rule in all().filter(may_turn_down) {
        let regex = SecretRegex::of_row(rule.pattern).unwrap();
        for text in texts.iter().filter(|text| !rule.has_chance_in(text)) {
            let mut from = 0;
            while let Some(found) = regex.find_at(text, from) {
                from = found.start + 1;
                let candidate = regex.candidate(text, found).unwrap();
                let secret = rule.narrow(text, candidate.span, &mut NamesBefore::new(text));
                assert_eq!(secret, None, "{}: {text}", rule.id);
            }
        }
    }
}
