//! `nozzle event`: raw log lines as the event that Firehose would make of them.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use flate2::Compression;
use flate2::write::GzEncoder;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use nozzle::level::leading_level;
use nozzle::timestamp::{Reference, leading_timestamp};
use serde_json::{Value, json};

use crate::input::{Input, open_all};
use crate::output::{Progress, buffered_stdout};
use crate::{Failure, Outcome};

/// How many bytes the answer to one event may take, as estimated: somewhat below what a response
/// may have.
const LARGEST_ANSWER: usize = 5_500_000;

/// About how many bytes the answer to a record takes that holds `count` logs of `size` bytes
/// together: their documents, each larger than its log, in base64, and what is around them.
fn estimated_answer(count: usize, size: usize) -> usize {
    const DOCUMENT: usize = 700;
    const ANSWER: usize = 150;
    (size + count * DOCUMENT) / 3 * 4 + ANSWER
}

/// How many lines a CloudWatch payload holds at most.
const MOST_LOG_EVENTS: usize = 100;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files of log lines; standard input when none is named
    files: Vec<PathBuf>,
    /// Join lines that state neither a time nor a level nor begin an object to the line before
    #[arg(long)]
    multiline: bool,
    /// Wrap the logs as a CloudWatch Logs subscription does, up to 100 in each record
    #[arg(long)]
    cloudwatch: bool,
    /// Compress each record with gzip
    #[arg(long)]
    gzip: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = buffered_stdout();
    let mut progress = Progress::start();
    let mut records = Records::new(arguments);
    for input in open_all(&arguments.files) {
        records.add_input(&mut input?, arguments.multiline, &mut out, &mut progress)?;
    }
    records.finish(&mut out)?;
    out.flush()?;
    progress.end();
    Ok(Outcome::Complete)
}

/// The events that the lines of a raw log make, one in each line. Lines that begin no log of their
/// own belong to the one before.
pub(crate) fn of_raw_log(log: &[u8]) -> Result<Vec<u8>, Failure> {
    let (mut events, mut progress) = (Vec::new(), Progress::start());
    let arguments =
        Arguments { files: Vec::new(), multiline: true, cloudwatch: false, gzip: false };
    let mut records = Records::new(&arguments);
    let mut input =
        Input { name: String::new(), reader: Box::new(std::io::Cursor::new(log.to_owned())) };
    records.add_input(&mut input, arguments.multiline, &mut events, &mut progress)?;
    records.finish(&mut events)?;
    progress.end();
    Ok(events)
}

/// Makes records of logs: one of each, or one of many as CloudWatch does.
struct Records {
    wraps: bool,
    compresses: bool,
    log_events: Vec<Value>,
    event: EventBuilder,
}

impl Records {
    fn new(arguments: &Arguments) -> Self {
        Self {
            wraps: arguments.cloudwatch,
            compresses: arguments.gzip,
            log_events: Vec::new(),
            event: EventBuilder::new(now_in_milliseconds()),
        }
    }

    /// Adds the logs of an input: each line is one, or with `joins_lines`, each line that begins
    /// one and those after it.
    fn add_input(
        &mut self,
        input: &mut Input,
        joins_lines: bool,
        out: &mut impl Write,
        progress: &mut Progress,
    ) -> Result<(), Failure> {
        let mut log: Vec<u8> = Vec::new();
        while let Some(line) = input.read_line()? {
            let continues = joins_lines && !log.is_empty() && !begins_record(&line);
            if !continues && !log.is_empty() {
                self.add_log(&log, out)?;
                log.clear();
                progress.show(self.event.records);
            }
            log.extend_from_slice(&line);
        }
        if log.is_empty() { Ok(()) } else { self.add_log(&log, out) }
    }

    fn add_log(&mut self, log: &[u8], out: &mut impl Write) -> Result<(), Failure> {
        if !self.wraps {
            return self.add_record(log, 1, out);
        }
        let number = self.event.records * MOST_LOG_EVENTS as u64 + self.log_events.len() as u64;
        self.log_events.push(json!({
            // CloudWatch's ids have 56 digits.
            "id": format!("{number:056}"),
            "timestamp": u64::try_from(self.event.arrival).unwrap_or_default(),
            "message": String::from_utf8_lossy(log).trim_end_matches(['\r', '\n']),
        }));
        if self.log_events.len() == MOST_LOG_EVENTS { self.flush_log_events(out) } else { Ok(()) }
    }

    fn flush_log_events(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        let count = self.log_events.len();
        let payload = json!({
            "messageType": "DATA_MESSAGE",
            "owner": "123456789012",
            "logGroup": "/local/nozzle",
            "logStream": "local",
            "subscriptionFilters": ["local"],
            "logEvents": std::mem::take(&mut self.log_events),
        });
        self.add_record(payload.to_string().as_bytes(), count, out)
    }

    fn add_record(
        &mut self,
        payload: &[u8],
        count: usize,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        let answer_size = estimated_answer(count, payload.len());
        if !self.compresses {
            return self.event.push(payload, answer_size, out);
        }
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(payload)?;
        self.event.push(&encoder.finish()?, answer_size, out)
    }

    fn finish(mut self, out: &mut impl Write) -> Result<(), Failure> {
        if !self.log_events.is_empty() {
            self.flush_log_events(out)?;
        }
        self.event.finish(out)
    }
}

/// Whether a line is the first of a log.
fn begins_record(line: &[u8]) -> bool {
    let line = String::from_utf8_lossy(line);
    let reference = Reference { zone: &TimeZone::UTC, arrival: Timestamp::now() };
    line.starts_with('{')
        || leading_timestamp(&line, &reference).is_some()
        || leading_level(&line).is_some()
}

fn now_in_milliseconds() -> u128 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis()
}

/// Writes events record by record, each on one line.
struct EventBuilder {
    arrival: u128,
    text: String,
    answer_size: usize,
    records: u64,
    events: u64,
}

impl EventBuilder {
    fn new(arrival: u128) -> Self {
        Self { arrival, text: String::new(), answer_size: 0, records: 0, events: 0 }
    }

    /// Adds a record with `payload`, whose answer takes about `answer_size` bytes.
    fn push(
        &mut self,
        payload: &[u8],
        answer_size: usize,
        out: &mut impl Write,
    ) -> Result<(), Failure> {
        if !self.text.is_empty() && self.answer_size + answer_size > LARGEST_ANSWER {
            self.finish(out)?;
        }
        if self.text.is_empty() {
            self.begin();
        } else {
            self.text.push(',');
        }
        // Firehose's ids for records that were put directly have 56 digits. Writing to a string
        // cannot fail.
        let (id, arrival) = (self.records, self.arrival);
        let _ = write!(
            self.text,
            r#"{{"recordId":"{id:056}","approximateArrivalTimestamp":{arrival},"data":""#
        );
        base64_simd::STANDARD.encode_append(payload, &mut self.text);
        self.text.push_str("\"}");
        self.answer_size += answer_size;
        self.records += 1;
        Ok(())
    }

    fn begin(&mut self) {
        let head = json!({
            "invocationId": format!("local-{}", self.events),
            "deliveryStreamArn": "arn:aws:firehose:us-east-1:123456789012:deliverystream/local",
            "region": "us-east-1",
        });
        let head = head.to_string();
        self.text.push_str(head.trim_end_matches('}'));
        self.text.push_str(",\"records\":[");
        self.events += 1;
    }

    fn finish(&mut self, out: &mut impl Write) -> Result<(), Failure> {
        if self.text.is_empty() && self.events > 0 {
            return Ok(());
        }
        if self.text.is_empty() {
            self.begin();
        }
        out.write_all(self.text.as_bytes())?;
        out.write_all(b"]}\n")?;
        self.text.clear();
        self.answer_size = 0;
        Ok(())
    }
}
