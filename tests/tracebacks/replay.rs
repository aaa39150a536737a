//! Replays what real programs printed when they failed, whatever their language, and shows what is
//! found in composed texts.
//!
//! `tests/tracebacks/LANGUAGE` holds for each program its source, what it wrote, `NAME.txt`, and what
//! its source says must be found, `NAME.json`. The output under another version or setting is
//! `NAME@VARIANT.txt`; it has expectations of its own only where it says something else.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::print_stdout,
    dead_code
)]

use std::fmt::{Debug, Write};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use nozzle::traceback::{Exception, Found, Frame, MAX_EXCEPTIONS, find_traceback};
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

/// One exception, with the innermost of its frames.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectedException {
    r#type: Option<String>,
    message: Option<String>,
    relation: String,
    /// The exception before it, unless this says otherwise.
    parent: Option<usize>,
    file: Option<String>,
    line: Option<u64>,
    module: Option<String>,
    function: Option<String>,
    code: Option<String>,
    frames: Option<u64>,
}

/// How exactly the expectations say what stands before a traceback.
#[derive(Clone, Copy)]
pub(crate) enum Before {
    /// To the byte.
    Exactly,
    /// But for blanks at its ends.
    Trimmed,
    /// With its beginning; nothing stands there if that is empty.
    Beginning,
}

/// The programs of one language, and what is compared of them.
pub(crate) struct Programs {
    pub(crate) language: &'static str,
    /// How many cases there are at least.
    pub(crate) at_least: usize,
    pub(crate) before: Before,
    /// The parts of a frame that it has not when the expectations leave them out. Other parts are
    /// then not looked at.
    pub(crate) always: &'static [&'static str],
    /// Whether other variants print other frames of the runtime's own, so that neither lines nor
    /// numbers of frames are compared, nor files outside the program.
    pub(crate) variants_differ: bool,
    /// Takes off a type or a file what depends on the version.
    pub(crate) without_version: fn(&str) -> String,
}

impl Programs {
    pub(crate) const fn of(language: &'static str, at_least: usize) -> Self {
        Self {
            language,
            at_least,
            before: Before::Exactly,
            always: &[],
            variants_differ: false,
            without_version: str::to_owned,
        }
    }

    /// Replays the programs, prints a table of what was right, and fails if anything was not.
    pub(crate) fn replay(&self) {
        const COLUMNS: [&str; 5] = ["type", "message", "innermost", "causes", "other"];
        let cases = self.cases();
        let mut wrong = Vec::new();
        println!("{:36} {}", self.language, COLUMNS.join(" "));
        for case in &cases {
            let name = case.file_stem().unwrap().to_str().unwrap();
            let text = fs::read_to_string(case).unwrap();
            let differences = match find_traceback(&text) {
                Some(found) => self.compare(name, &text, &found),
                None => COLUMNS.map(|column| (column, "nothing found".to_owned())).into(),
            };
            let is_right = |column| {
                let is_wrong = differences.iter().any(|(differing, _)| *differing == column);
                if is_wrong { "WRONG" } else { "right" }
            };
            println!("{name:36} {}", COLUMNS.map(is_right).join(" "));
            let told = |(column, what): &(&str, String)| format!("{name}: {column}: {what}");
            wrong.extend(differences.iter().map(told));
        }
        assert!(cases.len() >= self.at_least, "the cases are not where they should be");
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Fails unless each variant has the fingerprint of its program, but for those that have
    /// expectations of their own and those named in `except`, and unless there are `at_least` such.
    pub(crate) fn variants_agree_on_the_fingerprint(&self, at_least: usize, except: &[&str]) {
        let fingerprint = |path: &Path| {
            let text = fs::read_to_string(path).unwrap();
            find_traceback(&text).unwrap().traceback.fingerprint()
        };
        let mut compared = 0;
        for case in self.cases() {
            let name = case.file_stem().unwrap().to_str().unwrap();
            let Some((base, _)) = name.split_once('@').filter(|(base, _)| !except.contains(base))
            else {
                continue;
            };
            if case.with_extension("json").exists() {
                continue;
            }
            let expected = fingerprint(&self.directory().join(format!("{base}.txt")));
            assert_eq!(fingerprint(&case), expected, "{name}");
            compared += 1;
        }
        assert!(compared >= at_least, "the cases are not where they should be");
    }

    fn directory(&self) -> PathBuf {
        let folder = self.language.replace('+', "p");
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tracebacks").join(folder)
    }

    fn cases(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.directory()).into_iter().flatten().flatten();
        let mut cases: Vec<PathBuf> = entries
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
            .collect();
        cases.sort();
        cases
    }

    fn expected(&self, name: &str) -> Expected {
        let base = name.split('@').next().unwrap();
        let expected = [name, base]
            .iter()
            .find_map(|name| fs::read_to_string(self.directory().join(format!("{name}.json"))).ok())
            .unwrap_or_else(|| panic!("{base}.json is missing"));
        serde_json::from_str(&expected).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// What differs, each with the column of the table in which it counts.
    fn compare(&self, name: &str, text: &str, found: &Found<'_>) -> Vec<(&'static str, String)> {
        let expected = self.expected(name);
        let has_other_frames = self.variants_differ && name.contains('@');
        let mut differences = Vec::new();
        let mut check =
            |column: &'static str, what: &str, found: &dyn Debug, expected: &dyn Debug| {
                let (found, expected) = (format!("{found:?}"), format!("{expected:?}"));
                if found != expected {
                    let told = format!("{what}: {found}, expected {expected}");
                    differences.push((column, told));
                }
            };
        let traceback = &found.traceback;
        check("other", "language", &traceback.language, &self.language);
        let before = &text[..found.span.start];
        match self.before {
            _ if expected.logged => check("other", "nothing before", &before.is_empty(), &false),
            Before::Exactly => check("other", "before", &before, &expected.before),
            Before::Trimmed => check("other", "before", &before.trim(), &expected.before.trim()),
            Before::Beginning => {
                check("other", "before", &before.starts_with(&expected.before), &true);
                let is_empty = (before.is_empty(), expected.before.is_empty());
                check("other", "nothing before", &is_empty.0, &is_empty.1);
            }
        }
        check("other", "truncated", &traceback.truncated, &expected.truncated);
        if let Some(culprit) = &expected.culprit {
            check("other", "culprit", &traceback.culprit().as_ref(), &Some(culprit));
        }
        let counts = (traceback.exceptions.len(), expected.exceptions.len());
        check("causes", "exceptions", &counts.0, &counts.1);
        for (found, expected) in traceback.exceptions.iter().zip(&expected.exceptions) {
            let id = found.id;
            let normal = |text: Option<&str>| text.map(self.without_version);
            let types = (found.exception_type.as_deref(), expected.r#type.as_deref());
            check("type", &id.to_string(), &normal(types.0), &normal(types.1));
            let message = &expected.message.as_deref();
            check("message", &id.to_string(), &found.message.as_deref(), message);
            let relation = (found.relation.as_str(), found.parent);
            let parent = expected.parent.or(id.checked_sub(1));
            check("causes", &id.to_string(), &relation, &(expected.relation.as_str(), parent));
            let innermost = found.frames.first().cloned().unwrap_or_default();
            let files = (normal(innermost.file.as_deref()), normal(expected.file.as_deref()));
            let part =
                |text: &Option<std::borrow::Cow<'_, str>>| text.as_deref().map(str::to_owned);
            let line = |line: Option<u64>| line.map(|line| line.to_string());
            let parts = [
                ("file", files.0, files.1),
                ("line", line(innermost.line), line(expected.line)),
                ("module", part(&innermost.module), expected.module.clone()),
                ("function", part(&innermost.function), expected.function.clone()),
                ("code", part(&innermost.code), expected.code.clone()),
            ];
            for (what, found, expected) in parts {
                let is_other = match what {
                    "file" => has_other_frames && !innermost.in_app,
                    "line" => has_other_frames,
                    _ => false,
                };
                if !is_other && (expected.is_some() || self.always.contains(&what)) {
                    check("innermost", &format!("{id} {what}"), &found, &expected);
                }
            }
            if expected.frames.is_some() && !has_other_frames {
                let frames = Some(found.frame_count);
                check("other", &format!("{id} frames"), &frames, &expected.frames);
            }
        }
        differences
    }
}

/// A traceback in one line: for each exception its relation, the number of its parent, its type,
/// its message, and the functions of its frames from the innermost on; `…` for a truncated one.
pub(crate) fn brief(text: &str) -> String {
    brief_by(
        text,
        |exception| {
            let parent = exception.parent.map(|parent| parent.to_string());
            exception.relation.as_str().to_owned() + &parent.unwrap_or_default()
        },
        |frame| frame.function.as_deref().unwrap_or("?").to_owned(),
    )
}

/// Like [`brief`], without the parents' numbers, and with each function behind the module that was
/// printed.
pub(crate) fn brief_with_modules(text: &str) -> String {
    brief_by(
        text,
        |exception| exception.relation.as_str().to_owned(),
        |frame| {
            let module = frame.module.as_deref().map(|module| format!("{module}."));
            module.unwrap_or_default() + frame.function.as_deref().unwrap_or("?")
        },
    )
}

fn brief_by(
    text: &str,
    relation: impl Fn(&Exception<'_>) -> String,
    function: impl Fn(&Frame<'_>) -> String,
) -> String {
    let Some(found) = find_traceback(text) else { return "nothing".to_owned() };
    let mut brief = String::new();
    for exception in &found.traceback.exceptions {
        let functions: Vec<_> = exception.frames.iter().map(&function).collect();
        let relation = relation(exception);
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

/// The fingerprint of the traceback in `text`; empty when there is none.
pub(crate) fn fingerprint(text: &str) -> String {
    find_traceback(text).map(|found| found.traceback.fingerprint()).unwrap_or_default()
}

/// Fails if a traceback is found in any of `texts`, but for those that `elsewhere` names with the
/// language whose traceback they are.
pub(crate) fn holds_no_traceback(texts: &[&str], elsewhere: &[(&str, &str)]) {
    for text in texts {
        let language = find_traceback(text).map(|found| found.traceback.language);
        let expected = elsewhere.iter().find(|(other, _)| other == text);
        assert_eq!(language, expected.map(|(_, language)| *language), "{text}: {}", brief(text));
    }
}

/// Fails if it takes more than in proportion, and `slack` more, to look through four times as many
/// of `unit` after `start`: 1 MiB instead of 256 KiB.
pub(crate) fn costs_what_its_size_costs(start: &str, unit: &str, slack: Duration) {
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
    let limit = small * 10 + slack;
    let shown = &unit[..unit.floor_char_boundary(80)];
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
