//! .NET and Mono: what real programs printed when they failed, the texts around it, and texts that
//! only look like it.
//!
//! `tests/tracebacks/dotnet` holds for each program `NAME.cs` what it wrote to standard error under
//! Mono 6.8, `NAME.txt`, and what its source says must be found, `NAME.json`. Mono compiled the
//! programs with lines and without inlining.

#[path = "tracebacks/replay.rs"]
mod replay;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::Duration;

use nozzle::traceback::{MAX_EXCEPTIONS, find_traceback};
use proptest::prelude::*;
use replay::{
    Programs, brief, costs_what_its_size_costs, fingerprint, holds_no_traceback, is_consistent,
    span,
};

#[test]
fn real_programs() {
    Programs { always: &["module", "function"], ..Programs::of("dotnet", 25) }.replay();
}

const MAIL: &str = "Mail.SendException: to bob\n ---> System.Net.Sockets.SocketException (111): \
                    Connection refused\n   at System.Net.Sockets.Socket.DoConnect(EndPoint e)\n   \
                    at Mail.Conn.Open(String host) in /src/Mail/Conn.cs:line 20\n   \
                    --- End of inner exception stack trace ---\n   \
                    at Mail.Sender.SendAsync(Message m) in /src/Mail/Sender.cs:line 44\n\
                    --- End of stack trace from previous location ---\n   \
                    at Mail.Program.Main(String[] args) in /src/Mail/Program.cs:line 8";
const EXPECTED: &str = "root Mail.SendException: to bob [SendAsync Main]; cause0 \
                        System.Net.Sockets.SocketException: Connection refused [DoConnect Open]; .";

#[test]
fn normal_text_is_borrowed() {
    let found = find_traceback(MAIL).unwrap();
    let exception = &found.traceback.exceptions[0];
    assert!(matches!(exception.exception_type, Some(Cow::Borrowed(_))));
    assert!(matches!(exception.message, Some(Cow::Borrowed("to bob"))));
    let frame = &exception.frames[0];
    assert_eq!(frame.file.as_deref(), Some("/src/Mail/Sender.cs"));
    assert_eq!(frame.line, Some(44));
    assert_eq!(frame.module.as_deref(), Some("Mail.Sender"));
    assert!(frame.in_app && !found.traceback.exceptions[1].frames[0].in_app);
    assert_eq!(found.traceback.culprit().unwrap(), "Mail.Sender in SendAsync");
}

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot send\n", "\n\n\n"),
        ("2024-05-04 08:00:01.123 +00:00 [ERR] send failed: ", "\n2024-05-04 08:00:02 [INF] x"),
        ("[08:00:01 ERR] send failed\n", "\n[08:00:02 INF] next"),
        ("fail: Mail.Sender[0]\n      send failed\n", "\ninfo: Mail.Sender[0]\n      next"),
        ("2024-05-04 08:00:01 ERROR Mail.Sender: send failed\n", "\nnext line of the log"),
        ("", "\nSystem.Exception: next\n   at A.B.C()"),
    ] {
        let text = format!("{before}{MAIL}{after}");
        assert_eq!(brief(&text), EXPECTED, "{text}");
        assert_eq!(span(&text), MAIL, "{text}");
    }
    for announcement in ["Unhandled exception. ", "Unhandled Exception: ", "Unhandled Exception:\n"]
    {
        let unhandled = format!("{announcement}{MAIL}");
        let text = format!("starting\n{unhandled}\n");
        assert_eq!((brief(&text).as_str(), span(&text)), (EXPECTED, unhandled.as_str()));
    }
}

#[test]
fn other_forms_of_lines() {
    let escaped = MAIL.replace('\n', "\\n");
    for text in [
        MAIL.replace('\n', "\r\n"),
        MAIL.replace('\n', "\r"),
        escaped.clone(),
        format!("level=error exc=\"{escaped}\" user=7"),
        // Microsoft's JSON console up to .NET 7.
        MAIL.replace('\n', " "),
        format!("send failed: {}", MAIL.replace('\n', " ")),
        MAIL.replace("\n --->", " --->"),
        MAIL.replace("location ---", "location where exception was thrown ---"),
        MAIL.replace("Mail.SendException", "\x1b[31mMail.SendException\x1b[0m"),
        MAIL.replace("in /src/Mail/", "in C:\\src\\Mail box\\"),
        MAIL.lines().fold(String::new(), |text, line| text + "web_1  | " + line + "\n"),
        MAIL.lines().fold("fail: A[0]\n".to_owned(), |text, line| text + "      " + line + "\n"),
        MAIL.lines().enumerate().fold("x\n".to_owned(), |text, (n, line)| {
            format!("{text}2024-05-04T08:00:01.{n:03}Z stderr F {line}\n")
        }),
    ] {
        assert_eq!(brief(&text), EXPECTED, "{text:?}");
    }
}

#[test]
fn aggregates() {
    let table = [
        // .NET Core leaves out the first member, which is the inner exception.
        (
            "System.AggregateException: One or more errors occurred. (a) (b)\n ---> A.BException: a\n   \
             at A.B.C()\n   --- End of inner exception stack trace ---\n   at A.B.Main()\n ---> (Inner \
             Exception #1) C.DException: b\n ---> E.FException: f\n   at E.F.G()\n   --- End of inner \
             exception stack trace ---\n   at C.D.E()<---\n\nnext",
            "root System.AggregateException: One or more errors occurred. (a) (b) [Main]; \
             member0 A.BException: a [C]; member0 C.DException: b [E]; cause2 E.FException: f [G]; .",
        ),
        (
            "System.AggregateException: x (a) (b)\n ---> A.BException: a\n   --- End of inner \
             exception stack trace ---\n   at A.B.Main()\n ---> (Inner Exception #1) C.DException: b<---\n",
            "root System.AggregateException: x (a) (b) [Main]; member0 A.BException: a []; \
             member0 C.DException: b []; .",
        ),
        (
            "System.Exception: out\n ---> System.AggregateException: x (a) (b)\n ---> A.BException: a\n   \
             at A.B.C()\n   --- End of inner exception stack trace ---\n   at A.B.D()\n ---> (Inner \
             Exception #1) C.DException: b\n   at C.D.E()<---\n\n   --- End of inner exception stack \
             trace ---\n   at A.B.Main()",
            "root System.Exception: out [Main]; cause0 System.AggregateException: x (a) (b) [D]; \
             member1 A.BException: a [C]; member1 C.DException: b [E]; .",
        ),
        // The end is missing.
        (
            "System.AggregateException: x\n ---> A.BException: a\n   at A.B.C()\n   --- End of inner \
             exception stack trace ---\n   at A.B.D()\n ---> (Inner Exception #1) C.DException: b\n   at \
             C.D.E()",
            "root System.AggregateException: x [D]; member0 A.BException: a [C]; \
             member0 C.DException: b [E]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn details_and_messages() {
    let text = "Mail.StoreException: x\n ---> Microsoft.Data.SqlClient.SqlException (0x80131904): \
                Timeout\n ---> System.ComponentModel.Win32Exception (258): Unknown error 258\n   at \
                Microsoft.Data.SqlClient.TdsParser.Run()\nClientConnectionId:5f0c\nError \
                Number:-2,State:0,Class:11\n   --- End of inner exception stack trace ---\n   at \
                A.B.C()\n   --- End of inner exception stack trace ---\n   at A.B.D()";
    assert_eq!(
        brief(text),
        "root Mail.StoreException: x [D]; cause0 Microsoft.Data.SqlClient.SqlException: Timeout [C]; \
         cause1 System.ComponentModel.Win32Exception: Unknown error 258 [Run]; ."
    );
    for message in [
        "x\n\nthird\n  - at noon",
        "a ---> b",
        "see A.B: it failed\nat last",
        "password [REDACTED:password] of {user=[REDACTED:name]}",
        "Value cannot be null. (Parameter 'to')",
        "x\nParameter name: to\nActual value was 3.",
    ] {
        let text = format!("A.BException: {message}\n   at A.B.C()\nnext");
        assert_eq!(brief(&text), format!("root A.BException: {message} [C]; ."), "{text}");
    }
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        ("A.BException: x\n   at A.B.C()\n   at A.B.D(Str", "root A.BException: x [C]; …"),
        (
            "A.BException: x\n ---> C.DException: y\n   at C.D.E()",
            "root A.BException: x []; cause0 C.DException: y [E]; …",
        ),
        ("   at A.B.C()\n   at A.B.D() in /s/B.cs:line 3", "root ?: - [C D]; …"),
        (
            "   at A.B.C()\n   --- End of inner exception stack trace ---\n   at A.B.D()",
            "root ?: - [D]; cause0 ?: - [C]; …",
        ),
        (" ---> C.DException: y\n   at C.D.E()", "root C.DException: y [E]; …"),
        ("2024-05-04 08:00:01 ERROR x\n   at A.B.C()\n   at A.B.D()", "root ?: - [C D]; …"),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn caps() {
    let mut text = "A.BException: x\n".to_owned();
    for line in 1..=1000 {
        writeln!(text, "   at A.B.C() in /s/B.cs:line {line}").unwrap();
    }
    let traceback = find_traceback(&text).unwrap().traceback;
    let lines: Vec<_> =
        traceback.exceptions[0].frames.iter().filter_map(|frame| frame.line).collect();
    assert_eq!(lines, (1..=60).chain(961..=1000).collect::<Vec<_>>());
    assert_eq!((traceback.frame_count(), traceback.truncated), (1000, true));

    for (inner, truncated) in [(15, false), (40, true)] {
        let text = format!(
            "A.BException{}\n   at A.B.C()\n{}",
            "\n ---> A.BException: x".repeat(inner),
            "   --- End of inner exception stack trace ---\n   at A.B.C()\n".repeat(inner)
        );
        let traceback = find_traceback(&text).unwrap().traceback;
        assert_eq!((traceback.exceptions.len(), traceback.truncated), (MAX_EXCEPTIONS, truncated));
    }
}

#[test]
fn fingerprints() {
    let trace = "Shop.BuyException: item 7\n   at Shop.Cart.<>c__DisplayClass0_0.<Buy>b__0(Item i) \
                 in /src/Cart.cs:line 3\n   at System.Linq.Enumerable.ToList()\n   \
                 at Shop.Cart.<Buy>g__Check|2_0() in /src/Cart.cs:line 9";
    for (from, to) in [
        ("item 7", "item 9\nof 3"),
        ("line 3", "line 30"),
        ("in /src/Cart.cs:line 3", "in C:\\work\\Cart.cs:line 3"),
        ("DisplayClass0_0.<Buy>b__0", "DisplayClass4_1.<Buy>b__3"),
        ("|2_0", "|5_0"),
        ("   at System.Linq.Enumerable.ToList()\n", ""),
    ] {
        assert_eq!(fingerprint(&trace.replace(from, to)), fingerprint(trace), "{from}");
    }
    for (from, to) in [
        ("BuyException", "SellException"),
        ("<Buy>b__0", "<Sell>b__0"),
        ("Shop.Cart.<>c", "Shop.Basket.<>c"),
        ("__Check|", "__Count|"),
    ] {
        assert_ne!(fingerprint(&trace.replace(from, to)), fingerprint(trace), "{from}");
    }
}

/// Texts that look like .NET's tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "Unhandled exception.",
    "Unhandled exception. System.Exception: boom",
    "Unhandled Exception:\nSystem.Exception: boom",
    "System.Exception: boom",
    "System.Exception: boom ---> System.IO.IOException: x",
    "System.Exception: boom\n   --- End of inner exception stack trace ---",
    "--- End of inner exception stack trace ---",
    "--- End of stack trace from previous location ---",
    "   at A.B.C()",
    "order failed\n   at A.B.C()",
    "A.Order: started\n   at A.B.C()",
    "at A.B.C()\nat A.B.D()",
    "   at System.Environment.get_StackTrace()\n   at A.B.C()\n   at A.B.D()",
    "here\n   at System.Environment.get_StackTrace()\n   at A.B.C() in /s/B.cs:line 3\n   at A.B.D()",
    "Stack trace of the holder:\n   at A.B.C()\n   at A.B.D()",
    "  at line 3\n  at line 4",
    "  at 10:30 (Monday)\n  at 11:30 (Tuesday)",
    "  at the end of the day\n  at last",
    "  at home.\n  at work.",
    "   at work (Berlin)\n   at home (Paris)",
    "   at C()\n   at D()",
    "   at a.b.c\n   at a.b.d",
    "   at A.B.C() in room 3\n   at A.B.D() in room 4",
    "   at A.B.C() and\n   at A.B.D() or",
    "   at A.B.C(x: 1)\n   at A.B.D(y: 2)",
    "   at 10.0.0.1(x)\n   at 10.0.0.2(x)",
    "  at A.B (x) on Monday\n  at A.C (x) on Tuesday",
    "  at A.B (x)\n  at A.C (x)",
    "  at A.B () [here] in /s/B.cs:3\n  at A.C () [there] in /s/B.cs:4",
    "    at Object.<anonymous> (/app/a.js:3:4)\n    at Module._compile (node:internal/modules:1:2)",
    "    at foo (a.js:1:2)\n    at bar (a.js:2:3)",
    "error CS1002: ; expected\n   Program.cs(3,5)\n   at A.B",
    "Program.cs(3,5): error CS0103: The name 'x' does not exist in the current context",
    "warn: Microsoft.Hosting.Lifetime[0]\n      Application is shutting down...",
    "fail: A.B[0]\n      order failed",
    "SELECT * FROM A\n  at B.C(D) WHERE x",
    "---> next step\n---> last step",
    " ---> (Inner Exception #0) see below <---",
    "<--- back\n---> forth",
    "a ---> b ---> c",
    "inner exception: none\n  at A: 1\n  at B: 2",
    "  look at A.B.C()\n  look at A.B.D()",
    "   at A..B()\n   at .B()",
    "   at A.B.C(\n   at A.B.D(",
    "   at A.B.C)\n   at A.B.D)",
    "- at A.B.C()\n- at A.B.D()",
    "| at A.B.C() | x |\n| at A.B.D() | y |",
    "msg=\"  at A.B.C()\" n=1",
    "{\"at\": \"  at A.B\"}",
    "   at \"A.B.C()\"\n   at 'A.B.D()'",
    "prices look   at A.B (today) and so do   at A.C (tomorrow)",
    "server   at host.example.com(10.0.0.1)   up",
];

/// Those of them that are a traceback of another language.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str)] = &[
    ("    at Object.<anonymous> (/app/a.js:3:4)\n    at Module._compile (node:internal/modules:1:2)", "javascript"),
    ("    at foo (a.js:1:2)\n    at bar (a.js:2:3)", "javascript"),
];

#[test]
fn benign_texts() {
    assert!(BENIGN.len() >= 50);
    holds_no_traceback(BENIGN, ELSEWHERE);
}

/// Each kind of line, repeated by somebody who wishes us ill.
#[test]
fn hostile_text_costs_what_its_size_costs() {
    let (head, frame) = ("A.BException: x\n", "   at A.B.C()\n");
    let began = format!("{head}{frame}");
    let end = "   --- End of inner exception stack trace ---\n";
    let member = " ---> (Inner Exception #1) A.B: x\n";
    let cases: &[(&str, &str)] = &[
        ("", frame),
        ("", head),
        (head, "x\n"),
        (head, "\n"),
        (head, " ---> A.B: x\n"),
        (head, " ---> A.B: x\ny\n"),
        (&began, "x\n"),
        (&began, "\n"),
        (&began, end),
        (&began, "x\n   --- End of inner exception stack trace ---\n"),
        (&began, member),
        (&began, " ---> (Inner Exception #1) A.B: x\ny\n"),
        (&began, " ---> (Inner Exception #1) A.B: x\n   at A.B.C()<---\n\n"),
        (&began, " ---> (Inner Exception #1) A.B: x<---\n"),
        (&began, "<---\n"),
        ("", "   at A.B.C()\nx\n"),
        ("", "   at A.B.C()\n2024-05-04 08:00:01 x\n"),
        ("", "A.B: x\n   at A.B.C()\n"),
        ("", "A.BException: x\n2024-05-04 08:00:01 x\n   at A.B.C()\n"),
        ("", "   at System.Environment.get_StackTrace()\n"),
        ("  at A.B: x", " ---> "),
        ("A.BException: x", " ---> A.B: x"),
        ("A.BException: x ---> A.B: x\n   at A.B.C()\n", " ---> A.B: x"),
        ("   at ", "("),
        ("   at ", ") in "),
        ("   at A.B.C()", "<---"),
        ("   at ", "A."),
        ("   at ", "<["),
        ("x", "    at A.B.C()"),
        ("x", "   at "),
        ("web |   at A.B.C()\n", "web |   at A.B.C()\nweb | x\n"),
        ("   at ", "Unhandled exception. "),
    ];
    for (start, unit) in cases {
        costs_what_its_size_costs(start, unit, Duration::from_millis(20));
    }
}

/// Lines from which the grammar is made.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "A.BException: x", "A.B: x", "A.B", "x", "", "   at A.B.C()", "   at A.B.C() in /s/B.cs:line 3", "  at A.B.C () [0x0] in /s/B.cs:3 ",
    "   at A.B.C()<---", "   at A.B", "   --- End of inner exception stack trace ---", "--- End of stack trace from previous location ---",
    " ---> C.DException: y", " ---> odd", "---> (Inner Exception #0) C.DException: y", " ---> (Inner Exception #1) C.D: y<---", "<---",
    "A.AggregateException: x ---> C.D: y", "Unhandled exception. A.B: x", "Unhandled Exception:", "2024-05-04 08:00:01 ERROR A.BException: x",
    "fail: A.B[0]", "é: ü", "   at System.Environment.get_StackTrace()",
];

proptest! {
    #[test]
    fn any_arrangement_is_consistent(
        lines in prop::collection::vec(prop::sample::select(PARTS), 0..24),
        newline in prop::sample::select(&["\n", "\r\n", "\\n", "\r", "\nweb | ", " "][..]),
    ) {
        is_consistent(&lines.join(newline));
    }

    #[test]
    fn any_text_is_survived(text in r#"(   at |---> |<---|A\.B|\PC|[ \n\t\r\\"|().:-]){0,60}"#) {
        is_consistent(&text);
    }
}
