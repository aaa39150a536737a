//! What is known of whole lists of keys. A logger writes the same keys in the same order again and
//! again: where they were met before, one comparison says of all of them what the table would.

use std::borrow::Cow;

use super::known::{Known, Survey, Tasks};
use crate::json::Object;

/// How many lists are remembered. One takes the place of another, so that no logs make them more.
const COUNT: usize = 64;
/// How many keys a list may have to be remembered.
const MOST_KEYS: usize = 64;
/// How long they may be together, in bytes.
const LONGEST: usize = 1_024;

/// The lists of keys that were met last.
#[derive(Debug, Default)]
pub struct Shapes {
    places: Vec<Shape>,
}

/// A list of keys.
#[derive(Clone, Debug, Default)]
struct Shape {
    /// The keys, one behind the other.
    text: Vec<u8>,
    /// The length of each.
    lengths: Vec<usize>,
    /// What is known of each.
    known: Vec<Option<&'static Known>>,
    /// What there is to do for them, whatever their values are.
    tasks: Tasks,
}

impl Shapes {
    /// What [`Survey::of`] says of `source`.
    pub(super) fn survey(&mut self, source: &Object<'_>) -> Survey<'_> {
        let Some(number) = place_of(source) else { return Survey::of(source) };
        if self.places.is_empty() {
            self.places.resize(COUNT, Shape::default());
        }
        let Some(shape) = self.places.get_mut(number) else { return Survey::of(source) };
        let tasks = match shape.tasks_if_same(source) {
            Some(tasks) => tasks,
            None => shape.become_that_of(source),
        };
        Survey { keys: Cow::Borrowed(&shape.known), tasks }
    }
}

impl Shape {
    /// What there is to do for `source`; `None` when it has other keys.
    fn tasks_if_same(&self, source: &Object<'_>) -> Option<Tasks> {
        if source.len() != self.lengths.len() {
            return None;
        }
        let mut tasks = self.tasks;
        let mut rest = self.text.as_slice();
        for ((key, value), (length, known)) in
            source.iter().zip(self.lengths.iter().zip(&self.known))
        {
            let (own, behind) = rest.split_at_checked(*length)?;
            if own != key.as_bytes() {
                return None;
            }
            rest = behind;
            if value.is_container()
                && let Some(known) = known
            {
                tasks |= known.container_tasks;
            }
        }
        Some(tasks)
    }

    /// Takes the keys of `source` for its own, and says what there is to do for it.
    fn become_that_of(&mut self, source: &Object<'_>) -> Tasks {
        let Survey { keys, tasks } = Survey::of(source);
        self.text.clear();
        self.lengths.clear();
        self.tasks = Tasks::default();
        for ((key, _), known) in source.iter().zip(keys.iter()) {
            self.text.extend_from_slice(key.as_bytes());
            self.lengths.push(key.len());
            self.tasks |= Tasks::of_key(key, *known);
        }
        self.known = keys.into_owned();
        tasks
    }
}

/// The place of the list of the object's keys, by their lengths and first letters. `None` when it
/// is not remembered.
fn place_of(source: &Object<'_>) -> Option<usize> {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    if source.len() > MOST_KEYS {
        return None;
    }
    let (mut hash, mut length) = (0_u64, 0);
    for (key, _) in source.iter() {
        length += key.len();
        let first = key.as_bytes().first().copied().unwrap_or_default();
        hash = (hash ^ (key.len() as u64) << 8 ^ u64::from(first)).wrapping_mul(FACTOR);
    }
    // The upper bits are the better mixed.
    (length <= LONGEST).then_some((hash >> 32) as usize % COUNT)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::{Value, read};

    fn told(survey: &Survey<'_>) -> String {
        format!("{:?} {:?}", survey.tasks, survey.keys)
    }

    fn object(text: &str) -> Object<'_> {
        let Ok(Value::Object(object)) = read(text) else { panic!("{text}") };
        object
    }

    proptest! {
        /// The keys are so few that the same lists, and others in their places, come again.
        #[test]
        fn what_is_remembered_is_what_the_table_says(
            logs in prop::collection::vec(
                prop::collection::vec((0..12_usize, 0..3_usize), 0..5), 1..40),
        ) {
            let keys = [
                "level", "lever", "message", "msg", "extra", "extrb", "attr", "t", "a.b", "", "ab",
                "context",
            ];
            let values = ["1", r#"{"a":1}"#, r#"[{"a":1}]"#];
            let mut shapes = Shapes::default();
            for log in logs {
                let entries: Vec<_> = log
                    .iter()
                    .map(|(key, value)| format!("{:?}:{}", keys[*key], values[*value]))
                    .collect();
                let text = format!("{{{}}}", entries.join(","));
                let source = object(&text);
                for _ in 0..2 {
                    prop_assert_eq!(told(&shapes.survey(&source)), told(&Survey::of(&source)));
                }
            }
        }
    }

    #[test]
    fn keys_that_run_together_alike_are_others() {
        let mut shapes = Shapes::default();
        for text in [r#"{"level":1,"message":2}"#, r#"{"levelm":1,"essage":2}"#] {
            let source = object(text);
            let mut shape = Shape::default();
            shape.become_that_of(&object(r#"{"level":1,"message":2}"#));
            assert_eq!(shape.tasks_if_same(&source).is_some(), text.contains("message"));
            assert_eq!(told(&shapes.survey(&source)), told(&Survey::of(&source)));
        }
    }

    #[test]
    fn only_lists_of_some_length_are_remembered() {
        let many: Object<'_> =
            (0..=MOST_KEYS).map(|number| (Cow::from(number.to_string()), Value::Null)).collect();
        assert_eq!(place_of(&many), None);
        assert_eq!(Shapes::default().survey(&many).keys.len(), many.len());
        let mut long = Object::new();
        long.push("k".repeat(LONGEST + 1), 1);
        assert_eq!(place_of(&long), None);
    }
}
