//! What records that hold many logs cost: a CloudWatch payload of 1 MiB of gzip, and 3 MB of JSON
//! in lines, all of whose documents are fanned out into a stream that forgets them.
//!
//! The yardstick decodes the record's base64, decompresses it, and parses it with `serde_json`.

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
use std::io::{Read, Write};

use nozzle::fanout::{FanOut, Settlement};
use nozzle::{Config, Settings, Surroundings, transform_in};
use serde_json::{Value, json};

struct Forgetful {
    documents: u64,
}

impl FanOut for Forgetful {
    fn put(&mut self, _: usize, document: &[u8]) {
        black_box(document);
        self.documents += 1;
    }

    fn settle(&mut self) -> Settlement {
        Settlement::default()
    }
}

fn main() {
    let settings = [("NOZZLE_FANOUT_STREAM".to_owned(), "second".to_owned())];
    let config = Config::compile_locally(&Settings::read(settings).unwrap()).unwrap();

    let (payload, unfolded) = cloudwatch_payload();
    let what = format!("CloudWatch, {:.2} MiB of gzip", payload.len() as f64 / 1_048_576.0);
    compare(&what, &payload, unfolded, &config, |payload| {
        let mut text = Vec::new();
        flate2::read::GzDecoder::new(payload).read_to_end(&mut text).unwrap();
        serde_json::from_slice::<Value>(&text).unwrap()
    });

    let lines = mixed_logs::logs(3_600_000);
    let lines: Vec<_> = lines.into_iter().filter(|log| log.starts_with('{')).collect();
    let payload = lines.join("\n").into_bytes();
    compare("NDJSON", &payload, payload.len(), &config, |payload| {
        let logs = serde_json::Deserializer::from_slice(payload).into_iter::<Value>();
        logs.map(Result::unwrap).collect::<Vec<_>>()
    });
}

fn compare<T>(
    what: &str,
    payload: &[u8],
    unfolded: usize,
    config: &Config,
    parse: impl Fn(&[u8]) -> T,
) {
    let event = mixed_logs::event(&[payload]);
    let data = base64_simd::STANDARD.encode_to_string(payload);
    let mut response = Vec::new();
    let mut transform = || {
        let mut stream = Forgetful { documents: 0 };
        let surroundings = Surroundings { fan_out: Some(&mut stream), ..Surroundings::default() };
        let summary = transform_in(surroundings, black_box(&event), config, &mut response).unwrap();
        assert_eq!(summary.fanned_out, 1);
        stream.documents
    };
    let what =
        format!("{what}: {:.1} MB unfolded, {} documents", unfolded as f64 / 1e6, transform());
    let yardstick = || parse(&base64_simd::STANDARD.decode_to_vec(black_box(&data)).unwrap());
    pairs::compare(
        &what,
        "decode, decompress, serde_json::Value",
        || pairs::time(&mut transform),
        || pairs::time(yardstick),
    );
}

/// A payload whose gzip has about 1 MiB, and its size before.
fn cloudwatch_payload() -> (Vec<u8>, usize) {
    let logs = mixed_logs::logs(7_300_000);
    let log_events = logs.iter().enumerate().map(|(index, log)| {
        json!({"id": format!("{index:056}"), "timestamp": 1_589_201_084_000_u64 + index as u64,
               "message": log})
    });
    let payload = json!({
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": "/ecs/shop",
        "logStream": "web/1",
        "subscriptionFilters": ["all"],
        "logEvents": log_events.collect::<Vec<_>>(),
    })
    .to_string();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(payload.as_bytes()).unwrap();
    (encoder.finish().unwrap(), payload.len())
}
