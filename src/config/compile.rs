//! From what was said to what it means.

use jiff::tz::TimeZone;

use super::error::{ConfigError, Problem};
use super::settings::{self, Setting, Settings};
use super::{Config, SeveralDocuments, UnknownFields, Verbosity};
use crate::enrich::Enrichment;
use crate::index::{IndexNaming, IndexPrefix, Rotation};
use crate::redact::Mistake;

impl Config {
    /// Compiles settings for the function: service and environment must be said.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn compile(settings: &Settings) -> Result<Self, ConfigError> {
        let mut compiler = Compiler { settings, problems: Vec::new() };
        let config = compiler.compile();
        match config {
            Some(config) if compiler.problems.is_empty() => Ok(config),
            _ => Err(ConfigError { problems: compiler.problems }),
        }
    }

    /// Compiles settings for a laptop: service and environment are `local` unless they are said.
    ///
    /// # Errors
    /// Everything that is wrong, at once.
    pub fn compile_locally(settings: &Settings) -> Result<Self, ConfigError> {
        let mut settings = settings.clone();
        settings.say_if_absent(&settings::SERVICE, "local");
        settings.say_if_absent(&settings::ENVIRONMENT, "local");
        Self::compile(&settings)
    }
}

pub(super) struct Compiler<'s> {
    pub(super) settings: &'s Settings,
    problems: Vec<Problem>,
}

impl Compiler<'_> {
    /// `None` only when a problem was noted; a problem may be noted all the same.
    fn compile(&mut self) -> Option<Config> {
        let service = self.required(&settings::SERVICE);
        let environment = self.required(&settings::ENVIRONMENT);
        let override_producer = self.flag(&settings::OVERRIDE);
        let prefix = self.index_prefix();
        let rotation = self.choice(
            &settings::INDEX_ROTATION,
            &[
                ("day", Rotation::Day),
                ("hour", Rotation::Hour),
                ("week", Rotation::Week),
                ("month", Rotation::Month),
                ("none", Rotation::None),
            ],
        );
        let unknown_fields = self.choice(
            &settings::FIELDS,
            &[("labels", UnknownFields::Label), ("keep", UnknownFields::Keep)],
        );
        let redaction = self.redaction();
        let fan_out_stream = self.stream_name(&settings::FANOUT_STREAM);
        let several_documents = self.choice(
            &settings::MULTI,
            &[("fail", SeveralDocuments::FanOutOrFail), ("join", SeveralDocuments::Join)],
        );
        let largest_payload = self.size(&settings::MAX_DECOMPRESSED);
        let zone = self.zone();
        let partition_keys = self.flag(&settings::PARTITION_KEYS);
        let verbosity = self.choice(
            &settings::LOG,
            &[("error", Verbosity::Error), ("warn", Verbosity::Warn), ("info", Verbosity::Info)],
        );
        let (redactor, own_rules) = redaction?;
        Some(Config {
            enrichment: Enrichment {
                service: service?,
                environment: environment?,
                version: self.said(&settings::SERVICE_VERSION).map(str::to_owned),
                override_producer: override_producer?,
            },
            index: IndexNaming { prefix: prefix?, rotation: rotation? },
            unknown_fields: unknown_fields?,
            redactor,
            own_rules,
            zone: zone?,
            fan_out_stream,
            several_documents: several_documents?,
            largest_payload: largest_payload?,
            partition_keys: partition_keys?,
            verbosity: verbosity?,
        })
    }

    pub(super) fn said(&self, setting: &Setting) -> Option<&str> {
        self.settings.get(setting).map(|said| said.value.as_str())
    }

    pub(super) fn value(&self, setting: &Setting) -> String {
        self.said(setting).unwrap_or(setting.default).to_owned()
    }

    pub(super) fn problem(
        &mut self,
        setting: &Setting,
        fault: impl Into<String>,
        fix: impl Into<String>,
    ) {
        self.problems.push(Problem {
            setting: setting.variable.to_owned(),
            fault: fault.into(),
            fix: fix.into(),
        });
    }

    /// Notes what is wrong with a table of the file.
    pub(super) fn mistake(&mut self, table: &str, Mistake { fault, fix }: Mistake) {
        self.problems.push(Problem { setting: table.to_owned(), fault, fix });
    }

    fn required(&mut self, setting: &Setting) -> Option<String> {
        let value = self.said(setting).map(|value| value.trim().to_owned());
        let value = value.filter(|value| !value.is_empty());
        if value.is_none() {
            self.problem(setting, "is not set", format!("set it: {}", setting.meaning));
        }
        value
    }

    pub(super) fn flag(&mut self, setting: &Setting) -> Option<bool> {
        self.choice(setting, &[("true", true), ("false", false)])
    }

    pub(super) fn choice<T: Copy>(
        &mut self,
        setting: &Setting,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let value = self.value(setting);
        let chosen = choices.iter().find(|(name, _)| *name == value).map(|(_, choice)| *choice);
        if chosen.is_none() {
            let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
            self.problem(
                setting,
                format!("`{value}` is not known"),
                format!("set it to one of: {}", names.join(", ")),
            );
        }
        chosen
    }

    /// A number of bytes that is useful as the size of a payload.
    fn size(&mut self, setting: &Setting) -> Option<usize> {
        const SIZES: std::ops::RangeInclusive<usize> = 1_000_000..=1_000_000_000;
        let value = self.value(setting);
        let size = value.parse().ok().filter(|size| SIZES.contains(size));
        if size.is_none() {
            self.problem(
                setting,
                format!("`{value}` is no size"),
                format!("set a number of bytes from {} to {}", SIZES.start(), SIZES.end()),
            );
        }
        size
    }

    /// The name of a delivery stream, when one is said.
    ///
    /// Source: *`PutRecordBatch`*
    /// (<https://docs.aws.amazon.com/firehose/latest/APIReference/API_PutRecordBatch.html>).
    fn stream_name(&mut self, setting: &Setting) -> Option<String> {
        let name = self.said(setting)?.trim().to_owned();
        let is_legal = |byte: u8| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte);
        if !(1..=64).contains(&name.len()) || !name.bytes().all(is_legal) {
            self.problem(
                setting,
                format!("`{name}` is no name of a delivery stream"),
                "set its name, not its ARN: at most 64 letters, digits, dots, dashes and underscores",
            );
        }
        Some(name)
    }

    fn index_prefix(&mut self) -> Option<IndexPrefix> {
        let setting = &settings::INDEX;
        let value = self.value(setting);
        let prefix = IndexPrefix::parse(&value);
        if prefix.is_none() {
            self.problem(
                setting,
                format!("`{value}` holds braces around something else"),
                "only {service} and {environment} can be filled in",
            );
        }
        let literal = value.replace("{service}", "s").replace("{environment}", "e");
        if prefix.is_some() && crate::index::legal_prefix(&literal) != literal {
            self.problem(
                setting,
                format!("`{value}` is no legal index name"),
                format!(
                    "use lower case and no punctuation, for example `{}`",
                    crate::index::legal_prefix(&literal)
                ),
            );
            return None;
        }
        prefix
    }

    fn zone(&mut self) -> Option<TimeZone> {
        let setting = &settings::TIMEZONE;
        let value = self.value(setting);
        let zone = TimeZone::get(&value).ok();
        if zone.is_none() {
            self.problem(
                setting,
                format!("`{value}` is no time zone"),
                "use a name of the IANA database, for example UTC or Europe/Berlin",
            );
        }
        zone
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compile(variables: &[(&str, &str)]) -> Result<Config, String> {
        let required = [("NOZZLE_SERVICE", "s"), ("NOZZLE_ENVIRONMENT", "e")];
        let variables = required.iter().chain(variables);
        let variables = variables.map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let settings = Settings::read(variables).unwrap();
        Config::compile(&settings).map_err(|error| error.to_string())
    }

    #[test]
    fn defaults_are_those_of_the_table() {
        let config = compile(&[]).unwrap();
        assert_eq!(config.index.rotation, Rotation::Day);
        assert_eq!(config.unknown_fields, UnknownFields::Label);
        assert_eq!(config.verbosity, Verbosity::Info);
        assert_eq!(config.zone, TimeZone::UTC);
        assert!(!config.partition_keys && !config.enrichment.override_producer);
    }

    #[test]
    fn service_and_environment_are_required_but_on_a_laptop() {
        let settings = Settings::default();
        let error = Config::compile(&settings).unwrap_err().to_string();
        assert!(error.contains("NOZZLE_SERVICE: is not set; set it"), "{error}");
        assert!(error.contains("NOZZLE_ENVIRONMENT: is not set; set it"), "{error}");
        assert_eq!(Config::compile_locally(&settings).unwrap().enrichment.service, "local");
    }

    #[test]
    fn each_bad_value_is_one_clear_error() {
        let cases = [
            ("NOZZLE_INDEX_ROTATION", "dayly", "one of: day, hour, week, month, none"),
            ("NOZZLE_FIELDS", "drop", "one of: labels, keep"),
            ("NOZZLE_OVERRIDE", "yes", "one of: true, false"),
            ("NOZZLE_MULTI", "split", "one of: fail, join"),
            (
                "NOZZLE_FANOUT_STREAM",
                "arn:aws:firehose:eu-west-1:1:deliverystream/x",
                "not its ARN",
            ),
            ("NOZZLE_FANOUT_STREAM", " ", "at most 64 letters"),
            ("NOZZLE_MAX_DECOMPRESSED", "32M", "a number of bytes from 1000000"),
            ("NOZZLE_MAX_DECOMPRESSED", "1000", "a number of bytes from 1000000"),
            ("NOZZLE_LOG", "trace", "one of: error, warn, info"),
            ("NOZZLE_INDEX", "Logs", "for example `logs`"),
            ("NOZZLE_INDEX", "logs-{host}", "only {service} and {environment}"),
            ("NOZZLE_TIMEZONE", "Mars/Base", "IANA"),
            ("NOZZLE_REDACT", "secrets,everything", "name any of: secrets"),
            ("NOZZLE_REDACT_MODE", "blank", "one of: label, mask, partial, hash, remove"),
            ("NOZZLE_REDACT_MODE", "hash", "at least 16 bytes"),
        ];
        for (variable, value, fix) in cases {
            let error = compile(&[(variable, value)]).unwrap_err();
            assert!(error.contains(variable) || value == "hash", "{error}");
            assert!(error.contains(fix), "{error}");
            assert_eq!(error.lines().count(), 1, "{error}");
        }
    }

    #[test]
    fn a_key_is_never_repeated() {
        let error = compile(&[("NOZZLE_REDACT_MODE", "hash"), ("NOZZLE_REDACT_KEY", "hunter2")])
            .unwrap_err();
        assert!(error.contains("NOZZLE_REDACT_KEY") && !error.contains("hunter2"), "{error}");
        let config = compile(&[
            ("NOZZLE_REDACT_MODE", "hash"),
            ("NOZZLE_REDACT_KEY", "Zq7-secret-Zq7-secret"),
        ])
        .unwrap();
        assert!(!format!("{config:?}").contains("Zq7"));
    }

    #[test]
    fn all_faults_are_told_at_once() {
        let error =
            compile(&[("NOZZLE_FIELDS", "x"), ("NOZZLE_LOG", "y"), ("NOZZLE_TIMEZONE", "z")])
                .unwrap_err();
        assert_eq!(error.lines().count(), 3, "{error}");
    }
}
