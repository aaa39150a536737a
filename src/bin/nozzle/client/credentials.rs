//! Who asks: nobody in particular, a user, or an identity of AWS.

use std::fmt;
use std::time::SystemTime;

use aws_credential_types::Credentials as AwsCredentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, SignableBody, SignableRequest, SigningSettings, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use base64_simd::STANDARD;

/// The service for which requests are signed.
const SERVICE: &str = "es";

/// What a request is sent with.
#[derive(Clone)]
pub(crate) enum Credentials {
    /// Nothing.
    None,
    /// A name and its password, as the header has them.
    Basic(String),
    /// A signature.
    Aws {
        /// The identity.
        identity: AwsCredentials,
        /// The domain's region.
        region: String,
    },
}

/// A request could not be signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SigningError;

impl Credentials {
    /// A user's.
    pub(crate) fn basic(user: &str, password: &str) -> Self {
        Self::Basic(format!("Basic {}", STANDARD.encode_to_string(format!("{user}:{password}"))))
    }

    /// The headers that they add to a request.
    pub(crate) fn headers(
        &self,
        method: &str,
        url: &str,
        headers: &[(&str, &str)],
        body: &[u8],
    ) -> Result<Vec<(String, String)>, SigningError> {
        match self {
            Self::None => Ok(Vec::new()),
            Self::Basic(value) => Ok(vec![("authorization".to_owned(), value.clone())]),
            Self::Aws { identity, region } => {
                signature(identity.clone(), region, method, url, headers, body).ok_or(SigningError)
            }
        }
    }

    /// What to do when the engine does not know them.
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::None => {
                "give a user with --user NAME and OPENSEARCH_PASSWORD, or --aws for a domain of Amazon OpenSearch Service"
            }
            Self::Basic(_) => "check --user and OPENSEARCH_PASSWORD",
            Self::Aws { .. } => {
                "check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, the region and the clock"
            }
        }
    }
}

/// Says of which kind they are, and no more.
impl fmt::Debug for Credentials {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::None => "None",
            Self::Basic(_) => "Basic",
            Self::Aws { .. } => "Aws",
        })
    }
}

/// Signature Version 4. Source: *Signing HTTP requests to Amazon OpenSearch Service*
/// (<https://docs.aws.amazon.com/opensearch-service/latest/developerguide/request-signing.html>).
fn signature(
    identity: AwsCredentials,
    region: &str,
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: &[u8],
) -> Option<Vec<(String, String)>> {
    let identity = identity.into();
    let mut settings = SigningSettings::default();
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    let parameters = SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(SERVICE)
        .time(SystemTime::now())
        .settings(settings)
        .build()
        .ok()?
        .into();
    let request =
        SignableRequest::new(method, url, headers.iter().copied(), SignableBody::Bytes(body))
            .ok()?;
    let (instructions, _) = sign(request, &parameters).ok()?.into_parts();
    Some(instructions.headers().map(|(name, value)| (name.to_owned(), value.to_owned())).collect())
}
