//! Where it was measured.

use std::fs;
use std::thread::available_parallelism;

use crate::Result;

/// Prints the machine and how times were taken.
pub(crate) fn describe() -> Result<()> {
    let processors = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("an unknown processor", |(_, model)| model.trim());
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let cores = available_parallelism()?;
    println!("Machine: {model}, {cores} cores, Linux {}.\n", kernel.trim());
    println!(
        "Times are user and system time of whole processes, from the kernel. The programs run in \
         turn, on the same files, and write their answers into a file. A ratio is the median of \
         the ratios of each round, with the lowest and the highest; it compares user time.\n"
    );
    Ok(())
}
