//! Measures Nozzle beside its yardstick and its peers: prints tables in Markdown and draws them.
//! `README.md` says what is compared, and how.

mod chart;
mod events;
mod hostile;
#[path = "../../hostile/keywords.rs"]
mod keywords;
#[path = "../../hostile/look_alikes.rs"]
mod look_alikes;
mod machine;
mod measure;
#[path = "../../mixed_logs/mod.rs"]
mod mixed_logs;
mod programs;
mod ratios;
mod scaling;

use std::path::{Path, PathBuf};
use std::{env, fs};

use programs::Programs;

/// What goes wrong ends the program, with a text for whoever started it.
type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

const USAGE: &str =
    "usage: compare [--nozzle PATH] [--rounds NUMBER] [peers] [kinds] [scaling] [hostile]
       compare --write-events FOLDER
Without the name of a part all are measured.";

const PARTS: [&str; 4] = ["peers", "kinds", "scaling", "hostile"];

struct Arguments {
    nozzle: Option<PathBuf>,
    rounds: usize,
    parts: Vec<String>,
    folder_of_events: Option<PathBuf>,
}

impl Arguments {
    fn read() -> Result<Self> {
        let mut read = Self { nozzle: None, rounds: 15, parts: Vec::new(), folder_of_events: None };
        let mut arguments = env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(USAGE);
            match argument.as_str() {
                "--nozzle" => read.nozzle = Some(value()?.into()),
                "--rounds" => read.rounds = value()?.parse()?,
                "--write-events" => read.folder_of_events = Some(value()?.into()),
                part if PARTS.contains(&part) => read.parts.push(argument),
                _ => return Err(USAGE.into()),
            }
        }
        Ok(read)
    }

    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|wanted| wanted == part)
    }
}

fn main() -> Result<()> {
    let arguments = Arguments::read()?;
    if let Some(folder) = &arguments.folder_of_events {
        return write_events(folder);
    }
    let programs = Programs::build(arguments.nozzle.clone(), arguments.wants("peers"))?;
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let charts = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    machine::describe()?;
    if arguments.wants("peers") {
        let bars = ratios::of_peers(&programs, folder, arguments.rounds)?;
        let title = "The same event, by Nozzle and its peers";
        let axis = "user CPU time, in multiples of only decoding and encoding the event";
        fs::write(charts.join("peers.svg"), chart::bars(title, axis, &bars))?;
    }
    if arguments.wants("kinds") {
        ratios::of_kinds(&programs, folder, arguments.rounds)?;
    }
    if arguments.wants("scaling") {
        let panels = scaling::sizes(&programs, folder, arguments.rounds.div_ceil(3))?;
        let title = "What a byte costs by size";
        fs::write(charts.join("scaling.svg"), chart::lines(title, &panels))?;
    }
    if arguments.wants("hostile") {
        let bars = scaling::hostile(&programs, folder, arguments.rounds.div_ceil(5))?;
        let title = "The most expensive hostile event of each kind";
        let axis = "user CPU time for each byte, in multiples of mixed logs";
        fs::write(charts.join("hostile.svg"), chart::bars(title, axis, &bars))?;
    }
    Ok(())
}

/// Writes every event into a file of its own, to look at one with other tools.
fn write_events(folder: &Path) -> Result<()> {
    let mut all = Vec::new();
    all.extend(events::mixed());
    all.extend(events::kinds());
    all.extend(events::cloudwatch()?);
    all.extend(events::event_sizes()?);
    all.extend(events::record_sizes());
    all.extend(hostile::families().into_iter().flat_map(|family| family.events));
    fs::create_dir_all(folder)?;
    for (number, event) in all.iter().enumerate() {
        let file = format!("{number:03}.json");
        println!("{file}\t{}", event.what);
        fs::write(folder.join(file), &event.bytes)?;
    }
    Ok(())
}
