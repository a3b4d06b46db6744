//! Documents of Elasticsearch and OpenSearch.

#![no_main]

use trailglass_fuzz::within;

libfuzzer_sys::fuzz_target!(|data: &[u8]| within(br#"{"hits":{"hits":[{"_source":{"aws":{"cloudtrail":{"#, data));
