//! What the log is full of is no news: departures of errors against each other.
//!
//! A series knows its own past only. That a pipeline breaks now and then, each time at another API,
//! or that retries storm once a day, each time somewhere else, shows between the series. So each
//! departure is compared with those at other times that are alike: as many errors, and as large a
//! share of the calls. Some of them by one principal are its habit. Storms, where failing calls come
//! on top of what was ever called, are a habit of the whole organisation. Of the others, as many are
//! to be expected of a principal as its part in the calls of the log leads to expect, corrected by
//! its own.

use std::collections::HashMap;

use super::{
    edge::Burst,
    incident::Found,
    series::{Counts, Group, Series, Text},
};
use crate::model::insight::{InsightKind, Level};

/// Departures below this do not count, whatever a person asks to be told.
pub(super) const COUNTED: f64 = 0.0;
/// So many others make a habit: two attacks do not excuse each other.
const HABIT: usize = 2;
/// Others are alike when they reach this share of the errors, and of the share of errors…
const ALIKE: f64 = 0.7;
/// …and storms are when they reach this.
const ALIKE_STORMS: f64 = 0.35;
/// A storm has this share of the calls of the busiest other time, or more.
const STORM: f64 = 0.9;
/// What the organisation leads to expect of a principal is worth so many of its own departures.
const PRIOR: f64 = 0.3;
/// A principal that made this share of the errors stands for all.
const DOMINANT: f64 = 0.5;
/// Minutes around a departure that say nothing about it.
const GUARD_MINUTES: i64 = 60;
/// The shortest span that is compared, and the time in which a principal has one occasion to fail.
const SPAN_MINUTES: i64 = 5;

/// An account and a principal.
type Who = (Text, Text);

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
    is_storm: bool,
}

impl Departure {
    /// Whether another one, at another time, is as large.
    fn has_like(&self, other: &Departure, alike: f64) -> bool {
        let apart =
            other.start - self.end >= GUARD_MINUTES || self.start - other.end >= GUARD_MINUTES;
        apart
            && other.level == self.level
            && other.errors >= alike * self.errors
            && other.share >= alike * self.share
    }
}

/// Lowers the surprise of errors by what the rest of the log holds of their like.
pub(super) fn weigh(found: &mut [Found], counts: &Counts) {
    let departures = departures(found, counts);
    if departures.is_empty() {
        return;
    }
    let occasions = Occasions::of(counts);
    for it in &departures {
        let e = surprise(it, &departures, &occasions);
        let burst = &mut found[it.place].burst;
        burst.e = burst.e.min(e);
    }
}

/// `-log10` of how many such departures of a principal are to be expected by chance.
fn surprise(it: &Departure, all: &[Departure], occasions: &Occasions) -> f64 {
    let like = |other: &&Departure| it.has_like(other, ALIKE);
    let own = episodes(all.iter().filter(like).filter(|other| other.who == it.who));
    if own >= HABIT {
        return -(own as f64).log10();
    }
    if it.is_storm {
        let like = |other: &&Departure| other.is_storm && it.has_like(other, ALIKE_STORMS);
        let storms = episodes(all.iter().filter(like));
        if storms >= HABIT {
            return -(storms as f64).log10();
        }
    }
    let others = episodes(all.iter().filter(like));
    if others < HABIT {
        return f64::INFINITY;
    }
    let expected = others as f64 * occasions.share(it.who);
    // The mean of a Poisson rate whose prior is a gamma distribution with the expected mean.
    -((own as f64 + PRIOR) / (1.0 + PRIOR / expected)).log10()
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
fn departures(found: &[Found], counts: &Counts) -> Vec<Departure> {
    let is_error = |it: &Found| it.kind == InsightKind::ErrorRate && it.burst.e >= COUNTED;
    if !found.iter().any(is_error) {
        return Vec::new();
    }
    let callers = Callers::of(counts);
    let departure = |(place, it): (usize, &Found)| {
        let series = match it.level {
            Level::PrincipalService => counts.level(it.level).find(&it.key),
            _ => callers.of_errors(&it.key, &it.burst),
        }?;
        let Burst { start, end, count, .. } = it.burst;
        let (_, calls) = sums(series, start, end);
        Some(Departure {
            place,
            who: (series.key.account, series.key.principal),
            level: it.level,
            start,
            end,
            errors: count as f64,
            share: (count as f64 / calls).min(1.0),
            is_storm: calls >= STORM * busiest_other(series, start, end),
        })
    };
    let of_errors = found.iter().enumerate().filter(|it| is_error(it.1));
    let mut departures: Vec<Departure> = of_errors.filter_map(departure).collect();
    departures.sort_by_key(|it| (it.who, it.start, it.end));
    departures
}

/// Errors and calls in a span.
fn sums(series: &Series, start: i64, end: i64) -> (f64, f64) {
    let first = series.cells.partition_point(|it| i64::from(it.minute) < start);
    let inside = series.cells[first..].iter().take_while(|it| i64::from(it.minute) < end);
    inside.fold((0.0, 0.0), |(errors, calls), it| {
        (errors + f64::from(it.errors), calls + f64::from(it.calls))
    })
}

/// The most calls that a span as long holds at other times.
fn busiest_other(series: &Series, start: i64, end: i64) -> f64 {
    let length = (end - start).max(SPAN_MINUTES);
    let before = series.cells.partition_point(|it| i64::from(it.minute) <= start - GUARD_MINUTES);
    let after = series.cells.partition_point(|it| i64::from(it.minute) < end + GUARD_MINUTES);
    let mut most = 0.0_f64;
    for cells in [&series.cells[..before], &series.cells[after..]] {
        let (mut first, mut sum) = (0, 0.0);
        for it in cells {
            sum += f64::from(it.calls);
            while i64::from(cells[first].minute) + length <= i64::from(it.minute) {
                sum -= f64::from(cells[first].calls);
                first += 1;
            }
            most = most.max(sum);
        }
    }
    most
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
            let (errors, _) = sums(it, burst.start, burst.end);
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
