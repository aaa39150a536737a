//! The API of Amazon Data Firehose over HTTP, in the protocol AWS JSON 1.1.
//!
//! Sources: *Amazon Data Firehose API Reference*
//! (<https://docs.aws.amazon.com/firehose/latest/APIReference/>), *AWS JSON 1.1 protocol*
//! (<https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>).

mod administration;
mod body;
mod destination;
mod error;
mod put;
mod request;

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{CONTENT_TYPE, ORIGIN};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::Value;

use super::faults::Faults;
use super::place::Place;
use super::record::uuid;
use super::settings::StreamSettings;
use super::streams::Streams;

use body::{BodyFault, read_body};
use error::ApiError;

const JSON: &str = "application/x-amz-json-1.1";
/// What stands before the name of an operation.
const TARGET: &str = "Firehose_20150804.";

/// What answers requests.
pub(super) struct Service {
    /// All streams.
    pub streams: Arc<Streams>,
    /// What a stream does that is not told otherwise.
    pub settings: StreamSettings,
    /// What goes wrong on purpose.
    pub faults: Faults,
    /// Where the streams are.
    pub place: Place,
    /// Whether documents go to a search engine.
    pub is_opensearch: bool,
}

/// Where requests come in: `POST /`, and nothing else.
pub(super) fn routes(service: Service) -> Router {
    Router::new().route("/", post(answer)).with_state(Arc::new(service))
}

async fn answer(State(service): State<Arc<Service>>, headers: HeaderMap, body: Body) -> Response {
    let body = read_body(body).await;
    service.faults.wait().await;
    let target = headers.get("x-amz-target").and_then(|target| target.to_str().ok());
    let answer = match body {
        Ok(_) if headers.contains_key(ORIGIN) => Err(ApiError::of_a_page()),
        Ok(body) => service.answer(target.unwrap_or_default(), &body),
        Err(BodyFault::TooLong) => Err(put::too_large()),
        Err(BodyFault::Cut) => Err(ApiError::serialization()),
    };
    let (status, body) = match answer {
        Ok(body) => (StatusCode::OK, body.to_string()),
        Err(error) => (error.status(), error.body()),
    };
    let id = HeaderName::from_static("x-amzn-requestid");
    (status, [(CONTENT_TYPE, JSON), (id, &uuid())], body).into_response()
}

impl Service {
    fn answer(&self, target: &str, body: &[u8]) -> Result<Value, ApiError> {
        let operation = target.strip_prefix(TARGET).unwrap_or_default();
        match operation {
            "PutRecord" => self.put_record(body),
            "PutRecordBatch" => self.put_record_batch(body),
            "CreateDeliveryStream" => self.create_delivery_stream(body),
            "DescribeDeliveryStream" => self.describe_delivery_stream(body),
            "ListDeliveryStreams" => self.list_delivery_streams(body),
            "UpdateDestination" => self.update_destination(body),
            "DeleteDeliveryStream" => self.delete_delivery_stream(body),
            _ => Err(ApiError::unknown_operation()),
        }
    }
}
