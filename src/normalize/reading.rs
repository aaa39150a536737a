//! A producer's value as the value of an ECS field: only where it has the field's type.

use std::borrow::Cow;
use std::net::IpAddr;

use super::level::{self, Level};
use crate::document::Kind;
use crate::json::{Number, Value};

/// The value as `kind` wants it; `None` when it has another type. Numbers may stand as strings
/// and the other way round where nothing is lost by it. Dates are read elsewhere.
pub(super) fn typed<'a>(value: &mut Value<'a>, kind: Kind) -> Option<Value<'a>> {
    match kind {
        Kind::Date | Kind::Object => None,
        Kind::Keyword => keyword(value),
        Kind::Text => text(value),
        Kind::Long => long(value),
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
        Value::Array(elements)
            if !elements.is_empty()
                && elements.iter().all(|element| element.as_str().is_some()) =>
        {
            Some(std::mem::take(value))
        }
        _ => None,
    }
}

fn text<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::String(_) => Some(std::mem::take(value)),
        Value::Number(_) | Value::Bool(_) => scalar_text(value).map(Value::from),
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

/// A text, or the lines of one. Lines that end with their line feed (as Lambda's Python runtime
/// writes them) do not get a second one.
pub(super) fn lines<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    if let Value::Array(elements) = value {
        let mut text = String::new();
        for element in elements.iter() {
            if !text.is_empty() && !text.ends_with('\n') {
                text.push('\n');
            }
            text.push_str(element.as_str()?);
        }
        return (!text.is_empty()).then(|| Value::from(text));
    }
    value.as_str()?;
    Some(std::mem::take(value))
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

/// `path/file.go:12` as file and line; a text without a line is a file.
pub(super) fn file_and_line(text: &str) -> (&str, Option<&str>) {
    match text.rsplit_once(':') {
        Some((file, line)) if !file.is_empty() && is_digits(line) => (file, Some(line)),
        _ => (text, None),
    }
}

/// `path/file.py:function:12` or `function:12` as file, function and line.
pub(super) fn location(text: &str) -> Option<(Option<&str>, &str, &str)> {
    let (place, line) = text.rsplit_once(':').filter(|(_, line)| is_digits(line))?;
    match place.rsplit_once(':') {
        Some((file, function)) if !file.is_empty() && is_function(function) => {
            Some((Some(file), function, line))
        }
        Some(_) => None,
        None => is_function(place).then_some((None, place, line)),
    }
}

/// Whether `name` can be a function's name, `<module>` included.
fn is_function(name: &str) -> bool {
    name.starts_with(|first: char| first.is_alphabetic() || matches!(first, '_' | '<'))
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
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
            (Kind::Keyword, r#"["a","b"]"#, Some(r#"["a","b"]"#)),
            (Kind::Keyword, "[]", None),
            (Kind::Keyword, r#"["a",1]"#, None),
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
            (Kind::Ip, r#""10.0.0.1""#, Some(r#""10.0.0.1""#)),
            (Kind::Ip, r#""::1""#, Some(r#""::1""#)),
            (Kind::Ip, r#""10.0.0.256""#, None),
            (Kind::Ip, r#""localhost""#, None),
        ];
        for (kind, value, expected) in cases {
            assert_eq!(
                typed_json(value, kind).as_deref(),
                expected,
                "{kind:?} {value}"
            );
        }
    }

    #[test]
    fn places_are_taken_apart() {
        assert_eq!(file_and_line("api/main.go:12"), ("api/main.go", Some("12")));
        assert_eq!(file_and_line("C:\\a.cs"), ("C:\\a.cs", None));
        assert_eq!(
            location("/var/task/app.py:handler:7"),
            Some((Some("/var/task/app.py"), "handler", "7"))
        );
        assert_eq!(location("handler:7"), Some((None, "handler", "7")));
        for text in ["Berlin", "a:b", ":7", "::7", "12:30"] {
            assert_eq!(location(text), None, "{text}");
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
