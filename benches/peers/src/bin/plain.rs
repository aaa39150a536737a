//! The plain way in Rust: `aws_lambda_events`, a dozen regular expressions one after another,
//! `serde_json::Value`, three fields more.

use std::env::args_os;
use std::error::Error;
use std::fs;
use std::io::{Write, stdout};

use aws_lambda_events::event::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use regex::{NoExpand, Regex};
use serde_json::{Map, Value};

fn main() -> Result<(), Box<dyn Error>> {
    let patterns: Vec<Regex> =
        include_str!("../../patterns.txt").lines().map(Regex::new).collect::<Result<_, _>>()?;
    let mut out = stdout().lock();
    for file in args_os().skip(1) {
        let event: KinesisFirehoseEvent = serde_json::from_slice(&fs::read(file)?)?;
        let mut response = KinesisFirehoseResponse::default();
        for record in event.records {
            let mut document = document(&masked(&record.data.0, &patterns));
            let day = record.approximate_arrival_timestamp.format("%Y-%m-%d");
            document.insert("service".to_owned(), "checkout".into());
            document.insert("environment".to_owned(), "prod".into());
            document.insert("index".to_owned(), format!("logs-{day}").into());
            let mut answer = KinesisFirehoseResponseRecord::default();
            answer.record_id = record.record_id;
            answer.result = Some("Ok".to_owned());
            answer.data.0 = serde_json::to_vec(&document)?;
            response.records.push(answer);
        }
        out.write_all(&serde_json::to_vec(&response)?)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// The text without its secrets. What a pattern's group matches, the secret's name, stays.
fn masked(payload: &[u8], patterns: &[Regex]) -> String {
    let mut text = String::from_utf8_lossy(payload).into_owned();
    for pattern in patterns {
        let masked = if pattern.captures_len() > 1 {
            pattern.replace_all(&text, "${1}[REDACTED]")
        } else {
            pattern.replace_all(&text, NoExpand("[REDACTED]"))
        };
        if let std::borrow::Cow::Owned(masked) = masked {
            text = masked;
        }
    }
    text
}

fn document(text: &str) -> Map<String, Value> {
    match serde_json::from_str(text) {
        Ok(Value::Object(document)) => document,
        _ => Map::from_iter([("message".to_owned(), text.into())]),
    }
}
