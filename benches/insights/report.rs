//! The tables: what is found of what was put in, and how often in vain, with the spread over seeds.

use trailglass::model::insight::{InsightKind, Level};

use super::{
    inject::{self, Burst, History},
    log::{Log, SCORED_DAYS, SCORED_FROM},
    organisation::{Job, organisation},
    ours::{self, Finding, Found},
    rivals::{Rival, WINDOW},
    score::{Callers, Detection, Planted, Scores, Spread, is_large, is_large_with},
};

/// The threshold at which ours is shown where nobody moves it.
const USUAL: f64 = 0.5;
/// The lowest that anybody can ask for.
const LEAST: f64 = 0.0;

/// Rows of a table, each figure with its spread.
struct Table {
    title: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<(String, Vec<Spread>)>,
}

impl Table {
    fn new(title: &'static str, columns: &[&'static str]) -> Table {
        Table { title, columns: columns.to_vec(), rows: Vec::new() }
    }

    fn add(&mut self, row: &str, figures: &[f64]) {
        let at = self.rows.iter().position(|it| it.0 == row).unwrap_or_else(|| {
            self.rows.push((row.to_owned(), vec![Spread::default(); self.columns.len()]));
            self.rows.len() - 1
        });
        for (spread, figure) in self.rows[at].1.iter_mut().zip(figures) {
            spread.add(*figure);
        }
    }

    fn print(&self) {
        println!("\n{}\n\n| | {} |", self.title, self.columns.join(" | "));
        println!("| --- |{}", " ---: |".repeat(self.columns.len()));
        for (name, figures) in &self.rows {
            let digits = |it: &Spread| if it.mean() >= 20.0 { 0 } else { 2 };
            let cells: Vec<String> = figures.iter().map(|it| it.show(digits(it))).collect();
            println!("| {name} | {} |", cells.join(" | "));
        }
    }
}

/// All tables of some seeds.
pub fn report(seeds: &[u64]) {
    let mut bursts = Table::new(
        "Bursts of one API",
        &["false incidents/day", "recall", "recall >= 3x", "precision"],
    );
    let mut budgets = Table::new(
        "Recall of bursts of at least 3 times the record, by false incidents a day",
        &["0.25", "1", "3", "established at 1", "middle at 1", "new at 1"],
    );
    let mut edges = Table::new(
        "Where the bursts that were found begin and end, and who is told",
        &["start off by, median min", "end off by, median min", "mean IoU", "culprit told first"],
    );
    let mut mixed = Table::new(
        "Bursts of many APIs of one service",
        &["false incidents/day", "recall < 20 calls", "20 to 39", "40 and more"],
    );
    let mut errors = Table::new(
        "Errors among calls that are there",
        &["false incidents/day", "recall of 5 errors or more", "precision"],
    );
    let mut gaps = Table::new(
        "Missed beats",
        &["false incidents/day", "recall 1 beat", "2", "3 and more", "told in the hole"],
    );
    let mut whole = Table::new(
        "Everything that a person is shown, no planted thing among it",
        &["calls/day", "errors/day", "gaps, late, extra/day", "silence/day", "new/day", "all/day"],
    );
    for seed in seeds {
        let (clean, jobs) = organisation(*seed);
        println!("seed {seed}: {} calls, {} APIs", clean.calls(), clean.by_api().len());
        one_api(&clean, *seed, &mut bursts, &mut budgets, &mut edges);
        many_apis(&clean, *seed, &mut mixed);
        failures(&clean, *seed, &mut errors);
        beats(&clean, &jobs, *seed, &mut gaps);
        background(&clean, &mut whole);
    }
    for table in [bursts, budgets, edges, mixed, errors, gaps, whole] {
        table.print();
    }
}

fn detections(found: &Found, test: impl Fn(&Finding) -> bool) -> Vec<Detection> {
    found.findings.iter().filter(|it| test(it)).map(|it| it.detection).collect()
}

fn is_calls(it: &Finding) -> bool {
    it.kind == InsightKind::CallRate
}

fn is_api(it: &Finding) -> bool {
    is_calls(it) && it.level == Level::Api
}

/// A gap, and neither a late beat nor an extra one.
fn is_missed(it: &Finding) -> bool {
    it.kind == InsightKind::Gap && it.calls == 0
}

fn one_api(clean: &Log, seed: u64, bursts: &mut Table, budgets: &mut Table, edges: &mut Table) {
    let mut log = clean.clone();
    let planted = inject::bursts(&mut log, seed);
    let mut tell = |name: &str, scores: &Scores, thresholds: &[f64]| {
        for at in thresholds {
            let name = match thresholds.len() {
                1 => name.to_owned(),
                _ => format!("{name} E >= {at}"),
            };
            let figures = [
                scores.false_a_day(*at),
                scores.recall(&planted, *at, |_| true),
                scores.recall(&planted, *at, is_large),
                scores.precision(*at),
            ];
            bursts.add(&name, &figures);
        }
        let one = scores.threshold(1.0);
        let of = |history: History| scores.recall(&planted, one, |it| is_large_with(it, history));
        let figures = [
            scores.recall(&planted, scores.threshold(0.25), is_large),
            scores.recall(&planted, one, is_large),
            scores.recall(&planted, scores.threshold(3.0), is_large),
            of(History::Established),
            of(History::Middle),
            of(History::New),
        ];
        budgets.add(name, &figures);
    };
    let callers = Callers::of(&log);
    for rival in Rival::ALL {
        let mut detections = Vec::new();
        for (api, minutes) in &log.by_api() {
            for (start, score) in rival.scores(minutes) {
                // What is far below any budget need not be looked at.
                if score >= rival.threshold() / 2.0 {
                    let (api, end) = (*api, start + WINDOW);
                    let principal = callers.most(api, start, end);
                    detections.push(Detection { api: Some(api), principal, start, end, score });
                }
            }
        }
        tell(rival.name(), &Scores::of(&planted, &detections), &[rival.threshold()]);
    }
    let found = ours::find(&log, LEAST);
    let of_api = detections(&found, is_api);
    tell("ours, APIs alone,", &Scores::of(&planted, &of_api), &[0.0, USUAL, 1.0, 2.0]);
    let of_all = detections(&found, is_calls);
    tell("ours, all levels,", &Scores::of(&planted, &of_all), &[0.0, USUAL, 1.0, 2.0]);
    let located: Vec<[f64; 4]> = planted.iter().filter_map(|it| located(it, &found)).collect();
    let column = |at: usize| located.iter().map(|it| it[at]).collect::<Vec<f64>>();
    let mean = |at: usize| column(at).iter().sum::<f64>() / located.len() as f64;
    edges.add("ours", &[median(column(0)), median(column(1)), mean(2), mean(3)]);
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_unstable_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How well a burst that was found is placed, and whether its culprit is told first.
fn located(burst: &Burst, found: &Found) -> Option<[f64; 4]> {
    let best = found
        .findings
        .iter()
        .filter(|it| is_api(it) && it.detection.api == burst.api && burst.is_found(&it.detection))
        .max_by(|a, b| a.detection.score.total_cmp(&b.detection.score))?;
    let Detection { start, end, .. } = best.detection;
    let both = end.min(burst.end).saturating_sub(start.max(burst.start));
    let either = end.max(burst.end) - start.min(burst.start);
    let first = best.principals.first() == Some(&burst.culprit);
    Some([
        f64::from(start.abs_diff(burst.start)),
        f64::from(end.abs_diff(burst.end)),
        f64::from(both) / f64::from(either),
        f64::from(u8::from(first)),
    ])
}

fn many_apis(clean: &Log, seed: u64, mixed: &mut Table) {
    let mut log = clean.clone();
    let planted = inject::mixed_bursts(&mut log, seed);
    let found = ours::find(&log, LEAST);
    let of_service = |it: &Finding| is_calls(it) && it.level == Level::PrincipalService;
    let services = Scores::of(&planted, &detections(&found, of_service));
    let apis = Scores::of(&planted, &detections(&found, is_api));
    let all = Scores::of(&planted, &detections(&found, is_calls));
    let mut tell = |name: &str, scores: &Scores, at: f64| {
        let of =
            |from: u32, to: u32| scores.recall(&planted, at, |it| (from..to).contains(&it.calls));
        let figures = [scores.false_a_day(at), of(0, 20), of(20, 40), of(40, u32::MAX)];
        mixed.add(name, &figures);
    };
    tell("ours, APIs alone, E >= 0.5", &apis, USUAL);
    tell("ours, principal and service, E >= 0.5", &services, USUAL);
    tell("ours, principal and service, at 1.5 a day", &services, services.threshold(1.5));
    tell("ours, all levels, E >= 0.5", &all, USUAL);
}

fn failures(clean: &Log, seed: u64, errors: &mut Table) {
    let mut log = clean.clone();
    let planted = inject::rises(&mut log, seed);
    let mut tell = |name: &str, scores: &Scores, at: f64| {
        let recall = scores.recall(&planted, at, |it| it.errors >= 5);
        errors.add(name, &[scores.false_a_day(at), recall, scores.precision(at)]);
    };
    let callers = Callers::of(&log);
    let series = log.series(|it| (it.who.error != 0).then_some((it.who.api, it.who.error)));
    for rival in Rival::ALL {
        let mut detections = Vec::new();
        for ((api, _), minutes) in &series {
            for (start, score) in rival.scores(minutes) {
                if score >= rival.threshold() {
                    let (api, end) = (*api, start + WINDOW);
                    let principal = callers.most(api, start, end);
                    detections.push(Detection { api: Some(api), principal, start, end, score });
                }
            }
        }
        tell(rival.name(), &Scores::of(&planted, &detections), rival.threshold());
    }
    let found = ours::find(&log, LEAST);
    let is_error = |it: &Finding| it.kind == InsightKind::ErrorRate && it.level == Level::ApiError;
    let scores = Scores::of(&planted, &detections(&found, is_error));
    for (name, at) in [("ours E >= 0.5", USUAL), ("ours E >= 1", 1.0), ("ours E >= 2", 2.0)] {
        tell(name, &scores, at);
    }
}

fn beats(clean: &Log, jobs: &[Job], seed: u64, gaps: &mut Table) {
    let mut log = clean.clone();
    let (planted, hole) = inject::missed(&mut log, jobs, seed);
    let found = ours::find(&log, LEAST);
    let scores = Scores::of(&planted, &detections(&found, is_missed));
    let silent = |it: &&Finding| {
        let quiet = matches!(it.kind, InsightKind::Gap | InsightKind::Silence);
        let Detection { start, end, score, .. } = it.detection;
        quiet && score >= USUAL && start < hole.1 && hole.0 < end
    };
    // What is told over the hole and is none of the gaps that were made.
    let planted_one = |it: &&Finding| planted.iter().any(|one| one.is_found(&it.detection));
    let in_hole = found.findings.iter().filter(silent).filter(|it| !planted_one(it)).count();
    for (name, at) in [("ours E >= 0", 0.0), ("ours E >= 0.5", USUAL), ("ours E >= 1", 1.0)] {
        let of =
            |from: u32, to: u32| scores.recall(&planted, at, |it| (from..=to).contains(&it.beats));
        let figures = [scores.false_a_day(at), of(1, 1), of(2, 2), of(3, 99), in_hole as f64];
        gaps.add(name, &figures);
    }
}

/// What is told of a log into which nothing was put, as incidents.
fn background(clean: &Log, whole: &mut Table) {
    let found = ours::find(clean, LEAST);
    let after = |it: &trailglass::model::insight::Incident| {
        it.range.start_millis >= ours::millis(SCORED_FROM)
    };
    for (name, at) in [("ours E >= 0.5", USUAL), ("ours E >= 1", 1.0), ("ours E >= 2", 2.0)] {
        let shown = found.incidents.iter().filter(|it| it.e >= at && after(it));
        let of = |kind: InsightKind| {
            shown.clone().filter(|it| it.insights[0].kind == kind).count() as f64 / SCORED_DAYS
        };
        let figures = [
            of(InsightKind::CallRate),
            of(InsightKind::ErrorRate),
            of(InsightKind::Gap),
            of(InsightKind::Silence),
            of(InsightKind::FirstSeen),
            shown.clone().count() as f64 / SCORED_DAYS,
        ];
        whole.add(name, &figures);
    }
}
