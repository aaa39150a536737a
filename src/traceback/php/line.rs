//! The grammar of single lines of PHP's tracebacks: calls, places, and what stands around them.

use std::borrow::Cow;
use std::ops::Range;

use super::super::in_app;
use super::super::lines::log_prefix;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES, cut};

/// A numbered line below `Stack trace:`.
#[derive(Debug)]
pub(super) enum Call<'a> {
    /// `#0 /app/mail.php(6): Mail\Box->load('in')`: where it was called, and what.
    Of { file: Option<&'a str>, line: Option<u64>, name: &'a str },
    /// `#2 {main}`, the last.
    Main,
}

pub(super) fn call(line: &str) -> Option<Call<'_>> {
    let text = line.trim_end().strip_prefix('#')?;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, text) = text.split_at_checked(digits)?;
    let text = text.strip_prefix(' ').filter(|_| !number.is_empty())?;
    if text.trim_end() == "{main}" {
        return Some(Call::Main);
    }
    if let Some(call) = text.strip_prefix("[internal function]: ") {
        return Some(Call::Of { file: None, line: None, name: name(call)? });
    }
    // An argument may hold `): ` too, but it comes later.
    let (end, _) = cut(text, 2 * MAX_NAME_BYTES)
        .match_indices("): ")
        .find(|&(end, _)| number_before(text, end).is_some())?;
    let (file, line) = number_before(text, end)?;
    let called = text.get(end + "): ".len()..)?;
    Some(Call::Of { file: Some(file), line: Some(line), name: name(called)? })
}

/// `file(N` as file and line.
fn number_before(text: &str, end: usize) -> Option<(&str, u64)> {
    let (file, line) = text.get(..end)?.rsplit_once('(')?;
    let is_file = !file.is_empty() && file.len() <= MAX_NAME_BYTES;
    is_file.then_some((file, line.parse().ok()?))
}

/// What is called, without its arguments. Since 8.4 the name of a closure has parentheses of its
/// own: `{closure:Mail\Box::load():12}()`.
fn name(call: &str) -> Option<&str> {
    let end = match call.find_mark("{closure:").filter(|&start| start < call.find('(').unwrap_or(0))
    {
        Some(_) => call.find_mark("}(")? + 1,
        None => call.find('(')?,
    };
    let name = call.get(..end)?;
    let is_name = !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && (!name.contains(' ') || name.contains(['@', '{']));
    is_name.then_some(name)
}

/// Says of `frame` that it is within the function `name`: `Mail\Box->load`, `Sum::of`, `show`.
pub(super) fn set_function<'a>(frame: &mut Frame<'a>, name: &'a str, is_json: bool) {
    let is_closure = name.starts_with("{closure");
    let split = ["->", "-&gt;", "::"]
        .iter()
        .filter_map(|mark| name.split_at_mark(mark))
        .min_by_key(|(class, _)| class.len());
    let (module, function) = match split {
        Some((class, method)) if !is_closure => (Some(class), method),
        _ => (None, name),
    };
    frame.module = module.map(|module| text(module, is_json));
    frame.function = Some(text(function, is_json));
    // What the engine calls has no file.
    frame.in_app = frame.file.is_some() && in_app::is_in_app(frame);
}

/// `text`, which Monolog may have written as JSON.
pub(super) fn text(text: &str, is_json: bool) -> Cow<'_, str> {
    if is_json && text.contains('\\') {
        return Cow::Owned(text.replace(r"\\", r"\").replace("\\\"", "\""));
    }
    Cow::Borrowed(text)
}

/// What the head of an exception says, as ranges of the text from the type to the place.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) exception_type: Range<usize>,
    pub(super) message: Range<usize>,
    pub(super) file: Range<usize>,
    pub(super) line: u64,
}

/// Reads `Type: msg in file:N`, `Type in file:N` or, of PHP 5, `exception 'Type' with message 'msg'
/// in file:N`. The message may have several lines.
pub(super) fn head(text: &str) -> Option<Head> {
    let text = text.trim_end();
    let (before, place) = text.rsplit_at_mark(" in ")?;
    let (file, line) = self::place(place)?;
    let place_start = before.len() + " in ".len();
    let (exception_type, message) = if let Some(old) = before.strip_prefix("exception '") {
        let start = "exception '".len();
        let (name, _) = old.split_once('\'')?;
        let rest = start + name.len() + 1;
        let message = match before.get(rest..)?.strip_prefix(" with message '") {
            Some(message) => {
                let message_start = rest + " with message '".len();
                message_start..message_start + message.strip_suffix('\'')?.len()
            }
            None => rest..rest,
        };
        (start..start + name.len(), message)
    } else {
        let end = before.find_mark(": ").unwrap_or(before.len());
        let start = (end + ": ".len()).min(before.len());
        (0..end, start..before.len())
    };
    is_class(text.get(exception_type.clone())?).then_some(Head {
        exception_type,
        message,
        file: place_start..place_start + file.len(),
        line,
    })
}

/// `file:N` or `file on line N`.
pub(super) fn place(text: &str) -> Option<(&str, u64)> {
    let (file, line) = text.rsplit_at_mark(" on line ").or_else(|| text.rsplit_once(':'))?;
    let is_file = !file.is_empty() && file.len() <= MAX_NAME_BYTES && !file.contains('\n');
    is_file.then_some((file, line.parse().ok()?))
}

/// `Mail\BoxException`, `Exception@anonymous`
pub(super) fn is_class(name: &str) -> bool {
    let name = name.split_once('@').map_or(name, |(name, _)| name);
    name.len() <= MAX_NAME_BYTES
        && name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '\\'))
}

/// Where on `line` the type of an exception begins that PHP says nobody caught.
pub(super) fn uncaught(line: &str) -> Option<usize> {
    let (before, after) = line.split_at_mark("Uncaught ")?;
    let is_start = before.is_empty()
        || before.trim_end().ends_with("rror:")
        || before.trim_end().ends_with("arning:")
        || before.trim_end().ends_with("rror</b>:");
    let end = after.find([':', ' ']).unwrap_or(after.len());
    let is_head = is_class(after.get(..end)?) || after.starts_with("exception '");
    (is_start && is_head).then_some(before.len() + "Uncaught ".len())
}

/// Where on `line` a type may begin that a program has logged: `InvalidArgumentException: bad a`.
pub(super) fn logged(line: &str) -> Option<usize> {
    if let Some(start) = line.find_mark("exception '") {
        return Some(start);
    }
    let ends = ["Exception: ", "Error: ", "Exception in ", "Error in "];
    let end = ends.iter().filter_map(|mark| line.find_mark(mark).map(|at| (at, mark))).min();
    if let Some((at, mark)) = end {
        let end = at + mark.len() - if mark.ends_with(": ") { 2 } else { 4 };
        let name = line.get(..end)?;
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\\');
        return Some(name.trim_end_matches(is_part).len());
    }
    let start = log_prefix(line);
    let (name, _) = line.get(start..)?.split_at_mark(": ")?;
    (name.contains('\\') && is_class(name)).then_some(start)
}

/// An error that is no exception: `PHP Parse error:  syntax error, … in file on line N`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fatal<'a> {
    pub(super) start: usize,
    pub(super) exception_type: &'static str,
    pub(super) message: &'a str,
    pub(super) file: &'a str,
    pub(super) line: u64,
}

pub(super) fn fatal(line: &str) -> Option<Fatal<'_>> {
    const KINDS: &[(&str, &str)] = &[
        ("Parse error:", "ParseError"),
        ("Fatal error:", "Fatal error"),
        ("Compile error:", "Compile error"),
    ];
    let line = line.trim_end();
    let (at, mark, exception_type) = KINDS
        .iter()
        .filter_map(|(mark, name)| line.find_mark(mark).map(|at| (at, *mark, *name)))
        .min()?;
    let before = line.get(..at)?;
    let start = before.strip_suffix("PHP ").unwrap_or(before).len();
    let message = line.get(at + mark.len()..)?.trim_start();
    let (message, place) = message.rsplit_at_mark(" in ")?;
    let (file, number) = place.rsplit_at_mark(" on line ")?;
    let is_file = !file.is_empty() && file.len() <= MAX_NAME_BYTES && !message.is_empty();
    is_file.then_some(Fatal { start, exception_type, message, file, line: number.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls() {
        let brief = |line| match call(line)? {
            Call::Main => Some("main".to_owned()),
            Call::Of { file, line, name } => {
                Some(format!("{} {:?} {name}", file.unwrap_or("-"), line))
            }
        };
        let table = [
            ("#2 {main}", "main"),
            (
                "#0 /app/mail.php(6): json_decode('{\"to\":', true)",
                "/app/mail.php Some(6) json_decode",
            ),
            ("#1 /app/a.php(15): Mail\\Box->load('in')", "/app/a.php Some(15) Mail\\Box->load"),
            ("#1 [internal function]: Mail\\{closure}(7)", "- None Mail\\{closure}"),
            ("#0 /a.php(3): pay('a(1): b')", "/a.php Some(3) pay"),
            ("#0 /a b(1)/a.php(3): pay()", "/a b(1)/a.php Some(3) pay"),
            ("#0 /a.php(2) : eval()'d code(1): f()", "/a.php(2) : eval()'d code Some(1) f"),
            (
                "#0 C:\\a.php(2): {closure:Mail\\Box::load():12}(1)",
                "C:\\a.php Some(2) {closure:Mail\\Box::load():12}",
            ),
        ];
        for (line, expected) in table {
            assert_eq!(brief(line).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "#1",
            "# 1 {main}",
            "#x {main}",
            "#12 fix the pool (3): done",
            "#3 a(b): c()",
            "1 {main}",
        ] {
            assert_eq!(brief(line), None, "{line}");
        }
    }

    #[test]
    fn heads() {
        let brief = |text: &str| {
            let head = head(text)?;
            let part = |range: &Range<usize>| text.get(range.clone()).unwrap().to_owned();
            Some(
                [
                    part(&head.exception_type),
                    part(&head.message),
                    part(&head.file),
                    head.line.to_string(),
                ]
                .join("|"),
            )
        };
        let table = [
            ("E: no box in in /a.php:3", "E|no box in|/a.php|3"),
            ("A\\B: x\ny in z\n in /a.php:3", "A\\B|x\ny in z\n|/a.php|3"),
            ("E in /a.php:3", "E||/a.php|3"),
            ("E@anonymous in /a.php on line 2", "E@anonymous||/a.php|2"),
            ("exception 'E' with message 'it's' in /a.php:3", "E|it's|/a.php|3"),
            ("exception 'E' in /a.php:3", "E||/a.php|3"),
            ("E: x in /a.php(2) : eval()'d code:1", "E|x|/a.php(2) : eval()'d code|1"),
        ];
        for (text, expected) in table {
            assert_eq!(brief(text).as_deref(), Some(expected), "{text}");
        }
        for text in ["E: x", "not a class: x in /a.php:3", "E: x in /a.php", "E: x in a room"] {
            assert_eq!(brief(text), None, "{text}");
        }
    }

    #[test]
    fn beginnings() {
        let table = [
            ("PHP Fatal error:  Uncaught E: x", Some(27)),
            ("Fatal error: Uncaught exception 'E' with", Some(22)),
            ("<b>Fatal error</b>:  Uncaught E: x", Some(30)),
            ("Uncaught E: x", Some(9)),
            ("It is Uncaught: x", None),
            ("Uncaught (in promise) E: x", None),
        ];
        for (line, expected) in table {
            assert_eq!(uncaught(line), expected, "{line}");
        }
        let table = [
            ("[2024-05-04 08:00:01] app.ERROR: A\\BadException: x", Some(33)),
            ("web | TypeError: x", Some(6)),
            ("A\\Lost: x", Some(0)),
            ("nothing: x", None),
        ];
        for (line, expected) in table {
            assert_eq!(logged(line), expected, "{line}");
        }
        let found =
            fatal("[x] PHP Parse error:  syntax error, a in b in /a.php on line 2").unwrap();
        assert_eq!((found.start, found.exception_type, found.line), (4, "ParseError", 2));
        assert_eq!((found.message, found.file), ("syntax error, a in b", "/a.php"));
        assert_eq!(fatal("Fatal error: nothing on line 2"), None);
        assert_eq!(fatal("Fatal error: x in /a.php"), None);
    }
}
