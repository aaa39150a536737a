//! Where the documents go that cannot stand in the answer of their record: `PutRecordBatch` to a
//! second delivery stream.
//!
//! The caller's thread assembles batches; a thread of its own (`worker`) sends them, tries again
//! what deserves it (`retry`) and says what became of them. It and its client are made for the first
//! batch and live as long as the [`DeliveryStream`], so that a function that never fans out never
//! pays.
//!
//! At least once: a request whose answer was lost is sent again, and its documents may arrive twice.
//! The order of documents is not kept; the record that each belongs to is.

mod batch;
mod client;
mod connection;
mod error;
mod retry;
mod worker;

use std::collections::{BTreeMap, VecDeque};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use self::batch::Batch;
pub use self::batch::LARGEST_DOCUMENT;
pub use self::connection::Connection;
pub use self::error::PutError;
pub use self::retry::Pace;
use self::worker::Worker;

/// How many batches may be under way. With the one in the making, and the copy that a request
/// takes, this bounds the memory: about 25 MiB at worst.
const IN_FLIGHT: usize = 2;

/// How long after the deadline the worker may still take to say so.
const GRACE: Duration = Duration::from_millis(500);

/// Where finished documents go that cannot stand in the answer of their record.
pub trait FanOut {
    /// Takes one finished document of the record at `record`, its position in the event. May block
    /// until there is room.
    fn put(&mut self, record: usize, document: &[u8]);

    /// Waits until everything that was put is accepted or given up, and tells which. Nothing is
    /// under way any more when it returns: call it before the event is answered, for Lambda freezes
    /// the process then. What is not settled may never be sent.
    fn settle(&mut self) -> Settlement;
}

/// What became of the documents that were put.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settlement {
    /// How many documents were accepted.
    pub accepted: u64,
    /// The records of which a document was not accepted, by position, and why the first was not.
    pub failed: BTreeMap<usize, PutError>,
    /// How many requests were made.
    pub requests: u64,
    /// How many times a document was sent again.
    pub retries: u64,
}

impl Settlement {
    fn fail(&mut self, record: usize, cause: PutError) {
        self.failed.entry(record).or_insert(cause);
    }

    fn add(&mut self, other: Self) {
        self.accepted += other.accepted;
        self.requests += other.requests;
        self.retries += other.retries;
        for (record, cause) in other.failed {
            self.fail(record, cause);
        }
    }
}

/// A delivery stream that takes documents. One for each process: cheap to make, and nothing is
/// started before the first batch must be sent.
#[derive(Debug)]
pub struct DeliveryStream {
    name: String,
    connection: Connection,
    worker: Option<Worker>,
}

impl DeliveryStream {
    /// The stream of this name, in the region and with the credentials of the process's environment
    /// ([`Connection::from_environment`]).
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self::with_connection(name, Connection::from_environment())
    }

    /// The stream of this name, reached by `connection`.
    #[must_use]
    pub fn with_connection(name: &str, connection: Connection) -> Self {
        Self { name: name.to_owned(), connection, worker: None }
    }

    /// Takes the documents of one event. No attempt begins or runs beyond `deadline`.
    pub fn until(&mut self, deadline: Instant) -> Puts<'_> {
        Puts {
            stream: self,
            deadline,
            batch: Batch::default(),
            sent: VecDeque::new(),
            settlement: Settlement::default(),
        }
    }

    /// The worker that is there, or else a new one; `None` where the system gives no thread.
    fn worker(&mut self) -> Option<&Worker> {
        if self.worker.as_ref().is_none_or(Worker::has_ended) {
            self.worker = Worker::start(&self.name, &self.connection).ok();
        }
        self.worker.as_ref()
    }
}

/// The documents of one event on their way to a [`DeliveryStream`].
#[derive(Debug)]
pub struct Puts<'s> {
    stream: &'s mut DeliveryStream,
    deadline: Instant,
    batch: Batch,
    sent: VecDeque<Sent>,
    settlement: Settlement,
}

/// A batch that the worker has.
#[derive(Debug)]
struct Sent {
    records: Vec<usize>,
    reply: Receiver<Settlement>,
}

impl Puts<'_> {
    /// Gives the batch to the worker, after waiting for the oldest where too many are under way.
    fn send(&mut self) {
        let batch = std::mem::take(&mut self.batch);
        let records = batch.records();
        if Instant::now() >= self.deadline {
            return self.give_up(&records, PutError::OutOfTime);
        }
        if self.sent.len() >= IN_FLIGHT {
            self.collect();
        }
        let deadline = self.deadline;
        match self.stream.worker().map(|worker| worker.send(batch, deadline)) {
            Some(reply) => self.sent.push_back(Sent { records, reply }),
            None => self.give_up(&records, PutError::Stopped),
        }
    }

    /// Waits for the oldest batch. A worker that has ended, or hangs, has accepted nothing.
    fn collect(&mut self) {
        let Some(Sent { records, reply }) = self.sent.pop_front() else {
            return;
        };
        let patience = (self.deadline + GRACE).saturating_duration_since(Instant::now());
        match reply.recv_timeout(patience) {
            Ok(settlement) => self.settlement.add(settlement),
            Err(RecvTimeoutError::Disconnected) => self.give_up(&records, PutError::Stopped),
            Err(RecvTimeoutError::Timeout) => self.give_up(&records, PutError::OutOfTime),
        }
    }

    fn give_up(&mut self, records: &[usize], cause: PutError) {
        for record in records {
            self.settlement.fail(*record, cause);
        }
    }
}

impl FanOut for Puts<'_> {
    fn put(&mut self, record: usize, document: &[u8]) {
        if document.len() > LARGEST_DOCUMENT {
            return self.settlement.fail(record, PutError::TooLarge);
        }
        if !self.batch.has_room_for(document) {
            self.send();
        }
        self.batch.push(record, document);
    }

    fn settle(&mut self) -> Settlement {
        if !self.batch.is_empty() {
            self.send();
        }
        while !self.sent.is_empty() {
            self.collect();
        }
        std::mem::take(&mut self.settlement)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fanout::worker::Job;

    fn stream() -> DeliveryStream {
        DeliveryStream::with_connection("logs", Connection::read(|_| None))
    }

    fn soon() -> Instant {
        Instant::now() + Duration::from_millis(100)
    }

    #[test]
    fn nothing_is_started_when_nothing_is_put() {
        let mut stream = stream();
        assert_eq!(stream.until(soon()).settle(), Settlement::default());
        let mut puts = stream.until(soon());
        puts.put(3, &vec![b' '; LARGEST_DOCUMENT + 1]);
        assert_eq!(puts.settle().failed, BTreeMap::from([(3, PutError::TooLarge)]));
        let mut puts = stream.until(Instant::now());
        puts.put(3, b"{}");
        assert_eq!(puts.settle().failed, BTreeMap::from([(3, PutError::OutOfTime)]));
        assert!(stream.worker.is_none());
    }

    #[test]
    fn without_credentials_every_record_fails() {
        let mut stream = stream();
        let mut puts = stream.until(Instant::now() + Duration::from_mins(1));
        puts.put(0, b"{}");
        puts.put(7, b"{}");
        let settlement = puts.settle();
        let cause = PutError::Unconfigured;
        assert_eq!(settlement.failed, BTreeMap::from([(0, cause), (7, cause)]));
        assert_eq!((settlement.accepted, settlement.requests), (0, 0));
    }

    /// A worker whose work on each job is given.
    fn worker(mut work: impl FnMut(Job) + Send + 'static) -> Worker {
        let (jobs, mut received) = tokio::sync::mpsc::unbounded_channel();
        std::thread::spawn(move || {
            while let Some(job) = received.blocking_recv() {
                work(job);
            }
        });
        Worker { jobs }
    }

    #[test]
    fn a_worker_that_panics_has_accepted_nothing() {
        let mut stream = stream();
        stream.worker = Some(worker(|_| panic!("a defect")));
        let mut puts = stream.until(Instant::now() + Duration::from_mins(1));
        for record in 0..1_200 {
            puts.put(record, b"{}");
        }
        let settlement = puts.settle();
        assert_eq!(settlement.accepted, 0);
        assert_eq!(settlement.failed.len(), 1_200);
        assert_eq!(settlement.failed.get(&0), Some(&PutError::Stopped));
        // The next event gets a new one, which says that this connection has no credentials.
        let mut puts = stream.until(Instant::now() + Duration::from_mins(1));
        puts.put(0, b"{}");
        assert_eq!(puts.settle().failed, BTreeMap::from([(0, PutError::Unconfigured)]));
    }

    #[test]
    fn a_job_that_is_dropped_costs_its_own_records() {
        let mut stream = stream();
        let mut count = 0;
        stream.worker = Some(worker(move |job| {
            count += 1;
            if count != 2 {
                let accepted = job.batch.records().len() as u64;
                job.reply.send(Settlement { accepted, ..Settlement::default() }).unwrap();
            }
        }));
        let mut puts = stream.until(Instant::now() + Duration::from_mins(1));
        for record in 0..1_500 {
            puts.put(record, b"{}");
        }
        let settlement = puts.settle();
        assert_eq!(settlement.accepted, 1_000);
        assert!(settlement.failed.keys().copied().eq(500..1_000));
    }

    #[test]
    fn a_worker_that_hangs_is_not_waited_for() {
        let mut stream = stream();
        let mut kept = Vec::new();
        stream.worker = Some(worker(move |job| kept.push(job)));
        let started = Instant::now();
        let mut puts = stream.until(soon());
        for record in 0..2_000 {
            puts.put(record, b"{}");
        }
        let settlement = puts.settle();
        assert_eq!(settlement.failed.len(), 2_000);
        assert_eq!(settlement.failed.get(&0), Some(&PutError::OutOfTime));
        assert!(started.elapsed() < GRACE + Duration::from_secs(1), "{:?}", started.elapsed());
    }
}
