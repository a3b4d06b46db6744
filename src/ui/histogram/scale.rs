//! From time to place and back. Places are parts of the width, 0 to 1. No signals, no DOM.

use crate::model::{
    question::Histogram,
    time::{DAY, HOUR, MINUTE, SECOND, TimeRange},
};

/// The time that bars cover: from the first bar's start to the last one's end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scale {
    /// Start of the first bar.
    pub(crate) start_millis: i64,
    /// Width of a bar.
    pub(crate) step_millis: i64,
    /// Number of bars.
    pub(crate) bars: usize,
}

impl Scale {
    /// The scale of a histogram; `None` if it has no bars.
    pub(crate) fn of(histogram: &Histogram) -> Option<Scale> {
        let bars = histogram.series.iter().map(|it| it.counts.len()).max().unwrap_or(0);
        let Histogram { start_millis, step_millis, .. } = *histogram;
        (bars > 0 && step_millis > 0).then_some(Scale { start_millis, step_millis, bars })
    }

    /// Everything.
    pub(crate) fn range(self) -> TimeRange {
        self.span_of(0, self.bars.saturating_sub(1))
    }

    /// Where a moment lies; less than 0 or more than 1 outside of the bars.
    pub(crate) fn place(self, millis: i64) -> f64 {
        let TimeRange { start_millis, end_millis } = self.range();
        (millis - start_millis) as f64 / (end_millis - start_millis).max(1) as f64
    }

    /// The bar at a place; the nearest one outside of them.
    pub(crate) fn bar_at(self, place: f64) -> usize {
        let at = (place * self.bars as f64).floor().max(0.0) as usize;
        at.min(self.bars.saturating_sub(1))
    }

    /// From the start of one bar to the end of another, in whichever order they are given.
    pub(crate) fn span_of(self, a: usize, b: usize) -> TimeRange {
        let start = |bar: usize| {
            self.start_millis.saturating_add(self.step_millis.saturating_mul(bar as i64))
        };
        TimeRange { start_millis: start(a.min(b)), end_millis: start(a.max(b) + 1) }
    }
}

/// Steps of an axis that people can read.
const STEPS: &[i64] = &[
    SECOND,
    5 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    5 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    365 * DAY,
    5 * 365 * DAY,
];

/// Round moments inside of a span, at most so many.
pub(crate) fn ticks(range: TimeRange, at_most: usize) -> Vec<i64> {
    let len = range.len_millis().max(1);
    let fits = |step: &&i64| len / **step < at_most.max(1) as i64;
    let step = STEPS.iter().find(fits).copied().unwrap_or(len);
    let first = range.start_millis.div_euclid(step) * step;
    let all = (0..=at_most as i64 + 1).map(|at| first + at * step);
    all.filter(|it| range.start_millis <= *it && *it < range.end_millis).take(at_most).collect()
}

/// Twice the span around the same middle, inside of what there is; `None` when that is all.
pub(crate) fn zoomed_out(range: TimeRange, all: Option<TimeRange>) -> Option<TimeRange> {
    let half = range.len_millis() / 2;
    let wider = TimeRange {
        start_millis: range.start_millis.saturating_sub(half),
        end_millis: range.end_millis.saturating_add(half),
    };
    let all = all?;
    if wider.start_millis <= all.start_millis && wider.end_millis > all.end_millis {
        return None;
    }
    Some(wider)
}

/// The number at the top of the axis: the next one with few digits that say something.
pub(crate) fn round_up(number: u64) -> u64 {
    /// Tenths of a power of ten.
    const STEPS: [u64; 10] = [10, 12, 15, 20, 25, 30, 40, 50, 60, 80];
    if number <= 10 {
        return number.max(1);
    }
    let power = 10_u64.saturating_pow(number.ilog10());
    let fits = |it: &u64| *it >= number;
    let steps = STEPS.iter().map(|it| (power / 10).saturating_mul(*it));
    steps.into_iter().find(fits).unwrap_or_else(|| power.saturating_mul(10))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{question::Series, time::parse};

    fn range(start: &str, end: &str) -> TimeRange {
        TimeRange::between(parse(start).unwrap(), parse(end).unwrap())
    }

    #[test]
    fn a_place_leads_to_its_bar_and_back() {
        let scale = Scale { start_millis: 1000, step_millis: 10, bars: 5 };
        assert_eq!(scale.range(), TimeRange { start_millis: 1000, end_millis: 1050 });
        assert!((scale.place(1025) - 0.5).abs() < 1e-9);
        let bars = [-0.1, 0.0, 0.19, 0.2, 0.99, 1.0, 7.0].map(|it| scale.bar_at(it));
        assert_eq!(bars, [0, 0, 0, 1, 4, 4, 4]);
        assert_eq!(scale.span_of(3, 1), TimeRange { start_millis: 1010, end_millis: 1040 });
    }

    #[test]
    fn no_bars_have_no_scale_and_one_bar_has_one() {
        let mut histogram = Histogram { step_millis: 10, ..Histogram::default() };
        assert_eq!(Scale::of(&histogram), None);
        histogram.series.push(Series { value: None, counts: vec![] });
        assert_eq!(Scale::of(&histogram), None);
        histogram.series.push(Series { value: None, counts: vec![7] });
        assert_eq!(Scale::of(&histogram).map(|it| it.bars), Some(1));
    }

    #[test]
    fn ticks_are_round_and_few() {
        let days = ticks(range("2021-07-28T15:00", "2021-08-02T10:00"), 8);
        assert_eq!(days.len(), 5);
        assert!(days.iter().all(|it| it % DAY == 0));
        let minutes = ticks(range("2021-07-30T16:30", "2021-07-30T16:40"), 6);
        assert_eq!(
            minutes,
            [range("2021-07-30T16:30", "2021-07-30T16:35")]
                .map(|it| vec![it.start_millis, it.end_millis])
                .concat()
        );
        for at_most in 0..12 {
            assert!(ticks(range("2000-01-01", "2021-08-02"), at_most).len() <= at_most);
        }
        assert_eq!(ticks(TimeRange::between(5, 5), 4), Vec::<i64>::new());
    }

    #[test]
    fn zooming_out_ends_at_everything() {
        let all = Some(TimeRange::between(0, 1000));
        assert_eq!(
            zoomed_out(TimeRange::between(400, 500), all),
            Some(TimeRange::between(350, 550))
        );
        assert_eq!(zoomed_out(TimeRange::between(100, 900), all), None);
        assert_eq!(zoomed_out(TimeRange::between(400, 500), None), None);
    }

    #[test]
    fn an_axis_ends_at_a_round_number() {
        assert_eq!([0, 1, 7, 11, 83, 1168, 10_000].map(round_up), [1, 1, 7, 12, 100, 1200, 10_000]);
        assert!(round_up(u64::MAX) >= u64::MAX / 2);
    }
}
