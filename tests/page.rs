//! The page of `nozzle serve` in a real Chromium: what a person sees, and what a hostile producer
//! cannot make it do.
//!
//! The browser is driven by `tests/page/`, which `.ci/install-tools` gives its Python. Where that or
//! Chromium is missing these tests say so loudly and pass, but never in CI.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    missing_docs
)]

mod tools;

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{PoisonError, RwLock};

use nozzle::config::SETTINGS;
use tools::tool;

/// Where systems have the browser.
const BROWSERS: [&str; 3] =
    ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/// Whoever measures time is alone on the machine: it writes, all others read.
static MACHINE: RwLock<()> = RwLock::new(());

/// A server that is stopped when the test ends.
struct Server {
    process: Child,
    url: String,
    _folder: tempfile::TempDir,
}

impl Server {
    fn start(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_nozzle"));
        for setting in SETTINGS {
            command.env_remove(setting.variable);
        }
        let mut process = command
            .env("NOZZLE_SERVICE", "local")
            .env("NOZZLE_ENVIRONMENT", "test")
            .env_remove("NOZZLE_CONFIG")
            .args(["serve", "--address", "127.0.0.1:0", "--folder"])
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").expect(&line).to_owned();
        Self { process, url, _folder: folder }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn browser() -> Option<PathBuf> {
    let found = BROWSERS.iter().map(PathBuf::from).find(|path| path.exists());
    if found.is_none() {
        assert!(std::env::var_os("CI").is_none(), "Chromium is missing in CI: install chromium");
        eprintln!("\n*** NOT TESTED: Chromium is missing; run .ci/install-tools\n");
    }
    found
}

/// Runs one scene while others may run, too.
fn play(scene: &str, arguments: &[&str]) {
    let _together = MACHINE.read().unwrap_or_else(PoisonError::into_inner);
    perform(scene, arguments);
}

/// Runs one scene of `tests/page/scenes.py` against a server of its own.
fn perform(scene: &str, arguments: &[&str]) {
    let (Some(python), Some(browser)) = (tool("venv/bin/python"), browser()) else { return };
    let server = Server::start(arguments);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/page/play.py");
    let output =
        Command::new(python).arg(script).args([scene, &server.url]).arg(browser).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{scene}: {}{told}", String::from_utf8_lossy(&output.stdout));
}

/// Each record is delivered at once.
const AT_ONCE: [&str; 2] = ["--buffer-seconds", "0"];

#[test]
fn records_appear_and_are_found() {
    play("records", &AT_ONCE);
}

#[test]
fn a_record_opens_to_before_and_after() {
    play("opening", &AT_ONCE);
}

#[test]
fn what_fails_is_grouped_and_counted() {
    play("failures", &AT_ONCE);
}

#[test]
fn the_keyboard_is_enough() {
    play("keyboard", &AT_ONCE);
}

#[test]
fn a_person_who_cannot_see_finds_names_and_contrast() {
    play("accessibility", &AT_ONCE);
}

#[test]
fn secrets_are_shown_when_they_are_asked_for() {
    play("revealed", &[&AT_ONCE[..], &["--reveal"]].concat());
}

#[test]
fn secrets_that_were_delivered_are_told_and_masked() {
    play("leaks", &AT_ONCE);
}

#[test]
fn a_hostile_document_stays_text() {
    play("hostile", &AT_ONCE);
}

#[test]
fn a_thousand_documents_a_second_leave_the_page_quick() {
    let _alone = MACHINE.write().unwrap_or_else(PoisonError::into_inner);
    perform("load", &["--buffer-seconds", "1"]);
}
