//! Loggers for PHP.

use crate::facts::Fact;
use crate::gaps::{NO_FIELDS, NO_LEVEL, NO_LOGGER, NO_ORIGIN, PLACES_ALONE};
use crate::row::{Row, gap, row};
use crate::scenario::Log;

pub(crate) const ROWS: &[Row] = &[
    row("php/monolog-json/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE),
    row("php/monolog-json-introspection/2.9.1").but(PLACES_ALONE).more_labels(&["uid"]),
    row("php/monolog-logstash/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE).more_labels(&["type"]),
    row("php/monolog-google-cloud/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE),
    row("php/monolog-logmatic/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE).more_labels(&["marker"]),
    // Text.
    row("php/monolog-line/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE).but(&[
        gap(Fact::Message, &[Log::PaymentFailed], "the exception's text stays where it is found"),
        gap(Fact::Message, &[Log::TwoLines], "its line break is written as a blank"),
    ]),
    row("php/monolog-line-stacktraces/2.9.1").but(NO_ORIGIN).but(&[gap(
        Fact::Message,
        &[Log::TwoLines],
        "the blanks in place of its context stay",
    )]),
    row("php/error-log/8.2.36").but(NO_ORIGIN).but(NO_LOGGER).but(NO_LEVEL).but(NO_FIELDS),
];
