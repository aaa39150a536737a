//! Documents into a search engine with bulk requests.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::{Document, FailedDocument};
use crate::client::{Client, Content, Fault};
use crate::complain;
use crate::serve::stopping::Stopping;

/// The pause before the second attempt; each one after it is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(200);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// A search engine.
pub(in crate::serve) struct OpenSearch {
    client: Client,
    patience: Duration,
    stopping: Stopping,
}

/// Why a document was not accepted, and whether it may be yet.
struct Refusal {
    code: String,
    message: String,
    may_pass: bool,
}

impl OpenSearch {
    /// The engine that `client` reaches. What it has no time for is sent again until `patience`
    /// has passed, or the server ends.
    pub(in crate::serve) fn new(client: Client, patience: Duration, stopping: Stopping) -> Self {
        Self { client, patience, stopping }
    }

    /// Sends documents, and returns those that were not accepted.
    pub(super) fn deliver<'r>(&self, documents: Vec<Document<'r>>) -> Vec<FailedDocument<'r>> {
        let mut failed = Vec::new();
        let mut left = documents;
        let deadline = Instant::now() + self.patience;
        let mut pause = FIRST_PAUSE;
        let mut attempts = 0;
        while !left.is_empty() {
            attempts += 1;
            let refused = self.send(left);
            let is_last = Instant::now() >= deadline;
            let (again, given_up): (Vec<_>, Vec<_>) =
                refused.into_iter().partition(|(_, refusal)| refusal.may_pass && !is_last);
            failed.extend(given_up.into_iter().map(|(document, Refusal { code, message, .. })| {
                FailedDocument::new(document, &code, &message, attempts)
            }));
            if !again.is_empty() && self.stopping.wait(pause.mul_f64(0.5 + fastrand::f64() / 2.0)) {
                failed.extend(again.into_iter().map(|(document, refusal)| {
                    FailedDocument::new(document, &refusal.code, &refusal.message, attempts)
                }));
                break;
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
            left = again.into_iter().map(|(document, _)| document).collect();
        }
        failed
    }

    /// Sends documents once, and returns those that were not accepted.
    fn send<'r>(&self, documents: Vec<Document<'r>>) -> Vec<(Document<'r>, Refusal)> {
        let body = bulk(&documents);
        let content = Content { body: Some(("application/x-ndjson", &body)), headers: &[] };
        let all = |documents: Vec<Document<'r>>, code: String, message: String, may_pass| {
            let refusal = || Refusal { code: code.clone(), message: message.clone(), may_pass };
            documents.into_iter().map(|document| (document, refusal())).collect()
        };
        let answer = match self.client.send_once("POST", "/_bulk", content) {
            Ok(answer) => answer,
            Err(error) => {
                complain(&format!("nozzle: {error}"));
                let may_pass = matches!(error.fault, Fault::Unreachable(_));
                return all(
                    documents,
                    "ES.ConnectionError".to_owned(),
                    error.to_string(),
                    may_pass,
                );
            }
        };
        let items = answer.body.get("items").and_then(Value::as_array);
        if let Some(items) = items
            && answer.is_success()
            && items.len() == documents.len()
        {
            let judged = documents.into_iter().zip(items);
            return judged
                .filter_map(|(document, item)| Some((document, refusal(item)?)))
                .collect();
        }
        let status = answer.status;
        complain(&format!("nozzle: {} answered {status}", answer.request));
        // Who says that all is well, and does not answer as an engine, is something in between.
        let may_pass = matches!(status, 200..300 | 408 | 429 | 500..600);
        let message = self.client.refusal(&answer).to_string();
        all(documents, status.to_string(), message, may_pass)
    }
}

/// The body of a bulk request.
fn bulk(documents: &[Document<'_>]) -> Vec<u8> {
    let mut body = Vec::new();
    for Document { record, index, body: document } in documents {
        let action = json!({"index": {"_index": index, "_id": record.id}});
        body.extend_from_slice(action.to_string().as_bytes());
        body.push(b'\n');
        body.extend_from_slice(document);
        body.push(b'\n');
    }
    body
}

/// Why the engine did not accept one document; `None` when it did.
fn refusal(item: &Value) -> Option<Refusal> {
    let item = item.as_object().and_then(|item| item.values().next()).unwrap_or(item);
    let status = item.get("status").and_then(Value::as_u64).unwrap_or_default();
    if (200..300).contains(&status) {
        return None;
    }
    let part =
        |name: &str| item.get("error").and_then(|error| error.get(name)).and_then(Value::as_str);
    let (kind, reason) = (part("type").unwrap_or_default(), part("reason").unwrap_or_default());
    Some(Refusal {
        code: status.to_string(),
        message: format!("{kind}: {reason}"),
        may_pass: matches!(status, 0 | 429 | 500..600),
    })
}
