//! The command as a person uses it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use nozzle::config::SETTINGS;

fn nozzle(arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nozzle"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for setting in SETTINGS {
        command.env_remove(setting.variable());
    }
    command.envs(variables.iter().copied());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // The command may end before it has read all, and may write before it has.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn raw_lines_become_documents_through_a_pipe() {
    let log =
        b"2020-05-11 14:44:44,123 ERROR shop: boom\n{\"level\":\"info\",\"msg\":\"hi\"}\ncaf\xe9\n";
    let event = nozzle(&["event"], &[], log);
    assert!(event.status.success());
    let transformed = nozzle(&["transform"], &[], &event.stdout);
    assert_eq!(transformed.status.code(), Some(0), "{}", text(&transformed.stderr));
    let documents: Vec<serde_json::Value> =
        text(&transformed.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(documents.len(), 3);
    assert_eq!(documents[0]["log"]["level"], "error");
    assert_eq!(documents[0]["@timestamp"], "2020-05-11T14:44:44.123Z");
    assert_eq!(documents[1]["message"], "hi");
    assert_eq!(documents[2]["message"], "caf\u{fffd}");
}

#[test]
fn continuation_lines_join_their_log_when_asked() {
    let log = b"2020-05-11 14:44:44,123 ERROR shop: boom\nTraceback (most recent call last):\n  File \"/app/a.py\", line 1, in b\n    c()\nKeyError: 'd'\n2020-05-11 14:44:45,000 INFO shop: next\n";
    for (arguments, expected) in [(&["event", "--multiline"][..], 2), (&["event"][..], 6)] {
        let event = nozzle(arguments, &[], log).stdout;
        let event: serde_json::Value = serde_json::from_slice(&event).unwrap();
        assert_eq!(event["records"].as_array().unwrap().len(), expected, "{arguments:?}");
    }
    let event = nozzle(&["event", "--multiline"], &[], log).stdout;
    let documents = nozzle(&["transform"], &[], &event).stdout;
    let first: serde_json::Value =
        serde_json::from_str(text(&documents).lines().next().unwrap()).unwrap();
    assert_eq!(first["error"]["type"], "KeyError");
    assert_eq!(first["message"], "2020-05-11 14:44:44,123 ERROR shop: boom");
}

#[test]
fn large_input_becomes_several_events_whose_answers_fit() {
    let long_lines = format!("{}\n", "x".repeat(99_999)).repeat(70);
    let short_lines = "2020-05-11 14:44:01,123 INFO app: request 7 done\n".repeat(20_000);
    let cases = [
        (&["event"][..], &long_lines),
        (&["event"], &short_lines),
        (&["event", "--cloudwatch", "--gzip"], &short_lines),
    ];
    for (arguments, log) in cases {
        let events = nozzle(arguments, &[], log.as_bytes()).stdout;
        assert!(text(&events).lines().count() > 1);
        assert!(text(&events).lines().all(|event| event.len() < 6_000_000));
        let documents = nozzle(&["transform"], &[("NOZZLE_MULTI", "join")], &events);
        assert_eq!(documents.status.code(), Some(0), "{}", text(&documents.stderr));
        assert_eq!(text(&documents.stdout).lines().count(), log.lines().count());
    }
}

#[test]
fn logs_come_out_of_cloudwatchs_wrapping_and_gzip() {
    let lines: Vec<String> = (0..250).map(|index| format!("INFO line {index}\n")).collect();
    let lines = lines.concat();
    for arguments in [&["event", "--gzip"][..], &["event", "--cloudwatch", "--gzip"]] {
        let event = nozzle(arguments, &[], lines.as_bytes()).stdout;
        let parsed: serde_json::Value = serde_json::from_slice(&event).unwrap();
        let wraps = arguments.contains(&"--cloudwatch");
        let records = if wraps { 3 } else { 250 };
        assert_eq!(parsed["records"].as_array().unwrap().len(), records);

        let joined = nozzle(&["transform"], &[("NOZZLE_MULTI", "join")], &event);
        let documents: Vec<serde_json::Value> =
            text(&joined.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(documents.len(), 250);
        let ids: std::collections::HashSet<_> =
            documents.iter().map(|document| document["event"]["id"].to_string()).collect();
        assert_eq!(ids.len(), 250);
        assert_eq!(documents[249]["message"], "INFO line 249");
        let group = if wraps { "/local/nozzle".into() } else { serde_json::Value::Null };
        assert_eq!(documents[0]["aws"]["cloudwatch"]["log_group"], group);

        let stream = [("NOZZLE_FANOUT_STREAM", "second")];
        let fanned_out = nozzle(&["transform"], &stream, &event);
        assert!(fanned_out.status.success());
        assert!(fanned_out.stdout == joined.stdout, "{}", text(&fanned_out.stdout));
        let response = nozzle(&["transform", "--format", "response"], &stream, &event).stdout;
        let dropped = text(&response).matches("\"Dropped\"").count();
        assert_eq!(dropped, if wraps { 3 } else { 0 });

        let failed = nozzle(&["transform"], &[], &event);
        assert_eq!(failed.status.code(), Some(i32::from(wraps)));
        assert_eq!(
            text(&failed.stderr).matches("NOZZLE_MULTI=join").count(),
            if wraps { 3 } else { 0 }
        );
    }
}

#[test]
fn the_response_is_what_the_function_returns() {
    let path = "events/secrets-in-fields.json";
    let event = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let config = nozzle::Config::compile_locally(&nozzle::Settings::default()).unwrap();
    let mut response = Vec::new();
    nozzle::transform(&event, &config, &mut response).unwrap();
    let output = nozzle(&["transform", "--format", "response", path, path], &[], b"");
    let expected = [&response[..], b"\n", &response[..], b"\n"].concat();
    assert!(output.stdout == expected, "{}", text(&output.stdout));
}

#[test]
fn pretty_shows_every_field_of_the_origin_story() {
    let output = nozzle(
        &["transform", "--format", "pretty", "events/python-traceback.json"],
        &[("NOZZLE_INDEX", "logging-test")],
        b"",
    );
    let shown = text(&output.stdout);
    for name in [
        "@timestamp",
        "message",
        "log.level",
        "log.logger",
        "service.name",
        "cloud.region",
        "event.created",
        "error.type",
        "traceback.fingerprint",
        "traceback.exceptions",
    ] {
        assert!(shown.lines().any(|line| line.starts_with(name)), "{name} is missing:\n{shown}");
    }
    assert!(shown.contains("logging-test-2020-05-11"), "{shown}");
    // The frames say it better.
    assert!(!shown.contains("Traceback (most recent call last)"), "{shown}");
    assert!(!shown.contains('\x1b'), "colours without a terminal");
}

#[test]
fn a_terminal_gets_no_control_characters_from_a_log() {
    let event = nozzle(&["event"], &[], b"\x1b]0;owned\x07 \x1b[31mred\n").stdout;
    let shown = nozzle(&["transform", "--format", "pretty"], &[("CLICOLOR_FORCE", "1")], &event);
    let shown = text(&shown.stdout);
    assert!(shown.contains("owned") && !shown.contains("\x1b]0") && !shown.contains('\x07'));
}

#[test]
fn failed_records_are_told_and_exit_1() {
    let output = nozzle(&["transform", "events/bad-base64.json"], &[], b"");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout).lines().count(), 2);
    let complaint = text(&output.stderr);
    assert!(
        complaint
            .contains("record 2 of 4: ProcessingFailed: the record's `data` is not valid base64"),
        "{complaint}"
    );
}

#[test]
fn wrong_usage_is_one_clear_line_and_exits_2() {
    let cases: [(&[&str], &[u8], &str); 7] = [
        (&["transfrom"], b"", "transfrom"),
        (&["transform", "--format", "yaml"], b"", "yaml"),
        (&["transform", "--nope"], b"", "--nope"),
        (&["transform", "no-such-file.json"], b"", "no-such-file.json cannot be read"),
        (&["transform"], b"2020-05-11 ERROR raw log\n", "nozzle event"),
        (&["transform"], b"{}", "no `records`"),
        (&["check", "extra"], b"", "extra"),
    ];
    for (arguments, input, expected) in cases {
        let output = nozzle(arguments, &[], input);
        let complaint = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        assert_eq!(complaint.lines().count(), 1, "{arguments:?}: {complaint}");
        assert!(complaint.contains(expected), "{arguments:?}: {complaint}");
    }
}

#[test]
fn bad_configuration_is_told_by_variable_and_exits_2() {
    let variables = [("NOZZLE_INDX", "x"), ("NOZZLE_FIELDS", "drop")];
    let output = nozzle(&["check"], &variables[..1], b"");
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        text(&output.stderr),
        "nozzle: NOZZLE_INDX: is no setting; did you mean NOZZLE_INDEX?\n"
    );
    for command in [&["check"][..], &["transform", "events/empty-batch.json"]] {
        let output = nozzle(command, &variables[1..], b"");
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        assert!(
            text(&output.stderr)
                .contains("NOZZLE_FIELDS: `drop` is not known; set it to one of: labels, keep")
        );
    }
}

#[test]
fn check_shows_each_setting_and_hides_the_key() {
    let variables =
        [("NOZZLE_SERVICE", "checkout"), ("NOZZLE_REDACT_KEY", "hunter2hunter2hunter2")];
    let output = nozzle(&["check"], &variables, b"");
    assert!(output.status.success());
    let shown = text(&output.stdout);
    for setting in SETTINGS {
        assert!(shown.contains(&setting.variable()), "{}", setting.variable());
    }
    assert!(shown.contains("checkout") && shown.contains("(hidden)") && !shown.contains("hunter2"));
    assert!(shown.contains("NOZZLE_ENVIRONMENT is not set"), "{shown}");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_nozzle"))
        .args(["event", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let _ = child.stdin.take().unwrap().write_all(&b"line\n".repeat(500_000));
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", text(&output.stderr));
}

#[test]
fn the_readme_lists_each_setting_with_its_default() {
    let readme =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    for setting in SETTINGS {
        let row = format!("| `{}` |", setting.variable());
        let row = readme.lines().find(|line| line.starts_with(&row));
        let row =
            row.unwrap_or_else(|| panic!("{} is not in the README's table", setting.variable()));
        assert!(row.contains(setting.default), "{row}");
    }
}
