//! The name of the index to which a document belongs: a prefix from the configuration and the
//! period of its `@timestamp` in UTC.
//!
//! The suffixes are Firehose's own, so that for logs on time both agree. Source: *Index rotation
//! for the OpenSearch Service destination*
//! (<https://docs.aws.amazon.com/firehose/latest/dev/es-index-rotation.html>).

use std::fmt::Write;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;

use crate::document::{Document, Field, Redacted};

/// The longest name that the engine accepts, in bytes.
const LONGEST_NAME: usize = 255;
/// The room that the longest suffix needs, `-YYYY-MM-DD-HH`.
const LONGEST_SUFFIX: usize = 14;

/// How often a new index begins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Rotation {
    /// `-2016-02-25-13`
    Hour,
    /// `-2016-02-25`
    #[default]
    Day,
    /// `-2016-w08`: weeks begin on Sunday, and week 1 is the one that holds 1 January. The year
    /// is the week's, so that the last days of December can belong to week 1 of the next.
    Week,
    /// `-2016-02`
    Month,
    /// No suffix.
    None,
}

/// How indices are named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexNaming {
    /// The prefix.
    pub prefix: IndexPrefix,
    /// How often a new index begins.
    pub rotation: Rotation,
}

/// The prefix of index names, in which `{service}` and `{environment}` stand for the document's
/// own `service.name` and `service.environment`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexPrefix {
    parts: Vec<Part>,
    /// The whole prefix, made legal, when nothing has to be filled in.
    fixed: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Literal(String),
    Field(Field),
}

impl Part {
    fn literal(text: &str) -> Option<Self> {
        (!text.contains('}')).then(|| Self::Literal(text.to_owned()))
    }
}

impl IndexPrefix {
    /// Reads a prefix as it stands in the configuration. `None` when it holds braces around
    /// anything but the two names.
    #[must_use]
    pub fn parse(template: &str) -> Option<Self> {
        let mut parts = Vec::new();
        let mut rest = template;
        while let Some((literal, from_brace)) = rest.split_once('{') {
            let (name, after) = from_brace.split_once('}')?;
            let field = match name {
                "service" => Field::ServiceName,
                "environment" => Field::ServiceEnvironment,
                _ => return None,
            };
            parts.extend([Part::literal(literal)?, Part::Field(field)]);
            rest = after;
        }
        parts.push(Part::literal(rest)?);
        let fixed = (parts.len() == 1).then(|| legal_prefix(template));
        Some(Self { parts, fixed })
    }

    fn fill(&self, document: &Document<'_>) -> String {
        let mut filled = String::with_capacity(64);
        if let Some(fixed) = &self.fixed {
            filled.push_str(fixed);
            return filled;
        }
        for part in &self.parts {
            filled.push_str(match part {
                Part::Literal(literal) => literal,
                Part::Field(field) => document.fields.get_str(*field).unwrap_or_default(),
            });
        }
        legal_prefix(&filled)
    }
}

/// Sets `index`. A document without a time gets the prefix alone.
pub fn name_index(document: &mut Redacted<Document<'_>>, naming: &IndexNaming) {
    let mut name = naming.prefix.fill(document);
    if let Some(timestamp) = document.timestamp {
        push_suffix(&mut name, naming.rotation, timestamp);
    }
    document.fields.set(Field::Index, name);
}

/// The nearest name that the engine accepts as the beginning of an index name: lower case, none
/// of `\ / * ? " < > | , # :` nor white space, not beginning with `-`, `_`, `+` or `.`, and short
/// enough for a suffix. An empty name becomes `logs`.
///
/// Source: *Create index API*
/// (<https://docs.opensearch.org/latest/api-reference/index-apis/create-index/>).
#[must_use]
pub fn legal_prefix(name: &str) -> String {
    let mut legal = String::with_capacity(name.len());
    for character in name.chars().flat_map(char::to_lowercase) {
        let is_illegal = character.is_whitespace()
            || character.is_control()
            || r#"\/*?"<>|,#:{}"#.contains(character);
        legal.push(if is_illegal { '-' } else { character });
    }
    let legal = legal.trim_start_matches(['-', '_', '+', '.']);
    let legal =
        legal.get(..legal.floor_char_boundary(LONGEST_NAME - LONGEST_SUFFIX)).unwrap_or(legal);
    if legal.is_empty() { "logs".to_owned() } else { legal.to_owned() }
}

/// Appends the suffix of the period in which `timestamp` lies, in UTC.
pub fn push_suffix(name: &mut String, rotation: Rotation, timestamp: Timestamp) {
    let time = TimeZone::UTC.to_datetime(timestamp);
    let (year, month, day) = (time.year(), time.month(), time.day());
    if rotation == Rotation::Day && (0..=9999).contains(&year) {
        return push_day(name, [year / 100, year % 100, month.into(), day.into()]);
    }
    // Writing to a `String` cannot fail.
    let _ = match rotation {
        Rotation::Hour => write!(name, "-{year:04}-{month:02}-{day:02}-{:02}", time.hour()),
        Rotation::Day => write!(name, "-{year:04}-{month:02}-{day:02}"),
        Rotation::Week => {
            let (year, week) = week_of(time.date());
            write!(name, "-{year:04}-w{week:02}")
        }
        Rotation::Month => write!(name, "-{year:04}-{month:02}"),
        Rotation::None => Ok(()),
    };
}

/// `-YYYY-MM-DD` of the four pairs of digits, without the formatting machinery: nearly every
/// document has it.
fn push_day(name: &mut String, pairs: [i16; 4]) {
    let digits = |pair: i16| {
        let pair = u8::try_from(pair).unwrap_or_default();
        [b'0' + pair / 10, b'0' + pair % 10]
    };
    let [[y1, y2], [y3, y4], [m1, m2], [d1, d2]] = pairs.map(digits);
    let suffix = [b'-', y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2];
    // Digits are ASCII.
    name.push_str(std::str::from_utf8(&suffix).unwrap_or_default());
}

/// The week in the United States' reckoning, and the year to which it belongs.
fn week_of(date: Date) -> (i16, i16) {
    let first_of_next_year = date.last_of_year().tomorrow();
    if let Ok(first) = first_of_next_year
        && date.day_of_year() + days_since_sunday(first) > date.days_in_year()
    {
        return (first.year(), 1);
    }
    let days_before_first_week = days_since_sunday(date.first_of_year());
    (date.year(), (date.day_of_year() - 1 + days_before_first_week) / 7 + 1)
}

fn days_since_sunday(date: Date) -> i16 {
    i16::from(date.weekday().since(Weekday::Sunday))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suffix(rotation: Rotation, time: &str) -> String {
        let mut name = String::new();
        push_suffix(&mut name, rotation, time.parse().unwrap());
        name
    }

    #[test]
    fn suffixes_are_those_of_firehose() {
        let time = "2016-02-25T13:59:59.999Z";
        assert_eq!(suffix(Rotation::Hour, time), "-2016-02-25-13");
        assert_eq!(suffix(Rotation::Day, time), "-2016-02-25");
        assert_eq!(suffix(Rotation::Week, time), "-2016-w09");
        assert_eq!(suffix(Rotation::Month, time), "-2016-02");
        assert_eq!(suffix(Rotation::None, time), "");
        assert_eq!(suffix(Rotation::Day, "2020-05-12T00:30:00+02:00"), "-2020-05-11");
        assert_eq!(suffix(Rotation::Day, "0007-01-09T00:00:00Z"), "-0007-01-09");
        assert_eq!(suffix(Rotation::Day, "9999-12-30T00:00:00Z"), "-9999-12-30");
    }

    #[test]
    fn weeks_begin_on_sunday_and_the_first_holds_new_years_day() {
        // Checked against java.time's WeekFields.SUNDAY_START.
        let cases = [
            ("2016-01-01", "-2016-w01"), // a Friday
            ("2016-01-02", "-2016-w01"),
            ("2016-01-03", "-2016-w02"),
            ("2016-02-20", "-2016-w08"),
            ("2016-12-31", "-2016-w53"),
            ("2017-01-01", "-2017-w01"), // a Sunday
            ("2019-12-28", "-2019-w52"),
            ("2019-12-29", "-2020-w01"),
            ("2020-01-01", "-2020-w01"),
            ("2022-12-31", "-2022-w53"), // a Saturday
            ("2023-01-01", "-2023-w01"),
        ];
        for (date, expected) in cases {
            assert_eq!(suffix(Rotation::Week, &format!("{date}T12:00:00Z")), expected, "{date}");
        }
    }

    #[test]
    fn prefixes_are_made_legal() {
        let cases = [
            ("logging-test", "logging-test"),
            ("Logs", "logs"),
            ("a b/c:d", "a-b-c-d"),
            ("_-+.x", "x"),
            ("..", "logs"),
            ("", "logs"),
            ("{unknown}", "unknown-"),
            ("ÄRGER", "ärger"),
        ];
        for (name, expected) in cases {
            assert_eq!(legal_prefix(name), expected, "{name}");
        }
        assert_eq!(legal_prefix(&"é".repeat(300)).len(), 240);
    }

    #[test]
    fn braces_hold_one_of_two_names() {
        for template in ["logs", "", "{service}", "a-{service}-{environment}-b"] {
            assert!(IndexPrefix::parse(template).is_some(), "{template}");
        }
        for template in ["{", "}", "a}b", "{services}", "{service", "{}", "{service}}"] {
            assert!(IndexPrefix::parse(template).is_none(), "{template}");
        }
    }

    #[test]
    fn names_are_filled_from_the_document() {
        let naming = IndexNaming {
            prefix: IndexPrefix::parse("logs-{service}-{environment}").unwrap(),
            rotation: Rotation::Day,
        };
        let mut document = Document {
            timestamp: Some("2020-05-11T12:44:44Z".parse().unwrap()),
            ..Document::default()
        };
        document.fields.set(Field::ServiceName, "Check/Out {environment}");
        document.fields.set(Field::ServiceEnvironment, "prod");
        let mut document = Redacted::seal(document);
        name_index(&mut document, &naming);
        assert_eq!(
            document.fields.get_str(Field::Index),
            Some("logs-check-out--environment--prod-2020-05-11")
        );
    }
}
