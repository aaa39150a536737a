//! Timing of two pieces of work beside each other: in turn, in one process, on one input. The
//! ratio is taken pair by pair, because a machine's speed drifts and a pair's does not.

use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 31;

/// Prints the times that both took and the median of their ratios.
pub(crate) fn compare(
    what: &str,
    yardstick_is: &str,
    mut ours: impl FnMut() -> Duration,
    mut yardstick: impl FnMut() -> Duration,
) {
    let mut pairs: Vec<(Duration, Duration)> = (0..ROUNDS).map(|_| (ours(), yardstick())).collect();
    let ratio =
        |(ours, yardstick): &(Duration, Duration)| ours.as_secs_f64() / yardstick.as_secs_f64();
    pairs.sort_by(|a, b| ratio(a).total_cmp(&ratio(b)));
    let (ours, yardstick) = pairs[ROUNDS / 2];
    println!("{what}");
    println!("  ours       {:6.2} ms", ours.as_secs_f64() * 1e3);
    println!("  yardstick  {:6.2} ms  {yardstick_is}", yardstick.as_secs_f64() * 1e3);
    println!(
        "  ratio      {:6.2}     median of {ROUNDS} pairs; {:.2} to {:.2}",
        ratio(&pairs[ROUNDS / 2]),
        ratio(&pairs[0]),
        ratio(&pairs[ROUNDS - 1])
    );
}

/// How long the work takes, without the time in which what it has made is dropped.
pub(crate) fn time<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    let result = black_box(work());
    let elapsed = start.elapsed();
    drop(result);
    elapsed
}
