//! Digest files and lists of public keys: any bytes, and the chain that some of them make.

#![no_main]

use trailglass_fuzz::integrity::{coverage, fact_of, verify};

const DIGEST: &[u8] = br#"{"awsAccountId":"111122223333","digestStartTime":"2024-05-01T00:00:00Z","digestEndTime":"2024-05-01T01:00:00Z","digestS3Bucket":"b","digestS3Object":"o","digestPublicKeyFingerprint":"f","digestSignatureAlgorithm":"SHA256withRSA","logFiles":[],"#;
const KEYS: &[u8] = br#"{"PublicKeyList":[{"Fingerprint":"f","Value":""#;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    // A byte that no JSON has parts the files.
    let mut facts = Vec::new();
    for (at, part) in data.split(|it| *it == 0xff).take(20).enumerate() {
        let path = format!("111122223333_CloudTrail-Digest_us-east-1_t_us-east-1_2024050{}T010000Z.json", 1 + at % 9);
        facts.push(fact_of(&path, part));
        facts.push(fact_of(&path, &[DIGEST, part].concat()));
        facts.push(fact_of("keys.json", &[KEYS, part].concat()));
    }
    coverage(&facts);
    let report = verify(facts.iter().cloned());
    facts.reverse();
    assert_eq!(verify(facts), report);
});
