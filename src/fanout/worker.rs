//! The thread that sends batches: it owns the client.
//!
//! Each batch has a thread of its own below it, so that one which waits does not hold up the other.
//! Its reply comes through a channel of its own: whatever ends the thread, a panic included, closes
//! that channel, and whoever waits at the other end knows.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::Settlement;
use super::batch::{Batch, Entry, body};
use super::client::{Answer, Client};
use super::connection::Connection;
use super::error::PutError;
use super::retry::Pace;

/// A running worker. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) jobs: UnboundedSender<Job>,
}

/// A batch, and whom to tell what became of it.
#[derive(Debug)]
pub(super) struct Job {
    pub(super) batch: Batch,
    pub(super) deadline: Instant,
    pub(super) reply: SyncSender<Settlement>,
}

impl Worker {
    /// Starts the thread.
    pub(super) fn start(stream: &str, connection: &Connection) -> io::Result<Self> {
        let (jobs, received) = unbounded_channel();
        let (stream, connection) = (stream.to_owned(), connection.clone());
        thread::Builder::new()
            .name("nozzle-fanout".to_owned())
            .spawn(move || run(received, stream, &connection))?;
        Ok(Self { jobs })
    }

    pub(super) fn has_ended(&self) -> bool {
        self.jobs.is_closed()
    }

    /// Gives a batch to the worker. The channel in the answer is closed without a word where the
    /// worker has ended, or ends over this batch.
    pub(super) fn send(&self, batch: Batch, deadline: Instant) -> Receiver<Settlement> {
        let (reply, answer) = sync_channel(1);
        // What cannot be sent comes back and is dropped, and the reply with it.
        let _ = self.jobs.send(Job { batch, deadline, reply });
        answer
    }
}

/// The thread's work, until nobody can send to it any more.
fn run(mut jobs: UnboundedReceiver<Job>, stream: String, connection: &Connection) {
    let target = Arc::new(Target { client: connection.client(), stream, pace: connection.pace });
    while let Some(Job { batch, deadline, reply }) = jobs.blocking_recv() {
        let target = Arc::clone(&target);
        let put = move || {
            let settlement = target.put(batch.entries, deadline);
            // Whoever does not wait any more has given the batch up.
            let _ = reply.send(settlement);
        };
        // Where the system gives no thread, the batch is dropped, and the reply with it.
        let _ = thread::Builder::new().name("nozzle-batch".to_owned()).spawn(put);
    }
}

/// Where batches go.
struct Target {
    /// `None` without region or credentials.
    client: Option<Client>,
    stream: String,
    pace: Pace,
}

impl Target {
    /// Sends these entries, and those that fail again, until all are accepted or refused for good
    /// or the deadline has come.
    fn put(&self, entries: Vec<Entry>, deadline: Instant) -> Settlement {
        let mut settlement = Settlement::default();
        let mut waiting: Vec<_> =
            entries.into_iter().map(|entry| (entry, PutError::OutOfTime)).collect();
        let Some(client) = &self.client else {
            for (entry, _) in waiting {
                settlement.fail(entry.record, PutError::Unconfigured);
            }
            return settlement;
        };
        let mut pause = Duration::ZERO;
        for attempts in 1.. {
            if waiting.is_empty() || Instant::now() + pause >= deadline {
                break;
            }
            thread::sleep(pause);
            settlement.requests += 1;
            if attempts > 1 {
                settlement.retries += waiting.len() as u64;
            }
            let documents = waiting.iter().map(|(entry, _)| entry.document.as_slice());
            let body = body(&self.stream, documents);
            let time_left = deadline.saturating_duration_since(Instant::now());
            let answer = client.put(&body, waiting.len(), time_left);
            if answer == Err(PutError::Unreachable) && Instant::now() >= deadline {
                // It was cut short, which says nothing about the other side.
                break;
            }
            waiting = settle(waiting, answer, &mut settlement);
            pause = self.pace.pause(attempts, fastrand::f64());
        }
        for (entry, cause) in waiting {
            settlement.fail(entry.record, cause);
        }
        settlement
    }
}

/// Enters what the answer says into the settlement. What is worth another attempt comes back.
fn settle(
    entries: Vec<(Entry, PutError)>,
    answer: Answer,
    settlement: &mut Settlement,
) -> Vec<(Entry, PutError)> {
    let answers = answer.unwrap_or_else(|cause| vec![Err(cause); entries.len()]);
    let mut waiting = Vec::new();
    for ((entry, _), answer) in entries.into_iter().zip(answers) {
        match answer {
            Ok(()) => settlement.accepted += 1,
            Err(cause) if cause.is_transient() => waiting.push((entry, cause)),
            Err(cause) => settlement.fail(entry.record, cause),
        }
    }
    waiting
}
