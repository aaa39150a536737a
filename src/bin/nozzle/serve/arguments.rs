//! What a person says on the command line, and what it means.

use std::path::PathBuf;
use std::time::Duration;

use nozzle::config::SETTINGS;
use nozzle::index::{IndexPrefix, legal_prefix};
use nozzle::{Config, Settings};

use super::delivery::{Destination, Folder, OpenSearch};
use super::faults::Faults;
use super::rotation::Period;
use super::settings::StreamSettings;
use super::stopping::Stopping;
use super::transformation::Function;
use crate::Failure;
use crate::client::{Client, Credentials, PATIENCE, choose_credentials, read_address};

/// The prefix of indices that nobody named.
const DEFAULT_INDEX: &str = "logs";
/// How long Firehose waits for a transformation.
const LONGEST_INVOCATION: Duration = Duration::from_mins(5);
/// Bytes in Firehose's megabyte.
pub(super) const MEGABYTE: f64 = 1_048_576.0;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[arg(
        long,
        value_name = "HOST:PORT",
        default_value = "127.0.0.1:4573",
        help = "Where to listen; port 0 takes a free one"
    )]
    pub(super) address: String,
    #[arg(long = "stream", value_name = "NAME", value_parser = stream_name, help = "A delivery stream, more of them by naming more; by default logs. The one in NOZZLE_FANOUT_STREAM has no function")]
    pub(super) streams: Vec<String>,
    #[arg(
        long,
        value_name = "URL",
        help = "Transform with this function instead of the command's own code, such as http://127.0.0.1:9080/2015-03-31/functions/function/invocations"
    )]
    function: Option<String>,
    #[arg(
        long,
        value_name = "URL",
        help = "Deliver to OpenSearch or Elasticsearch; by default into the folder"
    )]
    opensearch: Option<String>,
    #[arg(
        long,
        value_name = "NAME",
        requires = "opensearch",
        help = "Name of a user, whose password is in OPENSEARCH_PASSWORD"
    )]
    user: Option<String>,
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 60,
        help = "How long a delivery to OpenSearch is tried again"
    )]
    retry_seconds: u64,
    #[arg(
        long,
        value_name = "PREFIX",
        value_parser = index_name,
        help = "The delivery stream's IndexName; by default NOZZLE_INDEX, and NOZZLE_INDEX by default this"
    )]
    index: Option<String>,
    #[arg(
        long,
        value_enum,
        help = "How often a new index begins; by default as NOZZLE_INDEX_ROTATION says, and the other way round"
    )]
    rotation: Option<Period>,
    #[arg(
        long,
        value_name = "FOLDER",
        default_value = "./nozzle-data",
        help = "Where documents and backups are kept"
    )]
    pub(super) folder: PathBuf,
    #[arg(long, value_name = "MB", default_value_t = 1.0, value_parser = buffer_size, help = "How much is gathered before the function is called, 0.2 to 3")]
    buffer_mb: f64,
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(..=900), help = "How long it is gathered at most; 0 calls at once")]
    buffer_seconds: u64,
    #[arg(long, value_name = "N", help = "Accept only so many puts a second, and refuse others")]
    throttle: Option<u32>,
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..), help = "Refuse every Nth record")]
    fail_every: Option<u64>,
    #[arg(long, value_name = "MILLISECONDS", help = "Wait before every answer")]
    delay: Option<u64>,
    #[arg(long, help = "Show secrets as they came on the page")]
    pub(super) reveal: bool,
}

impl Arguments {
    /// What a stream does that was not told otherwise. Stream and function name their indices alike
    /// as long as nobody says otherwise: what `config` was not told by `settings` it takes from the
    /// command line.
    pub(super) fn settings(&self, settings: &Settings, config: &mut Config) -> StreamSettings {
        let said = |key: &str| {
            let setting = SETTINGS.iter().find(|setting| setting.key == key);
            setting.and_then(|setting| settings.get(setting)).map(|said| said.value.as_str())
        };
        let index = match (self.index.as_deref(), said("index")) {
            (Some(index), None) => {
                if let Some(prefix) = IndexPrefix::parse(index) {
                    config.index.prefix = prefix;
                }
                index
            }
            (Some(index), Some(_)) => index,
            // A prefix with the service's name has no single index.
            (None, said) => said.filter(|said| is_index_name(said)).unwrap_or(DEFAULT_INDEX),
        };
        if let (Some(rotation), None) = (self.rotation, said("index_rotation")) {
            config.index.rotation = rotation.rotation();
        }
        StreamSettings {
            index: index.to_owned(),
            rotation: self.rotation.unwrap_or_else(|| Period::of(config.index.rotation)),
            buffer_size: bytes(self.buffer_mb),
            buffer_interval: Duration::from_secs(self.buffer_seconds),
            transforms: true,
        }
    }

    pub(super) fn faults(&self) -> Faults {
        Faults::new(self.throttle, self.fail_every, self.delay.map(Duration::from_millis))
    }

    /// The function that transforms, unless that is the command's own code.
    pub(super) fn function(&self) -> Result<Option<Function>, Failure> {
        let Some(url) = &self.function else { return Ok(None) };
        let address = read_address("--function", url)?;
        let client = Client::new(address, Credentials::None, LONGEST_INVOCATION);
        Ok(Some(Function::new(client)))
    }

    /// Where documents go.
    pub(super) fn destination(&self, stopping: &Stopping) -> Result<Destination, Failure> {
        let Some(url) = &self.opensearch else {
            return Ok(Destination::Folder(Folder::new(self.folder.join("documents"))));
        };
        let address = read_address("--opensearch", url)?;
        let credentials = choose_credentials(self.user.as_deref(), false, &address)?;
        let client = Client::new(address, credentials, PATIENCE);
        let patience = Duration::from_secs(self.retry_seconds);
        Ok(Destination::OpenSearch(OpenSearch::new(client, patience, stopping.clone())))
    }
}

/// Bytes of so many megabytes.
pub(super) fn bytes(megabytes: f64) -> usize {
    // The bounds of a buffer are far within those of the type.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let bytes = (megabytes * MEGABYTE) as usize;
    bytes
}

/// The bounds of a function's buffer. Source: *Transform source data in Amazon Data Firehose*
/// (<https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html>).
pub(super) fn is_buffer_size(megabytes: f64) -> bool {
    (0.2..=3.0).contains(&megabytes)
}

/// Whether Firehose takes this as the name of a stream.
pub(super) fn is_stream_name(name: &str) -> bool {
    (1..=64).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
}

/// Whether Firehose and the engine take this as the prefix of an index name.
pub(super) fn is_index_name(name: &str) -> bool {
    (1..=80).contains(&name.len()) && legal_prefix(name) == name
}

fn stream_name(name: &str) -> Result<String, &'static str> {
    if is_stream_name(name) {
        return Ok(name.to_owned());
    }
    Err("a stream's name has 1 to 64 letters, digits, _, . or -")
}

fn index_name(name: &str) -> Result<String, &'static str> {
    if is_index_name(name) {
        return Ok(name.to_owned());
    }
    Err(
        "an index name has at most 80 characters, no capitals, none of \\ / * ? \" < > | , # : { } or white space, and does not begin with -, _, + or .",
    )
}

fn buffer_size(text: &str) -> Result<f64, &'static str> {
    let megabytes = text.parse().map_err(|_| "no number")?;
    if is_buffer_size(megabytes) { Ok(megabytes) } else { Err("it is from 0.2 to 3") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_that_firehose_takes() {
        for name in ["logs", "a", "A_b.c-9", &"x".repeat(64)] {
            assert!(is_stream_name(name), "{name}");
        }
        for name in ["", "a b", "ä", "a/b", &"x".repeat(65)] {
            assert!(!is_stream_name(name), "{name}");
        }
        for name in ["logs", "logging-test", &"x".repeat(80)] {
            assert!(is_index_name(name), "{name}");
        }
        for name in ["", "Logs", "../x", "a/b", "-a", "_a", "a b", &"x".repeat(81)] {
            assert!(!is_index_name(name), "{name}");
        }
    }

    #[test]
    fn a_buffer_has_firehoses_bounds() {
        assert_eq!(buffer_size("0.2").map(bytes), Ok(209_715));
        assert_eq!(buffer_size("3").map(bytes), Ok(3 << 20));
        for text in ["0.1", "3.1", "NaN", "inf", "-1", "x", ""] {
            assert!(buffer_size(text).is_err(), "{text}");
        }
    }
}
