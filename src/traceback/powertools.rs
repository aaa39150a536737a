//! Powertools for AWS Lambda writes a Python traceback twice: as the text that Python prints, and as
//! data beside it.

use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// Where the data stand.
const STACK_TRACE: &str = "stack_trace";
/// What they hold, and nothing else.
const NAMES: [&str; 4] = ["type", "value", "module", "frames"];

/// Removes the data when the document's stack trace says all that they do.
pub(super) fn remove_repetition(document: &mut Document<'_>) {
    let text = document.fields.get_str(Field::ErrorStackTrace);
    let data = document.source.get(STACK_TRACE).and_then(Value::as_object);
    if let (Some(text), Some(data)) = (text, data)
        && is_in(data, text)
    {
        document.source.remove(STACK_TRACE);
    }
}

fn is_in(data: &Object<'_>, text: &str) -> bool {
    let Some(frames) = data.get("frames").and_then(Value::as_array) else { return false };
    let Some(mut rest) =
        text.find("Traceback (most recent call last):").and_then(|at| text.get(at..))
    else {
        return false;
    };
    let scalars = || data.iter().filter_map(|(_, value)| value.as_str());
    if data.len() > NAMES.len()
        || !data.iter().all(|(name, _)| NAMES.contains(&name.as_ref()))
        || !scalars().all(|value| text.contains(value))
    {
        return false;
    }
    // Both list the frames from the outermost to the innermost, so that one walk finds them all.
    for frame in frames {
        let Some(end) = frame.as_object().and_then(|frame| end_of(frame, rest)) else {
            return false;
        };
        rest = rest.get(end..).unwrap_or_default();
    }
    true
}

/// Where `frame` ends in `text`.
fn end_of(frame: &Object<'_>, text: &str) -> Option<usize> {
    let (file, name) = (frame.get("file")?.as_str()?, frame.get("function")?.as_str()?);
    let line = frame.get("line")?.as_number()?;
    let head = format!("  File \"{file}\", line {}, in {name}\n", line.as_str());
    let end = text.find(&head)? + head.len();
    let statement = frame.get("statement").and_then(Value::as_str).unwrap_or_default();
    let code = text.get(end..)?.lines().next().unwrap_or_default();
    (statement.is_empty() || code.trim() == statement.trim()).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    const TEXT: &str = "Traceback (most recent call last):\n  File \"/app/a.py\", line 3, in run\n    go(1)\n  \
        File \"/app/b.py\", line 7, in go\n    raise Bad(n)\na.Bad: 1";

    fn is_removed(data: &str) -> bool {
        let source = format!(r#"{{"stack_trace":{data}}}"#);
        let Ok(Value::Object(source)) = read(&source) else { panic!("{source}") };
        let mut document = Document { source, ..Document::default() };
        document.fields.set(Field::ErrorStackTrace, TEXT);
        remove_repetition(&mut document);
        document.source.is_empty()
    }

    #[test]
    fn data_that_the_text_holds_are_removed() {
        let frames = r#"{"file":"/app/a.py","line":3,"function":"run","statement":"go(1)"},
            {"file":"/app/b.py","line":7,"function":"go","statement":"raise Bad(n)"}"#;
        let data =
            |rest: &str, frames: &str| format!(r#"{{"type":"Bad",{rest}"frames":[{frames}]}}"#);
        assert!(is_removed(&data(r#""value":"1","module":"a","#, frames)));
        assert!(is_removed(&data("", "")));
        for (rest, frames) in [
            (r#""value":"2","#, frames),
            (r#""notes":"x","#, frames),
            ("", r#"{"file":"/app/c.py","line":3,"function":"run","statement":""}"#),
            ("", r#"{"file":"/app/a.py","line":4,"function":"run","statement":""}"#),
            ("", r#"{"file":"/app/a.py","line":3,"function":"run","statement":"stop()"}"#),
            ("", r#""/app/a.py""#),
        ] {
            assert!(!is_removed(&data(rest, frames)), "{rest} {frames}");
        }
    }
}
