//! What one record became: a document, or several, which only some destinations take.

use crate::error::RecordError;
use crate::fanout::{FanOut, LARGEST_DOCUMENT};
use crate::response::{Documents, PartitionKeys};
use crate::summary::Counts;

/// What becomes of the documents of a record that holds several.
pub(crate) enum Several<'f> {
    /// They cannot be delivered.
    Refuse,
    /// They are delivered together, one in each line, when they take no more than so many bytes.
    /// A single one is a line, too: these destinations put records one behind the other.
    Join(usize),
    /// They are put into a stream, one by one, under this position of their record.
    FanOut(usize, &'f mut dyn FanOut),
}

/// The finished documents of one record.
#[derive(Debug, Default)]
pub(crate) struct Output {
    /// The documents that are still here; a line feed ends each where several are joined.
    documents: Vec<u8>,
    counts: Counts,
    partition_keys: Option<PartitionKeys>,
    error: Option<RecordError>,
}

/// Where the documents of a record are.
pub(crate) enum Outcome<'o> {
    /// Here.
    Here(Documents<'o>),
    /// In the fan-out stream, or on the way there.
    FannedOut(Counts),
}

impl Output {
    /// Forgets the record before, but keeps the buffer.
    pub(crate) fn clear(&mut self) {
        self.documents.clear();
        let documents = std::mem::take(&mut self.documents);
        *self = Self { documents, ..Self::default() };
    }

    /// Whether another document would be of no use. One that cannot be fanned out keeps no other
    /// from it.
    pub(crate) fn is_closed(&self, several: &Several<'_>) -> bool {
        match self.error {
            None => false,
            Some(RecordError::DocumentTooLarge) => !matches!(several, Several::FanOut(..)),
            Some(_) => true,
        }
    }

    /// Whether the record has become a document at least.
    pub(crate) fn has_documents(&self) -> bool {
        self.counts.documents > 0
    }

    /// Takes no more documents.
    pub(crate) fn give_up(&mut self, error: RecordError) {
        self.error = Some(error);
    }

    /// Takes the next document, which `encode` appends to the buffer that it is given. `shorten`
    /// makes a document that is too large for the fan-out stream as short as it must be.
    pub(crate) fn take(
        &mut self,
        counts: Counts,
        several: &mut Several<'_>,
        encode: impl FnOnce(&mut Vec<u8>),
        shorten: impl Fn(&[u8], usize) -> Option<Vec<u8>>,
    ) {
        let is_first = self.counts.documents == 0;
        let start = self.documents.len();
        encode(&mut self.documents);
        if matches!(several, Several::Join(_)) {
            self.documents.push(b'\n');
        }
        self.counts = [self.counts, counts].into_iter().sum();
        if is_first {
            return;
        }
        match several {
            Several::Refuse => self.error = Some(RecordError::SeveralDocuments),
            Several::Join(limit) => {
                if self.documents.len() > *limit {
                    self.error = Some(RecordError::ResponseFull);
                }
            }
            Several::FanOut(position, stream) => {
                let (first, next) = self.documents.split_at_checked(start).unwrap_or_default();
                for document in [first, next].into_iter().filter(|document| !document.is_empty()) {
                    if put(document, *position, *stream, &shorten).is_err() {
                        self.error = Some(RecordError::DocumentTooLarge);
                    }
                }
                self.documents.clear();
            }
        }
    }

    /// Sets the keys by which S3 destinations part documents: those of the record's first.
    pub(crate) fn set_partition_keys(&mut self, keys: impl FnOnce() -> PartitionKeys) {
        self.partition_keys.get_or_insert_with(keys);
    }

    /// What became of the record.
    pub(crate) fn outcome(&mut self) -> Result<Outcome<'_>, RecordError> {
        match self.error {
            Some(error) => Err(error),
            None if self.documents.is_empty() => Ok(Outcome::FannedOut(self.counts)),
            None => Ok(Outcome::Here(Documents {
                bytes: &self.documents,
                counts: self.counts,
                partition_keys: self.partition_keys.take(),
            })),
        }
    }
}

/// Puts a document into the stream, shortened if it has to be.
///
/// # Errors
/// [`RecordError::DocumentTooLarge`] when it cannot be shortened enough.
pub(crate) fn put(
    document: &[u8],
    position: usize,
    stream: &mut dyn FanOut,
    shorten: impl Fn(&[u8], usize) -> Option<Vec<u8>>,
) -> Result<(), RecordError> {
    if document.len() <= LARGEST_DOCUMENT {
        stream.put(position, document);
        return Ok(());
    }
    let short_enough = shorten(document, LARGEST_DOCUMENT).ok_or(RecordError::DocumentTooLarge)?;
    stream.put(position, &short_enough);
    Ok(())
}
