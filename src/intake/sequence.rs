//! The logs that stand one after another in a text: JSON objects with or without line ends between
//! them, an array of objects, or the text itself. Each is handed over before the next is read, so
//! that many logs take no more memory than one.

use std::ops::ControlFlow;

use super::cloudwatch::Payload;
use crate::json::{Object, Reader, Value};

/// One log.
pub(super) enum Log<'a> {
    /// A JSON object, and the text that it was read from.
    Object(Object<'a>, &'a str),
    /// A batch of log events from CloudWatch.
    CloudWatch(Payload<'a>),
    /// A text.
    Text(&'a str),
    /// A text that began like a JSON object and is none.
    BrokenJson(&'a str),
}

/// What takes logs, for as long as it wants more.
pub(super) type Take<'t, 'a> = &'t mut dyn FnMut(Log<'a>) -> ControlFlow<()>;

/// Hands each log in `text` to `take`; none when there is nothing but white space. Breaks when
/// `take` does.
///
/// A text that begins with an object is read object by object. What stands between two of them
/// and is no object is a text of its own, up to the end of its line, so that one broken line
/// costs one line. A text that begins otherwise is one log, as long as it may be.
pub(super) fn read<'a>(text: &'a str, take: Take<'_, 'a>) -> ControlFlow<()> {
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n', '\0']);
    match text.trim_start_matches([' ', '\t', '\r', '\n']).bytes().next() {
        None => ControlFlow::Continue(()),
        Some(b'[') if is_array_of_objects(text) => read_array(text, take),
        Some(b'{') => read_objects(text, take),
        Some(_) => take(Log::Text(text)),
    }
}

/// Whether the text is an array that holds objects and nothing else.
fn is_array_of_objects(text: &str) -> bool {
    let mut reader = Reader::new(text);
    let mut count = 0;
    let mut all = true;
    let read = reader.read_elements(|reader| {
        reader.skip_white_space();
        all &= reader.peek() == Some(b'{');
        count += 1;
        reader.skip_value().map(ControlFlow::Continue)
    });
    reader.skip_white_space();
    read.is_ok() && reader.is_at_end() && all && count > 0
}

fn read_array<'a>(text: &'a str, take: Take<'_, 'a>) -> ControlFlow<()> {
    let mut flow = ControlFlow::Continue(());
    let mut reader = Reader::new(text);
    // It was read before, so there is no fault to be seen.
    let _ = reader.read_elements(|reader| {
        reader.skip_white_space();
        let start = reader.position();
        reader.skip_value()?;
        let object = text.get(start..reader.position()).unwrap_or_default();
        // One that holds more values than can be held is a text.
        flow = take(read_object(object).map_or(Log::BrokenJson(object), |(log, _)| log));
        Ok(flow)
    });
    flow
}

/// The object at the very start of `text`, and its length.
fn read_object(text: &str) -> Option<(Log<'_>, usize)> {
    if let Some(payload) = Payload::parse(text) {
        let length = payload.length();
        return Some((Log::CloudWatch(payload), length));
    }
    let mut reader = Reader::new(text);
    match reader.read_value() {
        Ok(Value::Object(object)) => {
            let length = reader.position();
            Some((Log::Object(object, text.get(..length).unwrap_or(text)), length))
        }
        _ => None,
    }
}

fn read_objects<'a>(text: &'a str, take: Take<'_, 'a>) -> ControlFlow<()> {
    let mut rest = text;
    let mut is_first = true;
    loop {
        let from_here = rest.trim_start_matches([' ', '\t', '\r', '\n']);
        if from_here.is_empty() {
            return ControlFlow::Continue(());
        }
        let object = read_object(from_here).filter(|(_, length)| {
            // Words behind an object belong to it, when it is all that there is.
            !is_first || !has_words_behind(from_here, *length)
        });
        if let Some((log, length)) = object {
            take(log)?;
            rest = from_here.get(length..).unwrap_or_default();
        } else {
            let end = from_here.find('\n').unwrap_or(from_here.len());
            let (line, behind) = from_here.split_at_checked(end).unwrap_or((from_here, ""));
            // Lines behind the first that are no objects either: one text of several lines.
            if is_first && !behind.lines().any(is_object) {
                return take(Log::BrokenJson(text));
            }
            take(broken_or_text(line.trim_end_matches('\r')))?;
            rest = behind;
        }
        is_first = false;
    }
}

fn has_words_behind(text: &str, object_length: usize) -> bool {
    let behind = text.get(object_length..).unwrap_or_default();
    let behind = behind.trim_start_matches([' ', '\t']);
    !behind.is_empty() && !behind.starts_with(['\r', '\n', '{'])
}

fn is_object(line: &str) -> bool {
    let mut reader = Reader::new(line);
    line.starts_with('{') && reader.skip_value().is_ok() && reader.is_at_end()
}

fn broken_or_text(line: &str) -> Log<'_> {
    if line.starts_with('{') { Log::BrokenJson(line) } else { Log::Text(line) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::MAX_VALUES;

    fn logs(text: &str) -> Vec<String> {
        let mut logs = Vec::new();
        let _ = read(text, &mut |log| {
            logs.push(match log {
                Log::Object(object, _) => {
                    let mut text = Vec::new();
                    crate::json::write_object(&object, &mut text);
                    String::from_utf8(text).unwrap()
                }
                Log::CloudWatch(_) => "cloudwatch".to_owned(),
                Log::Text(text) => format!("text {text}"),
                Log::BrokenJson(text) => format!("broken {text}"),
            });
            ControlFlow::Continue(())
        });
        logs
    }

    #[test]
    fn logs_are_told_apart() {
        let cases: [(&str, &[&str]); 22] = [
            ("", &[]),
            (" \r\n\t", &[]),
            ("{\"a\":1}\n", &["{\"a\":1}"]),
            (" \n{ \"a\" : [ 1 ] } ", &["{\"a\":[1]}"]),
            ("\u{feff}{\"a\":1}", &["{\"a\":1}"]),
            ("{\"a\":1}{\"b\":2}", &["{\"a\":1}", "{\"b\":2}"]),
            ("{\"a\":1}\n{\"b\":2}\n\n{\"c\":3}", &["{\"a\":1}", "{\"b\":2}", "{\"c\":3}"]),
            ("{\"a\":1}\r\n{\"b\":2}", &["{\"a\":1}", "{\"b\":2}"]),
            ("{\n \"a\": 1\n}\n{\n \"b\": 2\n}", &["{\"a\":1}", "{\"b\":2}"]),
            ("[{\"a\":1}]", &["{\"a\":1}"]),
            ("[{\"a\":1},{\"b\":2}]", &["{\"a\":1}", "{\"b\":2}"]),
            ("[{\"a\":1},2]", &["text [{\"a\":1},2]"]),
            ("[]", &["text []"]),
            ("[ERROR] no", &["text [ERROR] no"]),
            ("42", &["text 42"]),
            ("one\n{\"a\":1}\ntwo\n", &["text one\n{\"a\":1}\ntwo"]),
            ("{\"a\":1} tail", &["broken {\"a\":1} tail"]),
            ("{\"a\":1", &["broken {\"a\":1"]),
            ("{not json}", &["broken {not json}"]),
            ("{\n \"a\": oops\n}", &["broken {\n \"a\": oops\n}"]),
            ("{\"a\":1}\n{\"b\":\n{\"c\":3}", &["{\"a\":1}", "broken {\"b\":", "{\"c\":3}"]),
            ("{\"a\":1}\nplain words\n{\"c\":3}", &["{\"a\":1}", "text plain words", "{\"c\":3}"]),
        ];
        for (text, expected) in cases {
            assert_eq!(logs(text), expected, "{text:?}");
        }
        assert_eq!(logs("{bad}\n{\"a\":1}"), ["broken {bad}", "{\"a\":1}"]);
    }

    #[test]
    fn many_broken_lines_cost_their_length() {
        let text = format!("{{\"a\":1}}\n{}", "{broken\n".repeat(100_000));
        assert_eq!(logs(&text).len(), 100_001);
    }

    #[test]
    fn each_object_comes_with_its_own_text() {
        for text in ["{\"a\":1} {\"b\":2}", "[{\"a\":1} , {\"b\":2}]"] {
            let mut texts = Vec::new();
            let _ = read(text, &mut |log| {
                let Log::Object(_, text) = log else { panic!("{text}") };
                texts.push(text);
                ControlFlow::Continue(())
            });
            assert_eq!(texts, ["{\"a\":1}", "{\"b\":2}"]);
        }
    }

    #[test]
    fn nothing_is_read_when_no_more_is_wanted() {
        for text in ["{}{}{}", "[{},{},{}]", "{}\nbroken\n{}"] {
            let mut count = 0;
            let flow = read(text, &mut |_| {
                count += 1;
                if count == 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            assert_eq!((flow, count), (ControlFlow::Break(()), 2), "{text}");
        }
    }

    #[test]
    fn an_object_with_too_many_values_is_a_text() {
        let zeros = format!("{{\"a\":[{}0]}}", "0,".repeat(MAX_VALUES));
        let text = format!("[{{}},{zeros},{{\"b\":1}}]");
        assert_eq!(logs(&text), ["{}".to_owned(), format!("broken {zeros}"), "{\"b\":1}".into()]);
    }
}
