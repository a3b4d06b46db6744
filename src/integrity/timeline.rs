//! The time that a chain's digests cover, and the times between them that none covers.

use std::collections::BTreeSet;

use super::{chain::Chain, logs::name};
use crate::model::{
    integrity::report::Reason,
    time::{HOUR, MINUTE, TimeRange},
};

/// How far a log's stamp may be from its delivery.
const BORDER_MILLIS: i64 = 10 * MINUTE;

/// A time without a digest that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) range: TimeRange,
    pub(super) kind: GapKind,
    /// The digest after it.
    pub(super) next: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum GapKind {
    /// So many digests are missing; the last of them is the one that the next names.
    Missing { digests: u32 },
    /// The digest is there, but cannot be read.
    Unreadable,
    /// The next digest begins a new chain.
    Restart,
    /// The next digest names the one before the gap.
    Linked,
    /// The first digest that was dropped is not the first of its chain.
    Before,
}

/// A chain along time.
#[derive(Debug)]
pub(super) struct Timeline {
    /// From the start of the first digest to the end of the last.
    pub(super) range: TimeRange,
    /// In order.
    pub(super) gaps: Vec<Gap>,
    /// What changed digests say that they cover, in order of their ends.
    changed: Vec<TimeRange>,
}

impl Timeline {
    /// Of a chain that was judged. `unreadable` are the names of files that are there but cannot be
    /// read as digests.
    pub(super) fn of(chain: &Chain, unreadable: &BTreeSet<String>) -> Timeline {
        let line = chain.line();
        let nodes = line.iter().map(|it| &chain.nodes[*it]);
        let starts = nodes.clone().map(|it| it.range().start_millis).min();
        let ends = nodes.clone().map(|it| it.range().end_millis).max();
        let range = TimeRange {
            start_millis: starts.unwrap_or_default(),
            end_millis: ends.unwrap_or_default(),
        };
        let changed = nodes.filter(|it| it.is_changed()).map(|it| it.range()).collect();
        Timeline { range, gaps: gaps(chain, &line, unreadable), changed }
    }

    /// Why a log of that moment might be in no digest here; `None` when the digests of its time
    /// are there. A log on the border of two digests may be in either.
    pub(super) fn why_unlisted(&self, millis: i64) -> Option<Reason> {
        let (from, to) = (millis - BORDER_MILLIS, millis + BORDER_MILLIS);
        let meets = |range: TimeRange| range.start_millis <= to && from < range.end_millis;
        let reasons =
            self.gaps.iter().filter(|it| meets(it.range)).filter_map(|it| match it.kind {
                GapKind::Missing { .. } => Some(Reason::DigestMissing),
                GapKind::Unreadable => Some(Reason::DigestUnreadable),
                GapKind::Restart => Some(Reason::BetweenChains),
                GapKind::Linked => Some(Reason::BetweenDigests),
                GapKind::Before => None,
            });
        if let Some(reason) = reasons.min() {
            return Some(reason);
        }
        if self.changed.iter().any(|it| meets(*it)) {
            return Some(Reason::DigestChanged);
        }
        if from < self.range.start_millis {
            return Some(Reason::BeforeFirst);
        }
        (to >= self.range.end_millis).then_some(Reason::AfterLast)
    }
}

fn gaps(chain: &Chain, line: &[usize], unreadable: &BTreeSet<String>) -> Vec<Gap> {
    let names: BTreeSet<&str> = line.iter().map(|it| chain.nodes[*it].name()).collect();
    let mut gaps = Vec::new();
    for (at, next) in line.iter().copied().enumerate() {
        let node = &chain.nodes[next];
        let before = at.checked_sub(1).and_then(|it| line.get(it)).map(|it| &chain.nodes[*it]);
        let start_millis = before.map_or(node.range().start_millis, |it| it.range().end_millis);
        let range = TimeRange { start_millis, end_millis: node.range().start_millis };
        let hours = ((range.len_millis() + HOUR / 2) / HOUR).clamp(0, i64::from(u32::MAX));
        let hours = u32::try_from(hours).unwrap_or(u32::MAX);
        let gap = |kind| Gap { range, kind, next };
        let previous = node.fact.digest.previous.as_ref().map(|it| name(&it.object));
        match (previous, before) {
            (None, None) => {},
            (None, Some(_)) => gaps.push(gap(GapKind::Restart)),
            (Some(previous), Some(_)) if names.contains(previous) => {
                if range.len_millis() >= HOUR / 2 {
                    gaps.push(gap(GapKind::Linked));
                }
            },
            (Some(previous), _) if unreadable.contains(previous) => {
                gaps.push(gap(GapKind::Unreadable));
                if hours > 1 {
                    gaps.push(gap(GapKind::Missing { digests: hours - 1 }));
                }
            },
            (Some(_), None) => gaps.push(gap(GapKind::Before)),
            // A changed digest may name anything; only the time without digests counts.
            (Some(_), Some(_)) if node.is_changed() && hours == 0 => {},
            (Some(_), Some(_)) => {
                gaps.push(gap(GapKind::Missing { digests: hours.max(1) }));
            },
        }
    }
    gaps
}
