//! The names that loggers give to what ECS has a name for: one table.
//!
//! A row says where a producer writes a value (dots for nesting, whether the producer nests or
//! writes dotted keys), which field it is, and how it is read. Of several rows for one field the
//! earlier one wins, and a field's own ECS name wins over every row.

use super::repetitions::{REPETITIONS, Repeats};
use crate::document::{Field, Owner};
use crate::level::LevelScale;
use Field as F;
use Reading as R;

/// How a producer's value becomes the field's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// As the field's type says.
    Typed,
    /// A level's name, or its number on this scale.
    Level(LevelScale),
    /// A level's name, or a number whose scale shows by its size (`level`: pino, bunyan, GELF).
    AnyLevel,
    /// `path/file.go:12`: file and line.
    FileAndLine,
    /// `path/file.py:function:12` or `function:12`: file, function and line.
    Location,
    /// A text, or an array of its lines.
    Lines,
    /// The same, of two lines at least: the name is used for other things too.
    Trace,
    /// A string; a flag or a number under this name says something else.
    Words,
    /// A number, or one in brackets behind its kind: `ThreadId(1)`.
    Enclosed,
    /// The id of a trace or a span; one of zeros says that there is none.
    Id,
    /// Never the field itself: the value may repeat it.
    Repeats(Repeats),
}

/// One row that matches a producer's path.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// The field.
    pub field: Field,
    /// How the value is read.
    pub reading: Reading,
    /// The lower, the better.
    pub rank: usize,
    /// The producer's path.
    pub path: &'static str,
}

/// All rows, best first.
pub(super) fn rows() -> impl Iterator<Item = Candidate> {
    let own_names = Field::ALL
        .iter()
        .filter(|field| field.owner() == Owner::Producer)
        .map(|field| (field.name(), *field, own_reading(*field)));
    let rows = own_names.chain(ALIASES.iter().chain(REPETITIONS).copied());
    rows.enumerate().map(|(rank, (path, field, reading))| Candidate { field, reading, rank, path })
}

fn own_reading(field: Field) -> Reading {
    match field {
        F::LogLevel => R::AnyLevel,
        F::ErrorStackTrace => R::Lines,
        _ => R::Typed,
    }
}

#[rustfmt::skip]
const ALIASES: &[(&str, Field, Reading)] = &[
    // When it was logged.
    ("timestamp",               F::Timestamp, R::Typed), // structlog, winston, Lambda, Monolog, GELF
    ("time",                    F::Timestamp, R::Typed), // pino, bunyan, zerolog, logrus, slog, NLog
    ("ts",                      F::Timestamp, R::Typed), // zap
    ("asctime",                 F::Timestamp, R::Typed), // python-json-logger
    ("datetime",                F::Timestamp, R::Typed), // Monolog
    ("@t",                      F::Timestamp, R::Typed), // Serilog CLEF
    ("Timestamp",               F::Timestamp, R::Typed), // Microsoft.Extensions.Logging, OTel
    ("record.time.timestamp",   F::Timestamp, R::Typed), // loguru
    ("eventTime",               F::Timestamp, R::Typed), // CloudTrail
    ("timeMillis",              F::Timestamp, R::Typed), // log4j2 JsonLayout
    ("instant",                 F::Timestamp, R::Typed), // log4j2 JsonLayout
    ("timestampSeconds",        F::Timestamp, R::Typed), // Google Cloud, log4j2 GcpLayout
    ("timeUnixNano",            F::Timestamp, R::Typed), // OTel
    ("date",                    F::Timestamp, R::Typed), // fluent-bit
    // What was said.
    ("record.message",          F::Message, R::Typed), // loguru
    ("msg",                     F::Message, R::Typed), // pino, bunyan, zap, logrus, slog
    ("event",                   F::Message, R::Typed), // structlog
    ("short_message",           F::Message, R::Typed), // GELF
    ("@m",                      F::Message, R::Typed), // Serilog CLEF, rendered
    ("Message",                 F::Message, R::Typed), // Microsoft.Extensions.Logging
    ("body",                    F::Message, R::Typed), // OTel
    ("log",                     F::Message, R::Typed), // Docker json-file
    ("text",                    F::Message, R::Typed), // loguru, formatted
    ("@mt",                     F::Message, R::Typed), // Serilog CLEF, template
    ("fields.message",           F::Message, R::Typed), // tracing-subscriber
    ("message.message",          F::Message, R::Typed), // Lambda, of an object
    ("message.msg",              F::Message, R::Typed), // Lambda, of an object
    // How grave it is.
    ("levelname",               F::LogLevel, R::AnyLevel), // python-json-logger
    ("level_name",              F::LogLevel, R::AnyLevel), // Monolog
    ("level",                   F::LogLevel, R::AnyLevel), // nearly all
    ("severity",                F::LogLevel, R::AnyLevel), // Google Cloud, Ruby
    ("record.level.name",       F::LogLevel, R::AnyLevel), // loguru
    ("severityText",            F::LogLevel, R::AnyLevel), // OTel
    ("SeverityText",            F::LogLevel, R::AnyLevel), // OTel
    ("severity_text",           F::LogLevel, R::AnyLevel), // OTel for Python
    ("LogLevel",                F::LogLevel, R::AnyLevel), // Microsoft.Extensions.Logging
    ("@l",                      F::LogLevel, R::AnyLevel), // Serilog CLEF
    ("lvl",                     F::LogLevel, R::AnyLevel), // log15
    ("loglevel",                F::LogLevel, R::AnyLevel),
    ("log_level",               F::LogLevel, R::AnyLevel),
    ("levelno",                 F::LogLevel, R::Level(LevelScale::Python)), // python-json-logger
    ("severityNumber",          F::LogLevel, R::Level(LevelScale::OpenTelemetry)),
    ("SeverityNumber",          F::LogLevel, R::Level(LevelScale::OpenTelemetry)),
    ("severity_number",         F::LogLevel, R::Level(LevelScale::OpenTelemetry)),
    ("PRIORITY",                F::LogLevel, R::Level(LevelScale::Syslog)), // journald
    // Who said it, and where.
    ("logger",                  F::LogLogger, R::Typed), // structlog, Lambda, zap
    ("logger_name",             F::LogLogger, R::Typed), // logstash-logback-encoder
    ("loggerName",              F::LogLogger, R::Typed), // log4j2 JsonLayout
    ("SourceContext",           F::LogLogger, R::Typed), // Serilog
    ("Category",                F::LogLogger, R::Typed), // Microsoft.Extensions.Logging
    ("channel",                 F::LogLogger, R::Typed), // Monolog
    ("record.name",             F::LogLogger, R::Typed), // loguru
    ("target",                   F::LogLogger, R::Typed), // tracing-subscriber
    ("name",                    F::LogLogger, R::Typed), // python-json-logger, pino, bunyan
    ("_logger",                  F::LogLogger, R::Typed), // GELF of log4j2
    ("pathname",                F::LogOriginFileName, R::Typed), // python-json-logger
    ("filename",                F::LogOriginFileName, R::Typed), // python-json-logger
    ("record.file.path",        F::LogOriginFileName, R::Typed), // loguru
    ("code.filepath",           F::LogOriginFileName, R::Typed), // OTel
    ("code.file.path",          F::LogOriginFileName, R::Typed), // OTel
    ("src.file",                F::LogOriginFileName, R::Typed), // bunyan
    ("source.file",             F::LogOriginFileName, R::Typed), // slog
    ("caller",                  F::LogOriginFileName, R::FileAndLine), // zap, zerolog
    ("file",                    F::LogOriginFileName, R::FileAndLine), // logrus
    ("caller_file_name",         F::LogOriginFileName, R::Typed), // logstash-logback-encoder
    ("location",                F::LogOriginFunction, R::Location), // Lambda Python, Powertools
    ("lineno",                  F::LogOriginFileLine, R::Typed), // python-json-logger
    ("record.line",             F::LogOriginFileLine, R::Typed), // loguru
    ("code.lineno",             F::LogOriginFileLine, R::Typed), // OTel
    ("code.line.number",        F::LogOriginFileLine, R::Typed), // OTel
    ("src.line",                F::LogOriginFileLine, R::Typed), // bunyan
    ("source.line",             F::LogOriginFileLine, R::Typed), // slog
    ("caller_line_number",       F::LogOriginFileLine, R::Typed), // logstash-logback-encoder
    ("line_number",              F::LogOriginFileLine, R::Typed), // tracing-subscriber
    ("funcName",                F::LogOriginFunction, R::Typed), // python-json-logger
    ("record.function",         F::LogOriginFunction, R::Typed), // loguru
    ("code.function",           F::LogOriginFunction, R::Typed), // OTel
    ("code.function.name",      F::LogOriginFunction, R::Typed), // OTel
    ("src.func",                F::LogOriginFunction, R::Typed), // bunyan
    ("source.function",         F::LogOriginFunction, R::Typed), // slog
    ("func",                    F::LogOriginFunction, R::Typed), // logrus
    ("func_name",               F::LogOriginFunction, R::Typed), // structlog
    ("caller_method_name",       F::LogOriginFunction, R::Typed), // logstash-logback-encoder
    ("source.method",            F::LogOriginFunction, R::Typed), // log4j2 JsonLayout
    // In which process.
    ("pid",                     F::ProcessPid, R::Typed), // pino, bunyan
    ("process",                 F::ProcessPid, R::Typed), // python-json-logger
    ("record.process.id",       F::ProcessPid, R::Typed), // loguru
    ("processName",             F::ProcessName, R::Typed), // python-json-logger
    ("record.process.name",     F::ProcessName, R::Typed), // loguru
    ("thread",                  F::ProcessThreadId, R::Typed), // python-json-logger
    ("threadId",                F::ProcessThreadId, R::Enclosed), // log4j2, tracing-subscriber
    ("thread.id",               F::ProcessThreadId, R::Typed), // OTel
    ("record.thread.id",        F::ProcessThreadId, R::Typed), // loguru
    ("threadName",              F::ProcessThreadName, R::Typed), // python-json-logger
    ("thread_name",             F::ProcessThreadName, R::Typed), // logstash-logback-encoder
    ("_thread",                  F::ProcessThreadName, R::Typed), // GELF of log4j2
    ("thread.name",             F::ProcessThreadName, R::Typed), // OTel
    ("record.thread.name",      F::ProcessThreadName, R::Typed), // loguru
    ("thread",                  F::ProcessThreadName, R::Typed), // log4j2 JsonLayout
    // As part of what.
    ("trace_id",                F::TraceId, R::Id), // OTel, structlog
    ("traceId",                 F::TraceId, R::Id), // Micrometer, OTel
    ("TraceId",                 F::TraceId, R::Id), // Serilog
    ("@tr",                     F::TraceId, R::Typed), // Serilog CLEF
    ("dd.trace_id",             F::TraceId, R::Id), // Datadog
    ("otelTraceID",             F::TraceId, R::Id), // OTel for Python logging
    ("xray_trace_id",           F::TraceId, R::Typed), // Powertools
    ("mdc.traceId",              F::TraceId, R::Typed), // logback JsonEncoder, log4j2
    ("mdc.trace_id",             F::TraceId, R::Typed), // logback JsonEncoder, log4j2
    ("mdc.trace.id",             F::TraceId, R::Typed), // logback JsonEncoder, log4j2
    ("contextMap.traceId",       F::TraceId, R::Typed), // log4j2 JsonLayout
    ("contextMap.trace_id",      F::TraceId, R::Typed), // log4j2 JsonLayout
    ("contextMap.trace.id",      F::TraceId, R::Typed), // log4j2 JsonLayout
    ("record.extra.traceId",     F::TraceId, R::Typed), // loguru
    ("record.extra.trace_id",    F::TraceId, R::Typed), // loguru
    ("record.extra.trace.id",    F::TraceId, R::Typed), // loguru
    ("span_id",                 F::SpanId, R::Id),
    ("spanId",                  F::SpanId, R::Id),
    ("SpanId",                  F::SpanId, R::Id),
    ("@sp",                     F::SpanId, R::Typed),
    ("dd.span_id",              F::SpanId, R::Id),
    ("otelSpanID",              F::SpanId, R::Id),
    ("mdc.spanId",               F::SpanId, R::Typed), // logback JsonEncoder, log4j2
    ("mdc.span_id",              F::SpanId, R::Typed), // logback JsonEncoder, log4j2
    ("mdc.span.id",              F::SpanId, R::Typed), // logback JsonEncoder, log4j2
    ("contextMap.spanId",        F::SpanId, R::Typed), // log4j2 JsonLayout
    ("contextMap.span_id",       F::SpanId, R::Typed), // log4j2 JsonLayout
    ("contextMap.span.id",       F::SpanId, R::Typed), // log4j2 JsonLayout
    ("record.extra.spanId",      F::SpanId, R::Typed), // loguru
    ("record.extra.span_id",     F::SpanId, R::Typed), // loguru
    ("record.extra.span.id",     F::SpanId, R::Typed), // loguru
    ("transaction_id",          F::TransactionId, R::Typed),
    ("requestId",               F::AwsLambdaRequestId, R::Typed), // Lambda Python and Node
    ("AWSRequestId",            F::AwsLambdaRequestId, R::Typed), // Lambda Java
    ("aws_request_id",          F::AwsLambdaRequestId, R::Typed),
    ("function_request_id",     F::AwsLambdaRequestId, R::Typed), // Powertools
    ("record.requestId",         F::AwsLambdaRequestId, R::Typed), // Lambda's platform events
    ("record.version", F::AwsLambdaVersion, R::Typed),
    ("record.runtimeVersion", F::AwsLambdaRuntimeVersion, R::Typed),
    ("record.metrics.durationMs", F::AwsLambdaDurationMs, R::Typed),
    ("record.metrics.billedDurationMs", F::AwsLambdaBilledDurationMs, R::Typed),
    ("record.metrics.initDurationMs", F::AwsLambdaInitDurationMs, R::Typed),
    ("record.metrics.restoreDurationMs", F::AwsLambdaRestoreDurationMs, R::Typed),
    ("record.metrics.memorySizeMB", F::AwsLambdaMemorySizeMb, R::Typed),
    ("record.metrics.maxMemoryUsedMB", F::AwsLambdaMaxMemoryUsedMb, R::Typed),
    ("record.status", F::AwsLambdaStatus, R::Typed),
    ("record.errorType", F::ErrorType, R::Typed),
    // Which request.
    ("req.id",                  F::HttpRequestId, R::Typed), // pino-http
    ("reqId",                   F::HttpRequestId, R::Typed), // Fastify
    ("req.method",              F::HttpRequestMethod, R::Typed), // pino, bunyan
    ("http.method",             F::HttpRequestMethod, R::Typed), // OTel
    ("res.statusCode",          F::HttpResponseStatusCode, R::Typed), // pino, bunyan
    ("http.status_code",        F::HttpResponseStatusCode, R::Typed), // OTel
    ("req.url",                 F::UrlOriginal, R::Typed), // pino, bunyan
    ("http.target",             F::UrlOriginal, R::Typed), // OTel
    ("http.url",                F::UrlFull, R::Typed), // OTel, Datadog
    ("req.headers.user-agent",  F::UserAgentOriginal, R::Typed), // pino-http
    ("http.user_agent",         F::UserAgentOriginal, R::Typed), // OTel
    ("http.useragent",          F::UserAgentOriginal, R::Typed), // Datadog
    ("user_agent",              F::UserAgentOriginal, R::Typed),
    ("userAgent",               F::UserAgentOriginal, R::Typed),
    ("req.remoteAddress",       F::ClientIp, R::Typed), // pino, bunyan
    ("http.client_ip",          F::ClientIp, R::Typed), // OTel
    ("network.client.ip",       F::ClientIp, R::Typed), // Datadog
    ("client_ip",               F::ClientIp, R::Typed),
    ("remote_addr",             F::ClientIp, R::Typed),
    ("enduser.id",              F::UserId, R::Typed), // OTel
    ("usr.id",                  F::UserId, R::Typed), // Datadog
    // Where it ran.
    ("hostname",                F::HostName, R::Typed), // pino, bunyan
    ("source_host",              F::HostName, R::Typed), // log4j2 LogstashJsonEventLayoutV1
    ("host",                    F::HostName, R::Typed), // GELF
    ("container_id",            F::ContainerId, R::Typed), // Docker's fluentd driver
    ("container_name",          F::ContainerName, R::Typed), // Docker's fluentd driver
    ("service",                 F::ServiceName, R::Typed), // Powertools, winston
    ("dd.service",              F::ServiceName, R::Typed), // Datadog
    ("serviceContext.service",  F::ServiceName, R::Typed), // Google Cloud
    ("deployment.environment",  F::ServiceEnvironment, R::Typed), // OTel
    ("deployment.environment.name", F::ServiceEnvironment, R::Typed), // OTel
    ("environment",             F::ServiceEnvironment, R::Typed),
    ("env",                     F::ServiceEnvironment, R::Typed),
    ("dd.env",                  F::ServiceEnvironment, R::Typed), // Datadog
    ("dd.version",              F::ServiceVersion, R::Typed), // Datadog
    ("serviceContext.version",  F::ServiceVersion, R::Typed), // Google Cloud
    ("service.instance.id",     F::ServiceNodeName, R::Typed), // OTel
    // What went wrong.
    ("errorType",               F::ErrorType, R::Typed), // Lambda
    ("message.errorType",        F::ErrorType, R::Typed), // Lambda Node, of an Error
    ("message.err.errorType",    F::ErrorType, R::Typed), // Lambda Node
    ("err.type",                F::ErrorType, R::Typed), // pino
    ("err.name",                F::ErrorType, R::Typed), // bunyan
    ("exception.type",          F::ErrorType, R::Typed), // OTel
    ("record.exception.type",   F::ErrorType, R::Typed), // loguru
    ("context.exception.class", F::ErrorType, R::Typed), // Monolog
    ("exception_name",          F::ErrorType, R::Typed), // Powertools
    ("thrown.name",              F::ErrorType, R::Typed), // log4j2 JsonLayout
    ("throwable.className",      F::ErrorType, R::Typed), // logback JsonEncoder
    ("exception.name",          F::ErrorType, R::Typed), // semantic_logger
    ("exception.exception_class", F::ErrorType, R::Typed), // log4j2 LogstashJsonEventLayoutV1
    ("error.kind",              F::ErrorType, R::Typed), // Datadog
    ("error.name",              F::ErrorType, R::Typed),
    ("errorMessage",            F::ErrorMessage, R::Typed), // Lambda
    ("message.errorMessage",     F::ErrorMessage, R::Typed), // Lambda Node, of an Error
    ("message.err.errorMessage", F::ErrorMessage, R::Typed), // Lambda Node
    ("err.message",             F::ErrorMessage, R::Typed), // pino, bunyan
    ("exception.message",       F::ErrorMessage, R::Typed), // OTel
    ("record.exception.value",  F::ErrorMessage, R::Typed), // loguru
    ("context.exception.message", F::ErrorMessage, R::Typed), // Monolog
    ("thrown.message",           F::ErrorMessage, R::Typed), // log4j2 JsonLayout
    ("throwable.message",        F::ErrorMessage, R::Typed), // logback JsonEncoder
    ("exception.exception_message", F::ErrorMessage, R::Typed), // log4j2 LogstashJsonEventLayoutV1
    ("fields.error",             F::ErrorMessage, R::Words), // tracing-subscriber
    ("error",                   F::ErrorMessage, R::Words), // zap, zerolog, logrus
    ("err",                     F::ErrorMessage, R::Words), // slog
    ("err.code",                F::ErrorCode, R::Typed), // Node
    ("message.code",             F::ErrorCode, R::Typed), // Lambda Node, of an Error
    ("message.err.code",         F::ErrorCode, R::Typed), // Lambda Node
    ("context.exception.code",  F::ErrorCode, R::Typed), // Monolog
    ("exc_info",                F::ErrorStackTrace, R::Lines), // python-json-logger
    ("exception.stacktrace",    F::ErrorStackTrace, R::Lines), // OTel
    ("exception.stack_trace",   F::ErrorStackTrace, R::Lines), // semantic_logger
    ("stack_trace",             F::ErrorStackTrace, R::Lines), // logstash-logback-encoder
    ("stackTrace",              F::ErrorStackTrace, R::Lines), // Lambda
    ("message.stackTrace",       F::ErrorStackTrace, R::Lines), // Lambda Node, of an Error
    ("message.err.stackTrace",   F::ErrorStackTrace, R::Lines), // Lambda Node
    ("thrown.extendedStackTrace", F::ErrorStackTrace, R::Lines), // log4j2 JsonLayout, as text
    ("err.stack",               F::ErrorStackTrace, R::Lines), // pino, bunyan
    ("error.stack",             F::ErrorStackTrace, R::Lines), // Datadog
    ("errorVerbose",            F::ErrorStackTrace, R::Lines), // zap with pkg/errors
    ("exception",               F::ErrorStackTrace, R::Trace), // structlog, NLog
    ("backtrace",               F::ErrorStackTrace, R::Trace), // lograge
    ("_error_stack_trace",       F::ErrorStackTrace, R::Lines), // GELF of Spring Boot
    ("full_message",             F::ErrorStackTrace, R::Trace), // GELF
    ("@x",                      F::ErrorStackTrace, R::Lines), // Serilog CLEF
    ("Exception",               F::ErrorStackTrace, R::Trace), // Microsoft.Extensions.Logging
    ("stack",                   F::ErrorStackTrace, R::Trace), // winston
    ("stacktrace",              F::ErrorStackTrace, R::Trace), // zap: the call site, last of all
    ("progname",                F::LogLogger, R::Typed), // Ruby's logger
    ("exception.class",         F::ErrorType, R::Typed), // Ruby, as JSON
    ("exception.backtrace",     F::ErrorStackTrace, R::Lines), // Ruby, as JSON
    ("logger.name",             F::LogLogger, R::Typed), // New Relic
    ("process.id",              F::ProcessPid, R::Typed), // New Relic
    ("error.class",             F::ErrorType, R::Typed), // New Relic
    ("funcname",                F::LogOriginFunction, R::Typed), // oslo.log
    ("traceback",               F::ErrorStackTrace, R::Trace), // oslo.log
    ("_pid",                    F::ProcessPid, R::Typed), // GELF of graypy
    ("_process_name",           F::ProcessName, R::Typed), // GELF of graypy
    ("_thread_name",            F::ProcessThreadName, R::Typed), // GELF of graypy
    ("thread_id",               F::ProcessThreadId, R::Typed), // logging for Ruby
    ("extra.process_id",        F::ProcessPid, R::Typed), // Monolog's ProcessIdProcessor
    ("extra.url",               F::UrlOriginal, R::Typed), // Monolog's WebProcessor
    ("extra.http_method",       F::HttpRequestMethod, R::Typed), // Monolog's WebProcessor
    ("extra.referrer",          F::HttpRequestReferrer, R::Typed), // Monolog's WebProcessor
    ("extra.ip",                F::ClientIp, R::Typed), // Monolog's WebProcessor
    ("appname",                 F::ServiceName, R::Typed), // Monolog's LogmaticFormatter
    // hclog.
    ("@level",                  F::LogLevel, R::AnyLevel),
    ("@module",                 F::LogLogger, R::Typed),
    ("@caller",                 F::LogOriginFileName, R::FileAndLine),
    // winston's format for Logstash, and hclog.
    ("@message",                F::Message, R::Typed),
    ("@fields.level",           F::LogLevel, R::AnyLevel),
    ("@fields.stack",           F::ErrorStackTrace, R::Trace),
    // log4js-layout-json.
    ("category",                F::LogLogger, R::Typed),
    // roarr, with serialize-error.
    ("context.logLevel",        F::LogLevel, R::Level(LevelScale::Bunyan)),
    ("context.logger",          F::LogLogger, R::Typed),
    ("context.error.name",      F::ErrorType, R::Typed),
    ("context.error.message",   F::ErrorMessage, R::Typed),
    ("context.error.stack",     F::ErrorStackTrace, R::Trace),
    // tslog.
    ("_meta.date",              F::Timestamp, R::Typed),
    ("_meta.logLevelName",      F::LogLevel, R::AnyLevel),
    ("_meta.name",              F::LogLogger, R::Typed),
    ("_meta.hostname",          F::HostName, R::Typed),
    ("_meta.path.fileName",     F::LogOriginFileName, R::Typed),
    ("_meta.path.fileLine",     F::LogOriginFileLine, R::Typed),
    ("_meta.path.method",       F::LogOriginFunction, R::Typed),
    // apex/log.
    ("fields.logger",           F::LogLogger, R::Typed),
    // GELF of Spring Boot and of Log4j.
    ("_level_name",             F::LogLevel, R::AnyLevel),
    ("_log_logger",             F::LogLogger, R::Typed),
    ("_process_pid",            F::ProcessPid, R::Typed),
    ("_process_thread_name",    F::ProcessThreadName, R::Typed),
    ("_service_name",           F::ServiceName, R::Typed),
    ("_service_version",        F::ServiceVersion, R::Typed),
    ("_service_environment",    F::ServiceEnvironment, R::Typed),
    ("_traceId",                F::TraceId, R::Id),
    ("_spanId",                 F::SpanId, R::Id),
    ("_error_type",             F::ErrorType, R::Typed),
    ("_error_message",          F::ErrorMessage, R::Typed),
    ("0",                       F::Message, R::Words), // tslog, of its first argument
    // Google Cloud's names for its own agents.
    ("logging.googleapis.com/labels.python_logger", F::LogLogger, R::Typed),
    ("logging.googleapis.com/sourceLocation.file", F::LogOriginFileName, R::Typed),
    ("logging.googleapis.com/sourceLocation.line", F::LogOriginFileLine, R::Typed),
    ("logging.googleapis.com/sourceLocation.function", F::LogOriginFunction, R::Typed),
    ("logging.googleapis.com/trace", F::TraceId, R::Typed),
    ("logging.googleapis.com/spanId", F::SpanId, R::Typed),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::super::known::candidates;
    use super::*;
    use crate::document::Kind;

    #[test]
    fn no_row_stands_twice_and_none_repeats_a_name_of_ecs() {
        // A name of ours that a producer may not set may still mean something as a logger's.
        let is_producers = |field: &&Field| field.owner() == Owner::Producer;
        let own: Vec<_> =
            Field::ALL.iter().filter(is_producers).map(|field| field.name()).collect();
        for table in [ALIASES, REPETITIONS] {
            let mut seen = HashSet::new();
            for (path, field, _) in table {
                assert!(seen.insert((path, field)), "{path}");
                assert!(!own.contains(path), "{path}");
            }
        }
    }

    #[test]
    fn every_reading_fits_its_field() {
        for (path, field, reading) in ALIASES {
            assert_eq!(field.owner(), Owner::Producer, "{path}");
            let fits = match reading {
                R::Typed => !matches!(field, F::LogLevel | F::ErrorStackTrace),
                R::Level(_) | R::AnyLevel => *field == F::LogLevel,
                R::FileAndLine => *field == F::LogOriginFileName,
                R::Location => *field == F::LogOriginFunction,
                R::Lines | R::Trace => *field == F::ErrorStackTrace,
                R::Words => field.kind() == Kind::Text,
                R::Enclosed => field.kind() == Kind::Long,
                R::Id => matches!(field, F::TraceId | F::SpanId),
                R::Repeats(_) => false,
            };
            assert!(fits, "{path}");
        }
    }

    #[test]
    fn a_path_with_two_meanings_lists_both() {
        let fields: Vec<_> = candidates("thread").iter().map(|row| row.field).collect();
        assert_eq!(fields, [F::ProcessThreadId, F::ProcessThreadName]);
        assert!(candidates("event.id").is_empty(), "ours alone");
        assert!(candidates("nothing").is_empty());
    }
}
