//! A document that was finished before and comes again: from the same delivery stream, into which
//! it was fanned out, or from the backup bucket, out of which it is replayed.
//!
//! It is known by its shape alone. The shape is exact, because whoever can put a record into the
//! stream can imitate it; and all that it gains is that its fields stay where they are. Redaction,
//! enrichment and the name of the index are the business of the stages, as for every document.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::LazyLock;

use jiff::Timestamp;
use rustc_hash::FxBuildHasher;

use super::{Document, Field, Kind};
use crate::json::{Number, Object, Value};
use crate::timestamp::to_rfc3339;

/// What every finished document has, and no producer has all of.
const ALWAYS_THERE: [Field; 4] =
    [Field::EventId, Field::ServiceName, Field::EcsVersion, Field::Index];

/// The longest name of a label, in bytes.
const LONGEST_LABEL: usize = 128;

impl<'a> Document<'a> {
    /// The document that `object` is when it was finished before, with its fields in their places.
    /// Fields that are not ours are allowed when `keeps_unknown_fields`; they stay in `source`.
    ///
    /// # Errors
    /// The object as it was, when it is anything else.
    pub fn from_finished(
        object: Object<'a>,
        keeps_unknown_fields: bool,
    ) -> Result<Self, Object<'a>> {
        let is_finished = object.get("index").is_some()
            && ALWAYS_THERE.iter().all(|field| at(&object, field.name()).is_some())
            && has_shape(&object, "", keeps_unknown_fields);
        if !is_finished {
            return Err(object);
        }
        let mut document = Self { source: object, is_finished: true, ..Self::default() };
        document.timestamp = at(&document.source, Field::Timestamp.name())
            .and_then(Value::as_str)
            .and_then(|text| text.parse().ok());
        let mut source = std::mem::take(&mut document.source);
        take_fields(&mut source, "", &mut document);
        document.source = source;
        Ok(document)
    }
}

impl Document<'_> {
    /// Moves texts among the numeric labels to the other labels. A number that redaction has
    /// replaced is a text, which the engine refuses as a number.
    pub fn part_labels(&mut self) {
        let Some(Value::Object(numbers)) = self.fields.get_mut(Field::NumericLabels) else {
            return;
        };
        let mut texts = Object::new();
        numbers.retain_mut(|name, value| {
            let is_numeric = is_number_or_numbers(value);
            if !is_numeric {
                texts.push(std::mem::take(name), std::mem::take(value));
            }
            is_numeric
        });
        if numbers.is_empty() {
            self.fields.remove(Field::NumericLabels);
        }
        if texts.is_empty() {
            return;
        }
        let labels = match self.fields.remove(Field::Labels) {
            Some(Value::Object(labels)) => labels,
            _ => Object::new(),
        };
        // Of two under one name the text that is there already stays.
        texts.retain_mut(|name, _| labels.get(name).is_none());
        let labels: Object<'_> = labels.into_iter().chain(texts).collect();
        self.fields.set(Field::Labels, labels);
    }
}

/// What a path is in a finished document.
#[derive(Clone, Copy)]
enum Place {
    Field(Field),
    Group,
    Unknown,
}

fn place(path: &str) -> Place {
    static PLACES: LazyLock<HashMap<&'static str, Place, FxBuildHasher>> = LazyLock::new(|| {
        let mut places = HashMap::default();
        for field in Field::ALL {
            let name = field.name();
            places.insert(name, Place::Field(*field));
            for (dot, _) in name.match_indices('.') {
                places.insert(name.get(..dot).unwrap_or_default(), Place::Group);
            }
        }
        places
    });
    PLACES.get(path).copied().unwrap_or(Place::Unknown)
}

fn path_of(group: &str, key: &str) -> String {
    if group.is_empty() { key.to_owned() } else { format!("{group}.{key}") }
}

fn at<'o, 'a>(object: &'o Object<'a>, path: &str) -> Option<&'o Value<'a>> {
    match path.split_once('.') {
        Some((group, rest)) => at(object.get(group)?.as_object()?, rest),
        None => object.get(path),
    }
}

fn take_fields<'a>(object: &mut Object<'a>, group: &str, document: &mut Document<'a>) {
    object.retain_mut(|key, value| {
        let path = path_of(group, key);
        match (place(&path), &mut *value) {
            (Place::Field(field), _) => {
                document.fields.set(field, std::mem::take(value));
                false
            }
            (Place::Group, Value::Object(inner)) => {
                take_fields(inner, &path, document);
                !inner.is_empty()
            }
            _ => true,
        }
    });
}

fn has_shape(object: &Object<'_>, group: &str, keeps_unknown_fields: bool) -> bool {
    has_unique_keys(object)
        && object.iter().all(|(key, value)| {
            let path = path_of(group, key);
            !key.contains('.')
                && match (place(&path), value) {
                    (Place::Field(field), _) => is_value_of(field, value),
                    (Place::Group, Value::Object(inner)) => {
                        has_shape(inner, &path, keeps_unknown_fields)
                    }
                    _ => keeps_unknown_fields,
                }
        })
}

fn has_unique_keys(object: &Object<'_>) -> bool {
    let mut keys: Vec<&str> = object.iter().map(|(key, _)| key.as_ref()).collect();
    keys.sort_unstable();
    keys.iter().zip(keys.iter().skip(1)).all(|(key, next)| key != next)
}

fn is_value_of(field: Field, value: &Value<'_>) -> bool {
    match field.kind() {
        Kind::Date => value.as_str().is_some_and(is_our_time),
        Kind::Keyword | Kind::Text => value.as_str().is_some(),
        Kind::Keywords => is_string_or_strings(value),
        Kind::Long => value.as_number().is_some_and(|number| number.as_i64().is_some()),
        Kind::Double => is_number(value),
        Kind::Ip => value.as_str().is_some_and(|text| text.parse::<IpAddr>().is_ok()),
        Kind::Object => value.as_object().is_some_and(|object| match field {
            Field::Labels => are_labels(object, is_string_or_strings),
            Field::NumericLabels => are_labels(object, is_number_or_numbers),
            _ => has_parts(object, TRACEBACK),
        }),
    }
}

fn is_our_time(text: &str) -> bool {
    text.parse::<Timestamp>().is_ok_and(|instant| to_rfc3339(instant) == text)
}

fn are_labels(object: &Object<'_>, is_value: impl Fn(&Value<'_>) -> bool) -> bool {
    has_unique_keys(object)
        && object.iter().all(|(name, value)| is_label_name(name) && is_value(value))
}

fn is_label_name(name: &str) -> bool {
    let is_legal = |character: char| character.is_alphanumeric() || matches!(character, '-' | '_');
    (1..=LONGEST_LABEL).contains(&name.len())
        && !name.starts_with('_')
        && !name.ends_with('_')
        && name.chars().all(is_legal)
}

fn is_string_or_strings(value: &Value<'_>) -> bool {
    match value {
        Value::Array(elements) => elements.iter().all(|element| element.as_str().is_some()),
        _ => value.as_str().is_some(),
    }
}

fn is_number(value: &Value<'_>) -> bool {
    value.as_number().is_some_and(Number::is_storable)
}

fn is_number_or_numbers(value: &Value<'_>) -> bool {
    match value {
        Value::Array(elements) => elements.iter().all(is_number),
        _ => is_number(value),
    }
}

/// What a part of `traceback` is.
#[derive(Clone, Copy)]
enum Part {
    Text,
    Texts,
    Number,
    Flag,
    Objects(Parts),
}

/// The parts of an object by their names, none of which has to be there.
type Parts = &'static [(&'static str, Part)];

const TRACEBACK: Parts = &[
    ("language", Part::Text),
    ("fingerprint", Part::Text),
    ("culprit", Part::Text),
    ("frame_count", Part::Number),
    ("truncated", Part::Flag),
    ("types", Part::Texts),
    ("exceptions", Part::Objects(EXCEPTION)),
];
const EXCEPTION: Parts = &[
    ("id", Part::Number),
    ("parent", Part::Number),
    ("relation", Part::Text),
    ("type", Part::Text),
    ("message", Part::Text),
    ("frames", Part::Objects(FRAME)),
];
const FRAME: Parts = &[
    ("file", Part::Text),
    ("line", Part::Number),
    ("column", Part::Number),
    ("function", Part::Text),
    ("module", Part::Text),
    ("code", Part::Text),
    ("in_app", Part::Flag),
];

fn has_parts(object: &Object<'_>, parts: Parts) -> bool {
    has_unique_keys(object)
        && object.iter().all(|(key, value)| {
            parts.iter().any(|(name, part)| name == key && is_part(value, *part))
        })
}

fn is_part(value: &Value<'_>, part: Part) -> bool {
    match part {
        Part::Text => value.as_str().is_some(),
        Part::Texts => value.as_array().is_some() && is_string_or_strings(value),
        Part::Number => value.as_number().is_some_and(|number| number.as_u64().is_some()),
        Part::Flag => matches!(value, Value::Bool(_)),
        Part::Objects(parts) => value.as_array().is_some_and(|elements| {
            elements
                .iter()
                .all(|element| element.as_object().is_some_and(|object| has_parts(object, parts)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::{read, to_text};

    const FINISHED: &str = r#"{"@timestamp":"2020-05-11T12:44:44.000Z","event":{"id":"1"},"service":{"name":"s"},"labels":{"a":"x"},"ecs":{"version":"8.17.0"},"index":"i"}"#;

    fn finished(text: &str, keeps_unknown_fields: bool) -> bool {
        let Ok(Value::Object(object)) = read(text) else { panic!("{text}") };
        let before = object.clone();
        match Document::from_finished(object, keeps_unknown_fields) {
            Ok(document) => {
                assert!(document.is_finished && document.fields.contains(Field::Index));
                true
            }
            Err(object) => {
                assert_eq!(object, before);
                false
            }
        }
    }

    #[test]
    fn a_finished_document_is_known_by_its_shape() {
        assert!(finished(FINISHED, false));
        let faults = [
            (r#""index":"i""#, r#""index":7"#),
            (r#""index":"i""#, r#""index":"i","index":"j""#),
            (r#","index":"i""#, ""),
            (r#""id":"1""#, r#""id":"1","kind":["x"]"#),
            (r#""event":{"id":"1"}"#, r#""event.id":"1""#),
            (r#""event":{"id":"1"}"#, r#""event":{"id":"1"},"event.kind":"x""#),
            (r#""name":"s""#, r#""name":"s","port":1"#),
            ("44.000Z", "44Z"),
            ("44.000Z", "44.000+00:00"),
            (r#""a":"x""#, r#""a":1"#),
            (r#""a":"x""#, r#""a":{"b":"x"}"#),
            (r#""a":"x""#, r#""_a":"x""#),
            (r#""a":"x""#, r#""a.b":"x""#),
            (r#""labels":{"a":"x"}"#, r#""numeric_labels":{"a":"x"}"#),
            (r#""labels":{"a":"x"}"#, r#""client":{"ip":"here"}"#),
            (r#""labels":{"a":"x"}"#, r#""process":{"pid":"1"}"#),
            (r#""labels":{"a":"x"}"#, r#""traceback":{"exceptions":[{"frames":[{"vars":{}}]}]}"#),
            (r#""labels":{"a":"x"}"#, r#""traceback":[]"#),
            (r#""labels":{"a":"x"}"#, r#""own":1"#),
            (r#""labels":{"a":"x"}"#, r#""log":"x""#),
        ];
        for (from, to) in faults {
            let changed = FINISHED.replace(from, to);
            assert_ne!(changed, FINISHED);
            assert!(!finished(&changed, false), "{changed}");
        }
    }

    #[test]
    fn fields_that_are_not_ours_can_be_allowed() {
        let changed = FINISHED.replace(r#""index""#, r#""own":{"a":[1,{}]},"index""#);
        assert!(finished(&changed, true));
        assert!(!finished(&changed, false));
    }

    #[test]
    fn a_number_that_became_a_text_is_a_label() {
        let Ok(Value::Object(mut numbers)) = read(r#"{"a":1,"pin":"[R]","b":"[R]"}"#) else {
            panic!()
        };
        let mut document = Document::default();
        let mut labels = Object::new();
        labels.push("b", "there");
        document.fields.set(Field::Labels, labels);
        document.fields.set(Field::NumericLabels, numbers.clone());
        document.part_labels();
        let text = |document: &Document<'_>, field| document.fields.get(field).map(to_text);
        assert_eq!(text(&document, Field::Labels).as_deref(), Some(r#"{"b":"there","pin":"[R]"}"#));
        assert_eq!(text(&document, Field::NumericLabels).as_deref(), Some(r#"{"a":1}"#));
        numbers.remove("a");
        document.fields.set(Field::NumericLabels, numbers);
        document.part_labels();
        assert_eq!(text(&document, Field::NumericLabels), None);
    }
}
