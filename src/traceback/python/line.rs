//! The grammar of single lines: frames, the line with type and message, and the fixed lines.

use super::super::in_app;
use super::super::lines::is_level;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_CODE_BYTES, MAX_NAME_BYTES, Relation, cut};

/// The head of a traceback, with or without what stands before it on the line.
pub(super) const HEAD: &str = "Traceback (most recent call last):";
/// What stands before the head of a group.
pub(super) const GROUP: &str = "Exception Group ";
/// What stands before that when the group is not itself a member.
pub(super) const TOP_GROUP: &str = "  + ";
/// The quotation marks around a traceback that was sent from another process.
pub(super) const QUOTES: &str = "\"\"\"";

const CAUSE: &str = "The above exception was the direct cause of the following exception:";
const CONTEXT: &str = "During handling of the above exception, another exception occurred:";

/// How the exception above `line` relates to the one below; none for any other line.
pub(super) fn connection(line: &str) -> Option<Relation> {
    match line.trim_end() {
        CAUSE => Some(Relation::Cause),
        CONTEXT => Some(Relation::Context),
        _ => None,
    }
}

/// Whether `line` says that a traceback in quotation marks follows: `….RemoteTraceback:`.
pub(super) fn is_remote(line: &str) -> bool {
    line.trim_end().ends_with("RemoteTraceback:")
}

/// A frame: `  File "F", line N, in NAME`. Where a module failed to compile, no function is named;
/// the Lambda runtime then writes `Line` without a comma, and faulthandler always does without the
/// second. Loguru marks the frame that caught the exception with `>`.
pub(super) fn frame(line: &str) -> Option<Frame<'_>> {
    let rest = line.strip_prefix("  File \"").or_else(|| line.strip_prefix("> File \""))?;
    let (file, rest) =
        rest.split_at_mark("\", line ").or_else(|| rest.split_at_mark("\" Line "))?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = rest.split_at_checked(digits)?;
    let rest = match number {
        // faulthandler, when it does not know the line.
        "" => rest.strip_prefix("???")?,
        _ => rest,
    };
    let rest = rest.trim_end();
    let function = match rest.strip_prefix(", in ").or_else(|| rest.strip_prefix(" in ")) {
        Some(name) if !name.is_empty() => Some(name),
        None if rest.is_empty() => None,
        _ => return None,
    };
    if file.is_empty() || file.len().max(function.unwrap_or_default().len()) > MAX_NAME_BYTES {
        return None;
    }
    let mut frame = Frame {
        file: Some(file.into()),
        line: number.parse().ok(),
        function: function.map(Into::into),
        ..Frame::default()
    };
    frame.in_app = in_app::is_in_app(&frame);
    Some(frame)
}

/// The frames for which a line stands that shortens a recursion:
/// `  [Previous line repeated 991 more times]`.
pub(super) fn repeated(line: &str) -> Option<u64> {
    let rest = line.strip_prefix("  [Previous line repeated ")?;
    rest.split_at_mark(" more time")?.0.parse().ok()
}

/// The content of a line that belongs to the frame above it: source, a marker or a value.
pub(super) fn frame_detail(line: &str) -> Option<&str> {
    line.strip_prefix("    ").map(str::trim)
}

/// `code` as it is kept, and whether it was cut.
pub(super) fn cut_code(code: &str) -> (&str, bool) {
    let kept = cut(code, MAX_CODE_BYTES);
    (kept, kept.len() < code.len())
}

/// The line with which an exception's message begins: `blog.RenderError: page 9`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Final<'a> {
    pub(super) exception_type: &'a str,
    /// The first line of the message.
    pub(super) message: Option<&'a str>,
}

impl<'a> Final<'a> {
    /// Reads `line`; none if what begins it is not a type's name.
    pub(super) fn parse(line: &'a str) -> Option<Self> {
        let line = line.trim_end();
        let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '<' | '>');
        let end = line.find(|c| !is_name(c)).unwrap_or(line.len());
        let (exception_type, rest) = line.split_at_checked(end)?;
        if !is_type(exception_type) {
            return None;
        }
        let message = match rest {
            "" if looks_like_class(exception_type) => None,
            ":" => None,
            _ => Some(rest.strip_prefix(": ")?),
        };
        Some(Self { exception_type, message })
    }

    /// Whether the name alone says that it is an exception's, for places where the lines around
    /// do not say it.
    pub(super) fn is_evident(&self) -> bool {
        const ENDINGS: &[&str] = &["Error", "Exception", "Warning", "Interrupt", "Exit", "Group"];
        ENDINGS.iter().any(|ending| self.exception_type.ends_with(ending))
    }

    /// Whether the exception says that a file does not compile.
    pub(super) fn is_syntax_error(&self) -> bool {
        matches!(self.exception_type, "SyntaxError" | "IndentationError" | "TabError")
    }
}

/// A dotted name as Python prints it: `blog.main.<locals>.RenderError`.
fn is_type(name: &str) -> bool {
    let is_part = |part: &str| {
        part == "<locals>"
            || (part.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && !part.contains(['<', '>']))
    };
    name.len() <= MAX_NAME_BYTES && !is_level(name) && name.split('.').all(is_part)
}

/// A name that is taken for a type's though no message follows: `queue.Empty`, `KeyError`.
fn looks_like_class(name: &str) -> bool {
    name.contains('.') || name.trim_start_matches('_').starts_with(char::is_uppercase)
}

/// Beginnings of lines that follow a traceback without being part of its message.
const AFTERWARDS: &[&str] = &[
    "Exception in thread ",
    "Exception ignored ",
    "Task exception was never retrieved",
    "Future exception was never retrieved",
    "Task was destroyed but it is pending",
    "Stack (most recent call last):",
    "--- Logging error ---",
    "Call stack:",
    "Fatal Python error: ",
    "Current thread 0x",
    "Thread 0x",
    "Original exception was:",
];

/// Whether `line` is one that Python or its loggers print after a traceback.
pub(super) fn is_afterwards(line: &str) -> bool {
    AFTERWARDS.iter().any(|text| line.starts_with(text))
}

/// Whether `line` announces frames that are a stack and no exception: `Stack (most recent call
/// last):`, `Object created at (most recent call last):`, `Current thread 0x… (most recent call
/// first):`, `Call stack:`.
pub(super) fn announces_stack(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with("(most recent call last):")
        || line.ends_with("(most recent call first):")
        || line == "Call stack:"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let table = [
            ("  File \"/app/a.py\", line 3, in f", Some(("/app/a.py", Some(3), Some("f")))),
            ("  File \"a\", line 3, in <module>  ", Some(("a", Some(3), Some("<module>")))),
            ("  File \"a b\\c\", line 3", Some(("a b\\c", Some(3), None))),
            ("  File \"a\" Line 3", Some(("a", Some(3), None))),
            ("  File \"a\", line 3 in f", Some(("a", Some(3), Some("f")))),
            ("  File \"a\", line ??? in f", Some(("a", None, Some("f")))),
            ("> File \"a\", line 3, in f", Some(("a", Some(3), Some("f")))),
            ("  File \"a.pyx\", line 3, in a.B.c", Some(("a.pyx", Some(3), Some("a.B.c")))),
            ("  File \"a\", line 99999999999999999999, in f", Some(("a", None, Some("f")))),
            ("File \"a\", line 3, in f", None),
            ("   File \"a\", line 3, in f", None),
            ("  File \"\", line 3, in f", None),
            ("  File \"a\", line , in f", None),
            ("  File \"a\", line x, in f", None),
            ("  File \"a\", line 3, in ", None),
            ("  File \"a\", line 3, col 4", None),
            ("  File \"a\", lineno 3", None),
            ("  File \"a.csv\" was not found", None),
            ("  File a, line 3, in f", None),
        ];
        for (line, expected) in table {
            let frame = frame(line);
            let found = frame.as_ref().map(|frame| {
                (frame.file.as_deref().unwrap(), frame.line, frame.function.as_deref())
            });
            assert_eq!(found, expected, "{line}");
        }
        let long = format!("  File \"{}\", line 3, in f", "a".repeat(MAX_NAME_BYTES + 1));
        assert_eq!(frame(&long), None);
    }

    #[test]
    fn finals() {
        let table = [
            ("KeyError: 'x'", Some(("KeyError", Some("'x'")))),
            ("KeyError", Some(("KeyError", None))),
            ("KeyError:", Some(("KeyError", None))),
            ("KeyError: ", Some(("KeyError", None))),
            ("blog.RenderError: a: b", Some(("blog.RenderError", Some("a: b")))),
            ("__main__.f.<locals>.E: x", Some(("__main__.f.<locals>.E", Some("x")))),
            ("socket.timeout", Some(("socket.timeout", None))),
            ("_queue.Empty", Some(("_queue.Empty", None))),
            ("error: x", Some(("error", Some("x")))),
            ("Größe: x", Some(("Größe", Some("x")))),
            ("done", None),
            ("ERROR: x", None),
            ("INFO:root:x", None),
            ("Error in x", None),
            ("a b: c", None),
            ("3Error: x", None),
            ("a..b: x", None),
            (".b: x", None),
            ("<module>: x", None),
            ("  KeyError: x", None),
            ("", None),
            (": x", None),
        ];
        for (line, expected) in table {
            let found = Final::parse(line).map(|last| (last.exception_type, last.message));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn repeats() {
        assert_eq!(repeated("  [Previous line repeated 991 more times]"), Some(991));
        assert_eq!(repeated("  [Previous line repeated 1 more time]"), Some(1));
        assert_eq!(repeated("  [Previous line repeated many more times]"), None);
    }

    #[test]
    fn stacks() {
        assert!(announces_stack("Stack (most recent call last):"));
        assert!(announces_stack("Object created at (most recent call last):\n"));
        assert!(announces_stack("Thread 0x7f01 (most recent call first):"));
        assert!(!announces_stack("the stack (most recent call last): is here"));
    }

    #[test]
    fn code_is_cut_between_characters() {
        let code = "é".repeat(MAX_CODE_BYTES);
        assert_eq!(cut_code(&code).0.len(), MAX_CODE_BYTES);
        assert_eq!(cut_code("x = 1"), ("x = 1", false));
    }
}
