//! `nozzle install` as a person uses it, against an engine that keeps what it is given.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod engine;
mod http;
mod terminal;

use std::net::TcpListener;

use engine::{Engine, Nature};
use http::Request;
use serde_json::json;
use terminal::{nozzle, text};

/// Variables and their values.
type Variables<'a> = &'a [(&'a str, &'a str)];

/// The lines of standard output that tell a request, as their word and path, and the exit status.
fn install(engine: &Engine, arguments: &[&str]) -> (Vec<String>, String, Option<i32>) {
    install_as(engine, arguments, &[])
}

fn install_as(
    engine: &Engine,
    arguments: &[&str],
    variables: Variables<'_>,
) -> (Vec<String>, String, Option<i32>) {
    let arguments = [&["install", "--url", &engine.url], arguments].concat();
    let output = nozzle(&arguments, variables, b"");
    let lines = text(&output.stdout).lines().filter(|line| line.contains("  P"));
    let lines = lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    (lines, text(&output.stderr).to_owned(), output.status.code())
}

const ALL: [&str; 4] = [
    "PUT /_component_template/nozzle",
    "PUT /_ingest/pipeline/nozzle-logs",
    "PUT /_plugins/_ism/policies/nozzle-logs",
    "PUT /_index_template/nozzle-logs",
];

fn each(word: &str, requests: &[&str]) -> Vec<String> {
    requests.iter().map(|request| format!("{word} {request}")).collect()
}

fn paths(requests: &[Request]) -> Vec<String> {
    requests.iter().map(|request| format!("{} {}", request.method, request.path)).collect()
}

#[test]
fn the_second_run_changes_nothing() {
    let engine = Engine::start(Nature::opensearch());
    let (lines, warnings, status) = install(&engine, &["--dry-run"]);
    assert_eq!((lines, status), (each("create", &ALL), Some(0)), "{warnings}");
    assert!(engine.take_changes().is_empty());

    let (lines, warnings, status) = install(&engine, &[]);
    assert_eq!((lines, warnings.as_str(), status), (each("created", &ALL), "", Some(0)));
    assert_eq!(paths(&engine.take_changes()), ALL);

    for arguments in [&[][..], &["--dry-run"]] {
        let (lines, warnings, status) = install(&engine, arguments);
        assert_eq!(status, Some(0), "{warnings}");
        assert!(lines.iter().all(|line| line.starts_with("unchanged PUT ")), "{lines:?}");
        assert!(engine.take_changes().is_empty());
    }
}

#[test]
fn only_what_differs_is_written_and_told() {
    let engine = Engine::start(Nature::opensearch());
    install(&engine, &[]);
    engine.take_requests();
    let mut template = engine.stored("/_index_template/nozzle-logs").unwrap();
    template["template"]["settings"]["index"]["refresh_interval"] = json!("1s");
    engine.store("/_index_template/nozzle-logs", template);
    let changes = [
        "PUT /_plugins/_ism/policies/nozzle-logs?if_seq_no=7&if_primary_term=3",
        "PUT /_index_template/nozzle-logs",
    ];
    let (lines, _, _) = install(&engine, &["--keep-days", "7", "--dry-run"]);
    assert_eq!(
        lines[2],
        format!("change {} states.0.transitions.0.conditions.min_index_age", changes[0])
    );
    assert_eq!(lines[3], format!("change {} template.settings.index.refresh_interval", changes[1]));
    assert!(engine.take_changes().is_empty());

    let (lines, warnings, status) = install(&engine, &["--keep-days", "7"]);
    assert_eq!(status, Some(0), "{warnings}");
    assert!(lines[0].starts_with("unchanged") && lines[1].starts_with("unchanged"), "{lines:?}");
    assert!(lines[2].starts_with("changed") && lines[3].starts_with("changed"), "{lines:?}");
    assert_eq!(paths(&engine.take_changes()), changes);
    let policy = engine.stored("/_plugins/_ism/policies/nozzle-logs").unwrap();
    assert!(policy.to_string().contains("\"7d\""));
}

#[test]
fn an_engine_without_policies_gets_the_rest() {
    let nature = Nature { missing: vec!["/_plugins/_ism", "/_opendistro"], ..Nature::opensearch() };
    let engine = Engine::start(nature);
    let (lines, warnings, status) = install(&engine, &[]);
    assert_eq!(lines[2], format!("left out {}", ALL[2]));
    assert_eq!(status, Some(0));
    assert_eq!(
        warnings,
        "nozzle: warning: this OpenSearch knows no policies, so that old indices stay until you delete them\n"
    );
    assert_eq!(paths(&engine.take_changes()), [ALL[0], ALL[1], ALL[3]]);
}

#[test]
fn elasticsearch_gets_its_own_policy_before_the_template_that_names_it() {
    let (ilm, ism) = ("/_ilm/policy/nozzle-logs", "/_opendistro/_ism/policies/nozzle-logs");
    // Which policy it gets, whether the template names that, and whether it may tell the engine to
    // leave fields beyond the limit unmapped.
    let cases = [
        ("8.17.0", vec![], Some(ilm), true, true),
        ("8.13.4", vec![], Some(ilm), true, false),
        ("7.10.2", vec!["/_ilm"], Some(ism), false, false),
        ("8.17.0", vec!["/_ilm"], None, false, true),
    ];
    for (version, missing, policy, names_policy, ignores_fields) in cases {
        let engine = Engine::start(Nature { missing, ..Nature::elasticsearch(version) });
        let (_, warnings, status) = install(&engine, &[]);
        assert_eq!(status, Some(0), "{warnings}");
        assert_eq!(warnings.is_empty(), policy.is_some(), "{warnings}");
        let mut expected = vec![ALL[0].to_owned(), ALL[1].to_owned()];
        expected.extend(policy.iter().map(|path| format!("PUT {path}")));
        expected.push(ALL[3].to_owned());
        assert_eq!(paths(&engine.take_changes()), expected, "{version}");
        let template = engine.stored("/_index_template/nozzle-logs").unwrap();
        let index = &template["template"]["settings"]["index"];
        assert_eq!(index.get("lifecycle").is_some(), names_policy, "{version}");
        let total_fields = index["mapping"]["total_fields"].as_object().unwrap();
        assert_eq!(total_fields.contains_key("ignore_dynamic_beyond_limit"), ignores_fields);
        let (lines, _, _) = install(&engine, &[]);
        assert!(lines.iter().all(|line| !line.starts_with("changed")), "{lines:?}");
        assert!(engine.take_changes().is_empty());
    }
}

#[test]
fn the_prefix_decides_names_and_patterns() {
    let engine = Engine::start(Nature::opensearch());
    let variables = [("NOZZLE_INDEX", "team-a-{service}")];
    let (lines, warnings, status) = install_as(&engine, &[], &variables);
    assert_eq!(status, Some(0), "{warnings}");
    assert!(lines[1..].iter().all(|line| line.ends_with("/nozzle-team-a")), "{lines:?}");
    let template = engine.stored("/_index_template/nozzle-team-a").unwrap();
    assert_eq!(template["index_patterns"], json!(["team-a", "team-a-*"]));
    assert_eq!(template["template"]["settings"]["index"]["default_pipeline"], "nozzle-team-a");
    let pipeline = engine.stored("/_ingest/pipeline/nozzle-team-a").unwrap();
    // An index of this prefix, and not of one that begins as it does.
    let pattern = pipeline["processors"][0]["grok"]["pattern_definitions"]["INDEX"].as_str();
    assert!(pattern.unwrap().starts_with(r"\Ateam-a(?:-["), "{pattern:?}");
    let policy = engine.stored("/_plugins/_ism/policies/nozzle-team-a").unwrap();
    assert_eq!(
        policy["policy"]["ism_template"][0]["index_patterns"],
        json!(["team-a", "team-a-*"])
    );

    // The option wins over the variable.
    let (lines, _, _) = install_as(&engine, &["--index", "ärger"], &variables);
    assert!(lines[1].ends_with("/_ingest/pipeline/nozzle-%C3%A4rger"), "{lines:?}");
}

#[test]
fn what_keeps_the_template_from_its_work_is_told() {
    let nature = Nature {
        indices: json!({
            "logs-2020-05-09": {"settings": {"index.provided_name": "logs-2020-05-09"}},
            "logs-2020-05-10": {"settings": {"index.default_pipeline": "other"}},
            "logs-2020-05-11": {"settings": {"index.default_pipeline": "nozzle-logs"}},
        }),
        ..Nature::opensearch()
    };
    let engine = Engine::start(nature);
    engine.store("/_index_template/all", json!({"index_patterns": ["lo*", "x"], "priority": 200}));
    engine.store("/_index_template/weak", json!({"index_patterns": ["logs-*"], "priority": 199}));
    engine
        .store("/_index_template/others", json!({"index_patterns": "metrics-*", "priority": 500}));
    let (_, warnings, status) = install(&engine, &["--stream-index", "applogs"]);
    assert_eq!(status, Some(0));
    let warnings: Vec<&str> = warnings.lines().collect();
    assert_eq!(warnings.len(), 3, "{warnings:?}");
    assert!(warnings[0].starts_with("nozzle: warning: all also matches logs-2020-05-11"));
    assert!(warnings[1].starts_with("nozzle: warning: logs-2020-05-09, logs-2020-05-10 was made"));
    assert!(warnings[2].contains("applogs does not match logs or logs-*"), "{warnings:?}");
    let template = json!({"index_patterns": ["lo*", "x"], "priority": 200});
    assert_eq!(engine.stored("/_index_template/all"), Some(template), "it is another's");

    let (_, warnings, _) = install(&engine, &["--stream-index", "logs"]);
    assert_eq!(warnings.lines().count(), 2, "{warnings}");
}

#[test]
fn the_dashboard_is_imported_when_it_is_not_there_in_this_revision() {
    let engine = Engine::start(Nature::opensearch());
    let import = "POST /_dashboards/api/saved_objects/_import?overwrite=true";
    let dashboards = format!("{}/_dashboards/", engine.url);
    let arguments = ["--dashboards", dashboards.as_str()];
    // The server is the engine's too: it keeps objects without the path before them.
    let (lines, warnings, status) = install(&engine, &arguments);
    assert_eq!(status, Some(0), "{warnings}");
    assert_eq!(lines[4].split_once(' ').unwrap().0, "created");
    assert!(paths(&engine.take_changes()).contains(&import.to_owned()));

    let url = engine.url.clone();
    let run = |more: &[&str]| {
        let output = nozzle(&[&["install", "--dashboards", &url], more].concat(), &[], b"");
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        text(&output.stdout).split_whitespace().next().unwrap().to_owned()
    };
    let place = "/api/saved_objects/dashboard/nozzle-logs-dashboard";
    assert_eq!(run(&[]), "unchanged");
    assert!(engine.take_changes().is_empty());
    let mut dashboard = engine.stored(place).unwrap();
    // A person's own changes stay.
    dashboard["attributes"]["panelsJSON"] = json!("[]");
    engine.store(place, dashboard.clone());
    assert_eq!(run(&[]), "unchanged");
    dashboard["attributes"]["description"] = json!("of long ago");
    engine.store(place, dashboard);
    assert_eq!(run(&["--dry-run"]), "change");
    assert!(engine.take_changes().is_empty());
    assert_eq!(run(&[]), "changed");
    assert_eq!(run(&[]), "unchanged");
    assert_eq!(run(&["--index", "app"]), "created");
    assert!(engine.stored(place).is_some());
    assert!(engine.stored("/api/saved_objects/dashboard/nozzle-app-dashboard").is_some());
}

#[test]
fn requests_carry_the_users_name_and_never_show_the_password() {
    let engine = Engine::start(Nature::opensearch());
    let variables = [("OPENSEARCH_PASSWORD", "Zq7hunter2")];
    install_as(&engine, &["--user", "ada"], &variables);
    let requests = engine.take_requests();
    assert!(requests.len() > 8);
    for request in requests {
        // printf 'ada:Zq7hunter2' | base64
        assert_eq!(request.headers["authorization"], "Basic YWRhOlpxN2h1bnRlcjI=");
    }
    engine.change(|nature| nature.refusal = Some((401, "Unauthorized")));
    let (lines, errors, status) = install_as(&engine, &["--user", "ada"], &variables);
    assert_eq!((lines.len(), status), (0, Some(1)));
    assert_eq!(
        errors,
        format!(
            "nozzle: GET {}/: answered 401: Unauthorized; check --user and OPENSEARCH_PASSWORD\n",
            engine.url
        )
    );
    let (_, errors, _) = install(&engine, &["--dry-run"]);
    assert!(errors.contains("give a user with --user NAME"), "{errors}");
}

#[test]
fn requests_are_signed_for_aws() {
    let engine = Engine::start(Nature::opensearch());
    let variables = [
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"),
        ("AWS_SESSION_TOKEN", "a-token"),
        ("AWS_REGION", "eu-west-1"),
    ];
    let (_, errors, status) = install_as(&engine, &["--aws"], &variables);
    assert_eq!(status, Some(0), "{errors}");
    for request in engine.take_requests() {
        let header = |name: &str| request.headers[name].clone();
        let authorization = header("authorization");
        let (date, _) = header("x-amz-date")
            .split_once('T')
            .map(|(d, t)| (d.to_owned(), t.to_owned()))
            .unwrap();
        let scope = format!(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/{date}/eu-west-1/es/aws4_request, SignedHeaders="
        );
        let rest = authorization.strip_prefix(&scope).unwrap_or_else(|| panic!("{authorization}"));
        let (signed, signature) = rest.split_once(", Signature=").unwrap();
        for name in ["host", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"] {
            assert!(signed.split(';').any(|header| header == name), "{name}: {signed}");
        }
        assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
        assert_eq!(header("x-amz-security-token"), "a-token");
        assert_eq!(header("x-amz-content-sha256"), hash(&request.body), "{}", request.path);
        assert!(!authorization.contains("wJalr"));
    }
}

fn hash(body: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    format!("{:x}", Sha256::digest(body))
}

#[test]
fn an_engine_that_is_busy_is_asked_again() {
    let engine = Engine::start(Nature { busy: 2, ..Nature::opensearch() });
    let (lines, errors, status) = install(&engine, &[]);
    assert_eq!((lines.len(), status), (4, Some(0)), "{errors}");
    engine.change(|nature| nature.busy = usize::MAX);
    engine.take_requests();
    let (_, errors, status) = install(&engine, &["--dry-run"]);
    assert_eq!(status, Some(1));
    assert!(errors.contains("answered 503: not now; try again"), "{errors}");
    assert_eq!(engine.take_requests().len(), 4);
}

#[test]
fn a_request_of_no_use_stops_the_work_with_its_reason() {
    let cases = [
        (404, "{}", "answered 404"),
        (403, r#"{"Message":"User: anonymous is not authorized"}"#, "es:ESHttp*"),
        (302, "", "leads to /login"),
        (200, "<html>", "the answer is not understood"),
        (200, r#"{"hello":1}"#, "the answer is not understood"),
    ];
    let engine = Engine::start(Nature::opensearch());
    for (status, answer, expected) in cases {
        engine.change(|nature| nature.refusal = Some((status, answer)));
        let (lines, errors, status) = install(&engine, &[]);
        assert_eq!((lines.len(), status), (0, Some(1)), "{errors}");
        assert!(errors.contains(expected) && errors.lines().count() == 1, "{errors}");
    }
}

#[test]
fn an_engine_that_cannot_be_reached_is_told_and_a_dry_run_goes_on() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let output = nozzle(&["install", "--url", &url], &[], b"");
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("no answer: ") && output.stdout.is_empty());
    let arguments = ["install", "--url", &url, "--dashboards", &url, "--dry-run"];
    let output = nozzle(&arguments, &[], b"");
    assert_eq!(output.status.code(), Some(0));
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines.len(), 5, "{lines:?}");
    assert!(lines.iter().all(|line| line.starts_with("unknown    P")), "{lines:?}");
}

#[test]
fn the_files_can_be_written_instead() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let output = nozzle(&["install", "--write", path, "--index", "app"], &[], b"");
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let mut written = 0;
    for line in text(&output.stdout).lines() {
        let file = line.strip_prefix("written    ").unwrap();
        let content = std::fs::read_to_string(file).unwrap();
        for line in content.lines().filter(|_| file.ends_with("ndjson")) {
            serde_json::from_str::<serde_json::Value>(line).unwrap();
        }
        written += 1;
    }
    assert_eq!(written, 7);
    let dry = folder.path().join("dry");
    let arguments = ["install", "--write", dry.to_str().unwrap(), "--dry-run"];
    assert_eq!(nozzle(&arguments, &[], b"").status.code(), Some(0));
    assert!(!dry.exists());
}

#[test]
fn wrong_usage_is_told_before_anything_is_sent() {
    let amazon = "https://search-logs-abc.eu-west-1.es.amazonaws.com";
    let password = ("OPENSEARCH_PASSWORD", "Zq7hunter2");
    let cases: [(&[&str], Variables<'_>, &str); 10] = [
        (&[], &[], "--url"),
        (&["--url", "logs.example.com"], &[], "begins with https:// or http://"),
        (&["--url", "https://ada:Zq7hunter2@logs"], &[], "holds a user"),
        (&["--url", "https://logs", "--user", "ada"], &[], "set OPENSEARCH_PASSWORD"),
        (&["--url", "http://logs", "--user", "ada"], &[password], "is not encrypted"),
        (&["--url", amazon], &[], "AWS_ACCESS_KEY_ID"),
        (&["--url", "https://logs", "--index", "{service}"], &[], "every index of the domain"),
        (&["--url", "https://logs", "--index", "a{b}"], &[], "{service} or {environment}"),
        (&["--url", "https://logs"], &[("NOZZLE_INDEX", "{environment}-x")], "NOZZLE_INDEX: "),
        (&["--url", "https://logs", "--keep-days", "0"], &[], "--keep-days"),
    ];
    for (arguments, variables, expected) in cases {
        let output = nozzle(&[&["install"], arguments].concat(), variables, b"");
        let complaint = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
        assert!(complaint.contains(expected) && !complaint.contains("Zq7"), "{complaint}");
    }
    let keys = [("AWS_ACCESS_KEY_ID", "a"), ("AWS_SECRET_ACCESS_KEY", "b")];
    let output = nozzle(&["install", "--url", "https://logs.example.com", "--aws"], &keys, b"");
    assert!(text(&output.stderr).contains("set AWS_REGION"), "{}", text(&output.stderr));
}
