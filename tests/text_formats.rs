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

fn transformed(line: &str) -> Value {
    let event = call::event_of(&[line.as_bytes().to_vec()]);
    let mut response = Vec::new();
    transform(&event, &call::config(&[]), &mut response).unwrap();
    serde_json::from_slice(&call::delivered(&serde_json::from_slice(&response).unwrap())[0])
        .unwrap()
}

/// What looks like a logger, a zone or a host and is the message's own stays in it.
#[test]
fn words_of_messages_stay_in_them() {
    for (line, message) in [
        ("WARNING:postgres://db/x:failed", "WARNING:postgres://db/x:failed"),
        ("ERROR example.com: host not found", "ERROR example.com: host not found"),
        (
            "2020-05-11 12:44:44 ERROR www.example.com: certificate expired",
            "www.example.com: certificate expired",
        ),
        ("2020-05-11 12:44:44,123 ERROR connection: refused", "connection: refused"),
        ("2020-05-11 12:44:44,123 INFO order_id: 7 missing", "order_id: 7 missing"),
        ("2020-05-11 12:44:44 +1234 hits", "+1234 hits"),
        ("2020-05-11 01:44:44 PM INFO hi", "2020-05-11 01:44:44 PM INFO hi"),
        ("2020-05-11 12:44:44 retry job[3]: hi", "retry job[3]: hi"),
    ] {
        let document = transformed(line);
        assert_eq!(document["message"], message, "{document}");
        assert_eq!(document["log"]["logger"], Value::Null, "{document}");
        assert_eq!(document["host"], Value::Null, "{document}");
    }
    let postgres = transformed("2020-05-11 12:44:44.123 -03 [123] LOG:  checkpoint");
    assert_eq!(postgres["@timestamp"], "2020-05-11T15:44:44.123Z");
    let winston = transformed(
        "info: Payment created {\"id\":7,\"name\":\"bob\",\"host\":\"db1\",\"time\":\"2020-01-01T00:00:00Z\"}",
    );
    assert_eq!(winston["log"]["logger"], Value::Null);
    assert_eq!(
        winston["labels"],
        json!({"name": "bob", "host": "db1", "time": "2020-01-01T00:00:00Z"})
    );
    assert_eq!(winston["@timestamp"], "2020-05-11T12:44:50.123Z");
}

/// A name in a text is a field's name once the text is read, so that it gives its value away.
#[test]
fn what_a_text_names_as_a_secret_is_in_no_field() {
    const SECRET: &str = "hunter2x9";
    for line in [
        "2024-05-06T12:00:01.000Z\tINFO\tx\t{\"password\":{\"v\":\"hunter2x9\"}}",
        "[2024-05-06 12:00:01] app.INFO: x {\"password\":{\"old\":\"hunter2x9\"}} []",
        "info: db config {\"secret\":[\"aaa111\",\"hunter2x9\"]}",
        "info: x {\"authorization\":\"hunter2x9\"}",
        "level=info msg=x authorization=hunter2x9",
        "level=info msg=x password={'v':'hunter2x9'}",
        "I0506 12:00:01.000000 1 server.go:123] \"Started\" credentials={\"user\":\"bob\",\"key\":\"hunter2x9\"}",
        "2024-05-06T12:00:01.000Z\tINFO\tx\t{\"pass\\u0077ord\":\"hunter2x9\"}",
        "{\"level_name\":\"INFO\",\"message\":\"x\",\"context.pin\":\"hunter2x9\",\"channel\":\"a\"}",
    ] {
        let document = transformed(line).to_string();
        assert!(!document.contains(SECRET), "{line}\n{document}");
    }
}
