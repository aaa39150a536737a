//! A Java trace that is data already, as log4j2, Logback and Lambda write it, written again as the
//! text that Java prints, so that it has a stack trace to read and one way into the document.

use std::fmt::Write as _;

use super::java;
use super::model::MAX_EXCEPTIONS;
use crate::document::{Document, Field};
use crate::json::{Number, Object, Value};

/// The keys under which one logger writes an exception.
struct Shape {
    exception_type: &'static str,
    message: &'static str,
    frames: &'static str,
    /// The number of frames that are the enclosing exception's too.
    shared: &'static str,
    frame: FrameKeys,
}

/// The keys of one frame.
struct FrameKeys {
    class: &'static str,
    method: &'static str,
    file: &'static str,
    line: &'static str,
}

/// Where log4j2 writes the exception that escaped.
pub(super) const THROWN: &str = "thrown";
/// Where Logback does.
pub(super) const THROWABLE: &str = "throwable";

/// Where loggers put the exception that escaped, and the shape of it.
const LOGGERS: &[(&str, Shape)] = &[
    // log4j2's JsonLayout.
    (
        THROWN,
        Shape {
            exception_type: "name",
            message: "message",
            frames: "extendedStackTrace",
            shared: "commonElementCount",
            frame: FrameKeys { class: "class", method: "method", file: "file", line: "line" },
        },
    ),
    // Logback's JsonEncoder.
    (
        THROWABLE,
        Shape {
            exception_type: "className",
            message: "message",
            frames: "stepArray",
            shared: "commonFramesCount",
            frame: FrameKeys {
                class: "className",
                method: "methodName",
                file: "fileName",
                line: "lineNumber",
            },
        },
    ),
];

/// The Lambda runtime for Java writes frames as `shop.Main.handle(Main.java:9)`. Below an exception
/// that escaped stands its `cause`.
const LAMBDA_CAUSE: &str = "cause";
const LAMBDA: Shape = Shape {
    exception_type: "errorType",
    message: "errorMessage",
    frames: "stackTrace",
    shared: "",
    frame: FrameKeys { class: "", method: "", file: "", line: "" },
};

/// What Java prints before a cause.
const CAUSE: &str = "Caused by: ";

/// The trace of `document` as Java prints it, and the key in its source whose content is in that;
/// none when no logger of the JVM wrote one as data. The type and the message of the exception that
/// escaped are fields of the document by now.
pub(super) fn as_text(document: &Document<'_>) -> Option<(String, &'static str)> {
    let exception_type = document.fields.get_str(Field::ErrorType)?;
    let message = document.fields.get_str(Field::ErrorMessage);
    let mut text = String::new();
    if let Some(frames) = document.fields.get_str(Field::ErrorStackTrace) {
        java::call(frames.lines().next()?)?;
        write_head(&mut text, "", exception_type, message);
        for frame in frames.lines() {
            push(&mut text, format_args!("\tat {frame}\n"));
        }
        if let Some(Value::Object(cause)) = document.source.get(LAMBDA_CAUSE) {
            write_exception(&mut text, &LAMBDA, cause, 0, CAUSE);
        }
        return Some((text, LAMBDA_CAUSE));
    }
    let (key, shape, thrown) = LOGGERS.iter().find_map(|(key, shape)| {
        let thrown = document.source.get(key)?.as_object()?;
        Some((key, shape, thrown))
    })?;
    write_head(&mut text, "", exception_type, message);
    write_body(&mut text, shape, thrown, 0);
    Some((text, key))
}

/// Removes what a logger wrote as data beside a stack trace that is text, when that says it all:
/// Log4j's `JsonLayout` with `stacktraceAsString` repeats each cause.
pub(super) fn remove_repetition(document: &mut Document<'_>) {
    let Some(text) = document.fields.get_str(Field::ErrorStackTrace) else { return };
    for (key, shape) in LOGGERS {
        let thrown = document.source.get(key).and_then(Value::as_object);
        if thrown.is_some_and(|thrown| is_told(thrown, shape, text, MAX_EXCEPTIONS)) {
            document.source.remove(key);
            return;
        }
    }
}

/// Whether `text` holds all that `exception` and its causes say.
fn is_told(exception: &Object<'_>, shape: &Shape, text: &str, depth: usize) -> bool {
    exception.iter().all(|(name, value)| match value {
        Value::Number(_) => name == shape.shared,
        Value::String(part) => text.contains(part.trim_end()),
        Value::Object(cause) => {
            name == "cause" && depth > 0 && is_told(cause, shape, text, depth - 1)
        }
        _ => false,
    })
}

/// Writing to a string does not fail.
fn push(text: &mut String, part: std::fmt::Arguments<'_>) {
    let _ = text.write_fmt(part);
}

fn write_head(text: &mut String, caption: &str, exception_type: &str, message: Option<&str>) {
    push(text, format_args!("{caption}{exception_type}"));
    if let Some(message) = message.filter(|message| !message.is_empty()) {
        push(text, format_args!(": {message}"));
    }
    text.push('\n');
}

/// Writes the frames of `exception`, which was printed `depth` tabs deep, and what belongs to it.
fn write_body(text: &mut String, shape: &Shape, exception: &Object<'_>, depth: usize) {
    if depth == MAX_EXCEPTIONS {
        return;
    }
    let indent = "\t".repeat(depth);
    let array = |key| exception.get(key).and_then(Value::as_array).unwrap_or_default();
    for frame in array(shape.frames) {
        match frame {
            Value::String(frame) => push(text, format_args!("{indent}\tat {frame}\n")),
            Value::Object(frame) => write_frame(text, &shape.frame, frame, &indent),
            _ => {}
        }
    }
    let shared = exception.get(shape.shared).and_then(Value::as_number);
    if let Some(shared) = shared.and_then(Number::as_u64).filter(|&shared| shared > 0) {
        push(text, format_args!("{indent}\t... {shared} more\n"));
    }
    for suppressed in array("suppressed").iter().filter_map(Value::as_object) {
        write_exception(text, shape, suppressed, depth + 1, "Suppressed: ");
    }
    if let Some(cause) = exception.get("cause").and_then(Value::as_object) {
        // A cause stands as deep as what it caused.
        write_exception(text, shape, cause, depth, CAUSE);
    }
}

fn write_exception(
    text: &mut String,
    shape: &Shape,
    exception: &Object<'_>,
    depth: usize,
    caption: &str,
) {
    let string = |key| exception.get(key).and_then(Value::as_str);
    if let Some(exception_type) = string(shape.exception_type) {
        text.push_str(&"\t".repeat(depth));
        write_head(text, caption, exception_type, string(shape.message));
        write_body(text, shape, exception, depth);
    }
}

fn write_frame(text: &mut String, keys: &FrameKeys, frame: &Object<'_>, indent: &str) {
    let string = |key| frame.get(key).and_then(Value::as_str);
    let (Some(class), Some(method)) = (string(keys.class), string(keys.method)) else {
        return;
    };
    push(text, format_args!("{indent}\tat {class}.{method}("));
    let line = frame.get(keys.line).and_then(Value::as_number).and_then(Number::as_i64);
    match (string(keys.file), line) {
        // What Java says of a method that is not Java's.
        (_, Some(-2)) => text.push_str("Native Method"),
        (Some(file), Some(line)) if line > 0 => push(text, format_args!("{file}:{line}")),
        (Some(file), _) => text.push_str(file),
        (None, _) => text.push_str("Unknown Source"),
    }
    text.push(')');
    if let (Some(location), Some(version)) = (string("location"), string("version")) {
        push(text, format_args!(" ~[{location}:{version}]"));
    }
    text.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    fn document(fields: &[(Field, &'static str)], source: &'static str) -> Document<'static> {
        let mut document = Document::default();
        for &(field, text) in fields {
            document.fields.set(field, text);
        }
        if let Value::Object(object) = read(source).unwrap() {
            document.source = object;
        }
        document
    }

    const STATED: [(Field, &str); 2] =
        [(Field::ErrorType, "a.BException"), (Field::ErrorMessage, "to bob")];

    #[test]
    fn log4j2() {
        let source = r#"{"thrown": {"commonElementCount": 0,
            "cause": {"commonElementCount": 1, "name": "c.D", "message": "x", "extendedStackTrace": [
                {"class": "c.D", "method": "e", "file": "D.java", "line": 7}]},
            "extendedStackTrace": [
                {"class": "a.B", "method": "<init>", "file": "B.java", "line": 3, "location": "a.jar", "version": "1"},
                {"class": "a.B", "method": "n", "line": -2}],
            "suppressed": [{"commonElementCount": 0, "name": "s.S", "extendedStackTrace": []}]}}"#;
        assert_eq!(
            as_text(&document(&STATED, source)).unwrap(),
            (
                "a.BException: to bob\n\tat a.B.<init>(B.java:3) ~[a.jar:1]\n\
                 \tat a.B.n(Native Method)\n\tSuppressed: s.S\n\
                 Caused by: c.D: x\n\tat c.D.e(D.java:7)\n\t... 1 more\n"
                    .to_owned(),
                "thrown"
            )
        );
    }

    #[test]
    fn logback() {
        let source = r#"{"throwable": {"stepArray": [
            {"className": "a.B", "methodName": "c", "fileName": "B.java", "lineNumber": 3}],
            "cause": {"className": "c.D", "stepArray": [], "commonFramesCount": 1}}}"#;
        assert_eq!(
            as_text(&document(&STATED, source)).unwrap().0,
            "a.BException: to bob\n\tat a.B.c(B.java:3)\nCaused by: c.D\n\t... 1 more\n"
        );
    }

    #[test]
    fn data_that_the_text_tells_are_removed() {
        let stack = [(Field::ErrorStackTrace, "a.B: x\n\tat a.B.c(B.java:3)\nCaused by: c.D: y\n")];
        for (source, is_removed) in [
            (
                r#"{"thrown": {"commonElementCount": 0, "cause": {"name": "c.D", "message": "y"}}}"#,
                true,
            ),
            (r#"{"thrown": {"cause": {"name": "e.F"}}}"#, false),
            (r#"{"thrown": {"cause": {"suppressed": []}}}"#, false),
            (r#"{"thrown": {"code": 7}}"#, false),
        ] {
            let mut document = document(&stack, source);
            remove_repetition(&mut document);
            assert_eq!(document.source.is_empty(), is_removed, "{source}");
        }
    }

    #[test]
    fn lambda() {
        let stack = [(Field::ErrorStackTrace, "a.B.c(B.java:3)\na.B.d(B.java:4)")];
        let source = r#"{"cause": {"errorType": "c.D", "errorMessage": "x",
            "stackTrace": ["c.D.e(D.java:7)"], "cause": {"errorType": "e.F", "stackTrace": []}}}"#;
        let fields = [STATED.as_slice(), &stack].concat();
        assert_eq!(
            as_text(&document(&fields, source)).unwrap().0,
            "a.BException: to bob\n\tat a.B.c(B.java:3)\n\tat a.B.d(B.java:4)\n\
             Caused by: c.D: x\n\tat c.D.e(D.java:7)\nCaused by: e.F\n"
        );
    }

    #[test]
    fn others() {
        let stated = document(&STATED, r#"{"thrown": "x", "throwable": [1], "cause": {}}"#);
        assert_eq!(as_text(&stated), None);
        assert_eq!(as_text(&document(&[], r#"{"thrown": {"cause": {}}}"#)), None);
        let fields =
            [STATED.as_slice(), &[(Field::ErrorStackTrace, "a.BException\n\tat x")]].concat();
        assert_eq!(as_text(&document(&fields, "{}")), None);
    }

    #[test]
    fn deep_ones_end() {
        let deep = format!(
            r#"{{"throwable": {}{{}}{}}}"#,
            r#"{"className": "a.B", "suppressed": ["#.repeat(60),
            "]}".repeat(60)
        );
        let mut document = document(&STATED, "{}");
        let read = read(&deep).unwrap();
        document.source = read.as_object().unwrap().clone();
        let (text, _) = as_text(&document).unwrap();
        assert_eq!(text.matches("Suppressed").count(), MAX_EXCEPTIONS);
    }
}
