//! The call that Firehose makes: wire types that borrow from the event and forgive what differs
//! between AWS, its samples and its emulators.
//!
//! Source: the event sample and the field list of *Transform source data in Amazon Data Firehose*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html>). Unknown fields
//! are ignored, and of a record only what is needed to answer it is required. A record that lacks
//! even that is an error of its own and costs nobody else an answer.

use std::borrow::Cow;
use std::ops::ControlFlow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::error::EventError;
use crate::json::{self, MAX_VALUES, ReadError, Reader, Value};
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
        let mut reader = Reader::new(text);
        reader.skip_white_space();
        if reader.peek() != Some(b'{') {
            json::read(text).map_err(EventError::NotJson)?;
            return Err(EventError::NotAnObject);
        }
        let mut event = Self::default();
        let mut records = Err(EventError::NoRecords);
        let entries = reader.read_entries(|reader, key| {
            // Of a key that stands twice the later value counts.
            match key.as_ref() {
                "records" => records = read_records(reader)?,
                "deliveryStreamArn" => event.delivery_stream_arn = read_text(reader)?,
                "sourceKinesisStreamArn" => event.source_kinesis_stream_arn = read_text(reader)?,
                "region" => event.region = read_text(reader)?,
                _ => reader.skip_value()?,
            }
            Ok(())
        });
        entries.and_then(|()| reader.end()).map_err(EventError::NotJson)?;
        event.records = records?;
        Ok(event)
    }
}

/// The records of an event, when they are an array.
fn read_records<'a>(
    reader: &mut Reader<'a>,
) -> Result<Result<Vec<Record<'a>>, EventError>, ReadError> {
    reader.skip_white_space();
    if reader.peek() != Some(b'[') {
        reader.skip_value()?;
        return Ok(Err(EventError::RecordsNotAnArray));
    }
    let mut records = Vec::new();
    reader.read_elements(|reader| {
        if records.len() == MAX_VALUES {
            let fault = "more than two million records";
            return Err(ReadError { offset: reader.position(), fault });
        }
        records.push(Record::read(reader)?);
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(Ok(records))
}

impl<'a> Record<'a> {
    /// Reads a record; one that is no object lacks everything.
    fn read(reader: &mut Reader<'a>) -> Result<Self, ReadError> {
        let mut record = Self::default();
        reader.skip_white_space();
        if reader.peek() != Some(b'{') {
            reader.skip_value()?;
            return Ok(record);
        }
        let (mut data, mut kafka_value) = (None, None);
        let mut arrival_of_metadata = None;
        reader.read_entries(|reader, key| {
            match key.as_ref() {
                "recordId" => record.id = read_text(reader)?,
                "data" => data = Some(reader.read_value()?),
                "kafkaRecordValue" => kafka_value = Some(reader.read_value()?),
                "approximateArrivalTimestamp" => record.arrival = read_arrival(reader)?,
                "kinesisRecordMetadata" => {
                    (record.kinesis, arrival_of_metadata) = KinesisMetadata::read(reader)?;
                }
                _ => reader.skip_value()?,
            }
            Ok(())
        })?;
        if let Some(Value::String(data)) = data.or(kafka_value) {
            record.data = Some(data);
        }
        record.arrival = record.arrival.or(arrival_of_metadata);
        Ok(record)
    }
}

impl<'a> KinesisMetadata<'a> {
    /// Reads the metadata, when they are an object, and the arrival that they state.
    fn read(reader: &mut Reader<'a>) -> Result<(Option<Self>, Option<Timestamp>), ReadError> {
        reader.skip_white_space();
        if reader.peek() != Some(b'{') {
            reader.skip_value()?;
            return Ok((None, None));
        }
        let mut metadata = Self::default();
        let mut arrival = None;
        reader.read_entries(|reader, key| {
            match key.as_ref() {
                "shardId" => metadata.shard_id = read_text(reader)?,
                "partitionKey" => metadata.partition_key = read_text(reader)?,
                "sequenceNumber" => metadata.sequence_number = read_text(reader)?,
                "subsequenceNumber" => metadata.subsequence_number = read_text(reader)?,
                "approximateArrivalTimestamp" => arrival = read_arrival(reader)?,
                _ => reader.skip_value()?,
            }
            Ok(())
        })?;
        Ok((Some(metadata), arrival))
    }
}

/// A string, or a number as text; an empty string counts as absent.
fn read_text<'a>(reader: &mut Reader<'a>) -> Result<Option<Cow<'a, str>>, ReadError> {
    Ok(match reader.read_value()? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.into_text()),
        _ => None,
    })
}

/// AWS sends milliseconds since 1970; some of its samples and LocalStack send RFC 3339 text.
fn read_arrival(reader: &mut Reader<'_>) -> Result<Option<Timestamp>, ReadError> {
    Ok(match reader.read_value()? {
        Value::Number(number) => timestamp::parse_epoch(number.as_str()),
        Value::String(text) => {
            let reference = Reference { zone: &TimeZone::UTC, arrival: Timestamp::UNIX_EPOCH };
            timestamp::parse_timestamp(&text, &reference)
        }
        _ => None,
    })
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
