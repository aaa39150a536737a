//! Loggers for Go.

use crate::facts::Fact;
use crate::gaps::{
    FIELDS_UNREAD, GO_CHAIN, GO_ERROR, GO_STACK, LEVEL_UNREAD, LOGGER_UNREAD, NO_FATAL, NO_LEVEL,
    NO_LOGGER, NO_ORIGIN, ORIGIN_UNREAD, PREFIXED, TIME_UNREAD, UNREAD,
};
use crate::row::{Row, gap, row};
use crate::scenario::Log;

pub(crate) const ROWS: &[Row] = &[
    row("go/apex/1.9.0-json").omits(NO_FATAL).but(GO_ERROR).but(NO_ORIGIN),
    row("go/apex/1.9.0-logfmt")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(NO_ORIGIN),
    row("go/aws-lambda-go/1.55.1-json")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .more_labels(&["functionArn"]),
    row("go/aws-lambda-go/1.55.1-text")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(NO_LOGGER)
        .but(PREFIXED)
        .but(NO_ORIGIN),
    row("go/ecszerolog/0.2.0").but(GO_STACK).but(NO_LOGGER),
    row("go/glog/1.2.5")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(TIME_UNREAD)
        .but(NO_LOGGER)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD)
        .but(&[gap(Fact::Level, &[Log::CacheMiss], UNREAD)]),
    row("go/go-kit/0.2.1-json").omits(NO_FATAL).but(GO_ERROR).but(&[gap(
        Fact::Nested,
        &[Log::RetryingPayment],
        "the logger takes flat values alone",
    )]),
    row("go/go-kit/0.2.1-logfmt")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(TIME_UNREAD)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD),
    row("go/hclog/1.6.3-json").omits(NO_FATAL).but(GO_ERROR),
    row("go/hclog/1.6.3-text")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD),
    row("go/klog/2.140.0")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(TIME_UNREAD)
        .but(NO_LOGGER)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD)
        .but(&[gap(Fact::Level, &[Log::CacheMiss], UNREAD)]),
    row("go/log/1.26.8")
        .omits(NO_FATAL)
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(NO_LEVEL)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD)
        .but(&[gap(
            Fact::Time,
            &[Log::OrderPlaced, Log::RetryingPayment, Log::PaymentFailed, Log::TwoLines],
            UNREAD,
        )]),
    row("go/logrus/1.10.2-caller").but(GO_ERROR),
    row("go/logrus/1.10.2-json").but(GO_ERROR).but(NO_ORIGIN),
    row("go/logrus/1.10.2-text")
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(NO_ORIGIN),
    row("go/slog/1.26.8-json").but(GO_ERROR),
    row("go/slog/1.26.8-text")
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD),
    row("go/zap/1.28.0-development")
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(LOGGER_UNREAD)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD),
    row("go/zap/1.28.0-production").but(GO_ERROR),
    row("go/zap/1.28.0-sugared").but(GO_CHAIN).more_labels(&["stacktrace"]),
    row("go/zerolog/1.35.1-console")
        .but(GO_ERROR)
        .but(FIELDS_UNREAD)
        .but(LEVEL_UNREAD)
        .but(NO_LOGGER)
        .but(PREFIXED)
        .but(ORIGIN_UNREAD),
    row("go/zerolog/1.35.1-json")
        .but(GO_ERROR)
        .but(NO_LOGGER)
        .but(NO_ORIGIN)
        .more_labels(&["component"]),
    row("go/zerolog/1.35.1-stack").but(GO_STACK),
];
