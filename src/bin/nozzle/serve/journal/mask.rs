//! Secrets in documents, masked for the page.
//!
//! What the command's own code delivers has none. A stream without a function, a function that does
//! not redact, and an audit deliver what they were given; the page shows that they did, and not the
//! secrets.

use std::collections::BTreeMap;

use nozzle::document::Document;
use nozzle::json::{Object, Value, read, write_object};
use nozzle::redact::{BY_NAME, Redactor, RuleMask};

/// The documents in `bytes`, one in each line, without their secrets; `None` when they have none.
pub(super) fn mask(bytes: &[u8], redactor: &Redactor) -> Option<Vec<u8>> {
    let text = String::from_utf8_lossy(bytes);
    let (mut masked, mut counts) = (Vec::with_capacity(bytes.len()), BTreeMap::new());
    for (position, line) in text.lines().enumerate() {
        if position > 0 {
            masked.push(b'\n');
        }
        let Ok(Value::Object(mut source)) = read(line) else {
            let line = redactor.redact_text(line, &mut counts, None);
            masked.extend_from_slice(line.as_bytes());
            continue;
        };
        let rules = take_rules(&mut source, redactor);
        let document = Document { source, ..Document::default() };
        let mut document = redactor.redact(document, &RuleMask::all(), &mut counts, None);
        if let (Some(rules), Some(place)) = (rules, redactions(&mut document.source)) {
            *place = rules;
        }
        write_object(&document.source, &mut masked);
    }
    (!counts.is_empty()).then_some(masked)
}

/// Takes out what a document says of its redactions, for in such a list (`["jwt", "by-name"]`) one
/// rule's id looks like the name of the next. What is no rule's id stays.
fn take_rules<'d>(document: &mut Object<'d>, redactor: &Redactor) -> Option<Value<'d>> {
    let place = redactions(document)?;
    let is_rule =
        |value: &Value<'_>| value.as_str().is_some_and(|id| id == BY_NAME || redactor.is_on(id));
    let is_list = place.as_array().is_some_and(|ids| ids.iter().all(is_rule));
    is_list.then(|| std::mem::replace(place, Value::Null))
}

fn redactions<'o, 'd>(document: &'o mut Object<'d>) -> Option<&'o mut Value<'d>> {
    match document.get_mut("event")? {
        Value::Object(event) => event.get_mut("redactions"),
        _ => None,
    }
}
