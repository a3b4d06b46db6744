//! One series against itself: which of its minutes hold far more than the rest leads to expect.
//!
//! Windows of each scale are compared with the mean of all other covered windows within 28 days,
//! before and after, but for a guard around the window. A window stands out when the tail of a
//! negative binomial distribution with a fixed dispersion says so, when it holds at least three
//! calls and three more than expected, and when nothing like it happens elsewhere in the series.

use super::{coverage::Coverage, series::MinuteCount, tail};
use crate::model::insight::Measure;

/// Variance over mean of counts in windows. Calls come in runs, so far more than the 1 of Poisson.
const DISPERSION: f64 = 6.5;
/// Fewer calls than this, or fewer above the expected, are no burst.
const SUPPORT: u64 = 3;
/// A comparison with fewer windows than this says nothing.
const FEWEST_WINDOWS: i64 = 6;
/// How far away the rest of the series is still comparable.
const REACH_MINUTES: i64 = 28 * 1440;
/// Windows as surprising as this are left out of the baseline of the others…
const STRONG: f64 = 4.0;
/// …unless they form more episodes than this: then they are a habit of the series.
const MOST_EPISODES: usize = 3;
const EPISODE_GAP_MINUTES: i64 = 30;
/// A window is ordinary when another one reaches this share of its count.
const RECURRENCE: f64 = 0.7;
/// Windows this close are one burst.
pub(super) const MERGE_GAP_MINUTES: i64 = 15;
/// How far past its windows the edge of a burst is looked for.
const EDGE_MINUTES: i64 = 15;
const EDGE_GAP_MINUTES: i64 = 2;
/// A long window replaces the short ones inside it when it is this much more surprising.
const LONG_LEAD: f64 = 1.0;

/// Logs shorter than this are looked at minute by minute too, longer ones by the hour.
const SHORT_LOG_MINUTES: i64 = 180;
/// In a log shorter than this everything is bursty, so only the clear cases count.
const SCANT_LOG_MINUTES: i64 = 120;
const SCANT_LOG_THRESHOLD: f64 = 1.0;

/// A burst of one series. Times are minutes since 1970, half open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Burst {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) e: f64,
    pub(super) count: u64,
    /// Of the series at all other covered times.
    pub(super) baseline_count: u64,
    pub(super) baseline_minutes: i64,
}

/// The bursts of a series, ascending, with `e` of at least `threshold`.
pub(super) fn bursts(
    cells: &[MinuteCount],
    measure: Measure,
    coverage: &Coverage,
    threshold: f64,
) -> Vec<Burst> {
    // Most series end here: what never had three calls within two hours has no window of three.
    let minutes: Vec<(i64, u64)> = cells
        .iter()
        .map(|cell| (cell.minute, cell.of(measure)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let total: u64 = minutes.iter().map(|(_, count)| count).sum();
    if total < SUPPORT {
        return Vec::new();
    }
    let covered = coverage.total();
    let threshold =
        if covered < SCANT_LOG_MINUTES { threshold.max(SCANT_LOG_THRESHOLD) } else { threshold };
    let lengths: Vec<i64> = if covered < SHORT_LOG_MINUTES { [1, 5] } else { [5, 60] }
        .into_iter()
        .filter(|length| covered >= FEWEST_WINDOWS * length)
        .collect();
    let price = (lengths.len().max(1) as f64).log10();
    let mut found: Vec<Hit> = Vec::new();
    for length in &lengths {
        let hits = Scale::new(&minutes, *length, coverage).hits(threshold + price);
        let merged = merge(hits, MERGE_GAP_MINUTES);
        for hit in merged {
            take(&mut found, Hit { e: hit.e - price, ..hit });
        }
    }
    found.sort_unstable_by_key(|hit| hit.start);
    let trimmed = found.iter().map(|hit| trim(*hit, &minutes, total, coverage)).collect();
    merge(trimmed, 0)
        .into_iter()
        .map(|Hit { start, end, e }| {
            let count = sum_between(&minutes, start, end);
            Burst {
                start,
                end,
                e,
                count,
                baseline_count: total - count,
                baseline_minutes: covered - coverage.minutes(start, end),
            }
        })
        .collect()
}

/// A span of minutes that stands out.
#[derive(Clone, Copy, Debug)]
struct Hit {
    start: i64,
    end: i64,
    e: f64,
}

/// The counts of a series in windows of one length, aligned to the epoch.
struct Scale<'a> {
    length: i64,
    guard: i64,
    coverage: &'a Coverage,
    /// First minute and count of each window that is not empty, ascending.
    windows: Vec<(i64, u64)>,
    excluded: Vec<bool>,
    /// Sums of the counts, and of the numbers, of kept and of excluded windows before each.
    kept_before: Vec<u64>,
    excluded_before: Vec<i64>,
}

impl Scale<'_> {
    fn new<'a>(minutes: &[(i64, u64)], length: i64, coverage: &'a Coverage) -> Scale<'a> {
        let mut windows: Vec<(i64, u64)> = Vec::new();
        for (minute, count) in minutes {
            let start = minute.div_euclid(length) * length;
            match windows.last_mut() {
                Some(window) if window.0 == start => window.1 += count,
                _ => windows.push((start, *count)),
            }
        }
        let widest = if length < 60 { 60 } else { 2 * length };
        // A short log would be all guard.
        let guard = widest.min((coverage.total() / 8).max(length)) / length * length;
        let excluded = vec![false; windows.len()];
        let mut scale = Scale {
            length,
            guard,
            coverage,
            windows,
            excluded,
            kept_before: Vec::new(),
            excluded_before: Vec::new(),
        };
        scale.sum_up();
        scale
    }

    fn sum_up(&mut self) {
        let (mut kept, mut excluded) = (0, 0);
        self.kept_before = vec![0];
        self.excluded_before = vec![0];
        for ((_, count), is_excluded) in self.windows.iter().zip(&self.excluded) {
            if *is_excluded {
                excluded += 1;
            } else {
                kept += count;
            }
            self.kept_before.push(kept);
            self.excluded_before.push(excluded);
        }
    }

    fn hits(mut self, threshold: f64) -> Vec<Hit> {
        if self.windows.iter().all(|(_, count)| *count < SUPPORT) {
            return Vec::new();
        }
        let mut scores = self.scores();
        let strong: Vec<usize> =
            scores.iter().filter(|(_, score)| *score >= STRONG).map(|(at, _)| *at).collect();
        if !strong.is_empty() && self.episodes(&strong) <= MOST_EPISODES {
            for at in strong {
                self.excluded[at] = true;
            }
            self.sum_up();
            scores = self.scores();
        }
        let windows = (self.coverage.total() as f64 / self.length as f64).max(1.0);
        scores.retain(|(_, score)| score - windows.log10() >= threshold);
        if scores.is_empty() {
            return Vec::new();
        }
        let mut largest: Vec<(i64, u64)> = self
            .windows
            .iter()
            .zip(&self.excluded)
            .filter(|(_, excluded)| !**excluded)
            .map(|(window, _)| *window)
            .collect();
        largest.sort_unstable_by_key(|(start, count)| (std::cmp::Reverse(*count), *start));
        scores
            .into_iter()
            .filter(|(at, _)| !self.recurs(self.windows[*at], &largest))
            .map(|(at, score)| {
                let start = self.windows[at].0;
                Hit { start, end: start + self.length, e: score - windows.log10() }
            })
            .collect()
    }

    /// The surprise of every window that may have some, by its place.
    fn scores(&self) -> Vec<(usize, f64)> {
        let score = |(at, (start, count)): (usize, &(i64, u64))| {
            if *count < SUPPORT {
                return None;
            }
            let mean = self.expected(*start)?;
            let excess = *count as f64 - mean;
            // The second bound is cheap and spares the tail of what is not even rare.
            let worth = excess >= SUPPORT as f64 && excess > 2.5 * (DISPERSION * mean).sqrt();
            worth.then(|| (at, tail::count(*count, mean, DISPERSION)))
        };
        self.windows.iter().enumerate().filter_map(score).collect()
    }

    /// How many calls the rest of the series leads to expect in the window at `start`. Half the
    /// dispersion is added to what was seen, so that a series never seen before has a mean too.
    fn expected(&self, start: i64) -> Option<f64> {
        let end = start + self.length;
        let outer = (start - REACH_MINUTES, end + REACH_MINUTES);
        let inner = (start - self.guard, end + self.guard);
        let mut count = 0;
        let mut minutes = 0;
        for (from, to) in [(outer.0, inner.0), (inner.1, outer.1)] {
            let first = self.windows.partition_point(|(it, _)| *it < from);
            let past = self.windows.partition_point(|(it, _)| *it < to);
            count += self.kept_before[past] - self.kept_before[first];
            let excluded = self.excluded_before[past] - self.excluded_before[first];
            minutes += (self.coverage.minutes(from, to) - excluded * self.length).max(0);
        }
        let windows = minutes as f64 / self.length as f64;
        (windows >= FEWEST_WINDOWS as f64 / 2.0)
            .then(|| (count as f64 + DISPERSION / 2.0) / windows)
    }

    fn recurs(&self, (start, count): (i64, u64), largest: &[(i64, u64)]) -> bool {
        largest
            .iter()
            .take_while(|(_, other)| *other as f64 >= RECURRENCE * count as f64)
            .any(|(other, _)| (other - start).abs() > self.guard)
    }

    fn episodes(&self, places: &[usize]) -> usize {
        let start = |at: &usize| self.windows[*at].0;
        let apart =
            |pair: &&[usize]| start(&pair[1]) - start(&pair[0]) - self.length > EPISODE_GAP_MINUTES;
        1 + places.windows(2).filter(apart).count()
    }
}

/// Joins hits that are at most `gap` minutes apart; they must be ascending.
fn merge(hits: Vec<Hit>, gap: i64) -> Vec<Hit> {
    let mut merged: Vec<Hit> = Vec::new();
    for hit in hits {
        match merged.last_mut() {
            Some(last) if hit.start - last.end <= gap => {
                last.end = last.end.max(hit.end);
                last.e = last.e.max(hit.e);
            },
            _ => merged.push(hit),
        }
    }
    merged
}

/// Adds what a longer scale found, unless a shorter one has said it already, and more exactly.
fn take(found: &mut Vec<Hit>, long: Hit) {
    let inside = |short: &Hit| short.start < long.end && long.start < short.end;
    if found.iter().any(|short| inside(short) && short.e + LONG_LEAD >= long.e) {
        return;
    }
    found.retain(|short| !inside(short));
    found.push(long);
}

/// Moves the edges of a hit to the minutes where the burst begins and ends.
fn trim(hit: Hit, minutes: &[(i64, u64)], total: u64, coverage: &Coverage) -> Hit {
    let inside = sum_between(minutes, hit.start, hit.end);
    let rest = (coverage.total() - coverage.minutes(hit.start, hit.end)).max(1);
    let mean = (total - inside) as f64 / rest as f64;
    // About the largest count of 19 in 20 ordinary minutes.
    let band = mean + 1.645 * (DISPERSION * mean).sqrt();
    let first = minutes.partition_point(|(minute, _)| *minute < hit.start);
    let past = minutes.partition_point(|(minute, _)| *minute < hit.end);
    let stands_out = |at: &usize| minutes[*at].1 as f64 > band;
    let Some(mut from) = (first..past).find(stands_out).or((first < past).then_some(first)) else {
        return hit;
    };
    let mut to = (from..past).rev().find(stands_out).unwrap_or(past - 1);
    if from == first {
        for at in (0..from).rev() {
            let minute = minutes[at].0;
            let near = minutes[from].0 - minute <= EDGE_GAP_MINUTES;
            if !near || !stands_out(&at) || hit.start - minute > EDGE_MINUTES {
                break;
            }
            from = at;
        }
    }
    if to + 1 == past {
        for at in past..minutes.len() {
            let minute = minutes[at].0;
            let near = minute - minutes[to].0 <= EDGE_GAP_MINUTES;
            if !near || !stands_out(&at) || minute - hit.end >= EDGE_MINUTES {
                break;
            }
            to = at;
        }
    }
    Hit { start: minutes[from].0, end: minutes[to].0 + 1, e: hit.e }
}

fn sum_between(minutes: &[(i64, u64)], start: i64, end: i64) -> u64 {
    let first = minutes.partition_point(|(minute, _)| *minute < start);
    let past = minutes.partition_point(|(minute, _)| *minute < end);
    minutes[first..past].iter().map(|(_, count)| count).sum()
}
