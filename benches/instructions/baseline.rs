//! What was counted before, and whether it is still so.

use std::fmt::Write;
use std::path::Path;
use std::process::Command;

/// How far a count may be from the baseline's, in percent.
const TOLERANCE: f64 = 3.0;

/// The instructions of one work, or the bytes of one file.
#[derive(Clone, Debug)]
pub(crate) struct Count {
    pub(crate) name: String,
    pub(crate) value: u64,
}

/// The counts of one day, and what they hang on besides the source.
pub(crate) struct Baseline {
    compiler: String,
    valgrind: String,
    counts: Vec<Count>,
}

impl Baseline {
    /// A baseline of these counts, made here and now.
    pub(crate) fn new(counts: Vec<Count>) -> Self {
        let compiler = first_line("rustc", "-V");
        let compiler = format!("{compiler} {}", std::env::consts::ARCH);
        Self { compiler, valgrind: first_line("valgrind", "--version"), counts }
    }

    pub(crate) fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap();
        let table: toml::Table = text.parse().unwrap();
        let text = |key: &str| table[key].as_str().unwrap().to_owned();
        let counts = table["counts"].as_table().unwrap().iter().map(|(name, count)| {
            let value = u64::try_from(count.as_integer().unwrap()).unwrap();
            Count { name: name.clone(), value }
        });
        Self { compiler: text("compiler"), valgrind: text("valgrind"), counts: counts.collect() }
    }

    pub(crate) fn write(&self, path: &Path) {
        let mut text = "# What `.ci/check-instructions` counted. `.ci/check-instructions --renew` writes it anew.\n".to_owned();
        let Self { compiler, valgrind, counts } = self;
        writeln!(text, "compiler = \"{compiler}\"\nvalgrind = \"{valgrind}\"\n").unwrap();
        writeln!(text, "[counts]").unwrap();
        for Count { name, value } in counts {
            writeln!(text, "\"{name}\" = {value}").unwrap();
        }
        std::fs::write(path, text).unwrap();
    }

    /// Prints each count beside its baseline, and tells whether all are as they were. One that has
    /// become much smaller is not: the next change would hide behind it.
    #[allow(clippy::cast_precision_loss, reason = "the counts have far fewer than 52 bits")]
    pub(crate) fn compare(&self, counts: &[Count]) -> bool {
        let here = Self::new(counts.to_vec());
        let mut is_as_before = self.counts.len() == counts.len();
        println!("{:36} {:>13} {:>13}", "counts", "baseline", "now");
        for Count { name, value } in counts {
            let before = self.counts.iter().find(|count| count.name == *name);
            let Some(before) = before.map(|count| count.value) else {
                println!("{name:36} {:>13} {value:>13}  NEW", "-");
                is_as_before = false;
                continue;
            };
            let change = (*value as f64 / before as f64 - 1.0) * 100.0;
            let is_near = change.abs() <= TOLERANCE;
            let mark = if is_near { "" } else { "  BEYOND THE BOUND" };
            println!("{name:36} {before:>13} {value:>13} {change:>+7.2} %{mark}");
            is_as_before &= is_near;
        }
        if (&self.compiler, &self.valgrind) != (&here.compiler, &here.valgrind) {
            println!("the baseline was made with {} and {},", self.compiler, self.valgrind);
            println!("these counts with {} and {}", here.compiler, here.valgrind);
        }
        if !is_as_before {
            println!(
                "\nA count may move by {TOLERANCE} %. If the change is meant, renew the baseline and \
                 commit it with the change:\n\n    .ci/check-instructions --renew\n"
            );
        }
        is_as_before
    }
}

fn first_line(program: &str, argument: &str) -> String {
    let output = Command::new(program).arg(argument).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().next().unwrap_or_default().to_owned()
}
