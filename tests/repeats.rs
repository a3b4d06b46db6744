//! Events that came more than once: told by the pair of files that hold them, whatever order the
//! files come in.

#![cfg(feature = "engine")]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod support;

use std::collections::BTreeMap;

use expect_test::{Expect, expect};
use proptest::prelude::*;
use support::{engine, take, trail};
use trailglass::{
    engine::Engine,
    model::{
        problem::ProblemKind,
        question::{EventKey, FileId},
        repeat::{FilePair, FilePairsQuery, RepeatsQuery},
    },
};

fn pairs(engine: &Engine) -> Vec<FilePair> {
    engine.file_pairs(&FilePairsQuery { offset: 0, limit: 1000 }).unwrap().pairs
}

/// Every pair of files, and under it every event that they share.
fn print(engine: &Engine) -> String {
    let mut text = String::new();
    for pair in pairs(engine) {
        let FilePair { first_path, second_path, duplicates, contradictions, .. } = &pair;
        text +=
            &format!("{first_path} {second_path}: {duplicates} same, {contradictions} differ\n");
        let query = RepeatsQuery { first: pair.first, second: pair.second, offset: 0, limit: 1000 };
        for it in engine.repeats(&query).unwrap().repeats {
            let sign = if it.differs { "≠" } else { "=" };
            text += &format!(
                "  {} {} {} {} {sign} {}\n",
                it.key.account, it.key.event_id, it.event_name, it.first_byte, it.second_byte
            );
        }
    }
    text
}

#[track_caller]
fn check(drawn: &str, expect: Expect) {
    expect.assert_eq(&print(&engine(&trail(drawn))));
}

#[test]
fn an_event_that_came_twice_is_told_by_its_two_files() {
    check(
        "
        09:00:00 alice s3:GetObject 10.0.0.1 - id=a
        09:00:01 alice s3:PutObject 10.0.0.1 - id=b

        09:00:00 alice s3:GetObject 10.0.0.1 - id=a

        09:00:01 alice s3:PutObject 10.0.0.1 - id=b
        09:00:02 alice s3:PutObject 10.0.0.1 - id=c
        09:00:02 alice s3:PutObject 10.0.0.1 - id=c
        ",
        expect![[r#"
            file-0.json file-1.json: 1 same, 0 differ
              111111111111 a GetObject 12 = 12
            file-0.json file-2.json: 1 same, 0 differ
              111111111111 b PutObject 307 = 12
            file-2.json file-2.json: 1 same, 0 differ
              111111111111 c PutObject 307 = 602
        "#]],
    );
}

#[test]
fn another_text_under_the_same_name_comes_first() {
    check(
        "
        09:00:00 alice s3:GetObject 10.0.0.1 - id=a
        09:00:01 alice s3:PutObject 10.0.0.1 - id=b

        09:00:00 alice s3:GetObject 10.0.0.1 - id=a
        09:00:01 alice s3:PutObject 10.0.0.1 - id=b

        09:00:00 mallory s3:GetObject 10.0.0.1 - id=a
        ",
        expect![[r#"
            file-0.json file-2.json: 0 same, 1 differ
              111111111111 a GetObject 12 ≠ 12
            file-0.json file-1.json: 2 same, 0 differ
              111111111111 a GetObject 12 = 12
              111111111111 b PutObject 307 = 307
        "#]],
    );
}

#[test]
fn a_log_whose_ids_were_blacked_out_is_one_problem_a_pair_of_files() {
    let lines = |from: u32| -> String {
        let line = |n: u32| {
            format!("09:{:02}:{:02} user{n} s3:GetObject 10.0.0.1 - id=x\n", n / 60 % 60, n % 60)
        };
        (from..from + 20_000).map(line).collect()
    };
    // With a look at every other record of the name for each, this would take minutes.
    let report = engine(&trail(&format!("{}\n\n{}", lines(0), lines(20_000)))).report();
    assert_eq!((report.events.kept, report.events.duplicates), (40_000, 0));
    let problems: Vec<(&str, ProblemKind, &str)> =
        report.problems.iter().map(|it| (&*it.path, it.kind, &*it.message)).collect();
    assert_eq!(
        problems,
        [
            (
                "file-0.json",
                ProblemKind::BadRecord,
                "19999 records have the same eventIDs and accounts as records in file-0.json, but different text; both are kept."
            ),
            (
                "file-1.json",
                ProblemKind::BadRecord,
                "20000 records have the same eventIDs and accounts as records in file-0.json, but different text; both are kept."
            ),
        ]
    );
}

#[test]
fn an_id_without_a_letter_is_none() {
    let drawn = "
        09:00:00 alice s3:GetObject 10.0.0.1 - id=
        09:00:00 alice s3:GetObject 10.0.0.1 - id=

        09:00:00 alice s3:GetObject 10.0.0.1 - id=
        09:00:01 alice s3:PutObject 10.0.0.1 - id=
    ";
    let engine = engine(&trail(drawn));
    assert_eq!(engine.report().events.kept, 4);
    assert_eq!(print(&engine), "");
}

#[test]
fn an_id_that_stands_under_every_account_is_an_event_of_each() {
    let line = |n: u32| {
        format!(
            "09:{:02}:{:02} ada s3:GetObject 10.0.0.1 - id=x recipientAccountId={n}\n",
            n / 60 % 60,
            n % 60
        )
    };
    let lines: String = (0..60_000).map(line).collect();
    // With a look at every other account of the id for each, this would take minutes.
    let mut engine = engine(&trail(&lines));
    let events = engine.report().events;
    assert_eq!((events.kept, events.duplicates), (60_000, 0));
    let key = |account: &str| EventKey { account: account.to_owned(), event_id: "x".to_owned() };
    let account_of = |engine: &mut Engine, account| {
        let id = engine.find(&key(account))?;
        Some(engine.place(id).ok()?.key.account)
    };
    assert_eq!(account_of(&mut engine, "59999").as_deref(), Some("59999"));
    assert_eq!(account_of(&mut engine, "60000"), None);
}

#[test]
fn lists_come_in_windows() {
    let line = |n: usize| format!("09:00:00 alice s3:GetObject 10.0.0.1 - id={n}\n");
    let block: String = (0..10).map(line).collect();
    let engine = engine(&trail(&format!("{block}\n{block}\n{block}")));
    let window = engine.file_pairs(&FilePairsQuery { offset: 1, limit: 5 }).unwrap();
    assert_eq!((window.duplicates, window.total, window.pairs.len()), (20, 2, 1));
    let query = RepeatsQuery { first: FileId(0), second: FileId(2), offset: 7, limit: 2 };
    let window = engine.repeats(&query).unwrap();
    let ids: Vec<&str> = window.repeats.iter().map(|it| &*it.key.event_id).collect();
    assert_eq!((window.total, ids), (10, vec!["7", "8"]));
    assert!(engine.repeats(&RepeatsQuery { limit: 10_001, ..query }).is_err());
}

/// A record of a random log: its name, and which of its texts.
type Drawn = (u8, u8);

/// A file: its path, its text, and where each record begins.
struct File {
    path: String,
    text: String,
    offsets: Vec<u32>,
}

fn file(path: u8, records: &[Drawn]) -> File {
    let (mut text, mut offsets) = ("{\"Records\":[".to_owned(), Vec::new());
    for (at, (id, variant)) in records.iter().enumerate() {
        if at > 0 {
            text.push(',');
        }
        offsets.push(text.len() as u32);
        text += &format!(
            "{{\"eventVersion\":\"1.08\",\"eventTime\":\"2026-03-02T09:00:00Z\",\"eventName\":\"N\",\"eventSource\":\"s3.amazonaws.com\",\"eventID\":\"{id}\",\"recipientAccountId\":\"1\",\"userAgent\":\"{variant}\"}}"
        );
    }
    File { path: format!("path-{path}.json"), text: text + "]}", offsets }
}

/// What [`print`] should say: a plain look at all records, sorted by their places.
fn plain(files: &[File], log: &[(u8, Vec<Drawn>)]) -> String {
    type Place<'a> = (&'a str, usize, u32);
    let mut names: BTreeMap<u8, BTreeMap<u8, Vec<Place<'_>>>> = BTreeMap::new();
    for (number, (file, (_, records))) in files.iter().zip(log).enumerate() {
        for ((id, variant), offset) in records.iter().zip(&file.offsets) {
            let place = (file.path.as_str(), number, *offset);
            names.entry(*id).or_default().entry(*variant).or_default().push(place);
        }
    }
    type Shared = Vec<(bool, u32, u32, u8)>;
    type Pair<'a> = ((&'a str, usize), (&'a str, usize));
    let mut pairs: BTreeMap<Pair<'_>, Shared> = BTreeMap::new();
    for (id, texts) in &mut names {
        let mut kept = Vec::new();
        for places in texts.values_mut() {
            places.sort_unstable();
            let first = places[0];
            kept.push(first);
            for second in &places[1..] {
                let pair = ((first.0, first.1), (second.0, second.1));
                pairs.entry(pair).or_default().push((true, second.2, first.2, *id));
            }
        }
        kept.sort_unstable();
        for second in &kept[1..] {
            let first = kept[0];
            let pair = ((first.0, first.1), (second.0, second.1));
            pairs.entry(pair).or_default().push((false, second.2, first.2, *id));
        }
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    let count = |shared: &Shared, same: bool| shared.iter().filter(|it| it.0 == same).count();
    // Stable: pairs of the same counts stay in the order of their paths.
    pairs.sort_by_key(|(_, it)| std::cmp::Reverse((count(it, false), count(it, true))));
    let mut text = String::new();
    for ((first, second), mut shared) in pairs {
        shared.sort_unstable();
        let (same, differ) = (count(&shared, true), count(&shared, false));
        text += &format!("{} {}: {same} same, {differ} differ\n", first.0, second.0);
        for (same, second, first, id) in shared {
            let sign = if same { "=" } else { "≠" };
            text += &format!("  1 {id} N {first} {sign} {second}\n");
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn pairs_are_those_of_a_plain_look_in_any_order_of_files(
        log in proptest::collection::vec((0..6_u8, proptest::collection::vec((0..6_u8, 0..3_u8), 1..6)), 1..8),
        seed in any::<u64>(),
    ) {
        let files: Vec<File> = log.iter().map(|(path, records)| file(*path, records)).collect();
        let given: Vec<(String, String)> =
            files.iter().map(|it| (it.path.clone(), it.text.clone())).collect();
        let mut order: Vec<usize> = (0..files.len()).collect();
        order.sort_by_key(|at| (*at as u64 + 1).wrapping_mul(seed | 1));
        let mut engine = Engine::default();
        engine.announce(FileId(0), given.iter().map(|it| it.0.clone()).collect());
        take(&mut engine, &given, &order);
        prop_assert_eq!(print(&engine), plain(&files, &log));
        let report = engine.report();
        let told = engine.file_pairs(&FilePairsQuery { offset: 0, limit: 1 }).unwrap();
        prop_assert_eq!(told.duplicates, report.events.duplicates);
        let differing = pairs(&engine).iter().filter(|it| it.contradictions > 0).count();
        prop_assert_eq!(report.problems.len(), differing);
    }
}
