//! Where transformed documents go: into a search engine, or into a folder.

mod folder;
mod opensearch;

use std::io;

use jiff::Timestamp;
use serde::de::IgnoredAny;

use super::record::Record;

pub(super) use folder::Folder;
pub(super) use opensearch::OpenSearch;

/// A destination.
pub(super) enum Destination {
    /// A search engine.
    OpenSearch(OpenSearch),
    /// A folder of this machine.
    Folder(Folder),
}

/// A document on its way.
#[derive(Clone, Debug)]
pub(super) struct Document<'r> {
    /// The record that it was, whose id it keeps in the engine: an attempt more makes no document
    /// more.
    pub record: &'r Record,
    /// The index.
    pub index: String,
    /// One JSON object in one line.
    pub body: Vec<u8>,
}

/// A document that was not accepted.
#[derive(Debug)]
pub(super) struct FailedDocument<'r> {
    /// The document.
    pub document: Document<'r>,
    /// The engine's status, or Firehose's name for the error.
    pub code: String,
    /// What the engine said. It may quote the document: for the backup, never for a log.
    pub message: String,
    /// How many times it was sent.
    pub attempts: u32,
    /// When it was given up.
    pub ended: Timestamp,
}

impl<'r> FailedDocument<'r> {
    fn new(document: Document<'r>, code: &str, message: &str, attempts: u32) -> Self {
        let (code, message) = (code.to_owned(), message.to_owned());
        Self { document, code, message, attempts, ended: Timestamp::now() }
    }
}

impl Destination {
    /// Delivers documents, and returns those that were not accepted and would not be.
    ///
    /// # Errors
    /// The folder cannot be written, and nothing was.
    pub(super) fn deliver<'r>(
        &self,
        documents: &[Document<'r>],
    ) -> io::Result<Vec<FailedDocument<'r>>> {
        let (sound, malformed): (Vec<_>, Vec<_>) =
            documents.iter().cloned().partition(|document| is_document(&document.body));
        let mut failed = match self {
            Self::OpenSearch(engine) => engine.deliver(sound),
            Self::Folder(folder) => {
                folder.append(&sound)?;
                Vec::new()
            }
        };
        failed.extend(malformed.into_iter().map(|document| {
            let message = "One or more records are malformed. Ensure that each record is single valid JSON object and that it does not contain newlines.";
            FailedDocument::new(document, "ES.MalformedData", message, 0)
        }));
        Ok(failed)
    }
}

/// Whether these bytes are one JSON object in one line, the only thing that may stand in a bulk
/// request: of any other the engine could take a part for a command.
fn is_document(body: &[u8]) -> bool {
    body.first() == Some(&b'{')
        && !body.contains(&b'\n')
        && serde_json::from_slice::<IgnoredAny>(body).is_ok()
        && std::str::from_utf8(body).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_one_object_in_one_line() {
        for sound in [&b"{}"[..], br#"{"a":"b\n"}"#, b"{ \"a\": [1, 2] }"] {
            assert!(is_document(sound));
        }
        let unsound: [&[u8]; 8] = [
            b"",
            b"[]",
            b"7",
            b"{",
            b"{}{}",
            b"{}\n{\"delete\":{}}",
            b"{\"a\":\n1}",
            b"{\"a\":\"\xff\"}",
        ];
        for unsound in unsound {
            assert!(!is_document(unsound), "{}", String::from_utf8_lossy(unsound));
        }
    }
}
