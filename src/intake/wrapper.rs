//! Logs within logs: container runtimes and CloudWatch wrap a program's line into an object of
//! their own, and the line is often an object again. One level is taken off.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::document::Document;
use crate::formats::{cri_lines, lambda_object};
use crate::json::{Object, Value, read};

/// The keys under which wrappers hold the program's line: Docker's and CRI's `log`, and `message`.
const DOCKER_LINE: &str = "log";
const LINE_KEY: &str = "message";
const LINE_KEYS: [&str; 2] = [DOCKER_LINE, LINE_KEY];

/// Hands `document` to `take`, with the fields of the log that it wraps if it wraps one. The
/// wrapper's own fields come first, so that of two values for one key the inner one counts. `text`
/// is the document's; that of a log that was all there was in its wrapper is the line.
pub(super) fn unwrap(
    mut document: Document<'_>,
    text: Option<&str>,
    take: &mut dyn FnMut(Document<'_>, Option<&str>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    take_prefix(&mut document.source);
    if let Some((key, line)) = take_json_line(&mut document.source) {
        if let Ok(Value::Object(inner)) = read(&line) {
            let mut document: Document<'_> = document;
            let wrapper = std::mem::take(&mut document.source);
            let text = text.or_else(|| wrapper.is_empty().then_some(line.as_ref()));
            document.source =
                if wrapper.is_empty() { inner } else { wrapper.into_iter().chain(inner).collect() };
            return take(document, text);
        }
        document.source.push(key, line);
    }
    trim_docker_line(&mut document.source);
    let only_line = text.is_none().then(|| take_only_line(&mut document.source)).flatten();
    let Some(line) = only_line else { return take(document, text) };
    let mut document: Document<'_> = document;
    document.source.push(LINE_KEY, line.as_ref());
    take(document, Some(&line))
}

/// Takes the line out of a document that holds nothing else.
fn take_only_line<'a>(source: &mut Object<'a>) -> Option<Cow<'a, str>> {
    source.get(LINE_KEY).filter(|line| line.as_str().is_some() && source.len() == 1)?;
    match source.remove(LINE_KEY) {
        Some(Value::String(line)) => Some(line),
        _ => None,
    }
}

/// Turns a text that is all there is into the wrapper that it stands for: lines of a container
/// runtime's file, or an object that Lambda's runtime for Node has put its own words before.
fn take_prefix(source: &mut Object<'_>) {
    if source.len() != 1 {
        return;
    }
    let wrapper = match source.get("message") {
        Some(Value::String(Cow::Borrowed(text))) => wrapper_of(text),
        Some(Value::String(Cow::Owned(text))) => wrapper_of(text).map(Object::into_owned),
        _ => None,
    };
    if let Some(wrapper) = wrapper {
        *source = wrapper;
    }
}

fn wrapper_of(text: &str) -> Option<Object<'_>> {
    let mut wrapper = Object::new();
    if let Some(lines) = cri_lines(text) {
        wrapper.push("time", lines.time);
        wrapper.push("stream", lines.stream);
        wrapper.push(DOCKER_LINE, lines.text);
        return Some(wrapper);
    }
    let line = lambda_object(text)?;
    wrapper.push("timestamp", line.time);
    if let Some(id) = line.request_id {
        wrapper.push("requestId", id);
    }
    wrapper.push("level", line.level);
    wrapper.push("message", line.object);
    Some(wrapper)
}

/// Takes the first line that looks like a JSON object out of its wrapper.
fn take_json_line<'a>(wrapper: &mut Object<'a>) -> Option<(&'static str, Cow<'a, str>)> {
    let key = wrapper.iter().find_map(|(key, value)| {
        let line = value.as_str()?;
        let key = LINE_KEYS.into_iter().find(|line_key| key == line_key)?;
        (line.starts_with('{') && line.trim_end().ends_with('}')).then_some(key)
    })?;
    match wrapper.remove(key) {
        Some(Value::String(line)) => Some((key, line)),
        _ => None,
    }
}

/// Docker keeps the line end of each line.
fn trim_docker_line(wrapper: &mut Object<'_>) {
    if let Some(Value::String(line)) = wrapper.get_mut(DOCKER_LINE) {
        trim_line_end(line);
    }
}

/// Takes one line end off a line.
pub(super) fn trim_line_end(line: &mut Cow<'_, str>) {
    let trimmed = line.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let Some(length) = trimmed.map(str::len) else { return };
    match line {
        Cow::Borrowed(text) => *text = text.get(..length).unwrap_or(text),
        Cow::Owned(text) => text.truncate(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::write_object;

    fn unwrapped(source: &str) -> String {
        let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
        let mut text = Vec::new();
        let _ = unwrap(Document { source, ..Document::default() }, None, &mut |document, _| {
            write_object(&document.source, &mut text);
            ControlFlow::Continue(())
        });
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn one_level_is_taken_off() {
        let cases = [
            (
                r#"{"log":"{\"msg\":\"x\"}\n","stream":"stdout"}"#,
                r#"{"stream":"stdout","msg":"x"}"#,
            ),
            (r#"{"message":"{\"a\":1}","b":2}"#, r#"{"b":2,"a":1}"#),
            (
                r#"{"time":"outer","log":"{\"time\":\"inner\"}"}"#,
                r#"{"time":"outer","time":"inner"}"#,
            ),
            (r#"{"log":"plain\r\n","stream":"stderr"}"#, r#"{"log":"plain","stream":"stderr"}"#),
            (
                r#"{"message":"2020-05-11T14:44:44.1Z stderr F {\"a\":1}"}"#,
                r#"{"time":"2020-05-11T14:44:44.1Z","stream":"stderr","a":1}"#,
            ),
            (
                r#"{"message":"2020-05-11T14:44:44.1Z stderr F plain"}"#,
                r#"{"time":"2020-05-11T14:44:44.1Z","stream":"stderr","log":"plain"}"#,
            ),
            (
                r#"{"message":"2020-05-11T12:44:44.123Z\tundefined\tINFO\t{\"a\":1}"}"#,
                r#"{"timestamp":"2020-05-11T12:44:44.123Z","level":"INFO","a":1}"#,
            ),
            (r#"{"message":"{\"message\":\"{\\\"a\\\":1}\"}"}"#, r#"{"message":"{\"a\":1}"}"#),
        ];
        for (source, expected) in cases {
            assert_eq!(unwrapped(source), expected, "{source}");
        }
    }

    #[test]
    fn other_values_are_left_alone() {
        for source in [
            r#"{"message":"{not json}"}"#,
            r#"{"message":"[1]"}"#,
            r#"{"message":"{\"a\":1} tail"}"#,
            r#"{"other":"{\"a\":1}"}"#,
            r#"{"log":{"level":"info"}}"#,
            r#"{"message":"two lines\n"}"#,
        ] {
            assert_eq!(unwrapped(source), source);
        }
    }

    #[test]
    fn the_text_of_a_log_holds_all_of_it() {
        let cases = [
            (r#"{"message":"{\"a\":1}"}"#, None, Some(r#"{"a":1}"#)),
            (r#"{"message":"{\"a\":1}","b":2}"#, None, None),
            (r#"{"message":"a\tb"}"#, None, Some("a\tb")),
            (r#"{"messages":"plain"}"#, None, None),
            (r#"{"message":"plain","b":2}"#, None, None),
            (r#"{"message":"{\"a\":1}"}"#, Some("outer"), Some("outer")),
        ];
        for (source, outer, expected) in cases {
            let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
            let _ = unwrap(Document { source, ..Document::default() }, outer, &mut |_, text| {
                assert_eq!(text, expected);
                ControlFlow::Continue(())
            });
        }
    }
}
