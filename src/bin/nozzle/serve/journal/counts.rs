//! What is counted of all records: by second, result, rule, name and fingerprint.
//!
//! Producers choose names, so that each table has an end.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use serde::Serialize;

use super::digest::{Digest, ERROR};
use super::{Entry, Outcome};

/// For how many seconds the counts of each second are kept.
const WINDOW: usize = 300;
/// How many seconds one step of a group's recent counts has.
const STEP: usize = 10;
const STEPS: usize = WINDOW / STEP;
/// How many names a table has at most.
const MOST_NAMES: usize = 500;
/// How many groups of errors are kept; the one not seen for longest goes first.
const MOST_GROUPS: usize = 1000;
/// How many groups are shown.
const SHOWN_GROUPS: usize = 50;

/// What was counted since the start.
#[derive(Debug)]
pub(crate) struct Counts {
    seconds: Window<Second, WINDOW>,
    total: Second,
    codes: Tally,
    rules: Tally,
    services: Tally,
    indices: Tally,
    groups: HashMap<String, Group>,
}

/// Records by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Second {
    pub(crate) ok: u64,
    pub(crate) dropped: u64,
    pub(crate) failed: u64,
    /// Documents whose level is `error` or worse. They are counted in `ok` too.
    pub(crate) errors: u64,
}

/// Tracebacks that are alike.
#[derive(Debug)]
struct Group {
    error_type: String,
    culprit: String,
    service: String,
    message: String,
    count: u64,
    first: i64,
    last: i64,
    recent: Window<u64, STEPS>,
}

/// What the page shows of the counts. Times are milliseconds since 1970.
#[derive(Debug, Serialize)]
pub(crate) struct Overview {
    pub(crate) now: i64,
    pub(crate) total: Second,
    /// One for each second, the newest last.
    pub(crate) seconds: Vec<Second>,
    pub(crate) codes: BTreeMap<String, u64>,
    pub(crate) rules: BTreeMap<String, u64>,
    pub(crate) services: BTreeMap<String, u64>,
    pub(crate) indices: BTreeMap<String, u64>,
    /// The most frequent of the last minutes first.
    pub(crate) groups: Vec<GroupOverview>,
}

/// One group of errors.
#[derive(Debug, Serialize)]
pub(crate) struct GroupOverview {
    pub(crate) fingerprint: String,
    pub(crate) error_type: String,
    pub(crate) culprit: String,
    /// The service and the message of the last one.
    pub(crate) service: String,
    pub(crate) message: String,
    pub(crate) count: u64,
    pub(crate) first: i64,
    pub(crate) last: i64,
    /// One for each ten seconds, the newest last.
    pub(crate) recent: Vec<u64>,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            seconds: Window::new(),
            total: Second::default(),
            codes: Tally::default(),
            rules: Tally::default(),
            services: Tally::default(),
            indices: Tally::default(),
            groups: HashMap::new(),
        }
    }
}

impl Counts {
    /// Counts a record in the second of its arrival.
    pub(crate) fn add(&mut self, entry: &Entry, digest: &Digest) {
        let second = entry.arrived.as_second();
        for counts in [Some(&mut self.total), self.seconds.at(second)].into_iter().flatten() {
            match entry.result {
                Outcome::Ok => counts.ok += 1,
                Outcome::Dropped => counts.dropped += 1,
                Outcome::ProcessingFailed { .. } => counts.failed += 1,
            }
            let is_error = entry.document.is_some() && digest.level >= Some(ERROR);
            counts.errors += u64::from(is_error);
        }
        self.codes.add(entry.result.code().unwrap_or_default());
        self.services.add(&digest.service);
        self.indices.add(&entry.index);
        for rule in &digest.rules {
            self.rules.add(rule);
        }
        if !digest.fingerprint.is_empty() {
            self.add_error(entry, digest);
        }
    }

    fn add_error(&mut self, entry: &Entry, digest: &Digest) {
        if self.groups.len() >= MOST_GROUPS && !self.groups.contains_key(&digest.fingerprint) {
            let oldest = self.groups.iter().min_by_key(|(_, group)| group.last);
            if let Some(oldest) = oldest.map(|(fingerprint, _)| fingerprint.clone()) {
                self.groups.remove(&oldest);
            }
        }
        let arrived = entry.arrived.as_millisecond();
        let group = self.groups.entry(digest.fingerprint.clone()).or_insert_with(|| Group {
            error_type: digest.error_type.clone(),
            culprit: digest.culprit.clone(),
            service: String::new(),
            message: String::new(),
            count: 0,
            first: arrived,
            last: arrived,
            recent: Window::new(),
        });
        group.service.clone_from(&digest.service);
        group.message.clone_from(&digest.message);
        group.count += 1;
        group.last = group.last.max(arrived);
        if let Some(recent) = group.recent.at(step(entry.arrived)) {
            *recent += 1;
        }
    }

    /// The counts as they stand at `now`.
    pub(crate) fn overview(&self, now: Timestamp) -> Overview {
        let mut groups: Vec<GroupOverview> = self
            .groups
            .iter()
            .map(|(fingerprint, group)| GroupOverview {
                fingerprint: fingerprint.clone(),
                error_type: group.error_type.clone(),
                culprit: group.culprit.clone(),
                service: group.service.clone(),
                message: group.message.clone(),
                count: group.count,
                first: group.first,
                last: group.last,
                recent: group.recent.until(step(now)),
            })
            .collect();
        let rank = |group: &GroupOverview| (group.recent.iter().sum::<u64>(), group.last);
        groups.sort_by(|a, b| rank(b).cmp(&rank(a)).then(a.fingerprint.cmp(&b.fingerprint)));
        groups.truncate(SHOWN_GROUPS);
        Overview {
            now: now.as_millisecond(),
            total: self.total,
            seconds: self.seconds.until(now.as_second()),
            codes: self.codes.0.clone(),
            rules: self.rules.0.clone(),
            services: self.services.0.clone(),
            indices: self.indices.0.clone(),
            groups,
        }
    }
}

fn step(time: Timestamp) -> i64 {
    time.as_second() / i64::try_from(STEP).unwrap_or(1)
}

/// How often each name came. The empty name is none.
#[derive(Debug, Default)]
struct Tally(BTreeMap<String, u64>);

impl Tally {
    fn add(&mut self, name: &str) {
        if let Some(count) = self.0.get_mut(name) {
            *count += 1;
        } else if !name.is_empty() && self.0.len() < MOST_NAMES {
            self.0.insert(name.to_owned(), 1);
        }
    }
}

/// Counts of the last `N` steps of time, a ring.
#[derive(Debug)]
struct Window<T, const N: usize> {
    /// The step of time that each place holds, and its counts.
    places: Box<[(i64, T)]>,
}

impl<T: Copy + Default, const N: usize> Window<T, N> {
    fn new() -> Self {
        Self { places: vec![(i64::MIN, T::default()); N].into() }
    }

    /// The counts of a step; `None` when its place is taken by a later one.
    fn at(&mut self, step: i64) -> Option<&mut T> {
        let place = self.places.get_mut(Self::place(step))?;
        if place.0 < step {
            *place = (step, T::default());
        }
        (place.0 == step).then_some(&mut place.1)
    }

    /// The counts of the last `N` steps, of which `last` is the last.
    fn until(&self, last: i64) -> Vec<T> {
        let steps = (0..N).rev().filter_map(|back| last.checked_sub(i64::try_from(back).ok()?));
        steps
            .map(|step| match self.places.get(Self::place(step)) {
                Some((held, counts)) if *held == step => *counts,
                _ => T::default(),
            })
            .collect()
    }

    fn place(step: i64) -> usize {
        i64::try_from(N).ok().and_then(|n| usize::try_from(step.rem_euclid(n)).ok()).unwrap_or(0)
    }
}
