//! Gaps that many rows have.

use crate::facts::Fact;
use crate::row::{Gap, gap};
use crate::scenario::EVERY_LOG;

pub(crate) const NO_TIME: &[Gap] = &[gap(Fact::Time, EVERY_LOG, "does not state the time")];
pub(crate) const NO_LEVEL: &[Gap] = &[gap(Fact::Level, EVERY_LOG, "does not state the level")];
pub(crate) const NO_LOGGER: &[Gap] = &[gap(Fact::Logger, EVERY_LOG, "does not state the logger")];
pub(crate) const NO_ORIGIN: &[Gap] =
    &[gap(Fact::Origin, EVERY_LOG, "does not state the file, or only when it is asked to")];
pub(crate) const NO_CAUSE: &[Gap] =
    &[gap(Fact::Cause, EVERY_LOG, "states the frames of the outermost exception alone")];
pub(crate) const NO_FIELDS: &[Gap] = &[
    gap(Fact::Fields, EVERY_LOG, "the format leaves the fields out"),
    gap(Fact::Nested, EVERY_LOG, "the format leaves the fields out"),
];

pub(crate) const PLACES_ALONE: &[Gap] =
    &[gap(Fact::Traceback, EVERY_LOG, "states files and lines without functions")];
