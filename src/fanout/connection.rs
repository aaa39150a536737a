//! Where Firehose is, and as whom to speak to it.
//!
//! All of it is read from the variables that Lambda sets.
//!
//! Sources: *Defined runtime environment variables*
//! (<https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html>),
//! *Service-specific endpoints*
//! (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html>), and for the names
//! of hosts `partitions.json` of the AWS SDKs
//! (<https://github.com/awslabs/aws-sdk-rust/blob/main/sdk/partitions.json>).

use std::fmt;

use aws_credential_types::Credentials;

use super::client::Client;
use super::retry::Pace;

/// What the hosts of regions that begin so end with, when it is not `amazonaws.com`.
const SUFFIXES: [(&str, &str); 6] = [
    ("cn-", "amazonaws.com.cn"),
    ("eusc-", "amazonaws.eu"),
    ("us-iso-", "c2s.ic.gov"),
    ("us-isob-", "sc2s.sgov.gov"),
    ("us-isof-", "csp.hci.ic.gov"),
    ("eu-isoe-", "cloud.adc-e.uk"),
];

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
        let region = self.region.clone()?;
        let endpoint = self.endpoint.clone().unwrap_or_else(|| endpoint_of(&region));
        Some(Client::new(endpoint, region, self.credentials.clone()?, self.pace.attempt))
    }
}

/// Where Firehose is in a region.
fn endpoint_of(region: &str) -> String {
    let suffix = SUFFIXES.iter().find(|(prefix, _)| region.starts_with(prefix));
    let suffix = suffix.map_or("amazonaws.com", |(_, suffix)| suffix);
    format!("https://firehose.{region}.{suffix}")
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
    fn each_region_has_its_host() {
        for (region, host) in [
            ("eu-west-1", "firehose.eu-west-1.amazonaws.com"),
            ("us-gov-west-1", "firehose.us-gov-west-1.amazonaws.com"),
            ("cn-north-1", "firehose.cn-north-1.amazonaws.com.cn"),
            ("eusc-de-east-1", "firehose.eusc-de-east-1.amazonaws.eu"),
            ("us-iso-east-1", "firehose.us-iso-east-1.c2s.ic.gov"),
            ("us-isob-east-1", "firehose.us-isob-east-1.sc2s.sgov.gov"),
        ] {
            assert_eq!(endpoint_of(region), format!("https://{host}"));
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
