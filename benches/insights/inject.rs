//! What is put into a log to be found, and what is taken out of it.

use std::collections::BTreeMap;

use super::{
    dice::Dice,
    log::{Api, Cell, DAY, ErrorCode, Log, MINUTES, Minutes, Principal, SCORED_FROM},
    organisation::Job,
};

/// More silence than this parts two episodes of a series.
const EPISODE_GAP: u32 = 30;

/// How often a series was active before anything was put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum History {
    /// 1 or 2 episodes.
    New,
    /// 3 to 9.
    Middle,
    /// 10 and more.
    Established,
}

/// Calls that were put in.
#[derive(Clone, Debug)]
pub struct Burst {
    /// The API, or none where it is several.
    pub api: Option<Api>,
    pub service: String,
    pub culprit: Principal,
    /// Half open.
    pub start: u32,
    pub end: u32,
    /// How many times the series' own record in 5 minutes; 0 for several APIs.
    pub ratio: f64,
    pub calls: u32,
    pub history: History,
}

const RATIOS: [f64; 6] = [1.0, 1.5, 2.0, 3.0, 5.0, 10.0];
const STRATA: [(History, usize); 3] =
    [(History::Established, 26), (History::Middle, 8), (History::New, 6)];

pub fn episodes(minutes: &Minutes) -> usize {
    let apart = |pair: &&[(u32, u32)]| pair[1].0 - pair[0].0 > EPISODE_GAP;
    usize::from(!minutes.is_empty()) + minutes.windows(2).filter(apart).count()
}

fn history(minutes: &Minutes) -> History {
    match episodes(minutes) {
        0..=2 => History::New,
        3..=9 => History::Middle,
        _ => History::Established,
    }
}

/// The largest count in 5 minutes.
fn record(minutes: &Minutes) -> u32 {
    let mut windows: BTreeMap<u32, u32> = BTreeMap::new();
    for (minute, calls) in minutes {
        *windows.entry(minute / 5).or_default() += calls;
    }
    windows.into_values().max().unwrap_or(0)
}

/// 40 bursts in 40 series of one API each: 5 to 20 minutes, a Poisson count of at least 5 in 5
/// minutes, a fixed multiple of the series' own record. Half of them by someone new.
pub fn bursts(log: &mut Log, seed: u64) -> Vec<Burst> {
    let mut dice = Dice::new(seed, "bursts");
    let series = log.by_api();
    let users = log.series(|cell| Some((cell.who.api, cell.who.principal)));
    let mut all = Vec::new();
    for (stratum, count) in STRATA {
        let apis: Vec<Api> =
            series.iter().filter(|it| history(it.1) == stratum).map(|it| *it.0).collect();
        for (at, api) in dice.sample(&apis, count).into_iter().enumerate() {
            let of_api: Vec<Principal> =
                users.range((api, 0)..=(api, Principal::MAX)).map(|(key, _)| key.1).collect();
            let culprit = if at % 2 == 0 {
                log.principal(format!("role/intruder{api}"))
            } else {
                *dice.pick(&of_api)
            };
            let ratio = *dice.pick(&RATIOS);
            let len = 5 + dice.below(16) as u32;
            let start =
                SCORED_FROM + dice.below((MINUTES - SCORED_FROM - len - 60) as usize) as u32;
            let mean = (ratio * f64::from(record(&series[&api]))).max(5.0);
            let mut calls = 0;
            for minute in start..start + len {
                let count = dice.poisson(mean / 5.0);
                calls += count;
                log.add(culprit, api, 0, minute, count);
            }
            let service = log.apis[api as usize].0.clone();
            let end = start + len;
            let history = stratum;
            all.push(Burst { api: Some(api), service, culprit, start, end, ratio, calls, history });
        }
    }
    log.settle();
    all
}

/// 40 bursts of many APIs of one service by one principal within 10 minutes, a few calls each.
pub fn mixed_bursts(log: &mut Log, seed: u64) -> Vec<Burst> {
    let mut dice = Dice::new(seed, "mixed");
    let mut services: BTreeMap<String, Vec<Api>> = BTreeMap::new();
    for api in log.by_api().into_keys() {
        services.entry(log.apis[api as usize].0.clone()).or_default().push(api);
    }
    let shared = |it: &(&String, &Vec<Api>)| it.0.starts_with("shared") && it.1.len() >= 6;
    let names: Vec<String> = services.iter().filter(shared).map(|it| it.0.clone()).collect();
    let apis = log.apis.clone();
    let users =
        log.series(|cell| Some((apis[cell.who.api as usize].0.clone(), cell.who.principal)));
    let mut all = Vec::new();
    for at in 0..40 {
        let service = dice.pick(&names).clone();
        let of_service: Vec<Principal> =
            users.keys().filter(|it| it.0 == service).map(|it| it.1).collect();
        let culprit = if at % 2 == 0 {
            log.principal(format!("role/intruder-at-{service}-{at}"))
        } else {
            *dice.pick(&of_service)
        };
        let used = (5 + dice.below(11)).min(services[&service].len());
        let each = dice.between(1.0, 5.5);
        let start = SCORED_FROM + dice.below((MINUTES - SCORED_FROM - 70) as usize) as u32;
        let mut calls = 0;
        for api in dice.sample(&services[&service], used) {
            for _ in 0..(each + dice.between(-0.5, 0.5)).round().max(1.0) as u32 {
                calls += 1;
                log.add(culprit, api, 0, start + dice.below(10) as u32, 1);
            }
        }
        all.push(Burst {
            api: None,
            service,
            culprit,
            start,
            end: start + 10,
            ratio: 0.0,
            calls,
            history: History::Established,
        });
    }
    log.settle();
    all
}

/// Calls that were made to fail; none were added.
#[derive(Clone, Debug)]
pub struct Rise {
    pub api: Api,
    pub code: ErrorCode,
    pub start: u32,
    pub end: u32,
    pub share: f64,
    pub errors: u32,
}

/// 40 rises of the share of errors among the calls that are there.
pub fn rises(log: &mut Log, seed: u64) -> Vec<Rise> {
    let mut dice = Dice::new(seed, "rises");
    let series = log.by_api();
    let busy = |it: &(&Api, &Minutes)| it.1.iter().map(|it| it.1).sum::<u32>() >= 50;
    let apis: Vec<Api> = series.iter().filter(busy).map(|it| *it.0).collect();
    let mut all: Vec<Rise> = Vec::new();
    for api in dice.sample(&apis, 40) {
        let later: Vec<u32> =
            series[&api].iter().map(|it| it.0).filter(|it| *it >= SCORED_FROM).collect();
        if later.is_empty() {
            continue;
        }
        let share = *dice.pick(&[0.15, 0.3, 0.6, 1.0]);
        let (mut start, mut end) = (0, 0);
        // Where a service is idle no share of its calls is worth looking at.
        for _ in 0..20 {
            start = dice.pick(&later).saturating_sub(dice.below(3) as u32);
            end = start + 5 + dice.below(16) as u32;
            let inside = series[&api].iter().filter(|it| (start..end).contains(&it.0));
            if share * f64::from(inside.map(|it| it.1).sum::<u32>()) >= 6.0 {
                break;
            }
        }
        let code = 1 + dice.below(6) as ErrorCode;
        let mut errors = 0;
        let mut added: Vec<Cell> = Vec::new();
        for cell in &mut log.cells {
            let inside = (start..end).contains(&cell.minute);
            if cell.who.api == api && inside && cell.who.error == 0 {
                let failed = dice.binomial(cell.calls, share);
                cell.calls -= failed;
                errors += failed;
                let mut who = cell.who;
                who.error = code;
                added.push(Cell { who, minute: cell.minute, calls: failed });
            }
        }
        log.cells.extend(added);
        log.cells.retain(|cell| cell.calls > 0);
        all.push(Rise { api, code, start, end, share, errors });
    }
    log.settle();
    all
}

/// Beats of a job that were taken out.
#[derive(Clone, Debug)]
pub struct Missed {
    pub principal: Principal,
    pub beats: u32,
    /// From the first missed beat to past the time of the last one.
    pub start: u32,
    pub end: u32,
}

/// A hole of six hours in the whole log, and 30 jobs that miss 1, 2, 3, 5 or 10 beats in a row.
pub fn missed(log: &mut Log, jobs: &[Job], seed: u64) -> (Vec<Missed>, (u32, u32)) {
    let mut dice = Dice::new(seed, "missed");
    let start = 3 * DAY + dice.below((20 * DAY) as usize) as u32;
    let hole = (start, start + 360);
    let mut all = Vec::new();
    let places: Vec<usize> = (0..jobs.len()).collect();
    for at in dice.sample(&places, jobs.len()) {
        let job = &jobs[at];
        let beats = *dice.pick(&[1_usize, 2, 3, 5, 10]);
        if all.len() == 30 || job.beats.len() < beats + 10 {
            continue;
        }
        let first = 4 + dice.below(job.beats.len() - beats - 4);
        let (start, end) = (job.beats[first], job.beats[first + beats - 1] + job.period);
        if start < hole.1 + job.period && hole.0 < end + job.period {
            continue;
        }
        log.cells.retain(|cell| {
            cell.who.principal != job.principal
                || cell.minute < start
                || cell.minute >= job.beats[first + beats - 1] + job.run_minutes
        });
        all.push(Missed { principal: job.principal, beats: beats as u32, start, end });
    }
    log.cut(hole.0, hole.1);
    (all, hole)
}
