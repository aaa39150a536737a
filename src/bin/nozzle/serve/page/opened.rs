//! One record as it came and as it left.
//!
//! What it was before is explained anew when somebody opens it, with this machine's configuration,
//! whichever function transformed it.

use nozzle::{DocumentExplanation, RecordExplanation, Secret, explain};
use serde::Serialize;
use serde_json::json;

use super::Page;
use crate::serve::journal::{Entry, Held};
use crate::serve::place::Place;

/// A record that somebody opened.
#[derive(Debug, Serialize)]
pub(super) struct Opened {
    number: u64,
    /// Milliseconds since 1970.
    arrived: i64,
    stream: String,
    result: &'static str,
    code: Option<String>,
    index: String,
    /// The payload's size in bytes.
    size: usize,
    /// The logs in the payload.
    logs: Vec<Log>,
    /// Why there is none, or no more.
    fault: Option<String>,
    /// Whether secrets stand here as they came.
    revealed: bool,
    /// Whether the documents were delivered with the secrets that are masked here.
    masked: bool,
    /// The documents' text, one each.
    documents: Vec<String>,
}

/// One log of the producer's.
#[derive(Debug, Serialize)]
struct Log {
    fields: Vec<Field>,
    secrets: Vec<Found>,
}

/// A field of the producer's: its dotted path, and its text in pieces.
#[derive(Debug, Serialize)]
struct Field {
    path: String,
    pieces: Vec<Piece>,
}

/// A piece of a text; with a rule, it is a secret.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Piece {
    text: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<String>,
}

/// A secret, without itself.
#[derive(Debug, Serialize)]
struct Found {
    rule: Option<String>,
    path: String,
    in_key: bool,
    start: usize,
    end: usize,
    exemption: Option<String>,
}

/// Opens a record.
pub(super) fn open(held: &Held, page: &Page) -> Opened {
    let Held { number, entry, is_masked, .. } = held;
    let explained = explain(&event(entry, &page.place), &page.config);
    let record = explained.ok().and_then(|records| records.into_iter().next());
    let record = record.unwrap_or_else(|| RecordExplanation {
        position: 0,
        documents: Vec::new(),
        error: None,
    });
    let document = entry.document.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
    Opened {
        number: *number,
        arrived: entry.arrived.as_millisecond(),
        stream: entry.stream.clone(),
        result: entry.result.name(),
        code: entry.result.code().map(str::to_owned),
        index: entry.index.clone(),
        size: entry.payload.len(),
        logs: record.documents.into_iter().map(|log| Log::of(log, page.reveals)).collect(),
        fault: record.error.map(|error| error.to_string()),
        revealed: page.reveals,
        masked: *is_masked,
        documents: document.lines().map(str::to_owned).collect(),
    }
}

/// The call with this record alone.
fn event(entry: &Entry, place: &Place) -> Vec<u8> {
    let event = json!({
        "invocationId": "page",
        "deliveryStreamArn": place.stream_arn(&entry.stream),
        "region": place.region,
        "records": [{
            "recordId": "1",
            "approximateArrivalTimestamp": entry.arrived.as_millisecond(),
            "data": base64_simd::STANDARD.encode_to_string(&entry.payload),
        }],
    });
    event.to_string().into_bytes()
}

impl Log {
    fn of(explanation: DocumentExplanation, reveal: bool) -> Self {
        let DocumentExplanation { before, redacted, secrets, .. } = explanation;
        let rows = if reveal { before } else { redacted };
        let fields = rows.into_iter().map(|(path, text)| {
            let pieces =
                if reveal { mark(&path, &text, &secrets) } else { vec![piece(&text, None)] };
            Field { path, pieces }
        });
        Self { fields: fields.collect(), secrets: secrets.into_iter().map(Found::from).collect() }
    }
}

impl From<Secret> for Found {
    fn from(secret: Secret) -> Self {
        let Secret { rule, path, is_key, span, exemption, .. } = secret;
        Self { rule, path, in_key: is_key, start: span.start, end: span.end, exemption }
    }
}

fn piece(text: &str, rule: Option<&str>) -> Piece {
    Piece { text: text.to_owned(), rule: rule.map(str::to_owned) }
}

/// The text of the field at `path`, its secrets being pieces of their own. A secret that stands
/// within JSON within the text is looked for by its own text.
fn mark(path: &str, text: &str, secrets: &[Secret]) -> Vec<Piece> {
    let mut marks: Vec<(usize, usize, &str)> = Vec::new();
    for secret in secrets.iter().filter(|secret| !secret.is_key && secret.exemption.is_none()) {
        let Some(rule) = secret.rule.as_deref() else { continue };
        if secret.path == path && text.get(secret.span.clone()) == Some(&secret.text) {
            marks.push((secret.span.start, secret.span.end, rule));
        } else if secret.path.starts_with(path) && !secret.text.is_empty() {
            let places = text.match_indices(secret.text.as_str());
            marks.extend(places.map(|(start, found)| (start, start + found.len(), rule)));
        }
    }
    marks.sort_unstable();
    let (mut pieces, mut done) = (Vec::new(), 0);
    for (start, end, rule) in marks {
        let (Some(before), Some(secret)) = (text.get(done..start), text.get(start..end)) else {
            continue;
        };
        if !before.is_empty() {
            pieces.push(piece(before, None));
        }
        pieces.push(piece(secret, Some(rule)));
        done = end;
    }
    pieces.extend(text.get(done..).filter(|rest| !rest.is_empty()).map(|rest| piece(rest, None)));
    pieces
}
