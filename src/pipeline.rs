//! The order of the stages, and nothing else. Stages do not know each other; each takes the
//! document as the one before it left it.

use jiff::tz::TimeZone;

use crate::config::{Config, SeveralDocuments, UnknownFields};
use crate::document::{Document, Field, Redacted};
use crate::encode::encode;
use crate::enrich::enrich;
use crate::error::RecordError;
use crate::event::{Event, Record};
use crate::index::name_index;
use crate::intake::{read_payload, unfold};
use crate::limits::apply_limits;
use crate::normalize::{claim_fields, keep_remaining, label_remaining};
use crate::response::PartitionKeys;
use crate::scratch::{Output, Scratch};
use crate::traceback::structure_traceback;

/// Makes the finished documents of one record and writes them to `scratch.output`.
///
/// # Errors
/// When there is no document in the payload, or several where only one can be delivered.
pub(crate) fn process(
    event: &Event<'_>,
    record: &Record<'_>,
    payload: &[u8],
    config: &Config,
    scratch: &mut Scratch,
) -> Result<(), RecordError> {
    let Scratch { unfolding, output, summary } = scratch;
    let payload = unfold(payload, config.largest_payload, unfolding)?;
    let rules = config.redactor.rules_for(payload);
    read_payload(payload, event, record, &mut |document| {
        let document = config.redactor.redact(document, &rules, &mut summary.redactions);
        finish(document, event, config, output);
    })?;
    match config.several_documents {
        SeveralDocuments::Fail if output.count > 1 => Err(RecordError::SeveralDocuments),
        _ => Ok(()),
    }
}

fn finish<'a>(
    mut document: Redacted<Document<'a>>,
    event: &'a Event<'_>,
    config: &'a Config,
    output: &mut Output,
) {
    claim_fields(&mut document, &config.zone);
    structure_traceback(&mut document);
    match config.unknown_fields {
        UnknownFields::Label => label_remaining(&mut document),
        UnknownFields::Keep => keep_remaining(&mut document),
    }
    enrich(&mut document, event, &config.enrichment);
    name_index(&mut document, &config.index);
    apply_limits(&mut document);

    if output.count > 0 {
        output.documents.push(b'\n');
    } else if config.partition_keys {
        output.partition_keys = Some(partition_keys(&document));
    }
    encode(&document, &mut output.documents);
    output.count += 1;
    output.degraded += u64::from(!document.degradations.is_empty());
    output.tracebacks += u64::from(document.fields.contains(Field::Traceback));
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
