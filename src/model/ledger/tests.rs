//! A ledger is drawn as lines, one a place: a letter an hour for what is put in, and a letter an
//! hour for what comes out.

use proptest::prelude::*;

use super::*;
use crate::model::{
    path::PathFacts,
    time::{DAY, iso, parse},
};

const ACCOUNT: &str = "111122223333";

fn start() -> i64 {
    parse("2021-07-30").unwrap()
}

/// `e` a minute with an event in each fifth, `f` a file without events, `x` a failed one, `l` one that
/// was left out, `m` one that is missing, `d` a digest, `D` a digest and events, `.` nothing.
fn put(ledger: &mut Ledger, region: &str, hours: &str) {
    for (at, letter) in hours.chars().filter(|it| *it != ' ').enumerate() {
        let from = start() + at as i64 * HOUR;
        let name = format!("{ACCOUNT}_CloudTrail_{region}_{}_a.json.gz", stamp(from + 7 * MINUTE));
        let facts = PathFacts::of(&name);
        match letter {
            'f' => ledger.add_file(&facts, FileState::Empty, 0),
            'x' => ledger.add_file(&facts, FileState::Failed, 0),
            'l' => ledger.add_file(&facts, FileState::LeftOut, 0),
            'm' => ledger.add_missing(&facts),
            _ => {},
        }
        if matches!(letter, 'e' | 'D') {
            ledger.add_file(&facts, FileState::Read, 2);
            for minute in (0..60).step_by(5) {
                ledger.lane(ACCOUNT, region).add_events(from + minute * MINUTE, 3);
            }
        }
        if matches!(letter, 'd' | 'D') {
            let range = TimeRange { start_millis: from, end_millis: from + HOUR };
            ledger.add_digest(ACCOUNT, region, range);
        }
    }
}

fn stamp(millis: i64) -> String {
    let text = iso(millis).replace(['-', ':'], "");
    format!("{}Z", &text[..13])
}

/// One letter an hour: Loaded, silent `=`, quiet `-`, outside ` `, hole `O`, lacking `!`.
fn shows(ledger: &Ledger, region: &str) -> String {
    let coverage = ledger.coverage();
    let end_millis = ledger.extent().unwrap().end_millis;
    let range = TimeRange { start_millis: start(), end_millis };
    let rows = ledger.rows(&coverage, range, Step::Hour);
    let row = rows.iter().find(|it| it.place.region == region).unwrap();
    let letter = |cell: &Cell| match cell.state() {
        HourState::Loaded => 'L',
        HourState::Silent => '=',
        HourState::Quiet => '-',
        HourState::Outside => ' ',
        HourState::Hole => 'O',
        HourState::Lacking => '!',
    };
    row.cells.iter().map(letter).collect()
}

fn holes(ledger: &Ledger) -> Vec<String> {
    let say = |it: Hole| {
        let hour = |millis: i64| (millis - start()) as f64 / HOUR as f64;
        let (from, to) = (hour(it.range.start_millis), hour(it.range.end_millis));
        format!("{} {:?} {from:.0}-{to:.0}", it.region.unwrap_or_default(), it.kind)
    };
    ledger.holes(&ledger.coverage()).into_iter().map(say).collect()
}

#[test]
fn a_busy_log_has_a_hole_where_a_day_is_missing() {
    let mut ledger = Ledger::default();
    let day = "e".repeat(24);
    put(&mut ledger, "us-east-1", &format!("{day}{}{day}", ".".repeat(24)));
    put(&mut ledger, "eu-west-1", "....e......");
    let lost = "O".repeat(24);
    let full = "L".repeat(24);
    assert_eq!(shows(&ledger, "us-east-1"), format!("{full}{lost}{full}"));
    assert_eq!(holes(&ledger), [" Account 24-48"]);
    // A region that nobody uses is as its account is.
    assert_eq!(
        shows(&ledger, "eu-west-1"),
        format!("----L{}{lost}{}", "-".repeat(19), "-".repeat(24))
    );
}

#[test]
fn files_that_were_not_read_are_no_silence() {
    let day = "e".repeat(24);
    for (letter, proves) in [("f", true), ("l", false), ("x", false)] {
        let mut ledger = Ledger::default();
        put(&mut ledger, "us-east-1", &format!("{day}{}{day}", letter.repeat(24)));
        let shown = if proves { "L" } else { "!" };
        assert_eq!(shows(&ledger, "us-east-1")[24..48], *shown.repeat(24), "{letter}");
        let noon = start() / MINUTE + 36 * 60;
        let known = ledger.coverage().whole.holds(noon, noon + 1);
        assert_eq!(known, proves, "{letter}");
    }
}

#[test]
fn a_load_that_was_cut_short_has_no_holes() {
    let mut ledger = Ledger::default();
    let (day, rest) = ("e".repeat(24), "l".repeat(24));
    put(&mut ledger, "us-east-1", &format!("{day}{rest}{day}"));
    put(&mut ledger, "eu-west-1", "e");
    assert!(holes(&ledger).is_empty(), "{:?}", holes(&ledger));
    // Nothing is known of the account then, in other regions neither.
    assert_eq!(shows(&ledger, "eu-west-1")[24..48], *"!".repeat(24));
    // A file that failed explains no more than the time around it.
    let mut ledger = Ledger::default();
    put(&mut ledger, "us-east-1", &format!("{day}x{}{day}", ".".repeat(71)));
    assert_eq!(holes(&ledger), [" Account 25-96"]);
}

#[test]
fn a_wrong_clock_makes_no_hole() {
    let mut ledger = Ledger::default();
    put(&mut ledger, "us-east-1", &"e".repeat(72));
    ledger.lane(ACCOUNT, "us-east-1").add_events(parse("2999-01-01").unwrap(), 1);
    assert!(holes(&ledger).is_empty(), "{:?}", holes(&ledger));
    let range = TimeRange { start_millis: start() + 4 * DAY, end_millis: start() + 5 * DAY };
    let rows = ledger.rows(&ledger.coverage(), range, Step::Day);
    assert_eq!(rows[0].cells[0].state(), HourState::Outside);
}

#[test]
fn a_night_is_no_hole() {
    let mut ledger = Ledger::default();
    let day = "........eeeeeeeee.......";
    put(&mut ledger, "us-east-1", &day.repeat(3));
    assert!(
        shows(&ledger, "us-east-1").starts_with(&format!("        LLLLLLLLL{}L", "-".repeat(15)))
    );
    assert!(holes(&ledger).is_empty());
}

#[test]
fn a_busy_region_has_holes_of_its_own() {
    let mut ledger = Ledger::default();
    put(&mut ledger, "us-east-1", &"e".repeat(72));
    let half = "e".repeat(30);
    put(&mut ledger, "eu-west-1", &format!("{half}{}{half}", ".".repeat(12)));
    assert_eq!(holes(&ledger), ["eu-west-1 Region 30-42"]);
}

#[test]
fn digests_tell_a_silent_hour_from_a_missing_one() {
    let mut ledger = Ledger::default();
    put(&mut ledger, "us-east-1", "dddDdd.ddD..dd");
    assert_eq!(shows(&ledger, "us-east-1"), "===L==O==LOO==");
    assert_eq!(holes(&ledger), ["us-east-1 NoDigest 6-7", "us-east-1 NoDigest 10-12"]);
}

#[test]
fn digests_of_odd_minutes_cover_the_hours_between_them() {
    let mut ledger = Ledger::default();
    let digest = |ledger: &mut Ledger, hour: i64| {
        let from = start() + hour * HOUR + 31 * MINUTE + 31_000;
        let range = TimeRange { start_millis: from, end_millis: from + HOUR };
        ledger.add_digest(ACCOUNT, "us-east-1", range);
    };
    (0..4).chain(5..8).for_each(|it| digest(&mut ledger, it));
    assert_eq!(shows(&ledger, "us-east-1"), "-===OO==-");
    let once = ledger.clone();
    (0..4).for_each(|it| digest(&mut ledger, it));
    assert_eq!(ledger, once, "a digest may be dropped twice");
}

#[test]
fn files_that_failed_or_lack_are_told_from_files_without_events() {
    let mut ledger = Ledger::default();
    put(&mut ledger, "us-east-1", "efxme");
    assert_eq!(shows(&ledger, "us-east-1"), "LL!!L");
    let range = ledger.extent().unwrap();
    let rows = ledger.rows(&ledger.coverage(), range, Step::Day);
    let cell = rows[0].cells[0];
    assert_eq!((cell.files, cell.empty, cell.failed, cell.missing), (4, 1, 1, 1));
    assert_eq!((cell.events, cell.duplicates), (72, 4));
    assert_eq!((cell.loaded_hours, cell.lacking_hours, cell.outside_hours), (3, 2, 19));
    assert_eq!(cell.state(), HourState::Lacking);
}

#[test]
fn what_has_no_place_and_no_time_is_kept_too() {
    let mut ledger = Ledger::default();
    ledger.add_file(&PathFacts::of("notes.json"), FileState::Failed, 0);
    ledger.lane(ACCOUNT, "us-east-1").add_undated_events(5);
    ledger.lane(ACCOUNT, "us-east-1").add_events(i64::MIN, 2);
    ledger.add_digest(ACCOUNT, "us-east-1", TimeRange { start_millis: 0, end_millis: 900 * DAY });
    ledger.add_digest(ACCOUNT, "us-east-1", TimeRange { start_millis: 9, end_millis: 9 });
    let places: Vec<Place> = ledger.places().cloned().collect();
    assert_eq!(ledger.undated(&places[0]).failed, 1);
    assert_eq!(ledger.undated(&places[1]).events, 7);
    assert_eq!(ledger.extent(), None);
    assert!(holes(&ledger).is_empty());
    let range = TimeRange { start_millis: start(), end_millis: start() + DAY };
    // A place of which no time is known has no row.
    assert!(ledger.rows(&ledger.coverage(), range, Step::Day).is_empty());
}

#[test]
fn a_ledger_travels() {
    let mut ledger = Ledger::default();
    put(&mut ledger, "us-east-1", "Dd.efxm");
    let bytes = postcard::to_stdvec(&ledger).unwrap();
    assert_eq!(postcard::from_bytes::<Ledger>(&bytes).unwrap(), ledger);
    assert!(bytes.len() < 300, "{}", bytes.len());
}

fn story() -> impl Strategy<Value = (usize, String)> {
    (0_usize..3, "[efxmdD.]{0,50}")
}

proptest! {
    #[test]
    fn the_order_of_parts_changes_nothing(stories in prop::collection::vec(story(), 0..6)) {
        let regions = ["us-east-1", "eu-west-1", ""];
        let mut whole = Ledger::default();
        let mut parts = Vec::new();
        for (region, hours) in &stories {
            put(&mut whole, regions[*region], hours);
            let mut part = Ledger::default();
            put(&mut part, regions[*region], hours);
            parts.push(part);
        }
        let mut merged = Ledger::default();
        parts.iter().rev().for_each(|it| merged.merge(it));
        prop_assert_eq!(&merged, &whole);

        let Some(range) = whole.extent() else { return Ok(()) };
        let coverage = whole.coverage();
        let by_hour = whole.rows(&coverage, range, Step::Hour);
        let by_day = whole.rows(&coverage, range, Step::Day);
        for (hours, days) in by_hour.iter().zip(&by_day) {
            let events = |row: &Row| row.cells.iter().map(|it| it.events).sum::<u64>();
            prop_assert_eq!(events(hours), events(days));
        }
        // A hole never holds anything.
        for hole in whole.holes(&coverage) {
            for row in by_hour.iter().filter(|it| {
                hole.region.as_ref().is_none_or(|region| *region == it.place.region)
            }) {
                for (at, cell) in row.cells.iter().enumerate() {
                    let from = row.start_millis + at as i64 * HOUR;
                    let inside = hole.range.start_millis <= from
                        && from + HOUR <= hole.range.end_millis;
                    prop_assert!(!inside || cell.events == 0);
                }
            }
        }
    }
}
