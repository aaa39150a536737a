//! tracing in the format of Google Cloud.

mod shop;
#[path = "shop.tracing.rs"]
mod shop_tracing;

use tracing_subscriber::layer::SubscriberExt;

fn main() {
    let registry = tracing_subscriber::registry().with(tracing_stackdriver::layer());
    tracing::subscriber::set_global_default(registry).unwrap();
    tracing::info_span!("request", cart = 17).in_scope(shop_tracing::checkout);
}
