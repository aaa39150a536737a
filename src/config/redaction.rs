//! What the operator says about redaction, compiled: sets, mode, rules and names of their own,
//! rules that are off, exemptions, audit.

use super::compile::Compiler;
use super::nearest::nearest;
use super::settings::{self, Setting};
use super::tables::{REDACT_EXEMPTIONS, REDACT_RULES, Table};
use crate::redact::{
    BY_NAME, Exemptions, Mistake, Mode, OwnName, OwnRule, RedactionSettings, Redactor, RuleSet,
    has_room_for, rules,
};
use crate::traceback;

impl Compiler<'_> {
    /// The redactor and the operator's own rules, which it holds compiled.
    pub(super) fn redaction(&mut self) -> Option<(Redactor, Vec<OwnRule>)> {
        let sets = self.rule_sets();
        let mode = self.choice(
            &settings::REDACT_MODE,
            &[
                ("label", Mode::Label),
                ("mask", Mode::Mask),
                ("partial", Mode::Partial),
                ("hash", Mode::Hash),
                ("remove", Mode::Remove),
            ],
        );
        let key = self.said(&settings::REDACT_KEY).map(|key| key.as_bytes().to_vec());
        let own_rules = self.own_rules();
        let own_names = self.own_names();
        let rules_off = self.rules_off();
        let exemptions = self.exemptions();
        let audit = self.flag(&settings::REDACT_AUDIT);
        let sets = sets?;
        self.check_together(&sets, &own_rules, &own_names);
        let settings = RedactionSettings {
            sets,
            mode: mode?,
            key,
            own_rules,
            own_names,
            rules_off,
            exemptions,
            audit: audit?,
            signs: traceback::signs,
        };
        match Redactor::new(&settings) {
            Ok(redactor) => Some((redactor, settings.own_rules)),
            Err(error) => {
                self.problem(
                    &settings::REDACT_KEY,
                    error.to_string(),
                    "set a random text of at least 16 bytes, or another NOZZLE_REDACT_MODE",
                );
                None
            }
        }
    }

    fn rule_sets(&mut self) -> Option<Vec<RuleSet>> {
        let setting = &settings::REDACT;
        let value = self.value(setting);
        if value.trim() == "none" {
            return Some(Vec::new());
        }
        let mut sets = Vec::new();
        for name in value.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let Ok(set) = name.parse::<RuleSet>() else {
                self.problem(
                    setting,
                    format!("`{name}` is no set of rules"),
                    "name any of: secrets, cards, ssn, iban, email, ip, phone, mac; or none",
                );
                return None;
            };
            sets.push(set);
        }
        if sets.is_empty() {
            self.problem(setting, "names no set of rules", "say `none` if secrets shall pass");
            return None;
        }
        Some(sets)
    }

    fn own_rules(&mut self) -> Vec<OwnRule> {
        let mut own_rules: Vec<OwnRule> = Vec::new();
        for table in self.settings.tables(&REDACT_RULES).to_vec() {
            let Some(id) = self.text_of(&table, "id") else { continue };
            let Some(pattern) = self.text_of(&table, "pattern") else { continue };
            if own_rules.iter().any(|rule| rule.id() == id) {
                self.mistake(
                    &table.name,
                    Mistake {
                        fault: "the id stands twice".to_owned(),
                        fix: "give each rule an id of its own".to_owned(),
                    },
                );
                continue;
            }
            match OwnRule::new(&id, &pattern, table.list("keywords"), table.text("title")) {
                Ok(rule) => own_rules.push(rule),
                Err(mistake) => self.mistake(&table.name, mistake),
            }
        }
        own_rules
    }

    fn own_names(&mut self) -> Vec<OwnName> {
        let mut own_names = Vec::new();
        for name in self.list(&settings::REDACT_NAMES) {
            match OwnName::new(&name) {
                Ok(name) => own_names.push(name),
                Err(Mistake { fault, fix }) => self.problem(&settings::REDACT_NAMES, fault, fix),
            }
        }
        own_names
    }

    fn rules_off(&mut self) -> Vec<&'static str> {
        let setting = &settings::REDACT_RULES_OFF;
        let mut off = Vec::new();
        for id in self.list(setting) {
            if let Some(rule) = rules::all().find(|rule| rule.id == id) {
                off.push(rule.id);
                continue;
            }
            let fix = if id == BY_NAME {
                "what is secret by its name is left with [[redact_exemptions]]".to_owned()
            } else {
                match nearest(&id, rules::all().map(|rule| rule.id)) {
                    Some(near) => format!("did you mean {near}?"),
                    None => "remove it; `nozzle rules` lists the built-in ones".to_owned(),
                }
            };
            self.problem(setting, format!("`{id}` is no built-in rule"), fix);
        }
        off
    }

    fn exemptions(&mut self) -> Exemptions {
        let mut exemptions = Exemptions::default();
        for table in self.settings.tables(&REDACT_EXEMPTIONS).to_vec() {
            let Some(reason) = self.text_of(&table, "reason") else { continue };
            let added = match (table.text("field"), table.text("value")) {
                (Some(field), None) => exemptions.add_field(field, &reason),
                (None, Some(value)) => exemptions.add_value(value, &reason),
                _ => Err(Mistake {
                    fault: "it must have either `field` or `value`".to_owned(),
                    fix: "write one table for each".to_owned(),
                }),
            };
            if let Err(mistake) = added {
                self.mistake(&table.name, mistake);
            }
        }
        exemptions
    }

    /// What is fine by itself and wrong together: nothing that was said may silently not count.
    fn check_together(&mut self, sets: &[RuleSet], rules: &[OwnRule], names: &[OwnName]) {
        if !sets.is_empty() && !sets.contains(&RuleSet::Secrets) && !names.is_empty() {
            self.problem(
                &settings::REDACT_NAMES,
                "names count only with the set `secrets`, which is off",
                "add `secrets` to NOZZLE_REDACT",
            );
        }
        if !has_room_for(rules.len() + names.len()) {
            self.mistake(
                REDACT_RULES.key,
                Mistake {
                    fault: format!("there are {} own rules and names", rules.len() + names.len()),
                    fix: "keep them to 128; several patterns can be alternatives of one".to_owned(),
                },
            );
        }
    }

    /// The text that `table` must have under `key`.
    fn text_of(&mut self, table: &Table, key: &str) -> Option<String> {
        let text = table.text(key).map(str::to_owned).filter(|text| !text.is_empty());
        if text.is_none() {
            self.mistake(
                &table.name,
                Mistake { fault: format!("it has no `{key}`"), fix: format!("add {key} = '…'") },
            );
        }
        text
    }

    /// The elements of a list.
    fn list(&self, setting: &Setting) -> Vec<String> {
        let value = self.said(setting).unwrap_or_default();
        let elements = value.split(',').map(str::trim).filter(|element| !element.is_empty());
        elements.map(str::to_owned).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use crate::config::{Config, Settings};

    /// Compiles what a file and the variables say.
    fn compile(file: &str, variables: &[(&str, &str)]) -> Result<Config, String> {
        let path = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(path.path(), file).unwrap();
        let named = [("NOZZLE_CONFIG", path.path().to_str().unwrap())];
        let variables = named.iter().chain(variables);
        let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Settings::read(variables)
            .and_then(|settings| Config::compile_locally(&settings))
            .map_err(|error| error.to_string())
    }

    fn redacted(config: &Config, text: &str) -> String {
        config.redactor.redact_text(text, &mut BTreeMap::new(), None)
    }

    /// Each file is refused with one line that holds the text beside it.
    fn assert_refused(cases: &[(String, &str)]) {
        for (file, expected) in cases {
            let error = compile(file, &[]).unwrap_err();
            assert!(error.contains(expected), "{file}\n{error}");
            assert_eq!(error.lines().count(), 1, "{file}\n{error}");
            assert!(!error.contains("Zq7"), "{error}");
        }
    }

    #[test]
    fn a_mistake_in_a_rule_names_the_rule_and_the_fix() {
        let rule = |rest: &str| format!("[[redact_rules]]\nid = \"acme\"\n{rest}\n");
        assert_refused(&[
            (
                rule("pattern = 'Zq7('"),
                "redact_rules acme: the pattern is no regular expression: unclosed group",
            ),
            (
                rule("pattern = '(Zq7)?'"),
                "redact_rules acme: the pattern matches the empty text; let it",
            ),
            (
                rule("pattern = '(Zq7)'"),
                "redact_rules acme: the pattern has groups, but none is named `secret`; write (?<secret>…)",
            ),
            (rule("pattern = 7"), "redact_rules acme: `pattern` is not a text"),
            (rule("title = 'x'"), "redact_rules acme: it has no `pattern`; add"),
            (
                rule("pattern = 'Zq7'\nkeywords = 'abc'"),
                "redact_rules acme: `keywords` is not a list of texts",
            ),
            (
                rule("pattern = 'Zq7'\nkeywords = [1]"),
                "redact_rules acme: `keywords` is not a list of texts",
            ),
            (rule("pattern = 'Zq7'\nkeywords = ['a']"), "redact_rules acme: keyword 1 is shorter"),
            (
                rule("pattern = 'Zq7'\nkeyword = ['abc']"),
                "redact_rules acme: `keyword` is no key of it; the keys of a table here are id, title, pattern, keywords",
            ),
            (
                rule("pattern = 'Zq7'\nredact_audit = true"),
                "`redact_audit` is no key of it; it is a setting of its own: move it above the first [[redact_rules]]",
            ),
            (format!("{0}{0}", rule("pattern = 'Zq7'")), "redact_rules acme: the id stands twice"),
            (
                "[[redact_rules]]\nid = 'Zq7 secret'\npattern = 'a'".to_owned(),
                "redact_rules number 1: the id is not kebab-case",
            ),
            (
                "[[redact_rules]]\nid = 'jwt'\npattern = 'a'".to_owned(),
                "redact_rules jwt: the id is a built-in rule's",
            ),
            ("[[redact_rules]]\npattern = 'a'".to_owned(), "redact_rules number 1: it has no `id`"),
            (
                "redact_rules = 'a'".to_owned(),
                "redact_rules: is no list of tables; write [[redact_rules]]",
            ),
            (
                "[[redact_rule]]\nid = 'a'".to_owned(),
                "redact_rule: is no setting; did you mean redact_rules?",
            ),
        ]);
    }

    #[test]
    fn a_mistake_in_an_exemption_or_a_list_names_the_fix() {
        let exemption = |rest: &str| format!("[[redact_exemptions]]\n{rest}\n");
        assert_refused(&[
            (exemption("field = 'a'"), "redact_exemptions number 1: it has no `reason`"),
            (
                exemption("field = 'a'\nreason = ''"),
                "redact_exemptions number 1: it has no `reason`",
            ),
            (
                exemption("reason = 'r'"),
                "redact_exemptions number 1: it must have either `field` or `value`",
            ),
            (exemption("field = 'a'\nvalue = 'b'\nreason = 'r'"), "either `field` or `value`"),
            (exemption("field = 'a.'\nreason = 'r'"), "`a.` is no path of fields"),
            (exemption("field = '**'\nreason = 'r'"), "exempts every field"),
            (
                exemption("value = 'Zq7('\nreason = 'r'"),
                "redact_exemptions number 1: the pattern is no regular expression",
            ),
            (exemption("value = '.+'\nreason = 'r'"), "the pattern matches every secret"),
            (
                exemption("value = ['Zq7']\nreason = 'r'"),
                "redact_exemptions number 1: `value` is not a text",
            ),
            (
                "redact_names = ['no']".to_owned(),
                "NOZZLE_REDACT_NAMES: `no` cannot end a secret's name",
            ),
            (
                "redact_names = 'badge'\nredact = 'cards'".to_owned(),
                "add `secrets` to NOZZLE_REDACT",
            ),
            (
                "redact_rules_off = ['jtw']".to_owned(),
                "NOZZLE_REDACT_RULES_OFF: `jtw` is no built-in rule; did you mean jwt?",
            ),
            ("redact_rules_off = ['by-name']".to_owned(), "[[redact_exemptions]]"),
            ("redact_rules_off = ['something-else-entirely']".to_owned(), "`nozzle rules` lists"),
            (
                "redact_audit = 'maybe'".to_owned(),
                "NOZZLE_REDACT_AUDIT: `maybe` is not known; set it to one of: true, false",
            ),
        ]);
    }

    #[test]
    fn own_rules_and_names_find_what_the_table_does_not() {
        let file = "redact_names = ['badge_no']\n[[redact_rules]]\nid = 'acme-badge'\n\
                    pattern = 'BDG-(?<secret>[0-9]{6})'\nkeywords = ['BDG-']\n";
        let config = compile(file, &[]).unwrap();
        let text = r#"{"badgeNo":"A4711","m":"BDG-123456 and badge_no=B4712, password=hunter2x"}"#;
        assert_eq!(
            redacted(&config, text),
            r#"{"badgeNo":"[REDACTED:by-name]","m":"BDG-[REDACTED:acme-badge] and badge_no=[REDACTED:by-name], password=[REDACTED:assigned-secret]"}"#
        );
        assert_eq!(config.own_rules.len(), 1);
        let off = compile(file, &[("NOZZLE_REDACT", "none")]).unwrap();
        assert_eq!(redacted(&off, text), text);
    }

    #[test]
    fn a_rule_that_is_off_finds_nothing() {
        let text = "curl -H 'X-A: Bearer a8f5f167f44f4964e6c998dee827110c'";
        let config = compile("", &[]).unwrap();
        assert!(redacted(&config, text).contains("[REDACTED:bearer-token]"));
        let config = compile("", &[("NOZZLE_REDACT_RULES_OFF", "jwt, bearer-token")]).unwrap();
        assert_eq!(redacted(&config, text), text);
        assert!(!config.redactor.is_on("bearer-token") && config.redactor.is_on("cookie"));
    }

    #[test]
    fn exemptions_leave_a_field_or_a_value_and_no_more() {
        let file = "[[redact_exemptions]]\nfield = 'test.*.card'\nreason = 'test cards'\n\
                    [[redact_exemptions]]\nvalue = 'dummy-[a-z]+'\nreason = 'dummies'\n";
        let config = compile(file, &[]).unwrap();
        for (text, expected) in [
            (
                r#"{"test":{"a":{"card":4111111111111111}},"card":4111111111111111}"#,
                r#"{"test":{"a":{"card":4111111111111111}},"card":"[REDACTED:card-number]"}"#,
            ),
            (r#"{"test.b.card":"4111111111111111"}"#, r#"{"test.b.card":"4111111111111111"}"#),
            (
                r#"{"password":"dummy-abc","token":"dummy-abc1"}"#,
                r#"{"password":"dummy-abc","token":"[REDACTED:by-name]"}"#,
            ),
            (
                "password=dummy-abc password=hunter2x",
                "password=dummy-abc password=[REDACTED:assigned-secret]",
            ),
        ] {
            assert_eq!(redacted(&config, text), expected);
        }
    }
}
