//! The stream before a search engine: bulk requests, retries, the backup of what is refused.

use std::time::{Duration, Instant};

use base64_simd::STANDARD;
use serde_json::{Value, json};

use crate::http::{Reply, Request, StandIn};
use crate::local_stream::{LocalStream, wait};

/// The actions and documents of a bulk request.
fn bulk(request: &Request) -> Vec<(Value, Value)> {
    let text = std::str::from_utf8(&request.body).unwrap();
    assert!(text.ends_with('\n'));
    let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    lines.chunks(2).map(|pair| (pair[0].clone(), pair[1].clone())).collect()
}

/// An answer with these statuses.
fn items(statuses: &[u16]) -> Reply {
    let items: Vec<_> = statuses
        .iter()
        .map(|status| match status {
            200..300 => json!({"index": {"status": status}}),
            _ => json!({"index": {"status": status, "error": {
                "type": "mapper_parsing_exception", "reason": "failed to parse hunter2"}}}),
        })
        .collect();
    Reply::Answer(200, json!({"errors": true, "items": items}).to_string())
}

fn serve(engine: &StandIn, arguments: &[&str]) -> LocalStream {
    let own = ["--opensearch", &engine.url, "--buffer-seconds", "0"];
    LocalStream::start(&[&own, arguments].concat(), &[])
}

#[test]
fn what_the_engine_has_no_time_for_is_sent_again_and_nothing_else() {
    let engine = StandIn::start(|_, number| match number {
        0 => Reply::Answer(503, "busy".to_owned()),
        1 => Reply::HangUp,
        2 => items(&[201, 429, 400, 503]),
        3 => items(&[429, 201]),
        _ => items(&[201]),
    });
    let mut server = serve(&engine, &["--rotation", "none", "--index", "shop"]);
    server.put("logs", &[b"a", b"b", b"c", b"d"]);
    let failed = server.backup("AmazonOpenSearchService_failed", 1);
    let requests = engine.requests();
    let sent: Vec<Vec<String>> = requests
        .iter()
        .map(|request| {
            assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/_bulk"));
            assert_eq!(request.headers["content-type"], "application/x-ndjson");
            let documents = bulk(request);
            documents.iter().map(|(_, d)| d["message"].as_str().unwrap().to_owned()).collect()
        })
        .collect();
    assert_eq!(
        sent,
        [
            &["a", "b", "c", "d"][..],
            &["a", "b", "c", "d"],
            &["a", "b", "c", "d"],
            &["b", "d"],
            &["b"]
        ]
    );
    let id = |request: usize, document: usize| {
        let (action, _) = bulk(&requests[request])[document].clone();
        assert_eq!(action["index"]["_index"], "shop");
        action["index"]["_id"].as_str().unwrap().to_owned()
    };
    assert_eq!(id(0, 1), id(4, 0), "an attempt more makes no document more");
    assert_ne!(id(0, 0), id(0, 1));

    let [line] = &failed[..] else { panic!("{failed:?}") };
    let document = STANDARD.decode_to_vec(line["rawData"].as_str().unwrap()).unwrap();
    let document: Value = serde_json::from_slice(&document).unwrap();
    assert_eq!(document["message"], "c");
    assert_eq!(line["errorCode"], "400");
    assert_eq!(line["errorMessage"], "mapper_parsing_exception: failed to parse hunter2");
    assert_eq!(line["attemptsMade"], 3);
    assert_eq!(line["esIndexName"], "shop");
    assert_eq!(line["esDocumentId"], json!(id(0, 2)));
    assert_eq!(line["esTypeName"], "");
    let times =
        ["arrivalTimestamp", "attemptEndingTimestamp"].map(|name| line[name].as_i64().unwrap());
    assert!(times[0] <= times[1]);
    assert_eq!(line.as_object().unwrap().len(), 9);
    let (status, log) = server.end("-TERM");
    assert_eq!(status, Some(0));
    assert!(log.contains("4 records: 3 delivered, 0 dropped, 1 to the backup: 400 1"), "{log}");
    assert!(!log.contains("hunter2"), "{log}");
}

#[test]
fn what_the_engine_refuses_as_a_whole_is_backed_up() {
    for (status, patience) in [(401, "60"), (413, "60"), (400, "60"), (500, "0")] {
        let engine = StandIn::start(move |_, _| Reply::Answer(status, "no".to_owned()));
        let server = serve(&engine, &["--retry-seconds", patience]);
        server.put("logs", &[b"a", b"b"]);
        let failed = server.backup("AmazonOpenSearchService_failed", 2);
        let code = json!(status.to_string());
        assert!(failed.iter().all(|line| line["errorCode"] == code), "{failed:?}");
        assert!(failed.iter().all(|line| line["attemptsMade"] == 1), "{failed:?}");
        assert_eq!(engine.requests().len(), 1);
    }
}

#[test]
fn an_engine_that_is_away_is_waited_for_and_given_up_at_the_end() {
    let away = "http://127.0.0.1:9";
    let arguments = ["--opensearch", away, "--buffer-seconds", "0"];
    let mut server = LocalStream::start(&arguments, &[]);
    server.put("logs", &[b"kept"]);
    let tried = wait(|| server.log().contains("no answer").then_some(()));
    assert!(tried.is_some(), "{}", server.log());
    assert!(server.backup_files("").is_empty(), "it may come back within a minute");
    let started = Instant::now();
    let (status, log) = server.end("-TERM");
    assert!(started.elapsed() < Duration::from_secs(20));
    assert_eq!(status, Some(0), "{log}");
    let line = server.backup("AmazonOpenSearchService_failed", 1).remove(0);
    assert_eq!(line["errorCode"], "ES.ConnectionError");
}

#[test]
fn a_user_is_named_with_the_password_of_the_environment() {
    let engine = StandIn::start(|_, _| items(&[201]));
    let arguments = ["--opensearch", &engine.url, "--buffer-seconds", "0", "--user", "admin"];
    let mut server = LocalStream::start(&arguments, &[("OPENSEARCH_PASSWORD", "hunter2")]);
    server.put("logs", &[b"a"]);
    let request = wait(|| engine.requests().pop()).unwrap();
    let expected = format!("Basic {}", STANDARD.encode_to_string("admin:hunter2"));
    assert_eq!(request.headers["authorization"], expected);
    let (_, log) = server.end("-TERM");
    assert!(!log.contains("hunter2"), "{log}");
}
