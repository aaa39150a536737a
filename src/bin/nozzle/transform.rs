//! `nozzle transform`: Firehose events through the function's own code.

use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;

use clap::ValueEnum;
use nozzle::error::{EventError, RecordResult};
use nozzle::json::{Reader, Value, read};
use nozzle::{Config, Summary, transform};

use crate::input::open_all;
use crate::output::{Progress, buffered_stdout};
use crate::pretty::Pretty;
use crate::{Failure, Outcome, complain, local_config};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files that hold one event, or several in a row; standard input when none is named
    files: Vec<PathBuf>,
    /// What to print; by default `pretty` on a terminal and `ndjson` elsewhere
    #[arg(long, value_enum)]
    format: Option<Format>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Documents for a person
    Pretty,
    /// Documents for a program, one in each line
    Ndjson,
    /// The function's answers byte for byte, one in each line
    Response,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let default = if stdout().is_terminal() { Format::Pretty } else { Format::Ndjson };
    let mut work = Work {
        config: local_config()?,
        format: arguments.format.unwrap_or(default),
        response: Vec::new(),
        records: 0,
        outcome: Outcome::Complete,
        progress: Progress::start(),
    };
    for input in open_all(&arguments.files) {
        let mut input = input?;
        let bytes = input.read_all()?;
        work.transform_events(&input.name, &bytes)?;
    }
    work.progress.end();
    Ok(work.outcome)
}

struct Work {
    config: Config,
    format: Format,
    response: Vec<u8>,
    records: u64,
    outcome: Outcome,
    progress: Progress,
}

impl Work {
    /// Transforms the event in `bytes`, or the several that stand there in a row.
    fn transform_events(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        match transform(bytes, &self.config, &mut self.response) {
            Ok(summary) => return self.show(name, &summary),
            // Only a text that goes on after its first value can hold more than one event.
            Err(EventError::NotJson(_)) => {}
            Err(error) => return Err(bad_event(name, &error)),
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            return Err(Failure::Usage(format!("{name}: the event is not UTF-8")));
        };
        let mut reader = Reader::new(text);
        loop {
            reader.skip_white_space();
            let start = reader.position();
            let value = reader.read_value().map_err(|error| bad_event(name, &error))?;
            drop(value);
            let event = bytes.get(start..reader.position()).unwrap_or_default();
            let summary = transform(event, &self.config, &mut self.response)
                .map_err(|error| bad_event(name, &error))?;
            self.show(name, &summary)?;
            reader.skip_white_space();
            if reader.is_at_end() {
                return Ok(());
            }
        }
    }

    fn show(&mut self, name: &str, summary: &Summary) -> Result<(), Failure> {
        match self.format {
            Format::Response => {
                let mut out = buffered_stdout();
                out.write_all(&self.response)?;
                out.write_all(b"\n")?;
                out.flush()?;
            }
            Format::Ndjson => {
                let mut out = buffered_stdout();
                for document in documents(&self.response) {
                    out.write_all(&document)?;
                    out.write_all(b"\n")?;
                }
                out.flush()?;
            }
            Format::Pretty => {
                let mut out = anstream::stdout().lock();
                for document in documents(&self.response) {
                    Pretty::new(&mut out).write_document(&document)?;
                }
                out.flush()?;
            }
        }
        for (position, error) in &summary.refused {
            complain(&format!(
                "nozzle: {name}: record {} of {}: {}: {error}",
                position + 1,
                summary.records,
                error.result().as_str()
            ));
        }
        if self.format == Format::Pretty {
            complain(&describe(name, summary));
        }
        if summary.answered(RecordResult::ProcessingFailed) > 0 {
            self.outcome = Outcome::SomeRecordsFailed;
        }
        self.records += summary.records;
        self.progress.show(self.records);
        Ok(())
    }
}

/// The documents of a response, in order.
fn documents(response: &[u8]) -> Vec<Vec<u8>> {
    let text = std::str::from_utf8(response).unwrap_or_default();
    let response = read(text).unwrap_or_default();
    let records = response.as_object().and_then(|object| object.get("records"));
    records
        .and_then(Value::as_array)
        .unwrap_or_default()
        .iter()
        .filter_map(Value::as_object)
        .filter(|record| record.get("result").and_then(Value::as_str) == Some("Ok"))
        .filter_map(|record| record.get("data").and_then(Value::as_str))
        .filter_map(|data| base64_simd::STANDARD.decode_to_vec(data).ok())
        .collect()
}

/// One line that sums an event up.
fn describe(name: &str, summary: &Summary) -> String {
    use RecordResult::{Dropped, Ok, ProcessingFailed};
    let mut line = format!(
        "{name}: {} records: {} delivered, {} dropped, {} failed",
        summary.records,
        summary.answered(Ok),
        summary.answered(Dropped),
        summary.answered(ProcessingFailed),
    );
    if !summary.redactions.is_empty() {
        let rules = summary.redactions.iter().map(|(rule, count)| format!("{rule} {count}"));
        line.push_str("; redacted: ");
        line.push_str(&rules.collect::<Vec<_>>().join(", "));
    }
    line
}

fn bad_event(name: &str, error: &dyn std::error::Error) -> Failure {
    Failure::Usage(format!("{name}: {error}; raw log lines become an event with `nozzle event`"))
}
