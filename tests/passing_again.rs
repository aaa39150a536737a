//! A finished document that comes again, out of the fan-out into the same stream or out of a
//! replay, comes out byte for byte as it went in.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod any_log;
mod call;
mod stream;

use std::fs;

use any_log::any_log;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nozzle::{Config, Surroundings, transform_in};
use proptest::prelude::*;
use serde_json::{Value, json};
use stream::Stream;

fn config(variables: &[(&str, &str)]) -> Config {
    call::config(&[&[("NOZZLE_FANOUT_STREAM", "logs")], variables].concat())
}

/// The documents in the answers and those that were fanned out.
fn documents(event: &[u8], config: &Config) -> (Vec<Vec<u8>>, Vec<Vec<u8>>) {
    let mut stream = Stream::default();
    let mut response = Vec::new();
    let surroundings = Surroundings { fan_out: Some(&mut stream), ..Surroundings::default() };
    transform_in(surroundings, event, config, &mut response).unwrap();
    let response: Value = serde_json::from_slice(&response).unwrap();
    let fanned_out = stream.documents.into_iter().map(|(_, document)| document);
    (call::delivered(&response), fanned_out.collect())
}

/// The second hop: other records, at another time, of the stream that fanned out.
fn event_of(payloads: &[Vec<u8>]) -> Vec<u8> {
    let records = payloads.iter().enumerate().map(|(index, payload)| {
        json!({
            "recordId": format!("again-{index}"),
            "approximateArrivalTimestamp": 1_900_000_000_000_u64,
            "data": BASE64_STANDARD.encode(payload),
        })
    });
    let records: Vec<_> = records.collect();
    let arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/logging-test";
    json!({"deliveryStreamArn": arn, "region": "eu-west-1", "records": records})
        .to_string()
        .into_bytes()
}

fn assert_unchanged(documents_before: &[Vec<u8>], config: &Config) {
    let (delivered, fanned_out) = documents(&event_of(documents_before), config);
    assert!(fanned_out.is_empty(), "a finished document was fanned out again");
    assert_eq!(delivered.len(), documents_before.len());
    for (before, after) in documents_before.iter().zip(&delivered) {
        let text = |document: &[u8]| String::from_utf8_lossy(document).into_owned();
        assert_eq!(text(before), text(after));
    }
}

fn configs() -> Vec<Config> {
    let sets = "secrets,cards,ssn,iban,email,ip,phone,mac";
    vec![
        config(&[]),
        config(&[("NOZZLE_FIELDS", "keep")]),
        config(&[("NOZZLE_REDACT", sets)]),
        config(&[("NOZZLE_REDACT_MODE", "mask"), ("NOZZLE_INDEX_ROTATION", "week")]),
        config(&[("NOZZLE_REDACT_MODE", "remove"), ("NOZZLE_OVERRIDE", "true")]),
        config(&[
            ("NOZZLE_REDACT_MODE", "hash"),
            ("NOZZLE_REDACT_KEY", "0123456789abcdef"),
            ("NOZZLE_INDEX", "{service}-{environment}"),
        ]),
    ]
}

#[test]
fn every_sample_converges_after_one_hop() {
    let mut seen = 0;
    for config in configs() {
        for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/events")).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let (delivered, fanned_out) = documents(&fs::read(&path).unwrap(), &config);
            for document in delivered.into_iter().chain(fanned_out) {
                if from_this_stream(&document) {
                    seen += 1;
                    assert_unchanged(&[document], &config);
                }
            }
        }
    }
    assert!(seen > 500, "{seen}");
}

/// Samples of other streams would be given this one's region and account; a record without an
/// arrival is none that Firehose sends.
fn from_this_stream(document: &[u8]) -> bool {
    let document: Value = serde_json::from_slice(document).unwrap();
    let cloud =
        json!({"provider": "aws", "region": "eu-west-1", "account": {"id": "123456789012"}});
    document["cloud"] == cloud && document["event"]["created"].is_string()
}

proptest! {
    #[test]
    fn any_log_converges_after_one_hop(logs in prop::collection::vec(any_log(), 1..4), which in 0..6_usize) {
        let config = configs().swap_remove(which);
        let payload: Vec<String> = logs.iter().map(Value::to_string).collect();
        let (delivered, fanned_out) = documents(&event_of(&[payload.join("\n").into_bytes()]), &config);
        prop_assert_eq!(delivered.len() + fanned_out.len(), logs.len());
        assert_unchanged(&delivered, &config);
        assert_unchanged(&fanned_out, &config);
    }
}
