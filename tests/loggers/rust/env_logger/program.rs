//! env_logger where there is no terminal.

mod shop;
#[path = "shop.log.rs"]
mod shop_log;

fn main() {
    env_logger::Builder::new()
        .filter_level(log::LevelFilter::Debug)
        .target(env_logger::Target::Stdout)
        .init();
    shop_log::checkout();
}
