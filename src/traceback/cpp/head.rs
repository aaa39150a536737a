//! The heads of C++'s tracebacks.

use super::super::marks::Marks as _;
use super::super::model::MAX_NAME_BYTES;

/// What a head says, and where on its line it begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Head<'a> {
    pub(super) start: usize,
    pub(super) kind: Kind,
    pub(super) exception_type: Option<&'a str>,
    pub(super) message: Option<&'a str>,
    /// Whether the line was cut off.
    pub(super) is_cut: bool,
}

/// Who wrote a head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// libstdc++, for an exception: its message may follow.
    Terminate,
    /// libstdc++, for want of an exception.
    NoException,
    /// libc++abi: the message stands on the line, and may go on.
    LibcxxAbi,
    /// `AddressSanitizer` or `LeakSanitizer`.
    Sanitizer,
    /// glog, on a signal. Frames must follow.
    Signal,
    /// glog, on a failed check, whose message stands above. Frames must follow.
    Check,
}

const THROWN: &str = "terminate called after throwing an instance of '";
const NO_EXCEPTION: &[&str] =
    &["terminate called without an active exception", "terminate called recursively"];
const LIBCXXABI: &str = "libc++abi";
const UNCAUGHT: &[&str] = &[
    ": terminating due to uncaught exception of type ",
    ": terminating with uncaught exception of type ",
    ": terminating due to unexpected exception of type ",
    ": terminating with unexpected exception of type ",
];
const SANITIZERS: &[&str] = &["==ERROR: AddressSanitizer: ", "==ERROR: LeakSanitizer: "];
const CHECK: &str = "*** Check failure stack trace: ***";

/// The head on `line`.
pub(super) fn head(line: &str) -> Option<Head<'_>> {
    let line = line.trim_end();
    terminate(line).or_else(|| libcxxabi(line)).or_else(|| sanitizer(line)).or_else(|| glog(line))
}

fn terminate(line: &str) -> Option<Head<'_>> {
    let start = line.find_mark("terminate called ")?;
    let text = line.get(start..)?;
    let head = |kind, exception_type, message, is_cut| {
        Some(Head { start, kind, exception_type, message, is_cut })
    };
    if let Some(name) = text.strip_prefix(THROWN) {
        let whole = name.strip_suffix('\'').filter(|name| is_type(name));
        return head(Kind::Terminate, whole, None, whole.is_none());
    }
    NO_EXCEPTION.contains(&text).then_some(())?;
    head(Kind::NoException, None, Some(text), false)
}

fn libcxxabi(line: &str) -> Option<Head<'_>> {
    let start = line.find_mark(LIBCXXABI)?;
    let text = line.get(start + LIBCXXABI.len()..)?;
    let text = text.strip_prefix(".dylib").unwrap_or(text);
    let thrown = UNCAUGHT.iter().find_map(|words| text.strip_prefix(words))?;
    let (name, message) = thrown.split_at_mark(": ").unwrap_or((thrown, ""));
    let message = Some(message).filter(|message| !message.is_empty());
    is_type(name).then_some(Head {
        start,
        kind: Kind::LibcxxAbi,
        exception_type: Some(name),
        message,
        is_cut: false,
    })
}

/// `==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60 at pc 0x55 bp 0x7f sp 0x7f`
fn sanitizer(line: &str) -> Option<Head<'_>> {
    let (at, mark) = SANITIZERS.iter().find_map(|mark| Some((line.find_mark(mark)?, mark)))?;
    let before = line.get(..at)?;
    let start = before.trim_end_matches(|c: char| c.is_ascii_digit()).strip_suffix("==")?.len();
    let words = line.get(at + mark.len()..)?;
    // Registers say nothing to whoever has no core.
    let message = [" at pc 0x", " (pc 0x"]
        .iter()
        .find_map(|registers| words.split_once(registers))
        .map_or(words, |(message, _)| message);
    let kind = message.strip_prefix("attempting ").unwrap_or(message);
    let kind = if mark.holds("Leak") { "memory leak" } else { kind.split(' ').next()? };
    (!kind.is_empty()).then_some(Head {
        start,
        kind: Kind::Sanitizer,
        exception_type: Some(kind.trim_end_matches(':')),
        message: Some(message),
        is_cut: false,
    })
}

/// `*** SIGSEGV (@0x0) received by PID 7 (TID 0x7f) from PID 0; stack trace: ***`
fn glog(line: &str) -> Option<Head<'_>> {
    let start = line.find_mark("*** ")?;
    let text = line.get(start..)?;
    let head = |kind, exception_type| {
        Some(Head { start, kind, exception_type, message: None, is_cut: false })
    };
    if text == CHECK {
        return head(Kind::Check, None);
    }
    let (signal, rest) = text.strip_prefix("*** ")?.split_once(' ')?;
    let is_signal = signal.starts_with("SIG")
        && signal.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && rest.holds(" received by PID ")
        && rest.ends_with("stack trace: ***");
    if is_signal { head(Kind::Signal, Some(signal)) } else { None }
}

/// Whether `name` may be that of a type: not empty, and no prose.
fn is_type(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= MAX_NAME_BYTES
        && name.starts_with(|c: char| c.is_alphabetic() || matches!(c, '_' | '(' | ':'))
        && !name.contains(['\'', '"'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads() {
        let table = [
            (
                "terminate called after throwing an instance of 'std::runtime_error'",
                "0|Terminate|std::runtime_error|-|false",
            ),
            ("x: terminate called after throwing an instance of 'std::run", "3|Terminate|-|-|true"),
            (
                "libc++abi: terminating due to uncaught exception of type mail::E: no box: in",
                "0|LibcxxAbi|mail::E|no box: in|false",
            ),
            (
                "libc++abi.dylib: terminating with uncaught exception of type int",
                "0|LibcxxAbi|int|-|false",
            ),
            (
                "==7==ERROR: AddressSanitizer: attempting double-free on 0x60 in thread T0:",
                "0|Sanitizer|double-free|attempting double-free on 0x60 in thread T0:|false",
            ),
            (
                "==7==ERROR: AddressSanitizer: SEGV on unknown address 0x0 (pc 0x5 bp 0x7 T0)",
                "0|Sanitizer|SEGV|SEGV on unknown address 0x0|false",
            ),
            (
                "*** SIGSEGV (@0x0) received by PID 7 (TID 0x7f) from PID 0; stack trace: ***",
                "0|Signal|SIGSEGV|-|false",
            ),
            ("*** Check failure stack trace: ***", "0|Check|-|-|false"),
        ];
        for (line, expected) in table {
            let head = head(line).unwrap();
            let (name, message) = (head.exception_type, head.message);
            let found = format!(
                "{}|{:?}|{}|{}|{}",
                head.start,
                head.kind,
                name.unwrap_or("-"),
                message.unwrap_or("-"),
                head.is_cut,
            );
            assert_eq!(found, expected, "{line}");
        }
        for line in [
            "terminate called by the user",
            "libc++abi is terminating",
            "ERROR: AddressSanitizer: x",
            "*** SIGSEGV handled ***",
            "*** note ***",
        ] {
            assert_eq!(head(line), None, "{line}");
        }
    }
}
