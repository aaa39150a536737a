//! What a document says of a traceback.

use super::{Exception, Frame, Traceback};
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// What a traceback states about its error, with texts of its own: made while the traceback still
/// borrows from the document's text, each text is copied once.
pub(super) struct Description {
    error_type: Option<String>,
    message: Option<String>,
    traceback: Object<'static>,
}

impl Description {
    pub(super) fn of(traceback: &Traceback<'_>) -> Self {
        let root = traceback.exceptions.first();
        let error_type = root.and_then(|root| root.exception_type.as_deref());
        let message = root.and_then(|root| root.message.as_deref());
        Self {
            error_type: error_type.map(str::to_owned),
            message: message.map(str::to_owned),
            traceback: traceback_object(traceback),
        }
    }

    /// Sets `error.*` and `traceback`. What the logger states about the error itself stays.
    pub(super) fn state_in(self, document: &mut Document<'_>) {
        if let Some(error_type) = self.error_type {
            document.fields.set_if_absent(Field::ErrorType, error_type);
        }
        if let Some(message) = self.message {
            document.fields.set_if_absent(Field::ErrorMessage, message);
        }
        document.fields.set(Field::Traceback, self.traceback);
    }
}

/// The `traceback` object in its layout: flat values that are searched first, then the exceptions
/// with their frames.
fn traceback_object(traceback: &Traceback<'_>) -> Object<'static> {
    let mut object = Object::with_capacity(7);
    object.push("language", traceback.language);
    object.push("fingerprint", traceback.fingerprint());
    if let Some(culprit) = traceback.culprit() {
        object.push("culprit", culprit);
    }
    object.push("frame_count", traceback.frame_count());
    object.push("truncated", traceback.truncated);
    let types: Vec<Value<'_>> =
        traceback.types().map(|name| Value::from(name.to_owned())).collect();
    if !types.is_empty() {
        object.push("types", types);
    }
    let exceptions: Vec<Value<'_>> =
        traceback.exceptions.iter().map(exception_object).map(Value::from).collect();
    object.push("exceptions", exceptions);
    object
}

fn exception_object(exception: &Exception<'_>) -> Object<'static> {
    let mut object = Object::with_capacity(6);
    object.push("id", exception.id as u64);
    if let Some(parent) = exception.parent {
        object.push("parent", parent as u64);
    }
    object.push("relation", exception.relation.as_str());
    push_text(&mut object, "type", exception.exception_type.as_deref());
    push_text(&mut object, "message", exception.message.as_deref());
    let frames: Vec<Value<'_>> =
        exception.frames.iter().map(frame_object).map(Value::from).collect();
    object.push("frames", frames);
    object
}

fn frame_object(frame: &Frame<'_>) -> Object<'static> {
    let mut object = Object::with_capacity(7);
    push_text(&mut object, "file", frame.file.as_deref());
    if let Some(line) = frame.line {
        object.push("line", line);
    }
    if let Some(column) = frame.column {
        object.push("column", column);
    }
    push_text(&mut object, "function", frame.function.as_deref());
    push_text(&mut object, "module", frame.module.as_deref());
    push_text(&mut object, "code", frame.code.as_deref());
    object.push("in_app", frame.in_app);
    object
}

fn push_text(object: &mut Object<'static>, key: &'static str, text: Option<&str>) {
    if let Some(text) = text {
        object.push(key, text.to_owned());
    }
}
