//! A secret is gone wherever it stood: no place in a log hides it from redaction, and no way out
//! carries it, in any spelling.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    missing_docs
)]

mod call;
mod stream;

use std::fmt::Write;

use base64::Engine;
use base64::prelude::{BASE64_STANDARD, BASE64_STANDARD_NO_PAD, BASE64_URL_SAFE_NO_PAD};
use call::event_of;
use nozzle::{Config, Surroundings, transform_in};
use proptest::prelude::*;
use serde_json::{Value, json};
use stream::Stream;

/// Texts that give a secret away, by its own shape or by the words around it, with the secret
/// between `«` and `»`.
const TEXTS: &[&str] = &[
    "token «ghp_x7Rk2mQ9vT4nW8cL1zB6yD3fH5jS0aEXAMPL» expired",
    "using «AKIAQX7RKMQ9VT4NW8CL»",
    "slack «xoxb-609260309260-026751125328-VD0tQUy1xvCkgafrfwA94hJ9» posted",
    "Authorization: Bearer «Zx81-Rk2mQ9vT4nW8cL1zB6yD3fH5jS0a»",
    "login with password=«s3same-0pen-Rk2m» failed",
    "connecting to postgres://app:«Rk2mQ9vT4nW8»@db.internal/orders",
    "GET /orders?access_token=«Rk2mQ9vT4nW8cL1zB6yD»&page=2",
    "charged card «4539 1488 0343 6467»",
];

fn config(redact: &str, fields: &str, mode: &str) -> Config {
    call::config(&[
        ("NOZZLE_REDACT", redact),
        ("NOZZLE_FANOUT_STREAM", "again"),
        ("NOZZLE_FIELDS", fields),
        ("NOZZLE_REDACT_MODE", mode),
        ("NOZZLE_REDACT_KEY", "0123456789abcdef"),
        ("NOZZLE_PARTITION_KEYS", "true"),
    ])
}

const SETS: &str = "secrets,cards,ssn,iban";

/// The text, and the secret in it.
fn plant(text: &str) -> (String, String) {
    let (before, rest) = text.split_once('«').unwrap();
    let (secret, after) = rest.split_once('»').unwrap();
    (format!("{before}{secret}{after}"), secret.to_owned())
}

/// JSON in which each character of each string is an escape.
fn escaped(text: &str) -> String {
    let mut json = String::from("\"");
    for unit in text.encode_utf16() {
        let _ = write!(json, "\\u{unit:04x}");
    }
    json + "\""
}

/// Payloads that hold the text, each in another place.
fn payloads(text: &str) -> Vec<Vec<u8>> {
    let traceback = |message: &str, code: &str, note: &str| {
        format!(
            "Traceback (most recent call last):\n  File \"/app/a.py\", line 3, in f\n    {code}\nValueError: {message}\n{note}"
        )
    };
    let embedded = json!({"outer": {"text": text}, "n": 1}).to_string();
    let twice = json!({"message": embedded}).to_string();
    let cloudwatch = |message: &str| {
        json!({"messageType": "DATA_MESSAGE", "owner": "123456789012", "logGroup": "/ecs/a",
               "logStream": "b", "logEvents": [
            {"id": "1", "timestamp": 1_589_201_084_123_u64, "message": message},
            {"id": "2", "timestamp": 1_589_201_084_999_u64, "message": "calm"}]})
        .to_string()
    };
    let documents = vec![
        text.to_owned(),
        format!("2020-05-11 12:44:44,123 ERROR app: {text}\nand a second line"),
        json!({"message": text}).to_string(),
        json!({"msg": "x", "detail": text}).to_string(),
        json!({"a": {"b": [{"c": {"d": {"e": {"f": {"g": text}}}}}]}}).to_string(),
        json!({"list": ["x", text]}).to_string(),
        json!({text: 1, "message": "x"}).to_string(),
        json!({"a": {text: {"b": 1}}}).to_string(),
        json!({"message": embedded}).to_string(),
        json!({"message": twice}).to_string(),
        json!({"log": format!("{embedded}\n"), "stream": "stdout"}).to_string(),
        format!("{{\"message\":{}}}", escaped(text)),
        format!("{{\"detail\":[{}]}}", escaped(text)),
        json!({"message": "x", "exc_info": traceback(text, "g()", "")}).to_string(),
        json!({"message": "x", "exc_info": traceback("no", &format!("g('{text}')"), "")}).to_string(),
        json!({"message": "x", "exc_info": traceback("no", "g()", text)}).to_string(),
        json!({"errorType": "E", "errorMessage": text, "stackTrace": ["  File \"a.py\", line 1, in f\n"]})
            .to_string(),
        json!({"err": {"type": "E", "message": text, "stack": format!("E: {text}\n    at f (a.js:1:2)")}})
            .to_string(),
        traceback(text, "g()", ""),
        format!("{{\"message\":\"x\"}}\n{{\"message\":{}}}\n", json!(text)),
        format!("[{{\"message\":{}}},{{\"a\":1}}]", json!(text)),
        format!("{{\"broken\": {}", json!(text)),
        cloudwatch(text),
        cloudwatch(&json!({"message": text}).to_string()),
    ];
    let mut payloads: Vec<Vec<u8>> = documents.into_iter().map(String::into_bytes).collect();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut encoder, text.as_bytes()).unwrap();
    payloads.push(encoder.finish().unwrap());
    payloads.push([b"\xff ", text.as_bytes()].concat());
    payloads
}

/// The ways in which a secret may be spelled.
fn spellings(secret: &str) -> Vec<String> {
    let percent = secret.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}");
        }
        text
    });
    let json = json!(secret).to_string();
    let whole = escaped(secret);
    vec![
        secret.to_owned(),
        json[1..json.len() - 1].to_owned(),
        whole[1..whole.len() - 1].to_owned(),
        percent,
        BASE64_STANDARD_NO_PAD.encode(secret),
        BASE64_URL_SAFE_NO_PAD.encode(secret),
    ]
}

/// Everything that leaves the function, with what is in base64 decoded beside it.
fn outputs(event: &[u8], config: &Config) -> Vec<String> {
    let mut stream = Stream::default();
    let mut response = Vec::new();
    let surroundings = Surroundings { fan_out: Some(&mut stream), ..Surroundings::default() };
    let summary = transform_in(surroundings, event, config, &mut response).unwrap();
    assert!(summary.refused.is_empty(), "{:?}", summary.refused);
    let text = String::from_utf8(response).unwrap();
    let answers: Value = serde_json::from_str(&text).unwrap();
    let mut outputs = vec![format!("{summary:?}")];
    for record in answers["records"].as_array().unwrap() {
        outputs.push(record["metadata"].to_string());
        let data = BASE64_STANDARD.decode(record["data"].as_str().unwrap()).unwrap();
        outputs.push(String::from_utf8(data).unwrap());
    }
    let documents = stream.documents.into_iter();
    outputs.extend(documents.map(|(_, document)| String::from_utf8(document).unwrap()));
    outputs
}

fn assert_gone(text: &str, config: &Config) {
    let (planted, secret) = plant(text);
    let spellings = spellings(&secret);
    for payload in payloads(&planted) {
        for output in outputs(&event_of(std::slice::from_ref(&payload)), config) {
            for spelling in &spellings {
                assert!(
                    !output.contains(spelling),
                    "{spelling} of\n{}\nis in\n{output}",
                    String::from_utf8_lossy(&payload)
                );
            }
        }
    }
}

#[test]
fn without_redaction_every_place_carries_it() {
    let config = config("none", "labels", "label");
    let (planted, secret) = plant(TEXTS[0]);
    for payload in payloads(&planted) {
        let outputs = outputs(&event_of(std::slice::from_ref(&payload)), &config);
        let is_there = outputs.iter().any(|output| output.contains(&secret));
        assert!(is_there, "{}", String::from_utf8_lossy(&payload));
    }
}

#[test]
fn no_place_hides_a_secret_and_no_way_out_carries_it() {
    for (fields, mode) in [("labels", "label"), ("keep", "mask"), ("labels", "hash")] {
        let config = config(SETS, fields, mode);
        for text in TEXTS {
            assert_gone(text, &config);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn neither_do_other_words_around_it(
        which in 0..TEXTS.len(),
        before in "[a-z ]{0,20}[ ,:(\\[\"']",
        after in "[ ,)\\]\"'][a-z ]{0,20}",
    ) {
        let text = format!("{before}{}{after}", TEXTS[which]);
        assert_gone(&text, &config(SETS, "labels", "label"));
    }
}
