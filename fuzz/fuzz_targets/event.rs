//! Bytes as a whole event.
#![no_main]

mod promises;

libfuzzer_sys::fuzz_target!(|event: &[u8]| promises::check(event));
