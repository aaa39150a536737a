//! Log events of CloudWatch that are the lines of one traceback become one document, and all
//! others stay what they are. `tests/regroup/LANGUAGE/` holds what real programs printed that
//! failed, but for Dart, whose texts were composed by its grammar; `tests/regroup/ordinary.txt`
//! holds logs of several lines that are no tracebacks.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use nozzle::{Config, Settings, transform};
use serde_json::{Value, json};

const TIME: i64 = 1_589_201_084_123;

fn config() -> Config {
    let variables =
        [("NOZZLE_SERVICE", "orders"), ("NOZZLE_ENVIRONMENT", "test"), ("NOZZLE_MULTI", "join")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    Config::compile(&Settings::read(variables).unwrap()).unwrap()
}

/// The documents of a CloudWatch payload with these messages, one millisecond apart.
fn documents(messages: &[&str]) -> Vec<Value> {
    let log_events: Vec<_> = messages
        .iter()
        .zip(0..)
        .map(|(message, at)| {
            json!({"id": (1000 + at).to_string(), "timestamp": TIME + at, "message": message})
        })
        .collect();
    let payload = json!({
        "messageType": "DATA_MESSAGE", "owner": "123456789012", "logGroup": "/ecs/orders",
        "logStream": "web/1", "subscriptionFilters": ["all"], "logEvents": log_events,
    });
    let data = base64_simd::STANDARD.encode_to_string(payload.to_string());
    let event = json!({"records": [
        {"recordId": "1", "approximateArrivalTimestamp": TIME + 5000, "data": data}]});
    let mut response = Vec::new();
    transform(event.to_string().as_bytes(), &config(), &mut response).unwrap();
    let response: Value = serde_json::from_slice(&response).unwrap();
    let record = &response["records"][0];
    assert_eq!(record["result"], "Ok");
    let data = base64_simd::STANDARD.decode_to_vec(record["data"].as_str().unwrap()).unwrap();
    let data = String::from_utf8(data).unwrap();
    data.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// How many log events each document of `messages` was.
fn counts(messages: &[&str]) -> Vec<u64> {
    let count = |document: &Value| document["log"]["event_count"].as_u64().unwrap_or(1);
    documents(messages).iter().map(count).collect()
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn texts(name: &str) -> Vec<(String, String)> {
    let mut texts: Vec<_> = fs::read_dir(folder(name))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap()))
        .collect();
    texts.sort();
    texts
}

/// What stands around a traceback.
const AROUND: &[&str] = &[
    "START RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 Version: $LATEST",
    r#"{"level":"error","msg":"order failed"}"#,
    "order 17 accepted",
    "2020-05-11T12:44:44.123Z\t6bc28136-aaaa-4365-b021-0ce6b2e64ab0\tINFO\tloading",
    "INFO:root:loading",
    "",
    "2020-05-11 12:44:44.123 ERROR App - this is another log",
    "END RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0",
    "REPORT RequestId: 6bc28136-aaaa-4365-b021-0ce6b2e64ab0\tDuration: 1.20 ms",
];

/// Of the outputs in `tests/tracebacks/python/`, those that are not wholly one traceback line by
/// line: lines with a prefix, a log after the traceback, more frames than a group may hold, a
/// message that quotes the head of another, and messages or notes that go on after the final
/// line, where any log could stand as well.
const NOT_WHOLE: &[&str] = &[
    "excepthook",
    "logging_exception",
    "recursion@2.7",
    "message_like_frames",
    "multiline_message",
    "multiline_message@3.6",
    "notes",
    "notes@3.13",
    "notes@3.13-colour",
    "notes_without_message",
];

fn whole_python_texts() -> Vec<(String, String)> {
    let mut texts = texts("tracebacks/python");
    let before = texts.len();
    texts.retain(|(name, _)| !NOT_WHOLE.iter().any(|not| name.ends_with(&format!("/{not}.txt"))));
    assert_eq!(texts.len() + NOT_WHOLE.len(), before, "a name in the list is of no file");
    texts
}

/// The languages whose tracebacks are joined.
const LANGUAGES: [&str; 12] = [
    "python", "java", "node", "dotnet", "go", "ruby", "php", "perl", "cpp", "rust", "elixir",
    "dart",
];

#[test]
fn what_failing_programs_print_is_one_log() {
    let mut wrong = Vec::new();
    for language in LANGUAGES {
        let texts = match language {
            "python" => whole_python_texts(),
            _ => texts(&format!("regroup/{language}")),
        };
        assert!(texts.len() >= 4, "{language}");
        for (name, text) in texts {
            let lines: Vec<_> = text.trim_matches('\n').split('\n').collect();
            for (at, before) in AROUND.iter().enumerate() {
                let after = AROUND[(at + 4) % AROUND.len()];
                // A log line that says of itself that something failed has the traceback.
                if before.contains(" ERROR ") {
                    continue;
                }
                let mut messages = vec!["ready", before];
                messages.extend(&lines);
                messages.extend([after, "done"]);
                let found = counts(&messages);
                if found != [1, 1, lines.len() as u64, 1, 1] {
                    wrong.push(format!("{name}: {found:?} between {before:?} and {after:?}"));
                    break;
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn messages_that_go_on_cost_no_more_than_their_end() {
    for (name, text) in texts("tracebacks/python") {
        if !name.contains("multiline_message") && !name.contains("/notes") {
            continue;
        }
        let lines: Vec<_> = text.trim_end().split('\n').collect();
        let counts = counts(&lines);
        assert!(counts[0] > 4, "{name}: {counts:?}");
        assert!(counts[1..].iter().all(|count| *count == 1), "{name}: {counts:?}");
    }
}

#[test]
fn other_logs_of_several_lines_stay_line_by_line() {
    let text = fs::read_to_string(folder("regroup/ordinary.txt")).unwrap();
    let blocks: Vec<_> = text.split("%% ").skip(1).collect();
    assert!(blocks.len() >= 60);
    let mut all = Vec::new();
    for block in blocks {
        let (name, block) = block.split_once('\n').unwrap();
        let lines: Vec<_> = block.trim_end_matches('\n').split('\n').collect();
        assert!(lines.len() > 1, "{name}");
        let counts = counts(&lines);
        assert!(counts == vec![1; lines.len()], "{name}: {counts:?}");
        all.extend(lines);
    }
    assert_eq!(counts(&all), vec![1; all.len()]);
}

/// What the same text gives in one log event.
#[test]
fn a_traceback_line_by_line_is_the_same_document_as_in_one_piece() {
    for (name, text) in whole_python_texts() {
        let text = text.trim_matches('\n');
        let whole = documents(&[text]).remove(0);
        let lines: Vec<_> = text.split('\n').collect();
        let mut documents = documents(&lines);
        assert_eq!(documents.len(), 1, "{name}");
        let mut joined = documents.remove(0);
        let ids: Vec<_> = (0..lines.len()).map(|at| (1000 + at).to_string()).collect();
        assert_eq!(joined["event"].as_object_mut().unwrap().remove("ids"), Some(json!(ids)));
        let log = joined["log"].as_object_mut().unwrap();
        assert_eq!(log.remove("event_count"), Some(json!(lines.len())), "{name}");
        if log.is_empty() {
            joined.as_object_mut().unwrap().remove("log");
        }
        assert_eq!(joined, whole, "{name}");
    }
}

#[test]
fn the_log_line_and_its_traceback_are_one_structured_document() {
    let lines = [
        "INFO:root:page p8",
        "ERROR:root:could not show page p9",
        "Traceback (most recent call last):",
        "  File \"/app/blog/store.py\", line 14, in load",
        "    return self.rows[key]",
        "KeyError: 'p9'",
        "INFO:root:page p10",
    ];
    let documents = documents(&lines);
    assert_eq!(documents.len(), 3);
    let document = &documents[1];
    assert_eq!(document["message"], "could not show page p9");
    assert_eq!(document["error"]["stack_trace"], lines[2..6].join("\n"));
    assert_eq!(document["event"]["id"], "1001");
    assert_eq!(document["event"]["ids"], json!(["1001", "1002", "1003", "1004", "1005"]));
    assert_eq!(document["@timestamp"], "2020-05-11T12:44:44.124Z");
    assert_eq!(document["log"], json!({"level": "error", "event_count": 5, "logger": "root"}));
    assert_eq!(document["error"]["type"], "KeyError");
    assert_eq!(document["traceback"]["culprit"], "blog/store.py in load");
    assert_eq!(documents[2]["event"].get("ids"), None);
}
