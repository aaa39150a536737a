//! The stream with a function elsewhere: how it is called, and what is made of its answers.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use base64_simd::STANDARD;
use serde_json::{Value, json};

use crate::http::{Reply, Request, StandIn};
use crate::lambda::{CONFIGURATION, emulator};
use crate::local_stream::{LocalStream, wait};

/// The ids in an event.
fn ids(request: &Request) -> Vec<String> {
    let event: Value = serde_json::from_slice(&request.body).unwrap();
    let records = event["records"].as_array().unwrap();
    records.iter().map(|record| record["recordId"].as_str().unwrap().to_owned()).collect()
}

/// An answer by which each record becomes `{"n":NUMBER}`.
fn all_ok(request: &Request) -> Reply {
    let records = ids(request).into_iter().enumerate().map(|(number, id)| {
        let data = STANDARD.encode_to_string(format!("{{\"n\":{number}}}"));
        json!({"recordId": id, "result": "Ok", "data": data})
    });
    Reply::Answer(200, json!({"records": records.collect::<Vec<_>>()}).to_string())
}

fn serve(function: &StandIn, arguments: &[&str]) -> LocalStream {
    let url = format!("{}/2015-03-31/functions/function/invocations", function.url);
    LocalStream::start(&[&["--function", &url], arguments].concat(), &[])
}

#[test]
fn the_event_is_what_aws_sends() {
    let function = StandIn::start(|request, _| all_ok(request));
    let server = serve(&function, &["--buffer-seconds", "0"]);
    let put = server.put("logs", &[b"caf\xe9", b""]);
    server.documents("logs-", 2);
    let request = function.requests().remove(0);
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/2015-03-31/functions/function/invocations")
    );
    let event: Value = serde_json::from_slice(&request.body).unwrap();
    assert_eq!(event["invocationId"].as_str().unwrap().len(), 36);
    assert_eq!(event["region"], "us-east-1");
    assert_eq!(
        event["deliveryStreamArn"],
        "arn:aws:firehose:us-east-1:000000000000:deliverystream/logs"
    );
    assert_eq!(event["records"][0]["data"], STANDARD.encode_to_string(b"caf\xe9"));
    assert_eq!(event["records"][1]["data"], "");
    assert_eq!(event["records"][0]["recordId"], put.body["RequestResponses"][0]["RecordId"]);
    assert!(event["records"][0]["approximateArrivalTimestamp"].is_i64());
}

#[test]
fn records_are_gathered_by_size_and_by_time() {
    let function = StandIn::start(|request, _| all_ok(request));
    let server = serve(&function, &["--buffer-mb", "0.2", "--buffer-seconds", "2"]);
    let record = vec![b'x'; 50_000];
    let started = Instant::now();
    // 209,715 bytes hold four of them; the last waits for its time.
    server.put("logs", &[record.as_slice(); 9]);
    server.documents("logs-", 8);
    let by_size = started.elapsed();
    server.documents("logs-", 9);
    let counts: Vec<_> = function.requests().iter().map(|request| ids(request).len()).collect();
    assert_eq!(counts, [4, 4, 1]);
    assert!(started.elapsed() >= Duration::from_secs(2), "{by_size:?}");
}

#[test]
fn each_record_is_judged_by_its_answer() {
    let function = StandIn::start(|request, _| {
        let ids = ids(request);
        let ok = |id: &String| json!({"recordId": id, "result": "Ok", "data": "eyJuIjoxfQ=="});
        let records = json!([
            ok(&ids[6]), ok(&ids[0]),
            {"recordId": ids[1], "result": "Dropped", "data": ""},
            {"recordId": ids[2], "result": "ProcessingFailed", "data": ""},
            ok(&ids[3]), ok(&ids[3]),
            {"recordId": ids[5], "result": "Fine", "data": "e30="},
            {"recordId": ids[7], "result": "Ok", "data": "e30=!"},
            ok(&"unknown".to_owned())
        ]);
        Reply::Answer(200, json!({"records": records}).to_string())
    });
    let mut server = serve(&function, &["--buffer-seconds", "0"]);
    let records: [&[u8]; 8] = [b"r0", b"r1", b"r2", b"r3", b"r4", b"r5", b"r6", b"r7"];
    server.put("logs", &records);
    assert_eq!(server.documents("logs-", 2).len(), 2);
    let failed: Vec<_> = server
        .backup("processing-failed", 5)
        .iter()
        .map(|line| {
            assert_eq!(line["attemptsMade"], 1);
            let data = STANDARD.decode_to_vec(line["rawData"].as_str().unwrap()).unwrap();
            (String::from_utf8(data).unwrap(), line["errorCode"].as_str().unwrap().to_owned())
        })
        .collect();
    let expected = [
        ("r2", "Lambda.ProcessingFailedStatus"),
        ("r3", "Lambda.DuplicatedRecordId"),
        ("r4", "Lambda.MissingRecordId"),
        ("r5", "Lambda.JsonProcessingException"),
        ("r7", "Lambda.JsonProcessingException"),
    ]
    .map(|(record, code)| (record.to_owned(), code.to_owned()));
    assert_eq!(failed, expected);
    let (_, log) = server.end("-TERM");
    assert!(log.contains("8 records: 2 delivered, 1 dropped, 5 to the backup"), "{log}");
    assert_eq!(function.requests().len(), 1);
}

#[test]
fn a_function_that_fails_is_called_four_times() {
    let cases = [
        (
            Reply::Answer(200, r#"{"errorType":"E","errorMessage":"secret"}"#.to_owned()),
            "Lambda.FunctionError",
            4,
        ),
        (
            Reply::Answer(200, "x Task timed out after 1.00 seconds".to_owned()),
            "Lambda.FunctionTimedOut",
            4,
        ),
        (Reply::Answer(500, String::new()), "Lambda.FunctionError", 4),
        (Reply::Answer(403, String::new()), "Lambda.InvokeAccessDenied", 4),
        (Reply::Answer(404, String::new()), "Lambda.ResourceNotFound", 4),
        (Reply::Answer(429, String::new()), "Lambda.InvokeLimitExceeded", 4),
        (Reply::HangUp, "Lambda.FunctionUnreachable", 4),
        (Reply::Answer(200, "null".to_owned()), "Lambda.JsonProcessingException", 1),
        (
            Reply::Answer(200, format!(r#"{{"records":[],"x":"{}"}}"#, "x".repeat(6_291_556))),
            "Lambda.FunctionError",
            4,
        ),
    ];
    thread::scope(|scope| {
        for (reply, code, attempts) in cases {
            scope.spawn(move || {
                let function = StandIn::start(move |_, _| reply.clone());
                let server = serve(&function, &["--buffer-seconds", "0"]);
                server.put("logs", &[b"one", b"two"]);
                let lines = server.backup("processing-failed", 2);
                for line in &lines {
                    assert_eq!(
                        (line["errorCode"].as_str().unwrap(), &line["attemptsMade"]),
                        (code, &json!(attempts))
                    );
                }
                assert_eq!(lines.len(), 2);
                assert_eq!(function.requests().len(), attempts, "{code}");
                assert!(!server.log().contains("secret"), "{}", server.log());
                assert_eq!(server.put("logs", &[b"three"]).status, 200, "the stream lives on");
            });
        }
    });
}

#[test]
fn a_function_that_comes_to_itself_loses_nothing() {
    let function = StandIn::start(|request, number| match number {
        0 => Reply::HangUp,
        1 => Reply::Answer(502, r#"{"errorType":"Runtime.ExitError"}"#.to_owned()),
        _ => all_ok(request),
    });
    let server = serve(&function, &["--buffer-seconds", "0"]);
    server.put("logs", &[b"one"]);
    assert_eq!(server.documents("logs-", 1).len(), 1);
    assert_eq!(function.requests().len(), 3);
    assert!(server.backup_files("").is_empty());
}

#[test]
fn a_function_is_called_once_at_a_time() {
    let (running, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(Mutex::new(0)));
    let seen = Arc::clone(&most);
    let function = StandIn::start(move |request, _| {
        let now = running.fetch_add(1, Ordering::SeqCst) + 1;
        let mut most = seen.lock().unwrap();
        *most = now.max(*most);
        drop(most);
        thread::sleep(Duration::from_millis(50));
        running.fetch_sub(1, Ordering::SeqCst);
        all_ok(request)
    });
    let server = serve(&function, &["--stream", "a", "--stream", "b", "--buffer-seconds", "0"]);
    for _ in 0..4 {
        server.put("a", &[b"x"]);
        server.put("b", &[b"x"]);
    }
    server.documents("logs-", 8);
    assert_eq!(*most.lock().unwrap(), 1);
}

#[test]
fn who_outruns_the_function_is_refused() {
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = Mutex::new(held);
    let function = StandIn::start(move |request, _| {
        let _ = held.lock().unwrap().recv();
        all_ok(request)
    });
    let mut server = serve(&function, &["--buffer-mb", "3"]);
    let record = vec![b'x'; 1_000_000];
    let mut accepted = 0;
    let refusal = (0..30).find_map(|_| {
        let answer = server.put("logs", &[record.as_slice(); 4]);
        if answer.status == 200 {
            accepted += 4;
            return None;
        }
        Some(answer)
    });
    assert_eq!(refusal.unwrap().error(), (500, "ServiceUnavailableException"));
    drop(release);
    let (status, log) = server.end("-TERM");
    assert_eq!(status, Some(0), "{log}");
    assert_eq!(server.documents("logs-", accepted).len(), accepted, "none of the accepted is lost");
}

#[test]
fn a_function_may_put_its_documents_while_the_server_ends() {
    let server = Arc::<Mutex<String>>::default();
    let url = Arc::clone(&server);
    let function = StandIn::start(move |request, _| {
        let request_body = json!({"DeliveryStreamName": "out", "Record": {"Data": "eyJhIjoxfQ=="}});
        let put = ureq::post(url.lock().unwrap().as_str())
            .header("x-amz-target", "Firehose_20150804.PutRecord")
            .send(request_body.to_string());
        let result = if put.is_ok() { "Dropped" } else { "ProcessingFailed" };
        let records = ids(request).into_iter().map(|id| json!({"recordId": id, "result": result}));
        Reply::Answer(200, json!({"records": records.collect::<Vec<_>>()}).to_string())
    });
    let arguments = ["--function", &function.url, "--stream", "in", "--buffer-seconds", "900"];
    let mut stream = LocalStream::start(&arguments, &[("NOZZLE_FANOUT_STREAM", "out")]);
    stream.url.clone_into(&mut server.lock().unwrap());
    stream.put("in", &[b"several"]);
    let (status, log) = stream.end("-TERM");
    assert_eq!(status, Some(0), "{log}");
    assert_eq!(stream.documents("logs-", 1)[0]["a"], 1);
    assert!(stream.backup_files("").is_empty(), "{log}");
}

#[test]
fn a_second_signal_does_not_wait_for_a_function_that_hangs() {
    let (release, held) = std::sync::mpsc::channel::<()>();
    let held = Mutex::new(held);
    let function = StandIn::start(move |_, _| {
        let _ = held.lock().unwrap().recv();
        Reply::HangUp
    });
    let mut server = serve(&function, &["--buffer-seconds", "0"]);
    server.put("logs", &[b"x"]);
    server.signal("-INT");
    let told = wait(|| server.log().contains("ending").then_some(()));
    assert!(told.is_some(), "{}", server.log());
    let refused = wait(|| {
        let answer = server.put("logs", &[b"y"]);
        (answer.error() == (500, "ServiceUnavailableException")).then_some(())
    });
    assert!(refused.is_some(), "nothing is accepted any more");
    let (status, log) = server.end("-INT");
    assert_eq!(status, Some(1), "{log}");
    assert!(log.contains("without delivering"), "{log}");
    drop(release);
}

#[test]
fn the_real_function_behind_the_emulator() {
    let Some(function) = emulator("serve", &CONFIGURATION) else { return };
    // The emulator listens a little later than it is started.
    function.invoke(br#"{"records":[]}"#);
    let arguments =
        ["--function", function.url(), "--buffer-seconds", "0", "--index", "logging-test"];
    let server = LocalStream::start(&arguments, &[]);
    let log = b"Traceback (most recent call last):\n  File \"/app/a.py\", line 7, in run\n    go()\nNameError: name 'go' is not defined";
    server.put("logs", &[log, b"\x1f\x8b\x08broken"]);
    let document = server.documents("logging-test-", 1).remove(0);
    assert_eq!(document["error"]["type"], "NameError");
    assert_eq!(document["service"]["name"], "checkout");
    server.backup("processing-failed", 1);
    let found = wait(|| server.log().contains("1 delivered").then_some(()));
    assert!(found.is_some(), "{}", server.log());
}
