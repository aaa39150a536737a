//! The answer that Firehose expects, written straight into its final bytes and kept within the
//! limit of a Lambda response.
//!
//! Source: *Required parameters for data transformation*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation-status-model.html>).

use crate::error::{RecordError, RecordResult};
use crate::event::{Event, Record};
use crate::json::write_string;

/// How long the serialised response may be, in bytes. Lambda's own limit is 6 MB (6,291,556 bytes
/// are accepted); the rest is a margin.
pub const RESPONSE_LIMIT: usize = 6_000_000;

/// Dynamic partitioning keys of one record, for destinations in S3.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartitionKeys {
    /// The document's `service.name`.
    pub service: String,
    /// The document's `service.environment`.
    pub environment: String,
    /// The day of its `@timestamp` in UTC, `YYYY-MM-DD`.
    pub day: String,
}

/// Writes the answers one after another. Room for the shortest answer of each record to come is
/// always kept, so that a large document can never cost a later record its answer. Only the
/// shortest answers themselves may exceed the limit, for more records (some 45,000) than fit into
/// an event.
pub struct ResponseWriter<'b> {
    body: &'b mut Vec<u8>,
    reserved: usize,
}

impl<'b> ResponseWriter<'b> {
    /// Starts the response to `event` in `body`, which is cleared.
    pub fn new(body: &'b mut Vec<u8>, event: &Event<'_>) -> Self {
        body.clear();
        body.extend_from_slice(b"{\"records\":[");
        let reserved = event.records.iter().map(longest_empty_answer).sum();
        Self { body, reserved }
    }

    /// Answers `record` with its `document`.
    ///
    /// # Errors
    /// [`RecordError::ResponseFull`] when the document does not fit; the record is then still to
    /// be answered, with [`ResponseWriter::refuse`].
    pub fn deliver(
        &mut self,
        record: &Record<'_>,
        document: &[u8],
        partition_keys: Option<&PartitionKeys>,
    ) -> Result<(), RecordError> {
        let start = self.body.len();
        self.begin(record, RecordResult::Ok);
        base64_simd::STANDARD.encode_append(document, self.body);
        self.body.extend_from_slice(b"\",\"metadata\":{");
        if let Some(keys) = partition_keys {
            self.write_partition_keys(keys);
        }
        self.body.extend_from_slice(b"}}");
        let still_reserved = self.reserved - longest_empty_answer(record);
        if self.body.len() + still_reserved + b"]}".len() > RESPONSE_LIMIT {
            self.body.truncate(start);
            return Err(RecordError::ResponseFull);
        }
        self.reserved = still_reserved;
        Ok(())
    }

    /// Answers `record` without data. Its payload is not repeated: it may hold secrets, and
    /// Firehose backs up the source record, not the answer.
    pub fn refuse(&mut self, record: &Record<'_>, error: RecordError) {
        self.begin(record, error.result());
        self.body.extend_from_slice(b"\",\"metadata\":{}}");
        self.reserved -= longest_empty_answer(record);
    }

    /// Ends the response.
    pub fn finish(self) {
        self.body.extend_from_slice(b"]}");
    }

    /// Writes an answer up to the opening quotation mark of its data. `data` and `metadata` are
    /// always there, as in the answers of AWS's own libraries.
    fn begin(&mut self, record: &Record<'_>, result: RecordResult) {
        if self.body.last() != Some(&b'[') {
            self.body.push(b',');
        }
        self.body.extend_from_slice(b"{\"recordId\":");
        match &record.id {
            Some(id) => write_string(id, self.body),
            None => self.body.extend_from_slice(b"null"),
        }
        self.body.extend_from_slice(b",\"result\":\"");
        self.body.extend_from_slice(result.as_str().as_bytes());
        self.body.extend_from_slice(b"\",\"data\":\"");
    }

    fn write_partition_keys(&mut self, keys: &PartitionKeys) {
        self.body.extend_from_slice(b"\"partitionKeys\":{\"service\":");
        write_string(&keys.service, self.body);
        self.body.extend_from_slice(b",\"environment\":");
        write_string(&keys.environment, self.body);
        self.body.extend_from_slice(b",\"day\":");
        write_string(&keys.day, self.body);
        self.body.push(b'}');
    }
}

/// The most bytes that an answer without data can take.
fn longest_empty_answer(record: &Record<'_>) -> usize {
    const AROUND_THE_ID: &str =
        r#",{"recordId":"","result":"ProcessingFailed","data":"","metadata":{}}"#;
    // A byte of an id is at most six when escaped (`\u0001`); Firehose's ids need no escapes.
    let may_grow = |byte: &u8| !(0x20..0x7f).contains(byte) || matches!(byte, b'"' | b'\\');
    let id_length = record.id.as_ref().map_or("null".len(), |id| {
        id.len() + 5 * id.as_bytes().iter().filter(|byte| may_grow(byte)).count()
    });
    AROUND_THE_ID.len() + id_length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event_with(ids: &[&'static str]) -> Event<'static> {
        let records =
            ids.iter().map(|id| Record { id: Some((*id).into()), ..Record::default() }).collect();
        Event { records, ..Event::default() }
    }

    #[test]
    fn answers_in_the_form_that_firehose_demands() {
        let event = event_with(&["a", "b\"\u{1}", "c"]);
        let mut body = b"left over".to_vec();
        let mut response = ResponseWriter::new(&mut body, &event);
        let keys = PartitionKeys {
            service: "s".into(),
            environment: "e".into(),
            day: "2020-05-11".into(),
        };
        response.deliver(&event.records[0], b"{}", Some(&keys)).unwrap();
        response.refuse(&event.records[1], RecordError::InvalidBase64);
        response.refuse(&event.records[2], RecordError::Empty);
        response.finish();
        let expected = serde_json::json!({"records": [
            {"recordId": "a", "result": "Ok", "data": "e30=", "metadata": {"partitionKeys":
                {"service": "s", "environment": "e", "day": "2020-05-11"}}},
            {"recordId": "b\"\u{1}", "result": "ProcessingFailed", "data": "", "metadata": {}},
            {"recordId": "c", "result": "Dropped", "data": "", "metadata": {}},
        ]});
        assert_eq!(serde_json::from_slice::<serde_json::Value>(&body).unwrap(), expected);
    }

    #[test]
    fn fills_the_limit_to_the_byte_and_keeps_room_for_the_rest() {
        let event = event_with(&["first", "second"]);
        let around = r#"{"records":[{"recordId":"first","result":"Ok","data":"","metadata":{}}"#
            .len()
            + r#",{"recordId":"second","result":"ProcessingFailed","data":"","metadata":{}}]}"#
                .len();
        let room = (RESPONSE_LIMIT - around) / 4 * 3;
        let mut body = Vec::new();
        for (length, fits) in [(room, true), (room + 1, false)] {
            let mut response = ResponseWriter::new(&mut body, &event);
            let delivered = response.deliver(&event.records[0], &vec![b'x'; length], None);
            assert_eq!(delivered.is_ok(), fits, "{length}");
            if let Err(error) = delivered {
                response.refuse(&event.records[0], error);
            }
            response.refuse(&event.records[1], RecordError::NoData);
            response.finish();
            assert!(body.len() <= RESPONSE_LIMIT, "{}", body.len());
            serde_json::from_slice::<serde_json::Value>(&body).unwrap();
        }
    }
}
