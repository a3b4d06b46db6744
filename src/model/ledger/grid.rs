//! The ledger as a heat map, and its holes as a list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Coverage, Hour, Lane, Ledger, Place, Spans, is_apart};
use crate::model::time::{DAY, HOUR, MINUTE, TimeRange};

/// How wide a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    Hour,
    Day,
}

impl Step {
    pub fn millis(self) -> i64 {
        match self {
            Step::Hour => HOUR,
            Step::Day => DAY,
        }
    }

    /// Where the first cell of a time begins, and how many there are.
    pub fn cells(self, range: TimeRange) -> (i64, i64) {
        let start_millis = range.start_millis.div_euclid(self.millis()) * self.millis();
        let count = (range.end_millis - start_millis + self.millis() - 1) / self.millis();
        (start_millis, count.max(0))
    }
}

/// What an hour in a place is, from best known to worst.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HourState {
    /// Files or events of it are there, and nothing is known to lack.
    Loaded,
    /// A digest covers it, and no log of it is missing: nothing happened.
    Silent,
    /// Nothing is there, and the gap is an ordinary one of this log: likely nothing happened.
    Quiet,
    /// Before or after everything of its account, or of itself where it speaks for itself; or years
    /// from both.
    Outside,
    /// Nothing is there, where there should be something.
    Hole,
    /// Files of it were not read, or are named by a digest and were not given; or nothing is there,
    /// and such files of the account are why.
    Lacking,
}

/// A row of the heat map: one place over a time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    pub place: Place,
    pub start_millis: i64,
    pub step: Step,
    /// One after the other.
    pub cells: Vec<Cell>,
}

/// Sums over a cell, and how many of its hours are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cell {
    pub files: u32,
    pub empty: u32,
    pub failed: u32,
    pub left_out: u32,
    pub missing: u32,
    pub duplicates: u32,
    pub events: u64,
    pub loaded_hours: u8,
    pub silent_hours: u8,
    pub quiet_hours: u8,
    pub outside_hours: u8,
    pub hole_hours: u8,
    pub lacking_hours: u8,
}

impl Cell {
    /// What a cell is coloured by: the worst of its hours, but for those outside, which count only
    /// when there is nothing else.
    pub fn state(&self) -> HourState {
        let worst_first = [
            (self.lacking_hours, HourState::Lacking),
            (self.hole_hours, HourState::Hole),
            (self.loaded_hours, HourState::Loaded),
            (self.silent_hours, HourState::Silent),
            (self.quiet_hours, HourState::Quiet),
        ];
        worst_first.iter().find(|it| it.0 > 0).map_or(HourState::Outside, |it| it.1)
    }

    fn add(&mut self, hour: Option<&Hour>, state: HourState) {
        if let Some(hour) = hour {
            self.files = self.files.saturating_add(hour.files);
            self.empty = self.empty.saturating_add(hour.empty);
            self.failed = self.failed.saturating_add(hour.failed);
            self.left_out = self.left_out.saturating_add(hour.left_out);
            self.missing = self.missing.saturating_add(hour.missing);
            self.duplicates = self.duplicates.saturating_add(hour.duplicates);
            self.events += u64::from(hour.events);
        }
        let hours = match state {
            HourState::Loaded => &mut self.loaded_hours,
            HourState::Silent => &mut self.silent_hours,
            HourState::Quiet => &mut self.quiet_hours,
            HourState::Outside => &mut self.outside_hours,
            HourState::Hole => &mut self.hole_hours,
            HourState::Lacking => &mut self.lacking_hours,
        };
        *hours += 1;
    }
}

/// How a hole is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum HoleKind {
    /// Nothing of the account is there, for much longer than it is ever silent.
    Account,
    /// The same, of a busy region by itself.
    Region,
    /// There are digests before and after, and none here.
    NoDigest,
}

/// A time of which nothing is there, though there should be something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hole {
    pub account: String,
    /// `None` for all of the account's regions.
    pub region: Option<String>,
    pub range: TimeRange,
    pub kind: HoleKind,
}

impl Ledger {
    /// From the first to past the last hour of which anything is known.
    pub fn extent(&self) -> Option<TimeRange> {
        let ends = self.lanes.values().filter_map(|it| {
            let (first, _) = it.hours.first_key_value()?;
            let (last, _) = it.hours.last_key_value()?;
            Some((*first, *last))
        });
        let (first, last) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        Some(TimeRange {
            start_millis: i64::from(first) * HOUR,
            end_millis: (i64::from(last) + 1) * HOUR,
        })
    }

    /// How many rows a heat map has: one for each place of which a time is known.
    pub fn row_count(&self) -> usize {
        self.dated_lanes().count()
    }

    fn dated_lanes(&self) -> impl Iterator<Item = (&Place, &Lane)> {
        self.lanes.iter().filter(|it| !it.1.hours.is_empty())
    }

    /// Whether some hour lacks files that failed, were left out, or are missing.
    pub fn is_incomplete(&self) -> bool {
        self.lanes.values().flat_map(|it| it.hours.values()).any(Hour::is_incomplete)
    }

    /// How many hours of all places are known, by their number since 1970.
    pub fn known_hours(&self) -> BTreeMap<i32, u32> {
        let mut hours = BTreeMap::new();
        for number in self.lanes.values().flat_map(|it| it.hours.keys()) {
            *hours.entry(*number).or_default() += 1;
        }
        hours
    }

    /// The rows of a heat map over a time, which is widened to whole cells. Ask for what is shown:
    /// a cell is made for every place and step in it.
    pub fn rows(&self, coverage: &Coverage, range: TimeRange, step: Step) -> Vec<Row> {
        self.some_rows(coverage, range, step, 0, usize::MAX)
    }

    /// The same of at most so many places from the `offset`th on: each row costs time.
    pub fn some_rows(
        &self,
        coverage: &Coverage,
        range: TimeRange,
        step: Step,
        offset: usize,
        limit: usize,
    ) -> Vec<Row> {
        let (start_millis, count) = step.cells(range);
        let rows = self.dated_lanes().skip(offset).take(limit).map(|(place, lane)| {
            let covered = (coverage.place(place), coverage.given().place(place));
            let cells = (0..count).map(|at| {
                let from = start_millis + at * step.millis();
                let mut cell = Cell::default();
                for hour in (from..from + step.millis()).step_by(HOUR as usize) {
                    let known = lane.known(hour);
                    cell.add(known, state(known, hour, covered));
                }
                cell
            });
            Row { place: place.clone(), start_millis, step, cells: cells.collect() }
        });
        rows.collect()
    }

    /// The holes, by account, region and time; those of at least an hour.
    pub fn holes(&self, coverage: &Coverage) -> Vec<Hole> {
        let coverage = coverage.given();
        let mut holes = Vec::new();
        let mut accounts: Vec<&str> = self.lanes.keys().map(|it| it.account.as_str()).collect();
        accounts.dedup();
        for account in accounts {
            let hole = |region: Option<&str>, (start, end), kind| Hole {
                account: account.to_owned(),
                region: region.map(str::to_owned),
                range: TimeRange { start_millis: start * MINUTE, end_millis: end * MINUTE },
                kind,
            };
            let lanes = || self.lanes.iter().filter(|it| it.0.account == account);
            // Where digests tell of every region, there is nothing to guess of the account.
            let of_account = match lanes().all(|it| it.1.has_digests()) {
                true => Spans::default(),
                false => gaps(coverage.account(account)),
            };
            holes.extend(of_account.iter().map(|it| hole(None, it, HoleKind::Account)));
            for (place, lane) in lanes().filter(|it| coverage.is_own(it.0)) {
                let own = gaps(coverage.place(place));
                let (own, kind) = match lane.has_digests() {
                    true => (own, HoleKind::NoDigest),
                    false => (own.without(&of_account), HoleKind::Region),
                };
                let own = own.iter().filter(|it| it.1 - it.0 >= HOUR / MINUTE);
                holes.extend(own.map(|it| hole(Some(&place.region), it, kind)));
            }
        }
        holes
    }
}

impl Lane {
    fn has_digests(&self) -> bool {
        self.hours.values().any(|it| it.digest_minutes != 0)
    }

    fn known(&self, millis: i64) -> Option<&Hour> {
        self.hours.get(&i32::try_from(millis.div_euclid(HOUR)).ok()?)
    }
}

/// By the time that the place speaks of, and by that of which something was given.
fn state(known: Option<&Hour>, hour_millis: i64, (covered, given): (&Spans, &Spans)) -> HourState {
    if let Some(hour) = known {
        if hour.is_incomplete() {
            return HourState::Lacking;
        }
        if hour.files > 0 || hour.events > 0 {
            return HourState::Loaded;
        }
        if hour.is_digested() {
            return HourState::Silent;
        }
    }
    match (gap_state(known, hour_millis, covered), gap_state(known, hour_millis, given)) {
        (HourState::Hole | HourState::Outside, HourState::Quiet) => HourState::Lacking,
        (state, _) => state,
    }
}

/// Of an hour of which nothing is there.
fn gap_state(known: Option<&Hour>, hour_millis: i64, covered: &Spans) -> HourState {
    let (start, end) = (hour_millis / MINUTE, (hour_millis + HOUR) / MINUTE);
    match covered.extent() {
        Some((first, last)) if first < end && start < last => {
            // Its first and its last digest may cover a part of an hour only; between them a part
            // is not enough.
            let at_an_end = start <= first || last <= end;
            let in_part = known.is_none_or(|it| it.digest_minutes == 0)
                && covered.minutes(start, end) >= (end - start) / 2;
            if at_an_end || in_part || covered.holds(start, end) {
                HourState::Quiet
            } else if covered.gap_at(start).is_some_and(is_apart) {
                HourState::Outside
            } else {
                HourState::Hole
            }
        },
        _ => HourState::Outside,
    }
}

fn gaps(spans: &Spans) -> Spans {
    let Some((first, last)) = spans.extent() else { return Spans::default() };
    Spans::one(first, last).without(spans).filtered(|it| !is_apart(it))
}
