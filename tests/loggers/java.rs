//! Loggers for Java.

use crate::facts::Fact;
use crate::gaps::{
    FIELDS_IN_MESSAGE, NO_CAUSE, NO_FATAL, NO_FIELDS, NO_LEVEL, NO_LOGGER, NO_ORIGIN, NO_TIME,
    TEXTS_ALONE,
};
use crate::row::{Row, gap, row};
use crate::scenario::EVERY_LOG;

pub(crate) const ROWS: &[Row] = &[
    row("java/aws-lambda-java/2.10.1-JSON").but(NO_FIELDS).but(NO_LOGGER).but(NO_ORIGIN),
    row("java/aws-lambda-java/2.10.1-TEXT")
        .but(NO_FIELDS)
        .but(NO_TIME)
        .but(NO_LOGGER)
        .but(NO_ORIGIN),
    row("java/java.util.logging/17.0.15")
        .but(&[gap(Fact::Origin, EVERY_LOG, "states class and method without the file")])
        .but(FIELDS_IN_MESSAGE)
        .omits(NO_FATAL)
        .lines_above(1)
        .but(NO_LOGGER),
    row("java/log4j2-ecs-layout/1.7.0")
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "order_id"]),
    row("java/log4j2/2.25.1-JsonTemplateLayout-EcsLayout")
        .but(NO_ORIGIN)
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "order_id"]),
    row("java/log4j2/2.25.1-JsonTemplateLayout-GcpLayout").but(TEXTS_ALONE).more_labels(&[
        "amount",
        "attempt",
        "logging_googleapis_com_trace_sampled",
        "order_id",
    ]),
    row("java/log4j2/2.25.1-JsonTemplateLayout-GelfLayout")
        .but(NO_ORIGIN)
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "order_id"]),
    row("java/log4j2/2.25.1-JsonTemplateLayout-JsonLayout")
        .but(NO_CAUSE)
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "order_id", "source_class"]),
    row("java/log4j2/2.25.1-JsonTemplateLayout-LogstashJsonEventLayoutV1")
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "class", "order_id"]),
    row("java/log4j2/2.25.1-default")
        .but(NO_FIELDS)
        .but(NO_TIME)
        .but(NO_LEVEL)
        .but(NO_LOGGER)
        .but(NO_ORIGIN),
    row("java/log4j2/2.25.1-gelf")
        .but(NO_ORIGIN)
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "order_id"]),
    row("java/log4j2/2.25.1-json").but(TEXTS_ALONE).more_labels(&[
        "amount",
        "attempt",
        "order_id",
        "source_class",
        "source_classLoaderName",
    ]),
    row("java/log4j2/2.25.1-pattern").but(NO_FIELDS),
    row("java/log4j2/2.25.1-stacktraces")
        .but(NO_ORIGIN)
        .but(TEXTS_ALONE)
        .more_labels(&["amount", "attempt", "order_id"]),
    row("java/logback-ecs-encoder/1.7.0").omits(NO_FATAL).but(NO_FIELDS),
    row("java/logback/1.5.18-json").omits(NO_FATAL).but(NO_ORIGIN).but(TEXTS_ALONE).more_labels(&[
        "amount",
        "attempt",
        "context_birthdate",
        "context_name",
        "gateway",
        "order_id",
    ]),
    row("java/logback/1.5.18-pattern").but(FIELDS_IN_MESSAGE).omits(NO_FATAL).but(NO_ORIGIN),
    row("java/logstash-logback-encoder/7.4").omits(NO_FATAL).more_labels(&["caller_class_name"]),
    row("java/logstash-logback-encoder/8.1").omits(NO_FATAL).more_labels(&["caller_class_name"]),
    row("java/spring-boot/3.4.7-ecs").omits(NO_FATAL).but(NO_ORIGIN),
    row("java/spring-boot/3.5.3-ecs").omits(NO_FATAL).but(NO_ORIGIN),
    row("java/spring-boot/3.5.3-gelf").omits(NO_FATAL).but(NO_ORIGIN),
    row("java/spring-boot/3.5.3-logstash").omits(NO_FATAL).but(NO_ORIGIN),
    row("java/spring-boot/3.5.3-pattern").omits(NO_FATAL).but(NO_FIELDS).but(NO_ORIGIN),
];
