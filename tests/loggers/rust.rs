//! Loggers for Rust.

use crate::row::{Row, row};

pub(crate) const ROWS: &[Row] = &[
    row("rust/env_logger/0.11.12"),
    row("rust/json-subscriber/0.3.1"),
    row("rust/log4rs/1.4.0-json"),
    row("rust/log4rs/1.4.0-pattern"),
    row("rust/slog-json/2.6.1"),
    row("rust/slog-json/2.6.1-places"),
    row("rust/structured-logger/1.0.5"),
    row("rust/tracing-bunyan-formatter/0.3.11"),
    row("rust/tracing-stackdriver/0.10.0"),
    row("rust/tracing-subscriber/0.3.23-flattened"),
    row("rust/tracing-subscriber/0.3.23-json"),
    row("rust/tracing-subscriber/0.3.23-places"),
    row("rust/tracing-subscriber/0.3.23-text"),
];
