//! A document that was finished before and comes again: from the same delivery stream, into which
//! it was fanned out, or from the backup bucket, out of which it is replayed.
//!
//! It is known by its shape alone, and whoever can put a whole record into the stream can imitate
//! it. That gains him what he states in Nozzle's own fields: an id, an origin, a traceback. It
//! gains nothing else: the shape is exact, so that the engine takes the document, its times are
//! held against its arrival, and redaction, enrichment and the name of the index are the business
//! of the stages, as for every document. A log that stands in a message, in a wrapper or in a log
//! event of CloudWatch is never taken for one.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::LazyLock;

use jiff::Timestamp;
use rustc_hash::FxBuildHasher;

use super::label::{LONGEST_LABEL_NAME, MOST_LABELS, label_name};
use super::{Document, Field, Kind};
use crate::json::{Number, Object, Value};
use crate::timestamp::{is_plausible, to_rfc3339};

/// What every finished document has, and no producer has all of.
const ALWAYS_THERE: [Field; 4] =
    [Field::EventId, Field::ServiceName, Field::EcsVersion, Field::Index];

/// The longest id, in bytes. The engine takes 512.
const LONGEST_ID: usize = 128;

impl<'a> Document<'a> {
    /// The document that `object` is when it was finished before, with its fields in their places.
    /// Fields that are not ours are allowed when `keeps_unknown_fields`; they stay in `source`.
    /// `arrival` is when it came again.
    ///
    /// # Errors
    /// The object as it was, when it is anything else.
    pub fn from_finished(
        object: Object<'a>,
        keeps_unknown_fields: bool,
        arrival: Option<Timestamp>,
    ) -> Result<Self, Object<'a>> {
        let is_finished = object.get("index").is_some()
            && ALWAYS_THERE.iter().all(|field| at(&object, field.name()).is_some())
            && has_shape(&object, "", keeps_unknown_fields)
            && count_labels(&object) <= MOST_LABELS;
        let Some(timestamp) = plausible_time(&object, arrival).filter(|_| is_finished) else {
            return Err(object);
        };
        let mut document = Self {
            source: object,
            timestamp: Some(timestamp),
            is_finished: true,
            ..Self::default()
        };
        let mut source = std::mem::take(&mut document.source);
        take_fields(&mut source, "", &mut document);
        document.source = source;
        Ok(document)
    }
}

impl Document<'_> {
    /// Puts labels where redaction has left them out of place: a number that it has replaced is a
    /// text, which the engine refuses as a number, and a name that it has touched may be none.
    pub fn settle_labels(&mut self) {
        let mut texts = Object::new();
        if let Some(Value::Object(numbers)) = self.fields.get_mut(Field::NumericLabels) {
            numbers.retain_mut(|name, value| {
                let stays = is_number_or_numbers(value) && is_label_name(name);
                if !stays {
                    texts.push(std::mem::take(name), as_text(std::mem::take(value)));
                }
                stays
            });
            if numbers.is_empty() {
                self.fields.remove(Field::NumericLabels);
            }
        }
        let is_settled = match self.fields.get(Field::Labels) {
            Some(Value::Object(labels)) => labels.iter().all(|(name, _)| is_label_name(name)),
            _ => true,
        };
        if is_settled && texts.is_empty() {
            return;
        }
        let former = match self.fields.remove(Field::Labels) {
            Some(Value::Object(labels)) => labels,
            _ => Object::new(),
        };
        let mut labels = Object::with_capacity(former.len() + texts.len());
        for (name, value) in former.into_iter().chain(texts) {
            let name = free_name(&label_name(&name), &labels);
            labels.push(name, value);
        }
        self.fields.set(Field::Labels, labels);
    }
}

fn as_text(value: Value<'_>) -> Value<'_> {
    match value {
        Value::Number(number) => Value::String(number.into_text()),
        value => value,
    }
}

/// `name`, or with a number behind it when `labels` has it already.
fn free_name(name: &str, labels: &Object<'_>) -> String {
    let mut free = name.to_owned();
    let mut number = 1;
    while labels.get(&free).is_some() {
        number += 1;
        free = format!("{name}_{number}");
    }
    free
}

/// The instant of a document's `@timestamp`, when it can be true: not before 2000, and neither it
/// nor the document's own arrival more than a day after what they came before.
fn plausible_time(object: &Object<'_>, arrival: Option<Timestamp>) -> Option<Timestamp> {
    let time = |field: Field| at(object, field.name())?.as_str()?.parse::<Timestamp>().ok();
    let created = time(Field::EventCreated)
        .filter(|created| is_plausible(*created, arrival.unwrap_or(Timestamp::MAX)))?;
    time(Field::Timestamp).filter(|timestamp| is_plausible(*timestamp, created))
}

fn count_labels(object: &Object<'_>) -> usize {
    let count = |field: Field| at(object, field.name()).and_then(Value::as_object).map(Object::len);
    [Field::Labels, Field::NumericLabels].into_iter().filter_map(count).sum()
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
                    (Place::Group, _) => false,
                    (Place::Unknown, _) => keeps_unknown_fields,
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
        Kind::Keyword if field == Field::EventId => value.as_str().is_some_and(is_our_id),
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

/// As CloudWatch, Kinesis and Nozzle itself write ids.
fn is_our_id(id: &str) -> bool {
    (1..=LONGEST_ID).contains(&id.len())
        && id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-' | b'+'))
}

fn is_label_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= LONGEST_LABEL_NAME && label_name(name) == name
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

    const FINISHED: &str = r#"{"@timestamp":"2020-05-11T12:44:44.000Z","event":{"created":"2020-05-11T12:44:50.000Z","id":"1"},"service":{"name":"s"},"labels":{"a":"x"},"ecs":{"version":"8.17.0"},"index":"i"}"#;

    fn finished(text: &str, keeps_unknown_fields: bool) -> bool {
        let Ok(Value::Object(object)) = read(text) else { panic!("{text}") };
        let before = object.clone();
        let arrival = "2020-05-12T00:00:00Z".parse().unwrap();
        match Document::from_finished(object, keeps_unknown_fields, Some(arrival)) {
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
            (r#""id":"1""#, r#""id":"""#),
            (r#""id":"1""#, r#""id":"hunter2""#),
            (r#"","id":"1"}"#, r#""},"event.id":"1""#),
            (r#""id":"1"}"#, r#""id":"1"},"event.kind":"x""#),
            ("11T12:44:50", "14T12:44:50"),
            ("11T12:44:44", "14T12:44:44"),
            ("2020-05-11T12:44:44", "1999-05-11T12:44:44"),
            (r#""created":"2020-05-11T12:44:50.000Z","#, ""),
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
        let changed = FINISHED.replace(r#""index""#, r#""client":"text","index""#);
        assert!(!finished(&changed, true));
    }

    #[test]
    fn more_labels_than_a_document_may_have_are_not_ours() {
        for (count, expected) in [(MOST_LABELS, true), (MOST_LABELS + 1, false)] {
            let labels: Vec<String> = (0..count).map(|index| format!("\"a{index}\":1")).collect();
            let labels = format!(r#""numeric_labels":{{{}}}"#, labels.join(","));
            assert_eq!(
                finished(&FINISHED.replace(r#""labels":{"a":"x"}"#, &labels), false),
                expected
            );
        }
    }

    #[test]
    fn labels_that_redaction_has_touched_are_settled() {
        let Ok(Value::Object(mut numbers)) = read(r#"{"a":1,"pin":"[R]","b":"[R]"}"#) else {
            panic!()
        };
        let mut document = Document::default();
        let mut labels = Object::new();
        labels.push("b", "there");
        labels.push("[REDACTED:x]", "1");
        labels.push("[REDACTED:x]", "2");
        document.fields.set(Field::Labels, labels);
        document.fields.set(Field::NumericLabels, numbers.clone());
        document.settle_labels();
        let text = |document: &Document<'_>, field| document.fields.get(field).map(to_text);
        assert_eq!(
            text(&document, Field::Labels).as_deref(),
            Some(r#"{"b":"there","REDACTED_x":"1","REDACTED_x_2":"2","pin":"[R]","b_2":"[R]"}"#)
        );
        assert_eq!(text(&document, Field::NumericLabels).as_deref(), Some(r#"{"a":1}"#));
        numbers.remove("a");
        document.fields.set(Field::NumericLabels, numbers);
        document.settle_labels();
        assert_eq!(text(&document, Field::NumericLabels), None);
    }
}
