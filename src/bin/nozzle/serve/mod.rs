//! `nozzle serve`: a local delivery stream. It speaks the API of Amazon Data Firehose, buffers,
//! transforms, delivers and backs up as Firehose does.
//!
//! Requests are answered by one thread; each stream has a thread of its own, which takes batches
//! from its buffer. At the end all buffers are emptied.

mod api;
mod arguments;
mod backup;
mod buffer;
mod delivery;
mod faults;
mod files;
mod journal;
mod page;
mod place;
mod record;
mod rotation;
mod settings;
mod stopping;
mod streams;
mod transformation;
mod worker;

use std::future::IntoFuture;
use std::io::Write;
use std::net::TcpListener;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use axum::Router;
use nozzle::{Config, Settings};
use signal_hook::consts::{SIGINT, SIGTERM};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use api::Service;
use backup::Backup;
use journal::Journal;
use page::{Hosts, Page};
use place::Place;
use settings::StreamSettings;
use stopping::Stopping;
use streams::Streams;
use transformation::Transformation;
use worker::Chain;

use crate::{Failure, Outcome, complain};

pub(crate) use arguments::Arguments;

/// The stream that there is when none is named.
const DEFAULT_STREAM: &str = "logs";
/// How many records the page has at most.
const MOST_RECORDS: usize = 20_000;
/// How long requests that are under way may still take at the end.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let said = Settings::from_environment()?;
    let mut config = Config::compile_locally(&said)?;
    let settings = arguments.settings(&said, &mut config);
    let fan_out = config.fan_out_stream.clone();
    let stopping = Stopping::default();
    let place = Place::from_environment();
    let transformation = match arguments.function()? {
        Some(function) => Transformation::Function(function),
        None => Transformation::OwnCode(Box::new(config)),
    };
    let destination = arguments.destination(&stopping)?;
    let backup = Backup::new(&arguments.folder, place.function_arn());
    files::make_folder(&arguments.folder).map_err(|error| {
        Failure::Usage(format!("--folder {} cannot be made: {error}", arguments.folder.display()))
    })?;
    let runtime = Builder::new_current_thread().enable_io().enable_time().build()?;
    // Before any record is accepted.
    let signals = Signals::new()?;
    let listener = listen(&arguments.address)?;
    let mut explaining = Config::compile_locally(&said)?;
    explaining.redactor.end_audit();
    let explaining = Arc::new(explaining);
    let masking = (!arguments.reveal).then(|| Arc::clone(&explaining));
    let journal = Arc::new(Journal::new(MOST_RECORDS, masking));
    let page = Page {
        journal: Arc::clone(&journal),
        config: explaining,
        stream: arguments.streams.first().map_or(DEFAULT_STREAM, String::as_str).to_owned(),
        place: place.clone(),
        reveals: arguments.reveal,
        hosts: Hosts::of(listener.local_addr()?.ip()),
    };

    let streams = Streams::new();
    let is_opensearch = matches!(destination, delivery::Destination::OpenSearch(_));
    let chain = Chain {
        place: place.clone(),
        streams: Arc::clone(&streams),
        transformation,
        destination,
        backup,
        journal,
        stopping: stopping.clone(),
    };
    streams.employ(move |stream| chain.work(stream));
    create_streams(&arguments.streams, fan_out.as_deref(), &settings, &streams)?;
    let faults = arguments.faults();
    let service = Service { streams: Arc::clone(&streams), settings, faults, place, is_opensearch };
    let routes = api::routes(service).merge(page::routes(page));
    serve(runtime, listener, routes, signals, move || {
        stopping.begin();
        streams.end()
    })
}

/// Makes the streams that are named, and the one for fan-out.
fn create_streams(
    chosen: &[String],
    fan_out: Option<&str>,
    settings: &StreamSettings,
    streams: &Arc<Streams>,
) -> Result<(), Failure> {
    let mut names: Vec<&str> = chosen.iter().map(String::as_str).collect();
    if names.is_empty() {
        names.push(DEFAULT_STREAM);
    }
    // A stream alone is its own fan-out stream: what comes again has one document.
    let is_own = names == fan_out.as_slice();
    if let Some(name) = fan_out
        && !names.contains(&name)
    {
        names.push(name);
    }
    for name in names {
        let transforms = is_own || fan_out != Some(name);
        let settings = StreamSettings { transforms, ..settings.clone() };
        streams.create(name, settings).map_err(|fault| {
            Failure::Usage(match fault {
                streams::NotMade::Exists => format!("--stream {name} is named twice"),
                streams::NotMade::TooMany => "there are too many streams; name fewer".to_owned(),
            })
        })?;
    }
    Ok(())
}

/// Listens at the address, and warns when others than this machine reach it.
fn listen(address: &str) -> Result<TcpListener, Failure> {
    let failed = |error| Failure::Usage(format!("--address {address}: {error}"));
    let listener = TcpListener::bind(address).map_err(failed)?;
    listener.set_nonblocking(true).map_err(failed)?;
    if !listener.local_addr().map_err(failed)?.ip().is_loopback() {
        complain(&format!(
            "nozzle: WARNING: {address} is reached from other machines, and whoever reaches it may put records and read the page; there is neither a password nor encryption"
        ));
    }
    Ok(listener)
}

/// The signals that end the server.
struct Signals(mpsc::UnboundedReceiver<()>);

impl Signals {
    fn new() -> std::io::Result<Self> {
        let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
        let (sender, receiver) = mpsc::unbounded_channel();
        thread::Builder::new().name("signals".to_owned()).spawn(move || {
            for _ in signals.forever() {
                if sender.send(()).is_err() {
                    return;
                }
            }
        })?;
        Ok(Self(receiver))
    }

    async fn next(&mut self) {
        self.0.recv().await;
    }
}

/// Answers requests until a signal comes, and `flush`es then. A second signal ends without it.
fn serve(
    runtime: Runtime,
    listener: TcpListener,
    routes: Router,
    mut signals: Signals,
    flush: impl FnOnce() -> bool + Send + 'static,
) -> Result<Outcome, Failure> {
    let outcome = runtime.block_on(async {
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let mut out = std::io::stdout().lock();
        writeln!(out, "listening on http://{}", listener.local_addr()?)?;
        out.flush()?;
        drop(out);
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = axum::serve(listener, routes).with_graceful_shutdown(async {
            let _ = stopped.await;
        });
        let mut serving = tokio::spawn(serving.into_future());
        tokio::select! {
            () = signals.next() => {}
            _ = &mut serving => {}
        }
        complain("nozzle: ending: what is buffered is delivered yet");
        // Requests are answered meanwhile: a function elsewhere puts the documents of records that
        // hold several. Producers are refused.
        let outcome = tokio::select! {
            flushed = tokio::task::spawn_blocking(flush) => match flushed {
                Ok(true) => Outcome::Complete,
                _ => Outcome::Incomplete,
            },
            () = signals.next() => {
                complain("nozzle: ended without delivering what was buffered");
                Outcome::Incomplete
            }
        };
        let _ = stop.send(());
        let _ = timeout(PATIENCE, serving).await;
        Ok(outcome)
    });
    runtime.shutdown_background();
    outcome
}
