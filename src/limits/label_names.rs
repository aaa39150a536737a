//! How many label names an index may have. Each is a field of its mapping, and an engine whose
//! index has too many fields refuses every document that brings another, whoever logged it.
//!
//! Which names an index has is known only to the engine, so that a process counts those that it has
//! let pass itself. What comes too late is kept, but not as a field.

use std::collections::HashSet;

use rustc_hash::FxBuildHasher;

use crate::document::{Degradation, Document, Field, Originals, Redacted};
use crate::json::{KeyLists, Value};

/// How many label names an index may have, those of texts and of numbers together. With the fields
/// of ECS that is well below a thousand, the engine's default limit; the index template raises it
/// to three times as much, for processes that run side by side and let different names pass.
pub const MOST_LABEL_NAMES: usize = 500;
/// How many indices are remembered. Logs that are late belong to an earlier day's.
const MOST_INDICES: usize = 64;

/// The label names that a process has let pass, by index.
#[derive(Clone, Debug, Default)]
pub struct LabelNames {
    /// The index used last stands first.
    indices: Vec<IndexNames>,
    /// How many indices there were.
    count: u64,
    /// For lists of names, of texts and of numbers, the index for which they were let pass as a
    /// whole the last time. What an index has it keeps, so that they pass again.
    passed: [KeyLists<IndexNumber>; 2],
}

/// The number of an index among those that there were, from one on.
type IndexNumber = u64;

#[derive(Clone, Debug, Default)]
struct IndexNames {
    index: String,
    number: IndexNumber,
    texts: HashSet<Box<str>, FxBuildHasher>,
    numbers: HashSet<Box<str>, FxBuildHasher>,
}

impl LabelNames {
    /// Makes `index` the first.
    fn put_first(&mut self, index: &str) {
        match self.indices.iter().position(|names| names.index == index) {
            Some(0) => {}
            Some(position) => {
                if let Some(behind) = self.indices.get_mut(..=position) {
                    behind.rotate_right(1);
                }
            }
            None => {
                self.indices.truncate(MOST_INDICES - 1);
                self.count += 1;
                let (index, number) = (index.to_owned(), self.count);
                self.indices.insert(0, IndexNames { index, number, ..IndexNames::default() });
            }
        }
    }
}

impl IndexNames {
    /// Whether the index has the name, or has room for it.
    fn admit(&mut self, field: Field, name: &str) -> bool {
        let count = self.texts.len() + self.numbers.len();
        let names = match field {
            Field::Labels => &mut self.texts,
            _ => &mut self.numbers,
        };
        names.contains(name) || count < MOST_LABEL_NAMES && names.insert(name.into())
    }
}

/// Takes labels whose names the document's index has no room for into `event.original_fields`.
pub(super) fn limit_label_names(document: &mut Redacted<Document<'_>>, names: &mut LabelNames) {
    let document = &mut **document;
    let index = document.fields.get_str(Field::Index).unwrap_or_default();
    names.put_first(index);
    let LabelNames { indices, passed, .. } = names;
    let Some(names) = indices.first_mut() else { return };
    let mut surplus = Vec::new();
    for (field, passed) in [Field::Labels, Field::NumericLabels].into_iter().zip(passed) {
        let Some(Value::Object(labels)) = document.fields.get_mut(field) else { continue };
        let mut passed_for = passed.known(labels, |_| 0);
        if passed_for.as_deref() == Some(&names.number) {
            continue;
        }
        let count = labels.len();
        labels.retain_mut(|name, value| {
            let is_admitted = names.admit(field, name);
            if !is_admitted {
                surplus.push((std::mem::take(name), std::mem::take(value)));
            }
            is_admitted
        });
        if labels.is_empty() {
            document.fields.remove(field);
        } else if labels.len() == count
            && let Some(index) = &mut passed_for
        {
            **index = names.number;
        }
    }
    if surplus.is_empty() {
        return;
    }
    let mut originals = Originals::of(document);
    for (name, value) in surplus {
        originals.add(&[name], &value);
    }
    originals.write_to(document);
    document.degradations.insert(Degradation::TooManyLabelNames);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Object;

    fn document(index: &'static str, labels: Object<'static>) -> Redacted<Document<'static>> {
        let mut document = Document::default();
        document.fields.set(Field::Index, index);
        document.fields.set(Field::Labels, labels);
        Redacted::seal(document)
    }

    fn labels(names: impl Iterator<Item = usize>) -> Object<'static> {
        names.map(|number| (format!("name-{number}").into(), Value::from("x"))).collect()
    }

    #[test]
    fn names_beyond_the_limit_are_kept_as_text() {
        let mut names = LabelNames::default();
        for first in (0..MOST_LABEL_NAMES).step_by(100) {
            let mut full = document("day-1", labels(first..first + 100));
            limit_label_names(&mut full, &mut names);
            assert!(full.degradations.is_empty());
        }
        let mut late = document("day-1", labels([3, 7_000, 499, 8_000].into_iter()));
        late.fields.set(Field::EventOriginalFields, r#"{"deep.a":[[1]]}"#);
        late.fields.set(Field::NumericLabels, {
            let mut numbers = Object::new();
            numbers.push("name-3", 5);
            numbers
        });
        limit_label_names(&mut late, &mut names);
        let kept = late.fields.get(Field::Labels).and_then(Value::as_object).unwrap();
        assert_eq!(
            kept.iter().map(|(name, _)| name.as_ref()).collect::<Vec<_>>(),
            ["name-3", "name-499"]
        );
        assert!(!late.fields.contains(Field::NumericLabels), "a number's name is another field");
        assert_eq!(
            late.fields.get_str(Field::EventOriginalFields),
            Some(r#"{"deep.a":[[1]],"name-7000":"x","name-8000":"x","name-3":5}"#)
        );
        assert!(late.degradations.reason().contains("too many label names"));
        let mut next_day = document("day-2", labels(7_000..7_001));
        limit_label_names(&mut next_day, &mut names);
        assert!(next_day.degradations.is_empty());
    }

    fn of<'n>(names: &'n mut LabelNames, index: &str) -> &'n mut IndexNames {
        names.put_first(index);
        names.indices.first_mut().unwrap()
    }

    #[test]
    fn names_that_passed_for_one_index_are_asked_for_the_next() {
        let mut names = LabelNames::default();
        for index in ["day-1", "day-2", "day-1", "day-3"] {
            for _ in 0..2 {
                limit_label_names(&mut document(index, labels(0..3)), &mut names);
                assert_eq!(of(&mut names, index).texts.len(), 3, "{index}");
            }
        }
        for first in (10..MOST_LABEL_NAMES).step_by(10) {
            limit_label_names(&mut document("full", labels(first..first + 10)), &mut names);
        }
        for (index, left) in [("day-1", 20), ("full", 10), ("day-2", 20), ("full", 10)] {
            let numbers = (0..10).chain(MOST_LABEL_NAMES..MOST_LABEL_NAMES + 10);
            let mut document = document(index, labels(numbers));
            limit_label_names(&mut document, &mut names);
            let kept = document.fields.get(Field::Labels).and_then(Value::as_object).unwrap();
            assert_eq!(kept.len(), left, "{index}");
        }
    }

    #[test]
    fn the_index_that_was_used_longest_ago_is_forgotten() {
        let mut names = LabelNames::default();
        for day in 0..MOST_INDICES {
            of(&mut names, &day.to_string()).admit(Field::Labels, "name");
        }
        of(&mut names, "0");
        of(&mut names, "new");
        assert_eq!(names.indices.len(), MOST_INDICES);
        assert_eq!(of(&mut names, "0").texts.len(), 1);
        assert_eq!(of(&mut names, "1").texts.len(), 0);
    }
}
