//! Loggers for Ruby.

use crate::facts::Fact;
use crate::gaps::{NO_FIELDS, NO_LOGGER, NO_ORIGIN, NO_TIME};
use crate::row::{Row, gap, row};
use crate::scenario::Log;

pub(crate) const ROWS: &[Row] = &[
    row("ruby/logger-json/3.1.7").but(NO_ORIGIN),
    row("ruby/logging-json/2.2.2").but(NO_FIELDS).but(&[gap(
        Fact::Message,
        &[Log::PaymentFailed],
        "an error is logged in place of a message",
    )]),
    // Text.
    row("ruby/logger/3.1.7").but(NO_ORIGIN).but(NO_FIELDS),
    row("ruby/rails/6.1.7").but(NO_ORIGIN).but(NO_LOGGER).but(NO_FIELDS),
    row("ruby/mixlib-log/3.0.8").but(NO_ORIGIN).but(NO_LOGGER).but(NO_FIELDS),
    row("ruby/log4r/1.1.10").but(NO_ORIGIN).but(NO_FIELDS).but(NO_TIME),
    row("ruby/logging/2.2.2").but(NO_ORIGIN).but(NO_FIELDS),
];
