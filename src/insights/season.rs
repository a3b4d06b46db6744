//! The cycle of a series over the day, and over working days and weekends.

use super::coverage::Coverage;

const HOURS: usize = 24;
const CLASSES: usize = 2 * HOURS;
const DAY_MINUTES: i64 = 1440;
/// A series needs so many busy hours before a cycle is believed.
const FEWEST_HOURS: usize = 50;
/// A cycle must explain this much more than chance does, for each of its classes.
const CLEARLY: f64 = 3.0;
const FEWEST_DAYS: i64 = 4;
const FEWEST_DAYS_OF_WEEK: i64 = 14;

/// Factors by hour of the day, for working days and weekends (UTC); 1 on average.
#[derive(Clone, Debug)]
pub(super) struct Season(Option<Box<[f64; CLASSES]>>);

impl Season {
    pub(super) const NONE: Season = Season(None);

    /// The cycle of a series; none where it is not clear.
    pub(super) fn of_minutes(minutes: &[(i64, u32)], coverage: &Coverage) -> Season {
        let days = coverage.total() / DAY_MINUTES;
        if days < FEWEST_DAYS || minutes.len() < FEWEST_HOURS {
            return Season::NONE;
        }
        let mut hours: Vec<(i64, f64)> = Vec::new();
        for (minute, count) in minutes {
            let hour = minute.div_euclid(60);
            match hours.last_mut() {
                Some(last) if last.0 == hour => last.1 += f64::from(*count),
                _ => hours.push((hour, f64::from(*count))),
            }
        }
        if hours.len() < FEWEST_HOURS {
            return Season::NONE;
        }
        let weekly = days >= FEWEST_DAYS_OF_WEEK;
        // One large burst must not make its hour of the day a busy one.
        let mut counts: Vec<f64> = hours.iter().map(|it| it.1).collect();
        let at = (counts.len() * 98 / 100).min(counts.len() - 1);
        let (_, clip, _) = counts.select_nth_unstable_by(at, f64::total_cmp);
        let clip = *clip;
        let class = |hour: i64| class_of(hour, weekly);
        let (mut seen, mut squares, mut total) = ([0.0; CLASSES], 0.0, 0.0);
        for (hour, count) in &hours {
            let count = count.min(clip);
            seen[class(*hour)] += count;
            squares += count * count;
            total += count;
        }
        let covered = coverage.class_hours(weekly);
        let all_hours: f64 = covered.iter().sum();
        let mean = total / all_hours;
        let dispersion = ((squares / all_hours - mean * mean) / mean).max(1.0);
        let mut factors = Box::new([1.0; CLASSES]);
        let (mut unlike, mut classes, mut weighted) = (0.0, 0.0, 0.0);
        for at in 0..CLASSES {
            let expected = mean * covered[at];
            if expected > 0.0 {
                unlike += (seen[at] - expected).powi(2) / expected / dispersion;
                classes += 1.0;
                let shrunk = (seen[at] + 5.0 * dispersion) / (expected + 5.0 * dispersion);
                factors[at] = shrunk.clamp(0.1, 10.0);
                weighted += factors[at] * covered[at];
            }
        }
        if unlike < CLEARLY * classes {
            return Season::NONE;
        }
        let average = weighted / all_hours;
        for at in 0..CLASSES {
            factors[at] /= average;
            if !weekly && at >= HOURS {
                factors[at] = factors[at - HOURS];
            }
        }
        Season(Some(factors))
    }

    pub(super) fn is_some(&self) -> bool {
        self.0.is_some()
    }

    /// The mean factor of a window that begins at a minute since 1970.
    pub(super) fn of(&self, start: i64, length: i64) -> f64 {
        let Some(factors) = &self.0 else { return 1.0 };
        let first = start.div_euclid(60);
        let hours = (length / 60).max(1);
        let sum: f64 = (first..first + hours).map(|hour| factors[class_of(hour, true)]).sum();
        sum / hours as f64
    }
}

/// The class of an hour since 1970, which began on a Thursday.
fn class_of(hour: i64, weekly: bool) -> usize {
    let weekend = weekly && (hour.div_euclid(24) + 3).rem_euclid(7) >= 5;
    hour.rem_euclid(24) as usize + if weekend { HOURS } else { 0 }
}

/// Covered hours of each class.
pub(super) fn class_hours(spans: &[(i64, i64)], weekly: bool) -> [f64; CLASSES] {
    let mut hours = [0.0; CLASSES];
    for (start, end) in spans {
        let mut at = *start;
        while at < *end {
            let next = ((at.div_euclid(60) + 1) * 60).min(*end);
            hours[class_of(at.div_euclid(60), weekly)] += (next - at) as f64 / 60.0;
            at = next;
        }
    }
    hours
}
