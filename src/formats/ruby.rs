//! Ruby: the standard Logger, Sidekiq, and the lines in which Rails tells of a request.

use super::bytes::Bytes;
use super::scan::{quoted, time_alone, word};
use super::{Beginning, Format, Line, Reading, access, example};
use crate::document::Field;
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123456Z");
const MILLI: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const ERROR: (&str, &str) = ("log.level", "error");
const PID: (&str, &str) = ("process.pid", "12");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "ruby-logger",
        "{letter}, [{time} #{pid}] {LEVEL} -- : ",
        &[example(
            "E, [2020-05-11T12:44:44.123456 #12] ERROR -- : no stock",
            &[TIME, ERROR, PID, MESSAGE],
        )],
        &["E, [2020-05-11T12:44:44.123456 #12] failed -- : no stock", "A, [b]"],
    ),
    Format::pattern(
        "ruby-logger-program",
        "{letter}, [{time} #{pid}] {LEVEL} -- {logger}: ",
        &[example(
            "I, [2020-05-11T12:44:44.123456 #12]  INFO -- shop: no stock",
            &[TIME, ("log.level", "info"), PID, ("log.logger", "shop"), MESSAGE],
        )],
        &[],
    ),
    // Rails tags what it logs with the request's id.
    Format::pattern(
        "rails-tagged",
        "{letter}, [{time} #{pid}] {LEVEL} -- : [{request_id}] ",
        &[example(
            "E, [2020-05-11T12:44:44.123456 #12] ERROR -- : [6bf1b1f2-1a0f-4c0d-8a55-2f4d1c0a7d11] no stock",
            &[
                TIME,
                ERROR,
                PID,
                ("http.request.id", "6bf1b1f2-1a0f-4c0d-8a55-2f4d1c0a7d11"),
                MESSAGE,
            ],
        )],
        &["E, [2020-05-11T12:44:44.123456 #12] ERROR -- : [shop] no stock"],
    ),
    Format::pattern(
        "log4r",
        "{LEVEL} {dotted}: ",
        &[
            example("ERROR shop.stock: no stock", &[ERROR, ("log.logger", "shop.stock"), MESSAGE]),
            example(
                " INFO shop.stock: no stock",
                &[("log.level", "info"), ("log.logger", "shop.stock"), MESSAGE],
            ),
        ],
        &["ERROR stock: no stock", "ERROR java.io.IOException: no stock"],
    ),
    Format::pattern(
        "ruby-logging",
        "[{time}] {LEVEL} {dotted}: ",
        &[example(
            "[2020-05-11T12:44:44.123456] ERROR shop.stock: no stock",
            &[TIME, ERROR, ("log.logger", "shop.stock"), MESSAGE],
        )],
        &["[2020-05-11T12:44:44.123456] ERROR stock: no stock"],
    ),
    Format::pattern(
        "sidekiq",
        "{time}{:zoned} pid={pid} tid={worker} {LEVEL}: ",
        &[example(
            "2020-05-11T12:44:44.123Z pid=12 tid=ox1 ERROR: no stock",
            &[MILLI, ERROR, PID, ("process.thread.name", "ox1"), MESSAGE],
        )],
        &["2020-05-11T12:44:44.123Z pid=x tid=ox1 ERROR: no stock"],
    ),
    Format::pattern(
        "sidekiq-job",
        "{time}{:zoned} pid={pid} tid={worker} class={class} jid={jid} {LEVEL}: ",
        &[example(
            "2020-05-11T12:44:44.123Z pid=12 tid=ox1 class=MailJob jid=0a1b ERROR: no stock",
            &[
                MILLI,
                ERROR,
                PID,
                ("process.thread.name", "ox1"),
                ("labels.class", "MailJob"),
                ("labels.jid", "0a1b"),
                MESSAGE,
            ],
        )],
        &[],
    ),
    Format::function(
        "rails-started",
        (Beginning::with(Bytes::of(b"S")), rails_started),
        &[example(
            "Started GET \"/orders?page=2\" for 10.0.0.1 at 2020-05-11 14:44:44 +0200",
            &[
                ("@timestamp", "2020-05-11T12:44:44.000Z"),
                ("http.request.method", "GET"),
                ("url.original", "/orders?page=2"),
                ("url.path", "/orders"),
                ("url.query", "page=2"),
                ("client.ip", "10.0.0.1"),
                ("client.address", "10.0.0.1"),
                (
                    "message",
                    "Started GET \"/orders?page=2\" for 10.0.0.1 at 2020-05-11 14:44:44 +0200",
                ),
            ],
        )],
        &["Started GET \"/orders\" for lunch", "Started GET /orders"],
    ),
    Format::function(
        "rails-completed",
        (Beginning::with(Bytes::of(b"C")), rails_completed),
        &[example(
            "Completed 404 Not Found in 12ms (ActiveRecord: 0.0ms)",
            &[
                ("http.response.status_code", "404"),
                ("message", "Completed 404 Not Found in 12ms (ActiveRecord: 0.0ms)"),
            ],
        )],
        &["Completed 404 orders", "Completed the order in 12ms"],
    ),
];

/// `Started GET "/orders" for 10.0.0.1 at 2020-05-11 14:44:44 +0200`, which stays whole.
fn rails_started<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (method, rest) = word(line.line.strip_prefix("Started ")?);
    let (target, rest) = quoted(rest.strip_prefix(' ')?, '"')?;
    let (client, time) = rest.strip_prefix(" for ")?.split_once(" at ")?;
    let time = time_alone(time, reference)?;
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_uppercase());
    if !is_method {
        return None;
    }
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    reading.push(Field::HttpRequestMethod, method);
    access::push_target(&mut reading, target);
    access::push_client(&mut reading, client);
    Some(reading)
}

/// `Completed 200 OK in 12ms (…)`, which stays whole.
fn rails_completed<'t>(line: &Line<'t>, _: &Reference<'_>) -> Option<Reading<'t>> {
    let (status, rest) = word(line.line.strip_prefix("Completed ")?);
    let (_, duration) = rest.split_once(" in ")?;
    let digits = duration.bytes().take_while(u8::is_ascii_digit).count();
    let is_duration = digits > 0 && duration.get(digits..).is_some_and(|it| it.starts_with("ms"));
    if !is_duration || !access::is_status(status) {
        return None;
    }
    let mut reading = Reading::of("", line.text);
    reading.push(Field::HttpResponseStatusCode, status);
    Some(reading)
}
