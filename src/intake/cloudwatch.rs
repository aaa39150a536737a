//! What a CloudWatch Logs subscription sends: a batch of log events of one stream, or a message to
//! test the subscription. Log events that are the lines of one traceback are one log.
//!
//! Source: *Subscription filters with Amazon Data Firehose*
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>). Fields
//! that are not named there are ignored.

use std::borrow::Cow;

use jiff::Timestamp;

use super::regroup::{LogEvent, groups};
use super::wrapper::trim_line_end;
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// Whether `object` is such a payload.
pub(super) fn is_subscription_payload(object: &Object<'_>) -> bool {
    object.get("messageType").and_then(Value::as_str).is_some()
        && object.get("logEvents").and_then(Value::as_array).is_some()
}

/// Hands a document for each log of `payload` to `take`. True when the payload is a control
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
    let log_events: Vec<_> = log_events
        .into_iter()
        .filter_map(|log_event| match log_event {
            Value::Object(log_event) => Some(Entry::new(log_event)),
            _ => None,
        })
        .collect();
    let shown: Vec<_> = log_events.iter().map(Entry::shown).collect();
    let groups = groups(&shown);
    drop(shown);
    let mut log_events = log_events.into_iter();
    let mut groups = groups.into_iter().peekable();
    let mut at = 0;
    while let Some(mut first) = log_events.next() {
        at += 1;
        if let Some(group) = groups.next_if(|group| group.start + 1 == at) {
            first.join(log_events.by_ref().take(group.len() - 1));
            at = group.end;
        }
        take(first.into_document(&origin));
    }
    false
}

/// A log event, or the lines of a traceback, which were a log event each.
struct Entry<'a> {
    id: Option<Cow<'a, str>>,
    /// The ids of the lines after the first.
    further_ids: Vec<Value<'a>>,
    /// How many log events it was.
    count: u64,
    /// Milliseconds since 1970.
    time: Option<i64>,
    message: Value<'a>,
    /// The fields that a filter pattern took from the message.
    extracted: Object<'a>,
}

impl<'a> Entry<'a> {
    fn new(mut log_event: Object<'a>) -> Self {
        let id = match log_event.remove("id") {
            Some(Value::String(id)) => Some(id).filter(|id| is_number(id)),
            _ => None,
        };
        let time = match log_event.remove("timestamp") {
            Some(Value::Number(milliseconds)) => milliseconds.as_i64(),
            _ => None,
        };
        let extracted = match log_event.remove("extractedFields") {
            Some(Value::Object(mut extracted)) => {
                extracted.retain_mut(|key, _| key != "message");
                extracted
            }
            _ => Object::new(),
        };
        let mut message = log_event.remove("message").unwrap_or_default();
        if let Value::String(line) = &mut message {
            trim_line_end(line);
        }
        Self { id, further_ids: Vec::new(), count: 1, time, message, extracted }
    }

    fn shown(&self) -> LogEvent<'_> {
        LogEvent { text: self.message.as_str(), time: self.time }
    }

    /// Takes the messages of `others` as further lines of its own.
    fn join(&mut self, others: impl Iterator<Item = Self>) {
        let mut text = self.message.as_str().unwrap_or_default().to_owned();
        for other in others {
            text.push('\n');
            text.push_str(other.message.as_str().unwrap_or_default());
            self.further_ids.extend(other.id.map(Value::from));
            self.count += 1;
        }
        self.message = Value::from(text);
    }

    fn into_document(self, origin: &[(Field, Option<Cow<'a, str>>)]) -> Document<'a> {
        let mut document = Document::default();
        for (field, value) in origin {
            if let Some(value) = value {
                document.fields.set(*field, value.clone());
            }
        }
        if !self.further_ids.is_empty() {
            let first = self.id.clone().map(Value::from);
            let ids: Vec<_> = first.into_iter().chain(self.further_ids).collect();
            document.fields.set(Field::EventIds, ids);
        }
        if let Some(id) = self.id {
            document.fields.set(Field::EventId, id);
        }
        if self.count > 1 {
            document.fields.set(Field::LogEventCount, self.count);
        }
        document.event_time = self.time.and_then(|time| Timestamp::from_millisecond(time).ok());
        document.source = self.extracted;
        document.source.push("message", self.message);
        document
    }
}

/// CloudWatch's ids have 56 digits, accounts have 12. Whatever else stands there is not its own
/// and could be anything, a secret too.
fn is_number(text: &str) -> bool {
    (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
    fn lines_of_a_traceback_are_one_document() {
        let payload = r#"{"messageType":"DATA_MESSAGE","logEvents":[
            {"id":"1","timestamp":1589201084123,"message":"a.b.C: d\r\n","extractedFields":{"code":"7"}},
            {"id":"x","timestamp":1589201084124,"message":"\tat a.b.C.d(C.java:1)\n","extractedFields":{"code":"8"}},
            {"id":"3","timestamp":1589201084125,"message":"\tat a.b.C.e(C.java:2)\n"},
            {"id":"4","timestamp":1589201084126,"message":"done\n"}]}"#;
        let expected = [
            r#"1 - - {"code":"7","message":"a.b.C: d\n\tat a.b.C.d(C.java:1)\n\tat a.b.C.e(C.java:2)"} Some(1589201084123)"#,
            r#"4 - - {"message":"done"} Some(1589201084126)"#,
        ];
        assert_eq!(documents(payload).0, expected);
        let Ok(Value::Object(payload)) = read_json(payload) else { panic!("{payload}") };
        let mut counts = Vec::new();
        read(payload, &mut |document| {
            let ids =
                document.fields.get(Field::EventIds).and_then(Value::as_array).map(<[_]>::len);
            let count = document.fields.get(Field::LogEventCount).and_then(Value::as_number);
            counts.push((ids, count.and_then(crate::json::Number::as_u64)));
        });
        assert_eq!(counts, [(Some(2), Some(3)), (None, None)]);
    }

    proptest! {
        #[test]
        fn no_line_is_lost_or_moved(lines in prop::collection::vec(
            prop::sample::select(&[
                "Traceback (most recent call last):",
                "  File \"a.py\", line 3, in f",
                "KeyError: 'x'",
                "a.b.C: d",
                "\tat a.b.C.d(C.java:1)",
                "thread 'main' panicked at a.rs:1:1:",
                "ERROR:root:x",
                "{\"a\":1}",
                "x",
                "",
            ][..]),
            0..30,
        )) {
            let log_events = lines.iter().map(|line| {
                let mut log_event = Object::new();
                log_event.push("message", *line);
                Value::Object(log_event)
            });
            let mut payload = Object::new();
            payload.push("logEvents", log_events.collect::<Vec<_>>());
            let mut messages = Vec::new();
            read(payload, &mut |document| {
                messages.push(document.source.get("message").unwrap().as_str().unwrap().to_owned());
            });
            prop_assert_eq!(messages.join("\n"), lines.join("\n"));
        }
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
