//! The walk over the producer's fields that moves each one with an ECS name to its place.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::aliases::{Candidate, Reading};
use super::duration::derive_duration;
use super::holders::{candidates_within, holders};
use super::known::{Known, Survey, Tasks, known};
use super::mongodb::rename_mongodb;
use super::origin::claim_origin;
use super::own_words;
use super::reading;
use super::repetitions::{Suspects, is_repetition};
use super::shapes::Shapes;
use super::split_time;
use super::text::unfold_pairs;
use crate::document::{Degradation, Document, Field, Kind, Redacted};
use crate::json::{Object, Value, to_text};
use crate::level::{Level, level_from_number, level_from_plain_number};
use crate::timestamp::{self, Reference};

/// How deep the producer's objects are searched for known names; no logger goes deeper.
const DEEPEST_PATH: usize = 6;
/// The longest path that can be known, in bytes. Nothing below a longer one is looked up, so that
/// a long key costs its own length and not that of each key below it.
const LONGEST_PATH: usize = 64;

/// Moves the producer's fields that have an ECS name from `source` to `fields`. `zone` is where times
/// without a zone are told, `shapes` what is remembered of other logs' keys.
pub fn claim_fields(document: &mut Redacted<Document<'_>>, zone: &TimeZone, shapes: &mut Shapes) {
    let mut source = std::mem::take(&mut document.source);
    let mut survey = shapes.survey(&source);
    if survey.has(Tasks::MONGODB) && rename_mongodb(&mut source) {
        survey = shapes.survey(&source);
    }
    let pairs = if survey.has(Tasks::PAIRS) { unfold_pairs(&mut source) } else { None };
    if pairs.is_some() {
        survey = shapes.survey(&source);
        document.has_new_names = true;
    }
    if survey.has(Tasks::HOLDER) {
        document.holders = holders(&source);
    }
    if survey.has(Tasks::OWN_WORDS) && own_words::remove(&mut source) {
        survey = shapes.survey(&source);
    }
    if survey.has(Tasks::SPLIT_TIME) && split_time::join(&mut source) {
        survey = shapes.survey(&source);
    }
    let has_origin = survey.has(Tasks::ORIGIN) || !document.holders.is_empty();
    let Claimed { displaced, suspects } = claim(document, zone, &mut source, &survey, false);
    document.source = source;
    if has_origin {
        claim_origin(document);
    }
    settle_message(document, pairs);
    let mut source = std::mem::take(&mut document.source);
    suspects.remove_from(&mut source, document, zone);
    for (candidate, value) in displaced {
        if !is_repetition(candidate.path, &value, document, zone) {
            source.push(candidate.path, value);
        }
    }
    document.source = source;
    derive_duration(document);
}

/// Moves what `object` holds for fields that have no value yet, and adds the rest to `source`.
pub(super) fn claim_absent<'a>(
    document: &mut Redacted<Document<'a>>,
    zone: &TimeZone,
    mut object: Object<'a>,
) {
    let survey = Survey::of(&object);
    let Claimed { displaced, .. } = claim(document, zone, &mut object, &survey, true);
    for (key, value) in object {
        document.source.push(key, value);
    }
    for (candidate, value) in displaced {
        document.source.push(candidate.path, value);
    }
}

/// What a walk leaves open.
struct Claimed<'a> {
    /// Values that gave way to a better row's.
    displaced: Vec<(&'static Candidate, Value<'a>)>,
    /// Values that stay where they are because a better row has filled their field.
    suspects: Suspects,
}

/// Moves the fields of `source`, of which `survey` was taken, that have an ECS name to `fields`.
fn claim<'a>(
    document: &mut Redacted<Document<'a>>,
    zone: &TimeZone,
    source: &mut Object<'a>,
    survey: &Survey<'_>,
    yields: bool,
) -> Claimed<'a> {
    let mut claims = Claims {
        document,
        zone,
        yields,
        taken: [None; Field::ALL.len()],
        originals: Vec::new(),
        displaced: Vec::new(),
        places: Vec::new(),
        suspects: Suspects::default(),
    };
    let mut keys = survey.keys.iter().copied();
    source.retain_mut(|key, value| {
        let known = keys.next().flatten();
        key.len() > LONGEST_PATH || claims.keep_entry(key, known, value, 1)
    });
    claims.claim_places();
    Claimed { displaced: claims.displaced, suspects: claims.suspects }
}

struct Claims<'d, 'a> {
    document: &'d mut Redacted<Document<'a>>,
    zone: &'d TimeZone,
    /// Whether a field that has a value already keeps it.
    yields: bool,
    /// Which row filled each field so far.
    taken: [Option<&'static Candidate>; Field::ALL.len()],
    /// From which value, where the field has another.
    originals: Vec<(Field, Value<'a>)>,
    /// Values that gave way to a better row's, with the row of theirs.
    displaced: Vec<(&'static Candidate, Value<'a>)>,
    /// Values that name a file, a function and a line at once.
    places: Vec<(&'static Candidate, Cow<'a, str>)>,
    /// Values that stay where they are because a better row has filled their field.
    suspects: Suspects,
}

impl<'a> Claims<'_, 'a> {
    /// Claims `value`, which stands at `path`, or what is in it. False when nothing is left.
    fn keep_entry(
        &mut self,
        path: &str,
        known: Option<&'static Known>,
        value: &mut Value<'a>,
        depth: usize,
    ) -> bool {
        let mut rows = known.map_or(&[][..], |known| &known.rows);
        if rows.is_empty() && !self.document.holders.is_empty() {
            rows = candidates_within(&self.document.holders, path);
        }
        if rows.iter().any(|candidate| self.claim(path, candidate, value)) {
            return false;
        }
        if rows.iter().any(|candidate| states_nothing(candidate, value)) {
            return false;
        }
        match value {
            Value::Null => false,
            Value::Object(object) if depth < DEEPEST_PATH => {
                // An empty key leaves no trace in the paths of what is in it.
                let may_hold_known = known.is_some_and(|known| known.is_outer)
                    || path.is_empty()
                    || !self.document.holders.is_empty();
                if may_hold_known {
                    // No longer path is looked up, and few are longer than that.
                    let mut inner = String::with_capacity(2 * LONGEST_PATH);
                    inner.push_str(path);
                    self.claim_entries(object, &mut inner, depth + 1);
                } else {
                    drop_nulls(object, path.len(), depth + 1);
                }
                !object.is_empty()
            }
            _ => true,
        }
    }

    /// Claims what is in `object`, which stands at `path`.
    fn claim_entries(&mut self, object: &mut Object<'a>, path: &mut String, depth: usize) {
        object.retain_mut(|key, value| {
            let outer_length = path.len();
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(key);
            let keep =
                path.len() > LONGEST_PATH || self.keep_entry(path, known(path), value, depth);
            path.truncate(outer_length);
            keep
        });
    }

    /// Gives `value`, which stands at `path`, to the candidate's field, when it has the field's type
    /// and no better row has filled the field.
    fn claim(&mut self, path: &str, candidate: &'static Candidate, value: &mut Value<'a>) -> bool {
        if matches!(candidate.reading, Reading::Repeats(_)) {
            self.suspects.note(path, candidate);
            return false;
        }
        if matches!(candidate.reading, Reading::FileAndLine | Reading::Location) {
            return self.defer_place(candidate, value);
        }
        let Some(rival) = self.taken.get_mut(candidate.field as usize) else { return false };
        // Of a key that stands twice the later value counts, as for Python and JavaScript.
        if rival.is_some_and(|rival| rival.rank < candidate.rank) {
            self.suspects.note(path, candidate);
            return false;
        }
        if self.yields && rival.is_none() && self.document.fields.contains(candidate.field) {
            return false;
        }
        let original = changes(candidate, value).then(|| value.clone());
        let read = match candidate.field.kind() {
            Kind::Date => read_time(self.document, self.zone, value),
            _ => read(candidate, value),
        };
        let Some(read) = read else {
            return false;
        };
        let former = self.document.fields.set(candidate.field, read);
        if let Some(rival) = rival.replace(candidate) {
            let place = self.originals.iter().position(|(field, _)| *field == candidate.field);
            let rivals = place.map(|place| self.originals.swap_remove(place).1).or(former);
            self.displaced.push((rival, rivals.unwrap_or_default()));
        }
        if let Some(original) = original {
            self.originals.push((candidate.field, original));
        }
        true
    }

    /// A place is settled when it is known whether the log states file and line by themselves.
    fn defer_place(&mut self, candidate: &'static Candidate, value: &mut Value<'a>) -> bool {
        let is_place = value.as_str().is_some_and(|text| match candidate.reading {
            Reading::Location => reading::location(text).is_some(),
            _ => reading::file_and_line(text).is_some(),
        });
        if !is_place {
            return false;
        }
        if let Value::String(text) = std::mem::take(value) {
            self.places.push((candidate, text));
        }
        true
    }

    /// Takes the best place apart, unless the log states a file or a line by itself: parts of two
    /// places would name one where nobody was.
    fn claim_places(&mut self) {
        let mut places = std::mem::take(&mut self.places);
        places.sort_by_key(|(candidate, _)| candidate.rank);
        for (candidate, text) in places {
            let fields = &mut self.document.fields;
            let is_stated = fields.contains(Field::LogOriginFileName)
                || fields.contains(Field::LogOriginFileLine)
                || fields.contains(candidate.field);
            let parts = match candidate.reading {
                _ if is_stated => None,
                Reading::Location => reading::location(&text),
                _ => reading::file_and_line(&text),
            };
            let Some(place) = parts else {
                self.displaced.push((candidate, Value::String(text)));
                continue;
            };
            let parts = [
                (Field::LogOriginFileName, place.file),
                (Field::LogOriginFunction, place.function),
            ];
            for (field, part) in parts {
                if let Some(part) = part {
                    fields.set_if_absent(field, part.to_owned());
                }
            }
            if let Some(line) = place.line {
                fields.set(Field::LogOriginFileLine, line);
            }
        }
    }
}

/// Drops what is null or empty in an object at a path of `path_length` bytes, in which no name is
/// known, as the walk over known names does.
fn drop_nulls(object: &mut Object<'_>, path_length: usize, depth: usize) {
    object.retain_mut(|key, value| {
        let path_length = path_length + 1 + key.len();
        match value {
            _ if path_length > LONGEST_PATH => true,
            Value::Null => false,
            Value::Object(inner) if depth < DEEPEST_PATH => {
                drop_nulls(inner, path_length, depth + 1);
                !inner.is_empty()
            }
            _ => true,
        }
    });
}

/// Whether the candidate's field has another value than the one it is read from. What is claimed as
/// it is need not be copied to be given back.
fn changes(candidate: &Candidate, value: &Value<'_>) -> bool {
    let is_kept = match (candidate.reading, candidate.field.kind()) {
        (Reading::Typed, Kind::Long | Kind::Double) => value.as_number().is_some(),
        (Reading::Typed, Kind::Date) => false,
        (Reading::Lines | Reading::Trace | Reading::Words | Reading::Typed, _) => {
            value.as_str().is_some()
        }
        _ => false,
    };
    !is_kept
}

/// Whether the value says that there is none: it must not keep a better one out, and is no label.
fn states_nothing(candidate: &Candidate, value: &Value<'_>) -> bool {
    value.as_str().is_some_and(str::is_empty)
        || candidate.reading == Reading::Id && reading::is_no_id(value)
}

/// The value as the candidate's field has it, unless that is a date; `value` is taken when it is
/// not `None`.
pub(super) fn read<'a>(candidate: &Candidate, value: &mut Value<'a>) -> Option<Value<'a>> {
    if states_nothing(candidate, value) {
        return None;
    }
    match candidate.reading {
        Reading::Typed => reading::typed(value, candidate.field.kind()),
        Reading::AnyLevel => level_name(reading::level(value, level_from_plain_number)),
        Reading::Level(scale) => {
            level_name(reading::level(value, |number| level_from_number(number, scale)))
        }
        Reading::Lines => reading::lines(value),
        Reading::Trace => reading::trace(value),
        Reading::Words => reading::words(value),
        Reading::Enclosed => reading::enclosed(value),
        Reading::Id => reading::id(value),
        Reading::FileAndLine | Reading::Location | Reading::Repeats(_) => None,
    }
}

fn level_name<'a>(level: Option<Level>) -> Option<Value<'a>> {
    level.map(|level| Value::from(level.as_str()))
}

/// The log's own time. One that cannot be true stays where it is and becomes a label.
fn read_time<'a>(
    document: &mut Document<'a>,
    zone: &TimeZone,
    value: &Value<'a>,
) -> Option<Value<'a>> {
    let instant = instant(document, zone, value)?;
    if !timestamp::is_plausible(instant, latest(document)) {
        document.degradations.insert(Degradation::ImplausibleTime);
        return None;
    }
    document.timestamp = Some(instant);
    Some(Value::from(timestamp::to_rfc3339(instant)))
}

/// The instant that a value tells.
pub(super) fn instant(
    document: &Document<'_>,
    zone: &TimeZone,
    value: &Value<'_>,
) -> Option<Timestamp> {
    match value {
        Value::Number(number) => timestamp::parse_epoch(number.as_str()),
        // A date alone says less than the arrival, and its midnight would be wrong.
        Value::String(text)
            if text.trim().len() <= "2020-05-11".len() && text.contains(['-', '/']) =>
        {
            None
        }
        Value::String(text) => timestamp::parse_timestamp(text, &reference(document, zone)),
        Value::Object(parts) => split_instant(parts),
        _ => None,
    }
}

/// An instant told in seconds and nanoseconds apart, as log4j2 (`instant`) and Google Cloud
/// (`timestamp`) do.
fn split_instant(parts: &Object<'_>) -> Option<Timestamp> {
    const NAMES: [(&str, &str); 2] = [("epochSecond", "nanoOfSecond"), ("seconds", "nanos")];
    let (seconds, nanoseconds) = NAMES
        .iter()
        .find_map(|(seconds, nanoseconds)| Some((parts.get(seconds)?, parts.get(nanoseconds)?)))
        .filter(|_| parts.len() == 2)?;
    let whole = |value: &Value<'_>| value.as_number()?.as_i64();
    Timestamp::new(whole(seconds)?, i32::try_from(whole(nanoseconds)?).ok()?).ok()
}

pub(super) fn reference<'z>(document: &Document<'_>, zone: &'z TimeZone) -> Reference<'z> {
    // Without an arrival, a time that leaves its year or unit open is no time.
    Reference { zone, arrival: document.arrival.unwrap_or(Timestamp::UNIX_EPOCH) }
}

/// The arrival; without one no time is too late.
pub(super) fn latest(document: &Document<'_>) -> Timestamp {
    document.arrival.unwrap_or(Timestamp::MAX)
}

/// A newline at the end of a message is the line's.
fn trim_line_end(document: &mut Document<'_>) {
    let Some(Value::String(message)) = document.fields.get_mut(Field::Message) else { return };
    let length = message.trim_end_matches(['\r', '\n']).len();
    match message {
        Cow::Borrowed(text) => *text = text.get(..length).unwrap_or(text),
        Cow::Owned(text) => text.truncate(length),
    }
}

/// A message that is an object (a dictionary logged on Lambda) is its own text when nothing in it
/// is, so that no log is a blank line in a list; its entries become labels. So is a line of pairs.
fn settle_message<'a>(document: &mut Document<'a>, pairs: Option<Cow<'a, str>>) {
    trim_line_end(document);
    let is_stated = [Field::Message, Field::ErrorType, Field::ErrorMessage]
        .iter()
        .any(|field| document.fields.contains(*field));
    if is_stated {
        return;
    }
    if let Some(line) = pairs {
        document.fields.set(Field::Message, line);
        return;
    }
    if let Some(message) = document.source.get("message").filter(|value| value.is_container()) {
        let text = to_text(message);
        document.fields.set(Field::Message, text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::text::{claim_text, drop_prefix};
    use super::*;
    use crate::json::{read, write_object};

    /// The claimed fields and what is left, as JSON, of a log that arrived 2020-05-11T12:44:50Z.
    fn claim(source: &str) -> (String, String, bool) {
        let Ok(Value::Object(source)) = read(source) else { panic!("{source}") };
        let arrival = Some("2020-05-11T12:44:50Z".parse().unwrap());
        let mut document = Redacted::seal(Document { source, arrival, ..Document::default() });
        claim_fields(&mut document, &TimeZone::UTC, &mut Shapes::default());
        claim_text(&mut document, &TimeZone::UTC);
        drop_prefix(&mut document);
        let arrived = document.fields.get_str(Field::Timestamp) == Some("2020-05-11T12:44:50.000Z");
        if arrived {
            document.fields.remove(Field::Timestamp);
        }
        let fields: Object<'_> = document
            .fields
            .iter()
            .map(|(field, value)| (Cow::Borrowed(field.name()), value.clone()))
            .collect();
        let text = |object: &Object<'_>| {
            let mut out = Vec::new();
            write_object(object, &mut out);
            String::from_utf8(out).unwrap()
        };
        (text(&fields), text(&document.source), document.degradations.is_empty())
    }

    #[test]
    fn the_best_name_wins_and_the_others_keep_their_value() {
        let cases = [
            (r#"{"msg":"a","message":"b"}"#, r#"{"message":"b"}"#, r#"{"msg":"a"}"#),
            (r#"{"message":"b","msg":"a"}"#, r#"{"message":"b"}"#, r#"{"msg":"a"}"#),
            (r#"{"level":40,"levelname":"INFO"}"#, r#"{"log.level":"info"}"#, r#"{"level":40}"#),
            (r#"{"message":"","msg":"real"}"#, r#"{"message":"real"}"#, "{}"),
            (
                r#"{"level":"info","level":"error"}"#,
                r#"{"log.level":"error"}"#,
                r#"{"level":"info"}"#,
            ),
            (r#"{"log":{"level":"warn","x":1}}"#, r#"{"log.level":"warn"}"#, r#"{"log":{"x":1}}"#),
            (r#"{"log.level":"warn"}"#, r#"{"log.level":"warn"}"#, "{}"),
            (r#"{"thread":"main"}"#, r#"{"process.thread.name":"main"}"#, "{}"),
            (r#"{"thread":7}"#, r#"{"process.thread.id":7}"#, "{}"),
            (r#"{"event":"x","event.kind":"y"}"#, r#"{"message":"x"}"#, r#"{"event.kind":"y"}"#),
        ];
        for (source, fields, rest) in cases {
            assert_eq!(claim(source), (fields.to_owned(), rest.to_owned(), true), "{source}");
        }
    }

    #[test]
    fn a_value_of_another_type_stays_where_it_was() {
        for source in [
            r#"{"error":true}"#,
            r#"{"stack":"production"}"#,
            r#"{"file":"report.pdf"}"#,
            r#"{"service":["a"]}"#,
            r#"{"pid":"none"}"#,
            r#"{"level":"loud"}"#,
            r#"{"levelno":703359}"#,
            r#"{"date":"2020-05-11"}"#,
            r#"{"client_ip":"unknown"}"#,
            r#"{"exc_info":true}"#,
        ] {
            assert_eq!(claim(source), ("{}".to_owned(), source.to_owned(), true), "{source}");
        }
    }

    #[test]
    fn a_place_is_taken_as_a_whole_or_not_at_all() {
        let cases = [
            (
                r#"{"caller":"a.go:12"}"#,
                r#"{"log.origin.file.name":"a.go","log.origin.file.line":12}"#,
                "{}",
            ),
            (
                r#"{"caller":"a.go:12","lineno":5}"#,
                r#"{"log.origin.file.line":5}"#,
                r#"{"caller":"a.go:12"}"#,
            ),
            (
                r#"{"caller":"a.go:12","filename":"b.py"}"#,
                r#"{"log.origin.file.name":"b.py"}"#,
                r#"{"caller":"a.go:12"}"#,
            ),
            (
                r#"{"location":"app.py:run:7","caller":"a.go:1"}"#,
                r#"{"log.origin.file.name":"a.go","log.origin.file.line":1}"#,
                r#"{"location":"app.py:run:7"}"#,
            ),
        ];
        for (source, fields, rest) in cases {
            assert_eq!(claim(source), (fields.to_owned(), rest.to_owned(), true), "{source}");
        }
    }

    #[test]
    fn a_time_is_the_logs_own_or_the_arrivals() {
        let time = |source: &str| claim(source);
        let cases = [
            (r#"{"time":1589201084123}"#, "2020-05-11T12:44:44.123Z"),
            (r#"{"ts":1589201084.5}"#, "2020-05-11T12:44:44.500Z"),
            (
                r#"{"instant":{"epochSecond":1589201084,"nanoOfSecond":104840100}}"#,
                "2020-05-11T12:44:44.104840100Z",
            ),
            (r#"{"timestamp":12.5,"time":"2020-05-11T12:44:44Z"}"#, "2020-05-11T12:44:44.000Z"),
        ];
        for (source, expected) in cases {
            let (fields, _, is_sound) = time(source);
            assert!(
                fields.contains(&format!(r#""@timestamp":"{expected}""#)),
                "{source}: {fields}"
            );
            assert!(is_sound, "{source}");
        }
        let (_, rest, is_sound) = time(r#"{"time":"2031-01-01T00:00:00Z"}"#);
        assert_eq!((rest.as_str(), is_sound), (r#"{"time":"2031-01-01T00:00:00Z"}"#, false));
    }

    #[test]
    fn a_prefix_speaks_where_no_field_does() {
        let (fields, ..) = claim(r#"{"message":"2020-05-11 12:44:44,123 ERROR app: no"}"#);
        assert_eq!(
            fields,
            r#"{"@timestamp":"2020-05-11T12:44:44.123Z","message":"no","log.level":"error","log.logger":"app"}"#
        );
        let (fields, ..) = claim(r#"{"message":"ERROR: no","level":"info"}"#);
        assert_eq!(fields, r#"{"message":"ERROR: no","log.level":"info"}"#);
    }

    #[test]
    fn without_any_time_the_document_says_so() {
        let Ok(Value::Object(source)) = read(r#"{"time":"May 11 12:44:44"}"#) else { panic!() };
        let mut document = Redacted::seal(Document { source, ..Document::default() });
        claim_fields(&mut document, &TimeZone::UTC, &mut Shapes::default());
        claim_text(&mut document, &TimeZone::UTC);
        let reason = document.degradations.reason();
        assert_eq!(reason, Degradation::NoTime.sentence());
        assert!(!document.fields.contains(Field::Timestamp));
    }
}
