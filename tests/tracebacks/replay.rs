//! Replays what real programs printed when they failed, whatever their language.
//!
//! `tests/tracebacks/LANGUAGE` holds for each program its source, what it wrote, `NAME.txt`, and what
//! its source says must be found, `NAME.json`. The output under another version or setting is
//! `NAME@VARIANT.txt`; it has expectations of its own only where it says something else. A field
//! that the expectations leave out is not looked at.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    dead_code
)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use nozzle::traceback::{Found, find_traceback};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    exceptions: Vec<ExpectedException>,
    /// What the text before the traceback is, blanks at its ends left aside.
    #[serde(default)]
    before: String,
    #[serde(default)]
    truncated: bool,
}

/// One exception, with the innermost of its frames.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedException {
    r#type: Option<String>,
    message: Option<String>,
    relation: String,
    file: Option<String>,
    line: Option<u64>,
    module: Option<String>,
    function: Option<String>,
    code: Option<String>,
    frames: Option<u64>,
}

/// Replays the programs of `language`, prints a table of what was right, and fails if anything was
/// not, or if there are fewer than `at_least` cases.
pub(crate) fn replay(language: &str, at_least: usize) {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks").join(language);
    let cases = cases(&directory);
    let mut wrong = Vec::new();
    println!("{language:36} type message innermost causes");
    for case in &cases {
        let name = case.file_stem().unwrap().to_str().unwrap();
        let base = name.split('@').next().unwrap();
        let expected = [name, base]
            .iter()
            .find_map(|name| fs::read_to_string(directory.join(format!("{name}.json"))).ok())
            .unwrap_or_else(|| panic!("{base}.json is missing"));
        let expected: Expected =
            serde_json::from_str(&expected).unwrap_or_else(|error| panic!("{name}: {error}"));
        let text = fs::read_to_string(case).unwrap();
        let before = wrong.len();
        match find_traceback(&text) {
            None => wrong.push(format!("{name}: type message innermost causes: nothing found")),
            Some(found) => compare(language, name, &text, &found, &expected, &mut wrong),
        }
        let is_right = |what: &str| {
            let is_wrong = wrong[before..].iter().any(|line| line.contains(what));
            if is_wrong { "WRONG" } else { "right" }
        };
        let columns = ["type", "message", "innermost", "causes"].map(is_right).join("  ");
        println!("{name:36} {columns}");
    }
    assert!(cases.len() >= at_least, "the cases are not where they should be");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cases(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let mut cases: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    cases.sort();
    cases
}

fn compare(
    language: &str,
    name: &str,
    text: &str,
    found: &Found<'_>,
    expected: &Expected,
    wrong: &mut Vec<String>,
) {
    let mut check = |what: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
        let (found, expected) = (format!("{found:?}"), format!("{expected:?}"));
        if found != expected {
            wrong.push(format!("{name}: {what}: {found}, expected {expected}"));
        }
    };
    let traceback = &found.traceback;
    check("language", &traceback.language, &language);
    check("before", &text[..found.span.start].trim(), &expected.before.trim());
    check("truncated", &traceback.truncated, &expected.truncated);
    check("causes", &traceback.exceptions.len(), &expected.exceptions.len());
    for (found, expected) in traceback.exceptions.iter().zip(&expected.exceptions) {
        let id = found.id;
        let mut check =
            |what: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
                check(&format!("{id} {what}"), found, expected);
            };
        check("type", &found.exception_type.as_deref(), &expected.r#type.as_deref());
        check("message", &found.message.as_deref(), &expected.message.as_deref());
        check("causes: relation", &found.relation.as_str(), &expected.relation);
        check("causes: parent", &found.parent, &id.checked_sub(1));
        let innermost = found.frames.first().cloned().unwrap_or_default();
        let optional = [
            ("file", &innermost.file, &expected.file),
            ("function", &innermost.function, &expected.function),
            ("module", &innermost.module, &expected.module),
            ("code", &innermost.code, &expected.code),
        ];
        for (what, found, expected) in optional {
            if expected.is_some() {
                check(&format!("innermost {what}"), &found.as_deref(), &expected.as_deref());
            }
        }
        if expected.line.is_some() {
            check("innermost line", &innermost.line, &expected.line);
        }
        if expected.frames.is_some() {
            check("frames", &Some(found.frame_count), &expected.frames);
        }
    }
}

/// A traceback in one line: for each exception its relation, type, message and the functions of its
/// frames from the innermost on, each after the module that was printed; `…` if it is truncated.
pub(crate) fn brief(text: &str) -> String {
    let Some(found) = find_traceback(text) else { return "nothing".to_owned() };
    let mut brief = String::new();
    for exception in &found.traceback.exceptions {
        let function = |frame: &nozzle::traceback::Frame<'_>| {
            let module = frame.module.as_deref().map(|module| format!("{module}."));
            module.unwrap_or_default() + frame.function.as_deref().unwrap_or("?")
        };
        let functions: Vec<_> = exception.frames.iter().map(function).collect();
        let relation = exception.relation.as_str();
        let name = exception.exception_type.as_deref().unwrap_or("?");
        let message = exception.message.as_deref().unwrap_or("-");
        let _ = write!(brief, "{relation} {name}: {message} [{}]; ", functions.join(" "));
    }
    brief.push_str(if found.traceback.truncated { "…" } else { "." });
    brief
}

/// What of `text` is the traceback.
pub(crate) fn span(text: &str) -> &str {
    find_traceback(text).map(|found| &text[found.span]).unwrap_or_default()
}

/// Each of `units`, repeated by somebody who wishes us ill, costs what its size costs.
pub(crate) fn is_linear(units: &[(&str, &str)]) {
    let fastest = |text: &str| {
        let time = |()| {
            let start = std::time::Instant::now();
            std::hint::black_box(find_traceback(text));
            start.elapsed()
        };
        [(); 3].map(time).into_iter().min().unwrap()
    };
    for (start, unit) in units {
        let text = |size: usize| format!("{start}{}", unit.repeat(size / unit.len()));
        let (small, large) = (fastest(&text(256 << 10)), fastest(&text(1 << 20)));
        // Four times the size: four times the time if linear, sixteen times if quadratic.
        let limit = small * 10 + std::time::Duration::from_millis(100);
        assert!(large < limit, "{small:?} for 256 KiB and {large:?} for 1 MiB of {unit:?}");
    }
}
