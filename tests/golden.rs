//! Every sample in `events/` has its expected answers in `tests/golden/` under the same name.
//!
//! To add a case, add the event and run `UPDATE_GOLDEN=1 cargo test --test golden`; then read what
//! was written as carefully as if you had written it yourself.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod indented;
mod stream;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use indented::indent;
use nozzle::json::{Object, Value, read};
use nozzle::{Config, Settings, Surroundings, transform_in};
use stream::Stream;

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

fn names(folder_name: &str) -> BTreeSet<String> {
    fs::read_dir(folder(folder_name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "json"))
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
        .collect()
}

/// The configuration under which the samples are expected to be run.
fn config() -> Config {
    let variables = [
        ("NOZZLE_SERVICE", "checkout"),
        ("NOZZLE_ENVIRONMENT", "test"),
        ("NOZZLE_INDEX", "logging-test"),
        ("NOZZLE_FANOUT_STREAM", "logging-test-fan-out"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Config::compile(&Settings::read(variables).unwrap()).unwrap()
}

/// The answers to an event with their documents decoded, and those that are fanned out, indented,
/// in the order of their fields.
fn answers(name: &str) -> String {
    let event = fs::read(folder("events").join(format!("{name}.json"))).unwrap();
    let (mut response, mut stream) = (Vec::new(), Stream::default());
    let surroundings = Surroundings { fan_out: Some(&mut stream), ..Surroundings::default() };
    transform_in(surroundings, &event, &config(), &mut response).unwrap();
    let response = String::from_utf8(response).unwrap();
    let response = read(&response).unwrap();
    let records = response.as_object().unwrap().get("records").unwrap().as_array().unwrap();
    let mut shown = String::from("[");
    for (index, record) in records.iter().enumerate() {
        let record = record.as_object().unwrap();
        let text = |key: &str| record.get(key).unwrap().as_str().unwrap().to_owned();
        let document = base64_simd::STANDARD.decode_to_vec(text("data")).unwrap();
        let document = String::from_utf8(document).unwrap();
        let mut answer = Object::new();
        answer.push("recordId", text("recordId"));
        answer.push("result", text("result"));
        if !document.is_empty() {
            answer.push("document", read(&document).unwrap());
        }
        let fanned_out = stream.documents.iter().filter(|(position, _)| *position == index);
        let fanned_out: Vec<Value<'_>> = fanned_out
            .map(|(_, document)| read(std::str::from_utf8(document).unwrap()).unwrap())
            .collect();
        if !fanned_out.is_empty() {
            answer.push("fannedOut", fanned_out);
        }
        shown.push_str(if index == 0 { "\n  " } else { ",\n  " });
        indent(&Value::Object(answer), 1, &mut shown);
    }
    shown.push_str(if records.is_empty() { "]\n" } else { "\n]\n" });
    shown
}

#[test]
fn every_sample_is_answered_as_expected() {
    let mut wrong = Vec::new();
    for name in names("events") {
        let path = folder("tests/golden").join(format!("{name}.json"));
        let answers = answers(&name);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &answers).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if answers != expected {
            let differs = answers.lines().zip(expected.lines()).position(|(a, b)| a != b);
            let line = differs.unwrap_or(answers.lines().count().min(expected.lines().count()));
            wrong.push(format!(
                "{name}, line {}:\n  got      {}\n  expected {}",
                line + 1,
                answers.lines().nth(line).unwrap_or("(end)"),
                expected.lines().nth(line).unwrap_or("(end)"),
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn no_expectation_is_without_its_sample() {
    assert_eq!(names("events"), names("tests/golden"));
    assert!(names("events").len() >= 12);
    let readme = fs::read_to_string(folder("events/README.md")).unwrap();
    for name in names("events") {
        assert!(readme.contains(&format!("`{name}`")), "{name} is not in events/README.md");
    }
}

#[test]
fn the_origin_story_comes_out_right() {
    // Written by hand from the issue, not from the program's output.
    let answers = answers("python-traceback");
    let answers: serde_json::Value = serde_json::from_str(&answers).unwrap();
    let document = &answers[0]["document"];
    let expected = serde_json::json!({
        "@timestamp": "2020-05-11T12:44:44.000Z",
        "message": "fake NameError",
        "log": {"level": "error", "logger": "logging_test5"},
        "service": {"name": "checkout", "environment": "test"},
        "cloud": {"provider": "aws", "region": "eu-west-1", "account": {"id": "123456789012"}},
        "index": "logging-test-2020-05-11",
    });
    for (key, value) in expected.as_object().unwrap() {
        assert_eq!(&document[key], value, "{key}");
    }
    assert_eq!(document["error"]["type"], "NameError");
    assert_eq!(document["error"]["message"], "fake NameError");
    let frame = &document["traceback"]["exceptions"][0]["frames"][0];
    let expected = serde_json::json!({
        "file": "/app/logging_test5.py", "line": 42, "function": "test",
        "code": "raise NameError(\"fake NameError\")", "in_app": true,
    });
    assert_eq!(frame, &expected);
    assert_eq!(document["traceback"]["language"], "python");
    assert_eq!(document["traceback"]["culprit"], "logging_test5.py in test");
    assert_eq!(document["traceback"]["exceptions"][0]["relation"], "root");
}
