//! The prefilter: which rules have any chance in a text, told in one pass over it.
//!
//! Most rules hang on keywords, the rest on shapes such as a long run of digits. A rule of whose
//! anchors none stands in a text is not applied to it, and for most texts that is every rule.

use std::borrow::Cow;

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::anchor::{Anchor, for_each_stretch};
use super::keywords::KeywordSet;
use super::mask::RuleMask;
use super::placeholder::{MARKER_START, marker_end_at};
use super::redactor::Outlook;
use super::text_names;

/// How many keywords the built-in rules have, about.
const MOST_KEYWORDS: usize = 2048;

/// What a rule needs to have any chance in a text.
pub(super) enum Need<'r> {
    /// What its row in the table says.
    Anchor(Anchor),
    /// One of these literals.
    Keywords(&'r [String]),
    /// Nothing: it may find something in any text.
    Nothing,
}

/// The needs of many rules. Shared between threads, never changed.
#[derive(Debug)]
pub(super) struct Prefilter {
    /// Finds every keyword of every rule, in any ASCII case.
    keywords: KeywordSet,
    /// For each of `keywords`, the rules that hang on it; the signs come behind those.
    rules_of_keyword: Vec<RuleMask>,
    keyword_rules: RuleMask,
    /// The shapes, each with the rank of the rule that hangs on it.
    shapes: Vec<(Anchor, usize)>,
    shape_rules: RuleMask,
    /// The rules that may find something in any text.
    free_rules: RuleMask,
}

impl Prefilter {
    /// The prefilter for rules with these needs, in the order of their ranks, and for signs.
    pub(super) fn new<'r>(needs: impl Iterator<Item = Need<'r>>, signs: &[String]) -> Self {
        let mut rules_of_word: FxHashMap<Cow<'r, str>, RuleMask> =
            FxHashMap::with_capacity_and_hasher(MOST_KEYWORDS, FxBuildHasher);
        let mut shapes = Vec::new();
        let [mut keyword_rules, mut name_rules, mut shape_rules, mut free_rules] =
            [RuleMask::none(); 4];
        for (rank, need) in needs.enumerate() {
            let mut hang_on = |word| rules_of_word.entry(word).or_default().insert(rank);
            match need {
                Need::Nothing => free_rules.insert(rank),
                Need::Keywords(words) => {
                    keyword_rules.insert(rank);
                    for word in words {
                        hang_on(Cow::Borrowed(word));
                    }
                }
                Need::Anchor(Anchor::Keywords(words)) => {
                    keyword_rules.insert(rank);
                    for word in words {
                        hang_on(Cow::Borrowed(word));
                    }
                }
                Need::Anchor(Anchor::SecretName) => name_rules.insert(rank),
                Need::Anchor(shape) => {
                    shape_rules.insert(rank);
                    shapes.push((shape, rank));
                }
            }
        }
        if !name_rules.is_empty() {
            keyword_rules.extend(&name_rules);
            for word in text_names::keywords() {
                rules_of_word.entry(Cow::Owned(word)).or_default().extend(&name_rules);
            }
        }
        let words = rules_of_word.keys().map(AsRef::as_ref);
        let keywords = KeywordSet::new(words.chain(signs.iter().map(String::as_str)));
        let rules_of_keyword = rules_of_word.into_values().collect();
        Self { keywords, rules_of_keyword, keyword_rules, shapes, shape_rules, free_rules }
    }

    /// What has any chance in any string of this payload, raw JSON or text.
    pub(super) fn of_payload(&self, payload: &[u8]) -> Outlook {
        let mut outlook = Outlook { rules: self.free_rules, has_sign: false };
        self.add_shape_rules(payload, &self.shape_rules, &mut outlook.rules);
        self.keywords.for_each(payload, |keyword, _| match self.rules_of_keyword.get(keyword) {
            Some(rules) => outlook.rules.extend(rules),
            None => outlook.has_sign = true,
        });
        outlook
    }

    /// Those of `rules` that have any chance in this decoded string. Keywords within our own
    /// markers, whose rule ids may hold some, do not count.
    pub(super) fn of_text(&self, text: &str, rules: &RuleMask) -> RuleMask {
        let mut candidates = self.free_rules;
        if rules.intersects(&self.shape_rules) {
            self.add_shape_rules(text.as_bytes(), rules, &mut candidates);
        }
        if rules.intersects(&self.keyword_rules) {
            let mut has_markers = None;
            let mut marker = 0..0;
            self.keywords.for_each(text.as_bytes(), |keyword, at| {
                let Some(rules) = self.rules_of_keyword.get(keyword) else { return };
                if marker.contains(&at) || candidates.contains_all(rules) {
                    return;
                }
                let has_markers = *has_markers.get_or_insert_with(|| text.contains(MARKER_START));
                match has_markers.then(|| marker_end_at(text, at)).flatten() {
                    Some(end) if end > at => marker = at..end,
                    _ => candidates.extend(rules),
                }
            });
        }
        candidates.intersection(rules)
    }

    /// Adds those of `rules` whose shape stands in the text.
    fn add_shape_rules(&self, text: &[u8], rules: &RuleMask, candidates: &mut RuleMask) {
        let shapes = || self.shapes.iter().filter(|(_, rank)| rules.contains(*rank));
        let (mut looks_at_stretches, mut add) = (false, |rank| candidates.insert(rank));
        for (shape, rank) in shapes() {
            if shape.stands_in_stretches() {
                looks_at_stretches = true;
            } else if shape.stands_in(text) {
                add(*rank);
            }
        }
        if looks_at_stretches {
            for_each_stretch(text, |stretch| {
                let shapes = shapes().filter(|(shape, _)| shape.stands_in_stretches());
                shapes
                    .filter(|(shape, _)| shape.stands_in(stretch))
                    .for_each(|(_, rank)| add(*rank));
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranks(prefilter: &Prefilter, text: &str) -> Vec<usize> {
        prefilter.of_text(text, &RuleMask::all()).ranks().collect()
    }

    #[test]
    fn each_need_is_met_by_its_texts_alone() {
        let own = ["zebra".to_owned()];
        let needs = [
            Need::Anchor(Anchor::Keywords(&["ghp_", "gho_"])),
            Need::Anchor(Anchor::DigitRun(14)),
            Need::Anchor(Anchor::AnyByte(b"@")),
            Need::Keywords(&own),
            Need::Nothing,
            Need::Anchor(Anchor::SecretName),
        ];
        let prefilter = Prefilter::new(needs.into_iter(), &["a sign".to_owned()]);
        for (text, expected) in [
            ("nothing", vec![4]),
            ("GHO_", vec![0, 4]),
            ("4111 1111 1111 1111", vec![1, 4]),
            ("4111 1111 1111", vec![4]),
            ("a@b zebra", vec![2, 3, 4]),
            ("db_password", vec![4, 5]),
        ] {
            assert_eq!(ranks(&prefilter, text), expected, "{text}");
            let of_payload: Vec<_> = prefilter.of_payload(text.as_bytes()).rules.ranks().collect();
            assert_eq!(of_payload, expected, "{text}");
        }
        for (text, has_sign) in [("with A Sign", true), ("asign ghp_", false)] {
            assert_eq!(prefilter.of_payload(text.as_bytes()).has_sign, has_sign, "{text}");
            assert_eq!(ranks(&prefilter, text).contains(&0), !has_sign, "{text}");
        }
        let only = prefilter.of_text("a@b ghp_", &prefilter.of_payload(b"ghp_").rules);
        assert_eq!(only.ranks().collect::<Vec<_>>(), [0, 4]);
    }

    #[test]
    fn keywords_within_markers_do_not_count() {
        let needs = [Need::Anchor(Anchor::Keywords(&["heroku"]))];
        let prefilter = Prefilter::new(needs.into_iter(), &["a sign".to_owned()]);
        for text in ["[REDACTED:heroku-key]", "a [REDACTED:x]b [REDACTED:heroku-key:01ab]c"] {
            assert!(ranks(&prefilter, text).is_empty(), "{text}");
        }
        for text in ["[REDACTED:x]heroku", "heroku[REDACTED:heroku-key]", "[REDACTED heroku]"] {
            assert_eq!(ranks(&prefilter, text), [0], "{text}");
        }
    }
}
