//! Loggers for Python.

use crate::facts::Fact;
use crate::gaps::{NO_CAUSE, NO_FIELDS, NO_LEVEL, NO_LOGGER, NO_ORIGIN, NO_TIME};
use crate::row::{Gap, Row, gap, row};
use crate::scenario::{EVERY_LOG, Log};

pub(crate) const ROWS: &[Row] = &[
    row("python/python-json-logger/2.0.7"),
    row("python/python-json-logger/3.3.0"),
    row("python/python-json-logger/4.0.0"),
    row("python/python-json-logger-every-field/4.0.0").more_labels(&["relativeCreated"]),
    row("python/json-log-formatter/1.2.1").but(NO_ORIGIN).but(NO_LOGGER).but(NO_LEVEL),
    row("python/json-log-formatter-verbose/1.2.1"),
    row("python/ecs-logging/2.3.0").but(NO_CAUSE),
    row("python/ecs-logging-structlog/2.3.0").but(NO_ORIGIN),
    row("python/powertools/3.37.0").but(LINE_WITHOUT_FILE),
    row("python/awslambdaric/4.2.2-JSON").but(NO_CAUSE).but(ORIGIN_BESIDE_ERRORS),
    row("python/structlog/23.1.0-json").but(NO_ORIGIN),
    row("python/structlog/26.1.0-json").but(NO_ORIGIN),
    row("python/structlog/26.1.0-dict").more_labels(&["process_name"]),
    row("python/structlog-stdlib/26.1.0"),
    row("python/loguru-serialize/0.7.3")
        .more_labels(&["record_elapsed_repr", "record_elapsed_seconds"]),
    row("python/opentelemetry/1.45.2").but(NO_LOGGER).more_labels(&[
        "dropped_attributes",
        "event_name",
        "observed_timestamp",
        "resource_schema_url",
        "telemetry_sdk_language",
        "telemetry_sdk_name",
        "telemetry_sdk_version",
        "trace_flags",
    ]),
    row("python/google-cloud-logging/3.17.0")
        .preamble(1)
        .but(NO_TIME)
        .more_labels(&["logging_googleapis_com_trace_sampled"]),
    row("python/newrelic/14.1.0").more_labels(&["entity_type"]),
    row("python/python-logstash/0.4.8")
        .but(&[gap(
            Fact::Origin,
            EVERY_LOG,
            "states the file as a path, which may be another thing",
        )])
        .more_labels(&["path", "type"]),
    row("python/oslo-log-json/8.3.2").more_labels(&[
        "error_summary",
        "process_name",
        "project",
        "relative_created",
        "version",
    ]),
    row("python/graypy/2.1.0")
        .but(&[gap(
            Fact::Logger,
            EVERY_LOG,
            "states it as the facility, which may be another thing",
        )])
        .more_labels(&["facility"]),
    row("python/loguru-serialize/0.5.3")
        .more_labels(&["record_elapsed_repr", "record_elapsed_seconds"]),
    row("python/powertools/2.43.1").but(LINE_WITHOUT_FILE),
    row("python/ecs-logging/1.1.0").but(NO_CAUSE),
    row("python/awslambdaric/2.0.8-JSON").but(NO_CAUSE).but(ORIGIN_BESIDE_ERRORS),
    // Text.
    row("python/airflow/3.12.1").but(NO_LOGGER).but(NO_FIELDS),
    row("python/awslambdaric/4.2.2-TEXT").but(NO_ORIGIN).but(NO_LOGGER).but(NO_FIELDS),
    row("python/celery/5.7.0").but(NO_ORIGIN).but(NO_LOGGER).but(NO_FIELDS),
    row("python/django/6.1.3")
        .but(NO_ORIGIN)
        .but(NO_LOGGER)
        .but(NO_FIELDS)
        .more_labels(&["module"]),
    row("python/flask/3.12.1")
        .but(NO_ORIGIN)
        .but(NO_LOGGER)
        .but(NO_FIELDS)
        .more_labels(&["module"]),
    row("python/gunicorn/27.0.1").but(NO_ORIGIN).but(NO_LOGGER).but(NO_FIELDS),
    row("python/uvicorn/0.54.0").but(NO_ORIGIN).but(NO_LOGGER).but(NO_FIELDS).but(NO_TIME),
    row("python/logging-basicConfig/3.12.1").but(NO_ORIGIN).but(NO_FIELDS).but(NO_TIME),
    row("python/logging-brackets/3.12.1").but(NO_ORIGIN).but(NO_FIELDS),
    row("python/logging-hyphens/3.12.1").but(NO_ORIGIN).but(NO_FIELDS),
    row("python/logging-levelname/3.7.16").but(NO_ORIGIN).but(NO_FIELDS).but(NAME_LIKE_A_WORD),
    row("python/logging-levelname/3.12.1").but(NO_ORIGIN).but(NO_FIELDS).but(NAME_LIKE_A_WORD),
    row("python/loguru/0.7.3").but(NO_ORIGIN).but(NO_FIELDS),
    row("python/logfmter/0.0.12").but(NO_ORIGIN),
    row("python/structlog/26.1.0-logfmt").but(NO_ORIGIN).but(DICTIONARY).more_labels(&["gateway"]),
    row("python/structlog/26.1.0-pairs").but(NO_ORIGIN).but(DICTIONARY).more_labels(&["gateway"]),
    row("python/structlog/26.1.0-console")
        .but(NO_ORIGIN)
        .but(DICTIONARY)
        .but(&[
            gap(Fact::Logger, &[Log::TwoLines], "stands in the second line of the message"),
            gap(
                Fact::Message,
                &[Log::PaymentFailed, Log::TwoLines],
                "the logger's name stays in it, in front of a further line",
            ),
        ])
        .more_labels(&["gateway"]),
];

/// With a blank alone behind it, a logger's name may be the first word of the message.
const NAME_LIKE_A_WORD: &[Gap] = &[
    gap(Fact::Logger, EVERY_LOG, "nothing tells it from the first word of the message"),
    gap(Fact::Message, EVERY_LOG, "the logger's name stays in it"),
];

const DICTIONARY: &[Gap] =
    &[gap(Fact::Nested, &[Log::RetryingPayment], "stays the text that Python makes of it")];
const ORIGIN_BESIDE_ERRORS: &[Gap] = &[gap(
    Fact::Origin,
    &[Log::CacheMiss, Log::OrderPlaced, Log::RetryingPayment, Log::OutOfDisk, Log::TwoLines],
    "states it only beside an exception",
)];
const LINE_WITHOUT_FILE: &[Gap] =
    &[gap(Fact::Origin, EVERY_LOG, "states the function and the line without the file")];
