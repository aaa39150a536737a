//! What AWS Lambda's runtimes put before a message, in the text format.
//!
//! Source: *Lambda runtimes* (<https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html>),
//! and the runtimes' own code for Node, Python and Java.

use super::bytes::Bytes;
use super::scan::{is_uuid, word_before};
use super::{Beginning, Example, Format, Line, Reading, Shape};
use crate::level::lookup;
use crate::timestamp::Reference;

const ID: &str = "8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0";

pub(super) static FORMATS: &[Format] = &[
    Format {
        name: "lambda-node",
        shape: Shape::Pattern("{time}\t{request}\t{LEVEL}\t"),
        examples: &[Example {
            line: "2020-05-11T12:44:44.123Z\t8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0\tERROR\tno stock",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.123Z"),
                ("log.level", "error"),
                ("aws.lambda.request_id", ID),
                ("message", "no stock"),
            ],
        }],
        near_misses: &["2020-05-11T12:44:44.123Z\t8f507cfc\tERROR\tno stock"],
    },
    Format {
        name: "lambda-node-outside",
        shape: Shape::Pattern("{time}\tundefined\t{LEVEL}\t"),
        examples: &[Example {
            line: "2020-05-11T12:44:44.123Z\tundefined\tWARN\tno stock",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.123Z"),
                ("log.level", "warn"),
                ("message", "no stock"),
            ],
        }],
        near_misses: &["2020-05-11T12:44:44.123Z\tundefined\tbehaviour"],
    },
    Format {
        name: "lambda-python",
        shape: Shape::Pattern("[{LEVEL}]\t{time}\t{request}\t"),
        examples: &[Example {
            line: "[ERROR]\t2020-05-11T12:44:44.123Z\t8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0\tno stock",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.123Z"),
                ("log.level", "error"),
                ("aws.lambda.request_id", ID),
                ("message", "no stock"),
            ],
        }],
        near_misses: &[
            "[LOUD]\t2020-05-11T12:44:44.123Z\t8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0\tno",
        ],
    },
    Format {
        name: "lambda-python-outside",
        shape: Shape::Pattern("[{LEVEL}]\t{time}\t\t"),
        examples: &[Example {
            line: "[INFO]\t2020-05-11T12:44:44.123Z\t\tFound credentials",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.123Z"),
                ("log.level", "info"),
                ("message", "Found credentials"),
            ],
        }],
        near_misses: &["[INFO]\tearlier\t\tFound credentials"],
    },
    Format {
        name: "lambda-python-crash",
        shape: Shape::Function(Beginning::with(Bytes::of(b"[")), python_crash),
        examples: &[Example {
            line: "[ERROR] KeyError: 'Records'\nTraceback (most recent call last):\n\u{a0}\u{a0}File \"/var/task/index.py\", line 4, in handler",
            states: &[
                ("log.level", "error"),
                (
                    "message",
                    "[ERROR] KeyError: 'Records'\nTraceback (most recent call last):\n\u{a0}\u{a0}File \"/var/task/index.py\", line 4, in handler",
                ),
            ],
        }],
        near_misses: &["[ERROR] KeyError: 'Records'"],
    },
    Format {
        name: "lambda-java",
        shape: Shape::Pattern("{time} {request} {LEVEL} {logger}:{line} - "),
        examples: &[Example {
            line: "2020-05-11 12:44:44 8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0 ERROR Shop:12 - no stock",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.000Z"),
                ("log.level", "error"),
                ("aws.lambda.request_id", ID),
                ("log.logger", "Shop"),
                ("log.origin.file.line", "12"),
                ("message", "no stock"),
            ],
        }],
        near_misses: &["2020-05-11 12:44:44 8f507cfc ERROR Shop:12 - no stock"],
    },
    Format {
        name: "lambda-java-logger",
        shape: Shape::Pattern("{time} {request} {LEVEL} {logger} - "),
        examples: &[Example {
            line: "2020-05-11 12:44:44 8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0 INFO  shop.Shop - ready",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.000Z"),
                ("log.level", "info"),
                ("aws.lambda.request_id", ID),
                ("log.logger", "shop.Shop"),
                ("message", "ready"),
            ],
        }],
        near_misses: &[],
    },
    Format {
        name: "lambda-request-level",
        shape: Shape::Pattern("{time} {request} {BARE} "),
        examples: &[Example {
            line: "2020-05-11T12:44:44.123Z 8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0 WARN no stock",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.123Z"),
                ("log.level", "warn"),
                ("aws.lambda.request_id", ID),
                ("message", "no stock"),
            ],
        }],
        near_misses: &[],
    },
    Format {
        name: "lambda-request",
        shape: Shape::Pattern("{time} {request} "),
        examples: &[Example {
            line: "2020-05-11T12:44:44.123Z 8f507cfc-1b17-4d3c-a1b1-0ce6b2e64ab0 Task timed out after 3.00 seconds",
            states: &[
                ("@timestamp", "2020-05-11T12:44:44.123Z"),
                ("aws.lambda.request_id", ID),
                ("message", "Task timed out after 3.00 seconds"),
            ],
        }],
        near_misses: &["2020-05-11T12:44:44.123Z 8f507cfc Task timed out after 3.00 seconds"],
    },
];

/// `[ERROR] KeyError: 'Records'` and the frames, which the runtime for Python prints of an error
/// that escaped. The bracket is the sign by which the traceback is known, so that it stays.
fn python_crash<'t>(line: &Line<'t>, _: &Reference<'_>) -> Option<Reading<'t>> {
    const TRACEBACK: &str = "Traceback (most recent call last):";
    let (word, rest) = word_before(line.line.strip_prefix('[')?, "] ")?;
    let (level, _) =
        lookup(word.as_bytes()).filter(|_| word.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let follows = line.following().contains(TRACEBACK) && !rest.is_empty();
    follows.then(|| Reading { level: Some(level), ..Reading::of("", line.text) })
}

/// How the lines begin that the platform itself writes, but for those that begin with a request's
/// id, and what its JSON log format calls the same event.
///
/// Sources: *Viewing CloudWatch logs for Lambda functions*
/// (<https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html>) and
/// *Lambda Telemetry API Event schema reference*
/// (<https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html>).
pub const PLATFORM_LINES: &[(&str, Option<&str>)] = &[
    ("START RequestId: ", Some("platform.start")),
    ("END RequestId: ", Some("platform.runtimeDone")),
    ("REPORT RequestId: ", Some("platform.report")),
    ("INIT_START Runtime Version: ", Some("platform.initStart")),
    ("INIT_REPORT Init Duration: ", Some("platform.initReport")),
    ("RESTORE_START Runtime Version: ", Some("platform.restoreStart")),
    ("RESTORE_REPORT Restore Duration: ", Some("platform.restoreReport")),
    ("EXTENSION\tName: ", Some("platform.extension")),
    ("TELEMETRY\tName: ", None),
    ("LOGS\tName: ", None),
    ("XRAY TraceId: ", None),
];

/// Takes a request's id, which is a UUID, off the front.
#[must_use]
pub fn after_request_id(text: &str) -> Option<&str> {
    let (id, rest) = text.split_at_checked(36)?;
    is_uuid(id).then_some(rest)
}

/// An object that Node's `console.log` was given as JSON text, and what the runtime put before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LambdaObject<'t> {
    /// The time as it is written.
    pub time: &'t str,
    /// The request's id, unless it was logged outside of any.
    pub request_id: Option<&'t str>,
    /// The level's name.
    pub level: &'t str,
    /// The JSON text.
    pub object: &'t str,
}

/// The parts of `2020-05-11T12:44:44.123Z\t8f507cfc-…\tINFO\t{"order":7}`.
#[must_use]
pub fn lambda_object(text: &str) -> Option<LambdaObject<'_>> {
    const ZONE_AT: usize = "2020-05-11T12:44:44.123".len();
    // What the time ends in settles nearly all lines.
    let ends_as_time = text.as_bytes().get(ZONE_AT..).is_some_and(|it| it.starts_with(b"Z\t"));
    if !ends_as_time || !text.starts_with(|first: char| first.is_ascii_digit()) {
        return None;
    }
    let mut parts = text.splitn(4, '\t');
    let (time, id, level, object) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let request_id = is_uuid(id).then_some(id);
    let is_object = object.starts_with('{') && object.trim_end().ends_with('}');
    let is_prefix = time.len() == ZONE_AT + 1
        && (request_id.is_some() || id == "undefined")
        && lookup(level.as_bytes()).is_some();
    (is_object && is_prefix).then_some(LambdaObject { time, request_id, level, object })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_behind_a_prefix() {
        let line = format!("2020-05-11T12:44:44.123Z\t{ID}\tINFO\t{{\"a\":1}}\n");
        let object = lambda_object(&line).unwrap();
        assert_eq!((object.request_id, object.object), (Some(ID), "{\"a\":1}\n"));
        for other in [
            "2020-05-11T12:44:44.123Z\tid\tINFO\t{\"a\":1}",
            "2020-05-11T12:44:44.123Z\tundefined\tINFO\tInvoke Error \t{\"a\":1}",
            "2020-05-11T12:44:44.123Z\tundefined\tLOUD\t{\"a\":1}",
            "",
        ] {
            assert_eq!(lambda_object(other), None, "{other}");
        }
    }
}
