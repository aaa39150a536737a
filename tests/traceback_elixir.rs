//! Elixir's tracebacks: what real programs printed, what loggers make of them, and texts that only
//! look like them. The outputs are those of Elixir 1.14 on Erlang/OTP 25.

#![allow(clippy::format_collect, missing_docs)]

#[path = "tracebacks/replay.rs"]
mod replay;

use std::time::Duration;

use replay::{
    Before, Programs, brief_with_modules as brief, costs_what_its_size_costs, fingerprint,
    holds_no_traceback, is_consistent, span,
};

#[test]
fn real_programs() {
    Programs {
        before: Before::Trimmed,
        always: &["file", "line", "module"],
        ..Programs::of("elixir", 63)
    }
    .replay();
}

const KEY_ERROR: &str = "** (KeyError) key :to not found in: %{from: \"a\"}\n    \
    (mail 0.1.0) lib/mail.ex:9: Mail.send/1\n    \
    (stdlib 3.17) lists.erl:1338: :lists.foreach/2";

const EXPECTED: &str =
    "root KeyError: key :to not found in: %{from: \"a\"} [Mail.send/1 :lists.foreach/2]; .";

#[test]
fn around() {
    for (before, after) in [
        ("", "\n"),
        ("cannot deliver\n", "\n\n"),
        ("12:30:01.123 [error] ", "\n12:30:02.001 [info] next"),
        ("12:30:01.123 request_id=F1 [error] ", "\n12:30:02.001 [info] next"),
        (
            "12:30:01.123 [error] GenServer #PID<0.99.0> terminating\n",
            "\nLast message: {:put, 3}\nState: 10",
        ),
        (
            "12:30:01.123 [error] Task #PID<0.9.0> started from #PID<0.96.0> terminating\n",
            "\nFunction: #Function<1.2/0 in Mail.a/1>\n    Args: []",
        ),
        ("", "\n** (KeyError) key :to not found in: %{}\n    lib/a.ex:1: A.b/1"),
        ("** (Mix) no such task\n", "\nbye"),
    ] {
        let text = format!("{before}{KEY_ERROR}{after}");
        assert_eq!(brief(&text), EXPECTED, "{text}");
        assert_eq!(span(&text), KEY_ERROR, "{text}");
    }
}

#[test]
fn other_forms_of_lines() {
    let each = |prefix: &str| {
        KEY_ERROR.lines().map(|line| format!("{prefix}{line}\n")).collect::<String>()
    };
    let escaped = KEY_ERROR.replace('"', "\\\"").replace('\n', "\\n");
    for text in [
        KEY_ERROR.replace('\n', "\r\n"),
        KEY_ERROR.replace('\n', "\\n"),
        format!("{{\"exc\": \"{escaped}\"}}"),
        format!("\x1b[31m12:30:01.123 [error] {KEY_ERROR}\n\x1b[0m"),
        each("web_1  | "),
        each("2020-05-11T14:44:44.123Z stderr F "),
        each("    "),
    ] {
        assert_eq!(brief(&text), EXPECTED, "{text:?}");
    }
}

#[test]
fn reports() {
    let table = [
        (
            "#PID<0.512.0> running MailWeb.Endpoint (connection #PID<0.511.0>, stream id 1) terminated\n\
             Server: localhost:4000 (http)\nRequest: GET /mails/9\n\
             ** (exit) an exception was raised:\n    ** (Ecto.NoResultsError) expected at least one \
             result but got none in query:\n\nfrom m0 in Mail.Letter,\n  where: m0.id == ^\"9\"\n\n        \
             (ecto 3.11.1) lib/ecto/repo/queryable.ex:164: Ecto.Repo.Queryable.one!/3\n        \
             (mail 0.1.0) lib/mail_web/controllers/mail.ex:12: MailWeb.MailController.show/2\n",
            "root Ecto.NoResultsError: expected at least one result but got none in query:\n\nfrom m0 \
             in Mail.Letter,\n  where: m0.id == ^\"9\" [Ecto.Repo.Queryable.one!/3 \
             MailWeb.MailController.show/2]; .",
        ),
        (
            "** (stop) exited in: GenServer.call(#PID<0.1.0>, :get, 5000)\n    \
             ** (EXIT) time out\n    (elixir 1.14.0) lib/gen_server.ex:1: GenServer.call/3\n",
            "root stop: exited in: GenServer.call(#PID<0.1.0>, :get, 5000) [GenServer.call/3]; \
             cause EXIT: time out []; .",
        ),
        (
            "** (RuntimeError) old\n    (mail) lib/mail.ex:3: Mail.send/1\n    \
             (elixir) lib/enum.ex:675: Enum.\"-each/2-lists^foreach/1-0-\"/2",
            "root RuntimeError: old [Mail.send/1 Enum.\"-each/2-lists^foreach/1-0-\"/2]; .",
        ),
        (
            "** (EXIT from #PID<0.1.0>) shell process exited with reason: an exception was raised:\n    \
             ** (KeyError) key :to not found in:\n\n    %{from: \"a\"}\n\n        \
             (mail 0.1.0) lib/mail.ex:3: Mail.send/1\n",
            "root KeyError: key :to not found in:\n\n    %{from: \"a\"} [Mail.send/1]; .",
        ),
        (
            "** (RuntimeError) no lines\n    (mail 0.1.0) lib/mail.ex: Mail.send/1\n    \
             lib/b.ex: anonymous fn/1 in B.go/2",
            "root RuntimeError: no lines [Mail.send/1 B.anonymous fn/1 in go/2]; .",
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
            "    (mail 0.1.0) lib/mail.ex:9: Mail.send/1\n    lib/b.ex:1: B.go/0\n",
            "root ?: - [Mail.send/1 B.go/0]; …",
        ),
        (
            "found in: %{}\n    :erlang.map_get(:to, %{})\n    lib/mail.ex:9: Mail.send/1\n    \
             lib/b.ex:1: B.go/0\n",
            "root ?: - [:erlang.map_get/2 Mail.send/1 B.go/0]; …",
        ),
        (
            "    ** (KeyError) x\n        lib/mail.ex:9: Mail.send/1\n        (stdlib 4.2) gen_ser",
            "root KeyError: x [Mail.send/1]; …",
        ),
    ];
    for (text, expected) in table {
        assert_eq!(brief(text), expected, "{text}");
    }
}

#[test]
fn fingerprints_hold_no_values() {
    let with = |pid: &str, key: &str, line: u32, script: u32| {
        fingerprint(&format!(
            "** (exit) exited in: GenServer.call(#PID<{pid}>, :get, 5000)\n    \
             ** (EXIT) an exception was raised:\n        ** (KeyError) {key}\n            \
             :erlang.map_get(:{key}, %{{}})\n            lib/a.ex:{line}: A.b/1\n    \
             a.exs:{line}: anonymous fn/1 in :elixir_compiler_{script}.__FILE__/1"
        ))
    };
    assert_eq!(with("0.96.0", "to", 9, 1), with("0.101.0", "from", 12, 3));
    let arguments = |values: &str| {
        fingerprint(&format!("** (X) x\n    Mail.send({values})\n    lib/a.ex:1: A.b/1"))
    };
    assert_eq!(arguments("1, [2, 3]"), arguments("\"a, b\", nil"));
    assert_ne!(arguments("1"), arguments("1, 2"));
}

/// Texts that look like tracebacks and are none.
#[rustfmt::skip]
const BENIGN: &[&str] = &[
    "** (note) **",
    "** (Note) **\n    see below",
    "** (Note) Please read\n    lib/mail.ex is gone",
    "** (Mix) Could not find task",
    "** (Mix) Could not compile dependency :mail\n    run mix deps.get",
    "** (SyntaxError) lib/a.ex:1: unexpected token",
    "** (CompileError) lib/a.ex:1: undefined function deliver/1\n",
    "** (stop) shutdown\nLast message: :close\nState: 10",
    "** (EXIT from #PID<0.1.0>) killed",
    "** (EXIT from #PID<0.1.0>) an exception was raised:",
    "** (exit) normal",
    "** (throw) :ball",
    "* (KeyError) x\n    lib/a.ex:1: A.b/1",
    "*** (KeyErr) x\n    (a) b",
    "** KeyError x\n    lib/a.ex:1: A.b/1",
    "**(KeyError) x\n    lib/a.ex:1: A.b/1",
    "warning: variable \"x\" is unused\n  lib/a.ex:3: Mail.send/1\n",
    "Invalid call found at 2 locations:\n  lib/a.ex:3: Mail.send/1\n  lib/b.ex:3: Mail.send/1",
    "    lib/a.ex:3: Mail.send/1",
    "warning: x\n    lib/a.ex:3: Mail.send/1\n\n    lib/b.ex:3: Mail.send/1",
    "Usage:\n\n    Mail.send(a, b)\n    Mail.close(a)\n",
    "** (Hint) use\n\n    Mail.send(a, b)\n    Mail.close(a)\n",
    "    String.upcase/2\n    String.downcase/2",
    "lib/a.ex:1: A.b/1\nlib/a.ex:2: A.c/1",
    "    lib/a.ex:1: see\n    lib/b.ex:1: also",
    "    lib/a.py:1: A.b/1\n    lib/b.py:2: B.c/1",
    "    (mail 0.1.0) all\n    (mail 0.2.0) more\n    a.ex:1",
    "    (stdlib 4.2) gen_server.erl:1149: :gen_server.try_handle_call/4\n    \
         (stdlib 4.2) proc_lib.erl:240: :proc_lib.init_p_do_apply/3",
    "1) test sends (MailTest)\n     test/mail_test.exs:5\n     ** (note)",
    "== Compilation error in file lib/a.ex ==\n** (CompileError) lib/a.ex:1: x",
    "footnote** (A) and ** (B)",
    "2 ** (X) y",
    "Enum.map/2 ** (see docs) **",
    "- **bold** (Elixir)\n    - lib/a.ex: the file",
    "see lib/mail.ex:9: Mail.send/1 for more",
    "iex(1)> Mail.send(1)\n** (X) y",
];

#[test]
fn benign_texts() {
    holds_no_traceback(BENIGN, &[]);
}

#[test]
fn parts_are_consistent() {
    let outer = "x\n** (exit) exited in: GenServer.call(M, :a, 5)\n    ** (EXIT) an exception was \
                 raised:\n        ** (E) a\n            a.ex:1: A.b/1\n    a.ex:1: A.é/1\ny";
    for end in 0..=outer.len() {
        for start in [0, 2, 40] {
            is_consistent(outer.get(start..end).unwrap_or_default());
        }
    }
    let deep: String =
        (0..40).map(|n| format!("{:n$}** (EXIT) exited in: x\n", "", n = n * 4)).collect();
    is_consistent(&format!("{deep}    a.ex:1: A.b/1\n"));
}

#[test]
fn hostile_text_costs_what_its_size_costs() {
    for (start, unit) in [
        ("", "** (E) x\n"),
        ("", "web | ** (E) x\n"),
        ("", "web | ** (E) x\nx\n"),
        ("", "** (E) x\n    A.b(1)\n"),
        ("** (E) x\n", "    A.b(1)\n"),
        ("** (E) x\n", "    ** (EXIT) an exception was raised:\n"),
        ("** (E) x\n", "    a.ex:1: A.b/1\n"),
        ("", "    a.ex:1: A.b/1\n"),
        ("", "    a.ex:1: A.b/1\nx\n"),
        ("", "    A.b/1\n"),
        ("", "    a.erl:1: :a.b/1\n"),
        ("** (E) x\n", "\n"),
        ("** (E) ", "** (E"),
        ("** (E) ", "** (E) "),
        ("    A.b(", "\"(,"),
        ("    A.b(1", ", [1)"),
        ("    ", "expanding macro: "),
        ("    ", "anonymous fn/1 in "),
        ("    anonymous fn/1 in A.b/1", "1"),
        ("    (", "a: "),
        ("    (a 1) ", ".ex: "),
        ("    ", "A."),
        ("** (", "A."),
    ] {
        costs_what_its_size_costs(start, unit, Duration::from_millis(100));
    }
}

/// True output of a program whose message is a traceback itself. Nothing tells it from a second
/// traceback that follows, so that the quoted one is taken for the first. Told here, because it is
/// not what the program means.
#[test]
fn a_message_that_quotes_a_traceback_is_taken_for_two() {
    let text = "** (RuntimeError) the other side said to ann:\n** (KeyError) key :to not found\n    \
        (mail 0.1.0) lib/mail.ex:9: Mail.f/1\n** (RuntimeError) so\n    \
        message_of_a_traceback.exs:3: Mail.send/1\n    \
        (elixir 1.14.0) lib/code.ex:1245: Code.require_file/2\n";
    assert_eq!(brief(text), "root KeyError: key :to not found [Mail.f/1]; .");
}
