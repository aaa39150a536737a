//! What real servers write becomes the documents that an operator expects: time, level and origin in
//! their fields, and the message without them. `tests/text_formats/README.md` names the programs.
//!
//! To add a case, add the lines, and write beside them what the program's documentation says of
//! them; `UPDATE_EXPECTED=1 cargo test --test text_formats` writes what the function makes of them,
//! to be read word by word.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod call;

use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nozzle::transform;
use serde_json::{Map, Value, json};

/// What the record and the configuration add to each document.
const ADDED: [&str; 5] = ["event.created", "event.id", "ecs", "index", "service"];

/// 2026-11-24T16:00:00Z, minutes after the lines were written.
const ARRIVAL: u64 = 1_795_536_000_000;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/text_formats")
}

/// The document of a record that holds `text`, without what every document has.
fn document(text: &str) -> Value {
    let event = json!({"records": [{
        "recordId": "1", "approximateArrivalTimestamp": ARRIVAL,
        "data": BASE64_STANDARD.encode(text)}]});
    let mut response = Vec::new();
    transform(event.to_string().as_bytes(), &call::config(&[]), &mut response).unwrap();
    let response: Value = serde_json::from_slice(&response).unwrap();
    let documents = call::delivered(&response);
    let mut document: Map<String, Value> = serde_json::from_slice(&documents[0]).unwrap();
    for path in ADDED {
        match path.split_once('.') {
            None => {
                document.remove(path);
            }
            Some((group, name)) => {
                if let Some(Value::Object(inner)) = document.get_mut(group) {
                    inner.remove(name);
                    if inner.is_empty() {
                        document.remove(group);
                    }
                }
            }
        }
    }
    Value::Object(document)
}

#[test]
fn every_line_is_the_document_that_it_should_be() {
    let readme = fs::read_to_string(folder().join("README.md")).unwrap();
    let mut wrong = Vec::new();
    let mut count = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "log") {
            continue;
        }
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(readme.contains(&format!("| `{name}` |")), "{name} is not in README.md");
        let lines = fs::read_to_string(&path).unwrap();
        let documents: Vec<Value> = lines.lines().map(document).collect();
        let expected = path.with_extension("json");
        if std::env::var_os("UPDATE_EXPECTED").is_some() {
            let text: Vec<String> =
                documents.iter().map(|document| format!("{document}\n")).collect();
            fs::write(&expected, text.concat()).unwrap();
        }
        let expected = fs::read_to_string(&expected).unwrap();
        assert_eq!(expected.lines().count(), documents.len(), "{name}");
        for ((line, document), expected) in lines.lines().zip(documents).zip(expected.lines()) {
            count += 1;
            let expected: Value = serde_json::from_str(expected).unwrap();
            if document != expected {
                wrong.push(format!("{name}: {line}\n  got      {document}\n  expected {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 40, "the lines are not where they should be");
}
