//! What must hold for the answer to any event.

use std::sync::LazyLock;

use nozzle::error::RecordError;
use nozzle::fanout::{FanOut, LARGEST_DOCUMENT, Settlement};
use nozzle::response::RESPONSE_LIMIT;
use nozzle::{Config, Settings, Surroundings, transform_in};
use serde_json::Value;

struct Stream(Vec<Vec<u8>>);

impl FanOut for Stream {
    fn put(&mut self, _: usize, document: &[u8]) {
        assert!(document.len() <= LARGEST_DOCUMENT);
        self.0.push(document.to_vec());
    }

    fn settle(&mut self) -> Settlement {
        Settlement::default()
    }
}

static CONFIG: LazyLock<Config> = LazyLock::new(|| {
    let variables = [("NOZZLE_FANOUT_STREAM", "again"), ("NOZZLE_MAX_DECOMPRESSED", "1000000")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Config::compile_locally(&Settings::read(variables).expect("settings")).expect("configuration")
});

/// Runs the function on `event`: it must not panic, and each document must be one line that holds
/// one JSON object, which comes out unchanged when it comes again.
pub fn check(event: &[u8]) {
    let documents = documents(event);
    for document in &documents {
        assert!(!document.contains(&b'\n') && !document.contains(&b'\r'), "a raw line end");
        let parsed: Value = serde_json::from_slice(document).expect("a document that is JSON");
        assert!(parsed.is_object(), "a document that is no object");
        if parsed["event"]["id"].is_string() {
            let again = self::documents(&event_of(document));
            assert!(again.len() == 1, "a finished document is one document");
        }
    }
}

/// An event with one record.
pub fn event_of(payload: &[u8]) -> Vec<u8> {
    let data = base64_simd::STANDARD.encode_to_string(payload);
    format!(r#"{{"records":[{{"recordId":"r","approximateArrivalTimestamp":1589201090123,"data":"{data}"}}]}}"#)
        .into_bytes()
}

fn documents(event: &[u8]) -> Vec<Vec<u8>> {
    let mut stream = Stream(Vec::new());
    let mut response = Vec::new();
    let surroundings = Surroundings { fan_out: Some(&mut stream), ..Surroundings::default() };
    let Ok(summary) = transform_in(surroundings, event, &CONFIG, &mut response) else {
        return Vec::new();
    };
    assert!(response.len() <= RESPONSE_LIMIT);
    assert!(
        summary.refused.iter().all(|(_, error)| *error != RecordError::Panicked),
        "a panic within a record"
    );
    let response: Value = serde_json::from_slice(&response).expect("a response that is JSON");
    let records = response["records"].as_array().expect("records");
    assert_eq!(records.len() as u64, summary.records);
    let delivered = records.iter().filter(|record| record["result"] == "Ok");
    let delivered = delivered.map(|record| {
        let data = record["data"].as_str().expect("data");
        base64_simd::STANDARD.decode_to_vec(data).expect("base64")
    });
    delivered.chain(stream.0).collect()
}
