//! Jobs that run at fixed times: their period, and the beats that they missed, were late for, or
//! had between.

use std::{collections::BTreeMap, sync::LazyLock};

use super::coverage::Coverage;

/// Periods that people choose, in minutes. Shorter ones cannot be told apart in counts by minute.
const PERIODS: [i64; 15] =
    [5, 10, 15, 20, 30, 60, 120, 180, 240, 360, 480, 720, 1440, 2880, 10_080];
const SHORTEST: i64 = 5;
/// With fewer beats nothing is periodic.
const FEWEST_BEATS: usize = 6;
/// A job that stays away says the same with each further beat, and is no more urgent for it: it
/// must not stand before every burst.
const MOST_E: f64 = 4.0;
/// How close beats must lie to their times, from 0 for anywhere to 1 for exactly.
const CLOSE: f64 = 0.9;
/// A look at so many beats spares the rest where there is no period.
const GLANCE: usize = 64;
const GLANCE_CLOSE: f64 = 0.8;
/// Shares of the slots that must be hit, and of the beats that may lie outside of them.
const HIT: f64 = 0.8;
const OFF: f64 = 0.15;
/// How unlikely the hits must be by chance, as a power of ten.
const NO_CHANCE: f64 = 4.0;
/// A shorter period is preferred when it is hit nearly as often.
const AS_GOOD: f64 = 0.05;
/// A job that misses a beat now and then is no news: so much more is demanded, as a power of ten.
const NO_NEWS: f64 = 1.5;
/// How heavy the tail of lateness is, and how much more is demanded of it.
const LATE_HEAVINESS: f64 = 0.5;
const LATE_NO_NEWS: f64 = 1.5;
/// The end of a log may miss what comes with the next file.
const SETTLING_MINUTES: i64 = 15;

/// A job that runs at fixed times. All in minutes since 1970.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Schedule {
    pub(super) period: i64,
    first: i64,
    tolerance: i64,
}

/// What is wrong with the beats of a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    Missed,
    Late,
    Extra,
}

/// Beats in a row that were not as they should.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lapse {
    pub(super) fault: Fault,
    pub(super) start: i64,
    /// Past the time of the last one.
    pub(super) end: i64,
    pub(super) e: f64,
    /// When they were due; of extra ones, when they came.
    pub(super) at: Vec<i64>,
    pub(super) open: bool,
}

/// The beginnings of runs: minutes with calls that follow at least `gap` minutes of silence.
fn ticks(minutes: &[i64], gap: i64) -> Vec<i64> {
    let mut ticks = Vec::new();
    let mut last = i64::MIN / 2;
    for minute in minutes {
        if minute - last > gap {
            ticks.push(*minute);
        }
        last = *minute;
    }
    ticks
}

/// Where the hand of a clock of each of [`PERIODS`] points to at each minute.
static CLOCKS: LazyLock<BTreeMap<i64, Vec<(f64, f64)>>> = LazyLock::new(|| {
    let clock = |period: i64| (0..period).map(|at| hand(at, period)).collect();
    PERIODS.into_iter().map(|period| (period, clock(period))).collect()
});

fn hand(at: i64, period: i64) -> (f64, f64) {
    let angle = at as f64 / period as f64 * std::f64::consts::TAU;
    (angle.cos(), angle.sin())
}

/// Mean direction of ticks on a clock of one period: how close together they are, and where.
fn direction(ticks: &[i64], period: i64) -> (f64, f64) {
    let (mut x, mut y) = (0.0, 0.0);
    let clock = CLOCKS.get(&period);
    for tick in ticks {
        let at = tick.rem_euclid(period);
        let hand = clock.map_or_else(|| hand(at, period), |it| it[at as usize]);
        x += hand.0;
        y += hand.1;
    }
    let phase = y.atan2(x).rem_euclid(std::f64::consts::TAU) / std::f64::consts::TAU;
    (f64::hypot(x, y) / ticks.len() as f64, phase * period as f64)
}

fn distance(tick: i64, phase: f64, period: i64) -> f64 {
    let period = period as f64;
    let rest = (tick as f64 - phase).rem_euclid(period);
    if rest > period / 2.0 { rest - period } else { rest }
}

/// The schedule of a series, if it has one. `minutes` are those with calls, ascending.
pub(super) fn schedule(minutes: &[i64], coverage: &Coverage) -> Option<Schedule> {
    let (first, last) = (*minutes.first()?, *minutes.last()?);
    let span = last - first;
    // What is active in a fourth of all minutes has no beats to miss.
    if minutes.len() < FEWEST_BEATS || minutes.len() as i64 * 4 > coverage.total() {
        return None;
    }
    let mut best: Option<(Schedule, f64)> = None;
    for period in PERIODS.into_iter().chain(usual_interval(minutes)) {
        if period < SHORTEST || span / period < FEWEST_BEATS as i64 - 1 {
            continue;
        }
        let gap = if period > 60 { (period / 4).min(30) } else { (period / 4).max(1) };
        let ticks = ticks(minutes, gap);
        if ticks.len() < FEWEST_BEATS {
            continue;
        }
        let glance = &ticks[..ticks.len().min(GLANCE)];
        if direction(glance, period).0 < GLANCE_CLOSE {
            continue;
        }
        let (close, phase) = direction(&ticks, period);
        if close < CLOSE {
            continue;
        }
        if let Some((schedule, hit)) = fit(&ticks, period, phase, coverage)
            && best.is_none_or(|it| hit > it.1 + AS_GOOD)
        {
            best = Some((schedule, hit));
        }
    }
    best.map(|it| it.0)
}

/// The median of the intervals between runs, for a period that is no round number.
fn usual_interval(minutes: &[i64]) -> Option<i64> {
    let ticks = ticks(minutes, 2);
    let mut intervals: Vec<i64> = ticks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    if intervals.is_empty() {
        return None;
    }
    let middle = intervals.len() / 2;
    let (_, median, _) = intervals.select_nth_unstable(middle);
    (!PERIODS.contains(median)).then_some(*median)
}

fn fit(ticks: &[i64], period: i64, phase: f64, coverage: &Coverage) -> Option<(Schedule, f64)> {
    let distances: Vec<f64> = ticks.iter().map(|it| distance(*it, phase, period)).collect();
    let mut far: Vec<f64> = distances.iter().map(|it| it.abs()).collect();
    let middle = far.len() / 2;
    let (_, median, _) = far.select_nth_unstable_by(middle, f64::total_cmp);
    let widest = (period / 4).max(1) as f64;
    let tolerance = (4.0 * 1.4826 * *median).max(1.0).max(0.02 * period as f64).min(widest);
    let off = distances.iter().filter(|it| it.abs() > tolerance).count();
    if off as f64 > OFF * ticks.len() as f64 {
        return None;
    }
    let first = ticks[0] - distances[0].round() as i64;
    let schedule = Schedule { period, first, tolerance: tolerance.ceil() as i64 };
    let slots = schedule.slots(ticks, ticks[ticks.len() - 1] + 1, coverage);
    let hits = slots.iter().filter(|it| it.1).count();
    let missed = slots.chunk_by(|a, b| a.1 == b.1).filter(|it| !it[0].1).map(<[_]>::len).max();
    let counted = slots.len() - missed.unwrap_or(0);
    let hit = hits as f64 / counted.max(1) as f64;
    if hits < FEWEST_BEATS - 1 || hit < HIT {
        return None;
    }
    // Ticks that come at any time hit slots as wide as these too.
    let rate = ticks.len() as f64 / (ticks[ticks.len() - 1] - ticks[0]).max(1) as f64;
    let by_chance = 1.0 - f64::exp(-rate * (2.0 * tolerance + 1.0));
    let ways: f64 = (0..counted.saturating_sub(hits))
        .map(|at| ((counted - at) as f64 / (at + 1) as f64).log10())
        .sum();
    let surprise = -(hits as f64) * by_chance.log10() - ways;
    (surprise >= NO_CHANCE).then_some((schedule, hit))
}

impl Schedule {
    /// When the next beat is due after a minute.
    pub(super) fn next_due(&self, after: i64) -> i64 {
        self.first + ((after - self.first).div_euclid(self.period) + 1) * self.period
    }

    /// The slots from the first beat to before `end` that are covered, and whether each was hit.
    fn slots(&self, ticks: &[i64], end: i64, coverage: &Coverage) -> Vec<(i64, bool)> {
        let late = self.tolerance.max(self.period / 3);
        let mut slots = Vec::new();
        let mut slot = self.first;
        let mut at = 0;
        while slot + late < end {
            let (from, to) = (slot - self.tolerance, slot + late);
            while at < ticks.len() && ticks[at] < from {
                at += 1;
            }
            let hit = at < ticks.len() && ticks[at] <= to;
            // A hole in any part of a slot may have swallowed its beat.
            if hit || coverage.minutes(from, to + 1) == to + 1 - from {
                slots.push((slot, hit));
            }
            // Over a hole in one step: a wrong clock makes holes of centuries.
            let covered = coverage.next(from).map(|it| it + self.tolerance);
            let beat = ticks.get(at).map(|it| it - late);
            let Some(next) = covered.into_iter().chain(beat).min() else { break };
            slot += ((next - slot) / self.period).max(1) * self.period;
        }
        slots
    }

    /// What went wrong, with `e` of at least `least`. A job that died is looked for to the end of
    /// the log.
    pub(super) fn lapses(&self, minutes: &[i64], coverage: &Coverage, least: f64) -> Vec<Lapse> {
        let period = self.period;
        let gap = if period > 60 { (period / 4).min(30) } else { (period / 4).max(1) };
        let ticks = ticks(minutes, gap);
        let end = coverage.extent().1 - SETTLING_MINUTES;
        let slots = self.slots(&ticks, end, coverage);
        let covered = slots.len() as f64;
        let hits = slots.iter().filter(|it| it.1).count() as f64;
        let mut lapses = Vec::new();
        let mut from = 0;
        for run in slots.chunk_by(|a, b| a.1 == b.1) {
            let missed = run.len() as f64;
            let past = from + run.len();
            if !run[0].1 {
                let hit = (hits + 0.5) / (covered - missed + 1.0);
                let e = -missed * (1.0 - hit).log10() - covered.log10() - NO_NEWS;
                let e = e.min(MOST_E);
                let (start, last) = (run[0].0, run[run.len() - 1].0);
                lapses.push(Lapse {
                    fault: Fault::Missed,
                    start,
                    end: last + self.tolerance.max(period / 3) + 1,
                    e,
                    at: run.iter().map(|it| it.0).collect(),
                    open: past == slots.len(),
                });
            }
            from = past;
        }
        let distances = ticks.iter().map(|it| (*it, distance(*it, self.first as f64, period)));
        let (mut late, mut extra) = (Vec::new(), Vec::new());
        for (tick, far) in distances {
            let late_by = far.round() as i64;
            if late_by.abs() <= self.tolerance {
                continue;
            }
            let due = tick - late_by;
            let came = slots.binary_search_by_key(&due, |it| it.0).is_ok_and(|at| slots[at].1);
            let is_late = came
                && late_by > 0
                && late_by <= period / 3
                && !ticks.iter().any(|it| (it - due).abs() <= self.tolerance);
            if is_late { late.push((due, tick)) } else { extra.push((tick, tick)) }
        }
        let scatter: Vec<i64> = ticks
            .iter()
            .map(|it| distance(*it, self.first as f64, period).round() as i64)
            .collect();
        lapses.extend(late.iter().map(|it| self.late(*it, &scatter)));
        self.extra(&extra, covered, &mut lapses);
        lapses.retain(|it| it.e >= least);
        lapses
    }

    /// A beat that came later than any other: by how much tells how surprising it is.
    fn late(&self, (due, came): (i64, i64), scatter: &[i64]) -> Lapse {
        let by = came - due;
        let mut others: Vec<i64> = scatter.iter().map(|it| it.abs()).collect();
        others.sort_unstable_by(|a, b| b.cmp(a));
        // The first of those is this beat itself, unless another was as late.
        let usual = others.iter().skip(1).find(|it| **it <= self.period / 3).copied().unwrap_or(0);
        let ratio = (by as f64 + 0.5) / (usual.min(by) as f64 + 0.5);
        Lapse {
            fault: Fault::Late,
            start: due,
            end: came + 1,
            e: ratio.log10() / LATE_HEAVINESS - LATE_NO_NEWS,
            at: vec![due],
            open: false,
        }
    }

    /// Beats that nobody waited for, joined where they follow each other.
    fn extra(&self, found: &[(i64, i64)], slots: f64, lapses: &mut Vec<Lapse>) {
        let rare = (found.len() as f64 + 0.5) / (slots + 1.0);
        for run in found.chunk_by(|a, b| b.1 - a.1 <= self.period * 3 / 2) {
            lapses.push(Lapse {
                fault: Fault::Extra,
                start: run[0].1,
                end: run[run.len() - 1].1 + 1,
                e: (-(run.len() as f64) * rare.log10() - slots.log10()).min(MOST_E),
                at: run.iter().map(|it| it.0).collect(),
                open: false,
            });
        }
    }
}
