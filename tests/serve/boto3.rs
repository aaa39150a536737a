//! What Amazon's own SDK for Python makes of the answers.

use std::process::Command;

use serde_json::{Value, json};

use crate::local_stream::LocalStream;
use crate::tools::tool;

#[test]
fn boto3_understands_every_answer() {
    let Some(python) = tool("venv/bin/python") else { return };
    let server = LocalStream::start(&["--throttle", "20", "--buffer-seconds", "0"], &[]);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/serve/producer.py");
    let output = Command::new(python).args([script, &server.url]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout).unwrap();
    let both = |name: &str| json!([name, name]);
    let expected = json!({
        "status": "ACTIVE",
        "created": true,
        "listed": ["logs", "made"],
        "single": 56,
        "batch": [0, 500],
        "request": 36,
        "unknown": both("ResourceNotFoundException"),
        "twice": both("ResourceInUseException"),
        "many": ["ClientError", "ValidationException"],
        "large": both("InvalidArgumentException"),
        "stale": both("ConcurrentModificationException"),
        "other": ["ClientError", "UnknownOperationException"],
        "deleted": true,
        "throttled": both("ServiceUnavailableException"),
    });
    assert_eq!(found, expected);
    assert_eq!(server.documents("made.ndjson", 501).len(), 501);
}
