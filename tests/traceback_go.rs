//! Replays what real Go programs printed when they failed, and texts that only look like that.
//!
//! `tests/tracebacks/go` holds for each program what it wrote to standard error with Go 1.26,
//! `NAME.txt`, and what its source says must be found, `NAME.json`. A field that the expectations
//! leave out is none, but for `frames` and `culprit`, which are then not looked at.

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use proptest::prelude::*;
use replay::{
    Before, Programs, brief, costs_what_its_size_costs, fingerprint, holds_no_traceback,
    is_consistent, span,
};

/// Run with `--nocapture` to see a table of what is right, case by case.
#[test]
fn real_programs() {
    Programs {
        before: Before::Beginning,
        always: &["file", "module", "function", "line"],
        ..Programs::of("go", 30)
    }
    .replay();
}

const PANIC: &str = "panic: no page\n\ngoroutine 1 [running]:\nmain.load(0x1, {0x2, 0x3})\n\t\
                     /app/store.go:14 +0x1d\nmain.main()\n\t/app/main.go:31 +0x2c";

#[test]
fn around() {
    let expected = "root panic: no page [load main]; .";
    for (before, after) in [
        ("", "\n"),
        ("starting\n", "\nexit status 2\n"),
        ("2020/05/11 14:44:44 ", "\n\n"),
        ("2020/05/11 14:44:44 listening\n", "\n2020/05/11 14:44:45 next"),
        ("level=error msg=\"x\"\n\n", "\n\ngoroutine 7 [select]:\nmain.wait()\n\t/app/w.go:3 +0x1"),
        ("exec: ", ""),
    ] {
        let text = format!("{before}{PANIC}{after}");
        assert_eq!(brief(&text), expected, "{text}");
        assert!(span(&text).starts_with(PANIC), "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let expected = "root panic: no page [load main]; .";
    let quoted = PANIC.replace('\n', "\\n").replace('\t', "\\t");
    let prefixed =
        |prefix: &str| PANIC.lines().fold(String::new(), |text, line| text + prefix + line + "\n");
    for text in [
        PANIC.replace('\n', "\r\n"),
        quoted.clone(),
        format!("level=error msg=\"{quoted}\" user=\"ann\""),
        prefixed("web_1  | "),
        prefixed("2020-05-11T14:44:44.1Z stderr F "),
    ] {
        assert_eq!(brief(&text), expected, "{text:?}");
    }
}

#[test]
fn composed() {
    let stack = "goroutine 1 [running]:\nmain.f()\n\t/app/a.go:1 +0x1";
    let zap = "main.f\n\t/app/a.go:1\nmain.main\n\t/app/a.go:9\nruntime.main\n\t\
               /usr/local/go/src/runtime/proc.go:290";
    let table = [
        (format!("panic: a\nb\n\n{stack}"), "root panic: a\nb [f]; ."),
        (format!("panic: a [recovered]\n\tpanic: b\n\n{stack}"), "root panic: b [f]; context0 panic: a []; ."),
        (format!("panic: [REDACTED:password] is wrong\n\n{stack}"), "root panic: [REDACTED:password] is wrong [f]; ."),
        (format!("panic: main.T{{Code:7}}\n\n{stack}"), "root main.T: main.T{Code:7} [f]; ."),
        (format!("unexpected fault address 0x1\nfatal error: fault\n[signal SIGSEGV: x code=0x1 addr=0x1 pc=0x2]\n\n{stack}"), "root fatal error: fault [f]; ."),
        (format!("2020/05/11 14:44:44 http: panic serving [::1]:80: a: b\n{stack}"), "root panic: a: b [f]; ."),
        (format!("panic: a\n\n{}", stack.replace("f()", "f(...)").replace(" +0x1", "")), "root panic: a [f]; ."),
        (format!("panic: a\n\n{stack}\n...23 frames elided...\nmain.main()\n\t/app/a.go:9 +0x2"), "root panic: a [f main]; …"),
        (format!("panic: a\n\n{stack}\ncreated by main.main\n\t/app/a.go:9 +0x2"), "root panic: a [f main]; ."),
        // zap and pkg/errors.
        (zap.to_owned(), "root ?: - [f main main]; ."),
        (format!("EOF\nread header\n{zap}\ndecode failed"), "root ?: decode failed []; cause0 ?: read header [f main main]; cause1 ?: EOF []; ."),
        (format!("2020/05/11 14:44:44 EOF\n{zap}"), "root ?: EOF [f main main]; ."),
        // The head is missing.
        (format!("{stack}\nmain.main()\n\t/app/a.go:9 +0x2"), "root ?: - [f main]; …"),
        ("main.f(0x1)\n\t/app/a.go:1 +0x1\nmain.main()\n\t/app/a.go:9 +0x2\ncreated by main.x\n\t/app/a.go:9".to_owned(), "root ?: - [f main x]; …"),
        // The end is missing.
        (format!("panic: a\n\n{stack}\nmain.main()"), "root panic: a [f]; …"),
    ];
    for (text, expected) in table {
        assert_eq!(brief(&text), expected, "{text}");
    }
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "panic: no page",
    "panic: no page\n\nexit status 2",
    "fatal error: all goroutines are asleep - deadlock!",
    "goroutine 1 [running]:",
    "goroutine 1 [running]:\nmain.main()",
    "goroutine 1 [running]:\nmain.main()\n\t/app/a.go:1 +0x1",
    "goroutine 1 [running]:\n\t/app/a.go:1 +0x1",
    "goroutine 1 [running]:\nruntime/debug.Stack()\n\t/usr/local/go/src/runtime/debug/stack.go:26 +0x5e\nmain.main()\n\t/app/a.go:1 +0x1",
    "goroutine leak: 12 goroutines at exit",
    "panic: x\n\ngoroutine 1 is running",
    "panic: x\n\ngoroutine 1 [running]:\n\nend",
    "panic: x\n\ngoroutine 1 [running]:\nmain.main()\nnot a place",
    "panic: x\n\ngoroutine pool [3]:\nmain.main()\n\t/app/a.py:1",
    "the goroutine 5 [running]: is blocked\nmain.main()\n\t/app/a.go:1",
    "started goroutine 7\nmain.go:12: listening\n",
    "created by ann@mail.example\n\ton Monday",
    "created by main.main\n\t/app/a.go:1",
    "created by main.main in goroutine 1",
    "runtime.main is where it begins",
    "runtime.main\n\t/usr/local/go/src/runtime/proc.go:290",
    "runtime.goexit\nmain.main",
    "main.go:12\n\tmain.go:13 runtime.goexit",
    "./main.go:5:2: undefined: x\n\tgoroutine y",
    "# example.com/shop\n./main.go:5:2: undefined: runtime.main\n\t/app/a.go: note",
    "--- FAIL: TestX (0.00s)\n\tx_test.go:12: created by mistake",
    "FAIL\tgoroutine x\t0.1s",
    "ok  \texample.com/shop\t0.1s goroutine x",
    "Go routines:\n\tgoroutine 1\n\tgoroutine 2",
    "goroutine profile: total 5\n1 @ 0x4 0x5\n#\t0x4\tmain.main+0x1\t/app/a.go:1",
    "heap profile: 1: 2 [3: 4] @ heap/1048576\n#\t0x4\tmain.main+0x1\t/app/a.go:1 runtime.main",
    "panic({0x is how Go prints the call of panic",
    "panic({0x1, 0x2})\n\tsee docs",
    "SIGTERM: terminated\ngoroutine x",
    "SIGHUP: reloading\n\ngoroutine 1 [running]:\n",
    "don't panic: all is well\ngoroutine counts follow\n1\n2",
    "kernel panic: not syncing\ncreated by init",
    "a.b.c\n\t/app/a.txt:1\nruntime.main",
    "config.yaml\n\t/etc/app.conf:3\nruntime.goexit",
    "main.main\n    /app/a.go:1\nruntime.main\n    /x.go:2",
    "Makefile\n\tmain.c:1 runtime.main",
    "goroutine 1 [select]:\n\ngoroutine 2 [select]:\n\ngoroutine 3 [select]:\n",
    "created by ann\n\t/home/ann/a.go:1\ncreated by bob",
];

#[test]
fn benign_texts() {
    assert!(BENIGN.len() >= 40);
    holds_no_traceback(BENIGN, &[]);
}

#[test]
fn fingerprints() {
    let one = PANIC;
    let equal = [
        PANIC.replace("0x1, {0x2, 0x3}", "0xc000012345"),
        PANIC.replace("goroutine 1", "goroutine 4711"),
        PANIC.replace("+0x1d", "+0xff").replace(":14", ":15"),
        PANIC.replace("/app/", "/src/shop/"),
        PANIC.replace("no page", "no cart"),
        PANIC.replace(
            "goroutine 1 [running]",
            "goroutine 1 gp=0x5ac5b2661e0 m=0 mp=0xa0f720 [running]",
        ),
    ];
    let different = [
        PANIC.replace("main.load", "main.save"),
        PANIC.replace("main.load", "example.com/shop.load"),
        PANIC.replace("panic: no page", "fatal error: no page"),
        PANIC.replace("main.load", "main.(*Page).load"),
    ];
    for text in equal {
        assert_eq!(fingerprint(&text), fingerprint(one), "{text}");
    }
    for text in different {
        assert_ne!(fingerprint(&text), fingerprint(one), "{text}");
    }
}

/// Each kind of line, repeated by somebody who wishes us ill.
#[test]
fn hostile_text_costs_what_its_size_costs() {
    let frame = "main.f()\n\t/app/a.go:1 +0x1\n";
    let hint = "goroutine x\n";
    let stack = "panic: x\n\ngoroutine 1 [running]:\n";
    let cases = [
        (hint, frame.to_owned()),
        (hint, format!("{frame}x\n")),
        (hint, format!("x\n{frame}")),
        (hint, "main.f\n\t/app/a.go:1\nx\n".to_owned()),
        (hint, "main.f\n".to_owned()),
        (hint, "\t/app/a.go:1\n".to_owned()),
        (hint, "panic: x\n".to_owned()),
        (hint, "panic: x ".to_owned()),
        (hint, "x\n".to_owned()),
        ("panic: x goroutine \n", "\tx\n".to_owned()),
        ("", format!("panic: x\n{}{stack}", "\tpanic: y\n".repeat(3))),
        ("", "goroutine 1 [running]:\n".to_owned()),
        ("", "goroutine 1 [running]:\nmain.f()\n".to_owned()),
        ("", format!("goroutine 1 [running]:\n{frame}")),
        ("", format!("goroutine 1 [running]:\n{frame}\n")),
        ("", format!("goroutine 1 [running]:\nruntime/debug.Stack()\n\t/a.go:1\n{frame}x\n")),
        (stack, frame.to_owned()),
        (stack, "...1 frames elided...\n".to_owned()),
        (stack, "panic({0x1, 0x2})\n\t/usr/local/go/src/runtime/panic.go:860 +0x1\n".to_owned()),
        (stack, "created by main.f in goroutine 1\n\t/app/a.go:1\n".to_owned()),
        (hint, format!("web | {}", frame.replace("\n\t", "\nweb | \t"))),
        (hint, "web | \t/app/a.go:1\nx | \t/app/a.go:1\n".to_owned()),
    ];
    for (start, unit) in cases {
        costs_what_its_size_costs(start, &unit, Duration::from_millis(100));
    }
}

/// Lines from which the grammar is made.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "panic: x", "panic: x [recovered]", "\tpanic: y", "fatal error: x", "[signal SIGSEGV: x]", "", "goroutine 1 [running]:",
    "goroutine 1 gp=0x1 m=0 [running]:", "main.f()", "main.f(...)", "main.f", "\t/app/a.go:1 +0x1", "\t/app/a.go:2",
    "panic({0x1, 0x2})", "\t/usr/local/go/src/runtime/panic.go:860 +0x1", "created by main.f in goroutine 1",
    "...3 frames elided...", "...18446744073709551615 frames elided...", "runtime stack:", "exit status 2", "words", "SIGQUIT: quit", "PC=0x1",
    "2020/05/11 14:44:44 http: panic serving 1: x", "2020/05/11 14:44:44 x", "runtime.main", "é: ü",
];

proptest! {
    #[test]
    fn any_arrangement_is_consistent(
        lines in prop::collection::vec(prop::sample::select(PARTS), 0..24),
        newline in prop::sample::select(&["\n", "\r\n", "\\n", "\r", "\nweb | "][..]),
    ) {
        is_consistent(&lines.join(newline));
    }
}
