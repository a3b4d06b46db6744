//! The lines of a chart: counts to paths. Pure; a bar is one wide and the whole is [`HEIGHT`] high.

use std::ops::Range;

use crate::{
    model::{insight::Chart, time::TimeRange},
    ui::histogram::round_up,
};

/// Height of the drawing in its own units; the style stretches it.
pub(crate) const HEIGHT: f64 = 100.0;

/// From counts to heights.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Scale {
    /// The count at the upper edge.
    pub(crate) top: u64,
    /// Whether small counts are drawn as large as the spike beside them lets them be.
    pub(crate) log: bool,
}

impl Scale {
    /// All that is drawn fits.
    pub(crate) fn of(chart: &Chart, log: bool) -> Scale {
        let counts = chart.counts.iter().chain(&chart.calls).copied().max().unwrap_or(0);
        let band = chart.band.iter().map(|it| it.1).fold(0.0, f64::max).ceil() as u64;
        Scale { top: round_up(u64::from(counts.max(chart.record)).max(band)), log }
    }

    /// Height above the lower edge, as a share of the whole.
    pub(crate) fn share(self, count: f64) -> f64 {
        let (count, top) = (count.max(0.0), self.top.max(1) as f64);
        if self.log { count.ln_1p() / top.ln_1p() } else { count / top }
    }

    fn y(self, count: f64) -> f64 {
        HEIGHT * (1.0 - self.share(count))
    }

    /// Round counts for the labels of the axis, the highest first.
    pub(crate) fn labels(self) -> Vec<u64> {
        if !self.log {
            return if self.top >= 4 { vec![self.top, self.top / 2, 0] } else { vec![self.top, 0] };
        }
        let mut labels = vec![self.top];
        let tens = (0..).map(|it| 10_u64.saturating_pow(it)).take_while(|it| *it < self.top);
        labels.extend(tens.collect::<Vec<_>>().into_iter().rev());
        // What would stand on its neighbour is left out.
        labels.dedup_by(|next, kept| self.share(*kept as f64) - self.share(*next as f64) < 0.12);
        labels.push(0);
        labels
    }
}

/// The bars whose place is in `picked`, as one path.
pub(crate) fn bars(counts: &[u32], picked: &Range<usize>, inside: bool, scale: Scale) -> String {
    let bars = counts.iter().enumerate();
    let bars = bars.filter(|(at, count)| **count > 0 && picked.contains(at) == inside);
    bars.map(|(at, count)| {
        // What is there is seen, however little it is.
        let tall = (HEIGHT * scale.share(f64::from(*count))).max(1.0);
        format!("M{at}.1 {HEIGHT}v-{tall:.2}h.8v{tall:.2}z")
    })
    .collect()
}

/// What is expected in each step, as one area.
pub(crate) fn band(chart: &Chart, scale: Scale) -> String {
    if chart.band.is_empty() {
        return String::new();
    }
    let edge = |(at, count): (usize, f64)| {
        let y = scale.y(count);
        format!("L{at} {y:.2}L{} {y:.2}", at + 1)
    };
    let upper: String = chart.band.iter().map(|it| it.1).enumerate().map(edge).collect();
    let mut lower: Vec<String> = Vec::with_capacity(chart.band.len());
    for (at, (low, _)) in chart.band.iter().enumerate().rev() {
        let y = scale.y(*low);
        lower.push(format!("L{} {y:.2}L{at} {y:.2}", at + 1));
    }
    format!("M{}{}z", &upper[1..], lower.concat())
}

/// A level line over the whole width.
pub(crate) fn line(chart: &Chart, count: f64, scale: Scale) -> String {
    format!("M0 {:.2}H{}", scale.y(count), chart.counts.len())
}

/// The time that a chart covers.
pub(crate) fn whole(chart: &Chart) -> TimeRange {
    let end_millis = chart.start_millis + chart.step_millis * chart.counts.len() as i64;
    TimeRange { start_millis: chart.start_millis, end_millis }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart() -> Chart {
        Chart {
            counts: vec![0, 5, 10],
            band: vec![(0.0, 1.0), (2.0, 4.0), (0.0, 2.0)],
            step_millis: 10,
            record: 4,
            ..Chart::default()
        }
    }

    #[test]
    fn a_band_goes_there_above_and_back_below() {
        let scale = Scale::of(&chart(), false);
        assert_eq!(scale.top, 10);
        assert_eq!(
            band(&chart(), scale),
            "M0 90.00L1 90.00L1 60.00L2 60.00L2 80.00L3 80.00\
             L3 100.00L2 100.00L2 80.00L1 80.00L1 100.00L0 100.00z"
        );
        assert_eq!(band(&Chart::default(), scale), "");
        assert_eq!(line(&chart(), 4.0, scale), "M0 60.00H3");
    }

    #[test]
    fn bars_of_the_incident_are_a_path_of_their_own() {
        let scale = Scale { top: 10, log: false };
        assert_eq!(bars(&[0, 5, 10], &(2..3), true, scale), "M2.1 100v-100.00h.8v100.00z");
        assert_eq!(bars(&[0, 5, 10], &(2..3), false, scale), "M1.1 100v-50.00h.8v50.00z");
    }

    #[test]
    fn small_counts_are_seen_on_the_other_scale() {
        let scale = Scale { top: 1200, log: true };
        assert!(scale.share(14.0) > 0.3 && scale.share(1200.0) == 1.0 && scale.share(0.0) == 0.0);
        assert_eq!(scale.labels(), [1200, 100, 10, 1, 0]);
        assert_eq!(Scale { log: false, ..scale }.labels(), [1200, 600, 0]);
        assert_eq!(Scale { top: 1, log: true }.labels(), [1, 0]);
    }
}
