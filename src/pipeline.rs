//! The order of the stages, and nothing else. Stages do not know each other; each takes the
//! document as the one before it left it.

use jiff::tz::TimeZone;

use crate::config::{Config, UnknownFields};
use crate::document::{Document, Field, Redacted};
use crate::encode::encode;
use crate::enrich::enrich;
use crate::error::RecordError;
use crate::event::{Event, Record};
use crate::index::name_index;
use crate::intake::read_payload;
use crate::limits::apply_limits;
use crate::normalize::{claim_fields, keep_remaining, label_remaining};
use crate::response::PartitionKeys;
use crate::scratch::Scratch;
use crate::traceback::structure_traceback;

/// Makes the finished document of one record and writes it to `scratch.document`.
///
/// # Errors
/// When the payload holds no single document; nothing has been written then.
pub(crate) fn process(
    event: &Event<'_>,
    record: &Record<'_>,
    payload: &[u8],
    config: &Config,
    scratch: &mut Scratch,
) -> Result<(), RecordError> {
    let document = read_payload(payload, &mut scratch.repaired, event, record)?;
    let mut document = config.redactor.redact(document, payload, &mut scratch.summary.redactions);
    claim_fields(&mut document, &config.zone);
    structure_traceback(&mut document);
    match config.unknown_fields {
        UnknownFields::Label => label_remaining(&mut document),
        UnknownFields::Keep => keep_remaining(&mut document),
    }
    enrich(&mut document, event, &config.enrichment);
    name_index(&mut document, &config.index);
    apply_limits(&mut document);
    encode(&document, &mut scratch.document);

    scratch.is_degraded = !document.degradations.is_empty();
    scratch.has_traceback = document.fields.contains(Field::Traceback);
    scratch.partition_keys = config.partition_keys.then(|| partition_keys(&document));
    Ok(())
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
