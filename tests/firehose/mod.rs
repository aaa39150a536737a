//! A stand-in for Amazon Data Firehose on the loopback interface: `PutRecordBatch` as it goes over
//! the wire, with every refusal that the real one knows, and failures on demand.
//!
//! Sources: `PutRecordBatch` and *Common errors*
//! (<https://docs.aws.amazon.com/firehose/latest/APIReference/>), *AWS JSON 1.1 protocol*
//! (<https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html>), *Signature Version 4*
//! (<https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html>),
//! and for the words of the refusals what producers were told (osquery/osquery#3568,
//! boto/boto3#2804).
//!
//! Signatures are checked for their form, not for their value.

// Each test takes what it needs.
#![allow(dead_code)]

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

const JSON: &str = "application/x-amz-json-1.1";
const TARGET: &str = "Firehose_20150804.PutRecordBatch";

/// What is done with one request that has nothing wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Script {
    /// All of it is accepted.
    Accept,
    /// Refused as a whole, as over the stream's quota.
    Throttle,
    /// Refused as a whole with this error.
    Refuse {
        /// The HTTP status.
        status: u16,
        /// The error's type.
        code: &'static str,
    },
    /// Accepted but for some entries.
    PartialFailure {
        /// Whether an entry fails, over and over from the first.
        fails: Vec<bool>,
        /// The `ErrorCode` of those that do.
        code: &'static str,
    },
    /// What a proxy says when the service behind it does not answer.
    ServerError(u16),
    /// Accepted, after a while.
    Slow(Duration),
    /// Accepted, and the connection is closed after the answer, as one that has idled for long.
    AcceptAndClose,
    /// The connection is closed without an answer, and nothing is accepted.
    CutBefore,
    /// All of it is accepted, but the connection is closed in the middle of the answer.
    CutDuring,
    /// 200, and no JSON.
    Garbage,
    /// 200, and an answer too few.
    WrongCount,
}

/// A request that had nothing wrong with it.
#[derive(Clone, Debug)]
pub(crate) struct Request {
    /// What it held.
    pub(crate) documents: Vec<Vec<u8>>,
    /// Which of them were accepted.
    pub(crate) accepted: Vec<Vec<u8>>,
    /// The bytes of its body.
    pub(crate) size: usize,
}

#[derive(Debug, Default)]
struct State {
    script: VecDeque<Script>,
    rest: Option<Script>,
    requests: Vec<Request>,
    violations: Vec<String>,
    connections: usize,
}

/// A running endpoint with one stream. It ends when this is dropped.
#[derive(Debug)]
pub(crate) struct Firehose {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    stopping: Arc<std::sync::atomic::AtomicBool>,
}

impl Firehose {
    /// An endpoint that accepts whatever is put into `stream`.
    pub(crate) fn start(stream: &str) -> Self {
        Self::scripted(stream, [])
    }

    /// An endpoint that follows the script, a line for each request, and accepts what comes after.
    pub(crate) fn scripted(stream: &str, script: impl IntoIterator<Item = Script>) -> Self {
        Self::run(stream, script.into_iter().collect(), Script::Accept)
    }

    /// An endpoint that does the same to every request.
    pub(crate) fn always(stream: &str, script: Script) -> Self {
        Self::run(stream, VecDeque::new(), script)
    }

    fn run(stream: &str, script: VecDeque<Script>, rest: Script) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = State { script, rest: Some(rest), ..State::default() };
        let firehose =
            Self { address, state: Arc::new(Mutex::new(state)), stopping: Arc::default() };
        let (state, stopping) = (Arc::clone(&firehose.state), Arc::clone(&firehose.stopping));
        let stream = stream.to_owned();
        thread::spawn(move || {
            for connection in listener.incoming() {
                if stopping.load(std::sync::atomic::Ordering::SeqCst) {
                    return;
                }
                let Ok(connection) = connection else { continue };
                lock(&state).connections += 1;
                let (state, stream) = (Arc::clone(&state), stream.clone());
                // A connection that breaks is the client's business.
                thread::spawn(move || serve(&connection, &stream, &state));
            }
        });
        firehose
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The requests that had nothing wrong with them, in the order of their arrival.
    pub(crate) fn requests(&self) -> Vec<Request> {
        lock(&self.state).requests.clone()
    }

    /// Every document that was accepted, as often as it was.
    pub(crate) fn accepted(&self) -> Vec<Vec<u8>> {
        self.requests().into_iter().flat_map(|request| request.accepted).collect()
    }

    /// What the real Firehose would have refused.
    pub(crate) fn violations(&self) -> Vec<String> {
        lock(&self.state).violations.clone()
    }

    /// How many connections were made.
    pub(crate) fn connections(&self) -> usize {
        lock(&self.state).connections
    }
}

impl Drop for Firehose {
    fn drop(&mut self) {
        self.stopping.store(true, std::sync::atomic::Ordering::SeqCst);
        // Wakes the listener, which then sees the flag.
        let _ = TcpStream::connect(self.address);
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// One refusal: status, type and message.
struct Refusal(u16, &'static str, String);

/// Answers the requests of one connection until either side closes it.
fn serve(connection: &TcpStream, stream: &str, state: &Mutex<State>) -> io::Result<()> {
    connection.set_nodelay(true)?;
    let mut reader = BufReader::new(connection);
    while let Some((head, headers)) = read_head(&mut reader)? {
        let length = headers.get("content-length").and_then(|value| value.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        if headers.get("expect").is_some_and(|value| value == "100-continue") {
            write_all(connection, b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        reader.read_exact(&mut body)?;
        match check(&head, &headers, &body, stream) {
            Ok(documents) => {
                let size = body.len();
                if !act(connection, documents, size, state)? {
                    return Ok(());
                }
            }
            Err(refusal) => {
                lock(state).violations.push(format!("{}: {}", refusal.1, refusal.2));
                respond(connection, refusal.0, JSON, &error(refusal.1, &refusal.2))?;
            }
        }
    }
    Ok(())
}

/// The request line, and the headers with their names in lower case; `None` where the client has
/// closed the connection.
fn read_head(reader: &mut impl BufRead) -> io::Result<Option<(String, BTreeMap<String, String>)>> {
    let mut head = String::new();
    if reader.read_line(&mut head)? == 0 {
        return Ok(None);
    }
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        match line.trim_end().split_once(':') {
            Some((name, value)) => {
                headers.insert(name.to_ascii_lowercase(), value.trim().to_owned());
            }
            None => return Ok(Some((head.trim_end().to_owned(), headers))),
        }
    }
}

/// The documents of a request that Firehose would take.
fn check(
    head: &str,
    headers: &BTreeMap<String, String>,
    body: &[u8],
    stream: &str,
) -> Result<Vec<Vec<u8>>, Refusal> {
    let header = |name: &str| headers.get(name).map_or("", String::as_str);
    if head != "POST / HTTP/1.1" || header("x-amz-target") != TARGET {
        return Err(Refusal(400, "UnknownOperationException", head.to_owned()));
    }
    if header("content-type") != JSON {
        let message = format!("content-type {:?}", header("content-type"));
        return Err(Refusal(400, "UnknownOperationException", message));
    }
    if header("authorization").is_empty() {
        let message = "Missing Authentication Token".to_owned();
        return Err(Refusal(403, "MissingAuthenticationTokenException", message));
    }
    check_signature(headers)
        .map_err(|fault| Refusal(400, "IncompleteSignatureException", fault.to_owned()))?;
    let malformed = |what: &str| Refusal(400, "SerializationException", what.to_owned());
    let request: Value = serde_json::from_slice(body).map_err(|_| malformed("no JSON"))?;
    let name = request["DeliveryStreamName"].as_str().ok_or_else(|| malformed("no name"))?;
    let records = request["Records"].as_array().ok_or_else(|| malformed("no records"))?;
    let invalid = |what: String| {
        let message = format!("1 validation error detected: {what}");
        Refusal(400, "ValidationException", message)
    };
    if records.is_empty() || records.len() > 500 {
        let bound = if records.is_empty() {
            "greater than or equal to 1"
        } else {
            "less than or equal to 500"
        };
        return Err(invalid(format!(
            "Value at 'records' failed to satisfy constraint: Member must have length {bound}"
        )));
    }
    let mut documents = Vec::new();
    for (index, record) in records.iter().enumerate() {
        let data = record["Data"].as_str().ok_or_else(|| malformed("no data"))?;
        let document = base64_simd::STANDARD
            .decode_to_vec(data)
            .map_err(|_| malformed("data is not base64"))?;
        if document.len() > 1_024_000 {
            return Err(invalid(format!(
                "Value at 'records.{}.member.data' failed to satisfy constraint: Member must have length less than or equal to 1024000",
                index + 1
            )));
        }
        documents.push(document);
    }
    // The stricter of the two readings of this limit.
    if body.len() > 4 * 1024 * 1024 {
        let message = "Records size exceeds 4 MB limit".to_owned();
        return Err(Refusal(400, "InvalidArgumentException", message));
    }
    if name != stream {
        let message = format!("Firehose {name} under account 123456789012 not found.");
        return Err(Refusal(400, "ResourceNotFoundException", message));
    }
    Ok(documents)
}

fn check_signature(headers: &BTreeMap<String, String>) -> Result<(), &'static str> {
    let authorization = headers.get("authorization").map_or("", String::as_str);
    let parts = authorization.strip_prefix("AWS4-HMAC-SHA256 ").ok_or("another algorithm")?;
    let parts: BTreeMap<_, _> =
        parts.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let credential = parts.get("Credential").ok_or("no Credential")?;
    let [id, date, region, service, end] = credential.split('/').collect::<Vec<_>>()[..] else {
        return Err("a Credential of another form");
    };
    if id.is_empty() || region.is_empty() || (service, end) != ("firehose", "aws4_request") {
        return Err("another scope");
    }
    let time = headers.get("x-amz-date").ok_or("no X-Amz-Date")?;
    let form: String = time.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    if form != "00000000T000000Z" || !time.starts_with(date) || date.len() != 8 {
        return Err("another date");
    }
    let signed: Vec<_> = parts.get("SignedHeaders").ok_or("no SignedHeaders")?.split(';').collect();
    if !["host", "x-amz-date"].iter().all(|name| signed.contains(name)) {
        return Err("host and x-amz-date are not signed");
    }
    if !signed.iter().all(|name| headers.contains_key(*name)) {
        return Err("a signed header is missing");
    }
    let signature = parts.get("Signature").ok_or("no Signature")?;
    let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    if signature.len() != 64 || !signature.bytes().all(hex) {
        return Err("a Signature of another form");
    }
    Ok(())
}

/// Does to a good request what the script says. False when the connection is to be closed.
fn act(
    connection: &TcpStream,
    documents: Vec<Vec<u8>>,
    size: usize,
    state: &Mutex<State>,
) -> io::Result<bool> {
    let count = documents.len();
    let (script, number) = {
        let mut state = lock(state);
        let script = state.script.pop_front().or_else(|| state.rest.clone());
        let script = script.unwrap_or(Script::Accept);
        let accepted = match &script {
            Script::Accept | Script::AcceptAndClose | Script::Slow(_) | Script::CutDuring => {
                documents.clone()
            }
            Script::PartialFailure { fails, .. } => {
                let fails = fails.iter().cycle();
                documents
                    .iter()
                    .zip(fails)
                    .filter(|(_, fails)| !**fails)
                    .map(|(d, _)| d.clone())
                    .collect()
            }
            _ => Vec::new(),
        };
        state.requests.push(Request { documents, accepted, size });
        (script, state.requests.len())
    };
    let all = answer(number, count, |_| None);
    match script {
        Script::Accept => respond(connection, 200, JSON, &all)?,
        Script::Throttle => {
            respond(connection, 500, JSON, &error("ServiceUnavailableException", "Slow down."))?;
        }
        Script::Refuse { status, code } => {
            respond(connection, status, JSON, &error(code, "as the script says"))?;
        }
        Script::PartialFailure { fails, code } => {
            let failed = |index: usize| fails[index % fails.len()].then_some(code);
            respond(connection, 200, JSON, &answer(number, count, failed))?;
        }
        Script::ServerError(status) => {
            respond(connection, status, "text/html", "<html>no server is available</html>")?;
        }
        Script::Slow(duration) => {
            thread::sleep(duration);
            respond(connection, 200, JSON, &all)?;
        }
        Script::AcceptAndClose => {
            respond(connection, 200, JSON, &all)?;
            connection.shutdown(std::net::Shutdown::Both)?;
            return Ok(false);
        }
        Script::CutBefore => {
            connection.shutdown(std::net::Shutdown::Both)?;
            return Ok(false);
        }
        Script::CutDuring => {
            let whole = response(200, JSON, &all);
            write_all(connection, &whole[..whole.len() - all.len() / 2])?;
            connection.shutdown(std::net::Shutdown::Both)?;
            return Ok(false);
        }
        Script::Garbage => respond(connection, 200, "text/html", "<html>Welcome</html>")?,
        Script::WrongCount => {
            respond(connection, 200, JSON, &answer(number, count - 1, |_| None))?;
        }
    }
    Ok(true)
}

/// The answer to a request of `count` entries, of which some have an error code.
fn answer(number: usize, count: usize, failed: impl Fn(usize) -> Option<&'static str>) -> String {
    let entries: Vec<_> = (0..count)
        .map(|index| match failed(index) {
            Some(code) => json!({"ErrorCode": code, "ErrorMessage": "Slow down."}),
            None => json!({"RecordId": format!("{number:08}{index:048}")}),
        })
        .collect();
    let failures = (0..count).filter(|index| failed(*index).is_some()).count();
    json!({"FailedPutCount": failures, "Encrypted": false, "RequestResponses": entries}).to_string()
}

fn error(code: &str, message: &str) -> String {
    json!({"__type": code, "message": message}).to_string()
}

fn response(status: u16, content_type: &str, body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 {status} {}\r\nx-amzn-RequestId: f0000000-0000-4000-8000-000000000000\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n{body}",
        if status == 200 { "OK" } else { "Error" },
        body.len()
    )
    .into_bytes()
}

fn respond(connection: &TcpStream, status: u16, content_type: &str, body: &str) -> io::Result<()> {
    write_all(connection, &response(status, content_type, body))
}

fn write_all(mut connection: &TcpStream, bytes: &[u8]) -> io::Result<()> {
    connection.write_all(bytes)
}
