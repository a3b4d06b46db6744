//! Results of Splunk.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"{"result":{"_raw":"{"#, data));
