//! What programs cost beside the yardstick, on the same events.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::events::{self, Event};
use crate::measure::{Run, Spread, in_turn, median};
use crate::programs::{Program, Programs};
use crate::{Result, chart};

const FILE: &str = "event";
/// How often each program is given the event, so that what happens once weighs as little as it does
/// in a process that lives on.
const TIMES: usize = 4;
/// How long a program runs in each round at least, in seconds.
const LEAST: f64 = 0.3;

/// Prints Nozzle beside its peers, and returns what is to be drawn of it.
pub(crate) fn of_peers(
    programs: &Programs,
    folder: &Path,
    rounds: usize,
) -> Result<Vec<chart::Bar>> {
    let mut compared = vec![&programs.yardstick, &programs.nozzle];
    compared.extend(&programs.peers);
    println!("## Against peers\n");
    let mut bars = Vec::new();
    for event in events::mixed() {
        fs::write(folder.join(FILE), &event.bytes)?;
        do_the_same(&programs.peers, folder, &event)?;
        introduce(&event);
        bars = compare(&event, &compared, folder, rounds)?;
        println!();
    }
    Ok(bars)
}

/// Prints what Nozzle costs beside the yardstick by kind of log.
pub(crate) fn of_kinds(programs: &Programs, folder: &Path, rounds: usize) -> Result<()> {
    let plain = [&programs.yardstick, &programs.nozzle];
    let cloudwatch = [&programs.yardstick_cloudwatch, &programs.nozzle_joining];
    println!("## By kind\n");
    let of_plain = events::kinds().into_iter().map(|event| (event, plain));
    let of_cloudwatch = events::cloudwatch()?.into_iter().map(|event| (event, cloudwatch));
    for (event, compared) in of_plain.chain(of_cloudwatch) {
        fs::write(folder.join(FILE), &event.bytes)?;
        introduce(&event);
        compare(&event, &compared, folder, rounds)?;
        println!();
    }
    Ok(())
}

#[allow(clippy::cast_precision_loss)]
fn introduce(event: &Event) {
    let (megabytes, records) = (event.bytes.len() as f64 / 1e6, event.records);
    println!(
        "{}: an event of {megabytes:.1} MB, {records} records, named {TIMES} times.\n",
        event.what
    );
}

/// Prints a table of the programs, of which the first is the yardstick.
#[allow(clippy::cast_precision_loss)]
fn compare(
    event: &Event,
    compared: &[&Program],
    folder: &Path,
    rounds: usize,
) -> Result<Vec<chart::Bar>> {
    let files = vec![FILE; TIMES];
    let mut refused = Vec::new();
    for program in compared {
        let answers = program.answers(folder, &files)?;
        if answers.records() != event.records * TIMES {
            return Err(format!("{} did not answer all records", program.name).into());
        }
        refused.push(answers.refused() / TIMES);
    }
    let runs: Vec<Run<'_>> =
        compared.iter().map(|program| Run { program, files: files.clone() }).collect();
    let costs = in_turn(folder, &runs, rounds, LEAST)?;
    let yardstick = costs.first().ok_or("no yardstick")?;
    println!(
        "| program | user, ms an event | system, ms | user, times the yardstick | user and system, times | refused |"
    );
    println!("|---|--:|--:|--:|--:|--:|");
    let mut bars = Vec::new();
    for ((program, costs), refused) in compared.iter().zip(&costs).zip(refused) {
        let pairs = || costs.iter().zip(yardstick);
        let user = Spread::of(pairs().map(|(cost, of)| cost.user / of.user).collect())?;
        let total = Spread::of(pairs().map(|(cost, of)| cost.total() / of.total()).collect())?;
        let cost = median(costs)?.over(TIMES as f64);
        println!(
            "| {} | {:.2} | {:.2} | **{:.2}** ({:.2} to {:.2}) | {:.2} ({:.2} to {:.2}) | {refused} |",
            program.name,
            cost.user * 1e3,
            cost.system * 1e3,
            user.median,
            user.lowest,
            user.highest,
            total.median,
            total.lowest,
            total.highest,
        );
        bars.push(chart::Bar { name: program.name.to_owned(), value: user.median });
    }
    Ok(bars)
}

/// Makes sure that the peers answer with the same documents, and with more than nothing.
fn do_the_same(peers: &[Program], folder: &Path, event: &Event) -> Result<()> {
    let mut first: Option<(&str, Vec<Value>)> = None;
    for peer in peers {
        let answers = peer.answers(folder, &[FILE])?;
        let documents: Vec<Value> = answers
            .documents
            .iter()
            .map(|document| serde_json::from_slice(document))
            .collect::<serde_json::Result<_>>()?;
        if documents.len() != event.records {
            return Err(format!("{} did not deliver all records", peer.name).into());
        }
        match &first {
            None => first = Some((peer.name, documents)),
            Some((_, others)) if *others == documents => {}
            Some((name, _)) => return Err(format!("{name} and {} disagree", peer.name).into()),
        }
    }
    Ok(())
}
