//! Which minutes a log speaks of, by the coverage ledger. Silence counts as zero calls only there.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    season,
    series::{Counts, Group, Text},
};
use crate::model::{
    insight::Level,
    ledger::{self, Ledger, Place, Spans},
    time::MINUTE,
};

/// Spans of minutes since 1970, half open, ascending and apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Coverage {
    spans: Vec<(i64, i64)>,
    /// Covered minutes before each span.
    before: Vec<i64>,
}

impl Coverage {
    /// Of spans that are half open, ascending and apart.
    pub(super) fn new(spans: Vec<(i64, i64)>) -> Coverage {
        let before = spans
            .iter()
            .scan(0, |sum, (start, end)| Some(std::mem::replace(sum, *sum + end - start)))
            .collect();
        Coverage { spans, before }
    }

    /// Covered minutes in all.
    pub(super) fn total(&self) -> i64 {
        match (self.spans.last(), self.before.last()) {
            (Some((start, end)), Some(before)) => before + end - start,
            _ => 0,
        }
    }

    /// Covered hours by hour of the day, for working days and weekends.
    pub(super) fn class_hours(&self, weekly: bool) -> [f64; 48] {
        season::class_hours(&self.spans, weekly)
    }

    /// What is not covered between the first and the last covered minute, and is no gap between
    /// different logs.
    pub(super) fn holes(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        let holes = self.spans.windows(2).map(|pair| (pair[0].1, pair[1].0));
        holes.filter(|it| !ledger::is_apart(*it))
    }

    /// The first covered minute that is not before one.
    pub(super) fn next(&self, minute: i64) -> Option<i64> {
        let at = self.spans.partition_point(|it| it.1 <= minute);
        self.spans.get(at).map(|it| it.0.max(minute))
    }

    /// From the first covered minute to past the last, holes included.
    pub(super) fn extent(&self) -> (i64, i64) {
        match (self.spans.first(), self.spans.last()) {
            (Some(first), Some(last)) => (first.0, last.1),
            _ => (0, 0),
        }
    }

    /// Covered minutes from `start` to before `end`.
    pub(super) fn minutes(&self, start: i64, end: i64) -> i64 {
        (self.before(end) - self.before(start)).max(0)
    }

    fn before(&self, minute: i64) -> i64 {
        let at = self.spans.partition_point(|(start, _)| *start <= minute);
        let Some(at) = at.checked_sub(1) else { return 0 };
        let (start, end) = self.spans[at];
        self.before[at] + (minute.min(end) - start)
    }
}

impl From<&Spans> for Coverage {
    fn from(spans: &Spans) -> Coverage {
        Coverage::new(spans.iter().collect())
    }
}

/// What the counted calls alone tell of the time that a log speaks of. The engine knows more: files
/// without events, and digests.
pub fn coverage_of(counts: &Counts) -> ledger::Coverage {
    let mut ledger = Ledger::default();
    for it in &counts.level(Level::Api).series {
        let lane = ledger.lane(counts.name(it.key.account), counts.name(it.key.region));
        for cell in &it.cells {
            lane.add_events(i64::from(cell.minute) * MINUTE, 1);
        }
    }
    ledger.coverage()
}

/// The coverage of a log: as a whole, by account, and of the regions that speak for themselves.
#[derive(Clone, Debug, Default)]
pub(super) struct Covered {
    pub(super) whole: Coverage,
    accounts: BTreeMap<Text, Coverage>,
    regions: BTreeMap<(Text, Text), Coverage>,
}

impl Covered {
    /// By the numbers of the counts' texts.
    pub(super) fn of(counts: &Counts, coverage: &ledger::Coverage) -> Covered {
        let mut covered = Covered { whole: Coverage::from(&coverage.whole), ..Covered::default() };
        let series = &counts.level(Level::Api).series;
        let places: BTreeSet<(Text, Text)> =
            series.iter().map(|it| (it.key.account, it.key.region)).collect();
        for (account, region) in places {
            let place = Place {
                account: counts.name(account).to_owned(),
                region: counts.name(region).to_owned(),
            };
            covered
                .accounts
                .entry(account)
                .or_insert_with(|| Coverage::from(coverage.account(&place.account)));
            if coverage.is_own(&place) {
                covered.regions.insert((account, region), Coverage::from(coverage.place(&place)));
            }
        }
        covered
    }

    /// What is covered of a series.
    pub(super) fn under(&self, key: &Group) -> &Coverage {
        let region = (key.region != 0).then(|| self.regions.get(&(key.account, key.region)));
        region.flatten().or_else(|| self.accounts.get(&key.account)).unwrap_or(&self.whole)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_covered_minutes_count() {
        let mut ledger = Ledger::default();
        for minute in (0..10 * 1440).filter(|it| !(4320..5760).contains(it)) {
            ledger.lane("1", "r").add_events(minute * MINUTE, 1);
        }
        let coverage = Coverage::from(&ledger.coverage().whole);
        assert_eq!(coverage.spans, [(0, 4320), (5760, 14_400)]);
        assert_eq!(coverage.total(), 9 * 1440);
        assert_eq!(coverage.minutes(4000, 6000), 320 + 240);
        assert_eq!(coverage.minutes(-50, 10), 10);
        assert_eq!(coverage.minutes(4400, 5000), 0);
        assert_eq!(Coverage::default().extent(), (0, 0));
    }
}
