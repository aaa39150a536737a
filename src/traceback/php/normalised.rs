//! Exceptions that Monolog writes as data. Their frames are places without functions.
//!
//! ```text
//! {"context": {"exception": {"class": "BoxException", "message": "damaged", "code": 0,
//!     "file": "/app/mail.php:9", "trace": ["/app/mail.php:15"], "previous": {…}}}}
//! ```

use std::fmt::Write as _;

use super::super::causes::{Causes, Link};
use super::super::model::{Relation, Traceback, cut};
use super::{LANGUAGE, MAX_MESSAGE_BYTES, OBJECT, PREVIOUS, line, place};
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// Where Monolog writes what was logged with the message.
pub(in crate::traceback) const CONTEXT: &str = "context";
/// Where in that PSR-3 wants an exception.
pub(in crate::traceback) const EXCEPTION: &str = "exception";

/// The traceback of the exception in `document`, and the text that Monolog writes for it into
/// lines. `None` when there is no such exception. The type and the message of what escaped are
/// fields by now.
pub(in crate::traceback) fn traceback(
    document: &Document<'_>,
) -> Option<(Traceback<'static>, String)> {
    let exception = document.source.get(CONTEXT)?.as_object()?.get(EXCEPTION)?.as_object()?;
    let field = |field| document.fields.get_str(field);
    let mut causes = Causes::default();
    let (mut text, mut is_cut) = (String::new(), false);
    let mut next = Some((exception, field(Field::ErrorType)?, field(Field::ErrorMessage)));
    while let Some((exception, class, message)) = next {
        let Some(link) = link(exception, class, message, &mut text) else { break };
        causes.push_inner(link);
        is_cut |= message.is_some_and(|message| message.len() > MAX_MESSAGE_BYTES);
        next = exception.get("previous").and_then(Value::as_object).and_then(|previous| {
            let string = |key| previous.get(key).and_then(Value::as_str);
            Some((previous, string("class")?, string("message")))
        });
    }
    if causes.is_empty() {
        return None;
    }
    Some((causes.into_traceback(LANGUAGE.name, Relation::Cause, is_cut), text))
}

/// The `exception` of `class`, which is written to `text`.
fn link(
    exception: &Object<'_>,
    class: &str,
    message: Option<&str>,
    text: &mut String,
) -> Option<Link<'static>> {
    let thrown = exception.get("file")?.as_str()?;
    line::place(thrown)?;
    let calls = exception.get("trace").and_then(Value::as_array).unwrap_or_default();
    let calls = calls.iter().filter_map(Value::as_str);
    if !text.is_empty() {
        text.push_str(PREVIOUS);
    }
    // Writing to a string does not fail.
    let message = message.unwrap_or_default();
    let _ = writeln!(text, "{OBJECT}{class}: {message} at {thrown})\n[stacktrace]");
    let mut link = Link {
        exception_type: Some(class.to_owned().into()),
        message: Some(cut(message, MAX_MESSAGE_BYTES).to_owned().into())
            .filter(|_| !message.is_empty()),
        ..Link::default()
    };
    for (index, call) in calls.clone().enumerate() {
        let _ = writeln!(text, "#{index} {call}");
    }
    for call in std::iter::once(thrown).chain(calls) {
        let Some((file, number)) = line::place(call) else { continue };
        link.frames.push(place(file.to_owned().into(), Some(number)));
    }
    Some(link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    #[test]
    fn exceptions_and_what_led_to_them() {
        let mut document = Document::default();
        let source = r#"{"context": {"exception": {"file": "/app/mail.php:9",
            "trace": ["/app/mail.php:15"],
            "previous": {"class": "JsonException", "message": "Syntax error", "file": "/app/mail.php:6"}}}}"#;
        if let Value::Object(object) = read(source).unwrap() {
            document.source = object;
        }
        assert!(traceback(&document).is_none());
        document.fields.set(Field::ErrorType, "BoxException");
        let (traceback, text) = traceback(&document).unwrap();
        assert_eq!(
            text,
            "[object] (BoxException:  at /app/mail.php:9)\n[stacktrace]\n#0 /app/mail.php:15\n\
             [previous exception] [object] (JsonException: Syntax error at /app/mail.php:6)\n\
             [stacktrace]\n"
        );
        let lines = |exception: &crate::traceback::Exception<'_>| {
            exception.frames.iter().filter_map(|frame| frame.line).collect::<Vec<_>>()
        };
        assert_eq!(
            traceback.exceptions.iter().map(lines).collect::<Vec<_>>(),
            [vec![9, 15], vec![6]]
        );
    }
}
