//! The members of a request, checked as Firehose checks them.

use serde::Deserialize;
use serde_json::Value;

use super::error::ApiError;
use crate::serve::arguments::is_stream_name;

/// Reads a request.
///
/// # Errors
/// `SerializationException` when it is no JSON, or a member is of another type.
pub(super) fn read<'b, T: Deserialize<'b>>(body: &'b [u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|_| ApiError::serialization())
}

/// A member that must be there.
pub(super) fn required<T>(member: Option<T>, name: &str) -> Result<T, ApiError> {
    member.ok_or_else(|| {
        ApiError::validation(&format!(
            "Value null at '{name}' failed to satisfy constraint: Member must not be null"
        ))
    })
}

/// The name of a stream.
pub(super) fn stream_name<N: AsRef<str>>(name: Option<N>) -> Result<N, ApiError> {
    let name = required(name, "deliveryStreamName")?;
    if is_stream_name(name.as_ref()) {
        return Ok(name);
    }
    let constraint = match name.as_ref().len() {
        0 => "Member must have length greater than or equal to 1",
        65.. => "Member must have length less than or equal to 64",
        _ => "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+",
    };
    Err(ApiError::validation(&format!(
        "Value at 'deliveryStreamName' failed to satisfy constraint: {constraint}"
    )))
}

/// A text member of a request that is known by names.
pub(super) fn text<'v>(request: &'v Value, name: &str) -> Result<Option<&'v str>, ApiError> {
    match request.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(ApiError::serialization()),
    }
}
