//! Backtraces that Ruby's loggers write beside the error, written again as the text that Ruby
//! prints, so that they have a head, and their causes one way into the document.
//!
//! ```text
//! {"exception": {"name": "KeyError", "message": "no :to", "stack_trace": ["app/mail.rb:7:in 'fetch'"],
//!                "cause": {"name": …, "message": …, "stack_trace": […]}}}    semantic_logger
//! {"exception": ["KeyError", "no :to"], "backtrace": ["app/mail.rb:7:in 'fetch'"]}   lograge
//! ```

use std::fmt::Write as _;

use super::super::model::MAX_EXCEPTIONS;
use super::line;
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// The field in which both write the error.
pub(in crate::traceback) const EXCEPTION: &str = "exception";

/// The type and the message that lograge writes as an array.
pub(in crate::traceback) fn type_and_message<'v>(
    exception: &'v [Value<'_>],
) -> Option<(&'v str, &'v str)> {
    let [error_type, message] = exception else { return None };
    let is_name = |name: &&str| {
        name.starts_with(char::is_uppercase)
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
    };
    Some((error_type.as_str().filter(is_name)?, message.as_str()?))
}

/// The error of `document` as Ruby prints it. `None` when its stack trace is not a backtrace of
/// Ruby alone. The type, the message and the backtrace of what escaped are fields by now.
pub(in crate::traceback) fn as_text(document: &Document<'_>) -> Option<String> {
    let field = |field| document.fields.get_str(field);
    let mut text = String::new();
    let frames = field(Field::ErrorStackTrace)?.lines();
    write_exception(&mut text, field(Field::ErrorType)?, field(Field::ErrorMessage), frames)?;
    let mut exception = document.source.get(EXCEPTION).and_then(Value::as_object);
    for _ in 1..MAX_EXCEPTIONS {
        let cause = exception.and_then(|exception| exception.get("cause")?.as_object());
        if cause.and_then(|cause| write_cause(&mut text, cause)).is_none() {
            break;
        }
        exception = cause;
    }
    Some(text)
}

fn write_cause(text: &mut String, cause: &Object<'_>) -> Option<()> {
    let string = |key| cause.get(key).and_then(Value::as_str);
    let frames = cause.get("stack_trace")?.as_array()?.iter().filter_map(Value::as_str);
    write_exception(text, string("name")?, string("message"), frames)
}

fn write_exception<'f>(
    text: &mut String,
    error_type: &str,
    message: Option<&str>,
    mut frames: impl Iterator<Item = &'f str>,
) -> Option<()> {
    let first = frames.next()?;
    line::bare(first).filter(|(prefix, _)| *prefix == 0)?;
    // Without a message Ruby prints the type.
    let message = message.filter(|message| !message.is_empty()).unwrap_or(error_type);
    let (headline, rest) = message.split_once('\n').unwrap_or((message, ""));
    // Writing to a string does not fail.
    let _ = writeln!(text, "{}: {headline} ({error_type})", first.trim());
    if !rest.is_empty() {
        let _ = writeln!(text, "{rest}");
    }
    for frame in frames {
        let _ = writeln!(text, "\tfrom {}", frame.trim());
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    #[test]
    fn writes_what_ruby_prints() {
        let mut document = Document::default();
        document.fields.set(Field::ErrorType, "Mail::Error");
        document.fields.set(Field::ErrorMessage, "to bob\nand ann");
        document.fields.set(Field::ErrorStackTrace, "a.rb:7:in 'send'\na.rb:12:in '<main>'");
        let source = r#"{"exception": {"cause": {"name": "KeyError", "message": "",
            "stack_trace": ["a.rb:3:in 'fetch'"], "cause": {"name": "x"}}}}"#;
        if let Value::Object(object) = read(source).unwrap() {
            document.source = object;
        }
        assert_eq!(
            as_text(&document).unwrap(),
            "a.rb:7:in 'send': to bob (Mail::Error)\nand ann\n\tfrom a.rb:12:in '<main>'\n\
             a.rb:3:in 'fetch': KeyError (KeyError)\n"
        );
        document.fields.set(Field::ErrorStackTrace, "Error: x\n    at a.js:1:2");
        assert_eq!(as_text(&document), None);
    }

    #[test]
    fn pairs() {
        let pair = |json: &str| {
            let value = read(json).unwrap();
            let pair = type_and_message(value.as_array().unwrap());
            pair.map(|(error_type, message)| format!("{error_type}: {message}"))
        };
        assert_eq!(pair(r#"["Mail::Error", "to bob"]"#).as_deref(), Some("Mail::Error: to bob"));
        for other in ["[]", r#"["a", "b"]"#, r#"["A b", "c"]"#, r#"["A", 1]"#, r#"["A", "b", "c"]"#]
        {
            assert_eq!(pair(other), None, "{other}");
        }
    }
}
