//! `nozzle check`: the configuration as understood.

use std::io::Write;
use std::time::{Duration, Instant};

use nozzle::Config;
use nozzle::config::{SETTINGS, Setting, Settings, Source};
use nozzle::redact::OwnRule;

use crate::pretty::printable;
use crate::{Failure, Outcome};

pub(crate) fn run() -> Result<Outcome, Failure> {
    let settings = Settings::from_environment()?;
    let config = Config::compile_locally(&settings)?;
    let mut out = anstream::stdout().lock();
    for setting in SETTINGS {
        let (value, origin) = understood(setting, &settings);
        write_row(&mut out, setting.variable, &value, origin, setting.meaning)?;
    }
    for rule in &config.own_rules {
        write_row(&mut out, "redact_rules", rule.id(), "file", rule.title())?;
    }
    let exemptions = config.redactor.exemptions();
    for (what, reason) in exemptions.fields().chain(exemptions.values()) {
        write_row(&mut out, "redact_exemptions", what, "file", reason)?;
    }
    for rule in config.own_rules.iter().filter(|rule| rule.keywords().is_empty()) {
        let cost = cost_of_a_megabyte(rule).as_secs_f64() * 1e3;
        writeln!(
            out,
            "\nthe rule {} has no keywords: its pattern is run on every string, which takes about {cost:.1} ms for each MB of logs on this machine",
            rule.id()
        )?;
    }
    for setting in SETTINGS.iter().filter(|setting| is_missing_on_lambda(setting, &settings)) {
        writeln!(
            out,
            "\n{} is not set; here it is `local`, the function will not start without it",
            setting.variable
        )?;
    }
    if config.redactor.is_audit() {
        writeln!(out, "\nAUDIT: secrets are counted and NONE IS REPLACED (NOZZLE_REDACT_AUDIT)")?;
    }
    Ok(Outcome::Complete)
}

fn write_row(
    out: &mut impl Write,
    name: &str,
    value: &str,
    origin: &str,
    meaning: &str,
) -> Result<(), Failure> {
    let (value, meaning) = (printable(value), printable(meaning));
    Ok(writeln!(out, "{name:<24} {value:<28} {origin:<10} {meaning}")?)
}

/// How long a pattern takes for a million bytes of ordinary log lines.
fn cost_of_a_megabyte(rule: &OwnRule) -> Duration {
    const LINE: &str = "2020-05-11 14:44:44,123 INFO [worker-7] shop.orders: order 4711 of user 0af3-11ec paid with 3 items in 17 ms, GET /api/v1/orders/4711?page=2 200";
    const RUNS: usize = 1_000_000 / LINE.len();
    // What is built on first use is no cost of each line.
    std::hint::black_box(rule.count_matches(LINE));
    let started = Instant::now();
    let matches: usize = (0..RUNS).map(|_| rule.count_matches(std::hint::black_box(LINE))).sum();
    std::hint::black_box(matches);
    started.elapsed()
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
