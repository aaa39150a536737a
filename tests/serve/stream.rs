//! The stream with the command's own code: what becomes of records, and when.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use jiff::Timestamp;

use crate::local_stream::{LocalStream, wait};
use crate::terminal::{nozzle, text};

#[test]
fn records_become_documents_in_the_index_of_their_arrival() {
    let mut server = LocalStream::start(
        &["--buffer-seconds", "0", "--index", "logging-test"],
        &[("NOZZLE_SERVICE", "shop"), ("AWS_REGION", "eu-west-1")],
    );
    let before = Timestamp::now();
    let log = br#"{"asctime":"2020-05-11 14:44:44,123","levelname":"ERROR","message":"no route","db_password":"hunter2"}"#;
    assert_eq!(server.put("logs", &[log]).status, 200);
    let day = |time: Timestamp| time.strftime("logging-test-%Y-%m-%d").to_string();
    let document = server.documents("logging-test-", 1).remove(0);
    assert_eq!(document["@timestamp"], "2020-05-11T14:44:44.123Z");
    assert_eq!(document["log"]["level"], "error");
    assert_eq!(document["service"]["name"], "shop");
    assert_eq!(document["cloud"]["region"], "eu-west-1");
    assert_eq!(document["labels"]["db_password"], "[REDACTED:by-name]");
    let folder = server.data().join("documents");
    let names: Vec<_> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 1);
    let today = [before, Timestamp::now()].map(|time| format!("{}.ndjson", day(time)));
    assert!(today.contains(&names[0]), "{names:?}");
    let (status, log) = server.end("-TERM");
    assert_eq!(status, Some(0), "{log}");
    assert!(log.contains("logs: 1 records: 1 delivered"), "{log}");
    assert!(!log.contains("hunter2") && !log.contains("no route"), "{log}");
}

#[test]
fn stream_and_documents_name_their_indices_alike_unless_told_otherwise() {
    let none: &[&str] = &[];
    let cases: [(&[&str], _, &str, &str); 6] = [
        (none, vec![], "logs-2", "logs-2020-05-11"),
        (&["--index", "shop"], vec![], "shop-2", "shop-2020-05-11"),
        (none, vec![("NOZZLE_INDEX", "shop")], "shop-2", "shop-2020-05-11"),
        (&["--index", "a"], vec![("NOZZLE_INDEX", "b")], "a-2", "b-2020-05-11"),
        (
            none,
            vec![("NOZZLE_INDEX", "{service}-x"), ("NOZZLE_INDEX_ROTATION", "none")],
            "logs.",
            "local-x",
        ),
        (&["--rotation", "none"], vec![], "logs.", "logs"),
    ];
    for (arguments, variables, file, index) in cases {
        let arguments = [arguments, &["--buffer-seconds", "0"]].concat();
        let server = LocalStream::start(&arguments, &variables);
        server.put("logs", &[br#"{"time":"2020-05-11T14:44:44Z","message":"x"}"#]);
        assert_eq!(server.documents(file, 1)[0]["index"], index, "{arguments:?} {variables:?}");
    }
}

#[test]
fn a_record_that_is_no_log_is_backed_up_as_firehose_does() {
    let server = LocalStream::quick();
    let started = Timestamp::now().as_millisecond();
    server.put("logs", &[b"\x1f\x8b\x08broken", b"fine"]);
    let line = server.backup("processing-failed", 1).remove(0);
    let keys: Vec<_> = line.as_object().unwrap().keys().map(String::as_str).collect();
    let mut expected = [
        "attemptsMade",
        "arrivalTimestamp",
        "errorCode",
        "errorMessage",
        "attemptEndingTimestamp",
        "rawData",
        "lambdaArn",
    ];
    expected.sort_unstable();
    assert_eq!(keys, expected);
    assert_eq!(line["attemptsMade"], 1);
    assert_eq!(line["errorCode"], "Lambda.ProcessingFailedStatus");
    assert_eq!(line["rawData"], base64_simd::STANDARD.encode_to_string(b"\x1f\x8b\x08broken"));
    let times =
        ["arrivalTimestamp", "attemptEndingTimestamp"].map(|name| line[name].as_i64().unwrap());
    assert!(started <= times[0] && times[0] <= times[1]);

    let file = server.backup_files("processing-failed").remove(0);
    let path = file.strip_prefix(server.data()).unwrap().to_str().unwrap();
    let form: String = path.chars().map(|c| if c.is_ascii_hexdigit() { '0' } else { c }).collect();
    let form = form.split_once("g-").unwrap().1;
    assert_eq!(
        form.split_once("/0000").unwrap().1,
        "/00/00/00/logs-0-0000-00-00-00-00-00-00000000-0000-0000-0000-000000000000"
    );
    let mode = fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o077, 0, "it holds the record as it came");
    assert_eq!(server.documents("logs-", 1)[0]["message"], "fine");
}

#[test]
fn what_is_buffered_is_delivered_at_the_end() {
    for signal in ["-TERM", "-INT"] {
        let mut server = LocalStream::start(&["--buffer-seconds", "900"], &[]);
        let records: Vec<Vec<u8>> =
            (0..400).map(|number| format!("line {number}").into_bytes()).collect();
        let records: Vec<&[u8]> = records.iter().map(Vec::as_slice).collect();
        server.put("logs", &records);
        assert!(server.backup_files("").is_empty());
        let (status, log) = server.end(signal);
        assert_eq!(status, Some(0), "{log}");
        assert_eq!(server.documents("logs-", 400).len(), 400);
    }
}

#[test]
fn documents_of_a_record_that_holds_several_go_into_the_fan_out_stream() {
    for streams in
        [&["--stream", "in", "--stream", "out"][..], &["--stream", "in"], &["--stream", "out"]]
    {
        let arguments = [streams, &["--buffer-seconds", "900"]].concat();
        let mut server = LocalStream::start(&arguments, &[("NOZZLE_FANOUT_STREAM", "out")]);
        let stream = streams[1];
        server.put(stream, &[b"{\"message\":\"one\"}{\"message\":\"two\"}", b"three"]);
        let (status, log) = server.end("-TERM");
        assert_eq!(status, Some(0), "{log}");
        let documents = server.documents("logs-", 3);
        let mut messages: Vec<_> =
            documents.iter().map(|document| document["message"].as_str().unwrap()).collect();
        messages.sort_unstable();
        assert_eq!(messages, ["one", "three", "two"], "{streams:?} {log}");
        assert!(server.backup_files("").is_empty());
    }
}

#[test]
fn a_stream_without_a_function_delivers_only_documents() {
    let server = LocalStream::start(
        &["--stream", "in", "--stream", "out", "--buffer-seconds", "0"],
        &[("NOZZLE_FANOUT_STREAM", "out")],
    );
    let hostile = b"{}\n{\"delete\":{\"_index\":\"logs\",\"_id\":\"1\"}}";
    server.put("out", &[br#"{"message":"as it is","password":"kept"}"#, hostile, b"text"]);
    assert_eq!(server.documents("logs-", 1)[0]["password"], "kept");
    let failed = server.backup("AmazonOpenSearchService_failed", 2);
    assert_eq!(failed[0]["errorCode"], "ES.MalformedData");
    assert_eq!(failed[0]["rawData"], base64_simd::STANDARD.encode_to_string(hostile));
}

#[test]
fn where_nothing_can_be_written_the_stream_stands_still_until_it_can() {
    let server = LocalStream::quick();
    let folder = server.data().join("documents");
    fs::write(&folder, b"a file in its place").unwrap();
    server.put("logs", &[b"kept"]);
    let told = wait(|| server.log().contains("documents cannot be written").then_some(()));
    assert!(told.is_some(), "{}", server.log());
    fs::remove_file(&folder).unwrap();
    assert_eq!(server.documents("logs-", 1)[0]["message"], "kept");
}

#[test]
fn what_can_be_kept_nowhere_at_the_end_is_no_success() {
    let mut server = LocalStream::start(&["--buffer-seconds", "900"], &[]);
    fs::write(server.data().join("documents"), b"a file in its place").unwrap();
    server.put("logs", &[b"a"]);
    let (status, log) = server.end("-TERM");
    assert_eq!(status, Some(1), "{log}");
    assert!(log.contains("IS LOST") && !log.contains("1 delivered"), "{log}");
}

#[test]
fn a_wrong_command_line_is_told() {
    let busy = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let busy = busy.local_addr().unwrap().to_string();
    let cases: [(&[&str], &str); 7] = [
        (&["--address", &busy], "--address"),
        (&["--buffer-mb", "9"], "0.2 to 3"),
        (&["--index", "Logs"], "no capitals"),
        (&["--stream", "a b"], "1 to 64"),
        (&["--stream", "a", "--stream", "a"], "named twice"),
        (&["--opensearch", "localhost"], "--opensearch is no address"),
        (&["--opensearch", "http://127.0.0.1:1", "--user", "me"], "OPENSEARCH_PASSWORD"),
    ];
    for (arguments, expected) in cases {
        let folder = tempfile::TempDir::new().unwrap();
        let own = ["serve", "--folder", folder.path().to_str().unwrap()];
        let own = [&own, arguments].concat();
        let address = ["--address", "127.0.0.1:0"];
        let all = if arguments[0] == "--address" { own } else { [&own[..], &address].concat() };
        let output = nozzle(&all, &[], b"");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(text(&output.stderr).contains(expected), "{}", text(&output.stderr));
        assert!(output.stdout.is_empty());
    }
}
