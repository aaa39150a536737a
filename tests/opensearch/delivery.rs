//! What Firehose does with the function and the engine: it hands over records, takes the answers
//! apart and sends each document in a line of its own to the index of the day of its arrival.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use jiff::Timestamp;
use nozzle::limits::LabelNames;
use nozzle::{Config, Surroundings, transform_in};
use serde_json::{Value, json};

use crate::engine::Engine;
use crate::stream::Stream;

/// How many bytes of documents Firehose buffers for one call, by default.
const BUFFER: usize = 5 << 20;
/// How many bytes of records go into one invocation.
const INVOCATION: usize = 1 << 20;

/// A delivery stream with its destination.
pub(crate) struct Delivery<'e> {
    pub engine: &'e Engine,
    /// The index without its suffix.
    pub index: &'e str,
    /// When all records arrive.
    pub arrival: Timestamp,
    /// Makes ids of Firehose's own unique.
    pub attempt: &'e str,
}

impl Delivery<'_> {
    /// The finished documents of `records`; those that are fanned out are among them.
    pub(crate) fn transform(&self, records: &[Vec<u8>], config: &Config) -> Vec<Vec<u8>> {
        let (mut documents, mut label_names) = (Vec::new(), LabelNames::default());
        for (first, batch) in batches(records, INVOCATION, Vec::len) {
            let entries = batch.iter().enumerate().map(|(index, record)| {
                json!({
                    "recordId": format!("{:056}", first + index),
                    "approximateArrivalTimestamp": self.arrival.as_millisecond(),
                    "data": BASE64_STANDARD.encode(record),
                })
            });
            let event = json!({"records": entries.collect::<Vec<_>>()}).to_string();
            let (mut response, mut stream) = (Vec::new(), Stream::default());
            let surroundings = Surroundings {
                fan_out: Some(&mut stream),
                label_names: Some(&mut label_names),
                ..Surroundings::default()
            };
            transform_in(surroundings, event.as_bytes(), config, &mut response).unwrap();
            let response: Value = serde_json::from_slice(&response).unwrap();
            for answer in response["records"].as_array().unwrap() {
                assert_ne!(answer["result"], "ProcessingFailed", "{}", answer["recordId"]);
                if answer["result"] == "Ok" {
                    documents
                        .push(BASE64_STANDARD.decode(answer["data"].as_str().unwrap()).unwrap());
                }
            }
            documents.extend(stream.documents.into_iter().map(|(_, document)| document));
        }
        documents
    }

    /// Sends documents as Firehose does; what the engine says to each, in order.
    pub(crate) fn send(&self, documents: &[Vec<u8>]) -> Vec<Value> {
        let day = self.arrival.strftime("%Y-%m-%d");
        let mut answers = Vec::with_capacity(documents.len());
        for (first, batch) in batches(documents, BUFFER, Vec::len) {
            let mut body = Vec::new();
            for (index, document) in batch.iter().enumerate() {
                let id = format!("{}.{}", self.attempt, first + index);
                let action =
                    json!({"index": {"_index": format!("{}-{day}", self.index), "_id": id}});
                body.extend_from_slice(action.to_string().as_bytes());
                body.push(b'\n');
                body.extend_from_slice(document);
                body.push(b'\n');
            }
            answers.extend(self.engine.bulk(&body));
        }
        self.engine.refresh(&format!("{}*", self.index));
        answers
    }
}

/// The reasons for which the engine refused documents, each with how many it refused.
pub(crate) fn refusals(answers: &[Value]) -> std::collections::BTreeMap<String, usize> {
    let mut refusals = std::collections::BTreeMap::new();
    for error in answers.iter().map(|answer| &answer["error"]).filter(|error| !error.is_null()) {
        let reason = format!("{} {}", error["type"], error["reason"]);
        let reason: String = reason.chars().take(160).collect();
        *refusals.entry(reason).or_default() += 1;
    }
    refusals
}

/// Runs of `items` of at most `size` together, but of one at least, with the position of the first.
fn batches<T>(items: &[T], size: usize, of: impl Fn(&T) -> usize) -> Vec<(usize, &[T])> {
    let mut batches = Vec::new();
    let (mut first, mut sum) = (0, 0);
    for (position, item) in items.iter().enumerate() {
        if sum + of(item) > size && position > first {
            batches.push((first, &items[first..position]));
            (first, sum) = (position, 0);
        }
        sum += of(item);
    }
    batches.push((first, &items[first..]));
    batches
}
