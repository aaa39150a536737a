//! The event with which Firehose calls a function.

use std::io::Write;

use base64_simd::STANDARD;

use crate::serve::place::Place;
use crate::serve::record::{Record, uuid};

/// What a record takes in an event besides its id and data: names, quotes, a time of 13 digits.
const FRAME: usize =
    r#"{"recordId":"","approximateArrivalTimestamp":1589201090000,"data":""},"#.len();

/// How many bytes of an event a record takes.
pub(in crate::serve) fn length_in_event(record: &Record) -> usize {
    FRAME + record.id.len() + STANDARD.encoded_length(record.data.len())
}

/// The event of these records.
pub(super) fn write_event(records: &[Record], place: &Place, stream: &str) -> Vec<u8> {
    let (region, arn, invocation) = (&place.region, place.stream_arn(stream), uuid());
    let length: usize = records.iter().map(length_in_event).sum();
    let mut event = Vec::with_capacity(length + 256);
    // Writing to a vector cannot fail. Names and ids hold nothing that JSON escapes.
    let _ = write!(
        event,
        r#"{{"invocationId":"{invocation}","deliveryStreamArn":"{arn}","region":"{region}","records":["#
    );
    for (position, record) in records.iter().enumerate() {
        if position > 0 {
            event.push(b',');
        }
        let (id, arrived) = (&record.id, record.arrived.as_millisecond());
        let _ = write!(
            event,
            r#"{{"recordId":"{id}","approximateArrivalTimestamp":{arrived},"data":""#
        );
        STANDARD.encode_append(&record.data, &mut event);
        event.extend_from_slice(br#""}"#);
    }
    event.extend_from_slice(b"]}");
    event
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::serve::record::RecordIds;

    #[test]
    fn the_event_is_one_that_aws_sends() {
        let ids = RecordIds::new();
        let records =
            [ids.record(b"{\"a\": 1}".to_vec()), ids.record(vec![0xff, 0]), ids.record(vec![])];
        let event = write_event(&records, &Place::for_tests(), "logs");
        let read: aws_lambda_events::firehose::KinesisFirehoseEvent =
            serde_json::from_slice(&event).unwrap();
        assert_eq!(read.invocation_id.unwrap().len(), 36);
        assert_eq!(
            read.delivery_stream_arn.unwrap(),
            "arn:aws:firehose:eu-west-1:000000000000:deliverystream/logs"
        );
        assert_eq!(read.region.unwrap(), "eu-west-1");
        assert_eq!(read.records.len(), 3);
        for (theirs, ours) in read.records.iter().zip(&records) {
            assert_eq!(theirs.record_id.as_ref().unwrap(), &ours.id);
            assert_eq!(theirs.data.0, ours.data);
        }
        // The oracle is off by a millisecond at times.
        let read: serde_json::Value = serde_json::from_slice(&event).unwrap();
        for (position, ours) in records.iter().enumerate() {
            let theirs = &read["records"][position]["approximateArrivalTimestamp"];
            assert_eq!(theirs.as_i64(), Some(ours.arrived.as_millisecond()));
        }
        let head = event.iter().position(|byte| *byte == b'[').unwrap() + 1;
        let lengths: usize = records.iter().map(length_in_event).sum();
        assert_eq!(event.len(), head + lengths - 1 + 2, "each record but the last has a comma");
    }
}
