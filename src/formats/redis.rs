//! Redis and Valkey: `12:M 11 May 2020 14:44:44.123 * Ready to accept connections`.

use super::{Format, example};

const TIME: (&str, &str) = ("@timestamp", "2020-05-11T12:44:44.123Z");
const PID: (&str, &str) = ("process.pid", "12");

pub(super) static FORMATS: &[Format] = &[Format::pattern(
    "redis",
    "{pid}:{role} {time} {sign} ",
    &[
        example(
            "12:M 11 May 2020 12:44:44.123 * Ready to accept connections",
            &[
                TIME,
                ("log.level", "info"),
                PID,
                ("labels.role", "M"),
                ("message", "Ready to accept connections"),
            ],
        ),
        example(
            "12:C 11 May 2020 12:44:44.123 # no memory",
            &[TIME, ("log.level", "warn"), PID, ("labels.role", "C"), ("message", "no memory")],
        ),
    ],
    &["12:M 11 May 2020 12:44:44.123 Ready", "12:30 11 May 2020 at noon"],
)];
