//! The words of secret names in running text: how they are spelled there, and the name that stands
//! before a value.
//!
//! [`WORDS`] is the one list. This file makes of it the keywords and the regular expressions with
//! which the rules for assignments look for the same names in text.

use std::borrow::Cow;
use std::ops::Range;

use super::names::{MODIFIERS, WORDS};

/// Stands in a rule's pattern for a name that is secret with any operator after it.
const PLAIN_NAME: &str = "<plain-name>";
/// Stands in a rule's pattern for a name that prose uses too, so that a mere colon after it
/// proves nothing: `auth: enabled`, `pass: 12 fail: 3`, `cookie: accepted`.
const PROSE_NAME: &str = "<prose-name>";

/// The words of which prose makes use.
const PROSE: [&str; 25] = [
    "pass",
    "passwords",
    "secrets",
    "jwt",
    "bearer",
    "auth",
    "basicauth",
    "httpauth",
    "proxyauth",
    "registryauth",
    "cookie",
    "cookies",
    "csrf",
    "xsrf",
    "otp",
    "totp",
    "pin",
    "pincode",
    "userpin",
    "cardpin",
    "cvv",
    "cvc",
    "ssn",
    "securitycode",
    "mnemonic",
];

/// The word of prose that is a name when a separator stands before it, whatever follows.
const PART: &str = "pass";

/// Headers with rules of their own, which know what of the value is secret.
const OWN_RULE: [&str; 1] = ["authorization"];

/// Last parts before which a separator may stand: `api_key`, `access token`.
const LAST_PARTS: [&str; 11] = [
    "keys",
    "key",
    "tokens",
    "auth",
    "pass",
    "phrase",
    "pin",
    "code",
    "signature",
    "sid",
    "cookie",
];

/// What stands directly after a prose word where the word is a name: an equals sign, the end of an
/// XML tag, or a quote, which JSON escapes with a backslash. The patterns with [`PROSE_NAME`] allow
/// no more than this, lest a keyword elsewhere decide what they find.
const PROSE_FOLLOWERS: [&str; 12] =
    ["=", " =", "]=", "] =", ":=", " :=", "%3d", "%253d", "\"", "\\", "'", ">"];

/// The first part, if there are two, and the last.
fn parts(word: &str) -> (&str, &str) {
    LAST_PARTS
        .iter()
        .find_map(|part| word.strip_suffix(part))
        .filter(|first| !first.is_empty())
        .and_then(|first| word.split_at_checked(first.len()))
        .unwrap_or(("", word))
}

fn words_in_text() -> impl Iterator<Item = &'static str> {
    WORDS.into_iter().map(|(word, _)| word).filter(|word| !OWN_RULE.contains(word))
}

/// The literals of which one stands in every text in which a rule with a name may match. A quote
/// comes with the backslash that stands in its place in raw JSON.
pub(super) fn keywords() -> Vec<String> {
    let mut keywords: Vec<String> = Vec::new();
    for word in words_in_text() {
        let (first, last) = parts(word);
        let separators: &[&str] = if first.is_empty() { &[""] } else { &["", "_", "-", ".", " "] };
        for separator in separators {
            let spelled = format!("{first}{separator}{last}");
            if !PROSE.contains(&word) {
                // A keyword within it says as much.
                if !["password", "secret", "token"]
                    .iter()
                    .any(|part| word.contains(part) && word != *part)
                {
                    keywords.push(spelled);
                }
                continue;
            }
            keywords.extend(PROSE_FOLLOWERS.iter().map(|follower| format!("{spelled}{follower}")));
            if word == PART {
                keywords.extend(["_", "-", "."].map(|before| format!("{before}{spelled}")));
            }
        }
    }
    keywords
}

/// The pattern with its names written out.
pub(super) fn expand(pattern: &str) -> Cow<'_, str> {
    if !pattern.contains(PLAIN_NAME) && !pattern.contains(PROSE_NAME) {
        return Cow::Borrowed(pattern);
    }
    let alternation = |words: Vec<&str>| {
        let spelled: Vec<_> = words
            .into_iter()
            .map(|word| match parts(word) {
                ("", word) => word.to_owned(),
                (first, last) => format!(r"{first}[_\x20.-]?{last}"),
            })
            .collect();
        format!("(?:{})", spelled.join("|"))
    };
    let (prose, plain): (Vec<_>, Vec<_>) = words_in_text().partition(|word| PROSE.contains(word));
    let rest = format!(r"(?:[_.-]?(?:{}))?[0-9]{{0,2}}(?:\[[0-9]{{1,4}}\])?", MODIFIERS.join("|"));
    // With something before it (`db_pass`), this word is a name.
    let plain = format!("(?:(?:{}|[_.-]{PART}){rest})", alternation(plain));
    let prose = alternation(prose);
    let pattern = pattern.replace(PLAIN_NAME, &plain);
    Cow::Owned(pattern.replace(PROSE_NAME, &prose))
}

/// The name that ends before `end`, quotes, brackets and operator aside, with the word before it
/// if only a space stands between.
pub(super) fn name_before(text: &str, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 64;
    let is_quote = |c: char| matches!(c, '"' | '\'' | '`' | '\\');
    let is_between =
        |c: char| c.is_ascii_whitespace() || is_quote(c) || matches!(c, ':' | '=' | '>' | ']');
    let before = text.get(..end)?;
    // The prefix of a literal in Python: `b'…'`.
    let unquoted = before.trim_end_matches(is_quote);
    let without_prefix = unquoted
        .strip_suffix(['b', 'f', 'r', 'u', 'B', 'F', 'R', 'U'])
        .filter(|rest| unquoted.len() < before.len() && rest.ends_with([' ', ':', '=', '>']));
    let mut before = without_prefix.unwrap_or(unquoted).trim_end_matches(is_between);
    // A percent-encoded equals sign.
    if let Some(start) = before.len().checked_sub(3)
        && before.get(start..).is_some_and(|sign| sign.eq_ignore_ascii_case("%3d"))
    {
        before = before.get(..start)?.trim_end_matches("%25");
    }
    let bytes = before.as_bytes();
    let length = bytes
        .iter()
        .rev()
        .take(LONGEST)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'['))
        .count();
    Some(bytes.len() - length..bytes.len())
}

/// The name at `name` together with the word before it: `api key`.
pub(super) fn with_word_before(text: &str, name: &Range<usize>) -> Range<usize> {
    let before = text.as_bytes().get(..name.start).unwrap_or_default();
    let Some((b' ', before)) = before.split_last() else {
        return name.clone();
    };
    let length = before
        .iter()
        .rev()
        .take(32)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'))
        .count();
    before.len() - length..name.end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::{Detector, RuleMask, RuleSet};

    fn is_found(detector: &Detector, text: &str, secret: &str) -> bool {
        let mut findings = Vec::new();
        let payload = serde_json::to_string(text).unwrap();
        let candidates = detector.candidates(payload.as_bytes());
        detector.scan(text, &candidates, &mut findings);
        let mut wide = Vec::new();
        detector.scan(text, &RuleMask::all(), &mut wide);
        assert_eq!(findings, wide, "{text}");
        findings.iter().any(|finding| text.get(finding.span.clone()) == Some(secret))
    }

    #[test]
    fn lists_name_words() {
        for word in PROSE.iter().chain(&OWN_RULE) {
            assert!(WORDS.iter().any(|(known, _)| known == word), "{word}");
        }
    }

    #[test]
    fn every_word_is_found_in_text_as_it_is_in_a_key() {
        let detector = Detector::new(&[RuleSet::Secrets]);
        let mut missed = Vec::new();
        for word in words_in_text() {
            for text in [
                format!("x {word}=hunter2x y"),
                format!("x {word} = hunter2x y"),
                format!("x {word}_old=hunter2x"),
                format!("x {{\"{word}\":\"hunter2x\",\"y\":\""),
                format!("x {{\"y\": 1, \"{word}\": \"hunter2x\"}} z"),
                format!("{{'{word}': 'hunter2x'}}"),
                format!("x {{\\\"{word}\\\":\\\"hunter2x\\\"}}"),
                format!("x <{word}>hunter2x</{word}>"),
                format!("x {word}%3Dhunter2x"),
            ] {
                // A prose word with a modifier has no keyword of its own.
                let has_keyword = !text.contains("_old") || !PROSE.contains(&word);
                if has_keyword && !is_found(&detector, &text, "hunter2x") {
                    missed.push(text);
                }
            }
        }
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn keywords_survive_json() {
        let keywords = keywords();
        for word in &keywords {
            assert!(word.len() >= 3, "{word}");
            assert!(word.bytes().all(|b| (b' '..0x7f).contains(&b)), "{word}");
            if let Some(word) = word.strip_suffix('"') {
                assert!(keywords.contains(&format!("{word}\\")), "{word}");
            } else {
                assert!(!word.contains('"'), "{word}");
            }
        }
    }

    #[test]
    fn names_before_values() {
        for (text, name) in [
            ("x password=", "password"),
            ("user[password] = \"", "user[password"),
            ("{\\\"db_pin\\\": \\\"", "db_pin"),
            ("a=1&password%3D", "password"),
            ("<password>", "password"),
            ("{'password': b'", "password"),
            ("club'", "club"),
            ("", ""),
        ] {
            let span = name_before(text, text.len()).unwrap();
            assert_eq!(text.get(span), Some(name));
        }
        let span = with_word_before("an api key", &(7..10));
        assert_eq!("an api key".get(span), Some("api key"));
    }
}
