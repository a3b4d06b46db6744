//! From a counted log to incidents, in steps that a worker can stop between.

use std::collections::BTreeMap;

use super::{
    burst::{Burst, bursts},
    coverage::Covered,
    incident::{self, Found},
    series::{Events, Series, Window},
};
use crate::model::{
    insight::{Attribution, Incident, Level, Measure, SeriesKey, Tested},
    time::{DAY, MINUTE, TimeRange},
};

/// More windows than this are not looked into: the most surprising ones are kept.
const MOST_WINDOWS: usize = 1000;
const DAY_MINUTES: f64 = (DAY / MINUTE) as f64;

/// Looks for bursts of calls and of errors, as far as it is told to.
///
/// ```text
/// let mut detector = Detector::new(series, 0.5);
/// while detector.step(5_000) { /* look at the inbox */ }
/// let contents = events.look_into(&detector.windows());
/// let (tested, incidents) = detector.finish(contents);
/// ```
#[derive(Debug)]
pub struct Detector {
    series: Vec<Series>,
    threshold: f64,
    covered: Covered,
    next: usize,
    /// Place of the series, what was counted, and the burst. Sorted once all are found.
    found: Vec<(usize, Measure, Burst)>,
}

/// Detects in one go.
pub fn detect(series: Vec<Series>, events: &dyn Events, threshold: f64) -> (Tested, Vec<Incident>) {
    let mut detector = Detector::new(series, threshold);
    while detector.step(usize::MAX) {}
    let contents = events.look_into(&detector.windows());
    detector.finish(contents)
}

impl Detector {
    /// Takes the counts of the whole log. An incident is one with `e` of at least `threshold`,
    /// or of at least 1 where less than two hours are covered.
    pub fn new(series: Vec<Series>, threshold: f64) -> Detector {
        let covered = Covered::of(&series);
        Detector { series, threshold, covered, next: 0, found: Vec::new() }
    }

    /// Tests so many series more; whether some remain.
    pub fn step(&mut self, series: usize) -> bool {
        let past = self.next.saturating_add(series).min(self.series.len());
        for at in self.next..past {
            let Series { level, key, cells } = &self.series[at];
            let coverage = self.covered.under(*level, key);
            for measure in [Measure::Calls, Measure::Errors] {
                let bursts = bursts(cells, measure, coverage, self.threshold);
                self.found.extend(bursts.into_iter().map(|burst| (at, measure, burst)));
            }
        }
        self.next = past;
        if self.next < self.series.len() {
            return true;
        }
        let series = &self.series;
        self.found.sort_by(|(a, a_measure, a_burst), (b, b_measure, b_burst)| {
            let place = |at: usize, measure, burst: &Burst| {
                (series[at].level, &series[at].key, measure, burst.start)
            };
            b_burst
                .e
                .total_cmp(&a_burst.e)
                .then_with(|| place(*a, *a_measure, a_burst).cmp(&place(*b, *b_measure, b_burst)))
        });
        self.found.truncate(MOST_WINDOWS);
        false
    }

    /// The share of the series that have been tested, 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.series.is_empty() { 1.0 } else { self.next as f64 / self.series.len() as f64 }
    }

    /// What stands out, to be looked into before [`Detector::finish`]. Ask when no series remain.
    pub fn windows(&self) -> Vec<Window> {
        let window = |(at, measure, burst): &(usize, Measure, Burst)| Window {
            level: self.series[*at].level,
            key: self.series[*at].key.clone(),
            measure: *measure,
            range: millis((burst.start, burst.end)),
        };
        self.found.iter().map(window).collect()
    }

    /// Folds what stands out into incidents, most surprising first. `contents` are the answers of
    /// [`Events::look_into`] for [`Detector::windows`], in the same order; where one is missing,
    /// the window is folded by its key alone.
    pub fn finish(self, contents: Vec<Vec<Attribution>>) -> (Tested, Vec<Incident>) {
        let tested = self.tested();
        let labels = self.labels();
        let mut contents = contents.into_iter();
        let found = self
            .found
            .iter()
            .zip(labels)
            .map(|((at, measure, burst), q)| Found {
                series: &self.series[*at],
                measure: *measure,
                burst: *burst,
                q,
                attributions: contents.next().unwrap_or_default(),
            })
            .collect();
        let first_seen = first_seen(&self.series);
        let incidents = incident::fold(found, &self.covered.whole, &first_seen);
        (tested, incidents)
    }

    fn tested(&self) -> Tested {
        let mut levels: Vec<Level> = self.series.iter().map(|it| it.level).collect();
        levels.sort_unstable();
        levels.dedup();
        let (first, past) = self.covered.whole.extent();
        let covered = self.covered.whole.total();
        Tested {
            series: self.series.len() as u64,
            levels,
            covered_days: covered as f64 / DAY_MINUTES,
            missing_days: (past - first - covered) as f64 / DAY_MINUTES,
        }
    }

    /// For each finding the expected share of false ones among the series of its level that are
    /// at least as surprising. A series has the chance of its most surprising window.
    fn labels(&self) -> Vec<f64> {
        let mut best: BTreeMap<(Level, usize), f64> = BTreeMap::new();
        for (at, _, burst) in &self.found {
            let chance = 10_f64.powf(-burst.e).min(1.0);
            let entry = best.entry((self.series[*at].level, *at)).or_insert(chance);
            *entry = entry.min(chance);
        }
        let mut q = vec![1.0_f64; self.series.len()];
        for level in [Level::Api, Level::PrincipalService] {
            let tested = self.series.iter().filter(|it| it.level == level).count() as f64;
            let mut chances: Vec<(f64, usize)> = best
                .iter()
                .filter(|((of, _), _)| *of == level)
                .map(|((_, at), chance)| (*chance, *at))
                .collect();
            chances.sort_by(|a, b| a.0.total_cmp(&b.0));
            let mut lowest = 1.0_f64;
            for (rank, (chance, at)) in chances.iter().enumerate().rev() {
                lowest = lowest.min(chance * tested / (rank + 1) as f64);
                q[*at] = lowest;
            }
        }
        self.found.iter().map(|(at, _, _)| q[*at]).collect()
    }
}

/// The first minute of every principal.
fn first_seen(series: &[Series]) -> BTreeMap<&str, i64> {
    let mut first: BTreeMap<&str, i64> = BTreeMap::new();
    for Series { key: SeriesKey { principal, .. }, cells, .. } in series {
        if let (false, Some(cell)) = (principal.is_empty(), cells.first()) {
            let entry = first.entry(principal).or_insert(cell.minute);
            *entry = (*entry).min(cell.minute);
        }
    }
    first
}

/// A half-open span of minutes as milliseconds.
pub(super) fn millis((start, end): (i64, i64)) -> TimeRange {
    TimeRange { start_millis: start * MINUTE, end_millis: end * MINUTE }
}
