//! `template.yaml`, built and deployed by SAM into an emulator of AWS, where the function answers
//! each event in `events/` as the command does.

#![allow(clippy::unwrap_used, clippy::print_stderr, missing_docs)]

mod tools;

use std::path::Path;
use std::process::Command;

use tools::tool;

#[test]
fn the_deployed_function_answers_every_sample_as_the_command_does() {
    let (Some(sam), Some(ministack)) = (tool("venv/bin/sam"), tool("ministack/bin/ministack"))
    else {
        return;
    };
    let tools = sam.parent().unwrap();
    let path = std::env::var("PATH").unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let samples = std::fs::read_dir(root.join("events")).unwrap().filter(|entry| {
        entry.as_ref().unwrap().path().extension().is_some_and(|extension| extension == "json")
    });
    let all_samples = format!("{} events invoked", samples.count());
    let deployed = Command::new(tools.join("python"))
        .arg(root.join("tests/deployment/deploy.py"))
        .arg(env!("CARGO_BIN_EXE_nozzle"))
        .arg(ministack)
        .env("PATH", format!("{}:{path}", tools.display()))
        .output()
        .unwrap();
    let (said, complained) =
        (String::from_utf8_lossy(&deployed.stdout), String::from_utf8_lossy(&deployed.stderr));
    assert!(deployed.status.success(), "{said}\n{complained}");
    assert!(said.contains(&all_samples), "{said}");
}
