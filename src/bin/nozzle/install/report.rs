//! What was done, one line for each request.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::resource::State;
use crate::complain;
use crate::pretty::printable;

const DONE: Style = AnsiColor::Green.on_default();
const REPLACED: Style = AnsiColor::Yellow.on_default();
const DIM: Style = Style::new().dimmed();

/// How many of the places that differ are told.
const MOST_PATHS: usize = 6;

/// Tells a person what is done, or what would be.
pub(super) struct Report {
    is_dry_run: bool,
}

impl Report {
    pub(super) fn new(is_dry_run: bool) -> Self {
        Self { is_dry_run }
    }

    /// A request, after it was sent; in a dry run, instead of sending it. `None` stands for a state
    /// that nobody could tell.
    pub(super) fn request(&self, state: Option<&State>, request: &str) -> io::Result<()> {
        let (style, done, planned) = match state {
            Some(State::Absent) => (DONE, "created", "create"),
            Some(State::Different(_)) => (REPLACED, "changed", "change"),
            Some(State::AsWanted) => (DIM, "unchanged", "unchanged"),
            Some(State::Unsupported) => (DIM, "left out", "leave out"),
            None => (DIM, "unknown", "unknown"),
        };
        let word = if self.is_dry_run { planned } else { done };
        let mut line = format!("{style}{word:<9}{style:#}  {}", printable(request));
        if let Some(State::Different(paths)) = state {
            let told: Vec<&str> = paths.iter().take(MOST_PATHS).map(String::as_str).collect();
            let _ = write!(line, "  {DIM}{}", printable(&told.join(", ")));
            let more = paths.len().saturating_sub(MOST_PATHS);
            if more > 0 {
                let _ = write!(line, " and {more} more");
            }
            let _ = write!(line, "{DIM:#}");
        }
        writeln!(anstream::stdout(), "{line}")
    }

    /// A file that was written.
    pub(super) fn file(&self, name: &str) -> io::Result<()> {
        let word = if self.is_dry_run { "write" } else { "written" };
        writeln!(anstream::stdout(), "{DONE}{word:<9}{DONE:#}  {}", printable(name))
    }
}

/// A sentence that belongs to the work.
pub(super) fn note(sentence: &str) -> io::Result<()> {
    writeln!(anstream::stdout(), "{DIM}{}{DIM:#}", printable(sentence))
}

/// A sentence that a person should not miss, although the work is done.
pub(super) fn warn(sentence: &str) {
    complain(&format!("nozzle: warning: {sentence}"));
}
