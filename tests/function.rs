//! The function as Lambda runs it: the `bootstrap` binary behind a real Runtime API, AWS's own
//! Runtime Interface Emulator and `cargo lambda watch`.
//!
//! Both come from `.ci/install-tools`. Where they are missing these tests say so loudly and pass,
//! but never in CI.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    missing_docs
)]

mod firehose;
mod lambda;
mod tools;

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use firehose::{Firehose, Script};
use lambda::{CONFIGURATION, Server, emulator, free_port};
use serde_json::{Value, json};
use tools::tool;

fn sample(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("events").join(name);
    std::fs::read(path).unwrap()
}

/// What the library answers to the same event under the same configuration.
fn expected(event: &[u8]) -> Value {
    let variables = CONFIGURATION.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = nozzle::Settings::read(variables).unwrap();
    let config = nozzle::Config::compile(&settings).unwrap();
    let mut response = Vec::new();
    nozzle::transform(event, &config, &mut response).unwrap();
    serde_json::from_slice(&response).unwrap()
}

fn large_event() -> Vec<u8> {
    let log = json!({"levelname": "INFO", "message": "x".repeat(3_500), "order": 7}).to_string();
    let data = base64_simd::STANDARD.encode_to_string(log);
    let record = |index: usize| {
        json!({"recordId": format!("{index:056}"), "data": data,
        "approximateArrivalTimestamp": 1_589_201_090_123_u64})
    };
    let event = json!({"records": (0..1_065).map(record).collect::<Vec<_>>()}).to_string();
    assert!(event.len() > 5_000_000, "{}", event.len());
    event.into_bytes()
}

#[test]
fn the_emulator_gets_the_answers_of_the_library() {
    let Some(function) = emulator("answers", &CONFIGURATION) else {
        return;
    };
    for event in [sample("python-traceback.json"), sample("bad-base64.json"), large_event()] {
        assert!(function.invoke_json(&event) == expected(&event), "{}", function.log());
    }
    let log = function.log();
    let metrics: Vec<Value> = log
        .lines()
        .filter(|line| line.starts_with("{\"_aws\""))
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let delivered: Vec<_> =
        metrics.iter().map(|line| line["Delivered"].as_u64().unwrap()).collect();
    assert_eq!(delivered, [1, 2, 1_065]);
    assert!(log.contains("\"cause\":\"invalid_base64\""), "{log}");
}

#[test]
fn a_malformed_event_is_an_error_and_the_function_lives_on() {
    let Some(function) = emulator("malformed", &CONFIGURATION) else {
        return;
    };
    for (event, expected) in [
        (&b"{\"records\": hunter2}"[..], "line 1 column 13"),
        (b"{\"a\": \"hunter2\"}", "the event has no `records`"),
        (b"{\"records\": {\"hunter2\": 1}}", "the event's `records` are not an array"),
    ] {
        let answer = function.invoke_json(event);
        let message = answer["errorMessage"].as_str().unwrap();
        assert!(message.contains(expected), "{answer}");
        assert!(!answer.to_string().contains("hunter2"), "{answer}");
    }
    let event = sample("python-traceback.json");
    assert!(function.invoke_json(&event) == self::expected(&event));
    assert!(!function.log().contains("hunter2"), "{}", function.log());
}

#[test]
fn missing_configuration_is_a_readable_init_error() {
    let Some(function) = emulator("configuration", &[("NOZZLE_INDX", "x")]) else {
        return;
    };
    let answer = function.invoke_json(b"{\"records\": []}");
    assert_eq!(answer["errorType"], "Nozzle.BadConfiguration");
    let message = answer["errorMessage"].as_str().unwrap();
    assert!(
        message.contains("NOZZLE_INDX: is no setting; did you mean NOZZLE_INDEX?"),
        "{message}"
    );
    assert!(function.log().contains("\"event\":\"bad_configuration\""), "{}", function.log());

    let Some(function) = emulator("nothing", &[]) else {
        return;
    };
    let answer = function.invoke_json(b"{\"records\": []}");
    let message = answer["errorMessage"].as_str().unwrap();
    assert!(message.contains("NOZZLE_SERVICE: is not set; set it"), "{message}");
    assert!(message.contains("NOZZLE_ENVIRONMENT: is not set; set it"), "{message}");
}

#[test]
fn no_secret_reaches_the_functions_own_log() {
    let Some(function) = emulator("secrets", &CONFIGURATION) else {
        return;
    };
    for name in ["secrets-in-fields", "secrets-in-text", "secrets-in-traceback"] {
        let answer = function.invoke_json(&sample(&format!("{name}.json")));
        assert_eq!(answer["records"][0]["result"], "Ok");
    }
    let log = function.log();
    for secret in ["hunter2", "s3cr3t-Pa55", "correct horse", "tr0ub4dor", "k-29f8c1d7e6b5"] {
        assert!(!log.contains(secret), "{secret} in:\n{log}");
    }
    assert!(log.contains("RedactionsByRule"), "{log}");
}

/// The function with a fan-out stream at `firehose`.
fn fanning_out(name: &str, firehose: &Firehose) -> Option<Server> {
    let url = firehose.url();
    let mut variables = CONFIGURATION.to_vec();
    variables.extend([
        ("NOZZLE_FANOUT_STREAM", "logs-fanout"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2"),
        ("AWS_ENDPOINT_URL_FIREHOSE", url.as_str()),
    ]);
    emulator(name, &variables)
}

fn ids(documents: &[Vec<u8>]) -> BTreeSet<String> {
    let documents = documents.iter().map(|document| serde_json::from_slice(document).unwrap());
    documents.map(|document: Value| document["event"]["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn records_of_several_logs_are_fanned_out() {
    let throttled =
        Script::PartialFailure { fails: vec![true, false], code: "ServiceUnavailableException" };
    let firehose = Firehose::scripted(
        "logs-fanout",
        [Script::ServerError(500), throttled, Script::CutDuring, Script::Throttle],
    );
    let Some(function) = fanning_out("fan-out", &firehose) else { return };
    let answer = function.invoke_json(&sample("lambda-platform.json"));
    assert_eq!(answer["records"][0]["result"], "Dropped", "{}", function.log());
    assert_eq!(firehose.violations(), [""; 0]);
    let arrived = firehose.accepted();
    assert_eq!(ids(&arrived).len(), 9, "{}", function.log());
    // What arrived twice is the same document, which overwrites itself.
    assert_eq!(arrived.iter().collect::<BTreeSet<_>>().len(), 9);

    // What arrived comes through the same function as it is, should the stream be the same.
    let records = arrived.iter().enumerate().map(|(index, document)| {
        json!({"recordId": index.to_string(), "approximateArrivalTimestamp": 1_589_202_000_000_u64,
               "data": base64_simd::STANDARD.encode_to_string(document)})
    });
    let arn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/logging-test";
    let event = json!({"deliveryStreamArn": arn, "records": records.collect::<Vec<_>>()});
    let requests = firehose.requests().len();
    let answer = function.invoke_json(event.to_string().as_bytes());
    for (record, document) in answer["records"].as_array().unwrap().iter().zip(&arrived) {
        assert_eq!(record["result"], "Ok");
        let data = base64_simd::STANDARD.decode_to_vec(record["data"].as_str().unwrap()).unwrap();
        assert!(data == *document, "{}", String::from_utf8_lossy(&data));
    }
    assert_eq!(firehose.requests().len(), requests);
    assert!(!function.log().contains("hunter2"), "{}", function.log());
}

/// An event whose compressed records unfold to more than ten times its size.
fn unfolding_event() -> Vec<u8> {
    let record = |index: usize| {
        let log_events = (0..12_000).map(|number| {
            let id = format!("{:056}", index * 100_000 + number);
            let word = (number * 7_919 + index * 104_729) % 1_000_003;
            let message = format!("INFO order {word:06} of customer {:07} accepted", word * 13);
            json!({"id": id, "timestamp": 1_589_201_084_123_u64, "message": message})
        });
        let payload = json!({"messageType": "DATA_MESSAGE", "owner": "123456789012",
            "logGroup": "/ecs/shop", "logStream": "web/1",
            "logEvents": log_events.collect::<Vec<_>>()});
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut encoder, payload.to_string().as_bytes()).unwrap();
        let data = base64_simd::STANDARD.encode_to_string(encoder.finish().unwrap());
        json!({"recordId": index.to_string(), "data": data,
               "approximateArrivalTimestamp": 1_589_201_090_123_u64})
    };
    json!({"records": (0..4).map(record).collect::<Vec<_>>()}).to_string().into_bytes()
}

#[test]
fn what_unfolds_and_is_fanned_out_stays_below_128_mib() {
    let firehose = Firehose::start("logs-fanout");
    let Some(function) = fanning_out("unfolding", &firehose) else { return };
    let answer = function.invoke_json(&unfolding_event());
    let records = answer["records"].as_array().unwrap();
    assert!(records.iter().all(|record| record["result"] == "Dropped"), "{}", function.log());
    assert_eq!(firehose.accepted().len(), 48_000);
    assert_eq!(firehose.violations(), [""; 0]);
    let peak = function.memory("VmHWM:");
    assert!(peak < 128 * 1024, "{peak} KiB");
}

#[test]
fn what_the_fan_out_stream_refuses_fails_with_its_reason() {
    let denied = Script::Refuse { status: 400, code: "AccessDeniedException" };
    let firehose = Firehose::always("logs-fanout", denied);
    let Some(function) = fanning_out("denied", &firehose) else { return };
    let answer = function.invoke_json(&sample("several-logs.json"));
    let records = answer["records"].as_array().unwrap();
    let results: Vec<_> = records.iter().map(|record| record["result"].as_str().unwrap()).collect();
    assert_eq!(results, ["ProcessingFailed", "ProcessingFailed", "ProcessingFailed", "Ok"]);
    let log = function.log();
    assert!(log.contains("\"event\":\"fan_out_failed\""), "{log}");
    assert!(log.contains("allow its role firehose:PutRecordBatch"), "{log}");
    assert!(log.contains("\"not_fanned_out\""), "{log}");

    let Some(function) = emulator("no-stream", &CONFIGURATION) else { return };
    let answer = function.invoke_json(&sample("several-logs.json"));
    assert_eq!(answer["records"][0]["result"], "ProcessingFailed");
    assert!(function.log().contains("set NOZZLE_FANOUT_STREAM"), "{}", function.log());
}

#[test]
fn cargo_lambda_runs_it_too() {
    let Some(cargo_lambda) = tool("venv/bin/cargo-lambda") else {
        return;
    };
    let (port, event) = (free_port(), sample("python-traceback.json"));
    let url = format!("http://127.0.0.1:{port}/2015-03-31/functions/bootstrap/invocations");
    let mut command = Command::new(&cargo_lambda);
    command
        .args(["lambda", "watch", "--ignore-changes", "--wait", "--invoke-address", "127.0.0.1"])
        .args(["--invoke-port", &port.to_string()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        // It must build with what is here, not fetch toolchains.
        .env("RUSTUP_DIST_SERVER", "http://127.0.0.1:9")
        .env("RUSTUP_UPDATE_ROOT", "http://127.0.0.1:9/rustup")
        .envs(CONFIGURATION);
    let server = Server::start("cargo-lambda", url, &mut command);
    assert!(server.invoke_json(&event) == expected(&event), "{}", server.log());

    let invoked = Command::new(&cargo_lambda)
        .args([
            "lambda",
            "invoke",
            "--invoke-address",
            "127.0.0.1",
            "--invoke-port",
            &port.to_string(),
        ])
        .args(["--data-file", "events/python-traceback.json", "bootstrap"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let answer: Value = serde_json::from_slice(&invoked.stdout).unwrap();
    assert!(answer == expected(&event), "{}", server.log());
}
