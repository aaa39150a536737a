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

/// Leaves of exceptions that have become a stack trace what that does not say: the variables of
/// each frame, and groups, whose members are not in it. False when nothing is left.
pub(super) fn keep_locals(exceptions: &mut Value<'_>) -> bool {
    let Value::Array(elements) = exceptions else { return true };
    elements.retain_mut(|exception| {
        let Value::Object(exception) = exception else { return true };
        if exception.get("is_group") == Some(&Value::Bool(true)) {
            return true;
        }
        exception.retain_mut(|name, value| match (name.as_ref(), value) {
            ("exc_type" | "exc_value" | "exc_notes" | "is_cause" | "is_group", _)
            | (_, Value::Null) => false,
            ("frames", Value::Array(frames)) => {
                frames.retain_mut(keep_locals_of_frame);
                !frames.is_empty()
            }
            (_, Value::Array(members)) => !members.is_empty(),
            _ => true,
        });
        !exception.is_empty()
    });
    !elements.is_empty()
}

/// False when the frame has no variables.
fn keep_locals_of_frame(frame: &mut Value<'_>) -> bool {
    let Value::Object(frame) = frame else { return true };
    frame.retain_mut(|name, value| match name.as_ref() {
        "filename" | "lineno" => false,
        "locals" => !matches!(value, Value::Null) && *value != Value::Object(Object::new()),
        _ => true,
    });
    frame.iter().any(|(name, _)| name != "name")
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
    #[test]
    fn only_what_the_text_leaves_out_is_kept() {
        let kept = |exceptions: &str| {
            let mut exceptions = read(exceptions).unwrap();
            let mut text = Vec::new();
            let is_kept = keep_locals(&mut exceptions);
            crate::json::write_value(&exceptions, &mut text);
            is_kept.then(|| String::from_utf8(text).unwrap())
        };
        let exception = |frames: &str, rest: &str| {
            format!(
                r#"[{{"exc_type": "A", "exc_value": "b", "exc_notes": [], "syntax_error": null,
                "is_cause": false, "frames": [{frames}]{rest}, "exceptions": []}}]"#
            )
        };
        let plain = r#"{"filename": "a.py", "lineno": 1, "name": "f", "locals": {}}"#;
        let told = r#"{"filename": "a.py", "lineno": 1, "name": "g", "locals": {"n": "1"}}"#;
        assert_eq!(kept(&exception(plain, r#", "is_group": false"#)), None);
        assert_eq!(
            kept(&exception(&format!("{plain},{told}"), "")).unwrap(),
            r#"[{"frames":[{"name":"g","locals":{"n":"1"}}]}]"#
        );
        let group = exception(plain, r#", "is_group": true"#);
        assert!(kept(&group).unwrap().contains("a.py"));
    }
}
