//! Costs of programs that run in turn, and what is made of them.
//!
//! Many kernels count user and system time by looking at each tick of a clock which of both it is,
//! so that the sum is exact and the parts are not. A program therefore runs so often in each round
//! that this evens out.

use std::path::Path;

use crate::Result;
use crate::programs::{Cost, Program};

/// A program and the files that it is given, which stand in one folder.
pub(crate) struct Run<'r> {
    pub(crate) program: &'r Program,
    pub(crate) files: Vec<&'r str>,
}

/// The middle of several figures, and how far they lie apart.
#[derive(Clone, Copy)]
pub(crate) struct Spread {
    pub(crate) median: f64,
    pub(crate) lowest: f64,
    pub(crate) highest: f64,
}

impl Spread {
    pub(crate) fn of(mut figures: Vec<f64>) -> Result<Self> {
        figures.sort_by(f64::total_cmp);
        let middle = figures.get(figures.len() / 2).ok_or("nothing was measured")?;
        let (Some(lowest), Some(highest)) = (figures.first(), figures.last()) else {
            return Err("nothing was measured".into());
        };
        Ok(Self { median: *middle, lowest: *lowest, highest: *highest })
    }
}

/// The median cost of a run.
pub(crate) fn median(costs: &[Cost]) -> Result<Cost> {
    let user = Spread::of(costs.iter().map(|cost| cost.user).collect())?;
    let system = Spread::of(costs.iter().map(|cost| cost.system).collect())?;
    Ok(Cost { user: user.median, system: system.median })
}

/// What each run costs in each round: all first runs, then all second ones, and so on. The list of
/// each run's costs stands where the run stands.
/// In each round a program runs for `least` seconds of processor time at least.
pub(crate) fn in_turn(
    folder: &Path,
    runs: &[Run<'_>],
    rounds: usize,
    least: f64,
) -> Result<Vec<Vec<Cost>>> {
    let mut expected = Vec::new();
    for run in runs {
        let (cost, length) = run.program.run(folder, &run.files)?;
        expected.push((repetitions(cost, least), length));
    }
    let mut costs: Vec<Vec<Cost>> = runs.iter().map(|_| Vec::with_capacity(rounds)).collect();
    for _ in 0..rounds {
        for ((run, costs), (repetitions, length)) in runs.iter().zip(&mut costs).zip(&expected) {
            let mut sum = Cost::default();
            for _ in 0..*repetitions {
                let (cost, printed) = run.program.run(folder, &run.files)?;
                if printed != *length {
                    let name = run.program.name;
                    return Err(format!("{name} printed {printed} bytes after {length}").into());
                }
                sum = sum + cost;
            }
            costs.push(sum.over(f64::from(*repetitions)));
        }
    }
    Ok(costs)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn repetitions(cost: Cost, least: f64) -> u32 {
    (least / cost.total().max(0.001)).ceil() as u32
}
