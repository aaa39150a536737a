//! The tracebacks of C++: what real programs printed, what others print by their documents, and
//! texts that only look like them.

#![allow(clippy::format_collect, missing_docs)]

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use replay::{Programs, brief, costs_what_its_size_costs, fingerprint, holds_no_traceback, span};

#[test]
fn real_programs() {
    Programs::of("c++", 26).replay();
}

const OUT_OF_RANGE: &str = "terminate called after throwing an instance of 'std::out_of_range'\n  \
    what():  box 7";
const BRIEF: &str = "root std::out_of_range: box 7 []; .";

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot deliver\n", "\n\n"),
        ("2024-05-04 08:00:01 ERROR ", "\n2024-05-04 08:00:02 INFO next"),
        ("", "\nAborted (core dumped)"),
        ("", "\n*** Aborted at 1588579201 (unix time)"),
        ("", "\nterminate called recursively"),
        ("mail: ", "\n\nnext"),
    ] {
        let text = format!("{before}{OUT_OF_RANGE}{after}");
        assert_eq!(brief(&text), BRIEF, "{text}");
        assert_eq!(span(&text), OUT_OF_RANGE, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let each = |prefix: &str| {
        OUT_OF_RANGE.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>()
    };
    let quoted = OUT_OF_RANGE.replace('\n', "\\n");
    for text in [
        OUT_OF_RANGE.replace('\n', "\r\n"),
        quoted.clone(),
        format!("{{\"exc\": \"{quoted}\"}}"),
        each("web_1  | "),
        each("2020-05-11T14:44:44.123Z stderr F "),
    ] {
        assert_eq!(brief(&text), BRIEF, "{text:?}");
    }
}

#[test]
fn other_runtimes() {
    let table = [
        (
            "libc++abi: terminating due to uncaught exception of type mail::SendError: no box: in",
            "root mail::SendError: no box: in []; .",
        ),
        (
            "libc++abi.dylib: terminating with uncaught exception of type std::runtime_error: two\nlines",
            "root std::runtime_error: two\nlines []; .",
        ),
        ("libc++abi: terminating due to uncaught exception of type int", "root int: - []; ."),
        (
            "*** Aborted at 1588579201 (unix time) try \"date -d @1588579201\" ***\n\
             PC: @                0x0 (unknown)\n\
             *** SIGSEGV (@0x0) received by PID 7 (TID 0x7f12) from PID 0; stack trace: ***\n    \
             @     0x7f1204 (unknown)\n    @     0x55b6a0 mail::deliver()\n    @     0x55b6b0 main\n",
            "root SIGSEGV: - [? mail::deliver() main]; .",
        ),
        (
            "F0504 08:00:01.123456     7 mail.cc:12] Check failed: box != nullptr \n\
             *** Check failure stack trace: ***\n    @     0x7f1204 google::LogMessage::Fail()\n    \
             @     0x55b6a0 mail::deliver()\n",
            "root ?: Check failed: box != nullptr [google::LogMessage::Fail() mail::deliver()]; .",
        ),
        (
            "terminate called after throwing an instance of 'mail::E'\n  what():  no box\n\
             Stack trace:\n 0# mail::show() at /src/mail.cpp:4\n 1# main in ./mail\n 2# 0x00007F12 in /lib/libc.so.6\n",
            "root mail::E: no box [mail::show() main ?]; .",
        ),
        (
            "terminate called after throwing an instance of 'std::runtime_error'\n  \
             what():  no recipient: bob\n\n\
             Program received signal SIGABRT, Aborted.\n\
             __pthread_kill_implementation (no_tid=0) at ./nptl/pthread_kill.c:44\n\
             44\t./nptl/pthread_kill.c: No such file or directory.\n\
             #0  __pthread_kill_implementation (signo=6, no_tid=0) at ./nptl/pthread_kill.c:44\n\
             #5  0x00007ffff7ca8e1a in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6\n\
             #8  0x0000555555556346 in deliver (to=\"bob\") at gdb.cpp:4\n",
            "root std::runtime_error: no recipient: bob [__pthread_kill_implementation ? deliver]; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn stacks_without_a_head() {
    let table = [
        (
            "ERROR cannot deliver\n 0# mail::deliver(int) at /src/mail.cpp:12\n 1# main in ./mail\n",
            "root ?: - [mail::deliver(int) main]; …",
        ),
        (
            "   0# mail::deliver(int) at /src/mail.cpp:12\n   1# main at /src/mail.cpp:20\n   \
             2#      at :0\n   3#\n",
            "root ?: - [mail::deliver(int) main ? ?]; …",
        ),
        (
            "./mail(_ZN4mail7deliverEi+0x4f) [0x55b6a697c24f]\n./mail(main+0x22) [0x55b6a697c2a9]\n",
            "root ?: - [_ZN4mail7deliverEi main]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        ("terminate called after throwing an instance of 'std::runti", "root ?: - []; …"),
        (
            "==7==ERROR: AddressSanitizer: heap-use-after-free on address 0x60 at pc 0x55",
            "root heap-use-after-free: heap-use-after-free on address 0x60 []; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn own_frames() {
    let table = [
        ("#0 0x4f in mail::f(int) /src/mail.cpp:12", true),
        (
            "#0 0x4f in std::vector<int>::at(unsigned long) /usr/include/c++/12/bits/stl_vector.h:1",
            false,
        ),
        ("#0 0x4f in void std::__invoke_impl<void>() /opt/a.h:1", false),
        ("#0 0x4f in __libc_start_main_impl ../csu/libc-start.c:360", false),
        ("#0 0x4f in _start (/srv/mail+0x10b0)", false),
        ("#0 0x4f in gsignal (/lib/x86_64-linux-gnu/libc.so.6+0x3bfb2)", false),
        ("#0 0x4f in main (/srv/mail+0x10b0)", true),
    ];
    for (frame, expected) in table {
        let text = format!("==7==ERROR: AddressSanitizer: SEGV on unknown address\n    {frame}");
        let found = nozzle::traceback::find_traceback(&text).unwrap();
        assert_eq!(found.traceback.exceptions[0].frames[0].in_app, expected, "{frame}");
    }
}

#[test]
fn fingerprints_hold_neither_addresses_nor_lines() {
    let report = |pid: u32, address: u32, line: u32| {
        fingerprint(&format!(
            "=={pid}==ERROR: AddressSanitizer: heap-use-after-free on address {address:#x} at pc 0x1\n    \
             #0 {address:#x} in mail::f(int) /src/mail.cpp:{line}:3\n    \
             #1 {address:#x} in main (/src/mail+{address:#x})\n"
        ))
    };
    assert_eq!(report(7, 0x10, 3), report(8, 0x20, 4));
    let symbols = |address: u32| {
        fingerprint(&format!("./mail(_Z1fv+{address:#x}) [{address:#x}]\n./mail(main+0x1) [0x2]"))
    };
    assert_eq!(symbols(1), symbols(2));
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "terminate called by the user",
    "the function terminate called after throwing is gone",
    "after throwing an instance of 'std::runtime_error'",
    "  what():  box 7",
    "libc++abi is not installed",
    "libc++abi: terminating",
    "linking libc++abi.dylib: done",
    "AddressSanitizer: heap-use-after-free is a kind of error",
    "built with AddressSanitizer",
    "==7==ERROR: something else",
    "=================================================================",
    "#0 0x4f in f(int) /src/a.cpp:12:3",
    "#0 fixed in a.cpp\n#1 fixed in b.cpp",
    "#0  0x4f in f (x=1) at a.cpp:12",
    "see #12 and #13 (both open)",
    " 0# first\n 1# second",
    " 0# f() at /src/a.cpp:12",
    " 0# breakfast at nine\n 1# lunch at noon",
    " 0# Berlin in Germany today\n 1# Paris in France",
    "./prog(main+0x1a) [0x55]",
    "./prog(main+0x1a) [0x55]\n./prog(start+0x1a) [0x56]",
    "./prog(_Z1fv+0x1a) [0x55]",
    "./prog(_ZN4mail1f17h0123456789abcdefE+0x1a) [0x55]\n./prog(main+0x1a) [0x56]",
    "sizes (+0x10) [0x20]\nsizes (+0x11) [0x21]",
    "*** SIGSEGV (@0x0) received by PID 7 (TID 0x7f12) from PID 0; stack trace: ***",
    "*** Check failure stack trace: ***",
    "*** note ***\n    @ 0x7f12 main",
    "    @     0x7f1204 mail::deliver()\n    @     0x55b6b0 main",
    "what(): nothing\nterminate",
    "a.cpp:12:3: error: expected ';' before '}' token",
    "/srv/mail/cpp/ubsan.cpp:1:61: runtime error: signed integer overflow",
    "Segmentation fault (core dumped)",
    "Aborted (core dumped)",
    "mail: mail.cpp:3: int main(): Assertion `false' failed.",
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, &[]);
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "terminate called \n"),
        ("", "terminate called after throwing an instance of 'x\n"),
        ("terminate called after throwing an instance of 'x'\n  what():  y\n", "z\n"),
        ("terminate called after throwing an instance of 'x'\n", "\n"),
        ("terminate called after throwing an instance of 'x'\n", "#0 0x4f in f a.cpp:1\n"),
        ("", "libc++abi: terminating with\n"),
        ("", "==1==ERROR: AddressSanitizer: \n"),
        (
            "==1==ERROR: AddressSanitizer: x\n    #0 0x4f in f a.cpp:1\n",
            "\n#0 0x4f in f a.cpp:1\nx\n",
        ),
        ("", "*** SIGSEGV received by PID 1; stack trace: ***\n"),
        ("", "*** SIGSEGV received by PID 1; stack trace: ***\nx\n"),
        ("", "*** Check failure stack trace: ***\n"),
        ("", " 0# f() at a.cpp:1\nx\n"),
        ("", " 0# f() at a.cpp:1\n"),
        ("", "./a(f+0x1) [0x1]\n"),
        ("", "./a(f+0x1) [0x1]\nx\n"),
        (" 0# ", " at "),
        (" 0# ", " in "),
        ("./a(_Z+0x1) [0x1", "(+["),
        ("", "terminate called "),
        ("==", "==ERROR: "),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}
