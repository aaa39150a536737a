//! What has no ECS name becomes a label, by the convention of Elastic APM: strings and booleans
//! under `labels`, numbers under `numeric_labels`. A label's type never changes, so two services
//! that disagree about `status` cannot make the engine reject either.
//!
//! Source: *Labels* in Elastic's APM documentation
//! (<https://www.elastic.co/guide/en/observability/8.17/apm-data-model-metadata.html>).

use std::borrow::Cow;

use super::holders::take_held;
use super::reading::scalar_text;
use crate::document::{
    Document, Field, LONGEST_LABEL_NAME, MOST_LABELS, Originals, Redacted, is_generated, is_simple,
    label_name,
};
use crate::json::{Object, Value};

/// How many keys a label's name may be joined of.
const DEEPEST_LABEL: usize = 5;

/// Turns what is left of the producer's fields into labels. Fields that are too many, too deep or
/// oddly named are kept as compact JSON text in `event.original_fields`.
pub fn label_remaining(document: &mut Redacted<Document<'_>>) {
    let mut source = std::mem::take(&mut document.source);
    if source.is_empty() {
        return;
    }
    let held = take_held(document, &mut source);
    let mut labels = Labels::default();
    labels.add_entries(source, &mut Vec::with_capacity(DEEPEST_LABEL));
    // What the logger itself wrote has its label by now, and no held field takes it away.
    for (path, object) in held {
        labels.hidden = 1;
        labels.add_entries(object, &mut vec![Cow::Borrowed(path)]);
    }
    for (field, object) in [(Field::Labels, labels.strings), (Field::NumericLabels, labels.numbers)]
    {
        if !object.is_empty() {
            document.fields.set(field, object);
        }
    }
    labels.originals.write_to(document);
}

struct Labels<'a> {
    strings: Object<'a>,
    numbers: Object<'a>,
    originals: Originals,
    /// How many of a path's first keys its label does without.
    hidden: usize,
}

impl Default for Labels<'_> {
    fn default() -> Self {
        let strings = Object::with_capacity(8);
        Self {
            strings,
            numbers: Object::with_capacity(8),
            originals: Originals::default(),
            hidden: 0,
        }
    }
}

impl<'a> Labels<'a> {
    fn add_entries(&mut self, object: Object<'a>, path: &mut Vec<Cow<'a, str>>) {
        for (key, value) in object {
            // The ECS form of labels needs no second prefix.
            if path.is_empty()
                && (key == "labels" || key == "numeric_labels")
                && let Value::Object(labels) = value
            {
                self.add_entries(labels, path);
                continue;
            }
            path.push(key);
            match value {
                Value::Object(inner)
                    if path.len() < DEEPEST_LABEL + self.hidden && is_short(path) =>
                {
                    self.add_entries(inner, path);
                }
                value => self.add_leaf(path, value),
            }
            path.pop();
        }
    }

    /// Makes `value` the label that `path` names; gives it back when it cannot be one, or when
    /// there is one of this name.
    fn add_label(&mut self, path: &[Cow<'a, str>], mut value: Value<'a>) -> Option<Value<'a>> {
        let is_full = self.strings.len() + self.numbers.len() >= MOST_LABELS;
        if let Some(name) = joined_name(path).filter(|_| !is_full) {
            if is_numeric(&value) {
                if self.numbers.get(&name).is_none() {
                    self.numbers.push(name, value);
                    return None;
                }
            } else if self.strings.get(&name).is_none()
                && let Some(text) = as_text(&mut value)
            {
                self.strings.push(name, text);
                return None;
            }
        }
        Some(value)
    }

    fn add_leaf(&mut self, path: &[Cow<'a, str>], mut value: Value<'a>) {
        if is_absent(&value) {
            return;
        }
        if is_short(path) {
            let plain = path.get(self.hidden..).unwrap_or_default();
            for path in [plain, path].into_iter().take(1 + self.hidden) {
                let Some(left) = self.add_label(path, value) else { return };
                value = left;
            }
        }
        self.originals.add(path, &value);
    }
}

/// Whether a path can be a label's name. Below one that cannot, no other is joined or looked at:
/// a long key would cost its length again for each key below it.
fn is_short(path: &[Cow<'_, str>]) -> bool {
    path.iter().map(|key| key.len() + 1).sum::<usize>() <= LONGEST_LABEL_NAME + 1
}

fn is_absent(value: &Value<'_>) -> bool {
    match value {
        Value::Null => true,
        Value::Array(elements) => elements.iter().all(is_absent),
        Value::Object(object) => object.is_empty(),
        _ => false,
    }
}

/// Whether the engine can store the value as a number, or an array of such.
fn is_numeric(value: &Value<'_>) -> bool {
    match value {
        Value::Number(number) => number.is_storable(),
        Value::Array(elements) => elements
            .iter()
            .all(|element| matches!(element, Value::Number(number) if number.is_storable())),
        _ => false,
    }
}

/// The value as a string, or as an array of strings; untouched when it holds more than scalars.
fn as_text<'a>(value: &mut Value<'a>) -> Option<Value<'a>> {
    match value {
        Value::Array(elements) => {
            if elements.iter().any(Value::is_container) {
                return None;
            }
            let texts = elements.iter_mut().filter_map(scalar_text).map(Value::from);
            Some(Value::Array(texts.collect()))
        }
        _ => scalar_text(value).map(Value::from),
    }
}

/// The name that a path has as a label: its keys joined by `_`. `None` when no usable name is left.
fn joined_name<'a>(path: &[Cow<'a, str>]) -> Option<Cow<'a, str>> {
    let name = match path {
        [Cow::Borrowed(key)] if is_simple(key) => return Some(Cow::Borrowed(key)),
        [Cow::Borrowed(key)] => label_name(key),
        path => {
            let joined = path.join("_");
            if is_simple(&joined) {
                return Some(Cow::Owned(joined));
            }
            Cow::Owned(label_name(&joined).into_owned())
        }
    };
    let is_usable = !name.is_empty() && name.len() <= LONGEST_LABEL_NAME && !is_generated(&name);
    is_usable.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, write_value};

    fn label(source: &str) -> (String, String, String) {
        let Ok(Value::Object(object)) = read(source) else { panic!("{source}") };
        let mut labels = Labels::default();
        labels.add_entries(object, &mut Vec::new());
        let text = |object: Object<'_>| {
            let mut out = Vec::new();
            write_value(&Value::Object(object), &mut out);
            String::from_utf8(out).unwrap()
        };
        (text(labels.strings), text(labels.numbers), labels.originals.text())
    }

    #[test]
    fn each_value_finds_the_place_of_its_type() {
        let cases = [
            (r#"{"a":"x","b":true,"c":null}"#, r#"{"a":"x","b":"true"}"#, "{}", "{}"),
            (r#"{"n":1,"f":1.50,"big":1e400}"#, r#"{"big":"1e400"}"#, r#"{"n":1,"f":1.50}"#, "{}"),
            (r#"{"a":{"b":{"c":"x"},"n":2}}"#, r#"{"a_b_c":"x"}"#, r#"{"a_n":2}"#, "{}"),
            (
                r#"{"a":[1,2],"b":["x",1,null,false]}"#,
                r#"{"b":["x","1","false"]}"#,
                r#"{"a":[1,2]}"#,
                "{}",
            ),
            (r#"{"a":[],"b":{},"c":[null]}"#, "{}", "{}", "{}"),
            (r#"{"a":[{"b":1}]}"#, "{}", "{}", r#"{"a":[{"b":1}]}"#),
            (
                r#"{"labels":{"a":"x"},"numeric_labels":{"b":1}}"#,
                r#"{"a":"x"}"#,
                r#"{"b":1}"#,
                "{}",
            ),
            (r#"{"labels":"x"}"#, r#"{"labels":"x"}"#, "{}", "{}"),
        ];
        for (source, strings, numbers, originals) in cases {
            let expected = (strings.to_owned(), numbers.to_owned(), originals.to_owned());
            assert_eq!(label(source), expected, "{source}");
        }
    }

    #[test]
    fn names_are_made_safe_and_never_clash() {
        let cases = [
            (r#"{"http.route":"x"}"#, r#"{"http_route":"x"}"#, "{}"),
            (r#"{"_id":"x","@version":"1"}"#, r#"{"id":"x","version":"1"}"#, "{}"),
            (r#"{"a b*c\"d":"x","é":"y"}"#, r#"{"a_b_c_d":"x","é":"y"}"#, "{}"),
            (r#"{"":"x","__":"y"}"#, "{}", r#"{"":"x","__":"y"}"#),
            (r#"{"a.b":"x","a":{"b":"y"}}"#, r#"{"a_b":"x"}"#, r#"{"a.b":"y"}"#),
            (r#"{"a":"x","a":"y"}"#, r#"{"a":"x"}"#, r#"{"a":"y"}"#),
        ];
        for (source, strings, originals) in cases {
            let (labels, _, kept) = label(source);
            assert_eq!((labels.as_str(), kept.as_str()), (strings, originals), "{source}");
        }
    }

    #[test]
    fn what_is_too_deep_too_many_or_too_long_is_kept_as_it_was() {
        let (strings, _, originals) =
            label(r#"{"a":{"b":{"c":{"d":{"e":"five","f":{"g":"six"}}}}}}"#);
        assert_eq!(strings, r#"{"a_b_c_d_e":"five"}"#);
        assert_eq!(originals, r#"{"a.b.c.d.f":{"g":"six"}}"#);

        let many: Object<'_> =
            (0..201).map(|index| (Cow::from(format!("k{index}")), Value::from(index))).collect();
        let mut labels = Labels::default();
        labels.add_entries(many, &mut Vec::new());
        assert_eq!(
            (labels.numbers.len(), labels.originals.text()),
            (200, r#"{"k200":200}"#.to_owned())
        );

        let long = "k".repeat(129);
        let (strings, _, originals) = label(&format!(r#"{{"{long}":"x"}}"#));
        assert_eq!((strings.as_str(), originals.contains(&long)), ("{}", true));
    }
}
