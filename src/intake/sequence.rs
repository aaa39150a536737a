//! The logs that stand one after another in a text: JSON objects with or without line ends between
//! them, an array of objects, or the text itself.

use crate::json::{Object, Reader, Value};

/// One log.
pub(super) enum Log<'a> {
    /// A JSON object, and the text that it was read from or that it stands in.
    Object(Object<'a>, &'a str),
    /// A text.
    Text(&'a str),
    /// A text that began like a JSON object and is none.
    BrokenJson(&'a str),
}

/// Hands each log in `text` to `take`; none when there is nothing but white space.
///
/// A text that begins with an object is read object by object. What stands between two of them
/// and is no object is a text of its own, up to the end of its line, so that one broken line
/// costs one line. A text that begins otherwise is one log, as long as it may be.
pub(super) fn read<'a>(text: &'a str, take: &mut dyn FnMut(Log<'a>)) {
    let text = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n', '\0']);
    match text.trim_start_matches([' ', '\t', '\r', '\n']).bytes().next() {
        None => {}
        Some(b'[') => match read_array(text) {
            Some(objects) => objects.into_iter().for_each(|object| take(Log::Object(object, text))),
            None => take(Log::Text(text)),
        },
        Some(b'{') => read_objects(text, take),
        Some(_) => take(Log::Text(text)),
    }
}

/// The objects of an array that holds nothing else.
fn read_array(text: &str) -> Option<Vec<Object<'_>>> {
    let Ok(Value::Array(elements)) = crate::json::read(text) else { return None };
    let objects = elements.into_iter().map(|element| match element {
        Value::Object(object) => Some(object),
        _ => None,
    });
    objects.collect::<Option<Vec<_>>>().filter(|objects| !objects.is_empty())
}

fn read_objects<'a>(text: &'a str, take: &mut dyn FnMut(Log<'a>)) {
    let mut rest = text;
    let mut is_first = true;
    loop {
        let mut reader = Reader::new(rest);
        reader.skip_white_space();
        if reader.is_at_end() {
            return;
        }
        let start = reader.position();
        let object = match reader.read_value() {
            Ok(Value::Object(object)) => Some(object),
            _ => None,
        };
        // Words behind an object belong to it, when it is all that there is.
        let has_words_behind = is_first && {
            let behind = rest.get(reader.position()..).unwrap_or_default();
            let behind = behind.trim_start_matches([' ', '\t']);
            !behind.is_empty() && !behind.starts_with(['\r', '\n', '{'])
        };
        match object {
            Some(object) if !has_words_behind => {
                let object_text = rest.get(start..reader.position()).unwrap_or(rest);
                take(Log::Object(object, object_text));
                rest = rest.get(reader.position()..).unwrap_or_default();
            }
            _ => {
                let from_here = rest.get(start..).unwrap_or_default();
                let end = from_here.find('\n').unwrap_or(from_here.len());
                let (line, behind) = from_here.split_at_checked(end).unwrap_or((from_here, ""));
                // Lines behind the first that are no objects either: one text of several lines.
                if is_first && !behind.lines().any(is_object) {
                    take(Log::BrokenJson(text));
                    return;
                }
                take(broken_or_text(line.trim_end_matches('\r')));
                rest = behind;
            }
        }
        is_first = false;
    }
}

fn is_object(line: &str) -> bool {
    line.starts_with('{') && matches!(crate::json::read(line), Ok(Value::Object(_)))
}

fn broken_or_text(line: &str) -> Log<'_> {
    if line.starts_with('{') { Log::BrokenJson(line) } else { Log::Text(line) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn logs(text: &str) -> Vec<String> {
        let mut logs = Vec::new();
        read(text, &mut |log| {
            logs.push(match log {
                Log::Object(object, _) => {
                    let mut text = Vec::new();
                    crate::json::write_object(&object, &mut text);
                    String::from_utf8(text).unwrap()
                }
                Log::Text(text) => format!("text {text}"),
                Log::BrokenJson(text) => format!("broken {text}"),
            });
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
}
