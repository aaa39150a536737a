//! The operations that make, show, change and delete streams.

use serde_json::{Value, json};

use super::Service;
use super::destination::{self, DESTINATION_ID};
use super::error::ApiError;
use super::request::{read, required, stream_name, text};
use crate::serve::streams::NotMade;

impl Service {
    pub(super) fn create_delivery_stream(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: Value = read(body)?;
        let name = stream_name(text(&request, "DeliveryStreamName")?)?;
        if text(&request, "DeliveryStreamType")?.unwrap_or("DirectPut") != "DirectPut" {
            return Err(ApiError::invalid_argument("nozzle serve takes direct puts alone."));
        }
        let settings = destination::of_creation(&request, &self.settings)?;
        self.streams.create(name, settings).map_err(|fault| match fault {
            NotMade::Exists => ApiError::in_use(format!("Firehose {name} already exists.")),
            NotMade::TooMany => ApiError::limit_exceeded("You have too many Firehose streams."),
        })?;
        Ok(json!({"DeliveryStreamARN": self.place.stream_arn(name)}))
    }

    pub(super) fn describe_delivery_stream(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: Value = read(body)?;
        let stream = self.stream(stream_name(text(&request, "DeliveryStreamName")?)?)?;
        let configured = stream.configured();
        let destination =
            destination::describe(&configured.settings, self.is_opensearch, &self.place);
        Ok(json!({"DeliveryStreamDescription": {
            "DeliveryStreamName": stream.name,
            "DeliveryStreamARN": self.place.stream_arn(&stream.name),
            "DeliveryStreamStatus": "ACTIVE",
            "DeliveryStreamType": "DirectPut",
            "VersionId": configured.version.to_string(),
            "CreateTimestamp": stream.created.as_duration().as_secs_f64(),
            "Destinations": [destination],
            "HasMoreDestinations": false,
        }}))
    }

    pub(super) fn list_delivery_streams(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: Value = read(body)?;
        let limit = match request.get("Limit") {
            None | Some(Value::Null) => 10,
            Some(limit) => limit.as_u64().ok_or_else(ApiError::serialization)?,
        };
        if !(1..=10_000).contains(&limit) {
            return Err(ApiError::validation(
                "Value at 'limit' failed to satisfy constraint: Member must have value from 1 to 10000",
            ));
        }
        let start = text(&request, "ExclusiveStartDeliveryStreamName")?.unwrap_or_default();
        let kind = text(&request, "DeliveryStreamType")?.unwrap_or("DirectPut");
        let names = self.streams.names().into_iter();
        let mut names: Vec<String> =
            names.filter(|name| kind == "DirectPut" && name.as_str() > start).collect();
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let has_more = names.len() > limit;
        names.truncate(limit);
        Ok(json!({"DeliveryStreamNames": names, "HasMoreDeliveryStreams": has_more}))
    }

    pub(super) fn update_destination(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: Value = read(body)?;
        let name = stream_name(text(&request, "DeliveryStreamName")?)?;
        let version = text(&request, "CurrentDeliveryStreamVersionId")?;
        let version = required(version, "currentDeliveryStreamVersionId")?;
        let id = required(text(&request, "DestinationId")?, "destinationId")?;
        let stream = self.stream(name)?;
        if id != DESTINATION_ID {
            return Err(ApiError::invalid_argument(format!("Destination Id {id} not found")));
        }
        let settings = destination::of_update(&request, &stream.configured().settings)?;
        let is_current = version.parse().is_ok_and(|version| stream.configure(version, settings));
        if !is_current {
            return Err(ApiError::concurrent_modification(
                "The stream was updated since: describe it for its current version.",
            ));
        }
        Ok(json!({}))
    }

    pub(super) fn delete_delivery_stream(&self, body: &[u8]) -> Result<Value, ApiError> {
        let request: Value = read(body)?;
        let name = stream_name(text(&request, "DeliveryStreamName")?)?;
        self.stream(name)?;
        self.streams.delete(name);
        Ok(json!({}))
    }
}
