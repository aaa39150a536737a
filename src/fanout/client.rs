//! One signed request of `PutRecordBatch`, and what was answered.
//!
//! The protocol is AWS JSON 1.1
//! (<https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>), of which one operation is a
//! `POST` of an object. With AWS's own client for it, and the runtime below that, the binary was
//! 1.5 MB larger, and a function's package is loaded at each cold start. TLS is rustls with ring,
//! which is 2.1 MB smaller than aws-lc and as fast to start.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use serde::Deserialize;
use ureq::http::{HeaderMap, Request, StatusCode};
use ureq::{Agent, Body};

use super::error::PutError;
use super::retry;
use crate::tls;

const SERVICE: &str = "firehose";
const HEADERS: [(&str, &str); 2] = [
    ("content-type", "application/x-amz-json-1.1"),
    ("x-amz-target", "Firehose_20150804.PutRecordBatch"),
];

/// How long a connection may take to stand.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// The longest answer that is read. One of 500 entries takes less than 200 KiB.
const LONGEST_ANSWER: u64 = 4 << 20;

/// Sends requests to one endpoint, over connections that it keeps.
pub(super) struct Client {
    agent: Agent,
    endpoint: String,
    region: String,
    credentials: Credentials,
    attempt: Duration,
}

/// For each entry in turn whether it was accepted, or why the whole request was not.
pub(super) type Answer = Result<Vec<Result<(), PutError>>, PutError>;

impl Client {
    /// `attempt` is how long a request may take from connecting to the end of the answer. A
    /// connection over which one took longer is not used again: it may have died while Lambda had
    /// the process frozen.
    pub(super) fn new(
        endpoint: String,
        region: String,
        credentials: Credentials,
        attempt: Duration,
    ) -> Self {
        let mut config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .proxy(None)
            .user_agent(concat!("nozzle/", env!("CARGO_PKG_VERSION")));
        // A plain endpoint, one of a test or an emulator, does without the system's certificates.
        if !endpoint.starts_with("http://") {
            config = config.tls_config(tls::trusting_this_machine());
        }
        Self { agent: config.build().new_agent(), endpoint, region, credentials, attempt }
    }

    /// Makes one attempt, which ends after `time_left` at the latest, to have a request of so many
    /// entries accepted.
    pub(super) fn put(&self, body: &[u8], entries: usize, time_left: Duration) -> Answer {
        let request = self.request(body).ok_or(PutError::Rejected)?;
        let patience = Some(self.attempt.min(time_left));
        let request = self.agent.configure_request(request).timeout_global(patience).build();
        let answer = self.agent.run(request).map_err(|error| no_answer(&error))?;
        let (head, body) = answer.into_parts();
        let body = read(body).map_err(|error| no_answer(&error))?;
        if head.status.is_success() {
            by_entry(&body, entries)
        } else {
            Err(refusal(head.status, &head.headers, &body))
        }
    }

    /// The signed request; `None` where the endpoint or the credentials make none.
    fn request<'b>(&self, body: &'b [u8]) -> Option<Request<&'b [u8]>> {
        let identity = self.credentials.clone().into();
        let parameters = SigningParams::builder()
            .identity(&identity)
            .region(&self.region)
            .name(SERVICE)
            .time(SystemTime::now())
            .settings(SigningSettings::default())
            .build()
            .ok()?
            .into();
        let content = SignableBody::Bytes(body);
        let signable =
            SignableRequest::new("POST", self.endpoint.as_str(), HEADERS.into_iter(), content)
                .ok()?;
        let (signature, _) = sign(signable, &parameters).ok()?.into_parts();
        let mut request = Request::post(&self.endpoint);
        for (name, value) in HEADERS.into_iter().chain(signature.headers()) {
            request = request.header(name, value);
        }
        request.body(body).ok()
    }
}

fn read(mut body: Body) -> Result<Vec<u8>, ureq::Error> {
    body.with_config().limit(LONGEST_ANSWER).read_to_vec()
}

/// Why there was no answer.
fn no_answer(error: &ureq::Error) -> PutError {
    match error {
        // It was not even sent, and would not be the next time.
        ureq::Error::BadUri(_) | ureq::Error::Http(_) => PutError::Rejected,
        ureq::Error::Protocol(_) | ureq::Error::BodyExceedsLimit(_) => PutError::Garbled,
        _ => PutError::Unreachable,
    }
}

/// What an answer with a good status says.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Output {
    request_responses: Vec<EntryAnswer>,
}

#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct EntryAnswer {
    record_id: Option<String>,
    error_code: Option<String>,
}

/// An entry is accepted only if it has a `RecordId`, and an answer that does not speak of each
/// entry speaks of none.
fn by_entry(body: &[u8], entries: usize) -> Answer {
    let output: Output = serde_json::from_slice(body).map_err(|_| PutError::Garbled)?;
    let answers = output.request_responses;
    if answers.len() != entries {
        return Err(PutError::Garbled);
    }
    let answer = |answer: EntryAnswer| match (answer.record_id, answer.error_code) {
        (Some(_), None) => Ok(()),
        (_, code) => Err(retry::of_entry(code.as_deref())),
    };
    Ok(answers.into_iter().map(answer).collect())
}

/// What an answer with a bad status says.
#[derive(Deserialize, Default)]
struct Refusal {
    #[serde(rename = "__type")]
    kind: Option<String>,
    code: Option<String>,
}

/// Why a request was refused as a whole. The code may stand in a header or in the body, between a
/// namespace and an address: `com.amazonaws.firehose#InvalidArgumentException:http://…`.
fn refusal(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> PutError {
    let header = headers.get("x-amzn-errortype").and_then(|code| code.to_str().ok());
    let Refusal { kind, code } = serde_json::from_slice(body).unwrap_or_default();
    let code = header.or(kind.as_deref()).or(code.as_deref()).map(|code| {
        let code = code.split(':').next().unwrap_or_default();
        code.rsplit('#').next().unwrap_or_default()
    });
    retry::of_request(code, status.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(endpoint: &str, token: Option<&str>) -> Client {
        let token = token.map(str::to_owned);
        let credentials = Credentials::new("AKIDEXAMPLE", "hunter2", token, None, "test");
        Client::new(endpoint.to_owned(), "eu-west-1".to_owned(), credentials, Duration::ZERO)
    }

    #[test]
    fn all_that_matters_is_signed() {
        let client = client("http://127.0.0.1:9", Some("a-session"));
        let request = client.request(b"{}").unwrap();
        let header = |name: &str| request.headers()[name].to_str().unwrap();
        let authorization = header("authorization");
        assert!(authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/"));
        assert!(authorization.contains("/eu-west-1/firehose/aws4_request"), "{authorization}");
        let signed = "content-type;host;x-amz-date;x-amz-security-token;x-amz-target";
        assert!(authorization.contains(&format!("SignedHeaders={signed},")), "{authorization}");
        assert_eq!(header("x-amz-security-token"), "a-session");
        assert!(!format!("{request:?}").contains("hunter2"));
        let without_session = self::client("https://firehose.eu-west-1.amazonaws.com", None);
        let request = without_session.request(b"{}").unwrap();
        assert!(!request.headers().contains_key("x-amz-security-token"));
    }

    #[test]
    fn an_endpoint_that_is_none_is_not_tried_again() {
        for endpoint in ["", "http://", "no address"] {
            let answer = client(endpoint, None).put(b"{}", 1, Duration::from_secs(1));
            assert_eq!(answer, Err(PutError::Rejected), "{endpoint}");
        }
    }

    #[test]
    fn a_refusal_is_read_wherever_its_code_stands() {
        let no_headers = HeaderMap::new();
        for body in [
            r#"{"__type":"AccessDeniedException","message":"no"}"#,
            r#"{"__type":"com.amazonaws.firehose#AccessDeniedException"}"#,
            r#"{"code":"AccessDeniedException"}"#,
        ] {
            let error = refusal(StatusCode::BAD_REQUEST, &no_headers, body.as_bytes());
            assert_eq!(error, PutError::Denied, "{body}");
        }
        let mut headers = HeaderMap::new();
        let code = "ResourceNotFoundException:http://internal.amazon.com/";
        headers.insert("x-amzn-errortype", code.parse().unwrap());
        let body = b"{\"__type\":\"Other\"}";
        assert_eq!(refusal(StatusCode::BAD_REQUEST, &headers, body), PutError::NoSuchStream);
        let page = b"<html>no server is available</html>";
        let of_status = |status| refusal(status, &no_headers, page);
        assert_eq!(of_status(StatusCode::BAD_GATEWAY), PutError::Unavailable);
        assert_eq!(of_status(StatusCode::FORBIDDEN), PutError::Denied);
        assert_eq!(of_status(StatusCode::FOUND), PutError::Garbled);
    }

    #[test]
    fn an_entry_without_a_record_id_is_not_accepted() {
        let body = br#"{"FailedPutCount":1,"RequestResponses":[{"RecordId":"1"},{},
            {"RecordId":null,"ErrorCode":"ServiceUnavailableException","ErrorMessage":"Slow down."}]}"#;
        let expected = [Ok(()), Err(PutError::Unavailable), Err(PutError::Throttled)];
        assert_eq!(by_entry(body, 3), Ok(expected.to_vec()));
        assert_eq!(by_entry(body, 2), Err(PutError::Garbled));
        assert_eq!(by_entry(b"<html>", 1), Err(PutError::Garbled));
    }
}
