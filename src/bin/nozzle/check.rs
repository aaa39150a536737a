//! `nozzle check`: the configuration as understood.

use std::io::Write;

use nozzle::Config;
use nozzle::config::{SETTINGS, Setting, Settings, Source};

use crate::{Failure, Outcome};

pub(crate) fn run() -> Result<Outcome, Failure> {
    let settings = Settings::from_environment()?;
    Config::compile_locally(&settings)?;
    let mut out = anstream::stdout().lock();
    for setting in SETTINGS {
        let (value, origin) = understood(setting, &settings);
        writeln!(out, "{:<24} {value:<28} {origin:<10} {}", setting.variable(), setting.meaning)?;
    }
    for setting in SETTINGS.iter().filter(|setting| is_missing_on_lambda(setting, &settings)) {
        writeln!(
            out,
            "\n{} is not set; here it is `local`, the function will not start without it",
            setting.variable()
        )?;
    }
    Ok(Outcome::Complete)
}

fn understood(setting: &Setting, settings: &Settings) -> (String, &'static str) {
    match settings.get(setting) {
        Some(said) => {
            let value = if setting.is_secret { "(hidden)".to_owned() } else { said.value.clone() };
            let origin = match said.source {
                Source::Variable => "variable",
                Source::File => "file",
            };
            (value, origin)
        }
        None if setting.is_required => ("local".to_owned(), "default"),
        None if setting.default.is_empty() => ("-".to_owned(), "default"),
        None => (setting.default.to_owned(), "default"),
    }
}

fn is_missing_on_lambda(setting: &Setting, settings: &Settings) -> bool {
    setting.is_required && settings.get(setting).is_none()
}
