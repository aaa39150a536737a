//! Every logger that people use, proved with what it truly writes.
//!
//! Each program in `tests/loggers/` logs the same scenario as far as its logger can, and
//! `tests/loggers/record` keeps what it wrote. The tests say from the scenario, not from a snapshot,
//! what the documents must hold; a row of the table declares what its logger does not state. The
//! whole documents stand beside the output: after a change run `UPDATE_GOLDEN=1 cargo test --test
//! loggers`, and read what was written against the program.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]
#![allow(clippy::string_slice, clippy::print_stdout)]

mod call;
#[path = "loggers/facts.rs"]
mod facts;
#[path = "loggers/gaps.rs"]
mod gaps;
#[path = "loggers/go.rs"]
mod go;
mod indented;
#[path = "loggers/java.rs"]
mod java;
#[path = "loggers/javascript.rs"]
mod javascript;
#[path = "loggers/php.rs"]
mod php;
#[path = "loggers/python.rs"]
mod python;
#[path = "loggers/recording.rs"]
mod recording;
#[path = "loggers/row.rs"]
mod row;
#[path = "loggers/ruby.rs"]
mod ruby;
#[path = "loggers/rust.rs"]
mod rust;
#[path = "loggers/scenario.rs"]
mod scenario;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use facts::{FACTS, Fact};
use nozzle::transform;
use recording::{Recording, root};
use row::Row;
use scenario::Log;
use serde_json::Value;

/// The tables of all languages.
#[rustfmt::skip]
const TABLES: &[&[Row]] = &[
    go::ROWS,
    java::ROWS,
    javascript::ROWS,
    php::ROWS,
    python::ROWS,
    ruby::ROWS,
    rust::ROWS,
];

fn rows() -> impl Iterator<Item = &'static Row> {
    TABLES.iter().copied().flatten()
}

/// The documents of a recording, as text. They arrive so late that the time of arrival cannot be
/// mistaken for the log's own.
fn documents(recording: &Recording) -> Vec<String> {
    let payloads: Vec<_> =
        recording.records.iter().map(|(_, record)| record.clone().into_bytes()).collect();
    let arrival = recording.ended.as_millisecond() + 60_000;
    let event = call::event_arriving_at(arrival, &payloads);
    let mut response = Vec::new();
    transform(&event, &call::config(&[]), &mut response).unwrap();
    let response: Value = serde_json::from_slice(&response).unwrap();
    let documents = call::delivered(&response);
    assert_eq!(documents.len(), payloads.len());
    documents.into_iter().map(|document| String::from_utf8(document).unwrap()).collect()
}

/// The documents of a row, each with its log.
fn logged(recording: &Recording) -> Vec<(Log, &str, Value)> {
    let records = recording.records.iter().zip(documents(recording));
    let value = |document: String| serde_json::from_str(&document).unwrap();
    records.map(|((log, record), document)| (*log, record.as_str(), value(document))).collect()
}

#[test]
fn every_document_says_what_the_program_logged() {
    let mut wrong = Vec::new();
    for row in rows() {
        let recording = Recording::of(row);
        for (log, _, document) in logged(&recording) {
            for (fact, _) in FACTS {
                let applies = fact.logs().any(|of| of == log);
                let holds = applies && fact.holds(log, &document, &recording);
                match (holds, row.excuses(*fact, log)) {
                    (false, false) if applies => wrong.push(format!(
                        "{}: {fact:?} of {log:?} is wrong: {document:#}",
                        row.folder
                    )),
                    (true, true) => wrong.push(format!(
                        "{}: {fact:?} of {log:?} is right, and the row still excuses it",
                        row.folder
                    )),
                    _ => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} facts:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn no_value_is_lost() {
    for row in rows() {
        let recording = Recording::of(row);
        for (log, record, document) in logged(&recording) {
            let written = serde_json::from_str(record).unwrap_or_else(|_| record.into());
            let (written, kept) = (leaves(&written), leaves(&document));
            let has =
                |leaves: &[String], value: &str| leaves.iter().any(|leaf| leaf.contains(value));
            for value in log.values() {
                assert!(
                    has(&kept, &value) || !has(&written, &value),
                    "{}: {value} of {log:?} is not in {document:#}",
                    row.folder
                );
            }
            assert!(at_most_reordered(&document), "{}: {document:#}", row.folder);
        }
    }
}

/// Whether the document is as good as its log: nothing about it had to be degraded.
fn at_most_reordered(document: &Value) -> bool {
    document["event"].get("kind").is_none()
}

/// The texts and numbers in a value, keys included.
fn leaves(value: &Value) -> Vec<String> {
    match value {
        Value::Object(object) => object
            .iter()
            .flat_map(|(key, value)| [vec![key.clone()], leaves(value)].concat())
            .collect(),
        Value::Array(elements) => elements.iter().flat_map(leaves).collect(),
        Value::String(text) => vec![text.clone()],
        value => vec![value.to_string()],
    }
}

/// A label that repeats what another field says is noise to whoever reads the document.
#[test]
fn every_label_is_the_programs_or_declared() {
    let mut wrong = Vec::new();
    for row in rows() {
        let mut found = BTreeSet::new();
        for (log, _, document) in logged(&Recording::of(row)) {
            let own = [log.fields(), log.nested()].concat();
            for group in ["labels", "numeric_labels"] {
                let labels = document[group].as_object().cloned().unwrap_or_default();
                let is_more = |label: &String| {
                    own.iter().all(|(path, _)| *path != format!("{group}.{label}"))
                };
                found.extend(labels.keys().filter(|label| is_more(label)).cloned());
            }
        }
        let declared: BTreeSet<_> =
            row.more_labels.iter().map(|label| (*label).to_owned()).collect();
        if found != declared {
            wrong.push(format!("{}: {found:?}, not {declared:?}", row.folder));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_document_is_as_expected() {
    let mut wrong = Vec::new();
    for row in rows() {
        let recording = Recording::of(row);
        let mut shown = String::from("[");
        for (index, document) in documents(&recording).iter().enumerate() {
            shown.push_str(if index == 0 { "\n  " } else { ",\n  " });
            indented::indent(&nozzle::json::read(document).unwrap(), 1, &mut shown);
        }
        shown.push_str("\n]\n");
        let path = recording.folder.join("documents.json");
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            fs::write(&path, &shown).unwrap();
        }
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if shown != expected {
            let line = shown.lines().zip(expected.lines()).take_while(|(a, b)| a == b).count();
            wrong.push(format!(
                "{}, line {}:\n  got      {}\n  expected {}",
                row.folder,
                line + 1,
                shown.lines().nth(line).unwrap_or("(end)"),
                expected.lines().nth(line).unwrap_or("(end)"),
            ));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_recording_has_its_row_and_every_row_its_reasons() {
    let mut found = BTreeSet::new();
    let folders = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.is_dir() && !path.ends_with("program")).collect::<Vec<_>>()
    };
    for version in
        folders(&root()).iter().flat_map(|path| folders(path)).flat_map(|path| folders(&path))
    {
        let folder = version.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
        found.insert(folder);
    }
    let table: BTreeSet<_> = rows().map(|row| row.folder.to_owned()).collect();
    assert_eq!(found, table);
    assert_eq!(rows().count(), table.len(), "a row stands twice");
    for row in rows() {
        let version = row.folder.rsplit('/').next().unwrap();
        let recording = Recording::of(row);
        let ran = format!("{} {}", recording.library, recording.language);
        assert!(version.split('-').all(|part| ran.contains(part)), "{}: {ran}", row.folder);
        let reasons = row.gaps().map(|gap| gap.because);
        let reasons = reasons.chain(row.omitted.iter().map(|(_, because)| *because));
        assert!(reasons.into_iter().all(|because| because.len() > 10), "{}", row.folder);
        for gap in row.gaps() {
            assert!(
                gap.logs.iter().all(|log| row.does_log(*log) || gap.logs == scenario::EVERY_LOG),
                "{}",
                row.folder
            );
        }
    }
}

/// `cargo test --test loggers -- --nocapture table` prints what is right about each logger.
#[test]
fn the_table_is_printed() {
    let widest = rows().map(|row| row.folder.len()).max().unwrap();
    let names: Vec<_> = FACTS.iter().map(|(_, name)| *name).collect();
    println!("{:widest$}  {:14}  {}", "logger and version", "language", names.join("  "));
    for row in rows() {
        let recording = Recording::of(row);
        let logged = logged(&recording);
        let right = |fact: Fact| {
            let of = |log| logged.iter().find(|(logged, ..)| *logged == log);
            let documents: Vec<_> = fact.logs().filter_map(of).collect();
            let right = documents
                .iter()
                .filter(|(log, _, document)| fact.holds(*log, document, &recording));
            (right.count(), documents.len())
        };
        let cells = FACTS.iter().map(|(fact, name)| {
            let cell = match right(*fact) {
                (0, _) => "-".to_owned(),
                (right, all) if right == all => "yes".to_owned(),
                (right, all) => format!("{right}/{all}"),
            };
            format!("{cell:width$}", width = name.len())
        });
        let cells: Vec<_> = cells.collect();
        println!(
            "{:widest$}  {:14}  {}",
            row.folder,
            recording.language,
            cells.join("  ").trim_end()
        );
    }
    assert!(rows().count() >= 3);
}
