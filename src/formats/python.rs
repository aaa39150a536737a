//! Python: `logging.basicConfig` and the layouts of its documentation, loguru, gunicorn, Celery,
//! Airflow, Django, structlog's console. Tracebacks begin in the next line.

use memchr::memchr;

use super::logfmt::pairs;
use super::scan::{bracketed, time_alone};
use super::{Beginning, Format, Line, Reading, example};
use crate::document::Field;
use crate::json::Object;
use crate::level::parse_level;
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const SECOND: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const ERROR: (&str, &str) = ("log.level", "error");
const INFO: (&str, &str) = ("log.level", "info");
const CHECKOUT: (&str, &str) = ("log.logger", "shop.checkout");
const MESSAGE: (&str, &str) = ("message", "payment failed");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "python-basic",
        "{LEVEL}:{logger}:",
        &[
            example("ERROR:shop.checkout:payment failed", &[ERROR, CHECKOUT, MESSAGE]),
            example(
                "WARNING:root:payment: failed",
                &[("log.level", "warn"), ("log.logger", "root"), ("message", "payment: failed")],
            ),
        ],
        &[
            "ERROR::shop",
            "ERROR:https://shop.example failed",
            "Error:shop:payment failed",
            "ERROR:the shop:payment failed",
        ],
    ),
    Format::pattern(
        "python-time-level-name",
        "{time}{:comma} {LEVEL} {name}: ",
        &[
            example(
                "2020-05-11 12:44:44,123 ERROR app: payment failed",
                &[TIME, ERROR, ("log.logger", "app"), MESSAGE],
            ),
            example(
                "2020-05-11 12:44:44,123 ERROR    shop.checkout: payment failed",
                &[TIME, ERROR, CHECKOUT, MESSAGE],
            ),
        ],
        &[
            "2020-05-11 12:44:44,123 ERROR ValueError: payment failed",
            "2020-05-11 12:44:44,123 ERROR failed: payment",
            "2020-05-11 12:44:44,123 ERROR Payment: failed",
        ],
    ),
    Format::pattern(
        "python-time-level-dotted",
        "{time} {LEVEL} {dotted}: ",
        &[example(
            "2020-05-11 12:44:44 ERROR shop.checkout: payment failed",
            &[SECOND, ERROR, CHECKOUT, MESSAGE],
        )],
        &["2020-05-11 12:44:44 ERROR user: payment failed"],
    ),
    Format::pattern(
        "python-time-bracketed-level-name",
        "{time} [~{level}~] {dotted}: ",
        &[example(
            "2020-05-11 12:44:44 [ERROR] shop.checkout: payment failed",
            &[SECOND, ERROR, CHECKOUT, MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 [ERROR] user: payment failed"],
    ),
    Format::pattern(
        "python-time-bracketed-level-name-comma",
        "{time}{:comma} [~{level}~] {name}: ",
        &[example(
            "2020-05-11 12:44:44,123 [ERROR] shop: payment failed",
            &[TIME, ERROR, ("log.logger", "shop"), MESSAGE],
        )],
        &["2020-05-11 12:44:44,123 [ERROR] KeyError: payment failed"],
    ),
    Format::pattern(
        "python-dashes",
        "{time} - {logger} - {LEVEL} - ",
        &[example(
            "2020-05-11 12:44:44,123 - shop.checkout - ERROR - payment failed",
            &[TIME, ERROR, CHECKOUT, MESSAGE],
        )],
        &[
            "2020-05-11 12:44:44,123 - the shop - ERROR - payment failed",
            "2020-05-11 12:44:44,123 - shop - ERRORS - payment failed",
        ],
    ),
    Format::pattern(
        "python-dashes-level-first",
        "{time} - {LEVEL} - ",
        &[example("2020-05-11 12:44:44,123 - ERROR - payment failed", &[TIME, ERROR, MESSAGE])],
        &["2020-05-11 12:44:44,123 - 12 - payment failed"],
    ),
    Format::pattern(
        "loguru",
        "{time} | {LEVEL} | {logger}:{function}:{line} - ",
        &[example(
            "2020-05-11 12:44:44.123 | ERROR    | shop.checkout:<module>:12 - payment failed",
            &[
                TIME,
                ERROR,
                CHECKOUT,
                ("log.origin.function", "<module>"),
                ("log.origin.file.line", "12"),
                MESSAGE,
            ],
        )],
        &["2020-05-11 12:44:44.123 | ERROR    | shop.checkout - payment failed"],
    ),
    Format::pattern(
        "gunicorn",
        "[{time}] [{pid}] [~{level}~] ",
        &[example(
            "[2020-05-11 14:44:44 +0200] [12] [INFO] Booting worker with pid: 13",
            &[SECOND, INFO, ("process.pid", "12"), ("message", "Booting worker with pid: 13")],
        )],
        &["[2020-05-11 14:44:44 +0200] [x] [INFO] Booting"],
    ),
    Format::pattern(
        "celery",
        "[{time}: {LEVEL}/{process}] ",
        &[example(
            "[2020-05-11 12:44:44,123: ERROR/ForkPoolWorker-1] payment failed",
            &[TIME, ERROR, ("process.name", "ForkPoolWorker-1"), MESSAGE],
        )],
        &["[2020-05-11 12:44:44,123: ERROR] payment failed"],
    ),
    Format::pattern(
        "airflow",
        "[{time}] {{{file}:{line}}} {LEVEL} - ",
        &[example(
            "[2020-05-11T12:44:44.123+0000] {local_task.py:12} ERROR - payment failed",
            &[
                TIME,
                ERROR,
                ("log.origin.file.name", "local_task.py"),
                ("log.origin.file.line", "12"),
                MESSAGE,
            ],
        )],
        &["[2020-05-11T12:44:44.123+0000] {7} ERROR - payment failed"],
    ),
    Format::pattern(
        "flask",
        "[{time}] {LEVEL} in {module}: ",
        &[example(
            "[2020-05-11 12:44:44,123] ERROR in checkout: payment failed",
            &[TIME, ERROR, ("labels.module", "checkout"), MESSAGE],
        )],
        &["[2020-05-11 12:44:44,123] ERROR in the checkout: payment failed"],
    ),
    Format::function(
        "structlog-console",
        (Beginning::YEAR, structlog),
        &[
            example(
                "2020-05-11 12:44:44 [error    ] payment failed                 [shop.checkout] order=7 note='a b'",
                &[SECOND, ERROR, CHECKOUT, ("fields", "{\"order\":7,\"note\":\"a b\"}"), MESSAGE],
            ),
            example(
                "2020-05-11 12:44:44 [info     ] payment failed                 order=7",
                &[SECOND, INFO, ("fields", "{\"order\":7}"), MESSAGE],
            ),
            example(
                "2020-05-11 12:44:44 [error    ] payment failed                 [shop.checkout]\nTraceback (most recent call last):",
                &[
                    SECOND,
                    ERROR,
                    CHECKOUT,
                    (
                        "message",
                        "payment failed                 [shop.checkout]\nTraceback (most recent call last):",
                    ),
                ],
            ),
        ],
        &["2020-05-11 12:44:44 [error] payment failed", "2020-05-11 12:44:44 [errors   ] payment"],
    ),
    Format::pattern(
        "django-verbose",
        "{LEVEL} {time} {module} {pid} {tid} ",
        &[example(
            "ERROR 2020-05-11 12:44:44,123 views 12 139872 payment failed",
            &[
                TIME,
                ERROR,
                ("labels.module", "views"),
                ("process.pid", "12"),
                ("process.thread.id", "139872"),
                MESSAGE,
            ],
        )],
        &["ERROR 2020-05-11 12:44:44,123 views payment failed"],
    ),
];

/// structlog's console: `2020-05-11 14:44:44 [error    ] event padded      [logger] key=value`.
fn structlog<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    const LEVEL_WIDTH: usize = "critical ".len();
    let bytes = line.line.as_bytes();
    // The bracket behind a time, with or without a fraction and a zone, settles most lines.
    let open = memchr(b'[', bytes.get(..40).unwrap_or(bytes))?;
    let (level, rest) = bracketed(line.line.get(open..)?)?;
    if level.len() != LEVEL_WIDTH || !level.trim_end().bytes().all(|byte| byte.is_ascii_lowercase())
    {
        return None;
    }
    let time = line.line.get(..open)?.strip_suffix(' ')?;
    let time = time_alone(time, reference)?;
    let level = parse_level(level)?;
    let rest = rest.strip_prefix(' ')?;
    let mut reading = Reading::of("", line.text_from(rest));
    reading.time = Some(time);
    reading.level = Some(level);
    let (event, origin) = rest.split_once("  ").unwrap_or((rest, ""));
    let origin = origin.trim();
    let (logger, written) = match bracketed(origin) {
        Some((logger, written)) => (Some(logger), written.trim_start()),
        None => (None, origin),
    };
    let fields = if written.is_empty() { Some(Object::new()) } else { pairs(written) };
    if let Some(fields) = fields.filter(|_| !event.is_empty()) {
        if let Some(logger) = logger {
            reading.push(Field::LogLogger, logger);
        }
        if line.following().is_empty() {
            reading.cut_message(event.len(), fields);
        }
    }
    Some(reading)
}
