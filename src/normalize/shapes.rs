//! The surveys of the logs before: one for each list of keys, because a logger writes the same keys
//! in the same order again and again.

use std::borrow::Cow;

use super::known::{Known, Survey, Tasks};
use crate::json::{KeyLists, Object};

/// What is known of the lists of keys that were met last.
#[derive(Debug, Default)]
pub struct Shapes(KeyLists<Shape>);

/// What the table says of a list of keys.
struct Shape {
    /// What is known of each.
    known: Vec<Option<&'static Known>>,
    /// What there is to do for them, whatever their values are.
    tasks: Tasks,
    /// Whether there is more to do when some of the values are objects or arrays.
    hangs_on_values: bool,
}

impl Shapes {
    /// What [`Survey::of`] says of `source`.
    pub(super) fn survey(&mut self, source: &Object<'_>) -> Survey<'_> {
        let Some(shape) = self.0.known(source, Shape::of) else { return Survey::of(source) };
        let mut tasks = shape.tasks;
        if shape.hangs_on_values {
            for ((_, value), known) in source.iter().zip(&shape.known) {
                if value.is_container()
                    && let Some(known) = known
                {
                    tasks |= known.container_tasks;
                }
            }
        }
        Survey { keys: Cow::Borrowed(&shape.known), tasks }
    }
}

impl Shape {
    fn of(source: &Object<'_>) -> Self {
        let known = Survey::of(source).keys.into_owned();
        let mut tasks = Tasks::default();
        for ((key, _), known) in source.iter().zip(&known) {
            tasks |= Tasks::of_key(key, *known);
        }
        let has_container_tasks = |known: &&Known| known.container_tasks != Tasks::default();
        let hangs_on_values = known.iter().flatten().any(has_container_tasks);
        Self { known, tasks, hangs_on_values }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::json::{Value, read};

    fn told(survey: &Survey<'_>) -> String {
        format!("{:?} {:?}", survey.tasks, survey.keys)
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
                let Ok(Value::Object(source)) = read(&text) else { panic!("{text}") };
                for _ in 0..2 {
                    prop_assert_eq!(told(&shapes.survey(&source)), told(&Survey::of(&source)));
                }
            }
        }
    }
}
