//! One series against itself: which of its windows hold far more than the rest leads to expect.
//!
//! A window stands out when three things agree: the tail of a negative binomial distribution whose
//! dispersion is pooled over the level; the predictive distribution of the sizes of its runs; and
//! that nothing like it happens elsewhere in the series. How much it does is `e`: 10^-e such
//! windows are to be expected by chance in this series, in this log.

use super::{
    coverage::Coverage,
    extreme::Extremes,
    pool::Pool,
    scale::{Scale, Sums, Window},
    season::Season,
    tail,
};

/// Fewer calls than this, or fewer above the expected, are no burst.
const SUPPORT: f64 = 3.0;
/// A comparison with fewer windows than this says nothing.
const FEWEST_WINDOWS: i64 = 6;
/// What is not even so many deviations above the mean is not looked at closely.
const WORTH_DEVIATIONS: f64 = 2.5;
/// Windows as surprising as this are left out of the baseline of the others…
const STRONG: f64 = 4.0;
/// …unless they form more episodes than this: then they are a habit of the series.
const MOST_EPISODES: usize = 3;
/// A window is ordinary when another one reaches this share of its count.
const RECURRENCE: f64 = 0.7;
/// How much of the price for looking at many windows the two tests pay. They are gates: how many
/// to expect by chance is told by the record, which pays for all windows by itself.
const TEST_PRICE: f64 = 0.5;
/// What goes on for so long without a break is compared with the rest of the log alone.
const LONG_MINUTES: i64 = 180;
/// Windows this close are one burst.
pub(super) const MERGE_GAP_MINUTES: i64 = 15;

const DAY_MINUTES: i64 = 1440;
/// Logs of so many days are looked at by the day too.
const DAILY_FROM_DAYS: i64 = 14;
/// Series with more calls in a minute than this are looked at by the minute.
const DENSE_A_MINUTE: f64 = 0.5;
/// Logs shorter than this are looked at minute by minute and never by the hour.
const SHORT_LOG_MINUTES: i64 = 180;

/// The lengths of windows, in minutes.
pub(super) const LENGTHS: [i64; 4] = [1, 5, 60, DAY_MINUTES];

/// A span of minutes that stands out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hit {
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) e: f64,
    /// Which of [`LENGTHS`] showed it.
    pub(super) length: i64,
    /// The largest count of such a window at other times.
    pub(super) record: f64,
}

/// One series, ready to be looked at.
pub(super) struct Subject<'a> {
    /// Ascending, with counts above 0.
    pub(super) minutes: &'a [(i64, u32)],
    pub(super) coverage: &'a Coverage,
    pub(super) season: Season,
}

impl Subject<'_> {
    pub(super) fn new<'a>(minutes: &'a [(i64, u32)], coverage: &'a Coverage) -> Subject<'a> {
        Subject { minutes, coverage, season: Season::of_minutes(minutes, coverage) }
    }

    pub(super) fn total(&self) -> f64 {
        self.minutes.iter().map(|it| f64::from(it.1)).sum()
    }

    /// The places in [`LENGTHS`] at which the series is looked at.
    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> {
        let covered = self.coverage.total();
        let short = covered < SHORT_LOG_MINUTES;
        let dense = self.total() >= DENSE_A_MINUTE * covered as f64;
        (0..LENGTHS.len()).filter(move |at| match LENGTHS[*at] {
            1 => (short || dense) && covered >= FEWEST_WINDOWS,
            DAY_MINUTES => covered >= DAILY_FROM_DAYS * DAY_MINUTES,
            60 => !short && covered >= FEWEST_WINDOWS * 60,
            length => covered >= FEWEST_WINDOWS * length,
        })
    }

    pub(super) fn scale(&self, at: usize) -> Scale<'_> {
        Scale::new(self.minutes, LENGTHS[at], self.coverage, &self.season)
    }

    /// What stands out, ascending, with `e` of at least `least`. `pools` are by [`LENGTHS`].
    pub(super) fn hits(&self, pools: &[Pool; LENGTHS.len()], least: f64) -> Vec<Hit> {
        if self.total() < SUPPORT {
            return Vec::new();
        }
        let lengths: Vec<usize> = self.lengths().collect();
        let price = (lengths.len().max(1) as f64).log10();
        let mut found: Vec<Hit> = Vec::new();
        for at in lengths {
            let hits = hits(self.scale(at), &pools[at], least + price);
            let mut merged = merge(hits, MERGE_GAP_MINUTES);
            merged.iter_mut().for_each(|it| it.e -= price);
            // What a shorter length has shown already, it has shown more exactly; but a long
            // window that says much more is not put off with a short one.
            let told = found.len();
            for long in merged {
                let inside = |it: &Hit| it.start < long.end && long.start < it.end;
                let best = found[..told]
                    .iter_mut()
                    .filter(|it| inside(it))
                    .max_by(|a, b| a.e.total_cmp(&b.e));
                match best {
                    Some(short) if short.e + LONG_LEAD >= long.e => short.e = short.e.max(long.e),
                    _ => found.push(long),
                }
            }
            // A short one inside of a long one that says much more is left out.
            let (short, long) = found.split_at(told);
            let kept =
                |it: &&Hit| !long.iter().any(|long| it.start < long.end && long.start < it.end);
            let mut all: Vec<Hit> = short.iter().filter(kept).copied().collect();
            all.extend(long);
            found = all;
        }
        found.sort_unstable_by_key(|it| (it.start, it.end));
        found
    }
}

/// A long window replaces the short ones inside it when it is this much more surprising.
const LONG_LEAD: f64 = 1.0;

fn hits(mut scale: Scale<'_>, pool: &Pool, least: f64) -> Vec<Hit> {
    if scale.windows.iter().all(|it| it.count < SUPPORT) {
        return Vec::new();
    }
    let mut scores = scores(&scale, pool);
    let strong: Vec<usize> = scores.iter().filter(|it| it.1 >= STRONG).map(|it| it.0).collect();
    if !strong.is_empty() && scale.episodes(&strong) <= MOST_EPISODES {
        for at in strong {
            scale.windows[at].excluded = true;
        }
        scale.sum_up();
        scores = self::scores(&scale, pool);
    }
    let price = scale.all().exposure.max(1.0).log10();
    scores.retain(|it| it.1 - price >= least);
    if scores.is_empty() {
        return Vec::new();
    }
    let extremes = Extremes::of(&scale);
    scores
        .into_iter()
        .filter_map(|(at, score)| {
            let window = scale.windows[at];
            let same = plateau(&scale, at);
            let size = window.count / window.season;
            let record = extremes.record(same);
            let known = pool.record(record, extremes.others(same));
            let heaviness = pool.heaviness(extremes.heaviness(same));
            let by_record = ((size + 0.5) / (known + 0.5)).log10() / heaviness;
            let e = (score - TEST_PRICE * price).min(by_record);
            let start = window.start;
            let record = record * window.season;
            let end = start + scale.length;
            (e >= least).then_some(Hit { start, end, e, length: scale.length, record })
        })
        .collect()
}

/// The surprise of every window that may have some, by its place.
fn scores(scale: &Scale<'_>, pool: &Pool) -> Vec<(usize, f64)> {
    let mut scores = Vec::new();
    for (at, window) in scale.windows.iter().enumerate() {
        if window.count < SUPPORT {
            continue;
        }
        let rest = scale.rest(window.start);
        if rest.exposure < FEWEST_WINDOWS as f64 / 2.0 {
            continue;
        }
        let Some(alone) = score(window, &rest, pool) else { continue };
        // What goes on for hours must not pass for its own habit.
        let (from, to) = plateau(scale, at);
        let wide = to - from >= LONG_MINUTES.max(3 * scale.length) && fills(scale, from, to);
        let rest = if wide { scale.rest_of(from, to) } else { rest };
        let enough = wide && rest.exposure >= FEWEST_WINDOWS as f64 / 2.0;
        let score = if enough { score(window, &rest, pool) } else { None };
        scores.push((at, score.unwrap_or(alone)));
    }
    scores
}

fn score(window: &Window, rest: &Sums, pool: &Pool) -> Option<f64> {
    // Half of the dispersion is added to what was seen, so that a series that was never seen
    // before has a mean too.
    let mean = |dispersion| window.season * (rest.count + dispersion / 2.0) / rest.exposure;
    let is_usual = |dispersion: f64| {
        let excess = window.count - mean(dispersion);
        excess < SUPPORT || excess <= WORTH_DEVIATIONS * (dispersion * mean(dispersion)).sqrt()
    };
    // Cheap bounds spare the tails of what is not even rare. No dispersion is below 1.
    if is_usual(1.0) {
        return None;
    }
    let dispersion = pool.dispersion(rest);
    if is_usual(dispersion) {
        return None;
    }
    let mean = mean(dispersion);
    let by_rate = tail::count(window.count as u64, mean, dispersion);
    let by_size = pool.size_surprise(rest, window.count, window.season);
    Some(by_rate.min(by_size))
}

/// Whether at least three in four of the windows that begin in a span are active.
fn fills(scale: &Scale<'_>, from: i64, to: i64) -> bool {
    let first = scale.windows.partition_point(|it| it.start < from);
    let past = scale.windows.partition_point(|it| it.start <= to);
    (past - first) as i64 * 4 * scale.length >= 3 * (to - from)
}

/// The span of window starts that are the same thing as a window: what is in its guard, or joined
/// to it by windows nearly as large.
fn plateau(scale: &Scale<'_>, at: usize) -> (i64, i64) {
    let window = scale.windows[at];
    let enough = RECURRENCE * window.count / window.season;
    let large = |it: &Window| !it.excluded && it.count / it.season >= enough;
    // What comes every hour is no plateau, but a habit.
    let near = |a: i64, b: i64| (a - b).abs() <= MERGE_GAP_MINUTES.max(scale.length);
    let (mut first, mut last) = (window.start, window.start);
    for it in &scale.windows[at + 1..] {
        if !near(it.start, last) {
            break;
        }
        if large(it) {
            last = it.start;
        }
    }
    for it in scale.windows[..at].iter().rev() {
        if !near(it.start, first) {
            break;
        }
        if large(it) {
            first = it.start;
        }
    }
    (first.min(window.start - scale.guard), last.max(window.start + scale.guard))
}

/// Joins hits that are at most `gap` minutes apart; they must be ascending.
pub(super) fn merge(hits: Vec<Hit>, gap: i64) -> Vec<Hit> {
    let mut merged: Vec<Hit> = Vec::new();
    for hit in hits {
        match merged.last_mut() {
            Some(last) if hit.start - last.end <= gap => {
                last.end = last.end.max(hit.end);
                last.e = last.e.max(hit.e);
            },
            _ => merged.push(hit),
        }
    }
    merged
}
