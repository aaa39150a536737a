//! `nozzle transform`: Firehose events through the function's own code.

use std::io::{IsTerminal, Write, stdout};
use std::path::PathBuf;

use clap::ValueEnum;
use nozzle::error::{EventError, RecordResult};
use nozzle::fanout::{FanOut, Settlement};
use nozzle::json::{Reader, Value, read};
use nozzle::limits::LabelNames;
use nozzle::{Config, Summary, Surroundings, transform_in};

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
        label_names: LabelNames::default(),
        fanned_out: Vec::new(),
        records: 0,
        secrets: 0,
        outcome: Outcome::Complete,
        progress: Progress::start(),
    };
    for input in open_all(&arguments.files) {
        let mut input = input?;
        let bytes = input.read_all()?;
        work.transform_events(&input.name, &bytes)?;
    }
    work.progress.end();
    if work.config.redactor.is_audit() {
        complain(&format!(
            "nozzle: AUDIT: {} secrets were found and NONE WAS REPLACED, because NOZZLE_REDACT_AUDIT=true",
            work.secrets
        ));
    }
    Ok(work.outcome)
}

struct Work {
    config: Config,
    format: Format,
    response: Vec<u8>,
    fanned_out: Vec<(usize, Vec<u8>)>,
    label_names: LabelNames,
    records: u64,
    secrets: u64,
    outcome: Outcome,
    progress: Progress,
}

/// The fan-out stream of a laptop: it takes everything, to be shown.
struct LocalStream<'w>(&'w mut Vec<(usize, Vec<u8>)>);

impl FanOut for LocalStream<'_> {
    fn put(&mut self, record: usize, document: &[u8]) {
        self.0.push((record, document.to_owned()));
    }

    fn settle(&mut self) -> Settlement {
        Settlement { accepted: self.0.len() as u64, ..Settlement::default() }
    }
}

impl Work {
    fn transform(&mut self, event: &[u8]) -> Result<Summary, EventError> {
        self.fanned_out.clear();
        let mut stream = LocalStream(&mut self.fanned_out);
        let label_names = Some(&mut self.label_names);
        let mut surroundings = Surroundings { label_names, ..Surroundings::default() };
        if self.config.fan_out_stream.is_some() {
            surroundings.fan_out = Some(&mut stream);
        }
        transform_in(surroundings, event, &self.config, &mut self.response)
    }

    /// Transforms the event in `bytes`, or the several that stand there in a row.
    fn transform_events(&mut self, name: &str, bytes: &[u8]) -> Result<(), Failure> {
        match self.transform(bytes) {
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
            let summary = self.transform(event).map_err(|error| bad_event(name, &error))?;
            self.show(name, &summary)?;
            reader.skip_white_space();
            if reader.is_at_end() {
                return Ok(());
            }
        }
    }

    /// The documents of the response and of the fan-out stream, in the order of their records.
    fn documents(&self) -> Vec<Vec<u8>> {
        let text = std::str::from_utf8(&self.response).unwrap_or_default();
        let response = read(text).unwrap_or_default();
        let records = response.as_object().and_then(|object| object.get("records"));
        let records = records.and_then(Value::as_array).unwrap_or_default();
        let mut fanned_out = self.fanned_out.clone();
        fanned_out.sort_by_key(|(position, _)| *position);
        let mut fanned_out = fanned_out.into_iter().peekable();
        let mut documents = Vec::new();
        for (position, record) in records.iter().enumerate() {
            while let Some((_, document)) = fanned_out.next_if(|(of, _)| *of == position) {
                documents.push(document);
            }
            documents.extend(delivered(record));
        }
        documents
    }

    fn show(&mut self, name: &str, summary: &Summary) -> Result<(), Failure> {
        match self.format {
            Format::Response => {
                // Standard output looks for the last line end, back from where the bytes end.
                self.response.push(b'\n');
                let mut out = stdout().lock();
                out.write_all(&self.response)?;
                out.flush()?;
            }
            Format::Ndjson => {
                let mut out = buffered_stdout();
                for document in self.documents() {
                    out.write_all(document.strip_suffix(b"\n").unwrap_or(&document))?;
                    out.write_all(b"\n")?;
                }
                out.flush()?;
            }
            Format::Pretty => {
                let mut out = anstream::stdout().lock();
                for document in self.documents() {
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
            complain(&describe(name, summary, self.config.redactor.is_audit()));
        }
        if summary.answered(RecordResult::ProcessingFailed) > 0 {
            self.outcome = Outcome::Incomplete;
        }
        self.records += summary.records;
        self.secrets += summary.redactions.values().sum::<u64>();
        self.progress.show(self.records);
        Ok(())
    }
}

/// What the answer to a record delivers.
fn delivered(record: &Value<'_>) -> Option<Vec<u8>> {
    let record = record.as_object()?;
    let is_delivered = record.get("result").and_then(Value::as_str) == Some("Ok");
    let data = record.get("data").and_then(Value::as_str).filter(|_| is_delivered)?;
    base64_simd::STANDARD.decode_to_vec(data).ok()
}

/// One line that sums an event up.
fn describe(name: &str, summary: &Summary, is_audit: bool) -> String {
    use RecordResult::{Dropped, Ok, ProcessingFailed};
    let mut line = format!(
        "{name}: {} records: {} delivered, {} dropped, {} failed",
        summary.records,
        summary.answered(Ok),
        summary.answered(Dropped),
        summary.answered(ProcessingFailed),
    );
    if summary.settlement.accepted > 0 {
        let stream = format!("; {} documents to the fan-out stream", summary.settlement.accepted);
        line.push_str(&stream);
    }
    if !summary.redactions.is_empty() {
        let rules = summary.redactions.iter().map(|(rule, count)| format!("{rule} {count}"));
        line.push_str(if is_audit { "; found and left: " } else { "; redacted: " });
        line.push_str(&rules.collect::<Vec<_>>().join(", "));
    }
    line
}

fn bad_event(name: &str, error: &dyn std::error::Error) -> Failure {
    Failure::Usage(format!("{name}: {error}; raw log lines become an event with `nozzle event`"))
}
