//! The configuration, in two types: [`Settings`] is what was said, [`Config`] is what it means.
//!
//! Settings are read from variables and a file and are nothing but text. A `Config` is compiled
//! from them once, at cold start; it never looks at the environment again. Whatever is wrong is
//! collected and told at once, each fault with the name of the setting and the fix.

mod compile;
mod error;
mod nearest;
mod redaction;
mod settings;
mod tables;

use jiff::tz::TimeZone;

use crate::enrich::Enrichment;
use crate::index::IndexNaming;
use crate::redact::{OwnRule, Redactor};

pub use error::{ConfigError, Problem};
pub use settings::{SETTINGS, Said, Setting, Settings, Source};

/// What the settings mean, compiled.
#[derive(Debug)]
pub struct Config {
    /// The names of service and environment.
    pub enrichment: Enrichment,
    /// How indices are named.
    pub index: IndexNaming,
    /// What becomes of fields without an ECS name.
    pub unknown_fields: UnknownFields,
    /// What finds secrets and what stands in their place.
    pub redactor: Redactor,
    /// The operator's own rules of redaction, which the redactor applies.
    pub own_rules: Vec<OwnRule>,
    /// Where times without a zone are told.
    pub zone: TimeZone,
    /// The name of the stream for documents that cannot stand in the response.
    pub fan_out_stream: Option<String>,
    /// What becomes of a record that holds several logs.
    pub several_documents: SeveralDocuments,
    /// How many bytes a compressed payload may unfold to.
    pub largest_payload: usize,
    /// Whether answers carry partition keys for S3 destinations.
    pub partition_keys: bool,
    /// How much the function logs about its own work.
    pub verbosity: Verbosity,
}

/// What becomes of a producer's fields that have no ECS name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UnknownFields {
    /// They become labels, whose types cannot conflict.
    #[default]
    Label,
    /// They stay where the producer put them.
    Keep,
}

/// What becomes of a record that holds several logs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SeveralDocuments {
    /// They are put into the fan-out stream one by one. Without such a stream the record is
    /// answered `ProcessingFailed`: OpenSearch takes one document in each record.
    #[default]
    FanOutOrFail,
    /// Its documents are delivered one in each line, which S3 and Splunk take.
    Join,
}

/// How much the function logs about its own work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Only what stopped an event or the start.
    Error,
    /// Also what cost a record its document.
    Warn,
    /// Also one line of counts for each event.
    #[default]
    Info,
}
