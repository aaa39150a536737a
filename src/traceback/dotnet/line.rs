//! The grammar of single lines: frames, heads, and the lines between stack traces.

use std::borrow::Cow;

use super::super::heads::{Head, Surety, glued, is_evident};
use super::super::lines::is_level;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};
use super::super::{in_app, java};

/// What the runtimes print before the type when nobody caught the exception.
const UNHANDLED: &[&str] =
    &["Unhandled exception. ", "Unhandled Exception: ", "[ERROR] FATAL UNHANDLED EXCEPTION: "];

/// What stands before an inner exception.
pub(super) const INNER: &str = "---> ";
/// What stands after a member of an aggregate, at the end of its last line.
pub(super) const CLOSE: &str = "<---";

/// `text` without the marks that close members, and how many there were.
pub(super) fn without_closes(text: &str) -> (&str, usize) {
    let (mut text, mut closes) = (text.trim_end(), 0);
    while let Some(before) = text.strip_suffix(CLOSE) {
        text = before.trim_end();
        closes += 1;
    }
    (text, closes)
}

/// A frame, and how many members of aggregates end with it.
pub(super) fn frame(line: &str) -> Option<(Frame<'_>, usize)> {
    let text = line.trim_start_matches(' ');
    if line.len() - text.len() < 2 {
        return None;
    }
    let (call, closes) = without_closes(text.strip_prefix("at ")?);
    if java::call(call).is_some() {
        return None;
    }
    // Mono names the kind of code that it made itself.
    let (call, is_wrapper) = match call.strip_prefix("(wrapper ") {
        Some(call) => (call.split_at_mark(") ")?.1, true),
        None => (call, false),
    };
    let (name, rest) = call.split_once('(')?;
    let (name, place) = match name.strip_suffix(' ') {
        Some(name) => (name, place_of_mono(rest)?),
        None => (name, place(rest, is_wrapper)?),
    };
    let (module, function) = module_and_function(name)?;
    let longest = name.len().max(place.0.map_or(0, str::len));
    if name.contains(char::is_whitespace) || longest > MAX_NAME_BYTES {
        return None;
    }
    let mut frame = Frame {
        file: place.0.map(Cow::Borrowed),
        line: place.1,
        function: Some(function.into()),
        module: Some(module.into()),
        ..Frame::default()
    };
    frame.in_app = in_app::is_in_app(&frame);
    Some((frame, closes))
}

type Place<'a> = (Option<&'a str>, Option<u64>);

/// The place after the arguments: `String s) in /src/A.cs:line 3`; nothing without symbols, and
/// an offset in code that was compiled ahead of time. `is_bare` says that types may stand alone.
fn place(rest: &str, is_bare: bool) -> Option<Place<'_>> {
    if let Some((arguments, place)) = rest.split_at_mark(") in ") {
        let (file, line) = place.rsplit_at_mark(":line ")?;
        return is_arguments(arguments).then_some((Some(file), Some(line.parse().ok()?)));
    }
    let (arguments, after) = rest.rsplit_once(')')?;
    // Behind the type of each argument stands a blank, though not always a name; there is none in
    // code compiled ahead of time, which the offset gives away.
    let is_end = match after {
        "" => is_bare || arguments.is_empty() || arguments.contains(' '),
        _ => after.starts_with(" + 0x"),
    };
    (is_end && is_arguments(arguments)).then_some((None, None))
}

/// The place after the arguments as Mono writes it: `System.String s) [0x00001] in /src/A.cs:3`.
fn place_of_mono(rest: &str) -> Option<Place<'_>> {
    let (arguments, after) = rest.split_at_mark(") [0x").or_else(|| rest.split_at_mark(") <0x"))?;
    if !is_arguments(arguments) {
        return None;
    }
    let Some((_, place)) = after.split_at_mark(" in ") else { return Some((None, None)) };
    let (file, line) = place.rsplit_once(':')?;
    if file.starts_with('<') {
        // A library without symbols is named by its hash.
        return Some((None, None));
    }
    Some((Some(file), line.trim_end().parse().ok().filter(|&line| line > 0)))
}

fn is_arguments(text: &str) -> bool {
    !text.contains([':', '"', ';', '\''])
}

/// The type and the method of `Mail.Box.Send[U]`, `Mail.Box..ctor`,
/// `Mail.Program.<>c.<Main>b__0_0`: they part at the last dot outside of brackets.
fn module_and_function(name: &str) -> Option<(&str, &str)> {
    let (mut depth, mut last) = (0_usize, None);
    for (at, byte) in name.bytes().enumerate() {
        match byte {
            b'<' | b'[' => depth += 1,
            b'>' | b']' => depth = depth.saturating_sub(1),
            b'.' if depth == 0 => last = Some(at),
            _ => {}
        }
    }
    let at = last?;
    // Constructors are called `.ctor` and `.cctor`.
    let at = match at.checked_sub(1) {
        Some(before) if name.as_bytes().get(before) == Some(&b'.') => before,
        _ => at,
    };
    let (module, function) = (name.get(..at)?, name.get(at + 1..)?);
    let begins_name = |text: &str| {
        text.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '<' | '.' | '$' | '@'))
    };
    (begins_name(module) && begins_name(function)).then_some((module, function))
}

/// The type at the front of `text` and the message after it, which is empty if there is none. Some
/// types print an error's number between: `SocketException (111): Connection refused`.
pub(super) fn type_and_message(text: &str) -> Option<(&str, &str)> {
    let is_name =
        |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '+' | '`' | '[' | ']' | ',');
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, mut rest) = text.split_at_checked(end)?;
    if !is_type(name) {
        return None;
    }
    if let Some((number, after)) = rest.strip_prefix(" (").and_then(|rest| rest.split_once(')'))
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    {
        rest = after;
    }
    let message = rest.strip_prefix(':').unwrap_or(rest);
    if let Some(message) = message.strip_prefix(' ').filter(|_| rest.starts_with(':')) {
        return Some((name, message));
    }
    if message.trim_end().is_empty() {
        return Some((name, message.trim_start()));
    }
    message.starts_with(" ---> ").then_some((name, message))
}

fn is_type(name: &str) -> bool {
    let plain = name.split(['`', '[']).next().unwrap_or_default();
    let is_identifier = |part: &str| part.starts_with(|c: char| c.is_alphabetic() || c == '_');
    name.len() <= MAX_NAME_BYTES
        && plain.split(['.', '+']).all(is_identifier)
        && plain.starts_with(char::is_uppercase)
        && !plain.contains(',')
        && !is_level(name)
}

/// The head of an exception in `line`, if it could be one.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    for start in UNHANDLED {
        if let Some(at) = line.find_mark(start) {
            let whole = line.get(at..)?;
            let text = whole.strip_prefix(start)?;
            let typed = type_and_message(text);
            return Some(Head {
                whole,
                exception_type: typed.map(|(name, _)| name),
                message: typed.map_or(text, |(_, message)| message),
                surety: Surety::Announced,
                is_cause: false,
            });
        }
    }
    let text = line.trim_start_matches(' ');
    if let Some((name, message)) = type_and_message(text) {
        let is_qualified = name.contains('.') || is_evident(name);
        if is_qualified {
            let surety = if is_evident(name) { Surety::Evident } else { Surety::Possible };
            let exception_type = Some(name);
            return Some(Head { whole: text, exception_type, message, surety, is_cause: false });
        }
    }
    glued(line, type_and_message)
}

/// The head `whole` from its type on.
pub(super) fn without_announcement(whole: &str) -> &str {
    UNHANDLED.iter().find_map(|start| whole.strip_prefix(start)).unwrap_or(whole)
}

/// The number of a member of an aggregate, and its head:
/// `---> (Inner Exception #1) System.ArgumentException: b`.
pub(super) fn member(line: &str) -> Option<(u64, &str)> {
    let rest = line.trim_start().strip_prefix(INNER)?.strip_prefix("(Inner Exception #")?;
    let (number, head) = rest.split_at_mark(") ")?;
    Some((number.parse().ok()?, head))
}

/// The head of an inner exception that has a line of its own.
pub(super) fn inner(line: &str) -> Option<&str> {
    line.trim_start().strip_prefix(INNER)
}

/// Lines between stack traces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Separator {
    /// The frames below are those of the exception whose inner one was printed so far.
    EndOfInner,
    /// The frames below are of the same exception: it was caught and thrown again.
    Continued,
}

pub(super) fn separator(line: &str) -> Option<Separator> {
    let text = line.trim();
    if text.starts_with("--- End of inner") && text.ends_with("---") {
        return Some(Separator::EndOfInner);
    }
    let is_continued =
        text.starts_with("--- End of stack trace from previous location") && text.ends_with("---");
    is_continued.then_some(Separator::Continued)
}

/// Whether `line` is a frame whose end was cut off.
pub(super) fn is_cut_frame(line: &str) -> bool {
    let text = line.trim_start_matches(' ');
    let begun = text.strip_prefix("at ").is_some_and(|call| {
        call.contains('.') && call.split('(').next().is_some_and(|name| !name.contains(' '))
    });
    line.len() - text.len() >= 2 && begun
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let table = [
            ("   at A.B.C()", Some(("A.B", "C", None, None))),
            ("   at A.B.C(String s, List`1 l)", Some(("A.B", "C", None, None))),
            ("   at A.B.C(T x) in /s/B.cs:line 3", Some(("A.B", "C", Some("/s/B.cs"), Some(3)))),
            (
                "   at A.B.C() in C:\\s d\\B.cs:line 3",
                Some(("A.B", "C", Some("C:\\s d\\B.cs"), Some(3))),
            ),
            ("   at A.B`1.C[T](T x)", Some(("A.B`1", "C[T]", None, None))),
            ("   at A.B..ctor(Int32 n)", Some(("A.B", ".ctor", None, None))),
            ("   at A.B.<>c.<M>b__0_0()", Some(("A.B.<>c", "<M>b__0_0", None, None))),
            (
                "   at A.B.<<M>g__F|0_0>d.MoveNext()",
                Some(("A.B.<<M>g__F|0_0>d", "MoveNext", None, None)),
            ),
            ("   at Program.<Main>$(String[] args)", Some(("Program", "<Main>$", None, None))),
            ("   at A.B.C() + 0x1b", Some(("A.B", "C", None, None))),
            (
                "  at A.B.C (System.String s) [0x00001] in /s/B.cs:3 ",
                Some(("A.B", "C", Some("/s/B.cs"), Some(3))),
            ),
            (
                "  at A.D`2[K,V].get_Item (K k) [0x0001e] in <a81d>:0 ",
                Some(("A.D`2[K,V]", "get_Item", None, None)),
            ),
            ("  at A.B.C () <0x40a81d + 0x0001e> in <a81d>:0", Some(("A.B", "C", None, None))),
            (
                "  at (wrapper managed-to-native) A.B.C (int) [0x0] in <a>:0",
                Some(("A.B", "C", None, None)),
            ),
            (
                "  at A.B.C (int) [0x0] in /s/B.cs:6 <---",
                Some(("A.B", "C", Some("/s/B.cs"), Some(6))),
            ),
            ("at A.B.C()", None),
            (" at A.B.C()", None),
            ("\tat a.B.c(B.java:3)", None),
            ("    at a.B.c(B.java:3)", None),
            ("    at a.B.c(Native Method)", None),
            ("    at fn (/app/a.js:3:4)", None),
            ("    at Object.<anonymous> (/app/a.js:3:4)", None),
            ("    at a.b (a.js:3:4)", None),
            ("    at async main (x)", None),
            ("   at C()", None),
            ("   at 10.30 (Monday)", None),
            ("   at a.b.c", None),
            ("   at A.B.C() in room 3", None),
            ("   at A.B.C() and so on", None),
            ("   at ", None),
        ];
        for (line, expected) in table {
            let frame = frame(line).map(|(frame, _)| frame);
            let found = frame.as_ref().map(|frame| {
                (
                    frame.module.as_deref().unwrap(),
                    frame.function.as_deref().unwrap(),
                    frame.file.as_deref(),
                    frame.line,
                )
            });
            assert_eq!(found, expected, "{line}");
        }
        assert_eq!(frame("   at A.B.C()<---<---").map(|(_, closes)| closes), Some(2));
    }

    #[test]
    fn heads() {
        use Surety::{Announced, Evident, Glued, Possible};
        let table = [
            ("A.BException: x", Some((Some("A.BException"), "x", Evident))),
            ("A.B+CException", Some((Some("A.B+CException"), "", Evident))),
            ("A.B`1[System.String]: x", Some((Some("A.B`1[System.String]"), "x", Possible))),
            ("A.SocketException (111): x", Some((Some("A.SocketException"), "x", Evident))),
            ("A.BException (0x80131904): x", Some((Some("A.BException"), "x", Evident))),
            ("A.BException ---> C.D: x", Some((Some("A.BException"), " ---> C.D: x", Evident))),
            ("Unhandled exception. A.B: x", Some((Some("A.B"), "x", Announced))),
            ("Unhandled Exception: odd", Some((None, "odd", Announced))),
            ("fail: A.BException: x", Some((Some("A.BException"), "x", Glued))),
            ("Unhandled Exception:", None),
            ("Mail: x", None),
            ("A.B is here", None),
            ("3.14: x", None),
            ("", None),
        ];
        for (line, expected) in table {
            let found = head(line).map(|head| (head.exception_type, head.message, head.surety));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn other_lines() {
        assert_eq!(member(" ---> (Inner Exception #12) A.B: x"), Some((12, "A.B: x")));
        assert_eq!(member("---> (Inner Exception #x) A.B: x"), None);
        assert_eq!(inner(" ---> A.B: x"), Some("A.B: x"));
        let table = [
            ("   --- End of inner exception stack trace ---", Some(Separator::EndOfInner)),
            ("--- End of stack trace from previous location ---", Some(Separator::Continued)),
            (
                "--- End of stack trace from previous location where exception was thrown ---",
                Some(Separator::Continued),
            ),
            ("--- End of report ---", None),
        ];
        for (line, expected) in table {
            assert_eq!(separator(line), expected, "{line}");
        }
    }
}
