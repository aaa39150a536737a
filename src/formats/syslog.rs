//! Syslog: RFC 3164 with and without its priority, RFC 5424 with structured data, and rsyslog's file
//! format.

use std::borrow::Cow;

use super::bytes::Bytes;
use super::scan::{digits, skip_blanks, split_at_byte, stated, time, time_alone, word_and_blank};
use super::{Beginning, Format, Key, Line, Reading, example};
use crate::document::Field;
use crate::level::{Level, LevelScale, level_from_number};
use crate::timestamp::{Reference, syslog_priority};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const ERROR: (&str, &str) = ("log.level", "error");
const FACILITY: (&str, &str) = ("log.syslog.facility.code", "1");
const SEVERITY: (&str, &str) = ("log.syslog.severity.code", "3");
const HOST: (&str, &str) = ("host.hostname", "web-1");
const SHOP: (&str, &str) = ("process.name", "shop");
const PID: (&str, &str) = ("process.pid", "4711");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::function(
        "rfc5424",
        (Beginning::with(Bytes::of(b"<")), rfc5424),
        &[
            example(
                "<11>1 2020-05-11T14:44:44+02:00 web-1 shop 4711 ID47 - \u{feff}no stock",
                &[
                    TIME,
                    ERROR,
                    FACILITY,
                    SEVERITY,
                    HOST,
                    ("log.syslog.appname", "shop"),
                    SHOP,
                    ("log.syslog.procid", "4711"),
                    PID,
                    ("log.syslog.msgid", "ID47"),
                    MESSAGE,
                ],
            ),
            example(
                "<11>1 2020-05-11T12:44:44Z web-1 shop - - [order@32473 id=\"7\" note=\"a \\\"b\\]\"][x y=\"\"] no stock",
                &[
                    TIME,
                    ERROR,
                    FACILITY,
                    SEVERITY,
                    HOST,
                    ("log.syslog.appname", "shop"),
                    SHOP,
                    ("labels.order_id", "7"),
                    ("labels.order_note", "a \"b]"),
                    ("labels.x_y", ""),
                    MESSAGE,
                ],
            ),
            example("<11>1 - - - - - - no stock", &[ERROR, FACILITY, SEVERITY, MESSAGE]),
        ],
        &["<11>1 - - - - - [open", "<11>2 - - - - - -", "<11>1 soon web-1 shop - - - no stock"],
    ),
    Format::function(
        "rfc3164",
        (Beginning::with(Bytes::of(b"<")), rfc3164_with_priority),
        &[
            example(
                "<11>May 11 12:44:44 web-1 shop[4711]: no stock",
                &[TIME, ERROR, FACILITY, SEVERITY, HOST, SHOP, PID, MESSAGE],
            ),
            // journald and Docker leave the host out.
            example(
                "<11>May 11 12:44:44 shop[4711]: no stock",
                &[TIME, ERROR, FACILITY, SEVERITY, SHOP, PID, MESSAGE],
            ),
            example("<11>no stock", &[ERROR, FACILITY, SEVERITY, MESSAGE]),
        ],
        &["<192>May 11 12:44:44 web-1 shop: no stock", "<11>"],
    ),
    Format::function(
        "rfc3164-file",
        (Beginning::with(Bytes::CAPITALS), rfc3164),
        &[
            example(
                "May 11 12:44:44 web-1 shop[4711]: no stock",
                &[TIME, HOST, SHOP, PID, MESSAGE],
            ),
            example("May 11 12:44:44 web-1 shop: no stock", &[TIME, HOST, SHOP, MESSAGE]),
        ],
        &["May 11 12:44:44 no stock", "May 11 web-1 shop: no stock"],
    ),
    Format::pattern(
        "rsyslog-file",
        "{time}{:zoned} {host} {process}[{pid}]: ",
        &[example(
            "2020-05-11T14:44:44.000000+02:00 web-1 shop[4711]: no stock",
            &[TIME, HOST, SHOP, PID, MESSAGE],
        )],
        &["2020-05-11T14:44:44.000000+02:00 web-1 shop: no stock"],
    ),
];

fn push_priority(reading: &mut Reading<'_>, priority: u8) {
    reading.level = severity(priority);
    reading.push(Field::LogSyslogFacilityCode, (priority >> 3).to_string());
    reading.push(Field::LogSyslogSeverityCode, (priority & 7).to_string());
}

fn severity(priority: u8) -> Option<Level> {
    level_from_number(u64::from(priority & 7), LevelScale::Syslog)
}

/// `<165>1 2020-05-11T14:44:44Z host app procid msgid [id name="value"] message`
fn rfc5424<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (priority, rest) = syslog_priority(line.line.as_bytes())?;
    let rest = line.line.get(line.line.len() - rest.len()..)?.strip_prefix("1 ")?;
    let (time, rest) = word_and_blank(rest)?;
    let (host, rest) = word_and_blank(rest)?;
    let (program, rest) = word_and_blank(rest)?;
    let (process, rest) = word_and_blank(rest)?;
    let (kind, rest) = word_and_blank(rest)?;
    let mut reading = Reading::of("", line.text);
    if let Some(time) = stated(time) {
        reading.time = Some(time_alone(time, reference)?);
    }
    push_priority(&mut reading, priority);
    let is_pid = process.bytes().all(|byte| byte.is_ascii_digit());
    let parts = [
        (Field::HostHostname, stated(host)),
        (Field::LogSyslogAppname, stated(program)),
        (Field::ProcessName, stated(program)),
        (Field::LogSyslogProcid, stated(process)),
        (Field::ProcessPid, stated(process).filter(|_| is_pid)),
        (Field::LogSyslogMsgid, stated(kind)),
    ];
    for (field, value) in parts {
        if let Some(value) = value {
            reading.push(field, value);
        }
    }
    let rest = structured_data(rest, &mut reading)?;
    let rest = rest.strip_prefix(' ').unwrap_or(rest);
    reading.message = line.text_from(rest.strip_prefix('\u{feff}').unwrap_or(rest));
    Some(reading)
}

/// Takes `-` or the elements of RFC 5424, section 6.3: their parameters become labels, named by
/// the element without its enterprise's number.
fn structured_data<'t>(text: &'t str, reading: &mut Reading<'t>) -> Option<&'t str> {
    if let Some(rest) = text.strip_prefix('-') {
        return (rest.is_empty() || rest.starts_with(' ')).then_some(rest);
    }
    let mut rest = text.strip_prefix('[')?;
    loop {
        let end = rest.find([' ', ']'])?;
        let (id, after) = rest.split_at_checked(end)?;
        let id = id.split('@').next()?;
        rest = after;
        while let Some(parameter) = rest.strip_prefix(' ') {
            let (name, after) = parameter.split_once('=')?;
            let (value, after) = super::scan::quoted(after, '"')?;
            if name.contains([' ', ']', '"']) {
                return None;
            }
            let label = Key::Label(format!("{id}_{name}").into());
            reading.values.push((label, unescaped(value)));
            rest = after;
        }
        rest = rest.strip_prefix(']')?;
        match rest.strip_prefix('[') {
            Some(next) => rest = next,
            None => return (rest.is_empty() || rest.starts_with(' ')).then_some(rest),
        }
    }
}

/// A parameter's value, in which a backslash quotes `"`, `\` and `]`.
fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return Cow::Borrowed(text);
    }
    let mut plain = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let is_quoting = character == '\\' && matches!(characters.peek(), Some('"' | '\\' | ']'));
        plain.extend(if is_quoting { characters.next() } else { Some(character) });
    }
    Cow::Owned(plain)
}

fn rfc3164_with_priority<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (priority, rest) = syslog_priority(line.line.as_bytes())?;
    let rest = line.line.get(line.line.len() - rest.len()..)?;
    if rest.is_empty() || rest.starts_with("1 ") || rest.starts_with("2 ") {
        return None;
    }
    let mut reading = Reading::of("", line.text_from(rest));
    push_priority(&mut reading, priority);
    if let Some((time, after)) = time(rest, reference) {
        reading.time = Some(time);
        let after = after.strip_prefix(' ').unwrap_or(after);
        let after = origin(after, &mut reading).unwrap_or(after);
        reading.message = line.text_from(after);
    }
    Some(reading)
}

/// `May 11 14:44:44 host program[12]: message`, as it stands in files.
fn rfc3164<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    // No month is so long, and no line of another kind has a blank and a digit there.
    if !matches!(line.line.as_bytes(), [_, _, _, b' ', b' ' | b'0'..=b'9', b'0'..=b'9', b' ', ..]) {
        return None;
    }
    let (time, rest) = line.time(line.line, reference)?;
    let mut reading = Reading::of("", line.text);
    reading.time = Some(time);
    let rest = origin(rest.strip_prefix(' ')?, &mut reading)?;
    reading.values.iter().any(|(key, _)| *key == Key::Field(Field::HostHostname)).then_some(())?;
    reading.message = line.text_from(rest);
    Some(reading)
}

/// Takes `host program[12]: `, of which the host and the process may be missing.
fn origin<'t>(text: &'t str, reading: &mut Reading<'t>) -> Option<&'t str> {
    let (first, after) = word_and_blank(text)?;
    let (host, tag, rest) = if first.ends_with(':') {
        (None, first, after)
    } else {
        let (second, after) = split_at_byte(after, b' ').unwrap_or((after, ""));
        (Some(first), second, after)
    };
    let tag = tag.strip_suffix(':')?;
    let (program, pid) = match tag.split_once('[') {
        Some((program, pid)) => (program, Some(pid.strip_suffix(']')?)),
        None => (tag, None),
    };
    let is_name = |name: &str, marks: &[u8]| {
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || marks.contains(&byte);
        (1..=128).contains(&name.len()) && name.bytes().all(is_part)
    };
    // Without a host and a process it may be any word before a colon.
    let is_sure = host.is_some() || pid.is_some();
    let is_host = |host: &str| is_name(host, b"._-/():");
    if !is_sure || !is_name(program, b"._-/()") || !host.is_none_or(is_host) {
        return None;
    }
    if let Some(host) = host {
        reading.push(Field::HostHostname, host);
    }
    reading.push(Field::ProcessName, program);
    match pid {
        Some(pid) if digits(pid).is_some_and(|(_, rest)| rest.is_empty()) => {
            reading.push(Field::ProcessPid, pid);
        }
        Some(pid) => reading.push(Field::LogSyslogProcid, pid),
        None => {}
    }
    Some(skip_blanks(rest))
}
