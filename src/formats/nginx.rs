//! The error logs of nginx and Apache.

use super::access::{push_client, push_number, push_request};
use super::bytes::Bytes;
use super::scan::{address_and_port, bracketed, digits, time_alone};
use super::{Beginning, Format, Key, Line, Reading, example};
use crate::document::Field;
use crate::level::{Level, lookup};
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const ERROR: (&str, &str) = ("log.level", "error");
const PID: (&str, &str) = ("process.pid", "12");
const IP: (&str, &str) = ("client.ip", "10.0.0.1");
const ADDRESS: (&str, &str) = ("client.address", "10.0.0.1");

pub(super) static FORMATS: &[Format] = &[
    Format::function(
        "nginx-error",
        (Beginning::YEAR, nginx),
        &[
            example(
                "2020/05/11 12:44:44 [error] 12#34: *1 open() \"/srv/x\" failed (2: No such file or directory), client: 10.0.0.1, server: shop.example, request: \"GET /x HTTP/1.1\", upstream: \"http://10.0.0.2/x\", host: \"shop.example\"",
                &[
                    TIME,
                    ERROR,
                    PID,
                    ("process.thread.id", "34"),
                    ("numeric_labels.connection", "1"),
                    IP,
                    ADDRESS,
                    ("labels.server", "shop.example"),
                    ("http.request.method", "GET"),
                    ("url.original", "/x"),
                    ("url.path", "/x"),
                    ("http.version", "1.1"),
                    ("labels.upstream", "http://10.0.0.2/x"),
                    ("url.domain", "shop.example"),
                    (
                        "message",
                        "open() \"/srv/x\" failed (2: No such file or directory), client: 10.0.0.1, server: shop.example, request: \"GET /x HTTP/1.1\", upstream: \"http://10.0.0.2/x\", host: \"shop.example\"",
                    ),
                ],
            ),
            example(
                "2020/05/11 12:44:44 [notice] 12#12: signal 15 (SIGTERM) received, exiting",
                &[
                    TIME,
                    ("log.level", "info"),
                    PID,
                    ("process.thread.id", "12"),
                    ("message", "signal 15 (SIGTERM) received, exiting"),
                ],
            ),
        ],
        &["2020/05/11 12:44:44 [error] no stock", "2020/05/11 12:44:44 [loud] 12#34: x"],
    ),
    Format::function(
        "apache-error",
        (Beginning::with(Bytes::of(b"[")), apache),
        &[
            example(
                "[Mon May 11 12:44:44.123456 2020] [core:error] [pid 12:tid 139] [client 10.0.0.1:5000] AH00126: Invalid URI in request",
                &[
                    ("@timestamp", "2020-05-11T12:44:44.123456Z"),
                    ERROR,
                    ("labels.module", "core"),
                    PID,
                    ("process.thread.id", "139"),
                    IP,
                    ADDRESS,
                    ("client.port", "5000"),
                    ("event.code", "AH00126"),
                    ("message", "AH00126: Invalid URI in request"),
                ],
            ),
            example(
                "[Mon May 11 12:44:44 2020] [notice] caught SIGTERM, shutting down",
                &[TIME, ("log.level", "info"), ("message", "caught SIGTERM, shutting down")],
            ),
        ],
        &[
            "[Mon May 11 12:44:44 2020] [shop] no stock",
            "[2020-05-11 12:44:44] [error] no stock",
            "[Monday] [error] no stock",
        ],
    ),
];

/// `2020/05/11 14:44:44 [error] 12#34: *1 message, client: …, server: …`. What follows the message
/// stays, for it is part of how the error is told.
fn nginx<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    if line.line.as_bytes().get(4) != Some(&b'/') {
        return None;
    }
    let (time, rest) = line.time(line.line, reference)?;
    let (level, rest) = bracketed(rest.strip_prefix(' ')?)?;
    let (level, _) = lookup(level.as_bytes())?;
    let (pid, rest) = digits(rest.strip_prefix(' ')?)?;
    let (thread, rest) = digits(rest.strip_prefix('#')?)?;
    let mut rest = rest.strip_prefix(": ")?;
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    reading.level = Some(level);
    reading.push(Field::ProcessPid, pid);
    reading.push(Field::ProcessThreadId, thread);
    if let Some((connection, after)) = rest.strip_prefix('*').and_then(digits)
        && let Some(after) = after.strip_prefix(' ')
    {
        push_number(&mut reading, "connection", connection);
        rest = after;
    }
    reading.message = line.text_from(rest);
    if let Some((_, context)) = rest.split_once(", client: ") {
        push_context(&mut reading, context);
    }
    Some(reading)
}

/// `10.0.0.1, server: shop, request: "GET / HTTP/1.1", host: "shop"`
fn push_context<'t>(reading: &mut Reading<'t>, context: &'t str) {
    let (client, mut rest) = context.split_once(", ").unwrap_or((context, ""));
    push_client(reading, client);
    while let Some((name, after)) = rest.split_once(": ") {
        let (value, after) = match super::scan::quoted(after, '"') {
            Some(taken) => taken,
            None => {
                after.split_at_checked(after.find(", ").unwrap_or(after.len())).unwrap_or_default()
            }
        };
        match name {
            "request" => push_request(reading, value),
            "host" => reading.push(Field::UrlDomain, value.split(':').next().unwrap_or(value)),
            "referrer" => reading.push(Field::HttpRequestReferrer, value),
            "server" if !value.is_empty() => {
                reading.values.push((Key::Label("server".into()), value.into()));
            }
            "upstream" => reading.values.push((Key::Label("upstream".into()), value.into())),
            _ => {}
        }
        rest = after.strip_prefix(", ").unwrap_or_default();
    }
}

/// `[Mon May 11 14:44:44.123456 2020] [core:error] [pid 12:tid 139] [client 10.0.0.1:5000] message`
fn apache<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    if !matches!(line.line.as_bytes(), [b'[', b'A'..=b'Z', ..]) {
        return None;
    }
    let (time, rest) = bracketed(line.line)?;
    let (source, mut rest) = bracketed(rest.strip_prefix(' ')?)?;
    let (module, level) = match source.split_once(':') {
        Some((module, level)) => (Some(module), level),
        None => (None, source),
    };
    let level = apache_level(level)?;
    let time = time_alone(time, reference)?;
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    reading.level = Some(level);
    // The core's messages have no module in the oldest versions, and `-` in some of the newest.
    if let Some(module) = module.filter(|module| !matches!(*module, "" | "-")) {
        reading.values.push((Key::Label("module".into()), module.into()));
    }
    while let Some((inside, after)) = rest.strip_prefix(' ').and_then(bracketed) {
        if let Some(process) = inside.strip_prefix("pid ") {
            let (pid, thread) = process.split_once(":tid ").unwrap_or((process, ""));
            reading.push(Field::ProcessPid, pid);
            if !thread.is_empty() {
                reading.push(Field::ProcessThreadId, thread);
            }
        } else if let Some(client) = inside.strip_prefix("client ")
            && let Some((address, port)) = address_and_port(client)
        {
            push_client(&mut reading, address);
            if let Some(port) = port {
                reading.push(Field::ClientPort, port);
            }
        } else {
            break;
        }
        rest = after;
    }
    let rest = rest.trim_start();
    if let Some((code, _)) = rest.split_once(": ")
        && code.len() == "AH00126".len()
        && code.starts_with("AH")
        && code.bytes().skip(2).all(|byte| byte.is_ascii_digit())
    {
        reading.push(Field::EventCode, code);
    }
    reading.message = line.text_from(rest);
    Some(reading)
}

/// Apache's levels, which go down to `trace8`.
fn apache_level(name: &str) -> Option<Level> {
    let name = match name.strip_prefix("trace") {
        Some(depth) if depth.len() == 1 => "trace",
        _ => name,
    };
    lookup(name.as_bytes()).map(|(level, _)| level)
}
