//! Exemptions: what the operator wants left as it is, by the field where it stands or by the value
//! itself. Each has a reason, which `nozzle explain` shows.

use regex_automata::meta::Regex;

use super::own_rule::{Mistake, compile};

/// Longer paths are exempt from nothing: whoever writes them shall not make a walk slow.
const LONGEST_PATH: usize = 512;

/// One segment of a path, any one, or any number of them.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Any,
    AnyNumber,
}

/// What is left as it is.
#[derive(Debug, Clone, Default)]
pub struct Exemptions {
    fields: Vec<FieldExemption>,
    values: Vec<ValueExemption>,
}

#[derive(Debug, Clone)]
struct FieldExemption {
    path: String,
    segments: Vec<Segment>,
    /// Recognises the label that a field becomes.
    label: Regex,
    reason: String,
}

#[derive(Debug, Clone)]
struct ValueExemption {
    pattern: String,
    whole: Regex,
    reason: String,
}

impl Exemptions {
    /// Leaves the fields at `path` as they are, with all that is below them. A path is dotted; `*`
    /// stands for one segment, `**` for any number of them. The elements of an array have its path.
    /// A field that becomes a label may also be named as the label.
    ///
    /// # Errors
    /// When a segment is empty, holds a `*` beside other characters, or none is literal.
    pub fn add_field(&mut self, path: &str, reason: &str) -> Result<(), Mistake> {
        let segments: Option<Vec<Segment>> = path.split('.').map(segment).collect();
        let Some(segments) = segments else {
            return Err(Mistake::new(
                format!("`{path}` is no path of fields"),
                "write names with dots between them; `*` stands for a whole name, `**` for any number of them",
            ));
        };
        if !segments.iter().any(|segment| matches!(segment, Segment::Literal(_))) {
            return Err(Mistake::new(
                format!("`{path}` exempts every field"),
                "name at least one segment, or set NOZZLE_REDACT=none if secrets shall pass",
            ));
        }
        self.fields.push(FieldExemption {
            label: label_pattern(&segments)?,
            path: path.to_owned(),
            segments,
            reason: checked_reason(reason)?,
        });
        Ok(())
    }

    /// Leaves secrets as they are that `pattern` matches from their first to their last byte.
    ///
    /// # Errors
    /// When the pattern does not compile, or matches whatever there is.
    pub fn add_value(&mut self, pattern: &str, reason: &str) -> Result<(), Mistake> {
        compile(pattern)?;
        let whole = compile(&format!(r"\A(?:{pattern})\z"))?;
        // As unlike each other as secrets can be.
        let anything = ["x", "4111111111111111", "hunter2 / ÄÖ", "Zq7-_+=.:@\t", "{\"a\":[]}"];
        if anything.iter().all(|text| whole.is_match(text.as_bytes())) {
            return Err(Mistake::new(
                "the pattern matches every secret",
                "narrow it, or set NOZZLE_REDACT=none if secrets shall pass",
            ));
        }
        let (pattern, reason) = (pattern.to_owned(), checked_reason(reason)?);
        self.values.push(ValueExemption { pattern, whole, reason });
        Ok(())
    }

    /// The exempt paths with their reasons.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|field| (field.path.as_str(), field.reason.as_str()))
    }

    /// The patterns of exempt values with their reasons.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|value| (value.pattern.as_str(), value.reason.as_str()))
    }

    /// Whether any hangs on the place, so that paths must be followed.
    pub(super) fn hang_on_fields(&self) -> bool {
        !self.fields.is_empty()
    }

    /// Whether any hangs on the value.
    pub(super) fn hang_on_values(&self) -> bool {
        !self.values.is_empty()
    }

    /// Why the field at `path` is exempt, if it is. Fields of a finished document that have become
    /// labels are known by the label's name.
    pub(super) fn of_field(&self, path: &str, is_finished: bool) -> Option<&str> {
        if path.len() > LONGEST_PATH {
            return None;
        }
        let label = label_of(path).filter(|_| is_finished);
        let exempts = |field: &&FieldExemption| {
            matches(&field.segments, path)
                || label.is_some_and(|label| field.label.is_match(label.as_bytes()))
                || label_of(&field.path).is_some_and(|label| becomes(path, label))
        };
        self.fields.iter().find(exempts).map(|field| field.reason.as_str())
    }

    /// Why `secret` is exempt, if it is.
    pub(super) fn of_value(&self, secret: &str) -> Option<&str> {
        let exempts = |value: &&ValueExemption| value.whole.is_match(secret.as_bytes());
        self.values.iter().find(exempts).map(|value| value.reason.as_str())
    }
}

fn checked_reason(reason: &str) -> Result<String, Mistake> {
    if reason.trim().is_empty() {
        return Err(Mistake::new("there is no reason", "say in `reason` why this is no secret"));
    }
    Ok(reason.trim().to_owned())
}

fn segment(text: &str) -> Option<Segment> {
    match text {
        "" => None,
        "*" => Some(Segment::Any),
        "**" => Some(Segment::AnyNumber),
        _ => (!text.contains('*')).then(|| Segment::Literal(text.to_owned())),
    }
}

/// The name of the label that a document shows at `path`.
fn label_of(path: &str) -> Option<&str> {
    path.strip_prefix("labels.").or(path.strip_prefix("numeric_labels."))
}

/// Whether the producer's field at `path` has this name as a label.
fn becomes(path: &str, label: &str) -> bool {
    path.chars().map(in_label).eq(label.chars())
}

fn in_label(letter: char) -> char {
    if letter.is_alphanumeric() || letter == '-' { letter } else { '_' }
}

/// A label's name joins the keys of its path with `_`, which also stands for what is no letter,
/// digit, `-` or `_`.
fn label_pattern(segments: &[Segment]) -> Result<Regex, Mistake> {
    let parts: Vec<String> = segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => {
                regex::escape(&text.chars().map(in_label).collect::<String>())
            }
            Segment::Any => ".+".to_owned(),
            Segment::AnyNumber => ".*".to_owned(),
        })
        .collect();
    // A field below the path is exempt as well, and `**` may stand for nothing.
    compile(&format!(r"\A{}(?:_.*)?\z", parts.join("_?")))
}

/// Whether `path` matches, in time linear in its segments times those of the pattern: only the last
/// `**` is ever tried again.
fn matches(pattern: &[Segment], path: &str) -> bool {
    let path: Vec<&str> = path.split('.').collect();
    let (mut at, mut in_path) = (0, 0);
    let mut retry = None;
    while let Some(segment) = path.get(in_path) {
        match pattern.get(at) {
            Some(Segment::AnyNumber) => {
                retry = Some((at + 1, in_path));
                at += 1;
                continue;
            }
            Some(Segment::Any) => {}
            Some(Segment::Literal(text)) if text == segment => {}
            _ => {
                let Some((after, from)) = retry else { return false };
                retry = Some((after, from + 1));
                (at, in_path) = (after, from + 1);
                continue;
            }
        }
        at += 1;
        in_path += 1;
    }
    let rest = pattern.get(at..).unwrap_or_default();
    rest.iter().all(|segment| *segment == Segment::AnyNumber)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exempt(pattern: &str, path: &str, is_finished: bool) -> bool {
        let mut exemptions = Exemptions::default();
        exemptions.add_field(pattern, "a reason").unwrap();
        exemptions.of_field(path, is_finished).is_some()
    }

    #[test]
    fn paths() {
        for (pattern, path, expected) in [
            ("a.b", "a.b", true),
            ("a.b", "a", false),
            ("a.b", "a.b.c", false),
            ("a.*", "a.b", true),
            ("a.*", "a", false),
            ("a.*", "a.b.c", false),
            ("*.b", "a.b", true),
            ("**.b", "b", true),
            ("**.b", "a.a.b", true),
            ("**.b", "a.b.c", false),
            ("a.**.d", "a.b.c.d", true),
            ("a.**.d", "a.d", true),
            ("a.**.d.*", "a.d.c.d.e", true),
            ("a.**", "a.b.c", true),
            ("**.a.**.b", "x.a.y.a.z.b", true),
            ("**.a.**.b", "x.a.y.c", false),
        ] {
            assert_eq!(exempt(pattern, path, false), expected, "{pattern} {path}");
        }
        assert!(!exempt("**.b", &format!("{}.b", "a".repeat(LONGEST_PATH)), false));
    }

    #[test]
    fn a_field_is_known_as_the_label_that_it_became() {
        for (pattern, label, expected) in [
            ("http.request.body.*", "labels.http_request_body_card", true),
            ("http.request.body.*", "numeric_labels.http_request_body_card", true),
            ("http.request.body.*", "labels.http_request_line", false),
            ("**.badge", "labels.staff_badge", true),
            ("staff", "labels.staff_badge", true),
            ("staff", "labels.staffing", false),
        ] {
            assert_eq!(exempt(pattern, label, true), expected, "{pattern} {label}");
            assert!(!exempt(pattern, label, false));
        }
    }

    #[test]
    fn a_label_can_be_named_as_the_document_shows_it() {
        for (path, expected) in
            [("staff.badge-no", true), ("staff_badge-no", true), ("staff.badge", false)]
        {
            assert_eq!(exempt("labels.staff_badge-no", path, false), expected, "{path}");
            assert_eq!(exempt("numeric_labels.staff_badge-no", path, false), expected, "{path}");
        }
        assert!(exempt("labels.staff_badge-no", "labels.staff_badge-no", true));
    }

    #[test]
    fn a_value_counts_as_a_whole() {
        let mut exemptions = Exemptions::default();
        exemptions.add_value("test-[a-z]+|4111111111111111", "test data").unwrap();
        assert_eq!(exemptions.of_value("test-abc"), Some("test data"));
        assert_eq!(exemptions.of_value("4111111111111111"), Some("test data"));
        for other in ["test-abc1", "xtest-abc", "41111111111111112", "", "test-abc\n"] {
            assert_eq!(exemptions.of_value(other), None, "{other}");
        }
    }

    #[test]
    fn what_exempts_everything_or_nothing_is_refused() {
        let mut exemptions = Exemptions::default();
        for path in ["", "a..b", ".a", "a.b*", "***", "*", "**", "**.*"] {
            assert!(exemptions.add_field(path, "r").is_err(), "{path}");
        }
        for pattern in [".*", ".+", r"[\s\S]+", "Zq7(", "|x"] {
            let mistake = exemptions.add_value(pattern, "r").unwrap_err().to_string();
            assert!(!mistake.contains("Zq7"), "{mistake}");
        }
        assert!(exemptions.add_field("a", " ").is_err());
        assert!(exemptions.add_value("abc", "").is_err());
        assert_eq!(exemptions.fields().count() + exemptions.values().count(), 0);
    }
}
