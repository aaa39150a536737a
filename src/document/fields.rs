//! The fields that a document has so far, to be written in their order.

use super::ecs::Field;
use crate::json::Value;

/// How many fields there are.
const COUNT: usize = Field::ALL.len();

/// Values by field. They stand as they came, so that none is moved for another, and each field
/// knows its value's place: documents set, ask and read their fields some hundred times.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    /// Where in `entries` a field's value is, counted from one; zero where there is none.
    places: [u8; COUNT],
    /// The fields that have one.
    present: FieldSet,
    entries: Vec<(Field, Value<'a>)>,
}

/// A bit for each field, in words.
#[derive(Clone, Debug, Default)]
struct FieldSet([u64; COUNT.div_ceil(64)]);

impl FieldSet {
    fn insert(&mut self, field: Field) {
        if let Some(word) = self.0.get_mut(field as usize / 64) {
            *word |= 1 << (field as usize % 64);
        }
    }

    fn remove(&mut self, field: Field) {
        if let Some(word) = self.0.get_mut(field as usize / 64) {
            *word &= !(1 << (field as usize % 64));
        }
    }

    /// The numbers of the fields, in their order.
    fn numbers(&self) -> impl Iterator<Item = usize> {
        (0..).step_by(64).zip(self.0).flat_map(|(first, mut word)| {
            std::iter::from_fn(move || {
                let number = word.trailing_zeros();
                word &= word.wrapping_sub(1);
                (number < u64::BITS).then_some(first + number as usize)
            })
        })
    }
}

impl Default for Fields<'_> {
    fn default() -> Self {
        Self { places: [0; COUNT], present: FieldSet::default(), entries: Vec::with_capacity(24) }
    }
}

impl<'a> Fields<'a> {
    /// The value of `field`.
    #[must_use]
    #[inline]
    pub fn get(&self, field: Field) -> Option<&Value<'a>> {
        self.entries.get(self.place(field)?).map(|(_, value)| value)
    }

    /// Like [`Fields::get`], to change the value.
    #[inline]
    pub fn get_mut(&mut self, field: Field) -> Option<&mut Value<'a>> {
        let place = self.place(field)?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    /// The value of `field` when it is a string.
    #[must_use]
    pub fn get_str(&self, field: Field) -> Option<&str> {
        self.get(field).and_then(Value::as_str)
    }

    /// Whether `field` has a value.
    #[must_use]
    #[inline]
    pub fn contains(&self, field: Field) -> bool {
        self.place(field).is_some()
    }

    /// Sets `field` and returns its former value.
    pub fn set(&mut self, field: Field, value: impl Into<Value<'a>>) -> Option<Value<'a>> {
        let value = value.into();
        if let Some(former) = self.get_mut(field) {
            return Some(std::mem::replace(former, value));
        }
        self.add(field, value);
        None
    }

    /// Sets `field` unless it has a value.
    pub fn set_if_absent(&mut self, field: Field, value: impl Into<Value<'a>>) {
        if !self.contains(field) {
            self.add(field, value.into());
        }
    }

    /// Takes the value of `field` away.
    pub fn remove(&mut self, field: Field) -> Option<Value<'a>> {
        let place = self.place(field)?;
        let (_, value) = self.entries.swap_remove(place);
        self.present.remove(field);
        if let Some(former) = self.places.get_mut(field as usize) {
            let counted = std::mem::take(former);
            if let Some((moved, _)) = self.entries.get(place)
                && let Some(moved) = self.places.get_mut(*moved as usize)
            {
                *moved = counted;
            }
        }
        Some(value)
    }

    /// The fields in the order in which they are written.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Value<'a>)> {
        self.present.numbers().filter_map(|number| {
            let place = usize::from(*self.places.get(number)?).checked_sub(1)?;
            self.entries.get(place).map(|(field, value)| (*field, value))
        })
    }

    /// The fields in no order, to change their values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Field, &mut Value<'a>)> {
        self.entries.iter_mut().map(|(field, value)| (*field, value))
    }

    #[inline]
    fn place(&self, field: Field) -> Option<usize> {
        usize::from(*self.places.get(field as usize)?).checked_sub(1)
    }

    /// Adds the value of a field that has none.
    fn add(&mut self, field: Field, value: Value<'a>) {
        self.entries.push((field, value));
        self.present.insert(field);
        if let Some(place) = self.places.get_mut(field as usize) {
            // There are no more entries than fields.
            *place = u8::try_from(self.entries.len()).unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn is_a_sorted_map(steps in prop::collection::vec((0..Field::ALL.len(), 0..4_u8), 0..60)) {
            let (mut fields, mut map) = (Fields::default(), BTreeMap::new());
            for (number, (field, step)) in steps.into_iter().enumerate() {
                let (field, value) = (Field::ALL[field], Value::from(number as u64));
                match step {
                    0 => prop_assert_eq!(fields.remove(field), map.remove(&field)),
                    1 => {
                        fields.set_if_absent(field, value.clone());
                        map.entry(field).or_insert(value);
                    }
                    _ => prop_assert_eq!(fields.set(field, value.clone()), map.insert(field, value)),
                }
                prop_assert_eq!(fields.get(field), map.get(&field));
                prop_assert_eq!(fields.contains(field), map.contains_key(&field));
                prop_assert!(fields.iter().eq(map.iter().map(|(field, value)| (*field, value))));
            }
        }
    }

    #[test]
    fn stays_sorted_and_replaces() {
        let mut fields = Fields::default();
        assert_eq!(fields.set(Field::Index, "i"), None);
        assert_eq!(fields.set(Field::Message, "m"), None);
        assert_eq!(fields.set(Field::Message, "n"), Some(Value::from("m")));
        fields.set_if_absent(Field::Message, "o");
        assert_eq!(fields.get_str(Field::Message), Some("n"));
        let order: Vec<Field> = fields.iter().map(|(field, _)| field).collect();
        assert_eq!(order, [Field::Message, Field::Index]);
        assert_eq!(fields.remove(Field::Index), Some(Value::from("i")));
        assert!(!fields.contains(Field::Index));
    }
}
