//! The engine's limits: no value longer than its field may be, and a word in the document
//! wherever something had to give.
//!
//! A keyword term holds at most 32,766 bytes in Lucene; 8,191 characters of four bytes each are
//! the most that is safe. Texts are cut at 64 KiB, because nobody reads more and everybody pays.

mod label_names;

use std::sync::LazyLock;

use memchr::memmem::Finder;

use self::label_names::limit_label_names;
use crate::document::{Degradation, Document, Field, Kind, Redacted, Shortening};
use crate::json::{Object, Value};

/// The longest keyword, in characters.
pub const LONGEST_KEYWORD: usize = 8_191;
/// The longest text, in bytes.
pub const LONGEST_TEXT: usize = 64 * 1024;
/// The longest stack trace of a document for which there was no room, in bytes.
pub const LONGEST_SHORTENED_STACK_TRACE: usize = 8 * 1024;

pub use label_names::{LabelNames, MOST_LABEL_NAMES};

/// Sets aside labels whose names the document's index has no room for (`names` are those that it
/// has already) and cuts what is too long, then writes the document's degradations into `event.kind` and
/// `event.reason`.
pub fn apply_limits(document: &mut Redacted<Document<'_>>, names: &mut LabelNames) {
    // What was finished before has been let pass before.
    if !document.is_finished {
        limit_label_names(document, names);
    }
    let document = &mut **document;
    let mut is_cut = false;
    for (field, value) in document.fields.iter_mut() {
        if is_within_all_limits(value) {
            continue;
        }
        let is_value_cut = match field.kind() {
            Kind::Text => cut_strings(value, &|text| cut_text(text, LONGEST_TEXT)),
            _ => cut_strings(value, &cut_keyword),
        };
        if is_value_cut && field == Field::EventOriginalFields {
            document.degradations.insert(Degradation::CutOriginalFields);
        } else {
            is_cut |= is_value_cut;
        }
    }
    // How the engine maps them is unknown: a keyword is the shorter.
    is_cut |= cut_entries(&mut document.source, &cut_keyword);
    if is_cut {
        document.degradations.insert(Degradation::CutValue);
    }
    tell_degradations(document);
}

/// Whether [`shorten`] may find anything to take from the finished `documents`, by a look at what
/// they are written as: most have no traceback.
#[must_use]
pub fn may_be_shortened(documents: &[u8], shortening: Shortening) -> bool {
    static EXCEPTIONS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"exceptions\":"));
    static STACK_TRACE: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new(b"\"stack_trace\":"));
    match shortening {
        Shortening::None => false,
        Shortening::Exceptions => EXCEPTIONS.find(documents).is_some(),
        Shortening::StackTrace => {
            documents.len() > LONGEST_SHORTENED_STACK_TRACE && STACK_TRACE.find(documents).is_some()
        }
    }
}

/// Takes from a finished `document` what it can do without when there is no room for it. False
/// when there is nothing to take, and the document is as it was.
pub fn shorten(document: &mut Redacted<Document<'_>>, shortening: Shortening) -> bool {
    let document = &mut **document;
    let is_shorter = match shortening {
        Shortening::None => false,
        Shortening::Exceptions => match document.fields.get_mut(Field::Traceback) {
            Some(Value::Object(traceback)) => traceback.remove("exceptions").is_some(),
            _ => false,
        },
        Shortening::StackTrace => match document.fields.get_mut(Field::ErrorStackTrace) {
            Some(stack_trace) => {
                cut_strings(stack_trace, &|text| cut_text(text, LONGEST_SHORTENED_STACK_TRACE))
            }
            None => false,
        },
    };
    if is_shorter {
        if let Some(Value::Object(traceback)) = document.fields.get_mut(Field::Traceback)
            && let Some(truncated) = traceback.get_mut("truncated")
        {
            *truncated = Value::Bool(true);
        }
        document.degradations.insert(Degradation::ShortenedTraceback);
        tell_degradations(document);
    }
    is_shorter
}

/// Writes the degradations behind those that a document tells already.
fn tell_degradations(document: &mut Document<'_>) {
    if document.degradations.is_empty() {
        return;
    }
    let reason = document.degradations.reason();
    let reason = match document.fields.get_str(Field::EventReason) {
        Some(told) if told.contains(&reason) => return,
        Some(told) => format!("{told} {reason}"),
        None => reason,
    };
    document.fields.set(Field::EventKind, "pipeline_error");
    document.fields.set(Field::EventReason, reason);
}

/// Whether no field's limit could cut `value`. Nearly all are, and need no second look.
#[inline]
fn is_within_all_limits(value: &Value<'_>) -> bool {
    match value {
        Value::String(text) => text.len() <= LONGEST_KEYWORD,
        Value::Array(_) | Value::Object(_) => holds_only_within_limits(value),
        _ => true,
    }
}

fn holds_only_within_limits(container: &Value<'_>) -> bool {
    match container {
        Value::Array(elements) => elements.iter().all(is_within_all_limits),
        Value::Object(object) => object.iter().all(|(_, value)| is_within_all_limits(value)),
        _ => true,
    }
}

fn cut_entries(object: &mut Object<'_>, cut: &impl Fn(&str) -> Option<&str>) -> bool {
    object.iter_mut().fold(false, |is_cut, (_, value)| cut_strings(value, cut) | is_cut)
}

fn cut_strings(value: &mut Value<'_>, cut: &impl Fn(&str) -> Option<&str>) -> bool {
    match value {
        Value::String(text) => match cut(text).map(str::to_owned) {
            Some(shorter) => {
                *text = shorter.into();
                true
            }
            None => false,
        },
        Value::Array(elements) => {
            elements.iter_mut().fold(false, |is_cut, element| cut_strings(element, cut) | is_cut)
        }
        Value::Object(object) => cut_entries(object, cut),
        _ => false,
    }
}

/// The beginning of a keyword that is too long; `None` when it is not.
fn cut_keyword(text: &str) -> Option<&str> {
    if text.len() <= LONGEST_KEYWORD {
        return None;
    }
    let (end, _) = text.char_indices().nth(LONGEST_KEYWORD)?;
    text.get(..end)
}

/// The beginning of a text that is too long; `None` when it is not.
fn cut_text(text: &str, longest: usize) -> Option<&str> {
    if text.len() <= longest {
        return None;
    }
    text.get(..text.floor_char_boundary(longest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_limit_and_not_before() {
        assert_eq!(cut_keyword(&"é".repeat(LONGEST_KEYWORD)), None);
        let cut = "é".repeat(LONGEST_KEYWORD + 1);
        assert_eq!(cut_keyword(&cut).unwrap().chars().count(), LONGEST_KEYWORD);
        assert_eq!(cut_text(&"x".repeat(LONGEST_TEXT), LONGEST_TEXT), None);
        let cut = format!("{}é", "x".repeat(LONGEST_TEXT - 1));
        assert_eq!(cut_text(&cut, LONGEST_TEXT).unwrap().len(), LONGEST_TEXT - 1);
    }

    #[test]
    fn a_cut_is_told_in_the_document() {
        let mut document = Document::default();
        document.fields.set(Field::Message, "m".repeat(LONGEST_TEXT + 1));
        let mut labels = Object::new();
        labels.push("long", "l".repeat(LONGEST_KEYWORD + 1));
        document.fields.set(Field::Labels, labels);
        let mut document = Redacted::seal(document);
        apply_limits(&mut document, &mut LabelNames::default());
        assert_eq!(document.fields.get_str(Field::Message).unwrap().len(), LONGEST_TEXT);
        assert_eq!(
            document
                .fields
                .get(Field::Labels)
                .unwrap()
                .as_object()
                .unwrap()
                .get("long")
                .unwrap()
                .as_str()
                .unwrap()
                .len(),
            LONGEST_KEYWORD
        );
        assert_eq!(document.fields.get_str(Field::EventKind), Some("pipeline_error"));
        assert!(document.fields.get_str(Field::EventReason).unwrap().contains("cut"));
    }

    #[test]
    fn a_document_within_the_limits_is_left_alone() {
        let mut document = Document::default();
        document.fields.set(Field::Message, "m");
        let mut document = Redacted::seal(document);
        apply_limits(&mut document, &mut LabelNames::default());
        assert!(!document.fields.contains(Field::EventKind));
    }

    #[test]
    fn a_document_is_shortened_step_by_step() {
        let mut traceback = Object::new();
        traceback.push("truncated", false);
        traceback.push("exceptions", Vec::new());
        let mut document = Document::default();
        document.fields.set(Field::EventReason, "Told before.");
        document.fields.set(Field::ErrorStackTrace, "s".repeat(LONGEST_TEXT));
        document.fields.set(Field::Traceback, traceback);
        let mut document = Redacted::seal(document);
        let text = |document: &Document<'_>| {
            crate::json::to_text(document.fields.get(Field::Traceback).unwrap())
        };

        assert!(!shorten(&mut document, Shortening::None));
        assert_eq!(document.fields.get_str(Field::EventReason), Some("Told before."));
        assert!(shorten(&mut document, Shortening::Exceptions));
        assert_eq!(text(&document), r#"{"truncated":true}"#);
        assert!(!shorten(&mut document, Shortening::Exceptions));
        assert!(shorten(&mut document, Shortening::StackTrace));
        assert!(!shorten(&mut document, Shortening::StackTrace));
        let stack_trace = document.fields.get_str(Field::ErrorStackTrace).unwrap();
        assert_eq!(stack_trace.len(), LONGEST_SHORTENED_STACK_TRACE);
        let reason = format!("Told before. {}", Degradation::ShortenedTraceback.sentence());
        assert_eq!(document.fields.get_str(Field::EventReason), Some(reason.as_str()));
        assert!(!shorten(&mut Redacted::seal(Document::default()), Shortening::StackTrace));
    }
}
