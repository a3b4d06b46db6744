//! Busy series that fall silent without being periodic.

use super::{coverage::Coverage, season::Season, tail};

const FEWEST_CALLS: f64 = 50.0;
const FEWEST_GAPS: usize = 30;
/// Weight of what is assumed of the spread of gaps beside what is seen.
const FREEDOM: f64 = 4.0;
const SPREAD: f64 = 0.5;
const MEAN_WEIGHT: f64 = 0.5;
/// Silence is everyday: so much more is demanded, as a power of ten.
const NO_NEWS: f64 = 0.5;
const SETTLING_MINUTES: i64 = 15;

/// A silence. Minutes since 1970, half open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Silence {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) e: f64,
    /// Calls that were expected in it.
    pub(super) expected: f64,
    pub(super) open: bool,
}

/// The silences of a series with `e` of at least `least`. `dispersion` is that of its counts by
/// the hour.
pub(super) fn silences(
    minutes: &[(i64, u32)],
    coverage: &Coverage,
    season: &Season,
    dispersion: f64,
    least: f64,
) -> Vec<Silence> {
    let total: f64 = minutes.iter().map(|it| f64::from(it.1)).sum();
    if total < FEWEST_CALLS {
        return Vec::new();
    }
    // Covered silence after each active minute, to the next or to the end of the log.
    let end = coverage.extent().1 - SETTLING_MINUTES;
    let starts = minutes.iter().map(|it| it.0 + 1);
    let ends = minutes[1..].iter().map(|it| it.0).chain([end]);
    let gaps: Vec<(i64, i64, f64)> = starts
        .zip(ends)
        .map(|(start, end)| (start, end, coverage.minutes(start, end) as f64))
        .filter(|it| it.2 >= 1.0)
        .collect();
    if gaps.len() < FEWEST_GAPS {
        return Vec::new();
    }
    let n = gaps.len() as f64;
    let sum: f64 = gaps.iter().map(|it| it.2.ln()).sum();
    let squares: f64 = gaps.iter().map(|it| it.2.ln().powi(2)).sum();
    let rate = total / (coverage.total() as f64).max(1.0);
    let mut found = Vec::new();
    for (start, end, length) in &gaps {
        let log = length.ln();
        // A silence that a hole cuts may have been broken in it.
        if *length < (end - start) as f64 || log < sum / n {
            continue;
        }
        let (others, mean) = (n - 1.0, (sum - log) / (n - 1.0));
        let spread = (squares - log * log - others * mean * mean).max(0.0);
        let (weight, freedom) = (MEAN_WEIGHT + others, FREEDOM + others / 2.0);
        let scale = FREEDOM * SPREAD + spread / 2.0;
        let t = (log - mean) / (scale * (weight + 1.0) / (freedom * weight)).sqrt();
        let by_gap = tail::student(t, 2.0 * freedom) - n.log10();
        if by_gap < least {
            continue;
        }
        let hours = (start.div_euclid(60)..=(end - 1).div_euclid(60)).map(|hour| {
            let (from, to) = ((hour * 60).max(*start), (hour * 60 + 60).min(*end));
            season.of(hour * 60, 60) * (to - from) as f64
        });
        let expected = rate * hours.sum::<f64>();
        let spread = dispersion.max(1.000_1);
        let each = spread.ln() / ((spread - 1.0) * std::f64::consts::LN_10);
        let by_count = expected * each - total.log10();
        let e = by_gap.min(by_count) - NO_NEWS;
        if e >= least {
            let open = *end >= coverage.extent().1 - SETTLING_MINUTES;
            found.push(Silence { start: *start, end: *end, e, expected, open });
        }
    }
    found
}
