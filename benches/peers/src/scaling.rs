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
    let (nozzle, yardstick) = (&programs.nozzle, &programs.yardstick);
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
            let row = Row::measure(nozzle, Some(yardstick), folder, event, rounds)?;
            let yardstick = row.other.unwrap_or_default();
            let size = if is_by_record { event.record_size } else { event.bytes.len() };
            println!(
                "| {size} | {} | {:.2} | **{:.2}** ({:.2} to {:.2}) | {:.2} | {} |",
                event.records,
                row.nozzle * 1e9,
                row.times.median,
                row.times.lowest,
                row.times.highest,
                yardstick * 1e9,
                row.refused,
            );
            points.push(chart::Point { size, nozzle: row.nozzle, yardstick });
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
            rows.push((event, Row::measure(&programs.nozzle, None, folder, event, rounds)?));
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
    /// Nozzle's, as a multiple of what a byte of the mixed event costs.
    times: Spread,
    /// Seconds by which the first event is more expensive than a further one.
    first: f64,
    refused: usize,
    /// What a byte costs another program, when one is asked about it.
    other: Option<f64>,
}

impl Row {
    fn measure(
        nozzle: &Program,
        other: Option<&Program>,
        folder: &Path,
        event: &Event,
        rounds: usize,
    ) -> Result<Self> {
        let ordinary = events::ordinary();
        fs::write(folder.join(ORDINARY), &ordinary.bytes)?;
        fs::write(folder.join(FILE), &event.bytes)?;
        let answers = nozzle.answers(folder, &[FILE])?;
        if answers.records() != event.records {
            return Err(format!("{}: not all records are answered", event.what).into());
        }
        let mut measured = vec![(nozzle, ORDINARY, &ordinary), (nozzle, FILE, event)];
        measured.extend(other.map(|other| (other, FILE, event)));
        let runs: Vec<Run<'_>> = measured
            .iter()
            .flat_map(|(program, file, event)| {
                [1, names(event)].map(|times| Run { program, files: vec![*file; times] })
            })
            .collect();
        let costs = in_turn(folder, &runs, rounds, LEAST)?;
        let mut further = costs.chunks_exact(2).zip(&measured).map(|(costs, (_, _, event))| {
            let (once, often) = (costs.first().into_iter().flatten(), costs.last());
            further(once, often.into_iter().flatten(), event)
        });
        let (Some(of_ordinary), Some(of_event)) = (further.next(), further.next()) else {
            return Err("a run is missing".into());
        };
        let of_other = further.next().map(Spread::of).transpose()?;
        let times = of_event.iter().zip(&of_ordinary).map(|(cost, of)| cost / of).collect();
        let a_byte = Spread::of(of_event)?.median;
        let once = costs.get(2).into_iter().flatten().map(|cost| cost.user).collect();
        Ok(Self {
            nozzle: a_byte,
            times: Spread::of(times)?,
            first: Spread::of(once)?.median - a_byte * bytes(event),
            refused: answers.refused(),
            other: of_other.map(|cost| cost.median),
        })
    }
}

fn names(event: &Event) -> usize {
    (WORKLOAD / event.bytes.len()).clamp(4, MOST_NAMES) + 1
}

/// What each byte of a further event costs, round by round.
#[allow(clippy::cast_precision_loss)]
fn further<'c>(
    once: impl Iterator<Item = &'c Cost>,
    often: impl Iterator<Item = &'c Cost>,
    event: &Event,
) -> Vec<f64> {
    let size = bytes(event) * (names(event) - 1) as f64;
    once.zip(often).map(|(once, often)| (often.user - once.user) / size).collect()
}

#[allow(clippy::cast_precision_loss)]
fn bytes(event: &Event) -> f64 {
    event.bytes.len() as f64
}
