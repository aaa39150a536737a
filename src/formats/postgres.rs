//! PostgreSQL, as Debian and as RDS configure it.

use super::{Format, example};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const SECOND: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.000Z");
const ERROR: (&str, &str) = ("log.level", "error");
const PID: (&str, &str) = ("process.pid", "12");
const BOB: (&str, &str) = ("user.name", "bob");
const SHOP: (&str, &str) = ("labels.database", "shop");
const MESSAGE: (&str, &str) = ("message", "no stock");

pub(super) static FORMATS: &[Format] = &[
    Format::pattern(
        "postgres-user",
        "{time} [{pid}] {user}@{database} {LEVEL}: ",
        &[example(
            "2020-05-11 12:44:44.123 UTC [12] bob@shop ERROR:  no stock",
            &[TIME, ERROR, PID, BOB, SHOP, MESSAGE],
        )],
        &["2020-05-11 12:44:44.123 UTC [12] bob@shop Error:  no stock"],
    ),
    Format::pattern(
        "postgres-user-more",
        "{time} [{pid}] {user}@{database} ",
        &[
            example(
                "2020-05-11 12:44:44.123 UTC [12] bob@shop STATEMENT:  SELECT 1",
                &[TIME, PID, BOB, SHOP, ("message", "STATEMENT:  SELECT 1")],
            ),
            example(
                "2020-05-11 12:44:44.123 UTC [12] [unknown]@[unknown] FATUOUS: x",
                &[TIME, PID, ("message", "FATUOUS: x")],
            ),
        ],
        &["2020-05-11 12:44:44.123 UTC [12] bob at shop"],
    ),
    Format::pattern(
        "postgres",
        "{time} [{pid}] {LEVEL}: ",
        &[
            example(
                "2020-05-11 12:44:44.123 UTC [12] ERROR:  no stock",
                &[TIME, ERROR, PID, MESSAGE],
            ),
            example(
                "2020-05-11 14:44:44.123 CEST [12] LOG:  ready",
                &[TIME, ("log.level", "info"), PID, ("message", "ready")],
            ),
        ],
        &["2020-05-11 12:44:44.123 UTC [shop] LOG:  no stock"],
    ),
    Format::pattern(
        "postgres-rds",
        "{time}:{client}({port}):{user}@{database}:[{pid}]:{LEVEL}: ",
        &[example(
            "2020-05-11 12:44:44 UTC:10.0.0.1(5432):bob@shop:[12]:ERROR:  no stock",
            &[
                SECOND,
                ERROR,
                ("client.address", "10.0.0.1"),
                ("client.port", "5432"),
                BOB,
                SHOP,
                PID,
                MESSAGE,
            ],
        )],
        &["2020-05-11 12:44:44 UTC:10.0.0.1:bob@shop:[12]:ERROR:  no stock"],
    ),
    Format::pattern(
        "postgres-rds-more",
        "{time}:{client}({port}):{user}@{database}:[{pid}]:",
        &[example(
            "2020-05-11 12:44:44 UTC:10.0.0.1(5432):bob@shop:[12]:STATEMENT:  SELECT 1",
            &[
                SECOND,
                ("client.address", "10.0.0.1"),
                ("client.port", "5432"),
                BOB,
                SHOP,
                PID,
                ("message", "STATEMENT:  SELECT 1"),
            ],
        )],
        &[],
    ),
    Format::pattern(
        "postgres-rds-server",
        "{time}::@:[{pid}]:{LEVEL}: ",
        &[example(
            "2020-05-11 12:44:44 UTC::@:[12]:LOG:  checkpoint starting: time",
            &[SECOND, ("log.level", "info"), PID, ("message", "checkpoint starting: time")],
        )],
        &["2020-05-11 12:44:44 UTC::@:[x]:LOG:  checkpoint"],
    ),
];
