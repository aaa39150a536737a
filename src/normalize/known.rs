//! One look at each of a log's keys. Several passes know a few names each, of which most logs have
//! none: one table says of every name which of them it concerns, so that the others need not walk
//! over the log at all.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::{BitOr, BitOrAssign};
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::aliases::{Candidate, rows};
use super::{holders, mongodb, origin, own_words, split_time, text};
use crate::json::{Object, Value};

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

    /// What there is to do for `key`, of which `known` is known, whatever its value is.
    pub(super) fn of_key(key: &str, known: Option<&Known>) -> Self {
        match known {
            Some(known) => known.tasks,
            // A field of a holder may be written so: `extra.order_id`.
            None if key.contains('.') => Self::HOLDER,
            None => Self::default(),
        }
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
    pub container_tasks: Tasks,
}

/// What is known of `path`.
pub(super) fn known(path: &str) -> Option<&'static Known> {
    static TABLE: LazyLock<Table> = LazyLock::new(|| Table::of(table()));
    TABLE.get(path)
}

/// A hash table that is built once and then asked for every key of every log. Most keys that are
/// not in it meet an empty slot, or one with another tag, so that no text is compared. It holds
/// nothing of any log, so that none can make it slow.
struct Table {
    /// A tag of each entry's hash, and the entry's number from one on; zero is an empty slot. Their
    /// count is a power of two, and at most a quarter of them are taken.
    slots: Vec<(u16, u16)>,
    entries: Vec<(&'static str, Known)>,
}

impl Table {
    fn of(known: HashMap<&'static str, Known, FxBuildHasher>) -> Self {
        let entries: Vec<_> = known.into_iter().collect();
        let mut slots = vec![(0, 0); (4 * entries.len()).next_power_of_two()];
        let mask = slots.len() - 1;
        for (number, (path, _)) in (1..).zip(&entries) {
            let (mut position, tag) = hash(path.as_bytes());
            while let Some(slot) = slots.get_mut(position & mask) {
                if slot.1 == 0 {
                    *slot = (tag, number);
                    break;
                }
                position += 1;
            }
        }
        Self { slots, entries }
    }

    fn get(&self, path: &str) -> Option<&Known> {
        let (mut position, tag) = hash(path.as_bytes());
        loop {
            let (slot_tag, number) = self.slots.get(position & (self.slots.len() - 1))?;
            let (entry_path, known) = self.entries.get(usize::from(*number).checked_sub(1)?)?;
            if *slot_tag == tag && *entry_path == path {
                return Some(known);
            }
            position += 1;
        }
    }
}

/// A slot and a tag of a path: of its length and its first and last bytes, by which the names that
/// people give to fields differ.
fn hash(path: &[u8]) -> (usize, u16) {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let (first, last) = if let (Some(first), Some(last)) =
        (path.first_chunk::<8>(), path.last_chunk::<8>())
    {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
    } else if let (Some(first), Some(last)) = (path.first_chunk::<4>(), path.last_chunk::<4>()) {
        (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
    } else {
        (path.iter().fold(0, |bytes, byte| bytes << 8 | u64::from(*byte)), 0)
    };
    let mixed = (first ^ last.rotate_left(29)).wrapping_add(path.len() as u64);
    let hash = mixed.wrapping_mul(FACTOR);
    ((hash >> 32) as usize, (hash >> 48) as u16)
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
pub(super) struct Survey<'k> {
    /// The keys in their order.
    pub keys: Cow<'k, [Option<&'static Known>]>,
    /// The tasks of all of them.
    pub tasks: Tasks,
}

impl Survey<'_> {
    /// Looks each key of `source` up.
    pub(super) fn of(source: &Object<'_>) -> Self {
        let mut tasks = Tasks::default();
        let look_up = |(key, value): (&Cow<'_, str>, &Value<'_>)| {
            let known = known(key);
            tasks |= Tasks::of_key(key, known);
            if value.is_container()
                && let Some(known) = known
            {
                tasks |= known.container_tasks;
            }
            known
        };
        let keys = source.iter().map(look_up).collect();
        Self { keys: Cow::Owned(keys), tasks }
    }

    /// Whether there is any of `tasks` to do.
    pub(super) fn has(&self, tasks: Tasks) -> bool {
        self.tasks.contains(tasks)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::document::Document;

    #[test]
    fn every_path_is_found() {
        let known = table();
        let paths: Vec<_> = known.keys().copied().collect();
        let table = Table::of(known);
        for path in paths {
            assert!(table.get(path).is_some(), "{path}");
            for other in [format!("{path}x"), path.replacen(|_: char| true, "~", 1)] {
                assert!(table.get(&other).is_none(), "{other}");
            }
        }
    }

    proptest! {
        #[test]
        fn the_table_is_a_map(path in "[a-z@_.]{0,12}") {
            let map = table();
            let in_map = map.get(path.as_str()).map(|known| format!("{known:?}"));
            let in_table = known(&path).map(|known| format!("{known:?}"));
            prop_assert_eq!(in_table, in_map);
        }

        /// What the tasks spare is what would have found nothing.
        #[test]
        fn a_pass_without_a_task_has_nothing_to_do(
            picks in prop::collection::vec((0..1_000_usize, 0..6_usize, any::<bool>()), 0..8),
        ) {
            let mut names: Vec<_> = table().into_keys().collect();
            names.sort_unstable();
            let values = [r#""x""#, "1", "null", r#"{"$date":"x"}"#, r#"[{"a":1}]"#, r#""a.py:3""#];
            let entries: Vec<_> = picks
                .iter()
                .map(|(name, value, is_within)| {
                    let name = names[name % names.len()];
                    format!("\"{name}{}\":{}", if *is_within { ".z" } else { "" }, values[*value])
                })
                .collect();
            let text = format!("{{{}}}", entries.join(","));
            let Ok(Value::Object(mut source)) = crate::json::read(&text) else { panic!("{text}") };
            let survey = Survey::of(&source);
            let before = source.clone();
            if !survey.has(Tasks::HOLDER) {
                prop_assert_eq!(holders::holders(&source), [""; 0]);
            }
            if !survey.has(Tasks::MONGODB) {
                prop_assert!(!mongodb::rename_mongodb(&mut source));
            }
            if !survey.has(Tasks::OWN_WORDS) {
                prop_assert!(!own_words::remove(&mut source));
            }
            if !survey.has(Tasks::SPLIT_TIME) {
                prop_assert!(!split_time::join(&mut source));
            }
            if !survey.has(Tasks::PAIRS) {
                prop_assert!(text::unfold_pairs(&mut source).is_none());
            }
            prop_assert_eq!(&source, &before);
            if !survey.has(Tasks::ORIGIN) {
                let mut document = Document { source, ..Document::default() };
                origin::claim_origin(&mut document);
                prop_assert_eq!(&document.source, &before);
            }
        }
    }
}
