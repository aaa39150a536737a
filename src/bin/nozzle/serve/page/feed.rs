//! What the list asks for a few times in a second, and the answer: what is new, and no more of it
//! than is shown.

use serde::{Deserialize, Serialize};

use super::Shared;
use crate::serve::journal::{Filter, Found, Held, LEVELS, Range};

/// How many rows an answer has at most.
const MOST_ROWS: usize = 100;

/// Which part of the journal is asked for. (The filter is read apart: `serde`'s flattening knows no
/// numbers in query strings.)
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Question {
    /// Only rows with a greater number.
    after: u64,
    /// Only rows with a smaller number.
    before: Option<u64>,
}

/// The newest rows that are wanted.
#[derive(Debug, Serialize)]
pub(super) struct Feed {
    /// When the server started: numbers of another run mean something else.
    started: i64,
    /// The number of the newest record, whether it is wanted or not.
    latest: u64,
    /// How many records are held.
    held: usize,
    /// Whether there are older rows that are wanted too.
    has_more: bool,
    /// The stream into which a first record can be put.
    stream: String,
    /// The newest first.
    rows: Vec<Row>,
}

/// One record in the list. Times are milliseconds since 1970.
#[derive(Debug, Serialize)]
struct Row {
    number: u64,
    time: i64,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    service: String,
    message: String,
    error_type: String,
    culprit: String,
    index: String,
    redactions: usize,
    /// Whether the document was delivered with secrets.
    masked: bool,
}

impl Feed {
    /// The rows of `question` that fit `filter`.
    pub(super) fn of(shared: &Shared, question: &Question, filter: &Filter) -> Self {
        let range = Range {
            after: question.after,
            before: question.before.unwrap_or(u64::MAX),
            limit: MOST_ROWS,
        };
        let Found { entries, has_more, latest, held } = shared.page.journal.find(filter, range);
        let rows = entries.iter().map(|held| Row::of(held)).collect();
        let (started, stream) = (shared.started, shared.page.stream.clone());
        Self { started, latest, held, has_more, stream, rows }
    }
}

impl Row {
    fn of(held: &Held) -> Self {
        let Held { number, entry, digest, is_masked } = held;
        let level = digest.level.and_then(|level| LEVELS.get(usize::from(level)));
        Self {
            number: *number,
            time: digest.time,
            result: entry.result.name(),
            code: entry.result.code().map(str::to_owned),
            level: level.copied(),
            service: digest.service.clone(),
            message: digest.message.clone(),
            error_type: digest.error_type.clone(),
            culprit: digest.culprit.clone(),
            index: entry.index.clone(),
            redactions: digest.rules.len(),
            masked: *is_masked,
        }
    }
}
