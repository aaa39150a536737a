//! Refusals, with Firehose's own names and words.

use axum::http::StatusCode;
use serde_json::json;

/// Why a request was refused. It never holds anything of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ApiError {
    /// Its name, by which SDKs know it.
    pub code: &'static str,
    /// What it means.
    pub message: String,
}

impl ApiError {
    fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self { code, message: message.into() }
    }

    /// A member of the request is out of bounds: `what` names it and the constraint.
    pub(super) fn validation(what: &str) -> Self {
        Self::new("ValidationException", format!("1 validation error detected: {what}"))
    }

    pub(super) fn invalid_argument(message: impl Into<String>) -> Self {
        Self::new("InvalidArgumentException", message)
    }

    pub(super) fn not_found(message: impl Into<String>) -> Self {
        Self::new("ResourceNotFoundException", message)
    }

    pub(super) fn in_use(message: impl Into<String>) -> Self {
        Self::new("ResourceInUseException", message)
    }

    pub(super) fn limit_exceeded(message: impl Into<String>) -> Self {
        Self::new("LimitExceededException", message)
    }

    pub(super) fn concurrent_modification(message: impl Into<String>) -> Self {
        Self::new("ConcurrentModificationException", message)
    }

    /// What a producer is told that is too quick, or unlucky.
    pub(super) fn unavailable() -> Self {
        Self::new("ServiceUnavailableException", "Slow down.")
    }

    pub(super) fn unknown_operation() -> Self {
        Self::new("UnknownOperationException", "")
    }

    /// A page in a browser can have its own name point to this machine, and would put records; no
    /// SDK says where it comes from.
    pub(super) fn of_a_page() -> Self {
        Self::new(
            "AccessDeniedException",
            "Requests with the header Origin, as browsers send them, are refused.",
        )
    }

    pub(super) fn serialization() -> Self {
        Self::new("SerializationException", "")
    }

    /// The status: Firehose answers 500 where it is unavailable, and 400 to all that the client
    /// could have known.
    pub(super) fn status(&self) -> StatusCode {
        match self.code {
            "ServiceUnavailableException" => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        }
    }

    pub(super) fn body(&self) -> String {
        json!({"__type": self.code, "message": self.message}).to_string()
    }
}
