//! What tracebacks cost: finding that a text holds none, taking one apart, and hostile texts that
//! look like one.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::indexing_slicing,
    clippy::cast_precision_loss,
    missing_docs
)]

#[path = "hostile/look_alikes.rs"]
mod look_alikes;
mod mixed_logs;
mod pairs;

use std::hint::black_box;

use look_alikes::LOOK_ALIKES;
use nozzle::traceback::find_traceback;
use nozzle::{Config, Settings, transform};

/// Documents of so many bytes all fit into a response.
const PAYLOAD_SIZE: usize = 2_250_000;
const MEGABYTE: usize = 1 << 20;

fn main() {
    let logs = mixed_logs::logs(PAYLOAD_SIZE);
    let without: Vec<String> = logs.iter().map(|log| without_traceback(log)).collect();
    in_the_transformation(&logs, &without);
    in_texts_without(&without);
    hostile_texts();
}

/// The same log, byte for byte as long, in which no traceback can be found.
fn without_traceback(log: &str) -> String {
    log.replace("Traceback (most", "Trackback (most").replace("  File \\\"", "  Pile \\\"")
}

/// The event of ordinary logs, 3 % of them with a traceback, beside the same without.
fn in_the_transformation(logs: &[String], without: &[String]) {
    let config = Config::compile_locally(&Settings::default()).unwrap();
    let [event, event_without] = [logs, without].map(mixed_logs::event);
    let transform = |event: &[u8]| {
        let mut response = Vec::new();
        transform(black_box(event), &config, &mut response).unwrap()
    };
    assert!(transform(&event).counts.tracebacks > 0);
    assert_eq!(transform(&event_without).counts.tracebacks, 0);
    pairs::compare(
        &format!("event of {:.1} MB, 3 % of its logs with a traceback", event.len() as f64 / 1e6),
        "the same event with none",
        || pairs::time(|| transform(&event)),
        || pairs::time(|| transform(&event_without)),
    );
}

/// Texts without a traceback, beside one search for a single literal that they do not hold.
fn in_texts_without(logs: &[String]) {
    let size: usize = logs.iter().map(String::len).sum();
    println!();
    pairs::compare(
        &format!("{:.1} MB of texts without a traceback", size as f64 / 1e6),
        "serde_json::Value: parse those that are JSON, and write them",
        || {
            pairs::time(|| {
                logs.iter().filter(|log| find_traceback(black_box(log)).is_some()).count()
            })
        },
        || {
            pairs::time(|| {
                logs.iter().filter_map(|log| parse_and_write(black_box(log))).sum::<usize>()
            })
        },
    );
}

fn parse_and_write(log: &str) -> Option<usize> {
    let value: serde_json::Value = serde_json::from_str(log).ok()?;
    Some(serde_json::to_string(&value).unwrap().len())
}

/// A megabyte of lines that look like a traceback's, and four times as much beside once.
fn hostile_texts() {
    println!("\na text of 1 MiB{:>42}   of a quarter's", "ms");
    for seed in LOOK_ALIKES {
        let time = |length: usize| {
            let text = seed.repeat(length / seed.len());
            pairs::time(|| find_traceback(black_box(&text)).is_some())
        };
        let (quarter, whole) = (time(MEGABYTE / 4), time(MEGABYTE));
        let shown = format!("{seed:?}");
        println!(
            "  {shown:45} {:9.2} {:16.1}",
            whole.as_secs_f64() * 1e3,
            whole.as_secs_f64() / quarter.as_secs_f64(),
        );
    }
}
