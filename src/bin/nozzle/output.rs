//! Standard output, and the progress that a person sees on long work.

use std::io::{BufWriter, StdoutLock, stdout};
use std::time::{Duration, Instant};

use indicatif::ProgressBar;

/// Buffered standard output for bytes that are not meant for a terminal's colours.
pub(crate) fn buffered_stdout() -> BufWriter<StdoutLock<'static>> {
    BufWriter::with_capacity(1 << 16, stdout().lock())
}

/// Shows how far the work is, once it has taken a second, where standard error is a terminal.
pub(crate) struct Progress {
    started: Instant,
    bar: Option<ProgressBar>,
}

impl Progress {
    const PATIENCE: Duration = Duration::from_secs(1);

    pub(crate) fn start() -> Self {
        Self { started: Instant::now(), bar: None }
    }

    /// Notes that `records` are done.
    pub(crate) fn show(&mut self, records: u64) {
        if self.bar.is_none() && self.started.elapsed() > Self::PATIENCE {
            self.bar = Some(ProgressBar::new_spinner());
        }
        if let Some(bar) = &self.bar {
            bar.set_message(format!("{records} records"));
            bar.tick();
        }
    }

    pub(crate) fn end(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
