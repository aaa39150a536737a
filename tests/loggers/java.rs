//! Loggers for Java.

use crate::row::{Row, row};

pub(crate) const ROWS: &[Row] = &[
    row("java/aws-lambda-java/2.10.1-JSON"),
    row("java/aws-lambda-java/2.10.1-TEXT"),
    row("java/java.util.logging/17.0.15"),
    row("java/log4j2-ecs-layout/1.7.0"),
    row("java/log4j2/2.25.1-JsonTemplateLayout-EcsLayout"),
    row("java/log4j2/2.25.1-JsonTemplateLayout-GcpLayout"),
    row("java/log4j2/2.25.1-JsonTemplateLayout-GelfLayout"),
    row("java/log4j2/2.25.1-JsonTemplateLayout-JsonLayout"),
    row("java/log4j2/2.25.1-JsonTemplateLayout-LogstashJsonEventLayoutV1"),
    row("java/log4j2/2.25.1-default"),
    row("java/log4j2/2.25.1-gelf"),
    row("java/log4j2/2.25.1-json"),
    row("java/log4j2/2.25.1-pattern"),
    row("java/log4j2/2.25.1-stacktraces"),
    row("java/logback-ecs-encoder/1.7.0"),
    row("java/logback/1.5.18-json"),
    row("java/logback/1.5.18-pattern"),
    row("java/logstash-logback-encoder/7.4"),
    row("java/logstash-logback-encoder/8.1"),
    row("java/spring-boot/3.4.7-ecs"),
    row("java/spring-boot/3.5.3-ecs"),
    row("java/spring-boot/3.5.3-gelf"),
    row("java/spring-boot/3.5.3-logstash"),
    row("java/spring-boot/3.5.3-pattern"),
];
