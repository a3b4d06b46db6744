//! Broken runs: times in which a principal fails at many APIs.
//!
//! An API that fails does so whatever else its callers do. Where the other calls of a caller fail
//! too, what broke is the caller: its permissions, its input, what it deploys.

use std::collections::{BTreeMap, HashMap};

use super::{
    habit::{GUARD_MINUTES, Who},
    series::{Counts, Group, Series, Text},
    share::Usual,
    tail,
};
use crate::model::insight::Level;

/// Calls this close belong to one run.
const RUN_MINUTES: i64 = 15;
/// Fewer errors beside those of one API are no broken run…
const SUPPORT: f64 = 3.0;
/// …nor are as many as come by chance more often than 10 to the minus this.
const CLEAR: f64 = 2.0;
/// Errors stray more than by chance.
const DISPERSION: f64 = 1.5;

/// Errors and calls of a principal at all its APIs but one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    errors: f64,
    calls: f64,
}

impl Run {
    /// The share of the calls that failed.
    pub(super) fn share(self) -> f64 {
        self.errors / self.calls.max(1.0)
    }

    fn add(&mut self, (errors, calls): (f64, f64)) {
        self.errors += errors;
        self.calls += calls;
    }

    fn without(self, other: Run) -> Run {
        Run { errors: self.errors - other.errors, calls: self.calls - other.calls }
    }
}

/// When a run was broken.
#[derive(Clone, Copy, Debug)]
pub(super) struct Broken {
    pub(super) start: i64,
    pub(super) end: i64,
    /// The largest share of failed calls.
    pub(super) share: f64,
}

/// What each principal calls.
pub(super) struct Principals<'a> {
    of: HashMap<Who, (Vec<&'a Series>, Run)>,
    usual: Usual,
}

impl<'a> Principals<'a> {
    pub(super) fn of(counts: &'a Counts, usual: Usual) -> Principals<'a> {
        let mut of: HashMap<Who, (Vec<&Series>, Run)> = HashMap::new();
        for it in &counts.level(Level::PrincipalApi).series {
            let (series, all) = of.entry((it.key.account, it.key.principal)).or_default();
            series.push(it);
            all.add(it.sums(i64::MIN, i64::MAX));
        }
        Principals { of, usual }
    }

    /// What a principal did around a span at other APIs than this (service and name), or than that
    /// of most errors, if that is a broken run.
    pub(super) fn run(
        &self,
        who: Who,
        start: i64,
        end: i64,
        api: Option<(Text, Text)>,
    ) -> Option<Run> {
        let (series, all) = self.of.get(&who)?;
        let (mut here, mut one) = (Run::default(), Run::default());
        for it in series {
            let (errors, calls) = it.sums(start - RUN_MINUTES, end + RUN_MINUTES);
            here.add((errors, calls));
            let Group { event_source, event_name, .. } = it.key;
            if api.map_or(errors > one.errors, |api| api == (event_source, event_name)) {
                one = Run { errors, calls };
            }
        }
        self.broken(here, one, *all)
    }

    /// All broken runs by principal, ascending.
    pub(super) fn runs(&self) -> HashMap<Who, Vec<Broken>> {
        self.of.iter().map(|(who, (series, all))| (*who, self.of_one(series, *all))).collect()
    }

    fn of_one(&self, series: &[&Series], all: Run) -> Vec<Broken> {
        // Of each span: everything, and the API of most errors.
        let mut spans: BTreeMap<i64, (Run, Run)> = BTreeMap::new();
        let span_of = |minute: i32| i64::from(minute).div_euclid(RUN_MINUTES);
        for it in series {
            for cells in it.cells.chunk_by(|a, b| span_of(a.minute) == span_of(b.minute)) {
                let mut one = Run::default();
                cells.iter().for_each(|it| one.add((f64::from(it.errors), f64::from(it.calls))));
                let (here, most) = spans.entry(span_of(cells[0].minute)).or_default();
                here.add((one.errors, one.calls));
                if one.errors > most.errors {
                    *most = one;
                }
            }
        }
        let mut runs: Vec<Broken> = Vec::new();
        for (span, (here, most)) in spans {
            let Some(run) = self.broken(here, most, all) else { continue };
            let (start, end, share) = (span * RUN_MINUTES, (span + 1) * RUN_MINUTES, run.share());
            match runs.last_mut() {
                Some(last) if start - last.end < GUARD_MINUTES => {
                    *last = Broken { end, share: share.max(last.share), ..*last };
                },
                _ => runs.push(Broken { start, end, share }),
            }
        }
        runs
    }

    /// The run without one API, if clearly more of it fails than of the rest of the log.
    fn broken(&self, here: Run, one: Run, all: Run) -> Option<Run> {
        let (run, elsewhere) = (here.without(one), all.without(here));
        let expected = run.calls * self.usual.of_who_fails(elsewhere.errors, elsewhere.calls);
        let is_broken =
            run.errors >= SUPPORT && tail::count(run.errors as u64, expected, DISPERSION) >= CLEAR;
        is_broken.then_some(run)
    }
}
