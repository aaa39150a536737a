//! The thread that sends batches: it owns the client and the runtime that the client needs.
//!
//! Each batch is a task, so that one which waits does not hold up the other. Its reply comes through
//! a channel of its own: whatever ends the task, a panic included, closes that channel, and whoever
//! waits at the other end knows.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;
use std::time::{Duration, Instant};

use aws_sdk_firehose::Client;
use aws_sdk_firehose::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_firehose::operation::put_record_batch::{PutRecordBatchError, PutRecordBatchOutput};
use aws_sdk_firehose::primitives::Blob;
use aws_sdk_firehose::types::{PutRecordBatchResponseEntry, Record};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::{sleep, timeout_at};

use super::Settlement;
use super::batch::{Batch, Entry};
use super::connection::Connection;
use super::error::PutError;
use super::retry::{self, Pace};

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
    let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
        return;
    };
    runtime.block_on(async {
        let target =
            Arc::new(Target { client: connection.client(), stream, pace: connection.pace });
        while let Some(Job { batch, deadline, reply }) = jobs.recv().await {
            let target = Arc::clone(&target);
            tokio::spawn(async move {
                let settlement = target.put(batch.entries, deadline).await;
                // Whoever does not wait any more has given the batch up.
                let _ = reply.send(settlement);
            });
        }
    });
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
    async fn put(&self, entries: Vec<Entry>, deadline: Instant) -> Settlement {
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
            let start = Instant::now() + pause;
            if waiting.is_empty() || start >= deadline {
                break;
            }
            sleep(pause).await;
            settlement.requests += 1;
            if attempts > 1 {
                settlement.retries += waiting.len() as u64;
            }
            let request = request(client, &self.stream, &waiting);
            let Ok(answer) = timeout_at(deadline.into(), request).await else { break };
            waiting = settle(waiting, answer, &mut settlement);
            pause = self.pace.pause(attempts, fastrand::f64());
        }
        for (entry, cause) in waiting {
            settlement.fail(entry.record, cause);
        }
        settlement
    }
}

/// For each entry in turn whether it was accepted, or why the whole request was not.
type Answer = Result<Vec<Result<(), PutError>>, PutError>;

/// One attempt.
async fn request(client: &Client, stream: &str, entries: &[(Entry, PutError)]) -> Answer {
    let records: Result<Vec<_>, _> = entries
        .iter()
        .map(|(entry, _)| Record::builder().data(Blob::new(entry.document.as_slice())).build())
        .collect();
    let records = records.map_err(|_| PutError::Rejected)?;
    let put = client.put_record_batch().delivery_stream_name(stream).set_records(Some(records));
    match put.send().await {
        Ok(output) => by_entry(&output, entries.len()),
        Err(error) => Err(of_request(&error)),
    }
}

/// What an answer with status 200 says. An entry is accepted only if it has a `RecordId`, and an
/// answer that does not speak of each entry speaks of none.
fn by_entry(output: &PutRecordBatchOutput, entries: usize) -> Answer {
    let answers = output.request_responses();
    if answers.len() != entries {
        return Err(PutError::Garbled);
    }
    let answer =
        |answer: &PutRecordBatchResponseEntry| match (answer.record_id(), answer.error_code()) {
            (Some(_), None) => Ok(()),
            (_, code) => Err(retry::of_entry(code)),
        };
    Ok(answers.iter().map(answer).collect())
}

/// Why a request failed as a whole.
fn of_request(error: &SdkError<PutRecordBatchError>) -> PutError {
    match error {
        SdkError::ServiceError(refusal) => {
            retry::of_request(refusal.err().code(), refusal.raw().status().as_u16())
        }
        SdkError::ResponseError(answer) if answer.raw().status().is_server_error() => {
            PutError::Unavailable
        }
        SdkError::ResponseError(_) => PutError::Garbled,
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) => PutError::Unreachable,
        // It was not even sent, and would not be the next time.
        _ => PutError::Rejected,
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
