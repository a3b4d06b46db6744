//! CSV of events.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(b"Event name,eventJson,Event time\nx,\"{", data));
