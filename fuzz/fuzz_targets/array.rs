//! A list of records, of strings, of anything.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"[{"eventName":"x"},"#, data));
