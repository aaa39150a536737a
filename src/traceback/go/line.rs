//! The grammar of single lines: what failed, goroutines, functions and their places.

use super::super::in_app;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};

/// First elements of the paths of the standard library's packages.
#[rustfmt::skip]
const STANDARD: &[&str] = &[
    "archive", "bufio", "bytes", "cmp", "compress", "container", "context", "crypto", "database",
    "debug", "embed", "encoding", "errors", "expvar", "flag", "fmt", "go", "hash", "html", "image",
    "index", "internal", "io", "iter", "log", "maps", "math", "mime", "net", "os", "path", "plugin",
    "reflect", "regexp", "runtime", "slices", "sort", "strconv", "strings", "sync", "syscall",
    "testing", "text", "time", "unicode", "unique", "weak",
];

/// `goroutine 34 [running]:`, with registers in newer ones: `goroutine 1 gp=0x… m=0 [running]:`.
pub(super) fn is_goroutine(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("goroutine ") else { return false };
    let after = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    after.len() < rest.len()
        && after.starts_with(' ')
        && after.contains('[')
        && after.trim_end().ends_with("]:")
}

/// The line with which a failure begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'a> {
    /// From where the traceback begins, to the end of the line.
    pub(super) whole: &'a str,
    /// `panic`, `fatal error`, or the name of a signal.
    pub(super) kind: &'a str,
    /// The first line of the message.
    pub(super) message: &'a str,
}

/// Reads `panic: message`, `fatal error: message`, `SIGQUIT: quit`, and the first two after a log's
/// own words.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    if let Some((signal, message)) = line.split_at_mark(": ")
        && let Some(name) = signal.strip_prefix("SIG")
        && (2..=8).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
    {
        return Some(Head { whole: line, kind: signal, message });
    }
    if let Some(at) = line.find_mark("http: panic serving ") {
        let whole = line.get(at..)?;
        let (_, message) = whole.strip_prefix("http: panic serving ")?.split_at_mark(": ")?;
        return Some(Head { whole, kind: "panic", message });
    }
    ["panic: ", "fatal error: "].iter().find_map(|start| {
        let at = line.find(start)?;
        let (before, whole) = line.split_at_checked(at)?;
        let is_word = before.is_empty() || before.ends_with([' ', '\t', ']', ':', '|', '"']);
        let head =
            Head { whole, kind: start.strip_suffix(": ")?, message: whole.strip_prefix(start)? };
        (is_word && !before.starts_with('\t')).then_some(head)
    })
}

/// The type that is printed with the value of a panic, and the message if it is a string:
/// `main.Reason("full")`, `(*main.Reason) 0xc000012345`, `main.Reason{Code:7}`.
pub(super) fn value_type(message: &str) -> Option<(&str, Option<&str>)> {
    if let Some((name, address)) =
        message.strip_prefix('(').and_then(|rest| rest.split_at_mark(") "))
    {
        return (is_type(name) && address.starts_with(['0', '('])).then_some((name, None));
    }
    let end = message.find(['(', '{'])?;
    let (name, value) = message.split_at_checked(end)?;
    if !is_type(name.strip_prefix('&').unwrap_or(name)) || !value.ends_with([')', '}']) {
        return None;
    }
    let text = value.strip_prefix("(\"").and_then(|value| value.strip_suffix("\")"));
    Some((name.strip_prefix('&').unwrap_or(name), text))
}

fn is_type(name: &str) -> bool {
    let name = name.strip_prefix('*').unwrap_or(name);
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '/' | '-' | '[' | ']');
    name.len() <= MAX_NAME_BYTES
        && name.contains('.')
        && !name.starts_with('.')
        && !name.ends_with('.')
        && name.chars().all(is_name)
}

/// The name of the function in the first line of a frame, and whether its arguments are printed.
pub(super) fn function(line: &str) -> Option<(&str, bool)> {
    if line.starts_with([' ', '\t']) || line.len() > 8 * MAX_NAME_BYTES {
        return None;
    }
    let line = line.trim_end();
    let (name, has_arguments) = match line.strip_suffix(')') {
        Some(call) => (call.rsplit_once('(')?.0, true),
        None => (line, false),
    };
    let is_known = name == "panic" || name.contains('.');
    let is_name = !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && !name.contains(char::is_whitespace)
        && !name.ends_with(['.', ':', ','])
        && name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    (is_known && is_name).then_some((name, has_arguments))
}

/// The function that started the goroutine: `created by main.main in goroutine 1`.
pub(super) fn creator(line: &str) -> Option<&str> {
    let name = line.strip_prefix("created by ")?.trim_end();
    let name = name.split_at_mark(" in goroutine ").map_or(name, |(name, _)| name);
    (!name.is_empty() && !name.contains(' ') && name.len() <= MAX_NAME_BYTES).then_some(name)
}

/// The file and line in the second line of a frame: a tab, then `/app/main.go:18 +0x5b fp=0x…`.
pub(super) fn source(line: &str) -> Option<(&str, u64)> {
    const ENDINGS: &[&str] = &[".go", ".s", ".c", ".h", "<autogenerated>"];
    let place = line.strip_prefix('\t')?.trim_end();
    let place = place.split_at_mark(" +0x").map_or(place, |(place, _)| place);
    let place = place.split_at_mark(" fp=0x").map_or(place, |(place, _)| place);
    let (file, number) = place.rsplit_once(':')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    let is_file = ENDINGS.iter().any(|ending| file.ends_with(ending)) || file.holds("[REDACTED:");
    (is_number && is_file && file.len() <= MAX_NAME_BYTES).then_some((file, number.parse().ok()?))
}

/// How many frames a line stands for: `...23 frames elided...`; 0 when it does not say.
pub(super) fn elided(line: &str) -> Option<u64> {
    let rest = line.trim().strip_prefix("...")?.strip_suffix(" frames elided...")?;
    Some(rest.parse().unwrap_or(0))
}

/// The frame of `function` at `file` and `line`.
pub(super) fn frame<'a>(function: &'a str, file: &'a str, line: u64) -> Frame<'a> {
    let (package, name) = split(function);
    let mut frame = Frame {
        file: Some(file.into()),
        line: Some(line),
        function: Some(name.into()),
        module: package.map(Into::into),
        ..Frame::default()
    };
    frame.in_app = !is_standard(package, file) && in_app::is_in_app(&frame);
    frame
}

/// `example.com/mail/queue.(*Queue).Take` as package and function. The last part of a path has no
/// dot: where it had one, the linker wrote `%2e`.
fn split(function: &str) -> (Option<&str>, &str) {
    let path = function.split(['[', '(']).next().unwrap_or(function);
    let last = path.rfind('/').map_or(0, |slash| slash + 1);
    let dot = path.get(last..).and_then(|name| name.find('.')).map(|dot| last + dot);
    let parts = dot.and_then(|dot| Some((function.get(..dot)?, function.get(dot + 1..)?)));
    parts.map_or((None, function), |(package, name)| (Some(package), name))
}

/// Whether a frame is the standard library's. A program built with `-trimpath` prints the path of
/// the package; others print where Go is installed, and after it the same.
fn is_standard(package: Option<&str>, file: &str) -> bool {
    // The built-in `panic` has no package; loggers may leave it out.
    let Some(package) = package else { return file.holds("/src/runtime/") };
    let first = package.split('/').next().unwrap_or_default();
    STANDARD.contains(&first)
        && (!file.starts_with('/') || file.holds("/src/runtime/") || {
            let (directory, _) = file.rsplit_once('/').unwrap_or_default();
            directory.strip_suffix(package).is_some_and(|root| root.ends_with("/src/"))
        })
}

/// Whether a frame at the top belongs to the failing itself rather than to what failed.
pub(super) fn is_machinery(frame: &Frame<'_>) -> bool {
    let file = frame.file.as_deref().unwrap_or_default();
    is_panic(frame)
        || frame.module.as_deref() == Some("runtime/debug")
        || file.holds("/src/runtime/")
        || file.starts_with("runtime/")
}

/// Whether the frame is the call of the built-in `panic`: what failed is below it.
pub(super) fn is_panic(frame: &Frame<'_>) -> bool {
    match (frame.module.as_deref(), frame.function.as_deref()) {
        (None, Some("panic")) => true,
        (Some("runtime"), Some(name)) => name == "gopanic",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let table = [
            ("main.main", Some("main"), "main"),
            (
                "example.com/mail/queue.(*Queue).Take",
                Some("example.com/mail/queue"),
                "(*Queue).Take",
            ),
            ("main.(*Stack[...]).Pop", Some("main"), "(*Stack[...]).Pop"),
            ("a.b/c.Map[a.b/c.T]", Some("a.b/c"), "Map[a.b/c.T]"),
            ("gopkg.in/yaml%2ev3.Unmarshal", Some("gopkg.in/yaml%2ev3"), "Unmarshal"),
            ("panic", None, "panic"),
        ];
        for (name, package, function) in table {
            assert_eq!(split(name), (package, function), "{name}");
        }
    }

    #[test]
    fn sources() {
        let table = [
            ("\t/app/main.go:18", Some(("/app/main.go", 18))),
            ("\t/app/main.go:18 +0x5b", Some(("/app/main.go", 18))),
            ("\t/app/main.go:18 +0x5b fp=0x1 sp=0x2 pc=0x3", Some(("/app/main.go", 18))),
            ("\t/a b/main.go:18 +0x5b", Some(("/a b/main.go", 18))),
            ("\tC:/app/main.go:18 +0x5b", Some(("C:/app/main.go", 18))),
            ("\t_cgo_gotypes.go:4 +0x1", Some(("_cgo_gotypes.go", 4))),
            ("\t/app/main.go", None),
            ("\t/app/main.py:18", None),
            ("/app/main.go:18", None),
            ("\t/app/main.go:x", None),
        ];
        for (line, expected) in table {
            assert_eq!(source(line), expected, "{line}");
        }
    }

    #[test]
    fn standard_library() {
        let table = [
            (Some("net/http"), "/usr/local/go/src/net/http/server.go", true),
            (Some("net/http"), "net/http/server.go", true),
            (Some("sort"), "/home/ann/sdk/go1.26/src/sort/slice.go", true),
            (Some("main"), "/app/main.go", false),
            (Some("image"), "/app/image/main.go", false),
            (Some("example.com/net/http"), "example.com/net/http/x.go", false),
            (None, "/usr/local/go/src/runtime/panic.go", true),
        ];
        for (package, file, expected) in table {
            assert_eq!(is_standard(package, file), expected, "{package:?} {file}");
        }
    }

    #[test]
    fn values() {
        let table = [
            ("main.Reason(\"full\")", Some(("main.Reason", Some("full")))),
            ("(*main.Reason) 0xc000012345", Some(("*main.Reason", None))),
            ("(main.Reason) (0x45e0a0,0xc42000e1e0)", Some(("main.Reason", None))),
            ("main.Reason{Code:7}", Some(("main.Reason", None))),
            ("&errors.errorString{s:\"x\"}", Some(("errors.errorString", None))),
            ("runtime error: index out of range", None),
            ("open x.txt (again)", None),
            ("(no) 0x", None),
        ];
        for (message, expected) in table {
            assert_eq!(value_type(message), expected, "{message}");
        }
    }
}
