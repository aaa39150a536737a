//! Tracebacks in the texts around them: prefixes, escapes, cuts, quotations; and texts that only
//! look like tracebacks.

#[path = "tracebacks/replay.rs"]
mod replay;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::Duration;

use nozzle::traceback::{MAX_EXCEPTIONS, MAX_MESSAGE_BYTES, find_traceback};
use proptest::prelude::*;
use replay::{brief, costs_what_its_size_costs, holds_no_traceback, is_consistent, span};

const KEY_ERROR: &str = "Traceback (most recent call last):\n  File \"/app/blog/store.py\", line 14, \
                         in load\n    return self.rows[key]\nKeyError: 'p9'";

#[test]
fn origin_story() {
    let text = "Traceback (most recent call last):\n  File \"/app/logging_test5.py\", line 42, in test\n    \
                raise NameError(\"fake NameError\")\nNameError: fake NameError";
    assert_eq!(brief(text), "root NameError: fake NameError [test]; .");
    let found = find_traceback(text).unwrap();
    let frame = &found.traceback.exceptions[0].frames[0];
    assert_eq!(frame.file.as_deref(), Some("/app/logging_test5.py"));
    assert_eq!(frame.line, Some(42));
    assert_eq!(frame.code.as_deref(), Some("raise NameError(\"fake NameError\")"));
    assert!(frame.in_app);
    assert_eq!(found.span, 0..text.len());
}

#[test]
fn normal_text_is_borrowed() {
    let text = format!("{KEY_ERROR}\nsecond\n\nlast line\n");
    let found = find_traceback(&text).unwrap();
    let exception = &found.traceback.exceptions[0];
    assert!(matches!(exception.exception_type, Some(Cow::Borrowed("KeyError"))));
    assert!(matches!(exception.message, Some(Cow::Borrowed("'p9'\nsecond\n\nlast line"))));
    let frame = &exception.frames[0];
    for part in [&frame.file, &frame.function, &frame.code] {
        assert!(matches!(part, Some(Cow::Borrowed(_))));
    }
}

#[test]
fn around() {
    let expected = "root KeyError: 'p9' [load]; .";
    for (before, after) in [
        ("", "\n"),
        ("cannot show page\n", "\n\n\n"),
        (
            "2020-05-11 14:44:44,123 ERROR blog: cannot show page\n",
            "\n2020-05-11 14:44:45,001 INFO x",
        ),
        ("2020-05-11 14:44:44,123 ERROR ", "\nINFO:root:next"),
        ("Exception in thread Thread-1 (work):\n", "\nException in thread Thread-2:\nTraceback"),
        ("[ERROR]\t2020-05-11T14:44:44.123Z\t1-2\tcannot show page\n", "\nEND RequestId: 1-2"),
        ("", "\nStack (most recent call last):\n  File \"a\", line 1, in b\n    c()"),
        ("", "\n\nTraceback (most recent call last):\n  File \"a\", line 1, in b\nE: x"),
        (
            "Stack (most recent call last):\n  File \"a\", line 1, in b\n  File \"a\", line 2, in c\n",
            "",
        ),
        ("Object created at (most recent call last):\n  File \"a\", line 1, in b\n    c()\n", ""),
    ] {
        let text = format!("{before}{KEY_ERROR}{after}");
        assert_eq!(brief(&text), expected, "{text}");
        assert_eq!(span(&text), KEY_ERROR, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let expected = "root KeyError: 'p9' [load]; .";
    let quoted = KEY_ERROR.replace('"', "\\\"").replace('\n', "\\n");
    for text in [
        KEY_ERROR.replace('\n', "\r\n"),
        KEY_ERROR.replace('\n', "\r"),
        KEY_ERROR.replace("  ", "\u{a0}\u{a0}"),
        quoted.clone(),
        format!("level=error exc=\"{quoted}\" user=\"ann\\\"\""),
        format!("{{\"exc\": \"{quoted}\\n\", \"user\": \"a\\nb\"}}"),
        KEY_ERROR.replace('\'', "\\'").replace('\n', "\\n"),
        KEY_ERROR.replace("KeyError", "\x1b[1;35mKeyError\x1b[0m"),
        KEY_ERROR.lines().fold(String::new(), |text, line| text + "web_1  | " + line + "\n"),
        KEY_ERROR.lines().enumerate().fold(String::new(), |text, (n, line)| {
            format!("{text}2020-05-11T14:44:44.{n:03}Z stderr F {line}\n")
        }),
        KEY_ERROR.lines().fold("Got:\n".to_owned(), |text, line| text + "    " + line + "\n"),
    ] {
        assert_eq!(brief(&text), expected, "{text:?}");
    }
}

#[test]
fn span_of_escaped_text() {
    let quoted = KEY_ERROR.replace('"', "\\\"").replace('\n', "\\n");
    let text = format!("é level=error exc=\"{quoted}\" user=7");
    assert_eq!(span(&text), quoted);
    let text = format!("é\r\n{}\r\n", KEY_ERROR.replace('\n', "\r\n"));
    assert_eq!(span(&text), KEY_ERROR.replace('\n', "\r\n"));
}

#[test]
fn lambda_runtime() {
    let frame = "\u{a0}\u{a0}File \"/var/task/index.py\", line 4, in handler\n\
                 \u{a0}\u{a0}\u{a0}\u{a0}for r in event[\"Records\"]:";
    let text = format!("[ERROR] KeyError: 'Records'\nTraceback (most recent call last):\n{frame}");
    let expected = "root KeyError: 'Records' [handler]; .";
    assert_eq!(brief(&text), expected);
    assert_eq!(brief(&text.replace('\n', "\r")), expected);
    assert_eq!(span(&text), text);
    let culprit = find_traceback(&text).and_then(|found| found.traceback.culprit());
    assert_eq!(culprit.as_deref(), Some("index.py in handler"));

    let text = format!("START\n[ERROR] E: a\nb\nTraceback (most recent call last):\n{frame}");
    assert_eq!(brief(&text), "root E: a\nb [handler]; .");

    let text = "[ERROR] Runtime.ImportModuleError: Unable to import module 'index': No module \
                named 'x'\nTraceback (most recent call last):";
    let message = "Unable to import module 'index': No module named 'x'";
    assert_eq!(brief(text), format!("root Runtime.ImportModuleError: {message} []; ."));

    let text = "[ERROR] Runtime.UserCodeSyntaxError: Syntax error in module 'index': invalid syntax \
                (index.py, line 3)\nTraceback (most recent call last):\n\u{a0}\u{a0}File \
                \"/var/task/index.py\" Line 3\n\u{a0}\u{a0}\u{a0}\u{a0}x = = 1";
    let message = "Syntax error in module 'index': invalid syntax (index.py, line 3)";
    assert_eq!(brief(text), format!("root Runtime.UserCodeSyntaxError: {message} [?]; ."));
}

#[test]
fn loguru() {
    let text = "2020-05-11 14:44:44.123 | ERROR | __main__:<module>:9 - failed\n\
                Traceback (most recent call last):\n\n  File \"/app/a.py\", line 9, in <module>\n    \
                f()\n    └ <function f at 0x7f01>\n\n> File \"/app/a.py\", line 5, in f\n    \
                return 1 / 0\n\nZeroDivisionError: division by zero\n";
    assert_eq!(brief(text), "root ZeroDivisionError: division by zero [f <module>]; .");
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        // The end is missing.
        (
            "Traceback (most recent call last):\n  File \"a\", line 1, in b\n    c(",
            "root ?: - [b]; …",
        ),
        ("Traceback (most recent call last):\n  File \"a\", line 1, in b\n", "root ?: - [b]; …"),
        (
            "Traceback (most recent call last):\n  File \"a\", line 1, in b\n2020-05-11 14:44:44 x",
            "root ?: - [b]; …",
        ),
        // The head is missing.
        (
            "ent call last):\n  File \"a\", line 1, in b\n    c()\n  File \"a\", line 2, in c\nE: x",
            "root E: x [c b]; …",
        ),
        ("    c()\n  File \"a\", line 2, in c\nKeyError: x", "root KeyError: x [c]; …"),
        // Both are.
        ("  File \"a\", line 1, in b\n    c()\n  File \"a\", line 2, in c\n", "root ?: - [c b]; …"),
        // The cause is complete, what escaped is not.
        (
            "Traceback (most recent call last):\n  File \"a\", line 1, in b\nE: x\n\nDuring handling \
             of the above exception, another exception occurred:\n",
            "root E: x [b]; …",
        ),
        // The cause is missing.
        (
            "half of it\n\nDuring handling of the above exception, another exception occurred:\n\n\
             Traceback (most recent call last):\n  File \"a\", line 1, in b\nE: x",
            "root E: x [b]; …",
        ),
        (
            "log: message\nvalue: 3\nKeyError: a\nb\n\nDuring handling of the above exception, \
             another exception occurred:\n\nTraceback (most recent call last):\n  File \"a\", line \
             1, in b\nE: x",
            "root E: x [b]; context0 KeyError: a\nb []; .",
        ),
        (
            "  + Exception Group Traceback (most recent call last):\n  |   File \"a\", line 1, in b\n  \
             | ExceptionGroup: x (2 sub-exceptions)\n  +-+---------------- 1 ----------------\n    \
             | KeyError: 'k'\n    +---------------- 2 ----------------\n",
            "root ExceptionGroup: x (2 sub-exceptions) [b]; member0 KeyError: 'k' []; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn messages_that_quote() {
    let frame = "  File \"a\", line 1, in b\n";
    let table = [
        "worker failed:\nTraceback (most recent call last):\n  File \"c\", line 1, in d\nF: y",
        "Caught KeyError in worker 0.\nOriginal Traceback (most recent call last):\n  File \"c\", \
         line 1, in d\nKeyError: y",
        "x\n  File \"c\", line 1, in d\n    e()\n  File \"c\", line 1, in f",
        "x\n\"\"\"\nTraceback (most recent call last):\n  File \"c\", line 1, in d\nF: y\n\"\"\"",
        "relation \"pages\" does not exist\nLINE 1: SELECT * FROM pages\n                      ^\n",
        "x\nERROR: column missing\n\n{\"a\": 1}",
    ];
    for message in table {
        let text = format!("Traceback (most recent call last):\n{frame}E: {message}");
        let found = find_traceback(&text).unwrap();
        assert_eq!(found.traceback.exceptions.len(), 1, "{text}");
        let found = found.traceback.exceptions[0].message.as_deref();
        assert_eq!(found, Some(message.trim_end()), "{text}");
    }
}

#[test]
fn fatal_errors() {
    let thread = "Current thread 0x00007f01 (most recent call first):\n";
    let frames = "  File \"a\", line 2 in inner\n  File \"a\", line 9 in <module>\n";
    let text = format!(
        "Fatal Python error: Segmentation fault\n\nThread 0x00007f02 (most recent call first):\n  \
         File \"t\", line 1 in wait\n\n{thread}{frames}\nExtension modules: numpy (total: 1)\n"
    );
    let expected = "root Fatal Python error: Segmentation fault [inner <module>]; .";
    assert_eq!(brief(&text), expected);
    assert!(span(&text).ends_with("<module>"));

    let text = format!("Fatal Python error: Aborted\n\n{thread}{frames}  ...\n");
    assert_eq!(brief(&text), "root Fatal Python error: Aborted [inner <module>]; …");
    assert_eq!(brief(&format!("{thread}{frames}")), "nothing");
    assert_eq!(
        brief(&format!("Fatal Python error: x\n\n{thread}  <no Python frame>\n")),
        "nothing"
    );
}

#[test]
fn caps() {
    let mut text = "Traceback (most recent call last):\n".to_owned();
    for line in 1..=1000 {
        writeln!(text, "  File \"/app/a.py\", line {line}, in f").unwrap();
    }
    text.push_str("E: x");
    let traceback = find_traceback(&text).unwrap().traceback;
    let lines: Vec<_> =
        traceback.exceptions[0].frames.iter().filter_map(|frame| frame.line).collect();
    assert_eq!(lines, (941..=1000).rev().chain((1..=40).rev()).collect::<Vec<_>>());
    assert_eq!((traceback.frame_count(), traceback.truncated), (1000, true));

    let text = format!("{KEY_ERROR}{}", "é".repeat(MAX_MESSAGE_BYTES));
    let traceback = find_traceback(&text).unwrap().traceback;
    let message = traceback.exceptions[0].message.as_deref().unwrap();
    assert!(message.len() <= MAX_MESSAGE_BYTES && message.len() + 2 > MAX_MESSAGE_BYTES);
    assert!(traceback.truncated);

    let cause = format!(
        "{KEY_ERROR}\n\nThe above exception was the direct cause of the following exception:\n\n"
    );
    for (causes, truncated) in [(15, false), (40, true)] {
        let text = format!("{}{KEY_ERROR}", cause.repeat(causes));
        let traceback = find_traceback(&text).unwrap().traceback;
        assert_eq!((traceback.exceptions.len(), traceback.truncated), (MAX_EXCEPTIONS, truncated));
    }
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "",
    "\n\n\n",
    "Traceback",
    "Traceback (most recent call last)",
    "Traceback (most recent call last):",
    "Traceback (most recent call last):\n",
    "Traceback (most recent call last):\nKeyError: 'x'",
    "Traceback (most recent call last):\n    ...\nKeyError: 'x'",
    "Traceback (most recent call last):\n        ...\n    ValueError: x\n",
    "Traceback (most recent call last): see below\n  File \"a\", line 1, in b",
    "The text Traceback (most recent call last): is printed by Python.\nIt is followed by frames.",
    "Traceback (most recent call last):\n\n\n  Files: 3",
    "Exception Group Traceback (most recent call last):\n",
    "  + Exception Group Traceback (most recent call last):\n  | nothing",
    "  File \"a.py\", line 1, in b",
    "  File \"a.py\", line 1, in b\n    c()",
    "  File \"a.py\", line 1\n    x = = 1\n        ^",
    "  File \"a.py\", line 1, in b\nwas changed",
    "  File \"a.py\", line 1, in b\nnote: see above",
    "  File \"a.py\", line 1\n    x\nsize: 3",
    "File \"a.py\", line 1, in b\nFile \"a.py\", line 2, in c\nKeyError: x",
    "    File \"a.py\", line 1, in b\n    File \"a.py\", line 2, in c\n",
    "  File \"a.csv\" was uploaded\n  File \"b.csv\" was uploaded\n",
    "  File \"a.csv\", line 3: bad date\n  File \"a.csv\", line 4: bad date\n",
    "  File \"a.csv\", lines 3, in all\n  File \"b.csv\", lines 4, in all\n",
    "Stack (most recent call last):\n  File \"a\", line 1, in b\n    c()\n  File \"a\", line 2, in c\n    d()",
    "cache miss\nStack (most recent call last):\n  File \"a\", line 1, in b\n  File \"a\", line 2, in c\nKeyError: x",
    "Call stack:\n  File \"a\", line 1, in b\n  File \"a\", line 2, in c\nMessage: 'x'\nArguments: ()",
    "Object allocated at (most recent call last):\n  File \"a.py\", lineno 5\n    x = open()\n",
    "Object created at (most recent call last):\n  File \"a\", line 1, in b\n    c()\n  File \"a\", line 2, in c\n",
    "Thread 0x00007f01 (most recent call first):\n  File \"a\", line 1 in b\n  File \"a\", line 2 in c\n",
    "Timeout (0:00:05)!\nThread 0x00007f01 (most recent call first):\n  File \"a\", line 1 in b\n  File \"a\", line 2 in c\n",
    "Stack for <Task pending name='Task-1'> (most recent call last):\n  File \"a\", line 1, in b\n  File \"a\", line 2, in c\n",
    "The above exception was the direct cause of the following exception:\n\nnothing",
    "KeyError: x\n\nDuring handling of the above exception, another exception occurred:\n\nKeyError: y",
    "KeyError: x\n\nDuring handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\nKeyError: y",
    "multiprocessing.pool.RemoteTraceback: \n\"\"\"\nnothing\n\"\"\"",
    "multiprocessing.pool.RemoteTraceback: \n\"\"\"\nTraceback (most recent call last):\nE: x\n\"\"\"",
    "Fatal Python error: Aborted",
    "Fatal Python error: Aborted\n\nCurrent thread 0x01 (most recent call first):\n  <no Python frame>",
    "Fatal Python error: Aborted\nplease read\nCurrent thread 0x01 (most recent call first):\n  File \"a\", line 1 in b",
    "[ERROR] KeyError: 'x'",
    "[ERROR] KeyError: 'x'\nTraceback",
    "KeyError: 'x'",
    "Error: no such file\nError: no such host",
    "ValueError: x\n  at line 3\n  at line 4",
    "meeting at 10:30 in room 3\n  at 11:00 in room 4",
    "SELECT * FROM files\n  WHERE line = 1 AND file IN ('a', 'b')\n",
    "File \"report.pdf\" opened by ann\nKeyError: none",
    "error:\n  file: \"a.py\"\n  line: 1\n  in: b\n",
    "<a href=\"x\">File \"a.py\", line 1, in b</a>",
    "print('  File \"a.py\", line 1, in b')",
    "msg=\"  File \\\"a.py\\\", line 1, in b\" n=1",
    "{\"help\": \"Traceback (most recent call last):\\nis what Python prints\"}",
    "/app/a.py:3: DeprecationWarning: File \"b\" is old\n  import b",
    "> /app/a.py(3)f()\n-> File \"x\"",
    "**********************************************************************\nFile \"a.py\", line 3, in __main__.f\nFailed example:\n    f(1)\nExpected:\n    2\nGot:\n    1\n",
    "a.py:3: error: Name \"File \"x\"\" is not defined  [name-defined]",
    "   1 | File \"x\", line 1, in y\n   2 | File \"x\", line 2, in y\n     | ^^^^",
    "  + File \"a\", line 1, in b\n  - File \"a\", line 2, in b\n",
    "  | a | File \"b\" |\n  +---+----------+\n  | 1 | 2        |\n  +---+----------+\n",
    "Traceback (most recent call last):\n\t2: from a.rb:9:in `<main>'\n\t1: from a.rb:5:in `f'\na.rb:2:in `g': x (KeyError)",
];

/// Those of them that are a traceback of another language.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str)] = &[
    ("Traceback (most recent call last):\n\t2: from a.rb:9:in `<main>'\n\t1: from a.rb:5:in `f'\na.rb:2:in `g': x (KeyError)", "ruby"),
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, ELSEWHERE);
}

/// Each kind of line, repeated by somebody who wishes us ill.
#[test]
fn hostile_text_costs_what_its_size_costs() {
    let head = "Traceback (most recent call last):\n";
    let frame = "  File \"x\", line 1, in f\n";
    let group =
        "  + Exception Group Traceback (most recent call last):\n  |   File \"x\", line 1, in f\n";
    let context = "\nDuring handling of the above exception, another exception occurred:\n\n";
    let opening = "  +-+---------------- 1 ----------------\n";
    let all = |start: &str, unit: &str| (start.to_owned(), unit.to_owned());
    let mut cases = vec![
        all("", frame),
        all("", head),
        all(head, "  | \n"),
        all(group, "  | \n"),
        all(&format!("{group}  | E: x\n"), opening),
        all(&format!("{group}  | E: x\n{opening}"), "    | E: x\nx\n"),
        all(&format!("{group}  | E: x\n{opening}    | E: x\n"), "x\n"),
        all(
            &format!("{group}  | E: x\n{opening}"),
            "    | E: x\n    +---------------- 1 ----------------\n",
        ),
        all("", &format!("{head}{frame}")),
        all("", &format!("{head}E: x\n")),
        all("", &format!("{head}{frame}E: x\n{context}")),
        all("", &format!("E: x\n{context}")),
        all("", &format!("E: x\n{context}{head}")),
        all("", &format!("E: x\n{context}{head}E: x\n")),
        all("", "a.RemoteTraceback:\n\"\"\"\n"),
        all("", &format!("a.RemoteTraceback:\n\"\"\"\n{head}")),
        all("", &format!("a.RemoteTraceback:\n\"\"\"\n{head}{frame}")),
        all("", &format!("Stack (most recent call last):\n{frame}")),
        all("Stack (most recent call last):\n", frame),
        all("", &format!("{frame}foo: bar\n")),
        all(frame, "Fatal Python error: x\n"),
        all(frame, "Fatal Python error: x\n\nThread 0x1\n"),
        all(frame, "[ERROR] E: x\n"),
        all("", &format!("[ERROR] E: x\n{head}\n")),
        all("", &format!("\u{a0}\u{a0}\x1b[0{head}")),
        all("", &format!("{head}\\n\x1b[0\\\"").replace('\n', "")),
        all("File \"", "\\n"),
        all(&format!("{head}{frame}E: "), "x\n\n"),
    ];
    cases.push((format!("{}{head}", "x".repeat(1 << 10)), "x\n".repeat(100)));
    for (start, unit) in cases {
        costs_what_its_size_costs(&start, &unit, Duration::from_millis(20));
    }
}

/// Lines from which the grammar is made.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "Traceback (most recent call last):", "  File \"a\", line 1, in b", "    c()", "    ^^^", "E: x", "E", "",
    "  + Exception Group Traceback (most recent call last):", "  |   File \"a\", line 1, in b", "  | E: x",
    "  +-+---------------- 1 ----------------", "    | E: x", "    +---------------- 2 ----------------",
    "    +------------------------------------", "    | Traceback (most recent call last):",
    "    |   File \"a\", line 1, in b", "    | ", "    +-+---------------- 1 ----------------",
    "The above exception was the direct cause of the following exception:",
    "During handling of the above exception, another exception occurred:",
    "    | During handling of the above exception, another exception occurred:",
    "a.RemoteTraceback:", "\"\"\"", "[ERROR] E: x", "Fatal Python error: x",
    "Current thread 0x1 (most recent call first):", "  File \"a\", line 1 in b",
    "  [Previous line repeated 3 more times]", "  [Previous line repeated 18446744073709551615 more times]",
    "Stack (most recent call last):", "2020-05-11 14:44:44 x", "\u{a0}\u{a0}File \"a\", line 1, in b", "é: ü",
];

proptest! {
    #[test]
    fn any_arrangement_is_consistent(
        lines in prop::collection::vec(prop::sample::select(PARTS), 0..24),
        newline in prop::sample::select(&["\n", "\r\n", "\\n", "\r", "\nweb | "][..]),
    ) {
        let text = lines.join(newline);
        is_consistent(&text);
        if let Some(found) = find_traceback(&text) {
            // Nothing but the span is needed to find the same again.
            let again = text.get(found.span.clone()).and_then(find_traceback);
            if newline == "\n" && !found.traceback.truncated {
                prop_assert_eq!(again.map(|found| found.traceback), Some(found.traceback));
            }
        }
    }

    #[test]
    fn any_text_is_survived(text in r#"(File "|Traceback \(most recent call last\):|\PC|[ \n\r\\"|+-]){0,60}"#) {
        if let Some(found) = find_traceback(&text) {
            prop_assert!(text.get(found.span).is_some());
        }
    }
}
