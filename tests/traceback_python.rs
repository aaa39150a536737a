//! Replays what real Python programs printed when they failed.
//!
//! `tests/tracebacks/python` holds for each program `NAME.py` what it wrote to standard error
//! under Python 3.11, `NAME.txt`, and what its source says must be found, `NAME.json`. The output
//! under another version is `NAME@VERSION.txt`; it has expectations of its own only where that
//! version raises something else. A field that the expectations leave out is not looked at.

use std::fs;
use std::path::{Path, PathBuf};

use nozzle::traceback::{Found, find_traceback};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    exceptions: Vec<ExpectedException>,
    /// What the text before the traceback begins with; nothing stands there if empty.
    #[serde(default)]
    before: String,
    #[serde(default)]
    truncated: bool,
    culprit: Option<String>,
}

/// One exception, with the innermost of its frames.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedException {
    r#type: String,
    message: Option<String>,
    relation: String,
    parent: Option<usize>,
    file: Option<String>,
    function: Option<String>,
    line: Option<u64>,
    code: Option<String>,
    frames: Option<u64>,
}

#[test]
fn real_programs() {
    let directory = directory();
    let cases = cases(&directory);
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case.file_stem().unwrap().to_str().unwrap();
        let base = name.split('@').next().unwrap();
        let expected = [name, base]
            .iter()
            .find_map(|name| fs::read_to_string(directory.join(format!("{name}.json"))).ok())
            .unwrap_or_else(|| panic!("{base}.json is missing"));
        let expected: Expected = serde_json::from_str(&expected).unwrap();
        let text = fs::read_to_string(case).unwrap();
        match find_traceback(&text) {
            None => wrong.push(format!("{name}: nothing found")),
            Some(found) => compare(name, &text, &found, &expected, &mut wrong),
        }
    }
    assert!(cases.len() >= 40, "the cases are not where they should be");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn versions_of_python_agree_on_the_fingerprint() {
    let (mut compared, directory) = (0, directory());
    for case in cases(&directory) {
        let name = case.file_stem().unwrap().to_str().unwrap();
        let Some((base, _)) = name.split_once('@') else {
            continue;
        };
        if directory.join(format!("{name}.json")).exists() {
            continue;
        }
        let fingerprint = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            find_traceback(&text).unwrap().traceback.fingerprint()
        };
        let expected = fingerprint(&directory.join(format!("{base}.txt")));
        assert_eq!(fingerprint(&case), expected, "{name}");
        compared += 1;
    }
    assert!(compared >= 20, "the cases are not where they should be");
}

fn directory() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks/python")
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
    let before = text.get(..found.span.start).unwrap_or_default();
    check("before", &before.starts_with(&expected.before), &true);
    check("before is empty", &before.is_empty(), &expected.before.is_empty());
    let traceback = &found.traceback;
    check("truncated", &traceback.truncated, &expected.truncated);
    if let Some(culprit) = &expected.culprit {
        check("culprit", &traceback.culprit().as_ref(), &Some(culprit));
    }
    check("exceptions", &traceback.exceptions.len(), &expected.exceptions.len());
    for (found, expected) in traceback.exceptions.iter().zip(&expected.exceptions) {
        let id = found.id;
        let mut check =
            |what: &str, found: &dyn std::fmt::Debug, expected: &dyn std::fmt::Debug| {
                check(&format!("{id} {what}"), found, expected);
            };
        // Python up to 3.9 names the module of the script.
        let exception_type = found.exception_type.as_deref().unwrap_or_default();
        let exception_type = exception_type.strip_prefix("__main__.").unwrap_or(exception_type);
        check("type", &exception_type, &expected.r#type);
        check("message", &found.message.as_deref(), &expected.message.as_deref());
        check("relation", &found.relation.as_str(), &expected.relation);
        check("parent", &found.parent, &expected.parent);
        let innermost = found.frames.first().cloned().unwrap_or_default();
        // The standard library is the same in all versions but for its directory.
        let file = innermost.file.as_deref().map(versionless);
        check("file", &file, &expected.file.as_deref().map(versionless));
        check("function", &innermost.function.as_deref(), &expected.function.as_deref());
        if expected.line.is_some() {
            check("line", &innermost.line, &expected.line);
        }
        if expected.code.is_some() {
            check("code", &innermost.code.as_deref(), &expected.code.as_deref());
        }
        if expected.frames.is_some() {
            check("frames", &Some(found.frame_count), &expected.frames);
        }
    }
}

/// `/usr/lib/python3.11/queue.py` as `/usr/lib/python/queue.py`.
fn versionless(file: &str) -> String {
    match file.split_once("/lib/python") {
        Some((before, after)) => {
            let after = after.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            format!("{before}/lib/python{after}")
        }
        None => file.to_owned(),
    }
}
