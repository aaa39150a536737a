//! What is logged through tracing.

use tracing::{debug, error, info, warn};

use crate::shop;

pub fn checkout() {
    debug!(target: "shop.checkout", key = "user:42", "cache miss");
    info!(target: "shop.checkout", order_id = 4711, amount = 99.5, customer = "acme", express = true, "order placed");
    warn!(target: "shop.checkout", attempt = 2, gateway.name = "stripe", gateway.timeout_ms = 1500, "retrying payment");
    if let Err(error) = shop::pay() {
        error!(target: "shop.checkout", error = &error as &dyn std::error::Error, "payment failed");
    }
    info!(target: "shop.checkout", "größe 10 µm “ok”\nsecond line");
}
