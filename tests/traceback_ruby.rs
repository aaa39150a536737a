//! Ruby's tracebacks: what real programs printed, what loggers make of them, and texts that only
//! look like them.

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
    Programs { before: Before::Trimmed, ..Programs::of("ruby", 55) }.replay();
}

const KEY_ERROR: &str = "/app/mail.rb:7:in `fetch': key not found: :to (KeyError)\n\
    \tfrom /app/mail.rb:7:in `block in deliver'\n\tfrom /app/mail.rb:12:in `<main>'";

#[test]
fn around() {
    let expected = "root KeyError: key not found: :to [fetch block in deliver <main>]; .";
    for (before, after) in [
        ("", "\n"),
        ("cannot deliver\n", "\n\n"),
        ("2024-05-04 08:00:01 ERROR ", "\n2024-05-04 08:00:02 INFO next"),
        (
            "#<Thread:0x0007f /app/mail.rb:3 run> terminated with exception (report_on_exception is true):\n",
            "",
        ),
        ("", "\n/app/mail.rb:7:in `fetch': key not found: :to (KeyError)\n\tfrom x.rb:1:in `f'"),
    ] {
        let text = format!("{before}{KEY_ERROR}{after}");
        assert_eq!(brief(&text), expected, "{text}");
        assert_eq!(span(&text), KEY_ERROR, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let expected = "root KeyError: key not found: :to [fetch block in deliver <main>]; .";
    let each = |prefix: &str| {
        KEY_ERROR.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>()
    };
    for text in [
        KEY_ERROR.replace('\n', "\r\n"),
        KEY_ERROR.replace('\n', "\\n").replace('\t', "\\t"),
        format!("{{\"exc\": \"{}\"}}", KEY_ERROR.replace('\n', "\\n").replace('\t', "\\t")),
        each("web_1  | "),
        each("2020-05-11T14:44:44.123Z stderr F "),
    ] {
        assert_eq!(brief(&text), expected, "{text:?}");
    }
}

#[test]
fn loggers() {
    let table = [
        (
            "ActiveRecord::RecordNotFound (Couldn't find Mail with 'id'=9):\n  \n\
             activerecord (7.1.3) lib/active_record/core.rb:253:in `find'\n\
             app/controllers/mails_controller.rb:11:in `show'",
            "root ActiveRecord::RecordNotFound: Couldn't find Mail with 'id'=9 [find show]; .",
        ),
        (
            "F, [2024-05-04T08:00:01.1 #7] FATAL -- : [ab-12]   \n\
             F, [2024-05-04T08:00:01.1 #7] FATAL -- : [ab-12] NoMethodError (undefined method):\n\
             F, [2024-05-04T08:00:01.1 #7] FATAL -- : [ab-12]   \n\
             F, [2024-05-04T08:00:01.1 #7] FATAL -- : [ab-12] app/a.rb:1:in `f'\n\
             F, [2024-05-04T08:00:01.1 #7] FATAL -- : [ab-12] app/b.rb:2:in `g'",
            "root NoMethodError: undefined method [f g]; .",
        ),
        (
            "ActionView::Template::Error (no such page):\n\nCauses:\nKeyError (key not found)\n\
             \x20   1: <h1>\n    2: <%= page %>\n  \napp/views/a.erb:2:in `page'\napp/a.rb:1:in `f'",
            "root ActionView::Template::Error: no such page [page f]; cause KeyError: key not found \
             []; .",
        ),
        (
            "ActiveRecord::StatementInvalid (PG::UndefinedColumn: ERROR\nLINE 1: SELECT x\n):\n\n\
             app/a.rb:1:in `f'",
            "root ActiveRecord::StatementInvalid: PG::UndefinedColumn: ERROR\nLINE 1: SELECT x [f]; .",
        ),
        (
            "2024-05-04T08:00:01.123Z pid=7 tid=ox1 WARN: Mail::Lost: it is gone\n\
             2024-05-04T08:00:01.123Z pid=7 tid=ox1 WARN: /app/a.rb:1:in 'Mail#send'\n/app/b.rb:2:in 'f'",
            "root Mail::Lost: it is gone [Mail#send]; .",
        ),
        (
            "rake aborted!\nRuntimeError: boom\n/app/Rakefile:2:in `block in <top (required)>'\n\n\
             Caused by:\nKeyError: no key\n/app/Rakefile:1:in `f'\n\nTasks: TOP => default\n",
            "root RuntimeError: boom [block in <top (required)>]; cause KeyError: no key [f]; .",
        ),
        (
            "Puma caught this error: no mail (Mail::Lost)\n/app/a.rb:1:in `f'\n/app/b.rb:1:in `g'",
            "root Mail::Lost: Puma caught this error: no mail [f g]; .",
        ),
        (
            "Rack app (\"GET /\" - (1.2.3.4)): #<RuntimeError: boom>\n/app/a.rb:1:in `f'",
            "root RuntimeError: boom [f]; .",
        ),
        (
            "E, [2024-05-04T08:00:01.1 #7] ERROR -- mail: two\nlines (KeyError)\n/app/a.rb:1:in `f'",
            "root KeyError: two\nlines [f]; .",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn cut_heads_and_tails() {
    let table = [
        ("iver'\n\tfrom a.rb:1:in `f'\n\tfrom a.rb:2:in `g'", "root ?: - [f g]; …"),
        ("a.rb:1:in `f'\na.rb:2:in `g'", "root ?: - [f g]; …"),
        (
            "\tfrom a.rb:1:in `f'\n\tfrom a.rb:2:in `g'\na.rb:3:in `h': x (E)\n\tfrom a.rb:4:in `i'",
            "root ?: - [f g]; cause E: x [h i]; …",
        ),
        (
            "Traceback (most recent call last):\n\t1: from a.rb:9:in `<main>'\n",
            "root ?: - [<main>]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn redaction_and_code() {
    let text = "a.rb:2:in `f': bad key [REDACTED:aws-key] (KeyError)\n\n  get(\"[REDACTED:aws-key]\")\n  \
                ^^^\nDid you mean?  x\n               y\n\tfrom a.rb:3:in `g'";
    assert_eq!(brief(text), "root KeyError: bad key [REDACTED:aws-key] [f g]; .");
    let found = nozzle::traceback::find_traceback(text).unwrap();
    let code = found.traceback.exceptions[0].frames[0].code.as_deref();
    assert_eq!(code, Some("get(\"[REDACTED:aws-key]\")"));
    assert_eq!(found.traceback.culprit().as_deref(), Some("a.rb in f"));
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "\tfrom Ann\n\tfrom Bob",
    "\tfrom 10:30\n\tto 11:45",
    "\tfrom a.rb",
    "\tfrom a.rb:1:in `f'",
    "\tfrom a.rb:1: x\n\tfrom a.rb:2: y",
    "mails\n\tfrom ann@example.org: 3\n\tfrom bob@example.org: 4",
    "\tfrom users:in 'active'x\n\tfrom users",
    "a.rb:1:in `f'",
    "called a.rb:1:in `f'\nand went on",
    "a.rb:1:in `f': deprecated",
    "a.rb:1:in `f': warning: method redefined",
    "a.rb:1:in `f': warning: x (Y)\n\tfrom here",
    "a.rb:1: warning: assigned but unused variable - x",
    "see app/a.rb:1:in `f' for more",
    "key:in `value'",
    "SELECT * FROM t WHERE state:in 'open'",
    "state:in 'open', 'closed' (Count)",
    "status:in `x': y",
    "12:30:in 'room': talk (Music)x",
    "Error: no such file (ENOENT)",
    "KeyError (see below):",
    "KeyError (see below):\n\nNo frames here",
    "no key (KeyError)",
    "E, [2024-05-04T08:00:01.1 #7] ERROR -- : no key (KeyError)",
    "Traceback (most recent call last):\n\t1: to a.rb",
    "Traceback (most recent call last):\n\t2 : from x",
    "Traceback (most recent call last):\nnothing",
    "config: from x\nmail: from y",
    "1: from a\n2: from b",
    "\t1: from a.rb:9:in `<main>'",
    "rake aborted!\nDon't know how to build task 'x'\n",
    "Caused by:\nKeyError: x",
    "#<Thread:0x01 a.rb:1 run> terminated with exception (report_on_exception is true):",
    "\t ... 12 levels...",
    "#<KeyError: x>",
    "Did you mean?  host",
    "a.c:3: syntax error, unexpected '}'",
    "query:1: syntax error near FROM",
    "line 3: syntax error (SyntaxError)",
    "psql:a.sql:3: ERROR: syntax error at or near \"x\"",
    "  # comment a.rb:1",
    "- file: a.rb:1:in 'x'\n  line: 1",
    "Started GET \"/\" for 127.0.0.1\nProcessing by MailsController#show\n  Parameters: {\"id\"=>\"9\"}",
    "git log\n\tfrom main:3\n",
    "Failures:\n  1) Mail sends\n     Failure/Error: expect(x).to eq 1",
    "`f': x (KeyError)",
    ":1:in `f': x (KeyError)",
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, &[]);
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "\tfrom a.rb:1:in `f'\n"),
        ("", "\tfrom a.rb:1:in `f'\nx\n"),
        ("", "a.rb:1:in `f': x (E)\n"),
        ("", "a.rb:1:in `f': odd\n"),
        ("", "a.rb:1:in `f': odd\n\tfrom x\n"),
        ("a.rb:1:in `f': x (E)\n", "\n"),
        ("a.rb:1:in `f': x (E)\n", "\nx\n ^\n"),
        ("a.rb:1:in `f': x (E)\n", "Did you mean?  x\n"),
        ("a.rb:1:in `f': x (E)\n", "\t ... 3 levels...\n"),
        ("", "Traceback (most recent call last):\n"),
        ("", "Traceback (most recent call last):\n\t1: from a.rb:1:in `f'\n"),
        ("Traceback (most recent call last):\n", "\t1: from a.rb:1:in `f'\n"),
        ("", "web | a.rb:1:in `f'\nx\n"),
        ("a.rb:1:in `f'\n", "KeyError (x\n"),
        ("a.rb:1:in `f'\nx\n", "E, [2024-05-04T08:00:01 #7] ERROR -- : x (E)\nx\na.rb:1:in `f'\n"),
        ("\tfrom ", "x:in `"),
        ("\tfrom ", ":1:in 'a"),
        ("\tfrom ", "[ "),
        ("\tfrom ", "-- "),
        ("\tfrom \n", "(((x) "),
        ("", "a.rb:1: syntax error\n"),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}
