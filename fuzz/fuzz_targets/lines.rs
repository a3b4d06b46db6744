//! A record a line, with a text before it.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(b"2024-05-01T10:00:00.000Z {\"eventName\":\"x\"}\n2024-05-01T10:00:01.000Z {", data));
