//! HAProxy's log of HTTP requests, behind what syslog puts before it or alone.
//!
//! Source: *HTTP log format* in HAProxy's configuration manual.

use super::access::{is_status, push_client, push_number, push_request};
use super::bytes::Bytes;
use super::scan::{address_and_port, bracketed, time_alone, word_and_blank};
use super::{Beginning, Format, Key, Line, Reading, example};
use crate::document::Field;
use crate::timestamp::Reference;

pub(super) static FORMATS: &[Format] = &[Format::function(
    "haproxy",
    (Beginning::with(Bytes::DIGITS), haproxy),
    &[example(
        "10.0.0.1:5000 [11/May/2020:12:44:44.123] web shop/s1 0/0/1/2/3 200 512 - - ---- 1/1/0/0/0 0/0 \"GET /x HTTP/1.1\"",
        &[
            ("@timestamp", "2020-05-11T12:44:44.123Z"),
            ("client.ip", "10.0.0.1"),
            ("client.address", "10.0.0.1"),
            ("client.port", "5000"),
            ("labels.frontend", "web"),
            ("labels.backend", "shop"),
            ("labels.server", "s1"),
            ("numeric_labels.duration_ms", "3"),
            ("http.response.status_code", "200"),
            ("http.response.body.bytes", "512"),
            ("labels.termination_state", "----"),
            ("http.request.method", "GET"),
            ("url.original", "/x"),
            ("url.path", "/x"),
            ("http.version", "1.1"),
            (
                "message",
                "10.0.0.1:5000 [11/May/2020:12:44:44.123] web shop/s1 0/0/1/2/3 200 512 - - ---- 1/1/0/0/0 0/0 \"GET /x HTTP/1.1\"",
            ),
        ],
    )],
    &["10.0.0.1:5000 [11/May/2020:12:44:44.123] web shop 200", "10.0.0.1:5000 - down"],
)];

/// The line stays whole.
pub(super) fn haproxy<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (client, rest) = word_and_blank(line.line)?;
    let (time, rest) = bracketed(rest)?;
    let (address, port) = address_and_port(client)?;
    let time = time_alone(time, reference)?;
    let (head, request) = rest.strip_prefix(' ')?.split_once(" \"")?;
    let mut words = head.split(' ');
    let frontend = words.next()?.trim_end_matches('~');
    let (backend, server) = words.next()?.split_once('/')?;
    let timers = words.next()?;
    let (status, bytes) = (words.next()?, words.next()?);
    let state = words.nth(2)?;
    let duration = timers.rsplit('/').next()?.trim_start_matches('+');
    if !is_status(status) || timers.split('/').count() != 5 {
        return None;
    }
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    push_client(&mut reading, address);
    reading.push(Field::ClientPort, port?);
    for (label, value) in [("frontend", frontend), ("backend", backend), ("server", server)] {
        reading.values.push((Key::Label(label.into()), value.into()));
    }
    push_number(&mut reading, "duration_ms", duration);
    reading.push(Field::HttpResponseStatusCode, status);
    reading.push(Field::HttpResponseBodyBytes, bytes);
    reading.values.push((Key::Label("termination_state".into()), state.into()));
    push_request(&mut reading, request.strip_suffix('"')?);
    Some(reading)
}
