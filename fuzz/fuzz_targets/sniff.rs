//! Any bytes: what a file is taken for.

#![no_main]

use trailglass_fuzz::check;

libfuzzer_sys::fuzz_target!(|data: &[u8]| check(data));
