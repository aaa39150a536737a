//! What a CloudWatch Logs subscription sends: a batch of log events of one stream, or a message to
//! test the subscription.
//!
//! Source: *Subscription filters with Amazon Data Firehose*
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>). Fields
//! that are not named there are ignored.

use std::borrow::Cow;

use jiff::Timestamp;

use super::wrapper::trim_line_end;
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// Whether `object` is such a payload.
pub(super) fn is_subscription_payload(object: &Object<'_>) -> bool {
    object.get("messageType").and_then(Value::as_str).is_some()
        && object.get("logEvents").and_then(Value::as_array).is_some()
}

/// Hands a document for each log event of `payload` to `take`. True when the payload is a control
/// message, whose log events are none.
pub(super) fn read<'a>(mut payload: Object<'a>, take: &mut dyn FnMut(Document<'_>)) -> bool {
    if payload.get("messageType").and_then(Value::as_str) == Some("CONTROL_MESSAGE") {
        return true;
    }
    let mut text = |key: &str| match payload.remove(key) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let origin = [
        (Field::AwsCloudwatchLogGroup, text("logGroup")),
        (Field::AwsCloudwatchLogStream, text("logStream")),
        (Field::AwsCloudwatchOwner, text("owner").filter(|owner| is_number(owner))),
    ];
    let Some(Value::Array(log_events)) = payload.remove("logEvents") else { return false };
    for log_event in log_events {
        if let Value::Object(log_event) = log_event {
            take(document(log_event, &origin));
        }
    }
    false
}

fn document<'a>(
    mut log_event: Object<'a>,
    origin: &[(Field, Option<Cow<'a, str>>)],
) -> Document<'a> {
    let mut document = Document::default();
    for (field, value) in origin {
        if let Some(value) = value {
            document.fields.set(*field, value.clone());
        }
    }
    if let Some(Value::String(id)) = log_event.remove("id")
        && is_number(&id)
    {
        document.fields.set(Field::EventId, id);
    }
    let milliseconds = match log_event.remove("timestamp") {
        Some(Value::Number(milliseconds)) => milliseconds.as_i64(),
        _ => None,
    };
    document.event_time = milliseconds.and_then(|time| Timestamp::from_millisecond(time).ok());
    // The fields that a filter pattern took from the message.
    if let Some(Value::Object(extracted)) = log_event.remove("extractedFields") {
        document.source = extracted;
        document.source.retain_mut(|key, _| key != "message");
    }
    let mut message = log_event.remove("message").unwrap_or_default();
    if let Value::String(line) = &mut message {
        trim_line_end(line);
    }
    document.source.push("message", message);
    document
}

/// CloudWatch's ids have 56 digits, accounts have 12. Whatever else stands there is not its own
/// and could be anything, a secret too.
fn is_number(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read as read_json, write_object};

    const PAYLOAD: &str = r#"{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/orders",
        "logStream":"2020/05/11/[$LATEST]ab","subscriptionFilters":["all"],"policyLevel":"NEW",
        "logEvents":[
            {"id":"3561","timestamp":1589201084123,"message":"hello\n","extractedFields":{"code":"7","message":"x"}},
            {"id":"3562","timestamp":"soon","message":"{\"a\":1}"},
            "no event"]}"#;

    fn documents(payload: &str) -> (Vec<String>, bool) {
        let Ok(Value::Object(payload)) = read_json(payload) else { panic!("{payload}") };
        assert!(is_subscription_payload(&payload));
        let mut documents = Vec::new();
        let is_control_message = read(payload, &mut |document| {
            let mut source = Vec::new();
            write_object(&document.source, &mut source);
            documents.push(format!(
                "{} {} {} {} {:?}",
                document.fields.get_str(Field::EventId).unwrap_or("-"),
                document.fields.get_str(Field::AwsCloudwatchLogGroup).unwrap_or("-"),
                document.fields.get_str(Field::AwsCloudwatchOwner).unwrap_or("-"),
                String::from_utf8(source).unwrap(),
                document.event_time.map(Timestamp::as_millisecond),
            ));
        });
        (documents, is_control_message)
    }

    #[test]
    fn each_log_event_is_a_document_of_its_group() {
        let expected = [
            r#"3561 /aws/lambda/orders 123456789012 {"code":"7","message":"hello"} Some(1589201084123)"#,
            r#"3562 /aws/lambda/orders 123456789012 {"message":"{\"a\":1}"} None"#,
        ];
        assert_eq!(documents(PAYLOAD), (expected.map(str::to_owned).to_vec(), false));
    }

    #[test]
    fn an_id_that_cloudwatch_did_not_make_is_none() {
        let forged = PAYLOAD.replace(r#""id":"3561""#, r#""id":"hunter2""#);
        let (documents, _) = documents(&forged.replace("123456789012", "hunter2"));
        assert!(documents[0].starts_with("- /aws/lambda/orders - "), "{}", documents[0]);
    }

    #[test]
    fn a_control_message_holds_no_log() {
        let payload = PAYLOAD.replace("DATA_MESSAGE", "CONTROL_MESSAGE");
        assert_eq!(documents(&payload), (vec![], true));
    }

    #[test]
    fn other_objects_are_logs_themselves() {
        for log in [
            "{}",
            r#"{"messageType":"x"}"#,
            r#"{"messageType":1,"logEvents":[]}"#,
            r#"{"logEvents":[]}"#,
        ] {
            let Ok(Value::Object(log)) = read_json(log) else { panic!("{log}") };
            assert!(!is_subscription_payload(&log));
        }
    }
}
