//! Access logs: the common and the combined log format of nginx and Apache, with and without a
//! virtual host, and what servers of Python make of them. The lines stay whole, for they are
//! searched so.
//!
//! Sources: `ngx_http_log_module` (<https://nginx.org/en/docs/http/ngx_http_log_module.html>) and
//! Apache's *Log Files* (<https://httpd.apache.org/docs/2.4/logs.html>).

use std::net::IpAddr;

use super::bytes::Bytes;
use super::scan::{
    address_and_port, bracketed, is_address_byte, quoted, stated, time_alone, word_and_blank,
    word_before,
};
use super::{Beginning, Format, Key, Line, Reading, example};
use crate::document::Field;
use crate::level::lookup;
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const IP: (&str, &str) = ("client.ip", "10.0.0.1");
const ADDRESS: (&str, &str) = ("client.address", "10.0.0.1");
const GET: (&str, &str) = ("http.request.method", "GET");
const VERSION: (&str, &str) = ("http.version", "1.1");
const OK: (&str, &str) = ("http.response.status_code", "200");
const BYTES: (&str, &str) = ("http.response.body.bytes", "512");
const ORIGINAL: (&str, &str) = ("url.original", "/orders?page=2");
const PATH: (&str, &str) = ("url.path", "/orders");
const QUERY: (&str, &str) = ("url.query", "page=2");

pub(super) static FORMATS: &[Format] = &[
    Format::function(
        "access",
        (Beginning::with(Bytes::DIGITS.or(Bytes::LETTERS).or(Bytes::of(b":"))), access),
        &[
            example(
                "10.0.0.1 - - [11/May/2020:14:44:44 +0200] \"GET /orders?page=2 HTTP/1.1\" 200 512",
                &[
                    TIME,
                    IP,
                    ADDRESS,
                    GET,
                    ORIGINAL,
                    PATH,
                    QUERY,
                    VERSION,
                    OK,
                    BYTES,
                    (
                        "message",
                        "10.0.0.1 - - [11/May/2020:14:44:44 +0200] \"GET /orders?page=2 HTTP/1.1\" 200 512",
                    ),
                ],
            ),
            // Combined, behind a proxy, with the time that the request took.
            example(
                "10.0.0.1 - bob [11/May/2020:14:44:44 +0200] \"GET / HTTP/2.0\" 304 - \"https://x/\" \"curl/7.68.0\" \"1.2.3.4\" 0.005",
                &[
                    TIME,
                    IP,
                    ADDRESS,
                    ("user.name", "bob"),
                    GET,
                    ("url.original", "/"),
                    ("url.path", "/"),
                    ("http.version", "2.0"),
                    ("http.response.status_code", "304"),
                    ("http.request.referrer", "https://x/"),
                    ("user_agent.original", "curl/7.68.0"),
                    (
                        "message",
                        "10.0.0.1 - bob [11/May/2020:14:44:44 +0200] \"GET / HTTP/2.0\" 304 - \"https://x/\" \"curl/7.68.0\" \"1.2.3.4\" 0.005",
                    ),
                ],
            ),
            example(
                "::1 - - [11/May/2020:14:44:44 +0200] \"OPTIONS * HTTP/1.0\" 200 126",
                &[
                    TIME,
                    ("client.ip", "::1"),
                    ("client.address", "::1"),
                    ("http.request.method", "OPTIONS"),
                    ("url.original", "*"),
                    ("http.version", "1.0"),
                    OK,
                    ("http.response.body.bytes", "126"),
                    (
                        "message",
                        "::1 - - [11/May/2020:14:44:44 +0200] \"OPTIONS * HTTP/1.0\" 200 126",
                    ),
                ],
            ),
            // Apache's vhost_combined.
            example(
                "shop.example:443 10.0.0.1 - - [11/May/2020:14:44:44 +0200] \"-\" 408 -",
                &[
                    TIME,
                    ("url.domain", "shop.example"),
                    ("url.port", "443"),
                    IP,
                    ADDRESS,
                    ("http.response.status_code", "408"),
                    (
                        "message",
                        "shop.example:443 10.0.0.1 - - [11/May/2020:14:44:44 +0200] \"-\" 408 -",
                    ),
                ],
            ),
        ],
        &[
            "10.0.0.1 - - [soon] \"GET / HTTP/1.1\" 200 512",
            "10.0.0.1 - - [11/May/2020:14:44:44 +0200] GET / 200",
            "10.0.0.1 - - [11/May/2020:14:44:44 +0200] \"GET / HTTP/1.1\" OK",
        ],
    ),
    Format::function(
        "uvicorn-access",
        (Beginning::with(Bytes::DIGITS.or(Bytes::CAPITALS).or(Bytes::of(b":"))), uvicorn),
        &[example(
            "INFO:     10.0.0.1:5000 - \"GET /orders?page=2 HTTP/1.1\" 200 OK",
            &[
                ("log.level", "info"),
                IP,
                ADDRESS,
                ("client.port", "5000"),
                GET,
                ORIGINAL,
                PATH,
                QUERY,
                VERSION,
                OK,
                ("message", "10.0.0.1:5000 - \"GET /orders?page=2 HTTP/1.1\" 200 OK"),
            ],
        )],
        &["INFO:     Started server process [12]", "INFO: 10.0.0.1 - \"x\" 200"],
    ),
    Format::function(
        "django-access",
        (Beginning::with(Bytes::of(b"[")), django),
        &[example(
            "[11/May/2020 12:44:44] \"GET / HTTP/1.1\" 200 512",
            &[
                TIME,
                GET,
                ("url.original", "/"),
                ("url.path", "/"),
                VERSION,
                OK,
                BYTES,
                ("message", "[11/May/2020 12:44:44] \"GET / HTTP/1.1\" 200 512"),
            ],
        )],
        &["[11/May/2020 12:44:44] \"quoted\" words"],
    ),
];

/// `[VHOST ]CLIENT IDENT USER [TIME] "REQUEST" STATUS BYTES[ "REFERRER" "USER AGENT"[ …]]`
fn access<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let before = words_before_bracket(line.line).filter(|before| before.len() <= 512)?;
    let rest = line.line.get(before.len() + 1..)?;
    let (time, rest) = bracketed(rest)?;
    let (request, rest) = quoted(rest.strip_prefix(' ')?, '"')?;
    let time = time_alone(time, reference)?;
    let mut words = before.rsplitn(4, ' ');
    let (user, _, client) = (words.next()?, words.next()?, words.next()?);
    let host = words.next();
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    if let Some(host) = host {
        let (domain, port) = host.split_once(':').unwrap_or((host, ""));
        reading.push(Field::UrlDomain, domain);
        if port.parse::<u16>().is_ok() {
            reading.push(Field::UrlPort, port);
        }
    }
    push_client(&mut reading, client);
    if let Some(user) = stated(user) {
        reading.push(Field::UserName, user);
    }
    push_request(&mut reading, request);
    push_answer(&mut reading, rest)?;
    Some(reading)
}

/// The three or four words before the first bracket behind a blank. It settles nearly all lines of
/// another kind.
fn words_before_bracket(line: &str) -> Option<&str> {
    let mut words = 0;
    let mut rest = line.as_bytes();
    while let [byte, behind @ ..] = rest {
        if *byte == b' ' {
            words += 1;
            if behind.first() == Some(&b'[') {
                return line.get(..line.len() - rest.len()).filter(|_| words >= 3);
            }
            if words == 4 {
                return None;
            }
        }
        rest = behind;
    }
    None
}

/// `INFO:     10.0.0.1:5000 - "GET / HTTP/1.1" 200 OK`, of which the level may be missing.
fn uvicorn<'t>(line: &Line<'t>, _: &Reference<'_>) -> Option<Reading<'t>> {
    let is_capital = line.line.starts_with(|first: char| first.is_ascii_uppercase());
    let (level, rest) = match word_before(line.line, ": ").filter(|_| is_capital) {
        Some((word, rest)) => (Some(lookup(word.as_bytes())?.0), rest.trim_start()),
        None => (None, line.line),
    };
    let length = rest.bytes().take_while(|byte| is_address_byte(*byte)).count();
    let (client, rest) = rest.split_at_checked(length)?;
    let rest = rest.strip_prefix(" - ")?;
    // Of another word in capitals a colon follows.
    if is_capital && level.is_none() && line.line.contains(": ") {
        return None;
    }
    let (address, port) = address_and_port(client)?;
    let (request, rest) = quoted(rest, '"')?;
    let mut reading = Reading::of("", line.text_from(client).get(..0)?);
    reading.level = level;
    push_client(&mut reading, address);
    reading.push(Field::ClientPort, port?);
    push_request(&mut reading, request);
    push_answer(&mut reading, rest)?;
    let start = line.line.len() - line.line.split_once(client)?.1.len() - client.len();
    reading.message = line.text.get(start..)?;
    Some(reading)
}

/// `[11/May/2020 14:44:44] "GET / HTTP/1.1" 200 512`, as Django's server for development writes it.
fn django<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (time, rest) = bracketed(line.line)?;
    let (request, rest) = quoted(rest.strip_prefix(' ')?, '"')?;
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time_alone(time, reference)?);
    push_request(&mut reading, request);
    push_answer(&mut reading, rest)?;
    Some(reading)
}

/// ` STATUS[ BYTES[ "REFERRER" "USER AGENT"[ …]]]`
fn push_answer<'t>(reading: &mut Reading<'t>, text: &'t str) -> Option<()> {
    let text = text.strip_prefix(' ')?;
    let (status, rest) = text.split_once(' ').unwrap_or((text, ""));
    if !is_status(status) {
        return None;
    }
    reading.push(Field::HttpResponseStatusCode, status);
    let (bytes, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    if bytes.bytes().all(|byte| byte.is_ascii_digit()) && !bytes.is_empty() {
        reading.push(Field::HttpResponseBodyBytes, bytes);
    }
    if let Some((referrer, rest)) = quoted(rest, '"')
        && let Some((agent, _)) = rest.strip_prefix(' ').and_then(|text| quoted(text, '\"'))
    {
        push_stated(reading, Field::HttpRequestReferrer, referrer);
        push_stated(reading, Field::UserAgentOriginal, agent);
    }
    Some(())
}

pub(super) fn push_stated<'t>(reading: &mut Reading<'t>, field: Field, value: &'t str) {
    if let Some(value) = stated(value) {
        reading.push(field, value);
    }
}

pub(super) fn is_status(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The client, by its address or its name.
pub(super) fn push_client<'t>(reading: &mut Reading<'t>, client: &'t str) {
    let Some(client) = stated(client) else { return };
    if client.parse::<IpAddr>().is_ok() {
        reading.push(Field::ClientIp, client);
    }
    reading.push(Field::ClientAddress, client);
}

/// `GET /orders HTTP/1.1`; of anything else, nothing is known.
pub(super) fn push_request<'t>(reading: &mut Reading<'t>, request: &'t str) {
    let Some((method, rest)) = word_and_blank(request) else { return };
    if !method.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'-') {
        return;
    }
    let (target, version) = match rest.rsplit_once(" HTTP/") {
        Some((target, version)) => (target, Some(version)),
        None => (rest, None),
    };
    if target.is_empty() {
        return;
    }
    reading.push(Field::HttpRequestMethod, method);
    push_target(reading, target);
    if let Some(version) = version {
        reading.push(Field::HttpVersion, version);
    }
}

/// A request's target: a path with its query, or a whole URL.
pub(super) fn push_target<'t>(reading: &mut Reading<'t>, target: &'t str) {
    reading.push(Field::UrlOriginal, target);
    let path = match target.split_once("://") {
        Some((_, rest)) => rest.find('/').and_then(|slash| rest.get(slash..)),
        None => Some(target),
    };
    let Some(path) = path.filter(|path| path.starts_with('/')) else { return };
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    reading.push(Field::UrlPath, path);
    push_stated(reading, Field::UrlQuery, query);
}

/// A number that has no field.
pub(super) fn push_number<'t>(reading: &mut Reading<'t>, label: &'static str, value: &'t str) {
    reading.values.push((Key::Number(label), value.into()));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn words_stand_before_the_first_bracket_behind_a_blank(line in "[a \\[]{0,14}") {
            let plain = line.split_once(" [").map(|(before, _)| before);
            let plain = plain.filter(|before| matches!(before.split(' ').count(), 3 | 4));
            prop_assert_eq!(words_before_bracket(&line), plain);
        }
    }
}
