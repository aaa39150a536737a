//! The function behind AWS's own Runtime Interface Emulator.

// Each test takes what it needs.
#![allow(dead_code)]

use std::fs::File;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::tools::tool;

pub(crate) const CONFIGURATION: [(&str, &str); 3] = [
    ("NOZZLE_SERVICE", "checkout"),
    ("NOZZLE_ENVIRONMENT", "test"),
    ("NOZZLE_INDEX", "logging-test"),
];

/// A server that is stopped, with all that it started, when the test ends.
pub(crate) struct Server {
    process: Child,
    url: String,
    log: PathBuf,
}

impl Server {
    pub(crate) fn start(name: &str, url: String, command: &mut Command) -> Self {
        let log = std::env::temp_dir().join(format!("nozzle-{name}-{}.log", std::process::id()));
        let output = File::create(&log).unwrap();
        let process = command
            .stdin(Stdio::null())
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .spawn()
            .unwrap();
        Self { process, url, log }
    }

    /// Where it is invoked.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Invokes the function, as soon as the server listens.
    pub(crate) fn invoke(&self, event: &[u8]) -> Vec<u8> {
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let give_up = Instant::now() + Duration::from_mins(4);
        loop {
            match agent.post(&self.url).send(event) {
                Ok(mut response) => {
                    let body = response.body_mut().with_config().limit(10_000_000);
                    return body.read_to_vec().unwrap();
                }
                Err(error) if Instant::now() > give_up => panic!("{error}\n{}", self.log()),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }

    pub(crate) fn invoke_json(&self, event: &[u8]) -> Value {
        let body = self.invoke(event);
        serde_json::from_slice(&body)
            .unwrap_or_else(|_| panic!("{}\n{}", String::from_utf8_lossy(&body), self.log()))
    }

    /// What the kernel tells of the memory of the function below the emulator, in KiB: `VmRSS:` for
    /// what it uses, `VmHWM:` for the most that it has used.
    pub(crate) fn memory(&self, field: &str) -> u64 {
        let parent = u64::from(self.process.id());
        let value = |status: &str, name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.trim().trim_end_matches(" kB").parse::<u64>().ok()
        };
        let processes = std::fs::read_dir("/proc").unwrap();
        let statuses = processes.filter_map(|process| {
            std::fs::read_to_string(process.ok()?.path().join("status")).ok()
        });
        let functions = statuses.filter(|status| value(status, "PPid:") == Some(parent));
        functions.filter_map(|status| value(&status, field)).max().unwrap()
    }

    pub(crate) fn log(&self) -> String {
        String::from_utf8_lossy(&std::fs::read(&self.log).unwrap()).into_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // SIGTERM first: the emulator then ends the function that it started.
        let pid = self.process.id().to_string();
        let _ = Command::new("kill").arg(pid).status();
        let _ = self.process.wait();
        let _ = std::fs::remove_file(&self.log);
    }
}

pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// The function with these variables, or `None` where the emulator is missing.
pub(crate) fn emulator(name: &str, variables: &[(&str, &str)]) -> Option<Server> {
    let emulator = tool("aws-lambda-rie")?;
    let (port, api_port) = (free_port(), free_port());
    let mut command = Command::new(emulator);
    command
        .arg("--runtime-interface-emulator-address")
        .arg(format!("127.0.0.1:{port}"))
        .arg("--runtime-api-address")
        .arg(format!("127.0.0.1:{api_port}"))
        .arg(env!("CARGO_BIN_EXE_bootstrap"))
        .env_clear()
        .envs(variables.iter().copied());
    let url = format!("http://127.0.0.1:{port}/2015-03-31/functions/function/invocations");
    Some(Server::start(name, url, &mut command))
}
