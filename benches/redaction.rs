//! What redaction costs: of an event of ordinary logs, of hostile texts, and before the first event.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs
)]

#[path = "hostile/keywords.rs"]
mod keywords;
mod mixed_logs;
mod pairs;

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::Duration;

use keywords::KEYWORDS;
use nozzle::document::Document;
use nozzle::json::{Value, read};
use nozzle::redact::{RedactionSettings, Redactor, Rule, rules};
use nozzle::{Config, Settings, transform};

/// As many bytes as the benchmark event of the design holds.
const PAYLOAD_SIZE: usize = 3_000_000;
/// So many documents that the clock's own time does not count, and so few that they are still in
/// the processor's cache when they are redacted, as they are in the pipeline.
const BATCH: usize = 16;

fn main() {
    let logs = json_logs(PAYLOAD_SIZE);
    let redactor = Redactor::new(&RedactionSettings::default()).unwrap();
    let size: usize = logs.iter().map(String::len).sum();
    pairs::compare(
        &format!("redaction of {:.1} MB of JSON logs, {} documents", size as f64 / 1e6, logs.len()),
        "serde_json::Value: parse and write",
        || logs.chunks(BATCH).map(|logs| time_of_redaction(&redactor, logs)).sum(),
        || parse_and_write(&logs),
    );
    in_the_transformation();
    first_uses(&redactor);
    hostile_texts(&redactor, &logs.join("\n"));
}

/// How long redaction takes of documents that intake has just made.
fn time_of_redaction(redactor: &Redactor, logs: &[String]) -> Duration {
    let mut counts = BTreeMap::new();
    let documents: Vec<_> = logs.iter().map(|log| (log, document(log))).collect();
    let redact = |(log, document): (&String, _)| {
        redactor.redact(document, &redactor.look_over(Some(log)).rules, &mut counts, None)
    };
    pairs::time(|| documents.into_iter().map(redact).collect::<Vec<_>>())
}

fn document(log: &str) -> Document<'_> {
    let Ok(Value::Object(source)) = read(log) else { unreachable!("the logs are objects") };
    Document { source, ..Document::default() }
}

/// How long the yardstick takes.
fn parse_and_write(logs: &[String]) -> Duration {
    let parse_and_write = |log: &String| {
        let value: serde_json::Value = serde_json::from_str(black_box(log)).unwrap();
        serde_json::to_string(&value).unwrap().len()
    };
    pairs::time(|| logs.iter().map(parse_and_write).sum::<usize>())
}

/// What redaction adds to the transformation of an event, in which the documents are in the
/// processor's cache anyway.
fn in_the_transformation() {
    /// Documents of so many bytes all fit into a response.
    const PAYLOAD_SIZE: usize = 2_250_000;
    let logs = json_logs(PAYLOAD_SIZE);
    let event = mixed_logs::event(&logs);
    let nothing = [("NOZZLE_REDACT".to_owned(), "none".to_owned())];
    let [with, without] = [Settings::default(), Settings::read(nothing).unwrap()]
        .map(|settings| Config::compile_locally(&settings).unwrap());
    let mut response = Vec::new();
    let mut time = |config: &Config| {
        pairs::time(|| transform(black_box(&event), config, &mut response).unwrap())
    };
    println!();
    pairs::compare(
        &format!("what redaction adds to an event of {:.1} MB", event.len() as f64 / 1e6),
        "serde_json::Value: parse and write",
        || time(&with).saturating_sub(time(&without)),
        || parse_and_write(&logs),
    );
}

/// Logs of at least `size` bytes together, without those that are no JSON.
fn json_logs(size: usize) -> Vec<String> {
    mixed_logs::logs(size).into_iter().filter(|log| log.starts_with('{')).collect()
}

/// What it costs to compile each pattern when it is first used.
fn first_uses(redactor: &Redactor) {
    let is_on = |rule: &&Rule| redactor.is_on(rule.id);
    let time = |redactor: &Redactor, example: &str| {
        let example = example.replace(['«', '»'], "");
        pairs::time(|| redactor.redact_text(&example, &mut BTreeMap::new(), None))
    };
    let all: Vec<&str> =
        rules::all().filter(is_on).flat_map(|rule| rule.examples).copied().collect();
    let first: Duration = all.iter().map(|example| time(redactor, example)).sum();
    let second: Duration = all.iter().map(|example| time(redactor, example)).sum();
    println!("\nall {} examples of the rules, one by one", all.len());
    println!("  first time   {:8.2} ms, in which the patterns are compiled", milliseconds(first));
    println!("  second time  {:8.2} ms", milliseconds(second));
}

/// A megabyte of each of these beside a megabyte of logs, and four times as much beside once.
fn hostile_texts(redactor: &Redactor, ordinary: &str) {
    const MEGABYTE: usize = 1 << 20;
    let time = |text: &str| pairs::time(|| redactor.redact_text(text, &mut BTreeMap::new(), None));
    let of_logs = time(ordinary.get(..MEGABYTE).unwrap());
    println!("\na text of 1 MiB{:>26}   of the logs' time   of a quarter's", "ms");
    println!("  {:30} {:8.2}", "the logs above", milliseconds(of_logs));
    for seed in KEYWORDS {
        let text = |length: usize| seed.repeat(length / seed.len());
        let (quarter, whole) = (time(&text(MEGABYTE / 4)), time(&text(MEGABYTE)));
        println!(
            "  {:30} {:8.2} {:19.1} {:16.1}",
            format!("{seed:?}"),
            milliseconds(whole),
            whole.as_secs_f64() / of_logs.as_secs_f64(),
            whole.as_secs_f64() / quarter.as_secs_f64(),
        );
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
