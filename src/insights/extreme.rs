//! How far a window is above the record of its series, judged by how heavy the series' tail is.
//!
//! Sizes of bursts have heavy tails: above some size they fall like a power. The largest of such
//! values is at least `r` times the second one with the chance `r^-a`, whatever the number of
//! values, where `1/a` is the mean of the logarithms of the largest values over the next one below
//! them (Hill). So `a log10 r` says directly how many such records to expect by chance.

use super::scale::Scale;

/// Windows this close are one event.
const EVENT_GAP_MINUTES: i64 = 60;
/// Largest events that are looked at.
const MOST: usize = 48;

/// The largest events of a series, largest first: windows that are the maximum of their episode.
pub(super) struct Extremes {
    tops: Vec<(i64, f64)>,
    episodes: usize,
}

impl Extremes {
    pub(super) fn of(scale: &Scale<'_>) -> Extremes {
        let mut order: Vec<(i64, f64)> = Vec::new();
        let mut episodes = 0;
        // The maximum of each episode; long plateaus are cut at twice the gap.
        let mut last = i64::MIN / 2;
        let mut first = i64::MIN / 2;
        for it in scale.windows.iter().filter(|it| !it.excluded) {
            let size = it.count / it.season;
            let gap = EVENT_GAP_MINUTES.max(scale.length);
            if it.start - last > gap || it.start - first > 2 * gap {
                episodes += 1;
                first = it.start;
                order.push((it.start, size));
            } else if let Some(top) = order.last_mut().filter(|top| top.1 < size) {
                *top = (it.start, size);
            }
            last = it.start;
        }
        order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        order.truncate(MOST);
        Extremes { tops: order, episodes }
    }

    /// Mean logarithm of the largest sizes over the next one, and of how many; without what lies
    /// in a span.
    pub(super) fn heaviness(&self, without: (i64, i64)) -> (f64, f64) {
        let logs: Vec<f64> = self
            .tops
            .iter()
            .filter(|it| it.0 < without.0 || it.0 > without.1)
            .map(|it| (it.1 + 0.5).ln())
            .collect();
        // A tenth of the events, but at least three.
        let k = (self.episodes / 8).clamp(3, MOST - 8).min(logs.len().saturating_sub(1));
        if k == 0 {
            return (0.0, 0.0);
        }
        let sum: f64 = logs[..k].iter().map(|it| it - logs[k]).sum();
        (sum / k as f64, k as f64)
    }

    /// How many events there are at other times than a span.
    pub(super) fn others(&self, without: (i64, i64)) -> f64 {
        let inside = self.tops.iter().filter(|it| it.0 >= without.0 && it.0 <= without.1).count();
        self.episodes.saturating_sub(inside) as f64
    }

    /// The largest size at other times than a span; 0 if there is none.
    pub(super) fn record(&self, without: (i64, i64)) -> f64 {
        self.tops.iter().find(|it| it.0 < without.0 || it.0 > without.1).map_or(0.0, |it| it.1)
    }
}
