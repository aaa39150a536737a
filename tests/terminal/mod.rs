//! The command `nozzle`, run as a person would, without what the environment holds by chance.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use nozzle::config::SETTINGS;

/// What the command reads besides its settings.
const OTHER_VARIABLES: [&str; 7] = [
    "NOZZLE_CONFIG",
    "OPENSEARCH_PASSWORD",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
];

/// The command with nothing in its environment but these variables and what is not its own.
pub(crate) fn command(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nozzle"));
    command
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for setting in SETTINGS {
        command.env_remove(setting.variable);
    }
    for variable in OTHER_VARIABLES {
        command.env_remove(variable);
    }
    command.envs(variables.iter().copied());
    command
}

pub(crate) fn nozzle(arguments: &[&str], variables: &[(&str, &str)], input: &[u8]) -> Output {
    let mut child = command(arguments, variables).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    std::thread::scope(|scope| {
        // The command may end before it has read all, and may write before it has.
        scope.spawn(move || stdin.write_all(input));
        child.wait_with_output().unwrap()
    })
}

pub(crate) fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}
