//! Replays what real Python programs printed when they failed.
//!
//! `tests/tracebacks/python` holds for each program `NAME.py` what it wrote to standard error
//! under Python 3.11, `NAME.txt`, and what its source says must be found, `NAME.json`. The output
//! under another version is `NAME@VERSION.txt`; it has expectations of its own only where that
//! version raises something else; `NAME@no-blank-lines.txt` is the output without its blank lines, as
//! some loggers and shippers pass it on. A field that the expectations leave out is not looked at.

#[path = "tracebacks/replay.rs"]
mod replay;

use replay::{Before, Programs};

const PROGRAMS: Programs = Programs {
    before: Before::Beginning,
    always: &["file", "function"],
    without_version: versionless,
    ..Programs::of("python", 40)
};

#[test]
fn real_programs() {
    PROGRAMS.replay();
}

#[test]
fn versions_of_python_agree_on_the_fingerprint() {
    PROGRAMS.variants_agree_on_the_fingerprint(20, &[]);
}

/// Python up to 3.9 names the module of the script: `__main__.NotFound` as `NotFound`. The standard
/// library is the same in all versions but for its directory:
/// `/usr/lib/python3.11/queue.py` as `/usr/lib/python/queue.py`.
fn versionless(name: &str) -> String {
    let name = name.strip_prefix("__main__.").unwrap_or(name);
    match name.split_once("/lib/python") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before}/lib/python{after}")
        }
        None => name.to_owned(),
    }
}
