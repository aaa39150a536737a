//! .NET: the console of `Microsoft.Extensions.Logging`, Serilog, NLog.

use super::bytes::Bytes;
use super::scan::word_before;
use super::{Beginning, Format, Key, Line, Reading, example};
use crate::document::Field;
use crate::level::Level;
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const ERROR: (&str, &str) = ("log.level", "error");
const WORKER: (&str, &str) = ("log.logger", "App.Worker");
const EVENT: (&str, &str) = ("numeric_labels.EventId", "7");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::function(
        "dotnet-console",
        (Beginning::with(Bytes::of(b"tdiwfc")).or_year(), console),
        &[
            example("fail: App.Worker[7]\n      no stock", &[ERROR, WORKER, EVENT, MESSAGE]),
            example("fail: App.Worker[7] no stock", &[ERROR, WORKER, EVENT, MESSAGE]),
            example(
                "2020-05-11T12:44:44.123Z fail: App.Worker[7]\n      no stock\n      System.X: y",
                &[TIME, ERROR, WORKER, EVENT, ("message", "no stock\n      System.X: y")],
            ),
        ],
        &["fail: the worker[7]\n      no stock", "info: App.Worker[x]", "failed: App.Worker[7]"],
    ),
    Format::pattern(
        "serilog-console",
        "[{clock} {BARE}] ",
        &[example("[12:44:44 ERR] no stock", &[ERROR, ("labels.time", "12:44:44"), MESSAGE])],
        &["[12:44:44 ERRS] no stock"],
    ),
    Format::pattern(
        "nlog",
        "{time}|{LEVEL}|{logger}|",
        &[example(
            "2020-05-11 12:44:44.1230|ERROR|App.Worker|no stock",
            &[TIME, ERROR, WORKER, MESSAGE],
        )],
        &["2020-05-11 12:44:44.1230|ERROR|no stock"],
    ),
];

/// The levels as the console shortens them.
const LEVELS: &[(&str, Level)] = &[
    ("trce", Level::Trace),
    ("dbug", Level::Debug),
    ("info", Level::Info),
    ("warn", Level::Warn),
    ("fail", Level::Error),
    ("crit", Level::Fatal),
];

/// `fail: App.Worker[0]` and the message, indented in the next line or behind a blank.
fn console<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (time, rest) = match line.time(line.line, reference) {
        Some((time, rest)) => (Some(time), rest.trim_start_matches(' ')),
        None => (None, line.line),
    };
    let (name, rest) = word_before(rest, ": ")?;
    let (_, level) = LEVELS.iter().find(|(known, _)| *known == name)?;
    let (category, rest) = rest.split_once('[')?;
    let (event, rest) = rest.split_once(']')?;
    let is_category = !category.is_empty() && !category.contains([' ', '\t', ']']);
    let is_event = event.strip_prefix('-').unwrap_or(event).parse::<u32>().is_ok();
    if !is_category || !is_event || !(rest.is_empty() || rest.starts_with(' ')) {
        return None;
    }
    let message = line.text_from(rest);
    let mut reading = Reading::of("", message.trim_ascii_start());
    reading.time = time;
    reading.level = Some(*level);
    reading.push(Field::LogLogger, category);
    reading.values.push((Key::Number("EventId"), event.into()));
    Some(reading)
}
