//! Which entries a person wants to see.

use serde::Deserialize;

use super::Held;
use super::digest::rank;

/// How many bytes of a search are looked for: more is no search that a person makes.
const LONGEST_TEXT: usize = 1024;

/// What entries must have. What is empty is not asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Filter {
    /// Words that must all stand in the document, or in the reason why there is none; ASCII letters
    /// in either case.
    pub(crate) text: String,
    /// The lowest level.
    pub(crate) level: String,
    pub(crate) service: String,
    pub(crate) index: String,
    /// `Ok`, `Dropped` or `ProcessingFailed`.
    pub(crate) result: String,
    /// The reason of a failure.
    pub(crate) code: String,
    /// A rule by which something was redacted.
    pub(crate) rule: String,
    pub(crate) fingerprint: String,
}

impl Filter {
    /// Whether an entry has what is asked for. Payloads are not searched: a search that found a
    /// secret would tell it.
    pub(crate) fn fits(&self, held: &Held) -> bool {
        let Held { entry, digest, .. } = held;
        let same = |wanted: &str, is: &str| wanted.is_empty() || wanted == is;
        same(&self.service, &digest.service)
            && same(&self.index, &entry.index)
            && same(&self.fingerprint, &digest.fingerprint)
            && same(&self.result, entry.result.name())
            && same(&self.code, entry.result.code().unwrap_or_default())
            && (self.rule.is_empty() || digest.rules.contains(&self.rule))
            && rank(&self.level).is_none_or(|lowest| digest.level >= Some(lowest))
            && self.words().all(|word| {
                let places = [entry.document.as_deref(), entry.result.code().map(str::as_bytes)];
                places.into_iter().flatten().any(|place| holds(place, word.as_bytes()))
            })
    }

    /// The words of the search as they stand in JSON.
    fn words(&self) -> impl Iterator<Item = String> {
        let end = self.text.floor_char_boundary(LONGEST_TEXT);
        self.text.get(..end).unwrap_or_default().split_whitespace().map(|word| {
            let quoted = serde_json::Value::from(word).to_string();
            let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            inner.unwrap_or_default().to_owned()
        })
    }
}

/// Whether `needle` stands in `text`, ASCII letters in either case.
fn holds(text: &[u8], needle: &[u8]) -> bool {
    let Some((first, rest)) = needle.split_first() else { return true };
    let (lower, upper) = (first.to_ascii_lowercase(), first.to_ascii_uppercase());
    memchr::memchr2_iter(lower, upper, text).any(|place| {
        let after = text.get(place + 1..place + 1 + rest.len());
        after.is_some_and(|after| after.eq_ignore_ascii_case(rest))
    })
}
