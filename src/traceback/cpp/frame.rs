//! The frames of C++'s tracebacks, in the forms of those who print them.

use super::super::in_app;
use super::super::marks::Marks as _;
use super::super::model::{Frame, MAX_NAME_BYTES};

/// Who prints frames of this form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// The sanitizers: `#0 0x4f in f(int) /src/a.cpp:12:3`.
    Sanitizer,
    /// gdb: `#0  0x4f in f (x=1) at a.cpp:12`.
    Debugger,
    /// `std::stacktrace` and `boost::stacktrace`: `0# f() at /src/a.cpp:12`.
    Stacktrace,
    /// glibc's `backtrace_symbols`: `./prog(_Z1fv+0x1a) [0x55]`.
    Symbols,
    /// glog: `@ 0x4f f()`.
    Glog,
}

/// The frame on `line`.
pub(super) fn frame(line: &str) -> Option<(Form, Frame<'_>)> {
    let text = line.trim();
    let found = match text.as_bytes() {
        [b'#', ..] => numbered(text),
        [b'@', b' ', ..] => glog(text).map(|parts| (Form::Glog, parts)),
        [.., b']'] => symbols(text).map(|parts| (Form::Symbols, parts)),
        [b'0'..=b'9', ..] => stacktrace(text).map(|parts| (Form::Stacktrace, parts)),
        _ => None,
    };
    let (form, parts) = found?;
    Some((form, parts.frame()?))
}

/// What a frame says.
#[derive(Debug, Default, Clone, Copy)]
struct Parts<'a> {
    function: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u64>,
    column: Option<u64>,
}

impl<'a> Parts<'a> {
    /// None if what should be a name is too long for one.
    fn frame(self) -> Option<Frame<'a>> {
        let is_name = |name: Option<&str>| name.is_none_or(|name| name.len() <= MAX_NAME_BYTES);
        if !is_name(self.function) || !is_name(self.file) {
            return None;
        }
        let mut frame = Frame {
            file: self.file.map(Into::into),
            line: self.line,
            column: self.column,
            function: self.function.map(Into::into),
            ..Frame::default()
        };
        frame.in_app = in_app::is_in_app(&frame);
        Some(frame)
    }

    fn named(function: &'a str) -> Self {
        let function = function.trim();
        let is_known = !matches!(function, "" | "??" | "(unknown)") && !is_address(function);
        Self { function: is_known.then_some(function), ..Self::default() }
    }

    /// With the place `file:line`, perhaps with a column.
    fn at(self, place: &'a str) -> Self {
        let split = |text: &'a str| {
            let (before, digits) = text.rsplit_once(':')?;
            Some((before, number(digits)?))
        };
        let Some((before, last)) = split(place) else {
            return Self { file: Some(place).filter(|file| !file.is_empty()), ..self };
        };
        let (file, line, column) = match split(before) {
            Some((file, line)) => (file, line, Some(last)),
            None => (before, last, None),
        };
        // `:0` is what a stacktrace prints of a place that it does not know.
        Self {
            file: Some(file).filter(|file| !file.is_empty()),
            line: Some(line).filter(|&line| line > 0),
            column,
            ..self
        }
    }
}

fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

/// `0x55b6a697c1de`
fn is_address(text: &str) -> bool {
    text.strip_prefix("0x").is_some_and(|digits| {
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })
}

/// `#0 0x4f in f(int) /src/a.cpp:12` and the like.
fn numbered(text: &str) -> Option<(Form, Parts<'_>)> {
    let (index, rest) = text.strip_prefix('#')?.split_once(' ')?;
    number(index)?;
    let rest = rest.trim_start();
    let (first, after) = rest.split_once(' ').unwrap_or((rest, ""));
    if !is_address(first) {
        // gdb leaves the address out where a line begins.
        return debugger(rest).map(|parts| (Form::Debugger, parts));
    }
    let Some(called) = after.strip_prefix("in ") else {
        return binary(after.trim()).map(|parts| (Form::Sanitizer, parts));
    };
    if let Some(parts) = debugger(called) {
        return Some((Form::Debugger, parts));
    }
    let called = called.split(" (BuildId: ").next().unwrap_or(called);
    if let Some(start) = called.rfind_mark(" (")
        && let Some(parts) = called.get(start + 1..).and_then(binary)
    {
        let function = called.get(..start)?;
        return Some((Form::Sanitizer, Parts { file: parts.file, ..Parts::named(function) }));
    }
    let (function, place) = called.rsplit_once(' ')?;
    let parts = Parts::named(function).at(place);
    parts.line.is_some().then_some((Form::Sanitizer, parts))
}

/// `(/usr/bin/prog+0x10a0)`
fn binary(text: &str) -> Option<Parts<'_>> {
    let text = text.split(" (BuildId: ").next().unwrap_or(text);
    let (file, offset) = text.strip_prefix('(')?.strip_suffix(')')?.rsplit_once('+')?;
    is_address(offset).then(|| Parts::default().at(file))
}

/// `f (x=1) at a.cpp:12`, `f () from /lib/libc.so.6`, `f ()`
fn debugger(text: &str) -> Option<Parts<'_>> {
    let (function, rest) = text.split_at_mark(" (")?;
    if let Some((arguments, place)) = rest.rsplit_at_mark(" at ")
        && arguments.ends_with(')')
    {
        let parts = Parts::named(function).at(place);
        return parts.line.is_some().then_some(parts);
    }
    if let Some((arguments, library)) = rest.rsplit_at_mark(" from ")
        && arguments.ends_with(')')
    {
        return Some(Parts { file: Some(library), ..Parts::named(function) });
    }
    // A sanitizer prints the binary there, which has a path.
    (rest.ends_with(')') && !rest.holds("+0x")).then(|| Parts::named(function))
}

/// `0# f() at /src/a.cpp:12`, `1# main in ./prog`, `2# 0x4f in /lib/libc.so.6`
fn stacktrace(text: &str) -> Option<Parts<'_>> {
    let (index, rest) = text.split_once('#')?;
    number(index)?;
    if rest.is_empty() {
        return Some(Parts::default());
    }
    let rest = rest.strip_prefix(' ')?;
    if let Some((function, place)) = rest.rsplit_at_mark(" at ") {
        let parts = Parts::named(function).at(place);
        let is_place = parts.line.is_some() || place == ":0";
        return is_place.then_some(parts);
    }
    let (function, library) = rest.rsplit_at_mark(" in ")?;
    let is_library = !library.is_empty() && !library.contains(' ');
    is_library.then(|| Parts { file: Some(library), ..Parts::named(function) })
}

/// `./prog(_Z1fv+0x1a) [0x55]`, `/lib/libc.so.6(+0x3c050)[0x7f]`, `./prog [0x55]`
fn symbols(text: &str) -> Option<Parts<'_>> {
    let (rest, address) = text.strip_suffix(']')?.rsplit_once('[')?;
    if !is_address(address) {
        return None;
    }
    let (file, symbol) = rest.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    let (function, offset) = symbol.rsplit_once('+').unwrap_or((symbol, "0x0"));
    let is_path = !file.is_empty() && !file.contains(' ');
    let is_symbol = is_address(offset) && !function.contains(' ');
    (is_path && is_symbol).then(|| Parts { file: Some(file), ..Parts::named(function) })
}

/// `@     0x7f12 mail::deliver()`
fn glog(text: &str) -> Option<Parts<'_>> {
    let rest = text.strip_prefix('@')?.trim_start();
    let (address, function) = rest.split_once(' ').unwrap_or((rest, ""));
    is_address(address).then(|| Parts::named(function))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms() {
        let table = [
            ("    #0 0x4f in f(int) /src/a.cpp:12:3", "Sanitizer|f(int)|/src/a.cpp|12|3"),
            (
                "    #0 0x4f in f(char*, int) /src/a.cpp:12",
                "Sanitizer|f(char*, int)|/src/a.cpp|12|",
            ),
            ("    #5 0x4f in _start (/bin/mail+0x10b0)", "Sanitizer|_start|/bin/mail||"),
            ("    #5 0x4f in _start (/bin/mail+0x1) (BuildId: a1)", "Sanitizer|_start|/bin/mail||"),
            ("    #5 0x4f  (/bin/mail+0x10b0)", "Sanitizer||/bin/mail||"),
            ("#8  0x4f in mail::f (to=\"bob\") at gdb.cpp:4", "Debugger|mail::f|gdb.cpp|4|"),
            ("#0  f (x=1) at a.cpp:12", "Debugger|f|a.cpp|12|"),
            ("#4  0x4f in ?? () from /lib/libc.so.6", "Debugger||/lib/libc.so.6||"),
            ("   0# f() at /src/a.cpp:12", "Stacktrace|f()|/src/a.cpp|12|"),
            (" 1# main in ./prog", "Stacktrace|main|./prog||"),
            (" 2# 0x00007F12 in /lib/libc.so.6", "Stacktrace||/lib/libc.so.6||"),
            ("   5#      at :0", "Stacktrace||||"),
            ("   6#", "Stacktrace||||"),
            ("./prog(_Z1fv+0x1a) [0x55b6]", "Symbols|_Z1fv|./prog||"),
            ("/lib/libc.so.6(+0x3c050)[0x7fad]", "Symbols||/lib/libc.so.6||"),
            ("    @     0x7f12 mail::f()", "Glog|mail::f()|||"),
            ("    @                0x0 (unknown)", "Glog||||"),
        ];
        for (line, expected) in table {
            let (form, frame) = frame(line).unwrap();
            let shown = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
            let found = format!(
                "{form:?}|{}|{}|{}|{}",
                frame.function.unwrap_or_default(),
                frame.file.unwrap_or_default(),
                shown(frame.line),
                shown(frame.column),
            );
            assert_eq!(found, expected, "{line}");
        }
        for line in [
            "#12 fixed in f(int) a.cpp",
            "#0 /app/mail.php(6): f()",
            "# 0x4f",
            "1# first",
            "1#x",
            "array[0x1]",
            "see f(x) [0x1g]",
            "@ noon",
            "@bob 0x1",
            "",
        ] {
            assert_eq!(frame(line), None, "{line}");
        }
    }
}
