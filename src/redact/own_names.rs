//! Names of the operator's own whose values are secret: as a key they count like the built-in
//! ones, and in running text (`badge_no=4711`) a rule is made of each.

use super::checks::Check;
use super::own_rule::{Mistake, OwnRule};
use super::redactor::BY_NAME;

/// The fewest letters and digits of a name: the ends of shorter ones stand everywhere.
const SHORTEST: usize = 3;
/// The most, which is what [`SecretNames`](super::SecretNames) looks at.
const LONGEST: usize = 40;

/// A name that the operator holds for a secret's.
#[derive(Debug, Clone)]
pub struct OwnName {
    name: String,
    in_text: OwnRule,
}

impl OwnName {
    /// Reads a name in any spelling: `badge_no`, `badgeNo`, `badge-no`.
    ///
    /// # Errors
    /// When it is too short or too long, or holds more than ASCII letters, digits and separators.
    pub fn new(name: &str) -> Result<Self, Mistake> {
        let is_legal = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        let length = name.chars().filter(char::is_ascii_alphanumeric).count();
        if !(SHORTEST..=LONGEST).contains(&length) || !name.chars().all(is_legal) {
            return Err(Mistake::new(
                format!("`{name}` cannot end a secret's name"),
                format!(
                    "use {SHORTEST} to {LONGEST} ASCII letters and digits, parted by `_`, `-` or `.`"
                ),
            ));
        }
        let parts = parts(name);
        let spellings = spellings(&parts);
        let rule = OwnRule::new("own-name", &pattern(&parts, &spellings), &spellings, None)?;
        let in_text = rule.with_checks(&[Check::Assigned]).with_id(BY_NAME);
        Ok(Self { name: name.to_owned(), in_text })
    }

    /// The name as it was said.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The rule that finds what text assigns to the name.
    pub(super) fn in_text(&self) -> &OwnRule {
        &self.in_text
    }
}

/// The parts of a name in lower case.
fn parts(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut before = ' ';
    for letter in name.chars() {
        let is_new = letter.is_ascii_uppercase() && before.is_ascii_lowercase();
        if (is_new || !letter.is_ascii_alphanumeric())
            && parts.last().is_some_and(|p| !p.is_empty())
        {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut().filter(|_| letter.is_ascii_alphanumeric()) {
            part.push(letter.to_ascii_lowercase());
        }
        before = letter;
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The name as texts spell it, in lower case.
fn spellings(parts: &[String]) -> Vec<String> {
    let separators: &[&str] = if parts.len() == 1 { &[""] } else { &["_", "", "-", ".", " "] };
    separators.iter().map(|separator| parts.join(separator)).collect()
}

/// What is assigned to one of the spellings, at the end of a name: quoted, also within JSON within
/// a text, or up to the next white space or separator.
fn pattern(parts: &[String], spellings: &[String]) -> String {
    let names: Vec<String> = spellings.iter().map(|name| regex::escape(name)).collect();
    // In `oldBadgeNo` the capital is where the name begins.
    let camel: String = parts.iter().map(|part| capitalised(part)).collect();
    format!(
        r#"(?i)(?:(?:^|[^a-z0-9])(?:{})|(?-i:[a-z0-9]{camel}))\\*["']?\]?[\x20\t]{{0,4}}(?:=>|:=|[:=]|%3d)[\x20\t]{{0,4}}(?:\\*"(?P<secret_quoted>[^"\\\r\n]+)|\\*'(?P<secret_single>[^'\\\r\n]+)|(?P<secret>[^\s"'\\,;&<>)\]}}]+))"#,
        names.join("|")
    )
}

fn capitalised(part: &str) -> String {
    let mut letters = part.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redact::Detector;

    #[test]
    fn a_name_is_known_in_text_in_every_spelling() {
        let detector = Detector::with_rules(
            &[OwnName::new("badgeNo").unwrap().in_text],
            std::iter::empty(),
            &[],
        );
        let found = |text: &str| {
            let mut findings = Vec::new();
            detector.scan(text, &detector.look_over(text.as_bytes()).rules, &mut findings);
            let found = findings.iter().map(|finding| text.get(finding.span.clone()).unwrap());
            found.collect::<Vec<_>>().join("|")
        };
        for (text, expected) in [
            ("user=7 badge_no=A4711, ok", "A4711"),
            ("BADGE-NO: A4711", "A4711"),
            ("staff.badge.no => 'A 47'", "A 47"),
            (r#"got {"badgeNo":"A 47","x":1}"#, "A 47"),
            (r#"got {\"badge_no\":\"A47\"}"#, "A47"),
            ("?badge_no=A1&badge_no=B2", "A1|B2"),
            ("oldBadgeNo=A4711", "A4711"),
            ("badge_no=[REDACTED:by-name]", ""),
            ("badge_no: required", ""),
            ("badge_no=null", ""),
            ("badge_notice=A4711", ""),
            ("mybadge_no=A4711 myBadgeNote=A4711 mybadgeno=A4711", ""),
            ("the badge no longer opens the door", ""),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn names_that_would_match_everywhere_are_refused() {
        for name in ["", "no", "a-b", "näme", "a b c", "*", &"n".repeat(41)] {
            assert!(OwnName::new(name).is_err(), "{name}");
        }
    }
}
