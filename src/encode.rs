//! The document as the bytes that the engine receives: one line, one JSON object, known fields
//! first and in their order, no key twice.

use std::sync::LazyLock;

use crate::document::{Document, Field, Fields, Redacted};
use crate::json::{Object, Value, write_string, write_value};

/// Appends `document` to `out` as one line of JSON, without a line feed.
pub fn encode(document: &Redacted<Document<'_>>, out: &mut Vec<u8>) {
    let mut writer = Writer { out, open: &[], fields: &document.fields, kept: &document.source };
    writer.out.push(b'{');
    for (field, value) in document.fields.iter() {
        writer.write_field(field, value);
    }
    writer.close_groups(0);
    writer.write_kept();
    writer.out.push(b'}');
}

/// Where a field stands: the objects around it, and what is written before its value.
struct Place {
    groups: Vec<Group>,
    /// The keys and brackets behind another field, by how many of the groups are open already.
    openings: Vec<Vec<u8>>,
}

/// An object around fields.
struct Group {
    /// The path of the object, as the place in a field's name where it ends and the field that is
    /// the first below it: to compare this is quicker than to compare names.
    id: (Field, usize),
    name: &'static str,
}

/// The place of each field, in the order of [`Field::ALL`].
static PLACES: LazyLock<Vec<Place>> =
    LazyLock::new(|| Field::ALL.iter().copied().map(place_of).collect());

fn place_of(field: Field) -> Place {
    let path = field.name();
    let group = |(end, _)| {
        let below = path.get(..=end).unwrap_or_default();
        let first = Field::ALL.iter().find(|other| other.name().starts_with(below));
        let start = path.get(..end).and_then(|outer| outer.rfind('.')).map_or(0, |dot| dot + 1);
        let name = path.get(start..end).unwrap_or_default();
        Group { id: (first.copied().unwrap_or(field), end), name }
    };
    let groups = path.match_indices('.').map(group).collect();
    let keys: Vec<&str> = path.split('.').collect();
    let opening = |open| {
        let keys = keys.iter().skip(open).map(|key| key_of(key)).collect::<Vec<_>>();
        [b",".as_slice(), &keys.join(&b'{')].concat()
    };
    Place { groups, openings: (0..keys.len()).map(opening).collect() }
}

fn key_of(name: &str) -> Vec<u8> {
    let mut key = Vec::new();
    write_string(name, &mut key);
    key.push(b':');
    key
}

struct Writer<'w, 'a> {
    out: &'w mut Vec<u8>,
    /// The objects that are open.
    open: &'static [Group],
    fields: &'w Fields<'a>,
    /// The producer's fields that stay where they were.
    kept: &'w Object<'a>,
}

impl Writer<'_, '_> {
    fn write_field(&mut self, field: Field, value: &Value<'_>) {
        let Some(place) = PLACES.get(field as usize) else {
            return;
        };
        let both = self.open.iter().zip(&place.groups);
        let shared = both.take_while(|(open, group)| open.id == group.id).count();
        self.close_groups(shared);
        self.open = &place.groups;
        self.write_behind_comma(place.openings.get(shared).map_or(&[], Vec::as_slice));
        write_value(value, self.out);
    }

    fn close_groups(&mut self, remaining: usize) {
        while let Some((_, outer)) = self.open.split_last().filter(|_| self.open.len() > remaining)
        {
            self.write_kept();
            self.out.push(b'}');
            self.open = outer;
        }
    }

    /// Writes the producer's fields that stand in the object that is open. Those in an object
    /// that holds a field of ours as well are written when that one is open.
    #[inline]
    fn write_kept(&mut self) {
        if !self.kept.is_empty() {
            self.write_kept_here();
        }
    }

    fn write_kept_here(&mut self) {
        let mut kept = self.kept;
        for group in self.open {
            let Some(Value::Object(inner)) = kept.get(group.name) else {
                return;
            };
            kept = inner;
        }
        let mut prefix = String::new();
        for group in self.open {
            prefix.push_str(group.name);
            prefix.push('.');
        }
        for (key, value) in kept.iter() {
            let group = format!("{prefix}{key}.");
            if self.fields.iter().any(|(field, _)| field.name().starts_with(&group)) {
                continue;
            }
            self.write_key(key);
            write_value(value, self.out);
        }
    }

    fn write_key(&mut self, key: &str) {
        self.write_comma();
        write_string(key, self.out);
        self.out.push(b':');
    }

    /// Writes what begins with a comma, but for that where nothing stands before it.
    fn write_behind_comma(&mut self, bytes: &[u8]) {
        let is_first = self.out.last() == Some(&b'{');
        self.out.extend_from_slice(bytes.get(usize::from(is_first)..).unwrap_or_default());
    }

    fn write_comma(&mut self) {
        if self.out.last() != Some(&b'{') {
            self.out.push(b',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    fn encoded(fields: &[(Field, &'static str)], kept: &str) -> String {
        let mut document = Document::default();
        for (field, value) in fields {
            document.fields.set(*field, *value);
        }
        let Ok(Value::Object(kept)) = read(kept) else { panic!("{kept}") };
        document.source = kept;
        let mut out = Vec::new();
        encode(&Redacted::seal(document), &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn each_object_is_opened_once() {
        let fields = [
            (Field::Index, "i"),
            (Field::LogOriginFunction, "f"),
            (Field::LogLevel, "info"),
            (Field::LogOriginFileName, "n"),
            (Field::Message, "a\nb"),
        ];
        assert_eq!(
            encoded(&fields, "{}"),
            r#"{"message":"a\nb","log":{"level":"info","origin":{"file":{"name":"n"},"function":"f"}},"index":"i"}"#
        );
        assert_eq!(encoded(&[], "{}"), "{}");
    }

    #[test]
    fn kept_fields_join_the_objects_that_are_there() {
        let fields =
            [(Field::LogLevel, "info"), (Field::LogOriginFileName, "n"), (Field::Index, "i")];
        let kept = r#"{"log":{"x":1,"origin":{"y":{"z":2}},"tail":{"t":3}},"own":{"a":[4]}}"#;
        assert_eq!(
            encoded(&fields, kept),
            r#"{"log":{"level":"info","origin":{"file":{"name":"n"},"y":{"z":2}},"x":1,"tail":{"t":3}},"index":"i","own":{"a":[4]}}"#
        );
    }
}
