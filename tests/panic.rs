//! A panic names its place in the source and nothing of what was processed.

#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

use std::process::Command;

const CHILD: &str = "PANIC_IN_THIS_PROCESS";

#[test]
fn a_panic_prints_no_payload() {
    if std::env::var_os(CHILD).is_some() {
        nozzle::telemetry::install_panic_hook();
        let _ = std::panic::catch_unwind(|| panic!("while reading password=hunter2"));
        return;
    }
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "a_panic_prints_no_payload", "--nocapture"])
        .env(CHILD, "1")
        .output()
        .unwrap();
    let printed = [output.stdout, output.stderr].concat();
    let printed = String::from_utf8_lossy(&printed);
    assert!(printed.contains(r#""event":"panic","file":"tests/panic.rs","line":"#), "{printed}");
    assert!(!printed.contains("hunter2"), "{printed}");
}
