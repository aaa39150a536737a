//! structlog's `dict_tracebacks`: a Python traceback that is data already, written again as the
//! text that Python prints, so that it has a stack trace to read and one way into the document.

use std::fmt::Write as _;

use crate::json::{Object, Value};

/// The exceptions as Python prints them, the one that escaped last; structlog lists it first.
/// `None` when they are not structlog's.
pub(super) fn as_text(exceptions: &[Value<'_>]) -> Option<String> {
    let mut text = String::new();
    for (index, exception) in exceptions.iter().enumerate().rev() {
        let Value::Object(exception) = exception else {
            return None;
        };
        write_exception(exception, &mut text)?;
        if index > 0 {
            text.push_str(match exception.get("is_cause") {
                Some(Value::Bool(true)) => {
                    "\n\nThe above exception was the direct cause of the following exception:\n\n"
                }
                _ => "\n\nDuring handling of the above exception, another exception occurred:\n\n",
            });
        }
    }
    (!text.is_empty()).then_some(text)
}

fn write_exception(exception: &Object<'_>, text: &mut String) -> Option<()> {
    let string = |key| exception.get(key).and_then(Value::as_str);
    let exception_type = string("exc_type")?;
    text.push_str("Traceback (most recent call last):\n");
    if let Some(Value::Array(frames)) = exception.get("frames") {
        for frame in frames {
            let Value::Object(frame) = frame else {
                return None;
            };
            let (file, name) = (frame.get("filename")?.as_str()?, frame.get("name")?.as_str()?);
            let Value::Number(line) = frame.get("lineno")? else {
                return None;
            };
            // Writing to a string does not fail.
            let _ = writeln!(text, "  File \"{file}\", line {}, in {name}", line.as_str());
        }
    }
    text.push_str(exception_type);
    if let Some(value) = string("exc_value").filter(|value| !value.is_empty()) {
        text.push_str(": ");
        text.push_str(value);
    }
    if let Some(Value::Array(notes)) = exception.get("exc_notes") {
        for note in notes.iter().filter_map(Value::as_str) {
            text.push('\n');
            text.push_str(note);
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    #[test]
    fn writes_what_python_prints() {
        let exceptions = r#"[
            {"exc_type": "RuntimeError", "exc_value": "bill failed", "is_cause": false,
             "exc_notes": ["for customer 7"], "frames": [
                {"filename": "/app/shop.py", "lineno": 12, "name": "go", "locals": {"n": "1"}}]},
            {"exc_type": "KeyError", "exc_value": "'p9'", "is_cause": true, "frames": [
                {"filename": "/app/store.py", "lineno": 4, "name": "load"}]}]"#;
        let exceptions = read(exceptions).unwrap();
        assert_eq!(
            as_text(exceptions.as_array().unwrap()).unwrap(),
            "Traceback (most recent call last):\n  File \"/app/store.py\", line 4, in load\n\
             KeyError: 'p9'\n\n\
             The above exception was the direct cause of the following exception:\n\n\
             Traceback (most recent call last):\n  File \"/app/shop.py\", line 12, in go\n\
             RuntimeError: bill failed\nfor customer 7"
        );
    }

    #[test]
    fn other_arrays_are_not_structlogs() {
        for other in [
            "[]",
            "[1]",
            r#"["KeyError", "x"]"#,
            r#"[{"type": "KeyError"}]"#,
            r#"[{"exc_type": "KeyError", "frames": [{"file": "a"}]}]"#,
        ] {
            assert_eq!(as_text(read(other).unwrap().as_array().unwrap()), None, "{other}");
        }
    }
}
