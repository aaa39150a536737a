//! The house stands as it was drawn: stages do not know each other, and one place alone seals a
//! document as redacted.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which modules of the library each module may use. Whoever needs another arrow draws it here
/// first, and sees whether it still points down.
const ARROWS: &[(&str, &[&str])] = &[
    // Foundations.
    ("json", &[]),
    ("timestamp", &[]),
    ("level", &["timestamp"]),
    ("document", &["json", "timestamp"]),
    ("formats", &["document", "json", "level", "timestamp"]),
    ("event", &["error", "json", "timestamp"]),
    ("error", &["json"]),
    ("response", &["document", "error", "event", "json", "summary"]),
    // The way out for what the answer cannot hold.
    ("tls", &[]),
    ("fanout", &["tls"]),
    // Stages.
    ("intake", &["document", "error", "event", "formats", "json", "level", "timestamp"]),
    ("redact", &["document", "json"]),
    ("normalize", &["document", "formats", "json", "level", "timestamp"]),
    ("traceback", &["document", "formats", "json"]),
    ("enrich", &["document", "event"]),
    ("index", &["document"]),
    ("limits", &["document", "json"]),
    ("encode", &["document", "json"]),
    // Configuration, and what knows them all.
    ("summary", &["error", "fanout"]),
    ("output", &["error", "fanout", "response", "summary"]),
    ("scratch", &["intake", "limits", "normalize", "output"]),
    ("config", &["enrich", "index", "redact", "traceback"]),
    ("telemetry", &["config", "error", "summary"]),
    (
        "pipeline",
        &[
            "config",
            "document",
            "encode",
            "enrich",
            "error",
            "event",
            "index",
            "intake",
            "json",
            "limits",
            "normalize",
            "output",
            "redact",
            "response",
            "scratch",
            "summary",
            "traceback",
            "watch",
        ],
    ),
    // Who looks on, and explains.
    ("watch", &["document", "redact"]),
    (
        "explain",
        &[
            "config", "document", "error", "event", "intake", "json", "output", "pipeline",
            "redact", "scratch", "watch",
        ],
    ),
    (
        "transform",
        &[
            "config", "document", "error", "event", "fanout", "intake", "limits", "output",
            "pipeline", "response", "scratch", "summary",
        ],
    ),
];

fn sources() -> BTreeMap<PathBuf, String> {
    let mut sources = BTreeMap::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
                sources.insert(path.strip_prefix(src).unwrap().to_owned(), text);
            }
        }
    }
    sources
}

/// The code of a file without its comments and its tests.
fn code(text: &str) -> String {
    let text = text.split("#[cfg(test)]").next().unwrap();
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn module(path: &Path) -> String {
    let first = path.components().next().unwrap().as_os_str().to_str().unwrap();
    first.trim_end_matches(".rs").to_owned()
}

#[test]
fn every_arrow_is_drawn_and_none_is_missing() {
    let allowed: BTreeMap<&str, &[&str]> = ARROWS.iter().copied().collect();
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (path, text) in sources() {
        let from = module(&path);
        if from == "lib" || from == "bin" || path.ends_with("tests.rs") {
            continue;
        }
        let arrows = found.entry(from.clone()).or_default();
        for piece in code(&text).split("crate::").skip(1) {
            let to: String =
                piece.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if to != from && !arrows.contains(&to) {
                arrows.push(to);
            }
        }
    }
    for (from, arrows) in &found {
        let allowed = allowed.get(from.as_str()).unwrap_or_else(|| panic!("{from} is not drawn"));
        for to in arrows {
            assert!(allowed.contains(&to.as_str()), "{from} uses {to}");
        }
        for to in *allowed {
            assert!(arrows.iter().any(|arrow| arrow == to), "{from} does not use {to} any more");
        }
    }
    assert_eq!(found.len(), ARROWS.len());
}

#[test]
fn only_redaction_seals() {
    for (path, text) in sources() {
        if code(&text).contains("Redacted::seal(") {
            assert!(path.starts_with("redact"), "{} seals a document", path.display());
        }
    }
}

#[test]
fn only_telemetry_writes_to_the_standard_streams_of_the_function() {
    for (path, text) in sources() {
        let writes = ["stderr()", "stdout()", "println!", "eprintln!"];
        if writes.iter().any(|call| code(&text).contains(call)) {
            let may = path == Path::new("telemetry.rs") || path.starts_with("bin/nozzle");
            assert!(may, "{} writes to a standard stream", path.display());
        }
    }
}
