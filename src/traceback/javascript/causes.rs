//! The causes of a JavaScript error that its logger writes as data beside the stack: Powertools for
//! AWS Lambda and serialize-error as objects with a stack of their own, Elastic's format for winston
//! as the stack alone.

use crate::document::{Document, Field};
use crate::json::{Object, Value};
use crate::traceback::model::MAX_EXCEPTIONS;

use super::super::marks::Marks as _;

/// Where the causes stand.
const PLACES: &[&[&str]] =
    &[&["error", "cause"], &["err", "cause"], &["context", "error", "cause"], &["cause"]];
/// What an error is told by. One that says more is not lost with its stack.
const NAMES: [&str; 6] = ["name", "type", "message", "location", "stack", "cause"];

/// What stands between an error's stack and that of its cause.
const CAUSED_BY: &str = "\ncaused by: ";
/// What the frames of a stack begin with.
const FRAME: &str = "\n    at ";

/// The stack trace of `document` with the causes below it, and where those stand in its source;
/// none when it has none, or when the text tells them already.
pub(in crate::traceback) fn join(
    document: &Document<'_>,
) -> Option<(String, &'static [&'static str])> {
    let stack = document.fields.get_str(Field::ErrorStackTrace)?;
    if !stack.holds(FRAME) || stack.holds(CAUSED_BY) {
        return None;
    }
    let (mut cause, path) =
        PLACES.iter().find_map(|path| Some((at(&document.source, path)?, *path)))?;
    let mut text = stack.trim_end().to_owned();
    for _ in 0..MAX_EXCEPTIONS {
        let (stack, next) = match cause {
            Value::String(stack) => (stack.as_ref(), None),
            Value::Object(error) => {
                if error.iter().any(|(name, _)| !NAMES.contains(&name.as_ref())) {
                    return None;
                }
                (error.get("stack")?.as_str()?, error.get("cause"))
            }
            _ => return None,
        };
        if !stack.holds(FRAME) {
            return None;
        }
        text.push_str(CAUSED_BY);
        text.push_str(stack.trim_end());
        match next {
            Some(next) => cause = next,
            None => return Some((text, path)),
        }
    }
    None
}

fn at<'v, 'a>(object: &'v Object<'a>, path: &[&str]) -> Option<&'v Value<'a>> {
    let (first, rest) = path.split_first()?;
    let value = object.get(first)?;
    if rest.is_empty() { Some(value) } else { at(value.as_object()?, rest) }
}

/// Removes what stands at `path` from the source of `document`.
pub(in crate::traceback) fn remove(document: &mut Document<'_>, path: &[&str]) {
    let Some((last, outer)) = path.split_last() else { return };
    let mut object = &mut document.source;
    for name in outer {
        match object.get_mut(name) {
            Some(Value::Object(inner)) => object = inner,
            _ => return,
        }
    }
    object.remove(last);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    const STACK: &str = "A: x\n    at f (/app/a.js:1:2)";

    fn document(source: &str) -> Document<'_> {
        let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
        let mut document = Document { source, ..Document::default() };
        document.fields.set(Field::ErrorStackTrace, STACK);
        document
    }

    #[test]
    fn causes_stand_below_the_stack() {
        let stack = |name: &str| format!("{name}: y\\n    at g (/app/b.js:3:4)");
        let (b, c) = (stack("B"), stack("C"));
        for (source, causes) in [
            (format!(r#"{{"error":{{"cause":"{b}"}}}}"#), 1),
            (format!(r#"{{"err":{{"cause":{{"name":"B","message":"y","stack":"{b}"}}}}}}"#), 1),
            (format!(r#"{{"context":{{"error":{{"cause":{{"stack":"{b}"}}}}}}}}"#), 1),
            (format!(r#"{{"cause":{{"stack":"{b}","cause":{{"stack":"{c}"}}}}}}"#), 2),
        ] {
            let mut document = document(&source);
            let (text, path) = join(&document).unwrap();
            assert_eq!(text.matches(CAUSED_BY).count(), causes, "{source}");
            assert!(text.starts_with(STACK) && text.contains("\ncaused by: B: y\n    at g"));
            remove(&mut document, path);
            assert!(at(&document.source, path).is_none(), "{source}");
        }
    }

    #[test]
    fn other_causes_are_the_programs() {
        for source in [
            r#"{"cause":"the weather"}"#,
            r#"{"cause":{"name":"B","message":"y"}}"#,
            r#"{"cause":{"stack":"B: y\n    at g (/app/b.js:3:4)","code":7}}"#,
            r#"{"cause":{}}"#,
            r#"{"error":{"cause":3}}"#,
            r#"{"error":"x"}"#,
        ] {
            assert!(join(&document(source)).is_none(), "{source}");
        }
    }
}
