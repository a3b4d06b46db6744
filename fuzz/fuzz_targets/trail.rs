//! A trail's file, and what stands beside its list.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"{"Records":[{"eventVersion":"1.08","#, data));
