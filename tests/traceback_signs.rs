//! The pass over a payload that tells whether it may hold a traceback misses none, however the
//! text stands in it.

#![allow(clippy::unwrap_used, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};

use nozzle::redact::{RedactionSettings, Redactor};
use nozzle::traceback::{find_traceback, signs};
use serde_json::json;

fn texts_below(folder: &Path, texts: &mut Vec<(PathBuf, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            texts_below(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "txt")
            && let Ok(text) = fs::read_to_string(&path)
        {
            texts.push((path, text));
        }
    }
}

#[test]
fn no_way_to_write_a_traceback_hides_it() {
    let settings = RedactionSettings { signs, ..RedactionSettings::default() };
    let redactor = Redactor::new(&settings).unwrap();
    let has_sign = |payload: &str| redactor.look_over(Some(payload)).has_sign;
    let mut texts = Vec::new();
    texts_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks"), &mut texts);
    let mut tracebacks = 0;
    for (path, text) in texts {
        if find_traceback(&text).is_none() {
            continue;
        }
        tracebacks += 1;
        let log = json!({"level": "error", "message": text}).to_string();
        let record = json!({"log": log, "stream": "stderr"}).to_string();
        // PHP writes slashes so, Python all but ASCII.
        let by_php = log.replace('/', "\\/");
        for payload in [&text, &log, &record, &by_php, &log.replace('a', "\\u0061")] {
            assert!(has_sign(payload), "{}: {payload:.200}", path.display());
        }
    }
    assert!(tracebacks > 300, "{tracebacks}");
    for prose in ["checkout took 7 ms", r#"{"message":"the order is \"late\" at noon","n":7}"#] {
        assert!(!has_sign(prose), "{prose}");
    }
}
