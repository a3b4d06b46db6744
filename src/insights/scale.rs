//! The counts of one series in windows of one length, and what the rest of the series says about
//! each of them.

use std::sync::LazyLock;

use super::{coverage::Coverage, season::Season};

/// How far away the rest of the series is still comparable.
const REACH_MINUTES: i64 = 28 * 1440;
/// Silence longer than this parts two episodes.
const EPISODE_GAP_MINUTES: i64 = 30;

/// A window with calls.
#[derive(Clone, Copy, Debug)]
pub(super) struct Window {
    /// First minute since 1970, a multiple of the length.
    pub(super) start: i64,
    pub(super) count: f64,
    /// How busy the season makes it, 1 on average.
    pub(super) season: f64,
    /// Left out of the baseline of the others.
    pub(super) excluded: bool,
}

/// Sums over windows that are not excluded.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// Of the counts, and of their squares over the season.
    pub(super) count: f64,
    pub(super) squares: f64,
    /// Windows with calls, and their episodes.
    pub(super) active: f64,
    pub(super) episodes: f64,
    /// Of the logarithms of the counts, and of their squares.
    pub(super) logs: f64,
    pub(super) log_squares: f64,
    /// Season of the excluded windows, which are no exposure.
    excluded: f64,
    /// Season of the windows that are covered, silent ones too.
    pub(super) exposure: f64,
}

impl Sums {
    fn minus(self, other: Sums) -> Sums {
        Sums {
            count: (self.count - other.count).max(0.0),
            squares: (self.squares - other.squares).max(0.0),
            active: self.active - other.active,
            episodes: (self.episodes - other.episodes).max(0.0),
            logs: self.logs - other.logs,
            log_squares: (self.log_squares - other.log_squares).max(0.0),
            excluded: self.excluded - other.excluded,
            exposure: self.exposure - other.exposure,
        }
    }

    fn plus(self, other: Sums) -> Sums {
        Sums {
            count: self.count + other.count,
            squares: self.squares + other.squares,
            active: self.active + other.active,
            episodes: self.episodes + other.episodes,
            logs: self.logs + other.logs,
            log_squares: self.log_squares + other.log_squares,
            excluded: self.excluded + other.excluded,
            exposure: self.exposure + other.exposure,
        }
    }

    /// Variance over mean of all windows, silent ones too; at least 1.
    pub(super) fn dispersion(&self) -> f64 {
        let mean = self.count / self.exposure;
        if self.exposure < 2.0 || mean <= 0.0 {
            return 1.0;
        }
        let spread = self.squares / mean - 2.0 * self.count + mean * self.exposure;
        (spread / self.exposure).max(1.0)
    }
}

/// Logarithms of the counts that most windows have: they are taken a million times.
static LOGARITHMS: LazyLock<Vec<f64>> =
    LazyLock::new(|| (0..1024).map(|it| f64::from(it).ln()).collect());

fn ln(count: f64) -> f64 {
    match LOGARITHMS.get(count as usize) {
        Some(ln) if count.fract() == 0.0 => *ln,
        _ => count.ln(),
    }
}

/// One series at one length of windows.
pub(super) struct Scale<'a> {
    pub(super) length: i64,
    /// Minutes around a window that say nothing about it.
    pub(super) guard: i64,
    pub(super) windows: Vec<Window>,
    coverage: &'a Coverage,
    before: Vec<Sums>,
}

impl Scale<'_> {
    /// `minutes` are ascending, with counts above 0.
    pub(super) fn new<'a>(
        minutes: &[(i64, u32)],
        length: i64,
        coverage: &'a Coverage,
        season: &Season,
    ) -> Scale<'a> {
        let mut windows: Vec<Window> = Vec::new();
        for (minute, count) in minutes {
            match windows.last_mut() {
                Some(last) if *minute < last.start + length => last.count += f64::from(*count),
                _ => {
                    let start = minute.div_euclid(length) * length;
                    windows.push(Window {
                        start,
                        count: f64::from(*count),
                        season: season.of(start, length),
                        excluded: false,
                    });
                },
            }
        }
        let widest = if length < 60 { 60 } else { 2 * length };
        // A short log would be all guard.
        let guard = widest.min((coverage.total() / 8).max(length)) / length * length;
        let mut scale = Scale { length, guard, windows, coverage, before: Vec::new() };
        scale.sum_up();
        scale
    }

    /// To be called when windows were excluded.
    pub(super) fn sum_up(&mut self) {
        let mut sums = Sums::default();
        let mut last = i64::MIN / 2;
        self.before.clear();
        self.before.reserve(self.windows.len() + 1);
        self.before.push(sums);
        for it in &self.windows {
            if it.excluded {
                sums.excluded += it.season;
            } else {
                let log = ln(it.count);
                sums.count += it.count;
                sums.squares += it.count * it.count / it.season;
                sums.active += 1.0;
                sums.logs += log;
                sums.log_squares += log * log;
                if it.start - last > EPISODE_GAP_MINUTES {
                    sums.episodes += 1.0;
                }
                last = it.start + self.length;
            }
            self.before.push(sums);
        }
    }

    /// The whole series.
    pub(super) fn all(&self) -> Sums {
        let sums = self.before.last().copied().unwrap_or_default();
        self.exposed(sums, self.coverage.total())
    }

    /// All that says something about a window: within reach, but for the guard around it.
    pub(super) fn rest(&self, start: i64) -> Sums {
        self.rest_of(start - self.guard, start + self.guard)
    }

    /// All that says something about windows that begin in a span, without it.
    pub(super) fn rest_of(&self, start: i64, last: i64) -> Sums {
        let end = last + self.length;
        let (log_start, log_end) = self.coverage.extent();
        let (from, to) = (start - REACH_MINUTES, end + REACH_MINUTES);
        let (near, past) = (start, end);
        if from <= log_start && log_end <= to {
            let minutes = self.coverage.minutes(near, past);
            return self.all().minus(self.between(near, past, minutes));
        }
        let left = self.between(from, near, self.coverage.minutes(from, near));
        left.plus(self.between(past, to, self.coverage.minutes(past, to)))
    }

    fn between(&self, from: i64, to: i64, covered_minutes: i64) -> Sums {
        let first = self.windows.partition_point(|it| it.start < from);
        let past = self.windows.partition_point(|it| it.start < to);
        self.exposed(self.before[past].minus(self.before[first]), covered_minutes)
    }

    /// Silent windows are taken to have a season of 1, which it is on average.
    fn exposed(&self, sums: Sums, covered_minutes: i64) -> Sums {
        let exposure = covered_minutes as f64 / self.length as f64 - sums.excluded;
        Sums { exposure: exposure.max(0.0), ..sums }
    }

    /// How many episodes the windows at `places` form; they must be ascending.
    pub(super) fn episodes(&self, places: &[usize]) -> usize {
        let start = |at: &usize| self.windows[*at].start;
        let apart =
            |pair: &&[usize]| start(&pair[1]) - start(&pair[0]) - self.length > EPISODE_GAP_MINUTES;
        usize::from(!places.is_empty()) + places.windows(2).filter(apart).count()
    }
}
