//! Requests to a search engine, its dashboards or a function, and their answers.

mod address;
mod choice;
mod credentials;
mod error;

use std::thread::sleep;
use std::time::Duration;

use nozzle::tls;
use serde_json::Value;
use ureq::{Agent, Body, http};

pub(crate) use address::{Address, encode_path};
pub(crate) use choice::{choose_credentials, read_address, variable};
pub(crate) use credentials::Credentials;
pub(crate) use error::{Fault, RequestError};

/// How long a whole request to a cluster may take. One that is busy answers late.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);
/// How long a connection may take.
const PATIENCE_TO_CONNECT: Duration = Duration::from_secs(10);
/// The pauses after which a request is sent again that the engine had no time for.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(250), Duration::from_millis(500), Duration::from_secs(1)];
/// The longest answer that is read.
const LONGEST_ANSWER: u64 = 64 << 20;

/// Sends requests to one address.
pub(crate) struct Client {
    agent: Agent,
    address: Address,
    credentials: Credentials,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    /// The method and address of its request.
    pub request: String,
    /// The status.
    pub status: u16,
    /// What it says, as JSON; null when it says nothing or something else.
    pub body: Value,
    /// The same as text.
    pub text: String,
}

/// What is sent besides the path.
#[derive(Clone, Copy, Default)]
pub(crate) struct Content<'c> {
    /// The type and the bytes of the body.
    pub body: Option<(&'c str, &'c [u8])>,
    /// Headers of this request alone.
    pub headers: &'c [(&'c str, &'c str)],
}

impl Client {
    /// Asks at `address`, and waits for each answer for `patience` at most.
    pub(crate) fn new(address: Address, credentials: Credentials, patience: Duration) -> Self {
        let mut builder = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(patience))
            .timeout_connect(Some(PATIENCE_TO_CONNECT))
            .user_agent(concat!("nozzle/", env!("CARGO_PKG_VERSION")));
        if address.is_encrypted() {
            builder = builder.tls_config(tls::trusting_this_machine());
        }
        if address.is_loopback() {
            builder = builder.proxy(None);
        }
        Self { agent: builder.build().new_agent(), address, credentials }
    }

    pub(crate) fn address(&self) -> &Address {
        &self.address
    }

    /// Asks for what is at `path`; what is not there is no error.
    pub(crate) fn get(&self, path: &str) -> Result<Answer, RequestError> {
        self.send("GET", path, Content::default())
    }

    /// Writes `body` to `path`.
    pub(crate) fn put(&self, path: &str, body: &Value) -> Result<Answer, RequestError> {
        let body = body.to_string();
        let body = Some(("application/json", body.as_bytes()));
        let answer = self.send("PUT", path, Content { body, ..Content::default() })?;
        self.accepted(answer)
    }

    /// Sends `content` to `path`.
    pub(crate) fn post(&self, path: &str, content: Content<'_>) -> Result<Answer, RequestError> {
        let answer = self.send("POST", path, content)?;
        self.accepted(answer)
    }

    /// The answer, unless it is a refusal.
    pub(crate) fn accepted(&self, answer: Answer) -> Result<Answer, RequestError> {
        if (200..300).contains(&answer.status) { Ok(answer) } else { Err(self.refusal(&answer)) }
    }

    /// The answer as the refusal that it is.
    pub(crate) fn refusal(&self, answer: &Answer) -> RequestError {
        RequestError::refused(&answer.request, answer.status, &answer.text, &self.credentials)
    }

    fn send(&self, method: &str, path: &str, content: Content<'_>) -> Result<Answer, RequestError> {
        let mut answer = self.send_once(method, path, content)?;
        for pause in PAUSES {
            if !matches!(answer.status, 429 | 502..=504) {
                break;
            }
            sleep(pause.mul_f64(0.75 + fastrand::f64() / 2.0));
            answer = self.send_once(method, path, content)?;
        }
        Ok(answer)
    }

    /// Sends `content` to `path` a single time, whatever is answered.
    pub(crate) fn send_once(
        &self,
        method: &str,
        path: &str,
        content: Content<'_>,
    ) -> Result<Answer, RequestError> {
        let url = &self.address.join(path);
        let request = format!("{method} {url}");
        let failed = |fault, advice| RequestError { request: request.clone(), fault, advice };
        let (content_type, body) = content.body.unwrap_or_default();
        let mut headers = content.headers.to_vec();
        if !content_type.is_empty() {
            headers.push(("content-type", content_type));
        }
        let signature = self
            .credentials
            .headers(method, url, &headers, body)
            .map_err(|_| failed(Fault::NotSigned, self.credentials.advice()))?;
        let mut message = http::Request::builder().method(method).uri(url);
        for (name, value) in &headers {
            message = message.header(*name, *value);
        }
        for (name, value) in &signature {
            message = message.header(name, value);
        }
        let message = message
            .body(body)
            .map_err(|_| failed(Fault::NotSigned, "check the address and the user's name"))?;
        let no_answer = |error: ureq::Error| {
            let advice = if is_distrust(&error) {
                "name the file of the authority that signed its certificate in SSL_CERT_FILE"
            } else {
                "check the address, the port, and that this machine may reach it: a domain within a VPC is reached from there alone"
            };
            failed(Fault::Unreachable(error.to_string()), advice)
        };
        let answer = self.agent.run(message).map_err(no_answer)?;
        if answer.status().is_redirection() {
            let to = answer.headers().get("location").and_then(|to| to.to_str().ok());
            let to = crate::pretty::printable(to.unwrap_or("nowhere"));
            return Err(failed(
                Fault::Redirected(to),
                "give that address if it is the right one, or credentials if it is a login page",
            ));
        }
        let status = answer.status().as_u16();
        let mut body: Body = answer.into_body();
        let text = body.with_config().limit(LONGEST_ANSWER).lossy_utf8(true).read_to_string();
        let text = text.map_err(no_answer)?;
        let body = serde_json::from_str(&text).unwrap_or_default();
        Ok(Answer { request, status, body, text })
    }
}

impl Answer {
    /// Whether what was asked for is not there.
    pub(crate) fn is_absent(&self) -> bool {
        self.status == 404
    }

    /// Whether the engine has no such function, or its operator does not offer it. Elasticsearch 7
    /// takes the function's name for an index's, none of which begins with an underscore.
    pub(crate) fn is_unknown_function(&self) -> bool {
        let index = self.body.pointer("/error/index").and_then(Value::as_str);
        matches!(self.status, 400 | 405 | 501)
            || index.is_some_and(|index| index.starts_with('_'))
            || matches!(self.status, 401 | 403) && self.text.contains("is not allowed")
    }

    /// Whether it is neither a refusal nor an absence.
    pub(crate) fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// Whether the certificate of the other side was not accepted.
fn is_distrust(error: &ureq::Error) -> bool {
    let tls = match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref().and_then(|error| error.downcast_ref()),
        _ => None,
    };
    matches!(tls, Some(rustls::Error::InvalidCertificate(_)))
}
