//! Which search engine answers.

use serde_json::Value;

/// Whose engine it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Distribution {
    /// `OpenSearch`, wherever it runs.
    #[default]
    OpenSearch,
    /// Elasticsearch.
    Elasticsearch,
}

/// What the engine says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Engine {
    /// Whose it is.
    pub distribution: Distribution,
    /// The first two numbers of its version.
    pub version: (u64, u64),
    /// Its version as it states it.
    pub shown_version: String,
}

impl Engine {
    /// Reads the answer to `GET /`; `None` when it is no search engine's.
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let text = |pointer| answer.pointer(pointer).and_then(Value::as_str);
        let number = text("/version/number")?;
        // In its compatibility mode OpenSearch 1 hides its name and claims to be version 7.10.
        let is_opensearch = text("/version/distribution") == Some("opensearch")
            || text("/tagline").is_some_and(|tagline| tagline.contains("OpenSearch"));
        let mut numbers = number.split(['.', '-']).map(|part| part.parse().ok());
        let version = (numbers.next().flatten()?, numbers.next().flatten().unwrap_or_default());
        let distribution =
            if is_opensearch { Distribution::OpenSearch } else { Distribution::Elasticsearch };
        Some(Self { distribution, version, shown_version: number.to_owned() })
    }

    /// Its name for a person.
    pub(super) fn name(&self) -> &'static str {
        match self.distribution {
            Distribution::OpenSearch => "OpenSearch",
            Distribution::Elasticsearch => "Elasticsearch",
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_engine_is_known_by_what_it_says() {
        let cases = [
            (
                json!({"version": {"distribution": "opensearch", "number": "2.19.1"}, "tagline": "The OpenSearch Project: https://opensearch.org/"}),
                Some((Distribution::OpenSearch, (2, 19))),
            ),
            (
                json!({"version": {"number": "7.10.2"}, "tagline": "The OpenSearch Project: https://opensearch.org/"}),
                Some((Distribution::OpenSearch, (7, 10))),
            ),
            (
                json!({"version": {"number": "8.17.0-SNAPSHOT", "build_flavor": "default"}, "tagline": "You Know, for Search"}),
                Some((Distribution::Elasticsearch, (8, 17))),
            ),
            (json!({"name": "Kibana"}), None),
            (json!("hello"), None),
        ];
        for (answer, expected) in cases {
            let read = Engine::read(&answer).map(|engine| (engine.distribution, engine.version));
            assert_eq!(read, expected, "{answer}");
        }
    }
}
