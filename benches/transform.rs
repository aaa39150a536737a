//! What a transformation costs beside what it cannot cost less than.
//!
//! The yardstick only parses the event with `aws_lambda_events`, which decodes each record's
//! base64, and serialises the answer with the same bytes again. Both run in turn, in one process,
//! on one event; the ratio is taken pair by pair, because this machine's speed drifts and a pair's
//! does not.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs
)]

mod mixed_logs;

use std::hint::black_box;
use std::time::{Duration, Instant};

use aws_lambda_events::event::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use nozzle::{Config, Settings, transform};

const ROUNDS: usize = 31;
/// Payloads of 2.25 MB are an event of about 3.5 MB, whose documents all fit into a response.
const PAYLOAD_SIZE: usize = 2_250_000;

fn main() {
    let event = mixed_logs::event(PAYLOAD_SIZE);
    let config = Config::compile_locally(&Settings::default()).unwrap();
    let mut response = Vec::new();
    let summary = transform(&event, &config, &mut response).unwrap();
    // A record that is refused would cost nothing.
    assert_eq!(summary.delivered, summary.records, "the response is full");

    let mut pairs: Vec<(Duration, Duration)> = (0..ROUNDS)
        .map(|_| {
            let ours = time(|| transform(black_box(&event), &config, &mut response).unwrap());
            let yardstick = time(|| decode_and_encode(black_box(&event)));
            (ours, yardstick)
        })
        .collect();
    let ratio =
        |(ours, yardstick): &(Duration, Duration)| ours.as_secs_f64() / yardstick.as_secs_f64();
    pairs.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let (ours, yardstick) = pairs[ROUNDS / 2];
    println!(
        "event      {:.1} MB, {} records: 3 % tracebacks, 3 % secrets, 12 % text, JSON of three loggers",
        event.len() as f64 / 1e6,
        summary.records
    );
    println!("transform  {:6.2} ms", ours.as_secs_f64() * 1e3);
    println!(
        "yardstick  {:6.2} ms  aws_lambda_events: decode and encode again",
        yardstick.as_secs_f64() * 1e3
    );
    println!(
        "ratio      {:6.2}     median of {ROUNDS} pairs; {:.2} to {:.2}",
        ratio(&pairs[ROUNDS / 2]),
        ratio(&pairs[0]),
        ratio(&pairs[ROUNDS - 1])
    );
}

fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
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
