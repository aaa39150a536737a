//! structured-logger as its documentation begins.

mod shop;
#[path = "shop.log.rs"]
mod shop_log;

use structured_logger::Builder;
use structured_logger::json::new_writer;

fn main() {
    Builder::with_level("debug").with_target_writer("*", new_writer(std::io::stdout())).init();
    shop_log::checkout();
}
