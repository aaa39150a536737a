//! The grammar of single lines of Perl's tracebacks: the place that ends a message, and calls.

use super::super::marks::Marks as _;
use super::super::model::MAX_NAME_BYTES;

/// Where Perl was: `at F line N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub(super) file: &'a str,
    pub(super) line: u64,
}

/// A call: the function, and the place from which it was called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Call<'a> {
    pub(super) function: &'a str,
    pub(super) place: Place<'a>,
}

/// A message that ends with its place, `no recipient at /app/mail.pl line 8.`, as the two.
pub(super) fn placed(line: &str) -> Option<(&str, Place<'_>)> {
    let text = line.trim_end().strip_suffix('.')?;
    let text = text.strip_suffix(" during global destruction").unwrap_or(text);
    // What was read last: `, <STDIN> line 3`, `, <$in> chunk 2`.
    let text = match text.rsplit_at_mark(", <") {
        Some((before, handle)) if is_handle(handle) => before,
        _ => text,
    };
    split_place(text, " at ")
}

/// A call on a line of its own: `\tMail::send("bob") called at /app/mail.pl line 15`.
pub(super) fn call(line: &str) -> Option<Call<'_>> {
    bare_call(line.strip_prefix('\t')?)
}

/// The same without the tab, as `Devel::StackTrace` prints it.
pub(super) fn bare_call(text: &str) -> Option<Call<'_>> {
    let (call, place) = split_place(text.trim_end(), " called at ")?;
    Some(Call { function: function(call)?, place })
}

/// The place in `Trace begun at /app/mail.pl line 8`.
pub(super) fn begun(line: &str) -> Option<Place<'_>> {
    let (before, place) = split_place(line.trim_end(), " at ")?;
    (before == "Trace begun").then_some(place)
}

/// Whether `line` is the first of a call of `eval` with a text of several lines.
pub(super) fn opens_eval(line: &str) -> bool {
    line.starts_with("\teval '")
}

/// The end of a call of `eval` with a text of several lines: `…' called at /app/mail.pl line 3`.
pub(super) fn eval_end(line: &str) -> Option<Call<'_>> {
    let (text, place) = split_place(line.trim_end(), " called at ")?;
    text.ends_with('\'').then_some(Call { function: EVAL_TEXT, place })
}

/// Whether `line` may be the beginning of a call whose end was cut off.
pub(super) fn begins_call(line: &str) -> bool {
    let Some(text) = line.strip_prefix('\t') else { return false };
    let name = text.split(['(', ' ']).next().unwrap_or_default();
    is_name(name) || text.starts_with("eval {") || text.starts_with("eval '")
}

/// What stands for a call of `eval` with a text: the text itself is an argument.
const EVAL_TEXT: &str = "eval '...'";

/// The function in `Mail::send("bob")`, `eval {...}`, `eval 'TEXT'`, `require Mail.pm`.
fn function(call: &str) -> Option<&str> {
    if call == "eval {...}" {
        return Some(call);
    }
    if let Some(text) = call.strip_prefix("eval '") {
        return text.ends_with('\'').then_some(EVAL_TEXT);
    }
    if let Some(file) = call.strip_prefix("require ") {
        let is_file = !file.is_empty() && !file.contains(char::is_whitespace);
        return (is_file && call.len() <= MAX_NAME_BYTES).then_some(call);
    }
    // `&f;` passes the arguments of its caller on, and has none of its own.
    let name = match call.split_once('(') {
        Some((name, arguments)) if arguments.ends_with(')') => name,
        Some(_) => return None,
        None => call,
    };
    let name = name.trim_end();
    // Try::Tiny names its blocks `main::try {...}`.
    is_name(name.strip_suffix(" {...}").unwrap_or(name)).then_some(name)
}

/// A name with its package, which is always printed: `Mail::Box::open`.
fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES
        && name.holds("::")
        && name.split("::").all(|part| {
            part.starts_with(|c: char| c.is_alphabetic() || c == '_')
                && part.chars().all(|c| c.is_alphanumeric() || c == '_')
        })
}

/// Splits `text` at the last `mark`, if `F line N` follows it, perhaps with the thread's number.
fn split_place<'a>(text: &'a str, mark: &str) -> Option<(&'a str, Place<'a>)> {
    let text = match text.rsplit_at_mark(" thread ") {
        Some((before, thread)) if number(thread).is_some() => before,
        _ => text,
    };
    let (before, line) = text.rsplit_at_mark(" line ")?;
    let line = number(line)?;
    let (before, file) = before.rsplit_at_mark(mark)?;
    // Prose has a comma there.
    let is_file = !file.trim().is_empty() && !file.ends_with(',') && file.len() <= MAX_NAME_BYTES;
    is_file.then_some((before, Place { file, line }))
}

/// A number that ends the text, or the string in which the text stands.
fn number(text: &str) -> Option<u64> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, after) = text.split_at_checked(end)?;
    let is_end = after.is_empty() || after.starts_with('"');
    if is_end { digits.parse().ok() } else { None }
}

/// `$in> line 3`
fn is_handle(text: &str) -> bool {
    text.split_at_mark("> ").is_some_and(|(_, read)| {
        let count = read.strip_prefix("line ").or_else(|| read.strip_prefix("chunk "));
        count.is_some_and(|count| number(count).is_some())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places() {
        let table = [
            ("gone at a.pl line 3.", "gone|a.pl|3"),
            ("gone at a.pl line 3, <STDIN> line 7.", "gone|a.pl|3"),
            ("gone at a.pl line 3, <$in> chunk 7.", "gone|a.pl|3"),
            ("gone at a.pl line 3 thread 2.", "gone|a.pl|3"),
            ("gone at a.pl line 3 thread 2, <$in> line 7.", "gone|a.pl|3"),
            ("gone at a.pl line 3 during global destruction.", "gone|a.pl|3"),
            ("at x line 1 at /a b/c.pl line 3.", "at x line 1|/a b/c.pl|3"),
            (" at (eval 5) line 1.", "|(eval 5)|1"),
        ];
        for (line, expected) in table {
            let (message, Place { file, line: number }) = placed(line).unwrap();
            assert_eq!(format!("{message}|{file}|{number}"), expected, "{line}");
        }
        for line in ["gone at a.pl line 3", "gone at line 3.", "at a line x.", "a line 3.", ""] {
            assert_eq!(placed(line), None, "{line}");
        }
    }

    #[test]
    fn calls() {
        let table = [
            ("\tmain::f() called at a.pl line 3", "main::f"),
            ("\tmain::f(\"a) called at b line 2\") called at a.pl line 3", "main::f"),
            ("\tmain::f called at a.pl line 3", "main::f"),
            ("\tMail::Box::__ANON__(1) called at a.pl line 3 thread 4", "Mail::Box::__ANON__"),
            ("\teval {...} called at a.pl line 3", "eval {...}"),
            ("\teval 'f(1)' called at a.pl line 3", "eval '...'"),
            ("\trequire Mail/Box.pm called at a.pl line 3", "require Mail/Box.pm"),
            ("\tmain::try {...} () called at a.pl line 3", "main::try {...}"),
        ];
        for (line, expected) in table {
            let call = call(line).unwrap();
            assert_eq!(call.function, expected, "{line}");
            assert_eq!(call.place, Place { file: "a.pl", line: 3 }, "{line}");
        }
        for line in [
            "main::f() called at a.pl line 3",
            "\tBob called at noon line 3",
            "\tmain::f( called at a.pl line 3",
            "\tmain::f() called at a.pl line",
            "\tmain::f() called at  line 3",
            "\t::f() called at a.pl line 3",
            "\teval {} called at a.pl line 3",
        ] {
            assert_eq!(call(line), None, "{line}");
        }
        assert!(begins_call("\tmain::f(\"a"));
        assert!(!begins_call("\tBob called"));
    }
}
