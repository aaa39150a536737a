//! What a cold start costs before the first event, and what the first event costs more than the
//! second: whatever is compiled on first use.

#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::indexing_slicing, missing_docs)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use nozzle::{Config, Settings, transform};

const ROUNDS: usize = 101;
const SECRETS: &str = "events/secrets-in-text.json";

fn main() {
    let settings = Settings::default();
    let start = Instant::now();
    let config = Config::compile_locally(&settings).unwrap();
    println!("configuration, the first time   {:8.1} µs", microseconds(start.elapsed()));
    let event = std::fs::read(SECRETS).unwrap();
    let mut response = Vec::new();
    for which in ["first ", "second"] {
        let start = Instant::now();
        transform(black_box(&event), &config, &mut response).unwrap();
        println!("{SECRETS}, {which}  {:8.1} µs", microseconds(start.elapsed()));
    }
    let mut times: Vec<Duration> = (0..ROUNDS)
        .map(|_| {
            let start = Instant::now();
            black_box(Config::compile_locally(&settings).unwrap());
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    println!("configuration, median of {ROUNDS}    {:8.1} µs", microseconds(times[ROUNDS / 2]));
}

fn microseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
