//! All that can be unusual about one series.

use super::{
    beat::{self, Fault, Lapse},
    burst::{LENGTHS, Subject},
    coverage::Covered,
    detector::{Pools, TESTS},
    edge::{Burst, bursts, measure},
    habit,
    incident::Found,
    novelty::{self, Novelty},
    series::{Counts, Group, Series},
    share::{Rise, Usual, rises},
    silence::{self, Silence},
};
use crate::model::{
    field::Field,
    insight::{InsightKind, Level, Measure, TitleKind, Why},
    time::MINUTE,
};

/// Places in [`LENGTHS`].
const FIVE_MINUTES: usize = 1;
const HOUR: usize = 2;
/// Errors of which the share is hardly above the expected only follow the calls…
const FOLLOWS: f64 = -0.5;
/// …and a share alone must be so much clearer than a count, as a power of ten.
const SHARE_ALONE: f64 = 0.5;
/// Fewer errors are not told: a handful of calls fails by chance somewhere every day.
const SUPPORT: u64 = 5;
/// Every call is looked at three times, and what a principal does is hardly known, least by single
/// APIs: so much more is demanded at each level.
const API: f64 = 0.15;
const COARSE: f64 = 0.4;
const FINE: f64 = 1.4;
/// An end so close to that of the log may not be the end.
const SETTLING_MINUTES: i64 = 15;

/// What a series is looked at with.
pub(super) struct Finder<'a> {
    pub(super) counts: &'a Counts,
    pub(super) covered: &'a Covered,
    pub(super) pools: &'a Pools,
    pub(super) usual: Usual,
    pub(super) threshold: f64,
}

impl Finder<'_> {
    /// Tells what is unusual about a series of a test (a place in [`TESTS`]).
    pub(super) fn look(&self, test: usize, series: &Series, tell: &mut Vec<Found>) {
        let (level, measure) = TESTS[test];
        let minutes = series.minutes(measure);
        let coverage = self.covered.under(&series.key);
        let subject = Subject::new(&minutes, coverage);
        let pools = &self.pools[test];
        let price = match level {
            Level::PrincipalApi => FINE,
            Level::PrincipalService => COARSE,
            Level::Api => API,
            Level::ApiError => 0.0,
        };
        // Errors that are not told are still of use: they tell what is a habit.
        let least = match measure {
            Measure::Calls => self.threshold,
            Measure::Errors => self.threshold.min(habit::COUNTED),
        };
        let mut hits = subject.hits(pools, least + price);
        hits.iter_mut().for_each(|it| it.e -= price);
        let bursts = bursts(&subject, &pools[FIVE_MINUTES], hits);
        match measure {
            Measure::Calls => {
                let found = |it| self.rate(level, InsightKind::CallRate, series, &subject, it);
                tell.extend(bursts.into_iter().map(found));
            },
            Measure::Errors => self.errors(level, series, &subject, bursts, least, tell),
        }
        match (level, measure) {
            (Level::Api, _) => {
                let dispersion = pools[HOUR].dispersion(&subject.scale(HOUR).all());
                let season = &subject.season;
                let least = self.threshold;
                let silences = silence::silences(&minutes, coverage, season, dispersion, least);
                // Who is silent between beats is not silent.
                if !silences.is_empty() && self.schedule(&minutes, coverage).is_none() {
                    tell.extend(silences.iter().map(|it| self.silence(series, &subject, it)));
                }
            },
            (Level::PrincipalApi, Measure::Calls) => self.beats(series, &subject, tell),
            _ => (),
        }
    }

    fn schedule(
        &self,
        minutes: &[(i64, u32)],
        coverage: &super::coverage::Coverage,
    ) -> Option<beat::Schedule> {
        let times: Vec<i64> = minutes.iter().map(|it| it.0).collect();
        beat::schedule(&times, coverage)
    }

    fn is_open(&self, end: i64) -> bool {
        end + SETTLING_MINUTES > self.covered.whole.extent().1
    }

    fn rate(
        &self,
        level: Level,
        kind: InsightKind,
        series: &Series,
        subject: &Subject<'_>,
        burst: Burst,
    ) -> Found {
        let why = Why::Rate {
            window_minutes: burst.window_minutes as u32,
            record: u32::try_from(burst.record).unwrap_or(u32::MAX),
            season: subject.season.is_some(),
        };
        let measure = if kind == InsightKind::CallRate { Measure::Calls } else { Measure::Errors };
        let open = self.is_open(burst.end);
        Found {
            level,
            measure,
            kind,
            title: None,
            key: series.key,
            burst,
            why,
            open,
            ..Found::default()
        }
    }

    /// Errors count only where they do not merely follow the calls.
    fn errors(
        &self,
        level: Level,
        series: &Series,
        subject: &Subject<'_>,
        bursts: Vec<Burst>,
        least: f64,
        tell: &mut Vec<Found>,
    ) {
        if subject.total() < SUPPORT as f64 {
            return;
        }
        let calls = if level == Level::ApiError {
            let api = Group { error: 0, ..series.key };
            self.counts.level(Level::Api).find(&api).map(|it| it.minutes(Measure::Calls))
        } else {
            Some(series.minutes(Measure::Calls))
        };
        let calls = calls.unwrap_or_default();
        let worth = FOLLOWS.min(least + SHARE_ALONE);
        let rises = rises(subject.minutes, &calls, subject.coverage, self.usual, worth);
        let mut told: Vec<(i64, i64)> = Vec::new();
        for burst in bursts.into_iter().filter(|it| it.count >= SUPPORT) {
            if rises.iter().any(|it| it.start < burst.end && burst.start < it.end) {
                // What is told only to who asks for more must not hide what is told anyway.
                if burst.e >= habit::COUNTED {
                    told.push((burst.start, burst.end));
                }
                tell.push(self.rate(level, InsightKind::ErrorRate, series, subject, burst));
            }
        }
        let clear = |it: &&Rise| it.e - SHARE_ALONE >= least && it.errors >= SUPPORT;
        let mut joined: Vec<Rise> = Vec::new();
        for rise in rises.iter().filter(clear) {
            if told.iter().any(|it| it.0 < rise.end && rise.start < it.1) {
                continue;
            }
            match joined
                .last_mut()
                .filter(|last| rise.start - last.end <= super::burst::MERGE_GAP_MINUTES)
            {
                Some(last) => {
                    let best = if rise.e > last.e { *rise } else { *last };
                    *last = Rise { start: last.start, end: last.end.max(rise.end), ..best };
                },
                None => joined.push(*rise),
            }
        }
        for rise in joined {
            let inside = subject.minutes.iter().filter(|it| (rise.start..rise.end).contains(&it.0));
            let start = inside.clone().map(|it| it.0).min().unwrap_or(rise.start);
            let end = inside.map(|it| it.0 + 1).max().unwrap_or(rise.end);
            let burst = measure(subject.minutes, subject.coverage, start, end);
            let Rise { errors, calls, expected_share, .. } = rise;
            let why = Why::Share { errors, calls, expected_share };
            tell.push(Found {
                level,
                measure: Measure::Errors,
                kind: InsightKind::ErrorRate,
                key: series.key,
                burst: Burst { e: rise.e - SHARE_ALONE, ..burst },
                why,
                open: self.is_open(end),
                ..Found::default()
            });
        }
    }

    fn silence(&self, series: &Series, subject: &Subject<'_>, it: &Silence) -> Found {
        let burst = measure(subject.minutes, subject.coverage, it.start, it.end);
        Found {
            level: Level::Api,
            kind: InsightKind::Silence,
            title: Some(TitleKind::Silence),
            key: series.key,
            burst: Burst { e: it.e, ..burst },
            why: Why::Silence { expected: it.expected },
            open: it.open,
            ..Found::default()
        }
    }

    fn beats(&self, series: &Series, subject: &Subject<'_>, tell: &mut Vec<Found>) {
        let times: Vec<i64> = subject.minutes.iter().map(|it| it.0).collect();
        let Some(schedule) = beat::schedule(&times, subject.coverage) else { return };
        let end = subject.coverage.extent().1;
        for lapse in schedule.lapses(&times, subject.coverage, self.threshold) {
            let Lapse { fault, start, end: past, e, at, open } = lapse;
            let burst = measure(subject.minutes, subject.coverage, start, past);
            let before = times[..times.partition_point(|it| *it < start)].last();
            let why = Why::Beats {
                period_millis: schedule.period * MINUTE,
                at_millis: at.into_iter().map(|it| it * MINUTE).collect(),
                last_seen_millis: before.map(|it| it * MINUTE),
                next_due_millis: schedule.next_due(end) * MINUTE,
            };
            let title = match fault {
                Fault::Missed => TitleKind::Gap,
                Fault::Late => TitleKind::Late,
                Fault::Extra => TitleKind::Extra,
            };
            tell.push(Found {
                level: Level::PrincipalApi,
                kind: InsightKind::Gap,
                title: Some(title),
                key: series.key,
                burst: Burst { e, ..burst },
                why,
                open,
                ..Found::default()
            });
        }
    }

    /// Tells what was done for the first time.
    pub(super) fn novelties(&self, tell: &mut Vec<Found>) {
        for it in novelty::novelties(self.counts, self.covered, self.threshold) {
            let Novelty { account, principal, field, value, event_source, minute, e, hours } = it;
            let none = Group { account, principal, ..Group::default() };
            let is_api = event_source != 0;
            let none = match field {
                Field::EventSource => Group { event_source: value, ..none },
                Field::AwsRegion => Group { region: value, ..none },
                _ => none,
            };
            let (level, key) = if is_api {
                (Level::PrincipalApi, Group { event_source, event_name: value, ..none })
            } else {
                (Level::PrincipalService, none)
            };
            let cells = self.counts.level(level).find(&key).map(|it| it.minutes(Measure::Calls));
            let coverage = self.covered.under(&key);
            let burst = measure(&cells.unwrap_or_default(), coverage, minute, minute + 1);
            let value = self.counts.name(value).to_owned();
            tell.push(Found {
                level,
                kind: InsightKind::FirstSeen,
                title: Some(TitleKind::New),
                key,
                burst: Burst { e, ..burst },
                why: Why::New { field, value, active_hours: hours as u32 },
                ..Found::default()
            });
        }
    }
}

/// Teaches the pools of a test what a series is like.
pub(super) fn teach(subject: &Subject<'_>, pools: &mut [super::pool::Pool; LENGTHS.len()]) {
    if subject.total() >= 3.0 {
        for at in subject.lengths() {
            pools[at].add(&subject.scale(at));
        }
    }
}
