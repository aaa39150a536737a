//! A real OpenSearch on loopback, started once for all tests of a file, and a client for it.

// Each test takes what it needs.
#![allow(dead_code)]

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

use serde_json::Value;
use ureq::http::StatusCode;

use crate::terminal::{nozzle, text};
use crate::tools::tool;

/// A running engine.
pub(crate) struct Engine {
    /// Where it answers: scheme, host and port.
    pub url: String,
    agent: ureq::Agent,
    // It ends with its input, so also when this process is killed.
    _input: ChildStdin,
    _process: Child,
    _folder: tempfile::TempDir,
}

/// The engine of this file's tests; `None`, with a loud line, where it is not installed, but never
/// in CI.
pub(crate) fn engine() -> Option<&'static Engine> {
    static ENGINE: OnceLock<Option<Engine>> = OnceLock::new();
    ENGINE.get_or_init(|| tool("opensearch").map(|libraries| Engine::start(&libraries))).as_ref()
}

impl Engine {
    fn start(libraries: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut process = Command::new("java")
            .args(["-Xmx1g", "-cp", &format!("{}/*", libraries.display())])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/opensearch/server/Server.java"))
            .arg(folder.path())
            .arg(port.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("java");
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let mut said = String::new();
        while !said.ends_with("ready\n") {
            let read = output.read_line(&mut said).unwrap();
            assert!(read > 0, "OpenSearch did not start:\n{said}");
        }
        // Whatever it says later must not fill the pipe.
        std::thread::spawn(move || output.read_to_end(&mut Vec::new()));
        let agent = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_mins(2)))
            .build()
            .into();
        Self {
            url: format!("http://127.0.0.1:{port}"),
            agent,
            _input: process.stdin.take().unwrap(),
            _process: process,
            _folder: folder,
        }
    }

    /// Installs what indices of this prefix need, with the command that an operator uses.
    pub(crate) fn install(&self, index: &str) {
        let output = nozzle(&["install", "--url", &self.url, "--index", index], &[], b"");
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    pub(crate) fn get(&self, path: &str) -> Value {
        let mut answer = self.agent.get(format!("{}{path}", self.url)).call().unwrap();
        let status = answer.status();
        let body = answer.body_mut().read_to_string().unwrap();
        assert!(status.is_success(), "GET {path}: {status} {body}");
        serde_json::from_str(&body).unwrap()
    }

    /// Sends JSON; the engine must accept it.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        self.send(path, "application/json", body.to_string().as_bytes())
    }

    /// Sends JSON; what the engine says to it, a refusal too.
    pub(crate) fn try_post(&self, path: &str, body: &Value) -> Value {
        let (_, answer) = self.exchange(path, "application/json", body.to_string().as_bytes());
        serde_json::from_str(&answer).unwrap()
    }

    fn send(&self, path: &str, content_type: &str, body: &[u8]) -> Value {
        let (status, answer) = self.exchange(path, content_type, body);
        assert!(status.is_success(), "POST {path}: {status} {answer}");
        serde_json::from_str(&answer).unwrap()
    }

    fn exchange(&self, path: &str, content_type: &str, body: &[u8]) -> (StatusCode, String) {
        let request = self.agent.post(format!("{}{path}", self.url));
        let mut answer = request.content_type(content_type).send(body).unwrap();
        let status = answer.status();
        let limited = answer.body_mut().with_config().limit(u64::MAX);
        (status, limited.read_to_string().unwrap())
    }

    /// Sends the body of a `_bulk` call; what the engine says to each document, in order.
    pub(crate) fn bulk(&self, body: &[u8]) -> Vec<Value> {
        let answer = self.send("/_bulk", "application/x-ndjson", body);
        let Value::Array(items) = answer["items"].clone() else { panic!("{answer}") };
        items.into_iter().map(|item| item["index"].clone()).collect()
    }

    /// Makes what was sent visible to searches.
    pub(crate) fn refresh(&self, indices: &str) {
        self.post(&format!("/{indices}/_refresh"), &Value::Null);
    }

    /// How many documents a query finds.
    pub(crate) fn count(&self, indices: &str, query: &Value) -> u64 {
        let answer = self.post(
            &format!("/{indices}/_search"),
            &serde_json::json!({"size": 0, "track_total_hits": true, "query": query}),
        );
        answer["hits"]["total"]["value"].as_u64().unwrap()
    }
}
