//! slog with slog-json, by its defaults and with the place in the source.

mod shop;

use std::sync::Mutex;

use slog::{Drain, FnValue, Logger, PushFnValue, Record, crit, debug, error, info, o, warn};

fn main() {
    let places = std::env::args().nth(1).as_deref() == Some("places");
    let mut json = slog_json::Json::new(std::io::stdout()).add_default_keys();
    if places {
        json = json.add_key_value(o!(
            "file" => FnValue(|record: &Record| record.file()),
            "line" => FnValue(|record: &Record| record.line()),
            "module" => PushFnValue(|record: &Record, serializer| serializer.emit(record.module())),
        ));
    }
    let drain = Mutex::new(json.build()).fuse();
    checkout(&Logger::root(drain, o!("logger" => "shop.checkout")));
}

fn checkout(log: &Logger) {
    debug!(log, "cache miss"; "key" => "user:42");
    info!(log, "order placed"; "order_id" => 4711, "amount" => 99.5, "customer" => "acme", "express" => true);
    warn!(log, "retrying payment"; "attempt" => 2);
    if let Err(error) = shop::pay() {
        error!(log, "payment failed"; "error" => #%error);
    }
    crit!(log, "out of disk");
    info!(log, "größe 10 µm “ok”\nsecond line");
}
