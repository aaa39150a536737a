//! `nozzle serve`, as long as a test needs it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

/// A running delivery stream of the name `logs`.
pub(crate) struct Stream {
    pub url: String,
    process: Child,
    _folder: tempfile::TempDir,
}

impl Stream {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new(env!("CARGO_BIN_EXE_nozzle"))
            .args(["serve", "--address", "127.0.0.1:0", "--stream", "logs"])
            .args(["--buffer-seconds", "1"])
            .arg("--folder")
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut first).unwrap();
        let url = first.trim_end().strip_prefix("listening on ").expect(&first).to_owned();
        Self { url, process, _folder: folder }
    }

    /// Ends it as an operator does. What was accepted is delivered first.
    pub(crate) fn stop(mut self) {
        let pid = self.process.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
        assert!(self.process.wait().unwrap().success());
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
