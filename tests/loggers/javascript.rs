//! Loggers for JavaScript.

use crate::facts::Fact;
use crate::gaps::{
    ERROR_IN_MESSAGE, FIELDS_IN_MESSAGE, IN_THE_MESSAGE, JOINED_MESSAGES, NO_CAUSE, NO_FATAL,
    NO_FIELDS, NO_LEVEL, NO_LOGGER, NO_ORIGIN, NO_TIME,
};
use crate::row::{Row, gap, row};
use crate::scenario::{EVERY_LOG, Log};

pub(crate) const ROWS: &[Row] = &[
    row("javascript/aws-lambda-ric/3.3.0-JSON").but(NO_LOGGER).but(NO_ORIGIN).but(&[
        gap(Fact::Message, &[Log::CacheMiss], IN_THE_MESSAGE),
        gap(Fact::Fields, &[Log::CacheMiss], IN_THE_MESSAGE),
    ]),
    row("javascript/aws-lambda-ric/3.3.0-TEXT")
        .but(FIELDS_IN_MESSAGE)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .but(&[
            gap(Fact::Time, &[Log::OrderPlaced, Log::RetryingPayment], IN_THE_MESSAGE),
            gap(Fact::Level, &[Log::OrderPlaced, Log::RetryingPayment], IN_THE_MESSAGE),
        ]),
    row("javascript/bunyan/1.8.15").but(NO_CAUSE).but(NO_ORIGIN),
    row("javascript/bunyan/2.0.5").but(NO_CAUSE).but(NO_ORIGIN),
    row("javascript/console/20.20.2")
        .but(FIELDS_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(NO_TIME)
        .but(NO_LEVEL)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .but(&[gap(
            Fact::Message,
            &[Log::CacheMiss, Log::OrderPlaced, Log::RetryingPayment],
            IN_THE_MESSAGE,
        )]),
    row("javascript/ecs-pino/1.5.0").but(NO_CAUSE).but(NO_ORIGIN),
    row("javascript/ecs-winston/1.5.3").omits(NO_FATAL).but(NO_LOGGER).but(NO_ORIGIN),
    row("javascript/log4js/6.9.1-basic").but(FIELDS_IN_MESSAGE).but(NO_ORIGIN),
    row("javascript/log4js/6.9.1-json").but(NO_FIELDS).but(NO_ORIGIN),
    row("javascript/pino/10.4.0").but(NO_ORIGIN).but(JOINED_MESSAGES),
    row("javascript/pino/10.4.0-labels").but(NO_ORIGIN).but(JOINED_MESSAGES),
    row("javascript/pino/7.11.0").but(NO_CAUSE).but(NO_ORIGIN),
    row("javascript/pino/9.14.0").but(NO_ORIGIN).but(JOINED_MESSAGES),
    row("javascript/powertools/2.36.0").but(NO_LOGGER).but(NO_ORIGIN).more_labels(&[
        "cold_start",
        "error_location",
        "function_arn",
        "function_memory_size",
        "function_name",
        "sampling_rate",
    ]),
    row("javascript/roarr/7.21.7")
        .but(NO_CAUSE)
        .but(NO_ORIGIN)
        .more_labels(&["package", "sequence", "version"]),
    row("javascript/tslog/4.9.3")
        .but(&[
            gap(
                Fact::ErrorType,
                &[Log::PaymentFailed],
                "the error is an argument like any other, told as data",
            ),
            gap(
                Fact::ErrorMessage,
                &[Log::PaymentFailed],
                "the error is an argument like any other, told as data",
            ),
            gap(
                Fact::Traceback,
                &[Log::PaymentFailed],
                "the error is an argument like any other, told as data",
            ),
            gap(
                Fact::Cause,
                &[Log::PaymentFailed],
                "the error is an argument like any other, told as data",
            ),
        ])
        .more_labels(&[
            "message",
            "meta_logLevelId",
            "meta_parentNames",
            "meta_path_fileColumn",
            "meta_path_fileNameWithLine",
            "meta_path_filePath",
            "meta_path_filePathWithLine",
            "meta_path_fullFilePath",
            "meta_runtime",
            "meta_runtimeVersion",
            "name",
            "nativeError_name",
        ]),
    row("javascript/winston/3.19.0-json").omits(NO_FATAL).but(NO_CAUSE).but(NO_ORIGIN).but(&[gap(
        Fact::Message,
        &[Log::PaymentFailed],
        "winston adds the message of the error",
    )]),
    row("javascript/winston/3.19.0-logstash")
        .omits(NO_FATAL)
        .but(NO_CAUSE)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .but(&[gap(Fact::Message, &[Log::PaymentFailed], "winston adds the message of the error")]),
    row("javascript/winston/3.19.0-printf")
        .more_labels(&["label"])
        .but(&[gap(Fact::Logger, EVERY_LOG, "stands in brackets, in which anything may")])
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(NO_CAUSE)
        .but(NO_FIELDS)
        .but(NO_ORIGIN),
    row("javascript/winston/3.19.0-simple")
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(NO_TIME)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .but(&[gap(
            Fact::Cause,
            &[Log::PaymentFailed],
            "winston writes the cause as an empty object",
        )]),
];
