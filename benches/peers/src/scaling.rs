//! What a byte costs, by the size of the event and of its records, and in hostile events.
//!
//! A process starts, and compiles what it uses for the first time, before it can be quick. What is
//! told here is what every further event costs: the difference of two runs, one of which is given
//! the event once.

use std::fs;
use std::path::Path;

use crate::events::{self, Event};
use crate::measure::{Run, Spread, in_turn};
use crate::programs::{Cost, Program, Programs};
use crate::{Result, chart, hostile};

const ORDINARY: &str = "ordinary";
const FILE: &str = "event";
/// How many bytes a program is given at least.
const WORKLOAD: usize = 14_000_000;
/// How long a program runs in each round at least, in seconds.
const LEAST: f64 = 0.1;
/// More often an event is not named: an operating system limits a command's length.
const MOST_NAMES: usize = 12_000;

/// Prints what a byte costs by size, and returns what is to be drawn of it.
pub(crate) fn sizes(
    programs: &Programs,
    folder: &Path,
    rounds: usize,
) -> Result<Vec<chart::Panel>> {
    println!("## By size\n");
    println!(
        "User time of each further event for each of its bytes, and beside it as a multiple of \
         what a byte of the mixed event of 3.5 MB costs.\n"
    );
    let mut panels = Vec::new();
    let by_event = ("bytes of the event, records as they come", events::event_sizes()?);
    let by_record = ("bytes of each record, events of 1.2 MB", events::record_sizes());
    for (axis, events) in [by_event, by_record] {
        println!(
            "| {axis} | records | Nozzle, ns a byte | times | yardstick, ns a byte | refused |"
        );
        println!("|--:|--:|--:|--:|--:|--:|");
        let mut points = Vec::new();
        let is_by_record = axis.starts_with("bytes of each record");
        for event in &events {
            let row = Row::measure(programs, folder, event, rounds)?;
            let size = if is_by_record { event.record_size } else { event.bytes.len() };
            println!(
                "| {size} | {} | {:.2} | **{:.2}** ({:.2} to {:.2}) | {:.2} | {} |",
                event.records,
                row.nozzle * 1e9,
                row.times.median,
                row.times.lowest,
                row.times.highest,
                row.yardstick * 1e9,
                row.refused,
            );
            points.push(chart::Point { size, nozzle: row.nozzle, yardstick: row.yardstick });
        }
        println!();
        panels.push(chart::Panel { axis: axis.to_owned(), points });
    }
    Ok(panels)
}

/// Prints what a byte of each hostile event costs.
pub(crate) fn hostile(
    programs: &Programs,
    folder: &Path,
    rounds: usize,
) -> Result<Vec<chart::Bar>> {
    println!("## Hostile events\n");
    println!(
        "The same, for events of 1.2 MB that are made to be expensive; by family, the most \
         expensive first. *First* is what the first event costs more than a further one.\n"
    );
    println!("| family | of | Nozzle, ns a byte | times | first, ms | refused |");
    println!("|---|---|--:|--:|--:|--:|");
    let mut bars = Vec::new();
    for family in hostile::families() {
        let mut rows = Vec::new();
        for event in &family.events {
            rows.push((event, Row::measure(programs, folder, event, rounds)?));
        }
        rows.sort_by(|(_, a), (_, b)| b.times.median.total_cmp(&a.times.median));
        if let Some((event, row)) = rows.first() {
            let name = format!("{}: {}", family.name, event.what);
            bars.push(chart::Bar { name, value: row.times.median });
        }
        for (event, row) in rows {
            println!(
                "| {} | {} | {:.2} | **{:.2}** | {:.1} | {} of {} |",
                family.name,
                event.what,
                row.nozzle * 1e9,
                row.times.median,
                row.first * 1e3,
                row.refused,
                event.records,
            );
        }
    }
    println!();
    Ok(bars)
}

/// What is measured of one event.
struct Row {
    /// Seconds of user time for each byte.
    nozzle: f64,
    yardstick: f64,
    /// Nozzle's, as a multiple of what a byte of the mixed event costs.
    times: Spread,
    /// Seconds by which the first event is more expensive than a further one.
    first: f64,
    refused: usize,
}

impl Row {
    fn measure(programs: &Programs, folder: &Path, event: &Event, rounds: usize) -> Result<Self> {
        let ordinary = events::ordinary();
        fs::write(folder.join(ORDINARY), &ordinary.bytes)?;
        fs::write(folder.join(FILE), &event.bytes)?;
        let answers = programs.nozzle.answers(folder, &[FILE])?;
        if answers.records() != event.records {
            return Err(format!("{}: not all records are answered", event.what).into());
        }
        let runs = [
            once(&programs.nozzle, ORDINARY),
            often(&programs.nozzle, ORDINARY, &ordinary),
            once(&programs.nozzle, FILE),
            often(&programs.nozzle, FILE, event),
            once(&programs.yardstick, FILE),
            often(&programs.yardstick, FILE, event),
        ];
        let costs = in_turn(folder, &runs, rounds, LEAST)?;
        let [ordinary_once, ordinary_often, nozzle_once, nozzle_often, yard_once, yard_often] =
            costs.as_slice()
        else {
            return Err("a run is missing".into());
        };
        let of_ordinary = further(ordinary_once, ordinary_often, &ordinary);
        let of_nozzle = further(nozzle_once, nozzle_often, event);
        let of_yardstick = further(yard_once, yard_often, event);
        let times = of_nozzle.iter().zip(&of_ordinary).map(|(cost, of)| cost / of).collect();
        let nozzle = Spread::of(of_nozzle)?.median;
        let once = Spread::of(nozzle_once.iter().map(|cost| cost.user).collect())?.median;
        Ok(Self {
            nozzle,
            yardstick: Spread::of(of_yardstick)?.median,
            times: Spread::of(times)?,
            first: once - nozzle * bytes(event),
            refused: answers.refused(),
        })
    }
}

fn once<'r>(program: &'r Program, file: &'r str) -> Run<'r> {
    Run { program, files: vec![file] }
}

fn often<'r>(program: &'r Program, file: &'r str, event: &Event) -> Run<'r> {
    Run { program, files: vec![file; names(event)] }
}

fn names(event: &Event) -> usize {
    (WORKLOAD / event.bytes.len()).clamp(4, MOST_NAMES) + 1
}

/// What each byte of a further event costs, round by round.
#[allow(clippy::cast_precision_loss)]
fn further(once: &[Cost], often: &[Cost], event: &Event) -> Vec<f64> {
    let size = bytes(event) * (names(event) - 1) as f64;
    once.iter().zip(often).map(|(once, often)| (often.user - once.user) / size).collect()
}

#[allow(clippy::cast_precision_loss)]
fn bytes(event: &Event) -> f64 {
    event.bytes.len() as f64
}
