//! Java: what real programs printed when they failed, the texts around it, and texts that only
//! look like it.
//!
//! `tests/tracebacks/java` holds for each program `NAME.java` what it wrote to standard error
//! under Java 17, `NAME.txt`, and what its source says must be found, `NAME.json`.

#[path = "tracebacks/replay.rs"]
mod replay;

use std::borrow::Cow;
use std::fmt::Write as _;
use std::time::Duration;

use nozzle::traceback::{MAX_EXCEPTIONS, MAX_MESSAGE_BYTES, find_traceback};
use proptest::prelude::*;
use replay::{
    Programs, brief, costs_what_its_size_costs, fingerprint, holds_no_traceback, is_consistent,
    span,
};

#[test]
fn real_programs() {
    Programs { always: &["module", "function"], ..Programs::of("java", 40) }.replay();
}

const MAIL: &str = "mail.SendException: to bob\n\tat mail.Sender.send(Sender.java:55)\n\t\
                    at mail.Main.main(Main.java:19)\n\
                    Caused by: java.io.IOException: refused\n\tat mail.Conn.open(Conn.java:7)\n\t\
                    ... 2 more";
const EXPECTED: &str = "root mail.SendException: to bob [send main]; \
                        cause0 java.io.IOException: refused [open send main]; .";

#[test]
fn normal_text_is_borrowed() {
    let found = find_traceback(MAIL).unwrap();
    let exception = &found.traceback.exceptions[0];
    assert!(matches!(exception.exception_type, Some(Cow::Borrowed(_))));
    assert!(matches!(exception.message, Some(Cow::Borrowed("to bob"))));
    let frame = &exception.frames[0];
    for part in [&frame.file, &frame.function, &frame.module] {
        assert!(matches!(part, Some(Cow::Borrowed(_))));
    }
    assert_eq!(found.traceback.culprit().unwrap(), "mail.Sender in send");
}

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot send\n", "\n\n\n"),
        ("2024-05-04 08:00:01,123 ERROR [main] o.m.Sender - ", "\n2024-05-04 08:00:02 INFO x"),
        ("2024-05-04 08:00:01 ERROR o.m.Sender - send failed\n", "\nINFO:root:next"),
        ("08:00:01.123 [main] ERROR mail.Sender: send failed\n", "\n08:00:02.001 [main] INFO x"),
        ("com.example.OrderService: order failed\n", ""),
        ("java.io.IOException: before\n\n", ""),
        ("send failed: ", "\nnext line of the log"),
        ("mail.SendException: to bob\n", ""),
        ("[ERROR] send failed: mail.SendException: to bob\n", "\n\njava.lang.Error: next"),
        ("May 04, 2024 8:00:01 AM mail.Sender send\nSEVERE: send failed\n", ""),
        ("", "\njava.lang.IllegalStateException: b\n\tat a.B.c(B.java:1)"),
        ("", "\nException in thread \"x\" java.lang.Error: b\n\tat a.B.c(B.java:1)"),
        (
            "",
            "\n\"main\" #1 prio=5 tid=0x1\n   java.lang.Thread.State: RUNNABLE\n\tat a.B.c(B.java:1)",
        ),
        ("to bob: mail.SendException\n", ""),
    ] {
        let text = format!("{before}{MAIL}{after}");
        assert_eq!(brief(&text), EXPECTED, "{text}");
        assert_eq!(span(&text), MAIL, "{text}");
    }
    let uncaught = format!("Exception in thread \"pool-1 \"a\" b\" {MAIL}");
    let text = format!("web: {uncaught}\n");
    assert_eq!((brief(&text).as_str(), span(&text)), (EXPECTED, uncaught.as_str()));
}

#[test]
fn other_forms_of_lines() {
    let escaped = MAIL.replace('\n', "\\n").replace('\t', "\\t");
    for text in [
        MAIL.replace('\n', "\r\n"),
        MAIL.replace('\n', "\r"),
        MAIL.replace('\t', "    "),
        MAIL.replace('\n', "\n\n"),
        escaped.clone(),
        format!("level=error exc=\"{escaped}\" user=7"),
        MAIL.replace("mail.SendException", "\x1b[31mmail.SendException\x1b[0m"),
        MAIL.replace('\n', "|"),
        format!("2024-05-04 ERROR a|b {}|", MAIL.replace('\n', "|")),
        MAIL.replace('\n', "#"),
        MAIL.replace("\tat ", "\tat app//").replace("app//mail.Main", "mail@1.0/mail.Main"),
        MAIL.replace(":55)", ":55) ~[mail-2.1.jar:2.1]").replace(":7)", ":7) [classes/:na]"),
        MAIL.lines().fold(String::new(), |text, line| text + "web_1  | " + line + "\n"),
        MAIL.lines().fold("Got:\n".to_owned(), |text, line| text + "    " + line + "\n"),
        MAIL.lines().fold("x\n".to_owned(), |text, line| text + "E/Android( 12): " + line + "\n"),
        MAIL.lines().enumerate().fold("x\n".to_owned(), |text, (n, line)| {
            format!("{text}2024-05-04T08:00:01.{n:03}Z stderr F {line}\n")
        }),
    ] {
        assert_eq!(brief(&text), EXPECTED, "{text:?}");
    }
}

#[test]
fn span_of_one_line() {
    let text = format!("2024-05-04 ERROR send failed {}|", MAIL.replace('\n', "|"));
    assert!(text.ends_with(span(&text)));
    assert!(span(&text).starts_with("mail.SendException: to bob|\tat "));
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        // The end is missing.
        ("a.BException: x\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.ja", "root a.BException: x [c]; …"),
        ("a.BException: x\n\tat a.B.c(B.java:1)\n\tat", "root a.BException: x [c]; …"),
        (
            "a.BException: x\n\tat a.B.c(B.java:1)\nCaused by: c.DEx",
            "root a.BException: x [c]; cause0 ?: - []; …",
        ),
        (
            "a.BException: x\n\tat a.B.c(B.java:1)\nCaused by: c.DException",
            "root a.BException: x [c]; cause0 c.DException: - []; .",
        ),
        (
            "a.BException: x\n\tat a.B.c(B.java:1)\nCaused by: c.D: y\n\tat c.D.e(D.java:1)\n\t... 9 more",
            "root a.BException: x [c]; cause0 c.D: y [e c]; …",
        ),
        // The head is missing.
        ("tException: x\n\tat a.B.c(B.java:1)", "nothing"),
        ("\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)", "root ?: - [c d]; …"),
        (
            "a.B.b(B.java:9)\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)",
            "root ?: a.B.b(B.java:9) [c d]; .",
        ),
        (
            "\tat a.B.c(B.java:1)\nCaused by: d.E: x\n\tat d.E.f(E.java:2)\n\t... 1 more",
            "root ?: - [c]; cause0 d.E: x [f c]; …",
        ),
        ("\t... 3 more\nCaused by: d.E: x\n\tat d.E.f(E.java:2)", "root d.E: x [f]; …"),
        (
            "2024-05-04 08:00:01 ERROR x\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)",
            "root ?: - [c d]; …",
        ),
        // Frames were left out.
        (
            "a.BException\n\tat a.B.c(B.java:1)\n\t... suppressed 5 lines\n\tat a.B.d(B.java:1)",
            "root a.BException: - [c d]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn messages() {
    let frames = "\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)";
    for message in [
        "x\n\n  y\nz",
        "failed; nested exception is java.io.IOException: refused",
        "failed; nested exception is: \n\tjava.io.IOException: refused",
        "remote:\n\tat r.R.s(R.java:1)\n\tat r.R.t(R.java:2)\nend of remote",
        "2 errors:\njava.io.IOException: a\njava.lang.Error: b",
        "password [REDACTED:password] for {user=[REDACTED:name]}",
        "ORA-00942: table or view does not exist\n\nhttps://docs.oracle.com/error-help/db/ora-00942/",
        "at a.B.c",
        "Caused by",
    ] {
        let text = format!("a.BException: {message}\n{frames}\nnext");
        assert_eq!(brief(&text), format!("root a.BException: {message} [c d]; ."), "{text}");
    }
    // Frames after an elision belong to nothing that was read.
    let text = format!("a.BException: x\n{frames}\n\t... 1 more\nso odd\n{frames}");
    assert_eq!(span(&text).lines().count(), 4);
}

#[test]
fn chains() {
    let table = [
        (
            "a.B: x\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n\t[CIRCULAR REFERENCE:a.B: x]",
            "root a.B: x [c d]; .",
        ),
        ("Wrapped", "nothing"),
        (
            "r.RException: r\n\tat r.R.r(R.java:1)\n\t... 2 common frames omitted\n\
             Wrapped by: m.MException: m\n\tat m.M.m(M.java:1)\n\t... 1 common frames omitted\n\
             Wrapped by: o.OException: o\n\tat o.O.o(O.java:1)\n\tat o.O.p(O.java:2)",
            "root o.OException: o [o p]; cause0 m.MException: m [m p]; cause1 r.RException: r [r m p]; .",
        ),
        (
            "a.BException: x\n\tat a.B.c(B.java:1)\nCaused by: so odd: 3 of 4\n\tat a.B.d(B.java:2)",
            "root a.BException: x [c]; cause0 ?: so odd: 3 of 4 [d]; .",
        ),
        (
            "a.BException: x\n\tat a.B.c(B.java:1)\nCaused by: bad weather, as they say",
            "root a.BException: x [c]; .",
        ),
        (
            "a.BException: x\n\tat a.B.c(B.java:1)\nCaused by: d.E: y\nlog goes on\n2024-05-04 08:00:01 x\n\tat f.G.h(G.java:1)",
            "root a.BException: x [c]; cause0 d.E: y []; .",
        ),
        (
            "r.ErrorException: x\nCaused by: a.BException: x\n\tat a.B.c(B.java:1)\n\tSuppressed: r.OnAssembly: \nError has been observed at:\n\t*__checkpoint a.B#c()\nOriginal Stack Trace:\n\t\tat a.B.c(B.java:1)",
            "root r.ErrorException: x []; cause0 a.BException: x [c]; suppressed1 r.OnAssembly: Error has been observed at:\n\t*__checkpoint a.B#c()\nOriginal Stack Trace: [c]; .",
        ),
        (
            "ERROR [2024-05-04 08:00:01,123] a.B: failed\n! a.BException: x\n! at a.B.c(B.java:1)\n! Causing: d.EException: y\n! at d.E.f(E.java:1)",
            "root d.EException: y [f]; cause0 a.BException: x [c]; .",
        ),
        (
            "kotlin.KotlinNullPointerException\n\tat a.MainKt.f(Main.kt:3)\n\t(Coroutine boundary)\n\tat a.MainKt.main(Main.kt)",
            "root kotlin.KotlinNullPointerException: - [f main]; .",
        ),
        (
            "scala.MatchError: 3 (of class java.lang.Integer)\n\tat a.Main$.$anonfun$f$1(Main.scala:3)\n\tat a.Main.main(Main.scala)",
            "root scala.MatchError: 3 (of class java.lang.Integer) [$anonfun$f$1 main]; .",
        ),
        (
            "org.x.AssertionFailedError: no\n\tat a.ShopTest.buys two, sells one(ShopTest.kt:3)",
            "root org.x.AssertionFailedError: no [buys two, sells one]; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn caps() {
    let mut text = "a.BException: x\n".to_owned();
    for line in 1..=1000 {
        writeln!(text, "\tat a.B.c(B.java:{line})").unwrap();
    }
    text.push_str("Caused by: d.E: y\n\tat d.E.f(E.java:1)\n\t... 50 more\n");
    let traceback = find_traceback(&text).unwrap().traceback;
    let lines: Vec<_> =
        traceback.exceptions[0].frames.iter().filter_map(|frame| frame.line).collect();
    assert_eq!(lines, (1..=60).chain(961..=1000).collect::<Vec<_>>());
    assert_eq!((traceback.frame_count(), traceback.truncated), (1051, true));

    let text = format!("a.BException: {}\n\tat a.B.c(B.java:1)", "é".repeat(MAX_MESSAGE_BYTES));
    let traceback = find_traceback(&text).unwrap().traceback;
    assert_eq!(traceback.exceptions[0].message.as_deref().unwrap().len(), MAX_MESSAGE_BYTES);
    assert!(traceback.truncated);

    let cause = "\nCaused by: a.B: x\n\tat a.B.c(B.java:1)";
    for (causes, truncated) in [(15, false), (40, true)] {
        let text = format!("a.BException\n\tat a.B.c(B.java:1){}", cause.repeat(causes));
        let traceback = find_traceback(&text).unwrap().traceback;
        assert_eq!((traceback.exceptions.len(), traceback.truncated), (MAX_EXCEPTIONS, truncated));
    }
}

#[test]
fn fingerprints() {
    let trace = "shop.BuyException: item 7\n\tat shop.Cart.lambda$buy$0(Cart.java:3)\n\t\
                 at shop.Cart$$Lambda$14/0x0000000800066840.run(Unknown Source)\n\t\
                 at java.base/java.lang.Thread.run(Thread.java:840)";
    for (from, to) in [
        ("item 7", "item 9\nof 3"),
        ("Cart.java:3", "Cart.java:30"),
        ("lambda$buy$0", "lambda$buy$4"),
        ("$$Lambda$14/0x0000000800066840", "$$Lambda/0x00007f4060000a08"),
        ("java.base/", ""),
        (
            "java.base/java.lang.Thread.run(Thread.java:840)",
            "java.base/a.B.c(B.java:1)".trim_start_matches("java.base/a.B.c(B.java:1)"),
        ),
        (":3)", ":3) ~[shop-2.jar:2]"),
    ] {
        assert_eq!(fingerprint(&trace.replace(from, to)), fingerprint(trace), "{from}");
    }
    for (from, to) in [
        ("BuyException", "SellException"),
        ("shop.Cart.lambda$buy$0", "shop.Cart.lambda$sell$0"),
        ("shop.Cart.lambda", "shop.Basket.lambda"),
        ("\n\tat java.base", "\nCaused by: a.B\n\tat java.base"),
    ] {
        assert_ne!(fingerprint(&trace.replace(from, to)), fingerprint(trace), "{from}");
    }
}

/// Texts that look like Java's traces and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "Exception in thread \"main\"",
    "Exception in thread \"main\" java.lang.IllegalStateException: boom",
    "java.lang.IllegalStateException: boom",
    "java.lang.IllegalStateException: boom\nCaused by: java.io.IOException: x",
    "Caused by: java.io.IOException: x",
    "Caused by: rain\nSuppressed: the crowd\n... 3 more",
    "\t... 12 more",
    "\tat java.util.List.get(List.java:3)",
    "at java.util.List.get(List.java:3)",
    "order failed\n\tat shop.Cart.buy(Cart.java:3)",
    "see shop.Cart.buy(Cart.java:3) and shop.Cart.sell(Cart.java:9)",
    "shop.Cart.buy(Cart.java:3)\nshop.Cart.sell(Cart.java:9)",
    "com.example.OrderService: started\n\tat com.example.Main.main(Main.java:3)",
    "Error: A JNI error has occurred, please check your installation\n\tat last",
    "\"main\" #1 prio=5 os_prio=0 tid=0x00007f nid=0x1 waiting on condition [0x00007f]\n   java.lang.Thread.State: TIMED_WAITING (sleeping)\n\tat java.lang.Thread.sleep(Native Method)\n\tat shop.Main.main(Main.java:3)",
    "\"main\" #1 prio=5\n   java.lang.Thread.State: BLOCKED (on object monitor)\n\tat a.B.c(B.java:1)\n\t- waiting to lock <0x1> (a java.lang.Object)\n\tat a.B.d(B.java:2)\n\tat a.B.e(B.java:3)\n\n\"x\" #2 daemon prio=9\n   java.lang.Thread.State: RUNNABLE\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)",
    "\"main\" Id=1 RUNNABLE\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)\n\t...\n",
    "Full thread dump OpenJDK 64-Bit Server VM (17.0.15+6 mixed mode):\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)",
    "Stack trace of the holder:\n\tat a.B.c(B.java:1)\n\tat a.B.d(B.java:2)",
    "meeting at 10:30 in room 3\n\tat 11:00 in room 4\n\tat noon (12:00)",
    "\tat home.\n\tat work.\n\tat sea.",
    "\tat a.b(c)\n\tat d.e(f)",
    "\tat a.b(c:1)\n\tat d.e(f:2)",
    "src/Cart.java:3: error: cannot find symbol\n    buy();\n    ^\n  symbol: method buy()\n1 error",
    "[ERROR] /app/src/Cart.java:[3,5] cannot find symbol",
    "[ERROR]   CartTest.buys:12 expected:<1> but was:<2>",
    "Cart.java:3\nCart.java:9\nMain.kt:4",
    "    at Object.<anonymous> (/app/a.js:3:4)\n    at node.js:1:2",
    "  at line 3\n  at line 4",
    "SELECT a.b.c FROM d\n\tat e.f(g.java:1) x",
    "<init>(Cart.java:3)\n<clinit>(Cart.java:1)",
    "diff --git a/Cart.java b/Cart.java\n@@ -1,3 +1,3 @@\n-\tbuy(Cart.java:3)\n+\tat(Cart.java:3)",
    "caused by: java.io.IOException: x\n at a.b",
    "java.lang.Exception is thrown by a.B.c(B.java:1)\n\tand a.B.d(B.java:2)",
    "throws: java.io.IOException\n\tin a.B.c(B.java:1)\n\tin a.B.d(B.java:2)",
    "msg=\"\\tat a.B.c(B.java:1)\" n=1",
    "{\"stack\": \"\\tat a.B.c\"}",
    "|\tat a|\tat b|",
    "| method | place |\n|---|---|\n| a.B.c | (B.java:1) |\n| a.B.d | (B.java:2) |",
    "- a.B.c(B.java:1)\n- a.B.d(B.java:2)",
    "#1 a.B.c(B.java:1)\n#2 a.B.d(B.java:2)",
    "\tat\n\tat\n\tat",
    "\tat .(.java:1)\n\tat .(.java:2)",
    "\tat a.B.c(B.java:1\n\tat a.B.d(B.java:2",
    "LEAK: ByteBuf.release() was not called.\nRecent access records: \n#1:\n\tio.netty.buffer.A.b(A.java:1)\n\tio.netty.buffer.A.c(A.java:2)",
    "Exception: java.lang.StackOverflowError thrown from the UncaughtExceptionHandler in thread \"main\"",
    "com.sun.Foo\n\tat the end of the day\n\tat all",
    "- locked <0x1> (a java.lang.Object)\n- locked <0x2> (a a.B.c(B.java:1))",
    "Test failed: expected\n\tat least 3 items (Cart.java:3)\n\tat most 5 items (Cart.java:9)",
    "listening\tat host.example.com(10.0.0.1:80)\n\tat host.example.com(10.0.0.2:80)",
];

/// Those of them that are a traceback of another language.
#[rustfmt::skip]
const ELSEWHERE: &[(&str, &str)] = &[
    ("    at Object.<anonymous> (/app/a.js:3:4)\n    at node.js:1:2", "javascript"),
];

#[test]
fn benign_texts() {
    assert!(BENIGN.len() >= 50);
    holds_no_traceback(BENIGN, ELSEWHERE);
}

/// Each kind of line, repeated by somebody who wishes us ill.
#[test]
fn hostile_text_costs_what_its_size_costs() {
    let (head, frame) = ("a.BException: x\n", "\tat a.B.c(B.java:1)\n");
    let began = format!("{head}{frame}");
    let cases: &[(&str, &str)] = &[
        ("", frame),
        ("", head),
        (head, "x\n"),
        (head, "\n"),
        (&began, "x\n"),
        (&began, "\n"),
        (&began, "x\n\tat a.B.c(B.java:1)\n"),
        (&began, "Caused by: a.B: x\n"),
        (&began, "Caused by: a.B: x\n\tat a.B.c(B.java:1)\n\t... 1 more\n"),
        (&began, "Wrapped by: a.B: x\n\tat a.B.c(B.java:1)\n\t... 1 more\n"),
        (&began, "\tSuppressed: a.B: x\n"),
        (&began, "Caused by: x\n"),
        (&began, "Caused by: a.B: x\ny\n"),
        (&began, "\t... 1 more\n"),
        (&began, "\t[CIRCULAR REFERENCE: x]\n"),
        ("", "\tat a.B.c(B.java:1)\nx\n"),
        ("", "\tat a.B.c(B.java:1)\n2024-05-04 08:00:01 x\n"),
        ("", "\tat a.B.c(B.java:1)\n\n"),
        ("", "a.B: x\n\tat a.B.c(B.java:1)\n"),
        ("", "x:\n\tat a.B.c(B.java:1)\nstack:\n"),
        ("\tat ", "Exception in thread \"a\" "),
        ("\tat Exception in thread \"", "a\" "),
        ("\tat ", "java.lang.Exception: "),
        ("\tat ", "at "),
        ("\tat a.B.c(", "("),
        ("\tat a.B.c(B.java:1)", " [1]"),
        ("\tat ", "a."),
        ("a", "|\tat a.B.c(B.java:1)"),
        ("a", "|\tat "),
        ("x", "\tat a.B.c(B.java:1)\nx"),
        ("web | \tat a.B.c(B.java:1)\n", "web | \tat a.B.c(B.java:1)\nweb | x\n"),
        ("\tat x\n", "\"main\" prio=\n"),
    ];
    for (start, unit) in cases {
        costs_what_its_size_costs(start, unit, Duration::from_millis(20));
    }
    // Tabs that grow make suppressed exceptions of each other.
    let nested: String =
        (0..200).fold(began.clone(), |text, n| text + &"\t".repeat(n) + "Suppressed: a.B: x\n");
    costs_what_its_size_costs("", &nested, Duration::from_millis(20));
}

/// Lines from which the grammar is made.
#[rustfmt::skip]
const PARTS: &[&str] = &[
    "a.BException: x", "a.B: x", "a.B", "x", "", "so odd: 3", "\tat a.B.c(B.java:1)", "\tat d.E.f(Native Method) ~[e.jar:1]",
    "\t\tat a.B.c(B.java:1)", "at a.B.c(B.java:1)", "\tat a.B.", "\t... 1 more", "\t\t... 99999999999999999999 more",
    "\t... 18446744073709551615 more", "\t... 3 common frames omitted", "\t... suppressed 2 lines", "Caused by: c.D: y", "Caused by: odd",
    "\tCaused by: c.D: y", "\tSuppressed: c.D: y", "\t\tSuppressed: c.D", "Wrapped by: c.D: y", "Caused by: [CIRCULAR REFERENCE: a.B]",
    "Exception in thread \"a\" a.B: x", "2024-05-04 08:00:01 ERROR a.BException: x", "\"main\" #1 prio=5", "é: ü",
    "\tat a.B.c(B.java:1) [18446744073709551615 skipped]",
];

proptest! {
    #[test]
    fn any_arrangement_is_consistent(
        lines in prop::collection::vec(prop::sample::select(PARTS), 0..24),
        newline in prop::sample::select(&["\n", "\r\n", "\\n", "\r", "\nweb | ", "|"][..]),
    ) {
        is_consistent(&lines.join(newline));
    }

    #[test]
    fn any_text_is_survived(text in r#"(\tat |Caused by: |\.java:|\PC|[ \n\t\r\\"|().:-]){0,60}"#) {
        is_consistent(&text);
    }
}
