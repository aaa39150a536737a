//! `nozzle serve` on a port of its own, with a folder of its own.

// Each test takes what it needs.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use base64_simd::STANDARD;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::terminal::command;

/// How long something may take that is expected to happen.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running server. It is killed when this is dropped.
pub(crate) struct LocalStream {
    process: Child,
    pub(crate) url: String,
    folder: TempDir,
    log: Arc<Mutex<String>>,
    reader: Option<JoinHandle<()>>,
}

/// What was answered: the status, the headers and the body.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Value,
}

impl Answer {
    /// The status and the name of the error.
    pub(crate) fn error(&self) -> (u16, &str) {
        (self.status, self.body["__type"].as_str().unwrap_or_default())
    }
}

impl LocalStream {
    /// The server with its own code, which buffers nothing.
    pub(crate) fn quick() -> Self {
        Self::start(&["--buffer-seconds", "0"], &[])
    }

    pub(crate) fn start(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("data");
        let own = ["serve", "--address", "127.0.0.1:0", "--folder", path.to_str().unwrap()];
        let mut process = command(&[&own, arguments].concat(), variables).spawn().unwrap();
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let mut errors = BufReader::new(process.stderr.take().unwrap());
        let Some(url) = first.trim_end().strip_prefix("listening on ") else {
            let mut log = String::new();
            errors.read_to_string(&mut log).unwrap();
            panic!("{first}{log}");
        };
        let log = Arc::<Mutex<String>>::default();
        let kept = Arc::clone(&log);
        let reader = thread::spawn(move || {
            for line in errors.lines() {
                let mut kept = kept.lock().unwrap();
                kept.push_str(&line.unwrap());
                kept.push('\n');
            }
        });
        Self { process, url: url.to_owned(), folder, log, reader: Some(reader) }
    }

    /// Calls an operation.
    pub(crate) fn call(&self, operation: &str, request: &Value) -> Answer {
        self.send(&format!("Firehose_20150804.{operation}"), request.to_string().as_bytes())
    }

    /// Sends any bytes to any target.
    pub(crate) fn send(&self, target: &str, body: &[u8]) -> Answer {
        self.send_with(&[("x-amz-target", target)], body)
    }

    /// Sends any bytes with any headers.
    pub(crate) fn send_with(&self, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut request =
            agent.post(&self.url).header("content-type", "application/x-amz-json-1.1");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut response = request.send(body).unwrap();
        let headers = response.headers().iter();
        let headers = headers
            .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
            .collect();
        let text = response.body_mut().read_to_string().unwrap();
        let body = serde_json::from_str(&text).unwrap_or_default();
        Answer { status: response.status().as_u16(), headers, body }
    }

    /// Puts records in one batch.
    pub(crate) fn put(&self, stream: &str, records: &[&[u8]]) -> Answer {
        let records: Vec<Value> = records
            .iter()
            .map(|record| json!({"Data": STANDARD.encode_to_string(record)}))
            .collect();
        self.call("PutRecordBatch", &json!({"DeliveryStreamName": stream, "Records": records}))
    }

    /// The documents of the indices whose names begin so, as soon as there are so many.
    pub(crate) fn documents(&self, index: &str, count: usize) -> Vec<Value> {
        wait(|| {
            let files = files(&self.data().join("documents"));
            let files = files
                .iter()
                .filter(|file| file.file_name().unwrap().to_str().unwrap().starts_with(index));
            let documents: Vec<Value> = files.flat_map(|file| lines(file)).collect();
            (documents.len() >= count).then_some(documents)
        })
        .unwrap_or_else(|| panic!("not {count} documents: {}", self.log()))
    }

    /// The lines of the backup below a prefix, as soon as there are so many.
    pub(crate) fn backup(&self, prefix: &str, count: usize) -> Vec<Value> {
        wait(|| {
            let lines: Vec<Value> =
                self.backup_files(prefix).iter().flat_map(|file| lines(file)).collect();
            (lines.len() >= count).then_some(lines)
        })
        .unwrap_or_else(|| panic!("not {count} lines: {}", self.log()))
    }

    /// The objects of the backup below a prefix.
    pub(crate) fn backup_files(&self, prefix: &str) -> Vec<PathBuf> {
        files(&self.data().join("backup").join(prefix))
    }

    /// The folder that it was given.
    pub(crate) fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// What it has written to standard error.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().unwrap().success());
    }

    /// Ends it with a signal, and returns its exit status and what it wrote to standard error.
    pub(crate) fn end(&mut self, signal: &str) -> (Option<i32>, String) {
        self.signal(signal);
        let status = self.process.wait().unwrap();
        if let Some(reader) = self.reader.take() {
            reader.join().unwrap();
        }
        (status.code(), self.log())
    }
}

impl Drop for LocalStream {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// What `look` finds, as soon as it does.
pub(crate) fn wait<T>(mut look: impl FnMut() -> Option<T>) -> Option<T> {
    let give_up = Instant::now() + PATIENCE;
    loop {
        match look() {
            Some(found) => return Some(found),
            None if Instant::now() > give_up => return None,
            None => thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// The whole lines of a file, which may be being written.
fn lines(file: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(file).unwrap();
    let whole = text.get(..text.rfind('\n').map_or(0, |end| end + 1)).unwrap();
    whole.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// The files below a folder, in the order of their names, without unfinished ones.
fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found = Vec::new();
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if !path.file_name().unwrap().to_str().unwrap().starts_with('.') {
            found.push(path);
        }
    }
    found.sort();
    found
}
