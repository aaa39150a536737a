//! The walk over a document that leaves no string and no key unseen.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use super::detector::MOST_SCANS;
use super::names::{is_bare_word, is_plural};
use super::rules;
use super::sighting::{Outer, Trail};
use super::{
    Detector, Exemptions, Finding, Mode, Onlooker, OwnName, OwnRule, Replacement, ReplacementError,
    RuleMask, RuleSet, SecretNames, Sighting, is_placeholder,
};
use crate::document::{Document, Field, Redacted};
use crate::json::{Object, Value, join_lines, read, to_text};

/// The id under which secrets found by their key are marked and counted.
pub const BY_NAME: &str = "by-name";

/// What the envelope repeats of a producer's own words. All else in it is AWS's: names, numbers
/// and addresses.
const PRODUCERS_OWN_WORDS: [Field; 3] =
    [Field::AwsCloudwatchLogGroup, Field::AwsCloudwatchLogStream, Field::AwsKinesisPartitionKey];

/// The shortest number that any rule finds, a payment card's.
const SHORTEST_SECRET_NUMBER: usize = 12;

/// How deep JSON within strings within JSON is followed.
const DEEPEST_EMBEDDED_JSON: usize = 4;

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
        }
    }
}

/// Finds secrets and replaces them.
#[derive(Debug)]
pub struct Redactor {
    detector: Detector,
    names: Option<SecretNames>,
    replacement: Replacement,
    exemptions: Exemptions,
    is_audit: bool,
}

impl Redactor {
    /// Compiles the settings.
    ///
    /// # Errors
    /// When the mode needs a key that is missing or too short.
    pub fn new(settings: &RedactionSettings) -> Result<Self, ReplacementError> {
        let RedactionSettings { sets, rules_off, own_rules, own_names, .. } = settings;
        let by_name = sets.contains(&RuleSet::Secrets);
        let mut own = if sets.is_empty() { Vec::new() } else { own_rules.clone() };
        let mut names = Vec::new();
        if by_name {
            own.extend(own_names.iter().map(|name| name.in_text().clone()));
            names.extend(own_names.iter().map(|name| name.name().to_owned()));
        }
        let built_in =
            rules::all().filter(|rule| sets.contains(&rule.set) && !rules_off.contains(&rule.id));
        Ok(Self {
            detector: Detector::with_rules(&own, built_in),
            names: by_name.then(|| SecretNames::new(&names)),
            replacement: Replacement::new(settings.mode, settings.key.as_deref())?,
            exemptions: settings.exemptions.clone(),
            is_audit: settings.audit,
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
    /// [`Redactor::rules_for`] the text it was read from. Each finding is counted in `counts`
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
            "",
        );
        value.as_str().unwrap_or_default().to_owned()
    }

    /// The rules that could find anything in a document of which all that the producer wrote stands
    /// in `text`: one pass that decides for most documents that no rule has to run. Escaped letters
    /// and slashes hide keywords from a look at raw JSON, so that all rules run then, as they do
    /// when there is no such text.
    #[must_use]
    pub fn rules_for(&self, text: Option<&str>) -> RuleMask {
        let Some(text) = text.map(str::as_bytes) else { return RuleMask::all() };
        let hides_letters = memchr::memchr_iter(b'\\', text)
            .any(|at| matches!(text.get(at + 1), Some(b'u' | b'/')));
        if hides_letters { RuleMask::all() } else { self.detector.candidates(text) }
    }
}

/// What holds a value, as far as its name goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// A key that names a secret.
    SecretName,
    /// A key that names secrets: a small number is how many there are.
    SecretNames,
    /// Something below a key that names a secret.
    WithinSecret,
    /// Anything else.
    Other,
}

impl Holder {
    /// The holder of the value of a secret's name.
    fn of_name(name: &str) -> Self {
        if is_plural(name) { Self::SecretNames } else { Self::SecretName }
    }

    /// Whether a number is masked. Below a secret name stand ports and versions, too; what has
    /// more digits than those is taken for the secret.
    fn masks_number(self, number: &str) -> bool {
        const DIGITS_OF_COUNT: usize = 4;
        match self {
            Self::SecretName => true,
            Self::SecretNames | Self::WithinSecret => {
                number.bytes().filter(u8::is_ascii_digit).count() > DIGITS_OF_COUNT
            }
            Self::Other => false,
        }
    }
}

/// Keys under which an object holds a name, and keys under which it holds that name's value:
/// `{"name": "Cookie", "value": …}`.
const NAME_KEYS: [&str; 3] = ["name", "key", "header"];
const VALUE_KEYS: [&str; 3] = ["value", "val", "values"];

fn is_one_of(key: &str, keys: [&str; 3]) -> bool {
    // The first letter settles nearly all keys.
    let first = key.bytes().next().unwrap_or_default().to_ascii_lowercase();
    keys.iter()
        .any(|known| known.as_bytes().first() == Some(&first) && key.eq_ignore_ascii_case(known))
}

/// `FOLLOWS` says whether anybody asks where the walk stands. It is known to the compiler, so that
/// nothing is left of the asking in a walk without onlooker and without exemptions by field.
struct Walk<'r, 'w, 'o, const FOLLOWS: bool> {
    redactor: &'r Redactor,
    rules: RuleMask,
    findings: Vec<Finding<'r>>,
    counts: &'w mut BTreeMap<String, u64>,
    embedded_depth: usize,
    is_finished: bool,
    is_in_key: bool,
    trail: Trail,
    onlooker: Option<&'w mut Onlooker<'o>>,
}

impl<'r, 'w, 'o, const FOLLOWS: bool> Walk<'r, 'w, 'o, FOLLOWS> {
    fn new(
        redactor: &'r Redactor,
        rules: RuleMask,
        counts: &'w mut BTreeMap<String, u64>,
        onlooker: Option<&'w mut Onlooker<'o>>,
    ) -> Self {
        let trail = Trail::new(redactor.exemptions.hang_on_fields(), onlooker.is_some());
        Self {
            redactor,
            rules,
            findings: Vec::new(),
            counts,
            embedded_depth: 0,
            is_finished: false,
            is_in_key: false,
            trail,
            onlooker,
        }
    }

    fn redact_document(&mut self, document: &mut Document<'_>) {
        self.redact_object(&mut document.source, Holder::Other, "");
        self.is_finished = document.is_finished;
        if !document.is_finished {
            // The envelope is not in the text for which the rules were chosen.
            self.rules = RuleMask::all();
        }
        for (field, value) in document.fields.iter_mut() {
            if document.is_finished || PRODUCERS_OWN_WORDS.contains(&field) {
                let outer = self.enter(field.name());
                if !self.leaves_field() {
                    self.redact_value(value, Holder::Other, "");
                }
                self.leave(outer);
            }
        }
    }

    /// `parent` is the key that holds the object, or the array that holds it.
    fn redact_object(&mut self, object: &mut Object<'_>, holder: Holder, parent: &str) {
        let of_value = self.holder_of_value(object);
        object.retain_mut(|key, value| {
            let outer = self.enter(key);
            let keeps =
                self.leaves_field() || self.redact_entry(key, value, holder, of_value, parent);
            if keeps && let Some(redacted) = self.redacted_key(key) {
                *key = Cow::Owned(redacted);
            }
            self.leave(outer);
            keeps
        });
    }

    /// Redacts the value under `key`, in an object that `holder` holds and in which `of_value`, if
    /// anything, holds the value. False when the entry must go.
    fn redact_entry(
        &mut self,
        key: &str,
        value: &mut Value<'_>,
        holder: Holder,
        of_value: Option<Holder>,
        parent: &str,
    ) -> bool {
        let own = match of_value {
            Some(holder) if is_one_of(key, VALUE_KEYS) => Some(holder),
            _ => self.is_secret(parent, key).then(|| Holder::of_name(key)),
        };
        let names_nothing = !key.chars().any(char::is_alphanumeric);
        let below = match (own, holder) {
            (Some(own), _) => own,
            (None, Holder::Other) => Holder::Other,
            // Nor does it become a part of a label's name.
            (None, holder) if names_nothing => holder,
            (None, _) => Holder::WithinSecret,
        };
        if own.is_some()
            && self.redactor.replacement.mode() == Mode::Remove
            && self.has_secret_leaf(value, below)
        {
            self.count(BY_NAME);
            if self.onlooker.is_some() {
                let text = to_text(value);
                self.report(Some(BY_NAME), &text, 0..text.len(), None);
            }
            return false;
        }
        self.redact_value(value, below, if names_nothing { parent } else { key });
        true
    }

    /// Goes below `key`, if anybody asks where the walk stands.
    fn enter(&mut self, key: &str) -> Outer {
        if !FOLLOWS {
            return Outer::default();
        }
        let mut shown = None;
        if self.trail.is_shown() {
            // A secret in the key is told when the key itself is redacted.
            let mut counts = BTreeMap::new();
            let mut aside = Walk::<false>::new(self.redactor, RuleMask::all(), &mut counts, None);
            shown = aside.redacted_text(key);
        }
        self.trail.enter(key, shown.as_deref().unwrap_or(key))
    }

    /// Goes back up.
    fn leave(&mut self, outer: Outer) {
        if FOLLOWS {
            self.trail.leave(outer);
        }
    }

    /// Whether an exemption leaves the field where the walk stands as it is.
    fn leaves_field(&mut self) -> bool {
        if !FOLLOWS {
            return false;
        }
        let redactor = self.redactor;
        let path = self.trail.actual();
        let exemption = path.and_then(|path| redactor.exemptions.of_field(path, self.is_finished));
        if exemption.is_some() {
            self.report(None, "", 0..0, exemption);
        }
        exemption.is_some()
    }

    fn report(
        &mut self,
        rule: Option<&str>,
        text: &str,
        span: Range<usize>,
        exemption: Option<&str>,
    ) {
        if FOLLOWS && let Some(onlooker) = &mut self.onlooker {
            let (path, is_key) = (self.trail.shown(), self.is_in_key);
            onlooker(&Sighting { rule, path, is_key, text, span, exemption });
        }
    }

    fn is_secret(&self, parent: &str, key: &str) -> bool {
        let names = self.redactor.names.as_ref();
        names.is_some_and(|names| names.is_secret(key) || names.is_secret_below(parent, key))
    }

    /// What holds the value of an object that is a name and a value, if the name is a secret's.
    fn holder_of_value(&self, object: &Object<'_>) -> Option<Holder> {
        object.iter().find(|(key, _)| is_one_of(key, VALUE_KEYS))?;
        let mut names = object.iter().filter(|(key, _)| is_one_of(key, NAME_KEYS));
        names.find_map(|(_, name)| {
            let name = name.as_str().filter(|name| self.is_secret("", name))?;
            Some(Holder::of_name(name))
        })
    }

    fn redact_value(&mut self, value: &mut Value<'_>, holder: Holder, name: &str) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => {
                if holder.masks_number(number.as_str()) && !self.leaves_value(number.as_str()) {
                    *value = Value::from(self.marker(number.as_str()));
                } else if number.as_str().len() >= SHORTEST_SECRET_NUMBER
                    && let Some(redacted) = self.redacted_text(number.as_str())
                {
                    *value = Value::from(redacted);
                }
            }
            Value::String(text) => {
                let redacted = if holder == Holder::Other {
                    match self.embedded_json(text) {
                        Some(value) => self.redacted_json(value),
                        None => self.redacted_text(text),
                    }
                } else if is_placeholder(text) || self.leaves_value(text) {
                    None
                } else {
                    Some(self.marker(text))
                };
                if let Some(redacted) = redacted {
                    *text = Cow::Owned(redacted);
                }
            }
            Value::Array(elements) => self.redact_array(elements, holder, name),
            Value::Object(object) => self.redact_object(object, holder, name),
        }
    }

    fn redact_array(&mut self, elements: &mut Vec<Value<'_>>, holder: Holder, name: &str) {
        if holder == Holder::Other {
            self.redact_lines(elements);
        }
        let is_pair = elements.len() == 2;
        // What the string before makes of an element.
        let mut next = None;
        for element in elements {
            let of_element = next.take().unwrap_or(holder);
            if holder == Holder::Other {
                next = element.as_str().and_then(|text| self.holder_after(text, is_pair));
            }
            let is_next = of_element != holder;
            if is_next && !is_argument_of_secret(element) {
                self.redact_value(element, holder, name);
            } else {
                self.redact_value(element, of_element, name);
            }
        }
    }

    /// What holds the element after the string `text`: a header or parameter of which an array of
    /// two is name and value, or an option on a command line.
    fn holder_after(&self, text: &str, is_pair: bool) -> Option<Holder> {
        let is_name = text.len() <= 64 && !text.contains(['=', ' ', '\n']);
        (is_name && (is_pair || text.starts_with('-')) && self.is_secret("", text))
            .then(|| Holder::of_name(text))
    }

    /// Redacts an array of strings as the text that its lines are for the stages after this one:
    /// a secret may begin in one and end in another, or be told by the line before it. Such an
    /// array becomes the lines of the redacted text.
    fn redact_lines(&mut self, elements: &mut Vec<Value<'_>>) {
        if self.rules.is_empty() || elements.len() < 2 {
            return;
        }
        let Some((text, ends)) = join_lines(elements) else {
            return;
        };
        let mut findings = std::mem::take(&mut self.findings);
        self.scan(&text, &mut findings);
        let crosses = |finding: &Finding<'_>| {
            ends.iter().any(|end| finding.span.start < *end && *end < finding.span.end)
        };
        let redacted = if findings.is_empty() {
            None
        } else if findings.iter().any(crosses) {
            Some(self.replace(&text, &findings))
        } else {
            // What shows in single lines is replaced there, which leaves the array as it is.
            for element in elements.iter_mut() {
                self.redact_value(element, Holder::Other, "");
            }
            join_lines(elements).and_then(|(text, _)| {
                self.scan(&text, &mut findings);
                (!findings.is_empty()).then(|| self.replace(&text, &findings))
            })
        };
        self.findings = findings;
        if let Some(redacted) = redacted {
            *elements = redacted.lines().map(|line| Value::from(line.to_owned())).collect();
        }
    }

    /// The text with its secrets replaced; `None` when it holds none.
    fn redacted_text(&mut self, text: &str) -> Option<String> {
        if self.rules.is_empty() {
            return None;
        }
        let mut findings = std::mem::take(&mut self.findings);
        self.scan(text, &mut findings);
        let redacted = (!findings.is_empty()).then(|| self.replace(text, &findings));
        self.findings = findings;
        redacted
    }

    /// The key with its secrets replaced; `None` when it holds none.
    fn redacted_key(&mut self, key: &str) -> Option<String> {
        self.is_in_key = true;
        let redacted = self.redacted_text(key);
        self.is_in_key = false;
        redacted
    }

    /// The secrets of `text` but for those that are exempt.
    fn scan(&mut self, text: &str, findings: &mut Vec<Finding<'r>>) {
        let redactor = self.redactor;
        redactor.detector.scan(text, &self.rules, findings);
        if redactor.exemptions.hang_on_values() {
            findings.retain(|finding| {
                let secret = text.get(finding.span.clone()).unwrap_or_default();
                let exemption = redactor.exemptions.of_value(secret);
                if exemption.is_some() {
                    let rule = Some(finding.rule.id());
                    self.report(rule, text, finding.span.clone(), exemption);
                }
                exemption.is_none()
            });
        }
    }

    /// Whether an exemption leaves `secret`, which stands under a secret's name.
    fn leaves_value(&mut self, secret: &str) -> bool {
        let exemption = self.redactor.exemptions.of_value(secret);
        if exemption.is_some() {
            self.report(Some(BY_NAME), secret, 0..secret.len(), exemption);
        }
        exemption.is_some()
    }

    /// The text with the findings replaced, and with whatever shows then.
    fn replace(&mut self, text: &str, findings: &[Finding<'_>]) -> String {
        let mut redacted = self.replace_once(text, findings);
        let rules = std::mem::replace(&mut self.rules, RuleMask::all());
        let mut more = Vec::new();
        for _ in 1..MOST_SCANS {
            self.scan(&redacted, &mut more);
            if more.is_empty() {
                break;
            }
            redacted = self.replace_once(&redacted, &more);
        }
        self.rules = rules;
        redacted
    }

    fn replace_once(&mut self, text: &str, findings: &[Finding<'_>]) -> String {
        let mut redacted = String::with_capacity(text.len() + 32);
        let mut end = 0;
        for finding in findings {
            let rule = finding.rule.id();
            let secret = text.get(finding.span.clone()).unwrap_or_default();
            redacted.push_str(text.get(end..finding.span.start).unwrap_or_default());
            self.redactor.replacement.write(rule, secret, &mut redacted);
            end = finding.span.end;
            self.count(rule);
            self.report(Some(rule), text, finding.span.clone(), None);
        }
        redacted.push_str(text.get(end..).unwrap_or_default());
        redacted
    }

    /// What a string holds that is JSON itself, an object or an array.
    fn embedded_json<'t>(&self, text: &'t str) -> Option<Value<'t>> {
        let first = text.trim_start().bytes().next();
        if !matches!(first, Some(b'{' | b'[')) || self.embedded_depth == DEEPEST_EMBEDDED_JSON {
            return None;
        }
        read(text).ok().filter(Value::is_container)
    }

    /// Embedded JSON is redacted as JSON, because its keys name secrets too. `None` when it holds
    /// none.
    fn redacted_json(&mut self, mut value: Value<'_>) -> Option<String> {
        let before: u64 = self.counts.values().sum();
        self.embedded_depth += 1;
        self.redact_value(&mut value, Holder::Other, "");
        self.embedded_depth -= 1;
        (self.counts.values().sum::<u64>() > before).then(|| to_text(&value))
    }

    fn marker(&mut self, secret: &str) -> String {
        self.count(BY_NAME);
        self.report(Some(BY_NAME), secret, 0..secret.len(), None);
        let mut marker = String::new();
        self.redactor.replacement.write(BY_NAME, secret, &mut marker);
        marker
    }

    /// Whether there is anything in `value` that masking would change.
    fn has_secret_leaf(&self, value: &Value<'_>, holder: Holder) -> bool {
        let is_exempt = |text: &str| self.redactor.exemptions.of_value(text).is_some();
        match value {
            Value::Null | Value::Bool(_) => false,
            Value::Number(number) => {
                holder.masks_number(number.as_str()) && !is_exempt(number.as_str())
            }
            Value::String(text) => !is_placeholder(text) && !is_exempt(text),
            Value::Array(elements) => {
                elements.iter().any(|value| self.has_secret_leaf(value, holder))
            }
            Value::Object(object) => {
                object.iter().any(|(_, value)| self.has_secret_leaf(value, Holder::WithinSecret))
            }
        }
    }

    fn count(&mut self, rule: &str) {
        match self.counts.get_mut(rule) {
            Some(count) => *count += 1,
            None => {
                self.counts.insert(rule.to_owned(), 1);
            }
        }
    }
}

/// Whether a value after a secret's name may be the secret, and not the next option or, in a
/// list of names, the next name.
fn is_argument_of_secret(value: &Value<'_>) -> bool {
    value.as_str().is_none_or(|text| !is_option(text) && !is_bare_word(text))
}

/// `--verbose`, `-v`.
fn is_option(text: &str) -> bool {
    let name = text.trim_start_matches('-');
    name.len() < text.len() && name.starts_with(|c: char| c.is_ascii_alphabetic())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::write_object;

    fn redactor(mode: Mode) -> Redactor {
        let key = Some(b"0123456789abcdef".to_vec());
        Redactor::new(&RedactionSettings { mode, key, ..RedactionSettings::default() }).unwrap()
    }

    fn redact_with(mode: Mode, source: &str) -> (String, BTreeMap<String, u64>) {
        let Ok(Value::Object(object)) = read(source) else { panic!("{source}") };
        let document = Document { source: object, ..Document::default() };
        let mut counts = BTreeMap::new();
        let redactor = redactor(mode);
        let rules = redactor.rules_for(Some(source));
        let redacted = redactor.redact(document, &rules, &mut counts, None);
        let mut text = Vec::new();
        write_object(&redacted.source, &mut text);
        (String::from_utf8(text).unwrap(), counts)
    }

    fn redact(source: &str) -> String {
        redact_with(Mode::Label, source).0
    }

    #[test]
    fn names_mask_every_leaf_below_them() {
        let cases = [
            (r#"{"db_password":"hunter2"}"#, r#"{"db_password":"[REDACTED:by-name]"}"#),
            (r#"{"pin":4711,"token_count":5}"#, r#"{"pin":"[REDACTED:by-name]","token_count":5}"#),
            (
                r#"{"credentials":{"user":"ada","port":5432,"on":true,"no":null,"list":["a","b"]}}"#,
                r#"{"credentials":{"user":"[REDACTED:by-name]","port":5432,"on":true,"no":null,"list":["[REDACTED:by-name]","[REDACTED:by-name]"]}}"#,
            ),
            (r#"{"credentials":3,"secrets":0}"#, r#"{"credentials":3,"secrets":0}"#),
            (
                r#"{"password":"","secret":"***","token":"${TOKEN}"}"#,
                r#"{"password":"","secret":"***","token":"${TOKEN}"}"#,
            ),
            (r#"{"password":"[REDACTED:by-name]"}"#, r#"{"password":"[REDACTED:by-name]"}"#),
        ];
        for (source, expected) in cases {
            assert_eq!(redact(source), expected);
        }
    }

    #[test]
    fn values_are_searched_wherever_they_stand() {
        let url = "postgres://app:s3cr3t-Pa55@db/orders";
        let marked = "postgres://app:[REDACTED:url-password]@db/orders";
        let places = [
            r#"{"message":"URL"}"#,
            r#"{"a":{"b":[{"c":["x URL y"]}]}}"#,
            r#"{"URL":1}"#,
            r#"{"message":"{\"a\":{\"b\":\"URL\"}}"}"#,
            r#"{"message":"[\"{\\\"a\\\":\\\"URL\\\"}\"]"}"#,
        ];
        for place in places {
            let redacted = redact(&place.replace("URL", url));
            assert_eq!(redacted, place.replace("URL", marked));
        }
    }

    #[test]
    fn escapes_do_not_hide_a_secret() {
        let hidden = r#"{"message":"postgres:\/\/app:s3cr3t-Pa55@db"}"#;
        assert_eq!(redact(hidden), r#"{"message":"postgres://app:[REDACTED:url-password]@db"}"#);
        let hidden = r#"{"message":"\u0070assword=hunter2hunter2","\u0070assword":"x1"}"#;
        let redacted = redact(hidden);
        assert!(!redacted.contains("hunter2") && !redacted.contains("x1"), "{redacted}");
    }

    #[test]
    fn the_envelopes_words_are_searched_too() {
        for field in PRODUCERS_OWN_WORDS {
            let mut document = Document::default();
            document.fields.set(field, "postgres://app:s3cr3t-Pa55@db");
            let (redactor, mut counts) = (redactor(Mode::Label), BTreeMap::new());
            let redacted = redactor.redact(document, &RuleMask::none(), &mut counts, None);
            let expected = Some("postgres://app:[REDACTED:url-password]@db");
            assert_eq!(redacted.fields.get_str(field), expected, "{field:?}");
        }
    }

    #[test]
    fn names_count_in_embedded_json_too() {
        let source = r#"{"message":"{\"password\":\"tr0ub4dor\",\"n\":1.50}"}"#;
        assert_eq!(
            redact(source),
            r#"{"message":"{\"password\":\"[REDACTED:by-name]\",\"n\":1.50}"}"#
        );
        let untouched = r#"{"message":"{ \"user\" : \"ada\" }"}"#;
        assert_eq!(redact(untouched), untouched);
    }

    #[test]
    fn each_finding_is_counted_by_its_rule() {
        let (_, counts) = redact_with(
            Mode::Label,
            r#"{"password":"y1","a":"postgres://u:s3cr3t-Pa55@h","b":"redis://u:s3cr3t-Pa55@h"}"#,
        );
        let expected = BTreeMap::from([(BY_NAME.to_owned(), 1), ("url-password".to_owned(), 2)]);
        assert_eq!(counts, expected);
    }

    #[test]
    fn each_mode_keeps_its_word() {
        let source = r#"{"password":"correct horse battery","max":1}"#;
        let cases = [
            (Mode::Label, r#"{"password":"[REDACTED:by-name]","max":1}"#),
            (Mode::Mask, r#"{"password":"[REDACTED]","max":1}"#),
            (Mode::Partial, r#"{"password":"[REDACTED:by-name:…tery]","max":1}"#),
            (Mode::Remove, r#"{"max":1}"#),
        ];
        for (mode, expected) in cases {
            assert_eq!(redact_with(mode, source).0, expected, "{mode:?}");
        }
        let hashed = redact_with(Mode::Hash, source).0;
        assert!(hashed.starts_with(r#"{"password":"[REDACTED:by-name:"#), "{hashed}");
    }

    #[test]
    fn an_audit_counts_like_a_full_run_and_changes_nothing() {
        for mode in [Mode::Label, Mode::Remove] {
            let source = r#"{"password":"hunter2","a":["x token=hunter2","y"],"k password=hunter2x":{"card":4111111111111111}}"#;
            let Ok(Value::Object(object)) = read(source) else { panic!() };
            let mut document = Document { source: object, ..Document::default() };
            document.fields.set(PRODUCERS_OWN_WORDS[0], "postgres://app:s3cr3t-Pa55@db");
            let settings = RedactionSettings { mode, audit: true, ..RedactionSettings::default() };
            let mut redactor = Redactor::new(&settings).unwrap();
            let run = |redactor: &Redactor| {
                let (mut counts, mut seen) = (BTreeMap::new(), 0);
                let mut look = |_: &Sighting<'_>| seen += 1;
                let (document, all) = (document.clone(), RuleMask::all());
                let redacted = redactor.redact(document, &all, &mut counts, Some(&mut look));
                (
                    redacted.source.clone(),
                    redacted.fields.get(PRODUCERS_OWN_WORDS[0]).cloned(),
                    counts,
                    seen,
                )
            };
            let (source, field, counts, seen) = run(&redactor);
            assert_eq!(source, document.source);
            assert_eq!(field.as_ref(), document.fields.get(PRODUCERS_OWN_WORDS[0]));
            redactor.end_audit();
            let (source, _, of_full_run, seen_in_full_run) = run(&redactor);
            assert_ne!(source, document.source);
            assert_eq!((&counts, seen), (&of_full_run, seen_in_full_run));
            assert_eq!(counts.values().sum::<u64>(), seen, "each is told once");
        }
    }

    #[test]
    fn exemptions_reach_names_envelope_and_finished_documents() {
        let mut exemptions = Exemptions::default();
        exemptions.add_field("staff.badge", "no secret").unwrap();
        exemptions.add_field("aws.kinesis.partition_key", "no secret").unwrap();
        exemptions.add_value("dummy", "no secret").unwrap();
        let settings =
            RedactionSettings { mode: Mode::Remove, exemptions, ..RedactionSettings::default() };
        let redactor = Redactor::new(&settings).unwrap();
        let source = r#"{"password":"dummy","token":{"a":"dummy"},"staff":{"badge":{"pin":4711}}}"#;
        let Ok(Value::Object(object)) = read(source) else { panic!() };
        let mut document = Document { source: object.clone(), ..Document::default() };
        let url = "postgres://app:s3cr3t-Pa55@db";
        document.fields.set(Field::AwsKinesisPartitionKey, url);
        document.fields.set(Field::AwsCloudwatchLogGroup, url);
        let mut counts = BTreeMap::new();
        let redacted = redactor.redact(document, &RuleMask::all(), &mut counts, None);
        assert_eq!(redacted.source, object);
        assert_eq!(redacted.fields.get_str(Field::AwsKinesisPartitionKey), Some(url));
        assert_ne!(redacted.fields.get_str(Field::AwsCloudwatchLogGroup), Some(url));

        let Ok(Value::Object(labels)) = read(r#"{"staff_badge_pin":"4711","pin":"4712"}"#) else {
            panic!()
        };
        let mut document = Document { is_finished: true, ..Document::default() };
        document.fields.set(Field::Labels, labels);
        let redacted = redactor.redact(document, &RuleMask::all(), &mut counts, None);
        let labels = to_text(redacted.fields.get(Field::Labels).unwrap());
        assert_eq!(labels, r#"{"staff_badge_pin":"4711"}"#);
    }

    #[test]
    fn with_no_set_on_nothing_changes() {
        let source = r#"{"password":"hunter2","m":"postgres://u:s3cr3t-Pa55@h"}"#;
        let Ok(Value::Object(object)) = read(source) else { panic!() };
        let document = Document { source: object.clone(), ..Document::default() };
        let settings = RedactionSettings { sets: Vec::new(), ..RedactionSettings::default() };
        let redactor = Redactor::new(&settings).unwrap();
        let redacted = redactor.redact(
            document,
            &redactor.rules_for(Some(source)),
            &mut BTreeMap::new(),
            None,
        );
        assert_eq!(redacted.source, object);
    }

    fn assert_masked(cases: &[(&str, &str)]) {
        for (source, expected) in cases {
            let expected = expected.replace('#', "[REDACTED:by-name]");
            assert_eq!(redact(source), expected);
            assert_eq!(redact(&expected), expected);
        }
    }

    #[test]
    fn numbers_below_a_secret_name_are_masked_unless_they_count() {
        assert_masked(&[
            (r#"{"password":{"value":12345678}}"#, r##"{"password":{"value":"#"}}"##),
            (r#"{"credentials":12345678}"#, r##"{"credentials":"#"}"##),
            (r#"{"api_keys":[987654321,12]}"#, r##"{"api_keys":["#",12]}"##),
            (r#"{"password":12,"on":{"token":true}}"#, r##"{"password":"#","on":{"token":true}}"##),
            (r#"{"credentials":9999,"cookies":99999}"#, r##"{"credentials":9999,"cookies":"#"}"##),
        ]);
        let kept = r#"{"credentials":3,"secret":{"port":5432}}"#;
        assert_eq!(redact_with(Mode::Remove, kept).0, kept);
        assert_eq!(redact_with(Mode::Remove, r#"{"credentials":12345}"#).0, "{}");
    }

    #[test]
    fn a_key_counts_with_its_parent() {
        assert_masked(&[
            (
                r#"{"api":{"key":"hunter2"},"private":[{"key":"hunter2"}]}"#,
                r##"{"api":{"key":"#"},"private":[{"key":"#"}]}"##,
            ),
            (
                r#"{"sort":{"key":"hunter2"},"key":{"api":"x"}}"#,
                r#"{"sort":{"key":"hunter2"},"key":{"api":"x"}}"#,
            ),
        ]);
    }

    #[test]
    fn names_and_values_side_by_side() {
        assert_masked(&[
            (
                r#"{"headers":[{"name":"Cookie","value":"sid=8f3a9c"},{"value":"hunter2","key":"db_password"}]}"#,
                r##"{"headers":[{"name":"Cookie","value":"#"},{"value":"#","key":"db_password"}]}"##,
            ),
            (r#"{"name":"password","value":"hunter2"}"#, r##"{"name":"password","value":"#"}"##),
            (r#"{"Header":"pin","Val":[1234]}"#, r##"{"Header":"pin","Val":["#"]}"##),
            (
                r#"{"params":[["password","hunter2"],["page","2"]]}"#,
                r##"{"params":[["password","#"],["page","2"]]}"##,
            ),
            (
                r#"{"argv":["mysql","--pin","4711","-v","--jwt","--x","y"]}"#,
                r##"{"argv":["mysql","--pin","#","-v","--jwt","--x","y"]}"##,
            ),
        ]);
        assert_eq!(
            redact(r#"{"argv":["mysql","--password","hunter2"]}"#),
            r#"{"argv":["mysql","--password","[REDACTED:command-line-secret]"]}"#
        );
        for kept in [
            r#"{"name":"page","value":"hunter2"}"#,
            r#"{"name":"password","title":"hunter2"}"#,
            r#"{"missing":["password","token"],"fields":["user","password"]}"#,
            r#"{"loc":["body","password","hunter2"]}"#,
        ] {
            assert_eq!(redact(kept), kept);
        }
    }

    #[test]
    fn secrets_may_be_spread_over_lines() {
        for (source, expected) in [
            (
                r#"{"stack":["x","-----BEGIN RSA PRIVATE KEY-----","MIIEvQIBADAN","BgkqhkiG9w0B","-----END RSA PRIVATE KEY-----","y"]}"#,
                r#"{"stack":["x","-----BEGIN RSA PRIVATE KEY-----[REDACTED:private-key]-----END RSA PRIVATE KEY-----","y"]}"#,
            ),
            (
                r#"{"stack":["ValueError: password=\n","hunter2\n"]}"#,
                r#"{"stack":["ValueError: password=","[REDACTED:assigned-secret]"]}"#,
            ),
            (
                r#"{"a":["-----BEGIN PRIVATE KEY-----\nMIIEvQIBADAN","BgkqhkiG9w0B"]}"#,
                r#"{"a":["-----BEGIN PRIVATE KEY-----[REDACTED:private-key]"]}"#,
            ),
            (
                r#"{"a":["x\ny token=hunter2","z"]}"#,
                r#"{"a":["x\ny token=[REDACTED:assigned-secret]","z"]}"#,
            ),
        ] {
            assert_eq!(redact(source), expected);
            assert_eq!(redact(expected), expected);
        }
        let (_, counts) =
            redact_with(Mode::Label, r#"{"a":["x token=hunter2","password=","hunter3"]}"#);
        assert_eq!(counts.values().sum::<u64>(), 2, "{counts:?}");
    }

    #[test]
    fn json_within_a_sentence() {
        let source =
            r#"{"message":"INFO {\"pin\":\"1234\",\"otp\":998877,\"cvv\":123,\"n\":55555} done"}"#;
        let redacted = redact(source);
        for secret in ["1234", "998877", "123,"] {
            assert!(!redacted.contains(secret), "{redacted}");
        }
        assert!(redacted.contains("55555") && redacted.contains("done"), "{redacted}");
        let cut =
            redact(r#"{"message":"{\"auth\":\"hunter2\",\"db_creds\":\"hunter2\",\"x\":\""}"#);
        assert!(!cut.contains("hunter2"), "{cut}");
    }

    #[test]
    fn a_long_number_is_looked_at_like_a_text() {
        let text = redact(r#"{"card":4111111111111111,"id":4111111111111112,"n":-41}"#);
        assert_eq!(text, r#"{"card":"[REDACTED:card-number]","id":4111111111111112,"n":-41}"#);
    }

    #[test]
    fn a_key_that_names_nothing_leaves_the_name_to_the_one_above() {
        let text = redact(r#"{"password":{"":{"_":7}},"api":{"-":{"key":"Zq7"}}}"#);
        let expected = r#"{"password":{"":{"_":"[REDACTED:by-name]"}},"api":{"-":{"key":"[REDACTED:by-name]"}}}"#;
        assert_eq!(text, expected);
    }

    #[test]
    fn every_spelling_of_a_name_or_a_shape_masks() {
        let leaking: Vec<_> = [
            r#"{"password[0]":"hunter2","password=":"hunter2","password…":"hunter2"}"#,
            r#"{"PASSWORD_OLD":"hunter2","passwordNew":"hunter2","new_password_again":"hunter2"}"#,
            r#"{"m":"[REDACTED]password=hunter2"}"#,
            r#"{"m":"db_pass=hunter2x auth=hunter2x jwt=hunter2x creds=hunter2x"}"#,
            r#"{"m":"{\"cookie\":\"hunter2\",\"auth\":\"hunter2\",\"jwt\":\"hunter2\",\"x\":\""}"#,
            r#"{"m":"a=1&password%3Dhunter2 and https%3A%2F%2Fbob%3Ahunter2%40h"}"#,
            r#"{"m":"<password>hunter2</password>"}"#,
            r#"{"m":"password=correct"}"#,
            r#"{"m":"GET /x?sig=hunter2&y=1&sig=hunter2"}"#,
            r#"{"m":"bearer\thunter2hunter2"}"#,
            r#"{"m":"postgres://u:p@ss/hunter2@db/x"}"#,
            r#"{"m":["<password>","hunter2","</password>"]}"#,
            r#"{"m":"[\"password=\",\"hunter2\"]"}"#,
        ]
        .into_iter()
        .map(redact)
        .filter(|redacted| redacted.contains("hunter2") || redacted.contains("correct"))
        .collect();
        assert!(leaking.is_empty(), "{leaking:#?}");
    }
}
