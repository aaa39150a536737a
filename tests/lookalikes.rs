//! Texts that look like tracebacks and are none: in no form and by no way is one found in them.
//!
//! `tests/lookalikes/KIND.txt` holds the texts of a kind, with a line `---` between two of them.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::print_stdout, missing_docs)]

mod call;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use nozzle::traceback::find_traceback;
use nozzle::transform;
use serde_json::{Value, json};

/// The texts of each kind.
fn texts() -> BTreeMap<String, Vec<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lookalikes");
    let mut kinds = BTreeMap::new();
    for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.extension().is_some_and(|extension| extension == "txt") {
            let file = fs::read_to_string(&path).unwrap();
            let texts: Vec<String> = file
                .split("\n---\n")
                .map(|text| text.trim_end_matches('\n').to_owned())
                .filter(|text| !text.trim().is_empty())
                .collect();
            kinds.insert(path.file_stem().unwrap().to_str().unwrap().to_owned(), texts);
        }
    }
    kinds
}

/// A form in which a text may stand in a log.
type Form = (&'static str, fn(&str) -> String);

const FORMS: &[Form] = &[
    ("as it is", str::to_owned),
    ("behind a prefix", |text| {
        format!("2026-03-04 05:06:07,123 ERROR [worker-2] shop.Orders - {text}")
    }),
    ("below a prefix", |text| format!("2026-03-04T05:06:07.123Z ERROR shop: failed\n{text}\n")),
    ("with CRLF", |text| text.replace('\n', "\r\n")),
    ("in a JSON string", |text| json!({"level": "error", "msg": text}).to_string()),
];

/// What is claimed of `text`, by form.
fn claims(text: &str) -> Vec<(&'static str, String)> {
    let claim = |(form, wrap): &Form| {
        let wrapped = wrap(text);
        let found = find_traceback(&wrapped)?;
        let claimed = wrapped.get(found.span).unwrap_or_default();
        Some((*form, format!("{}: {claimed}", found.traceback.language)))
    };
    FORMS.iter().filter_map(claim).collect()
}

/// What `transform` makes of each of the `payloads`: whether a document has a traceback.
fn transformed(payloads: &[Vec<u8>]) -> Vec<bool> {
    let config = call::config(&[]);
    let mut response = Vec::new();
    transform(&call::event_of(payloads), &config, &mut response).unwrap();
    let response: Value = serde_json::from_slice(&response).unwrap();
    let has_traceback = |record: &Value| {
        let data = record["data"].as_str().unwrap_or_default();
        let data = BASE64_STANDARD.decode(data).unwrap();
        data.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).any(|line| {
            let document: Value = serde_json::from_slice(line).unwrap();
            document.get("traceback").is_some() || document["error"].get("stack_trace").is_some()
        })
    };
    response["records"].as_array().unwrap().iter().map(has_traceback).collect()
}

#[test]
fn none_is_claimed() {
    let kinds = texts();
    let mut told = Vec::new();
    println!("{:24} {:>6} {:>7}", "kind", "texts", "claimed");
    for (kind, texts) in &kinds {
        let message = |text: &String| json!({"level": "error", "message": text}).to_string();
        let as_json =
            transformed(&texts.iter().map(|text| message(text).into()).collect::<Vec<_>>());
        let as_text =
            transformed(&texts.iter().map(|text| text.clone().into()).collect::<Vec<_>>());
        let mut claimed = 0;
        for (index, text) in texts.iter().enumerate() {
            let mut claims = claims(text);
            if as_json[index] {
                claims.push(("as a JSON log's message", String::new()));
            }
            if as_text[index] {
                claims.push(("as plain text", String::new()));
            }
            claimed += usize::from(!claims.is_empty());
            let claims: Vec<_> =
                claims.iter().map(|(form, claim)| format!("  {form}: {claim}\n")).collect();
            if !claims.is_empty() {
                told.push(format!("{kind}:\n{text}\n{}", claims.concat()));
            }
        }
        println!("{kind:24} {:>6} {claimed:>7}", texts.len());
    }
    let count: usize = kinds.values().map(Vec::len).sum();
    println!("{:24} {count:>6} {:>7}", "all", told.len());
    assert!(told.is_empty(), "{} texts are claimed:\n\n{}", told.len(), told.join("\n"));
    assert!(kinds.len() >= 14 && count >= 320, "the texts are not where they should be");
}
