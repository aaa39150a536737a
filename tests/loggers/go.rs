//! Loggers for Go.

use crate::facts::Fact;
use crate::gaps::{
    ERROR_IN_MESSAGE, FIELDS_IN_MESSAGE, GO_CHAIN, GO_ERROR, GO_STACK, NO_DEBUG, NO_FATAL,
    NO_LEVEL, NO_LOGGER, NO_NESTED, NO_ORIGIN,
};
use crate::row::{Row, gap, row};
use crate::scenario::Log;

pub(crate) const ROWS: &[Row] = &[
    row("go/apex/1.9.0-json").omits(NO_FATAL).but(GO_ERROR).but(NO_ORIGIN),
    row("go/apex/1.9.0-logfmt").but(NO_NESTED).omits(NO_FATAL).but(GO_ERROR).but(NO_ORIGIN),
    row("go/aws-lambda-go/1.55.1-json")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .more_labels(&["functionArn"]),
    row("go/aws-lambda-go/1.55.1-text")
        .more_labels(&["functionArn", "gateway"])
        .but(NO_NESTED)
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_ORIGIN),
    row("go/ecszerolog/0.2.0").but(GO_STACK).but(NO_LOGGER),
    row("go/glog/1.2.5")
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_DEBUG),
    row("go/go-kit/0.2.1-json").omits(NO_FATAL).but(GO_ERROR).but(&[gap(
        Fact::Nested,
        &[Log::RetryingPayment],
        "the logger takes flat values alone",
    )]),
    row("go/go-kit/0.2.1-logfmt").but(NO_NESTED).omits(NO_FATAL).but(GO_ERROR),
    row("go/hclog/1.6.3-json").omits(NO_FATAL).but(GO_ERROR),
    row("go/hclog/1.6.3-text")
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(GO_ERROR),
    row("go/klog/2.140.0")
        .but(&[
            gap(Fact::Message, &[Log::RetryingPayment], FORMATTED),
            gap(Fact::Fields, &[Log::RetryingPayment], FORMATTED),
            gap(Fact::Nested, &[Log::RetryingPayment], FORMATTED),
        ])
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_DEBUG),
    row("go/log/1.26.8")
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(NO_LEVEL)
        .but(&[
            gap(Fact::Logger, &[Log::CacheMiss], "logged without the prefix that names it"),
            gap(Fact::Origin, &[Log::CacheMiss], "logged without the flag that asks for it"),
        ]),
    row("go/logrus/1.10.2-caller").but(GO_ERROR),
    row("go/logrus/1.10.2-json").but(GO_ERROR).but(NO_ORIGIN),
    row("go/logrus/1.10.2-text")
        .more_labels(&["gateway"])
        .but(NO_NESTED)
        .but(GO_ERROR)
        .but(NO_ORIGIN),
    row("go/slog/1.26.8-json").but(GO_ERROR),
    row("go/slog/1.26.8-text").but(GO_ERROR),
    row("go/zap/1.28.0-development").but(ERROR_IN_MESSAGE).but(GO_ERROR),
    row("go/zap/1.28.0-production").but(GO_ERROR),
    row("go/zap/1.28.0-sugared").but(GO_CHAIN).more_labels(&["stacktrace"]),
    row("go/zerolog/1.35.1-console")
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .but(GO_ERROR)
        .but(NO_LOGGER),
    row("go/zerolog/1.35.1-json")
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .more_labels(&["component"]),
    row("go/zerolog/1.35.1-stack").but(GO_STACK),
];

const FORMATTED: &str = "the program puts the field into the words";
