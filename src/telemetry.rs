//! What Nozzle says about its own work: typed lines of JSON on standard error or output. This is
//! the only file that logs, and no field of its types can hold a payload.
//!
//! The counts of an event are one line in the embedded metric format, which CloudWatch turns into
//! metrics. Source: *Specification: Embedded metric format*
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html>).

use std::collections::BTreeMap;
use std::io::Write;
use std::panic;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Serialize;

use crate::config::{Config, ConfigError, Verbosity};
use crate::error::{EventError, RecordResult};
use crate::summary::Summary;

/// The namespace of the metrics in CloudWatch.
pub const METRIC_NAMESPACE: &str = "Nozzle";

/// Lets a panic say where it happened and nothing else: its message may quote what was processed.
pub fn install_panic_hook() {
    panic::set_hook(Box::new(|info| {
        let location = info.location();
        write_line(&Line {
            level: "error",
            event: "panic",
            fields: PanicLine {
                file: location.map_or("unknown", panic::Location::file),
                line: location.map_or(0, panic::Location::line),
                fix: "please report this place in the source; the record it happened in is answered ProcessingFailed",
            },
        });
    }));
}

/// Tells why the function does not start.
pub fn log_bad_configuration(error: &ConfigError) {
    for problem in &error.problems {
        write_line(&Line {
            level: "error",
            event: "bad_configuration",
            fields: ConfigurationLine {
                setting: &problem.setting,
                fault: &problem.fault,
                fix: &problem.fix,
            },
        });
    }
}

/// Tells why an event has no answer.
pub fn log_event_error(error: EventError) {
    write_line(&Line {
        level: "error",
        event: "event_refused",
        fields: EventErrorLine { cause: error.name(), fault: error.to_string() },
    });
}

/// Tells why the function stopped: the Runtime API could not be reached or was not understood.
pub fn log_runtime_error(error: &dyn std::error::Error) {
    write_line(&Line {
        level: "error",
        event: "runtime_stopped",
        fields: EventErrorLine { cause: "Nozzle.RuntimeApi", fault: error.to_string() },
    });
}

/// Tells what was done with an event: one line for each cause that cost records their documents,
/// one for each that kept documents out of the fan-out stream, and one of counts.
pub fn log_summary(summary: &Summary, config: &Config, duration: Duration) {
    if config.verbosity >= Verbosity::Warn {
        for (error, count) in summary.refused_by_cause() {
            write_line(&Line {
                level: "warn",
                event: "records_refused",
                fields: RefusalLine {
                    cause: error.name(),
                    records: count,
                    result: error.result().as_str(),
                    fault: error.to_string(),
                },
            });
        }
    }
    if config.verbosity >= Verbosity::Warn {
        for (error, count) in summary.put_failures_by_cause() {
            write_line(&Line {
                level: "warn",
                event: "fan_out_failed",
                fields: RefusalLine {
                    cause: error.name(),
                    records: count,
                    result: RecordResult::ProcessingFailed.as_str(),
                    fault: error.to_string(),
                },
            });
        }
    }
    let redactions = summary.redactions.values().sum();
    if config.redactor.is_audit() && redactions > 0 {
        // However little shall be logged: secrets are on their way to the index.
        write_line(&Line {
            level: "warn",
            event: "redaction_audit",
            fields: AuditLine {
                redactions,
                fault: AUDIT,
                fix: "unset NOZZLE_REDACT_AUDIT, and secrets are replaced",
            },
        });
    }
    if config.verbosity >= Verbosity::Info {
        write_line(&MetricsLine::new(summary, config, duration));
    }
}

#[derive(Serialize)]
struct Line<F: Serialize> {
    level: &'static str,
    event: &'static str,
    #[serde(flatten)]
    fields: F,
}

#[derive(Serialize)]
struct PanicLine<'a> {
    file: &'a str,
    line: u32,
    fix: &'static str,
}

#[derive(Serialize)]
struct ConfigurationLine<'a> {
    setting: &'a str,
    fault: &'a str,
    fix: &'a str,
}

#[derive(Serialize)]
struct EventErrorLine {
    cause: &'static str,
    fault: String,
}

#[derive(Serialize)]
struct RefusalLine {
    cause: &'static str,
    records: u64,
    result: &'static str,
    fault: String,
}

/// What an audit does not do.
const AUDIT: &str = "AUDIT: secrets were counted and NONE WAS REPLACED";

#[derive(Serialize)]
struct AuditLine {
    redactions: u64,
    fault: &'static str,
    fix: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MetricsLine<'a> {
    #[serde(rename = "_aws")]
    aws: MetricsHeader,
    service: &'a str,
    environment: &'a str,
    records: u64,
    delivered: u64,
    documents: u64,
    dropped: u64,
    failed: u64,
    fanned_out: u64,
    fan_out_retries: u64,
    degraded: u64,
    shortened: u64,
    tracebacks: u64,
    redactions: u64,
    duration: f64,
    /// Not metrics, but there to be searched: how many by cause, and by rule.
    refused_by_cause: BTreeMap<&'static str, u64>,
    redactions_by_rule: &'a BTreeMap<String, u64>,
    /// Only when the redactions are those that would have been made.
    #[serde(skip_serializing_if = "Option::is_none")]
    redaction_audit: Option<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MetricsHeader {
    timestamp: u64,
    cloud_watch_metrics: [MetricDirective; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MetricDirective {
    namespace: &'static str,
    dimensions: [[&'static str; 2]; 1],
    metrics: Vec<MetricDefinition>,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct MetricDefinition {
    name: &'static str,
    unit: &'static str,
}

impl<'a> MetricsLine<'a> {
    fn new(summary: &'a Summary, config: &'a Config, duration: Duration) -> Self {
        let count = |name| MetricDefinition { name, unit: "Count" };
        let counts = [
            "Records",
            "Delivered",
            "Documents",
            "Dropped",
            "Failed",
            "FannedOut",
            "FanOutRetries",
            "Degraded",
            "Shortened",
            "Tracebacks",
            "Redactions",
        ];
        let mut metrics: Vec<_> = counts.into_iter().map(count).collect();
        metrics.push(MetricDefinition { name: "Duration", unit: "Milliseconds" });
        // A clock before 1970 only costs the metric its time.
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self {
            aws: MetricsHeader {
                timestamp: u64::try_from(now.as_millis()).unwrap_or_default(),
                cloud_watch_metrics: [MetricDirective {
                    namespace: METRIC_NAMESPACE,
                    dimensions: [["Service", "Environment"]],
                    metrics,
                }],
            },
            service: &config.enrichment.service,
            environment: &config.enrichment.environment,
            records: summary.records,
            delivered: summary.delivered,
            documents: summary.counts.documents,
            dropped: summary.answered(RecordResult::Dropped),
            failed: summary.answered(RecordResult::ProcessingFailed),
            fanned_out: summary.settlement.accepted,
            fan_out_retries: summary.settlement.retries,
            degraded: summary.counts.degraded,
            shortened: summary.shortened,
            tracebacks: summary.counts.tracebacks,
            redactions: summary.redactions.values().sum(),
            duration: duration.as_secs_f64() * 1000.0,
            refused_by_cause: summary
                .refused_by_cause()
                .into_iter()
                .map(|(error, count)| (error.name(), count))
                .collect(),
            redactions_by_rule: &summary.redactions,
            redaction_audit: config.redactor.is_audit().then_some(AUDIT),
        }
    }
}

/// Writes one line. A line that cannot be written must not cost a record its answer.
fn write_line(line: &impl Serialize) {
    if let Ok(mut text) = serde_json::to_vec(line) {
        text.push(b'\n');
        let _ = std::io::stderr().lock().write_all(&text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use crate::error::RecordError;

    #[test]
    fn an_audit_is_told_with_the_counts() {
        let audit = [("NOZZLE_REDACT_AUDIT".to_owned(), "true".to_owned())];
        let config = Config::compile_locally(&Settings::read(audit).unwrap()).unwrap();
        let line = MetricsLine::new(&Summary::default(), &config, Duration::ZERO).redaction_audit;
        assert_eq!(line, Some(AUDIT));
    }

    #[test]
    fn every_metric_that_is_declared_is_there() {
        let config = Config::compile_locally(&Settings::default()).unwrap();
        let mut summary = Summary { records: 3, delivered: 1, ..Summary::default() };
        summary.refused = vec![(0, RecordError::Empty), (2, RecordError::InvalidBase64)];
        summary.redactions.insert("jwt".into(), 2);
        summary.shortened = 1;
        summary.settlement.accepted = 4;
        summary.settlement.retries = 3;
        let line = MetricsLine::new(&summary, &config, Duration::from_micros(1500));
        let line = serde_json::to_value(&line).unwrap();
        let directive = &line["_aws"]["CloudWatchMetrics"][0];
        for metric in directive["Metrics"].as_array().unwrap() {
            assert!(line[metric["Name"].as_str().unwrap()].is_number(), "{metric}");
        }
        for dimension in directive["Dimensions"][0].as_array().unwrap() {
            assert_eq!(line[dimension.as_str().unwrap()], "local", "{dimension}");
        }
        assert_eq!(line["Dropped"], 1);
        assert_eq!(line["Failed"], 1);
        assert_eq!(line["Redactions"], 2);
        let fan_out = (&line["FannedOut"], &line["FanOutRetries"], &line["Shortened"]);
        assert_eq!(fan_out, (&4.into(), &3.into(), &1.into()));
        assert_eq!(line["Duration"], 1.5);
        assert_eq!(line["RefusedByCause"]["invalid_base64"], 1);
        assert!(line.get("RedactionAudit").is_none());
    }
}
