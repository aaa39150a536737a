//! Where each logger puts an error, as the document that is made of it. What a logger states about
//! the error itself wins over what its text says.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

mod call;

use nozzle::transform;
use serde_json::Value;

/// Logger and shape; what it writes; the language; `error.type: error.message`; and for each
/// exception its type, its message, and its frames as `function@line`, innermost first.
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str]);

const ROWS: &[Row] = &[
    (
        "semantic_logger",
        r#"{"name": "Mail", "level": "error", "message": "not sent", "exception": {
            "name": "Mail::Error", "message": "to bob",
            "stack_trace": ["/app/mail.rb:7:in 'send'", "/app/mail.rb:12:in '<main>'"]}}"#,
        "ruby",
        "Mail::Error: to bob",
        &["root Mail::Error: to bob [send@7 <main>@12]"],
    ),
    (
        "semantic_logger with causes",
        r#"{"message": "not sent", "exception": {"name": "Mail::Error", "message": "to bob\nand ann",
            "stack_trace": ["/app/mail.rb:7:in `send'", "/app/mail.rb:12:in `<main>'"],
            "cause": {"name": "IOError", "message": "closed",
                "stack_trace": ["/app/conn.rb:3:in `write'", "/app/mail.rb:7:in `send'"],
                "cause": {"name": "KeyError", "message": "no :to", "stack_trace": ["/app/a.rb:1:in `fetch'"]}}}}"#,
        "ruby",
        "Mail::Error: to bob\nand ann",
        &[
            "root Mail::Error: to bob\nand ann [send@7 <main>@12]",
            "cause IOError: closed [write@3 send@7]",
            "cause KeyError: no :to [fetch@1]",
        ],
    ),
    (
        "lograge",
        r#"{"method": "GET", "path": "/mails/9", "status": 500,
            "exception": ["ActiveRecord::RecordNotFound", "Couldn't find Mail with 'id'=9"]}"#,
        "",
        "ActiveRecord::RecordNotFound: Couldn't find Mail with 'id'=9",
        &[],
    ),
    (
        "lograge with the backtrace",
        r#"{"status": 500, "exception": ["KeyError", "no :to"],
            "exception_object": "no :to", "backtrace": ["app/mail.rb:7:in `fetch'", "app/mail.rb:12:in `show'"]}"#,
        "ruby",
        "KeyError: no :to",
        &["root KeyError: no :to [fetch@7 show@12]"],
    ),
    (
        "Monolog JsonFormatter",
        r#"{"message": "not sent", "context": {"id": 7, "exception": {"class": "Mail\\BoxException",
            "message": "box in is damaged", "code": 0, "file": "/app/mail.php:9",
            "trace": ["/app/mail.php:15", "/app/index.php:3"],
            "previous": {"class": "JsonException", "message": "Syntax error", "code": 4,
                "file": "/app/mail.php:6", "trace": ["/app/mail.php:15"]}}},
            "level": 400, "level_name": "ERROR", "channel": "mail", "datetime": "2026-03-04T05:06:07+00:00"}"#,
        "php",
        "Mail\\BoxException: box in is damaged",
        &[
            "root Mail\\BoxException: box in is damaged [?@9 ?@15 ?@3]",
            "cause JsonException: Syntax error [?@6 ?@15]",
        ],
    ),
    (
        "Monolog LineFormatter",
        r#"{"message": "[2026-03-04T05:06:07+00:00] mail.ERROR: not sent {\"exception\":\"[object] (Mail\\\\BoxException(code: 0): box in is damaged at /app/mail.php:9)\n[stacktrace]\n#0 /app/mail.php(15): Mail\\\\Box->load('in')\n#1 {main}\n\"} []"}"#,
        "php",
        "Mail\\BoxException: box in is damaged",
        &["root Mail\\BoxException: box in is damaged [load@9 {main}@15]"],
    ),
    (
        "Serilog CLEF",
        r#"{"@t": "2026-03-04T05:06:07Z", "@mt": "not sent", "@l": "Error",
            "@x": "Mail.SendException: to bob\r\n ---> System.IO.IOException: closed\r\n   at Mail.Conn.Open(String host) in /src/Conn.cs:line 20\r\n   --- End of inner exception stack trace ---\r\n   at Mail.Sender.Send(Message m) in /src/Sender.cs:line 44"}"#,
        "dotnet",
        "Mail.SendException: to bob",
        &[
            "root Mail.SendException: to bob [Send@44]",
            "cause System.IO.IOException: closed [Open@20]",
        ],
    ),
    (
        "Microsoft.Extensions.Logging JSON",
        r#"{"EventId": 0, "LogLevel": "Error", "Category": "Mail.Sender", "Message": "not sent",
            "Exception": "Mail.SendException: to bob\n   at Mail.Sender.Send(Message m) in /src/Sender.cs:line 44"}"#,
        "dotnet",
        "Mail.SendException: to bob",
        &["root Mail.SendException: to bob [Send@44]"],
    ),
    (
        "Microsoft.Extensions.Logging JSON in one line",
        r#"{"LogLevel": "Error", "Message": "not sent",
            "Exception": "Mail.SendException: to bob    at Mail.Sender.Send(Message m) in /src/Sender.cs:line 44    at Mail.Program.Main(String[] args) in /src/Program.cs:line 8"}"#,
        "dotnet",
        "Mail.SendException: to bob",
        &["root Mail.SendException: to bob [Send@44 Main@8]"],
    ),
    (
        "NLog",
        r#"{"time": "2026-03-04T05:06:07Z", "level": "ERROR", "message": "not sent",
            "exception": "Mail.SendException: to bob\r\n   at Mail.Sender.Send(Message m) in C:\\src\\Sender.cs:line 44"}"#,
        "dotnet",
        "Mail.SendException: to bob",
        &["root Mail.SendException: to bob [Send@44]"],
    ),
    (
        "bunyan",
        r#"{"name": "mail", "level": 50, "msg": "not sent", "err": {"name": "MailError", "message": "to bob",
            "stack": "MailError: to bob\n    at send (/app/send.js:9:11)\n    at /app/index.js:3:1"}, "v": 0}"#,
        "javascript",
        "MailError: to bob",
        &["root MailError: to bob [send@9 ?@3]"],
    ),
    (
        "zerolog",
        r#"{"level": "error", "error": "to bob", "message": "not sent",
            "stack": [{"func": "send", "line": "15", "source": "main.go"}, {"func": "main", "line": "20", "source": "main.go"}]}"#,
        "go",
        ": to bob",
        &["root : to bob [send@15 main@20]"],
    ),
    (
        "zap",
        r#"{"level": "error", "ts": 1589201084.1, "msg": "not sent", "error": "to bob",
            "stacktrace": "main.send\n\t/src/mail/main.go:15\nmain.main\n\t/src/mail/main.go:20"}"#,
        "go",
        ": to bob",
        // What zap writes is where it was called.
        &["root :  [send@15 main@20]"],
    ),
    (
        "zap with pkg/errors",
        r#"{"level": "error", "msg": "not sent", "error": "to bob: EOF",
            "errorVerbose": "EOF\nmain.read\n\t/src/mail/main.go:9\nmain.main\n\t/src/mail/main.go:20\nto bob",
            "stacktrace": "main.main\n\t/src/mail/main.go:21"}"#,
        "go",
        ": to bob: EOF",
        &["root : to bob []", "cause : EOF [read@9 main@20]"],
    ),
    (
        "Lambda Go",
        r#"{"errorMessage": "to bob", "errorType": "errorString",
            "stackTrace": [{"path": "mail/main.go", "line": 15, "label": "send"}, {"path": "mail/main.go", "line": 20, "label": "main"}]}"#,
        "go",
        "errorString: to bob",
        &["root errorString: to bob [send@15 main@20]"],
    ),
    (
        "log4j2 JsonLayout",
        r#"{"level": "ERROR", "message": "not sent", "thrown": {"commonElementCount": 0, "name": "mail.SendException",
            "message": "to bob", "cause": {"commonElementCount": 1, "name": "java.io.IOException", "message": "closed",
                "extendedStackTrace": [{"class": "mail.Conn", "method": "open", "file": "Conn.java", "line": 20}]},
            "extendedStackTrace": [{"class": "mail.Sender", "method": "send", "file": "Sender.java", "line": 44},
                {"class": "mail.Main", "method": "main", "file": "Main.java", "line": 8}]}}"#,
        "java",
        "mail.SendException: to bob",
        &[
            "root mail.SendException: to bob [send@44 main@8]",
            "cause java.io.IOException: closed [open@20 main@8]",
        ],
    ),
    (
        "Datadog",
        r#"{"status": "error", "message": "not sent", "error": {"kind": "mail.SendException", "message": "to bob",
            "stack": "mail.SendException: to bob\n\tat mail.Sender.send(Sender.java:44)\n\tat mail.Main.main(Main.java:8)"}}"#,
        "java",
        "mail.SendException: to bob",
        &["root mail.SendException: to bob [send@44 main@8]"],
    ),
    (
        "Datadog for Ruby",
        r#"{"message": "not sent", "error": {"kind": "KeyError", "message": "no :to",
            "stack": "/app/mail.rb:7:in `fetch'\n/app/mail.rb:12:in `<main>'"}}"#,
        "ruby",
        "KeyError: no :to",
        &["root KeyError: no :to [fetch@7 <main>@12]"],
    ),
    (
        "OpenTelemetry",
        r#"{"body": "not sent", "severityText": "ERROR", "exception.type": "RenderError", "exception.message": "page 9",
            "exception.stacktrace": "Traceback (most recent call last):\n  File \"/app/render.py\", line 31, in page\n    raise RenderError(9)\nblog.RenderError: page 9"}"#,
        "python",
        // The logger's own word for the type.
        "RenderError: page 9",
        &["root blog.RenderError: page 9 [page@31]"],
    ),
    (
        "an array of two lines is no type and message",
        r#"{"message": "not sent", "exception": ["Error: to bob", "    at send (/app/send.js:9:11)"]}"#,
        "javascript",
        "Error: to bob",
        &["root Error: to bob [send@9]"],
    ),
];

/// The document of a log.
fn document(log: &str) -> Value {
    let mut response = Vec::new();
    let event = call::event_of(&[log.as_bytes().to_vec()]);
    transform(&event, &call::config(&[]), &mut response).unwrap();
    let response: Value = serde_json::from_slice(&response).unwrap();
    serde_json::from_slice(&call::delivered(&response)[0]).unwrap()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_default()
}

fn exceptions(document: &Value) -> Vec<String> {
    let array = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let frame =
        |frame: &Value| format!("{}@{}", frame["function"].as_str().unwrap_or("?"), frame["line"]);
    let exception = |exception: &Value| {
        let frames: Vec<_> = array(&exception["frames"]).iter().map(frame).collect();
        let word = |key| text(exception, key);
        format!("{} {}: {} [{}]", word("relation"), word("type"), word("message"), frames.join(" "))
    };
    array(&document["traceback"]["exceptions"]).iter().map(exception).collect()
}

#[test]
fn every_logger_says_what_went_wrong() {
    let mut wrong = Vec::new();
    for (logger, log, language, stated, expected) in ROWS {
        let document = document(log);
        let error = &document["error"];
        let found = (
            text(&document["traceback"], "language").to_owned(),
            format!("{}: {}", text(error, "type"), text(error, "message")),
            exceptions(&document),
        );
        let is_right = (found.0.as_str(), found.1.as_str()) == (*language, *stated)
            && found.2 == *expected
            && error.get("stack_trace").is_some() != expected.is_empty()
            && document.get("message").is_some();
        if !is_right {
            wrong.push(format!("{logger}: {found:?}\n{document:#}"));
        }
    }
    assert!(wrong.is_empty(), "{} loggers:\n{}", wrong.len(), wrong.join("\n"));
}

/// What has its place in the traceback does not become labels as well.
#[test]
fn nothing_is_said_twice() {
    for (logger, log, ..) in ROWS {
        let document = document(log);
        for group in ["labels", "numeric_labels"] {
            let labels = document[group].as_object().cloned().unwrap_or_default();
            let is_twice = |key: &String| {
                let words = ["previous", "cause", "thrown", "class", "context.exception"];
                words.iter().any(|word| key.replace('_', ".").contains(word))
            };
            assert!(!labels.keys().any(is_twice), "{logger}: {labels:?}");
        }
    }
}
