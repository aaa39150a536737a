//! Why a request was of no use.

use std::fmt;

use super::credentials::Credentials;
use crate::pretty::printable;

/// How much of an engine's own words is shown.
const LONGEST_REASON: usize = 500;

/// A request and what was wrong with it. It never holds a credential.
#[derive(Debug)]
pub(crate) struct RequestError {
    /// Its method and address.
    pub request: String,
    /// What was wrong.
    pub fault: Fault,
    /// What to do.
    pub advice: &'static str,
}

/// What can be wrong with a request.
#[derive(Debug)]
pub(crate) enum Fault {
    /// No answer came, and why.
    Unreachable(String),
    /// The answer's status, with the engine's reason.
    Refused(u16, String),
    /// The answer leads elsewhere.
    Redirected(String),
    /// The answer is not what this request is answered with.
    NotUnderstood,
    /// It could not be signed.
    NotSigned,
}

impl RequestError {
    /// An answer that is a refusal.
    pub(crate) fn refused(
        request: &str,
        status: u16,
        text: &str,
        credentials: &Credentials,
    ) -> Self {
        let advice = match status {
            401 => credentials.advice(),
            403 => {
                "the identity needs the right to manage templates, pipelines, policies and saved objects: es:ESHttp* in the domain's access policy, and a role that is mapped to it where fine-grained access control is on"
            }
            404 => "check the address",
            429 | 500..=599 => "try again when the engine is well",
            _ => "see what the engine says",
        };
        let fault = Fault::Refused(status, reason(text));
        Self { request: request.to_owned(), fault, advice }
    }

    /// An answer of something else than a search engine or its dashboards.
    pub(crate) fn not_understood(request: &str) -> Self {
        Self {
            request: request.to_owned(),
            fault: Fault::NotUnderstood,
            advice: "check that the address is that of OpenSearch or Elasticsearch, and of their dashboards",
        }
    }

    /// Whether nobody answered at all.
    pub(crate) fn is_unreachable(&self) -> bool {
        matches!(self.fault, Fault::Unreachable(_))
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: ", self.request)?;
        match &self.fault {
            Fault::Unreachable(why) => write!(formatter, "no answer: {why}")?,
            Fault::Refused(status, reason) => write!(formatter, "answered {status}: {reason}")?,
            Fault::Redirected(to) => write!(formatter, "leads to {to}")?,
            Fault::NotUnderstood => formatter.write_str("the answer is not understood")?,
            Fault::NotSigned => formatter.write_str("cannot be signed")?,
        }
        write!(formatter, "; {}", self.advice)
    }
}

/// What an engine says in an answer, in one short line.
fn reason(text: &str) -> String {
    let answer: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let places = [
        "/error/caused_by/caused_by/reason",
        "/error/caused_by/reason",
        "/error/reason",
        "/message",
        "/Message",
        "/error",
    ];
    let told = places.iter().find_map(|place| answer.pointer(place)?.as_str());
    let line = told.unwrap_or(text).split_whitespace().collect::<Vec<_>>().join(" ");
    let short = line.get(..line.floor_char_boundary(LONGEST_REASON)).unwrap_or_default();
    if short.is_empty() { "without a word".to_owned() } else { printable(short) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_reason_is_told_in_one_line() {
        let cases = [
            (r#"{"error":{"reason":"a","caused_by":{"reason":"b\nc"}},"status":400}"#, "b c"),
            (r#"{"error":"no handler found","status":400}"#, "no handler found"),
            (r#"{"Message":"not allowed"}"#, "not allowed"),
            ("<html>\n gone \u{1b}[1m</html>", "<html> gone \u{fffd}[1m</html>"),
            ("", "without a word"),
        ];
        for (text, expected) in cases {
            assert_eq!(reason(text), expected);
        }
        assert!(reason(&"x".repeat(9_999)).len() <= LONGEST_REASON);
    }
}
