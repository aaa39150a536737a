//! What is logged through the crate log, with its key-value pairs.

use log::{debug, error, info, warn};

use crate::shop;

pub fn checkout() {
    debug!(target: "shop.checkout", key = "user:42"; "cache miss");
    info!(target: "shop.checkout", order_id = 4711, amount = 99.5, customer = "acme", express = true; "order placed");
    warn!(target: "shop.checkout", attempt = 2; "retrying payment");
    if let Err(error) = shop::pay() {
        error!(target: "shop.checkout", error:err = error; "payment failed");
    }
    info!(target: "shop.checkout", "größe 10 µm “ok”\nsecond line");
}
