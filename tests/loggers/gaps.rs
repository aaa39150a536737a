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

/// What stands in the text, and stays there until it is read.
const UNREAD: &str = "stands in the text, and is not read";
pub(crate) const PREFIXED: &[Gap] =
    &[gap(Fact::Message, EVERY_LOG, "what the format writes before it stays in the message")];
pub(crate) const TIME_UNREAD: &[Gap] = &[gap(Fact::Time, EVERY_LOG, UNREAD)];
pub(crate) const LEVEL_UNREAD: &[Gap] = &[gap(Fact::Level, EVERY_LOG, UNREAD)];
pub(crate) const ORIGIN_UNREAD: &[Gap] = &[gap(Fact::Origin, EVERY_LOG, UNREAD)];
pub(crate) const LOGGER_UNREAD: &[Gap] = &[gap(Fact::Logger, EVERY_LOG, UNREAD)];
pub(crate) const FIELDS_UNREAD: &[Gap] =
    &[gap(Fact::Fields, EVERY_LOG, UNREAD), gap(Fact::Nested, EVERY_LOG, UNREAD)];

pub(crate) const PLACES_ALONE: &[Gap] =
    &[gap(Fact::Traceback, EVERY_LOG, "states files and lines without functions")];
