//! Entries of lookup-events.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"{"Events":[{"EventName":"x"},{"CloudTrailEvent":"{"#, data));
