//! The fields that a document may have under their ECS names: one table, in the order in which
//! they are written.
//!
//! Source: the [Elastic Common Schema](https://www.elastic.co/guide/en/ecs/8.17/index.html), 8.17.
//! `aws.*` follows the names of Elastic's AWS integrations; `traceback` and `index` are Nozzle's own.

/// The version of ECS whose names and types this table follows.
pub const ECS_VERSION: &str = "8.17.0";

/// What values a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An instant.
    Date,
    /// A string that is compared as a whole.
    Keyword,
    /// A string that is compared as a whole, or an array of such.
    Keywords,
    /// A string that is searched by its words.
    Text,
    /// A whole number of 64 bits with a sign.
    Long,
    /// A number with a fraction.
    Double,
    /// An IPv4 or IPv6 address.
    Ip,
    /// An object whose inner names this table does not hold.
    Object,
}

/// Who may set a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The producer: its log may hold the field under this very name.
    Producer,
    /// Nozzle alone: a producer's field of this name becomes a label.
    Nozzle,
}

macro_rules! fields {
    ($($(#[$doc:meta])* $variant:ident $name:literal $kind:ident $owner:ident,)*) => {
        /// A field under its ECS name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Field {
            $($(#[$doc])* #[doc = concat!("`", $name, "`")] $variant,)*
        }

        impl Field {
            /// Every field, in the order in which a document shows them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The dotted name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The type of its values.
            #[must_use]
            #[inline]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$variant => Kind::$kind,)* }
            }

            /// Who sets it.
            #[must_use]
            pub const fn owner(self) -> Owner {
                match self { $(Self::$variant => Owner::$owner,)* }
            }
        }
    };
}

// Fields of one group stand together: the encoder opens and closes each object once.
fields! {
    Timestamp "@timestamp" Date Producer,
    EventCreated "event.created" Date Nozzle,
    EventId "event.id" Keyword Nozzle,
    EventIds "event.ids" Keywords Nozzle,
    EventKind "event.kind" Keyword Nozzle,
    EventReason "event.reason" Text Nozzle,
    EventRedactions "event.redactions" Keywords Nozzle,
    EventAction "event.action" Keyword Producer,
    EventCategory "event.category" Keywords Producer,
    EventCode "event.code" Keyword Producer,
    EventDataset "event.dataset" Keyword Producer,
    EventDuration "event.duration" Long Producer,
    EventModule "event.module" Keyword Producer,
    EventOutcome "event.outcome" Keyword Producer,
    EventSeverity "event.severity" Long Producer,
    EventType "event.type" Keywords Producer,
    EventOriginalFields "event.original_fields" Text Nozzle,
    Message "message" Text Producer,
    LogLevel "log.level" Keyword Producer,
    LogEventCount "log.event_count" Long Nozzle,
    LogLogger "log.logger" Keyword Producer,
    LogFilePath "log.file.path" Keyword Producer,
    LogOriginFileName "log.origin.file.name" Keyword Producer,
    LogOriginFileLine "log.origin.file.line" Long Producer,
    LogOriginFunction "log.origin.function" Keyword Producer,
    LogSyslogAppname "log.syslog.appname" Keyword Producer,
    LogSyslogFacilityCode "log.syslog.facility.code" Long Producer,
    LogSyslogMsgid "log.syslog.msgid" Keyword Producer,
    LogSyslogProcid "log.syslog.procid" Keyword Producer,
    LogSyslogSeverityCode "log.syslog.severity.code" Long Producer,
    ProcessPid "process.pid" Long Producer,
    ProcessName "process.name" Keyword Producer,
    ProcessThreadId "process.thread.id" Long Producer,
    ProcessThreadName "process.thread.name" Keyword Producer,
    TraceId "trace.id" Keyword Producer,
    SpanId "span.id" Keyword Producer,
    TransactionId "transaction.id" Keyword Producer,
    HttpRequestId "http.request.id" Keyword Producer,
    HttpRequestMethod "http.request.method" Keyword Producer,
    HttpRequestReferrer "http.request.referrer" Keyword Producer,
    HttpRequestBodyBytes "http.request.body.bytes" Long Producer,
    HttpResponseStatusCode "http.response.status_code" Long Producer,
    HttpResponseMimeType "http.response.mime_type" Keyword Producer,
    HttpResponseBodyBytes "http.response.body.bytes" Long Producer,
    HttpVersion "http.version" Keyword Producer,
    UrlFull "url.full" Keyword Producer,
    UrlOriginal "url.original" Keyword Producer,
    UrlScheme "url.scheme" Keyword Producer,
    UrlDomain "url.domain" Keyword Producer,
    UrlPort "url.port" Long Producer,
    UrlPath "url.path" Keyword Producer,
    UrlQuery "url.query" Keyword Producer,
    UserAgentOriginal "user_agent.original" Keyword Producer,
    UserId "user.id" Keyword Producer,
    UserName "user.name" Keyword Producer,
    UserFullName "user.full_name" Keyword Producer,
    UserEmail "user.email" Keyword Producer,
    ClientAddress "client.address" Keyword Producer,
    ClientIp "client.ip" Ip Producer,
    ClientPort "client.port" Long Producer,
    SourceAddress "source.address" Keyword Producer,
    SourceIp "source.ip" Ip Producer,
    SourcePort "source.port" Long Producer,
    DestinationAddress "destination.address" Keyword Producer,
    DestinationIp "destination.ip" Ip Producer,
    DestinationPort "destination.port" Long Producer,
    HostName "host.name" Keyword Producer,
    HostHostname "host.hostname" Keyword Producer,
    HostId "host.id" Keyword Producer,
    HostIp "host.ip" Ip Producer,
    HostArchitecture "host.architecture" Keyword Producer,
    ContainerId "container.id" Keyword Producer,
    ContainerName "container.name" Keyword Producer,
    ContainerImageName "container.image.name" Keyword Producer,
    ServiceName "service.name" Keyword Producer,
    ServiceEnvironment "service.environment" Keyword Producer,
    ServiceVersion "service.version" Keyword Producer,
    ServiceNodeName "service.node.name" Keyword Producer,
    CloudProvider "cloud.provider" Keyword Nozzle,
    CloudRegion "cloud.region" Keyword Nozzle,
    CloudAccountId "cloud.account.id" Keyword Nozzle,
    AwsFirehoseArn "aws.firehose.arn" Keyword Nozzle,
    AwsCloudwatchLogGroup "aws.cloudwatch.log_group" Keyword Nozzle,
    AwsCloudwatchLogStream "aws.cloudwatch.log_stream" Keyword Nozzle,
    AwsCloudwatchOwner "aws.cloudwatch.owner" Keyword Nozzle,
    AwsKinesisStreamArn "aws.kinesis.stream_arn" Keyword Nozzle,
    AwsKinesisShardId "aws.kinesis.shard_id" Keyword Nozzle,
    AwsKinesisPartitionKey "aws.kinesis.partition_key" Keyword Nozzle,
    AwsKinesisSequenceNumber "aws.kinesis.sequence_number" Keyword Nozzle,
    AwsLambdaRequestId "aws.lambda.request_id" Keyword Producer,
    AwsLambdaVersion "aws.lambda.version" Keyword Producer,
    AwsLambdaRuntimeVersion "aws.lambda.runtime_version" Keyword Producer,
    AwsLambdaDurationMs "aws.lambda.duration_ms" Double Producer,
    AwsLambdaBilledDurationMs "aws.lambda.billed_duration_ms" Double Producer,
    AwsLambdaInitDurationMs "aws.lambda.init_duration_ms" Double Producer,
    AwsLambdaRestoreDurationMs "aws.lambda.restore_duration_ms" Double Producer,
    AwsLambdaMemorySizeMb "aws.lambda.memory_size_mb" Long Producer,
    AwsLambdaMaxMemoryUsedMb "aws.lambda.max_memory_used_mb" Long Producer,
    AwsLambdaStatus "aws.lambda.status" Keyword Producer,
    Tags "tags" Keywords Producer,
    ErrorType "error.type" Keyword Producer,
    ErrorMessage "error.message" Text Producer,
    ErrorCode "error.code" Keyword Producer,
    ErrorId "error.id" Keyword Producer,
    ErrorStackTrace "error.stack_trace" Text Producer,
    Traceback "traceback" Object Nozzle,
    Labels "labels" Object Nozzle,
    NumericLabels "numeric_labels" Object Nozzle,
    EcsVersion "ecs.version" Keyword Producer,
    Index "index" Keyword Nozzle,
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_are_unique_and_well_formed() {
        let mut seen = HashSet::new();
        for field in Field::ALL {
            let name = field.name();
            assert!(seen.insert(name), "{name} stands twice");
            assert!(
                name == "@timestamp"
                    || name.split('.').all(|part| {
                        !part.is_empty()
                            && !part.starts_with('_')
                            && part.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
                    }),
                "{name}"
            );
        }
    }

    #[test]
    fn no_name_is_both_a_field_and_a_group() {
        for field in Field::ALL {
            for other in Field::ALL {
                let group = format!("{}.", field.name());
                assert!(!other.name().starts_with(&group), "{} {}", field.name(), other.name());
            }
        }
    }

    #[test]
    fn fields_of_a_group_stand_together() {
        let mut closed: HashSet<&str> = HashSet::new();
        let mut open: Vec<&str> = Vec::new();
        for field in Field::ALL {
            let name = field.name();
            let groups: Vec<&str> =
                name.match_indices('.').map(|(dot, _)| name.get(..dot).unwrap()).collect();
            for group in &groups {
                assert!(!closed.contains(group), "{name} is apart from its group {group}");
            }
            closed.extend(open.iter().filter(|group| !groups.contains(group)));
            open = groups;
        }
    }
}
