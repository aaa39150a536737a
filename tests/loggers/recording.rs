//! What a program truly wrote, and when.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde_json::{Deserializer, Value};

use crate::facts::file_name;
use crate::row::Row;
use crate::scenario::{EVERY_LOG, Log};

/// A recording of a row.
pub(crate) struct Recording {
    pub(crate) folder: PathBuf,
    /// Name and version of the library and the language.
    pub(crate) library: String,
    pub(crate) language: String,
    pub(crate) began: Timestamp,
    pub(crate) ended: Timestamp,
    /// What was logged, each with its log of the scenario.
    pub(crate) records: Vec<(Log, String)>,
    /// The sources that ran, by file name.
    sources: BTreeMap<String, String>,
}

/// The folder of all recordings.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/loggers")
}

impl Recording {
    pub(crate) fn of(row: &Row) -> Self {
        let folder = root().join(row.folder);
        let run = fs::read_to_string(folder.join("run.json")).unwrap();
        let run: Value = serde_json::from_str(&run).unwrap();
        let text = |key: &str| run[key].as_str().unwrap().to_owned();
        let output = fs::read_to_string(folder.join("output.log")).unwrap();
        let mut texts =
            if output.starts_with('{') { json_texts(&output) } else { log_texts(&output, row) };
        texts.drain(..row.preamble);
        let logs: Vec<Log> = EVERY_LOG.iter().copied().filter(|log| row.does_log(*log)).collect();
        assert_eq!(texts.len(), logs.len(), "{}: {texts:#?}", row.folder);
        let logger = folder.parent().unwrap();
        let mut sources = BTreeMap::new();
        for folder in [logger, logger.parent().unwrap()] {
            collect_sources(folder, &mut sources);
        }
        Self {
            library: text("library"),
            language: text("language"),
            began: text("began").parse().unwrap(),
            ended: text("ended").parse().unwrap(),
            records: logs.into_iter().zip(texts).collect(),
            sources,
            folder,
        }
    }

    /// The source of the program's file that `path` names, whatever its folder.
    pub(crate) fn source(&self, path: &str) -> Option<&str> {
        self.sources.get(file_name(path)).map(String::as_str)
    }
}

/// The files `program.*` and `shop*` in `folder`, and all that a folder `program` holds.
fn collect_sources(folder: &Path, sources: &mut BTreeMap<String, String>) {
    let is_program = folder.ends_with("program");
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        let stem = name.split('.').next().unwrap().to_lowercase();
        if path.is_dir() && (is_program || name == "program") {
            collect_sources(&path, sources);
        } else if path.is_file() && (is_program || stem == "program" || stem.starts_with("shop")) {
            sources.insert(name.to_owned(), fs::read_to_string(&path).unwrap());
        }
    }
}

/// JSON objects in sequence, whether each stands in one line or in several.
fn json_texts(output: &str) -> Vec<String> {
    let mut objects = Deserializer::from_str(output).into_iter::<Value>();
    let mut texts = Vec::new();
    let mut start = 0;
    while objects.next().transpose().unwrap().is_some() {
        texts.push(output[start..objects.byte_offset()].trim().to_owned());
        start = objects.byte_offset();
    }
    texts
}

/// Text as a producer sends it: all lines of a log in one record. A log begins where the next
/// message of the scenario stands, or the row's number of lines above that.
fn log_texts(output: &str, row: &Row) -> Vec<String> {
    let lines: Vec<&str> = output.lines().collect();
    let mut starts = Vec::new();
    let mut from = 0;
    for log in EVERY_LOG.iter().filter(|log| row.does_log(**log)) {
        let message = log.message().lines().next().unwrap();
        let found = lines.iter().skip(from).position(|line| line.contains(message));
        let found = from + found.unwrap_or_else(|| panic!("{}: {message}", row.folder));
        starts.push(found - row.lines_above);
        from = found + 1;
    }
    assert_eq!(starts.first(), Some(&0), "{}: all output belongs to a log", row.folder);
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    starts.iter().zip(ends).map(|(start, end)| lines[*start..end].join("\n")).collect()
}
