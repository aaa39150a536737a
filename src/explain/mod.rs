//! What became of each record of an event, and why: the log before and after, each secret that was
//! found, where each field came from, and how long each stage took.
//!
//! An explanation is for the person who runs it on their own logs. It holds the secrets as they
//! came, which whoever shows it must not show unasked.

mod flat;
mod origin;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::config::Config;
use crate::document::{Document, Redacted};
use crate::error::{EventError, RecordError};
use crate::event::{Event, Record};
use crate::intake;
use crate::output::Several;
use crate::pipeline::{Input, process, process_watched};
use crate::redact::Sighting;
use crate::scratch::Scratch;
use crate::watch::{Stage, Watch};

pub use origin::{Origin, OriginKind};

/// What became of one record.
#[derive(Clone, Debug)]
pub struct RecordExplanation {
    /// Its place in the event, from 0.
    pub position: usize,
    /// Its documents.
    pub documents: Vec<DocumentExplanation>,
    /// Why there is none, or no more.
    pub error: Option<RecordError>,
}

/// What became of one log.
#[derive(Clone, Debug, Default)]
pub struct DocumentExplanation {
    /// The producer's fields as they came, secrets included: dotted path and text.
    pub before: Vec<(String, String)>,
    /// The same fields after redaction.
    pub redacted: Vec<(String, String)>,
    /// The secrets that were found, and what exemptions have left.
    pub secrets: Vec<Secret>,
    /// The finished document's fields.
    pub fields: Vec<FieldExplanation>,
    /// How long each stage took, in the order of the stages. The first document of a record bears
    /// the time in which the record was decoded.
    pub times: Vec<(Stage, Duration)>,
}

/// A secret, or a field that an exemption leaves unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// The rule's id; `None` for a field that is exempt as a whole.
    pub rule: Option<String>,
    /// The producer's path to the field.
    pub path: String,
    /// Whether it stands in the key.
    pub is_key: bool,
    /// The secret itself.
    pub text: String,
    /// Where it stands in the field's text, in bytes.
    pub span: Range<usize>,
    /// Why it was left as it is, when it was.
    pub exemption: Option<String>,
}

/// A field of the finished document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldExplanation {
    /// Its dotted name.
    pub name: String,
    /// Its text, or its JSON.
    pub value: String,
    /// Where it came from.
    pub origin: Origin,
}

impl From<&Sighting<'_>> for Secret {
    fn from(sighting: &Sighting<'_>) -> Self {
        Self {
            rule: sighting.rule.map(str::to_owned),
            path: sighting.path.to_owned(),
            is_key: sighting.is_key,
            text: sighting.text.get(sighting.span.clone()).unwrap_or_default().to_owned(),
            span: sighting.span.clone(),
            exemption: sighting.exemption.map(str::to_owned),
        }
    }
}

/// Explains each record of `event`. Records go through the same stages as in
/// [`transform`](crate::transform()), once before to warm up, so that the times are those of a
/// process that runs; several documents of one record are all explained.
///
/// # Errors
/// When the event itself cannot be read.
pub fn explain(event: &[u8], config: &Config) -> Result<Vec<RecordExplanation>, EventError> {
    let event = catch_unwind(|| Event::parse(event)).unwrap_or(Err(EventError::Panicked))?;
    let records = event.records.iter().enumerate();
    Ok(records.map(|(position, record)| explain_record(&event, position, record, config)).collect())
}

fn explain_record(
    event: &Event<'_>,
    position: usize,
    record: &Record<'_>,
    config: &Config,
) -> RecordExplanation {
    let mut watcher = Watcher {
        event,
        config,
        clock: Instant::now(),
        document: DocumentExplanation::default(),
        documents: Vec::new(),
    };
    let outcome = catch_unwind(AssertUnwindSafe(|| {
        let (mut scratch, mut payload) = (Scratch::default(), Vec::new());
        let mut several = Several::Join(usize::MAX);
        intake::decode_data(record, &mut payload)?;
        // What is wrong shows again below.
        let _ = process(
            Input { event, record, payload: &payload },
            config,
            &mut scratch,
            &mut several,
            &|| false,
        );
        scratch.output.clear();
        watcher.clock = Instant::now();
        intake::decode_data(record, &mut payload)?;
        let input = Input { event, record, payload: &payload };
        process_watched(input, config, &mut scratch, &mut several, &|| false, &mut watcher)
    }));
    let error = outcome.unwrap_or(Err(RecordError::Panicked)).err();
    RecordExplanation { position, documents: watcher.documents, error }
}

/// Writes down what it sees.
struct Watcher<'e> {
    event: &'e Event<'e>,
    config: &'e Config,
    /// When the stage that runs began: what is written down in between takes no stage's time.
    clock: Instant,
    document: DocumentExplanation,
    documents: Vec<DocumentExplanation>,
}

impl Watch for Watcher<'_> {
    const SEES_SECRETS: bool = true;

    fn secret(&mut self, sighting: &Sighting<'_>) {
        let secret = Secret::from(sighting);
        // The lines of an array are searched one by one and as one text.
        if !self.document.secrets.contains(&secret) || secret.exemption.is_none() {
            self.document.secrets.push(secret);
        }
    }

    fn redacted(&mut self, document: &Redacted<Document<'_>>) {
        self.document.redacted = flat::source(document);
        self.document.fields = origin::explain_fields(document, self.event, self.config);
        self.clock = Instant::now();
    }

    fn after(&mut self, stage: Stage, document: &Document<'_>) {
        self.document.times.push((stage, self.clock.elapsed()));
        if stage == Stage::Intake {
            self.document.before = flat::source(document);
        }
        if stage == Stage::Encode {
            self.documents.push(std::mem::take(&mut self.document));
        }
        self.clock = Instant::now();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Settings;
    use OriginKind::{Configuration, Derived, Envelope, Nozzle, Producer};

    fn explained(payload: &str, variables: &[(&str, &str)]) -> RecordExplanation {
        let data = base64_simd::STANDARD.encode_to_string(payload);
        let event = format!(
            r#"{{"deliveryStreamArn":"arn:aws:firehose:eu-west-1:123456789012:deliverystream/s","records":[{{"recordId":"1","approximateArrivalTimestamp":1589201090000,"data":"{data}"}}]}}"#
        );
        let variables = variables.iter().map(|(name, value)| ((*name).into(), (*value).into()));
        let config = Config::compile_locally(&Settings::read(variables).unwrap()).unwrap();
        explain(event.as_bytes(), &config).unwrap().remove(0)
    }

    fn origin(document: &DocumentExplanation, name: &str) -> (OriginKind, String) {
        let field = document.fields.iter().find(|field| field.name == name);
        let origin = &field.unwrap_or_else(|| panic!("{name}: {document:#?}")).origin;
        (origin.kind, origin.paths.join(" "))
    }

    #[test]
    fn every_field_says_where_it_came_from() {
        let record = explained(
            r#"{"asctime":"2020-05-10T14:44:44+0200","levelname":"ERROR","message":"boom","msg":"other","db":{"port":5432,"password":"hunter2"},"exc_info":"Traceback (most recent call last):\n  File \"/app/a.py\", line 1, in b\n    c()\nKeyError: 'd'"}"#,
            &[("NOZZLE_SERVICE", "shop")],
        );
        let document = &record.documents[0];
        for (name, kind, paths) in [
            ("@timestamp", Derived, "asctime"),
            ("event.created", Envelope, ""),
            ("event.redactions", Derived, ""),
            ("message", Producer, "message"),
            ("log.level", Derived, "levelname"),
            ("labels.msg", Producer, "msg"),
            ("labels.db_password", Producer, "db.password"),
            ("numeric_labels.db_port", Producer, "db.port"),
            ("error.type", Derived, "exc_info"),
            ("error.stack_trace", Producer, "exc_info"),
            ("traceback.fingerprint", Derived, "exc_info"),
            ("service.name", Configuration, ""),
            ("cloud.region", Envelope, ""),
            ("ecs.version", Nozzle, ""),
            ("index", Configuration, "asctime"),
        ] {
            assert_eq!(origin(document, name), (kind, paths.to_owned()), "{name}");
        }
        assert!(record.error.is_none());
    }

    #[test]
    fn the_producers_own_service_is_not_the_configurations() {
        for (flag, expected) in
            [("false", (Producer, "service.name")), ("true", (Configuration, ""))]
        {
            let record = explained(r#"{"service":{"name":"own"}}"#, &[("NOZZLE_OVERRIDE", flag)]);
            let (kind, paths) = origin(&record.documents[0], "service.name");
            assert_eq!((kind, paths.as_str()), expected, "{flag}");
        }
    }

    #[test]
    fn each_secret_has_its_rule_place_and_span() {
        let record = explained(
            r#"{"m":"x password=hunter2x","a":[{"token":"Zq7"}],"k password=hunter3x":1,"j":"{\"pin\":4711}"}"#,
            &[],
        );
        let secrets: Vec<_> = record.documents[0]
            .secrets
            .iter()
            .map(|secret| {
                let rule = secret.rule.as_deref().unwrap_or_default();
                (
                    rule,
                    secret.path.as_str(),
                    secret.is_key,
                    secret.span.clone(),
                    secret.text.as_str(),
                )
            })
            .collect();
        let marked = "k password=[REDACTED:assigned-secret]";
        assert_eq!(
            secrets,
            [
                ("assigned-secret", "m", false, 11..19, "hunter2x"),
                ("by-name", "a.token", false, 0..3, "Zq7"),
                ("assigned-secret", marked, true, 11..19, "hunter3x"),
                ("by-name", "j.pin", false, 0..4, "4711"),
            ]
        );
    }

    #[test]
    fn each_document_has_the_time_of_each_stage() {
        let record = explained("{\"a\":1}{\"b\":2}", &[]);
        assert_eq!(record.documents.len(), 2);
        for document in &record.documents {
            let stages: Vec<Stage> = document.times.iter().map(|(stage, _)| *stage).collect();
            assert_eq!(
                (stages.first(), stages.last()),
                (Some(&Stage::Intake), Some(&Stage::Encode))
            );
            assert!(stages.is_sorted() && stages.len() == 9, "{stages:?}");
        }
    }

    #[test]
    fn what_is_shown_is_what_the_function_delivers() {
        let record = explained(r#"{"message":"x","n":1,"deep":{"a":[1,"b"]}}"#, &[]);
        let names: Vec<_> =
            record.documents[0].fields.iter().map(|field| field.name.as_str()).collect();
        for name in ["message", "numeric_labels.n", "labels.deep_a", "index"] {
            assert!(names.contains(&name), "{name}: {names:?}");
        }
        let refused = explained("", &[]);
        assert_eq!((refused.documents.len(), refused.error), (0, Some(RecordError::Empty)));
    }
}
