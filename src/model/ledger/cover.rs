//! Which time a log speaks of: silence counts as "nothing happened" only there.
//!
//! An account is covered from its first to its last event, without the holes that `gap` tells of. A
//! region is covered as its account is, since silence in a region that nobody uses is true, but
//! for two kinds of regions that speak for themselves: a busy one (half of its hours have events,
//! for half a day or more), since the files of its other days were likely not given; and one with
//! digests, which make it certain. From its first to its last digest, an hour of such a region is
//! covered when a digest covers it or something of it is there, and else it is a hole, however
//! short.
//!
//! Files that were not read prove nothing of their hours. But a time for which they were given is
//! no hole either, so holes are those of what was given ([`Coverage::given`]).

use std::collections::BTreeMap;

use super::{Hour, Lane, Ledger, Place, Spans, gap};

const HOUR_MINUTES: i64 = 60;
const BUSY_MINUTES: i64 = 12 * HOUR_MINUTES;

/// The time that a ledger's log speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// As one log.
    pub whole: Spans,
    accounts: BTreeMap<String, Spans>,
    regions: BTreeMap<Place, Spans>,
    /// What it were if all that was given had been read; `None` when it was.
    given: Option<Box<Coverage>>,
}

impl Coverage {
    /// Of an account, or of all that there is when that is not known.
    pub fn account(&self, account: &str) -> &Spans {
        self.accounts.get(account).unwrap_or(&self.whole)
    }

    /// Of a place.
    pub fn place(&self, place: &Place) -> &Spans {
        self.regions.get(place).unwrap_or_else(|| self.account(&place.account))
    }

    /// Whether the place speaks for itself, and not as its account does.
    pub fn is_own(&self, place: &Place) -> bool {
        self.regions.contains_key(place)
    }

    /// The time of which something was given, whether it could be read or not.
    pub(super) fn given(&self) -> &Coverage {
        self.given.as_deref().unwrap_or(self)
    }
}

impl Ledger {
    /// Which time the log speaks of.
    pub fn coverage(&self) -> Coverage {
        let mut coverage = self.covered(Hour::evidence);
        if self.is_incomplete() {
            coverage.given = Some(Box::new(self.covered(Hour::given)));
        }
        coverage
    }

    /// By the minutes that prove that the log speaks of an hour.
    fn covered(&self, evidence: fn(&Hour) -> u64) -> Coverage {
        let mut coverage = Coverage::default();
        let mut whole: BTreeMap<i32, u64> = BTreeMap::new();
        let mut accounts: BTreeMap<&str, (BTreeMap<i32, u64>, Spans)> = BTreeMap::new();
        let mut digested = Spans::default();
        for (place, lane) in &self.lanes {
            let (account, of_account) = accounts.entry(&place.account).or_default();
            for (number, hour) in &lane.hours {
                *account.entry(*number).or_default() |= evidence(hour);
                *whole.entry(*number).or_default() |= evidence(hour);
            }
            let of_lane = digests(lane, evidence);
            if !of_lane.is_empty() {
                *of_account = of_account.union(&of_lane);
                digested = digested.union(&of_lane);
            }
            let busy = is_busy(lane);
            if !place.region.is_empty() && (!of_lane.is_empty() || busy) {
                let known = minutes(lane.hours.iter().map(|it| (*it.0, evidence(it.1))));
                let around = gap::around(&known.collect::<Vec<_>>(), busy);
                let spans = around.without(&unaccounted(lane, evidence)).union(&of_lane);
                coverage.regions.insert(place.clone(), spans);
            }
        }
        for (account, (hours, digested)) in accounts {
            let spans = around(&hours).union(&digested);
            coverage.accounts.insert(account.to_owned(), spans);
        }
        coverage.whole = around(&whole).union(&digested);
        coverage
    }
}

fn around(hours: &BTreeMap<i32, u64>) -> Spans {
    let minutes: Vec<i64> = minutes(hours.iter().map(|it| (*it.0, *it.1))).collect();
    gap::around(&minutes, false)
}

/// The minutes of some hours, from masks, ascending.
fn minutes(hours: impl Iterator<Item = (i32, u64)> + Clone) -> impl Iterator<Item = i64> + Clone {
    hours.flat_map(|(number, mask)| {
        let start = i64::from(number) * HOUR_MINUTES;
        (0..HOUR_MINUTES).filter(move |it| mask >> it & 1 == 1).map(move |it| start + it)
    })
}

/// What digests cover, without hours of which they name logs that are not there.
fn digests(lane: &Lane, evidence: fn(&Hour) -> u64) -> Spans {
    let hours = lane.hours.iter().filter(|it| it.1.missing == 0 || evidence(it.1) != 0);
    Spans::exactly(minutes(hours.map(|it| (*it.0, it.1.digest_minutes))))
}

/// Hours between the first and the last digest that no digest covers whole and of which nothing is
/// there.
fn unaccounted(lane: &Lane, evidence: fn(&Hour) -> u64) -> Spans {
    let with_digest = |it: &(&i32, &Hour)| it.1.digest_minutes != 0;
    let first = lane.hours.iter().find(with_digest).map(|it| *it.0);
    let last = lane.hours.iter().rev().find(with_digest).map(|it| *it.0);
    let (Some(first), Some(last)) = (first, last) else { return Spans::default() };
    let between = Spans::one((i64::from(first) + 1) * HOUR_MINUTES, i64::from(last) * HOUR_MINUTES);
    let known = lane.hours.iter().filter(|it| evidence(it.1) != 0 || it.1.is_digested());
    let hours = known.flat_map(|it| {
        let start = i64::from(*it.0) * HOUR_MINUTES;
        start..start + HOUR_MINUTES
    });
    between.without(&Spans::exactly(hours))
}

fn is_busy(lane: &Lane) -> bool {
    let hours = || lane.hours.iter().filter(|it| it.1.event_minutes != 0);
    let (Some(first), Some(last)) = (hours().next(), hours().next_back()) else { return false };
    let start =
        i64::from(*first.0) * HOUR_MINUTES + i64::from(first.1.event_minutes.trailing_zeros());
    let end =
        i64::from(*last.0) * HOUR_MINUTES + 64 - i64::from(last.1.event_minutes.leading_zeros());
    let span = end - start;
    span >= BUSY_MINUTES && hours().count() as i64 * 2 * HOUR_MINUTES >= span
}
