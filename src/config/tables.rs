//! The lists of tables in the file: rules and exemptions of the operator's own. Here is read what
//! was said; whether it can be done is seen when it is compiled.

use super::error::Problem;
use super::settings::SETTINGS;

/// One table of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    /// How messages call it: the list's key, and the table's id or place.
    pub name: String,
    texts: Vec<(&'static str, String)>,
    lists: Vec<(&'static str, Vec<String>)>,
}

/// A key that a table may have, and whether its value is a list of texts.
struct Key {
    name: &'static str,
    is_list: bool,
}

const fn text(name: &'static str) -> Key {
    Key { name, is_list: false }
}

/// A list of tables that the file may hold.
pub(super) struct TableList {
    /// Its key.
    pub key: &'static str,
    keys: &'static [Key],
}

/// `[[redact_rules]]`
pub(super) const REDACT_RULES: TableList = TableList {
    key: "redact_rules",
    keys: &[text("id"), text("title"), text("pattern"), Key { name: "keywords", is_list: true }],
};

/// `[[redact_exemptions]]`
pub(super) const REDACT_EXEMPTIONS: TableList =
    TableList { key: "redact_exemptions", keys: &[text("field"), text("value"), text("reason")] };

/// Every list of tables.
pub(super) const TABLE_LISTS: [&TableList; 2] = [&REDACT_RULES, &REDACT_EXEMPTIONS];

impl Table {
    /// The text under `key`.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.texts.iter().find(|(name, _)| *name == key).map(|(_, text)| text.as_str())
    }

    /// The texts under `key`; none when nothing was said.
    pub(super) fn list(&self, key: &str) -> &[String] {
        self.lists
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, list)| list.as_slice())
            .unwrap_or_default()
    }
}

impl TableList {
    /// Reads the tables of the list, and notes what is wrong with them.
    pub(super) fn read(&self, value: &toml::Value, problems: &mut Vec<Problem>) -> Vec<Table> {
        let tables: Option<Vec<&toml::Table>> =
            value.as_array().and_then(|list| list.iter().map(toml::Value::as_table).collect());
        let Some(tables) = tables else {
            problems.push(Problem {
                setting: self.key.to_owned(),
                fault: "is no list of tables".to_owned(),
                fix: format!("write [[{}]] before the keys of each", self.key),
            });
            return Vec::new();
        };
        let numbered = tables.into_iter().zip(1..);
        numbered.map(|(table, number)| self.read_table(table, number, problems)).collect()
    }

    fn read_table(&self, table: &toml::Table, number: usize, problems: &mut Vec<Problem>) -> Table {
        let id = table.get("id").and_then(toml::Value::as_str).filter(|id| is_showable(id));
        let name = match id {
            Some(id) => format!("{} {id}", self.key),
            None => format!("{} number {number}", self.key),
        };
        let mut said = Table { name, ..Table::default() };
        for (key, value) in table {
            let Some(known) = self.keys.iter().find(|known| known.name == key) else {
                problems.push(self.unknown(&said.name, key));
                continue;
            };
            let strings = value.as_array().map(|list| list.iter().map(toml::Value::as_str));
            match (known.is_list, value.as_str(), strings) {
                (false, Some(text), _) => said.texts.push((known.name, text.to_owned())),
                (true, _, Some(strings)) if strings.clone().all(|text| text.is_some()) => {
                    let strings = strings.flatten().map(str::to_owned).collect();
                    said.lists.push((known.name, strings));
                }
                (is_list, ..) => {
                    let kind = if is_list { "a list of texts" } else { "a text" };
                    problems.push(Problem {
                        setting: said.name.clone(),
                        fault: format!("`{key}` is not {kind}"),
                        fix: format!(
                            "write {kind}{}",
                            if is_list { ": [\"…\", \"…\"]" } else { " in quotes" }
                        ),
                    });
                }
            }
        }
        said
    }

    fn unknown(&self, table: &str, key: &str) -> Problem {
        let names: Vec<&str> = self.keys.iter().map(|known| known.name).collect();
        let is_setting = SETTINGS.iter().any(|setting| setting.key == key);
        let fix = if is_setting {
            format!("it is a setting of its own: move it above the first [[{}]]", self.key)
        } else {
            format!("the keys of a table here are {}", names.join(", "))
        };
        Problem { setting: table.to_owned(), fault: format!("`{key}` is no key of it"), fix }
    }
}

/// Whether an id can stand in a message: what is none may be anything.
fn is_showable(id: &str) -> bool {
    id.len() <= 40
        && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte.is_ascii_digit())
}
