//! The command as a person uses it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod terminal;

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use nozzle::config::SETTINGS;
use terminal::{nozzle, text};

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
    assert_eq!(first["message"], "boom");
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
        assert!(shown.contains(setting.variable), "{}", setting.variable);
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
        let row = format!("| `{}` |", setting.variable);
        let row = readme.lines().find(|line| line.starts_with(&row));
        let row =
            row.unwrap_or_else(|| panic!("{} is not in the README's table", setting.variable));
        assert!(row.contains(setting.default), "{row}");
    }
}

/// A configuration file, which is gone when the test ends.
fn configuration(text: &str) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

/// A log with secrets of several kinds, in a key and in JSON within a string too.
const SECRETS: &str = r#"{"message":"card 4111111111111111 of postgres://app:Zq7-Pa55w0rd@db","db_password":"Zq7hunter2","k token=Zq7hunter3":1,"body":"{\"client_secret\":\"Zq7hunter4\"}","argv":["--token","Zq7hunter5"],"list":["password=","Zq7hunter6"]}"#;

fn shows_no_secret(output: &Output) {
    for stream in [&output.stdout, &output.stderr] {
        assert!(
            !text(stream).contains("Zq7") && !text(stream).contains("4111"),
            "{}",
            text(stream)
        );
    }
}

#[test]
fn explain_shows_secrets_only_when_asked() {
    let event = nozzle(&["event"], &[], format!("{SECRETS}\n").as_bytes()).stdout;
    let raw = SECRETS.as_bytes();
    let audit = [("NOZZLE_REDACT_AUDIT", "true")];
    let remove = [("NOZZLE_REDACT_MODE", "remove")];
    let nothing: &[(&str, &str)] = &[];
    let cases = [
        (event.as_slice(), nothing, &[][..]),
        (raw, &[], &["--width", "60"]),
        (raw, &[], &["--width", "200"]),
        (raw, &audit, &[]),
        (raw, &remove, &[]),
        (raw, &[("CLICOLOR_FORCE", "1")], &[]),
    ];
    for (input, variables, options) in cases {
        let arguments = [&["explain"][..], options].concat();
        let output = nozzle(&arguments, variables, input);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        shows_no_secret(&output);
        let shown = text(&output.stdout);
        for expected in ["card-number", "url-password", "db_password", "body.client_secret", "time"]
        {
            assert!(shown.contains(expected), "{expected}: {shown}");
        }
        assert_eq!(shown.contains('\x1b'), variables.contains(&("CLICOLOR_FORCE", "1")));
        assert_eq!(text(&output.stderr).contains("AUDIT"), variables == audit);
        let revealed = nozzle(&[&arguments[..], &["--reveal"]].concat(), variables, input);
        let revealed = text(&revealed.stdout);
        for secret in
            ["Zq7-Pa55w0rd", "Zq7hunter2", "Zq7hunter3", "Zq7hunter4", "Zq7hunter5", "Zq7hunter6"]
        {
            assert!(revealed.contains(secret), "{secret}: {revealed}");
        }
    }
}

#[test]
fn explain_tells_span_origin_and_failure() {
    let output = nozzle(
        &["explain", "--width", "60"],
        &[],
        b"2020-05-11 14:44:44,123 ERROR shop: token=hunter2x\n  more\n",
    );
    let shown = text(&output.stdout);
    let lines: Vec<&str> = shown.lines().map(str::trim_end).collect();
    for line in [
        "record 1 of 1",
        "before",
        "after",
        "  message: 2020-05-11 14:44:44,123 ERROR shop:",
        "  assigned-secret in message, bytes 42..50",
        "  log.level           derived from message",
        "  service.name        configuration",
        "  event.created       envelope",
    ] {
        assert!(lines.contains(&line), "{line}\n{shown}");
    }
    let side_by_side = nozzle(&["explain", "--width", "100"], &[], b"hi\n");
    assert!(
        text(&side_by_side.stdout)
            .lines()
            .any(|line| line.starts_with("message: hi") && line.contains('│'))
    );

    let failed = nozzle(&["explain", "events/bad-base64.json"], &[], b"");
    assert_eq!(failed.status.code(), Some(1));
    assert!(text(&failed.stdout).contains("record 2 of 4: ProcessingFailed: the record's `data`"));
    let several = nozzle(&["explain"], &[], b"{\"a\":1}{\"b\":2}\n");
    assert_eq!(several.status.code(), Some(1));
    let shown = text(&several.stdout);
    assert!(shown.contains("log 2 of 2") && shown.contains("NOZZLE_FANOUT_STREAM"), "{shown}");
}

#[test]
fn rules_are_listed_with_their_state() {
    let file = configuration(
        "redact_rules_off = 'jwt'\n[[redact_rules]]\nid = 'acme-badge'\ntitle = 'Badge'\npattern = 'BDG-[0-9]{6}'\n",
    );
    let variables = [("NOZZLE_CONFIG", file.path().to_str().unwrap())];
    let output = nozzle(&["rules"], &variables, b"");
    let row = |id: &str| {
        let line =
            text(&output.stdout).lines().find(|line| line.split_whitespace().next() == Some(id));
        line.unwrap_or_else(|| panic!("{id}"))
            .split_whitespace()
            .take(3)
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(row("acme-badge"), "acme-badge own on");
    assert_eq!(row("jwt"), "jwt secrets off");
    assert_eq!(row("card-number"), "card-number cards on");
    assert_eq!(row("email"), "email email off");
    let all: Vec<serde_json::Value> = text(&nozzle(&["rules", "--json"], &variables, b"").stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(all.len(), 1 + nozzle::redact::rules::all().count());

    let shown = nozzle(&["rules", "github-token"], &[], b"").stdout;
    for expected in ["pattern ", "keywords ", "example ", "near-miss ", "set          secrets"] {
        assert!(text(&shown).contains(expected), "{expected}: {}", text(&shown));
    }
    let shown = nozzle(&["rules", "acme-badge"], &variables, b"").stdout;
    assert!(text(&shown).contains("BDG-[0-9]{6}") && text(&shown).contains("every string"));
    let check = nozzle(&["check"], &variables, b"").stdout;
    assert!(
        text(&check).contains("acme-badge has no keywords: its pattern is run on every string")
    );
    let unknown = nozzle(&["rules", "nope"], &[], b"");
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("there is no rule `nope`"));
}

#[test]
fn rules_test_shows_what_fires_and_no_secret() {
    for arguments in [
        &["rules", "--test", SECRETS][..],
        &["rules", "--test", "-"],
        &["rules", "--json", "--test", SECRETS],
    ] {
        let output = nozzle(arguments, &[], SECRETS.as_bytes());
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        shows_no_secret(&output);
        assert!(text(&output.stdout).contains("url-password"), "{}", text(&output.stdout));
    }
    let output = nozzle(&["rules", "--test", "token=hunter2x", "--reveal"], &[], b"");
    assert_eq!(
        text(&output.stdout),
        "assigned-secret  bytes 6..14  hunter2x\ntoken=[REDACTED:assigned-secret]\n"
    );
    let nothing = nozzle(&["rules", "--test", "all is well"], &[], b"");
    assert_eq!(text(&nothing.stdout), "all is well\n");
    assert!(text(&nothing.stderr).contains("nothing is found"));
}

#[test]
fn an_audit_changes_no_byte_and_says_so() {
    let event = nozzle(&["event"], &[], format!("{SECRETS}\nplain\n").as_bytes()).stdout;
    let run = |variables: &[(&str, &str)]| {
        let output = nozzle(&["transform", "--format", "response"], variables, &event);
        assert_eq!(output.status.code(), Some(0));
        (output.stdout, text(&output.stderr).to_owned())
    };
    let (none, silent) = run(&[("NOZZLE_REDACT", "none")]);
    let (audit, told) = run(&[("NOZZLE_REDACT_AUDIT", "true")]);
    let (redacted, _) = run(&[]);
    assert!(none == audit && none != redacted && silent.is_empty());
    assert!(told.contains("AUDIT: 7 secrets were found and NONE WAS REPLACED"), "{told}");

    let counts = |variables: &[(&str, &str)]| {
        let output = nozzle(&["transform", "--format", "pretty"], variables, &event).stderr;
        let line =
            text(&output).lines().find(|line| line.contains("url-password")).unwrap().to_owned();
        line.split_once("card-number").unwrap().1.to_owned()
    };
    assert_eq!(counts(&[("NOZZLE_REDACT_AUDIT", "true")]), counts(&[]));
    let check = nozzle(&["check"], &[("NOZZLE_REDACT_AUDIT", "true")], b"");
    assert!(text(&check.stdout).contains("NONE IS REPLACED"));
}

#[test]
fn a_wrong_rule_is_told_by_its_name_and_not_by_its_pattern() {
    let file = configuration("[[redact_rules]]\nid = 'acme-badge'\npattern = 'Zq7('\n");
    let variables = [("NOZZLE_CONFIG", file.path().to_str().unwrap())];
    for command in
        [&["check"][..], &["rules"], &["explain"], &["transform", "events/empty-batch.json"]]
    {
        let output = nozzle(command, &variables, b"");
        assert_eq!(output.status.code(), Some(2), "{command:?}");
        let complaint = text(&output.stderr);
        assert!(complaint.starts_with("nozzle: redact_rules acme-badge: the pattern is no regular expression: unclosed group at character 4; "), "{complaint}");
        assert!(complaint.lines().count() == 1 && !complaint.contains("Zq7"), "{complaint}");
    }
}

#[test]
fn the_readmes_configuration_file_does_what_it_says() {
    let readme =
        std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).unwrap();
    let (_, from_file) = readme.split_once("```toml\n").unwrap();
    let file = configuration(from_file.split_once("```").unwrap().0);
    let variables = [("NOZZLE_CONFIG", file.path().to_str().unwrap())];
    let check = nozzle(&["check"], &variables, b"");
    assert!(check.status.success(), "{}", text(&check.stderr));
    let shown = text(&check.stdout);
    for expected in
        ["acme-badge", "staff.*.id_card", "4111111111111111", "badge_no", "on every string"]
    {
        assert!(shown.contains(expected) == (expected != "on every string"), "{expected}: {shown}");
    }
    let cases = [
        ("entered with BDG-123456", "entered with BDG-[REDACTED:acme-badge]"),
        ("staff badge_no=A4711", "staff badge_no=[REDACTED:by-name]"),
        ("paid with 4111111111111111", "paid with 4111111111111111"),
        ("paid with 5555555555554444", "paid with [REDACTED:card-number]"),
        (
            r#"{"staff":{"ada":{"id_card":"password=hunter2x"}}}"#,
            r#"{"staff":{"ada":{"id_card":"password=hunter2x"}}}"#,
        ),
        ("sent Basic YWRtaW46aHVudGVyMg== upstream", "sent Basic YWRtaW46aHVudGVyMg== upstream"),
    ];
    for (log, expected) in cases {
        let output = nozzle(&["rules", "--test", log], &variables, b"");
        assert!(
            text(&output.stdout).ends_with(&format!("{expected}\n")),
            "{}",
            text(&output.stdout)
        );
    }
}
