//! Perl's tracebacks: what real programs printed, what loggers make of them, and texts that only
//! look like them.

#![allow(clippy::format_collect, missing_docs)]

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use replay::{
    Before, Programs, brief, costs_what_its_size_costs, fingerprint, holds_no_traceback, span,
};

#[test]
fn real_programs() {
    Programs { before: Before::Trimmed, always: &["function"], ..Programs::of("perl", 35) }
        .replay();
}

const NO_RECIPIENT: &str = "no recipient at /app/mail.pl line 8.\n\
    \tMail::send(\"bob\") called at /app/mail.pl line 15\n\
    \teval {...} called at /app/mail.pl line 14\n\
    \tmain::run(1, undef) called at /app/mail.pl line 20";
const BRIEF: &str = "root ?: no recipient [Mail::send eval {...} main::run ?]; .";

#[test]
fn frames_lie_in_the_function_that_the_next_call_names() {
    let found = nozzle::traceback::find_traceback(NO_RECIPIENT).unwrap();
    let shown: Vec<_> = found.traceback.exceptions[0]
        .frames
        .iter()
        .map(|frame| (frame.line, frame.function.as_deref(), frame.in_app))
        .collect();
    let expected = [
        (Some(8), Some("Mail::send"), true),
        (Some(15), Some("eval {...}"), true),
        (Some(14), Some("main::run"), true),
        (Some(20), None, true),
    ];
    assert_eq!(shown, expected);
    assert_eq!(found.traceback.culprit().as_deref(), Some("mail.pl in Mail::send"));
}

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot deliver\n", "\n\n"),
        ("2024-05-04 08:00:01 ERROR ", "\n2024-05-04 08:00:02 INFO next"),
        ("[Mon May  4 08:00:01 2024] [error] [client 10.0.0.5] ", ""),
        ("Use of uninitialized value $x in addition (+) at /app/mail.pl line 2.\n", ""),
        ("", "\nBEGIN failed--compilation aborted at /app/mail.pl line 21."),
        (
            "",
            "\nno recipient at /app/mail.pl line 8.\n\tMail::send() called at /app/mail.pl line 15",
        ),
        ("", "\n\tand other words"),
    ] {
        let text = format!("{before}{NO_RECIPIENT}{after}");
        assert_eq!(brief(&text), BRIEF, "{text}");
        assert_eq!(span(&text), NO_RECIPIENT, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let each = |prefix: &str| {
        NO_RECIPIENT.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>()
    };
    let quoted = NO_RECIPIENT.replace('"', "\\\"").replace('\n', "\\n").replace('\t', "\\t");
    for text in [
        NO_RECIPIENT.replace('\n', "\r\n"),
        NO_RECIPIENT.replace('\n', "\\n").replace('\t', "\\t"),
        quoted.clone(),
        format!("{{\"exc\": \"{quoted}\"}}"),
        format!("level=error exc=\"{quoted}\" user=7"),
        each("web_1  | "),
        each("2020-05-11T14:44:44.123Z stderr F "),
    ] {
        assert_eq!(brief(&text), BRIEF, "{text:?}");
    }
}

#[test]
fn circumstances() {
    let call = "\tmain::f() called at a.pl line 9";
    let table = [
        (
            format!("Thread 3 terminated abnormally: x at a.pl line 2 thread 3.\n{call} thread 3"),
            "x",
        ),
        (format!("Uncaught exception from user code:\n\tx at a.pl line 2.\n{call}"), "x"),
        (format!("\t(in cleanup) x at a.pl line 2 during global destruction.\n{call}"), "x"),
        (format!("x at a.pl line 2, <STDIN> line 7.\n{call}"), "x"),
        (format!("x at a.pl line 2.\n at a.pl line 2.\n{call}"), "x"),
        (format!("x\n at a.pl line 2.\n{call}"), "x"),
        (format!("x\n  y\n  z at a.pl line 2.\n{call}"), "x\n  y\n  z"),
        (format!(" at a.pl line 2.\n{call}"), "-"),
    ];
    for (text, message) in table {
        assert_eq!(brief(&text), format!("root ?: {message} [main::f ?]; ."), "{text}");
    }
}

#[test]
fn the_handler_of_die_is_no_frame() {
    let text = "no such box at /app/a.pl line 5.\n at /app/log.pl line 2.\n\
        \tmain::__ANON__(\"no such box at /app/a.pl line 5.\\x{a}\") called at /app/a.pl line 5\n\
        \tmain::open_box(\"in\") called at /app/a.pl line 9";
    assert_eq!(brief(text), "root ?: no such box [main::open_box ?]; .");
}

#[test]
fn stack_traces_as_objects() {
    let text = "2024-05-04 08:00:01 ERROR no such box\n\nTrace begun at /app/a.pl line 5\n\
        Mail::Box::open('Mail::Box=HASH(0x55d)', 'in') called at /app/a.pl line 9\n\
        eval {...} called at /app/a.pl line 8\n";
    assert_eq!(brief(text), "root ?: no such box [Mail::Box::open eval {...} ?]; .");
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        (
            "\tmain::f() called at a.pl line 1\n\tmain::g() called at a.pl line 2",
            "root ?: - [main::f main::g ?]; …",
        ),
        (
            "ecipient\n\tmain::f() called at a.pl line 1\n\tmain::g() called at a.pl line 2\n",
            "root ?: - [main::f main::g ?]; …",
        ),
        (
            "x at a.pl line 1.\n\tmain::f() called at a.pl line 2\n\tmain::g(\"a",
            "root ?: x [main::f ?]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn libraries() {
    for (file, expected) in [
        ("/usr/share/perl/5.36/File/Find.pm", false),
        ("/usr/share/perl5/DBI.pm", false),
        ("/usr/lib/x86_64-linux-gnu/perl/5.36/IO/File.pm", false),
        ("/usr/lib/x86_64-linux-gnu/perl5/5.36/DBI.pm", false),
        ("/usr/lib/x86_64-linux-gnu/perl-base/Carp.pm", false),
        ("/usr/local/lib/perl5/site_perl/5.38.0/Moose.pm", false),
        ("/home/ann/perl5/lib/perl5/Moo.pm", false),
        ("/app/lib/Mail/Box.pm", true),
        ("(eval 5)", true),
    ] {
        let text = format!("x at {file} line 1.\n\tmain::f() called at a.pl line 2");
        let found = nozzle::traceback::find_traceback(&text).unwrap();
        assert_eq!(found.traceback.exceptions[0].frames[0].in_app, expected, "{file}");
    }
}

#[test]
fn fingerprints_hold_neither_lines_nor_arguments() {
    let one = fingerprint(NO_RECIPIENT);
    let other = NO_RECIPIENT.replace("line 8", "line 9").replace("\"bob\"", "HASH(0x563112f864b8)");
    assert_eq!(fingerprint(&other), one);
    let eval = |code: &str| {
        fingerprint(&format!("x at a.pl line 1.\n\teval '{code}' called at a.pl line 2"))
    };
    assert_eq!(eval("f(1)"), eval("f(2)"));
    assert_ne!(fingerprint(&NO_RECIPIENT.replace("Mail::send", "Mail::read")), one);
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "no recipient at /app/mail.pl line 8.",
    "lunch at noon line 3.",
    "we met at the bus stop, line 8.\n\tmain::f() called at a.pl line 9",
    "no recipient at /app/mail.pl line 8.\nno sender at /app/mail.pl line 9.",
    "\tMail::send(\"bob\") called at /app/mail.pl line 15",
    "Bob called at noon line 3\nAnn called at home line 4",
    "\tBob called at noon line 3\n\tAnn called at home line 4",
    "gone at a.pl line 3.\n\tBob called at noon line 3",
    "gone at a.pl line 3.\nmain::f() called at a.pl line 9",
    "gone at a.pl line 3.\n\n\tmain::f() called at a.pl line 9",
    "gone at a.pl line 3.\n\tmain::f() was called at a.pl on line 9",
    "gone at a.pl line 3.\n\tmain::f( called at a.pl line 9",
    "gone at a.pl line 3.\n\tmain::f() called at a.pl line nine",
    "gone at a.pl line 3\n\tmain::f() called at a.pl line 9",
    "ERROR: syntax error at or near \"FROM\" at character 15",
    "You have an error in your SQL syntax near 'x' at line 3.",
    "DBD::mysql::st execute failed: Unknown column 'x' at a.pl line 3.",
    "f::g(1) called at 10:30, line 4 was busy",
    "std::sort(a, b) called at main.cpp line 12",
    "the hook was called at startup line 1",
    "Use of uninitialized value $x in addition (+) at a.pl line 3.",
    "Can't locate Foo.pm in @INC at a.pl line 3.\nBEGIN failed--compilation aborted at a.pl line 3.",
    "syntax error at a.pl line 3, near \"}\"\nExecution of a.pl aborted due to compilation errors.",
    "Died at a.pl line 3.\n\t...propagated at a.pl line 5.",
    "Mail::Error=HASH(0x55d0c8)",
    "Trace begun at a.pl line 3",
    "Trace begun at noon\nmain::f() called at a.pl line 9",
    "eval {...} called at a.pl line 3\neval {...} called at a.pl line 4",
    "\teval 'x\n\teval 'y\n",
    "gone at a.pl line 3.\n\teval 'x\ny\nz",
    "web | \tMail::send(\"bob\") called at /app/mail.pl line 15",
    "Thread 1 terminated abnormally: no route at a.pl line 3.",
    "Uncaught exception from user code:\n\tgone at a.pl line 3.",
    "config:\n\tmain::mail: 3\n\tmain::port: called at 25",
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, &[]);
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "x at a.pl line 1.\n"),
        ("", "\tmain::f() called at a.pl line 1\n"),
        ("", "\tmain::f() called at a.pl line 1\nx\n"),
        ("x at a.pl line 1.\n", "\tmain::f() called at a.pl line 1\n"),
        ("x at a.pl line 1.\n", "\teval 'x\n"),
        ("x at a.pl line 1.\n", "\teval 'x\ny\n"),
        ("\tmain::f() called at a.pl line 1\n", "\teval 'x\n"),
        ("\tmain::f() called at a.pl line 1", " called at a line 1"),
        ("x\n", "  y\n"),
        ("x\n", "  y at a.pl line 1.\n"),
        ("", "x at a.pl line 1.\n at a.pl line 1.\n\tmain::f() called at\n"),
        ("", "Trace begun at a.pl line 1\n"),
        ("", "Trace begun at a.pl line 1\nx called at y\n"),
        ("", "web | \tmain::f() called at a.pl line 1\n"),
        ("", "web | \tx called at a.pl line 1\n"),
        ("\t", "main::"),
        ("\tmain::f(", "((("),
        ("", "] [["),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}
