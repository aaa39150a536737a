//! Documents as rows: dotted names and texts.

use crate::document::{Document, Field};
use crate::json::{Object, Value, to_text};

/// The producer's fields that are left, one row for each that is no object.
pub(super) fn source(document: &Document<'_>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    add_entries(&document.source, "", &mut rows);
    if document.is_finished {
        add_fields(document, &mut rows);
    }
    rows
}

/// The finished document's fields: each label and each part of a traceback has its own row.
pub(super) fn finished(document: &Document<'_>) -> Vec<(String, String)> {
    let mut rows = fields(document);
    add_entries(&document.source, "", &mut rows);
    rows
}

/// The fields that a document has so far under their ECS names.
pub(super) fn fields(document: &Document<'_>) -> Vec<(String, String)> {
    let mut rows = Vec::new();
    add_fields(document, &mut rows);
    rows
}

/// A string as it is, anything else as JSON.
pub(super) fn text(value: &Value<'_>) -> String {
    value.as_str().map_or_else(|| to_text(value), str::to_owned)
}

fn add_fields(document: &Document<'_>, rows: &mut Vec<(String, String)>) {
    for (field, value) in document.fields.iter() {
        match value {
            Value::Object(parts)
                if matches!(field, Field::Labels | Field::NumericLabels | Field::Traceback) =>
            {
                let parts = parts.iter();
                rows.extend(
                    parts.map(|(key, value)| (format!("{}.{key}", field.name()), text(value))),
                );
            }
            value => rows.push((field.name().to_owned(), text(value))),
        }
    }
}

fn add_entries(object: &Object<'_>, path: &str, rows: &mut Vec<(String, String)>) {
    for (key, value) in object.iter() {
        let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        match value {
            Value::Object(inner) if !inner.is_empty() => add_entries(inner, &path, rows),
            value => rows.push((path, text(value))),
        }
    }
}
