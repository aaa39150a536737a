//! What the producer does not know: the service and environment that the operator configured, and
//! the region and account of the delivery stream.

use memchr::memchr_iter;

use crate::document::{Document, ECS_VERSION, Field, Redacted};
use crate::event::Event;

/// The names that the configuration gives to the stream's producers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Enrichment {
    /// `service.name`.
    pub service: String,
    /// `service.environment`.
    pub environment: String,
    /// `service.version`.
    pub version: Option<String>,
    /// Whether these replace what the producer states itself.
    pub override_producer: bool,
}

/// Adds service, environment and cloud to `document`.
pub fn enrich<'a>(
    document: &mut Redacted<Document<'a>>,
    event: &'a Event<'_>,
    enrichment: &'a Enrichment,
) {
    let fields = &mut document.fields;
    let names = [
        (Field::ServiceName, Some(&enrichment.service)),
        (Field::ServiceEnvironment, Some(&enrichment.environment)),
        (Field::ServiceVersion, enrichment.version.as_ref()),
    ];
    for (field, name) in names {
        let Some(name) = name else { continue };
        if enrichment.override_producer {
            fields.set(field, name.as_str());
        } else {
            fields.set_if_absent(field, name.as_str());
        }
    }
    let stream = event.delivery_stream_arn.as_deref().and_then(Arn::parse);
    if let Some(arn) = &stream {
        fields.set(Field::CloudAccountId, arn.account);
    }
    let region = stream.map(|arn| arn.region).or(event.region.as_deref());
    if let Some(region) = region {
        fields.set(Field::CloudProvider, "aws");
        fields.set(Field::CloudRegion, region);
    }
    // The document's own version, whatever the producer's log followed.
    fields.set(Field::EcsVersion, ECS_VERSION);
}

/// The parts of `arn:aws:firehose:REGION:ACCOUNT:deliverystream/NAME` that are of use.
///
/// Source: *Amazon Resource Names*
/// (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>).
struct Arn<'a> {
    region: &'a str,
    account: &'a str,
}

impl<'a> Arn<'a> {
    fn parse(arn: &'a str) -> Option<Self> {
        let rest = arn.strip_prefix("arn:")?;
        let mut colons = memchr_iter(b':', rest.as_bytes());
        let (_partition, service) = (colons.next()?, colons.next()?);
        let (region, account) = (colons.next()?, colons.next()?);
        let part = |before: usize, end| rest.get(before + 1..end).filter(|part| !part.is_empty());
        Some(Self { region: part(service, region)?, account: part(region, account)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn enriched(
        arn: Option<&'static str>,
        region: Option<&'static str>,
        override_producer: bool,
    ) -> Vec<Option<String>> {
        let enrichment = Enrichment {
            service: "checkout".into(),
            environment: "prod".into(),
            version: None,
            override_producer,
        };
        let event = Event {
            delivery_stream_arn: arn.map(Into::into),
            region: region.map(Into::into),
            ..Event::default()
        };
        let mut document = Document::default();
        document.fields.set(Field::ServiceName, "own");
        let mut document = Redacted::seal(document);
        enrich(&mut document, &event, &enrichment);
        [
            Field::ServiceName,
            Field::ServiceEnvironment,
            Field::ServiceVersion,
            Field::CloudProvider,
            Field::CloudRegion,
            Field::CloudAccountId,
        ]
        .map(|field| document.fields.get_str(field).map(str::to_owned))
        .to_vec()
    }

    fn expect(values: [Option<&str>; 6]) -> Vec<Option<String>> {
        values.map(|value| value.map(str::to_owned)).to_vec()
    }

    #[test]
    fn the_producers_own_name_wins_unless_overridden() {
        let own = expect([Some("own"), Some("prod"), None, None, None, None]);
        assert_eq!(enriched(None, None, false), own);
        let overridden = expect([Some("checkout"), Some("prod"), None, None, None, None]);
        assert_eq!(enriched(None, None, true), overridden);
    }

    #[test]
    fn the_cloud_is_read_from_the_streams_arn() {
        let arn = "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/logs";
        let known = [
            Some("own"),
            Some("prod"),
            None,
            Some("aws"),
            Some("cn-north-1"),
            Some("123456789012"),
        ];
        assert_eq!(enriched(Some(arn), Some("elsewhere"), false), expect(known));
        let by_region = [Some("own"), Some("prod"), None, Some("aws"), Some("eu-west-1"), None];
        for broken in ["", "arn:aws:firehose", "arn:aws:firehose:::x", "urn:a:b:c:d:e"] {
            assert_eq!(
                enriched(Some(broken), Some("eu-west-1"), false),
                expect(by_region),
                "{broken}"
            );
        }
    }
}
