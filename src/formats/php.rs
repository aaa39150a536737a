//! PHP: its error log, PHP-FPM, Monolog's lines and so Laravel's and Symfony's.

use super::bytes::Bytes;
use super::scan::split_at_byte;
use super::{Beginning, Format, Line, Reading, example};
use crate::document::Field;
use crate::json::Object;
use crate::level::{Level, lookup};
use crate::timestamp::Reference;

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::function(
        "php-error-log",
        (Beginning::with(Bytes::of(b"[P")), error_log),
        &[
            example(
                "[11-May-2020 12:44:44 UTC] PHP Fatal error:  Uncaught Exception: no stock in /app/a.php:3",
                &[
                    TIME,
                    ("log.level", "fatal"),
                    ("message", "PHP Fatal error:  Uncaught Exception: no stock in /app/a.php:3"),
                ],
            ),
            example(
                "PHP Warning:  no stock in /app/a.php on line 3",
                &[
                    ("log.level", "warn"),
                    ("message", "PHP Warning:  no stock in /app/a.php on line 3"),
                ],
            ),
        ],
        &["PHP is a language", "[11-May-2020 12:44:44 UTC] no stock", "PHP Love:  x"],
    ),
    Format::function(
        "monolog",
        (Beginning::with(Bytes::of(b"[")), monolog),
        &[
            example(
                "[2020-05-11T14:44:44.000000+02:00] shop.ERROR: no stock {\"order\":7} []",
                &[
                    TIME,
                    ("log.level", "error"),
                    ("log.logger", "shop"),
                    ("fields", "{\"context\":{\"order\":7}}"),
                    MESSAGE,
                ],
            ),
            example(
                "[2020-05-11 12:44:44] production.ERROR: no stock [] []",
                &[TIME, ("log.level", "error"), ("log.logger", "production"), MESSAGE],
            ),
            example(
                "[2020-05-11 12:44:44] local.INFO: no stock",
                &[TIME, ("log.level", "info"), ("log.logger", "local"), MESSAGE],
            ),
        ],
        &["[2020-05-11 12:44:44] shop.LOUD: no stock", "[2020-05-11 12:44:44] the shop.ERROR: no"],
    ),
];

/// How PHP names its errors, and how grave they are.
const ERRORS: &[(&str, Level)] = &[
    ("Fatal error", Level::Fatal),
    ("Recoverable fatal error", Level::Error),
    ("Parse error", Level::Fatal),
    ("Warning", Level::Warn),
    ("Notice", Level::Info),
    ("Deprecated", Level::Warn),
    ("Strict Standards", Level::Info),
];

/// `[11-May-2020 14:44:44 UTC] PHP Fatal error:  …`. The error's kind says more than a level, and
/// is the sign by which a traceback is known, so that it stays.
fn error_log<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let (time, rest) = match line.line.strip_prefix('[') {
        Some(inside) => {
            let (time, rest) = line.time(inside, reference)?;
            (Some(time), rest.strip_prefix("] ")?)
        }
        None => (None, line.line),
    };
    let (kind, _) = rest.strip_prefix("PHP ")?.split_once(':')?;
    let (_, level) = ERRORS.iter().find(|(known, _)| *known == kind)?;
    let mut reading = Reading::of("", line.text_from(rest));
    reading.time = time;
    reading.level = Some(*level);
    Some(reading)
}

/// `[2020-05-11T14:44:44.123456+00:00] channel.ERROR: message {context} {extra}`.
fn monolog<'t>(line: &Line<'t>, reference: &Reference<'_>) -> Option<Reading<'t>> {
    let inside = line.line.strip_prefix('[')?;
    let (time, rest) = line.time(inside, reference)?;
    // Neither the channel nor the level has a blank in it.
    let (name, message) = split_at_byte(rest.strip_prefix("] ")?, b' ')?;
    let name = name.strip_suffix(':')?;
    let (channel, level) = name.rsplit_once('.')?;
    let (level, _) = lookup(level.as_bytes())
        .filter(|_| level.len() > 2 && level.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    if channel.is_empty() || channel.contains([' ', '\t', '[']) {
        return None;
    }
    let mut reading = Reading::of("", line.text_from(message));
    reading.time = Some(time);
    reading.level = Some(level);
    reading.push(Field::LogLogger, channel);
    if line.following().trim_ascii().is_empty() {
        // What has no context and no extra data has two empty arrays in their place.
        let mut words = message.trim_end();
        for _ in 0..2 {
            words = words.strip_suffix(" []").unwrap_or(words);
        }
        reading.cut_message(words.len(), Object::new());
        // A traceback that the context holds as text is found in the message.
        if !message.contains("\"[object] (") {
            reading.cut_object();
        }
        if !reading.fields.is_empty() {
            let context = std::mem::take(&mut reading.fields);
            reading.fields.push("context", context);
        }
    }
    Some(reading)
}
