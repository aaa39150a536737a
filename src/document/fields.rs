//! The fields that a document has so far, sorted as they are written.

use super::ecs::Field;
use crate::json::Value;

/// Values by field. A document has some fifteen fields of a hundred, hence a sorted vector.
#[derive(Clone, Debug)]
pub struct Fields<'a> {
    entries: Vec<(Field, Value<'a>)>,
}

impl Default for Fields<'_> {
    fn default() -> Self {
        Self { entries: Vec::with_capacity(24) }
    }
}

impl<'a> Fields<'a> {
    /// The value of `field`.
    #[must_use]
    pub fn get(&self, field: Field) -> Option<&Value<'a>> {
        let index = self.position(field).ok()?;
        self.entries.get(index).map(|(_, value)| value)
    }

    /// Like [`Fields::get`], to change the value.
    pub fn get_mut(&mut self, field: Field) -> Option<&mut Value<'a>> {
        let index = self.position(field).ok()?;
        self.entries.get_mut(index).map(|(_, value)| value)
    }

    /// The value of `field` when it is a string.
    #[must_use]
    pub fn get_str(&self, field: Field) -> Option<&str> {
        self.get(field).and_then(Value::as_str)
    }

    /// Whether `field` has a value.
    #[must_use]
    pub fn contains(&self, field: Field) -> bool {
        self.position(field).is_ok()
    }

    /// Sets `field` and returns its former value.
    pub fn set(&mut self, field: Field, value: impl Into<Value<'a>>) -> Option<Value<'a>> {
        let value = value.into();
        match self.position(field) {
            Ok(index) => {
                self.entries.get_mut(index).map(|(_, former)| std::mem::replace(former, value))
            }
            Err(index) => {
                self.entries.insert(index, (field, value));
                None
            }
        }
    }

    /// Sets `field` unless it has a value.
    pub fn set_if_absent(&mut self, field: Field, value: impl Into<Value<'a>>) {
        if let Err(index) = self.position(field) {
            self.entries.insert(index, (field, value.into()));
        }
    }

    /// Takes the value of `field` away.
    pub fn remove(&mut self, field: Field) -> Option<Value<'a>> {
        let index = self.position(field).ok()?;
        Some(self.entries.remove(index).1)
    }

    /// The fields in the order in which they are written.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &Value<'a>)> {
        self.entries.iter().map(|(field, value)| (*field, value))
    }

    /// The fields in order, to change their values.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (Field, &mut Value<'a>)> {
        self.entries.iter_mut().map(|(field, value)| (*field, value))
    }

    fn position(&self, field: Field) -> Result<usize, usize> {
        self.entries.binary_search_by_key(&field, |(field, _)| *field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
