//! The words of secret names in running text: how they are spelled there, and the name that stands
//! before a value.
//!
//! [`WORDS`] is the one list. This file makes of it the keywords and the regular expressions with
//! which the rules for assignments look for the same names in text.

use std::ops::Range;

use super::secret_words::{MODIFIERS, WORDS};

/// Stands in a rule's pattern for a name that is secret with any operator after it.
pub(super) const PLAIN_NAME: &str = "<plain-name>";
/// Stands in a rule's pattern for a name that prose uses too, so that a mere colon after it
/// proves nothing: `auth: enabled`, `pass: 12 fail: 3`, `cookie: accepted`.
pub(super) const PROSE_NAME: &str = "<prose-name>";

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

/// What stands directly after a prose word where the word is a name: an operator, the end of an
/// XML tag, or a quote, which JSON escapes with a backslash. The patterns with [`PROSE_NAME`] allow
/// no more than this, lest a keyword elsewhere decide what they find.
const PROSE_FOLLOWERS: [&str; 15] = [
    "=", " =", "]=", "] =", ":", " :=", "%3d", "%253d", "%3a", "%22", "\"", "\\", "'", ">", "&gt;",
];

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

/// Whether prose uses the word in which `name` ends, so that a colon after it proves nothing.
pub(super) fn is_prose_name(name: &str) -> bool {
    let folded: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let folded = folded.to_ascii_lowercase();
    // Longer names end in these words only as names: `db_pass`.
    PROSE.iter().any(|word| folded == *word)
        || PROSE.iter().any(|word| word.len() > PART.len() && folded.ends_with(word))
}

/// The patterns of a plain name and of one of prose.
pub(super) fn written_out() -> [String; 2] {
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
    [plain, alternation(prose)]
}

/// The name that ends before `end`, quotes, brackets and operator aside, with the word before it
/// if only a space stands between.
pub(super) fn name_before(text: &str, end: usize) -> Option<Range<usize>> {
    const LONGEST: usize = 64;
    let is_quote = |c: char| matches!(c, '"' | '\'' | '`' | '\\');
    let is_between = |c: char| c.is_ascii_whitespace() || is_quote(c) || ":=>],([{|".contains(c);
    let before = text.get(..end)?;
    let before = before.strip_suffix("<![CDATA[").unwrap_or(before);
    if let Some(name) = name_of_tag(before) {
        return Some(name);
    }
    // The prefix of a literal in Python: `b'…'`.
    let unquoted = before.trim_end_matches(is_quote);
    let without_prefix = unquoted
        .strip_suffix(['b', 'f', 'r', 'u', 'B', 'F', 'R', 'U'])
        .filter(|rest| unquoted.len() < before.len() && rest.ends_with([' ', ':', '=', '>']));
    let before = without_prefix.unwrap_or(unquoted).trim_end_matches(is_between);
    // A block in YAML whose last newline does not count: `password: |-`.
    let block = before.strip_suffix("|-").map(|rest| rest.trim_end_matches(is_between));
    let mut before = block.unwrap_or(before);
    while let Some(shorter) = without_encoded_sign(before) {
        before = shorter;
    }
    let mut name = name_at_end(before, LONGEST);
    // `password: &str = "…"`: the type stands between.
    if is_one_of(before.get(name.clone())?, &TYPES)
        && let Some(untyped) =
            before.get(..name.start)?.trim_end_matches(['&', ' ']).strip_suffix(':')
    {
        before = untyped;
        name = name_at_end(before, LONGEST);
    }
    // The two digits of a percent-encoded quote.
    if before.get(..name.start)?.ends_with('%') {
        let is_twice = before.get(name.clone())?.starts_with("25");
        name.start = name.end.min(name.start + if is_twice { 4 } else { 2 });
    }
    let is_value = is_one_of(before.get(name.clone())?, &VALUE_KEYS);
    let named = is_value.then(|| named_before(before.get(..name.start)?)).flatten();
    Some(named.unwrap_or(name))
}

/// Types of a secret in programs.
const TYPES: [&str; 4] = ["str", "string", "bytes", "secretstr"];

fn is_one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// The name that the XML tag with attributes gives to the text after it: `<pin a="b">` or
/// `<entry key="pin">`.
fn name_of_tag(before: &str) -> Option<Range<usize>> {
    const LONGEST: usize = 256;
    let tag = before.trim_end().strip_suffix('>')?;
    let near = tag.floor_char_boundary(tag.len().saturating_sub(LONGEST));
    let start = near + tag.get(near..)?.rfind('<')? + 1;
    let inside = tag.get(start..)?;
    let length = inside.find(|c: char| c.is_ascii_whitespace())?;
    let key = NAME_KEYS.iter().find_map(|key| {
        let at = inside.find(&format!(" {key}=\""))? + key.len() + 3;
        let length = inside.get(at..)?.find('"')?;
        Some(start + at..start + at + length)
    });
    let name = name_at_end(inside.get(..length)?, LONGEST);
    Some(key.unwrap_or(start + name.start..start + name.end))
}

/// The keys of a name and of its value, where a log writes them side by side.
const NAME_KEYS: [&str; 3] = ["name", "key", "header"];
const VALUE_KEYS: [&str; 3] = ["value", "val", "values"];

/// The name that stands under the key `name` before the key `value`, which follows `before`:
/// `{"name": "pin", "value":`, `<add key="pin" value=`.
fn named_before(before: &str) -> Option<Range<usize>> {
    let is_between = |c: char| c.is_ascii_whitespace() || "\"'\\,;:={[-".contains(c);
    let name = name_at_end(before.trim_end_matches(is_between), 64);
    let key = before.get(..name.start)?.trim_end_matches(is_between);
    let is_key = is_one_of(key.get(name_at_end(key, 64))?, &NAME_KEYS);
    (is_key && !name.is_empty()).then_some(name)
}

/// The name with which the text ends, of up to `longest` bytes.
fn name_at_end(text: &str, longest: usize) -> Range<usize> {
    let bytes = text.as_bytes();
    let length = bytes
        .iter()
        .rev()
        .take(longest)
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.' | b'['))
        .count();
    bytes.len() - length..bytes.len()
}

/// Operators, quotes, brackets and spaces as URLs, JSON and XML encode them.
const ENCODED_SIGNS: [&str; 18] = [
    "%3d", "%3a", "%22", "%27", "%20", "%5b", "%5d", "%253d", "%253a", "%2522", "%2527", "%2520",
    "%255b", "%255d", "&gt;", "&quot;", "\\u0022", "\\u0027",
];

const LONGEST_SIGN: usize = 6;

/// The text without the encoded sign in which it ends, and without the signs before that.
fn without_encoded_sign(text: &str) -> Option<&str> {
    // With one of these each begins.
    let mut end = text.bytes().rev().take(LONGEST_SIGN);
    if !end.any(|byte| matches!(byte, b'%' | b'&' | b'\\')) {
        return None;
    }
    ENCODED_SIGNS.iter().find_map(|sign| {
        let start = text.len().checked_sub(sign.len())?;
        let is_sign = text.get(start..)?.eq_ignore_ascii_case(sign);
        let is_between = |c: char| c.is_ascii_whitespace() || matches!(c, ':' | '=' | '\\');
        is_sign.then(|| text.get(..start).unwrap_or_default().trim_end_matches(is_between))
    })
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
        let candidates = detector.look_over(payload.as_bytes()).rules;
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
