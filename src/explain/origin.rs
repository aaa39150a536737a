//! Where each field of a finished document came from.
//!
//! Stages do not say what they made of what, and need not: the pipeline is run once more without
//! one of the producer's fields, and whatever is missing or different then came from that one. So
//! the answer holds for whatever stages there are, and is found for one document in some hundred
//! runs of a few microseconds each.

use super::FieldExplanation;
use super::flat;
use crate::config::Config;
use crate::document::{Document, Field, Redacted};
use crate::event::Event;
use crate::json::{Object, Value};
use crate::pipeline::finish;
use crate::redact::Sighting;
use crate::scratch::Memory;
use crate::watch::{Nobody, Stage, Watch};

/// How many of the producer's fields are tried: a document with more takes too long.
const MOST_FIELDS: usize = 400;

/// What a field came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// The kind of source.
    pub kind: OriginKind,
    /// The producer's fields, by their dotted paths, that it is or hangs on.
    pub paths: Vec<String>,
}

/// A kind of source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// A field of the producer's, as it is or redacted.
    Producer,
    /// Made of the producer's fields.
    Derived,
    /// What Firehose, Kinesis or CloudWatch say about the record.
    Envelope,
    /// What the operator said.
    Configuration,
    /// Nozzle's own knowledge.
    Nozzle,
}

/// The fields that `document`, which is redacted and no more, has when it is finished.
pub(super) fn explain_fields(
    document: &Redacted<Document<'_>>,
    event: &Event<'_>,
    config: &Config,
) -> Vec<FieldExplanation> {
    let mut changes = Changes::default();
    changes.note(Stage::Intake, document);
    let mut whole = document.clone();
    finish(&mut whole, true, event, config, &mut Memory::default(), &mut changes);
    let rows = flat::finished(&whole);
    let mut sources: Vec<Vec<(String, String)>> = vec![Vec::new(); rows.len()];
    for number in 0..MOST_FIELDS {
        let mut without = document.clone();
        let Some(removed) = remove_leaf(&mut without.source, number) else { break };
        finish(&mut without, true, event, config, &mut Memory::default(), &mut Nobody);
        let others = flat::finished(&without);
        for (row, sources) in rows.iter().zip(&mut sources) {
            if !others.contains(row) {
                sources.push(removed.clone());
            }
        }
    }
    let producers = flat::source(document);
    let rows = rows.into_iter().zip(sources);
    rows.map(|((name, value), sources)| {
        let origin = match changes.last_change(&name) {
            Some(stage) if !(document.is_finished && stage == Stage::Intake) => {
                origin(&name, &value, stage, sources, &producers)
            }
            // It stays where the producer put it.
            _ => Origin { kind: OriginKind::Producer, paths: vec![name.clone()] },
        };
        FieldExplanation { name, value, origin }
    })
    .collect()
}

fn origin(
    name: &str,
    value: &str,
    stage: Stage,
    sources: Vec<(String, String)>,
    producers: &[(String, String)],
) -> Origin {
    let is_producers = matches!(stage, Stage::Normalize | Stage::Traceback | Stage::Labels);
    // A field that is there word for word is that field, although others may have left it there.
    let same = |rows: &[(String, String)]| -> Vec<String> {
        let same = rows.iter().filter(|(_, text)| text == value);
        same.map(|(path, _)| path.clone()).collect()
    };
    let mut copied = same(&sources);
    if copied.is_empty() && sources.is_empty() && is_producers {
        // Stated twice: without one, the other takes its place.
        copied = same(producers);
    }
    if is_producers && !copied.is_empty() {
        return Origin { kind: OriginKind::Producer, paths: copied };
    }
    let paths: Vec<String> = sources.into_iter().map(|(path, _)| path).collect();
    let kind = match stage {
        // The document is looked at when it is redacted. The secrets are told one by one.
        Stage::Intake if name == Field::EventRedactions.name() => OriginKind::Derived,
        Stage::Intake | Stage::Redact => OriginKind::Envelope,
        // A log that states no time has the time of its envelope.
        Stage::Normalize if paths.is_empty() && name == Field::Timestamp.name() => {
            OriginKind::Envelope
        }
        Stage::Enrich if name.starts_with("cloud.") => OriginKind::Envelope,
        Stage::Enrich if name == Field::EcsVersion.name() => OriginKind::Nozzle,
        Stage::Enrich => return Origin { kind: OriginKind::Configuration, paths: Vec::new() },
        Stage::Index => OriginKind::Configuration,
        _ => OriginKind::Derived,
    };
    Origin { kind, paths }
}

/// Takes the producer's field of this number out of the object: its path and text.
fn remove_leaf(object: &mut Object<'_>, number: usize) -> Option<(String, String)> {
    let mut next = 0;
    remove_leaf_below(object, number, &mut next, "")
}

fn remove_leaf_below(
    object: &mut Object<'_>,
    number: usize,
    next: &mut usize,
    path: &str,
) -> Option<(String, String)> {
    let mut removed = None;
    object.retain_mut(|key, value| {
        if removed.is_some() {
            return true;
        }
        let path = if path.is_empty() { key.to_string() } else { format!("{path}.{key}") };
        match value {
            Value::Object(inner) if !inner.is_empty() => {
                removed = remove_leaf_below(inner, number, next, &path);
                return !inner.is_empty();
            }
            _ if *next == number => removed = Some((path, flat::text(value))),
            _ => {
                *next += 1;
                return true;
            }
        }
        false
    });
    removed
}

/// At which stage each field got the value that it has.
#[derive(Default)]
struct Changes {
    rows: Vec<(String, String)>,
    stages: Vec<(String, Stage)>,
}

impl Changes {
    fn note(&mut self, stage: Stage, document: &Document<'_>) {
        let rows = flat::fields(document);
        for row in &rows {
            if !self.rows.contains(row) {
                self.stages.retain(|(name, _)| *name != row.0);
                self.stages.push((row.0.clone(), stage));
            }
        }
        self.rows = rows;
    }

    /// `None` for what never was a field.
    fn last_change(&self, name: &str) -> Option<Stage> {
        self.stages.iter().find(|(changed, _)| changed == name).map(|(_, stage)| *stage)
    }
}

impl Watch for Changes {
    const SEES_SECRETS: bool = false;

    fn secret(&mut self, _: &Sighting<'_>) {}

    fn redacted(&mut self, _: &Redacted<Document<'_>>) {}

    fn after(&mut self, stage: Stage, document: &Document<'_>) {
        self.note(stage, document);
    }
}
