//! The contract with Firehose, over events that nobody would send: every record is answered, once
//! and in order, with nothing that a document must not hold.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod any_log;
mod call;

use any_log::{any_log, any_value};
use aws_lambda_events::event::firehose::{KinesisFirehoseEvent, KinesisFirehoseResponse};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use call::{config, delivered, event_of};
use nozzle::response::RESPONSE_LIMIT;
use nozzle::{Config, Summary, transform};
use proptest::prelude::*;
use serde_json::{Value, json};

fn answer(event: &[u8], config: &Config) -> (Summary, Value) {
    let mut response = Vec::new();
    let summary = transform(event, config, &mut response).unwrap();
    assert!(response.len() <= RESPONSE_LIMIT);
    // The type that AWS's users parse responses with must take ours.
    serde_json::from_slice::<KinesisFirehoseResponse>(&response).unwrap();
    (summary, serde_json::from_slice(&response).unwrap())
}

/// What a search engine demands of each line of a bulk request.
fn assert_deliverable(document: &[u8]) {
    let text = std::str::from_utf8(document).unwrap();
    assert!(!text.contains(['\n', '\r']), "a raw line end: {text}");
    let value = nozzle::json::read(text).unwrap();
    assert!(value.as_object().is_some(), "no object: {text}");
    serde_json::from_str::<Value>(text).unwrap();
    assert_keys(&value, text);
}

fn assert_keys(value: &nozzle::json::Value<'_>, text: &str) {
    if let Some(object) = value.as_object() {
        let mut keys: Vec<&str> = object.iter().map(|(key, _)| key.as_ref()).collect();
        assert!(keys.iter().all(|key| !key.is_empty() && !key.starts_with('_')), "{text}");
        keys.sort_unstable();
        assert!(keys.windows(2).all(|pair| pair[0] != pair[1]), "a key stands twice: {text}");
        object.iter().for_each(|(_, value)| assert_keys(value, text));
    }
    value.as_array().unwrap_or_default().iter().for_each(|value| assert_keys(value, text));
}

fn any_payload() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..200),
        any_log().prop_map(|log| log.to_string().into_bytes()),
        "(INFO|ERROR|\\{|\\[|Traceback \\(most recent call last\\):\n|  File \"a\", line 1, in b\n|.|\n){0,20}"
            .prop_map(String::into_bytes),
    ]
}

/// Something like an event: the right keys, with right and wrong values.
fn any_event() -> impl Strategy<Value = Value> {
    let text = || prop_oneof![".{0,8}".prop_map(Value::from), Just(Value::Null), any_value()];
    let time = prop_oneof![
        (0_i64..4_000_000_000_000).prop_map(Value::from),
        // No fractions: the official type panics on some.
        Just(json!("2020-05-11T12:44:50.123Z")),
        Just(json!({"seconds": 7})),
        Just(Value::Null),
    ];
    let data = prop_oneof![
        4 => any_payload().prop_map(|payload| Value::from(BASE64_STANDARD.encode(payload))),
        1 => "[A-Za-z0-9+/]{0,8}={0,3}".prop_map(Value::from),
        1 => any_value(),
    ];
    let metadata = prop_oneof![
        2 => Just(Value::Null),
        1 => (text(), any_value()).prop_map(|(number, sub)| json!({"sequenceNumber": number,
            "subsequenceNumber": sub, "approximateArrivalTimestamp": 1_589_201_090_123_u64})),
    ];
    let record = (text(), time, data, metadata).prop_map(|(id, time, data, metadata)| {
        json!({"recordId": id, "approximateArrivalTimestamp": time, "data": data,
               "kinesisRecordMetadata": metadata})
    });
    let record = prop_oneof![9 => record, 1 => any_value()];
    (text(), text(), prop::collection::vec(record, 0..6)).prop_map(|(invocation, arn, records)| {
        json!({"invocationId": invocation, "deliveryStreamArn": arn, "records": records})
    })
}

proptest! {
    #[test]
    fn every_record_is_answered_once_and_in_order(
        payloads in prop::collection::vec(any_payload(), 0..8),
        keep in any::<bool>(),
    ) {
        let config = config(&[("NOZZLE_FIELDS", if keep { "keep" } else { "labels" })]);
        let (summary, response) = answer(&event_of(&payloads), &config);
        let ids: Vec<_> = response["records"].as_array().unwrap().iter()
            .map(|record| record["recordId"].as_str().unwrap().to_owned()).collect();
        let expected: Vec<_> = (0..payloads.len()).map(|index| index.to_string()).collect();
        prop_assert_eq!(ids, expected);
        prop_assert_eq!(summary.records, payloads.len() as u64);
        for document in delivered(&response) {
            assert_deliverable(&document);
        }
    }

    #[test]
    fn what_the_official_types_accept_is_accepted(event in any_event()) {
        let event_text = event.to_string();
        let (_, response) = answer(event_text.as_bytes(), &config(&[]));
        let answers = response["records"].as_array().unwrap();
        prop_assert_eq!(answers.len(), event["records"].as_array().unwrap().len());
        // The official types panic on some numbers where a time should stand.
        let official = std::panic::catch_unwind(|| serde_json::from_str(&event_text));
        let official: Option<KinesisFirehoseEvent> = official.ok().and_then(Result::ok);
        if let Some(official) = official {
            for (record, answer) in official.records.iter().zip(answers) {
                prop_assert_eq!(record.record_id.as_deref().filter(|id| !id.is_empty()), answer["recordId"].as_str());
                if let Ok(log) = serde_json::from_slice::<Value>(&record.data.0)
                    && log.is_object()
                    && log.get("logEvents").is_none()
                {
                    prop_assert_eq!(&answer["result"], "Ok", "{}", log);
                }
            }
        }
    }

    #[test]
    fn a_retry_gives_the_same_answer(payloads in prop::collection::vec(any_payload(), 0..6)) {
        let config = config(&[]);
        let event = event_of(&payloads);
        prop_assert_eq!(answer(&event, &config).1, answer(&event, &config).1);
    }

    #[test]
    fn a_secret_under_its_name_is_nowhere_in_the_response(
        log in any_log(),
        name in prop::sample::select(vec!["password", "db_password", "clientSecret", "X-Api-Key", "Authorization"]),
        in_text in any::<bool>(),
    ) {
        const SECRET: &str = "Zq7hunter2Zq7";
        let mut log = log;
        let secret = json!({"outer": [{name: SECRET, "user": "ada"}]});
        log["planted"] = if in_text { secret.to_string().into() } else { secret };
        let event = event_of(&[log.to_string().into_bytes()]);
        let (summary, response) = answer(&event, &config(&[]));
        prop_assert_eq!(summary.redactions.get("by-name").copied().unwrap_or(0) > 0, true);
        for document in delivered(&response) {
            prop_assert!(!String::from_utf8(document).unwrap().contains("hunter2"));
        }
    }
}

#[test]
fn a_malformed_event_quotes_nothing() {
    let config = config(&[]);
    for event in
        ["hunter2", "{\"records\":hunter2}", "[\"hunter2\"]", "{\"records\":\"hunter2\"}", "{}"]
    {
        let error = transform(event.as_bytes(), &config, &mut Vec::new()).unwrap_err();
        assert!(!error.to_string().contains("hunter2"), "{error}");
    }
}

#[test]
fn the_response_never_exceeds_its_limit() {
    // 700 documents of 9 kB in base64 are more than 6 MB.
    let payload = json!({"message": "x".repeat(9_000)}).to_string().into_bytes();
    let (summary, response) = answer(&event_of(&vec![payload; 700]), &config(&[]));
    assert_eq!(response["records"].as_array().unwrap().len(), 700);
    assert!(summary.delivered > 450, "{}", summary.delivered);
    assert_eq!(summary.delivered + summary.refused.len() as u64, 700);
    assert!(summary.refused.iter().all(|(_, error)| error.name() == "response_full"));
}

#[test]
fn partition_keys_are_there_when_they_are_wanted() {
    let config = config(&[("NOZZLE_PARTITION_KEYS", "true"), ("NOZZLE_SERVICE", "checkout")]);
    let payload = br#"{"message":"x","time":"2020-05-11T23:59:59-02:00"}"#.to_vec();
    let (_, response) = answer(&event_of(&[payload]), &config);
    assert_eq!(
        response["records"][0]["metadata"]["partitionKeys"],
        json!({"service": "checkout", "environment": "local", "day": "2020-05-12"})
    );
}

#[test]
fn a_long_key_costs_its_own_length_and_not_that_of_all_below_it() {
    // Joined with each key below it, this key would take gigabytes.
    let entries: Vec<String> = (0..50_000).map(|index| format!("\"a{index}\":0")).collect();
    let payload = format!("{{\"{}\":{{{}}}}}", "k".repeat(300_000), entries.join(","));
    for fields in ["labels", "keep"] {
        let started = std::time::Instant::now();
        let event = event_of(&[payload.clone().into_bytes()]);
        let (_, response) = answer(&event, &config(&[("NOZZLE_FIELDS", fields)]));
        let documents = delivered(&response);
        assert!(documents[0].len() < 200_000, "{fields}: {}", documents[0].len());
        assert_deliverable(&documents[0]);
        assert!(started.elapsed().as_secs() < 5, "{fields}: {:?}", started.elapsed());
    }
}

#[test]
fn a_bomb_costs_its_record_and_no_more_memory_than_is_allowed() {
    use std::io::Write;
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..256 {
        encoder.write_all(&vec![b'x'; 1 << 20]).unwrap();
    }
    let bomb = encoder.finish().unwrap();
    let event = event_of(&[bomb, b"after".to_vec()]);
    let (summary, response) = answer(&event, &config(&[]));
    assert_eq!(summary.refused, [(0, nozzle::error::RecordError::ArchiveTooLarge)]);
    assert_eq!(response["records"][1]["result"], "Ok");
}

#[test]
fn deep_nesting_is_kept_as_text() {
    let payload = format!("{}{}", "{\"a\":".repeat(100_000), "1");
    let (summary, response) = answer(&event_of(&[payload.into_bytes()]), &config(&[]));
    assert_eq!(summary.delivered, 1);
    assert_deliverable(&delivered(&response)[0]);
}
