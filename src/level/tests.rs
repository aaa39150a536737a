//! Names, numbers and prefixes in one table each, with what is nearly one of them.

use proptest::prelude::*;

use super::*;

#[test]
fn names_are_lower_case_and_once_each() {
    for (at, (name, ..)) in NAMES.iter().enumerate() {
        assert_eq!(*name, name.to_ascii_lowercase());
        assert!(NAMES.iter().skip(at + 1).all(|(other, ..)| other != name), "{name} twice");
    }
}

#[test]
fn what_a_level_is_called_parses_as_it() {
    use Level::{Debug, Error, Fatal, Info, Trace, Warn};
    for level in [Trace, Debug, Info, Warn, Error, Fatal] {
        assert_eq!(parse_level(level.as_str()), Some(level));
    }
    assert!(Trace < Debug && Warn < Error && Error < Fatal);
}

#[test]
fn names_parse_in_any_case() {
    let table = [
        ("WARNING", Some(Level::Warn)),
        ("Critical", Some(Level::Fatal)),
        ("emerg", Some(Level::Fatal)),
        ("alert", Some(Level::Fatal)),
        ("crit", Some(Level::Fatal)),
        ("err", Some(Level::Error)),
        ("notice", Some(Level::Info)),
        ("dpanic", Some(Level::Fatal)),
        ("panic", Some(Level::Fatal)),
        ("Verbose", Some(Level::Trace)),
        ("Information", Some(Level::Info)),
        ("SUCCESS", Some(Level::Info)),
        ("EMERGENCY", Some(Level::Fatal)),
        ("silly", Some(Level::Trace)),
        ("http", Some(Level::Debug)),
        ("SEVERE", Some(Level::Error)),
        ("FINE", Some(Level::Debug)),
        ("FINEST", Some(Level::Trace)),
        ("CONFIG", Some(Level::Info)),
        (" info ", Some(Level::Info)),
        ("E", Some(Level::Error)),
        ("W", Some(Level::Warn)),
        ("INFO+2", Some(Level::Info)),
        ("INFO-1", Some(Level::Debug)),
        ("ERROR-1", Some(Level::Warn)),
        ("ERROR+4", Some(Level::Fatal)),
        ("DEBUG-4", Some(Level::Trace)),
        ("DEBUG-9999999999999999999", None),
        ("ERROR+99999999", Some(Level::Fatal)),
        ("NOTSET", None),
        ("DEFAULT", None),
        ("off", None),
        ("UNKNOWN", None),
        ("", None),
        ("x", None),
        ("30", None),
        ("errors", None),
        ("INFO+", None),
        ("INFO+x", None),
        ("+2", None),
        ("FATAL+1", None),
    ];
    for (name, level) in table {
        assert_eq!(parse_level(name), level, "{name}");
    }
}

#[test]
fn numbers_count_on_their_own_scale() {
    use LevelScale::{Bunyan, Monolog, OpenTelemetry, Python, Syslog};
    let table = [
        (Bunyan, 9, None),
        (Bunyan, 10, Some(Level::Trace)),
        (Bunyan, 20, Some(Level::Debug)),
        (Bunyan, 35, Some(Level::Info)),
        (Bunyan, 40, Some(Level::Warn)),
        (Bunyan, 50, Some(Level::Error)),
        (Bunyan, 60, Some(Level::Fatal)),
        (Bunyan, 100, None),
        (Monolog, 99, None),
        (Monolog, 100, Some(Level::Debug)),
        (Monolog, 250, Some(Level::Info)),
        (Monolog, 300, Some(Level::Warn)),
        (Monolog, 400, Some(Level::Error)),
        (Monolog, 550, Some(Level::Fatal)),
        (Monolog, 601, None),
        (Python, 0, None),
        (Python, 5, Some(Level::Trace)),
        (Python, 10, Some(Level::Debug)),
        (Python, 25, Some(Level::Info)),
        (Python, 30, Some(Level::Warn)),
        (Python, 40, Some(Level::Error)),
        (Python, 50, Some(Level::Fatal)),
        (Syslog, 0, Some(Level::Fatal)),
        (Syslog, 2, Some(Level::Fatal)),
        (Syslog, 3, Some(Level::Error)),
        (Syslog, 4, Some(Level::Warn)),
        (Syslog, 6, Some(Level::Info)),
        (Syslog, 7, Some(Level::Debug)),
        (Syslog, 8, None),
        (OpenTelemetry, 0, None),
        (OpenTelemetry, 1, Some(Level::Trace)),
        (OpenTelemetry, 8, Some(Level::Debug)),
        (OpenTelemetry, 9, Some(Level::Info)),
        (OpenTelemetry, 13, Some(Level::Warn)),
        (OpenTelemetry, 20, Some(Level::Error)),
        (OpenTelemetry, 24, Some(Level::Fatal)),
        (OpenTelemetry, 25, None),
    ];
    for (scale, number, level) in table {
        assert_eq!(level_from_number(number, scale), level, "{scale:?} {number}");
    }
    for (number, level) in [
        (3, Some(Level::Error)),
        (7, Some(Level::Debug)),
        (8, None),
        (30, Some(Level::Info)),
        (99, Some(Level::Fatal)),
        (300, Some(Level::Warn)),
        (u64::MAX, None),
    ] {
        assert_eq!(level_from_plain_number(number), level, "{number}");
    }
}

/// Lines and the level that their prefix states.
const PREFIXES: &[(&str, Level)] = &[
    // Python.
    ("ERROR:root:msg", Level::Error),
    ("WARNING:app.views:msg", Level::Warn),
    ("2020-05-11 14:44:44,123 ERROR name: msg", Level::Error),
    ("2020-05-11 14:44:44,123 - name - ERROR - msg", Level::Error),
    ("2020-05-11 14:44:44,123 - app.views - WARNING - msg", Level::Warn),
    ("2020-05-11 14:44:44.123 | SUCCESS  | app:main:12 - msg", Level::Info),
    ("[2020-05-11 14:44:44 +0000] [12] [INFO] Booting", Level::Info),
    ("[2020-05-11 14:44:44,123: ERROR/MainProcess] Task", Level::Error),
    ("[2020-05-11T14:44:44.123+0000] {local.py:12} INFO - msg", Level::Info),
    ("INFO:     Started server process", Level::Info),
    ("[E 200511 14:44:44 web:12] msg", Level::Error),
    // Java.
    ("INFO  [main] c.e.App - msg", Level::Info),
    ("14:44:44.123 [main] WARN  c.e.App - msg", Level::Warn),
    ("2020-05-11 14:44:44.123  INFO 12345 --- [main] c.e.App : msg", Level::Info),
    ("2020-05-11 14:44:44,123 [pool-1 thread 2] FATAL c.e.App - msg", Level::Fatal),
    ("11-May-2020 14:44:44.123 SEVERE [main] org.apache.Catalina msg", Level::Error),
    ("SEVERE: msg", Level::Error),
    ("[main] ERROR c.e.App - msg", Level::Error),
    // Go, Rust, Ruby, .NET, JavaScript.
    ("time=\"2020-05-11T14:44:44Z\" level=warning msg=\"no disk\"", Level::Warn),
    ("time=2020-05-11T14:44:44Z level=ERROR+4 msg=x", Level::Fatal),
    ("2020-05-11T14:44:44Z level=warn msg=", Level::Warn),
    ("level=\"error\"", Level::Error),
    ("2020-05-11T14:44:44.123Z\terror\tapp/main.go:12\tmsg", Level::Error),
    ("E0511 14:44:44.123456    1234 file.go:10] msg", Level::Error),
    ("I20200511 14:44:44.123456 1234 file.cc:10] msg", Level::Info),
    ("[2020-05-11T14:44:44Z ERROR crate::mod] msg", Level::Error),
    ("[2020-05-11T14:44:44Z INFO  crate::mod] msg", Level::Info),
    ("2020-05-11T14:44:44.123456Z  WARN crate::mod: msg", Level::Warn),
    ("\u{1b}[2m2020-05-11T14:44:44Z\u{1b}[0m \u{1b}[32m INFO\u{1b}[0m app: msg", Level::Info),
    ("E, [2020-05-11T14:44:44.123456 #12] ERROR -- : msg", Level::Error),
    ("[14:44:44 INF] msg", Level::Info),
    ("2020-05-11 14:44:44.123 +02:00 [ERR] msg", Level::Error),
    ("fail: App.Worker[0]", Level::Error),
    ("crit: App.Worker[0]", Level::Fatal),
    ("error: msg", Level::Error),
    ("warn - msg", Level::Warn),
    ("Error: no such file", Level::Error),
    ("(node:12) Warning: msg", Level::Warn),
    // Servers.
    ("2020/05/11 14:44:44 [error] 12#0: *1 open() failed", Level::Error),
    ("[Mon May 11 14:44:44.123456 2020] [core:error] [pid 12] msg", Level::Error),
    ("[Mon May 11 14:44:44 2020] [notice] msg", Level::Info),
    ("2020-05-11 14:44:44.123 UTC [12] ERROR:  relation", Level::Error),
    ("2020-05-11 14:44:44.123 CEST [12] app@db LOG:  x", Level::Info),
    ("2020-05-11T14:44:44.123456Z 0 [Warning] [MY-1] [Server] msg", Level::Warn),
    ("<11>May 11 14:44:44 host app: msg", Level::Error),
    ("<165>1 2020-05-11T14:44:44Z host app - - - ERROR", Level::Info),
    ("May 11 14:44:44 host app[12]: ERROR msg", Level::Error),
    ("May 11 14:44:44 host app: WARNING: msg", Level::Warn),
    // AWS Lambda.
    ("2020-05-11T12:44:44.123Z\t6bc28136-xxxx-4365-b021-0ce6b2e64ab0\tERROR\tmsg", Level::Error),
    ("2020-05-11T12:44:44.123Z 6bc28136-aaaa-4365-b021-0ce6b2e64ab0 WARN msg", Level::Warn),
    ("2020-05-11T12:44:44.123Z\tundefined\tINFO\tmsg", Level::Info),
    ("[ERROR]\t2020-05-11T12:44:44.123Z\t6bc28136-aaaa-4365-b021-0ce6b2e64ab0\tmsg", Level::Error),
    // The rest.
    ("[ERROR] msg", Level::Error),
    ("[error] msg", Level::Error),
    ("[Error] msg", Level::Error),
    ("[ INFO ] msg", Level::Info),
    ("ERROR 2020-05-11 14:44:44 msg", Level::Error),
    ("ERROR msg", Level::Error),
    ("ERROR", Level::Error),
    ("app: ERROR: msg", Level::Error),
];

#[test]
fn a_prefix_states_its_level() {
    for (line, level) in PREFIXES {
        assert_eq!(leading_level(line), Some(*level), "{line}");
    }
}

#[test]
fn prose_states_no_level() {
    for line in [
        "",
        " ",
        "msg",
        "0 errors",
        "0 ERROR lines",
        "12 ERROR: lines",
        "Error handling improved",
        "error handling improved",
        "Errors: 5",
        "information desk",
        "information: the desk is closed",
        "fatal attraction",
        "INFORMATION about the ERROR",
        "NOTICE of termination",
        "FINE weather",
        "Fine: let us go",
        "Alert: the office is closed",
        "ALERT the office",
        "ERROR-PRONE code",
        "ERROR, they said",
        "ERROR. They said",
        "ERROR_CODE=5",
        "ERRORS found",
        "error",
        "error::Kind",
        "warn the user",
        "There was an ERROR: x",
        "no ERROR",
        "set level=debug to see more",
        "\"level=debug\"",
        "level=unknown error",
        "msg=\"level=error\" x",
        "[http] request",
        "[config] loaded",
        "[Error handling] improved",
        "[main] started",
        "[12:error",
        "[error",
        "(see ERROR) msg",
        "2020-05-11 14:44:44 error handling improved",
        "2020-05-11 14:44:44 0 errors",
        "2020-05-11 14:44:44 0 ERROR lines found",
        "2020-05-11 14:44:44 Deployed without ERROR",
        "2020-05-11 14:44:44 - Deploy - ERROR handling improved",
        "2020-05-11 14:44:44 Note: ERROR handling improved",
        "2020-05-11 ERROR handling",
        "May 11 14:44:44 host app: ERROR handling improved",
        "May 11 14:44:44 host said error",
        "E0511 is a model",
        "E051 14:44:44.1 x",
        "X0511 14:44:44.1 x",
        "<192>May 11 14:44:44 host",
        "A, B and C",
        "E, F and G",
        "C: drive",
        "a: b: c: d: e: f: g: h: i: ERROR: too late",
    ] {
        assert_eq!(leading_level(line), None, "{line}");
    }
}

proptest! {
    #[test]
    fn any_line_is_answered(line in any::<String>()) {
        let _ = leading_level(&line);
        let _ = parse_level(&line);
    }

    #[test]
    fn a_sentence_in_lower_case_states_no_level(words in prop::collection::vec(
        prop::sample::select(vec!["error", "warn", "info", "the", "failed", "0", "level", "fatal,", "debug."]),
        0..9,
    )) {
        prop_assert_eq!(leading_level(&words.join(" ")), None);
    }
}

proptest! {
    #[test]
    fn a_word_is_looked_up_as_if_row_by_row(word in prop_oneof![
        "[A-Za-z0-9@`]{0,15}",
        prop::sample::select(NAMES).prop_map(|(name, ..)| name.to_ascii_uppercase()),
        (prop::sample::select(NAMES), "[a-z0-9]").prop_map(|((name, ..), more)| [name, &more].concat()),
    ]) {
        let row = NAMES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(&word));
        prop_assert_eq!(lookup(word.as_bytes()), row.map(|(_, level, place)| (*level, *place)));
    }
}
