//! `nozzle event`: raw log lines as the event that Firehose would make of them.

use std::fmt::Write as _;
use std::io::Write;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use nozzle::normalize::leading_level;
use nozzle::timestamp::{Reference, leading_timestamp};
use serde_json::json;

use crate::input::open_all;
use crate::output::{Progress, buffered_stdout};
use crate::{Failure, Outcome};

/// How many bytes the answer to one event may take, as estimated: somewhat below what a response
/// may have.
const LARGEST_ANSWER: usize = 5_500_000;

/// About how many bytes a record's answer takes: its payload in base64, and what a document and
/// an answer add to it.
fn estimated_answer(payload: &[u8]) -> usize {
    const DOCUMENT: usize = 700;
    const ANSWER: usize = 150;
    (payload.len() + DOCUMENT) / 3 * 4 + ANSWER
}

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Files of log lines; standard input when none is named
    files: Vec<PathBuf>,
    /// Join lines that state neither a time nor a level nor begin an object to the line before
    #[arg(long)]
    multiline: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = buffered_stdout();
    let mut progress = Progress::start();
    let mut event = EventBuilder::new(now_in_milliseconds());
    let mut record: Vec<u8> = Vec::new();
    for input in open_all(&arguments.files) {
        let mut input = input?;
        while let Some(line) = input.read_line()? {
            let continues = arguments.multiline && !record.is_empty() && !begins_record(&line);
            if !continues && !record.is_empty() {
                event.push(&record, &mut out)?;
                record.clear();
                progress.show(event.records);
            }
            record.extend_from_slice(&line);
        }
        if !record.is_empty() {
            event.push(&record, &mut out)?;
            record.clear();
        }
    }
    event.finish(&mut out)?;
    out.flush()?;
    progress.end();
    Ok(Outcome::Complete)
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

    fn push(&mut self, payload: &[u8], out: &mut impl Write) -> Result<(), Failure> {
        if !self.text.is_empty() && self.answer_size + estimated_answer(payload) > LARGEST_ANSWER {
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
        self.answer_size += estimated_answer(payload);
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
