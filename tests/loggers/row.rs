//! A row of the table: a logger, a version, and what is special about it.

use crate::facts::Fact;
use crate::scenario::Log;

/// How many groups of gaps a row may have.
const MOST_GROUPS: usize = 8;

/// A logger in a layout and a version.
#[derive(Clone, Copy)]
pub(crate) struct Row {
    /// LANGUAGE/LOGGER/VERSION.
    pub(crate) folder: &'static str,
    /// Logs that the program cannot make, and why.
    pub(crate) omitted: &'static [(Log, &'static str)],
    /// What its documents do not say, in groups that rows share.
    gaps: [&'static [Gap]; MOST_GROUPS],
    /// Labels beside the scenario's own, without `labels.` and `numeric_labels.`.
    pub(crate) more_labels: &'static [&'static str],
    /// How many records the logger writes about itself before the first log.
    pub(crate) preamble: usize,
    /// How many lines of a log stand above that of its message; of logs that are text.
    pub(crate) lines_above: usize,
}

/// A fact that the documents of these logs, and only they, do not have right.
#[derive(Clone, Copy)]
pub(crate) struct Gap {
    pub(crate) fact: Fact,
    pub(crate) logs: &'static [Log],
    pub(crate) because: &'static str,
}

pub(crate) const fn gap(fact: Fact, logs: &'static [Log], because: &'static str) -> Gap {
    Gap { fact, logs, because }
}

pub(crate) const fn row(folder: &'static str) -> Row {
    Row {
        folder,
        omitted: &[],
        gaps: [&[]; MOST_GROUPS],
        more_labels: &[],
        preamble: 0,
        lines_above: 0,
    }
}

// Each language takes what it needs.
#[allow(dead_code)]
impl Row {
    pub(crate) const fn omits(mut self, omitted: &'static [(Log, &'static str)]) -> Self {
        self.omitted = omitted;
        self
    }

    /// Adds a group of gaps.
    pub(crate) const fn but(mut self, gaps: &'static [Gap]) -> Self {
        let mut group = 0;
        while !self.gaps[group].is_empty() {
            group += 1;
        }
        self.gaps[group] = gaps;
        self
    }

    pub(crate) const fn more_labels(mut self, labels: &'static [&'static str]) -> Self {
        self.more_labels = labels;
        self
    }

    pub(crate) const fn preamble(mut self, records: usize) -> Self {
        self.preamble = records;
        self
    }

    pub(crate) const fn lines_above(mut self, lines: usize) -> Self {
        self.lines_above = lines;
        self
    }

    pub(crate) fn gaps(&self) -> impl Iterator<Item = &'static Gap> {
        self.gaps.into_iter().flatten()
    }

    pub(crate) fn does_log(&self, log: Log) -> bool {
        self.omitted.iter().all(|(omitted, _)| *omitted != log)
    }

    /// Whether the row says that the document of `log` does not have `fact` right.
    pub(crate) fn excuses(&self, fact: Fact, log: Log) -> bool {
        self.gaps().any(|gap| gap.fact == fact && gap.logs.contains(&log))
    }
}
