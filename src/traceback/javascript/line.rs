//! The grammar of single lines: V8's frames, the line with name and message, the excerpt of the
//! source.

use super::super::marks::Marks as _;
use std::sync::LazyLock;

use super::super::heads::{Head, Surety};
use super::super::in_app;
use super::super::lines::is_level;
use super::super::literals::Literals;
use super::super::model::{Frame, MAX_NAME_BYTES};

/// Files of Node up to 14 whose frames name them without any directory.
const NODE_FILES: &[&str] = &[
    "_http_client.js",
    "_http_outgoing.js",
    "_http_server.js",
    "_stream_readable.js",
    "_stream_writable.js",
    "_tls_wrap.js",
    "assert.js",
    "bootstrap_node.js",
    "buffer.js",
    "child_process.js",
    "dgram.js",
    "dns.js",
    "domain.js",
    "events.js",
    "fs.js",
    "http.js",
    "module.js",
    "net.js",
    "path.js",
    "stream.js",
    "timers.js",
    "url.js",
    "util.js",
    "vm.js",
    "zlib.js",
];

/// How far the frames of an error stand inside its head.
pub(super) const FRAME: usize = 4;

/// The width of the indent of `line`, and what follows it.
pub(super) fn indent(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches(' ');
    (line.len() - text.len(), text)
}

/// A frame in its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Call<'a> {
    pub(super) indent: usize,
    pub(super) frame: Frame<'a>,
    /// Whether a brace follows, and the error's properties on the next lines.
    pub(super) opens: bool,
}

/// Reads `    at async load [as page] (/app/page.js:3:9) {`.
pub(super) fn call(line: &str) -> Option<Call<'_>> {
    let (indent, text) = indent(line);
    let call = text.strip_prefix("at ").filter(|_| indent >= FRAME)?.trim_end();
    let (call, opens) = without_brace(call);
    // In an array of errors a comma follows the last frame.
    let call = call.strip_suffix(',').unwrap_or(call);
    let call = call.strip_prefix("async ").unwrap_or(call);
    let (function, place) = match call.strip_suffix(')').and_then(|call| call.split_at_mark(" (")) {
        Some((function, place)) => (Some(function), place),
        None => (None, call),
    };
    let function = function.map(without_alias);
    let place = Place::parse(place)?;
    // Without a function only a position tells a frame from prose.
    if (function.is_none() && place.line.is_none() && place.file != Some("<anonymous>"))
        || function.is_some_and(|function| !is_function(function))
    {
        return None;
    }
    let mut frame = Frame {
        file: place.file.map(Into::into),
        line: place.line,
        column: place.column,
        function: function.map(Into::into),
        ..Frame::default()
    };
    let is_builtin = place.line.is_none() || place.file.is_some_and(|f| NODE_FILES.contains(&f));
    frame.in_app = !is_builtin && in_app::is_in_app(&frame);
    Some(Call { indent, frame, opens })
}

/// Whether `name` could be a function's. V8 prints the object before the name of a method, so that
/// no name begins with a digit, as the times of prose do.
fn is_function(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && !name.starts_with(|c: char| c.is_ascii_digit())
}

/// `text` without the ` {` at its end, and whether it had one.
pub(super) fn without_brace(text: &str) -> (&str, bool) {
    text.strip_suffix(" {").map_or((text, false), |text| (text, true))
}

/// `Object.save [as keep]` as `Object.save`.
fn without_alias(function: &str) -> &str {
    let alias = function.strip_suffix(']').and_then(|function| function.rsplit_at_mark(" [as "));
    alias.map_or(function, |(function, _)| function)
}

/// Where a frame stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place<'a> {
    file: Option<&'a str>,
    line: Option<u64>,
    column: Option<u64>,
}

impl<'a> Place<'a> {
    fn parse(place: &'a str) -> Option<Self> {
        let without_line = |file| Some(Self { file, line: None, column: None });
        if matches!(place, "<anonymous>" | "native") || place.starts_with("wasm://") {
            return without_line(Some(place)).filter(|_| place.len() <= MAX_NAME_BYTES);
        }
        if place.strip_prefix("index ").is_some_and(is_number) {
            return without_line(None);
        }
        let place = match place.strip_prefix("eval at ") {
            Some(eval) => eval.rsplit_at_mark(", ")?.1,
            None => place.strip_prefix("address at ").unwrap_or(place),
        };
        let (before, last) = before_number(place)?;
        let (file, line, column) = match before_number(before) {
            Some((file, line)) => (file, line, Some(last)),
            None => (before, last, None),
        };
        let is_known = match column {
            Some(_) => is_path(file),
            None => is_script(file),
        };
        let place = Self { file: Some(file), line: Some(line), column };
        (is_known && file.len() <= MAX_NAME_BYTES).then_some(place)
    }
}

/// The text before the colon and number at the end of `text`, and the number.
pub(super) fn before_number(text: &str) -> Option<(&str, u64)> {
    let (before, digits) = text.rsplit_once(':')?;
    (is_number(digits) && !before.is_empty()).then_some((before, digits.parse().ok()?))
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether `file` could be a script: `/app/a.js`, `node:fs`, `evalmachine.<anonymous>`, `REPL1`.
fn is_path(file: &str) -> bool {
    let is_known = file.starts_with("node:") || file.starts_with("REPL");
    let has_mark = file.contains(['/', '\\', '.', '<', '[']);
    is_known || (has_mark && file.contains(char::is_alphabetic))
}

fn is_script(file: &str) -> bool {
    let ending = file.rsplit('.').next().unwrap_or_default();
    file.len() > ending.len()
        && matches!(ending, "js" | "mjs" | "cjs" | "jsx" | "ts" | "mts" | "cts" | "tsx")
}

/// The frames for which a line stands that hides what the cause prints as well:
/// `    ... 5 lines matching cause stack trace ... {`, and whether it opens properties.
pub(super) fn hidden(line: &str) -> Option<(u64, bool)> {
    let (_, text) = indent(line);
    let (text, opens) = without_brace(text.trim_end());
    let count = text.strip_prefix("... ")?.strip_suffix(" lines matching cause stack trace ...")?;
    Some((count.parse().ok()?, opens))
}

/// What stands before the name of an error that nobody caught.
const ANNOUNCEMENTS: &[&str] = &[
    "error: Uncaught (in promise) ",
    "error: Uncaught ",
    "Uncaught (in promise) ",
    "Uncaught ",
    "Unhandled rejection ",
    "UnhandledPromiseRejectionWarning: ",
];

/// The line with which an error begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) error_type: &'a str,
    /// The first line of the message, empty if there is none. It reaches to the end of the text
    /// unless brackets enclose it.
    pub(super) message: &'a str,
    /// Whether the error stands in brackets, because it has no stack.
    pub(super) bracketed: bool,
    /// Whether a brace follows the brackets.
    pub(super) opens: bool,
    /// Whether the name, or a code after it, says that it is an error's.
    pub(super) evident: bool,
}

impl<'a> Name<'a> {
    /// Reads `TypeError [ERR_X]: message` or `[AggregateError: message] {` at the front of `text`.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let text = text.trim_end();
        let text = match text.strip_prefix("<ref *") {
            Some(reference) => reference.split_at_mark("> ")?.1,
            None => text,
        };
        if let Some(inside) = text.strip_prefix('[') {
            let (inside, opens) = without_brace(inside);
            let inside = inside.strip_suffix(',').unwrap_or(inside).strip_suffix(']')?;
            return Self::plain(inside).map(|name| Self { bracketed: true, opens, ..name });
        }
        Self::plain(text)
    }

    fn plain(text: &'a str) -> Option<Self> {
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '$' | '.' | '-');
        let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
        let (name, rest) = text.split_at_checked(end)?;
        let starts_upper = name.starts_with(|c: char| c.is_uppercase() || matches!(c, '_' | '$'));
        let is_allowed = starts_upper || name == "error";
        if !is_allowed || is_level(name) || name.len() > MAX_NAME_BYTES || name.ends_with('.') {
            return None;
        }
        let code = rest.strip_prefix(" [").and_then(|rest| rest.split_once(']'));
        let code = code.filter(|(code, _)| !code.is_empty() && code.chars().all(is_name));
        let rest = code.map_or(rest, |(_, rest)| rest);
        let evident = code.is_some() || is_evident(name);
        let message = match rest {
            "" if evident => rest,
            ":" => "",
            _ => rest.strip_prefix(": ")?,
        };
        Some(Self { error_type: name, message, bracketed: false, opens: false, evident })
    }
}

/// Endings of the names of errors.
const ENDINGS: &[&str] = &["Error", "Exception", "Warning", "Rejection", "Failure", "Timeout"];

/// The same, to be looked for in whole lines.
static ENDINGS_ANYWHERE: LazyLock<Literals> =
    LazyLock::new(|| Literals::new(ENDINGS.iter().copied()));

fn is_evident(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}

/// The head that stands in `line`, if one could.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let text = line.trim_start_matches(' ').trim_end();
    if let Some(found) = process_warning(text).or_else(|| announced(text)) {
        return Some(found);
    }
    if let Some(name) = Name::parse(text) {
        let surety = if name.evident { Surety::Evident } else { Surety::Possible };
        return Some(to_head(text, name, surety));
    }
    glued(text)
}

fn to_head<'a>(whole: &'a str, name: Name<'a>, surety: Surety) -> Head<'a> {
    Head {
        whole,
        exception_type: Some(name.error_type),
        message: name.message,
        surety,
        is_cause: false,
    }
}

/// `Uncaught (in promise) TypeError: x`.
fn announced(text: &str) -> Option<Head<'_>> {
    let rest = ANNOUNCEMENTS.iter().find_map(|start| text.strip_prefix(start))?;
    let name = Name::parse(rest)?;
    Some(to_head(text, name, Surety::Announced))
}

/// `(node:4711) [DEP0018] DeprecationWarning: x`.
fn process_warning(text: &str) -> Option<Head<'_>> {
    let (process, rest) = text.strip_prefix("(node:")?.split_at_mark(") ")?;
    if !is_number(process) {
        return None;
    }
    let rest = match rest.strip_prefix('[') {
        Some(code) => code.split_at_mark("] ")?.1,
        None => rest,
    };
    let inner = ANNOUNCEMENTS.iter().find_map(|start| rest.strip_prefix(start));
    let name = inner.and_then(Name::parse).or_else(|| Name::parse(rest))?;
    Some(to_head(text, name, Surety::Announced))
}

/// An error after a log's own words, as `console.error('billing failed', error)` prints it.
fn glued(text: &str) -> Option<Head<'_>> {
    // Most lines are told by this alone, and of the others most words.
    if !ENDINGS_ANYWHERE.any_in(text) {
        return None;
    }
    let mut rest = text;
    while let Some((_, after)) = rest.split_once([' ', '\t', '"', '\'', '=', '(']) {
        rest = after;
        let end = rest.find([' ', '\t']).unwrap_or(rest.len());
        let word = rest.get(..end).unwrap_or_default();
        let word = word.strip_suffix(':').unwrap_or(word);
        if is_evident(word.trim_start_matches('['))
            && let Some(name) = Name::parse(rest)
            && is_evident(name.error_type)
        {
            return Some(to_head(rest, name, Surety::Glued));
        }
    }
    None
}

/// The cause that pino, Deno and others print below the frames: `Caused by: TypeError: x`.
pub(super) fn caused_by(line: &str) -> Option<Name<'_>> {
    let text = line.strip_prefix("Caused by: ").or_else(|| line.strip_prefix("caused by: "))?;
    Name::parse(text)
}

/// Whether `line` marks a place in the line above: `    ^^^`.
pub(super) fn is_caret(line: &str) -> bool {
    let marks = line.trim();
    !marks.is_empty() && marks.bytes().all(|byte| byte == b'^')
}

/// The file and line above an excerpt: `/app/page.js:3`, `node:events:502`.
pub(super) fn excerpt_place(line: &str) -> Option<(&str, u64)> {
    let (file, number) = before_number(line.trim_end())?;
    let is_place = !file.starts_with([' ', '\t']) && file.len() <= MAX_NAME_BYTES && is_path(file);
    is_place.then_some((file, number))
}

/// How Node begins its advice below an uncaught error.
pub(super) const TRAILER: &str = "(Use `node --trace-";

/// Lines of Node after an uncaught error: its version, and advice.
pub(super) fn is_trailer(line: &str) -> bool {
    let version = line.strip_prefix("Node.js v");
    version.is_some_and(|version| version.starts_with(|c: char| c.is_ascii_digit()))
        || line.starts_with(TRAILER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let table = [
            ("Error: x", Some(("Error", "x", false, true))),
            ("Error", Some(("Error", "", false, true))),
            ("TypeError [ERR_X]: x", Some(("TypeError", "x", false, true))),
            ("MailFailed: x", Some(("MailFailed", "x", false, false))),
            ("error: x", Some(("error", "x", false, false))),
            ("[Error: x]", Some(("Error", "x", true, true))),
            ("[Error: x],", Some(("Error", "x", true, true))),
            ("[Error: [x]] {", Some(("Error", "[x]", true, true))),
            ("MailFailed", None),
            ("mail: x", None),
            ("ERROR: x", None),
            ("Error:x", None),
            ("Error in x", None),
            ("[Error: x", None),
            ("'down'", None),
            ("", None),
        ];
        for (text, expected) in table {
            let found = Name::parse(text)
                .map(|name| (name.error_type, name.message, name.bracketed, name.evident));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn hidden_frames() {
        let line = "    ... 5 lines matching cause stack trace ...";
        assert_eq!(hidden(line), Some((5, false)));
        assert_eq!(hidden(&format!("{line} {{")), Some((5, true)));
        assert_eq!(hidden("    ... many lines matching cause stack trace ..."), None);
        assert_eq!(hidden("    ... 5 lines"), None);
    }

    #[test]
    fn excerpts() {
        let table = [
            ("/app/a.js:3", Some(("/app/a.js", 3))),
            ("node:events:502", Some(("node:events", 502))),
            ("<anonymous_script>:1", Some(("<anonymous_script>", 1))),
            ("[worker eval]:1", Some(("[worker eval]", 1))),
            ("C:\\app\\a.js:3", Some(("C:\\app\\a.js", 3))),
            ("  /app/a.js:3", None),
            ("total:3", None),
            ("/app/a.js", None),
        ];
        for (line, expected) in table {
            assert_eq!(excerpt_place(line), expected, "{line}");
        }
        assert!(is_caret("    ^^^") && !is_caret("    ") && !is_caret("x ^"));
    }
}
