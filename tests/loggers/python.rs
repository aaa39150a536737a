//! Loggers for Python.

use crate::facts::Fact;
use crate::row::{Row, gap, row};
use crate::scenario::EVERY_LOG;

pub(crate) const ROWS: &[Row] = &[
    row("python/python-json-logger/2.0.7"),
    row("python/python-json-logger/4.0.0"),
    row("python/structlog/26.1.0").but(&[gap(
        Fact::Origin,
        EVERY_LOG,
        "states it only with CallsiteParameterAdder",
    )]),
];
