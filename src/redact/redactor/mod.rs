//! What the settings make of a document: its secrets found by name and by value, and replaced.

mod holder;
mod keys;
mod text;
mod walk;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::{LazyLock, Mutex, MutexGuard, TryLockError};

use super::names::KeyPath;
use super::rules;
use super::{
    Detector, Exemptions, Mode, Onlooker, OwnName, OwnRule, Replacement, ReplacementError, Rule,
    RuleMask, RuleSet, SecretNames,
};
use crate::document::{Document, Redacted};
use crate::json::Value;
use holder::Holder;
use keys::KeyMemory;
use walk::Walk;

/// The id under which secrets found by their key are marked and counted.
pub const BY_NAME: &str = "by-name";

/// What the configuration says about redaction.
#[derive(Clone)]
pub struct RedactionSettings {
    /// The sets of rules that are on. Without [`RuleSet::Secrets`] names do not count either; with
    /// no set at all, nothing is found.
    pub sets: Vec<RuleSet>,
    /// What stands in a secret's place.
    pub mode: Mode,
    /// The key of [`Mode::Hash`].
    pub key: Option<Vec<u8>>,
    /// Rules of the operator's own.
    pub own_rules: Vec<OwnRule>,
    /// Names of the operator's own.
    pub own_names: Vec<OwnName>,
    /// The ids of built-in rules that are off although their set is on.
    pub rules_off: Vec<&'static str>,
    /// What is left as it is.
    pub exemptions: Exemptions,
    /// Whether secrets are counted and reported only, and documents stay as they are.
    pub audit: bool,
    /// Makes the list of words that a later stage looks for, of at least three bytes of ASCII: the
    /// pass over a payload that chooses the rules tells whether any of them stands in it.
    pub signs: fn() -> Vec<String>,
}

/// What the look at a payload has told.
#[derive(Clone, Copy, Debug)]
pub struct Outlook {
    /// The rules that could find anything in it.
    pub rules: RuleMask,
    /// Whether one of the [`signs`](RedactionSettings::signs) may stand in it.
    pub has_sign: bool,
}

impl Outlook {
    /// That of a payload at which nobody can look.
    const UNKNOWN: Self = Self { rules: RuleMask::all(), has_sign: true };
}

impl Default for RedactionSettings {
    fn default() -> Self {
        Self {
            sets: RuleSet::DEFAULT.to_vec(),
            mode: Mode::Label,
            key: None,
            own_rules: Vec::new(),
            own_names: Vec::new(),
            rules_off: Vec::new(),
            exemptions: Exemptions::default(),
            audit: false,
            signs: Vec::new,
        }
    }
}

type MakeDetector = Box<dyn FnOnce() -> Detector + Send + Sync>;

/// Finds secrets and replaces them.
#[derive(Debug)]
pub struct Redactor {
    /// Made for the first text, because a cold start would pay for hundreds of rules that any event
    /// can wait for. Nothing can go wrong then: the operator's own rules have been compiled.
    detector: LazyLock<Detector, MakeDetector>,
    names: Option<SecretNames>,
    replacement: Replacement,
    exemptions: Exemptions,
    is_audit: bool,
    /// Borrowed by one walk at a time; another that goes on meanwhile does without.
    keys: Mutex<KeyMemory>,
}

impl Redactor {
    /// Compiles the settings.
    ///
    /// # Errors
    /// When the mode needs a key that is missing or too short.
    pub fn new(settings: &RedactionSettings) -> Result<Self, ReplacementError> {
        let RedactionSettings { sets, own_rules, own_names, .. } = settings;
        let by_name = sets.contains(&RuleSet::Secrets);
        let mut own = if sets.is_empty() { Vec::new() } else { own_rules.clone() };
        let mut names = Vec::new();
        if by_name {
            own.extend(own_names.iter().map(|name| name.in_text().clone()));
            names.extend(own_names.iter().map(|name| name.name().to_owned()));
        }
        let (sets, off) = (sets.clone(), settings.rules_off.clone());
        let signs = settings.signs;
        let make_detector: MakeDetector = Box::new(move || {
            let is_on = |rule: &&Rule| sets.contains(&rule.set) && !off.contains(&rule.id);
            Detector::with_rules(&own, rules::all().filter(is_on), &signs())
        });
        Ok(Self {
            detector: LazyLock::new(make_detector),
            names: by_name.then(|| SecretNames::new(&names)),
            replacement: Replacement::new(settings.mode, settings.key.as_deref())?,
            exemptions: settings.exemptions.clone(),
            is_audit: settings.audit,
            keys: Mutex::default(),
        })
    }

    /// Whether secrets are counted and reported only, and documents stay as they are.
    #[must_use]
    pub fn is_audit(&self) -> bool {
        self.is_audit
    }

    /// From now on secrets are replaced, whatever the settings said.
    pub fn end_audit(&mut self) {
        self.is_audit = false;
    }

    /// What is left as it is.
    #[must_use]
    pub fn exemptions(&self) -> &Exemptions {
        &self.exemptions
    }

    /// Whether the rule with this id is applied.
    #[must_use]
    pub fn is_on(&self, id: &str) -> bool {
        self.detector.ids().any(|on| on == id)
    }

    /// Replaces the secrets of `document` and seals it. `rules` are those that
    /// [`Redactor::look_over`] told of the text it was read from. Each finding is counted in `counts`
    /// under its rule's id.
    ///
    /// In an audit the document is sealed as it came, and the counts are those of the secrets that
    /// would have been replaced. `onlooker` is told of each secret, and costs nothing when there is
    /// none.
    #[must_use]
    pub fn redact<'a>(
        &self,
        mut document: Document<'a>,
        rules: &RuleMask,
        counts: &mut BTreeMap<String, u64>,
        onlooker: Option<&mut Onlooker<'_>>,
    ) -> Redacted<Document<'a>> {
        if self.is_audit {
            self.redact_all(&mut document.clone(), rules, counts, onlooker);
        } else {
            self.redact_all(&mut document, rules, counts, onlooker);
        }
        Redacted::seal(document)
    }

    /// Replaces what the names in a document's source give away that have been read in its text
    /// since it was redacted.
    pub fn redact_new_names(
        &self,
        document: &mut Redacted<Document<'_>>,
        counts: &mut BTreeMap<String, u64>,
    ) {
        if document.has_new_names && !self.is_audit {
            self.redact_all(document, &RuleMask::all(), counts, None);
        }
        document.has_new_names = false;
    }

    /// The memory of keys, if no other walk has it. One that panicked has left it as it was.
    fn free_keys(&self) -> Option<MutexGuard<'_, KeyMemory>> {
        match self.keys.try_lock() {
            Ok(keys) => Some(keys),
            Err(TryLockError::Poisoned(keys)) => Some(keys.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn redact_all(
        &self,
        document: &mut Document<'_>,
        rules: &RuleMask,
        counts: &mut BTreeMap<String, u64>,
        onlooker: Option<&mut Onlooker<'_>>,
    ) {
        if onlooker.is_some() || self.exemptions.hang_on_fields() {
            Walk::<true>::new(self, *rules, counts, onlooker).redact_document(document);
        } else {
            Walk::<false>::new(self, *rules, counts, None).redact_document(document);
        }
    }

    /// The text with its secrets replaced, as a string in a document would have them; an audit
    /// makes no difference.
    pub fn redact_text(
        &self,
        text: &str,
        counts: &mut BTreeMap<String, u64>,
        onlooker: Option<&mut Onlooker<'_>>,
    ) -> String {
        let mut value = Value::from(text);
        Walk::<true>::new(self, RuleMask::all(), counts, onlooker).redact_value(
            &mut value,
            Holder::Other,
            KeyPath::TOP,
        );
        value.as_str().unwrap_or_default().to_owned()
    }

    /// What could be found in a document of which all that the producer wrote stands in `text`: one
    /// pass that decides for most documents that no rule has to run. Escaped letters and slashes
    /// hide words from a look at raw JSON, so that all rules run then, as they do when there is no
    /// such text.
    #[must_use]
    pub fn look_over(&self, text: Option<&str>) -> Outlook {
        match text.map(str::as_bytes) {
            Some(text) if !hides_letters(text) => self.detector.look_over(text),
            _ => Outlook::UNKNOWN,
        }
    }
}

/// Whether an escape stands in the place of an ASCII character, be it in JSON within a string of
/// the JSON. Anchors are of ASCII, so that all other escapes hide no more than the letters that they
/// stand for would.
fn hides_letters(text: &[u8]) -> bool {
    memchr::memchr_iter(b'\\', text).any(|at| {
        match text.get(at + 1..).and_then(<[u8]>::split_first) {
            Some((b'/', _)) => true,
            Some((b'u', digits)) => match digits.first_chunk::<4>() {
                Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => {
                    matches!(digits, [b'0', b'0', b'0'..=b'7', _])
                }
                _ => true,
            },
            _ => false,
        }
    })
}
