//! JSON as people read it, for expectations that are kept in files.

#![allow(clippy::unwrap_used)]

use nozzle::json::{Value, write_string, write_value};

/// JSON with one entry in each line; `serde_json` would sort the keys or round the numbers.
pub(crate) fn indent(value: &Value<'_>, depth: usize, out: &mut String) {
    let mut text = Vec::new();
    let line = |out: &mut String, depth: usize| {
        out.push('\n');
        out.push_str(&"  ".repeat(depth));
    };
    match value {
        Value::Object(object) if !object.is_empty() => {
            out.push('{');
            for (index, (key, value)) in object.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(out, depth + 1);
                let mut quoted = Vec::new();
                write_string(key, &mut quoted);
                out.push_str(std::str::from_utf8(&quoted).unwrap());
                out.push_str(": ");
                indent(value, depth + 1, out);
            }
            line(out, depth);
            out.push('}');
            return;
        }
        Value::Array(elements) if elements.iter().any(Value::is_container) => {
            out.push('[');
            for (index, element) in elements.iter().enumerate() {
                out.push_str(if index == 0 { "" } else { "," });
                line(out, depth + 1);
                indent(element, depth + 1, out);
            }
            line(out, depth);
            out.push(']');
            return;
        }
        value => write_value(value, &mut text),
    }
    out.push_str(std::str::from_utf8(&text).unwrap());
}
