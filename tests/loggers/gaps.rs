//! Gaps that many rows have.

use crate::facts::Fact;
use crate::row::{Gap, gap};
use crate::scenario::{EVERY_LOG, Log};

/// Of rows whose logger has no level above error, or ends the program with it.
pub(crate) const NO_FATAL: &[(Log, &str)] =
    &[(Log::OutOfDisk, "has no level above error with which a program goes on")];

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

const WITH_FIELDS: &[Log] = &[Log::CacheMiss, Log::OrderPlaced, Log::RetryingPayment];
pub(crate) const IN_THE_MESSAGE: &str =
    "stands behind the message's words, where other texts may have the like";
/// Of text formats that write fields behind the message, with nothing between.
pub(crate) const FIELDS_IN_MESSAGE: &[Gap] = &[
    gap(Fact::Message, WITH_FIELDS, IN_THE_MESSAGE),
    gap(Fact::Fields, WITH_FIELDS, IN_THE_MESSAGE),
    gap(Fact::Nested, &[Log::RetryingPayment], IN_THE_MESSAGE),
];
/// Of text formats that write the error there, too.
pub(crate) const ERROR_IN_MESSAGE: &[Gap] =
    &[gap(Fact::Message, PAYMENT_FAILED, "goes on with what the logger tells of the error")];
/// Of text formats in which a nested field is a text, or has no place.
pub(crate) const NO_NESTED: &[Gap] =
    &[gap(Fact::Nested, &[Log::RetryingPayment], "the format has no nested fields")];
/// Of loggers that write debug as info.
pub(crate) const NO_DEBUG: &[Gap] =
    &[gap(Fact::Level, &[Log::CacheMiss], "has no level below info")];

pub(crate) const PLACES_ALONE: &[Gap] =
    &[gap(Fact::Traceback, EVERY_LOG, "states files and lines without functions")];

const PAYMENT_FAILED: &[Log] = &[Log::PaymentFailed];
const NO_TYPE_IN_GO: Gap =
    gap(Fact::ErrorType, PAYMENT_FAILED, "loggers for Go write no types of errors");
const CAUSE_IN_MESSAGE: Gap =
    gap(Fact::ErrorMessage, PAYMENT_FAILED, "errors say their causes in their own message");
/// An error of Go's standard library, which has no stack.
pub(crate) const GO_ERROR: &[Gap] = &[
    NO_TYPE_IN_GO,
    CAUSE_IN_MESSAGE,
    gap(Fact::Traceback, PAYMENT_FAILED, "errors have no stack, or that of who logs them"),
    gap(Fact::Cause, PAYMENT_FAILED, "errors say their causes in their own message"),
];
/// An error with a stack of its own.
pub(crate) const GO_STACK: &[Gap] = &[
    NO_TYPE_IN_GO,
    CAUSE_IN_MESSAGE,
    gap(Fact::Cause, PAYMENT_FAILED, "errors say their causes in their own message"),
];
/// An error with a stack of its own, and its cause with another.
pub(crate) const GO_CHAIN: &[Gap] = &[NO_TYPE_IN_GO, CAUSE_IN_MESSAGE];
/// An error that pino writes with the messages of all its causes in one.
pub(crate) const JOINED_MESSAGES: &[Gap] = &[CAUSE_IN_MESSAGE];
/// An error of Rust, of which a logger writes the message alone.
pub(crate) const RUST_ERROR: &[Gap] = &[
    gap(Fact::ErrorType, PAYMENT_FAILED, "loggers for Rust write no types of errors"),
    gap(Fact::Traceback, PAYMENT_FAILED, "errors have no stack"),
    gap(Fact::Cause, PAYMENT_FAILED, "only the message of the error itself is written"),
];
/// An error of Rust in a text, or none at all.
pub(crate) const RUST_TEXT: &[Gap] = &[
    gap(Fact::ErrorType, PAYMENT_FAILED, "loggers for Rust write no types of errors"),
    gap(
        Fact::ErrorMessage,
        PAYMENT_FAILED,
        "is not written, or stands in the text and is not read",
    ),
    gap(Fact::Traceback, PAYMENT_FAILED, "errors have no stack"),
    gap(Fact::Cause, PAYMENT_FAILED, "is not written, or stands in the text and is not read"),
];
/// Of loggers for Java that keep fields as texts.
pub(crate) const TEXTS_ALONE: &[Gap] = &[
    gap(Fact::Fields, &[Log::OrderPlaced, Log::RetryingPayment], "writes numbers as texts"),
    gap(Fact::Nested, &[Log::RetryingPayment], "has no nested fields, or writes them as texts"),
];
