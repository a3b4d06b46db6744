//! What the engine says of the time, accounts and regions that were loaded, on drawn buckets.

#![cfg(feature = "engine")]
#![expect(clippy::unwrap_used, reason = "a test may stop here")]

mod support;

use expect_test::{Expect, expect};
use support::{answer, engine, take, trail};
use trailglass::{
    engine::{CoverageWork, Engine},
    model::{
        coverage::{
            CoverageMap, CoverageQuery, DigestCoverage, DigestSpan, MOST_CELLS, MOST_COLUMNS,
        },
        ledger::{HourState, Step},
        question::FileId,
        time::{DAY, HOUR, TimeRange, iso, parse},
    },
};

const ACCOUNT: &str = "111111111111";

/// A log file as CloudTrail names it, with its events drawn.
fn log(region: &str, stamp: &str, drawn: &str) -> (String, String) {
    let (_, text) = trail(drawn).pop().unwrap_or((String::new(), "{\"Records\":[]}".to_owned()));
    (format!("{}/{ACCOUNT}_CloudTrail_{region}_{stamp}_x.json", &stamp[..8]), text)
}

/// One event an hour over some days of March 2026, in one file a day.
fn day(region: &str, day: u32) -> (String, String) {
    let line = |hour: u32| {
        let id = format!("{region}-{day}-{hour}");
        format!(
            "2026-03-{day:02}T{hour:02}:30:00 alice s3:GetObject - - awsRegion={region} id={id}"
        )
    };
    let drawn: Vec<String> = (0..24).map(line).collect();
    log(region, &format!("202603{day:02}T2355Z"), &drawn.join("\n"))
}

fn digest(region: &str, stamp: &str) -> (String, String) {
    let path = format!("{ACCOUNT}_CloudTrail-Digest_{region}_trail_us-east-1_{stamp}.json");
    let text = "{\"awsAccountId\":\"1\",\"digestStartTime\":\"2026-03-02T00:00:00Z\",\
                \"digestEndTime\":\"2026-03-02T01:00:00Z\",\"digestS3Bucket\":\"b\",\
                \"digestS3Object\":\"o\",\"logFiles\":[]}";
    (path, text.to_owned())
}

fn coverage(engine: &mut Engine, range: Option<TimeRange>, offset: u32) -> CoverageMap {
    let query = CoverageQuery { range, offset, edition: 0 };
    let work = CoverageWork::new(engine, query);
    answer(engine, work).unwrap()
}

/// A line for each row, a letter for each cell.
fn drawn(map: &CoverageMap) -> String {
    let letter = |state| match state {
        HourState::Loaded => 'x',
        HourState::Silent => 's',
        HourState::Quiet => '.',
        HourState::Outside => ' ',
        HourState::Hole => 'O',
        HourState::Lacking => '!',
    };
    let mut text = format!("{:?} from {}\n", map.step, iso(map.start_millis));
    for row in &map.rows {
        let cells: String = row.cells.iter().map(|it| letter(it.state())).collect();
        let events: u64 = row.cells.iter().map(|it| it.events).sum();
        text += &format!("{} {} |{cells}| {events}\n", row.place.account, row.place.region);
    }
    for hole in &map.holes {
        let (from, to) = (iso(hole.range.start_millis), iso(hole.range.end_millis));
        text += &format!("{:?} {from} {to} {:?}\n", hole.kind, hole.region.as_deref());
    }
    text
}

#[track_caller]
fn check(files: &[(String, String)], range: Option<(&str, &str)>, expect: Expect) {
    let range = range.map(|it| TimeRange::between(parse(it.0).unwrap(), parse(it.1).unwrap()));
    expect.assert_eq(&drawn(&coverage(&mut engine(files), range, 0)));
}

#[test]
fn a_missing_day_is_a_hole() {
    let days = (2..=9).filter(|it| *it != 5).map(|it| day("eu-west-1", it));
    check(
        &days.collect::<Vec<_>>(),
        None,
        expect![[r#"
            Day from 2026-03-02T00:00:00Z
            111111111111 eu-west-1 |xxxOxxxx| 168
            Account 2026-03-04T23:31:00Z 2026-03-06T00:30:00Z None
        "#]],
    );
}

#[test]
fn a_zoom_shows_hours() {
    let files: Vec<_> = (2..=9).filter(|it| *it != 5).map(|it| day("eu-west-1", it)).collect();
    check(
        &files,
        Some(("2026-03-04T12:00", "2026-03-05T12:00")),
        expect![[r#"
            Hour from 2026-03-04T12:00:00Z
            111111111111 eu-west-1 |xxxxxxxxxxxxOOOOOOOOOOOO| 12
            Account 2026-03-04T23:31:00Z 2026-03-06T00:30:00Z None
        "#]],
    );
}

#[test]
fn regions_of_one_account_stand_below_each_other() {
    let mut files: Vec<_> = (2..=6).map(|it| day("eu-west-1", it)).collect();
    files.extend([2, 3, 6].map(|it| day("us-east-1", it)));
    files.push(log("ap-northeast-2", "20260304T0005Z", ""));
    check(
        &files,
        None,
        expect![[r#"
            Day from 2026-03-02T00:00:00Z
            111111111111 ap-northeast-2 |..x..| 0
            111111111111 eu-west-1 |xxxxx| 120
            111111111111 us-east-1 |xxOOx| 72
            Region 2026-03-03T23:31:00Z 2026-03-06T00:30:00Z Some("us-east-1")
        "#]],
    );
}

#[test]
fn what_failed_is_told_from_what_is_empty() {
    let mut files: Vec<_> = (2..=6).map(|it| day("eu-west-1", it)).collect();
    files[1].1.truncate(700);
    files.push((
        "20260304/111111111111_CloudTrail_eu-west-1_20260304T0005Z_y.json".to_owned(),
        "no log".to_owned(),
    ));
    files.push(log("eu-west-1", "20260305T0005Z", ""));
    files.push(("notes.txt".to_owned(), "bread".to_owned()));
    let mut engine = engine(&files);
    let map = coverage(&mut engine, None, 0);
    let cells: Vec<(u32, u32, u32)> =
        map.rows[0].cells.iter().map(|it| (it.files, it.empty, it.failed)).collect();
    assert_eq!(cells, [(1, 0, 0), (1, 0, 1), (2, 0, 1), (2, 1, 0), (1, 0, 0)]);
    assert_eq!(map.rows.len(), 1);
}

#[test]
fn a_file_that_never_came_is_not_silence() {
    let mut engine = engine(&(2..=4).map(|it| day("eu-west-1", it)).collect::<Vec<_>>());
    engine.announce(FileId(3), vec![day("eu-west-1", 5).0]);
    let map = coverage(&mut engine, None, 0);
    let last = map.rows[0].cells.last().unwrap();
    assert_eq!((last.state(), last.left_out, last.failed), (HourState::Lacking, 1, 0));
    // Dropped again, it lacks no more; nor if another drop leaves it out.
    let files: Vec<_> = [2, 3, 4, 5, 5].map(|it| day("eu-west-1", it)).into();
    engine.announce(FileId(4), vec![files[4].0.clone()]);
    take(&mut engine, &files, &[4]);
    engine.announce(FileId(5), vec![files[4].0.clone()]);
    engine.settle();
    let map = coverage(&mut engine, None, 0);
    let last = map.rows[0].cells.last().unwrap();
    assert_eq!((last.state(), last.files, last.left_out), (HourState::Loaded, 1, 0));
}

#[test]
fn duplicates_are_counted_where_they_were_delivered() {
    let mut files: Vec<_> = (2..=5).map(|it| day("eu-west-1", it)).collect();
    files.push(("copy/".to_owned() + &files[2].0, files[2].1.clone()));
    let map = coverage(&mut engine(&files), None, 0);
    let duplicates: Vec<u32> = map.rows[0].cells.iter().map(|it| it.duplicates).collect();
    assert_eq!(duplicates, [0, 0, 24, 0]);
}

#[test]
fn files_whose_names_say_nothing_stand_with_their_events() {
    let files: Vec<_> = (2..=5).map(|it| (format!("{it}.json"), day("eu-west-1", it).1)).collect();
    let map = coverage(&mut engine(&files), None, 0);
    let cells: Vec<u32> = map.rows[0].cells.iter().map(|it| it.files).collect();
    assert_eq!((map.rows.len(), cells), (1, vec![1, 1, 1, 1]));
}

#[test]
fn digests_tell_a_silent_hour_from_a_missing_one() {
    let mut files = vec![log(
        "eu-west-1",
        "20260302T0005Z",
        "2026-03-02T00:01:00 alice s3:GetObject - - awsRegion=eu-west-1",
    )];
    // Of hours 0, 1, 2, 4 and 5; that of hour 3 is not there.
    for hour in [1, 2, 3, 5, 6] {
        files.push(digest("eu-west-1", &format!("20260302T{hour:02}0000Z")));
    }
    check(
        &files,
        None,
        expect![[r#"
        Hour from 2026-03-02T00:00:00Z
        111111111111 eu-west-1 |xssOss| 1
        NoDigest 2026-03-02T03:00:00Z 2026-03-02T04:00:00Z Some("eu-west-1")
    "#]],
    );
    // What a check of the digests finds takes the place of what their names say.
    let mut engine = engine(&files);
    let at = |hour: i64| parse("2026-03-02").unwrap() + hour * HOUR;
    let span = |hour: i64| DigestSpan {
        account: ACCOUNT.to_owned(),
        region: "eu-west-1".to_owned(),
        range: TimeRange { start_millis: at(hour), end_millis: at(hour + 1) },
    };
    engine.know_digests(DigestCoverage {
        spans: (0..6).map(span).collect(),
        missing: vec![format!("{ACCOUNT}_CloudTrail_eu-west-1_20260302T0405Z_z.json.gz")],
    });
    expect![[r#"
        Hour from 2026-03-02T00:00:00Z
        111111111111 eu-west-1 |xsss!s| 1
    "#]]
    .assert_eq(&drawn(&coverage(&mut engine, None, 0)));
}

#[test]
fn many_places_come_page_by_page() {
    let line = |at: u32| {
        format!(
            "2026-03-{:02}T10:00:00 alice s3:GetObject - - recipientAccountId={:012} id=e{at}",
            1 + at % 30,
            at / 2
        )
    };
    let lines: Vec<String> = (0..1000).map(line).collect();
    let mut engine = engine(&trail(&lines.join("\n")));
    let first = coverage(&mut engine, None, 0);
    assert_eq!((first.total, first.columns), (500, 30));
    assert!(first.rows.len() * first.columns as usize <= MOST_CELLS);
    let second = coverage(&mut engine, None, first.rows.len() as u32);
    assert!(second.rows[0].place > first.rows.last().unwrap().place);
    assert!(coverage(&mut engine, None, 5000).rows.is_empty());
}

#[test]
fn one_wrong_clock_hides_nothing() {
    let mut files: Vec<_> = (2..=6).map(|it| day("eu-west-1", it)).collect();
    files.extend(trail(
        "1970-01-01T00:00:10 alice s3:GetObject - -\n2999-01-01T00:00:10 bob s3:GetObject - -",
    ));
    let map = coverage(&mut engine(&files), None, 0);
    assert!(map.is_cut && i64::from(map.columns) <= MOST_COLUMNS);
    assert_eq!(map.step, Step::Day);
    let at = (parse("2026-03-02").unwrap() - map.start_millis) / DAY;
    assert_eq!(map.rows[0].cells[at as usize].events, 24);
}

#[test]
fn nothing_is_a_map_too() {
    let map = coverage(&mut Engine::default(), None, 0);
    assert_eq!((map.rows.len(), map.columns, map.hole_count), (0, 0, 0));
}
