//! glog and klog: `E0511 14:44:44.123456   12 main.go:10] message`.

use super::bytes::Bytes;
use super::logfmt::pairs;
use super::scan::{quoted, skip_blanks};
use super::{Beginning, Format, Line, Reading, example};
use crate::document::Field;
use crate::level::Level;
use crate::timestamp::{Reference, glog as glog_time};

const THREAD: (&str, &str) = ("process.thread.id", "1234");
const LINE: (&str, &str) = ("log.origin.file.line", "10");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[Format::function(
    "glog",
    (Beginning::with(Bytes::of(b"IWEF")), glog),
    &[
        example(
            "E0511 12:44:44.123456    1234 server.go:10] no stock",
            &[
                ("@timestamp", "2020-05-11T12:44:44.123456Z"),
                ("log.level", "error"),
                THREAD,
                ("log.origin.file.name", "server.go"),
                LINE,
                MESSAGE,
            ],
        ),
        example(
            "I0511 12:44:44.123456    1234 server.go:10] \"no stock\" order=7 item=\"a b\"",
            &[
                ("@timestamp", "2020-05-11T12:44:44.123456Z"),
                ("log.level", "info"),
                THREAD,
                ("log.origin.file.name", "server.go"),
                LINE,
                ("fields", "{\"order\":7,\"item\":\"a b\"}"),
                MESSAGE,
            ],
        ),
        example(
            "I20200511 12:44:44.123456 1234 server.cc:10] no stock",
            &[
                ("@timestamp", "2020-05-11T12:44:44.123456Z"),
                ("log.level", "info"),
                THREAD,
                ("log.origin.file.name", "server.cc"),
                LINE,
                MESSAGE,
            ],
        ),
    ],
    &[
        "E0511 is a model",
        "E051 12:44:44.1 1234 server.go:10] no stock",
        "X0511 12:44:44.1 1234 server.go:10] no stock",
        "E1311 12:44:44.1 1234 server.go:10] no stock",
        "E0511 12:44:44.1 1234 server.go:10 no stock",
    ],
)];

fn glog<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let level = match line.line.as_bytes() {
        [b'I', b'0'..=b'9', ..] => Level::Info,
        [b'W', b'0'..=b'9', ..] => Level::Warn,
        [b'E', b'0'..=b'9', ..] => Level::Error,
        [b'F', b'0'..=b'9', ..] => Level::Fatal,
        _ => return None,
    };
    let inside = line.line.get(1..)?;
    let (instant, rest) = glog_time(inside.as_bytes(), reference)?;
    let (time, rest) = inside.split_at_checked(inside.len() - rest.len())?;
    let (place, message) = rest.split_once("] ").or_else(|| Some((rest.strip_suffix(']')?, "")))?;
    let (thread, place) = skip_blanks(place).split_once(' ')?;
    let (file, number) = place.split_once(':')?;
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(thread) || !is_number(number) || file.contains([' ', '[']) {
        return None;
    }
    let mut reading = Reading::of("", line.text_from(message));
    // klog's structured lines: `"no stock" order=7`.
    if let Some((words, after)) = quoted(message, '"')
        && line.following().is_empty()
        && !words.contains('\\')
        && let Some(fields) = pairs(after.trim_start())
    {
        reading.message = words;
        reading.trailing = message.len() - words.len() - 1;
        reading.fields = fields;
    }
    reading.time = Some((instant, time));
    reading.level = Some(level);
    reading.push(Field::ProcessThreadId, thread);
    reading.push(Field::LogOriginFileName, file);
    reading.push(Field::LogOriginFileLine, number);
    Some(reading)
}
