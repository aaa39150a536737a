//! An error that a logger tells twice: as fields, and once more in the message or as the name of
//! somebody else.

use super::description::Description;
use super::{Found, find_traceback};
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// What a message tells again of the stated error.
pub(super) struct Told {
    /// The traceback.
    pub description: Description,
    /// How many exceptions it has.
    pub exceptions: usize,
    /// The traceback's own text.
    pub stack_trace: String,
    /// What the message says beside it.
    pub words: String,
}

/// The traceback that the message of `document` holds below its own words, when it is the stated
/// error's. Node's console on Lambda and Log4j's layout for Google Cloud write it there too.
pub(super) fn in_message(document: &Document<'_>) -> Option<Told> {
    let message = document.fields.get_str(Field::Message)?;
    if !message.contains(['\n', '\r']) {
        return None;
    }
    let Found { traceback, span } = find_traceback(message)?;
    let root = traceback.exceptions.first()?;
    let is_stated = |field, told: Option<&str>| document.fields.get_str(field) == told;
    if !is_stated(Field::ErrorType, root.exception_type.as_deref())
        || !is_stated(Field::ErrorMessage, root.message.as_deref())
    {
        return None;
    }
    let words = message.get(..span.start)?.trim_end();
    // A message that is nothing but the traceback is the headline of its document.
    if words.trim().is_empty() || !message.get(span.end..)?.trim().is_empty() {
        return None;
    }
    Some(Told {
        words: words.to_owned(),
        stack_trace: message.get(span)?.to_owned(),
        description: Description::of(&traceback),
        exceptions: traceback.exceptions.len(),
    })
}

/// winston copies the fields of an error among those of its log, so that the error's `name` stands
/// where a logger's would.
pub(super) fn remove_name_of_error(document: &mut Document<'_>) {
    if !document.fields.contains(Field::Traceback) {
        return;
    }
    let Some(error_type) = document.fields.get_str(Field::ErrorType).map(str::to_owned) else {
        return;
    };
    let is_name = |value: &Value<'_>| value.as_str() == Some(error_type.as_str());
    if document.fields.get(Field::LogLogger).is_some_and(is_name) {
        document.fields.remove(Field::LogLogger);
    }
    let remove = |object: &mut Object<'_>| {
        if object.get(NAME).is_some_and(is_name) {
            object.remove(NAME);
        }
    };
    remove(&mut document.source);
    for holder in document.holders.clone() {
        if let Some(Value::Object(held)) = document.source.get_mut(holder) {
            remove(held);
        }
    }
}

/// The name of an error's name.
const NAME: &str = "name";

#[cfg(test)]
mod tests {
    use super::*;

    const STACK: &str = "PaymentError: declined\n    at charge (/app/shop.js:15:11)\n    \
        at pay (/app/shop.js:20:3)";

    fn document(message: &str, error_message: &'static str) -> Document<'static> {
        let mut document = Document::default();
        document.fields.set(Field::Message, message.to_owned());
        document.fields.set(Field::ErrorType, "PaymentError");
        document.fields.set(Field::ErrorMessage, error_message);
        document.fields.set(Field::Traceback, Object::new());
        document
    }

    #[test]
    fn the_message_keeps_its_words() {
        let told = in_message(&document(&format!("not paid {STACK}"), "declined")).unwrap();
        assert_eq!((told.words.as_str(), told.stack_trace.as_str()), ("not paid", STACK));
        assert_eq!(told.exceptions, 1);
        for (message, error_message) in [
            (format!("not paid {STACK}"), "stolen"),
            (STACK.to_owned(), "declined"),
            (format!("not paid {STACK}\nwill retry"), "declined"),
            ("not paid\nPaymentError: declined".to_owned(), "declined"),
            ("not paid".to_owned(), "declined"),
        ] {
            assert!(in_message(&document(&message, error_message)).is_none(), "{message}");
        }
    }

    #[test]
    fn the_name_of_the_error_is_nobodys_else() {
        let mut winston = document("not paid", "declined");
        winston.fields.set(Field::LogLogger, "PaymentError");
        winston.source.push("name", "PaymentError");
        remove_name_of_error(&mut winston);
        assert!(!winston.fields.contains(Field::LogLogger) && winston.source.is_empty());

        let mut other = document("not paid", "declined");
        other.fields.set(Field::LogLogger, "shop");
        other.source.push("name", "bob");
        remove_name_of_error(&mut other);
        assert_eq!(other.fields.get_str(Field::LogLogger), Some("shop"));
        assert_eq!(other.source.len(), 1);
    }
}
