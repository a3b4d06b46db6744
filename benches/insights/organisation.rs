//! A synthetic organisation: one account, one region, 28 days, about two million calls of about
//! 630 APIs by 126 principals. Services with daily and weekly cycles make most calls; nearly all
//! series are sparse and come in runs, as those of CloudTrail do. Nothing in it is an attack, but
//! much in it is unusual once: loops in shells, first deployments, runs of Terraform, retries.

use super::{
    dice::Dice,
    log::{Api, DAY, ErrorCode, Log, MINUTES, Principal},
};

/// Services that people, pipelines and jobs share.
const SHARED: usize = 32;
const SERVICES: usize = 14;
const JOBS: usize = 60;
const PIPELINES: usize = 6;
const PEOPLE: usize = 25;
const SCANNERS: usize = 3;
const CLUSTERS: usize = 4;
const ONE_OFFS: usize = 14;

/// Calls of all services together in a minute, on average.
const SERVICE_CALLS: f64 = 30.0;

const PERIODS: [(u32, usize); 8] =
    [(5, 4), (15, 4), (30, 3), (60, 4), (360, 9), (720, 9), (DAY, 20), (7 * DAY, 7)];

const DENIED: ErrorCode = 1;
const THROTTLED: ErrorCode = 2;
const NOT_FOUND: ErrorCode = 3;
const INVALID: ErrorCode = 4;

/// A job that runs at fixed times, for the tests of missed beats.
#[derive(Clone, Debug)]
pub struct Job {
    pub principal: Principal,
    /// Minutes.
    pub period: u32,
    /// Minutes in which it began, ascending.
    pub beats: Vec<u32>,
    /// Its calls, all within so many minutes of each beat.
    pub run_minutes: u32,
}

/// The log of a seed, and its jobs.
pub fn organisation(seed: u64) -> (Log, Vec<Job>) {
    let mut log = Log::default();
    let catalogue = catalogue(&mut log, &mut Dice::new(seed, "catalogue"));
    services(&mut log, &mut Dice::new(seed, "services"));
    let jobs = jobs(&mut log, &catalogue, &mut Dice::new(seed, "jobs"));
    pipelines(&mut log, &catalogue, &mut Dice::new(seed, "pipelines"));
    people(&mut log, &catalogue, &mut Dice::new(seed, "people"));
    scanners(&mut log, &catalogue, &mut Dice::new(seed, "scanners"));
    clusters(&mut log, &mut Dice::new(seed, "clusters"));
    one_offs(&mut log, &catalogue, &mut Dice::new(seed, "one-offs"));
    log.settle();
    (log, jobs)
}

/// The APIs that people, pipelines and jobs share, by service, the best known first.
fn catalogue(log: &mut Log, dice: &mut Dice) -> Vec<Vec<Api>> {
    (0..SHARED)
        .map(|service| {
            let count = 4 + dice.zipf(24, 0.7);
            (0..count)
                .map(|at| log.api(&format!("shared{service}"), &format!("Call{at}")))
                .collect()
        })
        .collect()
}

/// How much of a person's working time a minute is, 0 to 1, in a time zone.
fn working(minute: u32, zone: u32) -> f64 {
    let local = minute + zone;
    let (day, hour) = (local / DAY % 7, f64::from(local % DAY) / 60.0);
    let of_day = if (9.0..18.0).contains(&hour) {
        if (12.0..13.0).contains(&hour) { 0.4 } else { 1.0 }
    } else if (7.0..21.0).contains(&hour) {
        0.12
    } else {
        0.005
    };
    if day >= 5 { 0.05 * of_day } else { of_day }
}

/// A minute of a day, likely one of working time.
fn working_minute(dice: &mut Dice, day: u32, zone: u32) -> u32 {
    loop {
        let minute = day * DAY + dice.below(DAY as usize) as u32;
        if dice.chance(working(minute, zone)) || dice.chance(0.002) {
            return minute;
        }
    }
}

fn services(log: &mut Log, dice: &mut Dice) {
    let mut plans = Vec::new();
    for service in 0..SERVICES {
        let principal = log.principal(format!("role/service{service}"));
        let apis = 3 + dice.below(5);
        for at in 0..apis {
            let api = log.api(&format!("service{}", service % 9), &format!("Do{service}x{at}"));
            plans.push((service, principal, api, dice.log_normal(0.12, 1.9).min(30.0)));
        }
    }
    let total: f64 = plans.iter().map(|it| it.3).sum();
    for service in 0..SERVICES {
        let amplitude = dice.between(0.2, 0.9);
        let peak = dice.between(9.0, 20.0);
        let weekend = dice.between(0.35, 1.0);
        let noise = dice.between(0.1, 0.4);
        let load = load(dice, amplitude, peak, weekend, noise);
        for (_, principal, api, rate) in plans.iter().filter(|it| it.0 == service) {
            let rate = rate / total * SERVICE_CALLS;
            // Some calls come one by one, others in runs: pages of a list, batches of a queue.
            let run = if dice.chance(0.3) { dice.log_normal(3.0, 0.6).max(1.0) } else { 1.0 };
            let fault = if dice.chance(0.4) { dice.log_normal(0.01, 1.2).min(0.3) } else { 0.0 };
            let code = *dice.pick(&[DENIED, THROTTLED, NOT_FOUND, INVALID, 5, 6]);
            let mut health = 1.0;
            for minute in 0..MINUTES {
                if minute % 5 == 0 {
                    health = dice.log_normal(0.75, 0.75);
                }
                let mean = rate * load[minute as usize];
                let mut calls = dice.poisson(mean / run);
                if run > 1.0 {
                    calls = (0..calls).map(|_| dice.size(run * 0.85, 0.6)).sum();
                }
                if calls > 0 {
                    let failed = dice.binomial(calls, (fault * health).min(0.95));
                    log.add(*principal, *api, 0, minute, calls - failed);
                    log.add(*principal, *api, code, minute, failed);
                }
            }
            storms(log, dice, *principal, *api, rate);
        }
    }
}

/// How busy a service is, minute by minute, 1 on average or so.
fn load(dice: &mut Dice, amplitude: f64, peak: f64, weekend: f64, noise: f64) -> Vec<f64> {
    let mut drift = 0.0;
    let mut load: Vec<f64> = (0..MINUTES)
        .map(|minute| {
            if minute % 5 == 0 {
                drift = 0.97 * drift + noise * 0.243 * dice.normal();
            }
            let hour = f64::from(minute % DAY) / 60.0;
            let cycle = 1.0 + amplitude * ((hour - peak) / 24.0 * std::f64::consts::TAU).cos();
            let week = if minute / DAY % 7 >= 5 { weekend } else { 1.0 };
            cycle * week * f64::exp(drift)
        })
        .collect();
    // Now and then a campaign, a batch, a replay.
    let mut at = dice.exponential(12.0 * f64::from(DAY));
    while at < f64::from(MINUTES) {
        let (start, len) = (at as usize, dice.size(25.0, 0.7) as usize);
        let factor = 1.0 + dice.log_normal(0.8, 0.6);
        for it in load.iter_mut().skip(start).take(len) {
            *it *= factor;
        }
        at += dice.exponential(12.0 * f64::from(DAY));
    }
    load
}

/// Retries of one API: many more calls, most of them failed.
fn storms(log: &mut Log, dice: &mut Dice, principal: Principal, api: Api, rate: f64) {
    let mut at = dice.exponential(60.0 * f64::from(DAY));
    while at < f64::from(MINUTES) {
        let len = dice.size(5.0, 0.6);
        let code = *dice.pick(&[THROTTLED, THROTTLED, NOT_FOUND, 5]);
        let pace = (3.0 + rate) * dice.log_normal(1.0, 0.6);
        for minute in at as u32..at as u32 + len {
            let calls = dice.poisson(pace);
            let failed = dice.binomial(calls, 0.7);
            log.add(principal, api, 0, minute, calls - failed);
            log.add(principal, api, code, minute, failed);
        }
        at += dice.exponential(60.0 * f64::from(DAY));
    }
}

fn jobs(log: &mut Log, catalogue: &[Vec<Api>], dice: &mut Dice) -> Vec<Job> {
    let mut all = Vec::new();
    let periods = PERIODS.iter().flat_map(|(period, count)| vec![*period; *count]);
    for (number, period) in periods.take(JOBS).enumerate() {
        let principal = log.principal(format!("role/job{number}"));
        let mut steps: Vec<(Api, f64)> = Vec::new();
        for at in 0..2 + dice.below(6) {
            let own = dice.chance(0.35);
            let service = &catalogue[(number * 7 + at / 2) % catalogue.len()];
            let api = if own {
                log.api(&format!("shared{}", number % SHARED), &format!("Run{number}x{at}"))
            } else {
                service[dice.zipf(service.len(), 0.8)]
            };
            let most: f64 = if period <= 15 { 4.0 } else { 12.0 };
            steps.push((api, dice.log_normal(1.8, 0.9).clamp(1.0, most * 5.0)));
        }
        let spread = if dice.chance(0.3) { 0.8 } else { 0.15 };
        let denied = dice.chance(0.06);
        let run_minutes = 1 + dice.below(if period <= 15 { 2 } else { 6 }) as u32;
        let jitter = dice.between(0.0, (f64::from(period) * 0.01).clamp(0.4, 2.5));
        let phase = dice.below(period as usize) as u32;
        let mut beats = Vec::new();
        let mut slot = phase;
        while slot < MINUTES {
            let late = if dice.chance(0.005) {
                dice.between(0.05, 0.3) * f64::from(period.min(120))
            } else {
                jitter * dice.unit()
            };
            let start = slot + late as u32;
            // Few beats fail by themselves.
            if !dice.chance(0.0004) && start < MINUTES {
                beats.push(start);
                for (at, (api, size)) in steps.iter().enumerate() {
                    let calls = dice.size(*size, spread);
                    for _ in 0..calls.min(4) {
                        let minute = start
                            + if at == 0 { 0 } else { dice.below(run_minutes as usize) as u32 };
                        let share = calls / calls.min(4);
                        let code = if denied && at == 1 { DENIED } else { 0 };
                        log.add(principal, *api, code, minute, share);
                    }
                }
            }
            slot += period;
        }
        all.push(Job { principal, period, beats, run_minutes });
    }
    all
}

fn pipelines(log: &mut Log, catalogue: &[Vec<Api>], dice: &mut Dice) {
    for number in 0..PIPELINES {
        let principal = log.principal(format!("role/pipeline{number}"));
        let mut apis: Vec<Api> = dice
            .sample(&(0..catalogue.len()).collect::<Vec<_>>(), 6)
            .into_iter()
            .flat_map(|it| dice.clone().sample(&catalogue[it], 5))
            .collect();
        let own = 3 + dice.below(5);
        apis.extend(
            (0..own).map(|at| {
                log.api(&format!("shared{}", number * 5), &format!("Deploy{number}x{at}"))
            }),
        );
        let a_day = dice.between(8.0, 30.0);
        for day in 0..MINUTES / DAY {
            let pace = if day % 7 >= 5 { 0.15 } else { 1.0 };
            for _ in 0..dice.poisson(a_day * pace) {
                let start = working_minute(dice, day, 0);
                let (len, size) = (dice.size(8.0, 0.5), dice.size(45.0, 0.9));
                let used = 5 + dice.below(apis.len() - 5);
                let chosen = dice.sample(&apis, used);
                let broken = dice.chance(0.04);
                for _ in 0..size.min(2_000) {
                    let api = chosen[dice.zipf(chosen.len(), 0.6)];
                    let code = match (broken, dice.chance(0.35)) {
                        (true, true) => *dice.pick(&[DENIED, INVALID, THROTTLED]),
                        _ if dice.chance(0.01) => NOT_FOUND,
                        _ => 0,
                    };
                    let minute = start + dice.below(len as usize) as u32;
                    log.add(principal, api, code, minute, 1);
                }
                // Waiting for something to be ready.
                if dice.chance(0.3) {
                    let polled = *dice.pick(&chosen);
                    for minute in start..start + len {
                        log.add(principal, polled, 0, minute, dice.poisson(4.0));
                    }
                }
            }
        }
    }
}

fn people(log: &mut Log, catalogue: &[Vec<Api>], dice: &mut Dice) {
    for number in 0..PEOPLE {
        let principal = log.principal(format!("user/person{number}"));
        let zone = *dice.pick(&[0_u32, 0, 60, 480, 900]);
        let mut services: Vec<usize> = (0..5).map(|_| dice.zipf(catalogue.len(), 0.5)).collect();
        services.sort_unstable();
        services.dedup();
        let eager = dice.log_normal(1.0, 0.6);
        for day in 0..MINUTES / DAY {
            let local_day = (day * DAY + zone + 720) / DAY % 7;
            let present = if local_day >= 5 { 0.06 } else { 0.85 };
            if !dice.chance(present) {
                continue;
            }
            for _ in 0..1 + dice.poisson(2.6 * eager) {
                session(log, catalogue, dice, principal, &services, day, zone);
            }
            if dice.chance(0.035) {
                shell_loop(log, catalogue, dice, principal, &services, day, zone);
            }
        }
    }
}

/// A person at the console: each page that is opened calls a handful of APIs at once.
fn session(
    log: &mut Log,
    catalogue: &[Vec<Api>],
    dice: &mut Dice,
    principal: Principal,
    services: &[usize],
    day: u32,
    zone: u32,
) {
    let mut minute = working_minute(dice, day, zone);
    for _ in 0..1 + dice.poisson(5.0) {
        let known = dice.chance(0.97);
        let at = if known { *dice.pick(services) } else { dice.below(catalogue.len()) };
        let service = &catalogue[at];
        let calls = 2 + dice.size(4.0, 0.7);
        let storm = if dice.chance(0.03) { dice.log_normal(3.0, 0.7) } else { 1.0 };
        for _ in 0..((f64::from(calls) * storm) as u32).min(400) {
            let api = service[dice.zipf(service.len(), 0.9)];
            let code = if dice.chance(0.02) { DENIED } else { 0 };
            log.add(principal, api, code, minute + u32::from(dice.chance(0.3)), 1);
        }
        minute += 1 + dice.exponential(4.0) as u32;
    }
}

/// A loop in a shell, or a long list page by page: one API, many times.
fn shell_loop(
    log: &mut Log,
    catalogue: &[Vec<Api>],
    dice: &mut Dice,
    principal: Principal,
    services: &[usize],
    day: u32,
    zone: u32,
) {
    let minute = working_minute(dice, day, zone);
    let service = &catalogue[*dice.pick(services)];
    let api = service[dice.zipf(service.len(), 0.6)];
    let (calls, len) = (dice.size(22.0, 0.8), dice.size(3.0, 0.6));
    let code = if dice.chance(0.06) { *dice.pick(&[DENIED, NOT_FOUND, INVALID]) } else { 0 };
    for _ in 0..calls {
        log.add(principal, api, code, minute + dice.below(len as usize) as u32, 1);
    }
}

fn scanners(log: &mut Log, catalogue: &[Vec<Api>], dice: &mut Dice) {
    for number in 0..SCANNERS {
        let principal = log.principal(format!("role/scanner{number}"));
        let all: Vec<Api> = catalogue.iter().flatten().copied().collect();
        let count = 60 + dice.below(60);
        let apis: Vec<(Api, f64)> = dice
            .sample(&all, count)
            .into_iter()
            .map(|it| (it, dice.log_normal(4.0, 0.9)))
            .collect();
        let mut minute = dice.exponential(600.0);
        while minute < f64::from(MINUTES) {
            let deep = if dice.chance(0.05) { 2.0 } else { 1.0 };
            for (at, (api, size)) in apis.iter().enumerate() {
                let calls = dice.size(size * deep, 0.2);
                let start = minute as u32 + (at / 12) as u32;
                let code = if at % 31 == 30 { DENIED } else { 0 };
                log.add(principal, *api, code, start, calls.div_ceil(2));
                log.add(principal, *api, code, start + 1, calls / 2);
            }
            minute += match number {
                0 => f64::from(DAY) + dice.between(-20.0, 20.0),
                1 => dice.exponential(3.0 * f64::from(DAY)),
                _ => dice.between(5.0, 9.0) * f64::from(DAY),
            };
        }
    }
}

fn clusters(log: &mut Log, dice: &mut Dice) {
    for number in 0..CLUSTERS {
        let principal = log.principal(format!("role/cluster{number}"));
        let apis: Vec<Api> = (0..7)
            .map(|at| log.api(&format!("service{}", number % 3), &format!("Scale{number}x{at}")))
            .collect();
        let mut minute = 0.0;
        while minute < f64::from(MINUTES) {
            let busy = 0.3 + working(minute as u32, 0);
            minute += dice.exponential(60.0 / busy);
            let nodes = dice.size(2.0, 0.9).min(150);
            for (at, api) in apis.iter().enumerate() {
                let calls = if at < 2 { 1 } else { dice.poisson(f64::from(nodes)) };
                for _ in 0..calls {
                    log.add(principal, *api, 0, minute as u32 + dice.below(4) as u32, 1);
                }
            }
        }
    }
}

/// Who comes once or a few times: a run of Terraform, a migration, a consultant.
fn one_offs(log: &mut Log, catalogue: &[Vec<Api>], dice: &mut Dice) {
    for number in 0..ONE_OFFS {
        let principal = log.principal(format!("role/visitor{number}"));
        let own = number % 2 == 0;
        for _ in 0..1 + dice.below(2) {
            let start = dice.below(MINUTES as usize - 60) as u32;
            let (len, count) = (dice.size(6.0, 0.5), 5 + dice.below(25));
            for at in 0..count {
                let api = if own && at < 6 {
                    log.api(&format!("shared{}", number * 2), &format!("Visit{number}x{at}"))
                } else {
                    let service = &catalogue[dice.below(catalogue.len())];
                    service[dice.below(service.len())]
                };
                let minute = start + dice.below(len as usize) as u32;
                log.add(principal, api, 0, minute, dice.size(1.5, 0.8));
            }
        }
    }
}
