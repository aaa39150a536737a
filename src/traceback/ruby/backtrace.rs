//! Backtraces that Ruby's loggers write beside the error, written again as the text that Ruby
//! prints, so that they have a head, and their causes one way into the document.
//!
//! ```text
//! {"exception": {"name": "KeyError", "message": "no :to", "stack_trace": ["app/mail.rb:7:in 'fetch'"],
//!                "cause": {"name": …, "message": …, "stack_trace": […]}}}    semantic_logger
//! {"exception": ["KeyError", "no :to"], "backtrace": ["app/mail.rb:7:in 'fetch'"]}   lograge
//! {"message": {"class": "KeyError", "message": "no :to", "backtrace": ["app/mail.rb:7:in 'fetch'"],
//!              "cause": {"class": …, "message": …, "backtrace": […]}}}       logging
//! ```

use std::fmt::Write as _;

use super::super::model::MAX_EXCEPTIONS;
use super::line;
use crate::document::{Document, Field};
use crate::json::{Object, Value, join_lines};

/// The field in which `semantic_logger` and lograge write the error.
pub(in crate::traceback) const EXCEPTION: &str = "exception";
/// The field in which the gem `logging` does: the error is what is logged.
pub(in crate::traceback) const MESSAGE: &str = "message";

/// States the error that the gem `logging` writes instead of a message.
pub(in crate::traceback) fn state_logged_error(document: &mut Document<'_>) {
    let Some(Value::Object(error)) = document.source.get_mut(MESSAGE) else { return };
    let is_backtrace = |lines: &&[Value<'_>]| {
        let first = lines.first().and_then(Value::as_str);
        first.and_then(line::bare).is_some_and(|(prefix, _)| prefix == 0)
    };
    let Some(lines) = error.get("backtrace").and_then(Value::as_array).filter(is_backtrace) else {
        return;
    };
    let Some((backtrace, _)) = join_lines(lines) else { return };
    let Some(Value::String(class)) = error.remove("class") else { return };
    error.remove("backtrace");
    let message = document.fields.get_str(Field::Message).map(str::to_owned);
    document.fields.set(Field::ErrorType, class);
    document.fields.set(Field::ErrorStackTrace, backtrace);
    if let Some(message) = message {
        document.fields.set(Field::ErrorMessage, message);
    }
}

/// Removes the causes that have become part of the document's stack trace.
pub(in crate::traceback) fn remove_causes(document: &mut Document<'_>) {
    document.source.remove(EXCEPTION);
    if let Some(Value::Object(error)) = document.source.get_mut(MESSAGE) {
        error.remove("cause");
        if error.is_empty() {
            document.source.remove(MESSAGE);
        }
    }
}

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
    let mut exception = [EXCEPTION, MESSAGE]
        .into_iter()
        .find_map(|name| document.source.get(name).and_then(Value::as_object));
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
    let either = |one, other| cause.get(one).or_else(|| cause.get(other));
    let frames = either("stack_trace", "backtrace")?.as_array()?.iter().filter_map(Value::as_str);
    let message = cause.get("message").and_then(Value::as_str);
    write_exception(text, either("name", "class")?.as_str()?, message, frames)
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
    fn an_error_may_be_the_message() {
        let state = |source: &str| {
            let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
            let mut document = Document { source, ..Document::default() };
            document.fields.set(Field::Message, "no :to");
            state_logged_error(&mut document);
            let text = as_text(&document)?;
            remove_causes(&mut document);
            Some((text, document.source.is_empty()))
        };
        let source = r#"{"message": {"class": "KeyError", "backtrace": ["a.rb:7:in 'send'"], "cause":
            {"class": "IOError", "message": "closed", "backtrace": ["a.rb:3:in 'fetch'"]}}}"#;
        let text = "a.rb:7:in 'send': no :to (KeyError)\na.rb:3:in 'fetch': closed (IOError)\n";
        assert_eq!(state(source), Some((text.to_owned(), true)));
        for other in [
            r#"{"message": {"class": "economy", "seat": 7}}"#,
            r#"{"message": {"class": "A", "backtrace": ["somewhere"]}}"#,
            r#"{"message": {"backtrace": ["a.rb:7:in 'send'"]}}"#,
        ] {
            assert_eq!(state(other), None, "{other}");
        }
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
