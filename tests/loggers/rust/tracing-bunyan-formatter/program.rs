//! tracing in the format of bunyan.

mod shop;
#[path = "shop.tracing.rs"]
mod shop_tracing;

use tracing_bunyan_formatter::{BunyanFormattingLayer, JsonStorageLayer};
use tracing_subscriber::layer::SubscriberExt;

fn main() {
    let layer = BunyanFormattingLayer::new("shop".to_owned(), std::io::stdout);
    let registry = tracing_subscriber::registry().with(JsonStorageLayer).with(layer);
    tracing::subscriber::set_global_default(registry).unwrap();
    shop_tracing::checkout();
}
