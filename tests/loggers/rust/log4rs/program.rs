//! log4rs with its JsonEncoder, and with its default pattern.

mod shop;
#[path = "shop.log.rs"]
mod shop_log;

use log4rs::append::console::ConsoleAppender;
use log4rs::config::{Appender, Config, Root};
use log4rs::encode::Encode;
use log4rs::encode::json::JsonEncoder;
use log4rs::encode::pattern::PatternEncoder;

fn main() {
    let encoder: Box<dyn Encode> = match std::env::args().nth(1).as_deref() {
        Some("json") => Box::new(JsonEncoder::new()),
        _ => Box::new(PatternEncoder::default()),
    };
    let console = ConsoleAppender::builder().encoder(encoder).build();
    let config = Config::builder()
        .appender(Appender::builder().build("console", Box::new(console)))
        .build(Root::builder().appender("console").build(log::LevelFilter::Debug));
    log4rs::init_config(config.unwrap()).unwrap();
    shop_log::checkout();
}
