//! The command `nozzle`: the function's own code for people at a terminal.

mod check;
mod client;
mod event;
mod explain;
mod input;
mod install;
mod output;
mod pretty;
mod rules;
mod serve;
mod transform;

use std::io::Write;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use nozzle::{Config, ConfigError, Settings, telemetry};

/// Transforms logs as the Lambda function does, on a laptop.
#[derive(Parser)]
#[command(name = "nozzle", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run Firehose events through the function's own code
    Transform(transform::Arguments),
    /// Make a Firehose event from raw log lines
    Event(event::Arguments),
    /// Show what becomes of logs and why: before and after, secrets, where fields came from, times
    Explain(explain::Arguments),
    /// List the rules of redaction, or show what they find in a text
    Rules(rules::Arguments),
    /// Show the configuration as understood, or every error in it
    Check,
    /// Install templates, pipeline, policy and dashboard into OpenSearch or Elasticsearch
    Install(install::Arguments),
    /// Run a local delivery stream: the Firehose API, buffers, transformation, delivery, backup
    Serve(serve::Arguments),
}

/// Why a command ended without having done its work.
#[derive(Debug)]
enum Failure {
    /// Wrong usage, an unreadable file, or a bad event: one line for the person.
    Usage(String),
    /// The configuration is wrong.
    Configuration(ConfigError),
    /// The output could not be written.
    Output(std::io::Error),
}

/// Whether everything could be done: records transformed, requests answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    Complete,
    Incomplete,
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Configuration(error)
    }
}

fn main() -> ExitCode {
    telemetry::install_panic_hook();
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return report_usage(&error),
    };
    let result = match arguments.command {
        Command::Transform(arguments) => transform::run(&arguments),
        Command::Event(arguments) => event::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Rules(arguments) => rules::run(&arguments),
        Command::Check => check::run(),
        Command::Install(arguments) => install::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
    };
    match result {
        Ok(Outcome::Complete) => ExitCode::SUCCESS,
        Ok(Outcome::Incomplete) => ExitCode::from(1),
        Err(failure) => report(&failure),
    }
}

/// The configuration of this machine.
fn local_config() -> Result<Config, Failure> {
    Ok(Config::compile_locally(&Settings::from_environment()?)?)
}

/// Help and version go to standard output; of a mistake only the first line is shown.
fn report_usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return ExitCode::SUCCESS;
    }
    let text = error.to_string();
    if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        complain(text.trim_end());
    } else {
        let line: Vec<&str> =
            text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
        let line = line.join(" ");
        complain(&format!("nozzle: {} (see nozzle --help)", line.trim_start_matches("error: ")));
    }
    ExitCode::from(2)
}

fn report(failure: &Failure) -> ExitCode {
    match failure {
        Failure::Usage(line) => complain(&format!("nozzle: {line}")),
        Failure::Configuration(error) => {
            for problem in &error.problems {
                complain(&format!("nozzle: {problem}"));
            }
        }
        // Whoever reads has seen enough, as with `| head`.
        Failure::Output(error) if error.kind() == std::io::ErrorKind::BrokenPipe => {
            return ExitCode::SUCCESS;
        }
        Failure::Output(error) => complain(&format!("nozzle: cannot write the output: {error}")),
    }
    ExitCode::from(2)
}

/// Writes a line to standard error. When that fails there is nobody left to tell.
fn complain(line: &str) {
    let _ = writeln!(anstream::stderr(), "{line}");
}
