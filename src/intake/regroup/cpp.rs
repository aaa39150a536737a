//! C++: what the runtime says of an exception that nobody caught, a sanitizer's report, glog's
//! stack.
//!
//! ```text
//! thrown := "terminate called after throwing an instance of '" T "'" ["  what():  " m] frame*
//! report := RULE "==" PID "==ERROR: AddressSanitizer: " … (frame | words)* ["==" PID "==ABORTING"]
//! signal := "*** " SIGNAL " … received by PID … stack trace: ***" ("    @ " address function)*
//! ```

use super::language::Step::{self, Certain, Doubtful, Likely};
use super::language::{Above, Head, Language, Place, Proof, no_announcement};
use super::line::{indent, is_blank, number};

pub(super) static LANGUAGE: Language =
    Language { proof, head, preface, follow, announces: no_announcement };

fn proof(line: &str) -> Option<Proof> {
    let place = match line.as_bytes() {
        [b't', ..] if is_thrown(line) => Place::HeadBeforeMessage,
        [b'l', ..] if line.starts_with("libc++abi: terminating ") => Place::Head,
        [b'=', b'=', ..] if is_report(line) => Place::Stack,
        [b'*', b'*', ..] if is_signal(line) => Place::Head,
        _ => return None,
    };
    Some(Proof::Header { place, glued: false })
}

fn is_thrown(line: &str) -> bool {
    line.starts_with("terminate called after throwing an instance of '")
        || line == "terminate called without an active exception"
}

/// `==7==ERROR: AddressSanitizer: heap-use-after-free on address …`
fn is_report(line: &str) -> bool {
    after_process(line).is_some_and(|rest| {
        rest.starts_with("ERROR: AddressSanitizer: ") || rest.starts_with("ERROR: LeakSanitizer: ")
    })
}

/// What follows `==7==`.
fn after_process(line: &str) -> Option<&str> {
    line.strip_prefix("==").and_then(number)?.strip_prefix("==")
}

fn is_signal(line: &str) -> bool {
    line.starts_with("*** SIG")
        && line.contains(" received by PID ")
        && line.trim_end().ends_with("stack trace: ***")
}

fn head(line: &str) -> Option<Head> {
    proof(line).map(|_| Head::Own)
}

/// A sanitizer's rule, and on a signal a line before it.
fn preface(above: &Above<'_>) -> usize {
    let is_rule = |line: &str| line.len() >= 16 && line.bytes().all(|byte| byte == b'=');
    if !above(1).is_some_and(is_rule) {
        return 0;
    }
    1 + usize::from(above(2) == Some("AddressSanitizer:DEADLYSIGNAL"))
}

fn follow(place: Place, line: &str) -> Step {
    match place {
        Place::HeadBeforeMessage if line.starts_with("  what():  ") => Certain(Place::Head),
        Place::Stack if head(line).is_none() => follow_report(line),
        Place::HeadBeforeMessage | Place::Head | Place::Frame if is_frame(line) => {
            Certain(Place::Frame)
        }
        _ => Step::Foreign,
    }
}

/// What a line is to the sanitizer's report above it.
fn follow_report(line: &str) -> Step {
    const SURE: &[&str] = &["SUMMARY: ", "READ of size ", "WRITE of size ", "  0x", "=>0x"];
    if let Some(rest) = after_process(line) {
        return Certain(if rest == "ABORTING" { Place::End } else { Place::Stack });
    }
    let (width, text) = indent(line);
    let is_frame = width == 4 && text.strip_prefix('#').and_then(number).is_some();
    if is_frame || is_legend(line) || SURE.iter().any(|start| line.starts_with(start)) {
        return Certain(Place::Stack);
    }
    if is_blank(line) || is_words(line) { Likely(Place::Stack) } else { Doubtful(Place::Stack) }
}

/// `  Heap left redzone:       fa`
fn is_legend(line: &str) -> bool {
    let codes = line.strip_prefix("  ").and_then(|line| line.split_once(':'));
    codes.is_some_and(|(_, codes)| {
        !codes.is_empty() && codes.bytes().all(|byte| byte == b' ' || byte.is_ascii_hexdigit())
    })
}

/// What a sanitizer says between stacks.
fn is_words(line: &str) -> bool {
    const STARTS: &[&str] = &[
        "0x",
        "Address 0x",
        "freed by thread ",
        "previously allocated by thread ",
        "allocated by thread ",
        "Direct leak of ",
        "Indirect leak of ",
        "Shadow byte",
        "HINT: ",
        "AddressSanitizer can not ",
        "  This frame has ",
    ];
    STARTS.iter().any(|start| line.starts_with(start))
}

/// A frame of glibc, of a stacktrace or of glog.
fn is_frame(line: &str) -> bool {
    let text = line.trim();
    let is_glog =
        text.strip_prefix('@').is_some_and(|address| address.trim_start().starts_with("0x"));
    let is_stacktrace = number(text)
        .and_then(|rest| rest.strip_prefix("# "))
        .is_some_and(|frame| frame.contains(" at ") || frame.contains(" in "));
    let is_symbol = text.ends_with(']')
        && text.rsplit_once("[0x").is_some_and(|(symbol, _)| symbol.trim_end().ends_with(')'));
    is_glog && line.starts_with(' ') || is_stacktrace && line.starts_with(' ') || is_symbol
}
