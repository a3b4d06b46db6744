//! The coverage ledger: for each account, region and hour, what was loaded and what is known to
//! lack, so that "nothing happened" and "nothing was given" are told apart.
//!
//! Three sources feed a [`Ledger`], in any order and in any number of parts ([`Ledger::merge`]):
//! what became of each file, under the place and hour that its path names; the events, under their
//! own account, region and time; and the digest files, which CloudTrail writes every hour even
//! when nothing happened. `cover` draws from it which time the log speaks of, `grid` what a heat
//! map shows and where the holes are.

mod spans;
mod days;
mod gap;
mod cover;
mod grid;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    path::PathFacts,
    time::{HOUR, MINUTE, TimeRange},
};

pub use cover::Coverage;
pub use gap::is_apart;
pub use grid::{Cell, Hole, HoleKind, HourState, Row, Step};
pub use spans::Spans;

/// More hours than that a digest never covers: its times are wrong.
const LONGEST_DIGEST_HOURS: i64 = 48;
/// Every minute of an hour.
const WHOLE_HOUR: u64 = (1 << 60) - 1;

/// Whose files and events: empty text where that is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    pub account: String,
    pub region: String,
}

/// What became of a log file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FileState {
    /// Events were read from it.
    Read,
    /// It holds none, by design.
    Empty,
    /// It could not be read, or not to its end.
    Failed,
    /// It was given and not read: by choice, or since its load ended before.
    LeftOut,
}

/// What is known of one hour in one place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hour {
    /// Log files delivered in the hour, those without events and the failed ones among them.
    pub files: u32,
    pub empty: u32,
    pub failed: u32,
    /// Log files of the hour that were given and not read; they are not among `files`.
    pub left_out: u32,
    /// Log files that a digest names and that were not given.
    pub missing: u32,
    /// Records of its files that were there already.
    pub duplicates: u32,
    /// Events that happened in the hour.
    pub events: u32,
    /// One bit for each minute in which an event happened.
    pub event_minutes: u64,
    /// One bit for each minute that a digest covers. A set, so that a digest may come twice.
    pub digest_minutes: u64,
}

impl Hour {
    fn add_file(&mut self, state: FileState, duplicates: u32) {
        match state {
            FileState::LeftOut => {
                self.left_out = self.left_out.saturating_add(1);
                return;
            },
            FileState::Read => {},
            FileState::Empty => self.empty = self.empty.saturating_add(1),
            FileState::Failed => self.failed = self.failed.saturating_add(1),
        }
        self.files = self.files.saturating_add(1);
        self.duplicates = self.duplicates.saturating_add(duplicates);
    }

    fn merge(&mut self, other: &Hour) {
        self.files = self.files.saturating_add(other.files);
        self.empty = self.empty.saturating_add(other.empty);
        self.failed = self.failed.saturating_add(other.failed);
        self.left_out = self.left_out.saturating_add(other.left_out);
        self.missing = self.missing.saturating_add(other.missing);
        self.duplicates = self.duplicates.saturating_add(other.duplicates);
        self.events = self.events.saturating_add(other.events);
        self.event_minutes |= other.event_minutes;
        self.digest_minutes |= other.digest_minutes;
    }

    /// Whether digests cover all of the hour.
    fn is_digested(&self) -> bool {
        self.digest_minutes == WHOLE_HOUR
    }

    /// Minutes that prove that the log speaks of this hour. A file without events proves it too,
    /// of no minute in particular; one that was not read does not.
    fn evidence(&self) -> u64 {
        let of_files = if self.files > self.failed { 1 << 30 } else { 0 };
        if self.event_minutes == 0 { of_files } else { self.event_minutes }
    }

    /// Whether something of the hour is not here, or may not be.
    fn is_incomplete(&self) -> bool {
        self.failed > 0 || self.left_out > 0 || self.missing > 0
    }

    /// The same as [`Hour::evidence`], if everything of the hour had been read.
    fn given(&self) -> u64 {
        match self.evidence() {
            0 if self.is_incomplete() => 1 << 30,
            evidence => evidence,
        }
    }
}

/// The hours of one place, by their number since 1970.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lane {
    hours: BTreeMap<i32, Hour>,
    /// Files and events without a time.
    undated: Hour,
}

impl Lane {
    /// Events of one moment.
    pub fn add_events(&mut self, millis: i64, events: u32) {
        let Some(hour) = self.hour(millis) else {
            self.undated.events = self.undated.events.saturating_add(events);
            return;
        };
        hour.events = hour.events.saturating_add(events);
        hour.event_minutes |= 1 << (millis.div_euclid(MINUTE).rem_euclid(60));
    }

    /// Events without a time.
    pub fn add_undated_events(&mut self, events: u32) {
        self.undated.events = self.undated.events.saturating_add(events);
    }

    fn hour(&mut self, millis: i64) -> Option<&mut Hour> {
        let hour = i32::try_from(millis.div_euclid(HOUR)).ok()?;
        Some(self.hours.entry(hour).or_default())
    }

    fn at(&mut self, millis: Option<i64>) -> &mut Hour {
        let number = millis.and_then(|it| i32::try_from(it.div_euclid(HOUR)).ok());
        match number {
            Some(number) => self.hours.entry(number).or_default(),
            None => &mut self.undated,
        }
    }

    fn merge(&mut self, other: &Lane) {
        for (number, hour) in &other.hours {
            self.hours.entry(*number).or_default().merge(hour);
        }
        self.undated.merge(&other.undated);
    }
}

/// What was loaded, place by place and hour by hour.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    lanes: BTreeMap<Place, Lane>,
}

impl Ledger {
    /// A log file by its path, what became of it, and how many of its records were there already.
    /// Where the path tells nothing, the caller may know it from the file's events; else it stands
    /// under the empty place, or without a time.
    /// No digests: those go to [`Ledger::add_digest`].
    pub fn add_file(&mut self, facts: &PathFacts<'_>, state: FileState, duplicates: u32) {
        let hour = self.lane_of(facts).at(facts.delivered_millis());
        hour.add_file(state, duplicates);
    }

    /// A log file that a digest names and that was not given: each once.
    pub fn add_missing(&mut self, facts: &PathFacts<'_>) {
        let hour = self.lane_of(facts).at(facts.delivered_millis());
        hour.missing = hour.missing.saturating_add(1);
    }

    /// A digest of that place covers that time. The logs that it names and that are not there are
    /// for [`Ledger::add_missing`]; the digest alone proves that there were no others.
    pub fn add_digest(&mut self, account: &str, region: &str, range: TimeRange) {
        if range.len_millis() <= 0 || range.len_millis() > LONGEST_DIGEST_HOURS * HOUR {
            return;
        }
        let lane = self.lane(account, region);
        // Minutes that a digest touches count as covered, so that one ends where the next begins.
        let first = range.start_millis.div_euclid(MINUTE);
        let last = (range.end_millis - 1).div_euclid(MINUTE);
        for minute in first..=last {
            if let Some(hour) = lane.hour(minute * MINUTE) {
                hour.digest_minutes |= 1 << minute.rem_euclid(60);
            }
        }
    }

    /// The lane of a place, to add many events to.
    pub fn lane(&mut self, account: &str, region: &str) -> &mut Lane {
        let place = Place { account: account.to_owned(), region: region.to_owned() };
        self.lanes.entry(place).or_default()
    }

    /// Adds what another ledger knows; the order of merging changes nothing.
    pub fn merge(&mut self, other: &Ledger) {
        for (place, lane) in &other.lanes {
            self.lanes.entry(place.clone()).or_default().merge(lane);
        }
    }

    /// A file whose path says nothing: it stands where its first event does.
    pub fn add_file_at(
        &mut self,
        account: &str,
        region: &str,
        millis: Option<i64>,
        state: FileState,
        duplicates: u32,
    ) {
        let hour = self.lane(account, region).at(millis);
        hour.add_file(state, duplicates);
    }

    /// Everything in one place that has no time.
    pub fn undated(&self, place: &Place) -> Hour {
        self.lanes.get(place).map(|it| it.undated).unwrap_or_default()
    }

    /// The known places, in order.
    pub fn places(&self) -> impl Iterator<Item = &Place> {
        self.lanes.keys()
    }

    fn lane_of(&mut self, facts: &PathFacts<'_>) -> &mut Lane {
        self.lane(facts.account.unwrap_or_default(), facts.region.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests;
