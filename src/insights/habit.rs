//! What the log is full of is no news: departures of errors against each other.
//!
//! A series knows its own past only. That a pipeline breaks now and then, each time at another API,
//! or that retries storm once a day, each time somewhere else, shows between the series. So each
//! departure is compared with what is alike at other times. What is alike depends on what fails:
//!
//! - the caller, where it fails at its other APIs too (`run`): compared with its broken runs;
//! - calls that came on top of those that are made anyway (`storm`): compared with other storms, and
//!   told as the calls that they are;
//! - the API, where neither is so: compared with as many errors, and as large a share of the calls,
//!   of the same principal.
//!
//! Some like it by one principal are its habit. Of those by others, as many are to be expected of a
//! principal as its part in the calls of the log leads to expect, corrected by its own.

use std::collections::HashMap;

use super::{
    coverage::Covered,
    edge::Burst,
    incident::Found,
    run::{Broken, Principals, Run},
    series::{Counts, Group, Series, Text},
    share::{self, Usual},
    storm::Surge,
};
use crate::model::insight::{InsightKind, Level};

/// Departures below this do not count, whatever a person asks to be told.
pub(super) const COUNTED: f64 = 0.0;
/// So many others make a habit: two attacks do not excuse each other.
const HABIT: usize = 2;
/// Others are alike when they reach this share of the errors, and of the share of errors…
const ALIKE: f64 = 0.7;
/// …broken runs when they reach this of the share, for a run that is larger fails more often…
const ALIKE_RUNS: f64 = 0.5;
/// …and storms when they reach this of the errors: how long one retries is chance.
const ALIKE_STORMS: f64 = 0.1;
/// What the organisation leads to expect of a principal is worth so many of its own departures.
const PRIOR: f64 = 0.3;
/// A principal that made this share of the errors stands for all.
const DOMINANT: f64 = 0.5;
/// Minutes around a departure that say nothing about it.
pub(super) const GUARD_MINUTES: i64 = 60;
/// The time in which a principal has one occasion to fail.
const SPAN_MINUTES: i64 = 5;

/// An account and a principal.
pub(super) type Who = (Text, Text);

/// Errors of one principal that stand out in their series.
struct Departure {
    /// In what was found.
    place: usize,
    who: Who,
    level: Level,
    start: i64,
    end: i64,
    errors: f64,
    /// Of the calls of the principal.
    share: f64,
    /// At how many other times the principal failed here, if it fails as often as now.
    usual: usize,
    run: Option<Run>,
    surge: Surge,
}

impl Departure {
    fn is_apart(&self, start: i64, end: i64) -> bool {
        start - self.end >= GUARD_MINUTES || self.start - end >= GUARD_MINUTES
    }

    fn is_storm(&self) -> bool {
        self.run.is_none() && self.surge.is_storm()
    }

    /// The departures at other times with at least this part of the errors.
    fn others<'a>(
        &'a self,
        all: &'a [Departure],
        part: f64,
    ) -> impl Iterator<Item = &'a Departure> + Clone {
        all.iter().filter(move |other| {
            other.level == self.level
                && other.errors >= part * self.errors
                && self.is_apart(other.start, other.end)
        })
    }
}

/// Lowers the surprise of errors by what the rest of the log holds of their like.
pub(super) fn weigh(found: &mut [Found], counts: &Counts, covered: &Covered, usual: Usual) {
    if !found.iter().any(is_counted) {
        return;
    }
    let principals = Principals::of(counts, usual);
    let log = Habits {
        departures: departures(found, counts, covered, &principals),
        runs: principals.runs(),
        occasions: Occasions::of(counts),
    };
    for it in &log.departures {
        let burst = &mut found[it.place].burst;
        burst.e = burst.e.min(log.surprise(it));
    }
}

fn is_counted(found: &Found) -> bool {
    found.kind == InsightKind::ErrorRate && found.burst.e >= COUNTED
}

/// What the log is full of.
struct Habits {
    departures: Vec<Departure>,
    runs: HashMap<Who, Vec<Broken>>,
    occasions: Occasions,
}

impl Habits {
    /// `-log10` of how many such departures of a principal are to be expected by chance.
    fn surprise(&self, it: &Departure) -> f64 {
        if it.usual >= HABIT {
            return habit(it.usual);
        }
        match it.run {
            Some(run) => self.of_run(it, run),
            None => self.of_storm(it).min(self.of_api(it)),
        }
    }

    fn of_run(&self, it: &Departure, run: Run) -> f64 {
        let alike = |runs: &Vec<Broken>| {
            let like = |other: &&Broken| {
                it.is_apart(other.start, other.end) && other.share >= ALIKE_RUNS * run.share()
            };
            runs.iter().filter(like).count()
        };
        let own = self.runs.get(&it.who).map_or(0, alike);
        self.expected(it.who, own, self.runs.values().map(alike).sum())
    }

    fn of_storm(&self, it: &Departure) -> f64 {
        let storms = it.others(&self.departures, ALIKE_STORMS).filter(|other| other.is_storm());
        let all = episodes(storms.clone());
        if it.is_storm() {
            return if all >= HABIT { habit(all) } else { f64::INFINITY };
        }
        if !it.surge.may_be_storm() || all < HABIT {
            return f64::INFINITY;
        }
        let own = episodes(storms.filter(|other| other.who == it.who));
        self.chance(it.who, own, all)
    }

    fn of_api(&self, it: &Departure) -> f64 {
        let like = |other: &&Departure| {
            other.who == it.who
                && other.run.is_none()
                && !other.is_storm()
                && other.share >= ALIKE * it.share
        };
        let own = episodes(it.others(&self.departures, ALIKE).filter(like));
        if own >= HABIT && !it.is_storm() { habit(own) } else { f64::INFINITY }
    }

    /// Of a principal with `own` like it, of `all` by anybody.
    fn expected(&self, who: Who, own: usize, all: usize) -> f64 {
        if own >= HABIT {
            habit(own)
        } else if all < HABIT {
            f64::INFINITY
        } else {
            self.chance(who, own, all)
        }
    }

    /// The mean of a Poisson rate whose prior is a gamma distribution with the expected mean.
    fn chance(&self, who: Who, own: usize, all: usize) -> f64 {
        let expected = all as f64 * self.occasions.share(who);
        -((own as f64 + PRIOR) / (1.0 + PRIOR / expected)).log10()
    }
}

/// The surprise of what is seen so many times more.
fn habit(others: usize) -> f64 {
    -(others as f64).log10()
}

/// How many times of principals there are: one cause may show in several series at once.
fn episodes<'a>(departures: impl Iterator<Item = &'a Departure>) -> usize {
    let (mut count, mut last) = (0, None);
    for it in departures {
        match &mut last {
            Some((who, end)) if *who == it.who && it.start - *end < GUARD_MINUTES => {
                *end = it.end.max(*end);
            },
            _ => {
                count += 1;
                last = Some((it.who, it.end));
            },
        }
    }
    count
}

/// Those that one principal is behind, by principal and time.
fn departures(
    found: &[Found],
    counts: &Counts,
    covered: &Covered,
    principals: &Principals<'_>,
) -> Vec<Departure> {
    let callers = Callers::of(counts);
    let departure = |(place, it): (usize, &Found)| {
        let (series, api) = match it.level {
            Level::PrincipalService => (counts.level(it.level).find(&it.key), None),
            _ => {
                let api = (it.key.event_source, it.key.event_name);
                (callers.of_errors(&it.key, &it.burst), Some(api))
            },
        };
        let series = series?;
        let Burst { start, end, count, .. } = it.burst;
        let (errors, calls) = series.sums(start, end);
        let who = (series.key.account, series.key.principal);
        Some(Departure {
            place,
            who,
            level: it.level,
            start,
            end,
            errors: count as f64,
            share: errors / calls.max(1.0),
            usual: usual_times(series, start, end),
            run: principals.run(who, start, end, api),
            surge: Surge::of(series, covered.under(&series.key), start, end),
        })
    };
    let of_errors = found.iter().enumerate().filter(|it| is_counted(it.1));
    let mut departures: Vec<Departure> = of_errors.filter_map(departure).collect();
    departures.sort_by_key(|it| (it.who, it.start, it.end));
    departures
}

/// At how many other times calls failed, if nearly as many of them do as in a span: more calls of
/// who always fails are more errors, but no rise.
fn usual_times(series: &Series, start: i64, end: i64) -> usize {
    let (errors, calls) = series.sums(start, end);
    let (all_errors, all_calls) = series.sums(i64::MIN, i64::MAX);
    let elsewhere = (all_errors - errors) / (all_calls - calls).max(1.0);
    if errors / calls.max(1.0) > share::WORTH_RATIO * elsewhere {
        return 0;
    }
    let (mut times, mut last) = (0, i64::MIN / 2);
    for cell in series.cells.iter().filter(|it| it.errors > 0) {
        let minute = i64::from(cell.minute);
        if minute >= start - GUARD_MINUTES && minute < end + GUARD_MINUTES {
            continue;
        }
        times += usize::from(minute - last >= GUARD_MINUTES);
        last = minute;
    }
    times
}

/// Who calls an API.
struct Callers<'a>(HashMap<Group, Vec<&'a Series>>);

impl<'a> Callers<'a> {
    fn of(counts: &'a Counts) -> Callers<'a> {
        let mut callers: HashMap<Group, Vec<&Series>> = HashMap::new();
        for it in &counts.level(Level::PrincipalApi).series {
            callers.entry(Group { principal: 0, ..it.key }).or_default().push(it);
        }
        Callers(callers)
    }

    /// The calls of who made most of the errors of an API in a burst, if one did.
    fn of_errors(&self, key: &Group, burst: &Burst) -> Option<&'a Series> {
        let callers = self.0.get(&Group { region: 0, error: 0, ..*key })?;
        let (mut total, mut most, mut who) = (0.0, 0.0, None);
        for it in callers {
            let (errors, _) = it.sums(burst.start, burst.end);
            total += errors;
            if errors > most {
                (most, who) = (errors, Some(*it));
            }
        }
        who.filter(|_| most >= DOMINANT * total)
    }
}

/// In how many short spans each principal called an API, and all together.
struct Occasions {
    of: HashMap<Who, f64>,
    total: f64,
}

impl Occasions {
    fn of(counts: &Counts) -> Occasions {
        let mut occasions = Occasions { of: HashMap::new(), total: 0.0 };
        for it in &counts.level(Level::PrincipalApi).series {
            let (mut spans, mut last) = (0.0, i64::MIN);
            for cell in &it.cells {
                let span = i64::from(cell.minute).div_euclid(SPAN_MINUTES);
                spans += f64::from(u8::from(span != last));
                last = span;
            }
            *occasions.of.entry((it.key.account, it.key.principal)).or_default() += spans;
            occasions.total += spans;
        }
        occasions
    }

    /// The part of a principal in all of them.
    fn share(&self, who: Who) -> f64 {
        self.of.get(&who).copied().unwrap_or(0.0) / self.total.max(1.0)
    }
}
