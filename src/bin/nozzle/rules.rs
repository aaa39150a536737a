//! `nozzle rules`: which secrets are known, and what a text shows of them.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Read, Write, stdin};

use anstyle::{AnsiColor, Style};
use nozzle::Config;
use nozzle::redact::rules::{self, Anchor, Rule};
use nozzle::redact::{OwnRule, Sighting};
use serde_json::{Value, json};

use crate::pretty::{Pretty, printable};
use crate::{Failure, Outcome, complain, local_config};

const NAME: Style = AnsiColor::Cyan.on_default();
const DIM: Style = Style::new().dimmed();

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Show one rule with its pattern, keywords, examples and near-misses
    #[arg(conflicts_with = "test")]
    id: Option<String>,
    /// Show what is found in a text; `-` reads it from standard input
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    test: Option<String>,
    /// Print JSON, one object in each line
    #[arg(long, conflicts_with = "reveal")]
    json: bool,
    /// With --test, show the secrets that were found
    #[arg(long, requires = "test")]
    reveal: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut config = local_config()?;
    if let Some(text) = &arguments.test {
        let text = if text == "-" { read_standard_input()? } else { text.clone() };
        return test(&mut config, &text, arguments);
    }
    let rows: Vec<Row<'_>> = config
        .own_rules
        .iter()
        .map(|rule| Row::own(rule, &config))
        .chain(rules::all().map(|rule| Row::built_in(rule, &config)))
        .collect();
    let Some(id) = &arguments.id else {
        return list(&rows, arguments.json);
    };
    let Some(row) = rows.iter().find(|row| row.id == id) else {
        return Err(Failure::Usage(format!("there is no rule `{id}`; `nozzle rules` lists them")));
    };
    if arguments.json { list(std::slice::from_ref(row), true) } else { show(row) }
}

/// A rule of the table or of the configuration.
struct Row<'r> {
    id: &'r str,
    set: &'static str,
    is_on: bool,
    title: &'r str,
    pattern: &'r str,
    keywords: Vec<&'r str>,
    /// What must stand in a text instead of keywords.
    shape: &'static str,
    examples: &'static [&'static str],
    near_misses: &'static [&'static str],
}

impl<'r> Row<'r> {
    fn built_in(rule: &'static Rule, config: &Config) -> Self {
        let (keywords, shape) = match rule.anchor {
            Anchor::Keywords(keywords) => (keywords.to_vec(), ""),
            Anchor::SecretName => (Vec::new(), "the name of a secret"),
            Anchor::DigitRun(_) => (Vec::new(), "a run of digits"),
            Anchor::SsnShape => (Vec::new(), "three, two and four digits"),
            Anchor::IbanShape => {
                (Vec::new(), "two capital letters, two digits and eleven more of both")
            }
            Anchor::AnyByte(_) => (Vec::new(), "certain characters"),
        };
        Self {
            id: rule.id,
            set: rule.set.name(),
            is_on: config.redactor.is_on(rule.id),
            title: rule.title,
            pattern: rule.pattern,
            keywords,
            shape,
            examples: rule.examples,
            near_misses: rule.near_misses,
        }
    }

    fn own(rule: &'r OwnRule, config: &Config) -> Self {
        Self {
            id: rule.id(),
            set: "own",
            is_on: config.redactor.is_on(rule.id()),
            title: rule.title(),
            pattern: rule.pattern(),
            keywords: rule.keywords().iter().map(String::as_str).collect(),
            shape: "anything: the pattern is run on every string",
            examples: &[],
            near_misses: &[],
        }
    }

    fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "set": self.set,
            "on": self.is_on,
            "title": self.title,
            "pattern": self.pattern,
            "keywords": self.keywords,
            "examples": self.examples,
            "near_misses": self.near_misses,
        })
    }
}

fn list(rows: &[Row<'_>], as_json: bool) -> Result<Outcome, Failure> {
    let mut out = anstream::stdout().lock();
    let width = rows.iter().map(|row| row.id.len()).max().unwrap_or_default();
    for row in rows {
        if as_json {
            writeln!(out, "{}", row.to_json())?;
            continue;
        }
        let state = if row.is_on { "on" } else { "off" };
        let (id, set, title) = (row.id, row.set, printable(row.title));
        let style = if row.is_on { NAME } else { DIM };
        writeln!(out, "{style}{id:<width$}{style:#}  {set:<7}  {state:<3}  {title}")?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn show(row: &Row<'_>) -> Result<Outcome, Failure> {
    let mut out = anstream::stdout().lock();
    let state = if row.is_on { "on" } else { "off" };
    let mut line =
        |name: &str, text: &str| writeln!(out, "{NAME}{name:<12}{NAME:#} {}", printable(text));
    line("id", row.id)?;
    line("title", row.title)?;
    line("set", row.set)?;
    line("state", state)?;
    if row.keywords.is_empty() {
        line("needs", row.shape)?;
    } else {
        line("keywords", &row.keywords.join("  "))?;
    }
    line("pattern", row.pattern)?;
    for example in row.examples {
        line("example", example)?;
    }
    for near_miss in row.near_misses {
        line("near-miss", near_miss)?;
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

fn read_standard_input() -> Result<String, Failure> {
    let mut bytes = Vec::new();
    match stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => Ok(String::from_utf8_lossy(&bytes).trim_end_matches(['\r', '\n']).to_owned()),
        Err(error) => Err(Failure::Usage(format!("standard input cannot be read: {error}"))),
    }
}

/// Shows what is found in `text`, which is searched as a string in a document would be.
fn test(config: &mut Config, text: &str, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut lines = Vec::new();
    let redacted = config.redactor.redact_text(
        text,
        &mut BTreeMap::new(),
        Some(&mut |sighting: &Sighting<'_>| lines.push(line_of(sighting, arguments))),
    );
    let mut out = anstream::stdout().lock();
    for line in &lines {
        writeln!(out, "{line}")?;
    }
    if arguments.json {
        writeln!(out, "{}", json!({ "text": redacted }))?;
    } else {
        Pretty::new(&mut out).write_text(&redacted)?;
        if lines.is_empty() {
            complain("nozzle: nothing is found in this text");
        }
    }
    out.flush()?;
    Ok(Outcome::Complete)
}

/// One secret: its rule, its span, where it stands within JSON, and the secret only if asked for.
fn line_of(sighting: &Sighting<'_>, arguments: &Arguments) -> String {
    let Sighting { path, span, exemption, text, is_key, .. } = sighting;
    let rule = sighting.rule.unwrap_or("-");
    if arguments.json {
        return json!({
            "rule": sighting.rule, "start": span.start, "end": span.end, "path": path,
            "key": is_key, "exemption": exemption,
        })
        .to_string();
    }
    let mut line = format!("{NAME}{rule}{NAME:#}  bytes {}..{}", span.start, span.end);
    if !path.is_empty() {
        line.push_str(if *is_key { " of the key " } else { " of " });
        line.push_str(&printable(path));
    }
    if let Some(reason) = exemption {
        let _ = write!(line, "  left as it is: {}", printable(reason));
    }
    if arguments.reveal {
        let secret = text.get(span.clone()).unwrap_or_default();
        let _ = write!(line, "  {}", printable(secret));
    }
    line
}
