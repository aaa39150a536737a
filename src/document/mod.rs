//! A document: one log on its way from the producer's words to the search engine's.
//!
//! It begins as what the producer wrote ([`Document::source`]). Stage by stage its parts move to
//! where the engine expects them: fields under their ECS names ([`Fields`]), labels for
//! the rest. What has passed redaction is a [`Redacted<Document>`], and everything
//! that is derived is derived from that.

mod degradation;
mod ecs;
mod fields;
mod finished;
mod label;
mod originals;
mod redacted;
mod shortening;

use std::ops::Range;

use jiff::Timestamp;

use crate::json::Object;

pub use degradation::{Degradation, Degradations};
pub use ecs::{ECS_VERSION, Field, Kind, Owner};
pub use fields::Fields;
pub use label::{LONGEST_LABEL_NAME, MOST_LABELS, is_generated, is_simple, label_name};
pub(crate) use originals::Originals;
pub use redacted::Redacted;
pub use shortening::Shortening;

/// One log, in the making.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// What the producer wrote and no stage has claimed yet. A text is an object that holds
    /// nothing but `message`.
    pub source: Object<'a>,
    /// When Firehose received the record.
    pub arrival: Option<Timestamp>,
    /// When CloudWatch received the log, where it says so.
    pub event_time: Option<Timestamp>,
    /// The instant of `@timestamp`.
    pub timestamp: Option<Timestamp>,
    /// The fields that have an ECS name.
    pub fields: Fields<'a>,
    /// Which part of the message is left when the prefix is gone that a logger put before it. The
    /// prefix stays until the traceback is found: where the message begins is a sign of it.
    pub left_of_message: Option<Range<usize>>,
    /// Paths of the objects in which its logger keeps the program's own fields.
    pub holders: Vec<&'static str>,
    /// In what way the document is less than it should be.
    pub degradations: Degradations,
    /// Whether names with values were read in its text since it was redacted: `password=…` in a text
    /// has a rule, `authorization=…` only a field of that name.
    pub has_new_names: bool,
    /// Whether it was finished before and comes again: its fields have their places already.
    pub is_finished: bool,
}
