//! Replays what real programs printed when they failed, and compares it with what their sources
//! say must be found. Shows what is found in composed texts.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::print_stdout)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use nozzle::traceback::{Exception, Found, MAX_EXCEPTIONS, find_traceback};
use serde::Deserialize;

/// What must be found in `NAME.txt`, as `NAME.json` says it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    exceptions: Vec<ExpectedException>,
    /// What stands before the traceback.
    #[serde(default)]
    before: String,
    /// Whether a logger's own words stand before it, which differ from run to run.
    #[serde(default)]
    logged: bool,
    #[serde(default)]
    truncated: bool,
    culprit: Option<String>,
}

/// One exception, with the innermost of its frames. A line or a number of frames that is left out
/// is not looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedException {
    r#type: Option<String>,
    message: Option<String>,
    relation: String,
    parent: Option<usize>,
    module: Option<String>,
    function: Option<String>,
    file: Option<String>,
    line: Option<u64>,
    frames: Option<u64>,
}

/// Replays the cases of `language`, prints a table of them and fails if anything is not as
/// expected. There must be at least `least` cases.
pub(crate) fn replay(language: &str, least: usize) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks").join(language);
    let mut names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    names.sort();
    let mut wrong = Vec::new();
    let mut table = String::from("type  message  frame  causes\n");
    for path in &names {
        let name = path.file_stem().unwrap().to_str().unwrap();
        let expected = fs::read_to_string(path.with_extension("json"))
            .unwrap_or_else(|_| panic!("{name}.json is missing"));
        let expected: Expected = serde_json::from_str(&expected).unwrap();
        let text = fs::read_to_string(path).unwrap();
        let found = find_traceback(&text);
        for column in row(found.as_ref(), &expected) {
            write!(table, "{}", if column { "right " } else { "WRONG " }).unwrap();
        }
        writeln!(table, "{name}").unwrap();
        match found {
            None => wrong.push(format!("{name}: nothing found")),
            Some(found) if found.traceback.language != language => {
                wrong.push(format!("{name}: found as {}", found.traceback.language));
            }
            Some(found) => compare(name, &text, &found, &expected, &mut wrong),
        }
    }
    println!("{table}{} cases", names.len());
    assert!(names.len() >= least, "the cases are not where they should be");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether type, message, innermost frame and causes are right.
fn row(found: Option<&Found<'_>>, expected: &Expected) -> [bool; 4] {
    let Some(found) = found else { return [false; 4] };
    let exceptions = &found.traceback.exceptions;
    let (root, expected_root) = (&exceptions[0], &expected.exceptions[0]);
    let causes = exceptions.iter().map(|exception| exception.exception_type.as_deref());
    let expected_causes = expected.exceptions.iter().map(|exception| exception.r#type.as_deref());
    [
        root.exception_type.as_deref() == expected_root.r#type.as_deref(),
        root.message.as_deref() == expected_root.message.as_deref(),
        innermost(root) == expected_innermost(expected_root),
        causes.eq(expected_causes),
    ]
}

type Names<'a> = (Option<&'a str>, Option<&'a str>);

fn innermost<'a>(exception: &'a Exception<'_>) -> Names<'a> {
    let frame = exception.frames.first();
    (
        frame.and_then(|frame| frame.module.as_deref()),
        frame.and_then(|frame| frame.function.as_deref()),
    )
}

fn expected_innermost(exception: &ExpectedException) -> Names<'_> {
    (exception.module.as_deref(), exception.function.as_deref())
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
    if expected.logged {
        check("something stands before", &before.is_empty(), &false);
    } else {
        check("before", &before, &expected.before);
    }
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
        check("type", &found.exception_type.as_deref(), &expected.r#type.as_deref());
        check("message", &found.message.as_deref(), &expected.message.as_deref());
        check("relation", &found.relation.as_str(), &expected.relation);
        check("parent", &found.parent, &expected.parent);
        check("frame", &innermost(found), &expected_innermost(expected));
        let frame = found.frames.first();
        if expected.file.is_some() {
            let file = frame.and_then(|frame| frame.file.as_deref());
            check("file", &file, &expected.file.as_deref());
        }
        if expected.line.is_some() {
            check("line", &frame.and_then(|frame| frame.line), &expected.line);
        }
        if expected.frames.is_some() {
            check("frames", &Some(found.frame_count), &expected.frames);
        }
    }
}

/// A traceback in one line: for each exception its relation, type, message, and the functions of
/// its frames from the innermost on; `…` for a truncated one.
pub(crate) fn brief(text: &str) -> String {
    let Some(found) = find_traceback(text) else { return "nothing".to_owned() };
    let mut brief = String::new();
    for exception in &found.traceback.exceptions {
        let functions: Vec<_> =
            exception.frames.iter().map(|frame| frame.function.as_deref().unwrap_or("?")).collect();
        write!(
            brief,
            "{}{} {}: {} [{}]; ",
            exception.relation.as_str(),
            exception.parent.map(|parent| parent.to_string()).unwrap_or_default(),
            exception.exception_type.as_deref().unwrap_or("?"),
            exception.message.as_deref().unwrap_or("-"),
            functions.join(" ")
        )
        .unwrap();
    }
    brief.push_str(if found.traceback.truncated { "…" } else { "." });
    brief
}

/// The part of `text` that is its traceback.
pub(crate) fn span(text: &str) -> &str {
    find_traceback(text).and_then(|found| text.get(found.span)).unwrap_or_default()
}

/// Fails if it takes more than in proportion to look through 1 MiB of `unit` after `start`.
pub(crate) fn costs_what_its_size_costs(start: &str, unit: &str) {
    let time = |size: usize| {
        let text = format!("{start}{}", unit.repeat(size / unit.len()));
        let fastest = [(); 3].map(|()| {
            let before = Instant::now();
            std::hint::black_box(find_traceback(&text));
            before.elapsed()
        });
        fastest.into_iter().min().unwrap_or_default()
    };
    let (small, large) = (time(256 << 10), time(1 << 20));
    // Four times the size: four times the time if linear, sixteen times if quadratic.
    let limit = small * 10 + Duration::from_millis(20);
    let shown = unit.get(..unit.floor_char_boundary(80)).unwrap_or_default();
    assert!(large < limit, "{small:?} for 256 KiB and {large:?} for 1 MiB of {shown:?}");
}

/// Fails unless what is found in `text` is consistent in itself.
pub(crate) fn is_consistent(text: &str) {
    let Some(found) = find_traceback(text) else { return };
    assert!(text.get(found.span.clone()).is_some_and(|span| !span.is_empty()), "{text:?}");
    let exceptions = &found.traceback.exceptions;
    assert!((1..=MAX_EXCEPTIONS).contains(&exceptions.len()), "{text:?}");
    for (id, exception) in exceptions.iter().enumerate() {
        assert_eq!(exception.id, id, "{text:?}");
        assert!(exception.parent.is_none_or(|parent| parent < id), "{text:?}");
        assert_eq!(exception.parent.is_none(), id == 0, "{text:?}");
        assert!(exception.frame_count >= exception.frames.len() as u64, "{text:?}");
        assert!(exception.frames.len() <= 100, "{text:?}");
    }
}
