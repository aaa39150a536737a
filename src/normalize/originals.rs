//! `event.original_fields`: what has no place of its own in the document, as compact JSON text, so
//! that it can still be read and searched.

use std::borrow::Cow;

use crate::document::{Degradation, Document, Field};
use crate::json::{Value, write_string, write_value};

/// How long the text may grow, in bytes; it is collected no further. What is longer than a field
/// may be is cut later, and told.
const LONGEST_TEXT: usize = 128 * 1024;

/// Fields by their dotted path, written one after another.
#[derive(Debug, Default)]
pub(super) struct Originals {
    text: Vec<u8>,
    is_cut: bool,
}

impl Originals {
    /// Adds `value`, which stood at `path`.
    pub(super) fn add(&mut self, path: &[Cow<'_, str>], value: &Value<'_>) {
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
    pub(super) fn write_to(mut self, document: &mut Document<'_>) {
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
    pub(super) fn text(&self) -> String {
        let text = String::from_utf8(self.text.clone()).unwrap();
        if text.is_empty() { "{}".to_owned() } else { text + "}" }
    }
}
