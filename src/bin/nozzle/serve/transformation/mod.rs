//! What happens to records between the buffer and the destination: Firehose makes an event of
//! them, calls the function, and judges its answer.

mod event;
mod failure;
mod fan_out;
mod function;
mod verdict;

use nozzle::limits::LabelNames;
use nozzle::{Config, Surroundings, transform_in};
use serde_json::Value;

use super::place::Place;
use super::record::Record;
use super::stopping::Stopping;
use super::streams::Streams;

pub(super) use event::length_in_event;
pub(super) use failure::Failure;
pub(super) use function::Function;
pub(super) use verdict::Verdict;

use event::write_event;
use fan_out::LocalStream;
use verdict::judge;

/// What transforms.
pub(super) enum Transformation {
    /// The command's own code, which is the function's.
    OwnCode(Box<Config>),
    /// Another process.
    Function(Function),
}

/// What became of a batch.
pub(super) struct Judgement {
    /// One for each record, in their order.
    pub verdicts: Vec<Verdict>,
    /// How many times the function was called.
    pub attempts: u32,
}

/// Where a batch is transformed.
pub(super) struct Surrounding<'s> {
    /// The place of the stream.
    pub place: &'s Place,
    /// Its name.
    pub stream: &'s str,
    /// All streams, of which one may take the documents of records that hold several.
    pub streams: &'s Streams,
    /// Ends the pauses between attempts.
    pub stopping: &'s Stopping,
    /// The label names of the stream's earlier batches.
    pub label_names: &'s mut LabelNames,
}

impl Transformation {
    /// Transforms a batch. Whatever goes wrong is a verdict on the records that it befell.
    pub(super) fn transform(
        &self,
        records: &[Record],
        surrounding: &mut Surrounding<'_>,
    ) -> Judgement {
        let event = write_event(records, surrounding.place, surrounding.stream);
        let (answer, attempts) = match self {
            Self::OwnCode(config) => (run(config, &event, surrounding), 1),
            Self::Function(function) => function.invoke(&event, surrounding.stopping),
        };
        let verdicts = answer
            .and_then(|answer| judge(records, &answer))
            .unwrap_or_else(|failure| records.iter().map(|_| Verdict::Failed(failure)).collect());
        Judgement { verdicts, attempts }
    }
}

/// Runs the command's own code, with the fan-out stream of its configuration at hand.
fn run(config: &Config, event: &[u8], surrounding: &mut Surrounding<'_>) -> Result<Value, Failure> {
    let mut stream = config
        .fan_out_stream
        .as_deref()
        .map(|name| LocalStream::new(surrounding.streams, name, surrounding.stream));
    let mut around =
        Surroundings { label_names: Some(surrounding.label_names), ..Surroundings::default() };
    if let Some(stream) = &mut stream {
        around.fan_out = Some(stream);
    }
    let mut response = Vec::new();
    transform_in(around, event, config, &mut response).map_err(|_| Failure::function_error())?;
    serde_json::from_slice(&response).map_err(|_| Failure::not_understood())
}
