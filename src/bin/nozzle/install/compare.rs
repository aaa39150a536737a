//! What is there, held against what is wanted.

use serde_json::Value;

/// How much more may be there than is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strictness {
    /// Nothing below the top level, where engines keep their own notes.
    Exact,
    /// Whatever the engine adds.
    AtLeast,
}

/// The paths at which `there` is not as `wanted`. Engines hand a number or a flag back as a text.
pub(super) fn differences(wanted: &Value, there: &Value, strictness: Strictness) -> Vec<String> {
    let mut paths = Vec::new();
    compare("", wanted, there, Strictness::AtLeast, strictness, &mut paths);
    paths
}

fn compare(
    path: &str,
    wanted: &Value,
    there: &Value,
    here: Strictness,
    below: Strictness,
    paths: &mut Vec<String>,
) {
    match (wanted, there) {
        (Value::Object(wanted), Value::Object(there)) => {
            for (key, value) in wanted {
                let path = below_key(path, key);
                match there.get(key) {
                    Some(there) => compare(&path, value, there, below, below, paths),
                    None if is_empty(value) => {}
                    None => paths.push(path),
                }
            }
            if here == Strictness::Exact {
                let more = there.keys().filter(|key| !wanted.contains_key(*key));
                paths.extend(more.map(|key| below_key(path, key)));
            }
        }
        (Value::Array(wanted), Value::Array(there)) if wanted.len() == there.len() => {
            for (index, (wanted, there)) in wanted.iter().zip(there).enumerate() {
                let path = below_key(path, &index.to_string());
                compare(&path, wanted, there, below, below, paths);
            }
        }
        _ if as_text(wanted) == as_text(there) => {}
        _ => paths.push(path.to_owned()),
    }
}

fn below_key(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") }
}

fn is_empty(value: &Value) -> bool {
    value.as_object().is_some_and(serde_json::Map::is_empty)
        || value.as_array().is_some_and(Vec::is_empty)
}

fn as_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_matters_differs() {
        let wanted = json!({"a": {"n": 1, "on": true, "list": ["x", {"y": 1}], "none": {}}});
        let there = json!({"a": {"n": "1", "on": "true", "list": ["x", {"y": "1"}]}, "date": 5});
        assert_eq!(differences(&wanted, &there, Strictness::Exact), [""; 0]);

        let there = json!({"a": {"n": 2, "on": true, "list": ["x", {"y": 1, "z": 2}], "more": 1}});
        assert_eq!(differences(&wanted, &there, Strictness::AtLeast), ["a.n"]);
        let exact = differences(&wanted, &there, Strictness::Exact);
        assert_eq!(exact, ["a.list.1.z", "a.n", "a.more"]);

        let there = json!({"a": {"n": 1, "list": ["x"]}});
        assert_eq!(differences(&wanted, &there, Strictness::AtLeast), ["a.list", "a.on"]);
    }
}
