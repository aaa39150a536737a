//! Rust's panics and reports: what real programs printed, and texts that only look like it.

#![allow(clippy::format_collect, missing_docs)]

#[path = "tracebacks/replay.rs"]
mod replay;

use nozzle::traceback::find_traceback;
use std::time::Duration;

use replay::{
    Before, Programs, brief_with_modules as brief, costs_what_its_size_costs, holds_no_traceback,
    span,
};

#[test]
fn real_programs() {
    Programs { before: Before::Trimmed, ..Programs::of("rust", 55) }.replay();
}

const PANIC: &str = "thread 'mailer' (771) panicked at src/queue.rs:27:14:\n\
    called `Option::unwrap()` on a `None` value\nstack backtrace:\n   0: __rustc::rust_begin_unwind\n\
    \x20            at /rustc/59807616/library/std/src/panicking.rs:689:5\n   1: mail::queue::take\n\
    \x20            at ./src/queue.rs:27:14\n   2: mail::main\n             at ./src/main.rs:3:5\n\
    note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.";

const EXPECTED: &str = "root panic: called `Option::unwrap()` on a `None` value [mail::queue::take \
    mail::main]; .";

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("\ncannot send\n", "\n\n"),
        ("2024-05-04 08:00:01 ERROR ", "\n2024-05-04 08:00:02 INFO next"),
        ("", "\n\nthread 'main' (770) panicked at src/main.rs:9:5:\nboom"),
    ] {
        let text = format!("{before}{PANIC}{after}");
        assert_eq!(brief(&text), EXPECTED, "{text}");
        assert_eq!(span(&text), PANIC, "{text}");
        let found = find_traceback(&text).unwrap();
        assert_eq!(found.traceback.culprit().as_deref(), Some("src/queue.rs in mail::queue::take"));
    }
}

#[test]
fn other_forms_of_lines() {
    let each =
        |prefix: &str| PANIC.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>();
    for text in [
        PANIC.replace('\n', "\r\n"),
        PANIC.replace('\n', "\\n"),
        each("web_1  | "),
        each("2020-05-11T14:44:44.123Z stderr F "),
    ] {
        assert_eq!(brief(&text), EXPECTED, "{text:?}");
    }
}

#[test]
fn other_heads() {
    let table = [
        (
            "thread 'main' panicked at 'boom', src/main.rs:3:5\nnote: run with `RUST_BACKTRACE=1`",
            "root panic: boom [?]; .",
        ),
        (
            "thread 'main' panicked at 'it's 'odd', really', src/main.rs:3:5",
            "root panic: it's 'odd', really [?]; .",
        ),
        (
            "thread 'main' panicked at 'assertion failed: `(left == right)`\n  left: `1`,\n right: `2`', \
             src/main.rs:4:5\nnote: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
            "root panic: assertion failed: `(left == right)`\n  left: `1`,\n right: `2` [?]; .",
        ),
        (
            "thread 'main' panicked at 'boom', src/main.rs:3:5\nstack backtrace:\n   0: std::panicking::\
             begin_panic\n             at /rustc/ab/src/libstd/panicking.rs:616:12\n   1: mail::main\n  \
             \x20          at ./src/main.rs:3:5\n   2: core::ops::function::FnOnce::call_once\n",
            "root panic: boom [mail::main core::ops::function::FnOnce::call_once]; .",
        ),
        // Without debug information.
        (
            "thread 'main' panicked at src/main.rs:3:5:\nboom\nstack backtrace:\n   0: rust_begin_unwind\n  \
             \x20 1: core::panicking::panic_fmt\n   2: mail::main\n",
            "root panic: boom [mail::main]; .",
        ),
        (
            "thread '<unnamed>' panicked at src/a.rs:3:5:\nBox<dyn Any>\n",
            "root panic: Box<dyn Any> [?]; .",
        ),
        ("thread 'a' panicked at src/a.rs:3:5:\nboom\n\nnext words", "root panic: boom [?]; ."),
        (
            "thread 'a' panicked at src/a.rs:3:5:\nfirst\n\nthread 'a' panicked at src/a.rs:9:5:\nsecond\n\
             thread 'a' panicked at library/core/src/panicking.rs:233:5:\npanic in a destructor during \
             cleanup\nthread caused non-unwinding panic. aborting.",
            "root panic: second [?]; context panic: first [?]; .",
        ),
        (
            "Error: deliver\n\nCaused by:\n    refused\n",
            "root ?: deliver []; cause ?: refused []; .",
        ),
        (
            "2024-05-04T08:00:01Z ERROR mail::queue: deliver\n\nCaused by:\n    0: connect\n    1: refused\n\nnext",
            "root ?: deliver []; cause ?: connect []; cause ?: refused []; .",
        ),
        (
            "Error: deliver\n\nCaused by:\n    connect\n\nLocation:\n    src/main.rs:12:5",
            "root ?: deliver [?]; cause ?: connect []; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        (
            "   5: mail::take\n             at ./src/queue.rs:27:14\n   6: mail::main\n             at ./src/main.rs:1:1\n",
            "root ?: - [mail::take mail::main]; …",
        ),
        ("thread 'main' panicked at src/main.rs:3:5:", "root panic: - [?]; ."),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn fingerprint_does_not_see_builds() {
    let full = |hash: &str, address: &str| {
        format!(
            "thread 'main' (1) panicked at src/a.rs:3:5:\nboom\nstack backtrace:\n   0:     \
             0x{address} - mail[{hash}]::take::<std[{hash}]::String>\n          at /app/src/a.rs:3:5\n   1:    \
             \x20 0x{address} - mail::main::h{hash}\n          at /app/src/a.rs:9:5\n"
        )
    };
    let fingerprint = |text: &str| find_traceback(text).unwrap().traceback.fingerprint();
    let one = fingerprint(&full("265ca3079d0df499", "55d8bc0912aa"));
    assert_eq!(fingerprint(&full("1417d1b73f5293ac", "7ffdbc0912ab")), one);
    assert_ne!(fingerprint(&full("265ca3079d0df499", "1").replace("take", "give")), one);
}

/// Texts that look like panics or reports and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "he panicked at the sight",
    "thread 'main' panicked",
    "thread 'main' panicked at noon",
    "thread 'main' panicked at 'noon'",
    "thread 'main' panicked at 10:30",
    "the thread panicked at src/main.rs:3:5:",
    "main panicked at src/main.rs:3:5:\nboom",
    "Caused by:",
    "Caused by:\n    the moon",
    "\nCaused by:\n    the moon",
    "Build failed\n\nCaused by:\n    the moon",
    "error: could not compile `mail`\n\nCaused by:\n  process didn't exit successfully",
    "Error: x\n\nCaused by:\nthe moon",
    "Error: x",
    "Error: ParseIntError { kind: InvalidDigit }",
    "Error: x\n\nLocation:\n    Room 3",
    "Error:\n   0: none\n   1: some",
    "Error:",
    "Location:\n    src/main.rs:12:5",
    "stack backtrace:",
    "stack backtrace:\nnone",
    "Stack backtrace:\n   0: none",
    "   0: zero\n   1: one\n   2: two",
    "   0: apples\n             at 3:20\n   1: pears\n             at 4:20",
    "   0: f\n             at a.js:3:20\n   1: g\n             at b.js:4:20",
    "  1: git checkout\n  2: git pull",
    "0x0000:  4500 0034\n   0: 45\n   1: 00",
    "options:\n   0: off\n   1: on (default)\n",
    "cpu0: idle\n   0: 12%\n   1: 15%",
    "meeting\n   at 10:30\n   at 11:30",
    "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
    "thread 'main' has overflowed its stack\nfatal runtime error: stack overflow",
    "thread 'main' (7) started at src/main.rs:3:5:",
    "The application panicked (crashed).",
    "The application panicked (crashed).\nMessage:  boom",
    "The application panicked (crashed).\nMessage:  boom\nLocation: somewhere",
    "thread caused non-unwinding panic. aborting.",
    "warning: unused\n --> src/main.rs:3:5\n  |\n3 |     let x = 1;\n",
    "error[E0308]: mismatched types\n  --> src/main.rs:3:5",
    "━━━━ BACKTRACE ━━━━",
    "      [... omitted 3 frames ...]",
    "files:\n  - at ./src/main.rs:3:5\n",
    "path: /rustc/59807616\n   0: x",
    "map:\n   0: a\n     at ./src/\n",
    "Error: x\nCaused by: java.io.IOException: y\n\tat a.b(C.java:1)",
];

/// Those of them that are a traceback of another language.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str)] = &[
    ("Error: x\nCaused by: java.io.IOException: y\n\tat a.b(C.java:1)", "java"),
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, ELSEWHERE);
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "   0: f\n"),
        ("", "   0: f\nx\n"),
        ("", "   0: f\n      at a.rs:1:1\n"),
        ("", "   0: f\n      at a.rs:1:1\nx\n"),
        ("", "thread 'a' panicked at src/a.rs:1:1:\n"),
        ("", "thread 'a' panicked at 'x\n"),
        ("", "thread 'a' panicked at 'x', \n"),
        ("thread 'a' panicked at 'x\n", "y', z\n"),
        ("thread 'a' panicked at src/a.rs:1:1:\n", "x\n\n"),
        ("thread 'a' panicked at src/a.rs:1:1:\n", "note: x\n"),
        ("thread 'a' panicked at src/a.rs:1:1:\nx\nstack backtrace:\n", "   0: f\n"),
        (
            "thread 'a' panicked at src/a.rs:1:1:\nx\nstack backtrace:\n",
            "      [... omitted 3 frames ...]\n",
        ),
        ("", "Caused by:\n"),
        ("", "x\n\nCaused by:\n"),
        ("", "x\n\nCaused by:\n    y\n"),
        ("Error: x\n\nCaused by:\n", "    y\n"),
        ("Error: x\n\nCaused by:\n", "    0: y\n"),
        ("Error: x\n\nCaused by:\n    0: y\n", "       y\n"),
        ("", "x\nStack backtrace:\n"),
        ("", "Error:\n   0: x\n"),
        ("Error:\n   0: x\n", "      x\n"),
        ("", "The application panicked (crashed).\nMessage:  x\n"),
        ("The application panicked (crashed).\nMessage:  x\n", "x\n"),
        ("   0: ", "[x"),
        ("Caused by:", "thread 'a' panicked at "),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}
