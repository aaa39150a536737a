//! What the function needs of memory, measured from outside: the kernel counts the pages of the
//! process below the emulator.

#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stderr, missing_docs)]

mod lambda;
#[path = "../benches/mixed_logs/mod.rs"]
mod mixed_logs;
mod tools;

use std::io::Write;

use lambda::{CONFIGURATION, emulator};
use serde_json::json;

const MIB: u64 = 1024;

/// What the function may need besides the bytes that a record unfolds to.
const BOUND: u64 = 40 * MIB;

/// How far a compressed record may unfold by default.
const CAP: usize = 33_554_432;

/// The largest event that Lambda takes has 6 MB.
fn largest_event() -> Vec<u8> {
    let event = mixed_logs::event(&mixed_logs::logs(3_950_000));
    assert!((6_000_000..6_290_000).contains(&event.len()), "{}", event.len());
    event
}

/// A record of `CloudWatch` Logs that unfolds to nearly as much as it may.
fn event_that_unfolds_to_the_cap() -> Vec<u8> {
    let logs = mixed_logs::logs(1_000_000);
    let mut log_events = Vec::new();
    let mut size = 0;
    for (number, log) in logs.iter().cycle().enumerate() {
        let log_event = json!({"id": format!("{number:056}"), "timestamp": 1_589_201_084_123_u64,
            "message": log});
        size += log_event.to_string().len() + 1;
        if size > CAP - 1_000 {
            break;
        }
        log_events.push(log_event);
    }
    let payload = json!({"messageType": "DATA_MESSAGE", "owner": "123456789012",
        "logGroup": "/ecs/shop", "logStream": "web/1", "logEvents": log_events});
    let payload = payload.to_string();
    assert!((CAP - 100_000..CAP).contains(&payload.len()), "{}", payload.len());
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(payload.as_bytes()).unwrap();
    let event = mixed_logs::event(&[encoder.finish().unwrap()]);
    assert!(event.len() < 6_290_000, "{}", event.len());
    event
}

#[test]
fn the_largest_event_needs_40_mib() {
    let Some(function) = emulator("largest", &CONFIGURATION) else { return };
    let event = largest_event();
    for _ in 0..3 {
        let answer = function.invoke_json(&event);
        assert!(answer["records"].is_array(), "{}", function.log());
    }
    let peak = function.memory("VmHWM:");
    eprintln!("peak of the largest event: {peak} KiB");
    assert!(peak <= BOUND, "{peak} KiB");
    assert!(peak > event.len() as u64 / 1024, "not the function's: {peak} KiB");
}

#[test]
fn a_record_that_unfolds_to_the_cap_needs_40_mib_more() {
    let event = event_that_unfolds_to_the_cap();
    // Documents that are joined are kept until they take more than the cap themselves.
    for (several, caps) in [("fail", 1), ("join", 2)] {
        let mut variables = CONFIGURATION.to_vec();
        variables.push(("NOZZLE_MULTI", several));
        let Some(function) = emulator(&format!("cap-{several}"), &variables) else { return };
        for _ in 0..2 {
            let answer = function.invoke_json(&event);
            assert!(answer["records"].is_array(), "{}", function.log());
        }
        let peak = function.memory("VmHWM:");
        eprintln!("peak of a record that unfolds to the cap, {several}: {peak} KiB");
        assert!(peak <= caps * CAP as u64 / 1024 + BOUND, "{several}: {peak} KiB");
    }
}

#[test]
fn a_thousand_invocations_need_no_more_than_a_hundred() {
    let Some(function) = emulator("thousand", &CONFIGURATION) else { return };
    let event = mixed_logs::event(&mixed_logs::logs(20_000));
    let mut after_a_hundred = 0;
    for invocation in 1..=1_000 {
        function.invoke(&event);
        if invocation == 100 {
            after_a_hundred = function.memory("VmRSS:");
        }
    }
    let after_all = function.memory("VmRSS:");
    eprintln!(
        "after a hundred invocations {after_a_hundred} KiB, after a thousand {after_all} KiB"
    );
    assert!(after_all <= after_a_hundred + MIB, "{after_a_hundred} KiB, then {after_all} KiB");
}
