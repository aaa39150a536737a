//! What every program logs, and what its documents must therefore say.

use serde_json::{Value, json};

/// One log of the scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Log {
    CacheMiss,
    OrderPlaced,
    RetryingPayment,
    PaymentFailed,
    OutOfDisk,
    TwoLines,
}

/// All of them, in the order in which they are logged.
pub(crate) const EVERY_LOG: &[Log] = &[
    Log::CacheMiss,
    Log::OrderPlaced,
    Log::RetryingPayment,
    Log::PaymentFailed,
    Log::OutOfDisk,
    Log::TwoLines,
];

/// The logger in whose name they are logged.
pub(crate) const LOGGER: &str = "shop.checkout";
/// The function in which they are logged.
pub(crate) const FUNCTION: &str = "checkout";
/// How the failed payment's type ends.
pub(crate) const ERROR_TYPE: &str = "PaymentError";
/// What the failed payment says.
pub(crate) const ERROR_MESSAGE: &str = "card declined";
/// Who throws it, and who called that.
pub(crate) const FRAMES: [&str; 2] = ["charge", "pay"];
/// What its cause says.
pub(crate) const CAUSE_MESSAGE: &str = "gateway unreachable";

impl Log {
    pub(crate) fn message(self) -> &'static str {
        match self {
            Self::CacheMiss => "cache miss",
            Self::OrderPlaced => "order placed",
            Self::RetryingPayment => "retrying payment",
            Self::PaymentFailed => "payment failed",
            Self::OutOfDisk => "out of disk",
            Self::TwoLines => "größe 10 µm “ok”\nsecond line",
        }
    }

    /// The first line of the message without what a language may escape in its source.
    pub(crate) fn words(self) -> &'static str {
        if self == Self::TwoLines { "10 µm" } else { self.message() }
    }

    pub(crate) fn level(self) -> &'static str {
        match self {
            Self::CacheMiss => "debug",
            Self::OrderPlaced | Self::TwoLines => "info",
            Self::RetryingPayment => "warn",
            Self::PaymentFailed => "error",
            Self::OutOfDisk => "fatal",
        }
    }

    /// The labels of its flat fields, by their dotted names.
    pub(crate) fn fields(self) -> Vec<(&'static str, Value)> {
        match self {
            Self::CacheMiss => vec![("labels.key", json!("user:42"))],
            Self::OrderPlaced => vec![
                ("numeric_labels.order_id", json!(4711)),
                ("numeric_labels.amount", json!(99.5)),
                ("labels.customer", json!("acme")),
                ("labels.express", json!("true")),
            ],
            Self::RetryingPayment => vec![("numeric_labels.attempt", json!(2))],
            _ => Vec::new(),
        }
    }

    /// The labels of its nested field.
    pub(crate) fn nested(self) -> Vec<(&'static str, Value)> {
        match self {
            Self::RetryingPayment => vec![
                ("labels.gateway_name", json!("stripe")),
                ("numeric_labels.gateway_timeout_ms", json!(1500)),
            ],
            _ => Vec::new(),
        }
    }

    /// Every value that the program hands to its logger, as text.
    pub(crate) fn values(self) -> Vec<String> {
        let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let fields = [self.fields(), self.nested()].concat();
        let mut values: Vec<_> = fields.iter().map(|(_, value)| text(value)).collect();
        values.extend(self.message().lines().map(str::to_owned));
        if self == Self::PaymentFailed {
            values.extend([ERROR_TYPE, ERROR_MESSAGE, CAUSE_MESSAGE].map(str::to_owned));
            values.extend(FRAMES.map(str::to_owned));
        }
        values
    }
}
