//! Counts the instructions of one process.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::runtime_api::RuntimeApi;

/// How long a function that has asked for the next event may still work before it waits.
const UNTIL_IT_WAITS: Duration = Duration::from_millis(300);

pub(crate) fn is_installed() -> bool {
    let version = Command::new("valgrind").arg("--version").stdout(Stdio::null()).status();
    version.is_ok_and(|status| status.success())
}

/// What `nozzle transform --format response` takes for these files.
pub(crate) fn count_command(program: &str, files: &[impl AsRef<Path>]) -> u64 {
    let output = tempfile::NamedTempFile::new().unwrap();
    let mut command = below_callgrind(Path::new(program), output.path());
    command.args(["transform", "--format", "response"]).args(files.iter().map(AsRef::as_ref));
    // A record of several logs is answered with all of them.
    command.env("NOZZLE_MULTI", "join");
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
    assert!(status.success(), "{program} failed");
    total(output.path())
}

/// What a function takes from its start until it waits for one event more than these.
pub(crate) fn count_function(program: &Path, events: &[Vec<u8>]) -> u64 {
    assert!(program.exists(), "{} is not built: run .ci/check-instructions", program.display());
    let output = tempfile::NamedTempFile::new().unwrap();
    let api = RuntimeApi::listen();
    let mut command = below_callgrind(program, output.path());
    command
        .env("AWS_LAMBDA_RUNTIME_API", api.address())
        .envs([
            ("AWS_LAMBDA_FUNCTION_NAME", "f"),
            ("AWS_LAMBDA_FUNCTION_VERSION", "1"),
            ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256"),
            ("AWS_LAMBDA_LOG_GROUP_NAME", "g"),
            ("AWS_LAMBDA_LOG_STREAM_NAME", "s"),
            ("NOZZLE_SERVICE", "checkout"),
            ("NOZZLE_ENVIRONMENT", "test"),
        ])
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    let mut function = command.spawn().unwrap();
    api.serve(events);
    std::thread::sleep(UNTIL_IT_WAITS);
    // A process that is ended writes its counts all the same.
    let ended = Command::new("kill").arg(function.id().to_string()).status().unwrap();
    assert!(ended.success(), "{} has ended by itself", program.display());
    function.wait().unwrap();
    total(output.path())
}

fn below_callgrind(program: &Path, output: &Path) -> Command {
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", output.display()))
        .arg(program)
        .stdin(Stdio::null())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command
}

/// The number that callgrind has written.
fn total(output: &Path) -> u64 {
    let text = std::fs::read_to_string(output).unwrap();
    let total = text.lines().find_map(|line| line.strip_prefix("totals: "));
    total.and_then(|total| total.trim().parse().ok()).unwrap_or_else(|| panic!("no totals"))
}
