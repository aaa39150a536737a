//! Bytes as the payload of a record.
#![no_main]

mod promises;

libfuzzer_sys::fuzz_target!(|payload: &[u8]| promises::check(&promises::event_of(payload)));
