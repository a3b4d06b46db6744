//! Sets of minutes as spans, ascending and apart.

use serde::{Deserialize, Serialize};

const GAP_MINUTES: i64 = 60;
const GAP_MEANS: i64 = 100;
const BUSY_GAP_MINUTES: i64 = 20 * 60;

/// Spans of minutes since 1970, half open, ascending and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// From ascending minutes: one span wherever the next minute is not further than `longest`.
    fn joined(minutes: impl Iterator<Item = i64>, longest: i64) -> Spans {
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for minute in minutes {
            match spans.last_mut() {
                Some(span) if minute - span.1 < longest => span.1 = span.1.max(minute + 1),
                _ => spans.push((minute, minute + 1)),
            }
        }
        Spans(spans)
    }

    /// Just these minutes, which ascend.
    pub(super) fn exactly(minutes: impl Iterator<Item = i64>) -> Spans {
        Spans::joined(minutes, 1)
    }

    /// From the first minute with events to the last, but for gaps longer than an hour and longer
    /// than 100 times the mean gap: a night without people is silence, and a day missing from a
    /// busy log is a hole. The minutes ascend.
    pub(super) fn around(minutes: impl Iterator<Item = i64> + Clone) -> Spans {
        let longest = longest_gap(minutes.clone());
        Spans::joined(minutes, longest)
    }

    /// The same of minutes that lie in at least half of all hours: there a day without any is a
    /// hole, however few of them an hour has.
    pub(super) fn around_busy(minutes: impl Iterator<Item = i64> + Clone) -> Spans {
        let longest = longest_gap(minutes.clone()).min(BUSY_GAP_MINUTES);
        Spans::joined(minutes, longest)
    }

    /// One span, or none.
    pub(super) fn one(start: i64, end: i64) -> Spans {
        Spans(if start < end { vec![(start, end)] } else { Vec::new() })
    }

    /// The spans, in minutes since 1970.
    pub fn iter(&self) -> impl Iterator<Item = (i64, i64)> {
        self.0.iter().copied()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether all of a stretch lies in one span.
    pub(super) fn holds(&self, start: i64, end: i64) -> bool {
        let at = self.0.partition_point(|it| it.0 <= start);
        at.checked_sub(1).and_then(|at| self.0.get(at)).is_some_and(|it| end <= it.1)
    }

    /// How many minutes of a stretch there are.
    pub(super) fn minutes(&self, start: i64, end: i64) -> i64 {
        let from = self.0.partition_point(|it| it.1 <= start);
        let inside = self.0.iter().skip(from).take_while(|it| it.0 < end);
        inside.map(|it| it.1.min(end) - it.0.max(start)).sum()
    }

    /// From the first to past the last minute.
    pub(super) fn extent(&self) -> Option<(i64, i64)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    pub(super) fn union(&self, other: &Spans) -> Spans {
        let mut all: Vec<(i64, i64)> = self.0.iter().chain(&other.0).copied().collect();
        all.sort_unstable();
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for (start, end) in all {
            match spans.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => spans.push((start, end)),
            }
        }
        Spans(spans)
    }

    pub(super) fn without(&self, other: &Spans) -> Spans {
        let mut spans = Vec::new();
        let mut cuts = other.0.iter().peekable();
        for (start, end) in self.iter() {
            let mut start = start;
            while let Some((from, to)) = cuts.peek().copied().copied() {
                if to <= start {
                    cuts.next();
                    continue;
                }
                if from >= end {
                    break;
                }
                if start < from {
                    spans.push((start, from));
                }
                start = to;
                if to > end {
                    break;
                }
                cuts.next();
            }
            if start < end {
                spans.push((start, end));
            }
        }
        Spans(spans)
    }
}

fn longest_gap(minutes: impl Iterator<Item = i64> + Clone) -> i64 {
    let Some(first) = minutes.clone().next() else { return GAP_MINUTES };
    let (count, last) = minutes.fold((0, first), |sum, it| (sum.0 + 1, it));
    let gaps = (count - 1).max(1);
    GAP_MINUTES.max(GAP_MEANS * (last - first) / gaps)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    fn minutes(spans: &Spans) -> BTreeSet<i64> {
        spans.iter().flat_map(|it| it.0..it.1).collect()
    }

    proptest! {
        #[test]
        fn spans_are_sets(
            a in prop::collection::btree_set(0_i64..60, 0..40),
            b in prop::collection::btree_set(0_i64..60, 0..40),
        ) {
            let (left, right) =
                (Spans::exactly(a.iter().copied()), Spans::exactly(b.iter().copied()));
            prop_assert_eq!(&minutes(&left), &a);
            prop_assert_eq!(minutes(&left.union(&right)), &a | &b);
            prop_assert_eq!(minutes(&left.without(&right)), &a - &b);
            for it in [left.union(&right), left.without(&right)] {
                prop_assert!(it.0.iter().all(|it| it.0 < it.1));
                prop_assert!(it.0.windows(2).all(|it| it[0].1 < it[1].0));
            }
            for start in 0..60 {
                prop_assert_eq!(left.holds(start, start + 1), a.contains(&start));
                let inside = (start..start + 9).filter(|it| a.contains(it)).count() as i64;
                prop_assert_eq!(left.minutes(start, start + 9), inside);
                let long = (start..start + 5).all(|it| a.contains(&it));
                prop_assert_eq!(left.holds(start, start + 5), long);
            }
        }
    }

    #[test]
    fn a_missing_day_is_a_hole_and_a_night_is_not() {
        let busy = (0..10 * 1440).filter(|it| !(4320..5760).contains(it));
        assert_eq!(Spans::around(busy).0, [(0, 4320), (5760, 14_400)]);
        let office = (0..10 * 1440).step_by(5).filter(|it| it % 1440 < 540);
        assert_eq!(Spans::around(office).0.len(), 1);
        assert_eq!(Spans::around([7].into_iter()).0, [(7, 8)]);
        assert!(Spans::around([].into_iter()).is_empty());
    }
}
