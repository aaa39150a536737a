//! The events that are transformed, the same bytes at every run.

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::json;
use std::io::Write;

use crate::mixed_logs;

const MIXED_SIZE: usize = 750_000;
const SIZE: usize = 200_000;
/// How many lines CloudWatch sends in one record.
const LINES_OF_A_RECORD: usize = 100;

pub(crate) fn small() -> Vec<u8> {
    mixed_logs::event(&mixed_logs::logs(1))
}

pub(crate) fn mixed() -> Vec<u8> {
    mixed_logs::event(&mixed_logs::logs(MIXED_SIZE))
}

pub(crate) fn texts() -> Vec<u8> {
    mixed_logs::event(&mixed_logs::texts(SIZE))
}

pub(crate) fn tracebacks_with_secrets() -> Vec<u8> {
    mixed_logs::event(&mixed_logs::tracebacks_with_secrets(SIZE))
}

pub(crate) fn cloudwatch() -> Vec<u8> {
    let logs = mixed_logs::logs(SIZE);
    let payloads: Vec<Vec<u8>> = logs.chunks(LINES_OF_A_RECORD).map(compressed).collect();
    mixed_logs::event(&payloads)
}

fn compressed(logs: &[String]) -> Vec<u8> {
    let log_events = logs.iter().enumerate().map(|(number, log)| {
        json!({"id": format!("{number:056}"), "timestamp": 1_589_201_084_123_u64, "message": log})
    });
    let payload = json!({
        "messageType": "DATA_MESSAGE", "owner": "123456789012", "logGroup": "/ecs/shop",
        "logStream": "web/1", "subscriptionFilters": ["all"],
        "logEvents": log_events.collect::<Vec<_>>(),
    });
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(payload.to_string().as_bytes()).unwrap();
    encoder.finish().unwrap()
}
