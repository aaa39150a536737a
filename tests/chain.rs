//! The whole chain, of parts that are real: a Python program, its `logging` handler, boto3,
//! `nozzle serve`, the function behind AWS's own emulator, and OpenSearch with what
//! `nozzle install` puts there.
//!
//! They come from `.ci/install-tools`. Where they are missing these tests say so loudly and pass,
//! but never in CI.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

#[path = "chain/cutting_proxy.rs"]
mod cutting_proxy;
#[path = "opensearch/engine.rs"]
mod engine;
mod lambda;
mod local_stream;
#[path = "chain/producer.rs"]
mod producer;
mod terminal;
mod tools;

use std::collections::BTreeSet;

use cutting_proxy::CuttingProxy;
use engine::{Engine, engine};
use local_stream::{LocalStream, wait};
use producer::Producer;
use serde_json::{Value, json};

/// A delivery stream that buffers for a second.
fn start(arguments: &[&str]) -> LocalStream {
    LocalStream::start(&[&["--buffer-seconds", "1"], arguments].concat(), &[])
}

/// Ends it as an operator does: what was accepted is delivered first.
fn stop(stream: &mut LocalStream) {
    let (status, log) = stream.end("-TERM");
    assert_eq!(status, Some(0), "{log}");
    assert_eq!(summaries(&log).map(|(_, to_the_backup)| to_the_backup).sum::<usize>(), 0, "{log}");
}

/// Of each batch that the stream has done with: how many documents were delivered, and how many
/// records went to the backup.
fn summaries(log: &str) -> impl Iterator<Item = (usize, usize)> {
    log.lines().filter_map(|line| {
        let count = |what: &str| line.split_once(what)?.0.rsplit(' ').next()?.parse().ok();
        Some((count(" delivered, ")?, count(" to the backup")?))
    })
}

/// Everything in these indices, as soon as `count` documents are there.
fn documents(engine: &Engine, indices: &str, count: usize) -> Vec<Value> {
    let query = json!({"size": 10_000, "query": {"match_all": {}}, "sort": "_doc"});
    wait(|| {
        engine.refresh(indices);
        // An index that is being made refuses searches.
        let found = engine.try_post(&format!("/{indices}/_search"), &query);
        let hits = found["hits"]["hits"].as_array().cloned().unwrap_or_default();
        (hits.len() >= count).then_some(hits)
    })
    .unwrap_or_else(|| panic!("not {count} documents in {indices}"))
}

/// The numbers that the producer gave its logs, of documents that are all different.
fn numbers(documents: &[Value]) -> BTreeSet<u64> {
    let number = |hit: &Value| hit["_source"]["numeric_labels"]["number"].as_u64().unwrap();
    documents.iter().map(number).collect()
}

#[test]
fn a_failing_python_program_is_found_in_opensearch() {
    let (Some(engine), Some(producer)) = (engine(), Producer::installed()) else { return };
    let variables = [
        ("NOZZLE_SERVICE", "checkout"),
        ("NOZZLE_ENVIRONMENT", "test"),
        ("NOZZLE_INDEX", "logging-test"),
    ];
    let Some(function) = lambda::emulator("chain", &variables) else { return };
    // It takes a moment to listen, and a stream that ends has no patience.
    function.invoke_json(include_bytes!("../events/python-json-logger.json"));
    engine.install("logging-test");
    let mut stream = start(&[
        "--function",
        function.url(),
        "--opensearch",
        &engine.url,
        "--index",
        "logging-test",
    ]);
    producer.run_example(&stream.url);
    stop(&mut stream);

    let hits = documents(engine, "logging-test-*", 2);
    let failed: Vec<_> =
        hits.iter().filter(|hit| hit["_source"]["error"]["type"] == "NameError").collect();
    let [failed] = failed[..] else { panic!("{hits:#?}") };
    let document = &failed["_source"];
    let frame = &document["traceback"]["exceptions"][0]["frames"][0];
    assert_eq!(frame["function"], "test", "{document:#}");
    let line = usize::try_from(frame["line"].as_u64().unwrap()).unwrap();
    assert!(Producer::line_of_example(line).contains("NameError"), "{frame:#}");
    assert_eq!(document["service"]["name"], "checkout");
    let day = document["@timestamp"].as_str().unwrap().get(..10).unwrap();
    assert_eq!(failed["_index"], format!("logging-test-{day}"));
    assert_eq!(failed["_id"], document["event"]["id"]);
    let everything = Value::from(hits).to_string();
    for secret in Producer::SECRETS {
        assert!(!everything.contains(secret), "{secret}");
    }
    assert!(everything.contains("[REDACTED:"));
}

/// Nothing is lost and nothing is there twice, whatever the stream is told to do.
#[test]
fn every_fault_leaves_each_log_once() {
    let (Some(engine), Some(producer)) = (engine(), Producer::installed()) else { return };
    let faults: [(&str, &[&str]); 4] = [
        ("throttled", &["--throttle", "2"]),
        ("failing", &["--fail-every", "3"]),
        ("delayed", &["--delay", "300"]),
        ("all-at-once", &["--throttle", "4", "--fail-every", "5", "--delay", "100"]),
    ];
    for (index, fault) in faults {
        engine.install(index);
        let mut stream = start(&[&["--opensearch", &engine.url, "--index", index], fault].concat());
        producer.log_numbers(&stream.url, 2_000);
        stop(&mut stream);
        let hits = documents(engine, &format!("{index}-*"), 2_000);
        assert_eq!(hits.len(), 2_000, "{index}");
        assert_eq!(numbers(&hits), (0..2_000).collect(), "{index}");
    }
}

/// The engine takes the documents, and its answer does not arrive: they are sent again.
#[test]
fn documents_that_are_sent_twice_are_stored_once() {
    let (Some(engine), Some(producer)) = (engine(), Producer::installed()) else { return };
    engine.install("twice");
    let proxy = CuttingProxy::start(&engine.url, 2);
    let mut stream = start(&["--opensearch", &proxy.url, "--index", "twice"]);
    producer.log_numbers(&stream.url, 500);
    // They are in the engine long before the stream hears so, and a stream that ends sends nothing
    // again.
    let delivered = || summaries(&stream.log()).map(|(delivered, _)| delivered).sum::<usize>();
    wait(|| (delivered() == 500).then_some(())).unwrap_or_else(|| panic!("{}", stream.log()));
    stop(&mut stream);
    assert_eq!(proxy.answers_cut(), 2);
    let hits = documents(engine, "twice-*", 500);
    assert_eq!(hits.len(), 500);
    assert_eq!(numbers(&hits), (0..500).collect());
}
