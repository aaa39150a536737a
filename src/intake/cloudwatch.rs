//! What a CloudWatch Logs subscription sends: a batch of log events of one stream, or a message to
//! test the subscription. Log events that are the lines of one traceback are one log.
//!
//! Source: *Subscription filters with Amazon Data Firehose*
//! (<https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/SubscriptionFilters.html>). Fields
//! that are not named there are ignored.

use std::borrow::Cow;
use std::ops::ControlFlow;

use jiff::Timestamp;

use super::regroup::{LogEvent, MOST_LOG_EVENTS, groups};
use super::wrapper::trim_line_end;
use crate::document::{Document, Field};
use crate::json::{Object, ReadError, Reader, Value};

/// The keys with which such a payload begins, whoever sorted them.
const FIRST_KEYS: [&str; 7] = [
    "messageType",
    "owner",
    "logGroup",
    "logStream",
    "subscriptionFilters",
    "logEvents",
    "policyLevel",
];

/// How many log events are looked at together. Groups are told from that many, and a payload may
/// hold a hundred times more.
const WINDOW: usize = 4 * MOST_LOG_EVENTS;

/// A batch of log events, not read yet.
#[derive(Debug)]
pub(super) struct Payload<'a> {
    /// Whether its log events are no logs, because it tests the subscription.
    pub(super) is_control_message: bool,
    origin: Origin<'a>,
    /// The array of log events.
    log_events: &'a str,
    length: usize,
}

type Origin<'a> = [(Field, Option<Cow<'a, str>>); 3];

impl<'a> Payload<'a> {
    /// The payload at the very start of `text`. None when an object stands there that says anything
    /// else: a log may use any of these names.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let first_key = text.strip_prefix('{')?.trim_start().strip_prefix('"')?;
        FIRST_KEYS.iter().find(|key| {
            first_key.strip_prefix(**key).is_some_and(|behind| behind.starts_with('"'))
        })?;
        let mut parts = Parts::default();
        let mut reader = Reader::new(text);
        reader.read_entries(|reader, key| parts.read_entry(text, reader, &key)).ok()?;
        let is_control_message = match parts.message_type.as_deref()? {
            "DATA_MESSAGE" => false,
            "CONTROL_MESSAGE" if parts.owner.is_some() && parts.log_group.is_some() => true,
            _ => return None,
        };
        let owner = parts.owner.filter(|owner| is_number(owner));
        Some(Self {
            is_control_message,
            origin: [
                (Field::AwsCloudwatchLogGroup, parts.log_group),
                (Field::AwsCloudwatchLogStream, parts.log_stream),
                (Field::AwsCloudwatchOwner, owner),
            ],
            log_events: parts.log_events?,
            length: reader.position(),
        })
    }

    /// How many bytes of the text it takes.
    pub(super) fn length(&self) -> usize {
        self.length
    }

    /// Hands a document for each log to `take`, for as long as it wants more. A control message
    /// holds none.
    pub(super) fn read(
        &self,
        take: &mut dyn FnMut(Document<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        if self.is_control_message {
            return ControlFlow::Continue(());
        }
        let mut window = Vec::new();
        let mut flow = ControlFlow::Continue(());
        // It was read before, so there is no fault to be seen.
        let _ = Reader::new(self.log_events).read_elements(|reader| {
            window.push(Entry::read(reader, self.log_events)?);
            if window.len() == WINDOW {
                flow = self.hand_over(&mut window, MOST_LOG_EVENTS, take);
            }
            Ok(flow)
        });
        flow?;
        self.hand_over(&mut window, 0, take)
    }

    /// Hands over the logs at the start of the window. The last `kept` log events stay, because
    /// what follows may belong to them.
    fn hand_over(
        &self,
        window: &mut Vec<Entry<'a>>,
        kept: usize,
        take: &mut dyn FnMut(Document<'_>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let shown: Vec<_> = window.iter().map(Entry::shown).collect();
        let groups = groups(&shown);
        drop(shown);
        let mut end = window.len() - kept;
        if let Some(group) = groups.iter().find(|group| group.contains(&end)) {
            end = group.start;
        }
        let mut entries = window.drain(..end);
        let mut groups = groups.into_iter().peekable();
        let mut at = 0;
        while let Some(mut first) = entries.next() {
            at += 1;
            if let Some(group) = groups.next_if(|group| group.start + 1 == at) {
                first.join(entries.by_ref().take(group.len() - 1));
                at = group.end;
            }
            take(first.into_document(&self.origin))?;
        }
        ControlFlow::Continue(())
    }
}

/// What is read of a payload to know that it is one.
#[derive(Default)]
struct Parts<'a> {
    message_type: Option<Cow<'a, str>>,
    owner: Option<Cow<'a, str>>,
    log_group: Option<Cow<'a, str>>,
    log_stream: Option<Cow<'a, str>>,
    log_events: Option<&'a str>,
}

impl<'a> Parts<'a> {
    fn read_entry(
        &mut self,
        text: &'a str,
        reader: &mut Reader<'a>,
        key: &str,
    ) -> Result<(), ReadError> {
        let place = match key {
            "messageType" => &mut self.message_type,
            "owner" => &mut self.owner,
            "logGroup" => &mut self.log_group,
            "logStream" => &mut self.log_stream,
            "logEvents" => {
                reader.skip_white_space();
                let start = reader.position();
                if self.log_events.is_some() {
                    return Err(ReadError { offset: start, fault: "two lists of log events" });
                }
                let mut all_objects = true;
                reader.read_elements(|reader| {
                    reader.skip_white_space();
                    all_objects &= reader.peek() == Some(b'{');
                    reader.skip_value().map(ControlFlow::Continue)
                })?;
                let array = text.get(start..reader.position());
                self.log_events = array.filter(|_| all_objects);
                return Ok(());
            }
            _ => return reader.skip_value(),
        };
        *place = match reader.read_value()? {
            Value::String(text) => Some(text),
            _ => None,
        };
        Ok(())
    }
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
    /// Reads the log event at which `reader` stands in `log_events`. One that holds more values
    /// than can be held is its own text.
    fn read(reader: &mut Reader<'a>, log_events: &'a str) -> Result<Self, ReadError> {
        reader.skip_white_space();
        let mut ahead = reader.clone();
        if let Ok(Value::Object(log_event)) = reader.read_value() {
            return Ok(Self::new(log_event));
        }
        let start = ahead.position();
        ahead.skip_value()?;
        *reader = ahead;
        let mut log_event = Object::new();
        log_event.push("message", log_events.get(start..reader.position()).unwrap_or_default());
        Ok(Self::new(log_event))
    }

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
            for (key, value) in other.extracted {
                if self.extracted.get(&key) != Some(&value) {
                    self.extracted.push(key, value);
                }
            }
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
    use crate::json::{MAX_VALUES, to_text, write_object};

    const PAYLOAD: &str = r#"{"messageType":"DATA_MESSAGE","owner":"123456789012","logGroup":"/aws/lambda/orders",
        "logStream":"2020/05/11/[$LATEST]ab","subscriptionFilters":["all"],"policyLevel":"NEW",
        "logEvents":[
            {"id":"3561","timestamp":1589201084123,"message":"hello\n","extractedFields":{"code":"7","message":"x"}},
            {"id":"3562","timestamp":"soon","message":"{\"a\":1}"}]}"#;

    fn documents(payload: &str) -> (Vec<String>, bool) {
        let payload = Payload::parse(payload).unwrap();
        let mut documents = Vec::new();
        let _ = payload.read(&mut |document| {
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
            ControlFlow::Continue(())
        });
        (documents, payload.is_control_message)
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
            r#"1 - - {"code":"7","code":"8","message":"a.b.C: d\n\tat a.b.C.d(C.java:1)\n\tat a.b.C.e(C.java:2)"} Some(1589201084123)"#,
            r#"4 - - {"message":"done"} Some(1589201084126)"#,
        ];
        assert_eq!(documents(payload).0, expected);
        let mut counts = Vec::new();
        let _ = Payload::parse(payload).unwrap().read(&mut |document| {
            let ids =
                document.fields.get(Field::EventIds).and_then(Value::as_array).map(<[_]>::len);
            let count = document.fields.get(Field::LogEventCount).and_then(Value::as_number);
            counts.push((ids, count.and_then(crate::json::Number::as_u64)));
            ControlFlow::Continue(())
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
        ), times in 1..200_usize) {
            // More than a window, too.
            let lines: Vec<&str> = lines.iter().copied().cycle().take(lines.len() * times).collect();
            let log_events = lines.iter().map(|line| {
                let mut log_event = Object::new();
                log_event.push("message", *line);
                Value::Object(log_event)
            });
            let mut payload = Object::new();
            payload.push("messageType", "DATA_MESSAGE");
            payload.push("logEvents", log_events.collect::<Vec<_>>());
            let payload = to_text(&Value::Object(payload));
            let mut messages = Vec::new();
            let _ = Payload::parse(&payload).unwrap().read(&mut |document| {
                messages.push(document.source.get("message").unwrap().as_str().unwrap().to_owned());
                ControlFlow::Continue(())
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
            r#"{"messageType":"order","logEvents":[{}],"level":"error"}"#,
            r#"{"messageType":"DATA_MESSAGE","logEvents":["paid"]}"#,
            r#"{"messageType":"DATA_MESSAGE","logEvents":[{},"paid"]}"#,
            r#"{"messageType":"DATA_MESSAGE","logEvents":{}}"#,
            r#"{"messageType":"DATA_MESSAGE","logEvents":[{}],"logEvents":[{}]}"#,
            r#"{"messageType":"CONTROL_MESSAGE","logEvents":[{}],"msg":"important"}"#,
            r#"{"messageType":"DATA_MESSAGE","logEvents":[{}"#,
        ] {
            assert!(Payload::parse(log).is_none(), "{log}");
        }
    }

    #[test]
    fn no_log_event_is_lost_however_many_values_there_are() {
        let many = format!("{}{{}}", r#"{"m":0},"#.repeat(MAX_VALUES / 2 + 1));
        let large = format!(r#"{{"message":"x","a":[{}0]}}"#, "0,".repeat(MAX_VALUES));
        for (log_events, count) in [(many, MAX_VALUES / 2 + 2), (format!("{large},{{}}"), 2)] {
            let payload = format!(r#"{{"messageType":"DATA_MESSAGE","logEvents":[{log_events}]}}"#);
            let (mut documents, mut longest) = (0, 0);
            let _ = Payload::parse(&payload).unwrap().read(&mut |document| {
                let message = document.source.get("message").and_then(Value::as_str);
                longest = longest.max(message.map_or(0, str::len));
                documents += 1;
                ControlFlow::Continue(())
            });
            assert_eq!(documents, count);
            assert_eq!(longest, if count == 2 { large.len() } else { 0 });
        }
    }

    #[test]
    fn a_group_may_lie_across_two_windows() {
        let quiet = vec!["x"; 3 * MOST_LOG_EVENTS - 2];
        let trace = ["a.b.C: d", "\tat a.b.C.d(C.java:1)", "\tat a.b.C.e(C.java:2)", "done"];
        for shift in 0..6 {
            let lines: Vec<&str> =
                quiet[shift..].iter().copied().chain(trace).chain(quiet.iter().copied()).collect();
            let log_events: Vec<String> =
                lines.iter().map(|line| format!(r#"{{"message":{line:?}}}"#)).collect();
            let payload = format!(
                r#"{{"logEvents":[{}],"messageType":"DATA_MESSAGE"}}"#,
                log_events.join(",")
            );
            let (documents, _) = documents(&payload);
            assert_eq!(documents.len(), lines.len() - 2, "{shift}");
        }
    }
}
