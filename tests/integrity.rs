//! Digest chains, told as stories of a bucket. The bucket is drawn: a line an hour, a column a
//! region, a letter a log file that was delivered in that hour, `-` for an hour without logs and
//! `.` for an hour without even a digest, as before a trail exists. `~` is an hour without a digest
//! between two that are linked.
//!
//! Keys, digests and signatures are made here, as CloudTrail makes them.

#![expect(clippy::unwrap_used, reason = "a test may stop here")]

use std::{collections::BTreeMap, convert::Infallible, fmt::Write as _, sync::OnceLock};

use base64ct::{Base64, Encoding};
use expect_test::{Expect, expect};
use proptest::prelude::*;
use rsa::{
    PrivateKey,
    pkcs1::EncodeRsaPublicKey,
    pkcs1v15::Pkcs1v15Sign,
    rand_core::{TryCryptoRng, TryRng},
};
use serde_json::{Value, json};
use trailglass::{
    integrity::{
        Verification, coverage, digest, fact_of, may_be_log, missing_logs, sha256, string_to_sign,
        verify,
    },
    model::{
        integrity::{
            Fact,
            report::{ChainReport, Finding, FindingKind, MOST_LISTED, Proof, Reason, Verdict},
        },
        time::{HOUR, MINUTE, iso, parse},
    },
};

const ACCOUNT: &str = "111122223333";
const BUCKET: &str = "example-bucket";

const TWO_REGIONS: &str = "
    hour us-east-1 eu-west-1
    10   ab        p
    11   -         -
    12   c         qr
    13   de        -
    14   f         s
";

#[test]
fn an_intact_chain() {
    let bucket = Bucket::drawn(TWO_REGIONS);
    check(
        &bucket,
        expect![[r#"
            logs: 10 content intact
            digests: 8 content intact, 2 cannot be checked here
            proof: Digest 2, Signature 8
            eu-west-1 trail: 4 signed
            us-east-1 trail: 4 signed
            digest-unchecked eu-west-1 @14: Newest
            digest-unchecked us-east-1 @14: Newest
        "#]],
    );
    assert!(bucket.report().is_clean());
}

#[test]
fn without_keys_the_hashes_still_chain() {
    let mut bucket = Bucket::drawn(TWO_REGIONS);
    bucket.files.retain(|path, _| !path.ends_with("keys.json"));
    check(
        &bucket,
        expect![[r#"
            logs: 10 content intact
            digests: 8 content intact, 2 cannot be checked here
            proof: Digest 2, Chain 8
            eu-west-1 trail: 0 signed
            us-east-1 trail: 0 signed
            digest-unchecked eu-west-1 @14: Newest
            digest-unchecked us-east-1 @14: Newest
        "#]],
    );
    assert!(!bucket.report().has_keys);
}

const ONE_REGION: &str = "
    hour us-east-1
    10   ab
    11   -
    12   c
    13   de
    14   f
    15   -
";

#[test]
fn a_changed_log() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.edit(&log_name("us-east-1", 12, 'c'), |it| it.push(b' '));
    check(
        &bucket,
        expect![[r#"
        logs: 5 content intact, 1 changed
        digests: 5 content intact, 1 cannot be checked here
        proof: Signature 5
        us-east-1 trail: 5 signed
        log-changed us-east-1 c
        digest-unchecked us-east-1 @15: Newest
    "#]],
    );
    let finding = &bucket.report().findings[0];
    assert_eq!(
        finding.message,
        "Changed: its content is not what the digest \
         111122223333_CloudTrail-Digest_us-east-1_trail_us-east-1_20240501T130131Z.json recorded."
    );
    assert!(!bucket.report().is_clean());
}

#[test]
fn a_log_deleted() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.delete(&log_name("us-east-1", 13, 'e'));
    check(
        &bucket,
        expect![[r#"
        logs: 5 content intact, 1 missing
        digests: 5 content intact, 1 cannot be checked here
        proof: Signature 5
        us-east-1 trail: 5 signed
        log-missing us-east-1 e
        digest-unchecked us-east-1 @15: Newest
    "#]],
    );
    let report = bucket.report();
    let object = report.findings[0].object.as_deref().unwrap();
    assert_eq!(object, bucket.log_key("us-east-1", 13, 'e'));
    assert_eq!(report.findings[0].path, None);
}

#[test]
fn what_could_not_be_read_is_neither_changed_nor_missing() {
    let bucket = Bucket::drawn(ONE_REGION);
    let lost = [log_name("us-east-1", 13, 'e'), digest_name("us-east-1", 12)];
    let facts = bucket.facts().into_iter().map(|fact| {
        let path = fact.path().to_owned();
        match lost.iter().any(|it| path.ends_with(it.as_str())) {
            true => Fact::Unread { path, why: "it holds more than the page can read".to_owned() },
            false => fact,
        }
    });
    let facts: Vec<Fact> = facts.collect();
    assert_eq!(coverage(&facts).missing, [""; 0]);
    let report = verify(facts);
    assert!(report.is_clean(), "{report:?}");
    assert_eq!((report.logs.missing, report.digests.missing), (0, 0));
    let unread = report.findings.iter().filter(|it| it.message.contains("more than the page"));
    let kinds: Vec<FindingKind> = unread.map(|it| it.kind).collect();
    assert_eq!(kinds, [FindingKind::DigestUnreadable, FindingKind::LogUnchecked]);
}

#[test]
fn a_folder_that_was_dropped_twice_counts_once() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.edit(&log_name("us-east-1", 12, 'c'), |it| it.push(b' '));
    bucket.put(bucket.log_key("us-east-1", 12, 'z'), b"{\"Records\":[]}".to_vec());
    let twice: Vec<Fact> = bucket.facts().into_iter().chain(bucket.facts()).collect();
    assert_eq!(told(&verify(twice)), told(&bucket.report()));
}

#[test]
fn a_picture_beside_the_logs_is_no_log() {
    assert!(!may_be_log("a/cat.png", b"\x89PNG"));
    assert!(may_be_log("a/x.json", b" {\"Records\": []}"));
    assert!(may_be_log("a/111122223333_CloudTrail_us-east-1_20240102T0045Z_x.json.gz", b"hello"));
}

#[test]
fn an_extra_log() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.put(bucket.log_key("us-east-1", 12, 'z'), b"{\"Records\":[]}".to_vec());
    check(
        &bucket,
        expect![[r#"
        logs: 6 content intact, 1 in no digest
        digests: 5 content intact, 1 cannot be checked here
        proof: Signature 6
        us-east-1 trail: 5 signed
        log-unlisted us-east-1 z
        digest-unchecked us-east-1 @15: Newest
    "#]],
    );
}

#[test]
fn a_digest_deleted() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.delete(&digest_name("us-east-1", 12));
    check(
        &bucket,
        expect![[r#"
            logs: 5 content intact, 1 cannot be checked here
            digests: 3 content intact, 1 missing, 2 cannot be checked here
            proof: Signature 5
            us-east-1 trail: 3 signed
            digest-missing us-east-1 @12
            digest-unchecked us-east-1 @11: NextMissing
            digest-unchecked us-east-1 @15: Newest
            log-unchecked us-east-1 c: DigestMissing
        "#]],
    );
}

/// AWS's own validator reports one of these, and not the other.
#[test]
fn two_digests_in_a_row_deleted() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.delete(&digest_name("us-east-1", 12));
    bucket.delete(&digest_name("us-east-1", 13));
    check(
        &bucket,
        expect![[r#"
        logs: 3 content intact, 3 cannot be checked here
        digests: 2 content intact, 2 missing, 2 cannot be checked here
        proof: Signature 3
        us-east-1 trail: 2 signed
        digest-missing us-east-1 @12 ×2
        digest-unchecked us-east-1 @11: NextMissing
        digest-unchecked us-east-1 @15: Newest
        log-unchecked us-east-1 c: DigestMissing
        log-unchecked us-east-1 d: DigestMissing
        log-unchecked us-east-1 e: DigestMissing
    "#]],
    );
    let message = &bucket.report().findings[0].message;
    assert_eq!(
        message,
        "Missing: about 2 digests in a row, of 2024-05-01T12:01:31Z to 2024-05-01T14:01:31Z."
    );
}

#[test]
fn a_digest_edited_to_hide_a_changed_log() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.edit(&log_name("us-east-1", 12, 'c'), |it| it.push(b' '));
    let forged = sha256(bucket.content(&log_name("us-east-1", 12, 'c'))).to_string();
    bucket.edit_digest("us-east-1", 12, |it| it["logFiles"][0]["hashValue"] = json!(forged));
    check(
        &bucket,
        expect![[r#"
        logs: 5 content intact, 1 cannot be checked here
        digests: 4 content intact, 1 changed, 1 cannot be checked here
        proof: Signature 5
        us-east-1 trail: 4 signed
        digest-changed us-east-1 @12
        digest-unchecked us-east-1 @15: Newest
        log-unchecked us-east-1 c: DigestChanged
    "#]],
    );
    // Without keys, nothing older than the edited digest stands on anything.
    bucket.delete("keys.json");
    check(
        &bucket,
        expect![[r#"
            logs: 5 content intact, 1 cannot be checked here
            digests: 3 content intact, 1 changed, 2 cannot be checked here
            proof: Chain 5
            us-east-1 trail: 0 signed
            digest-changed us-east-1 @12
            digest-unchecked us-east-1 @11: NextChanged
            digest-unchecked us-east-1 @15: Newest
            log-unchecked us-east-1 c: DigestChanged
        "#]],
    );
}

/// All hashes are made to fit again; only CloudTrail could make the signatures fit.
#[test]
fn a_chain_forged_to_its_end() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.edit(&log_name("us-east-1", 12, 'c'), |it| it.push(b' '));
    let mut forged = sha256(bucket.content(&log_name("us-east-1", 12, 'c'))).to_string();
    bucket.edit_digest("us-east-1", 12, |it| it["logFiles"][0]["hashValue"] = json!(forged));
    for hour in 13..=15 {
        forged = sha256(bucket.content(&digest_name("us-east-1", hour - 1))).to_string();
        bucket.edit_digest("us-east-1", hour, |it| it["previousDigestHashValue"] = json!(forged));
    }
    check(
        &bucket,
        expect![[r#"
        logs: 4 content intact, 2 cannot be checked here
        digests: 2 content intact, 2 changed, 2 cannot be checked here
        proof: Digest 2, Signature 2
        us-east-1 trail: 2 signed
        digest-changed us-east-1 @12
        digest-changed us-east-1 @14
        digest-unchecked us-east-1 @13: NextChanged
        digest-unchecked us-east-1 @15: Newest
        log-unchecked us-east-1 c: DigestChanged
        log-unchecked us-east-1 f: DigestChanged
    "#]],
    );
    bucket.delete("keys.json");
    assert!(bucket.report().is_clean(), "nothing but a signature tells");
}

#[test]
fn a_key_that_lacks() {
    let mut bucket = Bucket::drawn(TWO_REGIONS);
    bucket.files.insert("keys.json".to_owned(), keys_json(&["us-east-1"]));
    check(
        &bucket,
        expect![[r#"
        logs: 10 content intact
        digests: 8 content intact, 2 cannot be checked here
        proof: Digest 2, Chain 3, Signature 5
        eu-west-1 trail: 0 signed
        us-east-1 trail: 4 signed
        key-missing eu-west-1  ×4
        digest-unchecked eu-west-1 @14: Newest
        digest-unchecked us-east-1 @14: Newest
    "#]],
    );
}

#[test]
fn moved_renamed_and_unpacked_files() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let moved: BTreeMap<String, Vec<u8>> = std::mem::take(&mut bucket.files)
        .into_iter()
        .map(|(path, content)| {
            let name = path.rsplit('/').next().unwrap().to_owned();
            let path = match () {
                () if name.contains("_c.json") => "evidence/odd name.json.gz".to_owned(),
                () if name.contains("_d.json") => path.trim_end_matches(".gz").to_owned(),
                () if name.contains("_a.json") => name,
                () if name.contains("_b.json") => format!("evidence/{name}"),
                () => format!("a download/{path}"),
            };
            (path, content)
        })
        .collect();
    bucket.files = moved;
    check(
        &bucket,
        expect![[r#"
        logs: 6 content intact
        digests: 5 content intact, 1 cannot be checked here
        proof: Signature 6
        us-east-1 trail: 5 signed
        digest-unchecked us-east-1 @15: Newest
        log-moved us-east-1 b
        log-moved us-east-1 evidence/odd name.json.gz
    "#]],
    );
}

#[test]
fn a_folder_that_holds_a_part_of_the_time() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    for hour in [10, 11, 15] {
        bucket.delete(&digest_name("us-east-1", hour));
    }
    bucket.put(bucket.log_key("us-west-2", 12, 'w'), b"{}".to_vec());
    bucket.put("notes.txt".to_owned(), b"nothing".to_vec());
    let later = bucket.log_key("us-east-1", 15, 'y');
    bucket.put(later, b"{}".to_vec());
    check(
        &bucket,
        expect![[r#"
        logs: 4 content intact, 5 cannot be checked here
        digests: 2 content intact, 1 cannot be checked here
        proof: Digest 1, Signature 3
        us-east-1 trail: 2 signed
        digest-unchecked us-east-1 @14: Newest
        log-unchecked  notes.txt: NoTime
        log-unchecked us-east-1 a: BeforeFirst
        log-unchecked us-east-1 b: BeforeFirst
        log-unchecked us-west-2 w: NoDigests
        log-unchecked us-east-1 y: AfterLast
        starts-earlier us-east-1 @12
    "#]],
    );
}

#[test]
fn hours_that_no_digest_covers_between_two_that_are_linked() {
    let mut bucket = Bucket::drawn(
        "
        hour us-east-1
        10   a
        11   ~
        12   b
        13   -
        ",
    );
    bucket.put(bucket.log_key("us-east-1", 11, 'x'), b"{\"Records\":[]}".to_vec());
    check(
        &bucket,
        expect![[r#"
        logs: 2 content intact, 1 cannot be checked here
        digests: 2 content intact, 1 cannot be checked here
        proof: Signature 2
        us-east-1 trail: 2 signed
        hours-without-digest us-east-1 @11
        digest-unchecked us-east-1 @13: Newest
        log-unchecked us-east-1 x: BetweenDigests
    "#]],
    );
    let finding = &bucket.report().findings[0];
    assert_eq!(
        finding.message,
        "No digest covers 2024-05-01T11:01:31Z to 2024-05-01T12:01:31Z, though the digests before \
         and after are linked: none was taken out."
    );
}

#[test]
fn a_hash_of_another_kind_proves_nothing_here() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.files.retain(|path, _| !path.ends_with("keys.json"));
    bucket.edit_digest("us-east-1", 15, |digest| {
        digest["previousDigestHashAlgorithm"] = json!("SHA-512");
        digest["previousDigestHashValue"] = json!("00".repeat(64));
    });
    check(
        &bucket,
        expect![[r#"
        logs: 6 content intact
        digests: 4 content intact, 2 cannot be checked here
        proof: Digest 1, Chain 5
        us-east-1 trail: 0 signed
        digest-unchecked us-east-1 @14: OtherHash
        digest-unchecked us-east-1 @15: Newest
    "#]],
    );
}

#[test]
fn a_digest_that_lay_elsewhere_in_its_bucket() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let path = bucket.path_of(&digest_name("us-east-1", 12));
    let content = bucket.files.remove(&path).unwrap();
    bucket.put(path.replace("us-east-1/2024", "eu-west-1/2024"), content);
    check(
        &bucket,
        expect![[r#"
        logs: 6 content intact
        digests: 5 content intact, 1 cannot be checked here
        proof: Signature 6
        us-east-1 trail: 5 signed
        digest-unchecked us-east-1 @15: Newest
        digest-moved us-east-1 @12
    "#]],
    );
}

#[test]
fn a_trail_switched_off_and_on_again() {
    let mut bucket = Bucket::drawn(
        "
        hour us-east-1
        10   a
        11   -
        12   .
        13   .
        14   b
        15   -
        ",
    );
    bucket.put(bucket.log_key("us-east-1", 12, 'x'), b"{\"Records\":[]}".to_vec());
    check(
        &bucket,
        expect![[r#"
            logs: 2 content intact, 1 cannot be checked here
            digests: 2 content intact, 2 cannot be checked here
            proof: Signature 2
            us-east-1 trail: 2 signed
            chain-restarted us-east-1 
            digest-unchecked us-east-1 @11: LastOfChain
            digest-unchecked us-east-1 @15: Newest
            log-unchecked us-east-1 x: BetweenChains
        "#]],
    );
}

#[test]
fn digests_that_are_no_digests_any_more() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.edit(&digest_name("us-east-1", 12), |it| it.truncate(40));
    bucket.edit(&digest_name("us-east-1", 15), |it| it.clear());
    check(
        &bucket,
        expect![[r#"
        logs: 5 content intact, 1 cannot be checked here
        digests: 2 content intact, 1 changed, 3 cannot be checked here
        proof: Digest 1, Signature 4
        us-east-1 trail: 2 signed
        digest-changed us-east-1 @12
        digest-unreadable us-east-1 @15
        digest-unchecked us-east-1 @11: NextUnreadable
        digest-unchecked us-east-1 @14: Newest
        log-unchecked us-east-1 c: DigestUnreadable
    "#]],
    );
}

#[test]
fn one_digest_in_two_versions() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let path = bucket.path_of(&digest_name("us-east-1", 12));
    let original = bucket.files[&path].clone();
    bucket.edit_digest("us-east-1", 12, |it| it["logFiles"] = json!([]));
    bucket.put(format!("copy/{path}"), original.clone());
    bucket.put(format!("copy of copy/{path}"), original);
    check(
        &bucket,
        expect![[r#"
        logs: 6 content intact
        digests: 5 content intact, 1 changed, 1 cannot be checked here
        proof: Signature 6
        us-east-1 trail: 5 signed
        digest-changed us-east-1 @12
        digest-unchecked us-east-1 @15: Newest
    "#]],
    );
}

/// The version that was tampered with must not be what the chain is read by.
#[test]
fn one_digest_in_two_versions_that_name_other_digests_before_them() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let path = bucket.path_of(&digest_name("us-east-1", 12));
    bucket.put(format!("copy/{path}"), bucket.files[&path].clone());
    bucket.edit_digest("us-east-1", 12, |it| {
        it["previousDigestS3Object"] = json!(null);
        // So that it comes first.
        it["digestStartTime"] = json!(iso(moment(12) - MINUTE));
    });
    let kinds: Vec<FindingKind> = bucket.report().counts.into_keys().collect();
    assert_eq!(kinds, [FindingKind::DigestChanged, FindingKind::DigestUnchecked]);
}

#[test]
fn thousands_of_versions_do_not_cost_their_square() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.delete("keys.json");
    let key = bucket.path_of(&digest_name("us-east-1", 12));
    let value: Value = serde_json::from_slice(bucket.content(&key)).unwrap();
    for at in 0..3_000 {
        let mut version = value.clone();
        version["previousDigestS3Object"] = json!(key);
        version["salt"] = json!(at);
        bucket.put(format!("{at}/{key}"), version.to_string().into_bytes());
    }
    let verification = Verification::new(bucket.facts());
    assert!(verification.progress().1 < 60_000);
    assert_eq!(bucket.report().digests.given(), 3_006);
}

#[test]
fn a_digest_edited_to_forget_a_log() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.edit_digest("us-east-1", 12, |it| it["logFiles"] = json!([]));
    let report = bucket.report();
    assert_eq!((report.logs.unlisted, report.logs.unchecked), (0, 1));
    let finding = report.findings.iter().find(|it| it.kind == FindingKind::LogUnchecked).unwrap();
    assert_eq!(finding.reason, Some(Reason::DigestChanged));
}

#[test]
fn of_two_trails_one_may_have_lost_the_digest_that_names_a_log() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let other = Bucket::drawn_for("other_trail", "hour us-east-1\n 12 -\n 13 -\n 14 -\n 15 -");
    bucket.files.extend(other.files);
    bucket.put(bucket.log_key("us-east-1", 11, 'x'), b"{}".to_vec());
    bucket.put(bucket.log_key("us-east-1", 13, 'z'), b"{}".to_vec());
    assert_eq!(bucket.report().logs.unlisted, 2, "one had not begun yet");
    bucket.delete(&name_of_digest("other_trail", "us-east-1", 13));
    let report = bucket.report();
    assert_eq!((report.logs.unlisted, report.logs.unchecked), (1, 1));
}

#[test]
fn two_trails_in_one_bucket() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let other = Bucket::drawn_for("other_trail", "hour us-east-1\n 11 gh\n 12 -\n 13 -\n 14 i");
    bucket.files.extend(other.files);
    bucket.delete(&log_name("us-east-1", 11, 'g'));
    check(
        &bucket,
        expect![[r#"
        logs: 8 content intact, 1 missing
        digests: 8 content intact, 2 cannot be checked here
        proof: Digest 1, Signature 7
        us-east-1 other_trail: 3 signed
        us-east-1 trail: 5 signed
        log-missing us-east-1 g
        digest-unchecked us-east-1 @14: Newest
        digest-unchecked us-east-1 @15: Newest
    "#]],
    );
}

#[test]
fn an_insight_file_is_not_accused() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    let insight = bucket.log_key("us-east-1", 12, 'k').replace("CloudTrail", "CloudTrail-Insight");
    bucket.put(insight, b"{}".to_vec());
    assert_eq!(bucket.report().logs.unlisted, 0);
    assert_eq!(bucket.report().counts[&FindingKind::LogUnchecked], 1);
}

#[test]
fn the_string_to_sign_is_as_documented() {
    let bucket = Bucket::drawn(ONE_REGION);
    let first = digest(bucket.content(&digest_name("us-east-1", 10))).unwrap();
    let hash = sha256(b"");
    assert_eq!(
        string_to_sign(&first, hash),
        format!("2024-05-01T11:01:31Z\n{BUCKET}/{}\n{hash}\nnull", first.object)
    );
    let second = digest(bucket.content(&digest_name("us-east-1", 11))).unwrap();
    let signature = second.previous_signature.clone().unwrap();
    assert!(string_to_sign(&second, hash).ends_with(&format!("\n{hash}\n{signature}")));
    assert_eq!(
        hash.to_string(),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    );
}

#[test]
fn all_fields_of_a_digest_are_read() {
    let text = r#"{"awsAccountId":"111122223333","digestStartTime":"2015-08-17T14:01:31Z",
        "digestEndTime":"2015-08-17T15:01:31Z","digestS3Bucket":"b","digestS3Object":"o",
        "digestPublicKeyFingerprint":"31e8","digestSignatureAlgorithm":"SHA256withRSA",
        "newestEventTime":"2015-08-17T14:52:27Z","oldestEventTime":null,
        "previousDigestS3Bucket":"pb","previousDigestS3Object":"po",
        "previousDigestHashValue":"00","previousDigestHashAlgorithm":"SHA-256",
        "previousDigestSignature":"50","new":[1],
        "logFiles":[{"s3Bucket":"lb","s3Object":"lo","hashAlgorithm":"SHA-512",
            "hashValue":"97fb791cf91ffc440d274f8190dbdd9aa09c34432aba82739df18b6d3c13df2d",
            "newestEventTime":"2015-08-17T14:52:27Z","oldestEventTime":"2015-08-17T14:42:27Z"}]}"#;
    let it = digest(format!("\u{feff}{text}").as_bytes()).unwrap();
    assert_eq!((it.account.as_str(), it.bucket.as_str()), (ACCOUNT, "b"));
    assert_eq!((it.object.as_str(), it.key_fingerprint.as_str()), ("o", "31e8"));
    assert_eq!(it.range.len_millis(), HOUR);
    assert_eq!(it.newest_event_millis, parse("2015-08-17T14:52:27Z"));
    assert_eq!(it.oldest_event_millis, None);
    let previous = it.previous.unwrap();
    assert_eq!((previous.bucket.as_str(), previous.object.as_str()), ("pb", "po"));
    assert_eq!(previous.sha256, None, "too short for a hash");
    assert_eq!(it.logs[0].sha256, None, "another algorithm");
    assert_eq!(it.logs[0].oldest_event_millis, parse("2015-08-17T14:42:27Z"));
    for odd in ["", "[]", "{}", r#"{"digestStartTime":"x"}"#, &text.replace("T15:", "T11:")] {
        assert!(digest(odd.as_bytes()).is_err(), "{odd}");
    }
}

#[test]
fn odd_lists_of_keys_are_told() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.put("cut.json".to_owned(), br#"{"PublicKeyList":[{"Value":"#.to_vec());
    bucket.put(
        "odd.json".to_owned(),
        br#"{"PublicKeyList":[{"Value":"AAAA","Fingerprint":"f0"}]}"#.to_vec(),
    );
    let report = bucket.report();
    assert_eq!(report.counts[&FindingKind::KeysUnreadable], 2);
    assert_eq!(report.logs_by_proof[&Proof::Signature], 6, "the good list still serves");
}

#[test]
fn names_alone_tell_what_is_missing() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    bucket.delete(&log_name("us-east-1", 13, 'd'));
    let digests: Vec<_> = (10..=15)
        .map(|it| digest(bucket.content(&digest_name("us-east-1", it))).unwrap())
        .collect();
    let missing = missing_logs(&digests, bucket.files.keys().map(String::as_str));
    assert_eq!(missing, [bucket.log_key("us-east-1", 13, 'd')]);
}

#[test]
fn signatures_are_checked_in_steps() {
    let bucket = Bucket::drawn(TWO_REGIONS);
    let mut verification = Verification::new(bucket.facts());
    assert_eq!(verification.progress(), (0, 8));
    let mut seen = Vec::new();
    while verification.step(3) {
        seen.push(verification.progress().0);
    }
    assert_eq!((seen, verification.progress()), (vec![3, 6], (8, 8)));
    assert_eq!(verification.finish(), bucket.report());
}

#[test]
fn long_lists_are_cut_and_counted() {
    let mut bucket = Bucket::drawn(ONE_REGION);
    for at in 0..MOST_LISTED + 10 {
        bucket.put(bucket.log_key("us-east-1", 12, 'z').replace("_z", &format!("_{at}")), vec![1]);
    }
    let report = bucket.report();
    assert_eq!(report.counts[&FindingKind::LogUnlisted], MOST_LISTED as u64 + 10);
    let listed = report.findings.iter().filter(|it| it.kind == FindingKind::LogUnlisted);
    assert_eq!(listed.count(), MOST_LISTED);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to a bucket: the order of its files changes nothing, every file is counted
    /// once, and what was not touched is not accused.
    #[test]
    fn whatever_is_done_to_a_bucket(
        deeds in prop::collection::vec((0_usize..40, 0_u8..4, any::<u8>()), 0..5),
        keys in any::<bool>(),
    ) {
        let mut bucket = Bucket::drawn(TWO_REGIONS);
        let mut touched = Vec::new();
        if !keys {
            bucket.delete("keys.json");
        }
        for (at, deed, byte) in deeds {
            let Some(path) = bucket.files.keys().nth(at).cloned() else { continue };
            let content = bucket.files.get_mut(&path).unwrap();
            match deed {
                0 => drop(bucket.files.remove(&path)),
                1 => content.truncate(usize::from(byte)),
                2 => {
                    let at = usize::from(byte) % content.len().max(1);
                    if let Some(it) = content.get_mut(at) { *it ^= byte | 1 }
                },
                _ => {
                    let content = bucket.files.remove(&path).unwrap();
                    bucket.files.insert(format!("moved/{}", path.rsplit('/').next().unwrap()), content);
                    continue;
                },
            }
            touched.push(path.rsplit('/').next().unwrap().to_owned());
        }
        let report = bucket.report();
        let mut facts = bucket.facts();
        facts.reverse();
        prop_assert_eq!(&verify(facts.clone()), &report);
        let given = report.logs.given() + report.digests.given();
        let lists = facts.iter().filter(|it| matches!(it, Fact::Keys { .. } | Fact::BadKeys { .. }));
        prop_assert_eq!(given, (facts.len() - lists.count()) as u64);
        let bytes = postcard::to_stdvec(&facts).unwrap();
        prop_assert_eq!(postcard::from_bytes::<Vec<Fact>>(&bytes).unwrap(), facts);
        for finding in report.findings.iter().filter(|it| it.kind == FindingKind::LogChanged) {
            let path = finding.path.as_deref().unwrap();
            prop_assert!(touched.iter().any(|it| path.ends_with(it.as_str())), "{}", path);
        }
    }

    #[test]
    fn no_content_is_too_odd(content in prop::collection::vec(any::<u8>(), 0..80), cut in 0_usize..900) {
        let bucket = Bucket::drawn("hour us-east-1\n 10 a\n 11 -");
        let digest = bucket.content(&digest_name("us-east-1", 11));
        let mut mixed = digest[..cut.min(digest.len())].to_vec();
        mixed.extend(&content);
        let path = digest_name("us-east-1", 11);
        verify([fact_of(&path, &mixed), fact_of("x", &mixed), fact_of(&path, digest)]);
        verify([fact_of("k", &[br#"{"PublicKeyList":"#.as_slice(), &content].concat())]);
    }
}

/// Files by the paths at which they are dropped.
#[derive(Clone)]
struct Bucket {
    files: BTreeMap<String, Vec<u8>>,
}

impl Bucket {
    fn drawn(picture: &str) -> Bucket {
        Bucket::drawn_for("trail", picture)
    }

    fn drawn_for(trail: &str, picture: &str) -> Bucket {
        let mut lines = picture.lines().map(str::trim).filter(|it| !it.is_empty());
        let regions: Vec<&str> = lines.next().unwrap().split_whitespace().skip(1).collect();
        let mut files = BTreeMap::from([("keys.json".to_owned(), keys_json(&regions))]);
        let mut newest: BTreeMap<&str, (String, Vec<u8>, String)> = BTreeMap::new();
        for line in lines {
            let mut words = line.split_whitespace();
            let hour: i64 = words.next().unwrap().parse().unwrap();
            for (region, logs) in regions.iter().zip(words) {
                if logs == "." {
                    newest.remove(region);
                }
                if logs == "." || logs == "~" {
                    continue;
                }
                let mut named = Vec::new();
                for letter in logs.chars().filter(|it| *it != '-') {
                    let key = log_key(region, hour, letter);
                    let content = format!("{{\"Records\":[{{\"eventID\":\"{region}{letter}\"}}]}}");
                    named.push(json!({
                        "s3Bucket": BUCKET, "s3Object": key, "hashAlgorithm": "SHA-256",
                        "hashValue": sha256(content.as_bytes()).to_string(),
                        "newestEventTime": null, "oldestEventTime": null,
                    }));
                    files.insert(key, content.into_bytes());
                }
                let key = digest_key(trail, region, hour);
                let previous = newest.get(region);
                let content = json!({
                    "awsAccountId": ACCOUNT,
                    "digestStartTime": iso(moment(hour)), "digestEndTime": iso(moment(hour + 1)),
                    "digestS3Bucket": BUCKET, "digestS3Object": key,
                    "digestPublicKeyFingerprint": fingerprint(region),
                    "digestSignatureAlgorithm": "SHA256withRSA",
                    "newestEventTime": null, "oldestEventTime": null,
                    "previousDigestS3Bucket": previous.map(|_| BUCKET),
                    "previousDigestS3Object": previous.map(|it| &it.0),
                    "previousDigestHashValue": previous.map(|it| sha256(&it.1).to_string()),
                    "previousDigestHashAlgorithm": previous.map(|_| "SHA-256"),
                    "previousDigestSignature": previous.map(|it| &it.2),
                    "logFiles": named,
                });
                let content = content.to_string().into_bytes();
                let signature = sign(region, &content);
                files.insert(key.clone(), content.clone());
                newest.insert(region, (key, content, signature));
            }
        }
        Bucket { files }
    }

    fn facts(&self) -> Vec<Fact> {
        self.files.iter().map(|(path, content)| fact_of(path, content)).collect()
    }

    fn report(&self) -> ChainReport {
        verify(self.facts())
    }

    fn log_key(&self, region: &str, hour: i64, letter: char) -> String {
        log_key(region, hour, letter)
    }

    fn path_of(&self, name: &str) -> String {
        self.files.keys().find(|it| it.ends_with(name)).unwrap().clone()
    }

    fn content(&self, name: &str) -> &[u8] {
        &self.files[&self.path_of(name)]
    }

    fn put(&mut self, path: String, content: Vec<u8>) {
        self.files.insert(path, content);
    }

    fn delete(&mut self, name: &str) {
        let path = self.path_of(name);
        self.files.remove(&path);
    }

    fn edit(&mut self, name: &str, edit: impl FnOnce(&mut Vec<u8>)) {
        let path = self.path_of(name);
        edit(self.files.get_mut(&path).unwrap());
    }

    fn edit_digest(&mut self, region: &str, hour: i64, edit: impl FnOnce(&mut Value)) {
        self.edit(&digest_name(region, hour), |content| {
            let mut value: Value = serde_json::from_slice(content).unwrap();
            edit(&mut value);
            *content = value.to_string().into_bytes();
        });
    }
}

/// The start of the digest of that hour.
fn moment(hour: i64) -> i64 {
    parse("2024-05-01T00:01:31Z").unwrap() + hour * HOUR
}

fn stamp(millis: i64) -> String {
    iso(millis).replace(['-', ':'], "")
}

fn log_name(region: &str, hour: i64, letter: char) -> String {
    let millis = moment(hour) + (15 + 5 * (letter as i64 % 8)) * MINUTE;
    format!("{ACCOUNT}_CloudTrail_{region}_{}Z_{letter}.json.gz", &stamp(millis)[..13])
}

fn log_key(region: &str, hour: i64, letter: char) -> String {
    let name = log_name(region, hour, letter);
    format!("AWSLogs/{ACCOUNT}/CloudTrail/{region}/2024/05/01/{name}")
}

fn digest_name(region: &str, hour: i64) -> String {
    name_of_digest("trail", region, hour)
}

fn name_of_digest(trail: &str, region: &str, hour: i64) -> String {
    let end = stamp(moment(hour + 1));
    format!("{ACCOUNT}_CloudTrail-Digest_{region}_{trail}_us-east-1_{end}.json.gz")
}

fn digest_key(trail: &str, region: &str, hour: i64) -> String {
    let name = name_of_digest(trail, region, hour);
    format!("AWSLogs/{ACCOUNT}/CloudTrail-Digest/{region}/2024/05/01/{name}")
}

fn fingerprint(region: &str) -> String {
    format!("{:032x}", region.len() * 17 + usize::from(region.as_bytes()[0]))
}

/// The key of a region: there are two, since making them takes time.
fn key(region: &str) -> &'static PrivateKey {
    static KEYS: OnceLock<[PrivateKey; 2]> = OnceLock::new();
    let keys = KEYS.get_or_init(|| {
        let mut dice = Dice(7);
        [(); 2].map(|()| PrivateKey::new(&mut dice, 1024).unwrap())
    });
    &keys[usize::from(region.starts_with("eu"))]
}

fn sign(region: &str, content: &[u8]) -> String {
    let text = string_to_sign(&digest(content).unwrap(), sha256(content));
    let hash = sha256(text.as_bytes()).0;
    let signature = key(region).sign(Pkcs1v15Sign::new::<sha2::Sha256>(), &hash).unwrap();
    signature.iter().fold(String::new(), |mut text, it| {
        write!(text, "{it:02x}").unwrap();
        text
    })
}

/// As `aws cloudtrail list-public-keys` prints them.
fn keys_json(regions: &[&str]) -> Vec<u8> {
    let keys = regions.iter().map(|region| {
        let der = key(region).to_public_key().to_pkcs1_der().unwrap();
        json!({
            "Value": Base64::encode_string(der.as_bytes()), "Fingerprint": fingerprint(region),
            "ValidityStartTime": 1_700_000_000.0, "ValidityEndTime": 1_800_000_000.0,
        })
    });
    json!({ "PublicKeyList": keys.collect::<Vec<Value>>() }).to_string().into_bytes()
}

/// Numbers from a seed, for keys that protect nothing.
struct Dice(u64);

impl TryRng for Dice {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.try_next_u64()? >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(mixed ^ mixed >> 31)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for part in bytes.chunks_mut(8) {
            let random = self.try_next_u64()?.to_le_bytes();
            part.copy_from_slice(&random[..part.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Dice {}

fn check(bucket: &Bucket, expected: Expect) {
    expected.assert_eq(&told(&bucket.report()));
}

/// A report, short.
fn told(report: &ChainReport) -> String {
    let mut text = String::new();
    for (what, counts) in [("logs", report.logs), ("digests", report.digests)] {
        let parts = [
            (counts.intact, Verdict::Intact),
            (counts.changed, Verdict::Changed),
            (counts.missing, Verdict::Missing),
            (counts.unlisted, Verdict::Unlisted),
            (counts.unchecked, Verdict::Unchecked),
        ];
        let parts = parts.iter().filter(|it| it.0 > 0);
        let parts: Vec<String> = parts.map(|it| format!("{} {}", it.0, it.1.as_str())).collect();
        writeln!(text, "{what}: {}", parts.join(", ")).unwrap();
    }
    let proofs = report.logs_by_proof.iter().map(|it| format!("{:?} {}", it.0, it.1));
    writeln!(text, "proof: {}", proofs.collect::<Vec<String>>().join(", ")).unwrap();
    for it in &report.chains {
        writeln!(text, "{} {}: {} signed", it.region, it.trail, it.signed).unwrap();
    }
    for it in &report.findings {
        let reason = it.reason.map(|it| format!(": {it:?}")).unwrap_or_default();
        let files = if it.files > 1 { format!(" ×{}", it.files) } else { String::new() };
        writeln!(text, "{} {} {}{files}{reason}", it.kind.as_str(), it.region, short(it)).unwrap();
    }
    text
}

/// The letter of a log, the hour of a digest, else the path.
fn short(finding: &Finding) -> String {
    let path = finding.path.as_deref().or(finding.object.as_deref()).unwrap_or_default();
    let name = path.rsplit('/').next().unwrap_or_default();
    match finding
        .range
        .filter(|_| name.contains("Digest") || finding.kind.as_str().contains("hour"))
    {
        Some(range) => format!("@{}", &iso(range.start_millis)[11..13]),
        None if name.starts_with(ACCOUNT) => {
            name.rsplit('_').next().unwrap_or_default().trim_end_matches(".gz").replace(".json", "")
        },
        None => path.to_owned(),
    }
}
