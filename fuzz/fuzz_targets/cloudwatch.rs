//! Log events of CloudWatch.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"{"messageType":"DATA_MESSAGE","logEvents":[{"message":"{"#, data));
