//! Which minutes a log speaks of. Silence counts as zero calls only there.
//!
//! The rule: an account is covered from its first to its last event, but for gaps longer than an
//! hour that are longer than 100 times its mean gap between minutes with events, or in which the
//! same hours of other days lead to expect at least 20 minutes with events. So a night without
//! people is silence, and hours missing from a busy log are a hole. A region is covered as its
//! account is, since silence in a region that nobody uses is true; but a region that is busy of
//! itself (half of its hours have events, for half a day or more) is covered by the same rule
//! over its own events, since then its files of other days were likely not given.

use std::collections::BTreeMap;

use super::{
    season,
    series::{Counts, Group, Text},
};
use crate::model::insight::Level;

const HOUR_MINUTES: i64 = 60;
const GAP_MINUTES: i64 = 60;
const GAP_MEANS: i64 = 100;
/// So many minutes with events do not stay out by chance.
const NO_CHANCE_MINUTES: f64 = 20.0;
const DAY_MINUTES: i64 = 24 * HOUR_MINUTES;
const FEWEST_DAYS: i64 = 3;
const BUSY_MINUTES: i64 = 12 * HOUR_MINUTES;

/// Spans of minutes since 1970, half open, ascending and apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Coverage {
    spans: Vec<(i64, i64)>,
    /// Covered minutes before each span.
    before: Vec<i64>,
}

impl Coverage {
    /// From the minutes with events, ascending and without repeats.
    pub(super) fn of_minutes(minutes: &[i64]) -> Coverage {
        let (Some(first), Some(last)) = (minutes.first(), minutes.last()) else {
            return Coverage::default();
        };
        let gaps = (minutes.len() as i64 - 1).max(1);
        let longest = GAP_MINUTES.max(GAP_MEANS * (last - first) / gaps);
        let profile = Profile::of(minutes);
        let is_hole = |from: i64, to: i64| {
            let length = to - from;
            length >= longest || (length >= GAP_MINUTES && profile.is_missed(from, to))
        };
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for minute in minutes {
            match spans.last_mut() {
                Some(span) if !is_hole(span.1, *minute) => span.1 = minute + 1,
                _ => spans.push((*minute, minute + 1)),
            }
        }
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

    /// What is not covered between the first and the last covered minute.
    pub(super) fn holes(&self) -> impl Iterator<Item = (i64, i64)> + '_ {
        self.spans.windows(2).map(|pair| (pair[0].1, pair[1].0))
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

/// The coverage of a log: as a whole, by account, and of its busy regions.
#[derive(Clone, Debug, Default)]
pub(super) struct Covered {
    pub(super) whole: Coverage,
    accounts: BTreeMap<Text, Coverage>,
    regions: BTreeMap<(Text, Text), Coverage>,
}

impl Covered {
    pub(super) fn of(counts: &Counts) -> Covered {
        let mut regions: BTreeMap<Text, BTreeMap<Text, Vec<i64>>> = BTreeMap::new();
        for it in &counts.level(Level::Api).series {
            let account = regions.entry(it.key.account).or_default();
            let minutes = account.entry(it.key.region).or_default();
            minutes.extend(it.cells.iter().map(|cell| i64::from(cell.minute)));
        }
        let mut covered = Covered::default();
        let mut whole = Vec::new();
        for (account, regions) in regions {
            let mut of_account = Vec::new();
            for (region, mut minutes) in regions {
                // The series of a region are sorted runs, which a stable sort joins fast.
                minutes.sort();
                minutes.dedup();
                if region != 0 && is_busy(&minutes) {
                    covered.regions.insert((account, region), Coverage::of_minutes(&minutes));
                }
                of_account.append(&mut minutes);
            }
            of_account.sort();
            of_account.dedup();
            covered.accounts.insert(account, Coverage::of_minutes(&of_account));
            whole.append(&mut of_account);
        }
        whole.sort();
        whole.dedup();
        covered.whole = Coverage::of_minutes(&whole);
        covered
    }

    /// What is covered of a series.
    pub(super) fn under(&self, key: &Group) -> &Coverage {
        let region = (key.region != 0).then(|| self.regions.get(&(key.account, key.region)));
        region.flatten().or_else(|| self.accounts.get(&key.account)).unwrap_or(&self.whole)
    }
}

/// How many minutes of each hour of the day have events; none of a log that is too short to say.
struct Profile {
    hours: [f64; 24],
    days: i64,
}

impl Profile {
    fn of(minutes: &[i64]) -> Profile {
        let mut hours = [0.0; 24];
        for minute in minutes {
            hours[minute.div_euclid(HOUR_MINUTES).rem_euclid(24) as usize] += 1.0;
        }
        let days = match (minutes.first(), minutes.last()) {
            (Some(first), Some(last)) => (last - first) / DAY_MINUTES,
            _ => 0,
        };
        Profile { hours, days }
    }

    /// Whether events were to be expected in a span that has none.
    fn is_missed(&self, from: i64, to: i64) -> bool {
        // What lasts for days is no matter of hours.
        if self.days < FEWEST_DAYS || to - from >= DAY_MINUTES {
            return false;
        }
        let others = (self.days - 1) as f64 * HOUR_MINUTES as f64;
        let hours = from.div_euclid(HOUR_MINUTES)..=(to - 1).div_euclid(HOUR_MINUTES);
        let expected: f64 = hours
            .map(|hour| {
                let start = (hour * HOUR_MINUTES).max(from);
                let end = ((hour + 1) * HOUR_MINUTES).min(to);
                self.hours[hour.rem_euclid(24) as usize] / others * (end - start) as f64
            })
            .sum();
        expected >= NO_CHANCE_MINUTES
    }
}

fn is_busy(minutes: &[i64]) -> bool {
    let (Some(first), Some(last)) = (minutes.first(), minutes.last()) else { return false };
    let mut hours: Vec<i64> = minutes.iter().map(|it| it.div_euclid(HOUR_MINUTES)).collect();
    hours.dedup();
    let span = last - first + 1;
    span >= BUSY_MINUTES && hours.len() as i64 * 2 * HOUR_MINUTES >= span
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_day_is_a_hole_and_a_night_is_not() {
        let busy: Vec<i64> = (0..10 * 1440).filter(|it| !(4320..5760).contains(it)).collect();
        let coverage = Coverage::of_minutes(&busy);
        assert_eq!(coverage.spans, [(0, 4320), (5760, 14_400)]);
        assert_eq!(coverage.total(), 9 * 1440);
        assert_eq!(coverage.minutes(4000, 6000), 320 + 240);
        assert_eq!(coverage.minutes(-50, 10), 10);
        assert_eq!(coverage.minutes(4400, 5000), 0);

        let office: Vec<i64> = (0..10 * 1440).step_by(5).filter(|it| it % 1440 < 540).collect();
        assert_eq!(Coverage::of_minutes(&office).spans.len(), 1);
    }

    #[test]
    fn one_moment_and_none() {
        assert_eq!(Coverage::of_minutes(&[7]).total(), 1);
        assert_eq!(Coverage::of_minutes(&[]).total(), 0);
        assert_eq!(Coverage::of_minutes(&[]).extent(), (0, 0));
    }
}
