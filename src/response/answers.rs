//! The answers to the records of an event, gathered before they are written, because a document
//! that comes late may be the one for which an earlier one has to become shorter.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use super::{AFTER_ANSWERS, BEFORE_ANSWERS, PartitionKeys, RESPONSE_LIMIT, write_answer, write_id};
use crate::document::Shortening;
use crate::error::{RecordError, RecordResult};
use crate::event::Record;
use crate::summary::Counts;

/// What is delivered in the answer to one record.
#[derive(Debug, Default)]
pub struct Documents<'d> {
    /// The documents; a line feed ends each where several are joined.
    pub bytes: &'d [u8],
    /// How many there are, and of what kind.
    pub counts: Counts,
    /// Where in S3 they belong, when that is wanted.
    pub partition_keys: Option<PartitionKeys>,
}

/// The answer whose documents have to give way next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Largest {
    /// The position of its record in the event.
    pub position: usize,
    /// What was given up of them already.
    pub shortening: Shortening,
}

#[derive(Debug)]
enum Answer {
    /// The documents stand in this range of the store.
    Delivered { documents: Range<usize>, counts: Counts, partition_keys: Option<PartitionKeys> },
    /// The documents went elsewhere; that they arrived is known at the end.
    FannedOut { counts: Counts },
    /// There is no document.
    Refused(RecordError),
}

/// The answers so far, and how long the response will be.
///
/// The length is exact: it counts each answer as it will be written, and the records to come as
/// if each were answered as shortly as can be. Whenever it exceeds the limit, something has to
/// give way, the largest first; so what is kept always fits into a response, whatever the event.
#[derive(Debug)]
pub struct Answers<'e> {
    records: &'e [Record<'e>],
    given: Vec<Answer>,
    /// The documents of all answers. What was given up leaves holes.
    store: Vec<u8>,
    length: usize,
    /// The answers with documents, the one that gives way next on top. Most events fit and never
    /// need it.
    by_size: Option<BinaryHeap<Candidate>>,
}

/// The answers that were shortened least come first, of these the largest, of these the earliest.
type Candidate = (Reverse<Shortening>, usize, Reverse<usize>);

impl<'e> Answers<'e> {
    /// No answer yet to any of `records`.
    #[must_use]
    pub fn new(records: &'e [Record<'e>]) -> Self {
        let mut id = Vec::new();
        let ids: usize = records
            .iter()
            .map(|record| {
                id.clear();
                write_id(record, &mut id);
                id.len()
            })
            .sum();
        let around = BEFORE_ANSWERS.len() + records.len().saturating_sub(1) + AFTER_ANSWERS.len();
        let shortest = records.len() * length_without_id(RecordResult::Dropped, 0, None);
        Self {
            records,
            given: Vec::with_capacity(records.len()),
            store: Vec::new(),
            length: around + ids + shortest,
            by_size: None,
        }
    }

    /// Answers the next record with its documents.
    pub fn deliver(&mut self, documents: Documents<'_>) {
        let Documents { bytes, counts, partition_keys } = documents;
        if self.store.len() > 2 * RESPONSE_LIMIT {
            self.close_holes();
        }
        let start = self.store.len();
        self.store.extend_from_slice(bytes);
        self.push(Answer::Delivered { documents: start..self.store.len(), counts, partition_keys });
        let position = self.given.len() - 1;
        if let Some(by_size) = &mut self.by_size {
            by_size.push((Reverse(Shortening::None), bytes.len(), Reverse(position)));
        }
    }

    /// Answers the next record without data. Its payload is not repeated: it may hold secrets,
    /// and Firehose backs up the source record, not the answer.
    pub fn refuse(&mut self, error: RecordError) {
        self.push(Answer::Refused(error));
    }

    /// Answers the next record with the promise that its documents arrive elsewhere.
    pub fn fan_out(&mut self, counts: Counts) {
        self.push(Answer::FannedOut { counts });
    }

    /// Whether the response would be too long.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        self.length > RESPONSE_LIMIT
    }

    /// The answer whose documents have to give way next; `None` when there are no documents left,
    /// which happens only for more records than fit into an event. Whoever takes it decides what
    /// becomes of it with [`Answers::shorten`], [`Answers::refuse_at`] or [`Answers::fan_out_at`].
    pub fn take_largest(&mut self) -> Option<Largest> {
        let given = &self.given;
        let by_size = self.by_size.get_or_insert_with(|| {
            let candidates = given.iter().enumerate().filter_map(|(position, answer)| {
                let Answer::Delivered { documents, .. } = answer else { return None };
                Some((Reverse(Shortening::None), documents.len(), Reverse(position)))
            });
            candidates.collect()
        });
        let (Reverse(shortening), _, Reverse(position)) = by_size.pop()?;
        Some(Largest { position, shortening })
    }

    /// The documents in the answer at `position`; empty when it has none.
    #[must_use]
    pub fn documents(&self, position: usize) -> &[u8] {
        match self.given.get(position) {
            Some(Answer::Delivered { documents, .. }) => {
                self.store.get(documents.clone()).unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// Lets the documents at `position` give way after those that were shortened less than
    /// `shortening`.
    pub fn postpone(&mut self, position: usize, shortening: Shortening) {
        let length = self.documents(position).len();
        if let Some(by_size) = &mut self.by_size {
            by_size.push((Reverse(shortening), length, Reverse(position)));
        }
    }

    /// Puts documents into the place of those at `position`, which must not be shorter.
    pub fn shorten(&mut self, position: usize, shorter: &[u8], shortening: Shortening) {
        let Some(Answer::Delivered { documents, .. }) = self.given.get_mut(position) else {
            return;
        };
        let former_length = documents.len();
        let range = documents.start..documents.start + shorter.len();
        if shorter.len() <= former_length
            && let Some(place) = self.store.get_mut(range.clone())
        {
            place.copy_from_slice(shorter);
            *documents = range;
            self.length -= base64_length(former_length) - base64_length(shorter.len());
        }
        if let Some(by_size) = &mut self.by_size {
            let length = shorter.len().min(former_length);
            by_size.push((Reverse(shortening), length, Reverse(position)));
        }
    }

    /// Takes the documents at `position` out of the response, for the reason that is told.
    pub fn refuse_at(&mut self, position: usize, error: RecordError) {
        self.replace(position, |_| Answer::Refused(error));
    }

    /// Tells of documents that were promised to arrive elsewhere and did not. A record that was
    /// refused for another reason keeps that.
    pub fn fail(&mut self, position: usize, error: RecordError) {
        if matches!(self.given.get(position), Some(Answer::FannedOut { .. })) {
            self.refuse_at(position, error);
        }
    }

    /// Takes the documents at `position` out of the response: they go elsewhere.
    pub fn fan_out_at(&mut self, position: usize) {
        self.replace(position, |answer| Answer::FannedOut { counts: answer.counts() });
    }

    /// How many documents there are in answers that did not fail.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.given.iter().map(Answer::counts).sum()
    }

    /// How many records are answered with documents.
    #[must_use]
    pub fn delivered(&self) -> u64 {
        self.count(|answer| matches!(answer, Answer::Delivered { .. }))
    }

    /// How many records have their documents elsewhere.
    #[must_use]
    pub fn fanned_out(&self) -> u64 {
        self.count(|answer| matches!(answer, Answer::FannedOut { .. }))
    }

    fn count(&self, which: impl Fn(&Answer) -> bool) -> u64 {
        self.given.iter().map(|answer| u64::from(which(answer))).sum()
    }

    /// The records without documents, by their position in the event, and why.
    pub fn refused(&self) -> impl Iterator<Item = (usize, RecordError)> {
        self.given.iter().enumerate().filter_map(|(position, answer)| match answer {
            Answer::Refused(error) => Some((position, *error)),
            _ => None,
        })
    }

    /// Writes the response to `body`, which is cleared.
    pub fn write(&self, body: &mut Vec<u8>) {
        body.clear();
        body.reserve(self.length);
        body.extend_from_slice(BEFORE_ANSWERS);
        for (position, (record, answer)) in self.records.iter().zip(&self.given).enumerate() {
            if position > 0 {
                body.push(b',');
            }
            let partition_keys = match answer {
                Answer::Delivered { partition_keys, .. } => partition_keys.as_ref(),
                _ => None,
            };
            write_answer(record, answer.result(), self.documents(position), partition_keys, body);
        }
        body.extend_from_slice(AFTER_ANSWERS);
    }

    fn push(&mut self, answer: Answer) {
        let unanswered = length_without_id(RecordResult::Dropped, 0, None);
        self.length = self.length - unanswered + answer.length_without_id();
        self.given.push(answer);
    }

    fn replace(&mut self, position: usize, by: impl FnOnce(&Answer) -> Answer) {
        if let Some(answer) = self.given.get_mut(position) {
            let former_length = answer.length_without_id();
            *answer = by(answer);
            self.length = self.length - former_length + answer.length_without_id();
        }
    }

    /// Moves the documents together.
    fn close_holes(&mut self) {
        let mut store = Vec::new();
        for answer in &mut self.given {
            if let Answer::Delivered { documents, .. } = answer {
                let start = store.len();
                store.extend_from_slice(self.store.get(documents.clone()).unwrap_or_default());
                *documents = start..store.len();
            }
        }
        self.store = store;
    }
}

impl Answer {
    fn result(&self) -> RecordResult {
        match self {
            Self::Delivered { .. } => RecordResult::Ok,
            Self::FannedOut { .. } => RecordResult::Dropped,
            Self::Refused(error) => error.result(),
        }
    }

    fn counts(&self) -> Counts {
        match self {
            Self::Delivered { counts, .. } | Self::FannedOut { counts } => *counts,
            Self::Refused(_) => Counts::default(),
        }
    }

    fn length_without_id(&self) -> usize {
        match self {
            Self::Delivered { documents, partition_keys, .. } => {
                length_without_id(RecordResult::Ok, documents.len(), partition_keys.as_ref())
            }
            // Whether it will have been in vain is known when nothing can be changed any more.
            Self::FannedOut { .. } => length_without_id(RecordResult::ProcessingFailed, 0, None),
            Self::Refused(error) => length_without_id(error.result(), 0, None),
        }
    }
}

/// The bytes of an answer but for its record's id.
fn length_without_id(
    result: RecordResult,
    documents: usize,
    partition_keys: Option<&PartitionKeys>,
) -> usize {
    const AROUND: &str = r#"{"recordId":,"result":"","data":"","metadata":{}}"#;
    let keys = partition_keys.map_or(0, |keys| {
        let mut text = Vec::new();
        super::write_partition_keys(keys, &mut text);
        text.len()
    });
    AROUND.len() + result.as_str().len() + base64_length(documents) + keys
}

const fn base64_length(bytes: usize) -> usize {
    bytes.div_ceil(3) * 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(ids: &[&'static str]) -> Vec<Record<'static>> {
        ids.iter().map(|id| Record { id: Some((*id).into()), ..Record::default() }).collect()
    }

    fn documents(bytes: &[u8]) -> Documents<'_> {
        Documents { bytes, ..Documents::default() }
    }

    fn written(answers: &Answers<'_>) -> serde_json::Value {
        let mut body = b"left over".to_vec();
        answers.write(&mut body);
        assert!(body.len() <= answers.length, "{} {}", body.len(), answers.length);
        serde_json::from_slice(&body).unwrap()
    }

    #[test]
    fn answers_in_the_form_that_firehose_demands() {
        let records = records(&["a", "b\"\u{1}", "c", "d"]);
        let mut answers = Answers::new(&records);
        let keys = PartitionKeys {
            service: "s\"".into(),
            environment: "e".into(),
            day: "2020-05-11".into(),
        };
        answers.deliver(Documents { partition_keys: Some(keys), ..documents(b"{}") });
        answers.refuse(RecordError::InvalidBase64);
        answers.refuse(RecordError::Empty);
        answers.fan_out(Counts::default());
        let expected = serde_json::json!({"records": [
            {"recordId": "a", "result": "Ok", "data": "e30=", "metadata": {"partitionKeys":
                {"service": "s\"", "environment": "e", "day": "2020-05-11"}}},
            {"recordId": "b\"\u{1}", "result": "ProcessingFailed", "data": "", "metadata": {}},
            {"recordId": "c", "result": "Dropped", "data": "", "metadata": {}},
            {"recordId": "d", "result": "Dropped", "data": "", "metadata": {}},
        ]});
        assert_eq!(written(&answers), expected);
    }

    #[test]
    fn the_length_is_the_length_to_the_byte() {
        let records = records(&["a", "\u{1}\"", "é", "d", "e"]);
        for sizes in [[0, 1, 2], [3, 4, 1000], [5, 7, 9]] {
            let mut answers = Answers::new(&records);
            for size in sizes {
                answers.deliver(documents(&vec![b'x'; size]));
            }
            answers.refuse(RecordError::Empty);
            answers.refuse(RecordError::NoData);
            let largest = answers.take_largest().unwrap();
            assert_eq!(largest, Largest { position: 2, shortening: Shortening::None });
            answers.shorten(2, b"x", Shortening::Exceptions);
            answers.refuse_at(1, RecordError::ResponseFull);
            let mut body = Vec::new();
            answers.write(&mut body);
            assert_eq!(body.len(), answers.length);
        }
    }

    #[test]
    fn fills_the_limit_to_the_byte() {
        let records = records(&["first", "second"]);
        let around = r#"{"records":[{"recordId":"first","result":"Ok","data":"","metadata":{}}"#
            .len()
            + r#",{"recordId":"second","result":"Dropped","data":"","metadata":{}}]}"#.len();
        let room = (RESPONSE_LIMIT - around) / 4 * 3;
        for (length, fits) in [(room, true), (room + 1, false)] {
            let mut answers = Answers::new(&records);
            answers.deliver(documents(&vec![b'x'; length]));
            assert_eq!(!answers.is_too_long(), fits, "{length}");
            answers.refuse(RecordError::Empty);
            assert_eq!(!answers.is_too_long(), fits, "{length}");
        }
    }

    #[test]
    fn the_largest_gives_way_and_what_was_shortened_waits_for_the_others() {
        let records = records(&["a", "b", "c", "d"]);
        let mut answers = Answers::new(&records);
        answers.deliver(documents(b"333"));
        answers.deliver(documents(b"55555"));
        answers.deliver(documents(b"4444"));
        let largest = |answers: &mut Answers<'_>| {
            answers.take_largest().map(|largest| (largest.position, largest.shortening))
        };
        assert_eq!(largest(&mut answers), Some((1, Shortening::None)));
        answers.shorten(1, b"5", Shortening::Exceptions);
        answers.deliver(documents(b"666666"));
        assert_eq!(largest(&mut answers), Some((3, Shortening::None)));
        answers.shorten(3, b"66", Shortening::Exceptions);
        assert_eq!(largest(&mut answers), Some((2, Shortening::None)));
        answers.fan_out_at(2);
        assert_eq!(largest(&mut answers), Some((0, Shortening::None)));
        answers.refuse_at(0, RecordError::ResponseFull);
        assert_eq!(largest(&mut answers), Some((3, Shortening::Exceptions)));
        assert_eq!(answers.documents(3), b"66");
        assert_eq!(largest(&mut answers), Some((1, Shortening::Exceptions)));
        assert_eq!(largest(&mut answers), None);
        assert_eq!((answers.delivered(), answers.fanned_out()), (2, 1));
        assert_eq!(answers.refused().collect::<Vec<_>>(), [(0, RecordError::ResponseFull)]);
    }

    #[test]
    fn what_gave_way_costs_no_memory_for_long() {
        let ids = vec!["x"; 40];
        let records = records(&ids);
        let mut answers = Answers::new(&records);
        for (index, _) in ids.iter().enumerate() {
            let document = vec![b'0' + u8::try_from(index).unwrap(); 3_000_000];
            answers.deliver(documents(&document));
            while answers.is_too_long() {
                let largest = answers.take_largest().unwrap();
                answers.refuse_at(largest.position, RecordError::ResponseFull);
            }
            assert!(answers.store.len() < 3 * RESPONSE_LIMIT, "{}", answers.store.len());
        }
        assert_eq!(answers.delivered(), 1);
        let kept = (0..40).find(|position| !answers.documents(*position).is_empty()).unwrap();
        let byte = b'0' + u8::try_from(kept).unwrap();
        assert!(answers.documents(kept).iter().all(|found| *found == byte));
    }
}
