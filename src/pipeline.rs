//! The order of the stages, and nothing else. Stages do not know each other; each takes the
//! document as the one before it left it.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use jiff::tz::TimeZone;

use crate::config::{Config, UnknownFields};
use crate::document::{Document, Field, Redacted, Shortening};
use crate::encode::encode;
use crate::enrich::enrich;
use crate::error::RecordError;
use crate::event::{Event, Record};
use crate::index::name_index;
use crate::intake::{read_payload, unfold};
use crate::json::{Value, read};
use crate::limits::{apply_limits, may_be_shortened, shorten};
use crate::normalize::{
    claim_fields, claim_lambda_platform, claim_text, drop_prefix, keep_remaining, label_remaining,
};
use crate::output::Several;
use crate::redact::{Onlooker, Outlook, Sighting};
use crate::response::PartitionKeys;
use crate::scratch::{Memory, Scratch};
use crate::summary::Counts;
use crate::traceback::structure_traceback;
use crate::watch::{Nobody, Stage, Watch};

/// One decoded record and the event to which it belongs.
#[derive(Clone, Copy)]
pub(crate) struct Input<'i, 'e> {
    /// The event.
    pub event: &'i Event<'e>,
    /// The record.
    pub record: &'i Record<'e>,
    /// The bytes of its data.
    pub payload: &'i [u8],
}

/// Makes the finished documents of one record and gives them to `scratch.output`. A record may
/// hold more of them than there is time for, so `time_is_up` is asked before each further one.
///
/// # Errors
/// When there is no document in the payload.
pub(crate) fn process(
    input: Input<'_, '_>,
    config: &Config,
    scratch: &mut Scratch,
    several: &mut Several<'_>,
    time_is_up: &dyn Fn() -> bool,
) -> Result<(), RecordError> {
    process_watched(input, config, scratch, several, time_is_up, &mut Nobody)
}

/// Like [`process`], with somebody looking on.
///
/// # Errors
/// As [`process`].
pub(crate) fn process_watched<W: Watch>(
    input: Input<'_, '_>,
    config: &Config,
    scratch: &mut Scratch,
    several: &mut Several<'_>,
    time_is_up: &dyn Fn() -> bool,
    watch: &mut W,
) -> Result<(), RecordError> {
    let Input { event, record, payload } = input;
    let Scratch { unfolding, output, memory } = scratch;
    let payload = unfold(payload, config.largest_payload, unfolding)?;
    let keeps_unknown_fields = config.unknown_fields == UnknownFields::Keep;
    read_payload(payload, event, record, keeps_unknown_fields, &mut |document, text| {
        if output.has_documents() && !output.is_closed(several) && time_is_up() {
            output.give_up(RecordError::OutOfTime);
        }
        if output.is_closed(several) {
            return ControlFlow::Break(());
        }
        watch.after(Stage::Intake, &document);
        let Outlook { rules, has_sign } = config.redactor.look_over(text);
        let mut tell = |sighting: &Sighting<'_>| watch.secret(sighting);
        let onlooker = W::SEES_SECRETS.then_some(&mut tell as &mut Onlooker<'_>);
        let mut document =
            config.redactor.redact(document, &rules, &mut memory.redactions, onlooker);
        watch.after(Stage::Redact, &document);
        watch.redacted(&document);
        finish(&mut document, has_sign, event, config, memory, watch);
        if config.partition_keys {
            output.set_partition_keys(|| partition_keys(&document));
        }
        let counts = Counts {
            documents: 1,
            degraded: u64::from(!document.degradations.is_empty()),
            tracebacks: u64::from(document.fields.contains(Field::Traceback)),
        };
        output.take(
            counts,
            several,
            |buffer| encode(&document, buffer),
            |document, limit| shorten_below(document, limit, config),
        );
        watch.after(Stage::Encode, &document);
        ControlFlow::Continue(())
    })
}

/// Takes a redacted document through all stages but the last.
pub(crate) fn finish<'a, W: Watch>(
    document: &mut Redacted<Document<'a>>,
    has_sign: bool,
    event: &'a Event<'_>,
    config: &'a Config,
    memory: &mut Memory,
    watch: &mut W,
) {
    if document.is_finished {
        document.settle_labels();
        // What is kept must be what the engine takes, whoever finished it.
        if config.unknown_fields == UnknownFields::Keep {
            keep_remaining(document);
        }
        watch.after(Stage::Labels, document);
    } else {
        claim_fields(document, &config.zone, &mut memory.shapes);
        claim_lambda_platform(document);
        claim_text(document, &config.zone);
        config.redactor.redact_new_names(document, &mut memory.redactions);
        watch.after(Stage::Normalize, document);
        structure_traceback(document, has_sign);
        drop_prefix(document);
        watch.after(Stage::Traceback, document);
        match config.unknown_fields {
            UnknownFields::Label => label_remaining(document),
            UnknownFields::Keep => keep_remaining(document),
        }
        watch.after(Stage::Labels, document);
    }
    enrich(document, event, &config.enrichment);
    watch.after(Stage::Enrich, document);
    name_index(document, &config.index);
    watch.after(Stage::Index, document);
    apply_limits(document, &mut memory.label_names);
    watch.after(Stage::Limits, document);
}

/// Finished documents, one in each line, with `shortening` done to each of them; `None` when that
/// would change nothing.
pub(crate) fn shorten_documents(
    documents: &[u8],
    shortening: Shortening,
    config: &Config,
) -> Option<Vec<u8>> {
    if !may_be_shortened(documents, shortening) {
        return None;
    }
    let mut shorter = Vec::with_capacity(documents.len());
    for line in documents.split_inclusive(|byte| *byte == b'\n') {
        let document = line.strip_suffix(b"\n").unwrap_or(line);
        match shorten_document(document, shortening, config) {
            Some(document) => shorter.extend_from_slice(&document),
            None => shorter.extend_from_slice(document),
        }
        shorter.extend_from_slice(line.get(document.len()..).unwrap_or_default());
    }
    Some(shorter)
}

/// The finished `document`, shortened until it takes no more than `limit` bytes.
pub(crate) fn shorten_below(document: &[u8], limit: usize, config: &Config) -> Option<Vec<u8>> {
    let mut shortening = Shortening::None;
    let mut shorter = document.to_vec();
    while shorter.len() > limit {
        shortening = shortening.next()?;
        if let Some(documents) = shorten_documents(&shorter, shortening, config) {
            shorter = documents;
        }
    }
    Some(shorter)
}

/// Takes a finished document apart once more, the redaction included, because nothing that was
/// not redacted may be encoded.
fn shorten_document(document: &[u8], shortening: Shortening, config: &Config) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(document).ok()?;
    let Ok(Value::Object(object)) = read(text) else { return None };
    let rules = config.redactor.look_over(Some(text)).rules;
    let document = Document::from_finished(object, true, None).ok()?;
    let mut document = config.redactor.redact(document, &rules, &mut BTreeMap::new(), None);
    if !shorten(&mut document, shortening) {
        return None;
    }
    let mut shorter = Vec::new();
    encode(&document, &mut shorter);
    Some(shorter)
}

fn partition_keys(document: &Redacted<Document<'_>>) -> PartitionKeys {
    let text = |field| document.fields.get_str(field).unwrap_or_default().to_owned();
    let day = document.timestamp.map(|timestamp| TimeZone::UTC.to_datetime(timestamp).date());
    PartitionKeys {
        service: text(Field::ServiceName),
        environment: text(Field::ServiceEnvironment),
        day: day.map_or_else(|| "unknown".to_owned(), |day| day.to_string()),
    }
}
