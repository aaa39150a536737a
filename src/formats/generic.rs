//! Prefixes that any logger may have been told to write: a time and a level, in any of the usual
//! marks. They come last.

use super::{Example, Format};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const ERROR: (&str, &str) = ("log.level", "error");
const CLOCK: (&str, &str) = ("labels.time", "12:44:44");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "time-level-dash",
        "{time} {LEVEL} - ",
        &[Example {
            line: "2020-05-11 12:44:44 ERROR - no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["2020-05-11 12:44:44 ERRORS - no stock"],
    ),
    Format::pattern(
        "time-level-colon",
        "{time} {LEVEL}: ",
        &[Example { line: "2020-05-11 12:44:44 ERROR: no stock", states: &[TIME, ERROR, MESSAGE] }],
        &["2020-05-11 12:44:44 Error: no stock"],
    ),
    Format::pattern(
        "time-level-bar",
        "{time} | {LEVEL} | ",
        &[Example {
            line: "2020-05-11 12:44:44 | ERROR | no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["2020-05-11 12:44:44 | ERRORS | no stock"],
    ),
    Format::pattern(
        "time-bracketed-level",
        "{time} [~{level}~] ",
        &[Example {
            line: "2020-05-11 12:44:44 [ error ] no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["2020-05-11 12:44:44 [errors] no stock"],
    ),
    Format::pattern(
        "time-bracketed-level-colon",
        "{time} [~{level}~]: ",
        &[Example {
            line: "2020-05-11 12:44:44 [error]: no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["2020-05-11 12:44:44 [config]: no stock"],
    ),
    Format::pattern(
        "time-dash-bracketed-level",
        "{time} - [~{level}~] ",
        &[Example {
            line: "2020-05-11 12:44:44 - [ERROR] no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["2020-05-11 12:44:44 - [7] no stock"],
    ),
    Format::pattern(
        "time-level-bracketed-name",
        "{time} {LEVEL} [{dotted}] ",
        &[Example {
            line: "2020-05-11 12:44:44 ERROR [shop.stock] no stock",
            states: &[TIME, ERROR, ("log.logger", "shop.stock"), MESSAGE],
        }],
        &["2020-05-11 12:44:44 ERROR [shop] no stock"],
    ),
    Format::pattern(
        "time-level",
        "{time} {BARE} ",
        &[Example { line: "2020-05-11 12:44:44 ERROR no stock", states: &[TIME, ERROR, MESSAGE] }],
        &["2020-05-11 12:44:44 NOTICE of default", "2020-05-11 12:44:44 ERROR, they said"],
    ),
    Format::pattern(
        "bracketed-time-bracketed-level",
        "[{time}] [~{level}~] ",
        &[Example {
            line: "[2020-05-11 12:44:44] [error] no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[2020-05-11 12:44:44] [shop] no stock"],
    ),
    Format::pattern(
        "bracketed-time-bracketed-level-colon",
        "[{time}] [~{level}~]: ",
        &[Example {
            line: "[2020-05-11 12:44:44] [ERROR]: no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[2020-05-11 12:44:44] [shop]: no stock"],
    ),
    Format::pattern(
        "bracketed-time-level-colon",
        "[{time}] {LEVEL}: ",
        &[Example {
            line: "[2020-05-11 12:44:44] ERROR: no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[2020-05-11 12:44:44] Error: no stock"],
    ),
    Format::pattern(
        "bracketed-time-level-dash",
        "[{time}] {LEVEL} - ",
        &[Example {
            line: "[2020-05-11 12:44:44] ERROR - no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[2020-05-11 12:44:44] Error - no stock"],
    ),
    Format::pattern(
        "bracketed-time-level",
        "[{time}] {BARE} ",
        &[Example {
            line: "[2020-05-11 12:44:44] ERROR no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[2020-05-11 12:44:44] ALERT the office"],
    ),
    Format::pattern(
        "brackets-of-time-and-level",
        "[{time} {BARE}] ",
        &[Example {
            line: "[2020-05-11 12:44:44 ERROR] no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[2020-05-11 12:44:44 ERROR shop] no stock"],
    ),
    Format::pattern(
        "bracketed-level-time",
        "[~{level}~] {time} ",
        &[Example {
            line: "[error] 2020-05-11 12:44:44 no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[error] at 2020-05-11 12:44:44"],
    ),
    Format::pattern(
        "bracketed-level-bracketed-time",
        "[~{level}~] [{time}] ",
        &[Example {
            line: "[ERROR] [2020-05-11 12:44:44] no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["[ERROR] [12] no stock"],
    ),
    Format::pattern(
        "level-time",
        "{LEVEL} {time} ",
        &[Example { line: "ERROR 2020-05-11 12:44:44 no stock", states: &[TIME, ERROR, MESSAGE] }],
        &["ERROR on 2020-05-11 12:44:44"],
    ),
    Format::pattern(
        "level-bracketed-time",
        "{LEVEL} [{time}] ",
        &[Example {
            line: "ERROR [2020-05-11 12:44:44] no stock",
            states: &[TIME, ERROR, MESSAGE],
        }],
        &["ERROR [12] no stock"],
    ),
    Format::pattern(
        "time-dash",
        "{time} - ",
        &[Example { line: "2020-05-11 12:44:44 - no stock", states: &[TIME, MESSAGE] }],
        &["2020-05-11 - no stock"],
    ),
    Format::pattern(
        "time-colon",
        "{time}: ",
        &[Example { line: "2020-05-11 12:44:44: no stock", states: &[TIME, MESSAGE] }],
        &["12:44:44: no stock"],
    ),
    Format::pattern(
        "time-bar",
        "{time} | ",
        &[Example { line: "2020-05-11 12:44:44 | no stock", states: &[TIME, MESSAGE] }],
        &["12:44:44 | no stock"],
    ),
    Format::pattern(
        "time",
        "{time} ",
        &[
            Example { line: "2020-05-11 12:44:44 no stock", states: &[TIME, MESSAGE] },
            Example { line: "2020-05-11T14:44:44+02:00   no stock", states: &[TIME, MESSAGE] },
            Example { line: "2020-05-11 12:44:44", states: &[TIME, ("message", "")] },
            Example {
                line: "2020-05-11 12:44:44 Error handling improved",
                states: &[TIME, ("message", "Error handling improved")],
            },
        ],
        &["2020-05-11 was a good day", "12:44:44 was the time", "2020-05-11T12:44:44, then"],
    ),
    Format::pattern(
        "bracketed-time",
        "[{time}] ",
        &[Example { line: "[2020-05-11 12:44:44] no stock", states: &[TIME, MESSAGE] }],
        &["[2020-05-11] no stock", "[2020-05-11 12:44:44 no stock"],
    ),
    Format::pattern(
        "clock-level",
        "{clock} {BARE} ",
        &[
            Example { line: "12:44:44 ERROR no stock", states: &[ERROR, CLOCK, MESSAGE] },
            // zerolog
            Example {
                line: "2:44PM INF ready order=7",
                states: &[
                    ("log.level", "info"),
                    ("labels.time", "2:44PM"),
                    ("message", "ready order=7"),
                ],
            },
        ],
        &["12:44:44 ALERT the office"],
    ),
    Format::pattern(
        "clock-bracketed-level",
        "{clock} [~{level}~] ",
        &[Example { line: "12:44:44 [error] no stock", states: &[ERROR, CLOCK, MESSAGE] }],
        &["12:44:44 [main] no stock"],
    ),
    Format::pattern(
        "bracketed-clock-level",
        "[{clock}] {BARE} ",
        &[Example { line: "[12:44:44] ERROR no stock", states: &[ERROR, CLOCK, MESSAGE] }],
        &["[12:44:44] no stock"],
    ),
    Format::pattern(
        "bracketed-level",
        "[~{level}~] ",
        &[
            Example { line: "[ERROR] no stock", states: &[ERROR, MESSAGE] },
            Example { line: "[ warn ] low", states: &[("log.level", "warn"), ("message", "low")] },
        ],
        &["[Error handling] improved", "[config] loaded", "[e] sharp", "[error]no"],
    ),
    Format::pattern(
        "bracketed-level-colon",
        "[~{level}~]: ",
        &[Example { line: "[ERROR]: no stock", states: &[ERROR, MESSAGE] }],
        &["[http]: no stock"],
    ),
    Format::pattern(
        "level-colon",
        "{LEVEL}: ",
        &[
            Example { line: "ERROR: no stock", states: &[ERROR, MESSAGE] },
            // uvicorn
            Example {
                line: "INFO:     Started server process [12]",
                states: &[("log.level", "info"), ("message", "Started server process [12]")],
            },
        ],
        &["Error: no stock", "ERRORS: 5", "ERROR handling: improved"],
    ),
    Format::pattern(
        "level-dash",
        "{LEVEL} - ",
        &[Example { line: "ERROR - no stock", states: &[ERROR, MESSAGE] }],
        &["ERROR-PRONE - code", "Error - no stock"],
    ),
    Format::pattern(
        "level-bar",
        "{LEVEL} | ",
        &[Example { line: "ERROR    | no stock", states: &[ERROR, MESSAGE] }],
        &["Error | no stock"],
    ),
    Format::pattern(
        "level-tab",
        "{LEVEL}\t",
        &[Example { line: "ERROR\tno stock", states: &[ERROR, MESSAGE] }],
        &["Error\tno stock"],
    ),
];
