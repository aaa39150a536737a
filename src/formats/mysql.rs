//! The error logs of MySQL and MariaDB.

use super::{Format, example};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123456Z");
const WARN: (&str, &str) = ("log.level", "warn");
const THREAD: (&str, &str) = ("process.thread.id", "7");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "mysql",
        "{time} {tid} [{level}] [{code}] [{subsystem}] ",
        &[example(
            "2020-05-11T12:44:44.123456Z 7 [Warning] [MY-010068] [Server] no stock",
            &[
                TIME,
                WARN,
                THREAD,
                ("event.code", "MY-010068"),
                ("labels.subsystem", "Server"),
                MESSAGE,
            ],
        )],
        &["2020-05-11T12:44:44.123456Z 7 [Warnings] [MY-010068] [Server] no stock"],
    ),
    Format::pattern(
        "mariadb",
        "{time} {tid} [{level}] ",
        &[example(
            "2020-05-11 12:44:44 7 [Note] no stock",
            &[("@timestamp", "2020-05-11T12:44:44.000Z"), ("log.level", "info"), THREAD, MESSAGE],
        )],
        &["2020-05-11 12:44:44 7 [orders] no stock"],
    ),
];
