//! The Python programs that log into the stream.

use std::path::PathBuf;
use std::process::Command;

use crate::tools::tool;

const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/python-logging");

/// Python with boto3 and python-json-logger.
pub(crate) struct Producer {
    python: PathBuf,
}

impl Producer {
    /// What the example logs and nobody may read.
    pub(crate) const SECRETS: [&str; 1] = ["hunter2-correct-horse"];

    /// `None`, with a loud line, where it is not installed, but never in CI.
    pub(crate) fn installed() -> Option<Self> {
        Some(Self { python: tool("venv/bin/python")? })
    }

    /// The program of the example, which logs and then fails.
    pub(crate) fn run_example(&self, url: &str) {
        let output = self.python(url).arg("app.py").output().unwrap();
        let console = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{console}");
        assert!(console.contains("fake NameError"), "{console}");
    }

    pub(crate) fn line_of_example(line: usize) -> String {
        let source = std::fs::read_to_string(PathBuf::from(EXAMPLE).join("app.py")).unwrap();
        source.lines().nth(line - 1).unwrap().to_owned()
    }

    /// Logs the numbers from 0 up to `count`, and ends when all of them were accepted.
    pub(crate) fn log_numbers(&self, url: &str, count: usize) {
        let numbers = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/chain/log_numbers.py");
        let status = self.python(url).arg(numbers).arg(count.to_string()).status().unwrap();
        assert!(status.success());
    }

    fn python(&self, url: &str) -> Command {
        let mut command = Command::new(&self.python);
        command.current_dir(EXAMPLE).env("PYTHONPATH", EXAMPLE).envs([
            ("AWS_ENDPOINT_URL_FIREHOSE", url),
            ("AWS_ACCESS_KEY_ID", "test"),
            ("AWS_SECRET_ACCESS_KEY", "test"),
            ("AWS_DEFAULT_REGION", "eu-west-1"),
            ("PYTHONDONTWRITEBYTECODE", "1"),
        ]);
        command
    }
}
