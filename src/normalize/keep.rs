//! `NOZZLE_FIELDS=keep`: what has no ECS name stays where the producer put it, for those who
//! accept that the engine may refuse a document whose types differ from an earlier one's.
//!
//! What the engine would refuse in any case goes into `event.original_fields`: reserved or empty
//! names, names that stand twice, numbers beyond its range, and values that clash with a field of
//! ours.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::document::{Document, Field, Originals, Redacted};
use crate::json::{Object, Value};

/// How many values may stay.
const MOST_FIELDS: usize = 200;
/// How deep they may stand; the engine's default limit is 20.
const DEEPEST_FIELD: usize = 10;
/// How long a key may be, in bytes.
const LONGEST_KEY: usize = 128;

/// Leaves in `source` what can stand in the document as the producer wrote it.
pub fn keep_remaining(document: &mut Redacted<Document<'_>>) {
    let source = std::mem::take(&mut document.source);
    let mut keeper = Keeper::default();
    keeper.keep_entries(source, &mut Vec::new());
    document.source = keeper.kept;
    keeper.originals.write_to(document);
}

#[derive(Default)]
struct Keeper<'a> {
    kept: Object<'a>,
    count: usize,
    originals: Originals,
}

impl<'a> Keeper<'a> {
    fn keep_entries(&mut self, object: Object<'a>, path: &mut Vec<Cow<'a, str>>) {
        for (key, value) in object {
            path.push(key);
            let is_legal = path.last().is_some_and(|key| key.split('.').all(is_legal_key));
            match value {
                Value::Null => {}
                Value::Object(inner) if is_legal && path.len() < DEEPEST_FIELD => {
                    self.keep_entries(inner, path);
                }
                value if is_legal => self.keep_leaf(path, value),
                value => self.originals.add(path, &value),
            }
            path.pop();
        }
    }

    /// Keeps a value below legal keys, where the engine can take it.
    fn keep_leaf(&mut self, path: &[Cow<'a, str>], value: Value<'a>) {
        let dotted = path.join(".");
        let names: Vec<&str> = dotted.split('.').collect();
        let count = self.count + count_fields(&value);
        let can_stand = count <= MOST_FIELDS
            && names.len() <= DEEPEST_FIELD
            && !clashes_with_ours(&dotted)
            && is_storable(&value);
        if !can_stand {
            self.originals.add(path, &value);
            return;
        }
        match insert(&mut self.kept, &names, value) {
            Ok(()) => self.count = count,
            Err(value) => self.originals.add(path, &value),
        }
    }
}

/// Puts `value` below the objects that `names` lead to; gives it back when something else stands
/// there.
fn insert<'a>(object: &mut Object<'a>, names: &[&str], value: Value<'a>) -> Result<(), Value<'a>> {
    let Some((name, rest)) = names.split_first() else {
        return Err(value);
    };
    if rest.is_empty() {
        if object.get(name).is_some() {
            return Err(value);
        }
        object.push((*name).to_owned(), value);
        return Ok(());
    }
    if object.get(name).is_none() {
        object.push((*name).to_owned(), Object::new());
    }
    match object.get_mut(name) {
        Some(Value::Object(inner)) => insert(inner, rest, value),
        _ => Err(value),
    }
}

fn is_legal_key(key: &str) -> bool {
    !key.is_empty()
        && !key.starts_with('_')
        && key.len() <= LONGEST_KEY
        && !key.chars().any(char::is_control)
        && key.trim() == key
}

/// Whether a value at `path` would stand on, above or below a field that Nozzle writes.
fn clashes_with_ours(path: &str) -> bool {
    let lies_below = |path: &str, group: &str| {
        path.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
    };
    Field::ALL.iter().any(|field| lies_below(path, field.name()) || lies_below(field.name(), path))
}

/// Whether the engine takes the value under any name: arrays hold scalars, or objects of scalars
/// under legal keys that stand once.
fn is_storable(value: &Value<'_>) -> bool {
    let is_scalar = |value: &Value<'_>| match value {
        Value::Number(number) => number.is_storable(),
        value => !value.is_container(),
    };
    let is_flat = |element: &Value<'_>| match element {
        Value::Object(object) => {
            let mut keys = HashSet::new();
            object.iter().all(|(key, value)| {
                is_legal_key(key) && !key.contains('.') && keys.insert(key) && is_scalar(value)
            })
        }
        _ => false,
    };
    match value {
        Value::Array(elements) => elements.iter().all(is_scalar) || elements.iter().all(is_flat),
        Value::Object(_) => false,
        scalar => is_scalar(scalar),
    }
}

/// How many fields of the mapping a value takes.
fn count_fields(value: &Value<'_>) -> usize {
    match value {
        Value::Array(elements) => {
            elements.iter().filter_map(Value::as_object).map(Object::len).max().unwrap_or(1)
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, write_object};

    #[test]
    fn keeps_what_can_stand_and_sets_the_rest_aside() {
        let cases = [
            (
                r#"{"customer":{"id":7},"n":[{"a":2},{"a":3}]}"#,
                r#"{"customer":{"id":7},"n":[{"a":2},{"a":3}]}"#,
                "{}",
            ),
            (
                r#"{"log":{"custom":1},"http.route":"/x"}"#,
                r#"{"log":{"custom":1},"http":{"route":"/x"}}"#,
                "{}",
            ),
            (r#"{"_id":"x","a":{"_b":1}}"#, "{}", r#"{"_id":"x","a._b":1}"#),
            (r#"{"a.b":1,"a":{"b":2}}"#, r#"{"a":{"b":1}}"#, r#"{"a.b":2}"#),
            (r#"{"a":1,"a.b":2}"#, r#"{"a":1}"#, r#"{"a.b":2}"#),
            (
                r#"{"service":1,"message":{"a":1},"index":"x"}"#,
                "{}",
                r#"{"service":1,"message.a":1,"index":"x"}"#,
            ),
            (r#"{"":1,"a..b":2,"n":1e999,"x":null}"#, "{}", r#"{"":1,"a..b":2,"n":1e999}"#),
            (
                r#"{"traceback":{"x":1},"labels":"x","tracebacks":1}"#,
                r#"{"tracebacks":1}"#,
                r#"{"traceback.x":1,"labels":"x"}"#,
            ),
        ];
        for (source, kept, originals) in cases {
            let Ok(Value::Object(object)) = read(source) else { panic!("{source}") };
            let mut keeper = Keeper::default();
            keeper.keep_entries(object, &mut Vec::new());
            let text = |object: &Object<'_>| {
                let mut out = Vec::new();
                write_object(object, &mut out);
                String::from_utf8(out).unwrap()
            };
            assert_eq!(
                (text(&keeper.kept).as_str(), keeper.originals.text().as_str()),
                (kept, originals)
            );
        }
    }
}
