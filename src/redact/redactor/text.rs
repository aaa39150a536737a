//! The strings of a walk: their secrets found and replaced, those of JSON within them, too.

use super::BY_NAME;
use super::holder::Holder;
use super::walk::Walk;
use crate::json::{Value, read, to_text};
use crate::redact::detector::MOST_SCANS;
use crate::redact::names::KeyPath;
use crate::redact::{Finding, RuleMask};

/// How deep JSON within strings within JSON is followed.
const DEEPEST_EMBEDDED_JSON: usize = 4;

impl<'r, const FOLLOWS: bool> Walk<'r, '_, '_, FOLLOWS> {
    /// The text with its secrets replaced; `None` when it holds none.
    #[inline]
    pub(super) fn redacted_text(&mut self, text: &str) -> Option<String> {
        // The usual case, settled without a call.
        self.rules.is_some().then(|| self.searched_text(text))?
    }

    fn searched_text(&mut self, text: &str) -> Option<String> {
        let mut findings = std::mem::take(&mut self.findings);
        self.scan(text, &mut findings);
        let redacted = (!findings.is_empty()).then(|| self.replace(text, &findings));
        self.findings = findings;
        redacted
    }

    /// The key with its secrets replaced; `None` when it holds none.
    pub(super) fn redacted_key(&mut self, key: &str) -> Option<String> {
        self.is_in_key = true;
        let redacted = self.redacted_text(key);
        self.is_in_key = false;
        redacted
    }

    /// The secrets of `text` but for those that are exempt.
    pub(super) fn scan(&mut self, text: &str, findings: &mut Vec<Finding<'r>>) {
        let redactor = self.redactor;
        findings.clear();
        let Some(rules) = &self.rules else { return };
        redactor.detector.scan(text, rules, findings);
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
    pub(super) fn leaves_value(&mut self, secret: &str) -> bool {
        let exemption = self.redactor.exemptions.of_value(secret);
        if exemption.is_some() {
            self.report(Some(BY_NAME), secret, 0..secret.len(), exemption);
        }
        exemption.is_some()
    }

    /// The text with the findings replaced, and with whatever shows then.
    pub(super) fn replace(&mut self, text: &str, findings: &[Finding<'r>]) -> String {
        let mut redacted = self.replace_once(text, findings);
        let rules = self.rules.replace(RuleMask::all());
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

    pub(super) fn replace_once(&mut self, text: &str, findings: &[Finding<'r>]) -> String {
        let mut redacted = String::with_capacity(text.len() + 32);
        for same in findings.chunk_by(|finding, next| finding.rule == next.rule) {
            if let Some(finding) = same.first() {
                self.count(finding.rule.id(), same.len());
            }
        }
        let mut end = 0;
        for finding in findings {
            let rule = finding.rule.id();
            let secret = text.get(finding.span.clone()).unwrap_or_default();
            redacted.push_str(text.get(end..finding.span.start).unwrap_or_default());
            self.redactor.replacement.write(rule, secret, &mut redacted);
            end = finding.span.end;
            self.report(Some(rule), text, finding.span.clone(), None);
        }
        redacted.push_str(text.get(end..).unwrap_or_default());
        redacted
    }

    /// What a string holds that is JSON itself, an object or an array.
    pub(super) fn embedded_json<'t>(&self, text: &'t str) -> Option<Value<'t>> {
        let first = text.trim_start().bytes().next();
        if !matches!(first, Some(b'{' | b'[')) || self.embedded_depth == DEEPEST_EMBEDDED_JSON {
            return None;
        }
        read(text).ok().filter(Value::is_container)
    }

    /// Embedded JSON is redacted as JSON, because its keys name secrets too. `None` when it holds
    /// none.
    pub(super) fn redacted_json(&mut self, mut value: Value<'_>) -> Option<String> {
        let before: u64 = self.counts.values().sum();
        self.embedded_depth += 1;
        self.redact_value(&mut value, Holder::Other, KeyPath::TOP);
        self.embedded_depth -= 1;
        (self.counts.values().sum::<u64>() > before).then(|| to_text(&value))
    }

    pub(super) fn marker(&mut self, secret: &str) -> String {
        self.count(BY_NAME, 1);
        self.report(Some(BY_NAME), secret, 0..secret.len(), None);
        let mut marker = String::new();
        self.redactor.replacement.write(BY_NAME, secret, &mut marker);
        marker
    }

    pub(super) fn count(&mut self, rule: &'r str, findings: usize) {
        self.fired.insert(rule);
        let findings = findings as u64;
        match self.counts.get_mut(rule) {
            Some(count) => *count += findings,
            None => {
                self.counts.insert(rule.to_owned(), findings);
            }
        }
    }
}
