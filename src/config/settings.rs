//! What was said: the text of each setting and where it was said. Variables win over the file.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::{ConfigError, Problem};
use super::nearest::nearest;
use super::tables::{TABLE_LISTS, Table, TableList};

/// What every variable of Nozzle begins with.
const PREFIX: &str = "NOZZLE_";
/// The variable that names the file.
const FILE_VARIABLE: &str = "NOZZLE_CONFIG";

/// One setting that exists.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// Its key in the file.
    pub key: &'static str,
    /// Its variable: the same in capitals after `NOZZLE_`.
    pub variable: &'static str,
    /// What it is when nobody says anything; empty when it is then off or must be said.
    pub default: &'static str,
    /// What it does.
    pub meaning: &'static str,
    /// Whether its value must never be shown.
    pub is_secret: bool,
    /// Whether the function does not start without it.
    pub is_required: bool,
}

/// What is special about a setting.
enum Trait {
    Plain,
    Required,
    Secret,
}

macro_rules! settings {
    ($($name:ident $key:literal $default:literal $trait:ident $meaning:literal,)*) => {
        $(pub(super) const $name: Setting = Setting {
            key: $key,
            variable: concat!("NOZZLE_", stringify!($name)),
            default: $default,
            meaning: $meaning,
            is_secret: matches!(Trait::$trait, Trait::Secret),
            is_required: matches!(Trait::$trait, Trait::Required),
        };)*

        /// Every setting.
        pub const SETTINGS: &[Setting] = &[$($name,)*];
    };
}

settings! {
    SERVICE "service" "" Required "service.name of documents whose producer states none",
    ENVIRONMENT "environment" "" Required "service.environment of documents whose producer states none",
    SERVICE_VERSION "service_version" "" Plain "service.version of documents whose producer states none",
    OVERRIDE "override" "false" Plain "true: the three above replace what producers state",
    INDEX "index" "logs" Plain "prefix of index names; may hold {service} and {environment}",
    INDEX_ROTATION "index_rotation" "day" Plain "day, hour, week, month or none",
    FIELDS "fields" "labels" Plain "labels: fields without an ECS name become labels; keep: they stay where they are",
    REDACT "redact" "secrets,cards,ssn,iban" Plain "sets of redaction rules, or none",
    REDACT_MODE "redact_mode" "label" Plain "label, mask, partial, hash or remove",
    REDACT_KEY "redact_key" "" Secret "key of the hash mode, at least 16 bytes",
    REDACT_NAMES "redact_names" "" Plain "names whose values are secret, besides the built-in ones, e.g. badge_no",
    REDACT_RULES_OFF "redact_rules_off" "" Plain "ids of built-in redaction rules that are not applied",
    REDACT_AUDIT "redact_audit" "false" Plain "true: secrets are counted and reported, and none is replaced",
    FANOUT_STREAM "fanout_stream" "" Plain "name of a second delivery stream, without a function, for the logs of records that hold several and for what does not fit into a response",
    MULTI "multi" "fail" Plain "what becomes of a record that holds several logs: fail, or join for S3 and Splunk",
    MAX_DECOMPRESSED "max_decompressed" "33554432" Plain "how many bytes a compressed record may unfold to",
    TIMEZONE "timezone" "UTC" Plain "zone of times that state none, e.g. Europe/Berlin",
    PARTITION_KEYS "partition_keys" "false" Plain "true: answers carry partition keys for S3 destinations",
    LOG "log" "info" Plain "what the function logs about its own work: error, warn or info",
}

/// Where a value was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// In a variable.
    Variable,
    /// In the file.
    File,
}

/// A value and where it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// The text; lists are joined by commas.
    pub value: String,
    /// Where it was said.
    pub source: Source,
}

/// The values that were said, by key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    said: BTreeMap<&'static str, Said>,
    tables: BTreeMap<&'static str, Vec<Table>>,
}

impl Settings {
    /// Reads settings from the variables whose names begin with `NOZZLE_`, and from the file that
    /// `NOZZLE_CONFIG` names. An empty variable counts as unset, because a template cannot leave
    /// one out.
    ///
    /// # Errors
    /// When the file cannot be read, or a variable or key is none of [`SETTINGS`].
    pub fn read<V>(variables: V) -> Result<Self, ConfigError>
    where
        V: IntoIterator<Item = (String, String)>,
    {
        let mut settings = Self::default();
        let mut problems = Vec::new();
        let mut from_variables = Vec::new();
        for (variable, value) in variables {
            if value.is_empty() || !variable.starts_with(PREFIX) {
                continue;
            }
            if variable == FILE_VARIABLE {
                settings.read_file(Path::new(&value), &mut problems);
            } else {
                from_variables.push((variable, value));
            }
        }
        for (variable, value) in from_variables {
            match SETTINGS.iter().find(|setting| setting.variable == variable) {
                Some(setting) => settings.say(setting.key, value, Source::Variable),
                None => problems.push(unknown_variable(&variable)),
            }
        }
        if problems.is_empty() { Ok(settings) } else { Err(ConfigError { problems }) }
    }

    /// Reads settings from the process's own variables.
    ///
    /// # Errors
    /// As [`Settings::read`].
    pub fn from_environment() -> Result<Self, ConfigError> {
        let lossy = |text: std::ffi::OsString| text.to_string_lossy().into_owned();
        Self::read(std::env::vars_os().map(|(name, value)| (lossy(name), lossy(value))))
    }

    /// What was said about `setting`.
    #[must_use]
    pub fn get(&self, setting: &Setting) -> Option<&Said> {
        self.said.get(setting.key)
    }

    /// The tables of a list that the file holds.
    pub(super) fn tables(&self, list: &TableList) -> &[Table] {
        self.tables.get(list.key).map(Vec::as_slice).unwrap_or_default()
    }

    /// Says `value` about `setting` unless something was said about it.
    pub(super) fn say_if_absent(&mut self, setting: &Setting, value: &str) {
        self.said
            .entry(setting.key)
            .or_insert_with(|| Said { value: value.to_owned(), source: Source::Variable });
    }

    fn say(&mut self, key: &'static str, value: String, source: Source) {
        self.said.insert(key, Said { value, source });
    }

    fn read_file(&mut self, path: &Path, problems: &mut Vec<Problem>) {
        let mut problem = |fault: String, fix: &str| {
            problems.push(Problem { setting: FILE_VARIABLE.into(), fault, fix: fix.into() });
        };
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let fault = format!("{} cannot be read ({})", path.display(), error.kind());
                return problem(fault, "name a file that is in the deployment package");
            }
        };
        let table: toml::Table = match text.parse() {
            Ok(table) => table,
            Err(error) => {
                // The parser's own text quotes the line, which may hold a key.
                let offset = error.span().map_or(0, |span| span.start);
                let line = text.get(..offset).unwrap_or_default().matches('\n').count() + 1;
                let fault = format!("{} is not TOML at line {line}", path.display());
                return problem(fault, "mend that line");
            }
        };
        for (key, value) in table {
            if let Some(list) = TABLE_LISTS.iter().find(|list| list.key == key) {
                self.tables.insert(list.key, list.read(&value, problems));
                continue;
            }
            let Some(setting) = SETTINGS.iter().find(|setting| setting.key == key) else {
                problems.push(unknown(&key, |setting| setting.key));
                continue;
            };
            match text_of(&value) {
                Some(text) => self.say(setting.key, text, Source::File),
                None => problems.push(Problem {
                    setting: key,
                    fault: "is a table or a list of other things than text".into(),
                    fix: format!("write a text: {}", setting.meaning),
                }),
            }
        }
    }
}

fn text_of(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(flag) => Some(flag.to_string()),
        toml::Value::Array(elements) => {
            let texts: Option<Vec<&str>> = elements.iter().map(toml::Value::as_str).collect();
            Some(texts?.join(","))
        }
        toml::Value::Float(_) | toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

/// What is wrong with a variable that is no setting's.
fn unknown_variable(variable: &str) -> Problem {
    let key = variable.strip_prefix(PREFIX).unwrap_or_default().to_ascii_lowercase();
    match TABLE_LISTS.iter().find(|list| list.key == key) {
        Some(list) => Problem {
            setting: variable.to_owned(),
            fault: "is no variable".to_owned(),
            fix: format!("write [[{}]] in the file that {FILE_VARIABLE} names", list.key),
        },
        None => unknown(variable, |setting| setting.variable),
    }
}

fn unknown(name: &str, name_of: impl Fn(&Setting) -> &'static str) -> Problem {
    let settings = SETTINGS.iter().map(name_of);
    // Variables have no lists of tables; their names are too unlike to be taken for one.
    let lists = TABLE_LISTS.iter().map(|list| list.key);
    let fix = match nearest(name, settings.chain(lists)) {
        Some(near) => format!("did you mean {near}?"),
        None => "remove it; `nozzle check` lists the settings there are".to_owned(),
    };
    Problem { setting: name.to_owned(), fault: "is no setting".into(), fix }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Settings, String> {
        let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        Settings::read(variables).map_err(|error| error.to_string())
    }

    /// A settings file, which is gone when the test ends.
    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    fn path(file: &tempfile::NamedTempFile) -> &str {
        file.path().to_str().unwrap()
    }

    #[test]
    fn names_are_unique_and_spelt_alike() {
        let keys: std::collections::HashSet<_> =
            SETTINGS.iter().map(|setting| setting.key).collect();
        assert_eq!(keys.len(), SETTINGS.len());
        assert!(keys.iter().all(|key| key.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')));
        for setting in SETTINGS {
            assert_eq!(setting.variable, format!("{PREFIX}{}", setting.key.to_ascii_uppercase()));
        }
    }

    #[test]
    fn variables_win_over_the_file_and_an_empty_one_is_unset() {
        let file = file(
            "service = \"from-file\"\nindex = \"logs-x\"\nredact = [\"secrets\", \"cards\"]\noverride = true\n",
        );
        let settings = read(&[
            ("NOZZLE_SERVICE", "from-variable"),
            ("NOZZLE_CONFIG", path(&file)),
            ("NOZZLE_INDEX", ""),
            ("HOME", "/"),
        ])
        .unwrap();
        let said = |setting: &Setting| {
            settings.get(setting).map(|said| (said.value.as_str(), said.source))
        };
        assert_eq!(said(&SERVICE), Some(("from-variable", Source::Variable)));
        assert_eq!(said(&INDEX), Some(("logs-x", Source::File)));
        assert_eq!(said(&REDACT), Some(("secrets,cards", Source::File)));
        assert_eq!(said(&OVERRIDE), Some(("true", Source::File)));
        assert_eq!(said(&LOG), None);
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest() {
        let error = read(&[("NOZZLE_INDX", "x"), ("NOZZLE_COMPLETELY_ELSE", "y")]).unwrap_err();
        assert!(
            error.contains("NOZZLE_INDX: is no setting; did you mean NOZZLE_INDEX?"),
            "{error}"
        );
        assert!(error.contains("NOZZLE_COMPLETELY_ELSE: is no setting; remove it"), "{error}");
        let error = read(&[("NOZZLE_REDACT_RULES", "x")]).unwrap_err();
        assert!(error.contains("is no variable; write [[redact_rules]] in the file"), "{error}");
        let file = file("servce = \"x\"\nlog = 1.5\n");
        let error = read(&[("NOZZLE_CONFIG", path(&file))]).unwrap_err();
        assert!(error.contains("servce: is no setting; did you mean service?"), "{error}");
        assert!(error.contains("log: is a table or"), "{error}");
    }

    #[test]
    fn a_broken_file_is_told_without_its_text() {
        let file = file("service = \"x\"\nredact_key = hunter2hunter2\n");
        let error = read(&[("NOZZLE_CONFIG", path(&file))]).unwrap_err();
        assert!(error.contains("not TOML at line 2") && !error.contains("hunter2"), "{error}");
        let error = read(&[("NOZZLE_CONFIG", "/nowhere/nozzle.toml")]).unwrap_err();
        assert!(error.contains("/nowhere/nozzle.toml cannot be read"), "{error}");
    }
}
