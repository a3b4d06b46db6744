//! Objects as Athena prints them.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(b"eventname,useridentity,resources\nx,\"{type=", data));
