//! Events of EventBridge.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"{"detail-type":"AWS API Call via CloudTrail","detail":{"#, data));
