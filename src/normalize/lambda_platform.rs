//! What AWS Lambda itself writes into a function's log: when a call starts and ends, what it cost,
//! and that it timed out. Lines of text, or objects in the JSON log format.
//!
//! How its lines begin is told in `formats`, with the sources.

use crate::document::{Document, Field, Redacted};
use crate::formats::{PLATFORM_LINES, after_request_id};
use crate::json::{Number, Value};

/// The names of other events in the JSON log format.
const OTHER_EVENTS: [&str; 5] = [
    "platform.initRuntimeDone",
    "platform.restoreRuntimeDone",
    "platform.telemetrySubscription",
    "platform.logsDropped",
    "platform.fault",
];

/// What stands behind a name in a line.
#[derive(Clone, Copy)]
enum Reading {
    Text,
    /// A number of this unit.
    Number(&'static str),
}

/// The names in a line, each followed by `: ` and its value.
const PARTS: [(&str, Field, Reading); 14] = [
    ("RequestId", Field::AwsLambdaRequestId, Reading::Text),
    ("Version", Field::AwsLambdaVersion, Reading::Text),
    ("Runtime Version", Field::AwsLambdaRuntimeVersion, Reading::Text),
    ("Duration", Field::AwsLambdaDurationMs, Reading::Number(" ms")),
    ("Billed Duration", Field::AwsLambdaBilledDurationMs, Reading::Number(" ms")),
    ("Init Duration", Field::AwsLambdaInitDurationMs, Reading::Number(" ms")),
    ("Restore Duration", Field::AwsLambdaRestoreDurationMs, Reading::Number(" ms")),
    ("Memory Size", Field::AwsLambdaMemorySizeMb, Reading::Number(" MB")),
    ("Max Memory Used", Field::AwsLambdaMaxMemoryUsedMb, Reading::Number(" MB")),
    ("Status", Field::AwsLambdaStatus, Reading::Text),
    ("Error Type", Field::ErrorType, Reading::Text),
    ("XRAY TraceId", Field::TraceId, Reading::Text),
    ("SegmentId", Field::SpanId, Reading::Text),
    ("Name", Field::ProcessName, Reading::Text),
];

/// Takes a line or an object of the Lambda platform apart. Other documents are left as they are.
pub fn claim_lambda_platform(document: &mut Redacted<Document<'_>>) {
    if let Some(name) = json_event(document) {
        document.source.remove("type");
        document.fields.set_if_absent(Field::Message, name.clone());
        document.fields.set(Field::EventAction, name);
        settle_level(document);
        return;
    }
    let Some(line) = document.fields.get_str(Field::Message) else { return };
    let Some(platform_line) = PlatformLine::parse(line) else { return };
    let PlatformLine { action, values, failed } = platform_line;
    for (field, value) in values {
        document.fields.set_if_absent(field, value);
    }
    document.fields.set_if_absent(Field::EventAction, action);
    if failed {
        document.fields.set(Field::LogLevel, "error");
    }
    settle_level(document);
}

/// What nobody calls grave is information, unless the call failed.
fn settle_level(document: &mut Document<'_>) {
    let failed = document
        .fields
        .get_str(Field::AwsLambdaStatus)
        .is_some_and(|status| !matches!(status, "success" | "ok"));
    document.fields.set_if_absent(Field::LogLevel, if failed { "error" } else { "info" });
}

/// The name of an event in the JSON log format: `{"type": "platform.report", "record": {…}}`.
fn json_event(document: &Document<'_>) -> Option<String> {
    let name = document.source.get("type").and_then(Value::as_str)?;
    let is_known = PLATFORM_LINES.iter().any(|(_, known)| *known == Some(name))
        || OTHER_EVENTS.contains(&name);
    // What is in the record was claimed before, so that it may be gone.
    (is_known && !document.fields.contains(Field::Message)).then(|| name.to_owned())
}

/// A line as its parts.
#[derive(Debug)]
struct PlatformLine {
    action: &'static str,
    values: Vec<(Field, Value<'static>)>,
    failed: bool,
}

impl PlatformLine {
    fn parse(line: &str) -> Option<Self> {
        if line.starts_with(|first: char| first.is_ascii_uppercase())
            && let Some((beginning, Some(action))) =
                PLATFORM_LINES.iter().find(|(beginning, _)| line.starts_with(beginning))
        {
            // The word before the first name is parted by a blank or a tab.
            let words = beginning.find([' ', '\t'])? + 1;
            let values = named_values(line.get(words..)?);
            let is_request = beginning.ends_with("RequestId: ");
            let id = values.iter().find(|(field, _)| *field == Field::AwsLambdaRequestId);
            if is_request && !id.and_then(|(_, id)| id.as_str()).is_some_and(is_request_id) {
                return None;
            }
            return Some(Self { action, values, failed: false });
        }
        timeout(line).or_else(|| exit(line))
    }
}

/// The values in `RequestId: …\tDuration: 1.5 ms\t…`. `START` parts its two by a blank.
fn named_values(text: &str) -> Vec<(Field, Value<'static>)> {
    let (text, version) = match text.split_once(" Version: ") {
        Some((request, version)) if request.starts_with("RequestId: ") => (request, Some(version)),
        _ => (text, None),
    };
    let parts = text.split(['\t', '\n']).filter_map(|part| part.trim().split_once(": "));
    let version = version.map(|version| ("Version", version.trim_end()));
    let values = parts.chain(version).filter_map(|(name, value)| {
        let (_, field, reading) = PARTS.iter().find(|(known, ..)| *known == name)?;
        let value = match reading {
            Reading::Text => Value::from(value.to_owned()),
            Reading::Number(unit) => Value::Number(number(value.strip_suffix(unit)?)?),
        };
        Some((*field, value))
    });
    values.collect()
}

fn number(text: &str) -> Option<Number<'static>> {
    Number::from_text(text.to_owned().into()).filter(Number::is_storable)
}

/// `2020-05-11T12:44:44.123Z 8f507cfc-… Task timed out after 3.00 seconds`
fn timeout(line: &str) -> Option<PlatformLine> {
    // The end settles nearly all lines.
    let line = line.trim_end().strip_suffix(" seconds")?;
    let (prefix, seconds) = line.split_once(" Task timed out after ")?;
    number(seconds)?;
    let request_id = prefix.rsplit(' ').next().filter(|id| is_request_id(id))?;
    Some(PlatformLine {
        action: "platform.timeout",
        values: vec![
            (Field::AwsLambdaRequestId, Value::from(request_id.to_owned())),
            (Field::AwsLambdaStatus, Value::from("timeout")),
        ],
        failed: true,
    })
}

/// `RequestId: 8f507cfc-… Error: Runtime exited with error: signal: killed`, and the error's type
/// in the next line.
fn exit(line: &str) -> Option<PlatformLine> {
    let (request_id, error) = line.strip_prefix("RequestId: ")?.split_once(" Error: ")?;
    if !is_request_id(request_id) {
        return None;
    }
    let (message, error_type) = error.split_once('\n').unwrap_or((error, ""));
    let mut values = vec![
        (Field::AwsLambdaRequestId, Value::from(request_id.to_owned())),
        (Field::AwsLambdaStatus, Value::from("error")),
        (Field::ErrorMessage, Value::from(message.trim_end().to_owned())),
    ];
    let error_type = error_type.trim();
    if error_type.starts_with("Runtime.") && !error_type.contains(char::is_whitespace) {
        values.push((Field::ErrorType, Value::from(error_type.to_owned())));
    }
    Some(PlatformLine { action: "platform.exit", values, failed: true })
}

fn is_request_id(text: &str) -> bool {
    after_request_id(text) == Some("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{Object, read, to_text};

    fn claimed(source: &str) -> String {
        let Ok(Value::Object(mut source)) = read(source) else { panic!("{source}") };
        let mut document = Document::default();
        if let Some(message) = source.remove("message") {
            document.fields.set(Field::Message, message);
        }
        document.source = source;
        let mut document = Redacted::seal(document);
        claim_lambda_platform(&mut document);
        let fields = document.fields.iter().filter(|(field, _)| *field != Field::Message);
        let fields: Object<'_> =
            fields.map(|(field, value)| (field.name().into(), value.clone())).collect();
        to_text(&Value::Object(fields))
    }

    fn of_line(line: &str) -> String {
        let mut source = Object::new();
        source.push("message", line);
        claimed(&to_text(&Value::Object(source)))
    }

    const ID: &str = "8f507cfc-8f50-4b5e-9d3e-0123456789ab";

    #[test]
    fn lines_become_fields() {
        let cases = [
            (
                "START RequestId: {id} Version: $LATEST\n",
                r#"{"event.action":"platform.start","log.level":"info","aws.lambda.request_id":"{id}","aws.lambda.version":"$LATEST"}"#,
            ),
            (
                "END RequestId: {id}",
                r#"{"event.action":"platform.runtimeDone","log.level":"info","aws.lambda.request_id":"{id}"}"#,
            ),
            (
                "REPORT RequestId: {id}\tDuration: 14.50 ms\tBilled Duration: 15 ms\tMemory Size: 128 MB\tMax Memory Used: 67 MB\tInit Duration: 180.00 ms\t\nXRAY TraceId: 1-5e1b4151-43a0913a12345678901234567\tSegmentId: 07f48fa4000bb8ac\tSampled: true\t",
                r#"{"event.action":"platform.report","log.level":"info","trace.id":"1-5e1b4151-43a0913a12345678901234567","span.id":"07f48fa4000bb8ac","aws.lambda.request_id":"{id}","aws.lambda.duration_ms":14.50,"aws.lambda.billed_duration_ms":15,"aws.lambda.init_duration_ms":180.00,"aws.lambda.memory_size_mb":128,"aws.lambda.max_memory_used_mb":67}"#,
            ),
            (
                "REPORT RequestId: {id}\tDuration: 3000.00 ms\tBilled Duration: 3000 ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\tStatus: timeout",
                r#"{"event.action":"platform.report","log.level":"error","aws.lambda.request_id":"{id}","aws.lambda.duration_ms":3000.00,"aws.lambda.billed_duration_ms":3000,"aws.lambda.memory_size_mb":128,"aws.lambda.max_memory_used_mb":30,"aws.lambda.status":"timeout"}"#,
            ),
            (
                "REPORT RequestId: {id}\tDuration: 1.00 ms\tStatus: error\tError Type: Runtime.ExitError",
                r#"{"event.action":"platform.report","log.level":"error","aws.lambda.request_id":"{id}","aws.lambda.duration_ms":1.00,"aws.lambda.status":"error","error.type":"Runtime.ExitError"}"#,
            ),
            (
                "INIT_START Runtime Version: python:3.12.v16\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:ab",
                r#"{"event.action":"platform.initStart","log.level":"info","aws.lambda.runtime_version":"python:3.12.v16"}"#,
            ),
            (
                "INIT_REPORT Init Duration: 9999.58 ms\tPhase: init\tStatus: timeout",
                r#"{"event.action":"platform.initReport","log.level":"error","aws.lambda.init_duration_ms":9999.58,"aws.lambda.status":"timeout"}"#,
            ),
            (
                "2020-05-11T12:44:44.123Z {id} Task timed out after 3.00 seconds\n\n",
                r#"{"event.action":"platform.timeout","log.level":"error","aws.lambda.request_id":"{id}","aws.lambda.status":"timeout"}"#,
            ),
            (
                "RequestId: {id} Error: Runtime exited with error: signal: killed\nRuntime.ExitError",
                r#"{"event.action":"platform.exit","log.level":"error","aws.lambda.request_id":"{id}","aws.lambda.status":"error","error.type":"Runtime.ExitError","error.message":"Runtime exited with error: signal: killed"}"#,
            ),
        ];
        for (line, expected) in cases {
            let (line, expected) = (line.replace("{id}", ID), expected.replace("{id}", ID));
            assert_eq!(of_line(&line), expected, "{line}");
        }
    }

    #[test]
    fn objects_of_the_json_format_are_told_by_their_type() {
        assert_eq!(
            claimed(r#"{"time":"x","type":"platform.start","record":{}}"#),
            r#"{"event.action":"platform.start","log.level":"info"}"#
        );
        for log in [
            r#"{"type":"order","message":"x"}"#,
            r#"{"type":"platform.ticket","action":"opened"}"#,
            r#"{"type":"platform.start","message":"a platform of our own"}"#,
        ] {
            assert_eq!(claimed(log), "{}", "{log}");
        }
    }

    #[test]
    fn other_lines_are_left_alone() {
        for line in [
            "REPORT of the day",
            "START the engine",
            "END",
            "the Task timed out after 3 seconds",
            "job 7 Task timed out after 3.00 seconds",
            "RequestId: 7 Error: no route",
            "END RequestId: 17 of the checkout",
            "REPORT RequestId: x\tName: bob\tStatus: success and more\tError Type: oops",
            "",
        ] {
            assert_eq!(of_line(line), "{}", "{line}");
        }
    }
}
