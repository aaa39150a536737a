//! Loggers for PHP.

use crate::gaps::{
    FIELDS_UNREAD, LEVEL_UNREAD, LOGGER_UNREAD, NO_FIELDS, NO_LEVEL, NO_LOGGER, NO_ORIGIN,
    PLACES_ALONE, PREFIXED,
};
use crate::row::{Row, row};

pub(crate) const ROWS: &[Row] = &[
    row("php/monolog-json/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE),
    row("php/monolog-json-introspection/2.9.1").but(PLACES_ALONE).more_labels(&["uid"]),
    row("php/monolog-logstash/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE).more_labels(&["type"]),
    row("php/monolog-google-cloud/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE),
    row("php/monolog-logmatic/2.9.1").but(NO_ORIGIN).but(PLACES_ALONE).more_labels(&["marker"]),
    // Text.
    row("php/monolog-line/2.9.1")
        .but(NO_ORIGIN)
        .but(LOGGER_UNREAD)
        .but(LEVEL_UNREAD)
        .but(FIELDS_UNREAD)
        .but(PREFIXED)
        .but(PLACES_ALONE),
    row("php/monolog-line-stacktraces/2.9.1")
        .but(NO_ORIGIN)
        .but(LOGGER_UNREAD)
        .but(LEVEL_UNREAD)
        .but(FIELDS_UNREAD)
        .but(PREFIXED),
    row("php/error-log/8.2.36")
        .but(NO_ORIGIN)
        .but(NO_LOGGER)
        .but(NO_LEVEL)
        .but(NO_FIELDS)
        .but(PREFIXED),
];
