//! What was found, against what was put in.

use std::collections::BTreeMap;

use super::{
    inject::{Burst, History, Missed, Rise},
    log::{Api, Log, Principal, SCORED_DAYS, SCORED_FROM},
};

/// Windows of a series this close are one.
pub const MERGE_GAP: u32 = 15;
/// False alarms of one principal this close are one incident.
const INCIDENT_GAP: u32 = 30;

/// A span of a series that a detector points at.
#[derive(Clone, Copy, Debug)]
pub struct Detection {
    /// The series, if it is of one API.
    pub api: Option<Api>,
    /// Who made most of the calls in it.
    pub principal: Principal,
    pub start: u32,
    pub end: u32,
    pub score: f64,
}

/// Who makes most of the calls of an API in a span.
pub struct Callers(BTreeMap<Api, Vec<(u32, Principal, u32)>>);

impl Callers {
    pub fn of(log: &Log) -> Callers {
        let mut all: BTreeMap<Api, Vec<(u32, Principal, u32)>> = BTreeMap::new();
        for cell in &log.cells {
            let calls = (cell.minute, cell.who.principal, cell.calls);
            all.entry(cell.who.api).or_default().push(calls);
        }
        all.values_mut().for_each(|it| it.sort_unstable());
        Callers(all)
    }

    pub fn most(&self, api: Api, start: u32, end: u32) -> Principal {
        let calls = &self.0[&api];
        let from = calls.partition_point(|it| it.0 < start);
        let mut sums: BTreeMap<Principal, u32> = BTreeMap::new();
        for (_, principal, count) in calls[from..].iter().take_while(|it| it.0 < end) {
            *sums.entry(*principal).or_default() += count;
        }
        sums.into_iter().max_by_key(|it| (it.1, it.0)).map_or(0, |it| it.0)
    }
}

/// Something that was put in.
pub trait Planted {
    fn span(&self) -> (u32, u32);
    /// Whether a detection in its span is of it.
    fn is(&self, detection: &Detection) -> bool;

    fn is_found(&self, detection: &Detection) -> bool {
        let (start, end) = self.span();
        detection.start < end && start < detection.end && self.is(detection)
    }
}

impl Planted for Burst {
    fn span(&self) -> (u32, u32) {
        (self.start, self.end)
    }

    fn is(&self, detection: &Detection) -> bool {
        (detection.api.is_some() && detection.api == self.api)
            || detection.principal == self.culprit
    }
}

impl Planted for Rise {
    fn span(&self) -> (u32, u32) {
        (self.start, self.end)
    }

    fn is(&self, detection: &Detection) -> bool {
        detection.api == Some(self.api)
    }
}

impl Planted for Missed {
    fn span(&self) -> (u32, u32) {
        (self.start, self.end)
    }

    fn is(&self, detection: &Detection) -> bool {
        detection.principal == self.principal
    }
}

/// Scores by which each planted thing is found (none: not at all), and of each false incident.
pub struct Scores {
    pub found: Vec<Option<f64>>,
    false_ones: Vec<Detection>,
}

impl Scores {
    pub fn of<P: Planted>(planted: &[P], detections: &[Detection]) -> Scores {
        let mut found = vec![None; planted.len()];
        let mut false_ones = Vec::new();
        for it in detections {
            let mut hit = false;
            for (at, one) in planted.iter().enumerate().filter(|(_, one)| one.is_found(it)) {
                hit = true;
                found[at] = Some(found[at].map_or(it.score, |old: f64| old.max(it.score)));
                debug_assert!(one.span().0 < it.end);
            }
            if !hit && it.start >= SCORED_FROM {
                false_ones.push(*it);
            }
        }
        false_ones.sort_by_key(|it| (it.principal, it.start));
        Scores { found, false_ones }
    }

    /// False incidents a day from a score on: detections of one principal, near in time.
    pub fn false_a_day(&self, threshold: f64) -> f64 {
        let (mut incidents, mut last): (u32, Option<(Principal, u32)>) = (0, None);
        for it in self.false_ones.iter().filter(|it| it.score >= threshold) {
            match &mut last {
                Some((principal, end))
                    if *principal == it.principal && it.start <= *end + INCIDENT_GAP =>
                {
                    *end = (*end).max(it.end);
                },
                _ => {
                    incidents += 1;
                    last = Some((it.principal, it.end));
                },
            }
        }
        f64::from(incidents) / SCORED_DAYS
    }

    /// The lowest score from which on at most so many false incidents a day are left.
    pub fn threshold(&self, false_a_day: f64) -> f64 {
        let mut scores: Vec<f64> = self.false_ones.iter().map(|it| it.score).collect();
        scores.extend(self.found.iter().flatten());
        scores.sort_unstable_by(f64::total_cmp);
        let at = scores.partition_point(|it| self.false_a_day(*it) > false_a_day);
        scores.get(at).copied().unwrap_or(f64::INFINITY)
    }

    /// The share of those planted things that pass the test which are found.
    pub fn recall<P>(&self, planted: &[P], threshold: f64, test: impl Fn(&P) -> bool) -> f64 {
        let such: Vec<bool> = planted
            .iter()
            .zip(&self.found)
            .filter(|it| test(it.0))
            .map(|it| it.1.is_some_and(|score| score >= threshold))
            .collect();
        such.iter().filter(|it| **it).count() as f64 / such.len() as f64
    }

    pub fn precision(&self, threshold: f64) -> f64 {
        let found = self.found.iter().flatten().filter(|it| **it >= threshold).count() as f64;
        let wrong = self.false_a_day(threshold) * SCORED_DAYS;
        found / (found + wrong).max(1.0)
    }
}

/// Bursts of at least three times the record.
pub fn is_large(burst: &Burst) -> bool {
    burst.ratio >= 3.0
}

pub fn is_large_with(burst: &Burst, history: History) -> bool {
    is_large(burst) && burst.history == history
}

/// Figures of several seeds.
#[derive(Clone, Debug, Default)]
pub struct Spread(Vec<f64>);

impl Spread {
    pub fn add(&mut self, figure: f64) {
        if figure.is_finite() {
            self.0.push(figure);
        }
    }

    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<f64>() / self.0.len().max(1) as f64
    }

    /// The standard deviation over the seeds.
    pub fn deviation(&self) -> f64 {
        let mean = self.mean();
        let squares: f64 = self.0.iter().map(|it| (it - mean) * (it - mean)).sum();
        (squares / self.0.len().saturating_sub(1).max(1) as f64).sqrt()
    }

    pub fn show(&self, digits: usize) -> String {
        format!("{:.digits$} ± {:.digits$}", self.mean(), self.deviation())
    }
}
