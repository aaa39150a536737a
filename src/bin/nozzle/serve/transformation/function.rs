//! A function that runs elsewhere: AWS's emulator, `cargo lambda watch`, or whatever takes an event
//! with `POST`.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::failure::Failure;
use crate::client::{Answer, Client, Content, Fault, RequestError};
use crate::complain;
use crate::pretty::printable;
use crate::serve::stopping::Stopping;

/// The pauses before the three attempts that follow a failed one.
const PAUSES: [Duration; 3] =
    [Duration::from_millis(200), Duration::from_millis(500), Duration::from_secs(1)];
/// The longest answer of a function, in bytes: Lambda's 6 MB and some, as its emulator has them.
const LONGEST_ANSWER: usize = 6_291_556;
/// How much of an error's name is shown.
const LONGEST_NAME: usize = 80;

/// A function at a URL.
pub(in crate::serve) struct Function {
    client: Client,
    /// The emulator does not survive two calls at once.
    is_running: Mutex<()>,
}

impl Function {
    pub(in crate::serve) fn new(client: Client) -> Self {
        Self { client, is_running: Mutex::new(()) }
    }

    /// Calls the function, up to four times. Returns its answer and how many times it was called.
    pub(super) fn invoke(
        &self,
        event: &[u8],
        stopping: &Stopping,
    ) -> (Result<Value, Failure>, u32) {
        let mut pauses = PAUSES.iter();
        let mut attempts = 1;
        loop {
            let error = match self.invoke_once(event) {
                Ok(answer) => return (Ok(answer), attempts),
                Err(error) => error,
            };
            let Some(pause) = pauses.next() else { return (Err(error), attempts) };
            // With the end near the attempts that are left come one after the other.
            stopping.wait(pause.mul_f64(0.75 + fastrand::f64() / 2.0));
            attempts += 1;
        }
    }

    fn invoke_once(&self, event: &[u8]) -> Result<Value, Failure> {
        let _running = self.is_running.lock().unwrap_or_else(PoisonError::into_inner);
        let content = Content { body: Some(("application/json", event)), headers: &[] };
        let started = Instant::now();
        let answer = self.client.send_once("POST", "", content);
        answer.map_err(|error| unanswered(&error, started)).and_then(read)
    }
}

/// Tells what was wrong with a call that was not answered.
fn unanswered(error: &RequestError, started: Instant) -> Failure {
    complain(&format!("nozzle: {error}"));
    match error.fault {
        // A function may be late by five minutes; a connection fails much sooner.
        Fault::Unreachable(_) if started.elapsed() >= Duration::from_mins(1) => {
            Failure::timed_out()
        }
        _ => Failure::unreachable(),
    }
}

/// The function's answer, unless it is an error. The emulator answers 200 even then, and the body
/// tells.
fn read(answer: Answer) -> Result<Value, Failure> {
    let error_type = answer.body.get("errorType").and_then(Value::as_str);
    let failure = match answer.status {
        200 if answer.text.len() > LONGEST_ANSWER => Failure::function_error(),
        200 if error_type.is_some() => Failure::function_error(),
        200 if answer.text.contains("Task timed out after") && !answer.body.is_object() => {
            Failure::timed_out()
        }
        200 => return Ok(answer.body),
        401 | 403 => Failure::access_denied(),
        404 => Failure::no_such_function(),
        429 => Failure::limit_exceeded(),
        _ => Failure::function_error(),
    };
    let mut name = printable(error_type.unwrap_or_default());
    name.truncate(name.floor_char_boundary(LONGEST_NAME));
    let (request, status, code) = (&answer.request, answer.status, failure.code);
    complain(&format!("nozzle: {request}: answered {status} {name}: {code}"));
    Err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(status: u16, text: &str) -> Result<Value, &'static str> {
        let body = serde_json::from_str(text).unwrap_or_default();
        let answer = Answer { request: "POST f".to_owned(), status, body, text: text.to_owned() };
        read(answer).map_err(|failure| failure.code)
    }

    #[test]
    fn errors_of_a_function_have_firehoses_names() {
        for (status, text, expected) in [
            (200, r#"{"errorType":"E","errorMessage":"m"}"#, "Lambda.FunctionError"),
            (
                200,
                "2026-12-01T00:00:00Z x Task timed out after 1.00 seconds",
                "Lambda.FunctionTimedOut",
            ),
            (500, "", "Lambda.FunctionError"),
            (502, r#"{"errorType":"Runtime.ExitError"}"#, "Lambda.FunctionError"),
            (403, "", "Lambda.InvokeAccessDenied"),
            (404, "", "Lambda.ResourceNotFound"),
            (429, "", "Lambda.InvokeLimitExceeded"),
        ] {
            assert_eq!(judged(status, text), Err(expected), "{status} {text}");
        }
        assert_eq!(judged(200, r#"{"records":[]}"#), Ok(serde_json::json!({"records": []})));
        assert_eq!(judged(200, "Task"), Ok(Value::Null));
        let long = format!(r#"{{"records":[],"x":"{}"}}"#, "x".repeat(LONGEST_ANSWER));
        assert_eq!(judged(200, &long), Err("Lambda.FunctionError"));
    }
}
