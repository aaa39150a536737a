//! The configuration of a destination, as far as a local stream has it.

use std::time::Duration;

use serde_json::{Value, json};

use super::error::ApiError;
use super::request::text;
use crate::serve::arguments::{MEGABYTE, bytes, is_buffer_size, is_index_name};
use crate::serve::place::Place;
use crate::serve::rotation::Period;
use crate::serve::settings::StreamSettings;

/// The id of a stream's only destination.
pub(super) const DESTINATION_ID: &str = "destinationId-000000000001";
/// The destinations for which the server's own may stand.
const KNOWN: [&str; 4] = ["Amazonopensearchservice", "Elasticsearch", "ExtendedS3", "S3"];
/// The longest buffer interval, in seconds.
const LONGEST_INTERVAL: u64 = 900;

/// The settings of a stream that is to be made. Without a destination it has the server's own, and
/// its function; with one it has a function only if the destination has.
pub(super) fn of_creation(
    request: &Value,
    own: &StreamSettings,
) -> Result<StreamSettings, ApiError> {
    match find(request, "DestinationConfiguration")? {
        Some(said) => read(said, &StreamSettings { transforms: false, ..own.clone() }),
        None => Ok(own.clone()),
    }
}

/// The settings of a stream that is to be changed: what is not told stays.
pub(super) fn of_update(
    request: &Value,
    current: &StreamSettings,
) -> Result<StreamSettings, ApiError> {
    let said = find(request, "DestinationUpdate")?;
    let said =
        said.ok_or_else(|| ApiError::invalid_argument("No destination update was given."))?;
    read(said, current)
}

/// The destination in a request, whose name ends so.
fn find<'r>(request: &'r Value, ending: &str) -> Result<Option<&'r Value>, ApiError> {
    let members = request.as_object().into_iter().flatten();
    let mut said = members.filter_map(|(name, said)| Some((name.strip_suffix(ending)?, said)));
    let Some((kind, destination)) = said.next() else { return Ok(None) };
    if said.next().is_some() {
        return Err(ApiError::invalid_argument("Only one destination may be given."));
    }
    if !KNOWN.contains(&kind) {
        return Err(ApiError::invalid_argument(format!(
            "nozzle serve delivers to a search engine or a folder, not to {kind}."
        )));
    }
    Ok(Some(destination))
}

fn read(said: &Value, current: &StreamSettings) -> Result<StreamSettings, ApiError> {
    let mut settings = current.clone();
    if let Some(index) = text(said, "IndexName")? {
        if !is_index_name(index) {
            return Err(ApiError::invalid_argument("IndexName is no legal index name."));
        }
        index.clone_into(&mut settings.index);
    }
    if let Some(period) = text(said, "IndexRotationPeriod")? {
        settings.rotation = Period::parse(period).ok_or_else(|| {
            ApiError::validation("Value at 'indexRotationPeriod' failed to satisfy constraint: Member must satisfy enum value set: [NoRotation, OneHour, OneDay, OneWeek, OneMonth]")
        })?;
    }
    if let Some(interval) = said.pointer("/BufferingHints/IntervalInSeconds") {
        let seconds = interval.as_u64().filter(|seconds| *seconds <= LONGEST_INTERVAL);
        let seconds = seconds.ok_or_else(|| {
            ApiError::validation("Value at 'bufferingHints.intervalInSeconds' failed to satisfy constraint: Member must have value from 0 to 900")
        })?;
        settings.buffer_interval = Duration::from_secs(seconds);
    }
    if let Some(processing) = said.get("ProcessingConfiguration") {
        let is_enabled = processing.get("Enabled").and_then(Value::as_bool);
        settings.transforms = is_enabled.unwrap_or(false);
        if let Some(size) = processor_parameter(processing, "BufferSizeInMBs") {
            let size = size.parse().ok().filter(|size| is_buffer_size(*size));
            settings.buffer_size = size.map(bytes).ok_or_else(|| {
                ApiError::invalid_argument("BufferSizeInMBs of a function is from 0.2 to 3.")
            })?;
        }
    }
    Ok(settings)
}

/// A parameter of any processor.
fn processor_parameter<'p>(processing: &'p Value, name: &str) -> Option<&'p str> {
    let processors = processing.get("Processors")?.as_array()?.iter();
    let parameters = processors.filter_map(|processor| processor.get("Parameters")?.as_array());
    let mut parameters = parameters.flatten();
    let parameter = parameters
        .find(|parameter| parameter.get("ParameterName").and_then(Value::as_str) == Some(name))?;
    parameter.get("ParameterValue")?.as_str()
}

/// The destination of a stream as `DescribeDeliveryStream` shows it.
pub(super) fn describe(settings: &StreamSettings, is_opensearch: bool, place: &Place) -> Value {
    #[allow(clippy::cast_precision_loss)]
    let megabytes = settings.buffer_size as f64 / MEGABYTE;
    let processors = if settings.transforms {
        json!([{"Type": "Lambda", "Parameters": [
            {"ParameterName": "LambdaArn", "ParameterValue": place.function_arn()},
            {"ParameterName": "NumberOfRetries", "ParameterValue": "3"},
            {"ParameterName": "BufferSizeInMBs", "ParameterValue": format!("{megabytes:.2}")},
        ]}])
    } else {
        json!([])
    };
    let processing = json!({"Enabled": settings.transforms, "Processors": processors});
    let interval = settings.buffer_interval.as_secs();
    if is_opensearch {
        json!({"DestinationId": DESTINATION_ID, "AmazonopensearchserviceDestinationDescription": {
            "IndexName": settings.index,
            "IndexRotationPeriod": settings.rotation.name(),
            "BufferingHints": {"IntervalInSeconds": interval},
            "S3BackupMode": "FailedDocumentsOnly",
            "ProcessingConfiguration": processing,
        }})
    } else {
        json!({"DestinationId": DESTINATION_ID, "ExtendedS3DestinationDescription": {
            "BucketARN": "arn:aws:s3:::nozzle-data",
            "BufferingHints": {"IntervalInSeconds": interval},
            "ProcessingConfiguration": processing,
        }})
    }
}
