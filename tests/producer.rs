//! The `logging` handler of `examples/python-logging`, by its own tests.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod tools;

use std::process::Command;

use tools::tool;

#[test]
fn the_python_handler_passes_its_tests() {
    let Some(python) = tool("venv/bin/python") else { return };
    let tested = Command::new(python)
        .args(["-m", "unittest", "discover", "tests"])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/python-logging"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&tested.stderr);
    assert!(tested.status.success(), "{said}");
    assert!(said.contains("Ran 28 tests"), "{said}");
}
