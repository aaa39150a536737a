//! What the envelope says about a record: when it arrived, by which stream, and the id under
//! which the engine shall know its document.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_128;

use crate::document::{Document, Field};
use crate::event::{Event, KinesisMetadata, Record};
use crate::timestamp;

/// Sets the fields that come from the envelope. They are set before redaction, because a
/// partition key is the producer's own text.
pub(super) fn describe<'a>(
    event: &'a Event<'_>,
    record: &'a Record<'_>,
    ordinal: u32,
    mut document: Document<'a>,
) -> Document<'a> {
    document.arrival = record.arrival;
    let fields = &mut document.fields;
    if let Some(arrival) = record.arrival {
        fields.set(Field::EventCreated, timestamp::to_rfc3339(arrival));
    }
    // A log event of CloudWatch has an id of its own.
    if !fields.contains(Field::EventId)
        && let Some(id) = event_id(record, ordinal)
    {
        fields.set(Field::EventId, id);
    }
    let mut set = |field: Field, value: &'a Option<Cow<'_, str>>| {
        if let Some(value) = value {
            fields.set(field, value.as_ref());
        }
    };
    set(Field::AwsFirehoseArn, &event.delivery_stream_arn);
    if let Some(kinesis) = &record.kinesis {
        set(Field::AwsKinesisStreamArn, &event.source_kinesis_stream_arn);
        set(Field::AwsKinesisShardId, &kinesis.shard_id);
        set(Field::AwsKinesisPartitionKey, &kinesis.partition_key);
        set(Field::AwsKinesisSequenceNumber, &kinesis.sequence_number);
    }
    document
}

/// An id that is the same whenever the same record is tried again: its number in the Kinesis
/// stream, else a hash of its record id, and the document's place in the record. Never a hash of
/// the content, which would merge lines that were truly logged twice.
fn event_id(record: &Record<'_>, ordinal: u32) -> Option<String> {
    if let Some(KinesisMetadata { sequence_number: Some(number), subsequence_number, .. }) =
        &record.kinesis
    {
        let mut id = number.to_string();
        if let Some(subsequence) = subsequence_number {
            id += "-";
            id += subsequence;
        }
        if ordinal > 0 {
            id.push('+');
            id += &ordinal.to_string();
        }
        return Some(id);
    }
    let id = record.id.as_deref()?;
    let mut hashed = Vec::with_capacity(id.len() + 4);
    hashed.extend_from_slice(id.as_bytes());
    hashed.extend_from_slice(&ordinal.to_be_bytes());
    Some(hexadecimal(xxh3_128(&hashed)))
}

/// 32 digits, without the formatting machinery, which takes longer than the hash.
fn hexadecimal(number: u128) -> String {
    let digit = |nibble: u8| if nibble < 10 { b'0' + nibble } else { b'a' + nibble - 10 };
    let digits = number.to_be_bytes().map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    // Digits are ASCII.
    std::str::from_utf8(digits.as_flattened()).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_do_not_change_between_versions() {
        // Documents are overwritten by id when a record is replayed, also by a later version.
        let record = Record {
            id: Some("49546986683135544286507457936321625675700192471156785154".into()),
            ..Record::default()
        };
        assert_eq!(event_id(&record, 0).unwrap(), "160c670be68d7f91b174addb8d094e7e");
    }

    #[test]
    fn a_kinesis_record_is_known_by_its_number() {
        let record = |subsequence: Option<&'static str>| Record {
            id: Some("ignored".into()),
            kinesis: Some(KinesisMetadata {
                sequence_number: Some("4954".into()),
                subsequence_number: subsequence.map(Into::into),
                ..KinesisMetadata::default()
            }),
            ..Record::default()
        };
        assert_eq!(event_id(&record(None), 0).unwrap(), "4954");
        assert_eq!(event_id(&record(Some("2")), 0).unwrap(), "4954-2");
        assert_eq!(event_id(&record(Some("2")), 1).unwrap(), "4954-2+1");
    }

    #[test]
    fn ids_differ_by_record() {
        let id =
            |id: &'static str| event_id(&Record { id: Some(id.into()), ..Record::default() }, 0);
        assert_ne!(id("a"), id("b"));
        assert_eq!(event_id(&Record::default(), 0), None);
    }
}
