//! Bytes as the lines of CloudWatch log events: each line is a message, its first byte says how
//! many eighths of a second it came after the one before.
#![no_main]

mod promises;

use serde_json::json;

libfuzzer_sys::fuzz_target!(|lines: &[u8]| {
    let mut time = 1_589_201_084_123_u64;
    let events = lines.split(|byte| *byte == b'\n').enumerate().map(|(index, line)| {
        let (delay, message) = line.split_first().unwrap_or((&b'0', &[]));
        time += u64::from(*delay & 15) * 125;
        let message = String::from_utf8_lossy(message);
        json!({"id": index.to_string(), "timestamp": time, "message": message})
    });
    let payload = json!({
        "messageType": "DATA_MESSAGE",
        "owner": "123456789012",
        "logGroup": "/aws/lambda/orders",
        "logStream": "a",
        "logEvents": events.collect::<Vec<_>>(),
    });
    promises::check(&promises::event_of(payload.to_string().as_bytes()));
});
