//! The call that Firehose makes: wire types that borrow from the event and forgive what differs
//! between AWS, its samples and its emulators.
//!
//! Source: the event sample and the field list of *Transform source data in Amazon Data Firehose*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html>). Unknown fields
//! are ignored, and of a record only what is needed to answer it is required. A record that lacks
//! even that is an error of its own and costs nobody else an answer.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::error::EventError;
use crate::json::{self, Object, Value};
use crate::timestamp::{self, Reference};

/// One call of the function.
#[derive(Debug, Default)]
pub struct Event<'a> {
    /// The delivery stream that calls.
    pub delivery_stream_arn: Option<Cow<'a, str>>,
    /// The Kinesis stream from which the delivery stream reads, when it does.
    pub source_kinesis_stream_arn: Option<Cow<'a, str>>,
    /// The region of the delivery stream.
    pub region: Option<Cow<'a, str>>,
    /// The records, in the order in which they must be answered.
    pub records: Vec<Record<'a>>,
}

/// One record of a call.
#[derive(Debug, Default)]
pub struct Record<'a> {
    /// What the answer must repeat; `None` when the record states none.
    pub id: Option<Cow<'a, str>>,
    /// The payload in base64; `None` when there is no such string. Records from Amazon MSK hold
    /// it under `kafkaRecordValue`.
    pub data: Option<Cow<'a, str>>,
    /// When Firehose received the record.
    pub arrival: Option<Timestamp>,
    /// Where in a Kinesis stream the record stood.
    pub kinesis: Option<KinesisMetadata<'a>>,
}

/// `kinesisRecordMetadata`: where in its Kinesis stream a record stood.
#[derive(Debug, Default)]
pub struct KinesisMetadata<'a> {
    /// The shard.
    pub shard_id: Option<Cow<'a, str>>,
    /// The producer's partition key.
    pub partition_key: Option<Cow<'a, str>>,
    /// The record's number, unique in its stream.
    pub sequence_number: Option<Cow<'a, str>>,
    /// The number of a record within an aggregated one; AWS sends a number or an empty string.
    pub subsequence_number: Option<Cow<'a, str>>,
}

impl<'a> Event<'a> {
    /// Reads an event.
    ///
    /// # Errors
    /// When it is not one JSON object with an array of `records`. The error names the position
    /// and never quotes the event.
    pub fn parse(event: &'a [u8]) -> Result<Self, EventError> {
        let text = simdutf8::compat::from_utf8(event)
            .map_err(|error| EventError::NotUtf8 { offset: error.valid_up_to() })?;
        let Value::Object(mut event) = json::read(text).map_err(EventError::NotJson)? else {
            return Err(EventError::NotAnObject);
        };
        let records = match event.remove("records") {
            Some(Value::Array(records)) => records,
            Some(_) => return Err(EventError::RecordsNotAnArray),
            None => return Err(EventError::NoRecords),
        };
        Ok(Self {
            delivery_stream_arn: take_text(&mut event, "deliveryStreamArn"),
            source_kinesis_stream_arn: take_text(&mut event, "sourceKinesisStreamArn"),
            region: take_text(&mut event, "region"),
            records: records.into_iter().map(Record::from_value).collect(),
        })
    }
}

impl<'a> Record<'a> {
    fn from_value(record: Value<'a>) -> Self {
        let Value::Object(mut record) = record else {
            return Self::default();
        };
        let data = match record.remove("data").or_else(|| record.remove("kafkaRecordValue")) {
            Some(Value::String(data)) => Some(data),
            _ => None,
        };
        let mut metadata = match record.remove("kinesisRecordMetadata") {
            Some(Value::Object(metadata)) => Some(metadata),
            _ => None,
        };
        let arrival =
            take_arrival(&mut record).or_else(|| metadata.as_mut().and_then(take_arrival));
        Self {
            id: take_text(&mut record, "recordId"),
            data,
            arrival,
            kinesis: metadata.map(KinesisMetadata::from_object),
        }
    }
}

impl<'a> KinesisMetadata<'a> {
    fn from_object(mut metadata: Object<'a>) -> Self {
        Self {
            shard_id: take_text(&mut metadata, "shardId"),
            partition_key: take_text(&mut metadata, "partitionKey"),
            sequence_number: take_text(&mut metadata, "sequenceNumber"),
            subsequence_number: take_text(&mut metadata, "subsequenceNumber"),
        }
    }
}

/// A string, or a number as text; an empty string counts as absent.
fn take_text<'a>(object: &mut Object<'a>, key: &str) -> Option<Cow<'a, str>> {
    match object.remove(key)? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.into_text()),
        _ => None,
    }
}

/// AWS sends milliseconds since 1970; some of its samples and LocalStack send RFC 3339 text.
fn take_arrival(object: &mut Object<'_>) -> Option<Timestamp> {
    match object.remove("approximateArrivalTimestamp")? {
        Value::Number(number) => timestamp::parse_epoch(number.as_str()),
        Value::String(text) => {
            let reference = Reference { zone: &TimeZone::UTC, arrival: Timestamp::UNIX_EPOCH };
            timestamp::parse_timestamp(&text, &reference)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(event: &str) -> Event<'_> {
        Event::parse(event.as_bytes()).unwrap()
    }

    #[test]
    fn reads_numbers_and_strings_where_samples_differ() {
        let event = parse(
            r#"{"records":[
              {"recordId":"a","data":"","approximateArrivalTimestamp":1589201084000},
              {"recordId":"b","data":"","approximateArrivalTimestamp":"2020-05-11T12:44:44Z",
               "kinesisRecordMetadata":{"subsequenceNumber":""}},
              {"recordId":"c","data":"","kinesisRecordMetadata":{"subsequenceNumber":7,
               "approximateArrivalTimestamp":"2020-05-11T12:44:44.000Z"}}]}"#,
        );
        let arrival = Some(Timestamp::from_second(1_589_201_084).unwrap());
        for record in &event.records {
            assert_eq!(record.arrival, arrival, "{:?}", record.id);
        }
        let subsequence = |index: usize| {
            event.records[index].kinesis.as_ref().unwrap().subsequence_number.as_deref()
        };
        assert_eq!((subsequence(1), subsequence(2)), (None, Some("7")));
    }

    #[test]
    fn keeps_a_place_for_every_record_whatever_it_is() {
        let event =
            parse(r#"{"records":[null,7,"x",[],{},{"recordId":"a"},{"recordId":9,"data":1}]}"#);
        let ids: Vec<_> = event.records.iter().map(|record| record.id.as_deref()).collect();
        assert_eq!(ids, [None, None, None, None, None, Some("a"), Some("9")]);
        assert!(event.records.iter().all(|record| record.data.is_none()));
    }

    #[test]
    fn takes_the_value_of_a_kafka_record() {
        let event = parse(r#"{"records":[{"recordId":"a","kafkaRecordValue":"aGk="}]}"#);
        assert_eq!(event.records[0].data.as_deref(), Some("aGk="));
    }

    #[test]
    fn a_malformed_event_is_an_error_that_quotes_nothing() {
        let cases: [(&[u8], &str); 6] = [
            (b"", "at byte 0"),
            (b"{\"records\":[{\"data\":\"hunter2\"}", "at byte 30"),
            (b"hunter2", "at byte 0"),
            (b"[\"hunter2\"]", "not an object"),
            (b"{\"hunter2\":1}", "no `records`"),
            (b"{\"records\":\"hunter2\"}", "not an array"),
        ];
        for (event, expected) in cases {
            let message = Event::parse(event).unwrap_err().to_string();
            assert!(message.contains(expected), "{message}");
            assert!(!message.contains("hunter2"), "{message}");
        }
        assert!(Event::parse(b"{\"a\":\"\xff\"}").unwrap_err().to_string().contains("byte 6"));
    }
}
