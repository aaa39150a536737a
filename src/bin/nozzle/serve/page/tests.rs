//! The routes, over a real socket.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};

use nozzle::Settings;
use serde_json::Value;

use super::*;
use crate::serve::journal::{Entry, Outcome};

const SECRET: &str = "hunter2x9";

/// A page that serves a journal with three records, of which the first has secrets.
fn start(reveals: bool) -> SocketAddr {
    let config = Arc::new(Config::compile_locally(&Settings::default()).unwrap());
    let masking = (!reveals).then(|| Arc::clone(&config));
    let journal = Arc::new(Journal::new(100, masking));
    let entry = Entry {
        payload: format!(
            r#"{{"message":"login password={SECRET}","db":{{"password":"{SECRET}"}},"inner":"{{\"pin\":\"{SECRET}\"}}"}}"#
        )
        .into_bytes(),
        arrived: Timestamp::from_second(1_589_201_000).unwrap(),
        result: Outcome::Ok,
        document: Some(br#"{"message":"login password=[REDACTED:assigned-secret]"}"#.to_vec()),
        index: "logs-2020-05-11".to_owned(),
        stream: "logs".to_owned(),
    };
    let failed = Outcome::ProcessingFailed { code: "Lambda.ProcessingFailedStatus".to_owned() };
    journal.add(entry.clone());
    journal.add(Entry { payload: Vec::new(), document: None, result: failed, ..entry.clone() });
    journal.add(Entry { document: Some(entry.payload.clone()), ..entry });
    let hosts = Hosts::of("127.0.0.1".parse().unwrap());
    let routes = routes(Page {
        journal,
        config,
        stream: "logs".into(),
        place: Place::for_tests(),
        reveals,
        hosts,
    });
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, routes).await.unwrap();
        });
    });
    address
}

/// The head and the body of an answer.
fn ask(address: SocketAddr, path: &str, headers: &str) -> (String, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}

fn ask_json(address: SocketAddr, path: &str) -> Value {
    let (head, body) = ask(address, path, "Host: localhost:4573\r\n");
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    serde_json::from_str(&body).unwrap()
}

#[test]
fn every_answer_forbids_what_the_page_does_not_need() {
    let address = start(false);
    for path in [
        "/",
        "/page/style.css",
        "/page/page.js",
        "/page/text.js",
        "/page/overview.js",
        "/page/opened.js",
        "/page/feed",
        "/page/overview",
        "/page/records/1",
        "/page/records/99",
    ] {
        for host in ["Host: localhost:4573\r\n", "Host: evil.example\r\n"] {
            let (head, _) = ask(address, path, host);
            for line in [
                "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:;",
                "x-content-type-options: nosniff",
                "referrer-policy: no-referrer",
                "cache-control: no-store",
            ] {
                assert!(head.contains(line), "{path}: {head}");
            }
        }
    }
}

#[test]
fn a_foreign_name_learns_nothing() {
    let address = start(false);
    for headers in [
        "Host: evil.example\r\n",
        "Host: localhost.evil.example:4573\r\n",
        "Host: 192.168.1.7:4573\r\n",
        "Host: localhost:4573\r\nOrigin: http://evil.example\r\n",
        "Host: localhost:4573\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n",
    ] {
        for path in ["/", "/page/feed", "/page/overview", "/page/records/1"] {
            let (head, body) = ask(address, path, headers);
            assert!(head.starts_with("HTTP/1.1 403"), "{path} {headers}: {head}");
            assert!(!body.contains("login") && !body.contains("evil"), "{body}");
        }
    }
}

#[test]
fn the_feed_has_what_is_new() {
    let address = start(false);
    let feed = ask_json(address, "/page/feed?after=1");
    assert_eq!((&feed["latest"], &feed["held"]), (&3.into(), &3.into()));
    let numbers: Vec<_> =
        feed["rows"].as_array().unwrap().iter().map(|row| &row["number"]).collect();
    assert_eq!(numbers, [3, 2]);
    assert_eq!(feed["rows"][1]["code"], "Lambda.ProcessingFailedStatus");
    let feed = ask_json(address, "/page/feed?text=LOGIN&after=0&before=3");
    assert_eq!(feed["rows"][0]["message"], "login password=[REDACTED:assigned-secret]");
    let (head, _) = ask(address, "/page/feed?after=x", "Host: localhost\r\n");
    assert!(head.starts_with("HTTP/1.1 400"), "{head}");
}

#[test]
fn an_opened_record_hides_its_secrets() {
    let address = start(false);
    let (_, body) = ask(address, "/page/records/1", "Host: localhost\r\n");
    assert!(!body.contains(SECRET), "{body}");
    let opened: Value = serde_json::from_str(&body).unwrap();
    let message = &opened["logs"][0]["fields"][0];
    assert_eq!(message["path"], "message");
    assert_eq!(message["pieces"][0]["text"], "login password=[REDACTED:assigned-secret]");
    let rules: Vec<_> = opened["logs"][0]["secrets"]
        .as_array()
        .unwrap()
        .iter()
        .map(|secret| &secret["path"])
        .collect();
    assert_eq!(rules, ["message", "db.password", "inner.pin"]);
    // A search would tell whether it guessed right.
    let feed = ask_json(address, &format!("/page/feed?text={SECRET}"));
    assert_eq!(feed["rows"].as_array().unwrap().len(), 0);
    let refused = ask_json(address, "/page/records/2");
    assert!(refused["fault"].is_string() && refused["documents"].as_array().unwrap().is_empty());
}

#[test]
fn revealed_secrets_are_pieces_of_their_own() {
    let address = start(true);
    let opened = ask_json(address, "/page/records/1");
    let fields = opened["logs"][0]["fields"].as_array().unwrap();
    for (field, rule) in fields.iter().zip(["assigned-secret", "by-name", "by-name"]) {
        let pieces = field["pieces"].as_array().unwrap();
        let marked: Vec<_> = pieces.iter().filter(|piece| piece["rule"].is_string()).collect();
        assert_eq!(marked.len(), 1, "{field}");
        assert_eq!((&marked[0]["text"], &marked[0]["rule"]), (&SECRET.into(), &rule.into()));
    }
}

#[test]
fn a_document_that_was_delivered_with_secrets_says_so() {
    let (address, untouched) = (start(false), start(true));
    let feed = ask_json(address, "/page/feed");
    assert_eq!(
        (&feed["rows"][0]["masked"], &feed["rows"][2]["masked"]),
        (&true.into(), &false.into())
    );
    let (_, body) = ask(address, "/page/records/3", "Host: localhost\r\n");
    assert!(!body.contains(SECRET) && body.contains("\"masked\":true"), "{body}");
    let opened = ask_json(untouched, "/page/records/3");
    assert!(opened["documents"][0].as_str().unwrap().contains(SECRET));
}
