//! tracing-subscriber as JSON, as it is and flattened with places and threads, and as text.

mod shop;
#[path = "shop.tracing.rs"]
mod shop_tracing;

use tracing_subscriber::fmt;

fn main() {
    let builder = fmt().with_max_level(tracing::Level::DEBUG);
    match std::env::args().nth(1).as_deref() {
        Some("json") => builder.json().init(),
        Some("flattened") => builder
            .json()
            .flatten_event(true)
            .with_current_span(true)
            .with_span_list(true)
            .with_file(true)
            .with_line_number(true)
            .with_thread_ids(true)
            .with_thread_names(true)
            .init(),
        Some("places") => builder
            .with_ansi(false)
            .with_file(true)
            .with_line_number(true)
            .with_thread_ids(true)
            .with_thread_names(true)
            .init(),
        _ => builder.with_ansi(false).init(),
    }
    tracing::info_span!("request", cart = 17, user = "bob").in_scope(shop_tracing::checkout);
}
