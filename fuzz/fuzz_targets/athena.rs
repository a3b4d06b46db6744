//! Objects as Athena prints them, and rows as its UNLOAD does.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    within(b"eventid,useridentity,resources\nx,\"{type=", data);
    within(br#"{"eventid":"x","useridentity":{"type":"x"},"resources":["#, data);
});
