//! `event.original_fields`: what has no place of its own in the document, as compact JSON text, so
//! that it can still be read and searched.

use std::borrow::Cow;

use super::{Degradation, Document, Field};
use crate::json::{Value, write_string, write_value};

/// How long the text may grow, in bytes; it is collected no further. What is longer than a field
/// may be is cut later, and told.
const LONGEST_TEXT: usize = 128 * 1024;

/// Fields by their dotted path, written one after another.
#[derive(Debug, Default)]
pub(crate) struct Originals {
    text: Vec<u8>,
    is_cut: bool,
}

impl Originals {
    /// Those that the document has already, to be followed by others.
    pub(crate) fn of(document: &mut Document<'_>) -> Self {
        let text = match document.fields.remove(Field::EventOriginalFields) {
            Some(Value::String(text)) => text.into_owned().into_bytes(),
            _ => Vec::new(),
        };
        let text = text.strip_suffix(b"}").map(<[u8]>::to_vec).unwrap_or_default();
        Self { text, is_cut: false }
    }

    /// Adds `value`, which stood at `path`.
    pub(crate) fn add(&mut self, path: &[Cow<'_, str>], value: &Value<'_>) {
        if self.text.len() > LONGEST_TEXT {
            self.is_cut = true;
            return;
        }
        self.text.push(if self.text.is_empty() { b'{' } else { b',' });
        match path {
            [key] => write_string(key, &mut self.text),
            keys => write_string(&keys.join("."), &mut self.text),
        }
        self.text.push(b':');
        write_value(value, &mut self.text);
    }

    /// Sets the document's field, when there is anything.
    pub(crate) fn write_to(mut self, document: &mut Document<'_>) {
        if self.text.is_empty() {
            return;
        }
        if self.is_cut {
            document.degradations.insert(Degradation::CutOriginalFields);
        }
        self.text.push(b'}');
        // What is written above is UTF-8.
        let text = String::from_utf8_lossy(&self.text).into_owned();
        document.fields.set(Field::EventOriginalFields, text);
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        let text = String::from_utf8(self.text.clone()).unwrap();
        if text.is_empty() { "{}".to_owned() } else { text + "}" }
    }
}
