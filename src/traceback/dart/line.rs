//! The lines of Dart's tracebacks: heads, frames in both forms, and what stands between them.

use std::borrow::Cow;

use super::super::in_app::is_in_app;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};

/// What announces an exception that nobody caught.
const UNHANDLED: &[&str] = &["Unhandled exception:", "Unhandled Exception:"];

/// What Flutter's engine writes before that.
const ENGINE: &str = "[ERROR:flutter/";

/// What begins the title of a report by Flutter, and what ends it.
const REPORT: (&str, &str) = ("══╡ ", " ╞══");

/// What Flutter says before the message of an exception.
const FOLLOWING: &str = "The following ";

/// Begins a frame in the terse form: the kind of URI that no other language prints, or a file.
const SCHEMES: &[&str] = &["package:", "dart:", "file:///", "org-dartlang-"];

/// How the name of a source file ends.
const FILE: &str = ".dart";

/// The head of a traceback.
#[derive(Debug, Clone, Copy)]
pub(super) struct Head<'a> {
    /// Where on its line it begins.
    pub(super) start: usize,
    /// What of the message stands on its line; none in the title of a report.
    pub(super) message: &'a str,
    is_report: bool,
}

impl Head<'_> {
    /// Whether it is the title of a report, which announces the message later.
    pub(super) fn is_report(&self) -> bool {
        self.is_report
    }
}

/// The head on `line`.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    for text in UNHANDLED {
        if let Some(start) = line.find_mark(text) {
            let message = line.get(start + text.len()..)?.trim_start();
            let start = line.get(..start)?.find_mark(ENGINE).unwrap_or(start);
            return Some(Head { start, message, is_report: false });
        }
    }
    let start = line.find_mark(REPORT.0).filter(|_| line.holds(REPORT.1))?;
    Some(Head { start, message: "", is_report: true })
}

/// What a line of Flutter's reports says was thrown: a type, or words for others. It is
/// `FormatException` in `The following FormatException was thrown building Inbox(dirty):`.
pub(super) fn thrown(line: &str) -> Option<&str> {
    let (name, rest) = line.trim().strip_prefix(FOLLOWING)?.split_once(' ')?;
    rest.trim_start_matches("object ").starts_with("was thrown").then_some(name)
}

/// The sentence that says what was thrown, which Flutter wraps.
#[derive(Debug, Default)]
pub(super) struct Sentence {
    /// Brackets that are open.
    open: usize,
    is_at_end: bool,
}

impl Sentence {
    /// Whether the sentence ended before `line`, the next one.
    pub(super) fn ends_before(&mut self, line: &str) -> bool {
        if self.is_at_end {
            return true;
        }
        for byte in line.bytes() {
            match byte {
                b'(' => self.open += 1,
                b')' => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
        self.is_at_end = self.open == 0 && line.trim_end().ends_with(':');
        false
    }
}

/// Splits the type off a `message`: that before the colon, and that of `Instance of 'T'`.
pub(super) fn typed(message: Option<Cow<'_, str>>) -> (Option<Cow<'_, str>>, Option<Cow<'_, str>>) {
    let Some(whole) = &message else { return (None, None) };
    let first = whole.lines().next().unwrap_or_default();
    if let Some(name) = instance(first) {
        return (Some(Cow::Owned(name.to_owned())), message);
    }
    let name = first.split(':').next().unwrap_or_default();
    if !is_exception(name) {
        return (None, message);
    }
    let length = name.len();
    let (name, rest) = match message {
        Some(Cow::Borrowed(text)) => {
            let (name, rest) = text.split_at_checked(length).unwrap_or_default();
            (Cow::Borrowed(name), Cow::Borrowed(rest.trim_start_matches(':').trim_start()))
        }
        Some(Cow::Owned(text)) => {
            let (name, rest) = text.split_at_checked(length).unwrap_or_default();
            let rest = rest.trim_start_matches(':').trim_start().to_owned();
            (Cow::Owned(name.to_owned()), Cow::Owned(rest))
        }
        None => return (None, None),
    };
    (Some(name), Some(rest).filter(|rest| !rest.is_empty()))
}

/// `T` of `Instance of 'T'`.
fn instance(line: &str) -> Option<&str> {
    let name = line.strip_prefix("Instance of '")?.strip_suffix('\'')?;
    (!name.is_empty() && name.len() <= MAX_NAME_BYTES && !name.contains('\'')).then_some(name)
}

/// Whether `name` is what people call exceptions.
pub(super) fn is_exception(name: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$');
    ["Exception", "Error"].iter().any(|ending| name.ends_with(ending))
        && name.len() <= MAX_NAME_BYTES
        && !name.starts_with(|c: char| c.is_ascii_digit())
        && name.bytes().all(is_word)
}

/// How many bytes stand before the frame that ends `line`.
pub(super) fn before_frame(line: &str) -> Option<usize> {
    // Most lines name no file.
    if !line.holds(".dart") && !line.holds("(dart:") {
        return None;
    }
    let text = line.trim_end();
    let numbered = text.rfind_mark(" (").and_then(|end| text.get(..end)?.find('#'));
    let at = numbered.into_iter().chain([line.len() - line.trim_start().len()]);
    at.filter(|&at| text.get(at..).is_some_and(|text| frame(text).is_some()))
        .map(|at| {
            let before = line.get(..at).unwrap_or_default();
            if before.trim().is_empty() { 0 } else { at }
        })
        .next()
}

/// The frame that `text` is, in either form.
pub(super) fn frame(text: &str) -> Option<Frame<'_>> {
    numbered(text).or_else(|| terse(text))
}

/// `#0      Inbox.open (package:mail/inbox.dart:12:7)`
fn numbered(text: &str) -> Option<Frame<'_>> {
    let digits = text.strip_prefix('#')?;
    let rest = digits.trim_start_matches(|c: char| c.is_ascii_digit());
    let (function, uri) = rest.strip_suffix(')')?.rsplit_at_mark(" (")?;
    if rest.len() == digits.len() || !function.starts_with(' ') {
        return None;
    }
    let (uri, column) = without_number(uri);
    let (uri, line) = if column.is_some() { without_number(uri) } else { (uri, None) };
    // A number alone is that of the line.
    let (line, column) = if line.is_none() { (column, None) } else { (line, column) };
    built(uri, line, column, function.trim())
}

/// `package:mail/inbox.dart 12:7   Inbox.open`
fn terse(text: &str) -> Option<Frame<'_>> {
    let (uri, rest) = text.split_once(' ')?;
    let starts_like_file = SCHEMES.iter().any(|scheme| uri.starts_with(scheme))
        || uri.ends_with(FILE) && !uri.contains([':', '(', '"', '\'']);
    if !starts_like_file {
        return None;
    }
    let (place, function) = match rest.split_once(' ') {
        Some((place, function)) if place.starts_with(|c: char| c.is_ascii_digit()) => {
            (place, function)
        }
        // The library's own frames have no line.
        _ => ("", rest),
    };
    // The members stand in a column of their own, two blanks apart.
    if !function.starts_with(' ') || function.trim().contains("  ") {
        return None;
    }
    let (line, column) = match place.split_once(':') {
        Some((line, column)) => (Some(line.parse().ok()?), Some(column.parse().ok()?)),
        None if place.is_empty() => (None, None),
        None => (Some(place.parse().ok()?), None),
    };
    built(uri, line, column, function.trim())
}

fn built<'a>(
    uri: &'a str,
    line: Option<u64>,
    column: Option<u64>,
    function: &'a str,
) -> Option<Frame<'a>> {
    let is_file = uri.ends_with(FILE) || uri.strip_prefix("dart:").is_some_and(is_library);
    let are_names = [uri, function].iter().all(|it| !it.is_empty() && it.len() <= MAX_NAME_BYTES);
    if !is_file || !are_names {
        return None;
    }
    let mut frame = Frame {
        file: Some(uri.into()),
        line,
        column,
        function: Some(function.into()),
        ..Frame::default()
    };
    frame.in_app = is_in_app(&frame);
    Some(frame)
}

/// `core`, `async/zone`, as the SDK's libraries are called.
fn is_library(name: &str) -> bool {
    !name.is_empty()
        && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'/'))
}

/// Takes `:12` off the end.
fn without_number(text: &str) -> (&str, Option<u64>) {
    let split = text.rsplit_once(':').and_then(|(uri, n)| Some((uri, n.parse().ok()?)));
    split.map_or((text, None), |(uri, number)| (uri, Some(number)))
}

/// Whether `text` is what stands where a call waited for another.
pub(super) fn is_gap(text: &str) -> bool {
    text == "<asynchronous suspension>" || text.starts_with("===== asynchronous gap =====")
}

/// How many frames Flutter says it left out: `(elided 3 frames from dart:async)`,
/// `...     Normal element mounting (12 frames)`.
pub(super) fn elided(text: &str) -> Option<u64> {
    if let Some(rest) = text.strip_prefix("(elided ") {
        if rest.starts_with("one frame ") {
            return Some(1);
        }
        return rest.split_at_mark(" frames ")?.0.parse().ok();
    }
    let rest = text.strip_prefix("...")?.strip_suffix(" frames)")?;
    rest.rsplit_at_mark(" (")?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        type Row = (&'static str, &'static str, u64, u64, &'static str, bool);
        let table: &[Row] = &[
            ("#0      main (package:app/a.dart:12:7)", "package:app/a.dart", 12, 7, "main", true),
            ("#1      main (file:///x/a.dart:3)", "file:///x/a.dart", 3, 0, "main", true),
            (
                "#12     main.<anonymous closure> (bin/a.dart:3:5)",
                "bin/a.dart",
                3,
                5,
                "main.<anonymous closure>",
                true,
            ),
            ("#0      new Foo (package:a/b.dart)", "package:a/b.dart", 0, 0, "new Foo", true),
            (
                "#0      List.[] (dart:core-patch/growable_array.dart:264:36)",
                "dart:core-patch/growable_array.dart",
                264,
                36,
                "List.[]",
                false,
            ),
            ("#3      f (dart:isolate)", "dart:isolate", 0, 0, "f", false),
            ("#3      f (package:flutter/a.dart:1:2)", "package:flutter/a.dart", 1, 2, "f", false),
            ("package:a/b.dart 12:7  main.<fn>", "package:a/b.dart", 12, 7, "main.<fn>", true),
            ("lib/b.dart 12  new Foo", "lib/b.dart", 12, 0, "new Foo", true),
            ("dart:async   _rootRun", "dart:async", 0, 0, "_rootRun", false),
        ];
        for &(text, file, line, column, function, in_app) in table {
            let some = |number| Some(number).filter(|number| *number > 0);
            let expected = Frame {
                file: Some(file.into()),
                line: some(line),
                column: some(column),
                function: Some(function.into()),
                in_app,
                ..Frame::default()
            };
            assert_eq!(frame(text), Some(expected), "{text}");
        }
        for text in [
            "#0 first",
            "#0 first (second)",
            "#0 /app/a.php(6): f()",
            "#0      main (a.dart:1:2",
            "#      main (a.dart:1:2)",
            "#0main (a.dart:1:2)",
            "#0       (a.dart:1:2)",
            "lib/a.dart 12:7 main",
            "lib/a.dart",
            "lib/a.dart x  main",
            "lib/a.dart:12:7: Error: x",
            "12 lib/a.dart  main",
        ] {
            assert_eq!(frame(text), None, "{text}");
        }
    }

    #[test]
    fn types() {
        let table = [
            ("FormatException: bad", Some("FormatException"), Some("bad")),
            ("Exception: a: b", Some("Exception"), Some("a: b")),
            ("BoxError", Some("BoxError"), None),
            ("Instance of 'Foo<int>'", Some("Foo<int>"), Some("Instance of 'Foo<int>'")),
            ("Bad state: No element", None, Some("Bad state: No element")),
            ("type 'int' is not a", None, Some("type 'int' is not a")),
            ("RangeError (index): x", None, Some("RangeError (index): x")),
            ("an Error: x", None, Some("an Error: x")),
        ];
        for (text, name, message) in table {
            for text in [Cow::Borrowed(text), Cow::Owned(text.to_owned())] {
                let (found, rest) = typed(Some(text));
                assert_eq!((found.as_deref(), rest.as_deref()), (name, message));
            }
        }
    }

    #[test]
    fn elisions() {
        assert_eq!(elided("(elided 3 frames from dart:async)"), Some(3));
        assert_eq!(elided("(elided one frame from package:stack_trace)"), Some(1));
        assert_eq!(elided("...     Normal element mounting (12 frames)"), Some(12));
        assert_eq!(elided("... more"), None);
    }
}
