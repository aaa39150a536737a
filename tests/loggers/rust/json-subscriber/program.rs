//! json-subscriber as it is.

mod shop;
#[path = "shop.tracing.rs"]
mod shop_tracing;

fn main() {
    json_subscriber::fmt().with_max_level(tracing::Level::DEBUG).init();
    tracing::info_span!("request", cart = 17).in_scope(shop_tracing::checkout);
}
