//! One look at each of a log's keys. Several passes know a few names each, of which most logs have
//! none: one table says of every name which of them it concerns, so that the others need not walk
//! over the log at all.

use std::collections::HashMap;
use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::aliases::{Candidate, rows};
use super::{holders, mongodb, origin, own_words, split_time, text};
use crate::json::Object;

/// What the passes have to do with a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tasks(u8);

impl Tasks {
    /// The log may be MongoDB's.
    pub(super) const MONGODB: Self = Self(1);
    /// It holds a text that may be a line of pairs.
    pub(super) const PAIRS: Self = Self(1 << 1);
    /// It may hold an object of the program's own fields.
    pub(super) const HOLDER: Self = Self(1 << 2);
    /// It may hold what its logger says of itself.
    pub(super) const OWN_WORDS: Self = Self(1 << 3);
    /// It may tell its time in two fields.
    pub(super) const SPLIT_TIME: Self = Self(1 << 4);
    /// It may tell its origin by plain names.
    pub(super) const ORIGIN: Self = Self(1 << 5);

    /// Whether all of `tasks` are among them.
    pub(super) const fn contains(self, tasks: Self) -> bool {
        self.0 & tasks.0 == tasks.0
    }
}

impl BitOr for Tasks {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitOrAssign for Tasks {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// All that is known of a path.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The rows that match it, best first.
    pub rows: Vec<Candidate>,
    /// Whether longer paths that begin with it are known.
    pub is_outer: bool,
    /// What the passes have to do with it.
    tasks: Tasks,
    /// What they have to do with it when it holds an object or an array.
    container_tasks: Tasks,
}

/// What is known of `path`.
pub(super) fn known(path: &str) -> Option<&'static Known> {
    static BY_PATH: LazyLock<HashMap<&'static str, Known, FxBuildHasher>> = LazyLock::new(table);
    BY_PATH.get(path)
}

/// The rows that match `path`, best first.
pub(super) fn candidates(path: &str) -> &'static [Candidate] {
    known(path).map_or(&[], |known| &known.rows)
}

fn table() -> HashMap<&'static str, Known, FxBuildHasher> {
    let mut by_path: HashMap<&'static str, Known, FxBuildHasher> = HashMap::default();
    for row in rows() {
        for outer in outer_paths(row.path) {
            by_path.entry(outer).or_default().is_outer = true;
        }
        by_path.entry(row.path).or_default().rows.push(row);
    }
    let tasks = (std::iter::once((mongodb::SIGN, Tasks::MONGODB)))
        .chain(text::TEXT_KEYS.map(|name| (name, Tasks::PAIRS)))
        .chain(own_words::names().map(|name| (name, Tasks::OWN_WORDS)))
        .chain(split_time::names().map(|name| (name, Tasks::SPLIT_TIME)))
        .chain(origin::names().map(|name| (name, Tasks::ORIGIN)));
    for (name, task) in tasks {
        by_path.entry(name).or_default().tasks |= task;
    }
    for holder in holders::paths() {
        for outer in outer_paths(holder).chain([holder]) {
            by_path.entry(outer).or_default().container_tasks |= Tasks::HOLDER;
        }
    }
    for (path, known) in &mut by_path {
        if path.contains('.') {
            known.tasks |= Tasks::HOLDER;
        }
    }
    by_path
}

/// The paths of the objects in which `path` lies.
fn outer_paths(path: &'static str) -> impl Iterator<Item = &'static str> {
    path.match_indices('.').filter_map(|(dot, _)| path.get(..dot))
}

/// What is known of each key of a log, and what there is to do for them together.
pub(super) struct Survey {
    /// The keys in their order.
    pub keys: Vec<Option<&'static Known>>,
    /// The tasks of all of them.
    pub tasks: Tasks,
}

impl Survey {
    /// Looks each key of `source` up.
    pub(super) fn of(source: &Object<'_>) -> Self {
        let mut tasks = Tasks::default();
        let look_up = |(key, value): (&std::borrow::Cow<'_, str>, &crate::json::Value<'_>)| {
            let known = known(key);
            match known {
                Some(known) => {
                    tasks |= known.tasks;
                    if value.is_container() {
                        tasks |= known.container_tasks;
                    }
                }
                // A field of a holder may be written so: `extra.order_id`.
                None if key.contains('.') => tasks |= Tasks::HOLDER,
                None => {}
            }
            known
        };
        let keys = source.iter().map(look_up).collect();
        Self { keys, tasks }
    }

    /// Whether there is any of `tasks` to do.
    pub(super) fn has(&self, tasks: Tasks) -> bool {
        self.tasks.contains(tasks)
    }
}
