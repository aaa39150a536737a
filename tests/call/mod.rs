//! A call of the function: its configuration, its event, and the documents in its answer.

// Each test takes what it needs.
#![allow(dead_code, clippy::unwrap_used, clippy::indexing_slicing)]

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nozzle::{Config, Settings};
use serde_json::{Value, json};

/// The configuration of a laptop, with these variables set.
pub(crate) fn config(variables: &[(&str, &str)]) -> Config {
    let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
    Config::compile_locally(&Settings::read(variables).unwrap()).unwrap()
}

/// An event with a record for each payload, whose id is its position.
pub(crate) fn event_of(payloads: &[Vec<u8>]) -> Vec<u8> {
    event_arriving_at(1_589_201_090_123, payloads)
}

/// The same, with its arrival in milliseconds.
pub(crate) fn event_arriving_at(arrival: i64, payloads: &[Vec<u8>]) -> Vec<u8> {
    let records = payloads.iter().enumerate().map(|(index, payload)| {
        json!({
            "recordId": index.to_string(),
            "approximateArrivalTimestamp": arrival,
            "data": BASE64_STANDARD.encode(payload),
        })
    });
    json!({"records": records.collect::<Vec<_>>()}).to_string().into_bytes()
}

/// The documents that a response delivers, in order.
pub(crate) fn delivered(response: &Value) -> Vec<Vec<u8>> {
    let records = response["records"].as_array().unwrap().iter();
    let delivered = records.filter(|record| record["result"] == "Ok");
    delivered
        .map(|record| BASE64_STANDARD.decode(record["data"].as_str().unwrap()).unwrap())
        .collect()
}
