//! Replays what real JavaScript and TypeScript programs printed when they failed, and texts that
//! only look like that.
//!
//! `tests/tracebacks/javascript` holds for each program what it wrote to standard error under
//! Node 20, `NAME.txt` (Deno 2.9 for `deno_*.ts`), and what its source says must be found,
//! `NAME.json`. The output under another version of Node is `NAME@VERSION.txt`; its frames are
//! fewer or more, so their number is not looked at. A field that the expectations leave out is
//! none, but for `frames`, `code` and `culprit`, which are then not looked at.

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use nozzle::traceback::find_traceback;
use proptest::prelude::*;
use replay::{
    Programs, brief, costs_what_its_size_costs, fingerprint, holds_no_traceback, is_consistent,
    span,
};

const PROGRAMS: Programs = Programs {
    always: &["file", "function"],
    variants_differ: true,
    ..Programs::of("javascript", 60)
};

/// Run with `--nocapture` to see a table of what is right, case by case.
#[test]
fn real_programs() {
    PROGRAMS.replay();
}

#[test]
fn versions_agree_on_the_fingerprint() {
    // A connection has none of the program's own frames, only Node's.
    PROGRAMS.variants_agree_on_the_fingerprint(10, &["connect"]);
}

const TYPE_ERROR: &str =
    "TypeError: no page\n    at load (/app/store.js:14:9)\n    at async page (/app/render.js:31:3)";

#[test]
fn around() {
    let expected = "root TypeError: no page [load page]; .";
    for (before, after) in [
        ("", "\n"),
        ("cannot show page\n", "\n\ndone\n"),
        ("cannot show page ", ""),
        ("2020-05-11T14:44:44.123Z\t6bc28136\tERROR\t", "\n"),
        ("[error] ", "\n2020-05-11T14:44:45.001Z INFO next"),
        ("Unhandled: Error happened, see below\n\n", ""),
        ("ERROR: ", "\nWARN: next"),
        ("Note: this is the log\n", ""),
        ("RangeError: another\n\n", ""),
    ] {
        let text = format!("{before}{TYPE_ERROR}{after}");
        assert_eq!(brief(&text), expected, "{text}");
        assert_eq!(span(&text), TYPE_ERROR, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let expected = "root TypeError: no page [load page]; .";
    let quoted = TYPE_ERROR.replace('\n', "\\n");
    let prefixed = |prefix: &str| {
        TYPE_ERROR.lines().fold(String::new(), |text, line| text + prefix + line + "\n")
    };
    for text in [
        TYPE_ERROR.replace('\n', "\r\n"),
        TYPE_ERROR.replace('\n', "\r"),
        quoted.clone(),
        format!("level=error exc=\"{quoted}\" user=\"ann\\\"\""),
        TYPE_ERROR.replace("TypeError", "\x1b[31mTypeError\x1b[39m"),
        TYPE_ERROR.replace("    at async page", "\x1b[90m    at async page"),
        prefixed("web_1  | "),
        prefixed("2020-05-11T14:44:44.1Z stderr F "),
        prefixed("[4711] "),
        prefixed("    "),
    ] {
        assert_eq!(brief(&text), expected, "{text:?}");
    }
    let text = format!("up\n{}", prefixed("web_1  | "));
    assert_eq!(Some(span(&text)), text.strip_prefix("up\n").map(str::trim_end));
}

#[test]
fn heads() {
    let frame = "    at f (/app/a.js:1:2)";
    let table = [
        ("Error: x", "Error: x"),
        ("Error", "Error: -"),
        ("Error: ", "Error: -"),
        ("Uncaught TypeError: x", "TypeError: x"),
        ("Uncaught (in promise) TypeError: x", "TypeError: x"),
        ("TypeError [ERR_INVALID_ARG_TYPE]: x", "TypeError: x"),
        ("RangeError [Error]: x", "RangeError: x"),
        ("DOMException [AbortError]: x", "DOMException: x"),
        ("PaymentDeclined: x", "PaymentDeclined: x"),
        ("error: relation \"pages\" does not exist", "error: relation \"pages\" does not exist"),
        ("(node:4711) Warning: x", "Warning: x"),
        ("(node:4711) [DEP0018] DeprecationWarning: x", "DeprecationWarning: x"),
        ("(node:4711) UnhandledPromiseRejectionWarning: TypeError: x", "TypeError: x"),
        ("<ref *1> Error: x", "Error: x"),
        ("charge failed PaymentError: x: y", "PaymentError: x: y"),
        ("request to a.example failed: FetchError: x", "FetchError: x"),
        ("Error: TypeError: x", "Error: TypeError: x"),
        ("Error: a\nError: b", "Error: a\nError: b"),
        ("Error: a\n\n  b", "Error: a\n\n  b"),
        ("Error: [REDACTED:password] is wrong", "Error: [REDACTED:password] is wrong"),
        ("Runtime.ImportModuleError: Error: x", "Runtime.ImportModuleError: Error: x"),
    ];
    for (head, expected) in table {
        assert_eq!(brief(&format!("{head}\n{frame}")), format!("root {expected} [f]; ."), "{head}");
    }
}

#[test]
fn frames() {
    let table = [
        ("at f (/app/a.js:1:2)", "f /app/a.js 1 2 true"),
        ("at async f (/app/a.js:1:2)", "f /app/a.js 1 2 true"),
        ("at a.b [as c] (/app/a.js:1:2)", "a.b /app/a.js 1 2 true"),
        ("at new A (/app/a.js:1:2)", "new A /app/a.js 1 2 true"),
        ("at /app/a b.js:1:2", "? /app/a b.js 1 2 true"),
        ("at file:///app/a.mjs:1:2", "? file:///app/a.mjs 1 2 true"),
        ("at async file:///app/a.mjs:1:2", "? file:///app/a.mjs 1 2 true"),
        ("at f (C:\\app (x86)\\a.js:1:2)", "f C:\\app (x86)\\a.js 1 2 true"),
        ("at f (webpack:///./src/a.ts?1a2b:1:2)", "f webpack:///./src/a.ts?1a2b 1 2 true"),
        ("at f (https://a.example:8080/a.js:1:2)", "f https://a.example:8080/a.js 1 2 true"),
        ("at f (/app/node_modules/x/i.js:1:2)", "f /app/node_modules/x/i.js 1 2 false"),
        ("at f (node:internal/timers:1:2)", "f node:internal/timers 1 2 false"),
        ("at f (internal/timers.js:1:2)", "f internal/timers.js 1 2 false"),
        ("at f (net.js:1:2)", "f net.js 1 2 false"),
        ("at f (ext:core/01_core.js:1:2)", "f ext:core/01_core.js 1 2 false"),
        ("at Array.map (<anonymous>)", "Array.map <anonymous> - - false"),
        ("at <anonymous>", "? <anonymous> - - false"),
        ("at async Promise.all (index 0)", "Promise.all ? - - false"),
        ("at f (native)", "f native - - false"),
        ("at eval (eval at f (/app/a.js:1:2), <anonymous>:3:4)", "eval <anonymous> 3 4 true"),
        (
            "at eval (eval at g (eval at f (/app/a.js:1:2), <anonymous>:3:4), <anonymous>:5:6)",
            "eval <anonymous> 5 6 true",
        ),
        ("at f (address at index.android.bundle:1:234)", "f index.android.bundle 1 234 true"),
        (
            "at f (wasm://wasm/a1b2:wasm-function[3]:0x1f)",
            "f wasm://wasm/a1b2:wasm-function[3]:0x1f - - false",
        ),
        ("at [REDACTED:secret] (/app/a.js:1:2)", "[REDACTED:secret] /app/a.js 1 2 true"),
        ("at f (/app/[REDACTED:token]/a.js:1:2)", "f /app/[REDACTED:token]/a.js 1 2 true"),
    ];
    for (line, expected) in table {
        let text = format!("Error: x\n    {line}");
        let found = find_traceback(&text).unwrap_or_else(|| panic!("{line}"));
        let frame = &found.traceback.exceptions[0].frames[0];
        let number = |number: Option<u64>| number.map_or("-".to_owned(), |n| n.to_string());
        let shown = format!(
            "{} {} {} {} {}",
            frame.function.as_deref().unwrap_or("?"),
            frame.file.as_deref().unwrap_or("?"),
            number(frame.line),
            number(frame.column),
            frame.in_app
        );
        assert_eq!(shown, expected, "{line}");
    }
}

#[test]
fn composed() {
    let table = [
        (
            "Error: outer\n    at f (/app/a.js:1:2)\ncaused by: Error: inner\nsecond line\n    \
             at g (/app/a.js:2:2)\ncaused by: TypeError: root\n    at h (/app/a.js:3:2)",
            "root Error: outer [f]; cause0 Error: inner\nsecond line [g]; cause1 TypeError: root [h]; .",
        ),
        (
            "Error: outer\n    at f (/app/a.js:1:2) {\n  [cause]: Error: in\n    two\n      \
             at g (/app/a.js:2:2)\n}",
            "root Error: outer [f]; cause0 Error: in\n  two [g]; .",
        ),
        (
            "Error: outer\n    at f (/app/a.js:1:2) {\n  [cause]: [Error: quiet] {\n    code: 1\n  },\n  \
             code: 2\n}\nnext",
            "root Error: outer [f]; cause0 Error: quiet []; .",
        ),
        (
            "Error: outer\n    at f (/app/a.js:1:2) {\n  inner: Error: no cause\n      at g \
             (/app/a.js:2:2),\n  text: 'a\\n' +\n    'b'\n}",
            "root Error: outer [f]; .",
        ),
        // The end is missing.
        ("Error: x\n    at f (/app/a.js:1:2) {\n  code: 'E'", "root Error: x [f]; …"),
        (
            "Error: outer\n    at f (/app/a.js:1:2) {\n  [cause]: Error: in\n      at g (/ap",
            "root Error: outer [f]; cause0 Error: in\n    at g (/ap []; …",
        ),
        // The head is missing.
        ("    at f (/app/a.js:1:2)\n    at g (/app/a.js:2:2)", "root ?: - [f g]; …"),
        ("or: x\n    at f (/app/a.js:1:2)\n    at g (/app/a.js:2:2)", "root ?: - [f g]; …"),
        // Browsers.
        (
            "send@https://mail.example/app.js:9:11\n@https://mail.example/app.js:14:3\n",
            "root ?: - [send ?]; .",
        ),
        ("TypeError: x\nsend@https://mail.example/app.js:9:11", "root TypeError: x [send]; ."),
        (
            "From Bluebird\nUnhandled rejection Error: x\n    at f (/app/a.js:1:2)\nFrom previous \
             event:\n    at g (/app/a.js:2:2)",
            "root Error: x [f g]; .",
        ),
        // The prefix of the first frame leaves the second an indent that is no frame's.
        (
            "Error: x\nweb |       at g (/app/a.js:2:2)\nweb |     at f (/app/a.js:1:2)",
            "root Error: x [g]; .",
        ),
        // The first of two.
        (
            "Error: a\n    at f (/app/a.js:1:2)\nError: b\n    at g (/app/a.js:2:2)",
            "root Error: a [f]; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "Error: no such file",
    "Error: no such file\nError: no such host",
    "TypeError: x is undefined",
    "TypeError: x\n    in the cart",
    "Error: x\n    at 10:30 in room 3",
    "Error: x\n    at noon (see page 3)",
    "Error: x\n    at line 3",
    "Error: x\n    at (1:2)",
    "Error: x\n    at the end of it",
    "    at 10:30:00\n    at 11:30:00\n",
    "    at 10.5:30:20\n    at 10.6:30:20\n",
    "    at home (alone)\n    at work (busy)\n",
    "meeting\n    at Berlin (room 1:30)\n    at Paris (room 2:30)",
    "    at f (/app/a.js:1:2)",
    "see\n    at f (/app/a.js:1:2)\nfor more",
    "    at a.b.C.m(C.java:1)\n    at a.b.C.n(C.java:2)\n",
    "   at Mail.Sender.Send(Message m) in /src/Sender.cs:line 44\n   at Mail.Program.Main(String[] args)\n",
    "    at module://x\n    at module://y",
    "prices:\n    at wholesale: 10:20\n    at retail: 12:20",
    "schedule:\n    at: 10:30:00\n    at: 11:30:00",
    "- name: x\n    at rest: true\n    at work: false",
    "SELECT *\n    at time zone 'UTC'\n    at location (1:2)",
    "route add\n    at 10.0.0.1:80:1\n    at 10.0.0.2:80:1",
    "Trace: where am I\n    at f (/app/a.js:1:2)\n    at g (/app/a.js:2:2)",
    "Node.js v20.11.1",
    "Welcome to Node.js v20.11.1.\nType \".help\" for more information.",
    "starting\n\nNode.js v20.11.1\n",
    "/app/a.js:3\nNode.js v20.11.1",
    "/app/a.js:3\n  code\n  ~~~\nwords\n\nNode.js v20.11.1",
    "(Use `node --trace-warnings ...` to show where the warning was created)",
    "(node:4711) ExperimentalWarning: x\n(Use `node --trace-warnings ...` to show where the warning was created)",
    "[AggregateError: All promises were rejected] {\n  [errors]: [ [Error: a], [Error: b] ]\n}",
    "[Error: x] {\n  code: 'E'\n}\n    at rest",
    "[section] {\n  key = 1\n}",
    "{ [Error: x] code: 1 }",
    "ann@http://mail.example wrote",
    "ann@https://mail.example:8080/",
    "git@https://code.example/a.git\ngit@https://code.example/b.git",
    "proxy: user@http://a.example:80 user@http://b.example:80",
    "send@https://mail.example/app.js:9:11",
    "map@[native code]",
    "<li>    at f (a)</li>\n<li>    at g (b)</li>",
    "| Name |    at x | 3:4 |\n| Name |    at y | 5:6 |",
    "diff --git a/x b/x\n-    at old\n+    at new",
    "Warning: 3 items\n    at risk: 2\n    at ease: 1",
    "https://a.example/x:1:2\nhttps://a.example/y:3:4",
    "eslint\n/app/a.js\n  1:2  error  Unexpected  no-x\n    at 1:2",
    "a.ts(3,9): error TS2304: Cannot find name 'x'.\n    at 3:9",
    "Error: x\n    at <unknown>",
    "Error: x\n    at [object Object]",
];

/// Those of them that are a traceback of another language.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str)] = &[
    ("    at a.b.C.m(C.java:1)\n    at a.b.C.n(C.java:2)\n", "java"),
    ("   at Mail.Sender.Send(Message m) in /src/Sender.cs:line 44\n   at Mail.Program.Main(String[] args)\n", "dotnet"),
];

#[test]
fn benign_texts() {
    assert!(BENIGN.len() >= 40);
    holds_no_traceback(BENIGN, ELSEWHERE);
}

#[test]
fn fingerprints() {
    let one = "TypeError: x\n    at send (https://mail.example/js/main.3f2a1b9c.js:1:2231)\n    at \
               Array.map (<anonymous>)";
    let equal = [
        "TypeError: y\n    at send (https://mail.example/js/main.3f2a1b9c.js:1:2231)",
        "TypeError: x\n    at send (https://mail.example/js/main.99e1b9c0.js:1:4711)",
        "TypeError: x\n    at send (http://test.example:8080/js/main.3f2a1b9c.js?v=2:7:9)",
        "TypeError: x\n    at async send (https://mail.example/js/main.3f2a1b9c.js:1:2231)",
        "TypeError [ERR_X]: x\n    at send [as go] (https://mail.example/js/main.3f2a1b9c.js:1:2)",
    ];
    let different = [
        "RangeError: x\n    at send (https://mail.example/js/main.3f2a1b9c.js:1:2231)",
        "TypeError: x\n    at read (https://mail.example/js/main.3f2a1b9c.js:1:2231)",
        "TypeError: x\n    at send (https://mail.example/js/vendor.3f2a1b9c.js:1:2231)",
        "TypeError: x\n    at send (https://mail.example/js/main.3f2a1b9c.js:1:2231)\n    at main \
         (https://mail.example/js/main.3f2a1b9c.js:1:9)",
    ];
    for text in equal {
        assert_eq!(fingerprint(text), fingerprint(one), "{text}");
    }
    for text in different {
        assert_ne!(fingerprint(text), fingerprint(one), "{text}");
    }
    let at = |directory: &str| fingerprint(&format!("E: x\n    at f ({directory}shop/a.js:1:2)"));
    assert_eq!(at("/app/"), at("file:///var/task/"));
    assert_eq!(at("C:\\app\\"), at("/home/ann/"));
}

/// Each kind of line, repeated by somebody who wishes us ill.
#[test]
fn hostile_text_costs_what_its_size_costs() {
    let frame = "    at f (/app/a.js:1:2)\n";
    let root = "Error: x\n    at f (/app/a.js:1:2) {\n";
    let cases = [
        ("", frame.to_owned()),
        ("", format!("{frame}x\n")),
        ("", "    at x\n".to_owned()),
        ("    at x\n", "Error: x\n".to_owned()),
        ("    at x\n", "a Error: x Error: x\n".to_owned()),
        ("    at x\n", " Error".to_owned()),
        ("a", "    at f (/app/a.js:1:2) ".to_owned()),
        ("    at x\n", "[Error: x] {\n".to_owned()),
        ("    at x\n", "[Error: x] {\n  y\n".to_owned()),
        ("    at x\n[Error: x] {\n", "  [errors]: [\n    Error: x\n".to_owned()),
        (root, "  [cause]: Error: x\n".to_owned()),
        (root, format!("  [cause]: Error: x\n  {frame}")),
        (root, "  [errors]: [\n".to_owned()),
        (root, "  code: 1\n".to_owned()),
        (root, "  [cause]: [Error: x] {\n".to_owned()),
        (root, "    Error: x\n".to_owned()),
        ("Error: x\n    at f (/app/a.js:1:2)\n", "caused by: Error: x\n".to_owned()),
        ("Error: x\n    at f (/app/a.js:1:2)\n", "caused by: Error: x\ny\n".to_owned()),
        ("Error: x\n    at f (/app/a.js:1:2)\n", "\n".to_owned()),
        ("    at x", "/app/a.js:1\n  x\n  ^\n".to_owned()),
        ("    at x", "/app/a.js:1\n  x\n  ^\n(node:1) x\n".to_owned()),
        ("", "f@https://a.example/a.js:1:2\n".to_owned()),
        ("", "f@https://a.example/a.js:1:2\nx\n".to_owned()),
        ("", "f@[native code]\nx\n".to_owned()),
        ("", format!("web |{frame}")),
        ("", format!("web |{frame}x |{frame}")),
        ("Error: x\n    at eval (", "eval at f (".to_owned()),
    ];
    for (start, unit) in cases {
        costs_what_its_size_costs(start, &unit, Duration::from_millis(100));
    }
}

/// Lines from which the grammar is made.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "Error: x", "TypeError", "    at f (/app/a.js:1:2)", "    at f (/app/a.js:1:2) {", "    at <anonymous>",
    "  [cause]: Error: x", "  [cause]: [Error: x] {", "      at g (/app/a.js:2:2)", "      at g (/app/a.js:2:2) {",
    "  }", "}", "  [errors]: [", "    Error: m", "        at h (/app/a.js:3:2),", "  ]", "  code: 1", "",
    "    ... 5 lines matching cause stack trace ...", "caused by: Error: x", "Caused by: x",
    "/app/a.js:1", "  code", "  ^", "Node.js v20.1.1", "(Use `node --trace-uncaught ...`", "Emitted 'error' event at:",
    "f@https://a.example/a.js:1:2", "error: Uncaught Error: x", "    Error: y", "[Error: x] {", "2020-05-11 14:44:44 x", "é: ü",
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
