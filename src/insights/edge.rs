//! Where a burst begins and ends, to the minute.

use super::{
    burst::{Hit, Subject, merge},
    coverage::Coverage,
    pool::Pool,
};

/// How far past its windows the edge of a burst is looked for.
const EDGE_MINUTES: i64 = 15;
const EDGE_GAP_MINUTES: i64 = 2;
/// The largest count of 19 in 20 ordinary minutes is so many deviations above the mean.
const BAND_DEVIATIONS: f64 = 1.645;

/// The baseline that is told is that of CloudTrail: the 7 days before.
const PAST_MINUTES: i64 = 7 * 1440;
const FEWEST_PAST_MINUTES: i64 = 60;

/// A burst of one series. Times are minutes since 1970, half open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Burst {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) e: f64,
    pub(super) count: u64,
    /// Of the series in the 7 days before, or at all other times if it has no past.
    pub(super) baseline_count: u64,
    pub(super) baseline_minutes: i64,
    /// Covered minutes at all other times.
    pub(super) other_minutes: i64,
    /// Minutes of the windows that showed it, and the largest count of such a window elsewhere.
    pub(super) window_minutes: i64,
    pub(super) record: u64,
}

/// The hits of a series as bursts.
pub(super) fn bursts(subject: &Subject<'_>, pool: &Pool, hits: Vec<Hit>) -> Vec<Burst> {
    if hits.is_empty() {
        return Vec::new();
    }
    let dispersion = pool.dispersion(&subject.scale(0).all());
    let trimmed = hits.into_iter().map(|hit| trim(hit, subject, dispersion)).collect();
    merge(trimmed, 0)
        .into_iter()
        .map(|Hit { start, end, e, length, record }| {
            let span = measure(subject.minutes, subject.coverage, start, end);
            Burst { e, window_minutes: length, record: record as u64, ..span }
        })
        .collect()
}

/// What a span of a series holds, against the rest of it.
pub(super) fn measure(minutes: &[(i64, u32)], coverage: &Coverage, start: i64, end: i64) -> Burst {
    let count = sum_between(minutes, start, end);
    let other_minutes = coverage.total() - coverage.minutes(start, end);
    let past = coverage.minutes(start - PAST_MINUTES, start);
    let (baseline_count, baseline_minutes) = if past >= FEWEST_PAST_MINUTES {
        (sum_between(minutes, start - PAST_MINUTES, start), past)
    } else {
        let total: u64 = minutes.iter().map(|it| u64::from(it.1)).sum();
        (total - count, other_minutes)
    };
    Burst {
        start,
        end,
        e: 0.0,
        count,
        baseline_count,
        baseline_minutes,
        other_minutes,
        window_minutes: end - start,
        record: 0,
    }
}

/// Moves the edges of a hit to the minutes where the burst begins and ends.
fn trim(hit: Hit, subject: &Subject<'_>, dispersion: f64) -> Hit {
    let (minutes, coverage) = (subject.minutes, subject.coverage);
    let inside = sum_between(minutes, hit.start, hit.end);
    let total: u64 = minutes.iter().map(|it| u64::from(it.1)).sum();
    let rest = (coverage.total() - coverage.minutes(hit.start, hit.end)).max(1);
    let mean = (total - inside) as f64 / rest as f64;
    let band = mean + BAND_DEVIATIONS * (dispersion * mean).sqrt();
    let first = minutes.partition_point(|(minute, _)| *minute < hit.start);
    let past = minutes.partition_point(|(minute, _)| *minute < hit.end);
    let stands_out = |at: &usize| f64::from(minutes[*at].1) > band;
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
    Hit { start: minutes[from].0, end: minutes[to].0 + 1, ..hit }
}

pub(super) fn sum_between(minutes: &[(i64, u32)], start: i64, end: i64) -> u64 {
    let first = minutes.partition_point(|(minute, _)| *minute < start);
    let past = minutes.partition_point(|(minute, _)| *minute < end);
    minutes[first..past].iter().map(|(_, count)| u64::from(*count)).sum()
}
