//! The grammar of single lines: frames, the line with type and message, and what shortens a trace.

use std::borrow::Cow;

use super::super::heads::{Head, Surety, glued, is_evident};
use super::super::in_app;
use super::super::lines::is_level;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES, Relation};

/// What the JVM prints before the type when nobody caught the exception.
const UNCAUGHT: &str = "Exception in thread \"";

/// The width of a tab. It only has to be more than any indent of blanks.
const TAB: usize = 8;

/// The width of the indent of `line`, and what follows it.
pub(super) fn indent(line: &str) -> (usize, &str) {
    let text = line.trim_start_matches([' ', '\t']);
    let blanks = line.bytes().take(line.len() - text.len());
    (blanks.map(|byte| if byte == b'\t' { TAB } else { 1 }).sum(), text)
}

/// A frame, and how many frames it says were left out after it:
/// `at java.base/java.lang.Thread.run(Thread.java:840) ~[na:na] [2 skipped]`.
pub(super) fn frame(line: &str) -> Option<(Frame<'_>, u64)> {
    let call = indent(line).1.strip_prefix("at ")?;
    let (call, skipped) = without_notes(call.trim_end());
    Some((self::call(call)?, skipped))
}

/// The frame of `java.lang.Thread.run(Thread.java:840)`.
pub(super) fn call(call: &str) -> Option<Frame<'_>> {
    let (method, place) = call.strip_suffix(')')?.rsplit_once('(')?;
    let (file, line) = self::place(place)?;
    let (class, function) = method.rsplit_once('.')?;
    let class = without_loader(class);
    let is_function = !function.is_empty()
        && function.trim() == function
        && (file.is_some() || !function.contains(' '))
        && !function.contains(['(', ')', '/', ';', '"', ':']);
    if !is_function || !is_class(class) || method.len().max(place.len()) > MAX_NAME_BYTES {
        return None;
    }
    let mut frame = Frame {
        file: file.map(Cow::Borrowed),
        line: line.filter(|&line| line > 0),
        function: Some(function.into()),
        module: Some(class.into()),
        ..Frame::default()
    };
    frame.in_app = in_app::is_in_app(&frame);
    Some(frame)
}

/// `call` without the notes in brackets that loggers put after it, and how many frames they say
/// were left out.
fn without_notes(mut call: &str) -> (&str, u64) {
    let mut skipped = 0_u64;
    while let Some((before, note)) = call.strip_suffix(']').and_then(|call| call.rsplit_once('[')) {
        let Some(before) = before.strip_suffix('~').unwrap_or(before).strip_suffix(' ') else {
            break;
        };
        if let Some(count) = note.strip_suffix(" skipped") {
            skipped = skipped.saturating_add(count.parse().unwrap_or(0));
        }
        call = before;
    }
    (call, skipped)
}

/// Places without a file.
const NOWHERE: &[&str] = &["Native Method", "Unknown Source", "<generated>"];
/// Files whose names have no ending.
const BARE_FILES: &[&str] = &["SourceFile", "NO_SOURCE_FILE", "<console>"];

/// The file and line of `Thread.java:840`.
fn place(place: &str) -> Option<(Option<&str>, Option<u64>)> {
    let (file, line) = match place.split_once(':') {
        Some((file, digits)) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            (file, Some(digits.parse().ok()?))
        }
        Some(_) => return None,
        None => (place, None),
    };
    if NOWHERE.contains(&file) {
        return Some((None, line));
    }
    let is_file = file.contains('.')
        && !file.starts_with('.')
        && file.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '-'));
    (is_file || BARE_FILES.contains(&file)).then_some((Some(file), line))
}

/// `class` without the names of its loader and module: `app//a.B`, `java.base@17/java.lang.Thread`.
/// What follows the slash of a hidden class, `a.B$$Lambda$14/0x0000000800066840`, is its address.
fn without_loader(class: &str) -> &str {
    let is_address = |text: &str| {
        let digits = text.strip_prefix("0x").unwrap_or(text);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    };
    match class.rsplit_once('/') {
        Some((before, address)) if is_address(address) => match before.rsplit_once('/') {
            Some((loader, _)) => class.get(loader.len() + 1..).unwrap_or(class),
            None => class,
        },
        Some((_, class)) => class,
        None => class,
    }
}

fn is_class(class: &str) -> bool {
    !class.is_empty()
        && class.split('.').all(|part| !part.is_empty())
        && class.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$' | '-' | '/'))
}

/// The type at the front of `text` and the message after it. The message is empty if there is
/// none.
pub(super) fn type_and_message(text: &str) -> Option<(&str, &str)> {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.' | '$');
    let end = text.find(|c| !is_name(c)).unwrap_or(text.len());
    let (name, rest) = text.split_at_checked(end)?;
    if !is_type(name) {
        return None;
    }
    let message = rest.strip_prefix(':').unwrap_or(rest);
    if message.trim_end().is_empty() {
        return Some((name, message.trim_start()));
    }
    match message.strip_prefix(' ') {
        Some(message) if rest.starts_with(':') => Some((name, message)),
        _ => None,
    }
}

fn is_type(name: &str) -> bool {
    let last = name.rsplit('.').next().unwrap_or_default();
    let is_identifier =
        |part: &str| part.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '$'));
    name.len() <= MAX_NAME_BYTES
        && name.split('.').all(is_identifier)
        && (name.contains('.') || last.starts_with(char::is_uppercase))
        && !is_level(name)
}

/// Whether `name` is taken for a type's though nothing but a frame below says so.
fn is_possible(name: &str) -> bool {
    let (package, class) = name.rsplit_once('.').unwrap_or(("", name));
    let begins_upper = class.starts_with(|c: char| c.is_uppercase() || c == '$');
    begins_upper && (!package.is_empty() || class.contains('$'))
}

/// The head of an exception in `line`, if it could be one.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    if let Some(at) = line.find_mark(UNCAUGHT) {
        return uncaught(line.get(at..)?);
    }
    let head = |whole, surety, is_cause, (name, message)| {
        Some(Head { whole, exception_type: Some(name), message, surety, is_cause })
    };
    if let Some((_, _, text)) = caption(line) {
        return head(text, Surety::Evident, true, type_and_message(text)?);
    }
    let text = line.trim_start_matches(' ');
    if let Some((name, message)) = type_and_message(text) {
        // A thread's state, in a dump of all threads.
        if name == "java.lang.Thread.State" {
            return None;
        }
        // A dollar stands in the names of nested classes, and seldom in what is none.
        let is_nested =
            name.rsplit('.').next().is_some_and(|class| class.trim_matches('$').contains('$'));
        if is_evident(name) || is_nested {
            return head(text, Surety::Evident, false, (name, message));
        }
        if is_possible(name) {
            return head(text, Surety::Possible, false, (name, message));
        }
    }
    glued(line, type_and_message)
}

/// Reads `Exception in thread "main" a.B: message`. The thread's name may hold quotation marks.
fn uncaught(whole: &str) -> Option<Head<'_>> {
    let mut rest = whole.strip_prefix(UNCAUGHT)?;
    let mut first = None;
    while let Some((_, after)) = rest.split_at_mark("\" ") {
        first.get_or_insert(after);
        if let Some((name, message)) = type_and_message(after) {
            return Some(Head {
                whole,
                exception_type: Some(name),
                message,
                surety: Surety::Announced,
                is_cause: false,
            });
        }
        rest = after;
    }
    Some(Head {
        whole,
        exception_type: None,
        message: first?,
        surety: Surety::Announced,
        is_cause: false,
    })
}

/// What the lines say that introduce a further exception.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Caption {
    /// It stands below the exception that it belongs to, and relates to it so.
    Below(Relation),
    /// The exception above it is its cause: the logger prints the first cause first.
    WrappedBy,
}

const CAPTIONS: &[(&str, Caption)] = &[
    ("Caused by: ", Caption::Below(Relation::Cause)),
    ("Suppressed: ", Caption::Below(Relation::Suppressed)),
    ("Wrapped by: ", Caption::WrappedBy),
    // Dropwizard.
    ("Causing: ", Caption::WrappedBy),
];

/// The indent of a further exception, how it relates, and its type and message.
pub(super) fn caption(line: &str) -> Option<(usize, Caption, &str)> {
    let (width, text) = indent(line);
    CAPTIONS.iter().find_map(|&(start, caption)| Some((width, caption, text.strip_prefix(start)?)))
}

/// Frames that a line stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Elision {
    /// They are the outermost frames of the exception to which this one belongs.
    Shared(u64),
    /// They are printed nowhere.
    LeftOut(u64),
}

/// Reads `... 3 more`, Logback's `... 3 common frames omitted`, `... 3 frames excluded` or
/// `truncated`, log4j2's `... suppressed 27 lines` and its `...` for one.
pub(super) fn elision(line: &str) -> Option<Elision> {
    let (width, text) = indent(line);
    let rest = text.strip_prefix("... ")?;
    if width > 0 && rest.trim_end().is_empty() {
        return Some(Elision::LeftOut(1));
    }
    let (left_out, rest) = match rest.strip_prefix("suppressed ") {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (count, what) = rest.trim_end().split_once(' ')?;
    let count = count.parse().ok()?;
    match what {
        "more" | "common frames omitted" if !left_out => Some(Elision::Shared(count)),
        "lines" if left_out => Some(Elision::LeftOut(count)),
        _ if what.starts_with("frames ") || what.starts_with("common frames ") => {
            Some(Elision::LeftOut(count))
        }
        _ => None,
    }
}

/// What a dump of all threads says about locks, among the frames.
const LOCKS: &[&str] = &["- locked ", "- waiting ", "- parking ", "- eliminated "];

/// Whether `line` is one among the frames that says nothing about them: a reference to an
/// exception that was printed already, the place where coroutines meet, or a lock.
pub(super) fn is_mark(line: &str) -> bool {
    let text = indent(line).1;
    let text = CAPTIONS.iter().find_map(|(start, _)| text.strip_prefix(start)).unwrap_or(text);
    let is_lock = LOCKS.iter().any(|start| text.starts_with(start)) && text.contains('<');
    is_lock || text.starts_with("[CIRCULAR REFERENCE:") || text.trim_end() == "(Coroutine boundary)"
}

/// Whether `line` is a frame whose end was cut off.
pub(super) fn is_cut_frame(line: &str) -> bool {
    let (width, text) = indent(line);
    let begun = text.strip_prefix("at ").is_some_and(|call| !call.contains([' ', ')']));
    width > 0 && (begun || "at ".starts_with(text) && !text.is_empty())
}

/// Whether frames below `line` are a stack and no exception's.
pub(super) fn announces_stack(line: &str) -> bool {
    let text = line.trim();
    let is_title = text.ends_with(':') && ["stack", "Stack"].iter().any(|word| text.contains(word));
    is_title || announces_thread(text)
}

/// Whether `line` is one with which a dump of all threads, or a thread in it, begins.
pub(super) fn announces_thread(line: &str) -> bool {
    let text = line.trim();
    text.starts_with("java.lang.Thread.State: ")
        || text.starts_with("Full thread dump ")
        || (text.starts_with('"') && [" prio=", " Id=", " #"].iter().any(|mark| text.holds(mark)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let table = [
            ("\tat a.B.c(B.java:3)", Some(("a.B", "c", Some("B.java"), Some(3)))),
            ("    at B.c(B.java)", Some(("B", "c", Some("B.java"), None))),
            ("at a.B.<init>(B.java:3)", Some(("a.B", "<init>", Some("B.java"), Some(3)))),
            ("\tat a.B.c(Native Method)", Some(("a.B", "c", None, None))),
            ("\tat a.B.c(Unknown Source)", Some(("a.B", "c", None, None))),
            ("\tat a.B.c(Unknown Source:7)", Some(("a.B", "c", None, Some(7)))),
            (
                "\tat a.B$$Fast$$1a.invoke(<generated>)",
                Some(("a.B$$Fast$$1a", "invoke", None, None)),
            ),
            ("\tat a.b.c(SourceFile:7)", Some(("a.b", "c", Some("SourceFile"), Some(7)))),
            ("\tat java.base/a.B.c(B.java:3)", Some(("a.B", "c", Some("B.java"), Some(3)))),
            ("\tat app//a.B.c(B.java:3)", Some(("a.B", "c", Some("B.java"), Some(3)))),
            ("\tat app/m@1.0/a.B.c(B.java:3)", Some(("a.B", "c", Some("B.java"), Some(3)))),
            (
                "\tat m/a.B$$Lambda$14/0x0000000800066840.run(Unknown Source)",
                Some(("a.B$$Lambda$14/0x0000000800066840", "run", None, None)),
            ),
            (
                "\tat a.B$$Lambda$1/12.run(Unknown Source)",
                Some(("a.B$$Lambda$1/12", "run", None, None)),
            ),
            ("\tat a.B.c(B.java:3) ~[a-2.1.jar:2.1]", Some(("a.B", "c", Some("B.java"), Some(3)))),
            ("\tat a.B.c(B.java:3) [classes/:na]", Some(("a.B", "c", Some("B.java"), Some(3)))),
            ("\tat a.T.says no(T.kt:3)", Some(("a.T", "says no", Some("T.kt"), Some(3)))),
            (
                "\tat a.B$.$anonfun$c$1(B.scala:3)",
                Some(("a.B$", "$anonfun$c$1", Some("B.scala"), Some(3))),
            ),
            ("\tat a.b$c__1.invoke(b.clj:3)", Some(("a.b$c__1", "invoke", Some("b.clj"), Some(3)))),
            ("    at fn (/app/a.js:3:4)", None),
            ("    at Object.<anonymous> (a.js:3)", None),
            ("    at a.b (a.js:3:4)", None),
            ("   at A.B.C()", None),
            ("   at A.B.C(String s)", None),
            ("   at A.B.C(String s) in /src/C.cs:line 3", None),
            ("  at A.B (System.String s) [0x0] in /src/C.cs:3", None),
            ("\tat noon (12:30)", None),
            ("\tat B.c(see B.java)", None),
            ("\tat B.c(B.java:x)", None),
            ("\tat c(B.java:3)", None),
            ("\tat .c(B.java:3)", None),
            ("\tat a..c(B.java:3)", None),
            ("\tat a b.c(B.java:3)", None),
            ("\tlook at a.B.c(B.java:3)", None),
            ("\tat a.B.c(B.java:3) and", None),
            ("\tat ", None),
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
        let skipped = |line| frame(line).map(|(_, skipped)| skipped);
        assert_eq!(skipped("\tat a.B.c(B.java:3) ~[a.jar:1] [12 skipped]"), Some(12));
        assert_eq!(skipped("\tat a.B.c(B.java:3) [2 skipped]"), Some(2));
        let long = format!("\tat a.{}(B.java:3)", "b".repeat(MAX_NAME_BYTES));
        assert_eq!(frame(&long), None);
    }

    #[test]
    fn heads() {
        use Surety::{Announced, Evident, Glued, Possible};
        let table = [
            ("a.BException: x: y", Some((Some("a.BException"), "x: y", Evident))),
            ("a.BException", Some((Some("a.BException"), "", Evident))),
            ("a.BException:", Some((Some("a.BException"), "", Evident))),
            ("App$MailError: x", Some((Some("App$MailError"), "x", Evident))),
            ("a.Order: x", Some((Some("a.Order"), "x", Possible))),
            ("App$Order: x", Some((Some("App$Order"), "x", Evident))),
            ("Caused by: a.Order: x", Some((Some("a.Order"), "x", Evident))),
            ("10:00 ERROR x - a.BException: y", Some((Some("a.BException"), "y", Glued))),
            ("failed [a.BException: y] with", Some((Some("a.BException"), "y] with", Glued))),
            ("Exception in thread \"main\" Boom: x", Some((Some("Boom"), "x", Announced))),
            ("Exception in thread \"a \"b\"\" a.B", Some((Some("a.B"), "", Announced))),
            ("web | Exception in thread \"main\" so odd", Some((None, "so odd", Announced))),
            ("Exception in thread \"main", None),
            ("java.lang.Thread.State: RUNNABLE", None),
            ("com.example.OrderService - order failed", None),
            ("order failed", None),
            ("Error: no such file", None),
            ("ERROR: no such file", None),
            ("\ta.BException: x", None),
            ("3.14: x", None),
            ("", None),
        ];
        for (line, expected) in table {
            let found = head(line).map(|head| (head.exception_type, head.message, head.surety));
            assert_eq!(found, expected, "{line}");
        }
    }

    #[test]
    fn elisions() {
        let table = [
            ("\t... 3 more", Some(Elision::Shared(3))),
            ("\t... 3 common frames omitted", Some(Elision::Shared(3))),
            ("\t... 3 frames excluded", Some(Elision::LeftOut(3))),
            ("\t... 30 frames truncated (including 2 common frames)", Some(Elision::LeftOut(30))),
            ("\t... suppressed 27 lines", Some(Elision::LeftOut(27))),
            ("\t... ", Some(Elision::LeftOut(1))),
            ("... ", None),
            ("\t... 3 more to come", None),
            ("\t... more", None),
            ("... x more", None),
        ];
        for (line, expected) in table {
            assert_eq!(elision(line), expected, "{line}");
        }
    }

    #[test]
    fn cut_frames() {
        for line in ["\tat com.exam", "\tat a.B.c(B.ja", "\tat ", "\ta"] {
            assert!(is_cut_frame(line), "{line:?}");
        }
        for line in ["\tat a.B.c(B.java:3)", "at com.exam", "\tat noon it", "\tb", "", "\t"] {
            assert!(!is_cut_frame(line), "{line:?}");
        }
    }
}
