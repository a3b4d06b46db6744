//! Rows of CloudTrail Lake and of CloudWatch Logs Insights.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    within(br#"{"QueryResultRows":[[{"eventID":"x"}],[{"#, data);
    within(br#"{"results":[[{"field":"eventID","value":"x"},{"#, data);
});
