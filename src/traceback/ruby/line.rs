//! The grammar of single lines of Ruby's tracebacks: frames, heads, and what stands around them.

use std::borrow::Cow;

use super::super::in_app;
use super::super::lines::log_prefix;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};

/// A place with what stands around it on its line: `file:N:in 'label'`.
struct Place<'a> {
    /// Everything before the line number; the file is at its end.
    before: &'a str,
    line: Option<u64>,
    label: &'a str,
    after: &'a str,
}

/// The first place on `text`. Up to Ruby 3.3 the label begins with a backquote.
fn place(text: &str) -> Option<Place<'_>> {
    let (before, label) = [":in `", ":in '"]
        .iter()
        .filter_map(|mark| text.split_at_mark(mark))
        .min_by_key(|(before, _)| before.len())?;
    let (label, after) = label.split_once('\'')?;
    let numbered =
        before.rsplit_once(':').and_then(|(file, line)| Some((file, line.parse().ok()?)));
    let (before, line) = numbered.map_or((before, None), |(file, line)| (file, Some(line)));
    let is_name = !before.is_empty() && !label.is_empty() && label.len() <= MAX_NAME_BYTES;
    is_name.then_some(Place { before, line, label, after })
}

fn frame_of<'a>(file: &'a str, line: Option<u64>, label: Option<&'a str>) -> Option<Frame<'a>> {
    if file.is_empty() || file.len() > MAX_NAME_BYTES {
        return None;
    }
    let mut frame = Frame {
        file: Some(file.into()),
        line,
        function: label.map(Into::into),
        ..Frame::default()
    };
    // Rails writes `activerecord (7.1.3) lib/…` for the files of a gem.
    frame.in_app = in_app::is_in_app(&frame) && gem(file).is_none();
    Some(frame)
}

/// Where the name of the gem begins in `… activerecord (7.1.3) lib/active_record/core.rb`.
fn gem(file: &str) -> Option<usize> {
    let (before, path) = file.rsplit_at_mark(") ")?;
    let (name, version) = before.rsplit_at_mark(" (").unwrap_or((before, ""));
    let is_version =
        version.starts_with(|c: char| c.is_ascii_digit()) && !version.contains(char::is_whitespace);
    let start = name.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    (is_version && !path.contains(char::is_whitespace) && start < name.len()).then_some(start)
}

/// Where the file begins in what stands before a line number: the last word, or all of it where
/// that is evidently a path.
fn file_start(before: &str) -> usize {
    let is_path = before.starts_with(['/', '<'])
        || before.starts_with("./")
        || before.get(1..3).is_some_and(|drive| matches!(drive, ":/" | ":\\"));
    if is_path {
        return 0;
    }
    gem(before).unwrap_or_else(|| before.rfind([' ', '\t']).map_or(0, |blank| blank + 1))
}

/// A frame below a head: `\tfrom file:N:in 'label'`, in older Rubies without a label.
pub(super) fn from(line: &str) -> Option<Frame<'_>> {
    let text = line.strip_prefix("\tfrom ")?.trim_end();
    called(text)
}

/// A frame above a head, in the order `:bottom`: `\t2: from file:N:in 'label'`.
pub(super) fn numbered_from(line: &str) -> Option<Frame<'_>> {
    let (number, text) = line.strip_prefix('\t')?.split_at_mark(": from ")?;
    number.trim_start().parse::<u64>().ok()?;
    called(text.trim_end())
}

fn called(text: &str) -> Option<Frame<'_>> {
    if let Some(place) = place(text) {
        // The closing mark of a string ends the traceback, and stays out of its span.
        return if place.after.is_empty() || place.after.starts_with('"') {
            frame_of(place.before, place.line, Some(place.label))
        } else {
            None
        };
    }
    let (file, line) = text.rsplit_once(':')?;
    frame_of(file, Some(line.parse().ok()?), None)
}

/// A frame that nothing announces: `file:N:in 'label'`, as Rails and the Logger print it. With it,
/// the length of what stands before it on the line, blanks left aside.
pub(super) fn bare(line: &str) -> Option<(usize, Frame<'_>)> {
    let text = line.trim_end();
    if !text.ends_with('\'') || text.starts_with("\tfrom ") {
        return None;
    }
    let place = place(text).filter(|place| place.after.is_empty() && place.line.is_some())?;
    let indent = text.len() - text.trim_start().len();
    let start = indent + file_start(place.before.get(indent..)?);
    let (prefix, file) = place.before.split_at_checked(start)?;
    let prefix = prefix.trim_end().strip_suffix('#').unwrap_or(prefix).trim_end();
    let prefix = if prefix.is_empty() { 0 } else { start };
    Some((prefix, frame_of(file, place.line, Some(place.label))?))
}

/// The frames for which `\t ... 10067 levels...` stands.
pub(super) fn levels(line: &str) -> Option<u64> {
    line.strip_prefix("\t ... ")?.trim_end().strip_suffix(" levels...")?.parse().ok()
}

/// The line with which Ruby begins: `file:N:in 'label': msg (Type)`.
pub(super) struct Head<'a> {
    /// Length of what stands before the file.
    pub(super) before: usize,
    pub(super) frame: Option<Frame<'a>>,
    pub(super) exception_type: Option<Cow<'a, str>>,
    /// The first line of the message.
    pub(super) message: &'a str,
    /// Whether the line alone is enough to be sure of it.
    pub(super) is_evident: bool,
}

pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let line = line.trim_end();
    let Some(place) = place(line) else { return syntax_error(line) };
    let message = place.after.strip_prefix(": ")?;
    if message.starts_with("warning: ") || place.before.starts_with("\tfrom ") {
        return None;
    }
    let before = file_start(place.before);
    let frame = frame_of(place.before.get(before..)?, place.line, Some(place.label));
    place.line?;
    let (exception_type, message, is_evident) = match typed(message) {
        Some((message, name)) => (Some(name.into()), message, true),
        // What Ruby prints for a RuntimeError, and for any other, whose message is empty.
        None if message == "unhandled exception" => (Some("RuntimeError".into()), "", true),
        None if is_evident_constant(message) => (Some(message.into()), "", true),
        None => (None, message, false),
    };
    Some(Head { before, frame: Some(frame?), exception_type, message, is_evident })
}

/// A file that does not compile: `file:N: syntax error, … (SyntaxError)`; of a script, Ruby up to
/// 3.2 does not print the type.
fn syntax_error(line: &str) -> Option<Head<'_>> {
    let (before, _) = line.split_at_mark(": syntax error")?;
    let (place, number) = before.rsplit_once(':')?;
    let number = number.parse().ok()?;
    let start = file_start(place);
    let file = place.get(start..)?;
    let message = line.get(before.len() + 2..)?;
    let (message, is_stated) = match typed(message) {
        Some((message, "SyntaxError")) => (message, true),
        _ => (message, false),
    };
    let is_evident = is_stated
        || (file.rsplit_once('.').is_some_and(|(_, kind)| kind == "rb")
            && message.starts_with("syntax error, "));
    is_evident.then_some(Head {
        before: start,
        frame: Some(frame_of(file, Some(number), None)?),
        exception_type: Some("SyntaxError".into()),
        message,
        is_evident,
    })
}

/// The head of a cause that was never raised, and so has no place: `script.rb: msg (Type)`.
pub(super) fn placeless_head(line: &str) -> Option<Head<'_>> {
    let (file, message) = line.trim_end().split_at_mark(": ")?;
    let (message, name) = typed(message)?;
    (!file.contains(char::is_whitespace)).then_some(Head {
        before: 0,
        frame: None,
        exception_type: Some(name.into()),
        message,
        is_evident: false,
    })
}

/// `msg (Type)` as message and type.
fn typed(text: &str) -> Option<(&str, &str)> {
    let (message, name) = match text.strip_suffix(')')?.rsplit_once('(')? {
        ("", name) => ("", name),
        (message, name) => (message.strip_suffix(' ')?, name),
    };
    is_constant(name).then_some((message, name))
}

/// The head of frames that nothing announces, and where on the line it begins.
pub(super) struct LogHead<'a> {
    pub(super) start: usize,
    pub(super) exception_type: Option<&'a str>,
    /// The first line of the message.
    pub(super) message: &'a str,
    pub(super) form: Form,
}

/// What a head in a log looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// `Type (msg):`, of which the frames come after a blank line.
    Rails,
    /// `Type (msg`, the message goes on.
    RailsOpen,
    /// `msg (Type)`; the message may have begun before.
    Logger,
    /// `Type: msg`; the message may go on.
    Plain,
}

pub(super) fn log_head(line: &str) -> Option<LogHead<'_>> {
    let line = line.trim_end();
    let start = log_prefix(line);
    let words = line.get(start..)?;
    let found =
        |exception_type, message, form| Some(LogHead { start, exception_type, message, form });
    let end = words.find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    let (name, rest) = words.split_at_checked(end.unwrap_or(words.len()))?;
    if let Some(message) = rest.strip_prefix(" (")
        && is_constant(name)
    {
        if let Some(message) = message.strip_suffix("):") {
            return found(Some(name), message, Form::Rails);
        }
        if is_evident_constant(name) && !message.ends_with(')') {
            return found(Some(name), message, Form::RailsOpen);
        }
    }
    if let Some((message, name)) = typed(words) {
        return found(Some(name), message, Form::Logger);
    }
    if let Some((_, inspected)) = words.split_at_mark("#<")
        && let Some((name, message)) =
            inspected.strip_suffix('>').and_then(|i| i.split_at_mark(": "))
        && is_constant(name)
    {
        let start = start + words.find_mark("#<")?;
        return Some(LogHead { start, exception_type: Some(name), message, form: Form::Plain });
    }
    if let Some(name) = name.strip_suffix(':')
        && is_constant(name)
        && !is_common_word(name)
    {
        return found(Some(name), rest.trim_start(), Form::Plain);
    }
    let is_class = rest.is_empty() && is_evident_constant(name);
    if is_class { found(Some(name), "", Form::Plain) } else { None }
}

/// One of Rails's `Causes:`, `Type (msg)`.
pub(super) fn rails_cause(line: &str) -> Option<(&str, &str)> {
    let (name, message) = line.trim_end().strip_suffix(')')?.split_at_mark(" (")?;
    is_constant(name.trim_start()).then_some((name.trim_start(), message))
}

/// `Mail::SendError`
fn is_constant(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES
        && name.split("::").all(|part| {
            part.starts_with(char::is_uppercase)
                && part.chars().all(|c| c.is_alphanumeric() || c == '_')
        })
}

/// A constant that an exception's class is likely to have for a name.
fn is_evident_constant(name: &str) -> bool {
    const ENDINGS: &[&str] = &["Error", "Exception", "Interrupt", "Iteration", "NotFound", "Exit"];
    is_constant(name)
        && !is_common_word(name)
        && (name.holds("::") || ENDINGS.iter().any(|ending| name.ends_with(ending)))
}

/// Words that stand before a colon in prose.
fn is_common_word(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "Error",
        "Errors",
        "Exception",
        "Warning",
        "Note",
        "Backtrace",
        "Traceback",
        "Trace",
        "Stack",
        "Info",
        "Debug",
        "Message",
        "Failure",
        "Called",
        "Causes",
        "Caused",
        "From",
        "Frames",
        "At",
    ];
    WORDS.contains(&name) || name.chars().all(char::is_uppercase)
}

/// Whether `line` marks a part of the line above it: blanks, and `^` or `~`.
pub(super) fn is_marker(line: &str) -> bool {
    let text = line.trim();
    text.contains('^') && text.bytes().all(|byte| matches!(byte, b'^' | b'~' | b' ' | b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames() {
        let frame = |frame: Option<Frame<'_>>| {
            frame.map(|f| {
                let function = f.function.unwrap_or_default();
                format!("{}|{:?}|{function}|{}", f.file.unwrap(), f.line, f.in_app)
            })
        };
        let table = [
            (
                "\tfrom /a b/mail.rb:7:in `block in deliver'",
                "/a b/mail.rb|Some(7)|block in deliver|true",
            ),
            ("\tfrom -e:in 'Kernel.eval'", "-e|None|Kernel.eval|true"),
            ("\tfrom a.rb:3", "a.rb|Some(3)||true"),
            ("\tfrom <internal:kernel>:187:in 'loop'", "<internal:kernel>|Some(187)|loop|false"),
        ];
        for (line, expected) in table {
            assert_eq!(frame(from(line)).as_deref(), Some(expected), "{line}");
        }
        let table = [
            ("app/mail.rb:1:in `f'", 0, "app/mail.rb|Some(1)|f|true"),
            ("    app/mail.rb:1:in `f'", 0, "app/mail.rb|Some(1)|f|true"),
            ("  # ./spec/a.rb:1:in 'f'", 0, "./spec/a.rb|Some(1)|f|true"),
            (
                "activerecord (7.1.3) lib/core.rb:253:in `find'",
                0,
                "activerecord (7.1.3) lib/core.rb|Some(253)|find|false",
            ),
            ("web | app/mail.rb:1:in `f'", 6, "app/mail.rb|Some(1)|f|true"),
        ];
        for (line, prefix, expected) in table {
            let (found_prefix, found) = bare(line).unwrap();
            assert_eq!((found_prefix, frame(Some(found)).as_deref()), (prefix, Some(expected)));
        }
        for line in
            ["\tfrom a.rb", "from a.rb:1:in `f'", "\tfrom a.rb:1:in `f' x", "\tfrom 10:30 on"]
        {
            assert!(from(line).is_none(), "{line}");
        }
        for line in ["a.rb:1:in f", "a.rb:in `f'", "a.rb:x:in `f'", "1:in `f'", ":1:in ''"] {
            assert!(bare(line).is_none(), "{line}");
        }
        assert!(numbered_from("\t 2: from a.rb:4:in `f'").is_some());
        assert_eq!(levels("\t ... 10067 levels...\n"), Some(10067));
    }

    #[test]
    fn heads() {
        let brief = |line| {
            head(line).map(|head| {
                let name = head.exception_type.unwrap_or("?".into());
                format!("{}|{name}|{}|{}", head.before, head.message, head.is_evident)
            })
        };
        let table = [
            ("a.rb:7:in `fetch': no key: :to (KeyError)", "0|KeyError|no key: :to|true"),
            ("a.rb:7:in 'A#f': box (3) (Mail::Shut)", "0|Mail::Shut|box (3)|true"),
            ("ERROR /a.rb:7:in 'f': x (E)", "6|E|x|true"),
            ("a.rb:7:in 'f': unhandled exception", "0|RuntimeError||true"),
            ("a.rb:7:in 'f': KeyError", "0|KeyError||true"),
            ("a.rb:7:in 'f': odd", "0|?|odd|false"),
            ("a.rb:7:in 'f':  (E)", "0|E||true"),
            ("a.rb:2: syntax error found (SyntaxError)", "0|SyntaxError|syntax error found|true"),
            ("a.rb:2: syntax error, unexpected x", "0|SyntaxError|syntax error, unexpected x|true"),
        ];
        for (line, expected) in table {
            assert_eq!(brief(line).as_deref(), Some(expected), "{line}");
        }
        for line in [
            "a.rb:7:in `f': warning: x (E)",
            "a.rb:7:in `f'",
            "a.c:2: syntax error, unexpected x",
            "a.rb: x (E)",
            "see a.rb:in `f': x (E)",
        ] {
            assert_eq!(brief(line), None, "{line}");
        }
    }

    #[test]
    fn heads_in_logs() {
        let table = [
            ("Mail::Lost (no mail):", Some(("Mail::Lost", "no mail", Form::Rails))),
            (
                "F, [2024-05-04T08:00:01 #7] FATAL -- : E (x (y)):",
                Some(("E", "x (y)", Form::Rails)),
            ),
            ("ActiveRecord::Invalid (one", Some(("ActiveRecord::Invalid", "one", Form::RailsOpen))),
            ("ERROR no key (KeyError)", Some(("KeyError", "no key", Form::Logger))),
            ("WARN: Lost: x", Some(("Lost", "x", Form::Plain))),
            ("puma: #<Mail::Lost: x>", Some(("Mail::Lost", "x", Form::Plain))),
            ("RuntimeError", Some(("RuntimeError", "", Form::Plain))),
            ("Error: x", None),
            ("no key (see below)", None),
            ("", None),
        ];
        for (line, expected) in table {
            let found =
                log_head(line).map(|head| (head.exception_type.unwrap(), head.message, head.form));
            assert_eq!(found, expected, "{line}");
        }
    }
}
