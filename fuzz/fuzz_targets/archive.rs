//! Archives: their lists, and what is in them.

#![no_main]

use trailglass_fuzz::{check, within};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    check(data);
    within(b"PK\x03\x04", data);
});
