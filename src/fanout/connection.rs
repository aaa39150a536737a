//! Where Firehose is, and as whom to speak to it.
//!
//! The configuration is built here from the variables that Lambda sets, and not by `aws-config`:
//! that crate also looks for profiles, containers and instances, which a function has none of, and
//! adds 1.4 MB to the binary and a fifth to the CPU time of the first use. TLS is rustls with ring,
//! which is 2.1 MB smaller than aws-lc and as fast to start.
//!
//! Sources of the variables: *Defined runtime environment variables*
//! (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>) and
//! *Service-specific endpoints*
//! (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>).

use std::fmt;
use std::time::Duration;

use aws_sdk_firehose::config::retry::RetryConfig;
use aws_sdk_firehose::config::timeout::TimeoutConfig;
use aws_sdk_firehose::config::{
    BehaviorVersion, Credentials, Region, SharedHttpClient, StalledStreamProtectionConfig,
};
use aws_sdk_firehose::{Client, Config};
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};

use super::retry::Pace;

/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// How Firehose is reached: endpoint, region and credentials.
#[derive(Clone)]
pub struct Connection {
    endpoint: Option<String>,
    region: Option<String>,
    credentials: Option<Credentials>,
    pub(super) pace: Pace,
}

impl Connection {
    /// Reads the process's environment.
    #[must_use]
    pub fn from_environment() -> Self {
        Self::read(|name| std::env::var(name).ok())
    }

    /// Reads the variables that AWS's tools have in common, from wherever `variable` finds them:
    /// `AWS_REGION` or `AWS_DEFAULT_REGION`; `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY` and
    /// `AWS_SESSION_TOKEN`; `AWS_ENDPOINT_URL_FIREHOSE` or `AWS_ENDPOINT_URL`. An empty one is
    /// none. What is missing is told when the first document is put ([`Unconfigured`]).
    ///
    /// [`Unconfigured`]: super::PutError::Unconfigured
    #[must_use]
    pub fn read(variable: impl Fn(&str) -> Option<String>) -> Self {
        let get = |name| variable(name).filter(|value| !value.is_empty());
        let keys = get("AWS_ACCESS_KEY_ID").zip(get("AWS_SECRET_ACCESS_KEY"));
        Self {
            endpoint: get("AWS_ENDPOINT_URL_FIREHOSE").or_else(|| get("AWS_ENDPOINT_URL")),
            region: get("AWS_REGION").or_else(|| get("AWS_DEFAULT_REGION")),
            credentials: keys.map(|(id, secret)| {
                Credentials::new(id, secret, get("AWS_SESSION_TOKEN"), None, "environment")
            }),
            pace: Pace::default(),
        }
    }

    /// The same connection at another pace.
    #[must_use]
    pub fn with_pace(self, pace: Pace) -> Self {
        Self { pace, ..self }
    }

    /// The client; `None` without region or credentials.
    pub(super) fn client(&self) -> Option<Client> {
        let mut config = Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::new(self.region.clone()?))
            .credentials_provider(self.credentials.clone()?)
            .http_client(self.http_client()?)
            // Only we know which entries of a request deserve another attempt, and until when.
            .retry_config(RetryConfig::disabled())
            // The client must see that an attempt took too long: it does not use its connection
            // again, which may have died while Lambda had the process frozen.
            .timeout_config(
                TimeoutConfig::builder()
                    .connect_timeout(CONNECT_TIMEOUT)
                    .operation_attempt_timeout(self.pace.attempt)
                    .build(),
            )
            // An attempt may take no longer than the grace of this protection anyway.
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled());
        config.set_endpoint_url(self.endpoint.clone());
        Some(Client::from_conf(config.build()))
    }

    /// One kind of client for both schemes: a second would add 170 kB. A plain endpoint, one of a
    /// test or an emulator, only does without the system's certificates.
    fn http_client(&self) -> Option<SharedHttpClient> {
        let plain = self.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
        let trust = TrustStore::empty().with_native_roots(!plain);
        let context = TlsContext::builder().with_trust_store(trust).build().ok()?;
        let builder = aws_smithy_http_client::Builder::new();
        let builder = builder.tls_provider(Provider::Rustls(CryptoMode::Ring));
        Some(builder.tls_context(context).build_https())
    }
}

/// Without the credentials.
impl fmt::Debug for Connection {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Connection")
            .field("endpoint", &self.endpoint)
            .field("region", &self.region)
            .field("pace", &self.pace)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connection(variables: &[(&str, &str)]) -> Connection {
        Connection::read(|name| {
            let found = variables.iter().find(|(key, _)| *key == name);
            found.map(|(_, value)| (*value).to_owned())
        })
    }

    const COMPLETE: [(&str, &str); 3] = [
        ("AWS_REGION", "eu-west-1"),
        ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2"),
    ];

    #[test]
    fn a_client_needs_region_and_both_keys() {
        assert!(connection(&COMPLETE).client().is_some());
        for left_out in 0..COMPLETE.len() {
            let mut variables = COMPLETE;
            variables[left_out].1 = "";
            assert!(connection(&variables).client().is_none(), "{}", variables[left_out].0);
        }
    }

    #[test]
    fn the_more_specific_variable_wins() {
        let both = connection(&[
            ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
            ("AWS_ENDPOINT_URL_FIREHOSE", "http://127.0.0.1:2"),
            ("AWS_DEFAULT_REGION", "us-east-1"),
            ("AWS_REGION", "eu-west-1"),
        ]);
        assert_eq!(both.endpoint.as_deref(), Some("http://127.0.0.1:2"));
        assert_eq!(both.region.as_deref(), Some("eu-west-1"));
        let general =
            connection(&[("AWS_ENDPOINT_URL", "http://x"), ("AWS_DEFAULT_REGION", "us-east-1")]);
        assert_eq!(general.endpoint.as_deref(), Some("http://x"));
        assert_eq!(general.region.as_deref(), Some("us-east-1"));
    }

    #[test]
    fn debug_shows_no_credentials() {
        let mut variables = COMPLETE.to_vec();
        variables.push(("AWS_SESSION_TOKEN", "hunter3"));
        let shown = format!("{:?}", connection(&variables));
        assert!(shown.contains("eu-west-1"), "{shown}");
        assert!(!shown.contains("hunter") && !shown.contains("AKID"), "{shown}");
    }
}
