//! The events that are measured: the same bytes at every run.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;

use crate::Result;
use crate::mixed_logs::{self, Numbers};

/// The event that everything is compared with.
const LARGE: usize = 4_800_000;
/// Documents of so large an event all fit into a response.
const FITTING: usize = 3_500_000;
/// Documents of so large an event fit, however short its records are.
const SMALL: usize = 1_200_000;
/// As large as a record of Firehose can be.
pub(crate) const LARGEST_RECORD: usize = 900_000;
/// What a record has besides its data.
const ENVELOPE: usize = 120;
const LOGS_IN_A_RECORD_OF_CLOUDWATCH: usize = 50;

/// One event, and what it is for a reader of the table.
pub(crate) struct Event {
    pub(crate) what: String,
    pub(crate) bytes: Vec<u8>,
    pub(crate) records: usize,
    /// How long the records' payloads are on average.
    pub(crate) record_size: usize,
}

impl Event {
    fn new<P: AsRef<[u8]>>(what: &str, payloads: &[P]) -> Self {
        let size: usize = payloads.iter().map(|payload| payload.as_ref().len()).sum();
        Self {
            what: what.to_owned(),
            bytes: mixed_logs::event(payloads),
            records: payloads.len(),
            record_size: size / payloads.len(),
        }
    }

    /// An event of so many records with one and the same payload that all documents fit.
    pub(crate) fn small(what: &str, payload: &str) -> Self {
        Self::new(what, &fill(SMALL, || payload.to_owned()))
    }
}

/// Mixed logs whose documents are more than a response can hold, and some whose documents fit.
pub(crate) fn mixed() -> [Event; 2] {
    [
        Event::new("mixed logs", &mixed_payloads(LARGE)),
        Event::new("mixed logs that fit", &mixed_payloads(FITTING)),
    ]
}

/// The mixed event with which sizes and hostile events are compared.
pub(crate) fn ordinary() -> Event {
    Event::new("mixed logs", &mixed_payloads(FITTING))
}

/// Events of one kind of record.
pub(crate) fn kinds() -> [Event; 2] {
    let lines: Vec<String> = {
        let mut numbers = Numbers::new(11);
        fill(FITTING / 2, || text_line(&mut numbers))
    };
    // Where one log in thirty-three has a traceback, so much holds enough of them.
    let logs = mixed_logs::logs(80 * SMALL);
    let faults =
        logs.into_iter().filter(|log| log.contains("exc_info")).map(|log| with_secret(&log));
    let mut faults = faults.cycle();
    let faults = fill(FITTING / 2, || faults.next().unwrap_or_default());
    [
        Event::new("lines of text, seven layouts", &lines),
        Event::new("a traceback and a secret in each record", &faults),
    ]
}

/// Events as a CloudWatch subscription sends them.
pub(crate) fn cloudwatch() -> Result<[Event; 2]> {
    let logs = mixed_logs::logs(FITTING / 2);
    let batches = logs.chunks(LOGS_IN_A_RECORD_OF_CLOUDWATCH).map(cloudwatch_record);
    let singles = logs.chunks(1).map(cloudwatch_record);
    let what = format!("CloudWatch, {LOGS_IN_A_RECORD_OF_CLOUDWATCH} logs in each record");
    Ok([
        Event::new(&what, &batches.collect::<Result<Vec<_>>>()?),
        Event::new("CloudWatch, one log in each record", &singles.collect::<Result<Vec<_>>>()?),
    ])
}

/// Mixed logs in events from one record to the largest that Lambda accepts.
pub(crate) fn event_sizes() -> Result<Vec<Event>> {
    const LARGEST_EVENT: usize = 6_000_000;
    let payloads = mixed_payloads(LARGEST_EVENT);
    let counts = [1, 3, 10, 30, 100, 300, 1_000, 3_000, payloads.len()];
    counts
        .into_iter()
        .map(|count| {
            let payloads = payloads.get(..count).ok_or("the largest event is too small")?;
            Ok(Event::new(&format!("{count} mixed logs"), payloads))
        })
        .collect()
}

/// Records from the shortest logs to the largest that Firehose accepts, in events of one size.
pub(crate) fn record_sizes() -> Vec<Event> {
    const SIZES: [usize; 9] =
        [100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 300_000, LARGEST_RECORD];
    let event = |size| {
        let mut numbers = Numbers::new(13);
        let payloads = fill(SMALL, || log_of(size, &mut numbers));
        Event::new(&format!("records of {size} bytes"), &payloads)
    };
    SIZES.into_iter().map(event).collect()
}

/// Payloads, as many as an event of so many bytes holds, and one at least.
fn fill(size: usize, mut payload: impl FnMut() -> String) -> Vec<String> {
    let mut payloads = Vec::new();
    let mut total = 0;
    loop {
        let payload = payload();
        total += payload.len().div_ceil(3) * 4 + ENVELOPE;
        if total > size && !payloads.is_empty() {
            return payloads;
        }
        payloads.push(payload);
    }
}

fn mixed_payloads(size: usize) -> Vec<String> {
    let mut logs = mixed_logs::logs(size).into_iter();
    fill(size, || logs.next().unwrap_or_default())
}

fn with_secret(log: &str) -> String {
    log.replace(
        "cannot load the order",
        "cannot load the order from postgres://app:s3cr3t-4711@db.internal/orders",
    )
}

fn text_line(numbers: &mut Numbers) -> String {
    let (minute, second, millisecond) = (numbers.below(60), numbers.below(60), numbers.below(1000));
    let (pid, status) = (numbers.below(30_000), numbers.pick(&["200", "200", "304", "404"]));
    let level = numbers.pick(&["INFO", "INFO", "INFO", "WARN", "ERROR"]);
    let words = 8 + numbers.below(30);
    let said = numbers.sentence(words);
    let time = format!("12:{minute:02}:{second:02}");
    match numbers.below(7) {
        0 => format!("2020-05-11 {time},{millisecond:03} {level} shop.worker: {said}\n"),
        1 => format!("2020-05-11T{time}.{millisecond:03}Z {level} [worker-2] o.e.s.Store - {said}"),
        2 => format!("May 11 {time} web-1 sshd[{pid}]: {said}"),
        3 => format!(
            "198.51.100.7 - - [11/May/2020:{time} +0000] \"GET /orders/{pid} HTTP/1.1\" {status} {millisecond} \"-\" \"Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0\"\n"
        ),
        4 => format!(
            "time=2020-05-11T{time}Z level=info msg=\"{said}\" order=A-{pid} took={millisecond}ms"
        ),
        5 => format!("I0511 {time}.{millisecond:03}000 {pid} store.go:42] {said}"),
        _ => said,
    }
}

fn cloudwatch_record(logs: &[String]) -> Result<Vec<u8>> {
    let events = logs.iter().enumerate().map(|(index, log)| {
        json!({
            "id": format!("3543{index:052}"),
            "timestamp": 1_589_201_080_000_u64 + index as u64 * 1_500,
            "message": log,
        })
    });
    let data = json!({
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": "/aws/lambda/checkout",
        "logStream": "2020/05/11/[$LATEST]3f6c9a0f8b5d4e1f",
        "subscriptionFilters": ["firehose"],
        "logEvents": events.collect::<Vec<_>>(),
    });
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data.to_string().as_bytes())?;
    Ok(encoder.finish()?)
}

/// A log of that many bytes, or a few more.
fn log_of(size: usize, numbers: &mut Numbers) -> String {
    let log = |message: &str, number: u64| {
        json!({"level": "info", "logger": "shop", "order": number, "message": message}).to_string()
    };
    let number = numbers.below(100_000);
    let room = size.saturating_sub(log("", number).len());
    let mut message = String::new();
    while message.len() < room {
        message.push_str(&numbers.sentence(3));
        message.push(' ');
    }
    log(&message, number)
}
