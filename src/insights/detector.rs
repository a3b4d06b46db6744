//! From a counted log to incidents, in steps that a worker can stop between.

use std::rc::Rc;

use super::{
    burst::{LENGTHS, Subject},
    coverage::{Covered, coverage_of},
    find::{self, Finder},
    habit,
    incident::{self, Found},
    label,
    pool::Pool,
    series::{Counts, Events, Window},
    share::Usual,
};
use crate::model::{
    insight::{Attribution, Incident, Level, Measure, Tested},
    ledger::Coverage,
    time::{DAY, MINUTE, TimeRange},
};

/// More windows than this are not looked into: the most surprising ones are kept.
const MOST_WINDOWS: usize = 2000;
/// In a log shorter than this everything is bursty, so only the clear cases count.
const SCANT_LOG_MINUTES: i64 = 120;
const SCANT_LOG_THRESHOLD: f64 = 1.0;
const DAY_MINUTES: f64 = (DAY / MINUTE) as f64;

/// What is tested for bursts: which counts of which level.
pub(super) const TESTS: [(Level, Measure); 5] = [
    (Level::Api, Measure::Calls),
    (Level::PrincipalService, Measure::Calls),
    (Level::PrincipalApi, Measure::Calls),
    (Level::ApiError, Measure::Errors),
    (Level::PrincipalService, Measure::Errors),
];

/// Holes that are told of.
const MOST_HOLES: usize = 50;

/// What is known of the series of each test, by [`TESTS`] and [`LENGTHS`].
pub(super) type Pools = [[Pool; LENGTHS.len()]; TESTS.len()];

/// Where the work stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Learning from the series of a test.
    Learn {
        test: usize,
        next: usize,
    },
    /// Testing them.
    Test {
        test: usize,
        next: usize,
    },
    /// What is a habit of the log, and what is new.
    Rest,
    Done,
}

/// Looks for what is unusual, as far as it is told to.
///
/// ```text
/// let mut detector = Detector::new(counts, &coverage, 0.5);
/// while detector.step(50_000) { /* look at the inbox */ }
/// let contents = events.look_into(&detector.windows());
/// let (tested, incidents) = detector.finish(contents);
/// ```
#[derive(Debug)]
pub struct Detector {
    counts: Rc<Counts>,
    threshold: f64,
    covered: Covered,
    pools: Box<Pools>,
    usual: Usual,
    stage: Stage,
    /// Minutes of series that were looked at, and are to be.
    done: usize,
    of: usize,
    /// Sorted once all are found.
    found: Vec<Found>,
}

/// Detects in one go, where nothing but the calls is known.
pub fn detect(counts: &Rc<Counts>, events: &dyn Events, threshold: f64) -> (Tested, Vec<Incident>) {
    let mut detector = Detector::new(Rc::clone(counts), &coverage_of(counts), threshold);
    while detector.step(usize::MAX) {}
    let contents = events.look_into(&detector.windows());
    detector.finish(contents)
}

impl Detector {
    /// Takes the settled counts of the whole log, and which time it speaks of. An incident is one with `e` of at least
    /// `threshold`, or of at least 1 where less than two hours are covered.
    pub fn new(counts: Rc<Counts>, coverage: &Coverage, threshold: f64) -> Detector {
        let covered = Covered::of(&counts, coverage);
        let is_scant = covered.whole.total() < SCANT_LOG_MINUTES;
        let threshold = if is_scant { threshold.max(SCANT_LOG_THRESHOLD) } else { threshold };
        let cells = |test: &(Level, Measure)| -> usize {
            counts.level(test.0).series.iter().map(|it| it.cells.len()).sum()
        };
        let shares = counts.level(Level::Api).series.iter().map(|it| {
            let sum = |measure| it.cells.iter().map(|cell| f64::from(cell.of(measure))).sum();
            (sum(Measure::Errors), sum(Measure::Calls))
        });
        let usual = Usual::of(shares);
        let of = 2 * TESTS.iter().map(cells).sum::<usize>();
        Detector {
            counts,
            threshold,
            covered,
            pools: Box::default(),
            usual,
            stage: Stage::Learn { test: 0, next: 0 },
            done: 0,
            of,
            found: Vec::new(),
        }
    }

    /// Looks at series with about so many minutes more; whether some remain.
    pub fn step(&mut self, minutes: usize) -> bool {
        let past = self.done.saturating_add(minutes.max(1));
        while self.done < past {
            match self.stage {
                Stage::Learn { test, next } => self.learn(test, next),
                Stage::Test { test, next } => self.test(test, next),
                Stage::Rest => self.rest(),
                Stage::Done => return false,
            }
        }
        true
    }

    fn learn(&mut self, test: usize, next: usize) {
        let (level, measure) = TESTS[test];
        if let Some(series) = self.counts.level(level).series.get(next) {
            let minutes = series.minutes(measure);
            let subject = Subject::new(&minutes, self.covered.under(&series.key));
            find::teach(&subject, &mut self.pools[test]);
            self.done += series.cells.len().max(1);
            self.stage = Stage::Learn { test, next: next + 1 };
        } else {
            self.pools[test].iter_mut().for_each(Pool::fit);
            self.stage = if test + 1 < TESTS.len() {
                Stage::Learn { test: test + 1, next: 0 }
            } else {
                Stage::Test { test: 0, next: 0 }
            };
        }
    }

    fn test(&mut self, test: usize, next: usize) {
        let counts = Rc::clone(&self.counts);
        if let Some(series) = counts.level(TESTS[test].0).series.get(next) {
            let mut found = std::mem::take(&mut self.found);
            self.finder().look(test, series, &mut found);
            self.found = found;
            self.done += series.cells.len().max(1);
            self.stage = Stage::Test { test, next: next + 1 };
        } else if test + 1 < TESTS.len() {
            self.stage = Stage::Test { test: test + 1, next: 0 };
        } else {
            self.stage = Stage::Rest;
        }
    }

    fn rest(&mut self) {
        let mut found = std::mem::take(&mut self.found);
        self.sort(&mut found);
        habit::weigh(&mut found, &self.counts, &self.covered, self.usual);
        found.retain(|it| it.burst.e >= self.threshold);
        self.finder().novelties(&mut found);
        self.sort(&mut found);
        self.found = found;
        self.stage = Stage::Done;
    }

    /// The most surprising first, and no more than can be looked into.
    fn sort(&self, found: &mut Vec<Found>) {
        let counts = &self.counts;
        // Texts, not their numbers: those are as the files came in.
        found.sort_by_cached_key(|it| {
            let key = counts.key(&it.key);
            let what = (it.level, it.kind, it.measure, it.burst.start, it.burst.end);
            (Descending(it.burst.e), what, key, format!("{:?}", it.why))
        });
        found.truncate(MOST_WINDOWS);
    }

    fn finder(&self) -> Finder<'_> {
        Finder {
            counts: &self.counts,
            covered: &self.covered,
            pools: &self.pools,
            usual: self.usual,
            threshold: self.threshold,
        }
    }

    /// The share of the work that is done, 0 to 1.
    pub fn progress(&self) -> f64 {
        if self.stage == Stage::Done {
            1.0
        } else {
            (self.done as f64 / self.of.max(1) as f64).min(0.999)
        }
    }

    /// What stands out, to be looked into before [`Detector::finish`]. Ask when nothing remains.
    pub fn windows(&self) -> Vec<Window> {
        let window = |it: &Found| Window {
            level: it.level,
            key: self.counts.key(&it.key),
            measure: it.measure,
            range: millis((it.burst.start, it.burst.end)),
        };
        self.found.iter().map(window).collect()
    }

    /// Folds what stands out into incidents, most surprising first. `contents` are the answers of
    /// [`Events::look_into`] for [`Detector::windows`], in the same order; where one is missing,
    /// the window is folded by its key alone.
    pub fn finish(mut self, contents: Vec<Vec<Attribution>>) -> (Tested, Vec<Incident>) {
        label::label(&mut self.found, &self.counts);
        for it in &mut self.found {
            it.names = self.counts.key(&it.key);
        }
        for (found, attributions) in self.found.iter_mut().zip(contents) {
            found.attributions = attributions;
        }
        let incidents = incident::fold(self.found, &self.counts, &self.covered, &self.pools);
        (tested(&self.counts, &self.covered), incidents)
    }
}

fn tested(counts: &Counts, covered: &Covered) -> Tested {
    let such = |level: &Level| !counts.level(*level).series.is_empty();
    let mut holes: Vec<(i64, i64)> = covered.whole.holes().collect();
    let missing: i64 = holes.iter().map(|it| it.1 - it.0).sum();
    holes.sort_by_key(|it| it.0 - it.1);
    holes.truncate(MOST_HOLES);
    holes.sort_unstable();
    Tested {
        series: Level::ALL.iter().map(|it| counts.level(*it).series.len() as u64).sum(),
        levels: Level::ALL.into_iter().filter(such).collect(),
        covered_days: covered.whole.total() as f64 / DAY_MINUTES,
        missing_days: missing as f64 / DAY_MINUTES,
        range: millis(covered.whole.extent()),
        holes: holes.into_iter().map(millis).collect(),
    }
}

/// A number that sorts largest first.
#[derive(Clone, Copy, Debug)]
struct Descending(f64);

impl PartialEq for Descending {
    fn eq(&self, other: &Descending) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Descending {}

impl PartialOrd for Descending {
    fn partial_cmp(&self, other: &Descending) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Descending {
    fn cmp(&self, other: &Descending) -> std::cmp::Ordering {
        other.0.total_cmp(&self.0)
    }
}

/// A half-open span of minutes as milliseconds.
pub(super) fn millis((start, end): (i64, i64)) -> TimeRange {
    TimeRange { start_millis: start * MINUTE, end_millis: end * MINUTE }
}
