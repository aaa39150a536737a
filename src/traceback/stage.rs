//! The stage: a document's traceback, wherever its logger put it, as data.

use super::description::Description;
use super::go::logged;
use super::javascript::{causes, invoke};
use super::jvm_json;
use super::lines::is_prefix_alone;
use super::php::normalised;
use super::powertools;
use super::ruby::backtrace;
use super::structlog;
use super::told_twice;
use super::{Found, find_traceback};
use crate::document::{Document, Field, Redacted};
use crate::json::Value;

/// The field in which loguru writes the message and the traceback together.
const LOGURU_TEXT: &str = "text";
/// The field in which structlog writes a traceback that is data already; Ruby's loggers write theirs
/// under the same key.
const STRUCTLOG_EXCEPTION: &str = "exception";

/// The field in which zerolog writes a stack that is data already.
const ZEROLOG_STACK: &str = "stack";
/// The field in which the Lambda runtime for Go does.
const LAMBDA_GO_STACK: &str = "stackTrace";

/// Whether a logger may have written an error under `key`, as data or beside the message. Few
/// documents have such a key, and one look at their keys spares the others a look for each shape.
fn may_hold_error(key: &str) -> bool {
    matches!(
        key,
        LOGURU_TEXT
            | STRUCTLOG_EXCEPTION
            | ZEROLOG_STACK
            | LAMBDA_GO_STACK
            | backtrace::MESSAGE
            | jvm_json::THROWN
            | jvm_json::THROWABLE
            | normalised::CONTEXT
    )
}

/// Finds the traceback of `document` and sets `error.*` and `traceback`. What the logger states
/// about the error itself wins over what its text says.
///
/// A traceback in the message moves to `error.stack_trace`; the message keeps the words around
/// it. Where there are none, and where a logger states an error without a message, the message is
/// the error's own, or at least the first line of the stack trace, so that no error is a blank line
/// in a list.
///
/// `has_sign` is false when none of the [`signs`](super::signs) stands in the text that the document
/// was read from: then there is none in its message.
pub fn structure_traceback(document: &mut Redacted<Document<'_>>, has_sign: bool) {
    let may_hold_error = document.source.iter().any(|(key, _)| may_hold_error(key));
    if may_hold_error {
        state_lograge_exception(document);
        backtrace::state_logged_error(document);
    }
    if document.fields.contains(Field::ErrorStackTrace) {
        structure_stack_trace(document);
    } else {
        let is_found = (may_hold_error && structure_data(document))
            || structure_node_invoke(document)
            || (has_sign && structure_message(document));
        if may_hold_error && has_sign && !is_found {
            structure_loguru_text(document);
        }
    }
    told_twice::remove_name_of_error(document);
    if !document.fields.contains(Field::Message)
        && let Some(headline) = headline(document)
    {
        document.fields.set(Field::Message, headline);
    }
}

/// The traceback that a logger writes as data.
fn structure_data(document: &mut Redacted<Document<'_>>) -> bool {
    structure_structlog(document)
        || structure_jvm_json(document)
        || structure_go_stack(document)
        || structure_monolog(document)
}

fn structure_stack_trace(document: &mut Redacted<Document<'_>>) {
    if structure_jvm_json(document) || structure_ruby_backtrace(document) {
        return;
    }
    let Some(text) = document.fields.get_str(Field::ErrorStackTrace) else {
        return;
    };
    let completed = complete_lambda_python(document, text);
    let text = completed.as_deref().unwrap_or(text);
    let mut exceptions = 0;
    if let Some(found) = find_traceback(text) {
        exceptions = found.traceback.exceptions.len();
        Description::of(&found.traceback).state_in(document);
        powertools::remove_repetition(document);
        jvm_json::remove_repetition(document);
    }
    if structure_javascript_causes(document) {
        return;
    }
    if let Some(told) = told_twice::in_message(document) {
        document.fields.set(Field::Message, told.words);
        if told.exceptions > exceptions {
            told.description.state_in(document);
            document.fields.set(Field::ErrorStackTrace, told.stack_trace);
        }
    }
}

/// The causes that a logger for Node writes as data beside the stack of the error that escaped, in
/// one text with it, as pino writes them.
fn structure_javascript_causes(document: &mut Redacted<Document<'_>>) -> bool {
    let Some((text, path)) = causes::join(document) else { return false };
    let is_found = structure_text(document, text);
    if is_found {
        causes::remove(document, path);
    }
    is_found
}

/// Lambda's Python runtime logs the frames alone, and the type and the message beside them. Put
/// together they are what Python prints.
fn complete_lambda_python(document: &Document<'_>, frames: &str) -> Option<String> {
    if !frames.starts_with("  File \"") {
        return None;
    }
    let error_type = document.fields.get_str(Field::ErrorType)?;
    let mut text =
        format!("Traceback (most recent call last):\n{}\n{error_type}", frames.trim_end());
    if let Some(message) = document.fields.get_str(Field::ErrorMessage) {
        text.push_str(": ");
        text.push_str(message);
    }
    Some(text)
}

fn structure_message(document: &mut Redacted<Document<'_>>) -> bool {
    let Some(message) = document.fields.get_str(Field::Message) else {
        return false;
    };
    let Some(Found { traceback, span }) = find_traceback(message) else {
        return false;
    };
    let description = Description::of(&traceback);
    let part = |range: std::ops::Range<usize>| message.get(range).unwrap_or_default().to_owned();
    let stack_trace = part(span.clone());
    // What a logger put before the message is in fields already.
    let left = document.left_of_message.clone().unwrap_or(0..message.len());
    let has_prefix = left.start > 0;
    let before = part(left.start.min(span.start)..span.start);
    let after = part(span.end..left.end.max(span.end));
    document.fields.remove(Field::Message);
    document.left_of_message = None;
    document.fields.set(Field::ErrorStackTrace, stack_trace);
    description.state_in(document);
    let mut before = before.trim_start_matches(['\n', '\r']).trim_end().to_owned();
    let is_prefix = is_prefix_alone(&before);
    if (is_prefix || (has_prefix && before.is_empty()))
        && let Some(headline) = headline(document)
    {
        before = if is_prefix { format!("{before} {headline}") } else { headline };
    }
    let around = [before.as_str(), after.trim()];
    let around: Vec<&str> = around.into_iter().filter(|part| !part.trim().is_empty()).collect();
    if !around.is_empty() {
        document.fields.set(Field::Message, around.join("\n"));
    }
    true
}

fn structure_loguru_text(document: &mut Redacted<Document<'_>>) {
    let Some(text) = document.source.get(LOGURU_TEXT).and_then(Value::as_str) else {
        return;
    };
    let Some(Found { traceback, span }) = find_traceback(text) else {
        return;
    };
    let description = Description::of(&traceback);
    let before = text.get(..span.start).unwrap_or_default().trim_end().to_owned();
    let stack_trace = text.get(span).unwrap_or_default().to_owned();
    // The line before the traceback is the message once more, formatted.
    let message = document.fields.get_str(Field::Message).unwrap_or_default();
    let repeats_the_message = before.ends_with(message);
    document.source.remove(LOGURU_TEXT);
    if !repeats_the_message {
        document.source.push(LOGURU_TEXT, before);
    }
    document.fields.set(Field::ErrorStackTrace, stack_trace);
    description.state_in(document);
}

/// The traceback that structlog writes as data, again as the text that Python prints.
fn structure_structlog(document: &mut Redacted<Document<'_>>) -> bool {
    let text = match document.source.get(STRUCTLOG_EXCEPTION) {
        Some(Value::Array(exceptions)) => structlog::as_text(exceptions),
        _ => None,
    };
    let is_found = text.is_some_and(|text| structure_text(document, text));
    if is_found
        && let Some(exceptions) = document.source.get_mut(STRUCTLOG_EXCEPTION)
        && !structlog::keep_locals(exceptions)
    {
        document.source.remove(STRUCTLOG_EXCEPTION);
    }
    is_found
}

/// The trace that a logger of the JVM writes as data, again as the text that Java prints. Its
/// frames and causes are in that.
fn structure_jvm_json(document: &mut Redacted<Document<'_>>) -> bool {
    let Some((text, key)) = jvm_json::as_text(document) else { return false };
    let is_found = structure_text(document, text);
    if is_found {
        document.source.remove(key);
    }
    is_found
}

/// The stack that a logger for Go writes as data, and as the text that Go prints.
fn structure_go_stack(document: &mut Redacted<Document<'_>>) -> bool {
    for key in [ZEROLOG_STACK, LAMBDA_GO_STACK] {
        if let Some(Value::Array(stack)) = document.source.get(key)
            && let Some((mut traceback, text)) = logged::traceback(stack)
        {
            if let Some(root) = traceback.exceptions.first_mut() {
                let stated =
                    |field| document.fields.get_str(field).map(|text| text.to_owned().into());
                root.exception_type = stated(Field::ErrorType);
                root.message = stated(Field::ErrorMessage);
            }
            document.source.remove(key);
            Description::of(&traceback).state_in(document);
            document.fields.set(Field::ErrorStackTrace, text);
            return true;
        }
    }
    false
}

/// The error that lograge states as an array of its type and its message.
fn state_lograge_exception(document: &mut Redacted<Document<'_>>) {
    let stated = match document.source.get(backtrace::EXCEPTION) {
        Some(Value::Array(exception)) => backtrace::type_and_message(exception),
        _ => None,
    };
    let Some((error_type, message)) = stated else { return };
    let (error_type, message) = (error_type.to_owned(), message.to_owned());
    document.source.remove(backtrace::EXCEPTION);
    document.fields.set_if_absent(Field::ErrorType, error_type);
    document.fields.set_if_absent(Field::ErrorMessage, message);
}

/// The backtrace that a logger for Ruby writes beside the error, again as the text that Ruby
/// prints. Its causes are in that.
fn structure_ruby_backtrace(document: &mut Redacted<Document<'_>>) -> bool {
    let Some(text) = backtrace::as_text(document) else { return false };
    let is_found = structure_text(document, text);
    if is_found {
        backtrace::remove_causes(document);
    }
    is_found
}

/// The exception that Monolog writes as data, and as the text that it writes into lines.
fn structure_monolog(document: &mut Redacted<Document<'_>>) -> bool {
    let Some((traceback, text)) = normalised::traceback(document) else { return false };
    if let Some(Value::Object(context)) = document.source.get_mut(normalised::CONTEXT) {
        context.remove(normalised::EXCEPTION);
        if context.is_empty() {
            document.source.remove(normalised::CONTEXT);
        }
    }
    Description::of(&traceback).state_in(document);
    document.fields.set(Field::ErrorStackTrace, text);
    true
}

/// The error that the Lambda runtime for Node writes as JSON after its own words.
fn structure_node_invoke(document: &mut Redacted<Document<'_>>) -> bool {
    let Some(message) = document.fields.get_str(Field::Message) else { return false };
    let Some((words, text)) = invoke::unfold(message) else { return false };
    let start = document.left_of_message.as_ref().map_or(0, |left| left.start);
    let words = words.get(start..).unwrap_or(words).to_owned();
    let is_found = structure_text(document, text);
    if is_found {
        document.fields.set(Field::Message, words);
        document.left_of_message = None;
    }
    is_found
}

/// Sets `error.*` and `traceback` from the traceback in `text`, which becomes the stack trace.
/// False when there is none.
fn structure_text(document: &mut Redacted<Document<'_>>, text: String) -> bool {
    let Some(found) = find_traceback(&text) else { return false };
    Description::of(&found.traceback).state_in(document);
    document.fields.set(Field::ErrorStackTrace, text);
    true
}

/// The error's type and message, as programs print them; where neither is known, the first line of
/// its stack trace.
fn headline(document: &Document<'_>) -> Option<String> {
    let text = |field| document.fields.get_str(field);
    match (text(Field::ErrorType), text(Field::ErrorMessage)) {
        (Some(error_type), Some(message)) => Some(format!("{error_type}: {message}")),
        (error_type, message) => {
            let first_line = || text(Field::ErrorStackTrace)?.lines().next().map(str::trim);
            error_type.or(message).or_else(first_line).map(str::to_owned)
        }
    }
}
