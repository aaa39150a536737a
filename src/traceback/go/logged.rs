//! Stacks that Go's loggers write as data: zerolog with `pkgerrors`, and the Lambda runtime.
//!
//! ```text
//! {"stack": [{"func": "inner", "line": "15", "source": "main.go"}]}
//! {"stackTrace": [{"path": "app/main.go", "line": 15, "label": "inner"}]}
//! ```

use std::fmt::Write as _;

use super::super::causes::{Causes, Link};
use super::super::frames::InnermostFirst;
use super::super::model::{Relation, Traceback};
use super::{LANGUAGE, line};
use crate::json::{Object, Value};

/// The traceback of a `stack`, innermost first, and the text that Go would print for it. `None` when it
/// is not one of Go's.
pub(in crate::traceback) fn traceback(stack: &[Value<'_>]) -> Option<(Traceback<'static>, String)> {
    let mut frames = InnermostFirst::default();
    let mut text = String::new();
    for call in stack {
        let Value::Object(call) = call else { return None };
        let (function, file, number) = parts(call)?;
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a string does not fail.
        let _ = write!(text, "{function}\n\t{file}:{number}");
        frames.push(line::frame(&function, &file, number).into_owned());
    }
    let causes = Causes::of(Link { frames, ..Link::default() });
    let traceback = causes.into_traceback(LANGUAGE.name, Relation::Cause, false);
    (!text.is_empty()).then_some((traceback, text))
}

/// Function, file and line of one call.
fn parts(call: &Object<'_>) -> Option<(String, String, u64)> {
    let string = |key| call.get(key).and_then(Value::as_str).map(str::to_owned);
    let (function, file) = match string("func") {
        Some(function) => (function, string("source")?),
        None => (string("label")?, string("path")?),
    };
    let number = match call.get("line")? {
        Value::Number(number) => number.as_str().parse().ok()?,
        Value::String(number) => number.parse().ok()?,
        _ => return None,
    };
    Some((function, file, number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    #[test]
    fn stacks() {
        for stack in [
            r#"[{"func":"inner","line":"15","source":"main.go"},{"func":"main","line":"20","source":"main.go"}]"#,
            r#"[{"path":"main.go","line":15,"label":"inner"},{"path":"main.go","line":20,"label":"main"}]"#,
        ] {
            let stack = read(stack).unwrap();
            let (traceback, text) = traceback(stack.as_array().unwrap()).unwrap();
            assert_eq!(text, "inner\n\tmain.go:15\nmain\n\tmain.go:20");
            let frames = &traceback.exceptions[0].frames;
            let shown: Vec<_> = frames
                .iter()
                .map(|frame| (frame.function.as_deref().unwrap(), frame.line))
                .collect();
            assert_eq!(shown, [("inner", Some(15)), ("main", Some(20))]);
            assert_eq!(traceback.culprit().unwrap(), "main.go in inner");
        }
    }

    #[test]
    fn other_arrays_are_not_gos() {
        for other in [
            "[]",
            "[1]",
            r#"["main.main"]"#,
            r#"[{"func":"inner","source":"main.go"}]"#,
            r#"[{"func":"inner","line":"x","source":"main.go"}]"#,
            r#"[{"file":"a.py","line":1,"function":"f"}]"#,
        ] {
            assert!(traceback(read(other).unwrap().as_array().unwrap()).is_none(), "{other}");
        }
    }
}
