//! Node: winston, log4js, pino-pretty, bunyan's viewer.

use super::{Format, example};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const CLOCK: (&str, &str) = ("labels.time", "12:44:44.123");
const ERROR: (&str, &str) = ("log.level", "error");
const PID: (&str, &str) = ("process.pid", "12");
const SHOP: (&str, &str) = ("process.name", "shop");
const MESSAGE: (&str, &str) = ("message", "no stock");

/// The formats that write what they are given beside the message as JSON behind it.
pub(super) const WITH_OBJECT: &[&str] = &["winston", "winston-time", "winston-label"];

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "winston",
        "{small}: ",
        &[
            example("error: no stock", &[ERROR, MESSAGE]),
            example(
                "error: no stock {\"order\":7}",
                &[ERROR, ("fields", "{\"order\":7}"), MESSAGE],
            ),
            example("\x1b[31merror\x1b[39m: no stock", &[ERROR, MESSAGE]),
        ],
        &["Error: no stock", "errors: 5", "note: no stock", "error:no stock"],
    ),
    Format::pattern(
        "winston-time",
        "{time} {small}: ",
        &[example("2020-05-11T12:44:44.123Z error: no stock", &[TIME, ERROR, MESSAGE])],
        &["2020-05-11T12:44:44.123Z errors: 5"],
    ),
    Format::pattern(
        "winston-label",
        "{time} [{label}] {small}: ",
        &[example(
            "2020-05-11T12:44:44.123Z [shop] error: no stock",
            &[TIME, ERROR, ("labels.label", "shop"), MESSAGE],
        )],
        &["2020-05-11T12:44:44.123Z [shop] errors: 5"],
    ),
    Format::pattern(
        "log4js",
        "[{time}] [{LEVEL}] {logger} - ",
        &[example(
            "[2020-05-11T12:44:44.123] [ERROR] shop - no stock",
            &[TIME, ERROR, ("log.logger", "shop"), MESSAGE],
        )],
        &["[2020-05-11T12:44:44.123] [ERROR] the shop - no stock"],
    ),
    Format::pattern(
        "pino-pretty",
        "[{clock}] {LEVEL} ({pid}): ",
        &[example("[12:44:44.123] ERROR (12): no stock", &[ERROR, CLOCK, PID, MESSAGE])],
        &["[12:44:44.123] ERROR (no): no stock"],
    ),
    Format::pattern(
        "pino-pretty-name",
        "[{clock}] {LEVEL} ({process}/{pid}): ",
        &[example("[12:44:44.123] ERROR (shop/12): no stock", &[ERROR, CLOCK, SHOP, PID, MESSAGE])],
        &[],
    ),
    Format::pattern(
        "pino-pretty-time",
        "[{time}] {LEVEL} ({pid}): ",
        &[example(
            "[2020-05-11 14:44:44.123 +0200] ERROR (12): no stock",
            &[TIME, ERROR, PID, MESSAGE],
        )],
        &["[2020-05-11 14:44:44.123 +0200] ERROR (no): no stock"],
    ),
    Format::pattern(
        "pino-pretty-time-name",
        "[{time}] {LEVEL} ({process}/{pid}): ",
        &[example(
            "[2020-05-11 14:44:44.123 +0200] ERROR (shop/12): no stock",
            &[TIME, ERROR, SHOP, PID, MESSAGE],
        )],
        &[],
    ),
    Format::pattern(
        "bunyan-viewer",
        "[{time}] {LEVEL}: {process}/{pid} on {host}: ",
        &[example(
            "[2020-05-11T12:44:44.123Z] ERROR: shop/12 on web-1: no stock",
            &[TIME, ERROR, SHOP, PID, ("host.hostname", "web-1"), MESSAGE],
        )],
        &["[2020-05-11T12:44:44.123Z] ERROR: shop/12: no stock"],
    ),
];
