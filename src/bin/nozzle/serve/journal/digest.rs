//! What a list shows of a document, taken from it once.

use jiff::Timestamp;
use nozzle::json::{Object, Value, read};

use super::{Entry, Outcome};

/// How many characters of a message are kept.
const LONGEST_MESSAGE: usize = 400;
/// How many characters of a name are kept.
const LONGEST_NAME: usize = 200;
/// How many rules are kept of one document.
const MOST_RULES: usize = 32;

/// How bad a log is, from `trace` at 0 to `fatal` at 5.
pub(crate) const LEVELS: [&str; 6] = ["trace", "debug", "info", "warn", "error", "fatal"];
/// From here on it is an error.
pub(crate) const ERROR: u8 = 4;

/// What a list shows of a document. What the document does not state is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Digest {
    /// The log's own time; without one the arrival's. Milliseconds since 1970.
    pub(crate) time: i64,
    /// The log's level by its place in [`LEVELS`]. A record that failed is an error.
    pub(crate) level: Option<u8>,
    pub(crate) service: String,
    pub(crate) message: String,
    /// The type of the exception.
    pub(crate) error_type: String,
    /// What errors that are alike have in common: the traceback's fingerprint; without a traceback
    /// the message, its numbers left out.
    pub(crate) fingerprint: String,
    pub(crate) culprit: String,
    /// The rules by which something was redacted.
    pub(crate) rules: Vec<String>,
}

impl Digest {
    /// What the entry's document states. A function may answer anything, so that whatever is
    /// missing or of another type is taken as not stated.
    pub(crate) fn of(entry: &Entry) -> Self {
        let document = entry.document.as_deref().map(String::from_utf8_lossy).unwrap_or_default();
        // Several documents of one record stand on a line each.
        let first = document.lines().next().unwrap_or_default();
        let mut digest = match read(first) {
            Ok(Value::Object(object)) => Self::of_document(&object),
            _ => Self { message: cut(first, LONGEST_MESSAGE), ..Self::default() },
        };
        if digest.time == 0 {
            digest.time = entry.arrived.as_millisecond();
        }
        if matches!(entry.result, Outcome::ProcessingFailed { .. }) {
            digest.level = digest.level.max(Some(ERROR));
        }
        digest
    }

    fn of_document(document: &Object<'_>) -> Self {
        let text = |path: [&str; 2]| text(document, &path);
        let time = text(["@timestamp", ""]).parse::<Timestamp>();
        let message = text(["message", ""]);
        let message = if message.is_empty() { text(["error", "message"]) } else { message };
        let level = rank(text(["log", "level"]));
        let fingerprint = match text(["traceback", "fingerprint"]) {
            "" if level >= Some(ERROR) => pattern(message),
            fingerprint => cut(fingerprint, LONGEST_NAME),
        };
        Self {
            time: time.map(Timestamp::as_millisecond).unwrap_or_default(),
            level,
            service: cut(text(["service", "name"]), LONGEST_NAME),
            message: cut(message, LONGEST_MESSAGE),
            error_type: cut(text(["error", "type"]), LONGEST_NAME),
            fingerprint,
            culprit: cut(text(["traceback", "culprit"]), LONGEST_NAME),
            rules: rules(document),
        }
    }

    /// Its texts' length in bytes.
    pub(super) fn size(&self) -> usize {
        let Self { service, message, error_type, fingerprint, culprit, rules, .. } = self;
        let texts = [service, message, error_type, fingerprint, culprit];
        texts.into_iter().chain(rules).map(String::len).sum()
    }
}

/// The place of a level's name in [`LEVELS`].
pub(crate) fn rank(level: &str) -> Option<u8> {
    let place = LEVELS.iter().position(|name| name.eq_ignore_ascii_case(level))?;
    u8::try_from(place).ok()
}

/// The text at a path of one or two names, nested or with a dot between them.
fn text<'d>(document: &'d Object<'_>, path: &[&str; 2]) -> &'d str {
    let [first, second] = *path;
    let value = if second.is_empty() {
        document.get(first)
    } else {
        let nested = document.get(first).and_then(Value::as_object);
        nested.and_then(|object| object.get(second))
    };
    value.and_then(Value::as_str).unwrap_or_default()
}

fn rules(document: &Object<'_>) -> Vec<String> {
    let event = document.get("event").and_then(Value::as_object);
    let rules = event.and_then(|event| event.get("redactions")).and_then(Value::as_array);
    let rules = rules.unwrap_or_default().iter().filter_map(Value::as_str);
    rules.take(MOST_RULES).map(|rule| cut(rule, LONGEST_NAME)).collect()
}

/// A message with `#` for each word that has a digit: such words tell errors of one kind apart.
fn pattern(message: &str) -> String {
    let words = message
        .split_whitespace()
        .map(|word| if word.bytes().any(|byte| byte.is_ascii_digit()) { "#" } else { word });
    let pattern: Vec<&str> = words.take(30).collect();
    cut(&pattern.join(" "), LONGEST_NAME)
}

/// The first `most` characters of a text.
fn cut(text: &str, most: usize) -> String {
    text.chars().take(most).collect()
}
