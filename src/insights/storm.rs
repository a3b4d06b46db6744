//! Whether calls came on top that fail, or calls failed that are made anyway.
//!
//! Retries, a loop in a shell and a sweep are more calls than ever, and what is new about them are
//! the calls. Where an API fails, its callers call as they do. So the calls of the time are compared
//! with those of other times, with the failed ones and without.

use super::{coverage::Coverage, habit::GUARD_MINUTES, series::Series, tail};

/// A storm is as rare among the times with calls at all, as a power of ten…
const CLEARLY_MORE: f64 = 3.0;
/// …and so much rarer than the calls that did not fail.
const CLEARLY_FAILED: f64 = 1.5;
/// What is rarer by this may be one, for all that its calls tell.
const PERHAPS_FAILED: f64 = 0.4;
/// Before anything was seen, a time with calls has so many, and so dispersed ones.
const USUAL_CALLS: f64 = 2.0;
const USUAL_DISPERSION: f64 = 2.0;

/// How surprising it is that so many calls were made in a span, as a power of ten.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surge {
    /// Beside the spans with calls: who comes once a week comes with many calls at once.
    busy: f64,
    /// Beside all spans; and what of it the failed calls make.
    failed: f64,
}

impl Surge {
    pub(super) fn of(series: &Series, coverage: &Coverage, start: i64, end: i64) -> Surge {
        let length = (end - start).max(1);
        let span_of = |minute: i32| (i64::from(minute) - start).div_euclid(length);
        let (mut busy, mut count, mut squares) = (0.0, 0.0, 0.0);
        for cells in series.cells.chunk_by(|a, b| span_of(a.minute) == span_of(b.minute)) {
            let from = start + span_of(cells[0].minute) * length;
            if from + length <= start - GUARD_MINUTES || from >= end + GUARD_MINUTES {
                let calls: f64 = cells.iter().map(|it| f64::from(it.calls)).sum();
                busy += 1.0;
                count += calls;
                squares += calls * calls;
            }
        }
        // The hours around it say how busy the service is at this time of the day.
        let (_, before) = series.sums(start - GUARD_MINUTES, start);
        let (_, after) = series.sums(end, end + GUARD_MINUTES);
        let near = (before + after) * length as f64 / (2 * GUARD_MINUTES) as f64;
        let spans = (coverage.total() as f64 / length as f64).max(busy).max(1.0);
        let dispersed = dispersion(count, squares, spans);
        // Half of the dispersion is added to what was seen, as for bursts.
        let mean = (count / spans).max(near) + dispersed / 2.0 / spans;
        let mean_busy = ((count + USUAL_CALLS) / (busy + 1.0)).max(near);
        let dispersed_busy = match busy {
            0.0 => USUAL_DISPERSION,
            _ => (dispersion(count, squares, busy) * busy + USUAL_DISPERSION) / (busy + 1.0),
        };
        let (errors, calls) = series.sums(start, end);
        let surprise = |calls: f64| tail::count(calls as u64, mean, dispersed);
        Surge {
            busy: tail::count(calls as u64, mean_busy, dispersed_busy),
            failed: surprise(calls) - surprise(calls - errors),
        }
    }

    /// Whether the failed calls came on top.
    pub(super) fn is_storm(self) -> bool {
        self.busy >= CLEARLY_MORE && self.failed >= CLEARLY_FAILED
    }

    /// Whether the calls speak for a storm, though not clearly.
    pub(super) fn may_be_storm(self) -> bool {
        self.failed >= PERHAPS_FAILED
    }
}

/// Variance over mean of counts, at least 1.
fn dispersion(count: f64, squares: f64, spans: f64) -> f64 {
    let mean = count / spans;
    if mean > 0.0 { ((squares / spans - mean * mean) / mean).max(1.0) } else { 1.0 }
}
