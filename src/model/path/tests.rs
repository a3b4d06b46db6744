use proptest::prelude::*;

use super::*;
use crate::model::time::iso;

/// What a path says, in one line.
fn says(path: &str) -> String {
    let facts = PathFacts::of(path);
    let time = |it: Option<i64>| it.map(iso).unwrap_or_default();
    let kind = facts.kind.map(|it| format!("{it:?}")).unwrap_or_default();
    let parts = [
        kind.as_str(),
        facts.organisation.unwrap_or_default(),
        facts.account.unwrap_or_default(),
        facts.region.unwrap_or_default(),
        &time(facts.stamp_millis),
        &time(facts.day_millis),
    ];
    parts.join("|")
}

const NAME: &str = "111122223333_CloudTrail_us-east-1_20210730T1635Z_abcDEF0123456789.json.gz";
const WHOLE: &str = "Log||111122223333|us-east-1|2021-07-30T16:35:00Z|2021-07-30T00:00:00Z";

#[test]
fn a_key_is_read_wherever_it_is_cut_off() {
    let folders = "AWSLogs/111122223333/CloudTrail/us-east-1/2021/07/30/";
    for start in ["", "my-bucket/some prefix/", "C:/Users/me/2020/12/31/"] {
        assert_eq!(says(&format!("{start}{folders}{NAME}")), WHOLE);
    }
    for (at, _) in folders.match_indices('/') {
        assert_eq!(says(&format!("{}{NAME}", &folders[at + 1..])), WHOLE);
    }
    assert_eq!(says(NAME), WHOLE);
    assert_eq!(says(&format!("{folders}{NAME}").replace('/', "\\")), WHOLE);
}

#[test]
fn the_name_is_believed_before_the_folders() {
    assert_eq!(says(&format!("999988887777/eu-west-1/2019/01/01/{NAME}")), WHOLE);
}

#[test]
fn folders_speak_for_files_with_names_of_their_own() {
    assert_eq!(
        says("AWSLogs/o-exampleorgid/111122223333/CloudTrail/eu-central-1/2024/02/29/a.json"),
        "Log|o-exampleorgid|111122223333|eu-central-1||2024-02-29T00:00:00Z"
    );
    assert_eq!(
        says("AWSLogs/111122223333/CloudTrail-Lake/Query/2024/05/01/5e-4b/result_1.csv.gz"),
        "Lake||111122223333|||2024-05-01T00:00:00Z"
    );
    assert_eq!(
        says("lake/region=us-west-2/account=111122223333/year=2024/month=05/day=01/x.gz"),
        "||111122223333|us-west-2||2024-05-01T00:00:00Z"
    );
    assert_eq!(
        says("exportedlogs/0b6c/111122223333_CloudTrail_us-east-2_3/000000.gz"),
        "Log||111122223333|us-east-2||"
    );
}

#[test]
fn every_kind_has_its_word() {
    for (word, kind) in [
        ("CloudTrail", "Log"),
        ("CloudTrail-Digest", "Digest"),
        ("CloudTrail-Insight", "Insight"),
        ("CloudTrail-NetworkActivity", "NetworkActivity"),
        ("CloudTrail-Aggregated", "Aggregated"),
    ] {
        let name =
            format!("111122223333_{word}_us-gov-west-1_20200923T0516Z_KL5e9VCV2SS7IqzB.json");
        let wanted = "111122223333|us-gov-west-1|2020-09-23T05:16:00Z|2020-09-23T00:00:00Z";
        assert_eq!(says(&name), format!("{kind}||{wanted}"));
    }
}

#[test]
fn a_digest_names_its_trail() {
    let name = "111122223333_CloudTrail-Digest_us-east-2_my_trail.v2_eu-west-1_20150817T150131Z";
    for (end, backfill) in [(".json.gz", false), ("_backfill.json.gz", true)] {
        let path = format!("x/CloudTrail-Digest/us-east-2/2015/08/17/{name}{end}");
        let facts = PathFacts::of(&path);
        assert_eq!(facts.kind, Some(PathKind::Digest));
        assert_eq!((facts.region, facts.trail), (Some("us-east-2"), Some("my_trail.v2")));
        assert_eq!((facts.home_region, facts.backfill), (Some("eu-west-1"), backfill));
        let hour = facts.digest_hour().unwrap();
        assert_eq!(iso(hour.start_millis), "2015-08-17T14:01:31Z");
        assert_eq!(iso(hour.end_millis), "2015-08-17T15:01:31Z");
    }
}

#[test]
fn names_that_are_nearly_right_are_read_as_far_as_they_go() {
    // An old example of AWS has no line between the stamp and the rest.
    let old = "111122223333_CloudTrail_us-east-2_20150801T0210Zcx6Rqm.json.gz";
    assert_eq!(says(old), "Log||111122223333|us-east-2|2015-08-01T02:10:00Z|2015-08-01T00:00:00Z");
    assert_eq!(says("111122223333_CloudTrail_us-east-1_20219930T1635Z_a"), {
        "Log||111122223333|us-east-1||"
    });
    assert_eq!(says("111122223333_CloudTrail"), "Log||111122223333|||");
    assert_eq!(says("11112222333_CloudTrail_us-east-1"), "|||||");
    assert_eq!(says("notes/2021/13/30/readme.txt"), "|||||");
    assert_eq!(says(""), "|||||");
}

#[test]
fn a_filter_leaves_out_only_what_is_surely_not_meant() {
    let midnight = crate::model::time::parse("2021-07-30").unwrap();
    let day = TimeRange { start_millis: midnight, end_millis: midnight + DAY };
    let filter = PathFilter {
        accounts: Some(["111122223333".to_owned()].into()),
        regions: Some(["us-east-1".to_owned()].into()),
        range: Some(day),
        named_only: false,
    };
    let accepts = |path: &str| filter.accepts(&PathFacts::of(path));
    let of = |region: &str, stamp: &str| format!("111122223333_CloudTrail_{region}_{stamp}_a.json");
    assert!(accepts(NAME));
    assert!(accepts("notes.json"));
    assert!(accepts(&of("us-east-1", "20210730T0000Z")));
    assert!(accepts(&of("us-east-1", "20210731T0055Z")), "delivered after midnight");
    assert!(!accepts(&of("us-east-1", "20210731T0100Z")));
    assert!(!accepts(&of("us-east-1", "20210729T2355Z")));
    assert!(!accepts(&of("us-west-1", "20210730T1200Z")));
    assert!(!accepts(&NAME.replace("111122223333", "444455556666")));
    assert!(accepts("2021/07/30/a.json") && !accepts("2021/08/01/a.json"));
    assert!(PathFilter::default().accepts(&PathFacts::of(NAME)));
    let strict = PathFilter { named_only: true, ..filter.clone() };
    let accepts = |path: &str| strict.accepts(&PathFacts::of(path));
    assert!(accepts(NAME) && !accepts("notes.json") && !accepts("2021/07/30/a.json"));
    let nobody = PathFilter { accounts: Some(BTreeSet::new()), ..PathFilter::default() };
    assert!(!nobody.accepts(&PathFacts::of(NAME)));
}

#[test]
fn tails_end_at_borders() {
    assert!(is_tail("drop/AWSLogs/1/x.gz", "AWSLogs/1/x.gz"));
    assert!(is_tail("1\\x.gz", "AWSLogs/1/x.gz"));
    assert!(!is_tail("drop/2/x.gz", "AWSLogs/1/x.gz"));
    assert!(!is_tail("ax.gz", "x.gz"));
}

proptest! {
    #[test]
    fn no_path_is_too_odd(path in "\\PC*", cut in 0_usize..200) {
        PathFacts::of(&path);
        let mixed = format!("{path}{NAME}{path}");
        if let Some(tail) = mixed.get(cut.min(mixed.len())..) {
            PathFacts::of(tail);
        }
    }

    #[test]
    fn pieces_of_keys_in_any_order_do_no_harm(
        parts in prop::collection::vec(
            "(AWSLogs|o-[a-z0-9]{10}|[0-9]{12}|CloudTrail(-[A-Z][a-z]*)?|[a-z]{2}-[a-z]{4}-[0-9]|\
              [0-9]{4}|[0-9]{2}|[0-9]{8}T[0-9]{4,6}Z?|_|=|ü)", 0..12),
        separator in "[/\\\\_]",
    ) {
        let path = parts.join(&separator);
        let facts = PathFacts::of(&path);
        prop_assert!(path.ends_with(facts.name));
        prop_assert!(facts.account.is_none_or(|it| it.len() == 12));
    }
}
