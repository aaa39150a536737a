//! What a stream's thread does: batch for batch from the buffer through the function to the
//! destination, and to the backup what did not get there.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write;
use std::sync::Arc;

use nozzle::limits::LabelNames;

use super::backup::Backup;
use super::delivery::{Destination, Document, FailedDocument};
use super::files::insist;
use super::journal::{Entry, Journal, Outcome};
use super::place::Place;
use super::record::Record;
use super::settings::StreamSettings;
use super::stopping::Stopping;
use super::streams::{Stream, Streams};
use super::transformation::{Judgement, Surrounding, Transformation, Verdict};
use crate::complain;

/// What all streams have in common.
pub(super) struct Chain {
    pub place: Place,
    pub streams: Arc<Streams>,
    pub transformation: Transformation,
    pub destination: Destination,
    pub backup: Backup,
    pub journal: Arc<Journal>,
    pub stopping: Stopping,
}

impl Chain {
    /// Works until the stream's buffer is closed and empty.
    pub(super) fn work(&self, stream: &Stream) {
        let mut label_names = LabelNames::default();
        while let Some(batch) = stream.buffer.take(|| stream.hints()) {
            let settings = stream.configured().settings;
            let judgement = self.transform(&stream.name, &batch, &settings, &mut label_names);
            self.deliver(&stream.name, &batch, &settings, &judgement);
        }
    }

    fn transform(
        &self,
        stream: &str,
        batch: &[Record],
        settings: &StreamSettings,
        label_names: &mut LabelNames,
    ) -> Judgement {
        if !settings.transforms {
            let verdicts = batch.iter().map(|record| Verdict::Ok(record.data.clone())).collect();
            return Judgement { verdicts, attempts: 0 };
        }
        let (place, streams, stopping) = (&self.place, &*self.streams, &self.stopping);
        let mut surrounding = Surrounding { place, stream, streams, stopping, label_names };
        self.transformation.transform(batch, &mut surrounding)
    }

    fn deliver(
        &self,
        stream: &str,
        batch: &[Record],
        settings: &StreamSettings,
        judgement: &Judgement,
    ) {
        let (mut documents, mut failures) = (Vec::new(), Vec::new());
        for (record, verdict) in batch.iter().zip(&judgement.verdicts) {
            let index = || settings.rotation.index(&settings.index, record.arrived);
            match verdict {
                Verdict::Ok(body) => {
                    documents.push(Document { record, index: index(), body: body.clone() });
                }
                Verdict::Dropped => {}
                Verdict::Failed(failure) => failures.push((record, *failure)),
            }
        }
        self.insist("the backup", || {
            self.backup.keep_records(stream, &failures, judgement.attempts)
        });
        let Some(refused) = self.insist("documents", || self.destination.deliver(&documents))
        else {
            return;
        };
        self.insist("the backup", || self.backup.keep_documents(stream, &refused));
        self.enter(stream, batch, judgement, &documents, &refused);
        let mut codes: BTreeMap<&str, usize> = BTreeMap::new();
        let failed = failures.iter().map(|(_, failure)| failure.code);
        for code in failed.chain(refused.iter().map(|refused| refused.code.as_str())) {
            *codes.entry(code).or_default() += 1;
        }
        let delivered = documents.len() - refused.len();
        complain(&describe(stream, batch.len(), delivered, &codes));
    }

    /// Enters each record into the journal. A document that the engine refused is a failure too.
    fn enter(
        &self,
        stream: &str,
        batch: &[Record],
        judgement: &Judgement,
        documents: &[Document<'_>],
        refused: &[FailedDocument<'_>],
    ) {
        let refused: HashMap<&str, &str> =
            refused.iter().map(|it| (it.document.record.id.as_str(), it.code.as_str())).collect();
        let mut documents = documents.iter();
        for (record, verdict) in batch.iter().zip(&judgement.verdicts) {
            let document = matches!(verdict, Verdict::Ok(_)).then(|| documents.next()).flatten();
            let code = match verdict {
                Verdict::Failed(failure) => Some(failure.code),
                Verdict::Ok(_) | Verdict::Dropped => refused.get(record.id.as_str()).copied(),
            };
            let result = match (code, verdict) {
                (Some(code), _) => Outcome::ProcessingFailed { code: code.to_owned() },
                (None, Verdict::Dropped) => Outcome::Dropped,
                (None, _) => Outcome::Ok,
            };
            self.journal.add(Entry {
                payload: record.data.clone(),
                arrived: record.arrived,
                result,
                document: document.map(|document| document.body.clone()),
                index: document.map(|document| document.index.clone()).unwrap_or_default(),
                stream: stream.to_owned(),
            });
        }
    }

    fn insist<T>(&self, what: &str, work: impl FnMut() -> std::io::Result<T>) -> Option<T> {
        let done = insist(what, &self.stopping, work);
        if done.is_none() {
            self.streams.lose();
        }
        done
    }
}

/// One line that sums a batch up.
fn describe(
    stream: &str,
    records: usize,
    delivered: usize,
    codes: &BTreeMap<&str, usize>,
) -> String {
    let failed: usize = codes.values().sum();
    let dropped = records.saturating_sub(delivered + failed);
    let mut line = format!(
        "nozzle: {stream}: {records} records: {delivered} delivered, {dropped} dropped, {failed} to the backup"
    );
    for (position, (code, count)) in codes.iter().enumerate() {
        // Writing to a `String` cannot fail.
        let _ = write!(line, "{} {code} {count}", if position == 0 { ":" } else { "," });
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_summed_up_in_one_line() {
        let codes = BTreeMap::from([("400", 1), ("Lambda.FunctionError", 2)]);
        assert_eq!(
            describe("logs", 9, 5, &codes),
            "nozzle: logs: 9 records: 5 delivered, 1 dropped, 3 to the backup: 400 1, Lambda.FunctionError 2"
        );
        assert_eq!(
            describe("logs", 1, 1, &BTreeMap::new()),
            "nozzle: logs: 1 records: 1 delivered, 0 dropped, 0 to the backup"
        );
    }
}
