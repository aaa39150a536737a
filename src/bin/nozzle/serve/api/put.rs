//! `PutRecord` and `PutRecordBatch`.

use std::borrow::Cow;
use std::sync::Arc;

use base64_simd::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};

use super::Service;
use super::error::ApiError;
use super::request::{read, required, stream_name};
use crate::serve::place::Place;
use crate::serve::streams::Stream;

/// The most records of a batch.
const MOST_RECORDS: usize = 500;
/// The largest record, in bytes before base64.
const LARGEST_RECORD: usize = 1_024_000;
/// The largest batch, in the same bytes.
const LARGEST_BATCH: usize = 4 << 20;

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutRecord<'b> {
    #[serde(borrow)]
    delivery_stream_name: Option<Cow<'b, str>>,
    #[serde(borrow)]
    record: Option<Entry<'b>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct PutRecordBatch<'b> {
    #[serde(borrow)]
    delivery_stream_name: Option<Cow<'b, str>>,
    #[serde(borrow)]
    records: Option<Vec<Entry<'b>>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Entry<'b> {
    #[serde(borrow)]
    data: Option<Cow<'b, str>>,
}

impl Entry<'_> {
    /// The bytes; `place` is where they stand in the request.
    fn decode(&self, place: &str) -> Result<Vec<u8>, ApiError> {
        let data = required(self.data.as_deref(), &format!("{place}.data"))?;
        let data = STANDARD.decode_to_vec(data).map_err(|_| ApiError::serialization())?;
        if data.len() > LARGEST_RECORD {
            return Err(ApiError::validation(&format!(
                "Value at '{place}.data' failed to satisfy constraint: Member must have length less than or equal to {LARGEST_RECORD}"
            )));
        }
        Ok(data)
    }
}

/// What is said of a batch that is too large.
pub(super) fn too_large() -> ApiError {
    ApiError::invalid_argument("Records size exceeds 4 MB limit")
}

impl Service {
    pub(super) fn put_record(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: PutRecord<'_> = read(body)?;
        let name = stream_name(request.delivery_stream_name)?;
        let data = required(request.record, "record")?.decode("record")?;
        let stream = self.stream(&name)?;
        if self.faults.throttles() || self.faults.fails() {
            return Err(ApiError::unavailable());
        }
        let record = self.streams.ids.record(data);
        let id = record.id.clone();
        stream.buffer.put(vec![record]).map_err(|_| ApiError::unavailable())?;
        Ok(json!({"RecordId": id, "Encrypted": false}))
    }

    pub(super) fn put_record_batch(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: PutRecordBatch<'_> = read(body)?;
        let name = stream_name(request.delivery_stream_name)?;
        let entries = required(request.records, "records")?;
        check_count(entries.len())?;
        let data = entries.iter().enumerate();
        let data =
            data.map(|(position, entry)| entry.decode(&format!("records.{}.member", position + 1)));
        let data = data.collect::<Result<Vec<_>, _>>()?;
        if data.iter().map(Vec::len).sum::<usize>() > LARGEST_BATCH {
            return Err(too_large());
        }
        let stream = self.stream(&name)?;
        if self.faults.throttles() {
            return Err(ApiError::unavailable());
        }
        let mut accepted = Vec::new();
        let responses: Vec<Value> = data
            .into_iter()
            .map(|data| {
                if self.faults.fails() {
                    let ApiError { code, message } = ApiError::unavailable();
                    return json!({"ErrorCode": code, "ErrorMessage": message});
                }
                let record = self.streams.ids.record(data);
                let response = json!({"RecordId": record.id});
                accepted.push(record);
                response
            })
            .collect();
        let failed = responses.len() - accepted.len();
        stream.buffer.put(accepted).map_err(|_| ApiError::unavailable())?;
        Ok(json!({"FailedPutCount": failed, "Encrypted": false, "RequestResponses": responses}))
    }

    pub(super) fn stream(&self, name: &str) -> Result<Arc<Stream>, ApiError> {
        self.streams.get(name).ok_or_else(|| ApiError::not_found(Place::not_found(name)))
    }
}

fn check_count(count: usize) -> Result<(), ApiError> {
    let constraint = match count {
        0 => "greater than or equal to 1",
        1..=MOST_RECORDS => return Ok(()),
        _ => "less than or equal to 500",
    };
    Err(ApiError::validation(&format!(
        "Value at 'records' failed to satisfy constraint: Member must have length {constraint}"
    )))
}
