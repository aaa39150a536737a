//! Loggers for Rust.

use crate::facts::Fact;
use crate::gaps::{
    ERROR_IN_MESSAGE, FIELDS_IN_MESSAGE, NO_FATAL, NO_FIELDS, NO_ORIGIN, RUST_ERROR, RUST_TEXT,
};
use crate::row::{Row, gap, row};
use crate::scenario::Log;

pub(crate) const ROWS: &[Row] = &[
    row("rust/env_logger/0.11.12")
        .but(&[gap(Fact::Message, &[Log::TwoLines], "further lines are indented")])
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(RUST_TEXT)
        .but(NO_ORIGIN),
    row("rust/json-subscriber/0.3.1")
        .omits(NO_FATAL)
        .but(RUST_ERROR)
        .but(NO_ORIGIN)
        .more_labels(&["span_cart", "span_name"]),
    row("rust/log4rs/1.4.0-json")
        .omits(NO_FATAL)
        .but(RUST_TEXT)
        .but(NO_FIELDS)
        .more_labels(&["module_path"]),
    row("rust/log4rs/1.4.0-pattern").omits(NO_FATAL).but(RUST_TEXT).but(NO_FIELDS).but(NO_ORIGIN),
    row("rust/slog-json/2.6.1").but(RUST_ERROR).but(NO_ORIGIN).but(&[gap(
        Fact::Nested,
        &[Log::RetryingPayment],
        "the program logs flat values alone",
    )]),
    row("rust/slog-json/2.6.1-places")
        .but(RUST_ERROR)
        .but(&[gap(Fact::Nested, &[Log::RetryingPayment], "the program logs flat values alone")])
        .more_labels(&["module"]),
    row("rust/structured-logger/1.0.5")
        .omits(NO_FATAL)
        .but(RUST_ERROR)
        .but(&[
            gap(
                Fact::Origin,
                &[Log::CacheMiss, Log::OrderPlaced, Log::TwoLines],
                "states it from warnings upward",
            ),
            gap(Fact::Nested, &[Log::RetryingPayment], "the program logs flat values alone"),
        ])
        .more_labels(&["module"]),
    row("rust/tracing-bunyan-formatter/0.3.11")
        .omits(NO_FATAL)
        .but(RUST_ERROR)
        .more_labels(&["name"]),
    row("rust/tracing-stackdriver/0.10.0")
        .omits(NO_FATAL)
        .but(RUST_ERROR)
        .but(&[
            gap(
                Fact::Fields,
                &[Log::OrderPlaced],
                "renames the fields, and writes fractions as texts",
            ),
            gap(Fact::Nested, &[Log::RetryingPayment], "renames the fields"),
        ])
        .more_labels(&[
            "amount",
            "gatewayName",
            "gatewayTimeoutMs",
            "orderId",
            "span_cart",
            "span_name",
        ]),
    row("rust/tracing-subscriber/0.3.23-flattened").omits(NO_FATAL).but(RUST_ERROR).more_labels(&[
        "span_cart",
        "span_name",
        "span_user",
    ]),
    row("rust/tracing-subscriber/0.3.23-json")
        .omits(NO_FATAL)
        .but(RUST_ERROR)
        .but(NO_ORIGIN)
        .more_labels(&["span_cart", "span_name", "span_user"]),
    row("rust/tracing-subscriber/0.3.23-places")
        .more_labels(&["spans"])
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(RUST_TEXT),
    row("rust/tracing-subscriber/0.3.23-text")
        .more_labels(&["spans"])
        .but(FIELDS_IN_MESSAGE)
        .but(ERROR_IN_MESSAGE)
        .omits(NO_FATAL)
        .but(RUST_TEXT)
        .but(NO_ORIGIN),
];
