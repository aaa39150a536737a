//! The parsed form: values that borrow from the text they were read from.

use std::borrow::Cow;

/// A JSON value. Strings without escapes and all numbers borrow from the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value<'a> {
    /// `null`.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number, kept as it was written.
    Number(Number<'a>),
    /// A string, unescaped.
    String(Cow<'a, str>),
    /// An array.
    Array(Vec<Value<'a>>),
    /// An object.
    Object(Object<'a>),
}

impl<'a> Value<'a> {
    /// The string, when this is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when this is one.
    #[must_use]
    pub fn as_number(&self) -> Option<&Number<'a>> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    /// The object, when this is one.
    #[must_use]
    pub fn as_object(&self) -> Option<&Object<'a>> {
        match self {
            Self::Object(object) => Some(object),
            _ => None,
        }
    }

    /// The elements, when this is an array.
    #[must_use]
    pub fn as_array(&self) -> Option<&[Value<'a>]> {
        match self {
            Self::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The value with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Value<'static> {
        match self {
            Self::Null => Value::Null,
            Self::Bool(flag) => Value::Bool(flag),
            Self::Number(Number(text)) => Value::Number(Number(Cow::Owned(text.into_owned()))),
            Self::String(text) => Value::String(Cow::Owned(text.into_owned())),
            Self::Array(elements) => {
                Value::Array(elements.into_iter().map(Value::into_owned).collect())
            }
            Self::Object(object) => Value::Object(object.into_owned()),
        }
    }

    /// Whether this is an object or an array.
    #[must_use]
    pub fn is_container(&self) -> bool {
        matches!(self, Self::Array(_) | Self::Object(_))
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::String(Cow::Borrowed(text))
    }
}

impl From<String> for Value<'_> {
    fn from(text: String) -> Self {
        Self::String(Cow::Owned(text))
    }
}

impl<'a> From<Cow<'a, str>> for Value<'a> {
    fn from(text: Cow<'a, str>) -> Self {
        Self::String(text)
    }
}

impl From<bool> for Value<'_> {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<u64> for Value<'_> {
    fn from(value: u64) -> Self {
        Self::Number(Number(Cow::Owned(value.to_string())))
    }
}

impl<'a> From<Object<'a>> for Value<'a> {
    fn from(object: Object<'a>) -> Self {
        Self::Object(object)
    }
}

impl<'a> From<Vec<Value<'a>>> for Value<'a> {
    fn from(elements: Vec<Value<'a>>) -> Self {
        Self::Array(elements)
    }
}

/// The strings of an array as the lines of one text: a line feed parts those that do not end in
/// one (Lambda's Python runtime writes lines that do). With the text comes where each string ends
/// in it. `None` when an element is no string.
#[must_use]
pub fn join_lines(elements: &[Value<'_>]) -> Option<(String, Vec<usize>)> {
    let (mut text, mut ends) = (String::new(), Vec::with_capacity(elements.len()));
    for element in elements {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(element.as_str()?);
        ends.push(text.len());
    }
    Some((text, ends))
}

/// A number by its text, which always follows JSON's grammar for numbers. Keeping the text keeps
/// every digit: 64-bit ids and decimal amounts come out as they went in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number<'a>(Cow<'a, str>);

impl<'a> Number<'a> {
    /// Takes `text` as a number when it is one from its first to its last byte.
    #[must_use]
    pub fn parse(text: &'a str) -> Option<Self> {
        Self::from_text(Cow::Borrowed(text))
    }

    /// Like [`Number::parse`], for a text that may be owned.
    #[must_use]
    pub fn from_text(text: Cow<'a, str>) -> Option<Self> {
        let length = super::read::number_length(text.as_bytes())?;
        (length == text.len()).then_some(Self(text))
    }

    /// The reader has checked the grammar already.
    pub(super) fn from_checked_text(text: &'a str) -> Self {
        Self(Cow::Borrowed(text))
    }

    /// The number as it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The number as an `f64`; infinite when it is out of range.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        // JSON's grammar is a subset of what Rust parses, so the fallback is never taken.
        self.0.parse().unwrap_or(f64::NAN)
    }

    /// The number as an `i64`, when it is a whole number in range.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        self.0.parse().ok()
    }

    /// The number as a `u64`, when it is a whole number in range.
    #[must_use]
    pub fn as_u64(&self) -> Option<u64> {
        self.0.parse().ok()
    }

    /// Whether a search engine can store it: one beyond the range of a `double`, or with more
    /// digits than its parser reads (a thousand), would make it refuse the document.
    #[must_use]
    pub fn is_storable(&self) -> bool {
        const LONGEST: usize = 64;
        // Without an exponent no text of this length is beyond any range.
        self.0.len() <= LONGEST
            && (!self.0.bytes().any(|byte| matches!(byte, b'e' | b'E'))
                || self.as_f64().is_finite())
    }

    /// The text itself, for a value that shall be a string.
    #[must_use]
    pub fn into_text(self) -> Cow<'a, str> {
        self.0
    }
}

/// The entries of an object in the order in which they stood. Nothing is looked up often enough
/// to pay for a map: producers' objects are small, and each entry is visited once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object<'a> {
    entries: Vec<(Cow<'a, str>, Value<'a>)>,
}

impl<'a> Object<'a> {
    /// An object without entries.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An object without entries that has room for `capacity` of them.
    #[must_use]
    pub fn with_capacity(capacity: usize) -> Self {
        Self { entries: Vec::with_capacity(capacity) }
    }

    /// The object with texts of its own.
    #[must_use]
    pub fn into_owned(self) -> Object<'static> {
        self.into_iter()
            .map(|(key, value)| (Cow::Owned(key.into_owned()), value.into_owned()))
            .collect()
    }

    /// Whether there are no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries there are, duplicates included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Appends an entry, without a look at the keys that are there.
    pub fn push(&mut self, key: impl Into<Cow<'a, str>>, value: impl Into<Value<'a>>) {
        self.entries.push((key.into(), value.into()));
    }

    /// The value of the last entry under `key`: of duplicates the last one counts, as for Python
    /// and JavaScript.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value<'a>> {
        self.entries.iter().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Like [`Object::get`], to change the value.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value<'a>> {
        self.entries.iter_mut().rev().find(|(name, _)| name == key).map(|(_, value)| value)
    }

    /// Takes the last entry under `key` out of the object.
    pub fn remove(&mut self, key: &str) -> Option<Value<'a>> {
        let position = self.entries.iter().rposition(|(name, _)| name == key)?;
        Some(self.entries.remove(position).1)
    }

    /// The entries in order.
    #[must_use]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Cow<'a, str>, &Value<'a>)> {
        self.entries.iter().map(|(key, value)| (key, value))
    }

    /// The entries in order, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = (&mut Cow<'a, str>, &mut Value<'a>)> {
        self.entries.iter_mut().map(|(key, value)| (key, value))
    }

    /// Keeps the entries for which `keep` says so; it may change or take their values.
    pub fn retain_mut(&mut self, mut keep: impl FnMut(&mut Cow<'a, str>, &mut Value<'a>) -> bool) {
        self.entries.retain_mut(|(key, value)| keep(key, value));
    }
}

impl<'a> IntoIterator for Object<'a> {
    type Item = (Cow<'a, str>, Value<'a>);
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a> FromIterator<(Cow<'a, str>, Value<'a>)> for Object<'a> {
    fn from_iter<I: IntoIterator<Item = (Cow<'a, str>, Value<'a>)>>(entries: I) -> Self {
        Self { entries: entries.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_whole_or_nothing() {
        for text in ["0", "-0", "12", "1.5", "1e9", "-1.25E-3"] {
            assert_eq!(Number::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "-", "01", "1.", ".5", "1e", "+1", "0x1", "1 ", "NaN", "١"] {
            assert_eq!(Number::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn of_duplicate_keys_the_last_counts() {
        let mut object = Object::new();
        object.push("a", 1);
        object.push("a", 2);
        assert_eq!(object.get("a"), Some(&Value::from(2)));
        assert_eq!(object.remove("a"), Some(Value::from(2)));
        assert_eq!(object.get("a"), Some(&Value::from(1)));
    }
}
