//! A real OpenSearch with the index template and the ingest pipeline that we ship: it accepts every
//! document, whatever producers log, and finds it again.
//!
//! The engine comes from `.ci/install-tools`. Where it is missing these tests say so loudly and
//! pass, but never in CI.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::print_stderr,
    missing_docs
)]

mod call;
#[path = "opensearch/delivery.rs"]
mod delivery;
#[path = "opensearch/engine.rs"]
mod engine;
#[path = "opensearch/hostile.rs"]
mod hostile;
mod local_stream;
mod saved_objects;
mod stream;
mod terminal;
mod tools;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use delivery::{Delivery, refusals};
use engine::{Engine, engine};
use fastrand::Rng;
use jiff::Timestamp;
use local_stream::LocalStream;
use nozzle::Config;
use nozzle::limits::MOST_LABEL_NAMES;
use serde_json::{Map, Value, json};

fn arrival() -> Timestamp {
    "2020-05-11T12:44:50.123Z".parse().unwrap()
}

fn config(index: &str) -> Config {
    call::config(&[("NOZZLE_INDEX", index)])
}

fn hostile_logs(count: usize) -> Vec<Vec<u8>> {
    let mut random = Rng::with_seed(6);
    (0..count).map(|number| hostile::log(number, &mut random)).collect()
}

/// The index to which a document belongs, and its `event.id`.
fn home(document: &[u8]) -> (String, String) {
    let document: Value = serde_json::from_slice(document).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&document["index"]), text(&document["event"]["id"]))
}

/// The `event.id` of each document.
fn event_ids(documents: &[Vec<u8>]) -> BTreeSet<String> {
    documents.iter().map(|document| home(document).1).collect()
}

/// How many fields the mapping of an index has, as the engine counts them.
fn count_fields(mapping: &Value) -> usize {
    let entries = |key: &str| mapping[key].as_object().into_iter().flatten();
    entries("properties").chain(entries("fields")).map(|(_, inner)| 1 + count_fields(inner)).sum()
}

/// Every finished document that a test expects, written as the function writes it: of the samples,
/// of each logger, of each text format.
fn expected_documents() -> Vec<Vec<u8>> {
    let mut folders: Vec<PathBuf> = ["golden", "loggers", "text_formats"]
        .map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name))
        .into();
    let mut documents = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "json") {
                let content = std::fs::read_to_string(path).unwrap();
                // Some hold a document in each line.
                for value in serde_json::Deserializer::from_str(&content).into_iter() {
                    collect_documents(&value.unwrap(), &mut documents);
                }
            }
        }
    }
    documents
}

/// Samples call their records alike, so that each document is given an id of its own.
fn collect_documents(value: &Value, documents: &mut Vec<Vec<u8>>) {
    match value {
        Value::Object(object) if object.contains_key("index") && object.contains_key("event") => {
            let mut document = value.clone();
            document["event"]["id"] = format!("expected-{}", documents.len()).into();
            documents.push(document.to_string().into_bytes());
        }
        Value::Object(object) => {
            for value in object.values() {
                collect_documents(value, documents);
            }
        }
        Value::Array(values) => {
            for value in values {
                collect_documents(value, documents);
            }
        }
        _ => {}
    }
}

#[test]
fn every_expected_document_is_accepted_and_found_again() {
    let Some(engine) = engine() else { return };
    let documents = expected_documents();
    assert!(documents.len() > 900, "{}", documents.len());
    for prefix in ["logging-test", "logs"] {
        engine.install(prefix);
        let delivery = Delivery { engine, index: prefix, arrival: arrival(), attempt: "expected" };
        let is_ours = |document: &&Vec<u8>| home(document).0.starts_with(prefix);
        let documents: Vec<_> = documents.iter().filter(is_ours).cloned().collect();
        assert_eq!(refusals(&delivery.send(&documents)), BTreeMap::new());
        let all = format!("{prefix}*");
        let homes: BTreeSet<_> = documents.iter().map(|document| home(document)).collect();
        assert_eq!(homes.len(), documents.len());
        assert_eq!(engine.count(&all, &json!({"match_all": {}})), homes.len() as u64);
        for (index, id) in homes {
            assert_eq!(engine.count(&index, &json!({"term": {"event.id": id}})), 1, "{index} {id}");
        }
        assert_eq!(engine.count(&all, &json!({"exists": {"field": "_ignored"}})), 0);
    }
    every_panel_finds_something(engine, "logging-test-*");
}

/// The panels of the dashboard, as the searches that they make.
fn every_panel_finds_something(engine: &Engine, indices: &str) {
    let searches = saved_objects::searches();
    assert!(searches.len() > 8);
    for (title, search) in searches {
        let found = engine.post(&format!("/{indices}/_search"), &search);
        assert_ne!(found["hits"]["total"]["value"], 0, "{title}");
        for (name, aggregation) in found["aggregations"].as_object().into_iter().flatten() {
            let buckets = &aggregation["buckets"];
            let is_empty = buckets.as_array().is_some_and(Vec::is_empty)
                || buckets.as_object().is_some_and(Map::is_empty);
            assert!(!is_empty, "{title}: {name} of {search}");
        }
    }
}

#[test]
fn nothing_that_is_logged_is_rejected() {
    let Some(engine) = engine() else { return };
    engine.install("hostile");
    let logs = hostile_logs(20_000);
    let delivery = Delivery { engine, index: "hostile", arrival: arrival(), attempt: "first" };
    let documents = delivery.transform(&logs, &config("hostile"));
    assert!(documents.len() >= logs.len() - logs.len() / 100, "{}", documents.len());
    let answers = delivery.send(&documents);
    assert_eq!(refusals(&answers), BTreeMap::new());

    let ids: Vec<_> = event_ids(&documents).into_iter().collect();
    assert_eq!(ids.len(), documents.len());
    for ids in ids.chunks(10_000) {
        let query = json!({"terms": {"event.id": ids}});
        assert_eq!(engine.count("hostile-*", &query), ids.len() as u64);
    }
    // The engine takes what it could not index for accepted, too.
    assert_eq!(engine.count("hostile-*", &json!({"exists": {"field": "_ignored"}})), 0);
    let indices = engine.get("/hostile-*/_mapping");
    let fields = |mapping: &Value| count_fields(&mapping["mappings"]);
    let most = indices.as_object().unwrap().values().map(fields).max().unwrap();
    assert!((MOST_LABEL_NAMES..1_000).contains(&most), "{most} fields");

    // The same once more, as after a call that timed out.
    let again = Delivery { attempt: "second", ..delivery };
    assert_eq!(refusals(&again.send(&documents)), BTreeMap::new());
    assert_eq!(engine.count("hostile-*", &json!({"match_all": {}})), ids.len() as u64);
}

/// What an index without Nozzle makes of the same logs, and one whose unknown fields stay where
/// they are: figures for the README.
#[test]
fn without_labels_documents_are_lost() {
    let Some(engine) = engine() else { return };
    let logs = hostile_logs(20_000);
    let delivery = Delivery { engine, index: "plain", arrival: arrival(), attempt: "plain" };
    // What is no JSON object at all would make the engine refuse the whole call.
    let is_object = |log: &&Vec<u8>| serde_json::from_slice::<Map<String, Value>>(log).is_ok();
    let objects: Vec<_> = logs.iter().filter(is_object).cloned().collect();
    let plain = refusals(&delivery.send(&objects));
    let lost: usize = plain.values().sum();

    engine.install("kept");
    let keep = call::config(&[("NOZZLE_INDEX", "kept"), ("NOZZLE_FIELDS", "keep")]);
    let delivery = Delivery { engine, index: "kept", arrival: arrival(), attempt: "kept" };
    let documents = delivery.transform(&logs, &keep);
    let kept = refusals(&delivery.send(&documents));
    let refused: usize = kept.values().sum();
    println!(
        "of {} hostile logs that are JSON objects, passed on unchanged, the engine refuses {lost}",
        objects.len()
    );
    println!("of {} documents with NOZZLE_FIELDS=keep it refuses {refused}", documents.len());
    assert!(lost > objects.len() / 2, "{plain:#?}");
    assert!(refused > 0 && refused < lost, "{kept:#?}");
}

#[test]
fn a_late_log_lands_in_the_index_of_its_own_day() {
    let Some(engine) = engine() else { return };
    engine.install("late");
    let delivery = Delivery { engine, index: "late", arrival: arrival(), attempt: "late" };
    let logs = [
        br#"{"time":"2020-05-10T23:59:59.999Z","message":"a day late"}"#.to_vec(),
        br#"{"time":"2020-05-11T12:44:44Z","message":"on time"}"#.to_vec(),
    ];
    let documents = delivery.transform(&logs, &config("late"));
    assert_eq!(refusals(&delivery.send(&documents)), BTreeMap::new());
    let query = |text: &str| json!({"match_phrase": {"message": text}});
    assert_eq!(engine.count("late-2020-05-10", &query("a day late")), 1);
    assert_eq!(engine.count("late-2020-05-11", &query("a day late")), 0);
    assert_eq!(engine.count("late-2020-05-11", &query("on time")), 1);
    assert_eq!(engine.count("late-*", &json!({"exists": {"field": "message"}})), 2);
    assert_eq!(engine.count("late-*", &json!({"exists": {"field": "index"}})), 0);
}

#[test]
fn a_local_stream_delivers_what_the_engine_takes_and_backs_up_what_it_refuses() {
    let Some(engine) = engine() else { return };
    engine.install("served");
    let arguments = ["--opensearch", &engine.url, "--index", "served", "--buffer-seconds", "0"];
    let arguments = [&arguments[..], &["--stream", "in", "--stream", "out"]].concat();
    let mut stream = LocalStream::start(&arguments, &[("NOZZLE_FANOUT_STREAM", "out")]);
    let late = br#"{"asctime":"2020-05-11 14:44:44,123","message":"served"}"#;
    stream.put("in", &[late, b"{\"message\":\"one\"}{\"message\":\"two\"}"]);
    stream.put("out", &[br#"{"log":"no object"}"#, br#"{"@timestamp":"2020-05-12"}"#]);
    let failed = stream.backup("AmazonOpenSearchService_failed", 1);
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0]["errorCode"], "400");
    let reason = failed[0]["errorMessage"].as_str().unwrap();
    assert!(reason.starts_with("mapper_parsing_exception: object mapping for [log]"), "{reason}");
    let (status, log) = stream.end("-TERM");
    assert_eq!(status, Some(0), "{log}");
    engine.refresh("served-*");
    let found = |index: &str| engine.count(index, &json!({"match_all": {}}));
    assert_eq!(found("served-2020-05-11"), 1, "{log}");
    assert_eq!(found("served-*"), 4, "{log}");
}

#[test]
fn searches_find_the_right_numbers() {
    let Some(engine) = engine() else { return };
    engine.install("search");
    let delivery = Delivery { engine, index: "search", arrival: arrival(), attempt: "search" };
    let log = |nanosecond: u32, service: &str, took: Value, message: &str| {
        let time = format!("2020-05-11T12:00:00.{nanosecond:09}Z");
        json!({"time": time, "service": service, "took_ms": took, "message": message, "level": "info"})
            .to_string()
            .into_bytes()
    };
    // Within one millisecond, and not in order; what is no number must not spoil the sums.
    let logs = [
        log(5_000_003, "cart", json!(30), "payment of order 7 failed"),
        log(5_000_001, "cart", json!(10.5), "order 7 payment"),
        log(5_000_002, "mail", json!("slow"), "the payment of order 8 failed twice"),
        log(5_000_004, "mail", json!(1e3), "nothing"),
    ];
    let documents = delivery.transform(&logs, &config("search"));
    assert_eq!(refusals(&delivery.send(&documents)), BTreeMap::new());

    let range = |from: f64| json!({"range": {"numeric_labels.took_ms": {"gte": from}}});
    assert_eq!(engine.count("search-*", &range(10.5)), 3);
    assert_eq!(engine.count("search-*", &range(10.6)), 2);
    assert_eq!(engine.count("search-*", &json!({"term": {"labels.took_ms": "slow"}})), 1);
    assert_eq!(engine.count("search-*", &json!({"match_phrase": {"message": "order 7"}})), 2);
    let failed = json!({"match_phrase": {"message": {"query": "payment failed", "slop": 0}}});
    assert_eq!(engine.count("search-*", &failed), 0);

    let found = engine.post(
        "/search-*/_search",
        &json!({
            "sort": ["@timestamp"],
            "aggs": {
                "took": {"avg": {"field": "numeric_labels.took_ms"}},
                "services": {"terms": {"field": "service.name"}},
                "labels": {"terms": {"field": "labels.took_ms"}},
            },
        }),
    );
    let order = found["hits"]["hits"].as_array().unwrap().iter();
    let order: Vec<_> = order.map(|hit| hit["_source"]["message"].as_str().unwrap()).collect();
    assert_eq!(
        order,
        [
            "order 7 payment",
            "the payment of order 8 failed twice",
            "payment of order 7 failed",
            "nothing"
        ]
    );
    let sums = &found["aggregations"];
    assert_eq!(sums["took"]["value"], json!((30.0 + 10.5 + 1e3) / 3.0));
    assert_eq!(
        sums["services"]["buckets"],
        json!([{"key": "cart", "doc_count": 2}, {"key": "mail", "doc_count": 2}])
    );
    assert_eq!(sums["labels"]["buckets"], json!([{"key": "slow", "doc_count": 1}]));
}

/// The pipeline trusts nobody: whoever can write to an index of ours can choose no other.
#[test]
fn the_pipeline_fails_no_document_and_moves_it_to_no_foreign_index() {
    let Some(engine) = engine() else { return };
    engine.install("guard");
    let delivery = Delivery { engine, index: "guard", arrival: arrival(), attempt: "guard" };
    let foreign = [
        json!("other-2020-05-11"),
        json!("guardian-2020-05-11"),
        json!("guard-UPPER"),
        json!("guard-a b"),
        json!("guard-*"),
        json!("guard-a,other"),
        json!("guard-a/../other"),
        json!(""),
        json!(7),
        json!({"name": "guard-x"}),
        json!(["guard-x"]),
        Value::Null,
        json!("guard-".to_owned() + &"x".repeat(300)),
    ];
    let documents: Vec<_> = foreign
        .iter()
        .map(|index| json!({"index": index, "message": "m"}).to_string().into_bytes())
        .collect();
    assert_eq!(refusals(&delivery.send(&documents)), BTreeMap::new());
    assert_eq!(engine.count("guard-2020-05-11", &json!({"match_all": {}})), foreign.len() as u64);
    let ids =
        [json!(7), json!(""), json!({"a": 1}), json!("a b"), json!("x".repeat(600)), Value::Null];
    let documents: Vec<_> = ids
        .iter()
        .map(|id| json!({"event": {"id": id}, "message": "m"}).to_string().into_bytes())
        .collect();
    let again = Delivery { attempt: "ids", ..delivery };
    assert_eq!(refusals(&again.send(&documents)), BTreeMap::new());
}
