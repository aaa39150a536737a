//! A producer's value as the value of an ECS field: only where it has the field's type.

use std::borrow::Cow;
use std::net::IpAddr;

use crate::document::Kind;
use crate::json::{Number, Value, join_lines};
use crate::level::{self, Level};

/// The value as `kind` wants it; `None` when it has another type. Numbers may stand as strings
/// and the other way round where nothing is lost by it. Dates are read elsewhere.
pub(super) fn typed<'a>(value: &mut Value<'a>, kind: Kind) -> Option<Value<'a>> {
    match kind {
        Kind::Date | Kind::Object => None,
        Kind::Keyword => keyword(value),
        Kind::Keywords => keywords(value),
        Kind::Text => text(value),
        Kind::Long => long(value),
        Kind::Double => double(value),
        Kind::Ip => {
            let address = value.as_str()?;
            address.parse::<IpAddr>().ok()?;
            Some(std::mem::take(value))
        }
    }
}

fn keyword<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::String(_) => Some(std::mem::take(value)),
        Value::Number(_) => scalar_text(value).map(Value::from),
        _ => None,
    }
}

fn keywords<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::Array(elements) if elements.iter().all(|element| element.as_str().is_some()) => {
            Some(std::mem::take(value))
        }
        _ => keyword(value),
    }
}

fn text<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::String(_) => Some(std::mem::take(value)),
        Value::Number(_) | Value::Bool(_) => scalar_text(value).map(Value::from),
        _ => None,
    }
}

fn double<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::Number(number) if number.is_storable() => Some(std::mem::take(value)),
        _ => None,
    }
}

fn long<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::Number(number) if number.as_i64().is_some() => Some(std::mem::take(value)),
        Value::String(digits) => {
            Number::parse(digits)?.as_i64()?;
            let Value::String(digits) = std::mem::take(value) else {
                return None;
            };
            Some(Value::Number(Number::from_text(digits)?))
        }
        _ => None,
    }
}

/// The text of a string, number or boolean; its value is taken.
pub(super) fn scalar_text<'a>(value: &mut Value<'a>) -> Option<Cow<'a, str>> {
    match std::mem::take(value) {
        Value::String(text) => Some(text),
        Value::Number(number) => Some(number.into_text()),
        Value::Bool(flag) => Some(Cow::Borrowed(if flag { "true" } else { "false" })),
        other => {
            *value = other;
            None
        }
    }
}

/// A text, or the lines of one.
pub(super) fn lines<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    if let Value::Array(elements) = value {
        let (text, _) = join_lines(elements)?;
        return (!text.is_empty()).then(|| Value::from(text));
    }
    words(value)
}

/// What stands before a frame of .NET up to 7, whose JSON console writes a blank for a newline.
const FOLDED_FRAME: &str = "    at ";

/// A text of more than one line, or its lines.
pub(super) fn trace<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    let has_lines = match value {
        Value::String(text) => {
            text.trim_end().contains(['\n', '\r']) || text.contains(FOLDED_FRAME)
        }
        Value::Array(elements) => elements.len() > 1 && !is_type_and_message(elements),
        _ => false,
    };
    if has_lines { lines(value) } else { None }
}

/// Whether `elements` are an error's type and message, as lograge writes them: no line of a trace
/// is a single word.
fn is_type_and_message(elements: &[Value<'_>]) -> bool {
    let [error_type, Value::String(_)] = elements else { return false };
    error_type.as_str().is_some_and(|name| !name.contains([' ', '\t']))
}

/// A string; a flag or a number under the same name says something else.
pub(super) fn words<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    value.as_str()?;
    Some(std::mem::take(value))
}

/// A number, or the one in `ThreadId(1)`.
pub(super) fn enclosed<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    if let Some(number) = long(value) {
        return Some(number);
    }
    let (kind, rest) = value.as_str()?.split_once('(')?;
    let is_kind = !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphabetic());
    let number = Number::parse(rest.strip_suffix(')')?).filter(|_| is_kind)?;
    number.as_u64().map(Value::from)
}

/// The id of a trace or a span, as the hexadecimal digits alone.
pub(super) fn id<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    let text = scalar_text(value)?;
    Some(match text.strip_prefix("0x") {
        Some(digits) => Value::from(digits.to_owned()),
        None => Value::from(text),
    })
}

/// Whether `value` is an id of zeros alone, with which tracers say that there is none.
pub(super) fn is_no_id(value: &Value<'_>) -> bool {
    let digits = match value {
        Value::String(text) => text.strip_prefix("0x").unwrap_or(text),
        Value::Number(number) => number.as_str(),
        _ => return false,
    };
    digits.bytes().all(|byte| byte == b'0')
}

/// The level that a value names, or that a number means by `from_number`.
pub(super) fn level(
    value: &Value<'_>,
    from_number: impl Fn(u64) -> Option<Level>,
) -> Option<Level> {
    match value {
        Value::String(name) => level::parse_level(name)
            .or_else(|| Number::parse(name)?.as_u64().and_then(&from_number)),
        Value::Number(number) => from_number(number.as_u64()?),
        _ => None,
    }
}

/// A place in a program's source, as far as a text names it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Place<'t> {
    pub file: Option<&'t str>,
    pub function: Option<&'t str>,
    pub line: Option<u64>,
}

/// `path/file.go:12` as file and line. Without a line it may be any file, a customer's too.
pub(super) fn file_and_line(text: &str) -> Option<Place<'_>> {
    let (file, line) = split_line(text).filter(|(file, _)| !file.is_empty())?;
    Some(Place { file: Some(file), function: None, line: Some(line) })
}

/// `path/file.py:function:12` or `function:12` as file, function and line.
pub(super) fn location(text: &str) -> Option<Place<'_>> {
    let (place, line) = split_line(text)?;
    let (file, function) = match place.rsplit_once(':') {
        Some((file, function)) => (Some(Some(file).filter(|file| !file.is_empty())?), function),
        None => (None, place),
    };
    is_function(function).then_some(Place { file, function: Some(function), line: Some(line) })
}

fn split_line(text: &str) -> Option<(&str, u64)> {
    let (before, digits) = text.rsplit_once(':')?;
    let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some((before, digits.parse().ok()?))
}

/// Whether `name` can be a function's name, `<module>` included.
fn is_function(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '<'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    fn typed_json(text: &str, kind: Kind) -> Option<String> {
        let value = typed(&mut read(text).unwrap(), kind)?;
        let mut written = Vec::new();
        crate::json::write_value(&value, &mut written);
        Some(String::from_utf8(written).unwrap())
    }

    #[test]
    fn a_value_has_the_type_or_is_refused() {
        let cases = [
            (Kind::Keyword, r#""a""#, Some(r#""a""#)),
            (Kind::Keyword, "12", Some(r#""12""#)),
            (Kind::Keyword, r#"["a"]"#, None),
            (Kind::Keywords, r#""a""#, Some(r#""a""#)),
            (Kind::Keywords, r#"["a","b"]"#, Some(r#"["a","b"]"#)),
            (Kind::Keywords, r#"["a",1]"#, None),
            (Kind::Keyword, "true", None),
            (Kind::Keyword, "{}", None),
            (Kind::Text, "1.50", Some(r#""1.50""#)),
            (Kind::Text, "true", Some(r#""true""#)),
            (Kind::Text, r#"["a"]"#, None),
            (Kind::Text, "null", None),
            (Kind::Long, "12", Some("12")),
            (Kind::Long, r#""12""#, Some("12")),
            (Kind::Long, "12.0", None),
            (Kind::Long, "9223372036854775808", None),
            (Kind::Long, r#""012""#, None),
            (Kind::Long, r#""x""#, None),
            (Kind::Double, "1.50", Some("1.50")),
            (Kind::Double, "1e400", None),
            (Kind::Double, r#""1.5""#, None),
            (Kind::Ip, r#""10.0.0.1""#, Some(r#""10.0.0.1""#)),
            (Kind::Ip, r#""::1""#, Some(r#""::1""#)),
            (Kind::Ip, r#""10.0.0.256""#, None),
            (Kind::Ip, r#""localhost""#, None),
        ];
        for (kind, value, expected) in cases {
            assert_eq!(typed_json(value, kind).as_deref(), expected, "{kind:?} {value}");
        }
    }

    #[test]
    fn places_are_taken_apart() {
        let place = |file, function, line| Place { file, function, line };
        assert_eq!(
            file_and_line("api/main.go:12"),
            Some(place(Some("api/main.go"), None, Some(12)))
        );
        assert_eq!(file_and_line("C:\\a.cs"), None);
        assert_eq!(file_and_line("report.pdf"), None);
        assert_eq!(
            location("/var/task/app.py:handler:7"),
            Some(place(Some("/var/task/app.py"), Some("handler"), Some(7)))
        );
        assert_eq!(location("handler:7"), Some(place(None, Some("handler"), Some(7))));
        for text in ["Berlin", "a:b", ":7", "::7", "12:30"] {
            assert_eq!(location(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_are_taken_out_of_their_brackets() {
        let number = |text: &str| enclosed(&mut Value::from(text))?.as_number()?.as_u64();
        assert_eq!(number("ThreadId(12)"), Some(12));
        assert_eq!(number("12"), Some(12));
        for text in ["(12)", "ThreadId(12", "ThreadId(x)", "a b(1)", "ThreadId(-1)"] {
            assert_eq!(number(text), None, "{text}");
        }
    }

    #[test]
    fn lines_are_joined_once() {
        let joined = |text: &str| {
            lines(&mut read(text).unwrap()).and_then(|value| value.as_str().map(str::to_owned))
        };
        assert_eq!(joined(r#"["a","b"]"#).unwrap(), "a\nb");
        assert_eq!(joined(r#"["a\n","b\n"]"#).unwrap(), "a\nb\n");
        assert_eq!(joined(r#""a""#).unwrap(), "a");
        for refused in ["[]", r#"["a",{}]"#, "true", "{}"] {
            assert_eq!(joined(refused), None, "{refused}");
        }
    }
}
