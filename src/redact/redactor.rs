//! The walk over a document that leaves no string and no key unseen.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{
    Detector, Finding, Mode, Replacement, ReplacementError, RuleMask, RuleSet, SecretNames,
    is_placeholder,
};
use crate::document::{Document, Field, Redacted};
use crate::json::{Object, Value, read, write_value};

/// The id under which secrets found by their key are marked and counted.
pub const BY_NAME: &str = "by-name";

/// How deep JSON within strings within JSON is followed.
const DEEPEST_EMBEDDED_JSON: usize = 4;

/// What the configuration says about redaction.
#[derive(Clone)]
pub struct RedactionSettings {
    /// The sets of rules that are on. Without [`RuleSet::Secrets`] names do not count either.
    pub sets: Vec<RuleSet>,
    /// What stands in a secret's place.
    pub mode: Mode,
    /// The key of [`Mode::Hash`].
    pub key: Option<Vec<u8>>,
}

/// Finds secrets and replaces them.
#[derive(Debug)]
pub struct Redactor {
    detector: Detector,
    names: Option<SecretNames>,
    replacement: Replacement,
}

impl Redactor {
    /// Compiles the settings.
    ///
    /// # Errors
    /// When the mode needs a key that is missing or too short.
    pub fn new(settings: &RedactionSettings) -> Result<Self, ReplacementError> {
        let by_name = settings.sets.contains(&RuleSet::Secrets);
        Ok(Self {
            detector: Detector::new(&settings.sets),
            names: by_name.then(|| SecretNames::new(&[])),
            replacement: Replacement::new(settings.mode, settings.key.as_deref())?,
        })
    }

    /// Replaces the secrets of `document` and seals it. `payload` is the bytes it was read from:
    /// one pass over them decides which rules have to run at all. Each finding is counted in
    /// `counts` under its rule's id.
    #[must_use]
    pub fn redact<'a>(
        &self,
        mut document: Document<'a>,
        payload: &[u8],
        counts: &mut BTreeMap<String, u64>,
    ) -> Redacted<Document<'a>> {
        let mut walk = Walk {
            redactor: self,
            rules: self.rules_for(payload),
            findings: Vec::new(),
            counts,
            embedded_depth: 0,
        };
        walk.redact_object(&mut document.source, false);
        // All else that the envelope told is Firehose's own.
        walk.rules = RuleMask::all();
        for (field, value) in document.fields.iter_mut() {
            if field == Field::AwsKinesisPartitionKey {
                walk.redact_value(value, Holder::Other);
            }
        }
        Redacted::seal(document)
    }

    /// The rules that could find anything in a string of `payload`. Escaped letters and slashes
    /// hide keywords from a look at raw JSON, so that all rules run then.
    fn rules_for(&self, payload: &[u8]) -> RuleMask {
        let hides_letters = memchr::memchr_iter(b'\\', payload)
            .any(|at| matches!(payload.get(at + 1), Some(b'u' | b'/')));
        if hides_letters {
            RuleMask::all()
        } else {
            self.detector.candidates(payload)
        }
    }
}

/// What holds a value, as far as its name goes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holder {
    /// A key that names a secret.
    SecretName,
    /// Something below a key that names a secret.
    WithinSecret,
    /// Anything else.
    Other,
}

struct Walk<'r> {
    redactor: &'r Redactor,
    rules: RuleMask,
    findings: Vec<Finding>,
    counts: &'r mut BTreeMap<String, u64>,
    embedded_depth: usize,
}

impl Walk<'_> {
    fn redact_object(&mut self, object: &mut Object<'_>, is_within_secret: bool) {
        object.retain_mut(|key, value| {
            let is_secret = self
                .redactor
                .names
                .as_ref()
                .is_some_and(|names| names.is_secret(key) && !is_count(key, value));
            let holder = match (is_secret, is_within_secret) {
                (true, _) => Holder::SecretName,
                (false, true) => Holder::WithinSecret,
                (false, false) => Holder::Other,
            };
            if is_secret
                && self.redactor.replacement.mode() == Mode::Remove
                && has_secret_leaf(value)
            {
                self.count(BY_NAME);
                return false;
            }
            self.redact_value(value, holder);
            if let Some(redacted) = self.redacted_text(key) {
                *key = Cow::Owned(redacted);
            }
            true
        });
    }

    fn redact_value(&mut self, value: &mut Value<'_>, holder: Holder) {
        match value {
            Value::Null | Value::Bool(_) => {}
            Value::Number(number) => {
                if holder == Holder::SecretName {
                    *value = Value::from(self.marker(number.as_str()));
                }
            }
            Value::String(text) => {
                let redacted = if holder == Holder::Other {
                    self.redacted_embedded_json(text)
                        .or_else(|| self.redacted_text(text))
                } else if is_placeholder(text) {
                    None
                } else {
                    Some(self.marker(text))
                };
                if let Some(redacted) = redacted {
                    *text = Cow::Owned(redacted);
                }
            }
            Value::Array(elements) => {
                for element in elements {
                    self.redact_value(element, holder);
                }
            }
            Value::Object(object) => self.redact_object(object, holder != Holder::Other),
        }
    }

    /// The text with its secrets replaced; `None` when it holds none.
    fn redacted_text(&mut self, text: &str) -> Option<String> {
        if self.rules.is_empty() {
            return None;
        }
        let mut findings = std::mem::take(&mut self.findings);
        self.redactor
            .detector
            .scan(text, &self.rules, &mut findings);
        let redacted = (!findings.is_empty()).then(|| self.replace(text, &findings));
        self.findings = findings;
        redacted
    }

    fn replace(&mut self, text: &str, findings: &[Finding]) -> String {
        let mut redacted = String::with_capacity(text.len() + 32);
        let mut end = 0;
        for finding in findings {
            let rule = finding.rule.id();
            let secret = text.get(finding.span.clone()).unwrap_or_default();
            redacted.push_str(text.get(end..finding.span.start).unwrap_or_default());
            self.redactor.replacement.write(rule, secret, &mut redacted);
            end = finding.span.end;
            self.count(rule);
        }
        redacted.push_str(text.get(end..).unwrap_or_default());
        redacted
    }

    /// A string that is JSON itself is redacted as such, because its keys name secrets too.
    /// `None` when it is no JSON or holds no secrets.
    fn redacted_embedded_json(&mut self, text: &str) -> Option<String> {
        let first = text.trim_start().bytes().next();
        if !matches!(first, Some(b'{' | b'[')) || self.embedded_depth == DEEPEST_EMBEDDED_JSON {
            return None;
        }
        let mut value = read(text).ok().filter(Value::is_container)?;
        let before: u64 = self.counts.values().sum();
        self.embedded_depth += 1;
        self.redact_value(&mut value, Holder::Other);
        self.embedded_depth -= 1;
        if self.counts.values().sum::<u64>() == before {
            return None;
        }
        let mut redacted = Vec::with_capacity(text.len());
        write_value(&value, &mut redacted);
        Some(String::from_utf8_lossy(&redacted).into_owned())
    }

    fn marker(&mut self, secret: &str) -> String {
        self.count(BY_NAME);
        let mut marker = String::new();
        self.redactor
            .replacement
            .write(BY_NAME, secret, &mut marker);
        marker
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

/// A number under a plural, `"credentials": 3`, says how many there are.
fn is_count(key: &str, value: &Value<'_>) -> bool {
    matches!(value, Value::Number(_)) && key.ends_with('s') && !key.ends_with("ss")
}

/// Whether there is anything in `value` that masking would change.
fn has_secret_leaf(value: &Value<'_>) -> bool {
    match value {
        Value::Null | Value::Bool(_) => false,
        Value::Number(_) => true,
        Value::String(text) => !is_placeholder(text),
        Value::Array(elements) => elements.iter().any(has_secret_leaf),
        Value::Object(object) => object.iter().any(|(_, value)| has_secret_leaf(value)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::write_object;

    fn redactor(mode: Mode) -> Redactor {
        let key = Some(b"0123456789abcdef".to_vec());
        Redactor::new(&RedactionSettings {
            sets: RuleSet::DEFAULT.to_vec(),
            mode,
            key,
        })
        .unwrap()
    }

    fn redact_with(mode: Mode, source: &str) -> (String, BTreeMap<String, u64>) {
        let Ok(Value::Object(object)) = read(source) else {
            panic!("{source}")
        };
        let document = Document {
            source: object,
            ..Document::default()
        };
        let mut counts = BTreeMap::new();
        let redacted = redactor(mode).redact(document, source.as_bytes(), &mut counts);
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
            (
                r#"{"db_password":"hunter2"}"#,
                r#"{"db_password":"[REDACTED:by-name]"}"#,
            ),
            (
                r#"{"pin":4711,"token_count":5}"#,
                r#"{"pin":"[REDACTED:by-name]","token_count":5}"#,
            ),
            (
                r#"{"credentials":{"user":"ada","port":5432,"on":true,"no":null,"list":["a","b"]}}"#,
                r#"{"credentials":{"user":"[REDACTED:by-name]","port":5432,"on":true,"no":null,"list":["[REDACTED:by-name]","[REDACTED:by-name]"]}}"#,
            ),
            (
                r#"{"credentials":3,"secrets":0}"#,
                r#"{"credentials":3,"secrets":0}"#,
            ),
            (
                r#"{"password":"","secret":"***","token":"${TOKEN}"}"#,
                r#"{"password":"","secret":"***","token":"${TOKEN}"}"#,
            ),
            (
                r#"{"password":"[REDACTED:by-name]"}"#,
                r#"{"password":"[REDACTED:by-name]"}"#,
            ),
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
        assert_eq!(
            redact(hidden),
            r#"{"message":"postgres://app:[REDACTED:url-password]@db"}"#
        );
        let hidden = r#"{"message":"\u0070assword=hunter2hunter2","\u0070assword":"x1"}"#;
        let redacted = redact(hidden);
        assert!(
            !redacted.contains("hunter2") && !redacted.contains("x1"),
            "{redacted}"
        );
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
            (
                Mode::Partial,
                r#"{"password":"[REDACTED:by-name:…tery]","max":1}"#,
            ),
            (Mode::Remove, r#"{"max":1}"#),
        ];
        for (mode, expected) in cases {
            assert_eq!(redact_with(mode, source).0, expected, "{mode:?}");
        }
        let hashed = redact_with(Mode::Hash, source).0;
        assert!(
            hashed.starts_with(r#"{"password":"[REDACTED:by-name:"#),
            "{hashed}"
        );
    }

    #[test]
    fn with_no_set_on_nothing_changes() {
        let source = r#"{"password":"hunter2","m":"postgres://u:s3cr3t-Pa55@h"}"#;
        let Ok(Value::Object(object)) = read(source) else {
            panic!()
        };
        let document = Document {
            source: object.clone(),
            ..Document::default()
        };
        let settings = RedactionSettings {
            sets: Vec::new(),
            mode: Mode::Label,
            key: None,
        };
        let redactor = Redactor::new(&settings).unwrap();
        let redacted = redactor.redact(document, source.as_bytes(), &mut BTreeMap::new());
        assert_eq!(redacted.source, object);
    }
}
