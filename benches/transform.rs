//! What a transformation costs beside what it cannot cost less than.
//!
//! The yardstick only parses the event with `aws_lambda_events`, which decodes each record's
//! base64, and serialises the answer with the same bytes again.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs
)]

mod mixed_logs;
mod pairs;

use std::hint::black_box;

use aws_lambda_events::event::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use nozzle::{Config, Settings, transform};

/// Payloads of 2.25 MB are an event of about 3.5 MB, whose documents all fit into a response.
const PAYLOAD_SIZE: usize = 2_250_000;

fn main() {
    let event = mixed_logs::event(&mixed_logs::logs(PAYLOAD_SIZE));
    let config = Config::compile_locally(&Settings::default()).unwrap();
    let mut response = Vec::new();
    let summary = transform(&event, &config, &mut response).unwrap();
    // A record that is refused would cost nothing.
    assert_eq!(summary.delivered, summary.records, "the response is full");
    let what = format!(
        "event of {:.1} MB, {} records: 3 % tracebacks, 3 % secrets, 12 % text, JSON of three loggers",
        event.len() as f64 / 1e6,
        summary.records
    );
    pairs::compare(
        &what,
        "aws_lambda_events: decode and encode again",
        || pairs::time(|| transform(black_box(&event), &config, &mut response).unwrap()),
        || pairs::time(|| decode_and_encode(black_box(&event))),
    );
}

fn decode_and_encode(event: &[u8]) -> Vec<u8> {
    let event: KinesisFirehoseEvent = serde_json::from_slice(event).unwrap();
    let mut response = KinesisFirehoseResponse::default();
    for record in event.records {
        let mut answer = KinesisFirehoseResponseRecord::default();
        answer.record_id = record.record_id;
        answer.result = Some("Ok".to_owned());
        answer.data = record.data;
        response.records.push(answer);
    }
    serde_json::to_vec(&response).unwrap()
}
