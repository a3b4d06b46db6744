//! Sets of minutes as spans, ascending and apart.

use serde::{Deserialize, Serialize};

/// Spans of minutes since 1970, half open, ascending and apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spans(Vec<(i64, i64)>);

impl Spans {
    /// From ascending minutes: one span wherever what lies between two of them is no hole. It is
    /// asked for the minute past the one and for the other.
    pub(super) fn joined(
        minutes: impl Iterator<Item = i64>,
        is_hole: impl Fn(i64, i64) -> bool,
    ) -> Spans {
        let mut spans: Vec<(i64, i64)> = Vec::new();
        for minute in minutes {
            match spans.last_mut() {
                Some(span) if !is_hole(span.1, minute) => span.1 = span.1.max(minute + 1),
                _ => spans.push((minute, minute + 1)),
            }
        }
        Spans(spans)
    }

    /// Just these minutes, which ascend.
    pub(super) fn exactly(minutes: impl Iterator<Item = i64>) -> Spans {
        Spans::joined(minutes, |past, next| past < next)
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

    /// The gap between two spans that a minute lies in.
    pub(super) fn gap_at(&self, minute: i64) -> Option<(i64, i64)> {
        let at = self.0.partition_point(|it| it.1 <= minute);
        let (before, after) = (self.0.get(at.checked_sub(1)?)?, self.0.get(at)?);
        (minute < after.0).then_some((before.1, after.0))
    }

    /// From the first to past the last minute.
    pub(super) fn extent(&self) -> Option<(i64, i64)> {
        Some((self.0.first()?.0, self.0.last()?.1))
    }

    pub(super) fn filtered(self, keep: impl Fn((i64, i64)) -> bool) -> Spans {
        Spans(self.0.into_iter().filter(|it| keep(*it)).collect())
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
                let gap = left.gap_at(start);
                let inside = !a.contains(&start) && a.first() < Some(&start) && Some(&start) < a.last();
                prop_assert_eq!(gap.is_some(), inside && !a.is_empty());
                prop_assert!(gap.is_none_or(|it| (it.0..it.1).all(|it| !a.contains(&it))));
                let long = (start..start + 5).all(|it| a.contains(&it));
                prop_assert_eq!(left.holds(start, start + 5), long);
            }
        }
    }
}
