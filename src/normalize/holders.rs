//! Objects in which a logger keeps the program's own fields apart from its own: loguru's `extra`,
//! Monolog's `context`, the `attributes` of OpenTelemetry. For whoever reads the document they are
//! fields like any other, so that their labels do without the object's name, and the names that
//! OpenTelemetry and ECS define are known in them too.

use super::aliases::Candidate;
use super::known::candidates;
use crate::document::{Document, Field};
use crate::json::{Object, Value};

/// The object's path, and a field beside it without which it is some program's own object.
const HOLDERS: &[(&str, &str)] = &[
    ("record.extra", "text"),                      // loguru
    ("context", "channel"),                        // Monolog
    ("extra", "entity.type"),                      // New Relic
    ("extra", "channel"),                          // Monolog
    ("extra", "error_summary"),                    // oslo.log
    ("context", "error_summary"),                  // oslo.log
    ("attributes", "severity_text"),               // OTel for Python
    ("resource.attributes", "severity_text"),      // OTel for Python
    ("logging.googleapis.com/labels", "severity"), // Google Cloud
    ("message", "requestId"),                      // Lambda, of an object
    ("mdc", "loggerName"),                         // logback JsonEncoder
    ("kvpList", "loggerName"),                     // logback JsonEncoder, entry by entry
    ("contextMap", "loggerName"),                  // log4j2 JsonLayout
    ("mdc", "logger_name"),                        // log4j2 LogstashJsonEventLayoutV1
    ("fields", "level"),                           // tracing-subscriber, apex/log
    ("@fields", "@message"),                       // winston's format for Logstash
    ("context", "sequence"),                       // roarr
    ("1", "_meta"),                                // tslog, of its second argument
];

/// The paths of all holders.
pub(super) fn paths() -> impl Iterator<Item = &'static str> {
    HOLDERS.iter().map(|(path, _)| *path)
}

/// The holders in what the producer wrote.
pub(super) fn holders(source: &Object<'_>) -> Vec<&'static str> {
    let mut seen: Vec<&'static (&str, &str)> = Vec::new();
    for (key, value) in source.iter() {
        let is_object = matches!(value, Value::Object(_)) || is_list_of_entries(value);
        if is_object || key.contains('.') {
            let rows = HOLDERS.iter().filter(|(path, _)| {
                is_below(key, path) || is_object && (*path == key || is_below(path, key))
            });
            for row in rows {
                if !seen.contains(&row) {
                    seen.push(row);
                }
            }
        }
    }
    // After the walk, so that a key that stands many times is looked for once.
    seen.retain(|(_, beside)| source.get(beside).is_some());
    let mut paths: Vec<_> = seen.into_iter().map(|(path, _)| *path).collect();
    paths.dedup();
    paths
}

/// Whether `path` leads into what stands at `outer`: `extra.order_id` into `extra`.
fn is_below(path: &str, outer: &str) -> bool {
    path.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
}

/// Whether `value` is an object that is told entry by entry: `[{"a":1},{"b":2}]`.
fn is_list_of_entries(value: &Value<'_>) -> bool {
    let is_entry = |element: &Value<'_>| element.as_object().is_some_and(|entry| entry.len() == 1);
    value.as_array().is_some_and(|elements| elements.iter().all(is_entry))
}

/// The rows that match `path` when it leads into one of `holders`. A plain name such as `name` or
/// `file` is the program's there, and may mean anything.
pub(super) fn candidates_within(holders: &[&'static str], path: &str) -> &'static [Candidate] {
    let inner = holders.iter().find_map(|holder| path.strip_prefix(holder)?.strip_prefix('.'));
    let rows = inner.map_or(&[][..], candidates);
    let is_defined = inner.is_some_and(|name| name.contains('.'));
    if is_defined || rows.iter().all(|row| is_identifier(row.field)) { rows } else { &[] }
}

/// Whether the field names what a log is part of. Their short names mean nothing else.
const fn is_identifier(field: Field) -> bool {
    matches!(
        field,
        Field::TraceId | Field::SpanId | Field::TransactionId | Field::AwsLambdaRequestId
    )
}

/// Takes what is left in the document's holders out of `source`, with the path of each.
pub(super) fn take_held<'a>(
    document: &Document<'a>,
    source: &mut Object<'a>,
) -> Vec<(&'static str, Object<'a>)> {
    let mut held = Vec::new();
    for &path in &document.holders {
        let place = match path.split_once('.') {
            // The one holder with a dot in its own name stands at the top.
            Some(_) if source.get(path).is_some() => source.get_mut(path),
            Some((outer, inner)) => match source.get_mut(outer) {
                Some(Value::Object(outer)) => outer.get_mut(inner),
                _ => None,
            },
            None => source.get_mut(path),
        };
        match place {
            Some(Value::Object(object)) => held.push((path, std::mem::take(object))),
            Some(list) if is_list_of_entries(list) => {
                let mut object = Object::new();
                if let Value::Array(entries) = std::mem::take(list) {
                    for entry in entries {
                        if let Value::Object(entry) = entry {
                            for (key, value) in entry {
                                object.push(key, value);
                            }
                        }
                    }
                }
                held.push((path, object));
            }
            _ => {}
        }
        held.push((path, take_dotted(source, path)));
    }
    held
}

/// The fields of the holder at `path` whose names are written with dots: `extra.order_id`.
fn take_dotted<'a>(source: &mut Object<'a>, path: &str) -> Object<'a> {
    let mut object = Object::new();
    source.retain_mut(|key, value| {
        let inner = key.strip_prefix(path).and_then(|rest| rest.strip_prefix('.'));
        let Some(inner) = inner.map(str::to_owned) else { return true };
        object.push(inner, std::mem::take(value));
        false
    });
    object
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::read;

    fn holders_in(source: &str) -> Vec<&'static str> {
        let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
        holders(&source)
    }

    #[test]
    fn a_holder_is_known_by_what_stands_beside_it() {
        for (path, beside) in HOLDERS {
            let nested = match path.split_once('.').filter(|_| !path.contains('/')) {
                Some((outer, inner)) => format!(r#""{outer}":{{"{inner}":{{"a":1}}}}"#),
                None => format!(r#""{path}":{{"a":1}}"#),
            };
            let found = holders_in(&format!(r#"{{{nested},"{beside}":"x"}}"#));
            assert!(found.contains(path), "{path}: {found:?}");
            assert_eq!(holders_in(&format!("{{{nested}}}")), [""; 0], "{path}");
            assert_eq!(holders_in(&format!(r#"{{"{path}":"x","{beside}":"x"}}"#)), [""; 0]);
            let dotted = holders_in(&format!(r#"{{"{path}.a":1,"{beside}":"x"}}"#));
            assert!(dotted.contains(path), "{path}: {dotted:?}");
        }
    }

    #[test]
    fn only_defined_names_are_known_within() {
        let holders = &["attributes"][..];
        let fields = |path: &str| -> Vec<_> {
            candidates_within(holders, path).iter().map(|row| row.field).collect()
        };
        assert_eq!(fields("attributes.code.lineno"), [Field::LogOriginFileLine]);
        assert_eq!(fields("attributes.trace_id"), [Field::TraceId]);
        for path in
            ["attributes.name", "attributes.level", "attributesx.code.lineno", "other.trace_id"]
        {
            assert_eq!(fields(path), [], "{path}");
        }
    }
}
