//! `nozzle explain`: what becomes of logs and why.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::Duration;

use anstyle::{AnsiColor, Style};
use nozzle::config::SeveralDocuments;
use nozzle::error::{RecordError, RecordResult};
use nozzle::json::{Reader, Value};
use nozzle::{
    Config, DocumentExplanation, FieldExplanation, Origin, OriginKind, RecordExplanation, Secret,
    explain,
};

use crate::input::open_all;
use crate::pretty::{Pretty, printable};
use crate::{Failure, Outcome, complain, event, local_config};

const HEAD: Style = Style::new().bold();
const NAME: Style = AnsiColor::Cyan.on_default();
const DIM: Style = Style::new().dimmed();
const ALARM: Style = AnsiColor::Red.on_default().bold();

/// From this width on, before and after stand side by side.
const WIDE: usize = 80;
/// How many lines of a field's value are shown.
const MOST_LINES: usize = 6;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files of events, or of raw log lines; standard input when none is named
    files: Vec<PathBuf>,
    /// Show secrets as they came
    #[arg(long)]
    reveal: bool,
    /// How many columns there are; by default those that COLUMNS names, else 80
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    width: Option<u16>,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut config = local_config()?;
    if config.redactor.is_audit() {
        complain(
            "nozzle: AUDIT: shown is what would be replaced; NOZZLE_REDACT_AUDIT=true, so nothing is",
        );
        // Else the secrets themselves would be shown.
        config.redactor.end_audit();
    }
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let mut shower = Shower {
        out: anstream::stdout().lock(),
        config: &config,
        reveals: arguments.reveal,
        width: arguments.width.map(usize::from).or(columns).unwrap_or(WIDE).max(40),
        outcome: Outcome::Complete,
    };
    for input in open_all(&arguments.files) {
        let mut input = input?;
        let bytes = input.read_all()?;
        let made;
        let events = if let Some(events) = events_in(&bytes) {
            events
        } else {
            made = event::of_raw_log(&bytes)?;
            made.split(|byte| *byte == b'\n').filter(|event| !event.is_empty()).collect()
        };
        for event in events {
            let records = explain(event, &config)
                .map_err(|error| Failure::Usage(format!("{}: {error}", input.name)))?;
            for record in &records {
                shower.show_record(record, records.len())?;
            }
        }
    }
    shower.out.flush()?;
    Ok(shower.outcome)
}

/// The event in `bytes`, or the several that stand there in a row; `None` when it is something
/// else, such as a log.
fn events_in(bytes: &[u8]) -> Option<Vec<&[u8]>> {
    let mut reader = Reader::new(std::str::from_utf8(bytes).ok()?);
    let mut events = Vec::new();
    reader.skip_white_space();
    while !reader.is_at_end() {
        let start = reader.position();
        let value = reader.read_value().ok()?;
        value.as_object()?.get("records").and_then(Value::as_array)?;
        events.push(bytes.get(start..reader.position())?);
        reader.skip_white_space();
    }
    (!events.is_empty()).then_some(events)
}

struct Shower<'c, W: Write> {
    out: W,
    config: &'c Config,
    reveals: bool,
    width: usize,
    outcome: Outcome,
}

impl<W: Write> Shower<'_, W> {
    fn show_record(&mut self, record: &RecordExplanation, records: usize) -> io::Result<()> {
        let count = record.documents.len();
        for (index, document) in record.documents.iter().enumerate() {
            let mut title = format!("record {} of {records}", record.position + 1);
            if count > 1 {
                let _ = write!(title, ", log {} of {count}", index + 1);
            }
            writeln!(self.out, "{HEAD}{title}{HEAD:#}")?;
            self.show_document(document)?;
        }
        if let Some(error) = record.error {
            self.show_error(record.position, records, error)?;
        }
        let is_refused = self.config.several_documents == SeveralDocuments::FanOutOrFail
            && self.config.fan_out_stream.is_none();
        if count > 1 && is_refused {
            self.show_error(record.position, records, RecordError::SeveralDocuments)?;
        }
        Ok(())
    }

    fn show_error(
        &mut self,
        position: usize,
        records: usize,
        error: RecordError,
    ) -> io::Result<()> {
        let result = error.result();
        if result == RecordResult::ProcessingFailed {
            self.outcome = Outcome::Incomplete;
        }
        let (number, result) = (position + 1, result.as_str());
        writeln!(self.out, "{ALARM}record {number} of {records}: {result}{ALARM:#}: {error}\n")
    }

    fn show_document(&mut self, document: &DocumentExplanation) -> io::Result<()> {
        let before = if self.reveals { &document.before } else { &document.redacted };
        let after = document.fields.iter().map(|field| (field.name.as_str(), field.value.as_str()));
        let before = before.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        if self.width < WIDE {
            self.show_column("before", &rows(before, self.width - 2))?;
            self.show_column("after", &rows(after, self.width - 2))?;
        } else {
            let half = (self.width - 3) / 2;
            self.show_columns(half, &rows(before, half), &rows(after, half))?;
        }
        self.show_secrets(&document.secrets)?;
        self.show_origins(&document.fields)?;
        self.show_head("time")?;
        let times = document.times.iter().map(|(stage, time)| format!("{stage} {}", micros(*time)));
        let total: Duration = document.times.iter().map(|(_, time)| *time).sum();
        let times: Vec<String> = times.chain([format!("all {}", micros(total))]).collect();
        for line in wrapped(&times.join(", "), self.width - 2, usize::MAX) {
            writeln!(self.out, "  {line}")?;
        }
        writeln!(self.out)
    }

    fn show_head(&mut self, head: &str) -> io::Result<()> {
        writeln!(self.out, "{DIM}{head}{DIM:#}")
    }

    fn show_column(&mut self, head: &str, lines: &[String]) -> io::Result<()> {
        self.show_head(head)?;
        for line in lines {
            write!(self.out, "  ")?;
            Pretty::new(&mut self.out).write_text(line)?;
        }
        Ok(())
    }

    fn show_columns(&mut self, width: usize, left: &[String], right: &[String]) -> io::Result<()> {
        writeln!(self.out, "{DIM}{:<width$} │ after{DIM:#}", "before")?;
        for index in 0..left.len().max(right.len()) {
            let cell = |lines: &[String]| lines.get(index).cloned().unwrap_or_default();
            let (left, right) = (cell(left), cell(right));
            let padding = width.saturating_sub(left.chars().count());
            let mut pretty = Pretty::new(&mut self.out);
            pretty.write_line(&left)?;
            write!(self.out, "{:padding$} {DIM}│{DIM:#} ", "")?;
            Pretty::new(&mut self.out).write_line(&right)?;
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn show_secrets(&mut self, secrets: &[Secret]) -> io::Result<()> {
        if secrets.is_empty() {
            return Ok(());
        }
        self.show_head("secrets")?;
        for secret in secrets {
            let path = printable(&secret.path);
            let place = if secret.is_key { format!("the key {path}") } else { path };
            match &secret.rule {
                Some(rule) => {
                    let (start, end) = (secret.span.start, secret.span.end);
                    write!(self.out, "  {NAME}{rule}{NAME:#} in {place}, bytes {start}..{end}")?;
                }
                None => write!(self.out, "  {place}, not searched")?,
            }
            if let Some(reason) = &secret.exemption {
                write!(self.out, ": left as it is: {}", printable(reason))?;
            }
            if self.reveals && secret.rule.is_some() {
                write!(self.out, ": {}", printable(&secret.text))?;
            }
            writeln!(self.out)?;
        }
        Ok(())
    }

    fn show_origins(&mut self, fields: &[FieldExplanation]) -> io::Result<()> {
        self.show_head("where from")?;
        let width = fields.iter().map(|field| field.name.chars().count()).max().unwrap_or_default();
        let width = width.min(self.width / 2);
        for FieldExplanation { name, origin, .. } in fields {
            let name = printable(name);
            writeln!(self.out, "  {NAME}{name:<width$}{NAME:#} {}", describe(origin))?;
        }
        Ok(())
    }
}

fn describe(origin: &Origin) -> String {
    const MOST_PATHS: usize = 3;
    let mut paths: Vec<String> =
        origin.paths.iter().take(MOST_PATHS).map(|path| printable(path)).collect();
    if origin.paths.len() > MOST_PATHS {
        paths.push(format!("{} more", origin.paths.len() - MOST_PATHS));
    }
    let paths = paths.join(", ");
    let with = |text: &str, word: &str| match paths.as_str() {
        "" => text.to_owned(),
        paths => format!("{text}{word} {paths}"),
    };
    match origin.kind {
        OriginKind::Producer => with("producer", ":"),
        OriginKind::Derived => with("derived", " from"),
        OriginKind::Envelope => with("envelope", " and"),
        OriginKind::Configuration => with("configuration", " and"),
        OriginKind::Nozzle => "Nozzle itself".to_owned(),
    }
}

/// Names and values as lines of at most `width` characters.
fn rows<'t>(fields: impl Iterator<Item = (&'t str, &'t str)>, width: usize) -> Vec<String> {
    let cells =
        fields.flat_map(|(name, value)| wrapped(&format!("{name}: {value}"), width, MOST_LINES));
    cells.collect()
}

/// A text in lines of at most `width` characters, further lines being indented. What is beyond
/// `most` lines is left out, and said to be.
fn wrapped(text: &str, width: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let mut rest: Vec<char> = printable(line).chars().collect();
        loop {
            let indent = if lines.is_empty() { "" } else { "  " };
            let room = width.saturating_sub(indent.len()).max(1);
            let mut taken = rest.len().min(room);
            // Rather between words, if one ends in the second half of the line.
            if taken < rest.len()
                && let Some(space) = rest.iter().take(taken).rposition(|c| *c == ' ')
                && space > room / 2
            {
                taken = space + 1;
            }
            let line: String = rest.drain(..taken).collect();
            lines.push(format!("{indent}{}", line.trim_end()));
            if rest.is_empty() {
                break;
            }
        }
    }
    if lines.len() > most {
        let left_out = lines.len() - most + 1;
        lines.truncate(most - 1);
        lines.push(format!("  … {left_out} more lines"));
    }
    lines
}

fn micros(time: Duration) -> String {
    format!("{:.1} µs", time.as_secs_f64() * 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_no_wider_than_they_may_be() {
        let text = "name: one two three four five, andaverylongwordthatfitsnowhere\nsecond";
        for width in 10..40 {
            let lines = wrapped(text, width, usize::MAX);
            assert!(lines.iter().all(|line| line.chars().count() <= width), "{lines:#?}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            assert_eq!(letters(&lines.join(" ")), letters(text));
        }
        assert_eq!(wrapped("a\nb\nc\nd", 20, 3), ["a", "  b", "  … 2 more lines"]);
    }

    #[test]
    fn only_events_are_events() {
        for event in [r#"{"records":[]}"#, " {\"records\":[]}\n{\"records\":[]} "] {
            assert!(events_in(event.as_bytes()).is_some(), "{event}");
        }
        for other in ["", "{\"a\":1}", "2020-05-11 INFO x", "{\"records\":[]} x", "{\"records\":3}"]
        {
            assert!(events_in(other.as_bytes()).is_none(), "{other}");
        }
    }
}
