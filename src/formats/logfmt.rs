//! Lines of nothing but `key=value` pairs: logrus, slog's text handler, go-kit, structlog, Heroku's
//! router.
//!
//! Source: *logfmt* (<https://brandur.org/logfmt>), and what `go-logfmt` and `slog` quote.

use std::borrow::Cow;

use super::scan::quoted;
use crate::json::{Number, Object, Value};
use crate::level::parse_level;

/// Keys of which a line in this format usually has one.
const KNOWN_KEYS: &[&str] =
    &["level", "lvl", "severity", "msg", "message", "event", "time", "ts", "timestamp", "t", "at"];

/// How many pairs leave no doubt without such a key.
const ENOUGH_PAIRS: usize = 3;

/// The pairs of a line that holds nothing else, as a JSON object would have them: numbers and
/// booleans are such. `None` for every other line.
#[must_use]
pub fn logfmt(text: &str) -> Option<Object<'_>> {
    let line = text.trim_ascii();
    if memchr::memchr(b'\n', line.as_bytes()).is_some() {
        return None;
    }
    let mut object = pairs(line)?;
    name_as_known(&mut object);
    let is_known = object.iter().any(|(key, _)| KNOWN_KEYS.contains(&key.as_ref()));
    let is_sure = object.len() >= ENOUGH_PAIRS || (is_known && object.len() > 1);
    is_sure.then_some(object)
}

/// Gives the time and the level the names that other formats give them: `when=… at=…` of Python's
/// logfmter, `at=…` of Heroku.
fn name_as_known(object: &mut Object<'_>) {
    for (position, (key, value)) in object.iter_mut().enumerate() {
        let is_level = || value.as_str().is_some_and(|name| parse_level(name).is_some());
        if position == 0 && key == "when" {
            *key = Cow::Borrowed("time");
        } else if position < 2 && key == "at" && is_level() {
            *key = Cow::Borrowed("level");
        }
    }
}

/// The pairs of a text that holds nothing else. A key alone is a flag, where it is the last of
/// several and no word of a message that lacks its quotation marks.
pub(super) fn pairs(text: &str) -> Option<Object<'_>> {
    let mut rest = text;
    let mut object = Object::new();
    while !rest.is_empty() {
        let length = rest.bytes().take_while(|byte| is_key_byte(*byte)).count();
        let (key, after) = rest.split_at_checked(length)?;
        if !is_key(key) {
            return None;
        }
        let Some(after) = after.strip_prefix('=') else {
            let last = object.iter().next_back().map(|(key, _)| key.as_ref());
            let is_flag = after.is_empty()
                && object.len() >= ENOUGH_PAIRS
                && !matches!(last, Some("msg" | "message" | "event"));
            if is_flag {
                object.push(key, true);
            }
            return is_flag.then_some(object);
        };
        let (value, after) = value(after)?;
        object.push(key, value);
        rest = match after.strip_prefix([' ', '\t']) {
            Some(rest) => rest.trim_ascii_start(),
            None if after.is_empty() => after,
            None => return None,
        };
    }
    Some(object)
}

fn is_key_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'@' | b'/' | b'#')
}

fn is_key(key: &str) -> bool {
    key.len() <= 128 && key.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '_' | '@'))
}

/// Takes a value: in quotation marks of either kind, a dictionary or a list of Python's, or up to
/// the next blank.
fn value(text: &str) -> Option<(Value<'_>, &str)> {
    match text.as_bytes() {
        [b'"', ..] => {
            let (inside, rest) = quoted(text, '"')?;
            return Some((Value::String(unescaped(inside)), rest));
        }
        [b'\'', ..] => {
            let (inside, rest) = quoted(text, '\'')?;
            return Some((Value::String(unescaped(inside)), rest));
        }
        [b'{' | b'[', ..] => {
            let (written, rest) = text.split_at_checked(bracketed(text.as_bytes())?)?;
            return Some((Value::from(written), rest));
        }
        _ => {}
    }
    let end = text.find([' ', '\t']).unwrap_or(text.len());
    let (word, rest) = text.split_at_checked(end)?;
    // A quotation mark within a word says that the line is of another kind.
    if word.contains('"') {
        return None;
    }
    let value = match word {
        "true" | "True" => Value::Bool(true),
        "false" | "False" => Value::Bool(false),
        "null" | "<nil>" | "None" => Value::Null,
        _ => Number::parse(word).map_or(Value::from(word), Value::Number),
    };
    Some((value, rest))
}

/// How long the brackets are that begin `text`, up to the one that closes the first.
fn bracketed(text: &[u8]) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    for (at, byte) in text.iter().enumerate() {
        if let Some(open) = quote {
            if open == byte {
                quote = None;
            }
            continue;
        }
        match byte {
            b'"' | b'\'' => quote = Some(byte),
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            plain.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => plain.push('\n'),
            Some('r') => plain.push('\r'),
            Some('t') => plain.push('\t'),
            Some(quoted @ ('"' | '\'' | '\\')) => plain.push(quoted),
            Some(other) => plain.extend(['\\', other]),
            None => plain.push('\\'),
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::write_object;

    fn pairs(line: &str) -> Option<String> {
        let mut text = Vec::new();
        write_object(&logfmt(line)?, &mut text);
        Some(String::from_utf8(text).unwrap())
    }

    #[test]
    fn lines_of_pairs() {
        let table = [
            // logrus
            (
                r#"time="2020-05-11T14:44:44Z" level=warning msg="no \"stock\"" order=7"#,
                r#"{"time":"2020-05-11T14:44:44Z","level":"warning","msg":"no \"stock\"","order":7}"#,
            ),
            // slog
            (
                "time=2020-05-11T14:44:44.123Z level=INFO source=/app/main.go:12 msg=ready ok=true",
                r#"{"time":"2020-05-11T14:44:44.123Z","level":"INFO","source":"/app/main.go:12","msg":"ready","ok":true}"#,
            ),
            // go-kit
            (
                "ts=2020-05-11T14:44:44Z caller=main.go:12 level=error err=\"a\\nb\"",
                r#"{"ts":"2020-05-11T14:44:44Z","caller":"main.go:12","level":"error","err":"a\nb"}"#,
            ),
            // Heroku
            (
                r#"at=info method=GET path="/" status=200 connect=0ms id=0012"#,
                r#"{"level":"info","method":"GET","path":"/","status":200,"connect":"0ms","id":"0012"}"#,
            ),
            // logfmter, structlog
            (
                "when=\"2020-05-11 14:44:44,385\" at=DEBUG msg=x",
                r#"{"time":"2020-05-11 14:44:44,385","level":"DEBUG","msg":"x"}"#,
            ),
            (
                "level='info' event='no \\'x\\'' gateway={'name': 'a}', 'n': [1]} express=True ok",
                r#"{"level":"info","event":"no 'x'","gateway":"{'name': 'a}', 'n': [1]}","express":true,"ok":true}"#,
            ),
            // lograge
            ("method=GET path=/ status=200", r#"{"method":"GET","path":"/","status":200}"#),
            ("level=info msg=", r#"{"level":"info","msg":""}"#),
        ];
        for (line, expected) in table {
            assert_eq!(pairs(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn other_lines() {
        for line in [
            "",
            "level=info",
            "a=1 b=2",
            "level=info and more",
            "level=info time=x msg=starting server",
            "level=info x={open",
            "set level=debug msg=x",
            "level=info msg=\"open",
            "level=info msg=\"a\"b",
            "x=1\ny=2\nz=3",
            "a=b\"c\" level=info msg=x",
            "=1 level=info msg=x",
            "https://x/?a=1 level=info msg=x",
        ] {
            assert_eq!(pairs(line), None, "{line}");
        }
    }
}
