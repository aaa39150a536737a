//! The gate of cost: how many instructions the function and the command take for fixed work, how
//! large the function is, and whether that is more than it was.
//!
//! Times cannot be told apart within a few percent on a shared machine; counts of instructions can.
//! They are counted by callgrind, whose processor knows the same instructions on every machine that
//! has AVX2, so that `memchr` and the C library choose the same code.
//!
//! `.ci/check-instructions` builds everything and runs this; with `--renew` it writes the baseline.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    missing_docs
)]

mod baseline;
mod callgrind;
mod events;
#[path = "../mixed_logs/mod.rs"]
mod mixed_logs;
mod runtime_api;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use baseline::{Baseline, Count};

const FUNCTION: &str = env!("CARGO_BIN_EXE_bootstrap");
const COMMAND: &str = env!("CARGO_BIN_EXE_nozzle");

/// How many times the instructions of the empty function a cold start may take.
const MOST_TIMES_EMPTY: f64 = 1.15;
const EMPTY_START: &str = "empty function, start";
const START: &str = "function, start";

/// How often an event is transformed in one process, to tell the first time from each further one.
const ROUNDS: usize = 3;

fn main() -> ExitCode {
    if !callgrind::is_installed() {
        assert!(std::env::var_os("CI").is_none(), "valgrind is missing in CI");
        eprintln!("\n*** NOT COUNTED: valgrind is missing; install it\n");
        return ExitCode::SUCCESS;
    }
    let mut counts = count_all();
    counts.extend(sizes_of_function());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/instructions/baseline.toml");
    if std::env::args().any(|argument| argument == "--renew") {
        Baseline::new(counts.clone()).write(&path);
        println!("the baseline is renewed: {}", path.display());
        return verdict(is_light(&counts));
    }
    let is_as_before = Baseline::read(&path).compare(&counts);
    verdict(is_light(&counts) && is_as_before)
}

fn verdict(is_good: bool) -> ExitCode {
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether a cold start costs hardly more than an empty function's.
#[allow(clippy::cast_precision_loss, reason = "the counts have far fewer than 52 bits")]
fn is_light(counts: &[Count]) -> bool {
    let of = |name: &str| counts.iter().find(|count| count.name == name).unwrap().value;
    let ratio = of(START) as f64 / of(EMPTY_START) as f64;
    println!("a start takes {ratio:.3} times what an empty function's takes");
    if ratio > MOST_TIMES_EMPTY {
        println!(
            "TOO MUCH: {MOST_TIMES_EMPTY} is the bound; make at the first event what it needs"
        );
    }
    ratio <= MOST_TIMES_EMPTY
}

/// How many bytes are loaded at a cold start, and how many of a package are fetched before.
fn sizes_of_function() -> [Count; 2] {
    let program = std::fs::read(FUNCTION).unwrap();
    let mut zipped = DeflateEncoder::new(Vec::new(), Compression::best());
    zipped.write_all(&program).unwrap();
    let zipped = zipped.finish().unwrap();
    [("function, bytes", program), ("function, bytes when zipped", zipped)]
        .map(|(name, bytes)| Count { name: name.to_owned(), value: bytes.len() as u64 })
}

/// All counts, in a fixed order. Two processes run at a time.
fn count_all() -> Vec<Count> {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, event: Vec<u8>| {
        let path = folder.path().join(name);
        std::fs::write(&path, event).unwrap();
        path
    };
    let empty = Path::new(FUNCTION).with_file_name("examples").join("empty_function");
    let small = events::small();
    let files = [
        ("mixed event", file("mixed", events::mixed())),
        ("lines of text", file("texts", events::texts())),
        ("CloudWatch in gzip", file("cloudwatch", events::cloudwatch())),
        ("tracebacks with secrets", file("tracebacks", events::tracebacks_with_secrets())),
    ];
    let mut works: Vec<Work> = vec![
        Work { name: EMPTY_START.to_owned(), run: Run::Function(empty, Vec::new()) },
        Work { name: START.to_owned(), run: Run::Function(FUNCTION.into(), Vec::new()) },
        Work {
            name: "function, start and a small event".to_owned(),
            run: Run::Function(FUNCTION.into(), vec![small]),
        },
    ];
    for (name, path) in files {
        // The longest first, so that none is left for the end.
        for (what, rounds) in [("further", ROUNDS), ("first", 1)] {
            let run = Run::Command(vec![path.clone(); rounds]);
            works.insert(0, Work { name: format!("{name}, {what}"), run });
        }
    }
    works.sort_by_key(|work| std::cmp::Reverse(work.run.size()));
    let counted = Mutex::new(Vec::new());
    let waiting = Mutex::new(works.into_iter());
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                loop {
                    let Some(work) = waiting.lock().unwrap().next() else { return };
                    let value = work.run.count();
                    counted.lock().unwrap().push(Count { name: work.name, value });
                }
            });
        }
    });
    let mut counts = counted.into_inner().unwrap();
    counts.sort_by(|a, b| a.name.cmp(&b.name));
    take_first_from_further(&mut counts);
    counts
}

/// Of several rounds in one process, what one after the first takes.
fn take_first_from_further(counts: &mut [Count]) {
    for at in 1..counts.len() {
        let name = counts[at].name.strip_suffix(", further");
        let first = name.map(|name| format!("{name}, first"));
        if first.is_some_and(|first| first == counts[at - 1].name) {
            let rounds = counts[at].value - counts[at - 1].value;
            counts[at].value = rounds / (ROUNDS as u64 - 1);
        }
    }
}

/// One process to be counted.
struct Work {
    name: String,
    run: Run,
}

enum Run {
    /// A function, from its start until it asks for one event more than these.
    Function(PathBuf, Vec<Vec<u8>>),
    /// The command, which transforms these files.
    Command(Vec<PathBuf>),
}

impl Run {
    fn count(&self) -> u64 {
        match self {
            Self::Function(program, events) => callgrind::count_function(program, events),
            Self::Command(files) => callgrind::count_command(COMMAND, files),
        }
    }

    /// How long it takes, about.
    fn size(&self) -> u64 {
        match self {
            Self::Function(..) => 0,
            Self::Command(files) => files.iter().map(|file| file.metadata().unwrap().len()).sum(),
        }
    }
}
