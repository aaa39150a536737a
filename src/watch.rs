//! Who looks on while documents pass the stages. The function has nobody look on: every call to
//! [`Nobody`] is empty, and the compiler leaves nothing of it.

use std::fmt;

use crate::document::{Document, Redacted};
use crate::redact::Sighting;

/// A step on the way of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The record was decoded, and the log found in it.
    Intake,
    /// Secrets were replaced.
    Redact,
    /// The producer's fields went to their ECS names.
    Normalize,
    /// The traceback was taken apart.
    Traceback,
    /// What was left became labels.
    Labels,
    /// What the operator knows was added.
    Enrich,
    /// The index was named.
    Index,
    /// What the engine would refuse was cut.
    Limits,
    /// The document was written.
    Encode,
}

impl fmt::Display for Stage {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Intake => "intake",
            Self::Redact => "redact",
            Self::Normalize => "normalize",
            Self::Traceback => "traceback",
            Self::Labels => "labels",
            Self::Enrich => "enrich",
            Self::Index => "index",
            Self::Limits => "limits",
            Self::Encode => "encode",
        })
    }
}

/// Somebody who looks on, or [`Nobody`].
pub(crate) trait Watch {
    /// Whether secrets shall be told, which takes the redaction more time.
    const SEES_SECRETS: bool;

    /// Redaction has found a secret.
    fn secret(&mut self, sighting: &Sighting<'_>);

    /// A document is redacted, and no later stage has seen it.
    fn redacted(&mut self, document: &Redacted<Document<'_>>);

    /// A stage is done with a document, which looks so now.
    fn after(&mut self, stage: Stage, document: &Document<'_>);
}

/// Nobody looks on.
pub(crate) struct Nobody;

impl Watch for Nobody {
    const SEES_SECRETS: bool = false;

    fn secret(&mut self, _: &Sighting<'_>) {}

    fn redacted(&mut self, _: &Redacted<Document<'_>>) {}

    fn after(&mut self, _: Stage, _: &Document<'_>) {}
}
