//! The programs that are compared: how they are built, run and asked whether they did their work.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs::{self, File};
use std::ops::{Add, Sub};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use serde_json::Value;

use crate::Result;

/// The file into which a program writes.
const OUTPUT: &str = "output";

/// A program that answers the events in the files that it is given.
pub(crate) struct Program {
    /// What a table calls it.
    pub(crate) name: &'static str,
    command: Vec<OsString>,
    environment: Vec<(&'static str, &'static str)>,
    /// Whether it ends with 1 when it has refused records, which are counted in its answers.
    may_refuse: bool,
}

/// The processor time of a process, in seconds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Cost {
    pub(crate) user: f64,
    pub(crate) system: f64,
}

impl Cost {
    /// What all processes took that have ended.
    fn of_children() -> Result<Self> {
        #[allow(clippy::cast_precision_loss)]
        let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1_000_000.0;
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
        Ok(Self { user: seconds(usage.user_time()), system: seconds(usage.system_time()) })
    }

    pub(crate) fn total(self) -> f64 {
        self.user + self.system
    }

    pub(crate) fn over(self, count: f64) -> Self {
        Self { user: self.user / count, system: self.system / count }
    }
}

impl Add for Cost {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { user: self.user + other.user, system: self.system + other.system }
    }
}

impl Sub for Cost {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { user: self.user - other.user, system: self.system - other.system }
    }
}

/// What a program answered.
#[derive(Default)]
pub(crate) struct Answers {
    /// How many records, by result.
    pub(crate) results: BTreeMap<String, usize>,
    /// What was delivered, record by record.
    pub(crate) documents: Vec<Vec<u8>>,
}

impl Answers {
    pub(crate) fn records(&self) -> usize {
        self.results.values().sum()
    }

    pub(crate) fn refused(&self) -> usize {
        self.results.get("ProcessingFailed").copied().unwrap_or_default()
    }

    fn read(output: &[u8]) -> Result<Self> {
        let mut answers = Self::default();
        for response in serde_json::Deserializer::from_slice(output).into_iter::<Value>() {
            let response = response?;
            for record in array(&response, "records")? {
                let result = text(record, "result")?;
                *answers.results.entry(result.to_owned()).or_default() += 1;
                if result == "Ok" {
                    let data = text(record, "data")?;
                    answers.documents.push(base64_simd::STANDARD.decode_to_vec(data)?);
                }
            }
        }
        Ok(answers)
    }
}

impl Program {
    pub(crate) fn new(name: &'static str, command: &[&dyn AsRef<std::ffi::OsStr>]) -> Self {
        let command = command.iter().map(|part| part.as_ref().to_owned()).collect();
        Self { name, command, environment: Vec::new(), may_refuse: false }
    }

    pub(crate) fn that_may_refuse(mut self) -> Self {
        self.may_refuse = true;
        self
    }

    pub(crate) fn with(mut self, variable: &'static str, value: &'static str) -> Self {
        self.environment.push((variable, value));
        self
    }

    /// Runs it over the files, which stand in `folder`. What it prints goes into a file there, as
    /// writing is a part of the work, and its length is returned with the cost.
    pub(crate) fn run(&self, folder: &Path, files: &[&str]) -> Result<(Cost, u64)> {
        let (executable, arguments) = self.command.split_first().ok_or("an empty command")?;
        let output = folder.join(OUTPUT);
        let mut command = Command::new(executable);
        command.args(arguments).args(files).current_dir(folder);
        // The settings of whoever measures are none of the measurement's.
        for (variable, _) in std::env::vars_os() {
            if variable.to_string_lossy().starts_with("NOZZLE_") {
                command.env_remove(variable);
            }
        }
        command.envs(self.environment.iter().copied());
        command.stdin(Stdio::null()).stdout(File::create(&output)?).stderr(Stdio::null());
        let before = Cost::of_children()?;
        let status = command.status()?;
        let cost = Cost::of_children()? - before;
        let has_refused = self.may_refuse && status.code() == Some(1);
        if !status.success() && !has_refused {
            return Err(format!("{} ended with {status}", self.name).into());
        }
        Ok((cost, fs::metadata(output)?.len()))
    }

    /// Runs it over the files and reads what it answered.
    pub(crate) fn answers(&self, folder: &Path, files: &[&str]) -> Result<Answers> {
        self.run(folder, files)?;
        Answers::read(&fs::read(folder.join(OUTPUT))?)
    }
}

/// All programs that are compared.
pub(crate) struct Programs {
    pub(crate) nozzle: Program,
    pub(crate) nozzle_joining: Program,
    pub(crate) yardstick: Program,
    pub(crate) yardstick_cloudwatch: Program,
    /// From the quickest to the slowest.
    pub(crate) peers: Vec<Program>,
}

impl Programs {
    /// Builds those that have to be built. `nozzle` is the path of a built one, `with_peers` says
    /// whether the peers are wanted, of which one takes minutes to build.
    pub(crate) fn build(nozzle: Option<PathBuf>, with_peers: bool) -> Result<Self> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let nozzle = match nozzle {
            Some(nozzle) => nozzle.canonicalize()?,
            None => built(&here.join("../.."), &["--bin", "nozzle"], "nozzle")?,
        };
        let own = |name: &str| built(here, &["--bin", name], name);
        let mut peers = Vec::new();
        if with_peers {
            peers.push(Program::new("plain Rust", &[&own("plain")?]));
            let vrl = built(here, &["--package", "nozzle-peer-vrl"], "vrl")?;
            peers.push(Program::new("VRL", &[&vrl]));
            peers.push(Program::new("Python", &[&python()?, &here.join("plain.py")]));
        }
        let transform: [&dyn AsRef<std::ffi::OsStr>; 4] =
            [&nozzle, &"transform", &"--format", &"response"];
        let nozzle = || Program::new("Nozzle", &transform).that_may_refuse();
        Ok(Self {
            nozzle: nozzle(),
            nozzle_joining: nozzle().with("NOZZLE_MULTI", "join"),
            yardstick: Program::new("yardstick (decode, encode)", &[&own("yardstick")?]),
            yardstick_cloudwatch: Program::new(
                "yardstick (gunzip and parse too)",
                &[&own("yardstick-cloudwatch")?],
            ),
            peers,
        })
    }
}

/// Builds an executable with the release profile of its own package, and says where it is.
fn built(package: &Path, arguments: &[&str], name: &str) -> Result<PathBuf> {
    let mut command = Command::new(env!("CARGO"));
    command.current_dir(package).args(["build", "--release", "--locked"]).args(arguments);
    command.args(["--message-format", "json-render-diagnostics"]).stderr(Stdio::inherit());
    for (variable, _) in std::env::vars_os() {
        if variable.to_string_lossy().starts_with("CARGO_PROFILE_") {
            command.env_remove(variable);
        }
    }
    let output = command.output()?;
    if !output.status.success() {
        return Err(format!("cargo could not build {name}").into());
    }
    serde_json::Deserializer::from_slice(&output.stdout)
        .into_iter::<Value>()
        .filter_map(std::result::Result::ok)
        .filter(|message| message.pointer("/target/name").is_some_and(|of| of == name))
        .find_map(|message| text(&message, "executable").ok().map(PathBuf::from))
        .ok_or_else(|| format!("cargo did not say where {name} is").into())
}

fn array<'v>(value: &'v Value, name: &str) -> Result<&'v Vec<Value>> {
    Ok(value.get(name).and_then(Value::as_array).ok_or_else(|| format!("there is no {name}"))?)
}

fn text<'v>(value: &'v Value, name: &str) -> Result<&'v str> {
    Ok(value.get(name).and_then(Value::as_str).ok_or_else(|| format!("there is no {name}"))?)
}

/// The interpreter itself: what stands on the path may be a script that only starts it.
fn python() -> Result<PathBuf> {
    let output =
        Command::new("python3").args(["-c", "import sys; print(sys.executable)"]).output()?;
    Ok(PathBuf::from(String::from_utf8(output.stdout)?.trim()))
}
