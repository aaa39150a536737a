//! PHP's tracebacks: what real programs printed, what loggers make of them, and texts that only look
//! like them.

#![allow(clippy::format_collect, missing_docs)]

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use replay::{
    Before, Programs, brief_with_modules as brief, costs_what_its_size_costs, holds_no_traceback,
    span,
};

#[test]
fn real_programs() {
    Programs { before: Before::Trimmed, ..Programs::of("php", 40) }.replay();
}

const CHAIN: &str = "PHP Fatal error:  Uncaught JsonException: Syntax error in /app/mail.php:6\n\
    Stack trace:\n#0 /app/mail.php(6): json_decode('{\"to\":', true, 512, 4194304)\n\
    #1 /app/mail.php(15): Mail\\Box->load('in')\n#2 {main}\n\n\
    Next Mail\\BoxException: box in is damaged in /app/mail.php:9\nStack trace:\n\
    #0 /app/mail.php(15): Mail\\Box->load('in')\n#1 {main}\n  thrown in /app/mail.php on line 9";

const EXPECTED: &str = "root Mail\\BoxException: box in is damaged [Mail\\Box.load {main}]; cause \
    JsonException: Syntax error [json_decode Mail\\Box.load {main}]; .";

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot load\n", "\n\n"),
        ("[04-May-2024 08:00:01 UTC] ", "\n[04-May-2024 08:00:02 UTC] next"),
        ("NOTICE: PHP message: ", ""),
    ] {
        let text = format!("{before}{CHAIN}{after}");
        assert_eq!(brief(&text), EXPECTED, "{text}");
        assert_eq!(span(&text), CHAIN, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let each =
        |prefix: &str| CHAIN.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>();
    let json = CHAIN.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    for text in [
        CHAIN.replace('\n', "\r\n"),
        format!("{{\"exc\": \"{json}\"}}"),
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
            "PHP Fatal error:  Uncaught exception 'Exception' with message 'it's gone' in /app/a.php:3\n\
             Stack trace:\n#0 /app/a.php(5): f()\n#1 {main}\n  thrown in /app/a.php on line 3",
            "root Exception: it's gone [f {main}]; .",
        ),
        (
            "exception 'Mail\\Lost' with message 'x' in /app/a.php:3\nStack trace:\n#0 {main}\n\n\
             Next exception 'Exception' with message 'y' in /app/a.php:4\nStack trace:\n#0 {main}",
            "root Exception: y [{main}]; cause Mail\\Lost: x [{main}]; .",
        ),
        (
            "[2024-05-04 08:00:01] production.ERROR: no mail {\"userId\":1,\"exception\":\"[object] \
             (App\\\\Lost(code: 42): no \\\"mail\\\" at /app/Box.php:9)\n[stacktrace]\n\
             #0 /app/a.php(3): App\\\\Box->load('x')\n#1 {main}\n\n[previous exception] [object] \
             (PDOException(code: HY000): refused at /app/Db.php:5)\n[stacktrace]\n#0 /app/b.php(1): \
             App\\\\{closure}()\n#1 {main}\n\"} \n",
            "root App\\Lost: no \"mail\" [App\\Box.load {main}]; cause PDOException: refused \
             [App\\{closure} {main}]; .",
        ),
        (
            "app.ERROR: x {\"exception\":\"[object] (RuntimeException(code: 0): x at /app/a.php:9)\"} []",
            "root RuntimeException: x [?]; .",
        ),
        (
            "[2024-05-04T08:00:01.1+00:00] app.CRITICAL: Uncaught PHP Exception App\\Lost: \"x\" at \
             a.php line 9 {\"exception\":\"[object] (App\\\\Lost(code: 0): x at /app/a.php:9)\"} []",
            "root App\\Lost: x [?]; .",
        ),
        (
            "PHP Fatal error:  Uncaught Error: x in /app/a.php:1\nStack trace:\n#0 [internal \
             function]: {closure:Mail\\Box::load():12}(1)\n#1 /app/a.php(2): array_map(Object(Closure), \
             Array)\n#2 {main}\n  thrown in /app/a.php on line 1",
            "root Error: x [{closure:Mail\\Box::load():12} array_map {main}]; .",
        ),
        (
            "PHP Fatal error:  Allowed memory size exhausted in /app/a.php on line 3\nStack trace:\n\
             #0 /app/a.php(4): grow()\n#1 {main}",
            "root Fatal error: Allowed memory size exhausted [grow {main}]; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn laravel_context_belongs_to_the_traceback() {
    let text = "[2024-05-04 08:00:01] local.ERROR: no mail {\"exception\":\"[object] (Lost(code: 0): \
                no mail at /app/a.php:9)\n[stacktrace]\n#0 {main}\n\"} \n";
    assert!(span(text).starts_with(" {\"exception\"") && span(text).ends_with("\"} "));
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        ("#1 /app/a.php(3): f()\n#2 /app/b.php(3): g()\n#3 {main}", "root ?: - [f g {main}]; …"),
        (
            "#1 /app/a.php(3): f()\n#2 {main}\n  thrown in /a.php on line 3",
            "root ?: - [f {main}]; …",
        ),
        ("PHP Fatal error:  Uncaught E: x in /app/a.php:3", "root E: x [?]; …"),
        (
            "PHP Fatal error:  Uncaught E: x in /app/a.php:3\nStack trace:\n#0 /a.php(1): f()",
            "root E: x [f ?]; …",
        ),
        ("Stack trace:\n#0 /a.php(1): f()\n#1 {main}", "root ?: - [f {main}]; …"),
        (
            "PHP Fatal error:  Uncaught E: x in /a.php:3\nStack trace:\n#0 {main}\n\nNext F: y",
            "root E: x [{main}]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn redaction() {
    let text = "PHP Fatal error:  Uncaught E: bad [REDACTED:jwt] in /app/a.php:3\nStack trace:\n\
                #0 /app/a.php(5): f('[REDACTED:aws-key]', 1)\n#1 {main}";
    assert_eq!(brief(text), "root E: bad [REDACTED:jwt] [f {main}]; .");
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "Stack trace:",
    "Stack trace:\n#0 nothing",
    "Stack trace:\n1. one\n2. two",
    "Stack trace: see below",
    "InvalidArgumentException: x in /a.php:3",
    "InvalidArgumentException: x in /a.php:3\nStack trace:\nnone",
    "#0 {main}",
    "#1 fix (3): done",
    "#12 Fix the pool (3): done\n#13 Fix the hose (4): open",
    "#0 /app/a.php(3): f()",
    "#0 item\n#1 item\n#2 item",
    "# 0 /app/a.php(3): f()\n# 1 {main}",
    "#a /app/a.php(3): f()",
    "{main}",
    "<html>{main}</html>",
    "Uncaught ",
    "Uncaught exception",
    "Uncaught E: x",
    "Uncaught (in promise) TypeError: x",
    "Uncaught TypeError: x is not a function\n    at f (a.js:1:2)",
    "PHP Fatal error:",
    "PHP Fatal error:  x",
    "PHP Fatal error:  Uncaught",
    "PHP Warning:  Undefined variable $x in /a.php on line 3",
    "PHP Notice:  Undefined index: x in /a.php on line 3",
    "PHP Deprecated:  f() is deprecated in /a.php on line 3",
    "Fatal error: disk full",
    "Fatal error: found in the log on line three",
    "fatal error: all goroutines are asleep",
    "Parse error: x at 3",
    "Parse error: bad date in a.csv line 3",
    "a.php(3): warning",
    "see /app/a.php(3): f()",
    "/app/a.php(3): f()\n/app/b.php(3): g()",
    "[object] (",
    "[object] (x)",
    "[object] (Mail\\Message: {\"to\":\"ann\"})",
    "[object] (Lost(code: 0): x)",
    "[object] (Lost(code: 0): x at noon)",
    "[object Object] (code: 0)",
    "[stacktrace]\nnothing",
    "Next Monday: review in room:3\nStack trace:\nno",
    "  thrown in /a.php on line 3",
    "Next E: x in /a.php:3",
    "exception 'E' with message 'x' in /a.php:3",
    "Stack trace:\n   at Mail.Send() in a.cs:line 3",
    "ERROR: Error in /a.php:3",
];

/// Those of them that are a traceback of another language.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str)] = &[
    ("Uncaught TypeError: x is not a function\n    at f (a.js:1:2)", "javascript"),
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, ELSEWHERE);
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "#0 /app/a.php(3): f()\n"),
        ("", "#0 /app/a.php(3): f()\nx\n"),
        ("", "Stack trace:\n"),
        ("PHP Fatal error:  Uncaught E: x\n", "Stack trace:\n"),
        ("PHP Fatal error:  Uncaught E: x\n", "Stack trace:\n#0 x\n"),
        ("", "PHP Fatal error:  Uncaught E: x\n"),
        ("", "PHP Fatal error:  Uncaught E: x on line 3\n"),
        ("", "PHP Fatal error:  x\n"),
        (
            "PHP Fatal error:  Uncaught E: x in /a.php:3\nStack trace:\n#0 {main}\n",
            "\nNext E: x in /a.php:3\n",
        ),
        (
            "PHP Fatal error:  Uncaught E: x in /a.php:3\nStack trace:\n#0 {main}\n",
            "\nNext E: x in /a.php:3\nStack trace:\n#0 {main}\n",
        ),
        ("", "[object] (Lost(code: 0): x\n"),
        ("", "[object] (Lost\n"),
        ("", "[object] ("),
        ("[object] (Lost(code: 0): ", " at "),
        ("[object] (Lost(code: 0): x\n", "x at y\n"),
        ("[object] (Lost(code: 0): x at /a:1)\n[stacktrace]\n", "#0 [internal function]: f()\n"),
        (
            "[object] (Lost(code: 0): x at /a:1)\n",
            "[previous exception] [object] (Lost(code: 0): x at /a:1)\n",
        ),
        ("#0 ", "(3): "),
        ("#0 (", "): "),
        ("Uncaught ", "Error: "),
        ("Uncaught \n", "x Exception: x\n"),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}
