//! Dart's tracebacks. No runtime was run for these tests: the texts were composed by the grammars
//! that the SDK, Flutter and `package:stack_trace` document.

#![allow(clippy::format_collect, clippy::indexing_slicing, clippy::unwrap_used, missing_docs)]

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use nozzle::traceback::find_traceback;
use replay::{
    brief_with_modules as brief, costs_what_its_size_costs, fingerprint, holds_no_traceback,
    is_consistent, span,
};

const FORMAT: &str = "Unhandled exception:\n\
    FormatException: Invalid number (at character 1)\nx1\n^\n\n\
    #0      int._handleFormatError (dart:core-patch/integers_patch.dart:126:5)\n\
    #1      Inbox.count (package:mail/inbox.dart:12:7)\n\
    #2      main.<anonymous closure> (file:///srv/mail/bin/main.dart:3:5)\n\
    <asynchronous suspension>\n\
    #3      _rootRun (dart:async/zone.dart:1399:13)";

const EXPECTED: &str = "root FormatException: Invalid number (at character 1)\nx1\n^ \
    [int._handleFormatError Inbox.count main.<anonymous closure> _rootRun]; .";

#[test]
fn runtime() {
    let frame = "#0      main (package:mail/main.dart:3:5)";
    let table = [
        ("Exception: no box", "root Exception: no box [main]; ."),
        ("BoxException", "root BoxException: - [main]; ."),
        ("Bad state: No element", "root ?: Bad state: No element [main]; ."),
        ("Instance of 'Box'", "root Box: Instance of 'Box' [main]; ."),
        (
            "type 'int' is not a subtype of type 'String' in type cast",
            "root ?: type 'int' is not a subtype of type 'String' in type cast [main]; .",
        ),
        (
            "NoSuchMethodError: The getter 'length' was called on null.\nReceiver: null\n\
             Tried calling: length",
            "root NoSuchMethodError: The getter 'length' was called on null.\nReceiver: null\n\
             Tried calling: length [main]; .",
        ),
        (
            "FileSystemException: Cannot open file, path = 'a' (OS Error: No such file or \
             directory, errno = 2)",
            "root FileSystemException: Cannot open file, path = 'a' (OS Error: No such file or \
             directory, errno = 2) [main]; .",
        ),
        (
            "'package:mail/box.dart': Failed assertion: line 3 pos 10: 'n > 0': is not true.",
            "root ?: 'package:mail/box.dart': Failed assertion: line 3 pos 10: 'n > 0': is not \
             true. [main]; .",
        ),
        ("", "root ?: - [main]; ."),
    ];
    for (message, expected) in table {
        let text = format!("Unhandled exception:\n{message}\n{frame}\n");
        assert_eq!(brief(&text), expected, "{text}");
    }
}

#[test]
fn functions_and_places() {
    let text = "Unhandled exception:\nException: x\n\
        #0      new Box (package:mail/box.dart:3:5)\n\
        #1      Inbox.[]= (package:mail/inbox.dart:7)\n\
        #2      _Inbox&Object&Mixin.open (package:mail/a b.dart)\n\
        #3      <anonymous closure> (bin/main.dart:9:1)\n\
        #4      _delayEntrypointInvocation.<anonymous closure> (dart:isolate-patch/isolate_patch.dart:295:32)\n\
        #5      _RawReceivePort._handleMessage (dart:isolate)\n";
    let found = find_traceback(text).unwrap();
    let frames = &found.traceback.exceptions[0].frames;
    let shown: Vec<_> = frames
        .iter()
        .map(|it| {
            (it.function.as_deref().unwrap(), it.file.as_deref().unwrap(), it.line, it.column)
        })
        .collect();
    assert_eq!(
        shown,
        [
            ("new Box", "package:mail/box.dart", Some(3), Some(5)),
            ("Inbox.[]=", "package:mail/inbox.dart", Some(7), None),
            ("_Inbox&Object&Mixin.open", "package:mail/a b.dart", None, None),
            ("<anonymous closure>", "bin/main.dart", Some(9), Some(1)),
            (
                "_delayEntrypointInvocation.<anonymous closure>",
                "dart:isolate-patch/isolate_patch.dart",
                Some(295),
                Some(32)
            ),
            ("_RawReceivePort._handleMessage", "dart:isolate", None, None),
        ]
    );
    let in_app: Vec<_> = frames.iter().map(|frame| frame.in_app).collect();
    assert_eq!(in_app, [true, true, true, true, false, false]);
    let culprit = find_traceback(FORMAT).unwrap().traceback.culprit();
    assert_eq!(culprit.as_deref(), Some("package:mail/inbox.dart in Inbox.count"));
}

const WIDGETS: &str = "\
══╡ EXCEPTION CAUGHT BY WIDGETS LIBRARY ╞═══════════════════════════════════════
The following FormatException was thrown building Inbox(dirty, state: _InboxState#1a2b3):
Invalid date format
2024-13-01

The relevant error-causing widget was:
  Inbox Inbox:file:///srv/mail/lib/main.dart:12:7

When the exception was thrown, this was the stack:
#0      DateTime.parse (dart:core/date_time.dart:314:7)
#1      _InboxState.build (package:mail/inbox.dart:20:9)
#2      StatefulElement.build (package:flutter/src/widgets/framework.dart:5592:27)
...     Normal element mounting (12 frames)
#15     Element.inflateWidget (package:flutter/src/widgets/framework.dart:4335:16)
(elided 3 frames from dart:async)";

#[test]
fn flutter() {
    let expected = "root FormatException: Invalid date format\n2024-13-01 [DateTime.parse \
        _InboxState.build StatefulElement.build Element.inflateWidget]; .";
    for (before, after) in [
        (
            "",
            "\n\n════════════════════════════════════════════════════════════════════════════════\n",
        ),
        ("flutter: ready\n", "\nflutter: next"),
        ("", ""),
    ] {
        let text = format!("{before}{WIDGETS}{after}");
        assert_eq!(brief(&text), expected, "{text}");
        assert_eq!(span(&text), WIDGETS);
    }
    assert_eq!(find_traceback(WIDGETS).unwrap().traceback.exceptions[0].frame_count, 19);
    let each: String = WIDGETS.lines().map(|line| format!("I/flutter ( 4321): {line}\n")).collect();
    assert_eq!(brief(&each), expected, "{each}");

    let table = [
        (
            "[ERROR:flutter/runtime/dart_vm_initializer.cc(41)] Unhandled Exception: Exception: no \
             box\n#0      main (package:mail/main.dart:3:5)\n<asynchronous suspension>\n",
            "root Exception: no box [main]; .",
        ),
        (
            "E/flutter ( 4321): [ERROR:flutter/runtime/dart_vm_initializer.cc(41)] Unhandled \
             Exception: MissingPluginException: none\nE/flutter ( 4321): for box\nE/flutter ( 4321): #0      \
             main (package:mail/main.dart:3:5)\nE/flutter ( 4321): <asynchronous suspension>\nE/flutter \
             ( 4321): #1      f (package:mail/a.dart:1:1)\nE/flutter ( 4321): \n",
            "root MissingPluginException: none\nfor box [main f]; .",
        ),
        (
            "══╡ EXCEPTION CAUGHT BY WIDGETS LIBRARY ╞══════\nThe following _TypeError was thrown \
             building Inbox(dirty, dependencies:\n[MediaQuery], state: _InboxState#1a2b3):\nNull check \
             operator used on a null value\n\n#0      f (package:mail/a.dart:1:1)\n",
            "root _TypeError: Null check operator used on a null value [f]; .",
        ),
        (
            "══╡ EXCEPTION CAUGHT BY RENDERING LIBRARY ╞══════\nThe following assertion was thrown \
             during layout:\nA RenderFlex overflowed by 9 pixels on the right.\n\nWhen the exception was \
             thrown, this was the stack:\n#0      f (package:mail/a.dart:1:1)\n",
            "root ?: A RenderFlex overflowed by 9 pixels on the right. [f]; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn terse() {
    let text = "Unhandled exception:\nBoxException: damaged\n\
        package:mail/box.dart 12:7        Box.open\n\
        package:mail/inbox.dart 3         Inbox.open.<fn>\n\
        ===== asynchronous gap ===========================\n\
        dart:async                        _completeOnAsyncReturn\n\
        bin/main.dart 9:3                 main\n";
    let expected =
        "root BoxException: damaged [Box.open Inbox.open.<fn> _completeOnAsyncReturn main]; .";
    assert_eq!(brief(text), expected);
    assert_eq!(span(text), text.trim_end());
    let headless = text.split_once("damaged\n").unwrap().1;
    assert_eq!(
        brief(headless),
        "root ?: - [Box.open Inbox.open.<fn> _completeOnAsyncReturn main]; …"
    );
}

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot open\n", "\n\n"),
        ("2024-05-04 08:00:01 ERROR ", "\n2024-05-04 08:00:02 INFO next"),
        ("", "\nUnhandled exception:\nBoxError: x\n#0      f (package:a/b.dart:1:1)"),
        ("Unhandled exception:\ncut off\n", "\n"),
    ] {
        let text = format!("{before}{FORMAT}{after}");
        assert_eq!(brief(&text), EXPECTED, "{text}");
        assert_eq!(span(&text), FORMAT, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let each =
        |prefix: &str| FORMAT.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>();
    for text in [
        FORMAT.replace('\n', "\r\n"),
        FORMAT.replace('\n', "\\n"),
        format!("{{\"exc\": \"{}\"}}", FORMAT.replace('\n', "\\n")),
        each("web_1  | "),
        each("2020-05-11T14:44:44.123Z stderr F "),
    ] {
        assert_eq!(brief(&text), EXPECTED, "{text:?}");
    }
}

#[test]
fn loggers() {
    let frames = "#0      f (package:mail/a.dart:1:1)\n#1      main (bin/main.dart:2:2)\n";
    let table = [
        (
            "SEVERE: 2024-05-04 08:00:01.1: cannot send\nBoxException: damaged\n",
            "root BoxException: damaged",
        ),
        ("2024-05-04 08:00:01 ERROR BoxException: damaged\n", "root BoxException: damaged"),
    ];
    for (head, expected) in table {
        assert_eq!(brief(&format!("{head}{frames}")), format!("{expected} [f main]; ."), "{head}");
    }
}

#[test]
fn cut_heads() {
    let table = [
        (
            "#3      f (package:mail/a.dart:1:1)\n#4      main (bin/main.dart:2:2)\n",
            "root ?: - [f main]; …",
        ),
        (
            "something went wrong\n#0      f (package:mail/a.dart:1:1)\n<asynchronous suspension>\n\
             #1      main (bin/main.dart:2:2)\n",
            "root ?: - [f main]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn fingerprints_hold_no_places() {
    let with = |line: u32, message: &str| {
        fingerprint(&format!(
            "Unhandled exception:\nBoxException: {message}\n#0      f (package:mail/a.dart:{line}:1)\n"
        ))
    };
    assert_eq!(with(1, "box 1"), with(20, "box in"));
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "Unhandled exception:",
    "Unhandled exception:\nFormatException: bad",
    "Unhandled exception:\nFormatException: bad\nsee lib/a.dart:3:5",
    "Unhandled exception:\n#0 first\n#1 second (b.dart)x",
    "#0 first\n#1 second",
    "#0 first (of two)\n#1 second (of two)",
    "#1 fixed (see #2)\n#2 open (see a.dart)x",
    "#12 Crash in lib/a.dart\n#13 Crash in lib/b.dart",
    "Closes #12 (a.dart)",
    "- #0 read lib/main.dart\n- #1 read lib/b.dart",
    "#0      main (package:mail/main.dart:3:5)",
    "#0      main (package:mail/main.js:3:5)\n#1      f (package:mail/main.js:3:5)",
    "#0  main (argc=1) at a.c:3\n#1  f () at a.dart:3",
    "#0 0x0001 in main (a.out+0x1)\n#1 0x0002 in f (a.out+0x2)",
    "lib/a.dart:3:5: Error: Expected ';' after this.\nlib/a.dart:4:5: Error: again.",
    "lib/a.dart 3:5 main\nlib/b.dart 3:5 main",
    "lib/a.dart 12:7  main",
    "   info • Unused import • lib/a.dart:1:8 • unused_import\n   info • Dead code • lib/b.dart:1:8 • x",
    "lib/a.dart | 3 ++-\nlib/b.dart | 4 +++-",
    "M  lib/a.dart\nM  lib/b.dart",
    "lib/a.dart  12 kB\nx",
    "00:01 +3 -1: test/a_test.dart: sends",
    "<asynchronous suspension>\n<asynchronous suspension>",
    "===== asynchronous gap ===========================",
    "══╡ EXCEPTION CAUGHT BY WIDGETS LIBRARY ╞════\nThe following FormatException was thrown:\nx.dart",
    "══╡ NEWS ╞════",
    "Instance of 'Foo'",
    "FormatException: bad\nlib/a.dart",
    "flutter: see package:mail/a.dart",
    "(elided 3 frames from dart:async)",
    "Restarted application (a.dart) in 3ms",
    "Compiling (dart:core)\nCompiling (dart:async)",
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, &[]);
}

#[test]
fn parts_are_consistent() {
    for text in [FORMAT, WIDGETS] {
        for end in 0..=text.len() {
            is_consistent(text.get(..end).unwrap_or_default());
            is_consistent(text.get(end..).unwrap_or_default());
        }
    }
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "Unhandled exception:\n"),
        ("Unhandled exception:\n", "x\n"),
        ("", "Unhandled exception:\n#0 x (a.dart)x\n"),
        ("", "#0 x (a.dart)\nx\n"),
        ("", "#0 x (a.dart)\n"),
        ("", "a.dart 1:2  f\nx\n"),
        ("a.dart ", "  f"),
        ("#0 .dart", " ("),
        ("#0 .dart", "# ("),
        ("#0 .dart", ":1"),
        ("", "══╡ A ╞══\nThe following E was thrown x:\n.dart\n"),
        ("", "══╡ A ╞══\n\n#0 x (a.dart)x\n"),
        ("#0 x (a.dart)\n", "<asynchronous suspension>\n"),
        ("#0 x (a.dart)\n", "...  x (3 frames)\n"),
        ("", "BoxException: .dart\n"),
        ("", "web | #0 x (a.dart)\nx\n"),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}
