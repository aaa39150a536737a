//! The delivery streams of this server.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::thread::{self, JoinHandle};

use jiff::Timestamp;

use super::buffer::{Buffer, Hints};
use super::record::RecordIds;
use super::settings::StreamSettings;

/// How many streams there may be: each has a thread.
const MOST_STREAMS: usize = 50;

/// Why a stream was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotMade {
    /// There is one of this name.
    Exists,
    /// There are too many, or the server ends.
    TooMany,
}

/// One delivery stream.
pub(super) struct Stream {
    /// Its name.
    pub name: String,
    /// When it was made.
    pub created: Timestamp,
    /// The records that wait.
    pub buffer: Buffer,
    configured: Mutex<Configured>,
}

/// The settings, and how many times they were set.
#[derive(Clone)]
pub(super) struct Configured {
    /// The settings.
    pub settings: StreamSettings,
    /// Firehose's `VersionId`.
    pub version: u64,
}

/// All streams.
pub(super) struct Streams {
    /// Makes the ids of their records.
    pub ids: RecordIds,
    by_name: Mutex<BTreeMap<String, Arc<Stream>>>,
    workers: Mutex<Vec<JoinHandle<()>>>,
    work: OnceLock<Work>,
    is_ending: AtomicBool,
    has_lost: AtomicBool,
}

/// What a stream's thread does as long as the stream is there.
type Work = Box<dyn Fn(&Stream) + Send + Sync>;

impl Stream {
    pub(super) fn configured(&self) -> Configured {
        lock(&self.configured).clone()
    }

    /// Has other settings from now on, unless they were set since `version`.
    pub(super) fn configure(&self, version: u64, settings: StreamSettings) -> bool {
        let mut configured = lock(&self.configured);
        if configured.version != version {
            return false;
        }
        *configured = Configured { settings, version: version + 1 };
        drop(configured);
        self.buffer.wake();
        true
    }

    /// How much is gathered, and for how long.
    pub(super) fn hints(&self) -> Hints {
        let settings = &lock(&self.configured).settings;
        Hints { size: settings.buffer_size, interval: settings.buffer_interval }
    }
}

impl Streams {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self {
            ids: RecordIds::new(),
            by_name: Mutex::default(),
            workers: Mutex::default(),
            work: OnceLock::new(),
            is_ending: AtomicBool::new(false),
            has_lost: AtomicBool::new(false),
        })
    }

    /// Says what each stream's thread does, before the first stream is made.
    pub(super) fn employ(&self, work: impl Fn(&Stream) + Send + Sync + 'static) {
        let _ = self.work.set(Box::new(work));
    }

    /// Makes a stream and starts its thread.
    pub(super) fn create(
        self: &Arc<Self>,
        name: &str,
        settings: StreamSettings,
    ) -> Result<(), NotMade> {
        let mut streams = lock(&self.by_name);
        if streams.contains_key(name) {
            return Err(NotMade::Exists);
        }
        if streams.len() >= MOST_STREAMS || self.is_ending.load(Ordering::SeqCst) {
            return Err(NotMade::TooMany);
        }
        let stream = Arc::new(Stream {
            name: name.to_owned(),
            created: Timestamp::now(),
            buffer: Buffer::default(),
            configured: Mutex::new(Configured { settings, version: 1 }),
        });
        let (all, its) = (Arc::clone(self), Arc::clone(&stream));
        let worker = thread::Builder::new().name(name.to_owned()).spawn(move || {
            if let Some(work) = all.work.get() {
                work(&its);
            }
        });
        lock(&self.workers).push(worker.map_err(|_| NotMade::TooMany)?);
        streams.insert(name.to_owned(), stream);
        Ok(())
    }

    /// The stream of this name.
    pub(super) fn get(&self, name: &str) -> Option<Arc<Stream>> {
        lock(&self.by_name).get(name).cloned()
    }

    /// The names of all streams, in their order.
    pub(super) fn names(&self) -> Vec<String> {
        lock(&self.by_name).keys().cloned().collect()
    }

    /// Takes a stream away. What it has is delivered yet.
    pub(super) fn delete(&self, name: &str) -> bool {
        let stream = lock(&self.by_name).remove(name);
        stream.inspect(|stream| stream.buffer.close()).is_some()
    }

    /// Notes that something could be kept nowhere.
    pub(super) fn lose(&self) {
        self.has_lost.store(true, Ordering::Relaxed);
    }

    /// Delivers whatever there is and ends all threads. Those that transform go first, because
    /// their documents may go to others. From then on nothing is accepted. Returns whether
    /// everything is kept somewhere.
    pub(super) fn end(&self) -> bool {
        self.is_ending.store(true, Ordering::SeqCst);
        let streams: Vec<_> = lock(&self.by_name).values().cloned().collect();
        let (transforming, others): (Vec<_>, Vec<_>) =
            streams.into_iter().partition(|stream| stream.configured().settings.transforms);
        close(&transforming);
        let names: Vec<_> = others.iter().map(|stream| stream.name.as_str()).collect();
        let (last, first) = std::mem::take(&mut *lock(&self.workers))
            .into_iter()
            .partition(|worker| worker.thread().name().is_some_and(|name| names.contains(&name)));
        self.join(first);
        close(&others);
        self.join(last);
        !self.has_lost.load(Ordering::Relaxed)
    }

    fn join(&self, workers: Vec<JoinHandle<()>>) {
        for worker in workers {
            if worker.join().is_err() {
                self.lose();
            }
        }
    }
}

fn close(streams: &[Arc<Stream>]) {
    for stream in streams {
        stream.buffer.close();
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
