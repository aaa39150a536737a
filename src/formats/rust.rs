//! Rust: `env_logger` and `tracing-subscriber`'s plain format.

use super::{Format, example};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const MICRO: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123456Z");
const ERROR: (&str, &str) = ("log.level", "error");
const STOCK: (&str, &str) = ("log.logger", "shop::stock");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "env_logger",
        "[{time} {LEVEL} {name}] ",
        &[
            example(
                "[2020-05-11T12:44:44Z ERROR shop::stock] no stock",
                &[TIME, ERROR, STOCK, MESSAGE],
            ),
            example(
                "[2020-05-11T12:44:44Z INFO  shop] no stock",
                &[TIME, ("log.level", "info"), ("log.logger", "shop"), MESSAGE],
            ),
        ],
        &["[2020-05-11T12:44:44Z ERROR the shop] no stock"],
    ),
    Format::pattern(
        "tracing",
        "{time}{:zoned} {LEVEL} {name}: ",
        &[
            example(
                "2020-05-11T12:44:44.123456Z ERROR shop::stock: no stock",
                &[MICRO, ERROR, STOCK, MESSAGE],
            ),
            example(
                "2020-05-11T12:44:44.123456Z  INFO shop: no stock order=7",
                &[
                    MICRO,
                    ("log.level", "info"),
                    ("log.logger", "shop"),
                    ("message", "no stock order=7"),
                ],
            ),
        ],
        &["2020-05-11T12:44:44.123456Z ERROR Payment: no stock"],
    ),
    Format::pattern(
        "tracing-thread",
        "{time}{:zoned} {LEVEL} ThreadId({tid}) {name}: ",
        &[example(
            "2020-05-11T12:44:44.123456Z ERROR ThreadId(01) shop::stock: no stock",
            &[MICRO, ERROR, ("process.thread.id", "01"), STOCK, MESSAGE],
        )],
        &["2020-05-11T12:44:44.123456Z ERROR ThreadId(x) shop::stock: no stock"],
    ),
    Format::pattern(
        "tracing-spans",
        "{time}{:zoned} {LEVEL} {spans}: {name}: ",
        &[example(
            "2020-05-11T12:44:44.123456Z ERROR request{id=7 path=\"/a}:b\"}:pay{}: shop::stock: no stock",
            &[MICRO, ERROR, ("labels.spans", "request{id=7 path=\"/a}:b\"}:pay{}"), STOCK, MESSAGE],
        )],
        &["2020-05-11T12:44:44.123456Z ERROR request{id=7} shop::stock: no stock"],
    ),
    Format::pattern(
        "tracing-spans-places",
        "{time}{:zoned} {LEVEL} {worker} ThreadId({tid}) {spans}: {name}: {file}:{line}: ",
        &[example(
            "2020-05-11T12:44:44.123456Z ERROR main ThreadId(01) request{id=7}: shop::stock: src/stock.rs:12: no stock",
            &[
                MICRO,
                ERROR,
                ("process.thread.name", "main"),
                ("process.thread.id", "01"),
                ("labels.spans", "request{id=7}"),
                STOCK,
                ("log.origin.file.name", "src/stock.rs"),
                ("log.origin.file.line", "12"),
                MESSAGE,
            ],
        )],
        &[],
    ),
    Format::pattern(
        "tracing-places",
        "{time}{:zoned} {LEVEL} {worker} ThreadId({tid}) {name}: {file}:{line}: ",
        &[example(
            "2020-05-11T12:44:44.123456Z ERROR main ThreadId(01) shop::stock: src/stock.rs:12: no stock",
            &[
                MICRO,
                ERROR,
                ("process.thread.name", "main"),
                ("process.thread.id", "01"),
                STOCK,
                ("log.origin.file.name", "src/stock.rs"),
                ("log.origin.file.line", "12"),
                MESSAGE,
            ],
        )],
        &[],
    ),
    Format::pattern(
        "tracing-file",
        "{time}{:zoned} {LEVEL} {name}: {file}:{line}: ",
        &[example(
            "2020-05-11T12:44:44.123456Z ERROR shop::stock: src/stock.rs:12: no stock",
            &[
                MICRO,
                ERROR,
                STOCK,
                ("log.origin.file.name", "src/stock.rs"),
                ("log.origin.file.line", "12"),
                MESSAGE,
            ],
        )],
        &[],
    ),
];
